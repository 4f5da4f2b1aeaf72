//! A picture of a create: an uploaded file, a link, bytes in a data URL, or the id of a file.

use serde_json::Value;

use crate::form::take::{Fault, upload_of};
use crate::form::{Fields, Node, Upload, Wrong};

/// The most characters of a data URL (S, the spec).
pub const DATA_URL_MAX: usize = 20_971_520;

/// A picture as a client gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference<'a> {
    /// The bytes, from a part with a file name or from a data URL.
    File(Upload<'a>),
    /// An `http` or `https` link; not checked further.
    Link(String),
    /// The id of an uploaded file.
    FileId(String),
}

/// Ends the sentence "`input_reference` must be …".
const FORM: &str =
    "an uploaded file, or an object with either image_url (an https link or a data URL) or file_id";

/// All pictures of a create in their order, each once: `input_reference` (S), `reference_url` (`SGLang`, V), `image_reference`
/// (vLLM-Omni, V), then new-api's `image` and `images` (S).
pub(super) fn of_create<'a>(fields: &mut Fields<'a>) -> Result<Vec<Reference<'a>>, Wrong> {
    let mut references: Vec<Reference<'a>> = Vec::new();
    for name in ["input_reference", "reference_url", "image_reference", "image_url", "image", "images"] {
        let items = match fields.take(name) {
            None => continue,
            Some(Node::List(items)) if name != "images" && items.len() > 1 => {
                return Err(Wrong::not(name, format!("given once, as {FORM}")));
            }
            Some(Node::List(items)) => items,
            Some(node) => vec![node],
        };
        for item in items {
            let reference = of_node(name, item)?;
            // Clients that serve several gateways send the same picture under two names.
            if !references.contains(&reference) {
                references.push(reference);
            }
        }
    }
    Ok(references)
}

fn of_node<'a>(name: &str, node: Node<'a>) -> Result<Reference<'a>, Wrong> {
    match node {
        Node::File(upload) => Ok(Reference::File(upload)),
        Node::Map(fields) => of_map(name, fields),
        // vLLM-Omni takes the object as JSON text (V); new-api, Dynamo and `SGLang` a bare link or data URL (S, V).
        Node::Text(text) => match serde_json::from_str(&text) {
            Ok(Value::Object(entries)) => of_map(name, entries.into()),
            _ => of_url(name, text),
        },
        _ => Err(Wrong::not(name, FORM)),
    }
}

fn of_map<'a>(name: &str, mut fields: Fields<'a>) -> Result<Reference<'a>, Wrong> {
    let inner = |wrong: Wrong| Wrong { field: format!("{name}[{}]", wrong.field), ..wrong };
    // Chat clients write {"image_url":{"url":…}}.
    let url = match fields.take("image_url") {
        Some(Node::Map(mut fields)) => fields.text("url").map_err(inner)?,
        Some(Node::Text(text)) => Some(text),
        Some(_) => return Err(Wrong::not(format!("{name}[image_url]"), "an https link or a data URL")),
        None => None,
    };
    match (url, fields.text("file_id").map_err(inner)?) {
        (Some(_), Some(_)) => {
            Err(Wrong { field: format!("{name}[file_id]"), fault: Fault::Contradicts("image_url") })
        }
        (Some(url), None) => of_url(&format!("{name}[image_url]"), url),
        (None, Some(id)) => Ok(Reference::FileId(id)),
        (None, None) => Err(Wrong::not(name, FORM)),
    }
}

fn of_url<'a>(name: &str, url: String) -> Result<Reference<'a>, Wrong> {
    let begins =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if begins("https://") || begins("http://") {
        return Ok(Reference::Link(url));
    }
    if !begins("data:") {
        return Err(Wrong::not(name, "an https link, a data URL or an uploaded file"));
    }
    if url.len() > DATA_URL_MAX {
        return Err(Wrong::not(name, format!("at most {DATA_URL_MAX} characters long")));
    }
    let upload = upload_of(&url).filter(|upload| !upload.bytes.is_empty());
    upload.map(Reference::File).ok_or_else(|| Wrong::not(name, "a data URL with a base64 text that is whole"))
}
