//! Files of clients: the three uploads, and fresh links to films.

use filmgate_wire::kie::texts;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{flag, link, object, reference, says, text, whole};
use super::{FILM, refusals, succeeds, success};

/// A picture of one pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

pub(super) fn operations() -> Vec<Operation> {
    let example = json!({"base64Data": format!("data:image/png;base64,{PIXEL}"), "uploadPath": "images/cats", "fileName": "cat.png"});
    let fresh = operation(("post", "/api/v1/common/download-url"), "downloadUrl", "A fresh link to a film")
        .says("Takes a link of this server to a film of yours, also one that is dead, and answers with one that lives for 20 minutes.")
        .costs("Free.")
        .body("application/json", object(&[("url", says("A link of this server."))]), &[("a film", json!({"url": FILM}))])
        .says_kie("FreshLink", ("a fresh link", succeeds(json!(FILM))), &refusals(&[texts::URL_IS_WRONG, texts::field_required("url")]));
    vec![
        upload("/api/file-base64-upload", "uploadBase64", "Upload a file as base64").body(
            "application/json",
            reference("UploadBase64"),
            &[("a picture", example)],
        ),
        upload("/api/file-url-upload", "uploadUrl", "Upload a file from an address").body(
            "application/json",
            reference("UploadUrl"),
            &[("a picture", json!({"fileUrl": "https://example.com/cat.png", "uploadPath": "images/cats"}))],
        ),
        upload("/api/file-stream-upload", "uploadStream", "Upload a file as a form").body(
            "multipart/form-data",
            reference("UploadStream"),
            &[],
        ),
        fresh,
    ]
}

fn upload(path: &'static str, id: &'static str, summary: &str) -> Operation {
    let kept = json!({
        "success": true, "code": 200, "msg": "File uploaded successfully",
        "data": {
            "success": true, "fileName": "cat.png", "filePath": "kieai/team/images/cats/cat.png",
            "downloadUrl": "http://127.0.0.1:2424/files/uploads/0f1e2d3c4b5a69788796a5b4c3d2e1f0.png",
            "fileSize": 68, "mimeType": "image/png", "uploadedAt": "2026-11-22T12:00:00.000Z",
        },
    });
    let refused = json!({"success": false, "code": 400, "msg": "Missing required parameter: uploadPath"});
    let shapes = json!({"oneOf": [reference("Uploaded"), reference("UploadRefused")]});
    operation(("post", path), id, summary)
        .says("Keeps a picture, a film or a sound, at most 30 MiB, for some days. Its link works as a picture of a create. A name that exists is overwritten.")
        .costs("Free.")
        .with("Scenario")
        .answers(200, "The result is in `code` and `success`.", shapes, &[("kept", kept), ("refused", refused)])
        .replies(200, "", ("text/html", text()))
        .answers(429, "A limit, where the operator has set `FILMGATE_LIMITS_HTTP_429`; otherwise it comes with status 200.", reference("UploadRefused"), &[])
}

pub(super) fn schemas() -> Schemas {
    let path = || ("uploadPath", says("A folder such as `images/cats`, without a slash at either end."));
    let name = || ("fileName?", says("A plain name; one is made if there is none."));
    let data = says("The file as base64 or as a data URL.");
    let file =
        json!({"type": "string", "contentMediaType": "application/octet-stream", "description": "The file."});
    vec![
        ("UploadBase64".into(), object(&[("base64Data", data), path(), name()])),
        (
            "UploadUrl".into(),
            object(&[("fileUrl", link("Where the file is, behind a public https link.")), path(), name()]),
        ),
        ("UploadStream".into(), object(&[("file", file), path(), name()])),
        ("Uploaded".into(), uploaded()),
        ("UploadRefused".into(), refused()),
        ("FreshLink".into(), success(link("Lives for 20 minutes."))),
    ]
}

fn uploaded() -> Value {
    let data = object(&[
        ("success", flag("True.")),
        ("fileName", says("Its name.")),
        ("filePath", says("Where it is kept.")),
        ("downloadUrl", link("Its link.")),
        ("fileSize", whole("In bytes.")),
        ("mimeType", says("What it was found to be.")),
        ("uploadedAt", json!({"type": "string", "format": "date-time"})),
    ]);
    let yes = json!({"type": "boolean", "const": true});
    object(&[
        ("success", yes),
        ("code", json!({"type": "integer", "const": 200})),
        ("msg", text()),
        ("data", data),
    ])
}

fn refused() -> Value {
    let no = json!({"type": "boolean", "const": false});
    let code = json!({"type": "integer", "not": {"const": 200}, "description": "400, 401, 405, 413 or 500."});
    object(&[("success", no), ("code", code), ("msg", text())])
}
