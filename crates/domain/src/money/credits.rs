//! Credits: integers of 1/1000 credit, never floating point.

use serde::{Deserialize, Serialize};

/// An amount of credits in thousandths. One credit is worth 0.005 USD at Kie (reference, 1.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Credits(pub i64);

impl Credits {
    /// No credits.
    pub const ZERO: Self = Self(0);

    /// A whole number of credits; saturates.
    pub fn whole(credits: i64) -> Self {
        Self(credits.saturating_mul(1_000))
    }

    /// Reads `30`, `0.19` or `-1.5`: at most three decimals, at most 9 digits before them.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain =
            |s: &str, most: usize| !s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
        if !plain(whole, 9) || !plain(part, 3) {
            return None;
        }
        let thousandths: i64 = format!("{part:0<3}").parse().ok()?;
        Some(Self(sign * (whole.parse::<i64>().ok()? * 1_000 + thousandths)))
    }

    /// The amount as a floating-point number, for dialects whose wire form is one.
    #[expect(clippy::cast_precision_loss, reason = "a display value; the ledger keeps the integer")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1_000.0
    }
}

impl std::fmt::Display for Credits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 1_000, self.0.unsigned_abs() % 1_000);
        if part == 0 {
            return write!(f, "{sign}{whole}");
        }
        let decimals = format!("{part:03}");
        write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_are_read_and_written_alike() {
        for text in ["0", "30", "0.19", "5916.25", "-1.5", "0.001"] {
            assert_eq!(Credits::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Credits::parse("30.50").unwrap(), Credits(30_500));
    }

    #[test]
    fn what_is_no_amount_is_not_read() {
        for text in ["", ".", "1.", ".5", "1.2345", "1e3", "+3", "--1", "12345678901", "１"] {
            assert_eq!(Credits::parse(text), None, "{text}");
        }
    }
}
