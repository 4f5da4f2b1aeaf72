//! What a client sends, as a form or as JSON, folded into one tree, so that nobody behind it need know which it was.
//!
//! The official SDKs of OpenAI write `outer[inner]` for a nested object and repeat `name[]` for a list; numbers and flags are
//! text in a form (V, recordings 6, 7, 15, 20 and 21). They stay text here, and [`take`](mod@take) reads them as what their field
//! holds.

mod fold;
pub mod take;

use std::borrow::Cow;
use std::fmt;

use serde_json::{Number, Value};

pub use take::{Reading, Wrong};

use crate::multipart::{self, Broken};

/// A file in a form, or the bytes of a data URL.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload<'a> {
    /// As the client called it; `None` for a data URL.
    pub file_name: Option<String>,
    /// As the client told it, which may be wrong: raw bytes come as `application/octet-stream` (V, recording 204).
    pub content_type: Option<String>,
    /// All of it.
    pub bytes: Cow<'a, [u8]>,
}

/// Tells how many bytes there are, and not which: there may be millions of them.
impl fmt::Debug for Upload<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file_name, content_type, bytes } = self;
        write!(out, "Upload({file_name:?}, {content_type:?}, {} bytes)", bytes.len())
    }
}

/// One value of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node<'a> {
    /// JSON's null.
    Null,
    /// JSON's true or false.
    Flag(bool),
    /// JSON's number.
    Number(Number),
    /// JSON's string, or any text of a form.
    Text(String),
    /// A part of a form that has a file name.
    File(Upload<'a>),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Map(Fields<'a>),
}

/// The entries of an object, each name once; those of a form in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields<'a>(pub Vec<(String, Node<'a>)>);

/// Why a body is no tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Neither a form with files nor JSON.
    ContentType(String),
    /// A form that cannot be cut into its parts.
    Form(Broken),
    /// No JSON, or JSON that is no object.
    Json,
    /// A text that is not UTF-8; the field.
    Text(String),
    /// A field that is a text in one place and an object in another; the field.
    Contradiction(String),
}

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType(given) => write!(
                out,
                "the Content-Type must be multipart/form-data or application/json and not {given:?}"
            ),
            Self::Form(broken) => broken.fmt(out),
            Self::Json => out.write_str("the body is not a JSON object"),
            Self::Text(name) => write!(out, "the text of {name} is not UTF-8"),
            Self::Contradiction(name) => {
                write!(out, "{name} is given in two forms that contradict each other")
            }
        }
    }
}

impl From<Broken> for Malformed {
    fn from(broken: Broken) -> Self {
        Self::Form(broken)
    }
}

/// Reads a body by its `Content-Type`. An empty body is an empty object, whatever its type: the Python SDK sends
/// `application/json` with none (V, recording 31). Without a type it is taken for JSON. The caller limits the size.
///
/// # Errors
///
/// See [`Malformed`].
pub fn read<'a>(content_type: Option<&str>, body: &'a [u8]) -> Result<Fields<'a>, Malformed> {
    let content_type = content_type.unwrap_or("application/json");
    if let Some(boundary) = multipart::boundary_of(content_type) {
        return fold::fold(multipart::read(&boundary?, body)?);
    }
    if body.is_empty() {
        return Ok(Fields::default());
    }
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media_type != "application/json" && !media_type.ends_with("+json") {
        return Err(Malformed::ContentType(content_type.to_owned()));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(entries)) => Ok(Fields::from(entries)),
        _ => Err(Malformed::Json),
    }
}

impl From<serde_json::Map<String, Value>> for Fields<'_> {
    fn from(entries: serde_json::Map<String, Value>) -> Self {
        Self(entries.into_iter().map(|(name, value)| (name, Node::from(value))).collect())
    }
}

impl From<Value> for Node<'_> {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(flag) => Self::Flag(flag),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::from).collect()),
            Value::Object(entries) => Self::Map(entries.into()),
        }
    }
}

impl Node<'_> {
    /// Null, and `""`, which is how forms write "none".
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Null) || matches!(self, Self::Text(text) if text.is_empty())
    }
}
