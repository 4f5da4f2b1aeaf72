//! What goes on all the time: bands of noise that swell, for wind, rain, surf, a city, an engine.

use super::RATE;
use super::ambience::Ambience;
use super::noise::Chance;
use super::stereo::{Stereo, sides};
use super::way::Way;
use crate::plan::{Hour, Place, Season, Weather};
use std::f32::consts::TAU;

/// Samples between two looks at the swell.
const CHUNK: usize = 256;

/// Noise between two frequencies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub(super) above_hz: f32,
    pub(super) below_hz: f32,
    pub(super) level: f32,
    pub(super) swell: Swell,
    /// Where it is heard; `None` is all around.
    pub(super) way: Option<Way>,
}

/// How a band comes and goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Swell {
    /// The share of the level that is always there.
    pub(super) floor: f32,
    pub(super) period_s: f32,
    /// 1.0 rises and falls evenly; with more, the crests are short and the lulls are long.
    pub(super) crest: f32,
    /// The upper edge at the crest, as a multiple of that in the lull: what is louder is brighter.
    pub(super) open: f32,
}

impl Swell {
    pub(super) const NONE: Self = Self { floor: 1.0, period_s: 1.0, crest: 1.0, open: 1.0 };
    /// Gusts.
    const WIND: Self = Self { floor: 0.35, period_s: 6.7, crest: 1.3, open: 2.0 };
    const SURF: Self = Self { floor: 0.16, period_s: 6.2, crest: 2.2, open: 4.0 };
    const LAPPING: Self = Self { floor: 0.3, period_s: 2.3, crest: 1.6, open: 1.6 };
    /// Cars that pass somewhere.
    const TRAFFIC: Self = Self { floor: 0.25, period_s: 4.6, crest: 2.0, open: 1.5 };
    const STEADY: Self = Self { floor: 0.85, period_s: 5.1, crest: 1.0, open: 1.1 };

    /// From 0.0 to 1.0 at a second. A second, slower wave keeps it from being a clockwork.
    fn at(&self, second: f32, phase: f32) -> f32 {
        if self.floor >= 1.0 {
            return 1.0;
        }
        let turns = second / self.period_s;
        let wave = (TAU * turns + phase).sin() + 0.35 * (TAU * turns * 0.43 + 1.7 * phase).sin();
        let crest = (0.5 + wave / 2.7).clamp(0.0, 1.0).powf(self.crest);
        self.floor + (1.0 - self.floor) * crest
    }
}

fn band((above_hz, below_hz): (f32, f32), level: f32, swell: Swell) -> Band {
    Band { above_hz, below_hz, level, swell, way: None }
}

/// The noise of a place in its weather.
pub(super) fn bands(ambience: &Ambience) -> Vec<Band> {
    let mut bands = of_place(ambience);
    match ambience.place {
        Place::Underwater | Place::Space => {}
        // Outside is behind the window.
        Place::Room => bands.extend(of_weather(ambience).into_iter().map(|outside| Band {
            below_hz: outside.below_hz.min(900.0),
            level: outside.level * 0.8,
            ..outside
        })),
        _ => bands.extend(of_weather(ambience)),
    }
    bands
}

fn of_place(ambience: &Ambience) -> Vec<Band> {
    let leaves = band((1500.0, 3800.0), 0.045, Swell::WIND);
    let breeze = band((90.0, 420.0), 0.24, Swell::WIND);
    match ambience.place {
        Place::Garden | Place::Park | Place::Meadow | Place::Farm | Place::Village | Place::Pagoda => {
            let bare = ambience.season == Season::Winter;
            vec![breeze, Band { level: if bare { 0.015 } else { 0.036 }, ..leaves }]
        }
        Place::Forest => vec![breeze, leaves],
        Place::Mountain | Place::Sky | Place::Snow => {
            vec![band((70.0, 300.0), 0.36, Swell::WIND), band((420.0, 620.0), 0.13, Swell::WIND)]
        }
        Place::Desert => {
            vec![band((70.0, 330.0), 0.34, Swell::WIND), band((2600.0, 5200.0), 0.025, Swell::WIND)]
        }
        Place::Beach => {
            vec![band((80.0, 700.0), 0.3, Swell::SURF), band((1800.0, 5000.0), 0.035, Swell::SURF)]
        }
        Place::Sea => {
            let slow = Swell { period_s: 7.9, floor: 0.3, open: 2.5, ..Swell::SURF };
            vec![band((60.0, 500.0), 0.28, slow), band((90.0, 420.0), 0.1, Swell::WIND)]
        }
        Place::Lake | Place::Pond => vec![band((250.0, 900.0), 0.12, Swell::LAPPING), breeze],
        Place::City => {
            let night = if ambience.hour == Hour::Night { 0.7 } else { 1.0 };
            vec![band((40.0, 170.0), 0.5, Swell::STEADY), band((250.0, 900.0), 0.1 * night, Swell::TRAFFIC)]
        }
        Place::Underwater => vec![
            band((35.0, 150.0), 0.55, Swell::STEADY),
            band((180.0, 420.0), 0.05, Swell { period_s: 8.3, ..Swell::WIND }),
        ],
        Place::Room => vec![band((60.0, 260.0), 0.1, Swell::STEADY)],
        Place::Space => vec![band((30.0, 90.0), 0.12, Swell::STEADY)],
    }
}

