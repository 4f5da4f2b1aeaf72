//! The document at `/openapi.json` and the pages at `/docs`, held against the running server.

mod fuzz;
mod pages;
mod replies;
mod videos;

use serde_json::Value;

use crate::gate::{Gate, Reply};

/// The document as the server shows it.
pub(crate) struct Document(Value);

impl Document {
    pub(crate) fn of(gate: &Gate) -> Self {
        let reply = gate.call("GET", "/openapi.json", &[], b"");
        assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json")));
        Self(reply.json())
    }

    /// What keeps a reply from being what the document promises for this operation: its status, its type, its shape. Objects are
    /// closed for this, so that a key which the document does not know is a fault, too.
    fn faults(&self, (method, path): (&str, &str), reply: &Reply) -> Vec<String> {
        let operation = &self.0["paths"][path][method];
        assert!(operation.is_object(), "the document has no {method} {path}");
        let Some(promised) = operation["responses"].get(reply.status.to_string()) else {
            return vec![format!("{path}: nothing is said of status {}", reply.status)];
        };
        if promised.get("content").is_none() && reply.body.is_empty() {
            return vec![];
        }
        let kind = reply.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
        let Some(content) = promised["content"].get(kind) else {
            return vec![format!("{path}: {} is not promised to be {kind:?}", reply.status)];
        };
        if kind != "application/json" {
            return vec![];
        }
        let mut schema = content["schema"].clone();
        schema["components"] = self.0["components"].clone();
        close(&mut schema);
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let json = reply.json();
        let faults = validator.iter_errors(&json);
        faults
            .map(|fault| format!("{path}: {fault} at {}: {}", fault.instance_path(), reply.text()))
            .collect()
    }

    /// Holds the reply of a call against the operation that it was a call of.
    pub(crate) fn check_call(&self, (method, path): (&str, &str), reply: &Reply) {
        let path = path.split('?').next().unwrap_or_default();
        let fits = |known: &&String| {
            let (known, given): (Vec<_>, Vec<_>) = (known.split('/').collect(), path.split('/').collect());
            known.len() == given.len()
                && known.iter().zip(given).all(|(known, given)| known.starts_with('{') || *known == given)
        };
        let paths = self.0["paths"].as_object().unwrap();
        // What is written out comes before what may be anything.
        let known = paths.keys().filter(fits).min_by_key(|known| known.matches('{').count());
        self.check((method, known.unwrap_or_else(|| panic!("the document has no {path}"))), reply);
    }

    fn check(&self, operation: (&str, &str), reply: &Reply) {
        let faults = self.faults(operation, reply);
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// Lets no object have other keys than those that are named.
fn close(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.get("properties").is_some_and(Value::is_object) {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}
