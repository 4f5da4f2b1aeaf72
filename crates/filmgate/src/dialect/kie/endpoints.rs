//! Kie's endpoints: who calls, what is asked, what is answered.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Response};
use bytes::Bytes;
use filmgate_domain::id::TaskId;
use filmgate_domain::request::{self as domain, Form};
use filmgate_wire::kie::{self, Create, Created, Credits, DecodeError, texts};
use serde::Deserialize;

use super::{callbacks, convert, records, refuse, refused, reply};
use crate::app::App;
use crate::dialect::asking::{self, BodyFault};
use crate::service::caller::Caller;
use crate::service::tasks::{self, Accepted};

/// A prompt of 10,000 characters and ten links fit many times over.
const BODY_BYTES_MAX: usize = 1024 * 1024;

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
    respond_create(create(&app, request, Form::KieJobs, kie::decode_jobs).await)
}

pub(crate) async fn veo_generate(State(app): Shared, request: Request) -> Response<Body> {
    respond_create(create(&app, request, Form::KieVeo, kie::decode_veo).await)
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
    answer.map_or_else(|refusal| refused(&refusal), reply)
}

fn respond_create(answer: Result<(String, Accepted), kie::Refusal>) -> Response<Body> {
    let (body, accepted) = match answer {
        Ok(accepted) => accepted,
        Err(refusal) => return refused(&refusal),
    };
    let mut response = reply(body);
    asking::tell(&accepted, response.headers_mut());
    response
}

pub(super) fn caller(app: &App, headers: &HeaderMap, form: Form) -> Result<Caller, kie::Refusal> {
    asking::caller(app, headers).map_err(|error| refuse::caller(error, form))
}

async fn body(request: Request) -> Result<Bytes, kie::Refusal> {
    asking::body(request, BODY_BYTES_MAX).await.map_err(|fault| match fault {
        BodyFault::TooLarge => refuse::too_large(BODY_BYTES_MAX),
        BodyFault::CutOff => refuse::cut_off(),
    })
}

async fn create(
    app: &App,
    request: Request,
    form: Form,
    decode: fn(&[u8]) -> Result<Create, DecodeError>,
) -> Result<(String, Accepted), kie::Refusal> {
    let caller = caller(app, request.headers(), form)?;
    if asking::is_echo(app, request.headers()) {
        return Err(kie::Refusal::new(422, asking::ECHO));
    }
    let on_doubt = asking::on_doubt(request.headers()).map_err(|text| kie::Refusal::new(422, text))?;
    let retry = asking::retry(&request);
    let body = body(request).await?;
    let create = decode(&body).map_err(|error| undecodable(app, &body, &error))?;
    let card = app.catalogue.find(&create.model);
    let progress_url = callbacks::progress_url(app, form, card, &body)?;
    let asked = domain::Asked { on_doubt, ..convert::asked(create, form, card) };
    let accepted = tasks::accept_or_adopt(app, &caller, asked, &retry).await;
    let accepted = accepted.map_err(|error| refuse::accept(error, form, card))?;
    if let Some(url) = progress_url {
        app.webhooks.progress.follow(accepted.id, url);
    }
    let id = accepted.id.to_string();
    let body = match form {
        Form::KieVeo => Created::veo(id).encode(),
        Form::KieJobs | Form::OpenAi | Form::Cli => Created::jobs(id).encode(),
    };
    Ok((body, accepted))
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
    if TaskId::parse(&id).is_some_and(|id| app.count_read(id).is_err()) {
        return Err(texts::RATE_LIMITED);
    }
    let found = tasks::find(app, &caller, &id, form).map_err(|error| refuse::store(&error))?;
    let Some(record) = found else {
        return Err(match form {
            Form::KieVeo => texts::record_not_found(&id),
            Form::KieJobs | Form::OpenAi | Form::Cli => texts::RECORD_INFO_IS_NULL,
        });
    };
    let card = app.catalogue.find(&record.request.model);
    let late_film = super::late_film(app, &record).map_err(|error| refuse::store(&error))?;
    let late_film = late_film.as_deref();
    Ok(match form {
        Form::KieVeo => {
            records::veo(&record, &record.request, card, &app.link_base).encode_offering(late_film)
        }
        Form::KieJobs | Form::OpenAi | Form::Cli => {
            records::jobs(&record, &record.request, card, &app.link_base).encode_offering(late_film)
        }
    })
}

async fn credit(app: &App, headers: &HeaderMap) -> Answer {
    let caller = caller(app, headers, Form::KieJobs)?;
    let available = caller.available(app).await.map_err(|error| refuse::store(&error))?;
    Ok(Credits::from_thousandths(available.0).encode())
}
