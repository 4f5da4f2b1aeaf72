//! filmgate's own API under `/filmgate/v1`: every parameter of every model, tasks with all that is known of them, live.

pub(crate) mod call;
pub(crate) mod input;
mod models;
pub(crate) mod session;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::app::App;

/// Every route of this dialect.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/filmgate/v1/session", get(session::get).post(session::enter).delete(session::leave))
        .route("/filmgate/v1/models", get(models::list))
        .route("/filmgate/v1/models/{*id}", get(models::one))
}
