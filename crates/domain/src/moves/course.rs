//! One event's way through a case: what it does to the attempt, to the task and to the ledger.

mod failure;

use crate::answer::{Submitted, plausible};
use crate::attempt::{Attempt, AttemptState, End, Repeat};
use crate::case::Case;
use crate::credits::Credits;
use crate::doubt::OnDoubt;
use crate::ledger::Entry;
use crate::step::{Event, Step};
use crate::task::{Film, Phase, Task};
use crate::time::Timestamp;

/// A case on its way through one event.
pub(crate) struct Course {
    case: Case,
    changed: Option<u32>,
    entries: Vec<Entry>,
    film: Option<Film>,
    now: Timestamp,
}

impl Course {
    pub(crate) fn new(case: &Case, now: Timestamp) -> Self {
        Self { case: case.clone(), changed: None, entries: vec![], film: None, now }
    }

    /// Takes the case through the event; `None` if the event cannot happen to it.
    pub(crate) fn take(mut self, event: &Event) -> Option<Step> {
        let ended = self.case.task.phase.is_terminal();
        match event {
            Event::Began(attempt) => self.began(attempt),
            Event::Waits(until) if self.case.task.phase == Phase::Queued => {
                let deadline = self.case.task.deadline;
                Some(self.stay(deadline.min(*until)))
            }
            Event::StillRunning { look_again } if !ended && self.case.awaited().is_some() => {
                Some(self.stay(*look_again))
            }
            Event::CancelWished => self.cancel_wished(),
            Event::Expired => self.expired(),
            Event::Broken { failure } if !ended && self.case.task.phase != Phase::Sending => {
                self.leave_awaited();
                Some(self.finish(Phase::Failed(failure.clone())))
            }
            Event::Waits(_) | Event::StillRunning { .. } | Event::Broken { .. } => None,
            Event::Submitted { attempt, answer, again } => self.submitted(*attempt, answer, *again),
            Event::Interrupted { attempt } => self.interrupted(*attempt),
            Event::SentAgain { attempt, deadline } => {
                let doubtful = self.find(*attempt, |state| *state == AttemptState::Doubtful)?;
                if doubtful.repeat != Repeat::Keyed || !doubtful.awaited || ended {
                    return None;
                }
                doubtful.deadline = *deadline;
                Some(self.stand())
            }
            Event::Adopted { attempt, job } => self.adopted(*attempt, job),
            Event::Made { attempt, key, cost } => self.made(*attempt, key, *cost),
            Event::Stored { attempt, film } => self.stored(*attempt, film),
            Event::PartLost { attempt } => {
                self.find(*attempt, |state| matches!(state, AttemptState::Made { job: None, .. }))?;
                let now = self.now;
                Some(self.end(*attempt, End::Interrupted, now))
            }
            Event::Faulted { attempt, failure, cost } => {
                self.find(*attempt, is_under_way)?;
                self.settle(*attempt, plausible(*cost));
                let now = self.now;
                Some(self.end(*attempt, End::Failed(failure.clone()), now))
            }
            Event::Lost { attempt, why } => self.lost(*attempt, why),
            Event::DoubtEnded { attempt, act } => self.doubt_ended(*attempt, *act),
            Event::WrittenOff { attempt } => {
                let open = self.find(*attempt, |_| true)?;
                if open.awaited && !ended {
                    return None;
                }
                let (price, now) = (self.case.task.price, self.now);
                self.settle(*attempt, Some(price));
                Some(self.end(*attempt, End::WrittenOff, now))
            }
            Event::Stopped { attempt } => {
                let awaited =
                    self.find(*attempt, |state| matches!(state, AttemptState::Running { .. }))?.awaited;
                self.settle(*attempt, None);
                self.change(*attempt).state = AttemptState::Ended(End::Stopped);
                Some(if awaited && !ended { self.conclude(Phase::Cancelled) } else { self.stand() })
            }
        }
    }

