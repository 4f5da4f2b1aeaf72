//! Kie's three uploads, and reading back what was uploaded (kie-api.md 5.3).

use serde_json::{Value, json};

use crate::digest;
use crate::http::{Reply, Request};
use crate::ledger::Upload;
use crate::multipart::Form;
use crate::world::{World, now_ms};

/// What came, before it has an address.
struct Sent {
    upload_path: Option<String>,
    file_name: Option<String>,
    content_type: String,
    bytes: Vec<u8>,
    file_url: Option<String>,
}

/// Takes an upload through any of the three routes.
pub(crate) fn take(world: &World, request: &Request, route: &str) -> Reply {
    let sent = match route {
        "file-stream-upload" => stream(request),
        "file-base64-upload" => base64(&request.json()),
        _ => link(&request.json()),
    };
    let sent = match sent {
        Ok(sent) => sent,
        Err(text) => return refusal(400, text),
    };
    let Some(upload_path) = sent.upload_path.filter(|path| !path.is_empty()) else {
        return refusal(400, "Missing required parameter: uploadPath");
    };
    let mut state = world.lock();
    let number = state.ledger.uploads.len();
    let file_name = sent.file_name.unwrap_or_else(|| format!("{}-{number}.bin", now_ms()));
    let download_url = format!("{}/upload/{number}/{file_name}", state.url);
    let data = json!({
        "success": true,
        "fileName": file_name,
        "filePath": format!("kieai/1/{upload_path}/{file_name}"),
        "downloadUrl": download_url,
        "fileSize": sent.bytes.len(),
        "mimeType": sent.content_type,
        "uploadedAt": "2026-10-05T10:00:00.000Z",
    });
    state.ledger.uploads.push(Upload {
        route: route.to_owned(),
        file_name,
        upload_path,
        content_type: sent.content_type,
        bytes: sent.bytes,
        file_url: sent.file_url,
        download_url,
    });
    world.tell();
    let body = json!({ "success": true, "code": 200, "msg": "File uploaded successfully", "data": data });
    Reply::json(200, &body)
}

/// `GET /upload/{number}/{name}`.
pub(crate) fn read_again(world: &World, request: &Request) -> Reply {
    let number = request.parts().get(1).and_then(|number| number.parse::<usize>().ok());
    let state = world.lock();
    match number.and_then(|number| state.ledger.uploads.get(number)) {
        Some(upload) => Reply::new(200, &upload.content_type, upload.bytes.clone()),
        None => Reply::new(404, "text/plain", "no such upload"),
    }
}

/// The upload host's own 401.
pub(crate) fn unauthorized() -> Reply {
    refusal(401, "Authentication failed: Invalid API Key")
}

fn refusal(code: u16, text: &str) -> Reply {
    Reply::json(code, &json!({ "success": false, "code": code, "msg": text }))
}

fn stream(request: &Request) -> Result<Sent, &'static str> {
    let mut form = Form::read(request).ok_or("Missing required parameter: file")?;
    let file =
        form.files.iter().position(|file| file.name == "file").ok_or("Missing required parameter: file")?;
    let file = form.files.swap_remove(file);
    let given = form.fields.remove("fileName").filter(|name| !name.is_empty());
    Ok(Sent {
        upload_path: form.fields.remove("uploadPath"),
        file_name: given.or_else(|| Some(file.file_name).filter(|name| !name.is_empty())),
        content_type: file.content_type,
        bytes: file.bytes,
        file_url: None,
    })
}

fn base64(body: &Value) -> Result<Sent, &'static str> {
    let data = body["base64Data"].as_str().ok_or("Missing required parameter: base64Data")?;
    let (kind, digits) = match data.strip_prefix("data:").and_then(|url| url.split_once(";base64,")) {
        Some((kind, digits)) => (kind, digits),
        None => ("application/octet-stream", data),
    };
    let bytes = digest::from_base64(digits).ok_or("Base64 decoding failed: illegal character")?;
    Ok(Sent { content_type: kind.to_owned(), bytes, ..named(body) })
}

fn link(body: &Value) -> Result<Sent, &'static str> {
    let url = body["fileUrl"].as_str().ok_or("Missing required parameter: fileUrl")?;
    Ok(Sent { file_url: Some(url.to_owned()), ..named(body) })
}

fn named(body: &Value) -> Sent {
    let text = |name: &str| body[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    Sent {
        upload_path: text("uploadPath"),
        file_name: text("fileName"),
        content_type: "application/octet-stream".to_owned(),
        bytes: Vec::new(),
        file_url: None,
    }
}
