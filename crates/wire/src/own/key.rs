//! An account's keys.

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// `GET /filmgate/v1/keys`
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keys {
    /// Oldest first.
    pub keys: Vec<Key>,
}

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Key {
    /// Its public part.
    pub id: String,
    /// When it was made, in Unix milliseconds.
    pub created_ms: i64,
    /// When it was revoked, if it was.
    pub revoked_ms: Option<i64>,
    /// The only models that it may ask for.
    pub models: Option<Vec<String>>,
    /// How many credits it may spend in all.
    pub credits_max: Option<f64>,
    /// What its tasks hold or have cost; null where it is not counted, which is where nothing limits it.
    pub credits_taken: Option<f64>,
    /// Whether this very request came with it, or with a session of it.
    pub is_this_session: bool,
}

/// `POST /filmgate/v1/keys`. Whatever else is in it is refused: a limit that is misspelt would be none.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateKey {
    /// The only models that it may ask for.
    pub models: Option<Vec<String>>,
    /// How many credits it may spend in all.
    pub credits_max: Option<Number>,
}

/// A new key. Not to be printed: it holds a secret.
#[derive(Clone, Serialize)]
pub struct Created {
    /// Its public part.
    pub id: String,
    /// The whole key, shown this once.
    pub key: String,
}
