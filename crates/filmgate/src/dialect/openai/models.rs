//! `/v1/models`: every name that a create may give.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};
use filmgate_domain::catalogue::{Card, Makes};
use filmgate_wire::openai::server::{ApiError, ModelResource, encode_models};

use super::refuse::Refused;
use super::{Shared, caller, json, respond};
use crate::app::App;
use crate::http::part::Part;
use crate::service::tasks;

pub(super) async fn list(State(app): Shared, headers: HeaderMap) -> Response<Body> {
    respond(models(&app, &headers).map(|models| json(encode_models(&models))))
}

/// Names hold slashes, so the rest of the path is one.
pub(super) async fn retrieve(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    let found = models(&app, &headers).and_then(|models| {
        let model = models.into_iter().find(|model| model.id == id);
        model.ok_or_else(|| {
            let shown: String = id.chars().take(80).collect();
            let text = format!("The model '{shown}' does not exist. GET /v1/models lists those that do.");
            ApiError::unknown_model(text).into()
        })
    });
    respond(found.map(|model| json(model.encode())))
}

fn models(app: &App, headers: &HeaderMap) -> Result<Vec<ModelResource>, Refused> {
    let caller = caller(app, headers)?;
    let is_shown =
        |card: &&Card| card.makes == Makes::Film && tasks::is_served(app, card) && caller.may_ask_for(card);
    Ok(app.catalogue.cards().iter().filter(is_shown).flat_map(resources).collect())
}

fn resources(card: &Card) -> impl Iterator<Item = ModelResource> {
    let seen = card.routes.iter().filter_map(|route| route.documentation.as_ref()?.first_seen).min();
    let created_s = seen.map_or(0, |day| day.unix_s());
    std::iter::once(&card.id).chain(&card.aliases).map(move |id| ModelResource {
        id: id.clone(),
        created_s,
        owned_by: card.family.clone(),
    })
}
