//! A desk: one case with all that is known of it, as a worker and a store together would keep it, checked after each step.

use std::collections::BTreeMap;

use filmgate_domain::answer::{Cause, Evidence, Setback, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, Repeat};
use filmgate_domain::case::Case;
use filmgate_domain::credits::Credits;
use filmgate_domain::doubt::{OnDoubt, UpstreamPolicy};
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::Entry;
use filmgate_domain::request::{Form, Parameters, Promise, Request};
use filmgate_domain::route::{Route, STUDIO};
use filmgate_domain::step::{Event, IllegalEvent, Step, step};
use filmgate_domain::task::{Failure, Film, Phase, Task};
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::{Known, Move, Pace, Situation, next_move};

use crate::invariants;

pub(crate) const PRICE: Credits = Credits(60_000);
/// How long one submit may take, in these tests.
pub(crate) const CALL_MS: i64 = 200_000;
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// A case and everything around it that decisions look at.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) case: Case,
    pub(crate) known: Vec<Known>,
    pub(crate) pace: Pace,
    pub(crate) policies: BTreeMap<String, UpstreamPolicy>,
    pub(crate) taken_over: bool,
    pub(crate) now: Timestamp,
    pub(crate) entries: Vec<Entry>,
    pub(crate) films: Vec<Film>,
}

impl Desk {
    /// A new task with these routes. The name of an upstream says what it promises: `keyed…`, `safe…`, the studio; all
    /// others are paid each time.
    pub(crate) fn new(routes: &[&str]) -> Self {
        let now = Timestamp(1_000);
        let task = Task {
            id: TaskId::new(now, 1),
            account: 3,
            model: "veo-3-1".into(),
            upstream: routes[0].into(),
            price: PRICE,
            phase: Phase::Queued,
            attempts: 0,
            due: Some(now),
            cancel_wished: false,
            created: now,
            deadline: now.after(48 * HOUR_MS),
            finished: None,
        };
        let policies = routes.iter().map(|upstream| {
            let policy = UpstreamPolicy { repeat: repeat(upstream), ..UpstreamPolicy::default() };
            ((*upstream).to_owned(), policy)
        });
        Self {
            policies: policies.collect(),
            case: Case { task, attempts: vec![], request: request(routes) },
            known: vec![],
            pace: Pace::default(),
            taken_over: false,
            now,
            entries: vec![Entry::hold(3, PRICE)],
            films: vec![],
        }
    }

    /// The same policy for every upstream.
    pub(crate) fn with_policy(mut self, change: impl Fn(&mut UpstreamPolicy)) -> Self {
        self.policies.values_mut().for_each(change);
        self
    }

    pub(crate) fn next(&self) -> Move {
        let Self { case, known, pace, policies, taken_over, now, .. } = self;
        let (taken_over, now) = (*taken_over, *now);
        next_move(&Situation { case, known, pace, policies, taken_over, now })
    }

    /// Takes the case through an event and checks everything that must hold afterwards.
    pub(crate) fn try_take(&mut self, event: &Event) -> Result<Step, IllegalEvent> {
        let step = step(&self.case, event, self.now)?;
        let before = self.case.clone();
        self.case.task = step.task.clone();
        if let Some(changed) = &step.attempt {
            match self.case.attempts.iter_mut().find(|attempt| attempt.number == changed.number) {
                Some(attempt) => *attempt = changed.clone(),
                None => self.case.attempts.push(changed.clone()),
            }
        }
        self.entries.extend(&step.entries);
        self.films.extend(step.film.clone());
        self.taken_over = false;
        invariants::check(&before, event, &step, self);
        Ok(step)
    }

    /// Takes the case through an event that must be legal.
    pub(crate) fn take(&mut self, event: &Event) -> Step {
        self.try_take(event).unwrap_or_else(|error| panic!("{error}: {:?}", self.case))
    }

    /// Takes the reported events until something else is to be done.
    pub(crate) fn settle(&mut self) -> Move {
        for _ in 0..20 {
            match self.next() {
                Move::Report(event) => self.take(&event),
                other => return other,
            };
        }
        panic!("reports without end: {:?}", self.case);
    }

    /// Keeps evidence.
    pub(crate) fn learn(&mut self, attempt: u32, evidence: Evidence) {
        self.known.push(Known { attempt, at: self.now, evidence });
        self.pace.look_now();
    }

    pub(crate) fn pass(&mut self, ms: i64) {
        self.now = self.now.after(ms);
    }

