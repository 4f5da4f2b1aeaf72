//! Routes: who makes the film, in order, fixed when a task is accepted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Accepted, Card, Catalogue, Dialect, Fate, FieldReport};
use crate::refusal::Refusal;
use crate::request::{Parameter, Request};
use crate::time::Day;

/// The embedded studio's name among the upstreams.
pub const STUDIO: &str = "studio";

/// One way to a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The upstream's name.
    pub upstream: String,
    /// The card in whose parameters it is asked, if that is not the card of the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// The upstream's own name of the model.
    pub model: String,
}

impl Route {
    /// What the operator calls it: `kie`, or `kie:veo-3-1` where another card is asked.
    pub fn name(&self) -> String {
        match &self.card {
            Some(card) => format!("{}:{card}", self.upstream),
            None => self.upstream.clone(),
        }
    }
}

/// The plan of a task that only the embedded studio makes.
pub fn studio_alone() -> Vec<Route> {
    vec![Route { upstream: STUDIO.into(), card: None, model: "scene".into() }]
}

/// What the operator names as a route: an upstream, or with a colon an upstream and another card, as in `kie:veo-3-1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteName {
    /// The upstream's name.
    pub upstream: String,
    /// The card to ask there instead of the one that the client asked for.
    pub card: Option<String>,
}

impl RouteName {
    /// Reads `kie` or `kie:veo-3-1`.
    pub fn parse(text: &str) -> Self {
        match text.trim().split_once(':') {
            Some((upstream, card)) => Self { upstream: upstream.into(), card: Some(card.into()) },
            None => Self { upstream: text.trim().into(), card: None },
        }
    }
}

/// Whether a card is meant by an id, an alias, or a pattern that ends with `*`.
pub fn fits(pattern: &str, card: &Card) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => card.id.starts_with(start),
        None => pattern == card.id || card.aliases.iter().any(|alias| alias == pattern),
    }
}

/// An upstream that is configured, as far as routing cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub name: String,
    /// How it is spoken to.
    pub dialect: Dialect,
    /// Its own names of models by our card's id; `*` is for all others. Empty: the cards say.
    pub models: BTreeMap<String, String>,
}

/// What the operator says about who makes films.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoutePolicy {
    /// Routes for models that are not named, in order.
    pub default: Vec<RouteName>,
    /// Routes for models by id, or by a pattern that ends with `*`, in order.
    pub models: BTreeMap<String, Vec<RouteName>>,
    /// The upstreams that are configured, the studio among them if it may be named.
    pub offers: Vec<Offer>,
    /// Whether a failed run ends a task although there is another route.
    pub stops_on_failure: bool,
}

/// Whether films of a model can be asked for today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    /// By these upstreams, in this order.
    Served(Vec<String>),
    /// Its card says why it is always refused.
    Refused(String),
    /// Its maker has switched it off, and nobody else who is configured makes it.
    Retired,
    /// Nobody who is configured makes it.
    NotServed,
}

impl Availability {
    /// The word that every surface uses for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Served(_) => "served",
            Self::Refused(_) => "refused",
            Self::Retired => "retired",
            Self::NotServed => "not_served",
        }
    }
}

impl RoutePolicy {
    /// The policy of the emulator and of `generate`: the studio makes everything it can.
    pub fn studio() -> Self {
        let studio = RouteName { upstream: STUDIO.into(), card: None };
        Self { default: vec![studio], offers: vec![Offer::studio()], ..Self::default() }
    }

    /// What the operator wants for this card: what is said of its very name, else of the longest pattern that fits, else the
    /// default, else every paid upstream that is configured.
    fn wanted(&self, card: &Card) -> Vec<RouteName> {
        let named = self.models.iter().filter(|(pattern, _)| fits(pattern, card));
        let named = named.max_by_key(|(pattern, _)| (!pattern.ends_with('*'), pattern.len()));
        match named {
            Some((_, names)) => names.clone(),
            None if !self.default.is_empty() => self.default.clone(),
            None => {
                let paid = self.offers.iter().filter(|offer| offer.dialect != Dialect::Studio);
                paid.map(|offer| RouteName { upstream: offer.name.clone(), card: None }).collect()
            }
        }
    }

