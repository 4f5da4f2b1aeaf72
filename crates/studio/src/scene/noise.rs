//! Chance and smooth noise, both decided by the seed alone.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "noise takes lattice cells and the upper bits of random words as small numbers"
)]

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of random numbers; a copy repeats what follows.
#[derive(Clone)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// From 0.0 up to but not 1.0.
    pub(super) fn unit(&mut self) -> f32 {
        (self.0.next_u32() >> 8) as f32 / 16_777_216.0
    }

    pub(super) fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Around zero, at most `reach` away, likelier near.
    pub(super) fn near(&mut self, reach: f32) -> f32 {
        (self.unit() + self.unit() - 1.0) * reach
    }

    pub(super) fn of<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.0.next_u32() as usize % options.len()]
    }

    pub(super) fn number(&mut self) -> u32 {
        self.0.next_u32()
    }
}

fn lattice(x: i32, y: i32, seed: u32) -> f32 {
    let mut hash = (x as u32).wrapping_mul(0x9e37_79b1) ^ (y as u32).wrapping_mul(0x85eb_ca77) ^ seed;
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    hash = (hash ^ (hash >> 12)).wrapping_mul(0x297a_2d39);
    ((hash ^ (hash >> 15)) >> 8) as f32 / 16_777_216.0
}

/// Smooth noise from 0.0 to 1.0.
pub(super) fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (column, row) = (x.floor(), y.floor());
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v) = (ease(x - column), ease(y - row));
    let (column, row) = (column as i32, row as i32);
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    mix(
        mix(lattice(column, row, seed), lattice(column + 1, row, seed), u),
        mix(lattice(column, row + 1, seed), lattice(column + 1, row + 1, seed), u),
        v,
    )
}

/// Noise with finer and finer detail, 0.0 to 1.0.
pub(super) fn clouded(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let mut sum = 0.0;
    let (mut size, mut share) = (1.0, 0.5);
    for octave in 0..octaves {
        sum += noise(x * size, y * size, seed.wrapping_add(octave * 7919)) * share;
        size *= 2.03;
        share *= 0.5;
    }
    sum
}

/// Zero below `low`, one above `high`, smooth between.
pub(super) fn step(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
