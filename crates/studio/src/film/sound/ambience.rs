//! What a film sounds like: the facts of a scene plan that can be heard.

use super::way::Way;
use crate::plan::{Hour, Mood, Place, ScenePlan, Season, Subject, Weather};

/// Everything of a scene plan that can be heard.
#[derive(Clone, Copy, Debug)]
pub(in crate::film) struct Ambience {
    pub(super) place: Place,
    pub(super) hour: Hour,
    pub(super) weather: Weather,
    pub(super) season: Season,
    pub(super) mood: Mood,
    /// The main figure, and where it goes.
    pub(super) lead: Option<(Subject, Way)>,
}

impl Ambience {
    pub(in crate::film) fn of(plan: &ScenePlan) -> Self {
        let &ScenePlan { place, hour, weather, season, mood, camera, .. } = plan;
        let lead = plan.subjects.first().map(|lead| (*lead, Way::of(lead, camera)));
        Self { place, hour, weather, season, mood, lead }
    }

    /// The same in a film that goes on from one of so many seconds.
    pub(in crate::film) fn beyond(self, whole_s: f32) -> Self {
        Self { lead: self.lead.map(|(lead, way)| (lead, way.beyond(whole_s))), ..self }
    }

    /// Where birds and crickets live.
    pub(super) fn is_green(&self) -> bool {
        self.place.has_leaves() && self.season != Season::Winter && !self.is_wet()
    }

    pub(super) fn is_wet(&self) -> bool {
        matches!(self.weather, Weather::Rain | Weather::Storm | Weather::Snow)
    }

    /// Under water and where there is no air, only what is deep is heard: how much of each sound's upper edge is left.
    pub(super) fn clearness(&self) -> f32 {
        match self.place {
            Place::Underwater => 0.35,
            Place::Space => 0.25,
            _ => 1.0,
        }
    }
}
