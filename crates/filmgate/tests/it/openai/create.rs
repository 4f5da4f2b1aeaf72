//! Creates in all their forms, and what they are answered.

use serde_json::json;

use super::{JSON, KEY, PICTURE, create, form, get, post, post_form, short, wait};
use crate::gate::Gate;

/// Every key that the resource must have.
const KEYS: [&str; 13] = [
    "completed_at",
    "created_at",
    "error",
    "expires_at",
    "id",
    "model",
    "object",
    "progress",
    "prompt",
    "remixed_from_video_id",
    "seconds",
    "size",
    "status",
];

#[test]
fn a_form_of_the_sdks_becomes_a_video_with_exactly_the_thirteen_keys() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let texts =
        [("prompt", "A red boat at sea"), ("model", "sora-2"), ("seconds", "8"), ("size", "1280x720")];
    let reply = post_form(&gate, "/v1/videos", &texts, &[]);
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(reply.header("x-request-id").unwrap().starts_with("req_"));
    assert_eq!(reply.header("openai-poll-after-ms"), Some("500"));
    let created = reply.json();
    let keys: Vec<_> = created.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, KEYS);
    assert_eq!((&created["status"], &created["progress"]), (&json!("queued"), &json!(0)));
    assert_eq!((&created["seconds"], &created["size"]), (&json!("8"), &json!("1280x720")));
    let id = created["id"].as_str().unwrap();
    assert!(id.starts_with("video_") && id.len() == 38, "{id}");

    let video = wait(&gate, id);
    let keys: Vec<_> = video.as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, KEYS);
    assert_eq!(
        (&video["status"], &video["progress"], &video["error"]),
        (&json!("completed"), &json!(100), &json!(null))
    );
    for same in ["id", "object", "model", "created_at", "prompt", "seconds", "size"] {
        assert_eq!(video[same], created[same], "{same}");
    }
    assert!(video["completed_at"].as_i64() >= video["created_at"].as_i64());
    assert_eq!(get(&gate, &format!("/v1/videos/{id}")).header("openai-poll-after-ms"), None);
}

#[test]
fn json_with_numbers_and_a_create_with_nothing_but_a_prompt_are_videos_too() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let body = json!({ "prompt": "A cat", "model": "sora-2-pro", "seconds": 12, "size": "1792x1024" });
    let video = post(&gate, "/v1/videos", &body).json();
    assert_eq!((&video["seconds"], &video["size"]), (&json!("12"), &json!("1792x1024")), "{video}");
    let video = post(&gate, "/v1/videos", &json!({ "prompt": "A cat" })).json();
    assert_eq!(
        (&video["model"], &video["seconds"], &video["size"]),
        (&json!("sora-2"), &json!("4"), &json!("720x1280")),
    );
}

#[test]
fn dated_names_and_kies_models_and_the_fields_of_engines_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for (body, size, seconds) in [
        (json!({ "prompt": "x", "model": "sora-2-2025-12-08" }), "720x1280", "4"),
        (json!({ "prompt": "x", "model": "veo3_fast", "seconds": "8", "size": "720x1280" }), "720x1280", "8"),
        (
            json!({ "prompt": "x", "model": "sora-2-text-to-video", "seconds": 10, "size": "1280x720" }),
            "1280x720",
            "10",
        ),
        (
            json!({ "prompt": "x", "width": 1280, "height": 720, "duration": 8, "seed": 7, "fps": 24, "num_frames": 192,
                "negative_prompt": "rain", "guidance_scale": 4.5, "num_inference_steps": 30, "user": "u",
                "metadata": { "seed": 7 }, "video_params": { "fps": 24 }, "whatever": [1] }),
            "1280x720",
            "8",
        ),
        (json!({ "prompt": "x", "aspect_ratio": "16:9" }), "1280x720", "4"),
    ] {
        let reply = post(&gate, "/v1/videos", &body);
        let video = reply.json();
        assert_eq!((&video["size"], &video["seconds"]), (&json!(size), &json!(seconds)), "{body}: {video}");
    }
}

#[test]
fn a_picture_comes_as_a_file_or_as_a_data_url_and_the_film_begins_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let texts = [("prompt", "The camera zooms in"), ("size", "1280x720")];
    let reply = post_form(&gate, "/v1/videos", &texts, &[("input_reference", "upload", PICTURE)]);
    let id = reply.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(wait(&gate, &id)["status"], "completed");
    let url = format!("data:image/png;base64,{}", base64(PICTURE));
    let texts = [texts[0], texts[1], ("input_reference[image_url]", &url)];
    let again = post_form(&gate, "/v1/videos", &texts, &[]).json()["id"].as_str().unwrap().to_owned();
    assert_eq!(wait(&gate, &again)["status"], "completed");
    let film = |id: &str| get(&gate, &format!("/v1/videos/{id}/content")).body;
    assert_eq!(film(&id), film(&again), "the same picture and words are the same film");
    let without = create(&gate, &json!({ "prompt": "The camera zooms in", "size": "1280x720" }));
    wait(&gate, &without);
    assert_ne!(film(&id), film(&without));
}

