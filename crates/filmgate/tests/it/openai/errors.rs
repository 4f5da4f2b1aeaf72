//! Errors: the status that the SDKs raise by, the envelope, and the headers that say whether to try again.

use serde_json::json;

use super::{JSON, KEY, create, get, post, short, wait};
use crate::gate::Gate;

#[test]
fn each_refusal_has_its_status_its_code_and_the_field_that_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let null = json!(null);
    for (body, status, code, param, words) in [
        (json!({}), 400, "missing_required_parameter", json!("prompt"), "prompt is required"),
        (
            json!({ "prompt": "x", "model": "sora-9" }),
            404,
            "model_not_found",
            json!("model"),
            "GET /v1/models",
        ),
        (
            json!({ "prompt": "x", "seconds": "7" }),
            400,
            "invalid_value",
            json!("seconds"),
            "4, 8, 12, 16, 20 for sora-2",
        ),
        (json!({ "prompt": "x", "seconds": "soon" }), 400, "invalid_value", json!("seconds"), "whole number"),
        (
            json!({ "prompt": "x", "size": "1792x1024" }),
            400,
            "invalid_value",
            json!("size"),
            "720x1280, 1280x720",
        ),
        (
            json!({ "prompt": "x", "model": "veo3_fast", "seconds": 5 }),
            400,
            "invalid_value",
            json!("seconds"),
            "for veo3_fast",
        ),
        (json!({ "prompt": "x", "n": 2 }), 400, "invalid_value", json!("n"), "one film"),
        (json!({ "prompt": "[[no-credits]]" }), 429, "insufficient_quota", null.clone(), "nothing was spent"),
        (json!({ "prompt": "[[rate-limited]]" }), 429, "rate_limit_exceeded", null.clone(), "too many"),
        (json!({ "prompt": "[[maintenance]]" }), 503, "service_unavailable", null, "maintenance"),
    ] {
        let reply = post(&gate, "/v1/videos", &body);
        let error = reply.json()["error"].clone();
        assert_eq!(
            (reply.status, &error["code"], &error["param"]),
            (status, &json!(code), &param),
            "{body}: {error}"
        );
        let message = error["message"].as_str().unwrap();
        assert!(message.to_lowercase().contains(&words.to_lowercase()), "{message}");
        assert!(error["type"].is_string() && reply.header("x-request-id").is_some());
        let again = reply.header("x-should-retry");
        assert_eq!(again, (code == "insufficient_quota").then_some("false"), "{body}");
        assert_eq!(
            reply.header("retry-after").is_some(),
            code != "insufficient_quota" && status > 428,
            "{body}"
        );
    }
    assert_eq!(get(&gate, "/v1/videos").json()["data"], json!([]), "nothing was created");
}

#[test]
fn only_a_create_says_that_nothing_was_created() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = create(&gate, &short());
    for path in [
        "/v1/videos?limit=many",
        "/v1/videos?after=video_1",
        "/v1/videos/video_1",
        &format!("/v1/videos/{id}/content?variant=x"),
        "/v1/models/sora-9",
        "/v1/webhook_endpoints?order=up",
    ] {
        let reply = get(&gate, path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.text());
        assert!(!reply.text().contains("created"), "{path}: {}", reply.text());
    }
    let refused = post(&gate, "/v1/videos", &json!({})).text();
    assert!(refused.contains("prompt is required. Nothing was created."), "{refused}");
}

#[test]
fn a_missing_key_is_an_authentication_error() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for (method, path) in [("POST", "/v1/videos"), ("GET", "/v1/videos"), ("GET", "/v1/videos/video_1")] {
        let reply = gate.call(method, path, &[JSON], b"{}");
        assert_eq!(
            (reply.status, &reply.json()["error"]["code"]),
            (401, &json!("invalid_api_key")),
            "{path}"
        );
    }
}

