//! What every call of this dialect goes through: a key or a session, its body, and the answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, COOKIE, HOST};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::Parameter;
use filmgate_store::StoreError;
use filmgate_wire::own::refused::Refused;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::dialect::asking::{self, BodyFault};
use crate::http::{host, look};
use crate::service::caller::{CallError, Caller};
use crate::service::session;
use crate::service::tasks::AcceptError;

/// The session's cookie, as far as its name is the same everywhere.
const COOKIE_NAME: &str = "filmgate_session";
/// What proves that one of our own pages sends a request.
const CSRF_HEADER: &str = "x-filmgate-csrf";
/// The refusal that is told as a proxy's page; among the answers of a batch it is an entry like any other.
const GARBAGE: &str = "garbage";
/// A prompt, a storyboard and 24 requests fit many times over.
pub(super) const BODY_BYTES_MAX: usize = 1024 * 1024;

/// What every handler shares.
pub(super) type Shared = State<Arc<App>>;
/// A reply in JSON, or why there is none.
pub(super) type Answer<T> = Result<T, Refused>;

/// A reply with status 200.
pub(super) fn respond<T: Serialize>(answer: Answer<T>) -> Response<Body> {
    respond_with(StatusCode::OK, answer)
}

/// A reply with this status, if there is no refusal.
pub(super) fn respond_with<T: Serialize>(status: StatusCode, answer: Answer<T>) -> Response<Body> {
    match answer {
        Ok(value) => match serde_json::to_string(&value) {
            Ok(text) => reply(status, text),
            Err(error) => {
                tracing::error!(%error, "a reply could not be written");
                refused(&unavailable())
            }
        },
        Err(refusal) => refused(&refusal),
    }
}

/// A reply without a body.
pub(super) fn nothing(answer: Answer<()>) -> Response<Body> {
    match answer {
        Ok(()) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NO_CONTENT;
            response
        }
        Err(refusal) => refused(&refusal),
    }
}

/// A refusal of this dialect.
pub(crate) fn refused(refusal: &Refused) -> Response<Body> {
    if refusal.code == GARBAGE {
        return asking::garbage();
    }
    reply(StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), refusal.encode())
}

fn reply(status: StatusCode, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Who calls: by the bearer key, else by the session of a browser.
pub(super) fn caller(app: &App, request: &Request) -> Answer<Caller> {
    of(app, request.method(), request.headers())
}

/// The same by the parts of a request.
pub(super) fn of(app: &App, method: &Method, headers: &HeaderMap) -> Answer<Caller> {
    if headers.contains_key(AUTHORIZATION) {
        return asking::caller(app, headers).map_err(call);
    }
    let Some(secret) = cookie(headers) else {
        return Err(Refused::new(
            401,
            "no_session",
            "Send your key as `Authorization: Bearer KEY`, or enter it on the page.",
        ));
    };
    from_our_host(app, headers)?;
    let has_token =
        || headers.get(CSRF_HEADER).is_some_and(|token| token.as_bytes() == session::csrf(secret).as_bytes());
    if *method != Method::GET && *method != Method::HEAD && !has_token() {
        let text =
            "The request lacks this session's X-Filmgate-CSRF. Nothing was changed; load the page again.";
        return Err(Refused::new(403, "csrf", text));
    }
    let scenario = asking::scenario(headers).map_err(call)?;
    let found = session::caller(app, secret, scenario).map_err(|error| store(&error))?;
    found.ok_or_else(|| Refused::new(401, "no_session", "The session is over. Enter your key again."))
}

/// Whether a request names this server by an address that nobody else controls.
pub(crate) fn names_us(app: &App, headers: &HeaderMap) -> bool {
    let name = headers.get(HOST).and_then(|host| host.to_str().ok());
    name.is_some_and(|name| host::is_ours(app, name))
}

/// A name that somebody else controls must not make a browser speak for its user.
pub(super) fn from_our_host(app: &App, headers: &HeaderMap) -> Answer<()> {
    if names_us(app, headers) {
        return Ok(());
    }
    let text = "Sessions are for this server's own address only: set FILMGATE_PUBLIC_URL to the address that you use.";
    Err(Refused::new(403, "foreign_host", text))
}

/// Who calls, if its key has no limits: others may make films, and change nothing of the account's.
pub(super) fn unlimited(caller: Caller) -> Answer<Caller> {
    if caller.key.is_none() {
        return Ok(caller);
    }
    let text = "This key has limits, so it changes neither keys nor receivers. Nothing was changed.";
    Err(Refused::new(403, "key_limited", text))
}

/// Whose things are meant. A sandbox account that calls for the first time comes into being.
pub(super) async fn account(app: &App, caller: &Caller) -> Answer<AccountNumber> {
    caller.account_or_new(app).await.map_err(|error| store(&error))
}

/// The name of the session's cookie. It holds the port, because cookies do not: two filmgates on one machine, an emulator and
/// its gateway perhaps, would end each other's sessions.
pub(crate) fn cookie_name(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    match host.and_then(host::port) {
        Some(port) => format!("{COOKIE_NAME}_{port}"),
        None => COOKIE_NAME.to_owned(),
    }
}

/// The session's secret. Two that differ are none: one of them is somebody else's, put there by a page on another port.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let own = cookie_name(headers);
    let pairs = look::texts(headers, COOKIE, ';').filter_map(|pair| pair.split_once('='));
    let mut secrets = pairs.filter(|(name, _)| *name == own).map(|(_, secret)| secret);
    let first = secrets.next()?;
    secrets.all(|other| other == first).then_some(first)
}

