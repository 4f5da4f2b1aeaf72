//! Small pieces of JSON Schema.

use serde_json::{Map, Value, json};

/// A schema that is described once for all.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

/// A text with what it says.
pub(super) fn says(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

/// An address.
pub(super) fn link(description: &str) -> Value {
    json!({"type": "string", "format": "uri", "description": description})
}

pub(super) fn links(description: &str) -> Value {
    json!({"type": "array", "items": {"type": "string", "format": "uri"}, "description": description})
}

pub(super) fn whole(description: &str) -> Value {
    json!({"type": "integer", "description": description})
}

pub(super) fn number(description: &str) -> Value {
    json!({"type": "number", "description": description})
}

pub(super) fn flag(description: &str) -> Value {
    json!({"type": "boolean", "description": description})
}

/// One text of several.
pub(super) fn one_of(words: &[&str], description: &str) -> Value {
    json!({"type": "string", "enum": words, "description": description})
}

/// The same or null.
pub(super) fn or_null(mut schema: Value) -> Value {
    let kind = schema["type"].take();
    schema["type"] = json!([kind, "null"]);
    if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        words.push(Value::Null);
    }
    schema
}

/// A list of these.
pub(super) fn list(items: Value) -> Value {
    let mut list = json!({"type": "array"});
    list["items"] = items;
    list
}

/// An object with these fields, of which those whose name ends in `?` may be absent.
pub(super) fn object(fields: &[(&str, Value)]) -> Value {
    let required: Vec<&str> =
        fields.iter().map(|(name, _)| *name).filter(|name| !name.ends_with('?')).collect();
    let properties: Map<String, Value> =
        fields.iter().map(|(name, schema)| (name.trim_end_matches('?').to_owned(), schema.clone())).collect();
    // Objects are sorted by name, so their order for people goes beside.
    let order: Vec<&str> = fields.iter().map(|(name, _)| name.trim_end_matches('?')).collect();
    let mut schema = json!({"type": "object", "properties": properties, "x-order": order});
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// The same with a sentence about it.
pub(super) fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = description.into();
    schema
}
