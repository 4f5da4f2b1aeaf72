//! The only function that moves a task from one phase to the next, with the credits that move along.

use thiserror::Error;

use crate::ledger::Entry;
use crate::task::{Failure, Film, Phase, Task};
use crate::time::Timestamp;

/// How often a film is started anew when the process that made it died; a film that kills us must not do so for ever.
pub const ATTEMPTS_MAX: u32 = 5;

/// What a worker learned about a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A worker begins an attempt.
    Started,
    /// The lease of the attempt's worker ended; whatever it made is gone.
    Interrupted,
    /// The upstream still works; look again then.
    StillRunning {
        /// When.
        look_again: Timestamp,
    },
    /// The upstream has made the film.
    Made {
        /// The key of the finished part file, which will be the film's.
        part: String,
    },
    /// The film is on our storage, durable and hashed.
    Stored {
        /// The film.
        film: Film,
    },
    /// The finished part file is not there any more.
    PartLost,
    /// The attempt failed for good.
    Faulted {
        /// Why.
        failure: Failure,
    },
    /// The client wishes to cancel.
    CancelWished,
    /// The upstream confirms that it stopped because of that wish.
    Stopped,
    /// The deadline has passed.
    Expired,
}

/// A task after an event, and the rows that commit with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The task as it is now.
    pub task: Task,
    /// Ledger entries that belong to the change.
    pub entries: Vec<Entry>,
    /// The film to record, exactly when the task has just succeeded.
    pub film: Option<Film>,
}

/// An event that cannot happen in a phase: a programming error, or a worker that was overtaken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{event} cannot happen to a task that is {phase}")]
pub struct IllegalEvent {
    /// The phase's word.
    pub phase: &'static str,
    /// The event's word.
    pub event: &'static str,
}

/// Applies an event to a task.
pub fn step(task: Task, event: Event, now: Timestamp) -> Result<Step, IllegalEvent> {
    match (&task.phase, event) {
        (Phase::Queued, Event::Started) => {
            let attempts = task.attempts + 1;
            Ok(go_to(Task { attempts, ..task }, Phase::Running, now))
        }
        (Phase::Running, Event::Interrupted) | (Phase::Storing { .. }, Event::PartLost)
            if task.attempts >= ATTEMPTS_MAX =>
        {
            Ok(finish(task, Phase::Failed(worn_out()), now))
        }
        (Phase::Running, Event::Interrupted) | (Phase::Storing { .. }, Event::PartLost) => {
            Ok(go_to(task, Phase::Queued, now))
        }
        (Phase::Running, Event::StillRunning { look_again }) => Ok(go_to(task, Phase::Running, look_again)),
        (Phase::Running, Event::Made { part }) => Ok(go_to(task, Phase::Storing { part }, now)),
        // Nothing durable was lost with the worker: the next one stores the part file.
        (Phase::Storing { part }, Event::Interrupted) => {
            let part = part.clone();
            Ok(go_to(task, Phase::Storing { part }, now))
        }
        (Phase::Storing { .. }, Event::Stored { film }) => {
            let step = finish(task, Phase::Succeeded, now);
            Ok(Step { film: Some(film), ..step })
        }
        (Phase::Queued | Phase::Running | Phase::Storing { .. }, Event::Faulted { failure }) => {
            Ok(finish(task, Phase::Failed(failure), now))
        }
        (Phase::Queued, Event::CancelWished) | (Phase::Running, Event::Stopped) => {
            Ok(finish(task, Phase::Cancelled, now))
        }
        (Phase::Running | Phase::Storing { .. }, Event::CancelWished) => {
            Ok(Step { task: Task { cancel_wished: true, ..task }, entries: vec![], film: None })
        }
        (Phase::Queued | Phase::Running, Event::Expired) => Ok(finish(task, Phase::Failed(too_late()), now)),
        (phase, event) => Err(IllegalEvent { phase: phase.word(), event: event.word() }),
    }
}

fn go_to(task: Task, phase: Phase, due: Timestamp) -> Step {
    Step { task: Task { phase, due: Some(due), ..task }, entries: vec![], film: None }
}

/// The only place where a hold is resolved: captured with a film, released without one.
fn finish(task: Task, phase: Phase, now: Timestamp) -> Step {
    let entry = match phase {
        Phase::Succeeded => Entry::capture(task.account, task.price),
        _ => Entry::release(task.account, task.price),
    };
    Step { task: Task { phase, due: None, finished: Some(now), ..task }, entries: vec![entry], film: None }
}

fn worn_out() -> Failure {
    Failure {
        code: "500".into(),
        text: format!(
            "The process stopped {ATTEMPTS_MAX} times while it made this film. Nothing was charged; see the log of filmgate."
        ),
    }
}

fn too_late() -> Failure {
    Failure {
        code: "408".into(),
        text: "The film was not finished before its deadline. Nothing was charged; create the task again."
            .into(),
    }
}

impl Event {
    /// The event's word, as the state table in ARCHITECTURE.md shows it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Interrupted => "interrupted",
            Self::StillRunning { .. } => "still running",
            Self::Made { .. } => "made",
            Self::Stored { .. } => "stored",
            Self::PartLost => "part lost",
            Self::Faulted { .. } => "faulted",
            Self::CancelWished => "cancel wished",
            Self::Stopped => "stopped",
            Self::Expired => "expired",
        }
    }
}
