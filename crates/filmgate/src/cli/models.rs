//! `filmgate models`: every card with its price, its parameters and who makes it today.

use clap::Args;
use filmgate_domain::catalogue::{Card, Dialect, PriceRow};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::time::{Clock as _, Day};
use serde::Serialize;

use super::{Everywhere, Outcome, output};
use crate::{SystemClock, catalogue};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// One model, with its parameters
    id: Option<String>,
}

/// A model as programs see it.
#[derive(Serialize)]
struct ModelView<'a> {
    id: &'a str,
    title: &'a str,
    family: &'a str,
    aliases: &'a [String],
    state: String,
    routes: Vec<String>,
    prices: &'a [PriceRow],
    parameters:
        &'a std::collections::BTreeMap<filmgate_domain::request::Parameter, filmgate_domain::catalogue::Rule>,
}

impl<'a> ModelView<'a> {
    fn new(card: &'a Card, today: Day) -> Self {
        Self {
            id: &card.id,
            title: &card.title,
            family: &card.family,
            aliases: &card.aliases,
            state: state(card),
            routes: routes(card, today),
            prices: &card.price,
            parameters: &card.parameters,
        }
    }
}

pub(super) fn run(everywhere: &Everywhere, arguments: &Arguments) -> Outcome {
    let catalogue = catalogue::load()?;
    let today = SystemClock::new(1).now().day();
    if let Some(id) = &arguments.id {
        let card = catalogue.find(id).ok_or_else(|| Refusal::UnknownModel { model: id.clone() })?;
        let view = ModelView::new(card, today);
        return if everywhere.json { output::json(&view) } else { show(card, &view) };
    }
    if everywhere.json {
        return catalogue.cards().iter().try_for_each(|card| output::json(&ModelView::new(card, today)));
    }
    let mut rows = vec![["model", "credits", "state"].map(str::to_owned).to_vec()];
    rows.extend(catalogue.cards().iter().map(|card| vec![card.id.clone(), price_range(card), state(card)]));
    output::table(&rows)
}

fn show(card: &Card, view: &ModelView<'_>) -> Outcome {
    output::line(format!("{} ({})\n{}\n", card.id, card.title, view.state))?;
    let mut rows = Vec::new();
    for (parameter, rule) in &card.parameters {
        rows.push(vec![format!("  {}", parameter.word()), rule.describe()]);
    }
    output::line("parameters")?;
    output::table(&rows)?;
    if !card.price.is_empty() {
        output::line("\nprices in credits")?;
        let price = |row: &PriceRow| {
            let seconds = row.seconds.map(|seconds| format!("{seconds} s"));
            let parts = [row.tier.clone(), row.quality.clone(), row.resolution.clone(), seconds];
            vec![
                format!("  {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")),
                row.credits.clone(),
            ]
        };
        output::table(&card.price.iter().map(price).collect::<Vec<_>>())?;
    }
    output::line("\nupstreams")?;
    view.routes.iter().try_for_each(|route| output::line(format!("  {route}")))
}

/// Whether the model can be had, in a few words.
fn state(card: &Card) -> String {
    match &card.refused {
        Some(why) => format!("refused: {why}"),
        None if card.route(Dialect::Studio).is_some() => "made by the embedded studio".into(),
        None => "no upstream makes it".into(),
    }
}

fn routes(card: &Card, today: Day) -> Vec<String> {
    let describe = |route: &filmgate_domain::catalogue::RouteCard| {
        let replacement = route.replacement.as_ref().map(|id| format!(", use {id}")).unwrap_or_default();
        match route.retired {
            Some(day) if day <= today => {
                format!("{}: retired since {day}{replacement}", route.dialect.word())
            }
            Some(day) => format!("{}: retires on {day}{replacement}", route.dialect.word()),
            None => format!("{}: {}", route.dialect.word(), route.model),
        }
    };
    card.routes.iter().map(describe).collect()
}

fn price_range(card: &Card) -> String {
    let prices =
        || card.price.iter().filter_map(|row| filmgate_domain::credits::Credits::parse(&row.credits));
    match (prices().min(), prices().max()) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        _ => "-".into(),
    }
}
