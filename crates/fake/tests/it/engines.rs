//! The habits of the engines that speak `/v1/videos` (video-apis.md 4.1 to 4.4, 5.1, 5.2).

use filmgate_fake::{EngineKind, Fake, Handle, Outcome};
use serde_json::{Value, json};

use crate::client::{Answer, VIDEOS, call, fake, get, post, post_form};

const PARTS: &[(&str, Option<&str>, &[u8])] = &[
    ("prompt", None, b"a cat"),
    ("model", None, b"wan"),
    ("seconds", None, b"4"),
    ("size", None, b"1280x720"),
];

type HasShape = fn(&Value) -> bool;

/// A fake of one engine whose jobs run until they are told.
fn engine(kind: EngineKind) -> (Fake, Handle) {
    fake(|behaviour| {
        behaviour.engine = kind;
        behaviour.served_model = "wan".into();
        behaviour.run_ms = None;
    })
}

/// The plain form with one part more.
fn with_part(fake: &Fake, name: &str, file: Option<&str>, bytes: &[u8]) -> Answer {
    let parts = [PARTS, &[(name, file, bytes)]].concat();
    post_form(fake, VIDEOS, &parts)
}

fn path(id: &Value) -> String {
    format!("{VIDEOS}/{}", id.as_str().unwrap().replace('/', "%2F").replace('+', "%2B").replace('=', "%3D"))
}

#[test]
fn every_engine_takes_the_plain_form_and_delivers() {
    let kinds = [
        (EngineKind::OpenAi, 200, vec!["queued", "in_progress", "in_progress"]),
        (EngineKind::Sglang, 200, vec!["queued", "in_progress", "in_progress"]),
        (EngineKind::VllmOmni, 200, vec!["queued", "in_progress", "in_progress"]),
        (EngineKind::TensorRt, 202, vec!["queued", "generating", "postprocessing"]),
        (EngineKind::LiteLlm, 200, vec!["queued", "processing", "processing"]),
        (EngineKind::NewApi, 200, vec!["queued", "unknown", "in_progress"]),
    ];
    for (kind, status, words) in kinds {
        let (fake, handle) = engine(kind);
        let created = with_part(&fake, "input_reference", Some("a.png"), b"\x89PNG");
        assert_eq!(created.status, status, "{kind:?}");
        let path = path(&created.json()["id"]);
        let read: Vec<Value> = (0..3).map(|_| get(&fake, &path).json()["status"].clone()).collect();
        assert_eq!(read, words, "{kind:?}");
        handle.finish_all();
        assert_eq!(get(&fake, &path).json()["status"], "completed", "{kind:?}");
        assert_eq!(get(&fake, &format!("{path}/content")).status, 200, "{kind:?}");
    }
}

#[test]
fn failures_have_the_shape_of_the_engine() {
    let kinds = [
        (EngineKind::OpenAi, 200, json!({ "code": "422", "message": "unsafe" })),
        (EngineKind::Sglang, 200, json!({ "message": "unsafe" })),
        (EngineKind::VllmOmni, 422, json!({ "code": 422, "message": "unsafe" })),
        (EngineKind::TensorRt, 200, json!("unsafe")),
        (EngineKind::LiteLlm, 200, json!({ "code": "422", "message": "unsafe" })),
        (EngineKind::NewApi, 200, json!({ "code": "422", "message": "unsafe" })),
    ];
    for (kind, status, error) in kinds {
        let (fake, handle) = engine(kind);
        handle
            .set(|behaviour| behaviour.outcome = Outcome::Fail { code: "422".into(), text: "unsafe".into() });
        let path = path(&post_form(&fake, VIDEOS, PARTS).json()["id"]);
        handle.finish_all();
        let failed = get(&fake, &path);
        assert_eq!((failed.status, &failed.json()["object"]), (status, &json!("video")), "{kind:?}");
        assert_eq!(
            (&failed.json()["status"], &failed.json()["error"]),
            (&json!("failed"), &error),
            "{kind:?}"
        );
    }
}

