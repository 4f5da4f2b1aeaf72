//! Kie's dialect: every answer is HTTP 200 with the result in `code`.

mod callbacks;
pub(crate) mod convert;
mod endpoints;
mod records;
mod refuse;
pub(crate) mod uploads;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
pub(crate) use callbacks::{jobs_callback, late_film, progress_callback, veo_callback};
pub(crate) use endpoints::{chat_credit, create_task, record_info, veo_generate, veo_record_info};
use filmgate_wire::kie::{REPLY_CONTENT_TYPE, Refusal, texts};

/// A reply of this dialect.
pub(crate) fn reply(body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(REPLY_CONTENT_TYPE));
    response
}

/// Marks a reply that says a limit, for operators who want it as an HTTP status, too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited;

/// A refusal of this dialect.
pub(crate) fn refused(refusal: &Refusal) -> Response<Body> {
    let mut response = reply(refusal.encode());
    if refusal.code == texts::RATE_LIMITED.code {
        response.extensions_mut().insert(Limited);
    }
    response
}

/// What this dialect says to a path that it does not have.
pub(crate) fn unknown_path() -> Response<Body> {
    reply(
        Refusal::new(404, "The path does not exist. See the README of filmgate for the paths that do.")
            .encode(),
    )
}

/// What this dialect says to a wrong method.
pub(crate) fn wrong_method() -> Response<Body> {
    reply(Refusal::new(405, "The method is not allowed for this path.").encode())
}

/// What the emulator says to a request that names a host which is not this machine.
pub(crate) fn foreign_host() -> Response<Body> {
    reply(Refusal::new(403, crate::http::FOREIGN_HOST).encode())
}
