//! What a worker does next with a task that it holds: report what is known already, ask somebody, or wait.

use std::collections::BTreeMap;

use crate::answer::{Cause, Evidence, Order, Submitted};
use crate::attempt::{Attempt, AttemptState, Repeat};
use crate::case::Case;
use crate::doubt::{self, OnDoubt, UpstreamPolicy};
use crate::pace::{self, FETCH_MS, LATE_WATCH_MS};
use crate::scenario::Script;
use crate::step::Event;
use crate::task::{Failure, Phase};
use crate::time::Timestamp;

pub use super::look::{Known, Pace};

/// The next move of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Nothing needs to be asked: this has happened.
    Report(Event),
    /// Begin an attempt on this route.
    Begin {
        /// The route's place in the task's plan, from 0 on.
        route: usize,
    },
    /// Send a doubtful attempt again under its idempotency key.
    SendAgain {
        /// The attempt's number.
        attempt: u32,
    },
    /// Make the film here.
    Render {
        /// The attempt's number.
        attempt: u32,
    },
    /// Read the upstream's record of a job.
    Look {
        /// The attempt's number.
        attempt: u32,
        /// The upstream's id.
        job: String,
    },
    /// Read the record of a job that is said to be this doubtful attempt.
    Confirm {
        /// The attempt's number.
        attempt: u32,
        /// The upstream's id.
        job: String,
    },
    /// Look for a doubtful attempt in what the upstream lists.
    Seek {
        /// The attempt's number.
        attempt: u32,
    },
    /// Ask the upstream to stop a job.
    Stop {
        /// The attempt's number.
        attempt: u32,
        /// The upstream's id.
        job: String,
    },
    /// Bring the film into our storage.
    Store {
        /// The attempt's number.
        attempt: u32,
        /// The key that the film will have.
        key: String,
    },
    /// Nothing before then.
    Wait(Timestamp),
    /// Nothing: the task has ended and nothing can come of it any more.
    Rest,
}

/// All that the next move depends on.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The task with its attempts.
    pub case: &'a Case,
    /// What is known of its attempts, the oldest first.
    pub known: &'a [Known],
    /// When to look at what.
    pub pace: &'a Pace,
    /// The operator's policy for each upstream.
    pub policies: &'a BTreeMap<String, UpstreamPolicy>,
    /// Whether the worker before us died and nothing has been reported since.
    pub taken_over: bool,
    /// The current time.
    pub now: Timestamp,
}

/// Decides the next move: what is known already of those who were given up, then what the awaited attempt needs, then what
/// may still come late. Before anybody is asked anew, those who were given up are looked after.
pub fn next_move(situation: &Situation<'_>) -> Move {
    let Situation { case, now, .. } = *situation;
    let awaited = case.awaited().map(|attempt| attempt.number);
    let task = (!case.task.phase.is_terminal()).then(|| situation.of_task());
    let late = case.open().filter(|attempt| Some(attempt.number) != awaited);
    let late: Vec<Move> = late.map(|attempt| situation.of_late(attempt)).collect();
    let news: Vec<Move> = late.iter().filter(|decided| matches!(decided, Move::Report(_))).cloned().collect();
    let moves = match awaited {
        Some(_) => [news, task.into_iter().collect(), late],
        None => [news, late, task.into_iter().collect()],
    };
    let mut soonest: Option<Timestamp> = None;
    for decided in moves.into_iter().flatten() {
        match decided {
            Move::Wait(until) => soonest = Some(soonest.map_or(until, |known| known.min(until))),
            Move::Rest => {}
            decided => return decided,
        }
    }
    soonest.map_or(Move::Rest, |until| Move::Wait(until.max(now)))
}