    /// Begins the next attempt, as the next move says.
    pub(crate) fn begin(&mut self) -> u32 {
        let Move::Begin { route } = self.settle() else { panic!("nothing begins: {:?}", self.next()) };
        let attempt = self.attempt(route);
        self.take(&Event::Began(attempt)).attempt.unwrap().number
    }

    /// A fresh attempt on this route.
    pub(crate) fn attempt(&self, route: usize) -> Attempt {
        let upstream = self.case.request.routes[route].upstream.clone();
        let number = u32::try_from(self.case.attempts.len()).unwrap() + 1;
        let state = match upstream.as_str() {
            STUDIO => AttemptState::Running { job: None },
            _ => AttemptState::Sending,
        };
        Attempt {
            number,
            route,
            payee: 7,
            repeat: repeat(&upstream),
            upstream,
            token: u128::from(number),
            began: self.now,
            deadline: self.now.after(CALL_MS),
            awaited: true,
            moves_on: false,
            suspended: false,
            state,
            report: String::new(),
        }
    }

    /// Begins an attempt whose submit is answered like this; returns what is to be done then.
    pub(crate) fn submit(&mut self, answer: Submitted) -> Move {
        let number = self.begin();
        self.learn(number, Evidence::Submitted(answer));
        self.settle()
    }

    /// Begins an attempt that nobody ever hears of.
    pub(crate) fn doubt(&mut self) -> u32 {
        let number = self.begin();
        self.take(&Event::Interrupted { attempt: number });
        number
    }

    /// The worker has looked at an attempt, in vain.
    pub(crate) fn looked(&mut self, attempt: u32, ms: i64) {
        self.pace.looked(attempt, self.now.after(ms));
    }

    pub(crate) fn phase(&self) -> &'static str {
        self.case.task.phase.word()
    }

    pub(crate) fn end_of(&self, attempt: u32) -> &'static str {
        self.case.attempt(attempt).unwrap().word()
    }

    /// The kinds of the entries after the hold, in their order.
    pub(crate) fn money(&self) -> Vec<&'static str> {
        self.entries.iter().skip(1).map(|entry| entry.kind.word()).collect()
    }

    /// What the client was told.
    pub(crate) fn failure(&self) -> &Failure {
        match &self.case.task.phase {
            Phase::Failed(failure) => failure,
            other => panic!("it has not failed: {other:?}"),
        }
    }

    /// Brings the awaited film of a job home.
    pub(crate) fn deliver(&mut self, attempt: u32, cost: Option<Credits>) -> Step {
        self.take(&Event::Made { attempt, key: film().key, cost });
        self.take(&Event::Stored { attempt, film: film() })
    }
}

fn repeat(upstream: &str) -> Repeat {
    match upstream {
        name if name == STUDIO || name.starts_with("safe") => Repeat::Safe,
        name if name.starts_with("keyed") => Repeat::Keyed,
        _ => Repeat::Never,
    }
}

fn request(routes: &[&str]) -> Request {
    let route = |upstream: &&str| Route { upstream: (*upstream).into(), card: None, model: "m".into() };
    Request {
        model: "veo-3-1".into(),
        parameters: Parameters::new(),
        form: Form::KieJobs,
        callback_url: Some("https://client.example/cb".into()),
        scenario: None,
        on_doubt: None,
        routes: routes.iter().map(route).collect(),
        stops_on_failure: false,
        origin: None,
        film: Promise { width: 1280, height: 720, seconds: 8, frames_per_second: 24 },
    }
}

pub(crate) fn film() -> Film {
    Film { key: "0".repeat(32), sha256: [7; 32], bytes: 9, copies: vec![] }
}

pub(crate) fn failure() -> Failure {
    Failure { code: "501".into(), text: "no".into() }
}

pub(crate) fn accepted(job: &str) -> Submitted {
    Submitted::Accepted { job: job.into(), reading: None }
}

pub(crate) fn refused(cause: Cause) -> Submitted {
    Submitted::Refused(Setback { cause, text: "its words".into() })
}

pub(crate) fn busy(retry_after_ms: Option<i64>) -> Submitted {
    Submitted::Busy { retry_after_ms, why: "429".into() }
}

pub(crate) fn never_left() -> Submitted {
    Submitted::NeverLeft { why: "no address".into() }
}

pub(crate) fn unknown() -> Submitted {
    Submitted::Unknown { why: "the connection ended".into() }
}

/// A policy that pays again, so many times in all.
pub(crate) fn pays_again(on_doubt: OnDoubt, most: u32) -> impl Fn(&mut UpstreamPolicy) {
    move |policy| (policy.on_doubt, policy.max_paid_attempts) = (on_doubt, most)
}
