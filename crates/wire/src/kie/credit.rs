//! `GET /api/v1/chat/credit`: the balance as a bare number, and amounts of credits as the wire writes them.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::kie::envelope::{Envelope, success};

/// An amount of credits, kept in thousandths so that money stays an integer.
///
/// The wire has a JSON number that always shows a decimal point: `0.0`, `30.0`, `30.5`, `5916.25`. Live it is a float
/// (L1, and `0.0` in L2), so a client that reads the live service reads floats. Where a language tells the two apart,
/// as Dart's `as double` or Elixir's `is_float` do, `30` would fail it on the day a price is a round number; and a
/// client that reads integers has failed on the live `0.0` already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Credits(i64);

impl Credits {
    /// Nothing, written `0.0`.
    pub const ZERO: Self = Self(0);

    /// From thousandths of a credit.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// In thousandths of a credit.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The body of a reply that tells this balance: `{"code":200,"msg":"success","data":79.2}`.
    pub fn encode(self) -> String {
        success(&self)
    }

    /// Reads a balance, to the nearest thousandth; integer or float (the documentation says integer, live is float).
    pub fn parse(reply: &Envelope<'_>) -> Option<Self> {
        Self::from_json(&reply.data_as()?)
    }

    /// Whether a reply tells a balance of exactly 0, and not of an amount that rounds to it.
    pub fn is_exactly_nothing(reply: &Envelope<'_>) -> bool {
        reply.data_as::<f64>() == Some(0.0)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and no balance is near 2^63 thousandths"
    )]
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        value.as_f64().map(|credits| Self((credits * 1000.0).round() as i64))
    }
}

impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The shortest text of the nearest double is the decimal itself up to 15 digits.
        serializer.serialize_f64(self.0 as f64 / 1000.0)
    }
}
