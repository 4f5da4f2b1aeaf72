//! What something would cost, and the exact requests that would ask for it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::refused::Refused;

/// Several requests that are to be priced together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskSeveral {
    /// Up to 24, each as in a create.
    pub requests: Vec<Ask>,
}

/// What a create asks for. A misspelt field is refused: whoever sends a limit or an address means it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The model's id or alias.
    pub model: String,
    /// Its parameters by name.
    #[serde(default)]
    pub input: Map<String, Value>,
    /// Where the end is to be told.
    #[serde(default)]
    pub callback_url: Option<String>,
}

/// What one film would cost.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    /// In credits; held at the create, paid for a film only.
    pub price: f64,
    /// What the account can spend now.
    pub available: f64,
    /// The film that is promised.
    pub film: Shape,
    /// Who would be asked first.
    pub made_by: String,
    /// The requests that ask for exactly this.
    pub calls: Calls,
}

/// A film's shape.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Shape {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its length.
    pub seconds: u32,
    /// Its rate.
    pub frames_per_second: u32,
}

/// The same request in every dialect that can say all of it.
#[derive(Clone, Debug, Serialize)]
pub struct Calls {
    /// As Kie's clients send it.
    pub kie: Option<Call>,
    /// As OpenAI's clients send it.
    pub openai: Option<Call>,
    /// As this API takes it.
    pub filmgate: Call,
    /// What follows `filmgate` on the command line.
    pub cli: Option<Vec<String>>,
}

/// One HTTP request with a body in JSON.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// Always `POST`.
    pub method: &'static str,
    /// Such as `/v1/videos`.
    pub path: &'static str,
    /// The body.
    pub body: Value,
}

impl Call {
    /// A create at a path.
    pub fn post(path: &'static str, body: Value) -> Self {
        Self { method: "POST", path, body }
    }
}

/// What several films would cost together.
#[derive(Serialize)]
pub struct Quotes {
    /// One for each request, in order.
    pub quotes: Vec<OrRefused<Quote>>,
    /// The prices of those that are not refused.
    pub total: f64,
    /// What the account can spend now.
    pub available: f64,
}

/// One of several, or why there is none.
#[derive(Serialize)]
#[serde(untagged)]
pub enum OrRefused<T> {
    /// It is there.
    There(Box<T>),
    /// It was refused.
    Refused {
        /// Why.
        error: Refused,
    },
}

impl<T> From<Result<T, Refused>> for OrRefused<T> {
    fn from(answer: Result<T, Refused>) -> Self {
        match answer {
            Ok(there) => Self::There(Box::new(there)),
            Err(error) => Self::Refused { error },
        }
    }
}