    /// Whether films of this card can be asked for, as far as can be said without their parameters.
    pub fn availability(&self, catalogue: &Catalogue, card: &Card, today: Day) -> Availability {
        if let Some(why) = &card.refused {
            return Availability::Refused(why.clone());
        }
        let makers = self.makers(catalogue, card, today);
        match card.retires() {
            _ if !makers.is_empty() => Availability::Served(makers),
            Some(day) if day <= today => Availability::Retired,
            _ => Availability::NotServed,
        }
    }

    /// The upstreams that would be asked for films of this card, in order, as far as can be said without their parameters.
    fn makers(&self, catalogue: &Catalogue, card: &Card, today: Day) -> Vec<String> {
        let makes = |name: &RouteName| {
            let offer = self.offers.iter().find(|offer| offer.name == name.upstream);
            let target = name.card.as_ref().map_or(Some(card), |id| catalogue.find(id));
            offer.zip(target).is_some_and(|(offer, target)| offer.model(target, today).is_ok())
        };
        let mut makers: Vec<String> =
            self.wanted(card).into_iter().filter(makes).map(|name| name.upstream).collect();
        makers.dedup();
        makers
    }

    /// The routes of an accepted request, in order: named by the policy, offered by the upstream, not retired, and with
    /// parameters that the card of the route takes.
    pub fn plan(
        &self,
        catalogue: &Catalogue,
        (card, accepted): (&Card, &Accepted),
        today: Day,
    ) -> Result<Vec<Route>, Refusal> {
        let mut routes: Vec<Route> = Vec::new();
        let mut retired = None;
        for name in self.wanted(card) {
            let Some(offer) = self.offers.iter().find(|offer| offer.name == name.upstream) else { continue };
            let Some(target) = name.card.as_ref().map_or(Some(card), |id| catalogue.find(id)) else {
                continue;
            };
            if target.id != card.id && card.translate(&accepted.request, target).is_err() {
                continue;
            }
            match offer.model(target, today) {
                Ok(model) => routes.push(Route {
                    upstream: name.upstream.clone(),
                    card: (target.id != card.id).then(|| target.id.clone()),
                    model,
                }),
                Err(Some(since)) => retired = Some((name.upstream.clone(), since)),
                Err(None) => {}
            }
        }
        match (routes.is_empty(), retired) {
            (false, _) => Ok(routes),
            (true, Some((upstream, since))) => {
                let replacement = card.replacement().map(str::to_owned);
                Err(Refusal::Retired { model: card.id.clone(), upstream, since, replacement })
            }
            (true, None) => Err(Refusal::NoRoute { model: card.id.clone() }),
        }
    }

    /// The first day on which the first of these routes will no longer be there, if that is known.
    pub fn sunset(&self, catalogue: &Catalogue, card: &Card, routes: &[Route]) -> Option<Day> {
        let of_route = |route: &Route| {
            let offer = self.offers.iter().find(|offer| offer.name == route.upstream)?;
            offer.retires(route.card.as_ref().map_or(Some(card), |id| catalogue.find(id))?)
        };
        routes.first().and_then(of_route)
    }

