//! JSON as all dialects write and read it: compact text out, and values in whatever type a sender chose.

use serde::Serialize;
use serde_json::Value;

/// Compact JSON text of one of this crate's own types.
#[expect(
    clippy::expect_used,
    reason = "writing to memory cannot fail, and no type of this crate has a map whose keys are not strings"
)]
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value)
        .expect("strings, numbers, flags, lists and string-keyed maps have a JSON form")
}

/// A string that says something; `""` is how the documentation writes "none" (D26a).
pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A string that says something, or the digits of an integer in its place.
pub(crate) fn text_or_digits(value: &Value) -> Option<String> {
    text(value).or_else(|| value.as_i64().map(|number| number.to_string()))
}

/// What `read` finds in the entries of a list, without those in which it finds nothing; `None` where there is no list.
pub(crate) fn texts_of(value: &Value, read: impl Fn(&Value) -> Option<String>) -> Option<Vec<String>> {
    Some(value.as_array()?.iter().filter_map(read).collect())
}

/// The strings of a list; empty where there is no list.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    texts_of(value, text).unwrap_or_default()
}
