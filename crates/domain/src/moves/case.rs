//! A case: a task with its attempts and its request, which is all that a decision about it looks at.

use crate::attempt::{Attempt, AttemptState, End};
use crate::request::Request;
use crate::task::{Phase, Task};
use crate::time::Timestamp;

/// A task, its attempts in their order, its request.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The task.
    pub task: Task,
    /// Its attempts, the first one first.
    pub attempts: Vec<Attempt>,
    /// Its request, with the routes that were fixed when it was accepted.
    pub request: Request,
}

impl Case {
    /// The attempt that comes next, on this route of this upstream.
    pub fn begins(&self, route: (usize, &str), now: Timestamp) -> Attempt {
        let number = u32::try_from(self.attempts.len()).unwrap_or(u32::MAX - 1) + 1;
        Attempt::begins(number, route, now)
    }

    /// The attempt that the task waits for; a task that has ended waits for none.
    pub fn awaited(&self) -> Option<&Attempt> {
        if self.task.phase.is_terminal() {
            return None;
        }
        self.attempts.iter().rev().find(|attempt| attempt.awaited && attempt.is_open())
    }

    /// The attempt with this number.
    pub fn attempt(&self, number: u32) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.number == number)
    }

    /// An attempt that was given up and that its upstream is known to have, if the task has not ended and waits for no
    /// other: it must be waited for again before anybody else is asked.
    pub fn found_again(&self) -> Option<&Attempt> {
        if self.task.phase.is_terminal() || self.awaited().is_some() {
            return None;
        }
        self.open().find(|attempt| attempt.job().is_some())
    }

    /// Attempts of which something can still come.
    pub fn open(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter(|attempt| attempt.is_open())
    }

    /// Where a task that has not ended stands, by the attempt that it waits for.
    pub fn standing(&self) -> Phase {
        match self.awaited().map(|attempt| &attempt.state) {
            None | Some(AttemptState::Ended(_)) => Phase::Queued,
            Some(AttemptState::Sending) => Phase::Sending,
            Some(AttemptState::Doubtful) => Phase::InDoubt,
            Some(AttemptState::Running { .. }) => Phase::Running,
            Some(AttemptState::Made { .. }) => Phase::Storing,
        }
    }

    /// How many attempts may be billed by upstreams without a film of ours.
    pub fn paid(&self) -> u32 {
        u32::try_from(self.attempts.iter().filter(|attempt| attempt.may_be_billed()).count())
            .unwrap_or(u32::MAX)
    }

    /// Which route a queued task tries next; none if all are used up.
    ///
    /// A route is tried again after it was busy or could not be reached, some times in a row if there is another one
    /// behind it, and for as long as the task waits if there is none. What an upstream had and lost goes to nobody else.
    pub fn next_route(&self) -> Option<usize> {
        let routes = self.request.routes.len();
        let ends_all = |attempt: &Attempt| match &attempt.state {
            AttemptState::Ended(End::Lost { .. }) => true,
            AttemptState::Ended(End::Failed(_)) => self.request.stops_on_failure,
            _ => false,
        };
        if self.attempts.iter().any(ends_all) {
            return None;
        }
        let Some(last) = self.attempts.last() else { return Some(0) };
        let stays = match &last.state {
            AttemptState::Ended(End::Busy { .. } | End::NeverLeft { .. }) => {
                last.route + 1 == routes || crate::pace::failures_in_a_row(&self.attempts) < TRIES_MAX
            }
            AttemptState::Ended(End::Interrupted) => self.interrupted() < INTERRUPTED_MAX,
            // Sent again by policy or order: the same route, unless the policy said the next one.
            AttemptState::Doubtful => !last.moves_on,
            _ => false,
        };
        let route = if stays { last.route } else { last.route + 1 };
        (route < routes).then_some(route)
    }

    /// How often the process died that made the film here.
    pub fn interrupted(&self) -> u32 {
        let died = |attempt: &&Attempt| attempt.state == AttemptState::Ended(End::Interrupted);
        u32::try_from(self.attempts.iter().filter(died).count()).unwrap_or(u32::MAX)
    }
}

/// How often a busy or unreachable route is tried in a row while another one waits behind it.
const TRIES_MAX: u32 = 3;
/// How often a film is started anew when the process that made it died; a film that kills us must not do so for ever.
pub const INTERRUPTED_MAX: u32 = 5;
