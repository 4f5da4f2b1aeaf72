//! `GET /api/v1/jobs/recordInfo`: the record of a task, written in the live order of keys and read tolerantly.

use serde::Serialize;
use serde_json::Value;

use crate::kie::credit::Credits;
use crate::kie::envelope::{Envelope, success};
use crate::value::{json, text, text_or_digits, texts};

/// The record of a task of the jobs family. A failed task is a success of the query: `code` 200 (L1).
#[derive(Clone, Debug, PartialEq)]
pub struct JobsRecord {
    /// The task.
    pub task_id: String,
    /// The model as submitted; also sent as `operationType` (L2).
    pub model: String,
    /// What [`jobs_param`](crate::kie::jobs_param) made; also sent as `paramJson` (L2).
    pub param: String,
    /// Unix milliseconds; 0 where an upstream does not say.
    pub create_time_ms: i64,
    /// Where the task stands.
    pub state: State,
}

/// Where a task stands, in the wire's own words.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// `waiting`, in which most models stay until they are done (L1).
    Waiting,
    /// `queuing`, documented and never recorded (D26a).
    Queuing,
    /// `generating` (L1), and how every state is read that nobody documented.
    Generating,
    /// `success`.
    Success {
        /// What was made.
        results: Results,
        /// When, and for how much.
        end: End,
    },
    /// `fail`. No live record of one was found; its shape is D26a's with live nulls.
    Fail {
        /// `failCode`: always a string, of digits or words, such as `500` or `SENSITIVE_WORD_ERROR` (D26a).
        code: Option<String>,
        /// `failMsg`, for people.
        message: Option<String>,
        /// When, and for how much.
        end: End,
    },
}

/// The end of a task, whether it succeeded or failed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// Unix milliseconds.
    pub complete_time_ms: Option<i64>,
    /// Whole **seconds**: the documentation says milliseconds, 24 of 24 live records say seconds (L1).
    pub cost_time_s: Option<i64>,
    /// What the task cost, 0 for a failed one; the key is absent before mid-2026 (L1).
    pub credits_consumed: Option<Credits>,
}

impl End {
    /// The end of a task that ran from `create_time_ms` to `complete_time_ms`, with the seconds between them rounded.
    pub const fn after(create_time_ms: i64, complete_time_ms: i64, credits_consumed: Credits) -> Self {
        let elapsed_ms = complete_time_ms.saturating_sub(create_time_ms);
        Self {
            complete_time_ms: Some(complete_time_ms),
            cost_time_s: Some(elapsed_ms.saturating_add(500).div_euclid(1000)),
            credits_consumed: Some(credits_consumed),
        }
    }
}

/// What a task made: the text in `resultJson`, and the same as an object in `response` (L2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Results {
    /// `resultUrls` (L1).
    #[serde(rename = "resultUrls")]
    pub urls: Vec<String>,
    /// `resultWaterMarkUrls`, only for Sora (D26a).
    #[serde(rename = "resultWaterMarkUrls", skip_serializing_if = "Vec::is_empty")]
    pub water_mark_urls: Vec<String>,
    /// `originUrls`: the film before it was turned, of a Veo film whose ratio is not 16:9 (as in Veo's own record, D26a).
    #[serde(rename = "originUrls", skip_serializing_if = "Vec::is_empty")]
    pub origin_urls: Vec<String>,
    /// `fullResultUrls`: the joined film after an extension (as in Veo's own record, D26a).
    #[serde(rename = "fullResultUrls", skip_serializing_if = "Vec::is_empty")]
    pub full_urls: Vec<String>,
    /// `character_id`, only for `sora-2-characters` (D26a; an example of D25 has it inside `resultObject`).
    #[serde(rename = "character_id", skip_serializing_if = "Option::is_none")]
    pub character_id: Option<String>,
    /// `resultObject`: the same character with its name (D25).
    #[serde(rename = "resultObject", skip_serializing_if = "Option::is_none")]
    pub character: Option<Character>,
}

/// A character that a task made (an example of D25).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Character {
    /// By what later films name it.
    #[serde(rename = "character_id")]
    pub id: String,
    /// As its client called it.
    #[serde(rename = "character_user_name")]
    pub name: String,
    /// For people.
    pub remark: String,
}

impl Results {
    /// Reads results, also where a Veo film in a larger size has them under `data.result_urls` (C).
    fn from_json(value: &Value) -> Self {
        let either = |name: &str, nested: &str| {
            let urls = texts(&value[name]);
            if urls.is_empty() { texts(&value["data"][nested]) } else { urls }
        };
        Self {
            urls: either("resultUrls", "result_urls"),
            water_mark_urls: texts(&value["resultWaterMarkUrls"]),
            origin_urls: either("originUrls", "origin_urls"),
            full_urls: texts(&value["fullResultUrls"]),
            character_id: text(&value["character_id"])
                .or_else(|| text(&value["resultObject"]["character_id"])),
            character: None,
        }
    }
}

