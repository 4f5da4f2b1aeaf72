//! Chance for what happens when, and white noise for what hisses; both are decided by the seed alone.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A stream of random numbers.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// From `low` up to but not `high`.
    pub(super) fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * ((self.0.next_u32() >> 8) as f32 / 16_777_216.0)
    }

    pub(super) fn noise(&mut self) -> Noise {
        Noise(self.0.next_u64())
    }
}

/// White noise: a linear congruential generator, which is much quicker than `Chance` and does for the ear.
pub(super) struct Noise(u64);

impl Noise {
    /// Two samples from -1.0 to 1.0, for two channels that have nothing to do with each other.
    pub(super) fn pair(&mut self) -> [f32; 2] {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // Only the upper half is random enough.
        let [.., a, b, c, d] = self.0.to_le_bytes();
        [[a, b], [c, d]].map(|half| f32::from(i16::from_le_bytes(half)) / 32_768.0)
    }
}
