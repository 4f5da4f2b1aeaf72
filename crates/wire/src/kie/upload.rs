//! The three uploads as our server takes them: bytes in base64, an address, or a form; and what is answered.

use std::borrow::Cow;

use serde::Serialize;

use crate::escape::{parse_base64, parse_data_url};
use crate::form::take::Fault;
use crate::form::{Fields, Malformed, Node, Reading, Upload, Wrong};
use crate::value::{iso_8601, json};

/// A file that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRequest<'a> {
    /// What to keep.
    pub source: Source<'a>,
    /// The folder, without a slash at either end (D26a): plain names with `/` between them, never `.` or `..`.
    pub upload_path: String,
    /// The name; the service makes `<ms>-<random>.<ext>` of none, and overwrites a file of that name (D26a). Plain, too.
    pub file_name: Option<String>,
}

/// What to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source<'a> {
    /// The bytes, with the type that the client told.
    Bytes(Upload<'a>),
    /// An address to load them from; as written, not checked.
    Link(String),
}

impl<'a> UploadRequest<'a> {
    /// Reads `POST /api/file-base64-upload`: `{base64Data*, uploadPath*, fileName}`, raw base64 or a data URL (D26a).
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn base64(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let text = fields.text("base64Data")?.ok_or_else(|| missing("base64Data"))?;
        let read = match text.get(..5) {
            Some(scheme) if scheme.eq_ignore_ascii_case("data:") => parse_data_url(&text),
            _ => parse_base64(&text).map(|bytes| (None, bytes)),
        };
        let read = read.filter(|(_, bytes)| !bytes.is_empty());
        let (content_type, bytes) = read.ok_or_else(|| Wrong::not("base64Data", BASE64))?;
        let upload = Upload { file_name: None, content_type, bytes: Cow::Owned(bytes) };
        Self::of(Source::Bytes(upload), fields, reading)
    }

    /// Reads `POST /api/file-url-upload`: `{fileUrl*, uploadPath*, fileName}` (D26a).
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn url(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let link = fields.text("fileUrl")?.ok_or_else(|| missing("fileUrl"))?;
        Self::of(Source::Link(link), fields, reading)
    }

    /// Reads `POST /api/file-stream-upload`: a form of `file*`, `uploadPath*` and `fileName` (D26a, L1). The name in the
    /// part's head is not its `fileName`: without that the service makes one.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn stream(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let upload = match fields.take("file") {
            None => return Err(missing("file")),
            Some(Node::File(upload)) if !upload.bytes.is_empty() => upload,
            Some(_) => return Err(Wrong::not("file", "one file that is not empty, in multipart/form-data")),
        };
        Self::of(Source::Bytes(upload), fields, reading)
    }

    fn of(source: Source<'a>, mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let path = fields.text("uploadPath")?.ok_or_else(|| missing("uploadPath"))?;
        let path = if reading == Reading::Strict { &path } else { path.trim_matches('/') };
        if path.len() > PATH_MAX || !path.split('/').all(is_plain) {
            return Err(Wrong::not(
                "uploadPath",
                "a folder such as images/user-uploads, without a slash at either end",
            ));
        }
        let file_name = fields.text("fileName")?;
        if file_name.as_deref().is_some_and(|name| name.len() > PATH_MAX || !is_plain(name)) {
            return Err(Wrong::not("fileName", "a plain name such as fox.png"));
        }
        fields.finish(reading, None)?;
        Ok(Self { source, upload_path: path.to_owned(), file_name })
    }
}

/// The most bytes of a folder and of a name (ours; 255 is what file systems take).
const PATH_MAX: usize = 200;

/// Ends the sentence "`base64Data` must be …".
const BASE64: &str = "base64 or a data URL of a file that is not empty";

/// Whether it is one name in a folder, on any file system and in any address.
fn is_plain(name: &str) -> bool {
    let is_letter = |letter: char| !letter.is_control() && !"/\\:?#%*\"<>|".contains(letter);
    !name.is_empty() && name.chars().all(is_letter) && name != "." && name != ".." && name.trim() == name
}

fn missing(field: &str) -> Wrong {
    Wrong { field: field.to_owned(), fault: Fault::Missing }
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// Its name.
    pub file_name: String,
    /// `kieai/<account>/<uploadPath>/<name>` at the service (L1).
    pub file_path: String,
    /// Its address.
    pub download_url: String,
    /// In bytes.
    pub file_size: u64,
    /// Its type.
    pub mime_type: String,
    /// Unix milliseconds; ISO 8601 on the wire (L1).
    pub uploaded_at_ms: i64,
}

impl Uploaded {
    /// The reply's body, with `success` twice (L1, L2).
    pub fn encode(&self) -> String {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Data<'a> {
            success: bool,
            file_name: &'a str,
            file_path: &'a str,
            download_url: &'a str,
            file_size: u64,
            mime_type: &'a str,
            uploaded_at: String,
        }
        #[derive(Serialize)]
        struct Reply<'a> {
            success: bool,
            code: i64,
            msg: &'a str,
            data: Data<'a>,
        }
        let data = Data {
            success: true,
            file_name: &self.file_name,
            file_path: &self.file_path,
            download_url: &self.download_url,
            file_size: self.file_size,
            mime_type: &self.mime_type,
            uploaded_at: iso_8601(self.uploaded_at_ms),
        };
        json(&Reply { success: true, code: 200, msg: "File uploaded successfully", data })
    }
}

/// An upload that is refused: `{"success":false,"code":…,"msg":…}`, without `data` (D26a).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRefusal {
    /// 400, 401, 405, 413 or 500.
    pub code: i64,
    /// For people.
    pub msg: Cow<'static, str>,
}

impl UploadRefusal {
    /// No key or a wrong one (D26a).
    pub const KEY_REFUSED: Self =
        Self { code: 401, msg: Cow::Borrowed("Authentication failed: Invalid API Key") };

    /// The file cannot be had or kept; `why` is a sentence.
    pub fn new(code: i64, why: impl Into<Cow<'static, str>>) -> Self {
        Self { code, msg: why.into() }
    }

    /// The reply's body.
    pub fn encode(&self) -> String {
        #[derive(Serialize)]
        struct Reply<'a> {
            success: bool,
            code: i64,
            msg: &'a str,
        }
        json(&Reply { success: false, code: self.code, msg: &self.msg })
    }
}

impl From<Wrong> for UploadRefusal {
    /// In the documented words where there are some (D26a).
    fn from(wrong: Wrong) -> Self {
        let msg = match &wrong.fault {
            Fault::Missing => format!("Missing required parameter: {}", wrong.field),
            Fault::Not(form) if form == BASE64 => format!("Base64 decoding failed: {wrong}"),
            _ => wrong.to_string(),
        };
        Self { code: 400, msg: Cow::Owned(msg) }
    }
}

impl From<Malformed> for UploadRefusal {
    fn from(malformed: Malformed) -> Self {
        Self { code: 400, msg: Cow::Owned(format!("The request cannot be read: {malformed}.")) }
    }
}
