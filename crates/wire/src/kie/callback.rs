//! `callBackUrl`: where a record echoes it, which tells whose task it is, and the bodies that are posted to it, read and written.

use serde::Serialize;
use serde_json::Value;

use crate::kie::credit::Credits;
use crate::kie::envelope::{SUCCESS, envelope};
use crate::kie::record::{JobsRecord, State};
use crate::kie::veo::larger::LargeFilm;
use crate::kie::veo::record::{VeoRecord, VeoState};
use crate::value::{json, text, text_or_digits};

/// The task that a callback names: `taskId`, `data.taskId` (jobs and Veo, D26a) or `data.task_id` (Runway, and the sample
/// code of the documentation), in this order. Nothing else of the body is worth reading: not even a signature covers
/// it, so whoever is called back reads the record.
pub fn called_back(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let data = &value["data"];
    [&value["taskId"], &data["taskId"], &data["task_id"]].into_iter().find_map(text_or_digits)
}

/// How often JSON text was ever seen inside JSON text, and once more.
const DEPTH_MAX: usize = 3;

/// The `callBackUrl` in a record's `param` (jobs, whose `input` is text inside the text, L1) or `paramJson` (Veo, encoded
/// once, L2): at the top, or inside `input`. The whole may be JSON text in JSON text again.
pub fn call_back_url(param: &str) -> Option<String> {
    find(&Value::from(param), DEPTH_MAX)
}

fn find(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(inner) if depth > 0 => find(&serde_json::from_str(inner).ok()?, depth - 1),
        Value::Object(entries) => entries
            .get("callBackUrl")
            .and_then(text)
            .or_else(|| find(entries.get("input").filter(|_| depth > 0)?, depth - 1)),
        _ => None,
    }
}

/// What is posted when a task of the jobs family has ended: the record with `updateTime`, under `code` 200 or 501 and one of
/// two texts (D26c). `None` while it runs. `late_film` is ours: the link of a film that came after a failure.
pub fn encode_callback(record: &JobsRecord, late_film: Option<&str>) -> Option<String> {
    let (code, msg) = match record.state {
        State::Success { .. } => (SUCCESS, "Playground task completed successfully."),
        State::Fail { .. } => (GENERATION_FAILED, "Playground task failed."),
        State::Waiting | State::Queuing | State::Generating => return None,
    };
    Some(envelope(code, msg, &JobsData { late_film, ..JobsData::of(record) }))
}

/// What is posted to `progressCallBackUrl`, which only the four base models of Sora have (D26a). Its body is documented
/// nowhere; ours is the record of a running task with `progress` in percent.
pub fn encode_progress(record: &JobsRecord, percent: u8) -> String {
    let data = JobsData { progress: Some(percent.min(100)), ..JobsData::of(record) };
    envelope(SUCCESS, "Playground task is in progress.", &data)
}

/// The `code` of every failure callback (D26a).
const GENERATION_FAILED: i64 = 501;

/// The keys of D26c's schema in the order of its examples.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JobsData<'a> {
    task_id: &'a str,
    model: &'a str,
    state: &'a str,
    param: &'a str,
    /// Null in a failure, where the record says `""`.
    result_json: Option<String>,
    fail_code: Option<&'a str>,
    fail_msg: Option<&'a str>,
    cost_time: Option<i64>,
    complete_time: Option<i64>,
    create_time: i64,
    update_time: Option<i64>,
    credits_consumed: Credits,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "late_film")]
    late_film: Option<&'a str>,
}

impl<'a> JobsData<'a> {
    fn of(record: &'a JobsRecord) -> Self {
        let mut data = Self {
            task_id: &record.task_id,
            model: &record.model,
            state: "generating",
            param: &record.param,
            result_json: None,
            fail_code: None,
            fail_msg: None,
            cost_time: None,
            complete_time: None,
            create_time: record.create_time_ms,
            update_time: None,
            credits_consumed: Credits::ZERO,
            progress: None,
            late_film: None,
        };
        let end = match &record.state {
            State::Waiting | State::Queuing | State::Generating => return data,
            State::Success { results, end } => {
                (data.state, data.result_json) = ("success", Some(json(results)));
                end
            }
            State::Fail { code, message, end } => {
                data.state = "fail";
                (data.fail_code, data.fail_msg) = (code.as_deref(), message.as_deref());
                end
            }
        };
        (data.cost_time, data.complete_time, data.update_time) =
            (end.cost_time_s, end.complete_time_ms, end.complete_time_ms);
        data.credits_consumed = end.credits_consumed.unwrap_or_default();
        data
    }
}

/// What is posted when a task of the dedicated Veo form has ended (D26a): the films under `info`, or a failure whose `code`
/// and `msg` are its own. `None` while it runs. The key `late_film` is ours, as in the jobs form.
pub fn encode_veo_callback(record: &VeoRecord, late_film: Option<&str>) -> Option<String> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Info<'a> {
        result_urls: &'a [String],
        origin_urls: &'a [String],
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        full_result_urls: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        resolution: Option<&'a str>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        task_id: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        prompt_json: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        info: Option<Info<'a>>,
        fallback_flag: bool,
        #[serde(skip_serializing_if = "Option::is_none", rename = "late_film")]
        late_film: Option<&'a str>,
    }
    let data = |prompt_json, info| Data {
        task_id: &record.task_id,
        prompt_json,
        info,
        fallback_flag: false,
        late_film,
    };
    match &record.state {
        VeoState::Generating => None,
        VeoState::Success { films, .. } => {
            let info = Info {
                result_urls: &films.result_urls,
                origin_urls: &films.origin_urls,
                full_result_urls: &films.full_result_urls,
                resolution: films.resolution.as_deref(),
            };
            let data = data(Some(&record.param_json), Some(info));
            Some(envelope(SUCCESS, "Veo3.1 video generated successfully.", &data))
        }
        VeoState::Fail { code, message, .. } => {
            // The codes that a failure callback was ever documented with (4.6).
            let code = code.filter(|code| [400, 422, 500, 501].contains(code)).unwrap_or(GENERATION_FAILED);
            Some(envelope(code, message, &data(None, None)))
        }
    }
}

/// What is posted when a 4k film is there: `{"taskId","info":{"resultUrls","imageUrls"}}` (the callback page; the OpenAPI
/// block spells it in snake case, which no client was seen to read). The text is ours.
pub fn encode_4k_callback(task_id: &str, film: &LargeFilm) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        task_id: &'a str,
        info: &'a LargeFilm,
    }
    envelope(SUCCESS, "4K video generated successfully.", &Data { task_id, info: film })
}

/// What is posted when there will be no 4k film: `code` 500 (the callback page) and the reason.
pub fn encode_4k_failure(task_id: &str, msg: &str) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        task_id: &'a str,
    }
    envelope(500, msg, &Data { task_id })
}
