//! The process's clock, which `--speed` runs faster, and one that tests move by hand.

use std::sync::atomic::{AtomicI64, Ordering};

use filmgate_domain::time::{Clock, Timestamp};

/// The machine's clock, `speed` times as fast since the process began.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    started: Timestamp,
    speed: u32,
}

impl SystemClock {
    /// A clock that shows the right time now.
    pub fn new(speed: u32) -> Self {
        Self { started: machine_now(), speed: speed.max(1) }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        self.started.after(machine_now().since_ms(self.started).saturating_mul(i64::from(self.speed)))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that everything else is given")]
fn machine_now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.0))
    }

    /// Moves it forward.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}
