//! Fields taken out of a tree one by one, each as what it holds; what is left over at the end is unknown.

use std::borrow::Cow;
use std::fmt;

use serde_json::Value;

use super::{Fields, Node, Upload};
use crate::escape::parse_data_url;

/// How strictly a request is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Other spellings and types are accepted where their meaning is certain, and unknown fields are ignored, as services do.
    #[default]
    Lenient,
    /// Every unknown field, spelling and type is refused by name.
    Strict,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field as the client spelt it, such as `input_reference[image_url]`.
    pub field: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It holds another type or form; ends the sentence "`field` must be …".
    Not(Cow<'static, str>),
    /// It says something else than the other field.
    Contradicts(&'static str),
    /// Nobody knows it, and the reading is strict.
    Unknown,
}

impl Wrong {
    /// A field that must be what `form` says.
    pub fn not(field: impl Into<String>, form: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), fault: Fault::Not(form.into()) }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match &self.fault {
            Fault::Missing => write!(out, "{field} is required"),
            Fault::Not(form) => write!(out, "{field} must be {form}"),
            Fault::Contradicts(other) => {
                write!(out, "{field} and {other} say different things; send one of them")
            }
            Fault::Unknown => write!(out, "{field} is not a field of this request"),
        }
    }
}

type Read<T> = Result<Option<T>, Wrong>;

impl<'a> Fields<'a> {
    /// Takes a field out; null and `""` count as absent.
    pub fn take(&mut self, name: &str) -> Option<Node<'a>> {
        let at = self.0.iter().position(|(given, _)| given == name)?;
        Some(self.0.remove(at).1).filter(|node| !node.is_absent())
    }

    /// A text.
    ///
    /// # Errors
    ///
    /// Another type.
    pub fn text(&mut self, name: &str) -> Read<String> {
        match self.take(name) {
            None => Ok(None),
            Some(Node::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Wrong::not(name, "a string, given once")),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    ///
    /// Another type, or none, or a text whose characters are not in `length`.
    pub fn text_of(&mut self, name: &str, length: std::ops::RangeInclusive<usize>) -> Result<String, Wrong> {
        let text = self.text(name)?.ok_or_else(|| Wrong { field: name.to_owned(), fault: Fault::Missing })?;
        // Bytes are never fewer than characters, so most texts need no counting.
        if text.len() > *length.end() && text.chars().count() > *length.end() {
            return Err(Wrong::not(name, format!("{} to {} characters long", length.start(), length.end())));
        }
        Ok(text)
    }

    /// An integer: a JSON number without a fraction, or its digits.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub fn integer(&mut self, name: &str) -> Read<i64> {
        let Some(node) = self.take(name) else { return Ok(None) };
        let exact = match &node {
            Node::Number(number) => number.as_i64(),
            Node::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        let integer = exact.or_else(|| number(&node).and_then(whole));
        integer.map(Some).ok_or_else(|| Wrong::not(name, "an integer"))
    }

    /// A finite number, or its text.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub fn number(&mut self, name: &str) -> Read<f64> {
        let Some(node) = self.take(name) else { return Ok(None) };
        number(&node).map(Some).ok_or_else(|| Wrong::not(name, "a number"))
    }

    /// A flag, or the text `true` or `false`.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub fn flag(&mut self, name: &str) -> Read<bool> {
        match self.take(name) {
            None => Ok(None),
            Some(Node::Flag(flag)) => Ok(Some(flag)),
            Some(Node::Text(text)) if text == "true" || text == "false" => Ok(Some(text == "true")),
            Some(_) => Err(Wrong::not(name, "true or false")),
        }
    }

    /// A list of texts that are not empty; one text stands for a list of itself.
    ///
    /// # Errors
    ///
    /// Anything else.
    pub fn texts(&mut self, name: &str) -> Read<Vec<String>> {
        let wrong = || Wrong::not(name, "an array of strings, none of them empty");
        let items = match self.take(name) {
            None => return Ok(None),
            Some(Node::List(items)) => items,
            Some(node) => vec![node],
        };
        let texts = items.into_iter().map(|item| match item {
            Node::Text(text) if !text.is_empty() => Ok(text),
            _ => Err(wrong()),
        });
        texts.collect::<Result<_, _>>().map(Some)
    }

    /// An object, or the JSON text of one, as new-api takes `metadata` and vLLM-Omni `image_reference` in a form (S, V).
    ///
    /// # Errors
    ///
    /// Anything else.
    pub fn map(&mut self, name: &str) -> Read<Self> {
        match self.take(name) {
            None => Ok(None),
            Some(Node::Map(fields)) => Ok(Some(fields)),
            Some(Node::Text(text)) => match serde_json::from_str(&text) {
                Ok(Value::Object(entries)) => Ok(Some(entries.into())),
                _ => Err(Wrong::not(name, "an object or its JSON text")),
            },
            Some(_) => Err(Wrong::not(name, "an object or its JSON text")),
        }
    }

    /// Says no to what nobody took, if the reading is strict.
    ///
    /// # Errors
    ///
    /// The first field that is left, under the name `outer[field]` if there is an `outer`.
    pub fn finish(self, reading: Reading, outer: Option<&str>) -> Result<(), Wrong> {
        let left = self.0.into_iter().next().filter(|_| reading == Reading::Strict);
        let Some((name, _)) = left else { return Ok(()) };
        let field = outer.map_or_else(|| name.clone(), |outer| format!("{outer}[{name}]"));
        Err(Wrong { field, fault: Fault::Unknown })
    }
}

fn number(node: &Node<'_>) -> Option<f64> {
    let number = match node {
        Node::Number(number) => number.as_f64(),
        Node::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// A number without a fraction, as far as doubles hold every integer.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

/// The bytes of a data URL as an upload without a name.
pub(crate) fn upload_of(data_url: &str) -> Option<Upload<'static>> {
    let (content_type, bytes) = parse_data_url(data_url)?;
    Some(Upload { file_name: None, content_type, bytes: Cow::Owned(bytes) })
}
