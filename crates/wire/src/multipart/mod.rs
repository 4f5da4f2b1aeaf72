//! `multipart/form-data` bodies: parts in their order, and a boundary that none of them holds; read back by [`read`](mod@read).

pub mod read;

pub use read::{Broken, Received, boundary_of, read};

/// One part of a form.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// A text, without a `Content-Type`, as the official SDKs of OpenAI send it.
    Text {
        /// The field.
        name: &'a str,
        /// Its value.
        text: &'a str,
    },
    /// A file with its name and its `Content-Type`.
    File {
        /// The field.
        name: &'a str,
        /// The file.
        file: File<'a>,
    },
}

/// A file in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File<'a> {
    /// As the receiver will see it, such as `picture-1.png`.
    pub name: &'a str,
    /// What its bytes are, such as `image/png`.
    pub content_type: &'a str,
    /// All of it.
    pub bytes: &'a [u8],
}

/// A whole body with the header that must go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The value of `Content-Type`, with the boundary.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// The most characters of the given boundary that are used: RFC 2046 allows 70 in all.
const BOUNDARY_MAX: usize = 50;

/// Writes the parts in their order. Of `boundary` only letters, digits and `-` are used; where a part holds it, it
/// grows until none does, so that no content can end its part early. Equal input gives equal bytes.
///
/// The body ends with the closing boundary itself: a line end after it is optional (RFC 2046), and then a receiver could
/// take the form before its last byte, which a paid call holds back until the rest is certain to have left.
pub fn encode(boundary: &str, parts: &[Part<'_>]) -> Form {
    let is_plain = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
    let mut boundary: String = boundary.chars().filter(is_plain).take(BOUNDARY_MAX).collect();
    while boundary.is_empty() || parts.iter().any(|part| part.holds(&boundary)) {
        boundary.push('x');
    }
    let mut body = Vec::new();
    for part in parts {
        body.extend_from_slice(format!("--{boundary}\r\n{}\r\n\r\n", part.head()).as_bytes());
        body.extend_from_slice(part.bytes());
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--").as_bytes());
    Form { content_type: format!("multipart/form-data; boundary={boundary}"), body }
}

impl Part<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text { text, .. } => text.as_bytes(),
            Self::File { file, .. } => file.bytes,
        }
    }

    fn holds(&self, boundary: &str) -> bool {
        self.bytes().windows(boundary.len()).any(|window| window == boundary.as_bytes())
    }

    fn head(&self) -> String {
        let disposition = |name: &str| format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        match self {
            Self::Text { name, .. } => disposition(name),
            Self::File { name, file } => format!(
                "{}; filename=\"{}\"\r\nContent-Type: {}",
                disposition(name),
                quoted(file.name),
                quoted(file.content_type)
            ),
        }
    }
}

/// Escapes what would end the quotes or the line, as browsers do it (WHATWG HTML, multipart form data).
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
