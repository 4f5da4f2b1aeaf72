//! Weather for the ear: noise that is filtered and swells slowly.

use super::{BLOCK, Block, SAMPLE_RATE};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// What moves in the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Air {
    Still,
    Wind,
    Rain,
    Waves,
}

/// The noise of one film.
pub(super) struct Breath {
    air: Air,
    chance: ChaCha8Rng,
    /// Where the swells start, so that films differ.
    phase: f32,
    /// The state of each channel's filters.
    low: [[f32; 2]; 2],
}

/// A noise colour: the corner frequencies of its low-pass and high-pass, and its level.
struct Colour {
    below_hz: f32,
    above_hz: f32,
    level: f32,
}

impl Breath {
    pub(super) fn new(air: Air, seed: u64) -> Self {
        let phase = (seed % 1000) as f32 / 1000.0 * std::f32::consts::TAU;
        Self { air, chance: ChaCha8Rng::seed_from_u64(seed), phase, low: [[0.0; 2]; 2] }
    }

    /// Adds the block that starts at `second`.
    pub(super) fn add(&mut self, second: f32, block: &mut Block) {
        let Some(colour) = self.colour() else { return };
        let end = second + BLOCK as f32 / SAMPLE_RATE as f32;
        let (from, to) = (colour.level * self.swell(second), colour.level * self.swell(end));
        let corner = |hz: f32| 1.0 - (-std::f32::consts::TAU * hz / SAMPLE_RATE as f32).exp();
        let (below, above) = (corner(colour.below_hz), corner(colour.above_hz));
        let [left, right] = block;
        for (n, sides) in left.iter_mut().zip(right).enumerate() {
            let level = from + (to - from) * n as f32 / BLOCK as f32;
            let bits = self.chance.next_u32();
            let noise = [bits & 0xffff, bits >> 16].map(|half| half as f32 / 32_768.0 - 1.0);
            let sides = [sides.0, sides.1].into_iter().zip(noise).zip(&mut self.low);
            for ((sample, noise), [low, lower]) in sides {
                *low += below * (noise - *low);
                *lower += above * (*low - *lower);
                *sample += level * (*low - *lower);
            }
        }
    }

    fn colour(&self) -> Option<Colour> {
        match self.air {
            Air::Still => None,
            Air::Wind => Some(Colour { below_hz: 420.0, above_hz: 60.0, level: 0.16 }),
            Air::Rain => Some(Colour { below_hz: 6500.0, above_hz: 900.0, level: 0.035 }),
            Air::Waves => Some(Colour { below_hz: 900.0, above_hz: 70.0, level: 0.13 }),
        }
    }

    /// Gusts come and go; waves roll in about every six seconds; rain hardly changes.
    fn swell(&self, second: f32) -> f32 {
        let slow = |hz: f32| (std::f32::consts::TAU * hz * second + self.phase).sin();
        match self.air {
            Air::Still => 0.0,
            Air::Wind => 0.55 + 0.25 * slow(0.13) + 0.2 * slow(0.31),
            Air::Rain => 0.9 + 0.1 * slow(0.4),
            Air::Waves => 0.25 + 0.75 * (0.5 + 0.5 * slow(0.16)).powi(2),
        }
    }
}
