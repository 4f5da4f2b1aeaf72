//! What the newest survey means for routes: who certainly does not make a model now is asked last.

use std::collections::BTreeSet;

use super::judge::Certainty;
use super::report::{ModelRow, Survey};
use crate::route::Route;
use crate::time::Timestamp;

/// The models, by upstream and its own name of them, of which a fresh survey heard that they cannot be had now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    out: BTreeSet<(String, String)>,
}

impl Standing {
    /// What a survey says, unless it is older than `age_ms_max` or comes from the future. `address` says where an upstream
    /// is today: what was found elsewhere does not count.
    pub fn of(
        survey: &Survey,
        now: Timestamp,
        age_ms_max: i64,
        address: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let mut out = BTreeSet::new();
        if !(0..=age_ms_max).contains(&now.since_ms(survey.at)) {
            return Self { out };
        }
        let is_out =
            |row: &&ModelRow| row.finding.verdict.is_out() && row.finding.certainty == Certainty::Verified;
        for upstream in &survey.upstreams {
            if address(&upstream.name).as_ref() == Some(&upstream.address) {
                let models = upstream.models.iter().filter(is_out);
                out.extend(models.map(|row| (upstream.name.clone(), row.model.clone())));
            }
        }
        Self { out }
    }

    /// Puts the routes that are out behind the others, both in their order. None is dropped: a survey may be wrong, and a
    /// refusal costs nothing.
    pub fn order(&self, routes: &mut [Route]) {
        routes.sort_by_key(|route| self.out.contains(&(route.upstream.clone(), route.model.clone())));
    }
}
