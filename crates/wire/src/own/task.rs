//! Tasks as filmgate's own API tells them: a summary for lists, and everything for a page of its own.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::quote::{Ask, OrRefused, Shape};

/// A task in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// The card's id.
    pub model: String,
    /// What people call the model.
    pub title: String,
    /// Such as `running`.
    pub phase: &'static str,
    /// How far, 0 to 100.
    pub percent: u8,
    /// What the film shows, of a storyboard its scenes.
    pub prompt: String,
    /// Who makes it, or tried last.
    pub upstream: String,
    /// Its price.
    pub credits: f64,
    /// When it was accepted.
    pub created_ms: i64,
    /// When it ended.
    pub finished_ms: Option<i64>,
    /// The dialect in which it was asked for.
    pub form: &'static str,
    /// Why there is no film.
    pub error: Option<Failure>,
    /// The film.
    pub film: Option<Film>,
    /// Where a picture of it is.
    pub thumbnail: Option<String>,
    /// The id of the character that it made, for later requests.
    pub character: Option<String>,
    /// Whether a cancel can still be wished.
    pub can_cancel: bool,
}

/// Why there is no film.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failure {
    /// For programs.
    pub code: String,
    /// For people.
    pub message: String,
}

/// A stored film.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Film {
    /// Its path on this server, which needs no key.
    pub url: String,
    /// Of its bytes, in hex.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its length.
    pub seconds: u32,
    /// Its rate.
    pub frames_per_second: u32,
}

impl Film {
    /// A film with this file and shape.
    pub fn new((url, sha256, bytes): (String, String, u64), shape: Shape) -> Self {
        let Shape { width, height, seconds, frames_per_second } = shape;
        Self { url, sha256, bytes, width, height, seconds, frames_per_second }
    }
}

/// `GET /filmgate/v1/tasks`
#[derive(Serialize)]
pub struct Page {
    /// The newest first.
    pub tasks: Vec<Summary>,
    /// What `before` takes for the next page.
    pub next: Option<String>,
}

/// `POST /filmgate/v1/batches`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AskBatch {
    /// Up to 24.
    pub requests: Vec<Ask>,
    /// Nothing is made if all together would cost more.
    #[serde(default)]
    pub total_max: Option<f64>,
}

/// What became of a batch.
#[derive(Serialize)]
pub struct Batch {
    /// One for each request, in order.
    pub tasks: Vec<OrRefused<Summary>>,
    /// The price of those that were created.
    pub total: f64,
}

/// Everything about a task.
#[derive(Serialize)]
pub struct Task {
    /// What lists show of it.
    #[serde(flatten)]
    pub summary: Summary,
    /// What was asked for, by this API's names.
    pub input: Map<String, Value>,
    /// Where its end is told.
    pub callback_url: Option<String>,
    /// Whether a cancel is wished.
    pub cancel_wished: bool,
    /// The film that it is made from.
    pub origin: Option<Origin>,
    /// What is kept beside the film.
    pub copies: Vec<Copy>,
    /// The film that came when nobody waited for it any more.
    pub late_film: Option<Film>,
    /// What happened, oldest first.
    pub timeline: Vec<Moment>,
    /// Each try of an upstream.
    pub attempts: Vec<Attempt>,
    /// What was answered, without secrets and links.
    pub exchanges: Vec<Exchange>,
    /// The movements of its credits.
    pub ledger: Vec<Entry>,
    /// Who is told, and what they answered.
    pub deliveries: Vec<super::webhook::Delivery>,
}

/// A film that another one is made from.
#[derive(Serialize)]
pub struct Origin {
    /// Its task.
    pub task: String,
    /// `extension`, `enlargement`, `remix` or `edit`.
    pub what: &'static str,
}

/// What is kept beside a film.
#[derive(Serialize)]
pub struct Copy {
    /// `joined` or `watermarked`.
    pub kind: &'static str,
    /// Its path on this server.
    pub url: String,
}

/// Something that happened.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// Its place, from 1 on; what `Last-Event-ID` names.
    pub number: usize,
    /// When.
    pub at_ms: i64,
    /// Such as `accepted`.
    pub kind: &'static str,
    /// Whom it is about.
    pub upstream: Option<String>,
    /// In a sentence.
    pub text: String,
}

/// One try of an upstream.
#[derive(Serialize)]
pub struct Attempt {
    /// From 1 on.
    pub number: u32,
    /// Whom.
    pub upstream: String,
    /// The upstream's own name of the model.
    pub model: String,
    /// Such as `running`.
    pub state: &'static str,
    /// The upstream's id of it.
    pub job: Option<String>,
    /// When it began.
    pub began_ms: i64,
    /// How it ended, in words.
    pub text: String,
}

/// What an upstream answered.
#[derive(Serialize)]
pub struct Exchange {
    /// In which attempt.
    pub attempt: u32,
    /// When.
    pub at_ms: i64,
    /// In a sentence.
    pub text: String,
    /// The call that was answered so, where there was one.
    pub call: Option<Call>,
}

/// A call to an upstream, without host, headers and body.
#[derive(Serialize)]
pub struct Call {
    /// Such as `POST`.
    pub method: String,
    /// Below the upstream's address.
    pub path: String,
    /// The answer's status; none where no whole answer came.
    pub status: Option<u16>,
    /// How long it took.
    pub took_ms: u64,
}

/// One movement of credits.
#[derive(Serialize)]
pub struct Entry {
    /// When.
    pub at_ms: i64,
    /// `hold`, `capture`, `release` and so on.
    pub kind: &'static str,
    /// How many credits.
    pub amount: f64,
}
