//! Where upstreams call back: a wake-up with evidence, never a result; the task is always read again.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use filmgate_domain::answer::Evidence;
use filmgate_store::{Place, StoreError};

use super::part::Part;
use crate::app::App;

/// What callbacks say is short; their results are not believed anyway.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// Whoever holds a token can name jobs; more than this is no upstream.
const JOBS_MAX: usize = 4;
const ALL_JOBS_MAX: usize = 64;
const THANKS: &str = r#"{"code":200,"msg":"success"}"#;

/// `POST /filmgate/v1/callbacks/{token}`: the token of an attempt is all that lets anybody in.
pub(crate) async fn called_back(
    State(app): State<Arc<App>>,
    Part(token): Part,
    request: Request,
) -> Response<Body> {
    let failed = |error: StoreError| {
        tracing::error!(%error, "a callback could not be kept");
        answer(StatusCode::SERVICE_UNAVAILABLE, r#"{"code":500,"msg":"try again later"}"#)
    };
    // Who has no token of ours is not read.
    let place = match place(&app, &token) {
        Ok(Some(place)) => place,
        Ok(None) => {
            return answer(StatusCode::NOT_FOUND, r#"{"code":404,"msg":"there is no such callback"}"#);
        }
        Err(error) => return failed(error),
    };
    let Ok(body) = to_bytes(request.into_body(), BODY_BYTES_MAX).await else {
        return answer(StatusCode::PAYLOAD_TOO_LARGE, r#"{"code":413,"msg":"too large"}"#);
    };
    match note(&app, &place, &body).await {
        Ok(()) => answer(StatusCode::OK, THANKS),
        Err(error) => failed(error),
    }
}

/// The attempt whose token this is.
fn place(app: &App, token: &str) -> Result<Option<Place>, StoreError> {
    let is_token = token.len() == 32 && token.bytes().all(|b| b.is_ascii_hexdigit());
    let token = u128::from_str_radix(token, 16).ok().filter(|token| is_token && *token != 0);
    Ok(token.map(|token| app.store.attempt_by_token(token)).transpose()?.flatten())
}

/// Keeps who was named, and wakes whoever waits.
async fn note(app: &App, place: &Place, body: &[u8]) -> Result<(), StoreError> {
    let gate = app.upstreams.get(&place.upstream);
    if let Some(job) = gate.and_then(|gate| gate.remote.called_back(body)) {
        let known = app.store.known(place.seq)?;
        let named: Vec<&String> = known
            .iter()
            .filter(|known| known.attempt == place.attempt)
            .filter_map(|known| match &known.evidence {
                Evidence::CalledBack { job } => Some(job),
                _ => None,
            })
            .collect();
        // A job that was found to be somebody else's takes no place from the true one.
        let denied = known.iter().filter(|known| {
            known.attempt == place.attempt && matches!(known.evidence, Evidence::NotIt { .. })
        });
        let open = named.len().saturating_sub(denied.count());
        if !named.contains(&&job) && (open >= JOBS_MAX || named.len() >= ALL_JOBS_MAX) {
            tracing::error!(task.id = %place.id, attempt = place.attempt, "ALERT: a callback with one job too many is not kept");
        } else if !named.contains(&&job) {
            if !named.is_empty() {
                tracing::error!(task.id = %place.id, attempt = place.attempt, "ALERT: two jobs for one attempt");
            }
            app.store.evidence(place.seq, place.attempt, &Evidence::CalledBack { job }, app.now()).await?;
        } else {
            app.store.look_now(place.seq, app.now()).await?;
        }
    }
    app.news(place.id);
    Ok(())
}

fn answer(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let json = axum::http::HeaderValue::from_static("application/json");
    response.headers_mut().insert(axum::http::header::CONTENT_TYPE, json);
    response
}
