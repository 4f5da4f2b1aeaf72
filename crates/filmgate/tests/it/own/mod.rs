//! filmgate's own API as pages and programs see it.

mod follow;
mod quote;
mod tasks;

use serde_json::{Value, json};

use crate::gate::{Gate, Reply};

pub(super) const KEY: (&str, &str) = ("Authorization", "Bearer test");
const JSON: (&str, &str) = ("Content-Type", "application/json");

pub(super) fn post(gate: &Gate, path: &str, body: &Value) -> Reply {
    gate.call("POST", path, &[KEY, JSON], body.to_string().as_bytes())
}

pub(super) fn get(gate: &Gate, path: &str) -> Reply {
    gate.call("GET", path, &[KEY], b"")
}

/// The quickest film there is.
pub(super) fn short() -> Value {
    json!({"model": "veo3_fast", "input": {"prompt": "A red boat at sea", "seconds": 4}})
}

/// Creates a task and returns its id.
pub(super) fn create(gate: &Gate, ask: &Value) -> String {
    let reply = post(gate, "/filmgate/v1/tasks", ask);
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.json()["id"].as_str().unwrap().to_owned()
}

pub(super) fn task(gate: &Gate, id: &str) -> Value {
    get(gate, &format!("/filmgate/v1/tasks/{id}")).json()
}