    fn began(mut self, attempt: &Attempt) -> Option<Step> {
        let next = u32::try_from(self.case.attempts.len()).ok()? + 1;
        let is_fresh = match &attempt.state {
            AttemptState::Sending | AttemptState::Running { job: None } => attempt.awaited,
            AttemptState::Ended(_) => true,
            AttemptState::Doubtful | AttemptState::Running { .. } | AttemptState::Made { .. } => false,
        };
        let is_next = attempt.number == next && self.case.next_route() == Some(attempt.route);
        // The last guard before somebody is paid: nobody else may have the task, as far as it is known.
        let is_free = self.case.task.phase == Phase::Queued
            && !self.case.task.cancel_wished
            && self.case.found_again().is_none()
            && self.case.open().all(|other| other.state != AttemptState::Sending);
        if !(is_fresh && is_next && is_free) {
            return None;
        }
        self.case.task.attempts = next;
        self.case.task.upstream.clone_from(&attempt.upstream);
        self.case.attempts.push(attempt.clone());
        self.changed = Some(next);
        match &attempt.state {
            AttemptState::Ended(end) => Some(self.end(next, end.clone(), attempt.deadline)),
            _ => Some(self.stand()),
        }
    }

    fn submitted(mut self, number: u32, answer: &Submitted, again: Timestamp) -> Option<Step> {
        let attempt =
            self.find(number, |state| matches!(state, AttemptState::Sending | AttemptState::Doubtful))?;
        let was_repeated = attempt.repeat == Repeat::Keyed && attempt.state == AttemptState::Doubtful;
        match answer {
            Submitted::Accepted { job, .. } => Some(self.accepted(number, job)),
            // What a second submit under its key is answered says nothing of the first one.
            _ if was_repeated => Some(self.stand()),
            // A second run costs nothing, so there is nothing to doubt.
            Submitted::Unknown { why } if attempt.repeat == Repeat::Safe => {
                Some(self.end(number, End::NeverLeft { why: why.clone() }, again))
            }
            Submitted::Unknown { .. } => {
                attempt.state = AttemptState::Doubtful;
                Some(self.stand())
            }
            Submitted::Refused(setback) => {
                Some(self.taken_by_nobody(number, End::Refused(setback.clone()), again))
            }
            Submitted::Busy { why, .. } => {
                Some(self.taken_by_nobody(number, End::Busy { why: why.clone() }, again))
            }
            Submitted::NeverLeft { why } => {
                Some(self.taken_by_nobody(number, End::NeverLeft { why: why.clone() }, again))
            }
        }
    }

    /// The upstream has it. A task that gave this attempt up and has not asked anybody else yet waits for it again.
    fn accepted(mut self, number: u32, job: &str) -> Step {
        self.change(number).state = AttemptState::Running { job: Some(job.to_owned()) };
        if self.case.found_again().is_some_and(|found| found.number == number) {
            return self.wait_again(number);
        }
        self.stand()
    }

    fn adopted(mut self, number: u32, job: &str) -> Option<Step> {
        let found = self.case.found_again();
        if found.is_some_and(|found| found.number == number && found.job() == Some(job)) {
            return Some(self.wait_again(number));
        }
        self.find(number, |state| *state == AttemptState::Doubtful)?;
        Some(self.accepted(number, job))
    }

    fn wait_again(mut self, number: u32) -> Step {
        self.settle(number, None);
        let attempt = self.change(number);
        attempt.awaited = true;
        self.case.task.upstream = attempt.upstream.clone();
        self.stand()
    }

    fn taken_by_nobody(mut self, number: u32, end: End, again: Timestamp) -> Step {
        self.settle(number, None);
        self.end(number, end, again)
    }

    fn interrupted(mut self, number: u32) -> Option<Step> {
        let now = self.now;
        let attempt = self.find(number, |_| true)?;
        match (&attempt.state, attempt.repeat) {
            // Only an upstream that repeats safely may be asked again; of all others nobody knows what they have.
            (AttemptState::Sending, Repeat::Safe) | (AttemptState::Running { job: None }, _) => {
                Some(self.end(number, End::Interrupted, now))
            }
            (AttemptState::Sending, Repeat::Keyed | Repeat::Never) => {
                attempt.state = AttemptState::Doubtful;
                Some(self.stand())
            }
            // Nothing that is durable was lost with the process.
            _ => Some(self.stand()),
        }
    }

