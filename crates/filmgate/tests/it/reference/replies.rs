//! What the server really answers has the shape that the document promises: successes, refusals, every scenario.

use serde_json::{Value, json};

use super::Document;
use crate::gate::{CAT, Gate, Reply, SHORT};

const KEY: (&str, &str) = ("Authorization", "Bearer test");
const CREATE: (&str, &str) = ("post", "/api/v1/jobs/createTask");
const RECORD: (&str, &str) = ("get", "/api/v1/jobs/recordInfo");

/// Calls an operation and holds the reply against the document. `query` follows the path; `{…}` in it are filled by `filled`.
fn call(
    (gate, document): (&Gate, &Document),
    operation: (&str, &str),
    (query, headers, body): (&str, &[(&str, &str)], &str),
) -> Reply {
    let (method, path) = operation;
    let reply = gate.call(&method.to_uppercase(), &format!("{path}{query}"), headers, body.as_bytes());
    document.check(operation, &reply);
    reply
}

#[test]
fn a_task_is_answered_as_promised_from_its_create_to_its_film() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let document = Document::of(&gate);
    let it = (&gate, &document);
    let created = call(it, CREATE, ("", &[KEY], CAT));
    let id = created.json()["data"]["taskId"].as_str().unwrap().to_owned();
    let query = format!("?taskId={id}");
    call(it, RECORD, (&query, &[KEY], ""));
    let record = gate.wait(&id, &["success"]);
    call(it, RECORD, (&query, &[KEY], ""));
    call(it, ("get", "/api/v1/playground/recordInfo"), (&query, &[KEY], ""));
    call(it, ("get", "/api/v1/chat/credit"), ("", &[KEY], ""));
    let link = record["response"]["resultUrls"][0].as_str().unwrap();
    document.check(("get", "/files/{name}"), &gate.call("GET", link, &[], b""));
    let part = gate.call("GET", link, &[("Range", "bytes=0-9")], b"");
    assert_eq!(part.status, 206);
    document.check(("get", "/files/{name}"), &part);
    let fresh = json!({"url": link}).to_string();
    call(it, ("post", "/api/v1/common/download-url"), ("", &[KEY], &fresh));

    let created = call(it, ("post", "/api/v1/veo/generate"), ("", &[KEY], SHORT));
    let id = created.json()["data"]["taskId"].as_str().unwrap().to_owned();
    let query = format!("?taskId={id}");
    call(it, ("get", "/api/v1/veo/record-info"), (&query, &[KEY], ""));
    crate::kie::wait_veo(&gate, &id);
    call(it, ("get", "/api/v1/veo/record-info"), (&query, &[KEY], ""));
    call(it, ("get", "/api/v1/veo/get-1080p-video"), (&query, &[KEY], ""));
    let larger = json!({"taskId": id}).to_string();
    call(it, ("post", "/api/v1/veo/get-4k-video"), ("", &[KEY], &larger));
    call(it, ("post", "/api/v1/veo/get-4k-video"), ("", &[KEY], &larger));
    let extend = json!({"taskId": id, "prompt": "It sails on", "model": "lite"}).to_string();
    call(it, ("post", "/api/v1/veo/extend"), ("", &[KEY], &extend));
}

#[test]
fn refusals_have_the_promised_shape() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let document = Document::of(&gate);
    let it = (&gate, &document);
    for body in ["", "[]", "{}", r#"{"model":"x","input":{}}"#, r#"{"model":"veo-3-1","input":{}}"#] {
        let reply = call(it, CREATE, ("", &[KEY], body));
        assert_ne!(reply.json()["code"], 200, "{body}");
    }
    for operation in [CREATE, ("post", "/api/v1/veo/generate"), ("get", "/api/v1/chat/credit"), RECORD] {
        assert_eq!(call(it, operation, ("", &[], "{}")).json()["code"], 401);
    }
    for path in ["/api/v1/jobs/recordInfo", "/api/v1/veo/record-info", "/api/v1/veo/get-1080p-video"] {
        for query in ["", "?taskId=x", "?taskId=01999f6c7d3b8c1e2f4a5b6c7d8e9f00"] {
            call(it, ("get", path), (query, &[KEY], ""));
        }
    }
    for path in ["/api/v1/veo/extend", "/api/v1/veo/get-4k-video", "/api/v1/common/download-url"] {
        call(it, ("post", path), ("", &[KEY], "{}"));
    }
    for path in ["/api/file-base64-upload", "/api/file-url-upload", "/api/file-stream-upload"] {
        call(it, ("post", path), ("", &[KEY], "{}"));
        call(it, ("post", path), ("", &[], "{}"));
    }
}

