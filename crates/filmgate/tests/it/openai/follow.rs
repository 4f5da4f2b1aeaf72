//! Films from films, characters, models, and the routes of new-api.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{JSON, KEY, PICTURE, create, get, post, post_form, short, wait};
use crate::gate::Gate;

fn finished(gate: &Gate, reply: &crate::gate::Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let video = wait(gate, reply.json()["id"].as_str().unwrap());
    assert_eq!(video["status"], "completed", "{video}");
    video
}

fn content(gate: &Gate, id: &Value) -> Vec<u8> {
    get(gate, &format!("/v1/videos/{}/content", id.as_str().unwrap())).body
}

#[test]
fn remix_edit_and_extension_are_videos_of_their_own_that_name_their_source() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    wait(&gate, &id);
    let film = content(&gate, &json!(id));

    let remix =
        finished(&gate, &post(&gate, &format!("/v1/videos/{id}/remix"), &json!({ "prompt": "in a storm" })));
    assert_eq!((&remix["remixed_from_video_id"], &remix["seconds"]), (&json!(id), &json!("4")));
    assert_eq!((&remix["prompt"], &remix["size"]), (&json!("in a storm"), &json!("1280x720")));
    assert_ne!(content(&gate, &remix["id"]), film);

    let texts = [("prompt", "at night"), ("video[id]", id.as_str())];
    let edit = finished(&gate, &post_form(&gate, "/v1/videos/edits", &texts, &[]));
    // The Python SDK sends the film itself.
    let by_file = post_form(&gate, "/v1/videos/edits", &[texts[0]], &[("video", "v.mp4", &film)]);
    let by_file = finished(&gate, &by_file);
    assert_eq!(by_file["remixed_from_video_id"], edit["remixed_from_video_id"]);
    assert_eq!(content(&gate, &by_file["id"]), content(&gate, &edit["id"]));

    let body = json!({ "prompt": "it turns", "seconds": "4", "video": { "id": id } });
    let longer = finished(&gate, &post(&gate, "/v1/videos/extensions", &body));
    assert_eq!(longer["seconds"], "8", "the stitched total");
    let joined = content(&gate, &longer["id"]);
    assert!(joined.len() > film.len(), "{} and {}", joined.len(), film.len());
    let path = format!("/v1/videos/{}/content?variant=spritesheet", longer["id"].as_str().unwrap());
    assert_eq!(get(&gate, &path).status, 200);
    // The joined film is the extension, and can be extended again.
    let again = post_form(
        &gate,
        "/v1/videos/extensions",
        &[("prompt", "it sinks"), ("seconds", "4")],
        &[("video", "v.mp4", &joined)],
    );
    assert_eq!(again.json()["seconds"], "12", "{}", again.text());
    assert_eq!(again.json()["remixed_from_video_id"], longer["id"]);
}

#[test]
fn a_remix_keeps_the_picture_of_its_source_and_is_refused_when_that_is_swept() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let texts = [("prompt", "The camera zooms in"), ("size", "1280x720")];
    let files = [("input_reference", "upload", PICTURE)];
    let source = finished(&gate, &post_form(&gate, "/v1/videos", &texts, &files));
    let path = |call: &str| format!("/v1/videos/{}/{call}", source["id"].as_str().unwrap());
    let picture = std::fs::read_dir(folder.path().join("pictures")).unwrap().next().unwrap().unwrap().path();
    let modified = || picture.metadata().unwrap().modified().unwrap();
    let age = |days: u64| {
        let file = std::fs::File::options().write(true).open(&picture).unwrap();
        file.set_modified(modified() - Duration::from_secs(days * 86_400)).unwrap();
    };
    let (prompt, brought) = (json!({ "prompt": "at night" }), modified());
    age(31);
    finished(&gate, &post(&gate, &path("remix"), &prompt));
    assert!(modified() >= brought, "the remix has named it");
    assert_eq!(get(&gate, &path("content?variant=thumbnail")).status, 200);
    age(31);
    // A server sweeps when it starts.
    gate.kill();
    let gate = Gate::dev(folder.path());
    let deadline = Instant::now() + Duration::from_secs(60);
    while picture.exists() {
        assert!(Instant::now() < deadline, "the picture is still there");
        std::thread::sleep(Duration::from_millis(50));
    }
    let refused = post(&gate, &path("remix"), &prompt);
    let error = refused.json()["error"].clone();
    assert_eq!((refused.status, &error["code"]), (400, &json!("invalid_video")), "{error}");
    assert!(error["message"].as_str().unwrap().contains("has expired"), "{error}");
    assert_eq!(get(&gate, &path("content?variant=thumbnail")).status, 200, "what was painted stays");
    assert_eq!(get(&gate, &path("content?variant=spritesheet")).status, 404);
    assert_eq!(get(&gate, &path("content")).status, 200);
}

