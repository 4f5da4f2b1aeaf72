//! Kie's endpoints: who calls, what is asked, what is answered.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, Response};
use bytes::Bytes;
use filmgate_domain::request::Form;
use filmgate_wire::kie::{self, Create, Created, Credits, DecodeError, texts};
use serde::Deserialize;

use super::{convert, records, refuse, reply};
use crate::app::App;
use crate::service::caller::Caller;
use crate::service::tasks;

/// A prompt of 10,000 characters and ten links fit many times over.
const BODY_BYTES_MAX: usize = 1024 * 1024;
/// The scenario a client asks the emulator for.
const SCENARIO_HEADER: &str = "x-filmgate-scenario";

type Answer = Result<String, kie::Refusal>;
type Shared = State<Arc<App>>;
type Asked = Result<Query<TaskQuery>, QueryRejection>;

/// The only query parameter of this dialect; its absence has a text of its own.
#[derive(Deserialize)]
pub(crate) struct TaskQuery {
    #[serde(rename = "taskId", default)]
    task_id: String,
}

pub(crate) async fn create_task(State(app): Shared, request: Request) -> Response<Body> {
    respond(create(&app, request, Form::KieJobs, kie::decode_jobs).await)
}

pub(crate) async fn veo_generate(State(app): Shared, request: Request) -> Response<Body> {
    respond(create(&app, request, Form::KieVeo, kie::decode_veo).await)
}

pub(crate) async fn record_info(State(app): Shared, query: Asked, headers: HeaderMap) -> Response<Body> {
    respond(record(&app, query, &headers, Form::KieJobs))
}

pub(crate) async fn veo_record_info(State(app): Shared, query: Asked, headers: HeaderMap) -> Response<Body> {
    respond(record(&app, query, &headers, Form::KieVeo))
}

pub(crate) async fn chat_credit(State(app): Shared, headers: HeaderMap) -> Response<Body> {
    respond(credit(&app, &headers).await)
}

fn respond(answer: Answer) -> Response<Body> {
    reply(answer.unwrap_or_else(|refusal| refusal.encode()))
}

fn caller(app: &App, headers: &HeaderMap, form: Form) -> Result<Caller, kie::Refusal> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| {
        let (scheme, key) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(key)
    });
    let scenario = headers.get(SCENARIO_HEADER).map(|value| value.to_str().unwrap_or("?"));
    Caller::find(app, bearer, scenario).map_err(|error| refuse::caller(error, form))
}

async fn body(request: Request) -> Result<Bytes, kie::Refusal> {
    to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|error| {
        let over = std::error::Error::source(&error)
            .is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>());
        if over { refuse::too_large(BODY_BYTES_MAX) } else { refuse::cut_off() }
    })
}

async fn create(
    app: &App,
    request: Request,
    form: Form,
    decode: fn(&[u8]) -> Result<Create, DecodeError>,
) -> Answer {
    let caller = caller(app, request.headers(), form)?;
    let body = body(request).await?;
    let create = decode(&body).map_err(|error| undecodable(app, &body, &error))?;
    let card = app.catalogue.find(&create.model);
    let asked = convert::asked(create, form, card);
    let id = tasks::accept(app, &caller, asked).await.map_err(|error| refuse::accept(error, form, card))?;
    let id = id.to_string();
    Ok(match form {
        Form::KieVeo => Created::veo(id).encode(),
        Form::KieJobs | Form::Cli => Created::jobs(id).encode(),
    })
}

/// An unknown model is told before a wrong type, which is Kie's own order.
fn undecodable(app: &App, body: &[u8], error: &DecodeError) -> kie::Refusal {
    let unknown = || kie::named_model(body).is_some_and(|model| app.catalogue.find(&model).is_none());
    match error {
        DecodeError::MissingInput | DecodeError::WrongType { .. } if unknown() => texts::MODEL_NOT_SUPPORTED,
        error => refuse::undecodable(error),
    }
}

fn record(app: &App, query: Asked, headers: &HeaderMap, form: Form) -> Answer {
    let caller = caller(app, headers, form)?;
    let id = query.map(|Query(query)| query.task_id).unwrap_or_default();
    if id.is_empty() {
        return Err(texts::TASK_ID_REQUIRED);
    }
    let found = tasks::find(app, &caller, &id, form).map_err(|error| refuse::store(&error))?;
    let Some((record, request)) = found else {
        return Err(match form {
            Form::KieVeo => texts::record_not_found(&id),
            Form::KieJobs | Form::Cli => texts::RECORD_INFO_IS_NULL,
        });
    };
    let card = app.catalogue.find(&request.model);
    Ok(match form {
        Form::KieVeo => records::veo(&record, &request, card, &app.link_base).encode(),
        Form::KieJobs | Form::Cli => records::jobs(&record, &request, card, &app.link_base).encode(),
    })
}

async fn credit(app: &App, headers: &HeaderMap) -> Answer {
    let caller = caller(app, headers, Form::KieJobs)?;
    let available = caller.available(app).await.map_err(|error| refuse::store(&error))?;
    Ok(Credits::from_thousandths(available.0).encode())
}
