//! Replies that could not be written: a handler leaves word of what to do then.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// A connection that breaks later than this after its reply has delivered it; a client that pools connections resets idle
/// ones at any time.
const DELIVERED_AFTER: Duration = Duration::from_secs(2);

/// What to do if the reply to this request cannot be written; a request extension that a handler may fill in.
#[derive(Clone, Default)]
pub struct OnCut(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    lost: Option<Box<dyn FnOnce() + Send>>,
    answered: Option<Instant>,
    hangs_up: bool,
}

/// The emulator drops the connection in place of the reply.
#[derive(Debug, thiserror::Error)]
#[error("the scenario \"lost-reply\" asked for this")]
pub struct HungUp;

impl OnCut {
    /// Arms it: `lost` runs if the connection ends before the reply to this request is written.
    pub fn arm(&self, lost: impl FnOnce() + Send + 'static) {
        self.state().lost = Some(Box::new(lost));
    }

    /// There is nothing to be lost: another request has come, or this one was refused.
    pub fn disarm(&self) {
        *self.state() = State::default();
    }

    /// The reply to this request is to be lost: the connection ends in its place.
    pub fn hang_up(&self) {
        self.state().hangs_up = true;
    }

    /// The reply is on its way, unless it is to be lost.
    ///
    /// # Errors
    ///
    /// [`HungUp`] if it is.
    pub fn answered(&self) -> Result<(), HungUp> {
        let mut state = self.state();
        if state.hangs_up {
            return Err(HungUp);
        }
        state.answered = Some(Instant::now());
        Ok(())
    }

    /// The connection has ended, `well` if the other side closed it in good order.
    pub fn ended(&self, well: bool) {
        let State { lost, answered, .. } = std::mem::take(&mut *self.state());
        let delivered = answered.is_some_and(|at| well || at.elapsed() > DELIVERED_AFTER);
        if let Some(lost) = lost.filter(|_| !delivered) {
            lost();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
