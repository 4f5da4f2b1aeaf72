//! `GET /api/v1/veo/record-info`: the record of a Veo task, written in the live order of keys and read tolerantly.

use serde::Serialize;
use serde_json::Value;

use crate::kie::envelope::{Envelope, success};
use crate::value::{text, texts};

/// The record of a task that `veo/generate` made. A failed task is a success of the query: `code` 200 (L2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VeoRecord {
    /// The task.
    pub task_id: String,
    /// What [`veo_param`](crate::kie::veo_param) made.
    pub param_json: String,
    /// Unix milliseconds, on the wire cut to the second (L2); 0 where an upstream does not say.
    pub create_time_ms: i64,
    /// Where the task stands.
    pub state: VeoState,
}

/// Where a Veo task stands: the wire has `successFlag` and no word for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VeoState {
    /// `successFlag` 0 (L2), and how every flag is read that nobody documented.
    Generating,
    /// `successFlag` 1.
    Success {
        /// What was made.
        films: VeoFilms,
        /// Unix milliseconds, on the wire cut to the second.
        complete_time_ms: Option<i64>,
    },
    /// `successFlag` 2 or 3.
    Fail {
        /// Which of the two.
        failure: VeoFailure,
        /// `errorCode`: 400, 500 or 501, an integer here (L2 for Aleph).
        code: Option<i64>,
        /// `errorMessage`, for people.
        message: String,
        /// Unix milliseconds, on the wire cut to the second.
        complete_time_ms: Option<i64>,
    },
}

/// Where a Veo task failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VeoFailure {
    /// `successFlag` 2: before completion (D26a).
    BeforeCompletion,
    /// `successFlag` 3: created, but the upstream failed (D26a; recorded for Aleph, L2).
    Upstream,
}

/// The `response` of a finished task (D26a).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct VeoFilms {
    /// The film's address, in a list of one.
    pub result_urls: Vec<String>,
    /// The film before it was turned; only if the ratio is not 16:9.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub origin_urls: Vec<String>,
    /// The joined film; only after an extension.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub full_result_urls: Vec<String>,
    /// `720p`, `1080p` or `4k`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
}

/// The live keys in their live order (L2).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    task_id: &'a str,
    param_json: &'a str,
    response: Option<Response<'a>>,
    success_flag: u8,
    /// Legacy, still sent.
    fallback_flag: bool,
    complete_time: Option<i64>,
    create_time: i64,
    error_code: Option<i64>,
    /// `""` while all is well.
    error_message: &'a str,
    /// Ours: the service has no such key.
    #[serde(skip_serializing_if = "Option::is_none", rename = "late_film")]
    late_film: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    task_id: &'a str,
    #[serde(flatten)]
    films: &'a VeoFilms,
}

impl VeoRecord {
    /// The reply's body.
    pub fn encode(&self) -> String {
        self.encode_offering(None)
    }

    /// The same with the link of a film that came when the task had ended without one; the key `late_film` is ours.
    pub fn encode_offering(&self, late_film: Option<&str>) -> String {
        let mut data = Data {
            task_id: &self.task_id,
            param_json: &self.param_json,
            response: None,
            success_flag: 0,
            fallback_flag: false,
            complete_time: None,
            create_time: whole_second(self.create_time_ms),
            error_code: None,
            error_message: "",
            late_film,
        };
        match &self.state {
            VeoState::Generating => {}
            VeoState::Success { films, complete_time_ms } => {
                data.success_flag = 1;
                data.response = Some(Response { task_id: &self.task_id, films });
                data.complete_time = complete_time_ms.map(whole_second);
            }
            VeoState::Fail { failure, code, message, complete_time_ms } => {
                data.success_flag = match failure {
                    VeoFailure::BeforeCompletion => 2,
                    VeoFailure::Upstream => 3,
                };
                (data.error_code, data.error_message) = (*code, message);
                data.complete_time = complete_time_ms.map(whole_second);
            }
        }
        success(&data)
    }

    /// Reads a record as tolerantly as [`JobsRecord::parse`](crate::kie::JobsRecord::parse): what cannot be read
    /// counts as absent, an unknown flag as running. `None` only where `data` is no object.
    pub fn parse(reply: &Envelope<'_>) -> Option<Self> {
        let data: Value = reply.data_as()?;
        data.is_object().then(|| Self {
            task_id: text(&data["taskId"]).unwrap_or_default(),
            param_json: text(&data["paramJson"]).unwrap_or_default(),
            create_time_ms: data["createTime"].as_i64().unwrap_or_default(),
            state: state(&data),
        })
    }
}

fn state(data: &Value) -> VeoState {
    let complete_time_ms = data["completeTime"].as_i64();
    let fail = |failure| VeoState::Fail {
        failure,
        code: data["errorCode"].as_i64().or_else(|| data["errorCode"].as_str()?.parse().ok()),
        message: text(&data["errorMessage"]).unwrap_or_default(),
        complete_time_ms,
    };
    let response = &data["response"];
    match data["successFlag"].as_i64() {
        Some(1) => VeoState::Success {
            films: VeoFilms {
                result_urls: texts(&response["resultUrls"]),
                origin_urls: texts(&response["originUrls"]),
                full_result_urls: texts(&response["fullResultUrls"]),
                resolution: text(&response["resolution"]),
            },
            complete_time_ms,
        },
        Some(2) => fail(VeoFailure::BeforeCompletion),
        Some(3) => fail(VeoFailure::Upstream),
        _ => VeoState::Generating,
    }
}

/// Cut, not rounded up, so that no time lies in the future.
const fn whole_second(time_ms: i64) -> i64 {
    time_ms.saturating_sub(time_ms.rem_euclid(1000))
}
