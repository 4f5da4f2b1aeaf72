//! OpenAI's dialect: the result is in the HTTP status, errors come in an envelope.

pub(crate) mod webhooks;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use filmgate_domain::id::TaskId;
use filmgate_wire::openai::server::{ApiError, SHOULD_RETRY};

/// A task's id as this dialect shows it.
pub(crate) fn video_id(task: TaskId) -> String {
    format!("video_{task}")
}

/// A reply of this dialect.
pub(crate) fn reply(answer: Result<String, ApiError>) -> Response<Body> {
    let (status, body, should_retry) = match answer {
        Ok(body) => (StatusCode::OK, body, None),
        Err(error) => {
            let status = StatusCode::from_u16(error.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.encode(), error.should_retry())
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(retry) = should_retry {
        let value = HeaderValue::from_static(if retry { "true" } else { "false" });
        response.headers_mut().insert(HeaderName::from_static(SHOULD_RETRY), value);
    }
    response
}
