//! Deliveries: who was told what, and every try of it.

use serde::Serialize;

/// A delivery with its tries.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Its id, as its receiver sees it in `webhook-id`.
    pub id: String,
    /// The task that it tells of.
    pub task: String,
    /// Such as `video.completed`.
    pub event: &'static str,
    /// Where to.
    pub url: String,
    /// `waiting`, `delivered` or `given_up`.
    pub state: &'static str,
    /// When it is tried next.
    pub due_ms: Option<i64>,
    /// When the event happened.
    pub created_ms: i64,
    /// When it was delivered or given up.
    pub ended_ms: Option<i64>,
    /// Its tries, the first one first.
    pub tries: Vec<Try>,
}

/// One try.
#[derive(Clone, Debug, Serialize)]
pub struct Try {
    /// When it began.
    pub at_ms: i64,
    /// How long it took.
    pub took_ms: i64,
    /// What the receiver answered.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub fault: Option<String>,
}
