//! Pictures that clients give.

use serde::{Deserialize, Serialize};

/// `POST /filmgate/v1/uploads` in JSON: a picture behind an address.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FetchUpload {
    /// Where it is.
    pub url: String,
}

/// A picture that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Upload {
    /// Its link, which works as an item of `pictures`.
    pub url: String,
    /// What it is by its first bytes.
    pub mime: String,
    /// Its size.
    pub bytes: u64,
    /// In pixels, as it is shown.
    pub width: u32,
    /// In pixels, as it is shown.
    pub height: u32,
    /// Until when its link works, in Unix milliseconds.
    pub expires_ms: i64,
}
