//! Why filmgate's own API turns a request down: one shape for every route.

use serde::Serialize;

use crate::value::json;

/// A refusal, as `{"error":{"code","message","parameter"}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The HTTP status.
    #[serde(skip)]
    pub status: u16,
    /// For programs, in `snake_case`.
    pub code: &'static str,
    /// For people: what happened, whether money was spent, what to do next.
    pub message: String,
    /// The field that is meant, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    error: &'a Refused,
}

impl Refused {
    /// A refusal that names no field.
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), parameter: None }
    }

    /// The same about a field.
    #[must_use]
    pub fn about(self, parameter: impl Into<String>) -> Self {
        Self { parameter: Some(parameter.into()), ..self }
    }

    /// The body of the reply.
    pub fn encode(&self) -> String {
        json(&Body { error: self })
    }
}
