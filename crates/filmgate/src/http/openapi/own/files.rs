//! Files by their links.

use serde_json::json;

use super::super::operation::{Operation, operation};
use super::super::shape::text;

pub(super) fn operations() -> Vec<Operation> {
    let plain = || ("text/plain", text());
    let film = operation(("get", "/files/{name}"), "film", "A film by its link")
        .says("The link is the permission: it holds 128 random bits. `HEAD`, one `Range`, `If-Range` and `If-None-Match` are understood.")
        .open()
        .needs("path", "name", (text(), "6f1e0c9d8b7a4f35a2c1d0e9f8b7a6c5.mp4"), "As the record's link says, or a fresh link's.")
        .takes("header", "Range", json!({"type": "string", "pattern": "^bytes=[0-9]*-[0-9]*$"}), "Which bytes, such as `bytes=0-1023`.")
        .takes("header", "If-None-Match", json!({"type": "string", "pattern": "^\"[0-9a-f]+\"$"}), "The `ETag` of what is there already.")
        .replies(200, "The film.", ("video/mp4", text()))
        .tells(200, "ETag")
        .replies(206, "The bytes that were asked for.", ("video/mp4", text()))
        .tells(206, "ETag")
        .tells(206, "Content-Range")
        .nothing(304, "What is there already is the same.")
        .replies(403, "The link has died; `POST /api/v1/common/download-url` gives a fresh one.", plain())
        .replies(404, "There is no film behind this link.", plain())
        .nothing(416, "The film has no such bytes.");
    let upload = operation(("get", "/files/uploads/{name}"), "upload", "An uploaded file by its link")
        .says("Only files that you or others gave; nothing in it is run by a browser.")
        .open()
        .needs("path", "name", (text(), "0f1e2d3c4b5a69788796a5b4c3d2e1f0.png"), "As the upload's link says.")
        .replies(200, "The file, as the type that it was found to be.", ("*/*", text()))
        .replies(404, "There is no file behind this link.", plain());
    vec![film, upload]
}
