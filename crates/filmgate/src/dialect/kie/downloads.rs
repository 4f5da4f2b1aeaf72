//! `POST /api/v1/common/download-url`: a fresh link to a film of the caller's.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::request::Form;
use filmgate_wire::kie::{decode_download_url, encode_fresh_url, texts};

use super::call::{Answer, Shared, body, caller, fields, respond};
use super::refuse;
use crate::app::App;
use crate::service::links;

pub(crate) async fn download_url(State(app): Shared, request: Request) -> Response<Body> {
    respond(fresh(&app, request).await)
}

/// A link of another host, and one to a film of another account's, are refused in the same words.
async fn fresh(app: &App, request: Request) -> Answer {
    let caller = caller(app, request.headers(), Form::KieJobs)?;
    let body = body(request).await?;
    let url = decode_download_url(fields(&body)?, app.reading).map_err(|wrong| texts::wrong_field(&wrong))?;
    let fresh = links::fresh(app, &caller, url.trim()).map_err(|error| refuse::store(&error))?;
    fresh.map(|link| encode_fresh_url(&link)).ok_or(texts::URL_IS_WRONG)
}