#[test]
fn refusals_have_the_shape_of_the_engine() {
    let missing: &[(&str, Option<&str>, &[u8])] = &[("model", None, b"wan")];
    let shapes: [(EngineKind, u16, HasShape); 6] = [
        (EngineKind::OpenAi, 400, |body| {
            body["error"]["param"] == "prompt" && body["error"]["code"].is_string()
        }),
        (EngineKind::Sglang, 422, |body| body["detail"][0]["loc"] == json!(["body", "prompt"])),
        (EngineKind::VllmOmni, 400, |body| body["error"]["code"] == 400),
        (EngineKind::TensorRt, 400, |body| body["object"] == "error" && body["code"] == 400),
        (EngineKind::LiteLlm, 400, |body| body["error"]["message"].is_string()),
        (EngineKind::NewApi, 400, |body| body["code"] == "invalid_request" && body["data"].is_null()),
    ];
    for (kind, status, has_shape) in shapes {
        let (fake, handle) = engine(kind);
        let refused = post_form(&fake, VIDEOS, missing);
        assert_eq!(refused.status, status, "{kind:?}");
        assert!(has_shape(&refused.json()), "{kind:?}: {}", refused.json());
        assert_eq!(handle.ledger().len(), 0, "{kind:?}");
    }
}

#[test]
fn content_that_is_not_ready_has_the_status_of_the_engine() {
    let kinds = [
        (EngineKind::OpenAi, 404),
        (EngineKind::Sglang, 404),
        (EngineKind::VllmOmni, 404),
        (EngineKind::TensorRt, 400),
        (EngineKind::LiteLlm, 404),
        (EngineKind::NewApi, 400),
    ];
    for (kind, status) in kinds {
        let (fake, _handle) = engine(kind);
        let path = path(&post_form(&fake, VIDEOS, PARTS).json()["id"]);
        assert_eq!(get(&fake, &format!("{path}/content")).status, status, "{kind:?}");
    }
}

#[test]
fn routes_that_an_engine_lacks_are_missing() {
    let kinds = [
        (EngineKind::OpenAi, 200, 200),
        (EngineKind::Sglang, 200, 200),
        (EngineKind::VllmOmni, 200, 200),
        (EngineKind::TensorRt, 200, 200),
        (EngineKind::LiteLlm, 200, 405),
        (EngineKind::NewApi, 404, 404),
    ];
    for (kind, list, delete) in kinds {
        let (fake, handle) = engine(kind);
        let path = path(&post_form(&fake, VIDEOS, PARTS).json()["id"]);
        assert_eq!(get(&fake, VIDEOS).status, list, "{kind:?}");
        assert_eq!(call(&fake, "DELETE", &path, b"").status, delete, "{kind:?}");
        let goes_on = delete != 200 || kind == EngineKind::Sglang;
        assert_eq!(handle.ledger()[0].state, if goes_on { "running" } else { "cancelled" }, "{kind:?}");
    }
}

#[test]
fn sglang_wants_files_and_numbers() {
    let (fake, handle) = engine(EngineKind::Sglang);
    assert_eq!(with_part(&fake, "input_reference", None, b"https://example.com/a.png").status, 422);
    let object =
        json!({ "prompt": "a cat", "input_reference": { "image_url": "https://example.com/a.png" } });
    assert_eq!(post(&fake, VIDEOS, &object).json()["detail"], "Invalid request body");
    let video = with_part(&fake, "input_reference[image_url]", None, b"dropped").json();
    assert!(
        video.get("prompt").is_none() && video["id"].as_str().unwrap().split('-').count() == 5,
        "{video}"
    );
    handle.finish_all();
    let content = format!("{}/content", path(&video["id"]));
    assert_eq!(get(&fake, &format!("{content}?variant=video")).status, 404);
    assert_eq!(get(&fake, &format!("{content}?variant=0")).status, 200);
    handle.set(|behaviour| behaviour.content_elsewhere = true);
    let elsewhere = get(&fake, &content);
    let link = get(&fake, &path(&video["id"])).json()["url"].as_str().unwrap().to_owned();
    assert!(elsewhere.status == 400 && elsewhere.json()["detail"].as_str().unwrap().ends_with(&link));
    assert_eq!(get(&fake, link.strip_prefix(&fake.url()).unwrap()).status, 200);
    let deleted = call(&fake, "DELETE", &path(&video["id"]), b"").json();
    assert_eq!(deleted["status"], "deleted");
}

