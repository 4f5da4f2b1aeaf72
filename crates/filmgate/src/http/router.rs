//! Every route, grouped by who calls it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware;
use axum::routing::{get, post};
use filmgate_wire::own;

use super::{callbacks, files, host, operator, playground, reference};
use crate::app::App;
use crate::dialect::{kie, openai, own as ours};

/// The whole surface.
pub fn router(app: Arc<App>) -> Router {
    let closed_to_others = app.dev.as_ref().is_some_and(|dev| dev.only_key.is_none());
    let has_http_429 = app.limits.has_http_429;
    let routes = Router::new()
        .merge(for_kies_clients())
        // OpenAI's clients.
        .merge(openai::routes(&app))
        // Upstreams.
        .route("/filmgate/v1/callbacks/{token}", post(callbacks::called_back))
        // Pages, and programs that want to know everything.
        .merge(ours::routes())
        // Other filmgates.
        .route(own::IDENTITY, get(identity))
        // The operator.
        .merge(for_the_operator(&app))
        // Whoever holds a film's link.
        .route("/files/{name}", get(files::film))
        .route("/files/uploads/{name}", get(files::upload))
        // People with a browser, and supervisors.
        .merge(reference::routes())
        .merge(playground::routes())
        .route("/healthz", get(healthy))
        .route("/readyz", get(ready))
        .fallback(unknown_path)
        .method_not_allowed_fallback(wrong_method)
        .with_state(app);
    let tell = |response: Response<Body>| async move {
        let mut response = response;
        if response.extensions().get::<kie::Limited>().is_some() {
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        }
        response
    };
    let routes = if has_http_429 { routes.layer(middleware::map_response(tell)) } else { routes };
    // Pages of other sites must not reach the emulator through a name that they control.
    if closed_to_others { routes.layer(middleware::from_fn(host::only_this_machine)) } else { routes }
}

fn for_kies_clients() -> Router<Arc<App>> {
    Router::new()
        .route("/api/v1/jobs/createTask", post(kie::create_task))
        .route("/api/v1/jobs/recordInfo", get(kie::record_info))
        .route("/api/v1/veo/generate", post(kie::veo_generate))
        .route("/api/v1/veo/record-info", get(kie::veo_record_info))
        .route("/api/v1/veo/extend", post(kie::veo_extend))
        .route("/api/v1/veo/get-1080p-video", get(kie::get_1080p))
        .route("/api/v1/veo/get-4k-video", post(kie::get_4k))
        .route("/api/v1/chat/credit", get(kie::chat_credit))
        .route("/api/file-base64-upload", post(kie::uploads::base64))
        .route("/api/file-url-upload", post(kie::uploads::url))
        .route("/api/file-stream-upload", post(kie::uploads::stream))
        .route("/api/v1/common/download-url", post(kie::download_url))
        .route("/api/v1/models", get(kie::models))
        .route("/api/v1/models/{*rest}", get(kie::about_model))
        // What Kie called them in 2025.
        .route("/api/v1/playground/createTask", post(kie::create_task))
        .route("/api/v1/playground/recordInfo", get(kie::record_info))
}

async fn identity() -> Response<Body> {
    let mut response = Response::new(Body::from(own::encode_identity(env!("CARGO_PKG_VERSION"))));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn for_the_operator(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/filmgate/v1/upstreams", get(operator::upstreams))
        .route("/filmgate/v1/survey", get(operator::survey))
        .route("/metrics", get(operator::metrics))
        .route_layer(middleware::from_fn_with_state(Arc::clone(app), operator::only))
}

async fn healthy() -> &'static str {
    "ok\n"
}

async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, (StatusCode, &'static str)> {
    match app.store.has_keys() {
        Ok(_) => Ok("ready\n"),
        Err(error) => {
            tracing::error!(%error, "the database cannot be read");
            Err((StatusCode::SERVICE_UNAVAILABLE, "the database cannot be read\n"))
        }
    }
}

async fn unknown_path(app: State<Arc<App>>, request: Request) -> Response<Body> {
    if is_kie(&request) {
        kie::unknown_path()
    } else if is_own(&request) {
        ours::refused(404, "unknown_path", "There is nothing at this path.")
    } else if is_looked_at(&request) {
        playground::missing(app, request).await
    } else {
        plain(StatusCode::NOT_FOUND, "There is nothing at this path.\n")
    }
}

async fn wrong_method(request: Request) -> Response<Body> {
    if is_kie(&request) {
        kie::wrong_method()
    } else if is_own(&request) {
        ours::refused(405, "wrong_method", "This path does not take this method.")
    } else {
        plain(StatusCode::METHOD_NOT_ALLOWED, "This path does not take this method.\n")
    }
}

/// Whether a browser would show the answer as a page.
fn is_looked_at(request: &Request) -> bool {
    request.headers().get("sec-fetch-dest").is_some_and(|dest| dest == "document")
}

/// Whether errors before routing are answered in Kie's form.
pub(super) fn is_kie(request: &Request) -> bool {
    request.uri().path().starts_with("/api/")
}

/// Whether they are answered in the form of our own API.
pub(super) fn is_own(request: &Request) -> bool {
    request.uri().path().starts_with("/filmgate/v1/")
}

pub(super) fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
