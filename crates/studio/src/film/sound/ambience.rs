//! What a film sounds like, from what it shows.

use super::{Air, Temper};
use crate::plan::{Mood, Place, ScenePlan, Weather};

/// The pad's temper and what moves in the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::film) struct Ambience {
    pub(super) temper: Temper,
    pub(super) air: Air,
}

impl Ambience {
    pub(in crate::film) fn of(plan: &ScenePlan) -> Self {
        let temper = match plan.mood {
            Mood::Calm => Temper::Calm,
            Mood::Joyful => Temper::Joyful,
            Mood::Tense => Temper::Tense,
        };
        let air = match (plan.weather, plan.place) {
            (Weather::Rain | Weather::Storm, _) => Air::Rain,
            (_, Place::Beach | Place::Sea | Place::Underwater | Place::Lake) => Air::Waves,
            (_, Place::Room | Place::Space) => Air::Still,
            (Weather::Snow | Weather::Fog | Weather::Clouds | Weather::Leaves, _)
            | (
                _,
                Place::Mountain | Place::Desert | Place::Snow | Place::Sky | Place::Meadow | Place::Forest,
            ) => Air::Wind,
            _ => Air::Still,
        };
        Self { temper, air }
    }
}
