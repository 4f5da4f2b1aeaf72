//! Files in and out as a client: `POST /api/file-stream-upload` on the upload host; and `POST /api/v1/common/download-url`.

use serde::Serialize;
use serde_json::Value;

use crate::form::take::Fault;
use crate::form::{Fields, Reading, Wrong};
use crate::kie::envelope::{Envelope, success};
use crate::multipart::{self, File, Form, Part};
use crate::value::{json, text};

/// The form: `file`, `uploadPath`, and `fileName` if there is one.
///
/// A name that exists is overwritten, so a caller whose names are not unique leaves it out, and the service makes one
/// (D26a). `upload_path` has no slash at either end (D26a).
pub fn encode_upload(file: File<'_>, upload_path: &str, file_name: Option<&str>, boundary: &str) -> Form {
    let mut parts =
        vec![Part::File { name: "file", file }, Part::Text { name: "uploadPath", text: upload_path }];
    parts.extend(file_name.map(|text| Part::Text { name: "fileName", text }));
    let mut form = multipart::encode(boundary, &parts);
    // Everybody sends a line end after a form, and old receivers wait for it.
    form.body.extend_from_slice(b"\r\n");
    form
}

/// The link in an upload's answer: `data.downloadUrl` (L1, L2), else `data.fileUrl` (the quickstart page only).
///
/// # Errors
///
/// The service's words, or ours where it says nothing readable: `success` is false, `code` is neither 200 (L1) nor 0
/// (C), or there is no link.
pub fn parse_upload(body: &[u8]) -> Result<String, String> {
    let reply: Value =
        serde_json::from_slice(body).map_err(|_| "the upload was not answered with JSON".to_owned())?;
    let is_refused =
        reply["success"] == false || reply["code"].as_i64().is_some_and(|code| code != 0 && code != 200);
    let data = &reply["data"];
    let link = text(&data["downloadUrl"]).or_else(|| text(&data["fileUrl"]));
    link.filter(|_| !is_refused).ok_or_else(|| {
        text(&reply["msg"])
            .filter(|_| is_refused)
            .unwrap_or_else(|| "the upload's answer holds no link".to_owned())
    })
}

/// The body of `download-url`: `{"url":…}` (L1). Its link is valid for 20 minutes (D26a, O).
pub fn encode_download_url(url: &str) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        url: &'a str,
    }
    json(&Body { url })
}

/// The fresh link, which is the whole payload (D26a). `None` where there is none, as for a file of another host (`url is
/// wrong`, L1).
pub fn parse_download_url(reply: &Envelope<'_>) -> Option<String> {
    reply.data_as::<String>().filter(|url| !url.is_empty())
}

/// Reads the body of `download-url`: the address, which is to be one of our own.
///
/// # Errors
///
/// No address, or another type.
pub fn decode_download_url(mut fields: Fields<'_>, reading: Reading) -> Result<String, Wrong> {
    let url = fields.text("url")?;
    fields.finish(reading, None)?;
    url.ok_or_else(|| Wrong { field: "url".to_owned(), fault: Fault::Missing })
}

/// The reply of `download-url`: the fresh link is the whole payload (D26a).
pub fn encode_fresh_url(url: &str) -> String {
    success(&url)
}
