//! Where a move can be held up, or end for good: at every answer of an upstream, and wherever a worker looks at the clock.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::task::Poll;

use filmgate::{ManualClock, Random};
use filmgate_domain::time::{Clock, Timestamp};
use tokio::sync::Notify;

/// The process has died in the middle of a move.
struct Died;

/// Something that a process does, until it has done it.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// How far a piece of work came.
pub(crate) enum Driven<T> {
    Ended(T),
    /// It is held up until this is set. To forget the work instead is to let the process die there.
    Held(Arc<AtomicBool>),
    Died,
}

/// The clock that workers see, and the points at which something can happen to them.
pub(crate) struct Stage {
    clock: ManualClock,
    draw: Random,
    /// After so many looks at the clock the process dies; 0 lets it live.
    fuse: AtomicU32,
    /// One in so many answers is held up; 0 holds none up.
    hold_one_in: AtomicU32,
    held: Notify,
    go: Mutex<Option<Arc<AtomicBool>>>,
}

impl Clock for Stage {
    fn now(&self) -> Timestamp {
        let burning = self.fuse.load(Relaxed);
        if burning > 0 {
            self.fuse.store(burning - 1, Relaxed);
            if burning == 1 {
                // Quietly: a death is no failure of the test.
                resume_unwind(Box::new(Died));
            }
        }
        self.clock.now()
    }
}

impl Stage {
    pub(crate) fn new(now: Timestamp, seed: u64) -> Self {
        Self {
            clock: ManualClock::new(now),
            draw: Random::seeded(seed),
            fuse: AtomicU32::new(0),
            hold_one_in: AtomicU32::new(6),
            held: Notify::new(),
            go: Mutex::default(),
        }
    }

    /// The time, for everybody who is no worker.
    pub(crate) fn time(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn advance(&self, ms: i64) {
        self.clock.advance(ms);
    }

    /// The next move dies after so many looks at the clock, if it takes that many.
    pub(crate) fn light_fuse(&self, looks: u32) {
        let is_calm = self.hold_one_in.load(Relaxed) == 0;
        self.fuse.store(if is_calm { 0 } else { looks }, Relaxed);
    }

    /// From now on nothing is held up, and nobody dies.
    pub(crate) fn calm(&self) {
        self.hold_one_in.store(0, Relaxed);
    }

    /// A point at which an upstream may keep a worker waiting, for as long as the world likes.
    pub(crate) async fn pause(&self) {
        let sides = self.hold_one_in.load(Relaxed);
        if sides == 0 || !self.draw.bits().is_multiple_of(u128::from(sides)) {
            return;
        }
        let go = Arc::new(AtomicBool::new(false));
        *self.go.lock().unwrap() = Some(Arc::clone(&go));
        self.held.notify_one();
        poll_fn(|_| if go.load(Relaxed) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    /// Drives a piece of work until it has ended, is held up, or dies.
    pub(crate) async fn drive<T>(&self, work: &mut Work<T>) -> Driven<T> {
        let lives = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(outcome)) => Poll::Ready(Driven::Ended(outcome)),
            Err(death) if death.is::<Died>() => Poll::Ready(Driven::Died),
            Err(failure) => resume_unwind(failure),
        });
        let driven = tokio::select! {
            biased;
            driven = lives => driven,
            () = self.held.notified() => Driven::Held(self.go.lock().unwrap().take().unwrap()),
        };
        self.light_fuse(0);
        driven
    }
}
