//! An engine's complaint, in a reply or in a job: every shape of it as a code, a kind and words.

use serde_json::Value;

use crate::value::{text, text_or_digits};

/// What an engine says is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Complaint {
    /// A word such as `model_not_found`, or the digits of a number.
    pub code: Option<String>,
    /// `type`, such as `insufficient_quota`.
    pub kind: Option<String>,
    /// For people; empty where there are none.
    pub words: String,
}

impl Complaint {
    /// Reads the `error` of a job: null, a text (TensorRT-LLM), `{message}` (`SGLang`) or `{code, message}` with a code
    /// that is a number (vLLM-Omni) or a word (rule 4 of the reference's 4.9).
    pub(crate) fn of(error: &Value) -> Option<Self> {
        let complaint = match error {
            Value::Object(_) => Self {
                code: text_or_digits(&error["code"]),
                kind: text(&error["type"]),
                words: text(&error["message"]).unwrap_or_default(),
            },
            other => Self { words: text(other)?, ..Self::default() },
        };
        (complaint != Self::default()).then_some(complaint)
    }

    /// Reads a reply that is an error (rule 7): `error.message`, `error` as a text (`SGLang`'s 503), `detail` as a text or
    /// as `FastAPI`'s list, or `message` (TensorRT-LLM and new-api). Empty where the body is none of these, such as a
    /// proxy's HTML.
    pub fn parse(body: &[u8]) -> Self {
        let value: Value = serde_json::from_slice(body).unwrap_or_default();
        let inner = Self::of(&value["error"]).unwrap_or_default();
        let words = [inner.words, detail(&value["detail"]), text(&value["message"]).unwrap_or_default()];
        Self {
            code: inner.code.or_else(|| text_or_digits(&value["code"])),
            kind: inner.kind.or_else(|| text(&value["type"])),
            words: words.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
        }
    }
}

/// `FastAPI`'s `detail`: a text, or `[{"loc":["body","seconds"],"msg":…,"type":…}]` as `body.seconds: …`.
fn detail(value: &Value) -> String {
    let entry = |entry: &Value| {
        let words = text(&entry["msg"])?;
        let place = entry["loc"].as_array().into_iter().flatten().filter_map(text_or_digits);
        let place = place.collect::<Vec<_>>().join(".");
        Some(if place.is_empty() { words } else { format!("{place}: {words}") })
    };
    match value {
        Value::Array(entries) => entries.iter().filter_map(entry).collect::<Vec<_>>().join("; "),
        other => text(other).unwrap_or_default(),
    }
}
