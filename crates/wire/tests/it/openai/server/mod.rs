//! What clients of `/v1/videos` send, from the recordings of their requests, and what they get.

mod create;
mod follow;
mod resource;
mod webhook;

use filmgate_wire::form::{Fields, read};
use filmgate_wire::multipart;

/// The parts of a recorded form: what stands after `form-data; `, the `Content-Type`, and the content.
type Recorded<'a> = [(&'a str, Option<&'a str>, &'a str)];

/// The body that was recorded part by part, put together as httpx, undici and aiohttp do.
fn recorded(parts: &Recorded<'_>) -> Vec<u8> {
    const EDGE: &str = "--2da436d0201f34bd21ab1f54d0331729";
    let part = |(disposition, content_type, content): &(&str, Option<&str>, &str)| {
        let content_type = content_type.map(|it| format!("Content-Type: {it}\r\n")).unwrap_or_default();
        format!("{EDGE}\r\nContent-Disposition: form-data; {disposition}\r\n{content_type}\r\n{content}\r\n")
    };
    let body = parts.iter().map(part).collect::<String>() + EDGE + "--\r\n";
    body.into_bytes()
}

/// The tree of a recorded form.
fn form(body: &[u8]) -> Fields<'_> {
    read(Some("multipart/form-data; boundary=2da436d0201f34bd21ab1f54d0331729"), body).unwrap()
}

/// The tree of a JSON body.
fn json(body: &str) -> Fields<'_> {
    read(Some("application/json"), body.as_bytes()).unwrap()
}

/// Texts as a form, written by our own writer.
fn texts(parts: &[(&str, &str)]) -> multipart::Form {
    let parts: Vec<_> = parts.iter().map(|(name, text)| multipart::Part::Text { name, text }).collect();
    multipart::encode("edge", &parts)
}