    fn made(mut self, number: u32, key: &str, cost: Option<Credits>) -> Option<Step> {
        let since = self.now;
        let attempt = self.find(number, |state| matches!(state, AttemptState::Running { .. }))?;
        let AttemptState::Running { job } = attempt.state.clone() else { return None };
        attempt.state = AttemptState::Made { job, key: key.to_owned(), since, cost: plausible(cost) };
        Some(self.stand())
    }

    /// The first film that is stored is the task's, whichever attempt made it.
    fn stored(mut self, number: u32, film: &Film) -> Option<Step> {
        let (price, is_late) = (self.case.task.price, self.case.task.phase.is_terminal());
        let attempt = self.find(number, |state| matches!(state, AttemptState::Made { .. }))?;
        let AttemptState::Made { job, cost, .. } = attempt.state.clone() else { return None };
        attempt.state = AttemptState::Ended(if is_late { End::Late } else { End::Delivered });
        let (upstream, payee) = (attempt.upstream.clone(), attempt.payee);
        self.film = Some(film.clone());
        if is_late {
            // Nobody pays for a film that comes late: it is the operator's loss, by what it cost or else by its price.
            self.settle(number, cost.or_else(|| job.is_some().then_some(price)));
            return Some(self.stand());
        }
        self.settle(number, None);
        self.entries
            .extend(cost.filter(|cost| *cost > Credits::ZERO).map(|cost| Entry::cost(number, payee, cost)));
        self.case.task.upstream = upstream;
        Some(self.finish(Phase::Succeeded))
    }

    fn lost(mut self, number: u32, why: &str) -> Option<Step> {
        let (price, ended) = (self.case.task.price, self.case.task.phase.is_terminal());
        let attempt = self.find(number, |state| {
            matches!(state, AttemptState::Running { job: Some(_) } | AttemptState::Made { job: Some(_), .. })
        })?;
        let cost = if let AttemptState::Made { cost, .. } = attempt.state { cost } else { None };
        let awaited = attempt.awaited && !ended;
        attempt.state = AttemptState::Ended(End::Lost { why: why.to_owned() });
        self.settle(number, Some(cost.unwrap_or(price)));
        Some(if awaited { self.conclude(Phase::Failed(failure::lost())) } else { self.stand() })
    }

    fn doubt_ended(mut self, number: u32, act: OnDoubt) -> Option<Step> {
        self.find(number, |state| *state == AttemptState::Doubtful)?;
        if self.case.awaited().is_none_or(|awaited| awaited.number != number) {
            return None;
        }
        self.leave_awaited();
        self.change(number).moves_on = act == OnDoubt::NextRoute;
        if act.may_pay_again() && self.case.next_route().is_some() {
            return Some(self.stand());
        }
        Some(self.finish(Phase::Failed(failure::in_doubt())))
    }

    fn cancel_wished(mut self) -> Option<Step> {
        if self.case.task.phase.is_terminal() {
            return None;
        }
        if self.case.task.phase == Phase::Queued && self.case.found_again().is_none() {
            return Some(self.finish(Phase::Cancelled));
        }
        self.case.task.cancel_wished = true;
        Some(self.step())
    }

    /// A deadline ends the wait, not the job: what the upstream has may still come late.
    fn expired(mut self) -> Option<Step> {
        let failure = match self.case.task.phase {
            Phase::Queued | Phase::Running => failure::too_late(),
            Phase::InDoubt => failure::in_doubt(),
            _ => return None,
        };
        self.leave_awaited();
        Some(self.finish(Phase::Failed(failure)))
    }

    /// The task waits no longer for its attempt. Of what an upstream has or may have, a film may still come.
    fn leave_awaited(&mut self) {
        let price = self.case.task.price;
        let Some(number) = self.case.awaited().map(|attempt| attempt.number) else { return };
        let attempt = self.change(number);
        match &attempt.state {
            AttemptState::Sending | AttemptState::Doubtful => {
                (attempt.awaited, attempt.suspended) = (false, true);
                self.entries.push(Entry::suspend(number, price));
            }
            AttemptState::Running { job: None } | AttemptState::Made { job: None, .. } => {
                attempt.state = AttemptState::Ended(End::Stopped);
            }
            AttemptState::Running { .. } | AttemptState::Made { .. } | AttemptState::Ended(_) => {
                attempt.awaited = false;
            }
        }
    }

