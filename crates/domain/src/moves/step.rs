//! The only function that moves a task from one phase to the next, with the attempts and the credits that move along.

use thiserror::Error;

use super::course::Course;
use crate::answer::Submitted;
use crate::attempt::Attempt;
use crate::case::Case;
use crate::credits::Credits;
use crate::delivery::{self, Announcement};
use crate::doubt::OnDoubt;
use crate::ledger::Entry;
use crate::task::{Failure, Film, Task};
use crate::time::Timestamp;

/// What happened to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// An attempt begins; one that could not begin has ended already.
    Began(Attempt),
    /// Nothing can begin before then.
    Waits(Timestamp),
    /// The submit of an attempt was answered, now or long ago.
    Submitted {
        /// The attempt's number.
        attempt: u32,
        /// The upstream's answer.
        answer: Submitted,
        /// When the task may be tried again if the upstream has not taken it.
        again: Timestamp,
    },
    /// The process that worked on the attempt died.
    Interrupted {
        /// The attempt's number.
        attempt: u32,
    },
    /// A doubtful attempt is sent again under its idempotency key.
    SentAgain {
        /// The attempt's number.
        attempt: u32,
        /// Until then it may be answered.
        deadline: Timestamp,
    },
    /// A doubtful attempt turns out to be this job of the upstream's; or the task waits again for an attempt that it had
    /// given up and that is this job.
    Adopted {
        /// The attempt's number.
        attempt: u32,
        /// The upstream's id.
        job: String,
    },
    /// Nothing has changed; look again then.
    StillRunning {
        /// When to look again.
        look_again: Timestamp,
    },
    /// The upstream has made the film.
    Made {
        /// The attempt's number.
        attempt: u32,
        /// The key that the film will have.
        key: String,
        /// What the upstream took for it, where it says so.
        cost: Option<Credits>,
    },
    /// The film is on our storage, durable and hashed.
    Stored {
        /// The attempt's number.
        attempt: u32,
        /// The film.
        film: Film,
    },
    /// The part file of a film that was made here is gone.
    PartLost {
        /// The attempt's number.
        attempt: u32,
    },
    /// There will be no film from this attempt.
    Faulted {
        /// The attempt's number.
        attempt: u32,
        /// Why.
        failure: Failure,
        /// What the upstream took nevertheless, where it says so.
        cost: Option<Credits>,
    },
    /// The upstream had the attempt and lost it, or its film.
    Lost {
        /// The attempt's number.
        attempt: u32,
        /// What happened.
        why: String,
    },
    /// The policy or the operator ends the wait for a doubtful attempt.
    DoubtEnded {
        /// The attempt's number.
        attempt: u32,
        /// What is done now.
        act: OnDoubt,
    },
    /// An attempt that nobody waits for is forgotten.
    WrittenOff {
        /// The attempt's number.
        attempt: u32,
    },
    /// The task itself cannot be worked on.
    Broken {
        /// What the client is told.
        failure: Failure,
    },
    /// The client wishes to cancel.
    CancelWished,
    /// The upstream confirms that it stopped because of that wish.
    Stopped {
        /// The attempt's number.
        attempt: u32,
    },
    /// The deadline has passed.
    Expired,
}

/// A task after an event, and the rows that commit with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The task as it is now.
    pub task: Task,
    /// The attempt that began or changed, if one did.
    pub attempt: Option<Attempt>,
    /// Ledger entries that belong to the change.
    pub entries: Vec<Entry>,
    /// The film to record: the task's own if it has just succeeded, else one that came late.
    pub film: Option<Film>,
    /// What is told to whom, if there is anything to tell.
    pub announced: Option<Announcement>,
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

/// Applies an event to a case.
pub fn step(case: &Case, event: &Event, now: Timestamp) -> Result<Step, IllegalEvent> {
    let illegal = || IllegalEvent { phase: case.task.phase.word(), event: event.word() };
    let step = Course::new(case, now).take(event).ok_or_else(illegal)?;
    let announced = delivery::announced(case, &step.task.phase, step.film.is_some());
    Ok(Step { announced, ..step })
}

impl Event {
    /// The event's word, as the state table in ARCHITECTURE.md shows it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Began(_) => "began",
            Self::Waits(_) => "waits",
            Self::Submitted { answer, .. } => match answer {
                Submitted::Accepted { .. } => "accepted",
                Submitted::Refused(_) => "refused",
                Submitted::Busy { .. } => "busy",
                Submitted::NeverLeft { .. } => "never left",
                Submitted::Unknown { .. } => "unknown",
            },
            Self::Interrupted { .. } => "interrupted",
            Self::SentAgain { .. } => "sent again",
            Self::Adopted { .. } => "adopted",
            Self::StillRunning { .. } => "still running",
            Self::Made { .. } => "made",
            Self::Stored { .. } => "stored",
            Self::PartLost { .. } => "part lost",
            Self::Faulted { .. } => "faulted",
            Self::Lost { .. } => "lost",
            Self::DoubtEnded { .. } => "doubt ended",
            Self::WrittenOff { .. } => "written off",
            Self::Broken { .. } => "broken",
            Self::CancelWished => "cancel wished",
            Self::Stopped { .. } => "stopped",
            Self::Expired => "expired",
        }
    }
}
