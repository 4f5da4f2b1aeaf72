//! What each engine does in its own way: ids, status codes, status words and the shapes of errors (video-apis.md 4, 5).

use serde_json::{Value, json};

use crate::behaviour::EngineKind;
use crate::digest;
use crate::http::Reply;
use crate::ledger::{Dialect, Job, JobState, Order};

/// A refusal, before it has an engine's shape.
pub(crate) struct Refusal<'a> {
    pub(crate) status: u16,
    pub(crate) message: &'a str,
    /// OpenAI's `type`.
    pub(crate) kind: &'a str,
    /// The field that is wrong, or nothing.
    pub(crate) param: &'a str,
    /// The code as a word.
    pub(crate) code: &'a str,
    /// Whether it is about the key or the content, for which new-api has another shape.
    pub(crate) is_plain: bool,
}

impl<'a> Refusal<'a> {
    /// A wrong key.
    pub(crate) const KEY: Self = Self {
        status: 401,
        message: "Incorrect API key provided.",
        kind: "invalid_request_error",
        param: "",
        code: "invalid_api_key",
        is_plain: true,
    };
    /// The base of what a script says.
    pub(crate) const SCRIPTED: Self =
        Self { kind: "server_error", code: "scripted", is_plain: false, ..Self::KEY };
    /// More than the balance; no engine's documentation says how, so Kie's words are used.
    pub(crate) const BALANCE: Self = Self {
        status: 402,
        message: "The current credits are insufficient. Please top up.",
        code: "insufficient_credits",
        ..Self::SCRIPTED
    };
    /// An unknown video.
    pub(crate) const NO_VIDEO: Self = Self {
        status: 404,
        message: "Video not found",
        kind: "invalid_request_error",
        code: "task_not_exist",
        ..Self::SCRIPTED
    };
    /// An unknown route.
    pub(crate) const NO_ROUTE: Self = Self { message: "Not Found", code: "not_found", ..Self::NO_VIDEO };
    /// A route without this method.
    pub(crate) const NO_METHOD: Self =
        Self { status: 405, message: "Method Not Allowed", code: "method_not_allowed", ..Self::NO_VIDEO };

    /// A request that is wrong: HTTP 400.
    pub(crate) const fn invalid(message: &'a str) -> Self {
        Self {
            status: 400,
            message,
            kind: "invalid_request_error",
            param: "",
            code: "invalid_request",
            is_plain: false,
        }
    }
}

/// A new job's id; `digits` are 32 hexadecimal ones.
pub(crate) fn job_id(order: &Order, engine: EngineKind, digits: &str) -> String {
    if order.dialect != Dialect::OpenAi {
        return digits.to_owned();
    }
    match engine {
        EngineKind::OpenAi | EngineKind::TensorRt => format!("video_{digits}"),
        EngineKind::Sglang => {
            let groups = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
            groups.join("-")
        }
        EngineKind::VllmOmni => format!("video_gen_{digits}"),
        EngineKind::LiteLlm => {
            // The signs make the Base64 hold a plus and a slash, and the length makes it end with an equals sign.
            let mut name = format!(
                "litellm:custom_llm_provider:openai;model_id:{digits}{digits};video_id:video_{digits};served_model:{}>>>???",
                order.model
            );
            while name.len() % 3 != 1 {
                name.push('-');
            }
            format!("video_{}", digest::base64(name.as_bytes()))
        }
        EngineKind::NewApi => format!("task_{digits}"),
    }
}

impl EngineKind {
    pub(crate) const fn create_status(self) -> u16 {
        if matches!(self, Self::TensorRt) { 202 } else { 200 }
    }

    pub(crate) const fn has_list(self) -> bool {
        !matches!(self, Self::NewApi)
    }

    pub(crate) const fn has_delete(self) -> bool {
        !matches!(self, Self::LiteLlm | Self::NewApi)
    }

    /// How many videos a list has when the query does not say.
    pub(crate) const fn list_limit(self) -> usize {
        if matches!(self, Self::VllmOmni) { usize::MAX } else { 20 }
    }

