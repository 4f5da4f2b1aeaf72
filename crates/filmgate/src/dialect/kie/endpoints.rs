//! What is read: the record of a task in its own form, and the balance.

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response};
use filmgate_domain::request::Form;
use filmgate_wire::kie::{Credits, texts};
use serde::Deserialize;

use super::call::{Answer, Shared, caller, respond};
use super::{records, refuse};
use crate::app::App;
use crate::service::tasks;

type Asked = Result<Query<TaskQuery>, QueryRejection>;

/// The only query parameter of both records; its absence has a text of its own.
#[derive(Deserialize)]
pub(crate) struct TaskQuery {
    #[serde(rename = "taskId", default)]
    task_id: String,
}

/// `GET /api/v1/jobs/recordInfo`
pub(crate) async fn record_info(State(app): Shared, query: Asked, headers: HeaderMap) -> Response<Body> {
    respond(record(&app, query, &headers, Form::KieJobs))
}

/// `GET /api/v1/veo/record-info`
pub(crate) async fn veo_record_info(State(app): Shared, query: Asked, headers: HeaderMap) -> Response<Body> {
    respond(record(&app, query, &headers, Form::KieVeo))
}

/// `GET /api/v1/chat/credit`
pub(crate) async fn chat_credit(State(app): Shared, headers: HeaderMap) -> Response<Body> {
    respond(credit(&app, &headers).await)
}

fn record(app: &App, query: Asked, headers: &HeaderMap, form: Form) -> Answer {
    let caller = caller(app, headers, form)?;
    let id = query.map(|Query(query)| query.task_id).unwrap_or_default();
    if id.is_empty() {
        return Err(texts::TASK_ID_REQUIRED);
    }
    let found = tasks::find(app, &caller, &id, form).map_err(|error| refuse::store(&error))?;
    let Some(record) = found else {
        return Err(match form {
            Form::KieVeo => texts::record_not_found(&id),
            Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => texts::RECORD_INFO_IS_NULL,
        });
    };
    if app.count_read(record.task.id).is_err() {
        return Err(texts::RATE_LIMITED);
    }
    let late_film = super::late_film(app, &record).map_err(|error| refuse::store(&error))?;
    let body = match form {
        Form::KieVeo => records::veo(app, &record).map(|record| record.encode_offering(late_film.as_deref())),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => {
            records::jobs(app, &record).map(|record| record.encode_offering(late_film.as_deref()))
        }
    };
    body.map_err(|error| refuse::store(&error))
}

async fn credit(app: &App, headers: &HeaderMap) -> Answer {
    let caller = caller(app, headers, Form::KieJobs)?;
    let available = caller.available(app).await.map_err(|error| refuse::store(&error))?;
    Ok(Credits::from_thousandths(available.0).encode())
}
