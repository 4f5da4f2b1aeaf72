//! The fields of a schema as a list: name, type, values, default, what they are for.

use maud::{Markup, html};
use serde_json::Value;

use super::{Book, prose};

/// Objects within objects are shown to this depth.
const DEPTH_MAX: usize = 4;

/// The fields of an object that clients send, with those of objects in it.
pub(super) fn fields(book: Book<'_>, schema: &Value) -> Markup {
    list(book, schema, Side::Asked)
}

/// The fields of an answer. What is around every answer of Kie's dialect is told once, at the head of its page.
pub(super) fn answered(book: Book<'_>, schema: &Value) -> Markup {
    let properties = &schema["properties"];
    let is_envelope = ["code", "msg", "data"].iter().all(|name| properties[name].is_object());
    list(
        book,
        if is_envelope && properties["success"].is_null() { &properties["data"] } else { schema },
        Side::Answered,
    )
}

/// Whose fields are listed: in an answer all are there unless it is said, in a request none must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Asked,
    Answered,
}

fn list(book: Book<'_>, schema: &Value, side: Side) -> Markup {
    let mut rows = Vec::new();
    collect((book, side), schema, (String::new(), 0), &mut rows);
    html! {
        @if !rows.is_empty() {
            dl.fields { @for row in &rows { (row) } }
        }
    }
}

/// A name that is described on the first page, once for all operations.
pub(super) fn term(kind: &str, name: &str) -> Markup {
    html! { a.term href=(format!("/docs#{kind}-{name}")) { code { (name) } } }
}

/// One named thing: a field, a parameter, a header.
pub(super) fn entry(book: Book<'_>, name: &str, schema: &Value, (is_required, says): (bool, &str)) -> Markup {
    row(book, (name, schema), (is_required.then_some("required"), says))
}

fn row(book: Book<'_>, (name, schema): (&str, &Value), (mark, says): (Option<&str>, &str)) -> Markup {
    let schema = book.resolve(schema);
    html! {
        dt {
            code.name { (name) }
            span.type { (kind(book, schema)) }
            @if let Some(mark) = mark { span class=(mark) { (mark) } }
            @if let Some(default) = schema.get("default").filter(|default| !default.is_null()) {
                span.default { "default " code { (plain(default)) } }
            }
        }
        dd {
            @if !says.is_empty() { p { (prose::line(says)) } }
            (limits(schema))
        }
    }
}

fn collect(
    (book, side): (Book<'_>, Side),
    schema: &Value,
    (prefix, depth): (String, usize),
    rows: &mut Vec<Markup>,
) {
    let schema = book.resolve(schema);
    let required =
        |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    for name in order(schema) {
        let inner = book.resolve(&schema["properties"][name]);
        let says = inner["description"].as_str().unwrap_or_default();
        let path = format!("{prefix}{name}");
        let mark = match (side, required(name)) {
            (Side::Asked, true) => Some("required"),
            (Side::Answered, false) => Some("optional"),
            _ => None,
        };
        rows.push(row(book, (&path, inner), (mark, says)));
        if depth < DEPTH_MAX {
            collect((book, side), inner, (format!("{path}."), depth + 1), rows);
            collect((book, side), &inner["items"], (format!("{path}[]."), depth + 1), rows);
        }
    }
}

/// The names of the fields in the order that the document gives them.
fn order(schema: &Value) -> Vec<&str> {
    let given = schema["x-order"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut names: Vec<&str> = given.collect();
    let all = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let rest: Vec<&str> = all.filter(|name| !names.contains(name)).collect();
    names.extend(rest);
    names
}

/// The type in words.
fn kind(book: Book<'_>, schema: &Value) -> String {
    let word = |kind: &Value| kind.as_str().unwrap_or_default().to_owned();
    let base = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().map(word).collect::<Vec<_>>().join(" or "),
        Value::String(kind) => kind.clone(),
        _ => "any".to_owned(),
    };
    match base.strip_prefix("array") {
        Some(rest) => format!("{}[]{rest}", kind(book, book.resolve(&schema["items"]))),
        None => match schema["format"].as_str() {
            Some(format) => format!("{base} ({format})"),
            None => base,
        },
    }
}

/// The values and limits, in a line.
fn limits(schema: &Value) -> Markup {
    let number = |name: &str| schema.get(name).map(plain);
    let range = |low: &str, high: &str, what: &str| match (number(low), number(high)) {
        (Some(low), Some(high)) if low == high => Some(format!("exactly {low}{what}")),
        (Some(low), Some(high)) if low != "0" => Some(format!("{low} to {high}{what}")),
        (_, Some(high)) if what.is_empty() => Some(format!("0 to {high}")),
        (_, Some(high)) => Some(format!("at most {high}{what}")),
        (Some(low), None) if low != "0" => Some(format!("at least {low}{what}")),
        _ => None,
    };
    let said = [
        range("minLength", "maxLength", " characters"),
        range("minimum", "maximum", ""),
        range("minItems", "maxItems", " items"),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let constant = schema.get("const").into_iter();
    let values: Vec<&Value> = schema["enum"].as_array().into_iter().flatten().chain(constant).collect();
    html! {
        @if !values.is_empty() {
            p.values { @for value in values { code { (plain(value)) } " " } }
        }
        @if !said.is_empty() { p.limits { (said.join(", ")) } }
    }
}

/// A value as people write it.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
