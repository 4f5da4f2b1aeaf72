//! The error envelope that the SDKs turn into their exception classes, with a constructor for each status.

use serde::Serialize;

use crate::form::take::Fault;
use crate::form::{Malformed, Wrong};
use crate::value::json;

/// Tells both SDKs whether to try again, over what the status says (V: py 3.54.0 and js 7.57.0 obey `true` and `false`).
pub const SHOULD_RETRY: &str = "x-should-retry";

/// A reply that says no: `{"error":{"message","type","param","code"}}`. The SDKs choose the exception by the status alone and
/// read the four keys into it (V, recordings 19 and 38).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status. Both SDKs retry 408, 409, 429 and 5xx by themselves (V).
    pub http_status: u16,
    /// `type`, OpenAI's coarse kind.
    pub kind: &'static str,
    /// `code`, for programs.
    pub code: Option<&'static str>,
    /// `param`: the field.
    pub param: Option<String>,
    /// `message`: what happened, whether money was spent, and what to do next.
    pub message: String,
}

/// The `type` of whatever the client can mend.
const INVALID: &str = "invalid_request_error";

impl ApiError {
    fn new(http_status: u16, kind: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self { http_status, kind, code: Some(code), param: None, message: message.into() }
    }

    /// The same about one field.
    #[must_use]
    pub fn about(self, field: impl Into<String>) -> Self {
        Self { param: Some(field.into()), ..self }
    }

    /// 400 `BadRequestError`: the request is wrong.
    pub fn bad_request(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(400, INVALID, code, message)
    }

    /// 401 `AuthenticationError`: no key, or a wrong one.
    pub fn key_refused(message: impl Into<String>) -> Self {
        Self::new(401, INVALID, "invalid_api_key", message)
    }

    /// 403 `PermissionDeniedError`: the key may not do this.
    pub fn not_permitted(message: impl Into<String>) -> Self {
        Self::new(403, "permission_error", "permission_denied", message)
    }

    /// 404 `NotFoundError`: no such thing, or another account's, which must not differ.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, INVALID, "not_found", message)
    }

    /// 404 `NotFoundError` with the code by which OpenAI tells an unknown model; our own client reads it as one.
    pub fn unknown_model(message: impl Into<String>) -> Self {
        Self::new(404, INVALID, "model_not_found", message).about("model")
    }

    /// 405: another method. No exception class of its own.
    pub fn method_not_allowed(message: impl Into<String>) -> Self {
        Self::new(405, INVALID, "method_not_allowed", message)
    }

    /// 410: it was here and was deleted. No exception class of its own; unlike 409, the SDKs do not send it again.
    pub fn gone(message: impl Into<String>) -> Self {
        Self::new(410, INVALID, "deleted", message)
    }

    /// 413: the body is too large. No exception class of its own.
    pub fn too_large(message: impl Into<String>) -> Self {
        Self::new(413, INVALID, "request_too_large", message)
    }

    /// 422 `UnprocessableEntityError`: an `Idempotency-Key` came back with another body. It is not 409, which the SDKs would
    /// send again.
    pub fn key_reused(message: impl Into<String>) -> Self {
        Self::new(422, "idempotency_error", "idempotency_key_reused", message)
    }

    /// 429 `RateLimitError` with the code `insufficient_quota`: the account cannot pay. This is OpenAI's own habit, and 402
    /// would be a bare `APIStatusError` in both SDKs (V). To send it again does not help, which [`SHOULD_RETRY`] must say.
    pub fn no_credits(message: impl Into<String>) -> Self {
        Self::new(429, "insufficient_quota", "insufficient_quota", message)
    }

    /// 429 `RateLimitError`: too often; the request was dropped. Send `Retry-After` with it.
    pub fn rate_limited(message: impl Into<String>) -> Self {
        Self::new(429, "rate_limit_error", "rate_limit_exceeded", message)
    }

    /// 500 `InternalServerError`: our fault. Whether the SDK may send a create again depends on what happened, so the caller
    /// says so in [`SHOULD_RETRY`].
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(500, "server_error", "server_error", message)
    }

    /// 503 `InternalServerError`: closed or busy; the request was dropped. Send `Retry-After` with it.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(503, "server_error", "service_unavailable", message)
    }

    /// What to say in [`SHOULD_RETRY`]; `None` leaves it to the status.
    pub fn should_retry(&self) -> Option<bool> {
        (self.code == Some("insufficient_quota")).then_some(false)
    }

    /// The reply's body.
    pub fn encode(&self) -> String {
        #[derive(Serialize)]
        struct Inner<'a> {
            message: &'a str,
            #[serde(rename = "type")]
            kind: &'a str,
            param: Option<&'a str>,
            code: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Body<'a> {
            error: Inner<'a>,
        }
        let error =
            Inner { message: &self.message, kind: self.kind, param: self.param.as_deref(), code: self.code };
        json(&Body { error })
    }

    /// The body in which new-api tells an error: `{"code":"<string>","message":…,"data":null}` (S). Its status is mostly 400.
    pub fn encode_new_api(&self) -> String {
        #[derive(Serialize)]
        struct Body<'a> {
            code: &'a str,
            message: &'a str,
            data: Option<()>,
        }
        json(&Body { code: self.code.unwrap_or(self.kind), message: &self.message, data: None })
    }
}

impl From<Wrong> for ApiError {
    fn from(wrong: Wrong) -> Self {
        let code = match &wrong.fault {
            Fault::Missing => "missing_required_parameter",
            Fault::Not(_) | Fault::Contradicts(_) => "invalid_value",
            Fault::Unknown => "unknown_parameter",
        };
        Self::bad_request(code, format!("{wrong}.")).about(wrong.field)
    }
}

impl From<Malformed> for ApiError {
    fn from(malformed: Malformed) -> Self {
        Self::bad_request(
            "invalid_body",
            format!("The request cannot be read: {malformed}. Nothing was done."),
        )
    }
}
