//! filmgate's own API under `/filmgate/v1`: every parameter of every model, tasks with all that is known of them, live.

mod batches;
pub(crate) mod call;
mod calls;
mod create;
mod credits;
mod events;
pub(crate) mod input;
mod keys;
mod models;
pub(crate) mod session;
mod tasks;
mod uploads;
mod view;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Response;
use axum::routing::{delete, get, post};

use filmgate_wire::own::refused::Refused;

use crate::app::App;

/// A refusal before anybody's route was found.
pub(crate) fn refused(status: u16, code: &'static str, text: &str) -> Response<Body> {
    call::refused(&Refused::new(status, code, text))
}

/// Every route of this dialect.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/filmgate/v1/session", get(session::get).post(session::enter).delete(session::leave))
        .route("/filmgate/v1/models", get(models::list))
        .route("/filmgate/v1/models/{*id}", get(models::one))
        .route("/filmgate/v1/quote", post(create::quote))
        .route("/filmgate/v1/batches", post(batches::batch))
        .route("/filmgate/v1/tasks", get(tasks::list).post(create::one))
        .route("/filmgate/v1/tasks/{id}", get(tasks::one))
        .route("/filmgate/v1/tasks/{id}/cancel", post(tasks::cancel))
        .route("/filmgate/v1/tasks/{id}/events", get(events::follow))
        .route("/filmgate/v1/tasks/{id}/thumbnail", get(tasks::thumbnail))
        .route("/filmgate/v1/uploads", post(uploads::upload))
        .route("/filmgate/v1/credits", get(credits::balance))
        .route("/filmgate/v1/credits/entries", get(credits::entries))
        .route("/filmgate/v1/credits/verify", post(credits::verify))
        .route("/filmgate/v1/keys", get(keys::list).post(keys::create))
        .route("/filmgate/v1/keys/{id}", delete(keys::revoke))
        .route("/filmgate/v1/webhooks/endpoints", get(webhooks::list).post(webhooks::create))
        .route("/filmgate/v1/webhooks/endpoints/{id}", delete(webhooks::delete))
        .route("/filmgate/v1/webhooks/endpoints/{id}/test", post(webhooks::test))
        .route("/filmgate/v1/webhooks/endpoints/{id}/rotate_secret", post(webhooks::rotate))
        .route("/filmgate/v1/webhooks/deliveries", get(webhooks::deliveries))
        .route("/filmgate/v1/webhooks/deliveries/{id}/replay", post(webhooks::replay))
}
