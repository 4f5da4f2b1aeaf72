//! Kie's endpoints: who calls, what is asked, what is answered.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::header::{AUTHORIZATION, VIA};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use bytes::Bytes;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::id::TaskId;
use filmgate_domain::request::{self as domain, Form};
use filmgate_wire::kie::{self, Create, Created, Credits, DecodeError, texts};
use serde::Deserialize;

use super::{convert, records, refuse, refused, reply};
use crate::app::App;
use crate::http::cut::OnCut;
use crate::service::caller::Caller;
use crate::service::retry::Retry;
use crate::service::tasks::{self, Accepted};

/// A prompt of 10,000 characters and ten links fit many times over.
const BODY_BYTES_MAX: usize = 1024 * 1024;
/// The scenario a client asks the emulator for.
const SCENARIO_HEADER: &str = "x-filmgate-scenario";
/// `off`: this create is a film of its own, however much it looks like a retry.
const DEDUPLICATE_HEADER: &str = "x-filmgate-deduplicate";
/// The client's own name for a create, so that a second one is the same film.
const IDEMPOTENCY_HEADER: &str = "idempotency-key";
/// What a client wants done when nobody knows whether an upstream has its task.
const ON_DOUBT_HEADER: &str = "x-filmgate-on-doubt";

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

/// A model that will be gone says so in the headers of RFC 8594 and RFC 9745.
fn respond_create(answer: Result<(String, Accepted), kie::Refusal>) -> Response<Body> {
    let (body, accepted) = match answer {
        Ok(accepted) => accepted,
        Err(refusal) => return refused(&refusal),
    };
    let mut response = reply(body);
    if accepted.deduplicated {
        let retry = HeaderValue::from_static("retry");
        response.headers_mut().insert(HeaderName::from_static("filmgate-deduplicated"), retry);
    }
    if let Some(day) = accepted.sunset {
        let values = [("deprecation", format!("@{}", day.unix_s())), ("sunset", day.http_date())];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
    }
    response
}

pub(super) fn caller(app: &App, headers: &HeaderMap, form: Form) -> Result<Caller, kie::Refusal> {
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
) -> Result<(String, Accepted), kie::Refusal> {
    let caller = caller(app, request.headers(), form)?;
    refuse_echo(app, request.headers())?;
    let (on_doubt, retry) = (on_doubt(request.headers())?, retry(&request));
    let body = body(request).await?;
    let create = decode(&body).map_err(|error| undecodable(app, &body, &error))?;
    let card = app.catalogue.find(&create.model);
    let asked = domain::Asked { on_doubt, ..convert::asked(create, form, card) };
    let accepted = tasks::accept_or_adopt(app, &caller, asked, &retry).await;
    let accepted = accepted.map_err(|error| refuse::accept(error, form, card))?;
    let id = accepted.id.to_string();
    let body = match form {
        Form::KieVeo => Created::veo(id).encode(),
        Form::KieJobs | Form::OpenAi | Form::Cli => Created::jobs(id).encode(),
    };
    Ok((body, accepted))
}

/// A request that went out of this very process and came back would pay for itself for ever.
fn refuse_echo(app: &App, headers: &HeaderMap) -> Result<(), kie::Refusal> {
    let own = app.via.strip_prefix("1.1 ").unwrap_or(&app.via);
    let passed = headers.get_all(VIA).iter().filter_map(|value| value.to_str().ok());
    match passed.into_iter().any(|via| via.contains(own)) {
        true => Err(kie::Refusal::new(
            422,
            "This request has come through this gateway before. Its upstream address leads back to itself. Nothing was created.",
        )),
        false => Ok(()),
    }
}

/// What the create says of being a retry. OpenAI's SDKs count their tries in a header; nobody else needs to.
fn retry(request: &Request) -> Retry {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    Retry {
        tried: text("x-stainless-retry-count").and_then(|count| count.trim().parse().ok()),
        opted_out: text(DEDUPLICATE_HEADER).is_some_and(|value| value.trim().eq_ignore_ascii_case("off")),
        on_cut: request.extensions().get::<OnCut>().cloned(),
        ..Retry::under(text(IDEMPOTENCY_HEADER))
    }
}

/// What the client wants done about a doubt, within the operator's caps.
fn on_doubt(headers: &HeaderMap) -> Result<Option<OnDoubt>, kie::Refusal> {
    let Some(value) = headers.get(ON_DOUBT_HEADER) else { return Ok(None) };
    let policy = value.to_str().ok().and_then(OnDoubt::named);
    policy.map(Some).ok_or(kie::Refusal::new(
        422,
        "X-Filmgate-On-Doubt must be park, fail, next_route or resubmit. Nothing was created.",
    ))
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
