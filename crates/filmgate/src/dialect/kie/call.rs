//! What every call of this dialect goes through: who calls, its body, and the answer.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response};
use bytes::Bytes;
use filmgate_domain::request::Form;
use filmgate_wire::form::{self, Fields};
use filmgate_wire::kie::{self, REPLY_CONTENT_TYPE, texts};

use super::refuse;
use crate::app::App;
use crate::dialect::asking::{self, BodyFault};
use crate::service::caller::Caller;

/// A prompt of 10,000 characters and ten links fit many times over.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// The body of a reply, or why there is none.
pub(super) type Answer = Result<String, kie::Refusal>;
/// What every handler shares.
pub(super) type Shared = State<Arc<App>>;

/// A reply of this dialect.
pub(crate) fn reply(body: String) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(REPLY_CONTENT_TYPE));
    response
}

pub(super) fn respond(answer: Answer) -> Response<Body> {
    answer.map_or_else(|refusal| refused(&refusal), reply)
}

/// Marks a reply that says a limit, for operators who want it as an HTTP status, too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited;

/// A refusal of this dialect; the one that means nothing is no JSON at all.
pub(crate) fn refused(refusal: &kie::Refusal) -> Response<Body> {
    if *refusal != refuse::GARBAGE {
        let mut response = reply(refusal.encode());
        if refusal.code == texts::RATE_LIMITED.code {
            response.extensions_mut().insert(Limited);
        }
        return response;
    }
    asking::garbage()
}

pub(super) fn caller(app: &App, headers: &HeaderMap, form: Form) -> Result<Caller, kie::Refusal> {
    asking::caller(app, headers).map_err(|error| refuse::caller(error, form))
}

pub(super) async fn body(request: Request) -> Result<Bytes, kie::Refusal> {
    asking::body(request, BODY_BYTES_MAX).await.map_err(|fault| match fault {
        BodyFault::TooLarge => refuse::too_large(BODY_BYTES_MAX),
        BodyFault::CutOff => refuse::cut_off(),
    })
}

/// The fields of a JSON body, whatever the client calls it.
pub(super) fn fields(body: &[u8]) -> Result<Fields<'_>, kie::Refusal> {
    form::read(None, body).map_err(|malformed| texts::malformed(&malformed))
}

/// The entries of a query, decoded, in their order.
pub(super) fn query(request: &Request) -> Vec<(String, String)> {
    Query::try_from_uri(request.uri()).map(|Query(entries)| entries).unwrap_or_default()
}

/// A query's entries as `wire` reads them.
pub(super) fn pairs(query: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    query.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}
