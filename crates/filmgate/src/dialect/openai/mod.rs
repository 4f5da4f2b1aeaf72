//! OpenAI's dialect, `/v1/videos`: what its SDKs and the clients of compatible servers send, answered as they expect it.

mod characters;
mod content;
mod convert;
mod follow;
mod generations;
mod models;
mod pictures;
mod refuse;
mod resource;
pub(crate) mod sample;
mod videos;
pub(crate) mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::middleware::{self, Next};
use axum::routing::{any, get, post};
use filmgate_domain::request::Form;
use filmgate_store::Record;
use filmgate_wire::form::{self, Fields};
use filmgate_wire::openai::server::{ApiError, SHOULD_RETRY};
use refuse::Refused;
pub(crate) use resource::video_id;

use super::asking::{self, BodyFault};
use crate::app::App;
use crate::service::caller::Caller;
use crate::service::tasks;

/// A picture of 10 MB as base64 in JSON, or an uploaded film, fits.
const BODY_BYTES_MAX: usize = 30 * 1024 * 1024;
/// Names one exchange in a bug report; the SDKs show it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

type Shared = State<Arc<App>>;
type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// Every route of this dialect.
pub(crate) fn routes(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/v1/videos", get(videos::list).post(videos::create))
        .route("/v1/videos/{id}", get(videos::retrieve).delete(videos::delete))
        .route("/v1/videos/{id}/content", get(content::content))
        .route("/v1/videos/{id}/remix", post(follow::remix))
        .route("/v1/videos/edits", post(follow::edit))
        .route("/v1/videos/extensions", post(follow::extend))
        .route("/v1/videos/characters", post(characters::create))
        .route("/v1/videos/characters/{id}", get(characters::retrieve))
        .merge(generations::routes())
        .route("/v1/models", get(models::list))
        .route("/v1/models/{*id}", get(models::retrieve))
        .merge(webhooks::routes())
        .route("/v1/{*path}", any(unknown_path))
        .method_not_allowed_fallback(wrong_method)
        .route_layer(middleware::from_fn_with_state(Arc::clone(app), named))
}

/// Gives each answer a name.
async fn named(State(app): Shared, request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    if let Ok(id) = HeaderValue::from_str(&format!("req_{:032x}", app.random.bits())) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// An answer of this dialect, or a refusal.
fn respond(answer: Result<Response<Body>, Refused>) -> Response<Body> {
    answer.unwrap_or_else(|Refused { error, retry_after_s, should_retry }| {
        if error.code == Some(refuse::GARBAGE) {
            return asking::garbage();
        }
        let mut response = json(error.encode());
        *response.status_mut() =
            StatusCode::from_u16(error.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        if let Some(seconds) = retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(should) = should_retry.or_else(|| error.should_retry()) {
            let word = HeaderValue::from_static(if should { "true" } else { "false" });
            headers.insert(HeaderName::from_static(SHOULD_RETRY), word);
        }
        response
    })
}

/// The same for answers without headers of their own.
fn reply(answer: Result<String, Refused>) -> Response<Body> {
    respond(answer.map(json))
}

fn json(body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn unknown_path() -> Response<Body> {
    let text = "There is nothing at this path. docs/openai.md of filmgate lists the paths of this API.";
    respond(Err(ApiError::not_found(text).into()))
}

async fn wrong_method() -> Response<Body> {
    respond(Err(no_such_method()))
}

/// What this dialect says to a wrong method.
fn no_such_method() -> Refused {
    ApiError::method_not_allowed("This path does not take this method.").into()
}

/// What the emulator says to a request that names a host which is not this machine.
pub(crate) fn foreign_host() -> Response<Body> {
    respond(Err(ApiError::not_permitted(crate::http::FOREIGN_HOST).into()))
}

fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Refused> {
    asking::caller(app, headers).map_err(refuse::caller)
}

/// The body's bytes with its `Content-Type`, from which [`fields`] makes a tree.
async fn body(request: Request) -> Result<(Option<String>, Bytes), Refused> {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.map(ToOwned::to_owned);
    match asking::body(request, BODY_BYTES_MAX).await {
        Ok(bytes) => Ok((content_type, bytes)),
        Err(BodyFault::TooLarge) => Err(ApiError::too_large(format!(
            "The request is larger than {BODY_BYTES_MAX} bytes. Nothing was created."
        ))
        .into()),
        Err(BodyFault::CutOff) => Err(ApiError::bad_request(
            "invalid_body",
            "The request did not arrive whole. Nothing was created.",
        )
        .into()),
    }
}

fn fields((content_type, bytes): &(Option<String>, Bytes)) -> Result<Fields<'_>, Refused> {
    Ok(form::read(content_type.as_deref(), bytes)?)
}

/// The film with this id, if it is the caller's and was asked for in this dialect.
fn find(app: &App, caller: &Caller, id: &str) -> Result<Record, Refused> {
    let found = match resource::task_id(id) {
        Some(task) => tasks::find(app, caller, task, Form::OpenAi).map_err(|error| refuse::store(&error))?,
        None => None,
    };
    found.ok_or_else(|| refuse::no_such_video(id))
}

/// The entries of a query; one that cannot be read has none.
fn pairs(query: Pairs) -> Vec<(String, String)> {
    query.map(|Query(pairs)| pairs).unwrap_or_default()
}
