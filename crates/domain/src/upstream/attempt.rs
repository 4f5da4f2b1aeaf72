//! An attempt: one try of one route, with what is true of it; doubt is a state of an attempt, not of a task.

use serde::{Deserialize, Serialize};

use crate::answer::Setback;
use crate::credits::Credits;
use crate::ledger::UpstreamNumber;
use crate::task::Failure;
use crate::time::Timestamp;

/// One try of an upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its number within its task, from 1 on.
    pub number: u32,
    /// Which of the task's routes it tries.
    pub route: usize,
    /// The upstream's name.
    pub upstream: String,
    /// The upstream's number in the ledger.
    pub payee: UpstreamNumber,
    /// What may be done when its fate is unknown.
    pub repeat: Repeat,
    /// 128 random bits that travel in its callback URL; whoever knows them was told by us or by the upstream.
    pub token: u128,
    /// When it began.
    pub began: Timestamp,
    /// Until then its submit may still be answered; nothing is decided about a doubt before.
    pub deadline: Timestamp,
    /// Whether the task still waits for it. What comes of one that is not awaited comes late.
    pub awaited: bool,
    /// Whether the task went on to its next route without it, when it was given up in doubt.
    pub moves_on: bool,
    /// Whether the operator's `suspense` holds its price.
    pub suspended: bool,
    /// Where it stands.
    pub state: AttemptState,
    /// What became of each field of the request on this route, as JSON for people; empty where all were kept.
    pub report: String,
}

/// Where an attempt stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptState {
    /// Its bytes may be leaving right now.
    Sending,
    /// Nobody knows whether the upstream has it.
    Doubtful,
    /// The upstream makes the film.
    Running {
        /// The upstream's id; none where the film is made in this process.
        job: Option<String>,
    },
    /// The film is made and on its way into our storage.
    Made {
        /// The upstream's id, if it has one.
        job: Option<String>,
        /// The key of the part file, which will be the film's.
        key: String,
        /// Since when.
        since: Timestamp,
        /// What the upstream took for it, where it said so.
        cost: Option<Credits>,
    },
    /// Nothing can come of it any more.
    Ended(End),
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Its film is the task's.
    Delivered,
    /// Its film came when the task no longer waited for it.
    Late,
    /// The route did not take the task, or was not asked.
    Refused(Setback),
    /// The upstream was busy.
    Busy {
        /// Its words.
        why: String,
    },
    /// The request did not leave us whole.
    NeverLeft {
        /// What happened.
        why: String,
    },
    /// The process that made the film died, and whatever it made is gone.
    Interrupted,
    /// The upstream ran it and made no film.
    Failed(Failure),
    /// The upstream stopped it as wished.
    Stopped,
    /// The upstream had it and lost it.
    Lost {
        /// What happened.
        why: String,
    },
    /// Nobody ever learned what became of it.
    WrittenOff,
}

/// What an upstream promises about the same submit sent twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repeat {
    /// It may be repeated at any time and costs nothing, as in the embedded studio.
    Safe,
    /// It may be repeated under the same idempotency key, which the upstream honours.
    Keyed,
    /// It is paid each time.
    #[default]
    Never,
}

impl Attempt {
    /// One that begins and may not be repeated, for a payee and with a deadline that are not known yet, and without a token.
    pub fn begins(number: u32, (route, upstream): (usize, &str), now: Timestamp) -> Self {
        Self {
            number,
            route,
            upstream: upstream.to_owned(),
            payee: 0,
            repeat: Repeat::Never,
            token: 0,
            began: now,
            deadline: now,
            awaited: true,
            moves_on: false,
            suspended: false,
            state: AttemptState::Sending,
            report: String::new(),
        }
    }

    /// Whether something can still come of it.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, AttemptState::Ended(_))
    }

    /// The upstream's id, where it is known.
    pub fn job(&self) -> Option<&str> {
        match &self.state {
            AttemptState::Running { job } | AttemptState::Made { job, .. } => job.as_deref(),
            _ => None,
        }
    }

    /// Whether the upstream may have taken money for it and no film of ours came of it yet.
    pub fn may_be_billed(&self) -> bool {
        match &self.state {
            AttemptState::Sending | AttemptState::Doubtful => true,
            AttemptState::Running { job } | AttemptState::Made { job, .. } => job.is_some(),
            AttemptState::Ended(end) => matches!(end, End::Lost { .. } | End::WrittenOff | End::Late),
        }
    }

    /// The state's word, for people and programs.
    pub fn word(&self) -> &'static str {
        match &self.state {
            AttemptState::Sending => "sending",
            AttemptState::Doubtful => "in_doubt",
            AttemptState::Running { .. } => "running",
            AttemptState::Made { .. } => "storing",
            AttemptState::Ended(end) => end.word(),
        }
    }
}

impl End {
    /// The end's word, for people and programs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Late => "late",
            Self::Refused(_) => "refused",
            Self::Busy { .. } => "busy",
            Self::NeverLeft { .. } => "never_left",
            Self::Interrupted => "interrupted",
            Self::Failed(_) => "failed",
            Self::Stopped => "stopped",
            Self::Lost { .. } => "lost",
            Self::WrittenOff => "written_off",
        }
    }

    /// What happened, in a sentence without a full stop.
    pub fn text(&self) -> String {
        match self {
            Self::Delivered => "its film was stored".into(),
            Self::Late => "its film came late and was stored".into(),
            Self::Refused(setback) => format!("the upstream {}: {}", setback.cause.says(), setback.text),
            Self::Busy { why } => format!("the upstream was busy: {why}"),
            Self::NeverLeft { why } => format!("the request did not leave: {why}"),
            Self::Interrupted => "the process that made it died".into(),
            Self::Failed(failure) => format!("{}: {}", failure.code, failure.text),
            Self::Stopped => "it was stopped as wished".into(),
            Self::Lost { why } => format!("the upstream lost it: {why}"),
            Self::WrittenOff => "nobody ever learned what became of it".into(),
        }
    }
}
