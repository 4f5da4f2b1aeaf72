//! OpenAI's dialect as its clients see it.

mod content;
mod create;
mod errors;
mod follow;
mod sdks;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::gate::{Gate, Reply};

pub(super) const KEY: (&str, &str) = ("Authorization", "Bearer test");
pub(super) const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A form as the SDKs send it: text parts without a type, files with a name.
pub(super) fn form(boundary: &str, texts: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, text) in texts {
        body.extend_from_slice(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
                .as_bytes(),
        );
    }
    for (name, file, bytes) in files {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    body
}

pub(super) fn post_form(
    gate: &Gate,
    path: &str,
    texts: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> Reply {
    let body = form("b1", texts, files);
    gate.call("POST", path, &[KEY, ("Content-Type", "multipart/form-data; boundary=b1")], &body)
}

pub(super) fn post(gate: &Gate, path: &str, body: &Value) -> Reply {
    gate.call("POST", path, &[KEY, JSON], body.to_string().as_bytes())
}

pub(super) fn get(gate: &Gate, path: &str) -> Reply {
    gate.call("GET", path, &[KEY], b"")
}

/// Creates a video and returns its id.
pub(super) fn create(gate: &Gate, body: &Value) -> String {
    let reply = post(gate, "/v1/videos", body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()["id"].as_str().unwrap().to_owned()
}

/// Polls until the video is completed or failed.
pub(super) fn wait(gate: &Gate, id: &str) -> Value {
    let deadline = Instant::now() + Duration::from_secs(120);
    loop {
        let video = get(gate, &format!("/v1/videos/{id}")).json();
        match video["status"].as_str().unwrap() {
            "completed" | "failed" => return video,
            "queued" | "in_progress" => {}
            other => panic!("{other} is no status of this dialect"),
        }
        assert!(Instant::now() < deadline, "video {id} is not finished after two minutes: {video}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The quickest video there is.
pub(super) fn short() -> Value {
    json!({ "prompt": "A red boat at sea", "seconds": "4", "size": "1280x720" })
}

/// A small picture.
pub(super) const PICTURE: &[u8] = include_bytes!("../picture.png");
