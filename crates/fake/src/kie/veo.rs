//! Veo's own endpoints, `generate` and `record-info` (kie-api.md 4.2, 4.3, 4.6).

use serde_json::{Value, json};

use crate::http::Request;
use crate::kie::Verdict;
use crate::ledger::{Job, JobState};

/// The body of `veo/generate` with its default model; what is no object is an empty one.
pub(crate) fn body(request: &Request) -> Value {
    let mut body = Some(request.json()).filter(Value::is_object).unwrap_or_else(|| json!({}));
    if body["model"].is_null() {
        body["model"] = "veo3_fast".into();
    }
    body
}

/// What `veo/generate` refuses where no market says which models there are.
pub(crate) fn judge(body: &Value) -> Verdict {
    if body["prompt"].as_str().is_none_or(str::is_empty) { Err((422, "prompt is required")) } else { Ok(()) }
}

/// What it refuses of a body that has all that it must have.
pub(crate) fn judge_options(body: &Value) -> Verdict {
    if ratio(body) == "1:1" { Err((422, "Ratio error")) } else { Ok(()) }
}

/// Both spellings are taken (4.2).
fn ratio(body: &Value) -> &str {
    body["aspect_ratio"].as_str().or_else(|| body["aspectRatio"].as_str()).unwrap_or("16:9")
}

/// `data` of `record-info` (4.3). Times are milliseconds of whole seconds.
pub(crate) fn record(job: &Job, url: &str) -> Value {
    let (code, text) = job.failure().unzip();
    json!({
        "taskId": job.id,
        "paramJson": param(job).to_string(),
        "response": (job.state == JobState::Success).then(|| {
            let mut response = results(job, url);
            response["taskId"] = job.id.as_str().into();
            response
        }),
        "successFlag": match job.state { JobState::Running => 0, JobState::Success => 1, _ => 3 },
        "fallbackFlag": false,
        "completeTime": job.ended_at_ms.map(whole_seconds),
        "createTime": whole_seconds(job.accepted_at_ms),
        "errorCode": code.map(number),
        "errorMessage": text.unwrap_or_default(),
    })
}

/// The request in camel case with its defaults, encoded once (4.3).
fn param(job: &Job) -> Value {
    let mut param = job.order.body.clone();
    let ratio = ratio(&param).to_owned();
    if let Some(members) = param.as_object_mut() {
        members.remove("aspect_ratio");
        members.insert("aspectRatio".to_owned(), ratio.into());
        for (name, default) in
            [("resolution", json!("720p")), ("duration", json!(8)), ("enableTranslation", json!(true))]
        {
            members.entry(name).or_insert(default);
        }
    }
    param
}

fn results(job: &Job, url: &str) -> Value {
    let links: Vec<String> = job.film_link(url).into_iter().collect();
    let resolution = job.order.body["resolution"].as_str().unwrap_or("720p");
    let mut results = json!({ "resultUrls": links, "resolution": resolution });
    if ratio(&job.order.body) != "16:9" {
        results["originUrls"] = links.into();
    }
    results
}

const fn whole_seconds(ms: i64) -> i64 {
    ms / 1000 * 1000
}

fn number(code: &str) -> i64 {
    code.parse().unwrap_or(500)
}

/// The body of a callback (4.6).
pub(crate) fn callback(job: &Job, url: &str) -> Value {
    if let Some((code, text)) = job.failure() {
        let data = json!({ "taskId": job.id, "fallbackFlag": false });
        return json!({ "code": number(code), "msg": text, "data": data });
    }
    let data = json!({
        "taskId": job.id,
        "promptJson": param(job).to_string(),
        "info": results(job, url),
        "fallbackFlag": false,
    });
    json!({ "code": 200, "msg": "Veo3.1 video generated successfully.", "data": data })
}
