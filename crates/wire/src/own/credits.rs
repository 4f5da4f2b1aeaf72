//! What an account has, what moved its credits, and whether all of it adds up.

use serde::Serialize;

/// `GET /filmgate/v1/credits`
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Balance {
    /// What can be spent.
    pub available: f64,
    /// What open tasks hold.
    pub held: f64,
    /// What finished films have cost.
    pub spent: f64,
}

/// `GET /filmgate/v1/credits/entries`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entries {
    /// The newest first.
    pub entries: Vec<Entry>,
    /// What `before` must say for those that follow, if any do.
    pub next: Option<String>,
}

/// One movement of credits.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// When, in Unix milliseconds.
    pub at_ms: i64,
    /// `grant`, `hold`, `capture` or `release`.
    pub kind: &'static str,
    /// How many credits.
    pub amount: f64,
    /// For which task, if for one.
    pub task: Option<String>,
}

/// `POST /filmgate/v1/credits/verify`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Whether every credit is explained.
    pub holds: bool,
    /// A sentence for each one that is not.
    pub violations: Vec<String>,
    /// How many tasks were looked at.
    pub tasks: u64,
    /// How many entries were.
    pub entries: u64,
}
