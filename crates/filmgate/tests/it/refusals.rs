//! Bad input gets the matching error, creates nothing and costs nothing.

use serde_json::json;

use crate::gate::{CAT, Gate};

const JOBS: &str = "/api/v1/jobs/createTask";
const VEO: &str = "/api/v1/veo/generate";

#[test]
fn every_bad_create_has_its_code_and_text_and_creates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let sora = |input: &str| format!(r#"{{"model":"sora-2-text-to-video","input":{input}}}"#);
    let picture = |input: &str| format!(r#"{{"model":"sora-2-image-to-video","input":{input}}}"#);
    let long = format!(r#"{{"prompt":"{}"}}"#, "x".repeat(10_001));
    let unsupported = "The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.";
    for (path, body, code, text) in [
        (JOBS, String::new(), 400, "The request body is not a JSON object."),
        (JOBS, "{".into(), 400, "The request body is not a JSON object."),
        (JOBS, "[]".into(), 400, "The request body is not a JSON object."),
        (JOBS, "{}".into(), 422, unsupported),
        (JOBS, r#"{"model":"gpt-5","input":{"prompt":"x"}}"#.into(), 422, unsupported),
        (JOBS, r#"{"model":"gpt-5","input":{"prompt":7}}"#.into(), 422, unsupported),
        (JOBS, r#"{"model":"veo3_fast","input":{"prompt":"x"}}"#.into(), 422, unsupported),
        (JOBS, r#"{"model":"sora-2-text-to-video"}"#.into(), 422, "the input cannot be null"),
        (JOBS, r#"{"model":"sora-2-text-to-video","input":null}"#.into(), 422, "the input cannot be null"),
        (JOBS, sora("{}"), 500, "prompt is required"),
        (JOBS, sora(r#"{"prompt":""}"#), 500, "prompt is required"),
        (JOBS, sora(r#"{"prompt":"   "}"#), 500, "prompt is required"),
        (JOBS, sora(r#"{"prompt":5}"#), 422, "prompt must be a string"),
        (JOBS, sora(r#"{"prompt":"x","n_frames":[10]}"#), 422, "n_frames must be a string such as \"10\""),
        (JOBS, sora(r#"{"prompt":"x","n_frames":"20"}"#), 500, "n_frames is not within the range of allowed options: n_frames takes 10, 15"),
        (JOBS, sora(r#"{"prompt":"x","n_frames":"ten"}"#), 500, "n_frames is not within the range of allowed options: n_frames takes 10, 15"),
        (JOBS, sora(r#"{"prompt":"x","aspect_ratio":"1:1"}"#), 500, "aspect_ratio is not within the range of allowed options: aspect_ratio takes landscape, portrait"),
        (JOBS, sora(r#"{"prompt":"x","remove_watermark":"yes"}"#), 422, "remove_watermark must be true or false"),
        (JOBS, sora(&long), 422, "prompt exceeds the maximum length of 10000 characters"),
        (JOBS, picture(r#"{"prompt":"x"}"#), 500, "image_urls is required"),
        (JOBS, picture(r#"{"prompt":"x","image_urls":7}"#), 422, "image_urls must be an array of strings, none of them empty"),
        (JOBS, picture(r#"{"prompt":"x","image_urls":["https://e.com/a","https://e.com/b"]}"#), 422, "image_urls exceeds the maximum number of items, which is 1"),
        (JOBS, picture(r#"{"prompt":"x","image_urls":["http://10.0.0.1/a.jpg"]}"#), 422, "image_urls must hold public https links"),
        (JOBS, picture(r#"{"prompt":"x","image_urls":["file:///etc/passwd"]}"#), 422, "image_urls must hold public https links"),
        (JOBS, picture(r#"{"prompt":"x","image_urls":["stored:00"]}"#), 422, "image_urls must hold public https links"),
        (JOBS, r#"{"model":"sora-2-text-to-video","callBackUrl":"http://169.254.169.254/","input":{"prompt":"x"}}"#.into(), 422, "callBackUrl must be a public https link"),
        (JOBS, r#"{"model":"sora-2-pro-storyboard","input":{"shots":[{"Scene":"a","duration":9},{"Scene":"b","duration":9}]}}"#.into(), 422, "shots together exceed the film's 15 seconds"),
        (JOBS, r#"{"model":"x","callBackUrl":"file:///x","input":{"prompt":"a"}}"#.into(), 422, unsupported),
        (VEO, "{}".into(), 500, "prompt is required"),
        (VEO, r#"{"prompt":"x","model":"veo9"}"#.into(), 422, unsupported),
        (VEO, r#"{"prompt":"x","model":"sora-2-text-to-video"}"#.into(), 422, unsupported),
        (VEO, r#"{"prompt":"x","aspectRatio":"1:1"}"#.into(), 422, "Ratio error: aspectRatio takes 16:9, 9:16, Auto"),
        (VEO, r#"{"prompt":"x","duration":"8 s"}"#.into(), 422, "duration must be an integer"),
        (VEO, r#"{"prompt":"x","duration":5}"#.into(), 500, "duration is not within the range of allowed options: duration takes 4, 6, 8"),
        (VEO, r#"{"prompt":"x","generationType":"FIRST_AND_LAST_FRAMES_2_VIDEO"}"#.into(), 500, "imageUrls is required"),
        (VEO, r#"{"prompt":"x","seeds":7}"#.into(), 500, "seeds is not within the range of allowed options: seeds takes 10000 to 99999"),
    ] {
        let reply = gate.call("POST", path, &[("Authorization", "Bearer test")], body.as_bytes());
        let short: String = body.chars().take(120).collect();
        assert_eq!(reply.status, 200, "{short}");
        assert_eq!(reply.json(), json!({"code": code, "msg": text, "data": null}), "{short}");
    }
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
    let listed = crate::gate::filmgate()
        .args(["tasks", "list", "--json", "--data"])
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(listed.stdout).unwrap(), "");
}

#[test]
fn what_nothing_can_make_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let body = r#"{"model":"sora-watermark-remover","input":{"video_url":"https://sora.chatgpt.com/p/x"}}"#;
    let reply = gate.post(JOBS, body);
    assert_eq!(reply["code"], 422);
    assert!(reply["msg"].as_str().unwrap().contains("does not touch a film's provenance marks"), "{reply}");
}

#[test]
fn a_key_is_needed_and_its_refusal_has_no_data() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let refusal = "{\"code\":401,\"msg\":\"Unauthorized – Authentication failed. Please check that your Authorization and Content-Type headers are correctly set.\"}";
    for headers in [
        &[][..],
        &[("Authorization", "Bearer ")],
        &[("Authorization", "test")],
        &[("Authorization", "Basic dGVzdA==")],
        &[("apikey", "test")],
    ] {
        for (method, path) in [
            ("POST", JOBS),
            ("POST", VEO),
            ("GET", "/api/v1/jobs/recordInfo?taskId=x"),
            ("GET", "/api/v1/chat/credit"),
        ] {
            let reply = gate.call(method, path, headers, CAT.as_bytes());
            assert_eq!((reply.status, reply.text().as_str()), (200, refusal), "{method} {path} {headers:?}");
        }
    }
}

#[test]
fn unknown_tasks_have_their_own_texts_in_each_family() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = gate.create(CAT);
    for (path, code, text) in [
        ("/api/v1/jobs/recordInfo", 400, "taskId parameter is required"),
        ("/api/v1/jobs/recordInfo?taskId=", 400, "taskId parameter is required"),
        ("/api/v1/jobs/recordInfo?taskId=nonsense", 422, "recordInfo is null"),
        ("/api/v1/jobs/recordInfo?taskId=00000000000000000000000000000000", 422, "recordInfo is null"),
        ("/api/v1/veo/record-info?taskId=abc", 422, "Record not found for taskId: abc"),
        (&format!("/api/v1/veo/record-info?taskId={id}"), 422, &format!("Record not found for taskId: {id}")),
    ] {
        assert_eq!(gate.get(path), json!({"code": code, "msg": text, "data": null}), "{path}");
    }
}

#[test]
fn errors_before_routing_are_answered_in_the_dialect() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let key = [("Authorization", "Bearer test")];
    let huge =
        format!(r#"{{"model":"sora-2-text-to-video","input":{{"prompt":"{}"}}}}"#, "x".repeat(1_100_000));
    for (method, path, body, code) in [
        ("GET", "/api/v1/nothing", "", 404),
        ("POST", "/api/v1/user/credits", "{}", 404),
        ("GET", JOBS, "", 405),
        ("DELETE", "/api/v1/jobs/recordInfo", "", 405),
        ("POST", JOBS, huge.as_str(), 413),
    ] {
        let reply = gate.call(method, path, &key, body.as_bytes());
        assert_eq!((reply.status, reply.json()["code"].as_i64()), (200, Some(code)), "{method} {path}");
    }
    assert_eq!(gate.call("GET", "/nothing", &key, b"").status, 404);
}

#[test]
fn credits_that_do_not_suffice_are_told_last_and_cost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = crate::gate::filmgate();
    command.env("FILMGATE_STUDIO_RENDERS", "0");
    command
        .args(["serve", "--dev", "--dev-credits", "70", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path());
    let gate = Gate::start(&mut command);
    gate.create(CAT);
    gate.create(CAT);
    let refused =
        json!({"code": 402, "msg": "The current credits are insufficient. Please top up.", "data": null});
    assert_eq!(gate.post(JOBS, CAT), refused);
    assert_eq!(gate.post(JOBS, r#"{"model":"sora-2-text-to-video","input":{}}"#)["code"], 500);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(10.0));
}

#[test]
fn the_emulator_answers_only_requests_that_name_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let foreign = [("Authorization", "Bearer test"), ("Host", "rebound.example")];
    assert_eq!(gate.call("POST", JOBS, &foreign, CAT.as_bytes()).json()["code"], 403);
    assert_eq!(gate.call("GET", "/healthz", &[("Host", "rebound.example")], b"").status, 403);
    let local = [("Authorization", "Bearer test"), ("Host", "localhost:2424")];
    assert_eq!(gate.call("POST", JOBS, &local, CAT.as_bytes()).json()["code"], 200);
}

#[test]
fn a_path_that_is_no_utf_8_names_nothing_in_any_form() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let key = [("Authorization", "Bearer test")];
    for path in ["/api/v1/models/%ff/price", "/api/v1/%ff"] {
        let reply = gate.call("GET", path, &key, b"");
        assert_eq!((reply.status, &reply.json()["code"]), (200, &json!(404)), "{path}: {}", reply.text());
    }
    let called = gate.call("POST", "/filmgate/v1/callbacks/%ff", &[], b"{}");
    assert_eq!((called.status, &called.json()["code"]), (404, &json!(404)));
    for path in ["/files/%ff.mp4", "/files/uploads/%ff", "/docs/%ff", "/docs/models/%ff"] {
        let reply = gate.call("GET", path, &[], b"");
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains("UTF-8"), "{path}: {}", reply.text());
    }
}
