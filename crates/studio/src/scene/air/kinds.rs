//! The clouds of a sky: which kind the weather and the seed give it, and the kinds that are no heaps.

use super::super::colour::{Light, Rgb};
use super::super::noise::{Chance, clouded, step};
use super::super::sheet::Sheet;
use crate::plan::{Hour, Palette, Place, ScenePlan, Weather};

/// What kind of clouds a sky has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Cover {
    None,
    /// Long feathers of ice, high up.
    Cirrus,
    /// Flat grey or golden bars.
    Stratus,
    /// Heaps with a flat foot.
    Cumulus,
    /// Rows of small flakes: a mackerel sky.
    Mackerel,
    /// A closed sky with ragged ends that drift below it.
    Deck,
}

impl Cover {
    pub(in super::super) fn choose(plan: &ScenePlan, chance: &mut Chance) -> Self {
        let night = plan.hour == Hour::Night;
        match (plan.place, plan.weather) {
            (Place::Underwater | Place::Pond | Place::Space | Place::Room, _) => Self::None,
            (_, Weather::Rain | Weather::Storm) => Self::Deck,
            (_, Weather::Snow | Weather::Fog) => Self::Stratus,
            (Place::Sky, _) => chance.of(&[Self::Cumulus, Self::Cirrus, Self::Mackerel]),
            (_, Weather::Clouds) => chance.of(&[Self::Cumulus, Self::Cumulus, Self::Stratus, Self::Mackerel]),
            _ if night => chance.of(&[Self::None, Self::Stratus, Self::Cirrus]),
            _ => chance.of(&[Self::None, Self::Cirrus, Self::Cumulus, Self::Cumulus, Self::Mackerel]),
        }
    }

    /// How many of its clouds drift, how large they are, and between which heights.
    pub(in super::super) fn drifting(self, chance: &mut Chance) -> (usize, (f32, f32), (f32, f32)) {
        match self {
            Self::None => (0, (0.0, 0.0), (0.0, 0.0)),
            Self::Cirrus => (3, (0.5, 0.8), (0.08, 0.34)),
            Self::Stratus => (5, (0.45, 0.85), (0.2, 0.48)),
            Self::Cumulus => (chance.of(&[2, 3, 4]), (0.14, 0.34), (0.1, 0.42)),
            Self::Mackerel => (2, (0.75, 1.0), (0.14, 0.3)),
            Self::Deck => (6, (0.4, 0.75), (0.12, 0.42)),
        }
    }
}

/// A flat cloud drawn around (0, 0), half as wide as `half`, by its thickness at each place.
pub(super) fn flat_cloud(
    cover: Cover,
    half: f32,
    (palette, light): (&Palette, &Light),
    resolution: f32,
    chance: &mut Chance,
) -> Sheet {
    let (flatness, fine) = match cover {
        Cover::Cirrus => (0.22, 0.3),
        Cover::Mackerel => (0.2, 0.45),
        Cover::Deck => (0.2, 0.16),
        _ => (0.085, 0.22),
    };
    let tall = half * flatness;
    let mut sheet = Sheet::new((-half, -tall, half, tall), resolution * fine);
    let seed = chance.number();
    let (bright, dark) = (Rgb::hex(palette.sky.cloud), Rgb::hex(palette.sky.cloud_shade));
    let glow = bright.mix(light.sun, 0.4);
    sheet.shade(|x, y| {
        let (u, v) = (x / half, y / tall);
        let edge = step(1.0, 0.35, u.abs()) * step(1.0, 0.3, v.abs());
        let (thick, lit) = match cover {
            Cover::Cirrus => {
                let bend = v + 0.35 * u * u - 0.2 * u;
                let feather = clouded(u * 3.0 + bend * 1.2 + 30.0, bend * 7.0 + u * 1.5 + 30.0, 4, seed);
                (step(0.42, 0.78, feather) * 0.7, 0.9)
            }
            Cover::Mackerel => {
                // Flakes crowd together towards the horizon.
                let near = 1.0 / (1.25 + v * 0.8);
                let flake = clouded(x * 19.0 * near + 50.0 + v * 2.0, near * 13.0, 2, seed);
                let field = clouded(x * 2.2 + 70.0, v * 1.4 + 9.0, 3, seed ^ 5);
                (step(0.36, 0.52, flake) * step(0.3, 0.55, field) * 0.85, 0.55 + flake * 0.6)
            }
            Cover::Deck => {
                let rag = clouded(u * 3.2 + 20.0, v * 1.5 + u * 0.4 + 20.0, 4, seed);
                (step(0.3, 0.7, rag) * 0.62, 0.1)
            }
            _ => {
                let bar = clouded(u * 4.0 + 20.0, v * 2.0 + 20.0, 3, seed);
                (step(0.22, 0.6, bar) * 0.78, 0.75 - v * 0.5)
            }
        };
        (dark.mix(glow, lit.clamp(0.0, 1.0)), thick * edge)
    });
    sheet
}

/// A closed sky's share of shade at a place, from 0.0 (bright) to 1.0.
pub(super) fn deck((x, y): (f32, f32), storm: bool, seed: u32) -> f32 {
    // The deck in perspective: what is above us is large, what is far off flat and crowded.
    let near = 0.30 / (0.70 - y).max(0.06);
    let rolls = clouded(x * near * 2.3 + near * 0.7 + 60.0, near * 4.2 + 60.0, 4, seed);
    let (low, high) = if storm { (0.26, 0.66) } else { (0.2, 0.8) };
    step(low, high, rolls) * step(0.66, 0.3, y)
}

/// How thick the rain is that falls from a storm far away.
pub(super) fn far_rain((x, y): (f32, f32), seed: u32) -> f32 {
    let band = clouded((x + y * 0.30) * 2.6 + 80.0, 3.5, 3, seed);
    let streaks = clouded((x + y * 0.30) * 30.0 + 80.0, y * 1.6, 2, seed);
    step(0.42, 0.7, band) * step(0.24, 0.42, y) * (0.6 + 0.5 * streaks)
}
