//! Routes: who makes the film, in order, fixed when a task is accepted.

use std::collections::BTreeMap;

use crate::catalogue::Card;
use crate::refusal::Refusal;
use crate::time::Day;

/// The embedded studio's name among the upstreams.
pub const STUDIO: &str = "studio";

/// What the operator says about who makes films.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoutePolicy {
    /// Upstreams for models that are not named, in order.
    pub default: Vec<String>,
    /// Upstreams for one model each, in order.
    pub models: BTreeMap<String, Vec<String>>,
}

impl RoutePolicy {
    /// The policy of the emulator and of `generate`: the studio makes everything it can.
    pub fn studio() -> Self {
        Self { default: vec![STUDIO.into()], models: BTreeMap::new() }
    }

    /// The upstreams that may make this card's films today, in order: named by the policy, on the card, not retired.
    pub fn plan(&self, card: &Card, today: Day) -> Result<Vec<String>, Refusal> {
        let wanted = self.models.get(&card.id).unwrap_or(&self.default);
        let offers = |upstream: &&String| {
            card.routes
                .iter()
                .any(|route| route.upstream == **upstream && route.retired.is_none_or(|day| today < day))
        };
        let routes: Vec<String> = wanted.iter().filter(offers).cloned().collect();
        if routes.is_empty() { Err(Refusal::NoRoute { model: card.id.clone() }) } else { Ok(routes) }
    }
}
