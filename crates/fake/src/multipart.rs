//! Multipart forms: text parts by name, files with their names, types and bytes; and JSON objects read like them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::http::{Request, find};
use crate::ledger::FilePart;

/// A form's parts; what has a `filename` is a file (video-apis.md 1.7: a text part may have a type too).
#[derive(Default)]
pub(crate) struct Form {
    /// A part that is repeated has a line for each time.
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) files: Vec<FilePart>,
}

impl Form {
    /// Reads a request's form; `None` if it is no multipart.
    pub(crate) fn read(request: &Request) -> Option<Self> {
        let kind = request.header("content-type");
        if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            return None;
        }
        let boundary = parameter(kind, "boundary")?;
        let delimiter = format!("--{boundary}");
        let mut form = Self::default();
        let mut rest = request.body.get(find(&request.body, delimiter.as_bytes())? + delimiter.len()..)?;
        let delimiter = format!("\r\n{delimiter}");
        while !rest.starts_with(b"--") {
            let end = find(rest, delimiter.as_bytes())?;
            form.add(rest.get(2..end)?)?;
            rest = &rest[end + delimiter.len()..];
        }
        Some(form)
    }

    fn add(&mut self, part: &[u8]) -> Option<()> {
        let end = find(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&part[..end]).into_owned();
        let bytes = &part[end + 4..];
        let header = |name: &str| {
            let mut lines = head.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.trim())
        };
        let disposition = header("content-disposition");
        let name = parameter(disposition, "name")?;
        if let Some(file_name) = parameter(disposition, "filename") {
            let content_type = header("content-type").to_owned();
            self.files.push(FilePart { name, file_name, content_type, bytes: bytes.to_vec() });
        } else {
            let text = String::from_utf8_lossy(bytes);
            let known = self.fields.entry(name).and_modify(|known| known.push('\n')).or_default();
            known.push_str(&text);
        }
        Some(())
    }
}

/// A parameter of a header such as `form-data; name="a"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    Some(value.trim_matches('"').to_owned())
}

/// The members of an object as text.
pub(crate) fn texts(value: &Value) -> BTreeMap<String, String> {
    let members = value.as_object().into_iter().flatten();
    members.map(|(name, value)| (name.clone(), text(value))).collect()
}

/// A text as it is, anything else as JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
