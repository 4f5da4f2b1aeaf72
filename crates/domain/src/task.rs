//! A task: one paid request on its way to a film, with the phase it is in.

use serde::{Deserialize, Serialize};

use crate::credits::Credits;
use crate::id::TaskId;
use crate::ledger::AccountNumber;
use crate::time::Timestamp;

/// Where a task stands, derived from its attempts until it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Accepted and paid for; nobody works on it yet.
    Queued,
    /// Its request may be leaving for an upstream right now.
    Sending,
    /// Nobody knows whether the upstream has it.
    InDoubt,
    /// An upstream makes the film.
    Running,
    /// The film is made and on its way into our storage.
    Storing,
    /// The film is stored and paid.
    Succeeded,
    /// No film; nothing was charged.
    Failed(Failure),
    /// Cancelled before it cost anything; nothing was charged.
    Cancelled,
}

impl Phase {
    /// The word that every surface uses for this phase.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::InDoubt => "in_doubt",
            Self::Running => "running",
            Self::Storing => "storing",
            Self::Succeeded => "succeeded",
            Self::Failed(_) => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// How far the film is, of 100; `of_run` tells how far its upstream is, while there is a run.
    pub fn percent(&self, of_run: impl FnOnce() -> u8) -> u8 {
        match self {
            Self::Queued | Self::Sending | Self::Failed(_) | Self::Cancelled => 0,
            Self::InDoubt | Self::Running => of_run().min(99),
            Self::Storing => 99,
            Self::Succeeded => 100,
        }
    }

    /// Whether the client's view is final and its credits are settled. A film may still come late.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed(_) | Self::Cancelled)
    }
}

/// Why a task ended without a film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Kie's `failCode`: a number as text, or a word.
    pub code: String,
    /// What happened, that nothing was charged, and what to do next.
    pub text: String,
}

/// A finished film on our storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    /// The 128 random bits of its link, as 32 hex digits; also its file name.
    pub key: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Its size.
    pub bytes: u64,
    /// What was made beside it; records are read without them.
    pub copies: Vec<FilmCopy>,
}

/// Another file of a finished film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilmCopy {
    /// What it is.
    pub kind: CopyKind,
    /// The 128 random bits of its link.
    pub key: String,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Its size.
    pub bytes: u64,
}

/// What can be kept beside a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// The film that was extended and its extension in one.
    Joined,
    /// The same film with its caption, beside a clean one.
    Watermarked,
}

impl CopyKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Joined, Self::Watermarked];

    /// A word for file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Watermarked => "watermarked",
        }
    }
}

/// One task, without its request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Who pays.
    pub account: AccountNumber,
    /// The card's id.
    pub model: String,
    /// Who makes the film, or tried last.
    pub upstream: String,
    /// What it costs, fixed at accept.
    pub price: Credits,
    /// Where it stands.
    pub phase: Phase,
    /// How often an upstream was asked to make the film.
    pub attempts: u32,
    /// When a worker looks at it next; none when nothing can come of it any more.
    pub due: Option<Timestamp>,
    /// Whether the client wants it cancelled.
    pub cancel_wished: bool,
    /// When it was accepted.
    pub created: Timestamp,
    /// When waiting for it ends.
    pub deadline: Timestamp,
    /// When it ended.
    pub finished: Option<Timestamp>,
}