fn of_weather(ambience: &Ambience) -> Vec<Band> {
    let rain = band((900.0, 6500.0), 0.055, Swell::STEADY);
    match ambience.weather {
        Weather::Rain => vec![rain, band((150.0, 700.0), 0.05, Swell::STEADY)],
        Weather::Storm => vec![
            Band { level: 0.075, swell: Swell { floor: 0.6, ..Swell::WIND }, ..rain },
            band((60.0, 380.0), 0.3, Swell { period_s: 4.7, ..Swell::WIND }),
        ],
        Weather::Snow => vec![band((350.0, 900.0), 0.05, Swell { open: 1.3, ..Swell::WIND })],
        Weather::Leaves => vec![band((1200.0, 4200.0), 0.03, Swell { period_s: 4.3, ..Swell::WIND })],
        _ => Vec::new(),
    }
}

/// Adds all bands.
pub(super) fn add(bands: &[Band], chance: &mut Chance, sound: &mut Stereo) {
    for band in bands {
        band.add(chance, sound);
    }
}

impl Band {
    fn add(&self, chance: &mut Chance, sound: &mut Stereo) {
        let seconds = sound.seconds();
        let phase = chance.within(0.0, TAU);
        // Around us, the left is a little ahead of the right, so that gusts and waves pass by.
        let phases = if self.way.is_some() { [phase; 2] } else { [phase + 0.5, phase - 0.5] };
        let mut noise = chance.noise();
        let mut filters = [Filter::default(); 2];
        let mut before = None;
        let chunks = sound.left.chunks_mut(CHUNK).zip(sound.right.chunks_mut(CHUNK));
        for (number, (left, right)) in chunks.enumerate() {
            let second = (number * CHUNK) as f32 / RATE;
            let swells = phases.map(|phase| self.swell.at(second, phase));
            let placed = self.way.map_or([0.707; 2], |way| sides(way.pan(second, seconds)));
            let levels = [swells[0] * placed[0], swells[1] * placed[1]].map(|level| level * self.level);
            let before = before.replace(levels).unwrap_or(levels);
            for (filter, swell) in filters.iter_mut().zip(swells) {
                filter.tune(self.above_hz, self.below_hz * (1.0 + (self.swell.open - 1.0) * swell));
            }
            let steps = [0, 1].map(|side| (levels[side] - before[side]) / CHUNK as f32);
            // What is in one place is one noise, heard on both sides.
            let [mut here, mut there] = filters;
            let [mut at_left, mut at_right] = before;
            for (left, right) in left.iter_mut().zip(right) {
                let hiss = noise.pair();
                let passed = here.pass(hiss[0]);
                *left += passed * at_left;
                let passed = if self.way.is_some() { passed } else { there.pass(hiss[1]) };
                *right += passed * at_right;
                at_left += steps[0];
                at_right += steps[1];
            }
            filters = [here, there];
        }
    }
}

/// Two low-passes and a high-pass of one pole each.
#[derive(Clone, Copy, Default)]
struct Filter {
    above: f32,
    below: f32,
    low: [f32; 3],
}

impl Filter {
    fn tune(&mut self, above_hz: f32, below_hz: f32) {
        let corner = |hz: f32| 1.0 - (-TAU * hz / RATE).exp();
        (self.above, self.below) = (corner(above_hz), corner(below_hz));
    }

    fn pass(&mut self, sample: f32) -> f32 {
        let (above, below) = (1.0 - self.above, 1.0 - self.below);
        let [low, lower, lowest] = &mut self.low;
        *low = below * *low + self.below * sample;
        *lower = below * *lower + self.below * *low;
        *lowest = above * *lowest + self.above * *lower;
        *lower - *lowest
    }
}
