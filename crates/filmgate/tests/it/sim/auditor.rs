//! The auditor: its own model of what must be true, compared with the store after every move.

use std::collections::BTreeMap;

use filmgate::app::App;
use filmgate_domain::answer::{Evidence, Order, Reading, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End};
use filmgate_domain::audit;
use filmgate_domain::credits::Credits;
use filmgate_domain::delivery;
use filmgate_domain::id::TaskId;
use filmgate_domain::task::{Film, Phase};
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::Known;
use filmgate_store::Record;
use sha2::{Digest as _, Sha256};

use super::reckoning::Reckoning;
use super::remote;
use super::studio;
use super::truth::Truth;

/// What the auditor remembers of each accepted task.
#[derive(Default)]
pub(crate) struct Auditor {
    accepted: BTreeMap<TaskId, Memory>,
    reckoning: Reckoning,
    seen: Vec<&'static str>,
}

struct Memory {
    price: Credits,
    ended: Option<(Phase, Option<Timestamp>)>,
    attempts: Vec<Attempt>,
    late: Option<Film>,
    /// Who is to be told: 0 is its callback, all others are endpoints.
    receivers: Vec<i64>,
    rests: bool,
}

impl Auditor {
    pub(crate) fn accepted(&mut self, id: TaskId, price: Credits, receivers: Vec<i64>) {
        let memory = Memory { price, ended: None, attempts: vec![], late: None, receivers, rests: false };
        assert!(self.accepted.insert(id, memory).is_none(), "an id was given out twice");
    }

    pub(crate) fn ids(&self) -> Vec<TaskId> {
        self.accepted.keys().copied().collect()
    }

    /// Every task has ended, and nothing can come of any of them any more.
    pub(crate) fn all_rest(&self) -> bool {
        self.accepted.values().all(|memory| memory.rests)
    }

    pub(crate) fn ended(&self) -> u64 {
        self.accepted.values().filter(|memory| memory.ended.is_some()).count() as u64
    }

    /// All books and all tasks of which something can still come.
    pub(crate) fn check(&mut self, app: &App, truth: &Truth, now: Timestamp) {
        assert_eq!(audit::violations(&app.store.facts().unwrap()), Vec::<String>::new());
        for id in self.ids() {
            self.check_one(app, id, (truth, now));
        }
    }

    /// Invariants 1, 3, 5 and 6 of architecture.md, and that what has ended stays as it ended.
    pub(crate) fn check_one(&mut self, app: &App, id: TaskId, (truth, now): (&Truth, Timestamp)) {
        let memory = self.accepted.get_mut(&id).unwrap();
        if memory.rests {
            return;
        }
        let record = app.store.record(id).unwrap().expect("an accepted task is never lost");
        let attempts = app.store.attempts(record.seq).unwrap();
        let known = app.store.known(record.seq).unwrap();
        check_task(memory, &record, &attempts);
        check_attempts(memory, &record, &attempts);
        check_doubts(memory, &record, (&attempts, &known));
        for (index, attempt) in attempts.iter().enumerate() {
            let before = memory.attempts.get(index);
            if !attempt.is_open() && before.is_none_or(Attempt::is_open) {
                self.seen.push(attempt.word());
                self.reckoning.ended(&record, before, attempt, (truth, now));
            }
        }
        memory.attempts = attempts;
        if memory.ended.is_none() && record.task.phase.is_terminal() {
            self.seen.push(record.task.phase.word());
            memory.ended = Some((record.task.phase.clone(), record.task.finished));
            check_film(app, &record, record.film.as_ref(), (memory, truth));
        }
        let late = app.store.late_film(record.seq).unwrap();
        if late != memory.late {
            assert!(memory.ended.is_some(), "a film came late to task {id}, which has not ended");
            if let Some(earlier) = &memory.late {
                check_film(app, &record, Some(earlier), (memory, truth));
            }
            check_film(app, &record, late.as_ref(), (memory, truth));
            memory.late = late;
        }
        check_told(app, memory, &record);
        memory.rests = record.task.due.is_none();
    }

    /// When everything has come to its end. Returns what has been seen: ends, answers, other evidence.
    pub(crate) fn close(&mut self, app: &App, truth: &Truth, now: Timestamp) -> Vec<&'static str> {
        self.reckoning.close(app, truth, now);
        let mut seen = std::mem::take(&mut self.seen);
        seen.extend(self.reckoning.seen.iter());
        for id in self.ids() {
            let seq = app.store.record(id).unwrap().unwrap().seq;
            seen.extend(app.store.known(seq).unwrap().iter().map(|known| word(&known.evidence)));
        }
        seen
    }

    /// Whatever was answered to a process that still lived is kept, whoever holds the task by then.
    pub(crate) fn heard(app: &App, heard: Vec<(u128, Submitted)>) {
        for (token, answer) in heard {
            let place = app.store.attempt_by_token(token).unwrap().unwrap();
            let known = app.store.known(place.seq).unwrap();
            let said = Evidence::Submitted(answer);
            let is_kept = known.iter().any(|known| known.attempt == place.attempt && known.evidence == said);
            assert!(is_kept, "task {}: an answer was lost: {said:?}", place.id);
        }
    }
}

fn check_task(memory: &Memory, record: &Record, attempts: &[Attempt]) {
    let task = &record.task;
    assert_eq!(task.price, memory.price, "a price is fixed at accept");
    let is_open = !task.phase.is_terminal() || attempts.iter().any(Attempt::is_open);
    assert_eq!(task.due.is_some(), is_open, "task {}: {task:?} with {attempts:?}", task.id);
    assert_eq!(record.film.is_some(), task.phase == Phase::Succeeded);
    let is_awaited = attempts.iter().any(|attempt| attempt.is_open() && attempt.awaited);
    // Only a film ends the wait for an attempt that has not ended and was not given up.
    assert!(
        !(is_awaited && matches!(task.phase, Phase::Failed(_) | Phase::Cancelled)),
        "task {}: it has ended, and {attempts:?} was still awaited",
        task.id
    );
    if let Some(ended) = &memory.ended {
        assert_eq!(*ended, (task.phase.clone(), task.finished), "what has ended never changes");
    }
}

