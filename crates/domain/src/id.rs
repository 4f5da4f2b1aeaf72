//! Task ids: 32 hex digits that begin with their time, so that database inserts stay local.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A task's id: 6 bytes of milliseconds, then 10 random bytes; written as 32 lower-case hex digits.
///
/// Ids are time-ordered and therefore not secret; film links hold random bits of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TaskId(pub [u8; 16]);

impl TaskId {
    /// Makes an id from the moment of creation and random bits; the upper 48 bits of `random` are not used.
    pub fn new(now: Timestamp, random: u128) -> Self {
        let time = (u128::from(now.0.max(0).unsigned_abs()) & 0xFFFF_FFFF_FFFF) << 80;
        Self((time | (random & ((1 << 80) - 1))).to_be_bytes())
    }

    /// Reads 32 hex digits; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(text, 16).ok().map(|n| Self(n.to_be_bytes()))
    }
}

impl From<TaskId> for String {
    fn from(id: TaskId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for TaskId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("\"{text}\" is no task id"))
    }
}

impl std::fmt::Display for TaskId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_32_hex_digits_in_order_of_time() {
        let early = TaskId::new(Timestamp(1_795_305_600_000), u128::MAX);
        let late = TaskId::new(Timestamp(1_795_305_600_001), 0);
        assert!(early.to_string() < late.to_string() && early < late);
        assert_eq!(early.to_string().len(), 32);
        assert_eq!(TaskId::parse(&early.to_string()), Some(early));
    }

    #[test]
    fn what_is_no_id_is_not_read() {
        for text in ["", "xyz", "+1795305600000179530560000017953", &"f".repeat(33)] {
            assert_eq!(TaskId::parse(text), None);
        }
    }
}
