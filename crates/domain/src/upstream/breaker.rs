//! Two guards before each upstream and key: a circuit breaker for one that keeps failing, and a budget of creates.

use std::collections::VecDeque;

use crate::answer::{Cause, Submitted};
use crate::time::Timestamp;

/// So many failures in a row open the circuit.
const FAILURES_MAX: u32 = 5;
/// For how long it stays open, doubled with each time it opens again, up to the longest.
const OPEN_MS: i64 = 10_000;
const OPEN_MAX_MS: i64 = 300_000;
/// Kie takes 20 creates in 10 s for each account (kie-api.md 1.5), by its own clock: of two creates that leave 10 s apart the
/// first one may travel for longer, so that a second more is left between them.
const BUDGET_WINDOW_MS: i64 = 11_000;
/// Nobody is sent away for longer than this many windows.
const TURNS_MAX: i64 = 30;

/// Leaves an upstream alone that keeps failing, and lets one task try it from time to time.
#[derive(Clone, Debug, Default)]
pub struct Breaker {
    failures: u32,
    opened: u32,
    open_until: Option<Timestamp>,
    why: Option<Cause>,
    on_trial: bool,
}

impl Breaker {
    /// Whether a task may try the upstream now; otherwise until when not, and why.
    ///
    /// When the time is over one task tries: the circuit stays closed to others until its answer or the next time.
    pub fn admit(&mut self, now: Timestamp) -> Result<(), (Timestamp, Cause)> {
        match self.open_until {
            Some(until) if now < until => Err((until, self.why.unwrap_or(Cause::CircuitOpen))),
            Some(_) => {
                self.open_until = Some(now.after(self.open_ms()));
                self.on_trial = true;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Hears what a submit was answered. A doubt says nothing about the upstream's health.
    pub fn hear(&mut self, answer: &Submitted, now: Timestamp) {
        match answer {
            Submitted::Accepted { .. } => *self = Self::default(),
            Submitted::Refused(setback) if !setback.cause.is_of_upstream() => *self = Self::default(),
            // These do not pass by themselves in a moment, so that one of them is enough.
            Submitted::Refused(setback)
                if matches!(setback.cause, Cause::KeyRefused | Cause::NoBalance | Cause::Maintenance) =>
            {
                self.open(setback.cause, now);
            }
            Submitted::Refused(_) | Submitted::NeverLeft { .. } => {
                self.failures += 1;
                if self.failures >= FAILURES_MAX || self.open_until.is_some() {
                    self.open(Cause::CircuitOpen, now);
                }
            }
            Submitted::Busy { .. } | Submitted::Unknown { .. } => {}
        }
    }

    /// Until when the circuit is open, and why.
    pub fn state(&self, now: Timestamp) -> Option<(Timestamp, Cause)> {
        self.open_until
            .filter(|until| now < *until)
            .map(|until| (until, self.why.unwrap_or(Cause::CircuitOpen)))
    }

    /// Answers to submits that were on their way when it opened do not open it again.
    fn open(&mut self, why: Cause, now: Timestamp) {
        // A trial's own time runs, too, but its failure counts.
        if self.state(now).is_some() && !std::mem::take(&mut self.on_trial) {
            return;
        }
        self.open_until = Some(now.after(self.open_ms()));
        self.opened += 1;
        self.why = Some(why);
    }

    fn open_ms(&self) -> i64 {
        (OPEN_MS << self.opened.min(8)).min(OPEN_MAX_MS)
    }
}

/// The creates that one key may make in a window of ten seconds, shared by all tasks.
#[derive(Clone, Debug)]
pub struct Budget {
    most: usize,
    made: VecDeque<Timestamp>,
    /// How many were told to come again and have not.
    waiting: usize,
}

impl Budget {
    /// A budget of so many creates in ten seconds; 0 means no limit.
    pub fn new(most: usize) -> Self {
        Self { most, made: VecDeque::new(), waiting: 0 }
    }

    /// Takes one create, or says when to come again: one after the other, so that not everybody comes for the same place.
    pub fn take(&mut self, now: Timestamp) -> Result<(), Timestamp> {
        while self.made.front().is_some_and(|made| now.since_ms(*made) >= BUDGET_WINDOW_MS) {
            self.made.pop_front();
        }
        match self.made.front() {
            Some(oldest) if self.most > 0 && self.made.len() >= self.most => {
                let turn = i64::try_from(self.waiting / self.most).unwrap_or(0).min(TURNS_MAX);
                self.waiting += 1;
                Err(oldest.after(BUDGET_WINDOW_MS * (turn + 1)))
            }
            _ => {
                self.waiting = self.waiting.saturating_sub(1);
                self.made.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Setback;

    fn refused(cause: Cause) -> Submitted {
        Submitted::Refused(Setback { cause, text: String::new() })
    }

    #[test]
    fn five_failures_in_a_row_open_the_circuit_and_one_task_tries_it_later() {
        let mut breaker = Breaker::default();
        let never_left = Submitted::NeverLeft { why: "no route".into() };
        for _ in 0..FAILURES_MAX {
            assert!(breaker.admit(Timestamp(0)).is_ok());
            breaker.hear(&never_left, Timestamp(0));
        }
        let (until, why) = breaker.admit(Timestamp(1)).unwrap_err();
        assert_eq!((until, why), (Timestamp(OPEN_MS), Cause::CircuitOpen));
        assert!(breaker.admit(until).is_ok());
        assert!(breaker.admit(until).is_err(), "only one tries");
        breaker.hear(&Submitted::Accepted { job: "j".into(), reading: None }, until);
        assert!(breaker.admit(until).is_ok());
    }

    #[test]
    fn an_empty_account_opens_the_circuit_at_once_and_a_bad_request_never() {
        let mut breaker = Breaker::default();
        breaker.hear(&refused(Cause::Invalid), Timestamp(0));
        breaker.hear(&refused(Cause::Paused), Timestamp(0));
        assert!(breaker.admit(Timestamp(0)).is_ok());
        breaker.hear(&refused(Cause::NoBalance), Timestamp(0));
        assert_eq!(breaker.admit(Timestamp(1)).unwrap_err().1, Cause::NoBalance);
    }

    #[test]
    fn doubt_does_not_open_the_circuit() {
        let mut breaker = Breaker::default();
        for _ in 0..100 {
            breaker.hear(&Submitted::Unknown { why: "the connection ended".into() }, Timestamp(0));
        }
        assert!(breaker.admit(Timestamp(0)).is_ok());
    }

    #[test]
    fn no_window_of_ten_seconds_sees_more_creates_than_the_budget() {
        let mut budget = Budget::new(20);
        let mut made: Vec<i64> = Vec::new();
        let mut now = Timestamp(0);
        while made.len() < 200 {
            match budget.take(now) {
                Ok(()) => made.push(now.0),
                Err(next) => {
                    assert!(next > now);
                    now = next;
                }
            }
            now = now.after(137);
        }
        for first in &made {
            assert!(made.iter().filter(|at| (*first..first + BUDGET_WINDOW_MS).contains(at)).count() <= 20);
        }
    }
}
