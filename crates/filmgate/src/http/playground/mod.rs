//! The playground: pages that make, watch and explain films in a browser, from scripts that call filmgate's own API only.

mod assets;
mod shell;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::get;
use filmgate_store::StoreError;
use maud::Markup;
use tower::ServiceExt as _;

use super::look::Look;
use super::router::plain;
use crate::app::App;
use crate::dialect::own;
use crate::dialect::own::call::{cookie, cookie_name, names_us};
use crate::dialect::own::session::with_cookie;
use crate::service::session::{self, Begun};
use shell::{Brought, Visitor};

/// Our own files, and pictures and films that a page holds in memory; nothing else, and in nobody's frame.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// More than any page asks first.
const BROUGHT_BYTES_MAX: usize = 1 << 20;

/// Every page, and what they load.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(page))
        .route("/models", get(page))
        .route("/models/{*id}", get(page))
        .route("/tasks", get(page))
        .route("/tasks/{id}", get(page))
        .route("/compare", get(page))
        .route("/credits", get(page))
        .route("/keys", get(page))
        .route("/webhooks", get(page))
        .route("/survey", get(page))
        .route("/app/{*name}", get(assets::file))
}

async fn page(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    // Under a name that others control nobody is known, and no token is told.
    let is_ours = names_us(&app, request.headers());
    let known = cookie(request.headers()).filter(|_| is_ours).map(str::to_owned);
    // A browser's own page begins a session; nothing that another site embeds or leads to does, because there may be one that
    // the browser does not show it, and no program that only looks.
    let may_begin = is_ours && {
        let says = |name: &str, word: &str| request.headers().get(name).is_some_and(|said| said == word);
        says("sec-fetch-dest", "document") && !says("sec-fetch-site", "cross-site")
    };
    let (place, look) = (request.uri().clone(), Look::of(request.headers()));
    match visit(&app, known, may_begin).await {
        Ok((visitor, begun)) => {
            let brought = match visitor {
                Some(_) if begun.is_none() => bring(&app, shell::reads(&place), request.headers()).await,
                _ => Vec::new(),
            };
            let response = html(shell::page(&app, &place, look, visitor.as_ref(), &brought));
            match begun {
                Some(begun) => with_cookie(&app, response, (&cookie_name(request.headers()), &begun)),
                None => response,
            }
        }
        Err(error) => {
            tracing::error!(%error, "a session could not be read");
            plain(
                StatusCode::SERVICE_UNAVAILABLE,
                "The page cannot be made now; try again in a few seconds.\n",
            )
        }
    }
}

/// Asks our own API as the page's script would, with the page's cookie. What is refused the script asks again, and says why.
async fn bring(app: &Arc<App>, paths: Vec<String>, headers: &HeaderMap) -> Vec<Brought> {
    let mut brought = Vec::new();
    for path in paths {
        let Ok(mut asked) = Request::get(&path).body(Body::empty()) else { continue };
        for name in [HOST, COOKIE] {
            if let Some(value) = headers.get(&name) {
                asked.headers_mut().insert(name, value.clone());
            }
        }
        let Ok(answer) = own::routes().with_state(Arc::clone(app)).oneshot(asked).await;
        if answer.status() != StatusCode::OK {
            continue;
        }
        if let Ok(bytes) = axum::body::to_bytes(answer.into_body(), BROUGHT_BYTES_MAX).await
            && let Ok(json) = String::from_utf8(bytes.into())
        {
            brought.push(Brought { path, json });
        }
    }
    brought
}

/// What a browser is shown at an address that is none of ours.
pub(super) async fn missing(app: State<Arc<App>>, request: Request) -> Response<Body> {
    let mut response = page(app, request).await;
    if response.status().is_success() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Who looks at a page, if that is known; in an emulator that only this machine reaches, a first visit begins a session.
async fn visit(
    app: &App,
    known: Option<String>,
    may_begin: bool,
) -> Result<(Option<Visitor>, Option<Begun>), StoreError> {
    if let Some(secret) = known
        && let Some(caller) = session::caller(app, &secret, None)?
    {
        return Ok((Some(Visitor::of(app, &caller, &secret).await?), None));
    }
    let Some(of) = session::of_first_visit(app).filter(|_| may_begin) else { return Ok((None, None)) };
    let begun = session::begin(app, of).await?;
    let Some(caller) = session::caller(app, &begun.secret, None)? else { return Ok((None, None)) };
    Ok((Some(Visitor::of(app, &caller, &begun.secret).await?), Some(begun)))
}

fn html(page: Markup) -> Response<Body> {
    let mut response = Response::new(Body::from(page.into_string()));
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A page holds its session's token.
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}
