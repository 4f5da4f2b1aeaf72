//! Admitting a request: which card, who makes it, what it costs; everything that is decided before anything is stored.

use crate::catalogue::{Accepted, Card, Catalogue};
use crate::refusal::Refusal;
use crate::request::{Asked, Parameter, Value};
use crate::route::{RoutePolicy, STUDIO, studio_alone};
use crate::scenario::Scenario;
use crate::survey::Standing;
use crate::time::Day;

/// A request that may become a task if its account can pay.
#[derive(Clone, Debug, PartialEq)]
pub struct Admitted<'a> {
    /// The card it is for.
    pub card: &'a Card,
    /// The request with its routes, at least one, and its price.
    pub accepted: Accepted,
    /// The first day on which its first route will no longer be there, if that is known.
    pub sunset: Option<Day>,
}

/// Checks in the order that Kie's answers show: the model, whether it is switched off, required fields, allowed
/// values. Credits come last, in the store's own transaction. Routes that the newest survey found out of order come last.
pub fn admit<'a>(
    catalogue: &'a Catalogue,
    (policy, standing): (&RoutePolicy, &Standing),
    asked: Asked,
    today: Day,
) -> Result<Admitted<'a>, Refusal> {
    let Some(card) = catalogue.find(&asked.model) else {
        return Err(Refusal::UnknownModel { model: asked.model });
    };
    card.open_to(&asked)?;
    if asked.scenario == Some(Scenario::Paused) {
        return Err(Refusal::Paused { model: card.id.clone() });
    }
    let mut accepted = card.accept(asked)?;
    let mut routes = match &accepted.request.origin {
        None => policy.plan(catalogue, (card, &accepted), today)?,
        Some(origin) if origin.upstream == STUDIO => studio_alone(),
        Some(origin) => return Err(Refusal::MadeElsewhere { upstream: origin.upstream.clone() }),
    };
    standing.order(&mut routes);
    let sunset = policy.sunset(catalogue, card, &routes);
    accepted.request.routes = routes;
    accepted.request.stops_on_failure = policy.stops_on_failure;
    Ok(Admitted { card, accepted, sunset })
}

/// All words of a request that has not been checked yet, to look for a scenario in them.
pub fn words(asked: &Asked) -> String {
    let mut words = Vec::new();
    for parameter in [Parameter::Prompt, Parameter::Shots] {
        match asked.parameters.get(&parameter) {
            Some(Value::Text(prompt)) => words.push(prompt.as_str()),
            Some(Value::Shots(shots)) => words.extend(shots.iter().map(|shot| shot.scene.as_str())),
            _ => {}
        }
    }
    words.join(" ")
}
