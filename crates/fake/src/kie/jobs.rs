//! `createTask` and `recordInfo`: the unified family of Kie's jobs (kie-api.md 2).

use serde_json::{Value, json};

use crate::kie::{self, NULL_INPUT, UNKNOWN_MODEL, Verdict};
use crate::ledger::{Job, JobState};

/// What `createTask` refuses where no market says which models there are.
pub(crate) fn judge(body: &Value) -> Verdict {
    if body["model"].as_str().is_none_or(str::is_empty) {
        return Err((422, UNKNOWN_MODEL));
    }
    if body["input"].is_object() { Ok(()) } else { Err((422, NULL_INPUT)) }
}

/// `data` of `recordInfo` with the keys of the newest recordings (2.2).
pub(crate) fn record(job: &Job, url: &str) -> Value {
    let state = match job.state {
        JobState::Success => "success",
        JobState::Fail | JobState::Cancelled | JobState::Lost => "fail",
        JobState::Running if job.reads <= 1 => "waiting",
        JobState::Running => "generating",
    };
    let (code, text) = job.failure().unzip();
    let param = param(job);
    let mut data = json!({
        "taskId": job.id,
        "model": job.order.model,
        "state": state,
        "param": param,
        "resultJson": "",
        "failCode": code,
        "failMsg": text,
        "costTime": job.ended_at_ms.map(|ended| (ended - job.accepted_at_ms + 500) / 1000),
        "completeTime": job.ended_at_ms,
        "createTime": job.accepted_at_ms,
        "creditsConsumed": if job.state == JobState::Success { kie::credits(job.cost_thousandths) } else { 0.0 },
        "operationType": job.order.model,
        "successFlag": match job.state { JobState::Running => 0, JobState::Success => 1, _ => 3 },
        "paramJson": param,
    });
    if job.state == JobState::Success {
        let results = json!({ "resultUrls": job.film_link(url).into_iter().collect::<Vec<_>>() });
        data["resultJson"] = results.to_string().into();
        data["response"] = results;
    }
    data
}

/// The whole create as text, with `input` as text inside of it (2.2).
fn param(job: &Job) -> String {
    let body = &job.order.body;
    let mut param = json!({ "input": body["input"].to_string(), "model": body["model"] });
    if let Some(url) = &job.order.call_back_url {
        param["callBackUrl"] = url.as_str().into();
    }
    param.to_string()
}

/// The body of a callback (2.4): the record's fields under 200 or 501.
pub(crate) fn callback(job: &Job, url: &str) -> Value {
    let mut data = record(job, url);
    if let Some(data) = data.as_object_mut() {
        for later in ["operationType", "successFlag", "paramJson", "response"] {
            data.remove(later);
        }
        data.insert("updateTime".to_owned(), job.ended_at_ms.into());
    }
    if job.state == JobState::Success {
        json!({ "code": 200, "msg": "Playground task completed successfully.", "data": data })
    } else {
        data["resultJson"] = Value::Null;
        json!({ "code": 501, "msg": "Playground task failed.", "data": data })
    }
}
