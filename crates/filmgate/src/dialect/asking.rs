//! What every dialect reads of a request before its own form: the key, filmgate's own headers, the body.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, VIA};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use bytes::Bytes;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::scenario::Scenario;

use crate::app::App;
use crate::http::cut::OnCut;
use crate::service::caller::{CallError, Caller};
use crate::service::retry::Retry;
use crate::service::tasks::Accepted;

/// The scenario a client asks the emulator for.
const SCENARIO_HEADER: &str = "x-filmgate-scenario";
/// `off`: this create is a film of its own, however much it looks like a retry.
const DEDUPLICATE_HEADER: &str = "x-filmgate-deduplicate";
/// The client's own name for a create, so that a second one is the same film.
const IDEMPOTENCY_HEADER: &str = "idempotency-key";
/// What a client wants done when nobody knows whether an upstream has its task.
const ON_DOUBT_HEADER: &str = "x-filmgate-on-doubt";

/// Why a request that has come through this very process is refused.
pub(super) const ECHO: &str = "This request has come through this gateway before. Its upstream address leads back to itself. Nothing was created.";
/// Why a policy is refused that nobody knows.
pub(super) const POLICY_UNKNOWN: &str =
    "X-Filmgate-On-Doubt must be park, fail, next_route or resubmit. Nothing was created.";

/// From here on a body is read where no other request waits for the thread.
const LARGE_BODY_BYTES: usize = 64 * 1024;

/// A body that cannot be read.
pub(super) enum BodyFault {
    /// It is larger than it may be.
    TooLarge,
    /// It did not arrive whole.
    CutOff,
}

/// What the scenario `garbage` answers: HTTP 200, and a proxy's page.
pub(super) fn garbage() -> Response<Body> {
    let page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>\n";
    let mut response = Response::new(Body::from(page));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

/// Who calls.
pub(super) fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, CallError> {
    Caller::find(app, bearer(headers), scenario_name(headers))
}

/// The bearer key.
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

fn scenario_name(headers: &HeaderMap) -> Option<&str> {
    headers.get(SCENARIO_HEADER).map(|value| value.to_str().unwrap_or("?"))
}

/// The scenario that a request names.
pub(super) fn scenario(headers: &HeaderMap) -> Result<Option<Scenario>, CallError> {
    let Some(name) = scenario_name(headers) else { return Ok(None) };
    Scenario::named(name).map(Some).ok_or_else(|| CallError::UnknownScenario(name.to_owned()))
}

/// The whole body, up to a limit.
pub(super) async fn body(request: Request, bytes_max: usize) -> Result<Bytes, BodyFault> {
    to_bytes(request.into_body(), bytes_max).await.map_err(|error| {
        let over = std::error::Error::source(&error)
            .is_some_and(|cause| cause.is::<http_body_util::LengthLimitError>());
        if over { BodyFault::TooLarge } else { BodyFault::CutOff }
    })
}

/// Reads a body into what it asks for. Forms with films and pictures in base64 take milliseconds, for which nobody else waits here.
pub(super) fn read<T>(body: &[u8], read: impl FnOnce() -> T) -> T {
    if body.len() < LARGE_BODY_BYTES { read() } else { tokio::task::block_in_place(read) }
}

/// Whether a request went out of this very process and came back: it would pay for itself for ever.
pub(super) fn is_echo(app: &App, headers: &HeaderMap) -> bool {
    let own = app.via.strip_prefix("1.1 ").unwrap_or(&app.via);
    headers.get_all(VIA).iter().filter_map(|value| value.to_str().ok()).any(|via| via.contains(own))
}

/// What the create says of being a retry. OpenAI's SDKs count their tries in a header; nobody else needs to.
pub(super) fn retry(request: &Request) -> Retry {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let mut keys = request.headers().get_all(IDEMPOTENCY_HEADER).iter().map(HeaderValue::as_bytes);
    let key = keys.next();
    Retry {
        tried: text("x-stainless-retry-count").and_then(|count| count.trim().parse().ok()),
        opted_out: text(DEDUPLICATE_HEADER).is_some_and(|value| value.trim().eq_ignore_ascii_case("off")),
        on_cut: request.extensions().get::<OnCut>().cloned(),
        names_differ: keys.any(|other| Some(other) != key),
        ..Retry::under(key)
    }
}

/// What the client wants done about a doubt, within the operator's caps. An error is [`POLICY_UNKNOWN`].
pub(super) fn on_doubt(headers: &HeaderMap) -> Result<Option<OnDoubt>, &'static str> {
    let Some(value) = headers.get(ON_DOUBT_HEADER) else { return Ok(None) };
    let policy = value.to_str().ok().and_then(OnDoubt::named);
    policy.map(Some).ok_or(POLICY_UNKNOWN)
}

/// What headers tell of an accepted create: that it was there already, and that its model will be gone (RFC 8594 and 9745).
pub(super) fn tell(accepted: &Accepted, headers: &mut HeaderMap) {
    if accepted.deduplicated {
        headers.insert(HeaderName::from_static("filmgate-deduplicated"), HeaderValue::from_static("retry"));
    }
    if let Some(day) = accepted.sunset {
        let values = [("deprecation", format!("@{}", day.unix_s())), ("sunset", day.http_date())];
        for (name, value) in values {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}