#[test]
fn the_catalogue_the_uploads_and_our_own_routes_answer_as_promised() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let document = Document::of(&gate);
    let it = (&gate, &document);
    call(it, ("get", "/api/v1/models"), ("", &[KEY], ""));
    for word in ["schema", "price", "success-rate"] {
        let reply = gate.call("GET", &format!("/api/v1/models/veo/extend/{word}"), &[KEY], b"");
        assert_eq!(reply.json()["code"], 200);
        document.check(("get", &format!("/api/v1/models/{{model}}/{word}")), &reply);
    }
    let upload = json!({"base64Data": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "uploadPath": "a"});
    let kept = call(it, ("post", "/api/file-base64-upload"), ("", &[KEY], &upload.to_string()));
    assert!(kept.json()["data"]["downloadUrl"].is_string(), "{}", kept.text());
    for path in [
        "/filmgate/v1",
        "/healthz",
        "/readyz",
        "/filmgate/v1/upstreams",
        "/filmgate/v1/survey",
        "/metrics",
        "/",
        "/docs",
    ] {
        call(it, ("get", path), ("", &[], ""));
    }
    let lost = gate.call("POST", "/filmgate/v1/callbacks/x", &[], b"{}");
    document.check(("post", "/filmgate/v1/callbacks/{token}"), &lost);
    document.check(("get", "/files/{name}"), &gate.call("GET", "/files/x.mp4", &[], b""));
}

#[test]
fn receivers_of_webhooks_are_answered_as_promised() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let document = Document::of(&gate);
    let it = (&gate, &document);
    let all = "/v1/webhook_endpoints";
    let body =
        json!({"name": "n", "url": "https://example.com/h", "event_types": ["video.completed"]}).to_string();
    let made = call(it, ("post", all), ("", &[KEY], &body)).json();
    call(it, ("post", all), ("", &[KEY], "{}"));
    call(it, ("post", all), ("", &[], "{}"));
    call(it, ("get", all), ("", &[KEY], ""));
    call(it, ("get", all), ("?limit=x", &[KEY], ""));
    call(it, ("get", "/v1/webhook_event_types"), ("", &[KEY], ""));
    let id = made["id"].as_str().unwrap();
    for (method, after, body) in [
        ("get", "", ""),
        ("post", "", r#"{"name":"other"}"#),
        ("post", "/rotate_secret", "{}"),
        ("post", "/test", r#"{"event_type":"nothing"}"#),
        ("delete", "", ""),
        ("get", "", ""),
    ] {
        let reply = gate.call(&method.to_uppercase(), &format!("{all}/{id}{after}"), &[KEY], body.as_bytes());
        document.check((method, &format!("{all}/{{id}}{after}")), &reply);
    }
}

/// Every scenario that the document lists, with its create and, where there is a task, its end.
#[test]
fn every_scenario_plays_within_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::fast(folder.path());
    let document = Document::of(&gate);
    let names =
        document.0["components"]["parameters"]["Scenario"]["schema"]["enum"].as_array().unwrap().clone();
    assert!(names.len() >= 14, "{names:?}");
    for name in names.iter().filter_map(Value::as_str) {
        // The connection is dropped instead, which is no reply.
        if name == "lost-reply" {
            continue;
        }
        let headers = [KEY, ("X-Filmgate-Scenario", name)];
        let body = r#"{"model":"veo-3-1","input":{"prompt":"A boat","duration":4,"model":"veo3_lite"}}"#;
        let reply = call((&gate, &document), CREATE, ("", &headers, body));
        let created = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
        if let Some(id) = created["data"]["taskId"].as_str() {
            gate.wait(id, &["success", "fail"]);
            call((&gate, &document), RECORD, (&format!("?taskId={id}"), &[KEY], ""));
        }
    }
}
