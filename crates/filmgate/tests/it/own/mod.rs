//! filmgate's own API as pages and programs see it.

mod batches;
mod credits;
mod follow;
mod keys;
mod quote;
mod session;
mod tasks;
mod uploads;
mod webhooks;

use std::path::Path;

use serde_json::{Value, json};

use crate::gate::{Gate, Reply, filmgate, printed};
use crate::reference::Document;

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

/// A server whose every reply is held against its own document.
struct Here {
    gate: Gate,
    document: Document,
}

impl Here {
    fn new(gate: Gate) -> Self {
        let document = Document::of(&gate);
        Self { gate, document }
    }

    /// An emulator that makes no films.
    fn idle(folder: &Path) -> Self {
        Self::new(Gate::idle(folder))
    }

    /// No emulator: whoever calls needs a key that the operator has made. It makes no films.
    fn with_keys(folder: &Path) -> Self {
        let mut serve = filmgate();
        serve.env("FILMGATE_ROUTES_DEFAULT", "studio").env("FILMGATE_STUDIO_RENDERS", "0");
        Self::new(Gate::start(
            serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.join("data")),
        ))
    }

    fn call(&self, (method, path): (&str, &str), headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let reply = self.gate.call(&method.to_uppercase(), path, headers, body);
        self.document.check_call((method, path), &reply);
        reply
    }

    /// With a key, and a body in JSON unless it is null.
    fn ask(&self, key: &str, operation: (&str, &str), body: &Value) -> Reply {
        let bearer = format!("Bearer {key}");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.call(operation, &[("Authorization", &bearer), JSON], body.as_bytes())
    }

    /// The same, which must be refused with this status and code.
    fn refused(&self, key: &str, operation: (&str, &str), body: &Value, expected: (u16, &str)) {
        let reply = self.ask(key, operation, body);
        let error = &reply.json()["error"];
        let found = (reply.status, error["code"].as_str().unwrap_or_default());
        assert_eq!(found, expected, "{operation:?} {body}: {error}");
    }
}

/// Makes a key of an account with the operator's command.
fn key(folder: &Path, account: &str) -> String {
    let made: Value = serde_json::from_str(&printed(folder, &["keys", "create", account, "--json"])).unwrap();
    made["key"].as_str().unwrap().to_owned()
}
