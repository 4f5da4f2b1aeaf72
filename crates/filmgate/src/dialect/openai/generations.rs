//! `/v1/video/generations`, as clients of new-api call it: the same videos with `task_id` and `metadata.url`.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use axum::routing::{get, post};
use filmgate_domain::scenario::Scenario;

use super::refuse::Refused;
use super::{Shared, asking, caller, content, find, json, no_such_method, resource, respond, videos};
use crate::app::App;
use crate::http::part::Part;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/video/generations", post(create))
        .route("/v1/video/generations/{id}", get(retrieve))
        .method_not_allowed_fallback(wrong_method)
}

async fn wrong_method() -> Response<Body> {
    answer(Err(no_such_method()))
}

async fn create(State(app): Shared, request: Request) -> Response<Body> {
    answer(videos::created(&app, request).await.map(|(video, accepted)| {
        let mut response = json(video.encode_new_api(None));
        asking::tell(&accepted, response.headers_mut());
        response
    }))
}

async fn retrieve(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    answer(task(&app, &id, &headers))
}

fn task(app: &App, id: &str, headers: &HeaderMap) -> Result<Response<Body>, Refused> {
    let caller = caller(app, headers)?;
    let record = find(app, &caller, id)?;
    let url = match record.film {
        Some(_) if record.request.scenario == Some(Scenario::NoUrl) => None,
        Some(_) => Some(format!("{}/files/{}.mp4", app.link_base, content::whole(app, &record)?.key)),
        None => None,
    };
    Ok(json(resource::of(app, &record).encode_task_dto(url.as_deref())))
}

/// new-api tells errors in a form of its own, but those about the key in OpenAI's (reference, 5.2).
fn answer(answer: Result<Response<Body>, Refused>) -> Response<Body> {
    let own = match &answer {
        Err(Refused { error, .. }) if !matches!(error.http_status, 401 | 403) => Some(error.encode_new_api()),
        _ => None,
    };
    let response = respond(answer);
    match own {
        Some(body) if response.status() != StatusCode::OK => response.map(|_| Body::from(body)),
        _ => response,
    }
}