    /// What the operator should know when the gateway starts: routes that are retired, or will be, by upstream and day.
    pub fn warnings(&self, catalogue: &Catalogue, today: Day) -> Vec<String> {
        let mut retirements: BTreeMap<(String, Day, Option<String>), Vec<String>> = BTreeMap::new();
        for card in catalogue.cards().iter().filter(|card| card.refused.is_none()) {
            for name in self.wanted(card) {
                let offer = self.offers.iter().find(|offer| offer.name == name.upstream);
                let target = name.card.as_ref().map_or(Some(card), |id| catalogue.find(id));
                let Some((offer, target)) = offer.zip(target) else { continue };
                if let Some(day) = offer.retires(target) {
                    let key = (name.upstream.clone(), day, target.replacement().map(str::to_owned));
                    retirements.entry(key).or_default().push(card.id.clone());
                }
            }
        }
        let sentence =
            |((upstream, day, replacement), cards): (&(String, Day, Option<String>), &Vec<String>)| {
                let cards = cards.join(", ");
                let verb = if *day <= today { "retired on" } else { "will retire on" };
                let instead = replacement
                    .as_ref()
                    .map(|id| format!("; {id} replaces them, as in \"{upstream}:{id}\""))
                    .unwrap_or_default();
                format!("{upstream} {verb} {day}: {cards}{instead}")
            };
        retirements.iter().map(sentence).collect()
    }
}

impl Offer {
    /// The embedded studio.
    pub fn studio() -> Self {
        Self { name: STUDIO.into(), dialect: Dialect::Studio, models: BTreeMap::new() }
    }

    /// The day on which it retires a card's model; an upstream with names of its own is not bound by what cards say.
    fn retires(&self, card: &Card) -> Option<Day> {
        card.route(self.dialect).filter(|_| self.models.is_empty())?.retired
    }

    /// The upstream's name of a card's model; or why not: since when it is retired, if it was there once.
    pub fn model(&self, card: &Card, today: Day) -> Result<String, Option<Day>> {
        if !self.models.is_empty() {
            let renamed = self.models.get(&card.id).or_else(|| self.models.get("*"));
            return renamed.cloned().ok_or(None);
        }
        match card.route(self.dialect) {
            Some(route) => match route.retired.filter(|day| *day <= today) {
                Some(day) => Err(Some(day)),
                None => Ok(route.model.clone()),
            },
            // An engine of the operator's own is asked for anything, by our name for it.
            None if self.dialect == Dialect::Openai => Ok(card.id.clone()),
            None => Err(None),
        }
    }
}

/// A request in the words of the route's card, with what became of each of its fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    /// The request as the route's card takes it.
    pub request: Request,
    /// What became of each field that the client gave.
    pub report: Vec<FieldReport>,
    /// What the route's card costs.
    pub cost: crate::credits::Credits,
}

/// What becomes of a shaped request in OpenAI's dialect, which has a prompt, a length, a size and one picture and no other
/// field. Refused if a picture would be lost: the film would be another one.
pub fn fit(dialect: Dialect, mut shaped: Shaped) -> Result<Shaped, String> {
    if dialect != Dialect::Openai {
        return Ok(shaped);
    }
    if shaped.request.texts(Parameter::Pictures).len() > 1 {
        return Err("it takes one picture, and this request has more".into());
    }
    let carried = |parameter: &Parameter| {
        use Parameter::{Aspect, Clean, Pictures, Prompt, Quality, Resolution, Seconds, Shots, Size};
        matches!(
            parameter,
            Prompt | Pictures | Seconds | Aspect | Size | Quality | Resolution | Shots | Clean
        )
    };
    for parameter in shaped.request.parameters.keys().filter(|parameter| !carried(parameter)) {
        shaped.report.retain(|field| field.parameter != *parameter);
        let note = "OpenAI's dialect has no such field".to_owned();
        shaped.report.push(FieldReport { parameter: *parameter, fate: Fate::Dropped, note });
    }
    Ok(shaped)
}

/// Shapes a request for one of its routes. `None` if a card is not in the catalogue any more.
pub fn shape(catalogue: &Catalogue, request: &Request, model: &str, route: &Route) -> Option<Shaped> {
    let card = catalogue.find(model)?;
    match &route.card {
        None => {
            Some(Shaped { request: request.clone(), report: vec![], cost: card.price(&request.parameters)? })
        }
        Some(id) => card.translate(request, catalogue.find(id)?).ok(),
    }
}
