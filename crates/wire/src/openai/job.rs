//! The job of `/videos`, read from every engine's spelling of it, alone or in a list, the answer to a deletion, and the models.

use serde_json::Value;

use crate::openai::error::Complaint;
use crate::value::{text, text_or_digits, texts_of};

/// Where a job stands, after the words of all engines are brought to four (rule 3 of the reference's 4.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It waits.
    Queued,
    /// It is being made.
    Running,
    /// The film is there.
    Completed,
    /// There will be no film.
    Failed,
}

impl Status {
    /// OpenAI's own word, the only one that its Python SDK goes on waiting for (V, recording 192).
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "in_progress",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// Reads a word in any case. A word that nobody documented is running (ours): a job must not end by a word that
    /// we do not know.
    pub fn of(word: &str) -> Self {
        match word.trim().to_ascii_lowercase().as_str() {
            "queued" | "pending" | "submitted" | "not_start" | "starting" => Self::Queued,
            "completed" | "succeeded" | "success" | "done" => Self::Completed,
            "failed" | "failure" | "error" | "cancelled" | "canceled" | "expired" | "deleted"
            | "rejected" => Self::Failed,
            // in_progress, processing (LiteLLM, new-api), generating, postprocessing (TensorRT-LLM), unknown (new-api).
            _ => Self::Running,
        }
    }
}

/// A job as far as it could be read; every field may be missing (rules 4 to 6).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    /// `id`, else new-api's `task_id`. Opaque; `LiteLLM`'s are longer than 200 characters (V).
    pub id: Option<String>,
    /// Whether `object` is `video`.
    pub is_video: bool,
    /// `status` as the engine writes it.
    pub word: Option<String>,
    /// `model`.
    pub model: Option<String>,
    /// `prompt`; `SGLang` sends none (V).
    pub prompt: Option<String>,
    /// `progress` in percent: an integer, a fraction up to 1, or `"45%"`.
    pub percent: Option<u8>,
    /// `seconds`, else `duration` (TensorRT-LLM) or `duration_s` (vLLM-Omni): a number or its digits.
    pub seconds: Option<f64>,
    /// `size`, such as `1280x720`.
    pub size: Option<String>,
    /// `created_at`, else Dynamo's `created`, in Unix seconds.
    pub created_s: Option<i64>,
    /// `error`.
    pub error: Option<Complaint>,
    /// Absolute links to the film: the first of `url`, `urls[0]`, `video_url`, `metadata.url` (new-api) and
    /// `data[0].url` (Dynamo), then the others. To be asked without the engine's key.
    pub urls: Vec<String>,
}

impl Job {
    /// Reads a body; `None` where it is no JSON object.
    pub fn parse(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        value.is_object().then(|| Self::of(&value))
    }

    pub(crate) fn of(value: &Value) -> Self {
        let first = |names: &[&str]| names.iter().map(|name| &value[*name]).find(|value| !value.is_null());
        Self {
            id: text_or_digits(&value["id"]).or_else(|| text_or_digits(&value["task_id"])),
            is_video: value["object"] == "video",
            word: text(&value["status"]),
            model: text(&value["model"]),
            prompt: text(&value["prompt"]),
            percent: percent(&value["progress"]),
            seconds: first(&["seconds", "duration", "duration_s"]).and_then(number),
            size: text(&value["size"]),
            created_s: first(&["created_at", "created"]).and_then(Value::as_i64),
            error: Complaint::of(&value["error"]),
            urls: urls(value),
        }
    }

    /// Where it stands, if it says so.
    pub fn status(&self) -> Option<Status> {
        self.word.as_deref().map(Status::of)
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| number.is_finite())
}

/// An integer is a percentage; a number with a decimal point up to 1 is a share of the whole.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is brought between 0 and 100 before"
)]
fn percent(value: &Value) -> Option<u8> {
    let percent: f64 = match value {
        Value::String(text) => text.trim().trim_end_matches('%').trim_end().parse().ok()?,
        value if value.is_f64() => {
            value.as_f64().map(|share| if share <= 1.0 { share * 100.0 } else { share })?
        }
        value => value.as_f64()?,
    };
    percent.is_finite().then(|| percent.round().clamp(0.0, 100.0) as u8)
}

fn urls(value: &Value) -> Vec<String> {
    let places = [
        &value["url"],
        &value["urls"][0],
        &value["video_url"],
        &value["metadata"]["url"],
        &value["data"][0]["url"],
    ];
    let mut urls = Vec::new();
    for url in places.into_iter().filter_map(text) {
        let is_absolute = url.starts_with("https://") || url.starts_with("http://");
        if is_absolute && !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// The names of `GET /models`: `data[].id` (V, S), and for gateways of other habits `models[].id` or `models[].name`, or the
/// same in a bare list (ours). An entry without a name is skipped; `None` where the body holds no list.
pub fn models_of_list(body: &[u8]) -> Option<Vec<String>> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let name = |row: &Value| text(&row["id"]).or_else(|| text(&row["name"])).or_else(|| text(row));
    [&value["data"], &value["models"], &value].into_iter().find_map(|list| texts_of(list, name))
}

/// The jobs of `{"object":"list","data":[…]}` that have an id. TensorRT-LLM sends no `has_more` (S), so it is not read.
/// `None` where the body is no list: new-api has none (S).
pub fn jobs_of_list(body: &[u8]) -> Option<Vec<Job>> {
    let value: Value = serde_json::from_slice(body).ok()?;
    Some(value["data"].as_array()?.iter().map(Job::of).filter(|job| job.id.is_some()).collect())
}

/// Whether an answer to DELETE says that the job has ended: `"deleted":true` (OpenAI, vLLM-Omni, TensorRT-LLM), or a
/// whole job whose status says so (`SGLang`, which does not stop its work, V).
pub fn is_stopped(body: &[u8]) -> bool {
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    let word = value["status"].as_str().unwrap_or_default().to_ascii_lowercase();
    value["deleted"] == true || matches!(word.as_str(), "deleted" | "cancelled" | "canceled")
}