impl Situation<'_> {
    fn of_task(&self) -> Move {
        let Self { case, now, .. } = *self;
        let task = &case.task;
        let expired = now >= task.deadline;
        let Some(attempt) = case.awaited() else {
            return match case.next_route() {
                _ if task.cancel_wished => Move::Report(Event::CancelWished),
                _ if expired => Move::Report(Event::Expired),
                Some(route) => Move::Begin { route },
                None => Move::Report(Event::Broken { failure: no_route() }),
            };
        };
        let number = attempt.number;
        match &attempt.state {
            AttemptState::Sending => self.of_sending(attempt),
            AttemptState::Doubtful => match self.of_doubtful(attempt) {
                Move::Wait(_) if expired => Move::Report(Event::Expired),
                Move::Wait(until) => Move::Wait(until.min(task.deadline)),
                decided => decided,
            },
            AttemptState::Running { job: None } if self.taken_over => {
                Move::Report(Event::Interrupted { attempt: number })
            }
            AttemptState::Running { job: None } if task.cancel_wished => {
                Move::Report(Event::Stopped { attempt: number })
            }
            AttemptState::Running { .. } if expired => Move::Report(Event::Expired),
            AttemptState::Running { job: None } => self.of_script(number),
            AttemptState::Running { job: Some(job) } => {
                if task.cancel_wished && !self.pace.asked_to_stop {
                    return Move::Stop { attempt: number, job: job.clone() };
                }
                match self.of_running(number, job) {
                    Move::Wait(until) => Move::Wait(until.min(task.deadline)),
                    decided => decided,
                }
            }
            AttemptState::Made { .. } => self.of_made(attempt),
            AttemptState::Ended(_) => Move::Rest,
        }
    }

    fn of_late(&self, attempt: &Attempt) -> Move {
        let number = attempt.number;
        if self.now >= attempt.began.after(LATE_WATCH_MS) {
            return Move::Report(Event::WrittenOff { attempt: number });
        }
        if let (Some(job), Some(found)) = (attempt.job(), self.case.found_again())
            && found.number == number
        {
            return Move::Report(Event::Adopted { attempt: number, job: job.to_owned() });
        }
        match &attempt.state {
            AttemptState::Sending => self.of_sending(attempt),
            AttemptState::Doubtful => self.of_doubtful(attempt),
            AttemptState::Running { job: Some(job) } => self.of_running(number, job),
            AttemptState::Running { job: None } => Move::Report(Event::Interrupted { attempt: number }),
            AttemptState::Made { .. } => self.of_made(attempt),
            AttemptState::Ended(_) => Move::Rest,
        }
    }

    /// What an upstream has answered counts, whoever heard it; without an answer nobody knows.
    fn of_sending(&self, attempt: &Attempt) -> Move {
        let unheard = Event::Interrupted { attempt: attempt.number };
        Move::Report(self.answer(attempt).unwrap_or(unheard))
    }

    fn answer(&self, attempt: &Attempt) -> Option<Event> {
        // A submit that was repeated under its key may be refused although the first one was taken.
        let was_repeated = attempt.repeat == Repeat::Keyed && attempt.state == AttemptState::Doubtful;
        let is_accepted = |answer: &Submitted| matches!(answer, Submitted::Accepted { .. });
        let answers = self.undenied(attempt.number).filter_map(|evidence| match evidence {
            Evidence::Submitted(Submitted::Unknown { .. }) => None,
            Evidence::Submitted(answer) if is_accepted(answer) || !was_repeated => Some(answer),
            _ => None,
        });
        let answer = answers.max_by_key(|answer| is_accepted(answer))?.clone();
        let again = match &answer {
            Submitted::Busy { retry_after_ms, .. } => self.try_again(attempt, *retry_after_ms),
            Submitted::NeverLeft { .. } => self.try_again(attempt, None),
            _ => self.now,
        };
        Some(Event::Submitted { attempt: attempt.number, answer, again })
    }

    fn try_again(&self, attempt: &Attempt, retry_after_ms: Option<i64>) -> Timestamp {
        let failures = pace::failures_in_a_row(&self.case.attempts);
        let chance = u64::try_from(attempt.token >> 64).unwrap_or(0);
        pace::try_again(self.now, failures, retry_after_ms, chance)
    }

    fn of_doubtful(&self, attempt: &Attempt) -> Move {
        let number = attempt.number;
        if let Some(answer) = self.answer(attempt) {
            return Move::Report(answer);
        }
        if let Some(Order::Adopt { job }) = self.order(number) {
            return Move::Report(Event::Adopted { attempt: number, job: job.clone() });
        }
        let (next, suspect) = (self.pace.next(number), self.suspect(number));
        let is_due = self.now >= next;
        if let Some(job) = suspect.filter(|_| is_due) {
            return Move::Confirm { attempt: number, job: job.to_owned() };
        }
        let mut until = next;
        if self.case.awaited().is_some_and(|awaited| awaited.number == number) {
            let policy = self.policies.get(&attempt.upstream).cloned().unwrap_or_default();
            let (when, act) = self.verdict(attempt, &policy, suspect.is_some());
            // While another attempt is known to run, its film may be the task's, and this doubt can wait.
            let another_runs = self.case.open().any(|other| other.number != number && other.job().is_some());
            if self.now >= when && !another_runs {
                return Move::Report(Event::DoubtEnded { attempt: number, act });
            }
            if is_due && !another_runs && self.may_send_again(attempt, &policy) {
                return Move::SendAgain { attempt: number };
            }
            until = if another_runs { until } else { until.min(when) };
        }
        if is_due { Move::Seek { attempt: number } } else { Move::Wait(until) }
    }

    /// When the doubt ends and how: as the operator orders, else by the policy; never while the call may be answered.
    fn verdict(
        &self,
        attempt: &Attempt,
        policy: &UpstreamPolicy,
        is_suspected: bool,
    ) -> (Timestamp, OnDoubt) {
        let mut known = self.of(attempt.number);
        let has_ended = known.any(|known| matches!(known, Evidence::Submitted(Submitted::Unknown { .. })));
        let over = if has_ended { attempt.began } else { attempt.deadline };
        // While a job is said to be this attempt and could not be read yet, no policy pays again.
        let paid = if is_suspected { u32::MAX } else { self.case.paid() };
        match self.order(attempt.number) {
            Some(Order::Fail) => (over, OnDoubt::Fail),
            Some(Order::Resubmit) => (over, OnDoubt::Resubmit),
            _ => match doubt::verdict(attempt, policy, self.case.request.on_doubt, paid) {
                // Who wants the next route and has none waits rather than gives up.
                (_, OnDoubt::NextRoute) if attempt.route + 1 >= self.case.request.routes.len() => {
                    doubt::verdict(attempt, policy, Some(OnDoubt::Park), paid)
                }
                decided => decided,
            },
        }
    }

    /// Its key makes a second submit safe, as long as the film is wanted and the answer comes before the doubt ends.
    fn may_send_again(&self, attempt: &Attempt, policy: &UpstreamPolicy) -> bool {
        let task = &self.case.task;
        attempt.repeat == Repeat::Keyed
            && !task.cancel_wished
            && self.now < task.deadline
            && self.now.after(policy.call_ms) <= attempt.began.after(policy.doubt_ms)
    }

    fn of_running(&self, number: u32, job: &str) -> Move {
        let next = self.pace.next(number);
        if self.now >= next { Move::Look { attempt: number, job: job.to_owned() } } else { Move::Wait(next) }
    }

    fn of_script(&self, attempt: u32) -> Move {
        let (task, now) = (&self.case.task, self.now);
        match self.case.request.scenario.map_or(Script::Make, |s| s.script(task.created, task.deadline, now))
        {
            Script::Make => Move::Render { attempt },
            Script::Wait(until) => Move::Report(Event::StillRunning { look_again: until.min(task.deadline) }),
            Script::Fail(failure) => Move::Report(Event::Faulted { attempt, failure, cost: None }),
        }
    }

    fn of_made(&self, attempt: &Attempt) -> Move {
        let AttemptState::Made { job, key, since, .. } = &attempt.state else { return Move::Rest };
        let (number, next) = (attempt.number, self.pace.next(attempt.number));
        if job.is_some() && self.now >= since.after(FETCH_MS) {
            let why = "its film could not be fetched".to_owned();
            return Move::Report(Event::Lost { attempt: number, why });
        }
        if self.now >= next { Move::Store { attempt: number, key: key.clone() } } else { Move::Wait(next) }
    }

    fn of(&self, attempt: u32) -> impl Iterator<Item = &Evidence> {
        self.known.iter().filter(move |known| known.attempt == attempt).map(|known| &known.evidence)
    }

    /// What is known of an attempt, without answers and orders that name a job which turned out to be another attempt's.
    fn undenied(&self, attempt: u32) -> impl Iterator<Item = &Evidence> {
        let is_denied = move |job: &str, later: usize| {
            self.of(attempt)
                .skip(later)
                .any(|evidence| matches!(evidence, Evidence::NotIt { job: other, .. } if other == job))
        };
        self.of(attempt).zip(1..).filter_map(move |(evidence, later)| match evidence {
            Evidence::Submitted(Submitted::Accepted { job, .. })
            | Evidence::Ordered(Order::Adopt { job })
                if is_denied(job, later) =>
            {
                None
            }
            evidence => Some(evidence),
        })
    }

    fn order(&self, attempt: u32) -> Option<&Order> {
        let orders = self.undenied(attempt).filter_map(|evidence| match evidence {
            Evidence::Ordered(order) => Some(order),
            _ => None,
        });
        orders.last()
    }

    /// A job that is said to be this attempt and has not been found to be another's.
    fn suspect(&self, attempt: u32) -> Option<&str> {
        let is_not = |job: &str| {
            self.of(attempt)
                .any(|evidence| matches!(evidence, Evidence::NotIt { job: other, .. } if other == job))
        };
        let named = self.of(attempt).filter_map(|evidence| match evidence {
            Evidence::CalledBack { job } | Evidence::Found { job } => Some(job.as_str()),
            _ => None,
        });
        named.filter(|job| !is_not(job)).last()
    }
}

fn no_route() -> Failure {
    let text = "No upstream is left that could make this film. Nothing was charged; create the task again.";
    Failure { code: "500".into(), text: text.into() }
}

/// Whether a route whose circuit is open is left out now, rather than waited for: if another one comes after it, or if the
/// reason does not pass by itself.
pub fn skips_when_closed(case: &Case, route: usize, cause: Cause) -> bool {
    route + 1 < case.request.routes.len() || matches!(cause, Cause::KeyRefused | Cause::NoBalance)
}

/// Whether a task is made in this process, and so waits for a core and not for somebody else.
pub fn is_made_here(phase: &Phase, upstream: &str) -> bool {
    !phase.is_terminal() && upstream == crate::route::STUDIO
}
