//! `GET /api/v1/models` and what belongs to one model: its schema, its price, how often it ended well.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::catalogue::{Card, Makes, PriceRow, Rule};
use filmgate_domain::request::{Form, Parameter};
use filmgate_domain::time::Timestamp;
use filmgate_wire::kie::{
    self, About, Filter, ModelRow, SuccessPoint, encode_models, encode_price, encode_schema,
    encode_success_rate, texts,
};

use super::call::{Answer, Shared, caller, pairs, query, respond};
use super::{convert, refuse, schema};
use crate::app::App;
use crate::service::tasks;

/// One point of the rate of success.
const BUCKET_MS: i64 = 10 * 60_000;
const DAY_MS: i64 = 24 * 3_600_000;

/// `GET /api/v1/models`
pub(crate) async fn models(State(app): Shared, request: Request) -> Response<Body> {
    respond(list(&app, &request))
}

/// `GET /api/v1/models/{model}/schema`, `/price`, `/success-rate`; a slash in the model is not encoded.
pub(crate) async fn about_model(State(app): Shared, request: Request) -> Response<Body> {
    let answer = match asked_about(&app, &request) {
        Ok((_, card, About::SuccessRate)) => success_rate(Arc::clone(&app), card.id.clone()).await,
        Ok((model, card, About::Schema)) => {
            Ok(encode_schema(&model, Some(&schema::document(card, &app.link_base))))
        }
        Ok((model, card, About::Price)) => Ok(encode_price(&model, price(card).as_deref())),
        Err(refusal) => Err(refusal),
    };
    respond(answer)
}

fn list(app: &App, request: &Request) -> Answer {
    caller(app, request.headers(), Form::KieJobs)?;
    let query = query(request);
    let filter = Filter::of(pairs(&query));
    let cards = app.catalogue.cards().iter().filter(|card| is_offered(app, card));
    let rows: Vec<ModelRow> = cards.map(row).filter(|row| filter.takes(row)).collect();
    Ok(encode_models(&rows))
}

fn asked_about<'a>(app: &'a App, request: &Request) -> Result<(String, &'a Card, About), kie::Refusal> {
    caller(app, request.headers(), Form::KieJobs)?;
    let rest = request.uri().path().strip_prefix(kie::MODELS).and_then(|rest| rest.strip_prefix('/'));
    let (model, about) = rest.and_then(kie::about_model).ok_or(refuse::UNKNOWN_PATH)?;
    let card = app.catalogue.find(&model).filter(|card| card.offered.contains(&Form::KieJobs));
    let card = card.ok_or(texts::MODEL_NOT_IN_CATALOGUE)?;
    Ok((model, card, about))
}

/// A day of tasks is read where nobody waits for the thread.
async fn success_rate(app: Arc<App>, model: String) -> Answer {
    let read = tokio::task::spawn_blocking(move || {
        let points = points(&app, &model)?;
        Ok(encode_success_rate(&model, &points))
    });
    read.await.unwrap_or(Err(texts::SERVER_EXCEPTION))
}

/// What `createTask` would take: of Kie's unified form, not refused by its card, with somebody who makes it.
fn is_offered(app: &App, card: &Card) -> bool {
    card.offered.contains(&Form::KieJobs) && tasks::is_served(app, card)
}

fn row(card: &Card) -> ModelRow {
    ModelRow {
        model: card.id.clone(),
        slug: card.id.replace('/', "-"),
        title: card.title.clone(),
        provider: card.maker.clone(),
        task_type: task_types(card).into_iter().map(str::to_owned).collect(),
        description: None,
        pricing_desc: price(card),
    }
}

/// In the vocabulary of the reference, 2.5.
fn task_types(card: &Card) -> Vec<&'static str> {
    match (card.makes, card.parameters.get(&Parameter::Pictures)) {
        (Makes::Film, Some(pictures)) if pictures.required() => vec!["Image to Video"],
        (Makes::Film, Some(_)) => vec!["Text to Video", "Image to Video"],
        (Makes::Film, None) => vec!["Text to Video"],
        (Makes::Character | Makes::Extension | Makes::Enlargement, _) => vec!["Video to Video"],
    }
}

/// The card's price table in prose: its rows in their order, because the first one that fits is the price.
fn price(card: &Card) -> Option<String> {
    let rows: Vec<String> = card.price.iter().map(|row| priced(card, row)).collect();
    let of = if card.makes == Makes::Character { "A character" } else { "A film" };
    (!rows.is_empty()).then(|| format!("{of} costs {}. A task that fails costs nothing.", rows.join("; ")))
}

fn priced(card: &Card, row: &PriceRow) -> String {
    let name = |parameter| convert::name(parameter, Form::KieJobs, Some(card));
    let texts = [
        (Parameter::Tier, row.tier.clone()),
        (Parameter::Quality, row.quality.clone()),
        (Parameter::Resolution, row.resolution.clone()),
        (Parameter::Size, row.sizes.as_ref().map(|sizes| sizes.join(" or "))),
        (Parameter::Seconds, row.seconds.map(|seconds| seconds.to_string())),
    ];
    let when = |(parameter, value): (Parameter, Option<String>)| {
        let is_default = match card.parameters.get(&parameter) {
            Some(Rule::Choice { default, .. }) => value.as_deref() == Some(default),
            Some(Rule::Integer { default, .. }) => value == Some(default.to_string()),
            _ => false,
        };
        value.map(|value| {
            format!("{} {value}{}", name(parameter), if is_default { " (the default)" } else { "" })
        })
    };
    let conditions: Vec<String> = texts.into_iter().filter_map(when).collect();
    match conditions.is_empty() {
        true => format!("{} credits", row.credits),
        false => format!("{} credits with {}", row.credits, conditions.join(", ")),
    }
}

/// The tasks of the last day by the ten minutes in which they were created, of everybody who uses this filmgate.
fn points(app: &App, model: &str) -> Result<Vec<SuccessPoint>, kie::Refusal> {
    let end_ms = (app.now().0 / BUCKET_MS + 1) * BUCKET_MS;
    let from = Timestamp(end_ms - DAY_MS);
    let ended = app.store.ended_since(model, from, BUCKET_MS).map_err(|error| refuse::store(&error))?;
    let ended: BTreeMap<i64, (u32, u32)> =
        ended.into_iter().map(|ended| (ended.begin.0, (ended.succeeded, ended.failed))).collect();
    let begins = (0..DAY_MS / BUCKET_MS).map(|number| from.0 + number * BUCKET_MS);
    Ok(begins
        .map(|begin_ms| {
            let (succeeded, failed) = ended.get(&begin_ms).copied().unwrap_or_default();
            SuccessPoint::of(begin_ms, succeeded, failed)
        })
        .collect())
}