/// Whoever is to be told has a delivery from the moment on at which there is something to tell, and nobody has another one.
fn check_told(app: &App, memory: &Memory, record: &Record) {
    let owed = delivery::owed(&record.task.phase, memory.late.is_some());
    let owed = |receiver: &i64| owed.iter().map(move |event| (*receiver, *event)).collect::<Vec<_>>();
    let mut owed: Vec<_> = memory.receivers.iter().flat_map(owed).collect();
    let lines = app.store.deliveries_of(record.task.id).unwrap();
    let mut told: Vec<_> = lines.iter().map(|line| (line.id.endpoint, line.id.event)).collect();
    owed.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, owed, "task {}, which is {}", record.task.id, record.task.phase.word());
}

/// Attempts are only added, what has ended stays so, one at most is waited for, and one at most is being sent.
fn check_attempts(memory: &Memory, record: &Record, attempts: &[Attempt]) {
    let id = record.task.id;
    assert_eq!(attempts.len(), record.task.attempts as usize);
    assert!(attempts.iter().zip(1..).all(|(attempt, number)| attempt.number == number));
    for (before, after) in memory.attempts.iter().zip(attempts) {
        assert_eq!((before.token, &before.upstream), (after.token, &after.upstream));
        if !before.is_open() {
            assert_eq!(before, after, "task {id}: an attempt that had ended has changed");
        }
        if let (Some(job), true) = (before.job(), after.is_open()) {
            assert_eq!(after.job(), Some(job), "task {id}: attempt {} has lost its job", after.number);
        }
    }
    let awaited = attempts.iter().filter(|attempt| attempt.is_open() && attempt.awaited);
    assert!(awaited.count() <= 1, "task {id} waits for two attempts: {attempts:?}");
    let sending = attempts.iter().filter(|attempt| attempt.state == AttemptState::Sending);
    assert!(sending.count() <= 1, "task {id} is being sent twice: {attempts:?}");
}

/// What an upstream has answered is never forgotten, and nobody is paid again while a job is said to be the attempt.
fn check_doubts(memory: &Memory, record: &Record, (attempts, known): (&[Attempt], &[Known])) {
    for (before, after) in memory.attempts.iter().zip(attempts).filter(|(before, after)| before != after) {
        let of_attempt =
            || known.iter().filter(|known| known.attempt == after.number).map(|known| &known.evidence);
        let is_denied = |job: &str| {
            of_attempt()
                .any(|evidence| matches!(evidence, Evidence::NotIt { job: other, .. } if other == job))
        };
        if after.state == AttemptState::Ended(End::WrittenOff) && before.job().is_none() {
            let answered = of_attempt().find(|evidence| match evidence {
                Evidence::Submitted(Submitted::Accepted { job, .. }) => !is_denied(job),
                _ => false,
            });
            assert_eq!(answered, None, "task {}: an answer was not heard", record.task.id);
        }
        let is_given_up = before.awaited && !after.awaited && !record.task.phase.is_terminal();
        if is_given_up && !of_attempt().any(|evidence| *evidence == Evidence::Ordered(Order::Resubmit)) {
            let suspect = of_attempt().find(|evidence| match evidence {
                Evidence::CalledBack { job } | Evidence::Found { job } => !is_denied(job),
                _ => false,
            });
            assert_eq!(suspect, None, "task {}: it may be this job", record.task.id);
        }
    }
}

/// Stored bytes have the recorded hash and size, and are the film that an upstream made for this very task.
fn check_film(app: &App, record: &Record, film: Option<&Film>, (memory, truth): (&Memory, &Truth)) {
    let Some(film) = film else { return };
    let bytes = std::fs::read(app.films.path(&film.key)).unwrap();
    assert_eq!(bytes.len() as u64, film.bytes);
    assert_eq!(<[u8; 32]>::from(Sha256::digest(&bytes)), film.sha256);
    if bytes.starts_with(studio::FILM) {
        return;
    }
    let found = truth.jobs.iter().find(|(id, _)| bytes == remote::film(id).as_bytes());
    let (id, job) = found.unwrap_or_else(|| panic!("task {} has half a film", record.task.id));
    let is_own = memory.attempts.iter().any(|attempt| attempt.token == job.token);
    // Where records do not tell whose they are, nobody can tell two jobs with one prompt apart.
    let is_alike = !job.manner.is_kie && job.prompt == filmgate_providers::openai::prompt(&record.request);
    assert!(is_own || is_alike, "task {} has the film of another one's job {id}", record.task.id);
}

fn word(evidence: &Evidence) -> &'static str {
    match evidence {
        Evidence::Submitted(Submitted::Accepted { .. }) => "accepted",
        Evidence::Submitted(_) => "not accepted",
        Evidence::Read(Reading::Missing) => "missing",
        Evidence::Read(_) => "read",
        Evidence::CalledBack { .. } => "called back",
        Evidence::Found { .. } => "found",
        Evidence::NotIt { .. } => "not it",
        Evidence::Balance { .. } => "balance",
        Evidence::Ordered(Order::Adopt { .. }) => "adoption",
        Evidence::Ordered(Order::Fail) => "failure ordered",
        Evidence::Ordered(Order::Resubmit) => "resubmission",
        Evidence::Studio(_) => "studio",
        Evidence::Exchanged(_) => "exchanged",
    }
}
