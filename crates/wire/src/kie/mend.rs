//! What real clients write in place of the right value or name (7.1, 7.2), taken for what it means where that is certain.

use serde::Deserialize;
use serde_json::Value;

use crate::kie::field::{Field, FieldValue, Kind, Shot};

/// A value that is not of its field's type. `None` where nobody knows what it means, `Some(None)` where it means nothing.
#[expect(clippy::option_option, reason = "no meaning and the meaning of nothing are two answers")]
pub(crate) fn mend(kind: Kind, json: &str) -> Option<Option<FieldValue>> {
    let value: Value = serde_json::from_str(json).ok()?;
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        return Some(None);
    }
    match kind {
        Kind::Text => None,
        Kind::SecondsText => integer(&value).map(|seconds| Some(FieldValue::Text(seconds.to_string()))),
        Kind::Integer => integer(&value).map(|number| Some(FieldValue::Integer(number))),
        Kind::Flag => flag(&value).map(|flag| Some(FieldValue::Flag(flag))),
        Kind::Texts => texts(&value),
        Kind::Shots => Vec::<LenientShot>::deserialize(value).ok().and_then(shots).map(Some),
    }
}

/// A number without a fraction, or its digits.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::String(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
        Value::Number(number) if number.as_i64() == Some(1) => Some(true),
        Value::Number(number) if number.as_i64() == Some(0) => Some(false),
        _ => None,
    }
}

/// One link in place of a list of one; a list of empty texts in place of none. A list with an empty text among links has no
/// certain meaning: to drop it would make the last frame the first one.
#[expect(clippy::option_option, reason = "no meaning and the meaning of nothing are two answers")]
fn texts(value: &Value) -> Option<Option<FieldValue>> {
    match value {
        Value::String(text) => Some(Some(FieldValue::Texts(vec![text.trim().to_owned()]))),
        Value::Array(items) => {
            let is_nothing = |item: &Value| item.is_null() || item.as_str() == Some("");
            items.iter().all(is_nothing).then_some(None)
        }
        _ => None,
    }
}

/// A scene with a small s, and a length that is text.
#[derive(Deserialize)]
struct LenientShot {
    #[serde(rename = "Scene", alias = "scene")]
    scene: String,
    duration: Value,
}

fn shots(shots: Vec<LenientShot>) -> Option<FieldValue> {
    let shot = |LenientShot { scene, duration }| {
        let duration = duration.as_f64().or_else(|| duration.as_str()?.trim().parse().ok());
        let duration = duration.filter(|seconds| seconds.is_finite())?;
        Some(Shot { scene, duration })
    };
    shots.into_iter().map(shot).collect::<Option<_>>().map(FieldValue::Shots)
}

/// Another spelling of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alias {
    pub(crate) field: Field,
    /// As the client wrote it.
    pub(crate) spelt: &'static str,
    /// Ends the sentence "`spelt` must be …", for strict readings.
    pub(crate) expected: &'static str,
}

/// Spellings that were seen (7.1, 3.2), and those of the other form. `seed` is none of `seeds`: the service ignores it (C), and its
/// range is another one.
const JOBS: [Alias; 8] = [
    alias(Field::ImageUrls, "image_url", "spelt image_urls, an array of strings"),
    alias(Field::ImageUrls, "imageUrl", "spelt image_urls, an array of strings"),
    alias(Field::ImageUrls, "imageUrls", "spelt image_urls"),
    alias(Field::Size, "quality", "spelt size, and standard or high"),
    alias(Field::AspectRatio, "aspectRatio", "spelt aspect_ratio"),
    alias(Field::GenerationType, "generationType", "spelt generation_type"),
    alias(Field::EnableTranslation, "enableTranslation", "spelt enable_translation"),
    alias(Field::EnableFallback, "enableFallback", "spelt enable_fallback"),
];

/// The flat form takes the other form's spellings anyway.
const VEO: [Alias; 2] = [
    alias(Field::ImageUrls, "image_url", "spelt imageUrls, an array of strings"),
    alias(Field::ImageUrls, "imageUrl", "spelt imageUrls, an array of strings"),
];

const fn alias(field: Field, spelt: &'static str, expected: &'static str) -> Alias {
    Alias { field, spelt, expected }
}

impl Alias {
    pub(crate) fn in_jobs(name: &str) -> Option<Self> {
        JOBS.into_iter().find(|alias| alias.spelt == name)
    }

    pub(crate) fn in_veo(name: &str) -> Option<Self> {
        VEO.into_iter().find(|alias| alias.spelt == name)
    }
}

/// `landscape` or `portrait`, as Sora's cards spell a shape, for a ratio or a size such as `16:9`, `9/16` or `1280x720` (3.2).
/// `None` for a square and for any other word, which no card of Sora has. Who knows the card decides whether to ask this.
pub fn sora_aspect(given: &str) -> Option<&'static str> {
    let (width, height) = given.trim().split_once([':', 'x', 'X', '*', '/'])?;
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| *side > 0);
    match side(width)?.cmp(&side(height)?) {
        std::cmp::Ordering::Greater => Some("landscape"),
        std::cmp::Ordering::Less => Some("portrait"),
        std::cmp::Ordering::Equal => None,
    }
}

/// `16:9` or `9:16`, as Veo's cards spell a shape, for Sora's word or a size in pixels of exactly that ratio, and `Auto` in any
/// case. `None` for what is right already and for what no card of Veo has, such as `1:1`.
pub fn veo_aspect(given: &str) -> Option<&'static str> {
    match given.trim().to_ascii_lowercase().as_str() {
        "landscape" => return Some("16:9"),
        "portrait" => return Some("9:16"),
        "auto" => return Some("Auto"),
        _ => {}
    }
    let (width, height) = given.trim().split_once(['x', 'X', '*', '/'])?;
    let side = |text: &str| text.trim().parse::<u32>().ok().filter(|side| *side > 0).map(u64::from);
    let (width, height) = (side(width)?, side(height)?);
    match () {
        () if width * 9 == height * 16 => Some("16:9"),
        () if width * 16 == height * 9 => Some("9:16"),
        () => None,
    }
}
