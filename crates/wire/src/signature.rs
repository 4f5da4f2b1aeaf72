//! Signatures of webhooks: Kie's, which covers the task and the time, and Standard Webhooks', which covers the body too.
//!
//! Both are HMAC-SHA256 in base64, and both are sent side by side: neither's headers disturb the other's receivers. Secrets are
//! compared without early exit.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::escape::parse_base64;

/// Kie's header of the time, in Unix **seconds** (D26a).
pub const KIE_TIMESTAMP: &str = "X-Webhook-Timestamp";
/// Kie's header of the signature (D26a).
pub const KIE_SIGNATURE: &str = "X-Webhook-Signature";
/// Standard Webhooks' header of the message; it stays the same over retries and holds no `.` (the specification).
pub const WEBHOOK_ID: &str = "webhook-id";
/// Standard Webhooks' header of the time of this very try, in Unix seconds.
pub const WEBHOOK_TIMESTAMP: &str = "webhook-timestamp";
/// Standard Webhooks' header of the signatures: `v1,<base64>`, several of them separated by blanks.
pub const WEBHOOK_SIGNATURE: &str = "webhook-signature";

/// How far a receiver lets the time be off: 300 seconds in the SDKs of OpenAI and Standard Webhooks (V).
pub const TOLERANCE_S: i64 = 300;

/// Why a signature is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// The time is no number of seconds.
    Timestamp,
    /// The time is further in the past than the tolerance.
    TooOld,
    /// The time is further in the future than the tolerance.
    TooNew,
    /// No signature is that of these bytes under any of the secrets.
    Signature,
}

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Timestamp => "the timestamp is not a number of seconds",
            Self::TooOld => "the timestamp is too old",
            Self::TooNew => "the timestamp is in the future",
            Self::Signature => "no signature matches",
        })
    }
}

/// When something is verified, in Unix seconds, and how far its time may be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The receiver's time.
    pub unix_s: i64,
    /// Such as [`TOLERANCE_S`].
    pub tolerance_s: i64,
}

impl Now {
    /// This time with the usual tolerance.
    pub const fn at(unix_s: i64) -> Self {
        Self { unix_s, tolerance_s: TOLERANCE_S }
    }

    fn allows(self, timestamp: &str) -> Result<i64, Invalid> {
        let timestamp_s: i64 = timestamp.trim().parse().map_err(|_| Invalid::Timestamp)?;
        let age_s = self.unix_s.saturating_sub(timestamp_s);
        match () {
            () if age_s > self.tolerance_s => Err(Invalid::TooOld),
            () if age_s < -self.tolerance_s => Err(Invalid::TooNew),
            () => Ok(timestamp_s),
        }
    }
}

/// Kie's signature: base64 of HMAC-SHA256 over `<taskId>.<timestamp>`, under the secret as its own bytes (D26a). The body
/// is not covered, so who gets it reads the record before it trusts the links.
pub fn sign_kie(secret: &str, task_id: &str, timestamp_s: i64) -> String {
    STANDARD.encode(kie_mac(secret, task_id, timestamp_s).finalize().into_bytes())
}

/// Verifies Kie's two headers against any of the secrets; the task is what [`called_back`](crate::kie::called_back) finds
/// in the body.
///
/// # Errors
///
/// See [`Invalid`].
pub fn verify_kie(
    secrets: &[&str],
    task_id: &str,
    timestamp: &str,
    signature: &str,
    now: Now,
) -> Result<(), Invalid> {
    let timestamp_s = now.allows(timestamp)?;
    let given = STANDARD.decode(signature.trim()).map_err(|_| Invalid::Signature)?;
    let is_valid = |secret: &&str| kie_mac(secret, task_id, timestamp_s).verify_slice(&given).is_ok();
    secrets.iter().any(is_valid).then_some(()).ok_or(Invalid::Signature)
}

fn kie_mac(secret: &str, task_id: &str, timestamp_s: i64) -> Hmac<Sha256> {
    mac(secret.as_bytes(), &[format!("{task_id}.{timestamp_s}").as_bytes()])
}

/// The value of [`WEBHOOK_SIGNATURE`]: one `v1,<base64>` for each secret, so that a receiver with the old secret and one with
/// the new one both verify it while a secret is rotated. The MAC covers `<id>.<timestamp>.<body>` (V, 7.4).
pub fn sign(secrets: &[&str], id: &str, timestamp_s: i64, body: &[u8]) -> String {
    let sign_one = |secret: &&str| {
        format!("v1,{}", STANDARD.encode(standard_mac(secret, id, timestamp_s, body).finalize().into_bytes()))
    };
    secrets.iter().map(sign_one).collect::<Vec<_>>().join(" ")
}

/// A delivery as its receiver has it: the three headers of Standard Webhooks and the raw body.
#[derive(Clone, Copy, Debug)]
pub struct Delivered<'a> {
    /// [`WEBHOOK_ID`].
    pub id: &'a str,
    /// [`WEBHOOK_TIMESTAMP`].
    pub timestamp: &'a str,
    /// [`WEBHOOK_SIGNATURE`].
    pub signatures: &'a str,
    /// Every byte of it.
    pub body: &'a [u8],
}

/// Verifies a delivery: one of its `v1` signatures is right under one of the secrets. Other versions are skipped.
///
/// # Errors
///
/// See [`Invalid`].
pub fn verify(secrets: &[&str], delivered: Delivered<'_>, now: Now) -> Result<(), Invalid> {
    let Delivered { id, timestamp, signatures, body } = delivered;
    let timestamp_s = now.allows(timestamp)?;
    let given =
        signatures.split_ascii_whitespace().filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
    let is_valid = |given: Vec<u8>| {
        secrets.iter().any(|secret| standard_mac(secret, id, timestamp_s, body).verify_slice(&given).is_ok())
    };
    given.into_iter().any(is_valid).then_some(()).ok_or(Invalid::Signature)
}

/// `whsec_` and the base64 of the key, as the SDKs take it. Standard Webhooks wants 24 to 64 bytes, chosen at random.
pub fn secret_text(key: &[u8]) -> String {
    format!("whsec_{}", STANDARD.encode(key))
}

/// The key is what the base64 after `whsec_` says; a secret of another form is its own bytes (V: both SDKs of OpenAI).
fn standard_mac(secret: &str, id: &str, timestamp_s: i64, body: &[u8]) -> Hmac<Sha256> {
    let decoded = secret.strip_prefix("whsec_").and_then(parse_base64);
    let key = decoded.as_deref().unwrap_or(secret.as_bytes());
    mac(key, &[format!("{id}.{timestamp_s}.").as_bytes(), body])
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length (RFC 2104)")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac
}
