//! `/v1/webhook_endpoints` as the official SDKs use it.

use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{failing, rig};
use crate::gate::{Gate, Reply};

const PATH: &str = "/v1/webhook_endpoints";

fn call(gate: &Gate, key: &str, (method, path): (&str, &str), body: &Value) -> Reply {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let bearer = format!("Bearer {key}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    gate.call(method, path, &headers, body.as_bytes())
}

fn ask(gate: &Gate, method: &str, path: &str, body: &Value) -> Value {
    let reply = call(gate, "test", (method, path), body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn create(gate: &Gate, url: &str) -> Value {
    ask(
        gate,
        "POST",
        PATH,
        &json!({"event_types": ["video.completed", "video.failed"], "name": "h", "url": url}),
    )
}

#[test]
fn a_strict_gateway_refuses_fields_that_no_endpoint_has() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = crate::gate::filmgate();
    command.env("FILMGATE_STRICT", "true").env("FILMGATE_STUDIO_RENDERS", "0");
    let gate =
        Gate::start(command.args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()));
    let body =
        json!({"event_types": ["video.completed"], "name": "h", "url": "https://x.example/", "colour": 1});
    let refused = call(&gate, "test", ("POST", PATH), &body);
    assert_eq!((refused.status, &refused.json()["error"]["param"]), (400, &json!("colour")));
}

#[test]
fn an_endpoint_is_made_read_changed_and_deleted() {
    let (_folder, gate, receiver) = rig();
    let made = create(&gate, &receiver.url("/"));
    let id = made["id"].as_str().unwrap();
    let secret = made["signing_secret"].as_str().unwrap();
    assert!(id.starts_with("we_") && secret.starts_with("whsec_"));
    assert_eq!((&made["object"], &made["name"]), (&json!("webhook_endpoint"), &json!("h")));
    let one = format!("{PATH}/{id}");
    let read = ask(&gate, "GET", &one, &Value::Null);
    assert_eq!((&read["signing_secret"], &read["url"]), (&Value::Null, &json!(receiver.url("/"))));
    assert!(read["signing_secret_hint"].as_str().unwrap().starts_with("whsec_…"), "{read}");
    let changed = ask(&gate, "POST", &one, &json!({"event_types": ["video.failed"]}));
    assert_eq!((&changed["event_types"], &changed["name"]), (&json!(["video.failed"]), &json!("h")));
    failing(&gate, "https://example.invalid/");
    let got = receiver.wait(1).remove(0);
    assert_eq!(got.json()["type"], "video.failed");
    assert!(got.is_signed_with(secret));
    let gone = ask(&gate, "DELETE", &one, &Value::Null);
    assert_eq!(gone, json!({"id": id, "object": "webhook_endpoint.deleted", "deleted": true}));
    assert_eq!(call(&gate, "test", ("GET", &one), &Value::Null).status, 404);
    assert_eq!(call(&gate, "test", ("DELETE", &one), &Value::Null).status, 404);
}

#[test]
fn a_rotation_shows_the_new_secret_and_keeps_the_old_one_if_asked_to() {
    let (_folder, gate, receiver) = rig();
    let made = create(&gate, &receiver.url("/"));
    let rotate = format!("{PATH}/{}/rotate_secret", made["id"].as_str().unwrap());
    let kept = ask(&gate, "POST", &rotate, &json!({"keep_old_secret_active_for_24_hours": true}));
    failing(&gate, "https://example.invalid/");
    let got = receiver.wait(1).remove(0);
    let secret = |of: &Value| of["signing_secret"].as_str().unwrap().to_owned();
    assert!(got.is_signed_with(&secret(&made)) && got.is_signed_with(&secret(&kept)));
    assert_eq!(got.header("webhook-signature").split(' ').count(), 2);
    let alone = ask(&gate, "POST", &rotate, &Value::Null);
    failing(&gate, "https://example.invalid/");
    let got = receiver.wait(2).remove(1);
    assert!(got.is_signed_with(&secret(&alone)) && !got.is_signed_with(&secret(&kept)));
}

#[test]
fn a_test_says_what_the_endpoint_answered() {
    let (_folder, gate, receiver) = rig();
    let made = create(&gate, &receiver.url("/hook"));
    let id = made["id"].as_str().unwrap();
    let test = format!("{PATH}/{id}/test");
    receiver.otherwise(Answer::Status(418));
    let said = ask(&gate, "POST", &test, &json!({"event_type": "video.completed"}));
    assert_eq!(
        said,
        json!({"object": "webhook_endpoint.test", "event_type": "video.completed", "status_code": 418, "success": true, "webhook_endpoint_id": id})
    );
    let got = receiver.wait(1).remove(0);
    assert_eq!(got.json()["type"], "video.completed");
    assert!(got.is_signed_with(made["signing_secret"].as_str().unwrap()));
    let nobody = create(&gate, &format!("http://127.0.0.1:{}/", 1));
    let test = format!("{PATH}/{}/test", nobody["id"].as_str().unwrap());
    let reply = call(&gate, "test", ("POST", &test), &json!({"event_type": "video.failed"}));
    assert_eq!((reply.status, &reply.json()["error"]["code"]), (400, &json!("endpoint_not_reached")));
}

#[test]
fn a_list_is_paged_newest_first_and_shows_only_ones_own() {
    let (_folder, gate, _receiver) = rig();
    let ids: Vec<Value> =
        (0..3).map(|number| create(&gate, &format!("https://{number}.example/"))["id"].clone()).collect();
    let first = ask(&gate, "GET", &format!("{PATH}?limit=2"), &Value::Null);
    assert_eq!((&first["has_more"], &first["last_id"]), (&json!(true), &ids[1]));
    let second =
        ask(&gate, "GET", &format!("{PATH}?limit=2&after={}", ids[1].as_str().unwrap()), &Value::Null);
    assert_eq!((&second["has_more"], &second["data"][0]["id"]), (&json!(false), &ids[0]));
    let others = call(&gate, "other", ("GET", PATH), &Value::Null).json();
    assert_eq!((&others["data"], &others["has_more"]), (&json!([]), &json!(false)));
    let one = format!("{PATH}/{}", ids[0].as_str().unwrap());
    for (method, path) in [
        ("GET", one.clone()),
        ("POST", one.clone()),
        ("DELETE", one.clone()),
        ("POST", format!("{one}/test")),
        ("POST", format!("{one}/rotate_secret")),
    ] {
        let body = if path.ends_with("test") { json!({"event_type": "video.failed"}) } else { json!({}) };
        let reply =
            call(&gate, "other", (method, &path), if method == "POST" { &body } else { &Value::Null });
        assert_eq!(reply.status, 404, "{method} {path}: {}", reply.text());
        assert!(reply.json()["error"]["message"].as_str().unwrap().contains("no webhook endpoint"));
    }
}

#[test]
fn what_is_wrong_is_named_in_openais_envelope() {
    let (_folder, gate, _receiver) = rig();
    let create = |body: Value| call(&gate, "test", ("POST", PATH), &body);
    let right = json!({"name": "h", "url": "https://x.example/y", "event_types": ["video.failed"]});
    for (field, value) in [
        ("url", json!("http://10.0.0.1/")),
        ("url", json!("ftp://x.example/")),
        ("url", json!("http://8.8.8.8/")),
        ("url", Value::Null),
        ("event_types", json!([])),
        ("event_types", json!(["response.completed"])),
        ("event_types", Value::Null),
        ("name", json!("x".repeat(201))),
        ("name", Value::Null),
    ] {
        let mut body = right.clone();
        body[field] = value;
        let reply = create(body.clone());
        assert_eq!(
            (reply.status, &reply.json()["error"]["param"]),
            (400, &json!(field)),
            "{body}: {}",
            reply.text()
        );
    }
    assert_eq!(gate.call("POST", PATH, &[("Authorization", "Bearer test")], b"[]").status, 400);
    let nobody = gate.call("GET", PATH, &[], b"");
    assert_eq!((nobody.status, &nobody.json()["error"]["code"]), (401, &json!("invalid_api_key")));
    let types = ask(&gate, "GET", "/v1/webhook_event_types", &Value::Null);
    assert_eq!(types["data"], json!(["video.completed", "video.failed", "task.late"]));
    let after = call(&gate, "test", ("GET", &format!("{PATH}?after=we_x")), &Value::Null);
    assert_eq!((after.status, &after.json()["error"]["param"]), (404, &json!("after")));
    drop(Receiver::new());
}
