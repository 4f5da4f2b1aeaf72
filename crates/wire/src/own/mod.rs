//! filmgate's own API under `/filmgate/v1`: what its pages, its tools and other filmgates read.

pub mod credits;
pub mod key;
pub mod model;
pub mod quote;
pub mod refused;
pub mod session;
pub mod task;
pub mod upload;
pub mod webhook;

use serde::{Deserialize, Serialize};

use crate::value::json;

/// Where a filmgate says what it is (ours).
pub const IDENTITY: &str = "/filmgate/v1";

#[derive(Serialize, Deserialize)]
struct Identity {
    filmgate: String,
}

/// `{"filmgate":"0.1.0"}`: what is answered there.
pub fn encode_identity(version: &str) -> String {
    json(&Identity { filmgate: version.to_owned() })
}

/// The version that such an answer names; `None` for any other body.
pub fn parse_identity(body: &[u8]) -> Option<String> {
    serde_json::from_slice::<Identity>(body).ok().map(|identity| identity.filmgate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_read_as_it_was_written_and_nothing_else_is_one() {
        assert_eq!(parse_identity(encode_identity("0.1.0").as_bytes()).as_deref(), Some("0.1.0"));
        for body in ["", "{}", "[]", "filmgate", r#"{"filmgate":1}"#, "<html>"] {
            assert_eq!(parse_identity(body.as_bytes()), None, "{body}");
        }
    }
}