#[test]
fn another_accounts_video_is_not_found_like_one_that_never_was() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = create(&gate, &short());
    let other = ("Authorization", "Bearer other");
    let never = "video_00000000000000000000000000000000";
    for rest in ["", "/content"] {
        let theirs = gate.call("GET", &format!("/v1/videos/{id}{rest}"), &[other], b"");
        let none = gate.call("GET", &format!("/v1/videos/{never}{rest}"), &[other], b"");
        assert_eq!((theirs.status, none.status), (404, 404));
        assert_eq!(theirs.text().replace(&id, never), none.text());
    }
    assert_eq!(gate.call("DELETE", &format!("/v1/videos/{id}"), &[other], b"").status, 404);
    assert_eq!(get(&gate, &format!("/v1/videos/{id}")).status, 200);
    assert_eq!(get(&gate, "/v1/videos/long%2Fid%3D%3D").status, 404);
}

#[test]
fn a_wrong_path_method_body_or_host_is_answered_in_the_envelope() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for (method, path, headers, body, status) in [
        ("GET", "/v1/nothing", vec![KEY], "", 404),
        ("GET", "/v1/nothing/%ff", vec![KEY], "", 404),
        ("GET", "/v1/videos/%ff", vec![KEY], "", 404),
        ("GET", "/v1/videos/%ff/content", vec![KEY], "", 404),
        ("DELETE", "/v1/videos/%ff", vec![KEY], "", 404),
        ("POST", "/v1/videos/%ff/remix", vec![KEY, JSON], r#"{"prompt":"x"}"#, 404),
        ("GET", "/v1/videos/characters/%ff", vec![KEY], "", 404),
        ("GET", "/v1/models/%ff", vec![KEY], "", 404),
        ("GET", "/v1/webhook_endpoints/%ff", vec![KEY], "", 404),
        ("PUT", "/v1/videos", vec![KEY], "", 405),
        ("POST", "/v1/videos", vec![KEY, JSON], "[]", 400),
        ("POST", "/v1/videos", vec![KEY, ("Content-Type", "text/plain")], "x", 400),
        (
            "POST",
            "/v1/videos",
            vec![KEY, ("Content-Type", "multipart/form-data; boundary=b")],
            "--b\r\n",
            400,
        ),
        ("GET", "/v1/videos", vec![KEY, ("Host", "evil.example")], "", 403),
    ] {
        let reply = gate.call(method, path, &headers, body.as_bytes());
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text());
        assert!(reply.json()["error"]["message"].is_string());
    }
}

#[test]
fn a_failed_job_is_no_http_error_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    for (prompt, code) in [("[[moderation]] x", "moderation_blocked"), ("[[fail]] x", "generation_failed")] {
        let id = create(&gate, &json!({ "prompt": prompt }));
        let video = wait(&gate, &id);
        assert_eq!((&video["status"], &video["error"]["code"]), (&json!("failed"), &json!(code)));
        assert!(video["error"]["message"].as_str().unwrap().contains("Nothing was charged"));
    }
}

#[test]
fn a_list_is_read_page_by_page_in_both_orders_also_while_it_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let mut ids: Vec<_> = (0..5).map(|_| create(&gate, &short())).collect();
    // Kie's tasks are not videos of this dialect.
    gate.create(crate::gate::CAT);
    let walk = |order: &str| {
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = get(&gate, &format!("/v1/videos?limit=2&order={order}{after}")).json();
            seen.extend(
                page["data"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()),
            );
            assert_eq!(page["last_id"], json!(seen.last().unwrap()));
            if page["has_more"] == json!(false) {
                return seen;
            }
            after = format!("&after={}", page["last_id"].as_str().unwrap());
        }
    };
    assert_eq!(walk("asc"), ids);
    gate.call("DELETE", &format!("/v1/videos/{}", ids[4]), &[KEY], b"");
    let behind = get(&gate, &format!("/v1/videos?limit=1&after={}", ids[4])).json();
    assert_eq!(behind["data"][0]["id"], json!(ids[3]), "behind a deleted one");
    ids.pop();
    ids.reverse();
    assert_eq!(walk("desc"), ids);
    assert_eq!(get(&gate, "/v1/videos").json()["data"].as_array().unwrap().len(), 4);
    for wrong in ["limit=101", "limit=x", "order=up", "after=video_1"] {
        assert_eq!(get(&gate, &format!("/v1/videos?{wrong}")).status, 400, "{wrong}");
    }
}
