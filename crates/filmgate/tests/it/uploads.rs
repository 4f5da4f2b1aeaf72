//! Clients' own files: kept under a link, used as a picture, refused for what they are.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::gate::{Gate, Reply};

const PICTURE: &[u8] = include_bytes!("picture.png");
const KEY: (&str, &str) = ("Authorization", "Bearer test");

fn upload(gate: &Gate, name: &str, bytes: &[u8]) -> Value {
    let body = json!({"base64Data": STANDARD.encode(bytes), "uploadPath": "images", "fileName": name});
    gate.post("/api/file-base64-upload", &body.to_string())
}

fn fetched(gate: &Gate, link: &str) -> Reply {
    gate.call("GET", link, &[], b"")
}

#[test]
fn a_file_in_base64_is_served_as_what_it_is_and_cannot_run_anything() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let reply = upload(&gate, "fox.png", PICTURE);
    assert_eq!((&reply["success"], &reply["code"]), (&json!(true), &json!(200)), "{reply}");
    let data = &reply["data"];
    assert_eq!((&data["fileName"], &data["mimeType"]), (&json!("fox.png"), &json!("image/png")));
    assert_eq!(data["fileSize"], json!(PICTURE.len()));
    let file = fetched(&gate, data["downloadUrl"].as_str().unwrap());
    assert_eq!((file.status, file.body.as_slice()), (200, PICTURE));
    assert_eq!(file.header("content-type"), Some("image/png"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
}

#[test]
fn a_form_and_a_data_url_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let head = "--b\r\nContent-Disposition: form-data; name=\"uploadPath\"\r\n\r\nimages\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n";
    let body = [head.as_bytes(), PICTURE, b"\r\n--b--\r\n"].concat();
    let form = ("Content-Type", "multipart/form-data; boundary=b");
    let reply = gate.call("POST", "/api/file-stream-upload", &[KEY, form], &body).json();
    assert_eq!(reply["data"]["fileSize"], json!(PICTURE.len()), "{reply}");
    assert!(reply["data"]["fileName"].as_str().unwrap().ends_with(".png"), "{reply}");
    let data_url = format!("data:image/png;base64,{}", STANDARD.encode(PICTURE));
    let body = json!({"base64Data": data_url, "uploadPath": "images"}).to_string();
    assert_eq!(gate.post("/api/file-base64-upload", &body)["code"], 200);
}

#[test]
fn an_uploaded_picture_is_the_first_frame_of_a_film() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let link = upload(&gate, "fox.png", PICTURE)["data"]["downloadUrl"].clone();
    let create = json!({"model": "veo3_lite", "prompt": "A fox", "duration": 4, "imageUrls": [link]});
    let id = gate.post("/api/v1/veo/generate", &create.to_string())["data"]["taskId"].clone();
    let record = crate::kie::wait_veo(&gate, id.as_str().unwrap());
    assert_eq!(record["successFlag"], 1, "{record}");
    let param: Value = serde_json::from_str(record["paramJson"].as_str().unwrap()).unwrap();
    assert_eq!(param["imageUrls"], json!([link]), "the record echoes what the client wrote");
}

#[test]
fn a_link_to_no_upload_is_refused_before_anything_is_paid() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let link = format!("http://{}/files/uploads/{}.png", gate.address, "0".repeat(32));
    let create = json!({"model": "veo3_lite", "prompt": "A fox", "imageUrls": [link]});
    assert_eq!(gate.post("/api/v1/veo/generate", &create.to_string())["code"], 422);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
}

#[test]
fn what_is_no_file_of_ours_is_refused_with_a_text() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let page = upload(&gate, "page.png", b"<html><script>alert(1)</script>");
    assert_eq!((&page["success"], &page["code"]), (&json!(false), &json!(400)), "{page}");
    assert!(page["msg"].as_str().unwrap().contains("PNG"), "{page}");
    let missing = gate.post("/api/file-base64-upload", r#"{"base64Data":"aGk="}"#);
    assert_eq!(missing["msg"], "Missing required parameter: uploadPath");
    let broken = gate.post("/api/file-base64-upload", r#"{"base64Data":"!!","uploadPath":"x"}"#);
    assert!(broken["msg"].as_str().unwrap().starts_with("Base64 decoding failed"), "{broken}");
    let climbing =
        json!({"base64Data": STANDARD.encode(PICTURE), "uploadPath": "../..", "fileName": "x.png"});
    assert_eq!(gate.post("/api/file-base64-upload", &climbing.to_string())["code"], 400);
    let nobody = gate.call("POST", "/api/file-base64-upload", &[], b"{}").json();
    assert_eq!(nobody["msg"], "Authentication failed: Invalid API Key");
}

#[test]
fn an_address_that_no_client_may_reach_is_not_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for address in
        ["http://169.254.169.254/latest/meta-data", "http://[::ffff:10.0.0.1]/x.png", "file:///etc/passwd"]
    {
        let body = json!({"fileUrl": address, "uploadPath": "x"}).to_string();
        let reply = gate.post("/api/file-url-upload", &body);
        assert_eq!((&reply["success"], &reply["code"]), (&json!(false), &json!(400)), "{address}: {reply}");
    }
}