    /// The word for a job's state; while it runs, the words come one after the other with each read.
    pub(crate) fn status(self, job: &Job) -> &'static str {
        let running: &[&str] = match self {
            Self::TensorRt => &["queued", "generating", "postprocessing"],
            Self::LiteLlm => &["queued", "processing"],
            Self::NewApi => &["queued", "unknown", "in_progress"],
            Self::OpenAi | Self::Sglang | Self::VllmOmni => &["queued", "in_progress"],
        };
        match job.state {
            JobState::Success => "completed",
            JobState::Running => {
                let place = usize::try_from(job.reads.saturating_sub(1)).unwrap_or(usize::MAX);
                running[place.min(running.len() - 1)]
            }
            JobState::Fail | JobState::Cancelled | JobState::Lost => "failed",
        }
    }

    /// The HTTP status of a read: vLLM-Omni answers for a failed job with the failure's own (4.3).
    pub(crate) fn read_status(self, job: &Job) -> u16 {
        match (self, job.failure()) {
            (Self::VllmOmni, Some((code, _))) => {
                code.parse().ok().filter(|code| (400..600).contains(code)).unwrap_or(500)
            }
            _ => 200,
        }
    }

    /// A failed job's `error`.
    pub(crate) fn job_error(self, code: &str, text: &str) -> Value {
        match self {
            Self::Sglang => json!({ "message": text }),
            Self::VllmOmni => json!({ "code": code.parse::<i64>().unwrap_or(500), "message": text }),
            Self::TensorRt => json!(text),
            Self::OpenAi | Self::LiteLlm | Self::NewApi => json!({ "code": code, "message": text }),
        }
    }

    /// The answer to a read of an unknown video; new-api says 400 for nearly everything (5.2).
    pub(crate) const fn no_video(self) -> Refusal<'static> {
        let status = if matches!(self, Self::NewApi) { 400 } else { 404 };
        Refusal { status, ..Refusal::NO_VIDEO }
    }

    /// The answer to DELETE where there is none: `LiteLLM`'s router knows the path, new-api's does not.
    pub(crate) const fn no_delete(self) -> Refusal<'static> {
        if matches!(self, Self::NewApi) { Refusal::NO_ROUTE } else { Refusal::NO_METHOD }
    }

    /// The answer of `/content` for a job without a film.
    pub(crate) const fn not_ready(self, state: JobState) -> Refusal<'static> {
        let failed = matches!(state, JobState::Fail);
        let (status, message) = match self {
            Self::VllmOmni if failed => (422, "Video generation failed"),
            Self::VllmOmni => (404, "Generation is still in-progress"),
            Self::TensorRt => (400, "Video is not completed"),
            Self::NewApi => (400, "Task is not completed yet"),
            Self::OpenAi | Self::Sglang | Self::LiteLlm => (404, "Video is not ready"),
        };
        Refusal { status, message, is_plain: true, ..Refusal::NO_VIDEO }
    }

    /// A refusal in the engine's shape (the last row of table 4.1, and 5.2).
    pub(crate) fn refuse(self, refusal: &Refusal<'_>) -> Reply {
        let Refusal { status, message, kind, code, .. } = *refusal;
        let param = Some(refusal.param).filter(|param| !param.is_empty());
        let body = match self {
            Self::Sglang if status == 503 => json!({ "error": message }),
            Self::Sglang if status == 422 => {
                json!({ "detail": [{ "loc": ["body", param], "msg": message, "type": "value_error" }] })
            }
            Self::Sglang => json!({ "detail": message }),
            Self::VllmOmni => {
                json!({ "error": { "message": message, "type": kind, "param": param, "code": status } })
            }
            Self::TensorRt => {
                json!({ "object": "error", "message": message, "type": kind, "param": param, "code": status })
            }
            Self::NewApi if !refusal.is_plain => json!({ "code": code, "message": message, "data": null }),
            Self::NewApi => json!({ "error": { "message": message, "type": kind, "code": code } }),
            Self::OpenAi | Self::LiteLlm => {
                json!({ "error": { "message": message, "type": kind, "param": param, "code": code } })
            }
        };
        Reply::json(status, &body)
    }
}
