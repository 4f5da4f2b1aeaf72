//! Receivers of events, and deliveries: who was told what, and every try of it.

use serde::{Deserialize, Serialize};

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

/// `GET /filmgate/v1/webhooks/deliveries`
#[derive(Clone, Debug, Serialize)]
pub struct Deliveries {
    /// The newest first.
    pub deliveries: Vec<Delivery>,
}

/// `GET /filmgate/v1/webhooks/endpoints`
#[derive(Clone, Debug, Serialize)]
pub struct Endpoints {
    /// The newest first.
    pub endpoints: Vec<Endpoint>,
}

/// A receiver of an account's own.
#[derive(Clone, Debug, Serialize)]
pub struct Endpoint {
    /// Its id.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Where deliveries go.
    pub url: String,
    /// What it is told, such as `video.completed`.
    pub events: Vec<&'static str>,
    /// When it was made, in Unix milliseconds.
    pub created_ms: i64,
    /// The end of its secret, by which people tell secrets apart.
    pub secret_hint: String,
}

/// `POST /filmgate/v1/webhooks/endpoints`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateEndpoint {
    /// What its owner calls it.
    pub name: String,
    /// Where to deliver.
    pub url: String,
    /// What it is to be told.
    pub events: Vec<String>,
}

/// A receiver with its secret, which is shown this once. Not to be printed.
#[derive(Clone, Serialize)]
pub struct CreatedEndpoint {
    /// The receiver.
    #[serde(flatten)]
    pub endpoint: Endpoint,
    /// What deliveries to it are signed with.
    pub secret: String,
}

/// `POST /filmgate/v1/webhooks/endpoints/{id}/rotate_secret`
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RotateSecret {
    /// Whether the old secret is signed with, too, for another 24 hours.
    pub keep_old: bool,
}

impl Default for RotateSecret {
    /// Who says nothing loses no delivery.
    fn default() -> Self {
        Self { keep_old: true }
    }
}

/// A receiver's new secret, which is shown this once. Not to be printed.
#[derive(Clone, Serialize)]
pub struct Rotated {
    /// What deliveries are signed with from now on.
    pub secret: String,
}

/// What a receiver answered to a test.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Tested {
    /// Its HTTP status.
    pub status: u16,
}
