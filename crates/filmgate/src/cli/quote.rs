//! `filmgate quote`: what a film would cost, without making it.

use clap::Args;
use filmgate_domain::admission;
use filmgate_domain::request::Promise;
use filmgate_domain::route::RoutePolicy;
use filmgate_domain::survey::Standing;
use filmgate_domain::time::Clock as _;
use serde::Serialize;

use super::request::{RequestFlags, explain};
use super::{Everywhere, Outcome, output};
use crate::{SystemClock, catalogue};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    request: RequestFlags,
}

#[derive(Serialize)]
struct Quote<'a> {
    model: &'a str,
    credits: f64,
    upstream: String,
    #[serde(flatten)]
    film: Promise,
}

pub(super) fn run(everywhere: &Everywhere, mut arguments: Arguments) -> Outcome {
    arguments.request.read_prompt()?;
    // A price needs no sentence and no picture.
    arguments.request.prompt.get_or_insert_with(|| "a film".into());
    let catalogue = catalogue::load()?;
    let card = arguments.request.card(&catalogue)?;
    let needs_picture = card
        .parameters
        .get(&filmgate_domain::request::Parameter::Pictures)
        .is_some_and(filmgate_domain::catalogue::Rule::required);
    let mut pictures = arguments.request.image.clone();
    if pictures.is_empty() && needs_picture {
        pictures.push("a picture".into());
    }
    let asked = arguments.request.asked(card, pictures)?;
    let today = SystemClock::new(1).now().day();
    let admitted = admission::admit(&catalogue, (&RoutePolicy::studio(), &Standing::default()), asked, today)
        .map_err(|refusal| explain(refusal, card))?;
    let (price, film) = (admitted.accepted.price, admitted.accepted.request.film);
    let upstream =
        admitted.accepted.request.routes.first().map(|route| route.upstream.clone()).unwrap_or_default();
    if everywhere.json {
        return output::json(&Quote { model: &card.id, credits: price.as_f64(), upstream, film });
    }
    output::line(format!(
        "{}: {price} credits for {} s of {}x{}, made by {upstream}",
        card.id, film.seconds, film.width, film.height
    ))
}
