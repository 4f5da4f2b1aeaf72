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

/// `2026-08-06T07:37:57.000Z`, as `JavaScript` writes a time, from Unix milliseconds.
pub(crate) fn iso_8601(unix_ms: i64) -> String {
    const DAY_MS: i64 = 86_400_000;
    let (day, ms) = (unix_ms.div_euclid(DAY_MS), unix_ms.rem_euclid(DAY_MS));
    // Days are counted from 1 March of the year 0, so that a leap day is the last of its year (Howard Hinnant's civil_from_days).
    let day = day + 719_468;
    let (era, day_of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1000)
}
