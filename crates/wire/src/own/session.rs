//! A browser's session.

use serde::{Deserialize, Serialize};

/// `POST /filmgate/v1/session`: the key that becomes a session.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enter {
    /// The bearer key.
    pub key: String,
}

/// A session, as its page sees it: everything but its secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    /// The account's name.
    pub account: String,
    /// What requests that change something carry as `X-Filmgate-CSRF`.
    pub csrf: String,
    /// Whether this is the emulator.
    pub is_dev: bool,
    /// The emulator's own bearer key, which is no secret.
    pub sandbox_key: Option<String>,
    /// What result links and examples begin with.
    pub base_url: String,
    /// The server's version.
    pub version: &'static str,
    /// What the account can spend, in credits.
    pub available: f64,
}
