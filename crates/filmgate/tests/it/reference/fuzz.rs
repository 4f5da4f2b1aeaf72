//! Requests that nobody thought of, made from the document by schemathesis: no 5xx, and no reply that the document does not promise.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::Document;
use crate::clients::is_there;
use crate::gate::Gate;

/// Where `.ci/run` installs the packages of `tests/clients/fuzz.txt`.
const PYTHON: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/python/bin/python");
const HOW: &str = "python3 -m venv crates/filmgate/tests/clients/python, and its pip install -r crates/filmgate/tests/clients/fuzz.txt";
/// Fuzzing goes on until then.
const SECONDS: &str = "75";

#[test]
fn the_document_is_valid_and_nothing_contradicts_it() {
    if !is_there(Path::new(PYTHON), HOW) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(&folder.path().join("data"));
    let Document(mut document) = Document::of(&gate);
    let path = folder.path().join("openapi.json");
    std::fs::write(&path, document.to_string()).unwrap();
    let valid = Command::new(PYTHON).args(["-m", "openapi_spec_validator"]).arg(&path).output().unwrap();
    assert!(
        valid.status.success(),
        "{}{}",
        String::from_utf8_lossy(&valid.stdout),
        String::from_utf8_lossy(&valid.stderr)
    );

    stay_here(&mut document);
    std::fs::write(&path, document.to_string()).unwrap();
    let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance";
    let fuzzed = Command::new(PYTHON)
        .args(["-m", "schemathesis.cli", "run"])
        .arg(&path)
        .args(["--url", &format!("http://{}", gate.address), "--checks", checks, "--max-time", SECONDS])
        .args([
            "--phases",
            "examples,coverage,fuzzing",
            "--seed",
            "1",
            // Python 3.11's parser, by which hypothesis reads lambdas, fails by chance when two threads parse at once.
            "--workers",
            "1",
            "--no-color",
            "--warnings",
            "off",
        ])
        .args(["-H", "Authorization: Bearer fuzz", "--request-timeout", "20"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&fuzzed.stdout);
    assert!(fuzzed.status.success(), "{said}{}", String::from_utf8_lossy(&fuzzed.stderr));
}

/// No test calls anybody outside of this machine, so links that clients give lead to a port where nobody listens; and nobody asks for
/// a dropped connection or for 503, which are what the scenarios of that name are there for.
fn stay_here(document: &mut Value) {
    let scenarios = document
        .pointer_mut("/components/parameters/Scenario/schema/enum")
        .and_then(Value::as_array_mut)
        .unwrap();
    scenarios.retain(|name| !["lost-reply", "maintenance", "paused"].iter().any(|other| name == other));
    let mut asked = Vec::new();
    for operation in document["paths"]
        .as_object_mut()
        .unwrap()
        .values_mut()
        .flat_map(|all| all.as_object_mut().unwrap().values_mut())
    {
        if let Some(body) = operation.get_mut("requestBody") {
            dead_end(body, &mut asked);
        }
    }
    while let Some(name) = asked.pop() {
        dead_end(document.pointer_mut(name.trim_start_matches('#')).unwrap(), &mut asked);
    }
}

/// Puts an address of nobody wherever a link is asked for, and notes what else is referred to.
fn dead_end(value: &mut Value, asked: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("format").is_some_and(|format| format == "uri") {
                fields.remove("format");
                fields.insert("enum".to_owned(), json!(["http://127.0.0.1:9/nothing.png"]));
            }
            asked.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values_mut().for_each(|value| dead_end(value, asked));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| dead_end(value, asked)),
        _ => {}
    }
}
