//! The process's only source of random numbers: seeded by the system, or by a test.

use std::sync::{Mutex, PoisonError};

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A random generator that everything shares; with one seed it gives one sequence.
pub struct Random(Mutex<ChaCha12Rng>);

impl Random {
    /// A generator that nobody can predict.
    pub fn from_system() -> anyhow::Result<Self> {
        let mut seed = [0; 32];
        #[expect(clippy::disallowed_methods, reason = "this is the generator that everything else is given")]
        getrandom::fill(&mut seed)
            .map_err(|error| anyhow::anyhow!("the system has no random numbers: {error}"))?;
        Ok(Self(Mutex::new(ChaCha12Rng::from_seed(seed))))
    }

    /// A generator that repeats.
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(ChaCha12Rng::seed_from_u64(seed)))
    }

    /// 128 random bits.
    pub fn bits(&self) -> u128 {
        let mut bytes = [0; 16];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        u128::from_be_bytes(bytes)
    }

    /// A number for jitter.
    pub fn chance(&self) -> u64 {
        (self.bits() >> 64).try_into().unwrap_or_default()
    }
}