#[test]
fn vllm_omni_wants_a_form_and_the_served_model() {
    let (fake, handle) = engine(EngineKind::VllmOmni);
    assert_eq!(post(&fake, VIDEOS, &json!({ "prompt": "a cat" })).status, 400);
    let other: &[(&str, Option<&str>, &[u8])] = &[("prompt", None, b"a cat"), ("model", None, b"sora-2")];
    assert_eq!(post_form(&fake, VIDEOS, other).json()["error"]["code"], 400);
    for (name, bad) in [("seconds", "08"), ("size", "1280*720"), ("input_reference", "text")] {
        let parts: &[(&str, Option<&str>, &[u8])] =
            &[("prompt", None, b"a cat"), (name, None, bad.as_bytes())];
        assert_eq!(post_form(&fake, VIDEOS, parts).status, 400, "{name}");
    }
    let created = with_part(&fake, "unknown", None, b"ignored").json();
    assert!(created["id"].as_str().unwrap().starts_with("video_gen_"));
    handle.fail(created["id"].as_str().unwrap(), "words", "it broke");
    let path = path(&created["id"]);
    assert_eq!(get(&fake, &path).status, 500, "a code that is no status");
    assert_eq!(get(&fake, &format!("{path}/content")).status, 422);
}

#[test]
fn tensor_rt_refuses_fields_that_it_does_not_know() {
    let (fake, _handle) = engine(EngineKind::TensorRt);
    let refused = with_part(&fake, "seed", None, b"1");
    assert_eq!((refused.status, &refused.json()["object"]), (422, &json!("error")));
    for (seconds, status) in [(json!(4), 202), (json!("4"), 422), (json!(61), 422)] {
        assert_eq!(
            post(&fake, VIDEOS, &json!({ "prompt": "a cat", "seconds": seconds })).status,
            status,
            "{seconds}"
        );
    }
    let video = post_form(&fake, VIDEOS, PARTS).json();
    assert!(video.get("seconds").is_none() && video["duration"] == 4.0, "{video}");
    assert!(get(&fake, VIDEOS).json().get("has_more").is_none());
}

#[test]
fn ids_of_litellm_are_long_and_need_percent_encoding() {
    let (fake, _handle) = engine(EngineKind::LiteLlm);
    let video = post_form(&fake, VIDEOS, PARTS).json();
    let id = video["id"].as_str().unwrap();
    assert!(id.len() > 200 && id.ends_with('=') && id.contains('+') && id.contains('/'), "{id}");
    assert_eq!(get(&fake, &path(&video["id"])).status, 200);
    assert_eq!(get(&fake, &format!("{VIDEOS}/{id}")).status, 404, "its slash is no part of the path");
}

#[test]
fn new_api_says_where_the_film_is_and_refuses_in_its_own_words() {
    let (fake, handle) = engine(EngineKind::NewApi);
    let created = post_form(&fake, VIDEOS, PARTS).json();
    assert_eq!(created["id"], created["task_id"]);
    assert!(created["id"].as_str().unwrap().starts_with("task_") && created.get("metadata").is_none());
    handle.finish_all();
    handle.set(|behaviour| behaviour.content_elsewhere = true);
    let path = path(&created["id"]);
    assert_eq!(get(&fake, &format!("{path}/content")).status, 400);
    let link = get(&fake, &path).json()["metadata"]["url"].as_str().unwrap().to_owned();
    assert_eq!(get(&fake, link.strip_prefix(&fake.url()).unwrap()).status, 200);
    let unknown = get(&fake, "/v1/videos/task_x");
    assert_eq!((unknown.status, &unknown.json()["code"]), (400, &json!("task_not_exist")));
    assert_eq!(post(&fake, VIDEOS, &json!({ "prompt": "a cat" })).json()["code"], "missing_model");
}
