//! `GET /filmgate/v1/models`: the cards as forms need them, with who would make them today.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::catalogue::{Card, Makes, Rule};
use filmgate_domain::credits::Credits;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::Parameter;
use filmgate_domain::route::Availability;
use filmgate_wire::own::model::{Example, Mode, Model, Models, Parameter as Field, Price};
use serde_json::{Map, Value, json};

use super::call::{Shared, caller, not_found, respond};
use super::input;
use crate::app::App;
use crate::http::openapi::cards;
use crate::http::part::Part;

/// The order of a form; what is not named here stands at its end.
const ORDER: [Parameter; 14] = [
    Parameter::Prompt,
    Parameter::Shots,
    Parameter::Pictures,
    Parameter::Mode,
    Parameter::OriginTask,
    Parameter::Tier,
    Parameter::Aspect,
    Parameter::Size,
    Parameter::Seconds,
    Parameter::Quality,
    Parameter::Resolution,
    Parameter::Seed,
    Parameter::Characters,
    Parameter::Clean,
];

/// `GET /filmgate/v1/models`
pub(super) async fn list(State(app): Shared, request: Request) -> Response<Body> {
    respond(caller(&app, &request).map(|_| {
        let mut cards: Vec<&Card> = app.catalogue.cards().iter().collect();
        cards.sort_by_key(|card| card.preference);
        Models { models: cards.into_iter().map(|card| model(&app, card)).collect() }
    }))
}

/// `GET /filmgate/v1/models/{id}`
pub(super) async fn one(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    respond(caller(&app, &request).and_then(|_| {
        app.catalogue.find(&id).map(|card| model(&app, card)).ok_or_else(|| not_found("model"))
    }))
}

fn model(app: &App, card: &Card) -> Model {
    let availability = app.policy.availability(&app.catalogue, card, app.now().day());
    let state = availability.word();
    let (made_by, why) = match availability {
        Availability::Served(makers) => (makers, None),
        Availability::Refused(why) => (Vec::new(), Some(why)),
        Availability::Retired | Availability::NotServed => {
            (Vec::new(), Some(Refusal::NoRoute { model: card.id.clone() }.to_string()))
        }
    };
    Model {
        id: card.id.clone(),
        title: card.title.clone(),
        family: card.family.clone(),
        maker: card.maker.clone(),
        makes: makes(card.makes),
        state,
        why,
        made_by,
        retires: card.retires().map(|day| day.to_string()),
        retired_by: card.retirement().map(|(dialect, _)| dialect.word()),
        replacement: card.replacement().map(str::to_owned),
        frames_per_second: card.frames_per_second,
        prices: card.price.iter().map(price).collect(),
        parameters: parameters(card),
        modes: card.modes.iter().cloned().map(mode).collect(),
        examples: cards::accepted(card).map(|one| example(card, one)).collect(),
    }
}

fn makes(makes: Makes) -> &'static str {
    match makes {
        Makes::Film => "film",
        Makes::Character => "character",
        Makes::Extension => "extension",
        Makes::Enlargement => "enlargement",
    }
}

fn price(row: &filmgate_domain::catalogue::PriceRow) -> Price {
    let credits = Credits::parse(&row.credits).unwrap_or(Credits::ZERO);
    let one = |value: &String| json!([value]);
    let values = [
        (Parameter::Tier, row.tier.as_ref().map(one)),
        (Parameter::Quality, row.quality.as_ref().map(one)),
        (Parameter::Resolution, row.resolution.as_ref().map(one)),
        (Parameter::Size, row.sizes.as_ref().map(|sizes| json!(sizes))),
        (Parameter::Seconds, row.seconds.map(|seconds| json!([seconds]))),
    ];
    let values = values.into_iter().filter_map(|(name, all)| Some((input::name(name), all?))).collect();
    Price { when: cards::conditions(row), values, credits: credits.as_f64() }
}

fn mode(mode: filmgate_domain::catalogue::Mode) -> Mode {
    let filmgate_domain::catalogue::Mode { name, pictures_min, pictures_max, seconds, tiers } = mode;
    Mode { name, pictures_min, pictures_max, seconds, tiers }
}

/// An example without what its card passes over: this dialect refuses fields that mean nothing.
fn example(card: &Card, example: &filmgate_domain::catalogue::Example) -> Example {
    let mut given = example.request.clone();
    given.retain(|parameter, _| card.parameters.contains_key(parameter));
    Example { claim: example.claim.clone(), input: input::input(&given) }
}

fn parameters(card: &Card) -> Vec<Field> {
    let place =
        |parameter: &Parameter| ORDER.iter().position(|known| known == parameter).unwrap_or(ORDER.len());
    // A larger film has one size only, which is its model's.
    let is_asked =
        |parameter: &Parameter| card.makes != Makes::Enlargement || *parameter != Parameter::Resolution;
    let mut all: Vec<(&Parameter, &Rule)> =
        card.parameters.iter().filter(|(parameter, _)| is_asked(parameter)).collect();
    all.sort_by_key(|(parameter, _)| (place(parameter), **parameter));
    let field = |(parameter, rule): (&Parameter, &Rule)| Field {
        name: input::name(*parameter),
        required: rule.required(),
        is_ours: card.ours.contains(parameter),
        help: cards::help(*parameter).to_owned(),
        rule: self::rule(rule),
    };
    all.into_iter().map(field).collect()
}

/// A rule as a form reads it: seconds in place of tenths, nothing that the form does not need.
fn rule(rule: &Rule) -> Map<String, Value> {
    let told = match rule {
        Rule::Text { length_max, .. } => json!({"type": "text", "length_max": length_max}),
        Rule::Choice { values, default } => json!({"type": "choice", "values": values, "default": default}),
        Rule::Integer { values, default } => json!({"type": "integer", "values": values, "default": default}),
        Rule::Range { min, max } => json!({"type": "range", "min": min, "max": max}),
        Rule::Flag { default } => json!({"type": "flag", "default": default}),
        Rule::List { items_min, items_max } => {
            json!({"type": "list", "items_min": items_min, "items_max": items_max})
        }
        Rule::Shots { items_max, tenths_min, tenths_max } => json!({
            "type": "shots",
            "items_max": items_max,
            "seconds_min": f64::from(*tenths_min) / 10.0,
            "seconds_max": f64::from(*tenths_max) / 10.0,
        }),
    };
    match told {
        Value::Object(told) => told,
        _ => Map::new(),
    }
}