#[test]
fn what_cannot_be_made_into_another_video_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = create(&gate, &short());
    let remix = format!("/v1/videos/{id}/remix");
    let extend = |video: Value| json!({ "prompt": "x", "seconds": 4, "video": video });
    for (path, body, status, words) in [
        (remix.as_str(), json!({ "prompt": "x" }), 400, "not finished"),
        (remix.as_str(), json!({}), 400, "prompt is required"),
        ("/v1/videos/video_0/remix", json!({ "prompt": "x" }), 404, "not found"),
        ("/v1/videos/extensions", extend(json!({ "id": id })), 400, "not finished"),
        (
            "/v1/videos/extensions",
            json!({ "prompt": "x", "video": { "id": id } }),
            400,
            "seconds is required",
        ),
        ("/v1/videos/edits", json!({ "prompt": "x" }), 400, "video is required"),
        ("/v1/videos/characters", json!({ "name": "Mossy", "video": id }), 400, "not finished"),
    ] {
        let reply = post(&gate, path, &body);
        let error = reply.json()["error"].clone();
        assert_eq!(reply.status, status, "{path} {body}: {error}");
        assert!(error["message"].as_str().unwrap().contains(words), "{error}");
    }
    for (path, texts) in [
        ("/v1/videos/edits", vec![("prompt", "x")]),
        ("/v1/videos/extensions", vec![("prompt", "x"), ("seconds", "4")]),
        ("/v1/videos/characters", vec![("name", "Mossy")]),
    ] {
        let reply =
            post_form(&gate, path, &texts, &[("video", "v.mp4", b"\0\0\0\x18ftypmp42 somebody else's")]);
        let error = reply.json()["error"].clone();
        assert_eq!(
            (reply.status, &error["code"], &error["param"]),
            (400, &json!("invalid_video"), &json!("video"))
        );
        assert!(error["message"].as_str().unwrap().contains("does not decode"), "{error}");
    }
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(988.0), "nothing else was paid");
}

#[test]
fn a_character_of_an_own_film_is_found_again_and_shown_in_other_films() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    wait(&gate, &id);
    let film = content(&gate, &json!(id));
    let made = post_form(&gate, "/v1/videos/characters", &[("name", "Mossy")], &[("video", "v.mp4", &film)]);
    let character = made.json();
    assert_eq!((made.status, &character["name"]), (200, &json!("Mossy")), "{character}");
    assert!(character["created_at"].is_i64());
    let char_id = character["id"].as_str().unwrap();
    let path = format!("/v1/videos/characters/{char_id}");
    assert_eq!(get(&gate, &path).json(), character);
    let other = ("Authorization", "Bearer other");
    assert_eq!(gate.call("GET", &path, &[other], b"").status, 404);

    let again = |name: &str, key: (&str, &str)| {
        let body = json!({ "name": name, "video": id }).to_string();
        gate.call("POST", "/v1/videos/characters", &[KEY, JSON, key], body.as_bytes())
    };
    let (first, second) = (("Idempotency-Key", "c1"), ("Idempotency-Key", "c2"));
    let once = again("Moss", first).json();
    assert_eq!(again("Moss", first).json(), once, "one character for one key");
    assert_ne!(again("Moss", second).json()["id"], once["id"]);
    let other_name = again("Fern", first);
    assert_eq!(
        (other_name.status, &other_name.json()["error"]["code"]),
        (422, &json!("idempotency_key_reused"))
    );

    let with =
        json!({ "prompt": "A red boat at sea", "size": "1280x720", "characters": [{ "id": char_id }] });
    assert_eq!(gate.call("POST", "/v1/videos", &[other, JSON], with.to_string().as_bytes()).status, 404);
    let shown = finished(&gate, &post(&gate, "/v1/videos", &with));
    assert_ne!(content(&gate, &shown["id"]), film, "somebody is in the boat");
}

#[test]
fn models_are_listed_and_found_by_every_name_that_a_create_takes() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let list = get(&gate, "/v1/models").json();
    let names: Vec<_> =
        list["data"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    for name in ["sora-2", "sora-2-pro", "sora-2-2025-12-08", "veo3_fast"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(!names.contains(&"veo/extend"), "makes films from films only");
    for name in &names {
        let model = get(&gate, &format!("/v1/models/{name}")).json();
        assert_eq!((&model["id"], &model["object"]), (&json!(name), &json!("model")));
        let body = json!({ "prompt": "x", "model": name }).to_string();
        let key = format!("Bearer {}", name.len());
        let created = gate.call("POST", "/v1/videos", &[("Authorization", &key), JSON], body.as_bytes());
        assert_ne!(created.status, 404, "{name}: {}", created.text());
    }
    let unknown = get(&gate, "/v1/models/sora-9");
    assert_eq!((unknown.status, &unknown.json()["error"]["code"]), (404, &json!("model_not_found")));
}

#[test]
fn clients_of_new_api_get_its_task_id_and_the_films_link() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let body = json!({ "model": "veo3_fast", "prompt": "A red boat at sea", "duration": 4.0, "metadata": { "seed": 12345 } });
    let created = post(&gate, "/v1/video/generations", &body).json();
    assert_eq!(created["task_id"], created["id"], "{created}");
    let id = created["id"].as_str().unwrap();
    wait(&gate, id);
    let task = get(&gate, &format!("/v1/video/generations/{id}")).json();
    assert_eq!((&task["code"], &task["data"]["status"]), (&json!("success"), &json!("SUCCESS")), "{task}");
    let link = task["data"]["data"]["metadata"]["url"].as_str().unwrap();
    assert_eq!(gate.call("GET", link, &[], b"").body, content(&gate, &created["id"]));

    for (method, path, status, code) in [
        ("GET", "/v1/video/generations/task_1", 404, "not_found"),
        ("GET", "/v1/video/generations/%ff", 404, "not_found"),
        ("PUT", "/v1/video/generations", 405, "method_not_allowed"),
        ("DELETE", "/v1/video/generations/task_1", 405, "method_not_allowed"),
    ] {
        let refused = gate.call(method, path, &[KEY], b"");
        assert_eq!((refused.status, &refused.json()["code"]), (status, &json!(code)), "{method} {path}");
    }
    let no_key = gate.call("GET", &format!("/v1/video/generations/{id}"), &[], b"");
    assert_eq!((no_key.status, &no_key.json()["error"]["code"]), (401, &json!("invalid_api_key")));
}
