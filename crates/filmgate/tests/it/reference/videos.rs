//! OpenAI's dialect answers as the document promises: videos, films from films, characters, models, every scenario.

use serde_json::{Value, json};

use super::Document;
use crate::gate::{Gate, Reply, filmgate};

const KEY: (&str, &str) = ("Authorization", "Bearer test");
const VIDEO: &str = r#"{"model":"sora-2","prompt":"A red boat at sea","seconds":"4","size":"1280x720"}"#;

struct Here {
    gate: Gate,
    document: Document,
}

impl Here {
    fn new(gate: Gate) -> Self {
        let document = Document::of(&gate);
        Self { gate, document }
    }

    /// Calls an operation with an id in its path and holds the reply against the document.
    fn call(
        &self,
        (method, path): (&str, &str),
        id: &str,
        (headers, body): (&[(&str, &str)], &str),
    ) -> Reply {
        let headers = [headers, &[("Content-Type", "application/json")]].concat();
        let at = path.replace("{id}", id);
        let reply = self.gate.call(&method.to_uppercase(), &at, &headers, body.as_bytes());
        self.document.check((method, path), &reply);
        reply
    }

    fn create(&self) -> String {
        let made = self.call(("post", "/v1/videos"), "", (&[KEY], VIDEO)).json();
        made["id"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
    }

    fn wait(&self, id: &str) {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(120);
        loop {
            let video = self.call(("get", "/v1/videos/{id}"), id, (&[KEY], "")).json();
            if video["status"] == "completed" || video["status"] == "failed" {
                return;
            }
            assert!(std::time::Instant::now() < deadline, "{video}");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

#[test]
fn a_video_is_answered_as_promised_from_its_create_to_its_deletion() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::new(Gate::dev(folder.path()));
    let id = here.create();
    here.wait(&id);
    let content = ("get", "/v1/videos/{id}/content");
    assert_eq!(here.call(content, &id, (&[KEY], "")).status, 200);
    assert_eq!(here.call(content, &id, (&[KEY, ("Range", "bytes=0-9")], "")).status, 206);
    for variant in ["thumbnail", "spritesheet", "nothing"] {
        let reply = here.gate.call("GET", &format!("/v1/videos/{id}/content?variant={variant}"), &[KEY], b"");
        here.document.check(content, &reply);
    }
    let source = json!({"id": id});
    let remix = json!({"prompt": "At night"}).to_string();
    let edit = json!({"prompt": "In the rain", "video": source}).to_string();
    let extend = json!({"prompt": "It sails on", "seconds": "4", "video": source}).to_string();
    for (path, body) in
        [("/v1/videos/{id}/remix", remix), ("/v1/videos/edits", edit), ("/v1/videos/extensions", extend)]
    {
        assert_eq!(here.call(("post", path), &id, (&[KEY], &body)).status, 200, "{path}");
        assert_eq!(here.call(("post", path), "video_x", (&[KEY], "{}")).status, 400, "{path}");
    }
    let character = json!({"name": "Boat", "video": source}).to_string();
    let character = here.call(("post", "/v1/videos/characters"), "", (&[KEY], &character)).json();
    let read = ("get", "/v1/videos/characters/{id}");
    assert_eq!(here.call(read, character["id"].as_str().unwrap(), (&[KEY], "")).status, 200);
    assert_eq!(here.call(read, "char_x", (&[KEY], "")).status, 404);
    here.call(("get", "/v1/videos"), "", (&[KEY], ""));
    assert_eq!(here.call(("delete", "/v1/videos/{id}"), &id, (&[KEY], "")).status, 200);
    assert_eq!(here.call(("delete", "/v1/videos/{id}"), &id, (&[KEY], "")).status, 404);
}

#[test]
fn models_and_new_apis_route_answer_as_promised() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::new(Gate::idle(folder.path()));
    here.call(("get", "/v1/models"), "", (&[KEY], ""));
    assert_eq!(
        here.call(("get", "/v1/models/{id}"), "openai/sora-2-text-to-video", (&[KEY], "")).status,
        200
    );
    assert_eq!(here.call(("get", "/v1/models/{id}"), "nothing", (&[KEY], "")).status, 404);
    let generations = ("post", "/v1/video/generations");
    let made = here.call(generations, "", (&[KEY], VIDEO)).json();
    let read = ("get", "/v1/video/generations/{id}");
    here.call(read, made["task_id"].as_str().unwrap(), (&[KEY], ""));
    assert_eq!(here.call(read, "x", (&[KEY], "")).status, 404);
    assert_eq!(here.call(generations, "", (&[], VIDEO)).status, 401);
    assert_eq!(here.call(generations, "", (&[KEY], "{}")).status, 400);
    let create = ("post", "/v1/videos");
    for body in ["", "[]", "{}", r#"{"prompt":"a","seconds":"5"}"#, r#"{"prompt":"a","model":"x"}"#] {
        assert!(here.call(create, "", (&[KEY], body)).status >= 400, "{body}");
    }
    assert_eq!(here.call(create, "", (&[], VIDEO)).status, 401);
}

#[test]
fn every_scenario_plays_within_the_document_here_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = filmgate();
    // At this speed `slow` and the deadline of `stuck` come at once.
    command
        .args(["serve", "--dev", "--speed", "100000", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path());
    let here = Here::new(Gate::start(&mut command));
    let names = here.document.0["components"]["parameters"]["Scenario"]["schema"]["enum"].as_array().unwrap();
    // A dropped connection is no reply.
    for name in names.iter().filter_map(Value::as_str).filter(|name| *name != "lost-reply") {
        let reply = here.call(("post", "/v1/videos"), "", (&[KEY, ("X-Filmgate-Scenario", name)], VIDEO));
        let made = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
        if let Some(id) = made["id"].as_str() {
            here.wait(id);
        }
    }
}