/// Whether a browser says one of these words of where a request comes from or goes to; other programs say nothing.
pub(crate) fn fetched(headers: &HeaderMap, header: &str, words: &[&str]) -> bool {
    headers.get(header).is_none_or(|said| words.iter().any(|word| said.as_bytes() == word.as_bytes()))
}

/// The body, as a type of its own.
pub(super) async fn body<T: DeserializeOwned>(request: Request) -> Answer<T> {
    read(&bytes(request, BODY_BYTES_MAX).await?)
}

/// The same where the body may be left out.
pub(super) async fn body_or_default<T: DeserializeOwned + Default>(request: Request) -> Answer<T> {
    let bytes = bytes(request, BODY_BYTES_MAX).await?;
    if bytes.is_empty() { Ok(T::default()) } else { read(&bytes) }
}

/// What a body says.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        Refused::new(400, "invalid_body", format!("The body cannot be read: {error}. Nothing was changed."))
    })
}

/// The body as it came, up to a limit.
pub(super) async fn bytes(request: Request, bytes_max: usize) -> Answer<bytes::Bytes> {
    asking::body(request, bytes_max).await.map_err(|fault| match fault {
        BodyFault::TooLarge => {
            let text = format!("The request is larger than {bytes_max} bytes. Nothing was changed.");
            Refused::new(413, "too_large", text)
        }
        BodyFault::CutOff => {
            Refused::new(400, "invalid_body", "The request did not arrive whole. Nothing was changed.")
        }
    })
}

/// One entry of a query, if it says anything.
pub(super) fn query(request: &Request, name: &str) -> Option<String> {
    let Query(entries) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).ok()?;
    entries.into_iter().find(|(known, text)| known == name && !text.is_empty()).map(|(_, text)| text)
}

/// How many are wanted at once: what the query says, at most `most`.
pub(super) fn limit(request: &Request, (usual, most): (usize, usize)) -> Answer<usize> {
    let Some(text) = query(request, "limit") else { return Ok(usual) };
    let limit = text.parse().ok().filter(|limit| (1..=most).contains(limit));
    limit.ok_or_else(|| invalid("limit", &format!("must be a whole number from 1 to {most}")))
}

/// A field or an entry of the query that cannot be taken.
pub(super) fn invalid(parameter: &str, must: &str) -> Refused {
    Refused::new(400, "invalid_value", format!("{parameter} {must}. Nothing was changed.")).about(parameter)
}

/// There is none, or it is another account's, which must not differ.
pub(super) fn not_found(what: &str) -> Refused {
    Refused::new(404, "not_found", format!("There is no such {what} of yours."))
}

pub(super) fn unavailable() -> Refused {
    Refused::new(
        503,
        "unavailable",
        "The request could not be kept. Nothing was changed; try again in a few seconds.",
    )
}

/// The store failed: logged here, once, because the client cannot do anything with the details.
pub(super) fn store(error: &StoreError) -> Refused {
    tracing::error!(%error, "the store failed");
    unavailable()
}

/// Why a create was turned down.
pub(super) fn accept(error: AcceptError) -> Refused {
    match error {
        AcceptError::Refused(refusal) => refusal_of(&refusal),
        AcceptError::Store(error) => store(&error),
    }
}

fn call(error: CallError) -> Refused {
    match error {
        CallError::Refused(refusal) => refusal_of(&refusal),
        CallError::UnknownScenario(name) => {
            Refused::new(400, "unknown_scenario", format!("The emulator knows no scenario \"{name}\"."))
        }
        CallError::Store(error) => store(&error),
    }
}

/// The domain's own words, with a status and the field that is meant.
pub(super) fn refusal_of(refusal: &Refusal) -> Refused {
    let (status, code) = match refusal {
        Refusal::KeyRefused => (401, "key_refused"),
        Refusal::CreditsInsufficient { .. } => (402, "credits_insufficient"),
        Refusal::KeyLimited { .. } => (403, "key_limited"),
        Refusal::UnknownModel { .. } => (404, "unknown_model"),
        Refusal::KeyReused => (409, "idempotency_key_reused"),
        Refusal::KeysDiffer => (400, "idempotency_keys_differ"),
        Refusal::Deleted => (410, "deleted"),
        Refusal::RateLimited => (429, "rate_limited"),
        Refusal::Maintenance | Refusal::Busy => (503, "unavailable"),
        Refusal::Garbage => (503, GARBAGE),
        _ => (422, "refused"),
    };
    let mut text = refusal.to_string();
    if let Some(first) = text.get(..1) {
        text = first.to_uppercase() + &text[1..];
    }
    let text = if text.ends_with('.') { text } else { format!("{text}.") };
    let refused = Refused::new(status, code, text);
    match parameter(refusal) {
        Some(parameter) => refused.about(super::input::name(parameter)),
        None => refused,
    }
}

fn parameter(refusal: &Refusal) -> Option<Parameter> {
    match refusal {
        Refusal::Missing { parameter }
        | Refusal::NotAllowed { parameter }
        | Refusal::TooLong { parameter, .. }
        | Refusal::TooMany { parameter, .. }
        | Refusal::BadLink { parameter } => Some(*parameter),
        Refusal::ShotsTooLong { .. } => Some(Parameter::Shots),
        Refusal::PictureExpired => Some(Parameter::Pictures),
        Refusal::SourceUnknown
        | Refusal::SourceUnfinished
        | Refusal::SourceUnfit { .. }
        | Refusal::MadeElsewhere { .. } => Some(Parameter::OriginTask),
        _ => None,
    }
}
