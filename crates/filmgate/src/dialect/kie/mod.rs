//! Kie's dialect: every answer is HTTP 200 with the result in `code`.

pub(crate) mod convert;
mod endpoints;
mod records;
mod refuse;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
pub(crate) use endpoints::{chat_credit, create_task, record_info, veo_generate, veo_record_info};
use filmgate_wire::kie::{REPLY_CONTENT_TYPE, Refusal};

/// A reply of this dialect.
pub(crate) fn reply(body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(REPLY_CONTENT_TYPE));
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