/// The live keys in their live order (L1; from `creditsConsumed` on L2). `updateTime` and `progress` are documented but
/// absent from every recording.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    task_id: &'a str,
    model: &'a str,
    state: &'a str,
    param: &'a str,
    /// `""` until success and after a failure.
    result_json: String,
    fail_code: Option<&'a str>,
    fail_msg: Option<&'a str>,
    cost_time: Option<i64>,
    complete_time: Option<i64>,
    create_time: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    credits_consumed: Option<Credits>,
    operation_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<&'a Results>,
    success_flag: u8,
    param_json: &'a str,
    /// Ours: the service has no such key.
    #[serde(skip_serializing_if = "Option::is_none", rename = "late_film")]
    late_film: Option<&'a str>,
}

impl JobsRecord {
    /// Whether the task has ended.
    pub const fn is_over(&self) -> bool {
        matches!(self.state, State::Success { .. } | State::Fail { .. })
    }

    /// The reply's body.
    pub fn encode(&self) -> String {
        self.encode_offering(None)
    }

    /// The same with the link of a film that came when the task had ended without one; the key `late_film` is ours.
    pub fn encode_offering(&self, late_film: Option<&str>) -> String {
        let mut data = Data {
            task_id: &self.task_id,
            model: &self.model,
            state: "generating",
            param: &self.param,
            result_json: String::new(),
            fail_code: None,
            fail_msg: None,
            cost_time: None,
            complete_time: None,
            create_time: self.create_time_ms,
            credits_consumed: Some(Credits::ZERO),
            operation_type: &self.model,
            response: None,
            success_flag: 0,
            param_json: &self.param,
            late_film,
        };
        match &self.state {
            State::Waiting => data.state = "waiting",
            State::Queuing => data.state = "queuing",
            State::Generating => {}
            State::Success { results, .. } => {
                (data.state, data.success_flag) = ("success", 1);
                (data.result_json, data.response) = (json(results), Some(results));
            }
            State::Fail { code, message, .. } => {
                // 2 exists only for Veo (O).
                (data.state, data.success_flag) = ("fail", 3);
                (data.fail_code, data.fail_msg) = (code.as_deref(), message.as_deref());
            }
        }
        if let State::Success { end, .. } | State::Fail { end, .. } = &self.state {
            (data.cost_time, data.complete_time) = (end.cost_time_s, end.complete_time_ms);
            data.credits_consumed = end.credits_consumed;
        }
        success(&data)
    }

    /// Reads a record. Every field may be absent or of another type; what cannot be read counts as absent, and a state
    /// that nobody documented as running. `response` goes before `resultJson` (O). A success without addresses is
    /// returned as such. `None` only where `data` is no object.
    pub fn parse(reply: &Envelope<'_>) -> Option<Self> {
        let data: Value = reply.data_as()?;
        data.is_object().then(|| Self {
            task_id: text(&data["taskId"]).unwrap_or_default(),
            model: text(&data["model"]).unwrap_or_default(),
            param: text(&data["param"]).or_else(|| text(&data["paramJson"])).unwrap_or_default(),
            create_time_ms: data["createTime"].as_i64().unwrap_or_default(),
            state: state(&data),
        })
    }
}

fn state(data: &Value) -> State {
    let end = || End {
        complete_time_ms: data["completeTime"].as_i64(),
        cost_time_s: data["costTime"].as_i64(),
        credits_consumed: Credits::from_json(&data["creditsConsumed"]),
    };
    match (data["state"].as_str(), data["successFlag"].as_i64()) {
        (Some("waiting"), _) => State::Waiting,
        (Some("queuing"), _) => State::Queuing,
        (Some("success"), _) | (None, Some(1)) => State::Success { results: results(data), end: end() },
        (Some("fail"), _) | (None, Some(2 | 3)) => State::Fail {
            code: text_or_digits(&data["failCode"]),
            message: text(&data["failMsg"]),
            end: end(),
        },
        _ => State::Generating,
    }
}

fn results(data: &Value) -> Results {
    let response = Results::from_json(&data["response"]);
    if response != Results::default() {
        return response;
    }
    let result_json = data["resultJson"].as_str().unwrap_or_default();
    serde_json::from_str(result_json).map(|value| Results::from_json(&value)).unwrap_or_default()
}
