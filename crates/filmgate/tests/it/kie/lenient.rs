//! What real clients write in place of the right type or name: taken for what it means, or refused by a strict gateway.

use serde_json::{Value, json};

use crate::gate::{Gate, filmgate};

const JOBS: &str = "/api/v1/jobs/createTask";
const VEO: &str = "/api/v1/veo/generate";

/// A create that the service itself would refuse or misread, and the field that it means.
const MENDED: [(&str, &str, &str, &str); 9] = [
    (JOBS, r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","n_frames":15}}"#, "n_frames", r#""15""#),
    (
        JOBS,
        r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","aspect_ratio":"9:16"}}"#,
        "aspect_ratio",
        r#""portrait""#,
    ),
    (
        JOBS,
        r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","aspectRatio":"portrait"}}"#,
        "aspect_ratio",
        r#""portrait""#,
    ),
    (
        JOBS,
        r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","remove_watermark":"true"}}"#,
        "remove_watermark",
        "true",
    ),
    (
        JOBS,
        r#"{"model":"sora-2-image-to-video","input":{"prompt":"x","image_url":"https://e.com/a.png"}}"#,
        "image_urls",
        r#"["https://e.com/a.png"]"#,
    ),
    (
        JOBS,
        r#"{"model":"sora-2-pro-text-to-video","input":{"prompt":"x","quality":"standard"}}"#,
        "size",
        r#""standard""#,
    ),
    (JOBS, r#"{"model":"veo-3-1","input":{"prompt":"x","duration":"4"}}"#, "duration", "4"),
    (VEO, r#"{"prompt":"x","duration":"4"}"#, "duration", "4"),
    (VEO, r#"{"prompt":"x","aspectRatio":"portrait"}"#, "aspectRatio", r#""9:16""#),
];

fn given(gate: &Gate, path: &str, id: &str) -> Value {
    if path == VEO {
        let record = gate.get(&format!("/api/v1/veo/record-info?taskId={id}"));
        return serde_json::from_str(record["data"]["paramJson"].as_str().unwrap()).unwrap();
    }
    let param: Value = serde_json::from_str(gate.record(id)["param"].as_str().unwrap()).unwrap();
    serde_json::from_str(param["input"].as_str().unwrap()).unwrap()
}

#[test]
fn what_is_certainly_meant_is_taken_and_comes_back_in_the_right_form() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for (path, body, field, meant) in MENDED {
        let reply = gate.post(path, body);
        assert_eq!(reply["code"], 200, "{body}: {reply}");
        let meant: Value = serde_json::from_str(meant).unwrap();
        assert_eq!(given(&gate, path, reply["data"]["taskId"].as_str().unwrap())[field], meant, "{body}");
    }
    let empty = r#"{"model":"sora-2-text-to-video","callBackUrl":"","input":{"prompt":"x","aspect_ratio":"","n_frames":""}}"#;
    assert_eq!(gate.post(JOBS, empty)["code"], 200, "an empty text is none");
}

#[test]
fn what_may_mean_several_things_is_refused_with_what_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for (path, body, words) in [
        (
            JOBS,
            r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","aspect_ratio":"1:1"}}"#,
            "aspect_ratio takes landscape, portrait",
        ),
        (
            JOBS,
            r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","n_frames":20}}"#,
            "n_frames takes 10, 15",
        ),
        (
            JOBS,
            r#"{"model":"sora-2-pro-text-to-video","input":{"prompt":"x","size":"large"}}"#,
            "size takes standard, high",
        ),
        (VEO, r#"{"prompt":"x","aspectRatio":"1:1"}"#, "Ratio error: aspectRatio takes 16:9, 9:16, Auto"),
        (VEO, r#"{"prompt":"x","seeds":7}"#, "seeds takes 10000 to 99999"),
        (VEO, r#"{"prompt":"x","duration":"long"}"#, "duration must be an integer"),
    ] {
        let reply = gate.post(path, body);
        assert_ne!(reply["code"], 200, "{body}");
        assert!(reply["msg"].as_str().unwrap().contains(words), "{body}: {reply}");
    }
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
}

#[test]
fn a_strict_gateway_refuses_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = filmgate();
    command.env("FILMGATE_STRICT", "true").env("FILMGATE_STUDIO_RENDERS", "0");
    let gate =
        Gate::start(command.args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()));
    for (path, body, ..) in MENDED {
        let reply = gate.post(path, body);
        assert_ne!(reply["code"], 200, "{body}: {reply}");
    }
    let right = r#"{"model":"sora-2-text-to-video","input":{"prompt":"x","n_frames":"15","aspect_ratio":"portrait"}}"#;
    assert_eq!(gate.post(JOBS, right)["code"], 200);
}
