//! `POST /videos`: the body as a form, which all engines but one take, and as JSON for that one.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::escape::data_url;
use crate::multipart::{self, File, Form, Part};
use crate::value::json;

/// The fields that are the request's own, in the order in which they are sent; an extra field of such a name is not.
pub const OWN_FIELDS: [&str; 5] = ["prompt", "model", "seconds", "size", INPUT_REFERENCE];

const INPUT_REFERENCE: &str = "input_reference";

/// An order for one film.
#[derive(Clone, Copy, Debug)]
pub struct Create<'a> {
    /// What to show; 1 to 32,000 characters at OpenAI (S).
    pub prompt: &'a str,
    /// The engine's own name of the model; vLLM-Omni and TensorRT-LLM refuse any other (V, S).
    pub model: &'a str,
    /// Whole seconds.
    pub seconds: u32,
    /// Such as `1280x720`.
    pub size: &'a str,
    /// What the operator adds for this engine. Nothing is added by itself: TensorRT-LLM refuses unknown fields (S).
    pub extra: &'a BTreeMap<String, String>,
    /// The first picture.
    pub reference: Option<Reference<'a>>,
}

/// A picture of a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference<'a> {
    /// The bytes, the only form that all engines with a form body take (4.9).
    File(File<'a>),
    /// A link, for the engines that take a text here (new-api, Dynamo); `SGLang` answers 422 to it in a form (V).
    Link(&'a str),
}

impl<'a> Create<'a> {
    fn extras(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let all = self.extra.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        all.filter(|(name, _)| !OWN_FIELDS.contains(name))
    }
}

/// The body as a form: the text parts first, the extra ones after them, the picture last.
pub fn encode_form(create: &Create<'_>, boundary: &str) -> Form {
    let seconds = create.seconds.to_string();
    let own =
        [("prompt", create.prompt), ("model", create.model), ("seconds", &seconds), ("size", create.size)];
    let texts = own.into_iter().chain(create.extras());
    let mut parts: Vec<Part<'_>> = texts.map(|(name, text)| Part::Text { name, text }).collect();
    parts.extend(create.reference.map(|reference| match reference {
        Reference::File(file) => Part::File { name: INPUT_REFERENCE, file },
        Reference::Link(text) => Part::Text { name: INPUT_REFERENCE, text },
    }));
    multipart::encode(boundary, &parts)
}

/// The body as JSON, which Dynamo alone needs: `seconds` is a number and `input_reference` a string there (S), a
/// picture's bytes as a data URL.
///
/// An extra field whose text is JSON is sent as that JSON, so that `nvext` can be an object and `fps` a number; a text
/// that is to stay a string although it reads like JSON is written in quotes.
pub fn encode_json(create: &Create<'_>) -> String {
    struct Body<'a>(&'a Create<'a>);
    impl Serialize for Body<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let create = self.0;
            let own = [
                ("prompt", Value::from(create.prompt)),
                ("model", Value::from(create.model)),
                ("seconds", Value::from(create.seconds)),
                ("size", Value::from(create.size)),
            ];
            let extras = create
                .extras()
                .map(|(name, text)| (name, serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))));
            let reference = create.reference.map(|reference| match reference {
                Reference::File(file) => Value::from(data_url(file.content_type, file.bytes)),
                Reference::Link(link) => Value::from(link),
            });
            let reference = reference.map(|value| (INPUT_REFERENCE, value));
            serializer.collect_map(own.into_iter().chain(extras).chain(reference))
        }
    }
    json(&Body(create))
}