    /// Ends an attempt that made no film. What follows is decided by what it was, and by the routes that are left.
    fn end(mut self, number: u32, end: End, again: Timestamp) -> Step {
        let failure = failure::after(&end, self.case.attempt(number));
        self.change(number).state = AttemptState::Ended(end);
        // Another attempt may be under way already, if this one was given up.
        if self.case.task.phase.is_terminal() || self.case.awaited().is_some() {
            return self.stand();
        }
        if self.case.task.cancel_wished {
            return self.conclude(Phase::Cancelled);
        }
        let Some(next) = self.case.next_route().filter(|_| self.case.found_again().is_none()) else {
            return self.conclude(Phase::Failed(failure));
        };
        // Only a route that is tried again has a reason to wait.
        let tried = self.case.attempt(number).map(|attempt| attempt.route);
        let again = if tried == Some(next) { again } else { self.now };
        let step = self.stand();
        let due = again.max(step.task.created).min(step.task.deadline);
        Step { task: Task { due: Some(due), ..step.task }, ..step }
    }

    /// Ends the task without a film, unless an attempt that it had given up is known to be under way: the next move is to
    /// wait for that one again.
    fn conclude(self, phase: Phase) -> Step {
        if self.case.found_again().is_some() { self.stand() } else { self.finish(phase) }
    }

    /// Settles what an attempt has cost the operator: its suspense if there is one, a loss if money was spent of which no
    /// client pays anything.
    fn settle(&mut self, number: u32, lost: Option<Credits>) {
        let price = self.case.task.price;
        let lost = lost.filter(|lost| *lost > Credits::ZERO);
        let attempt = self.change(number);
        if attempt.suspended {
            attempt.suspended = false;
            let entry =
                if lost.is_some() { Entry::write_off(number, price) } else { Entry::clear(number, price) };
            self.entries.push(entry);
        } else if let Some(lost) = lost {
            self.entries.push(Entry::loss(number, lost));
        }
    }

    /// The only place where a hold is resolved: captured with a film, released without one.
    fn finish(mut self, phase: Phase) -> Step {
        let (account, price) = (self.case.task.account, self.case.task.price);
        self.entries.push(match phase {
            Phase::Succeeded => Entry::capture(account, price),
            _ => Entry::release(account, price),
        });
        self.case.task.phase = phase;
        self.case.task.finished = Some(self.now);
        self.stand()
    }

    /// The phase by the attempts, and the next look now, as long as anything can come of the task.
    fn stand(mut self) -> Step {
        if !self.case.task.phase.is_terminal() {
            self.case.task.phase = self.case.standing();
        }
        let open = !self.case.task.phase.is_terminal() || self.case.open().next().is_some();
        self.case.task.due = open.then_some(self.now);
        self.step()
    }

    fn stay(mut self, due: Timestamp) -> Step {
        self.case.task.due = Some(due);
        self.step()
    }

    fn step(self) -> Step {
        let attempt = self.changed.and_then(|number| self.case.attempt(number).cloned());
        Step { task: self.case.task, attempt, entries: self.entries, film: self.film, announced: None }
    }

    /// The open attempt with this number, if its state fits; it is written with the step.
    fn find(&mut self, number: u32, fits: impl Fn(&AttemptState) -> bool) -> Option<&mut Attempt> {
        let found = self.case.attempts.iter_mut().find(|attempt| attempt.number == number)?;
        if !found.is_open() || !fits(&found.state) {
            return None;
        }
        self.changed = Some(number);
        Some(found)
    }

    #[expect(clippy::expect_used, reason = "every caller has found the attempt before")]
    fn change(&mut self, number: u32) -> &mut Attempt {
        self.changed = Some(number);
        let found = self.case.attempts.iter_mut().find(|attempt| attempt.number == number);
        found.expect("the attempt was found before")
    }
}

fn is_under_way(state: &AttemptState) -> bool {
    matches!(state, AttemptState::Running { .. } | AttemptState::Made { .. })
}
