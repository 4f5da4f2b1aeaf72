//! Sentences of the document as HTML: paragraphs, `code`, **bold**, and JSON in colours.

use maud::{Markup, html};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Keys that come first where people read; the others follow by name.
const FIRST: [&str; 12] = [
    "success", "code", "msg", "data", "id", "object", "taskId", "recordId", "model", "state", "prompt",
    "name",
];

/// A value whose keys come in an order for people.
pub(super) struct Ordered<'a>(pub(super) &'a Value);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().collect();
                let rank = |name: &str| FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
                fields.sort_by_key(|(name, _)| rank(name));
                serializer.collect_map(fields.into_iter().map(|(name, value)| (name, Ordered(value))))
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Ordered)),
            other => other.serialize(serializer),
        }
    }
}

/// Paragraphs that empty lines divide.
pub(super) fn paragraphs(text: &str) -> Markup {
    html! {
        @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            p { (line(paragraph)) }
        }
    }
}

/// One line with `code` and **bold** in it.
pub(super) fn line(text: &str) -> Markup {
    html! {
        @for (number, part) in text.split('`').enumerate() {
            @if number % 2 == 1 { code { (part) } }
            @else {
                @for (number, part) in part.split("**").enumerate() {
                    @if number % 2 == 1 { strong { (part) } } @else { (part) }
                }
            }
        }
    }
}

/// A value on several lines, its keys and texts in colours.
pub(super) fn json(value: &Value) -> Markup {
    let text = serde_json::to_string_pretty(&Ordered(value)).unwrap_or_default();
    html! {
        pre.json {
            code {
                @for (number, line) in text.lines().enumerate() {
                    @if number > 0 { "\n" }
                    (coloured(line))
                }
            }
        }
    }
}

/// A line of a pretty JSON text: indentation, perhaps a key, a value.
fn coloured(line: &str) -> Markup {
    let indent = line.len() - line.trim_start().len();
    let (space, rest) = line.split_at(indent);
    let key = rest.split_once("\": ").filter(|_| rest.starts_with('"'));
    html! {
        (space)
        @if let Some((key, value)) = key {
            span.k { (key) "\"" } ": " (scalar(value))
        } @else { (scalar(rest)) }
    }
}

fn scalar(text: &str) -> Markup {
    let (bare, comma) = text.strip_suffix(',').map_or((text, ""), |bare| (bare, ","));
    html! {
        @if bare.starts_with('"') { span.s { (bare) } }
        @else if bare.starts_with(['{', '}', '[', ']']) { (bare) }
        @else { span.n { (bare) } }
        (comma)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sentence_says_is_escaped_and_marked() {
        let text = line("a `<b>` and **c** & d").into_string();
        assert_eq!(text, "a <code>&lt;b&gt;</code> and <strong>c</strong> &amp; d");
    }

    #[test]
    fn json_is_coloured_by_lines() {
        let text = json(&serde_json::json!({"a": "x: \"y\"", "b": [1]})).into_string();
        assert!(text.contains("<span class=\"k\">&quot;a&quot;</span>: <span class=\"s\">"), "{text}");
        assert!(text.contains("<span class=\"n\">1</span>"), "{text}");
    }
}