#[test]
fn what_is_no_picture_and_what_names_a_stored_one_is_refused_by_field() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let kept = post_form(&gate, "/v1/videos", &[("prompt", "x")], &[("input_reference", "a.png", PICTURE)]);
    assert_eq!(kept.status, 200);
    let name =
        std::fs::read_dir(folder.path().join("pictures")).unwrap().next().unwrap().unwrap().file_name();
    let stored = format!("stored:{}", name.to_str().unwrap());
    for reference in [
        json!({ "image_url": stored }),
        json!(stored),
        json!({ "image_url": "file:///etc/passwd" }),
        json!({ "image_url": "https://10.0.0.1/a.png" }),
        json!({ "image_url": "data:image/png;base64,AAAA" }),
        json!({ "file_id": "file-1" }),
        json!({ "image_url": "https://example.com/a.png", "file_id": "file-1" }),
    ] {
        let reply = post(&gate, "/v1/videos", &json!({ "prompt": "x", "input_reference": reference }));
        let error = reply.json()["error"].clone();
        assert_eq!(reply.status, 400, "{reference}: {error}");
        assert!(error["param"].as_str().unwrap().starts_with("input_reference"), "{reference}: {error}");
    }
    let form = [("uploadPath", "x")];
    let uploaded = post_form(&gate, "/api/file-stream-upload", &form, &[("file", "a.png", PICTURE)]).json();
    let link = uploaded["data"]["downloadUrl"].as_str().unwrap();
    let id = link.rsplit('/').next().unwrap().split('.').next().unwrap();
    let create = json!({ "prompt": "x", "input_reference": { "file_id": id } }).to_string();
    assert_eq!(gate.call("POST", "/v1/videos", &[KEY, JSON], create.as_bytes()).status, 200, "{link}");
    let other = ("Authorization", "Bearer other");
    assert_eq!(gate.call("POST", "/v1/videos", &[other, JSON], create.as_bytes()).status, 400);
    // Kie's dialect takes links only.
    let kie = json!({ "model": "veo3_fast", "prompt": "x", "imageUrls": [stored] });
    assert_eq!(gate.post("/api/v1/veo/generate", &kie.to_string())["code"], 422);
}

#[test]
fn a_retry_is_known_by_what_it_asks_and_not_by_how_its_form_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let create = |boundary: &str, headers: &[(&str, &str)]| {
        let kind = format!("multipart/form-data; boundary={boundary}");
        let headers = [&[KEY, ("Content-Type", kind.as_str())], headers].concat();
        let body = form(boundary, &[("prompt", "A cat")], &[("input_reference", "a.png", PICTURE)]);
        let reply = gate.call("POST", "/v1/videos", &headers, &body);
        (reply.json()["id"].as_str().unwrap_or_default().to_owned(), reply)
    };
    let (first, reply) = create("one", &[("x-stainless-retry-count", "0")]);
    assert_eq!(reply.header("filmgate-deduplicated"), None);
    let (again, reply) = create("two", &[("x-stainless-retry-count", "1")]);
    assert_eq!((&again, reply.header("filmgate-deduplicated")), (&first, Some("retry")));
    assert_ne!(create("one", &[("x-stainless-retry-count", "0")]).0, first, "two films that a user wants");

    let key = ("Idempotency-Key", "k1");
    let (first, _) = create("one", &[key]);
    assert_eq!(create("two", &[key]).0, first);
    let other = gate.call("POST", "/v1/videos", &[KEY, JSON, key], short().to_string().as_bytes());
    assert_eq!((other.status, &other.json()["error"]["code"]), (422, &json!("idempotency_key_reused")));
    let two = [key, ("Idempotency-Key", "k2")];
    let (none, refused) = create("one", &two);
    assert_eq!((none.as_str(), refused.status), ("", 400), "{}", refused.text());
    assert_eq!(create("one", &[key, key]).0, first, "the same key twice is one key");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0 - 3.0 * 12.0), "three films are paid");
    let kie = [&[KEY], two.as_slice()].concat();
    let refused = gate.call("POST", "/api/v1/jobs/createTask", &kie, crate::gate::CAT.as_bytes()).json();
    assert_eq!(refused["code"], 400, "{refused}");

    assert_eq!(gate.call("DELETE", &format!("/v1/videos/{first}"), &[KEY], b"").status, 200);
    let (_, gone) = create("one", &[key]);
    assert_eq!((gone.status, &gone.json()["error"]["code"]), (410, &json!("deleted")), "{}", gone.text());
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            let is_there = digit <= three.len();
            text.push(if is_there {
                char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize])
            } else {
                '='
            });
        }
    }
    text
}
