//! Kie's API: routes, key, envelope and the flow of a create.

pub(crate) mod jobs;
pub(crate) mod market;
pub(crate) mod upload;
pub(crate) mod veo;

use serde_json::{Value, json};

use crate::behaviour::CreateScript;
use crate::film;
use crate::http::{Reply, Request};
use crate::kie::market::Market;
use crate::ledger::{Dialect, Job, Order};
use crate::multipart;
use crate::world::World;

const JSON: &str = "application/json;charset=UTF-8";

/// The words of 2026 (kie-api.md 1.4).
pub(crate) const UNKNOWN_MODEL: &str = "The model name you specified is not supported. Please verify your input and use \
                                        one of the supported models provided by KIE.";
pub(crate) const NULL_INPUT: &str = "the input cannot be null";

/// Nothing, or the `code` and the text of a refusal.
pub(crate) type Verdict = Result<(), (i64, &'static str)>;

/// Answers what is no create.
pub(crate) fn answer(world: &World, request: &Request) -> Reply {
    let parts = request.parts();
    let is_upload =
        matches!(parts[..], ["api", "file-stream-upload" | "file-base64-upload" | "file-url-upload"]);
    if !request.has_key(world.lock().behaviour.key.as_deref()) {
        return if is_upload { upload::unauthorized() } else { unauthorized() };
    }
    match (request.method.as_str(), &parts[..]) {
        ("GET", ["api", "v1", "jobs", "recordInfo"]) => record(world, request, Dialect::KieJobs),
        ("GET", ["api", "v1", "veo", "record-info"]) => record(world, request, Dialect::KieVeo),
        ("GET", ["api", "v1", "chat", "credit"]) => {
            success(&json!(credits(world.lock().behaviour.balance_thousandths)))
        }
        ("POST", ["api", "v1", "common", "download-url"]) => {
            let url = world.lock().url.clone();
            let fresh = film::fresh_link(&url, request.json()["url"].as_str().unwrap_or_default());
            fresh.map_or_else(|| refusal(200, 422, "url is wrong"), |fresh| success(&json!(fresh)))
        }
        ("GET", ["api", "v1", "models"]) => {
            let models = market::catalogue(world.lock().behaviour.market.as_ref());
            models.map_or_else(no_route, |models| success(&models))
        }
        ("POST", ["api", route]) if is_upload => upload::take(world, request, route),
        _ => no_route(),
    }
}

/// An error that a script wants; also the one answer to everything ([`Always::Envelope`](crate::Always::Envelope)).
pub(crate) fn refuse(world: &World, http_status: u16, code: i64, text: &str) -> Reply {
    hint(world, refusal(http_status, code, text))
}

/// A create whose request was read whole.
pub(crate) fn create(world: &World, request: &Request, script: &CreateScript) -> Reply {
    if !request.has_key(world.lock().behaviour.key.as_deref()) {
        return unauthorized();
    }
    if let CreateScript::Refuse { http_status, code, text } = script {
        return refuse(world, *http_status, *code, text);
    }
    let is_veo = request.parts().contains(&"veo");
    let body = if is_veo { veo::body(request) } else { request.json() };
    let (dialect, fields) =
        if is_veo { (Dialect::KieVeo, &body) } else { (Dialect::KieJobs, &body["input"]) };
    let verdict = judge(world.lock().behaviour.market.as_ref(), dialect, &body, fields);
    if let Err((code, text)) = verdict {
        return refusal(200, code, text);
    }
    let order = order(request, dialect, &body, fields);
    let Some(job) = world.accept(order, script) else {
        return refusal(200, 402, "The current credits are insufficient. Please top up.");
    };
    match (script, is_veo) {
        (CreateScript::AcceptWithoutId, _) => success(&Value::Null),
        (_, true) => success(&json!({ "taskId": job.id })),
        (_, false) => success(&json!({ "taskId": job.id, "recordId": job.id })),
    }
}

/// Everything about a create but the balance.
fn judge(market: Option<&Market>, dialect: Dialect, body: &Value, fields: &Value) -> Verdict {
    let is_veo = dialect == Dialect::KieVeo;
    match market {
        Some(market) => market.judge(dialect, body, fields)?,
        None if is_veo => veo::judge(body)?,
        None => jobs::judge(body)?,
    }
    if is_veo { veo::judge_options(body) } else { Ok(()) }
}

/// Reads one record.
fn record(world: &World, request: &Request, dialect: Dialect) -> Reply {
    let mut state = world.lock();
    state.ledger.seen.polls += 1;
    world.tell_watchers();
    if let Some((http_status, code, text)) = state.behaviour.record_always.clone() {
        drop(state);
        return refuse(world, http_status, code, &text);
    }
    let Some(id) = request.query.get("taskId").filter(|id| !id.is_empty()) else {
        return refusal(200, 400, "taskId parameter is required");
    };
    let (url, hidden) = (state.url.clone(), state.behaviour.veo_record_not_found_first);
    let job = state.ledger.jobs.get_mut(id).filter(|job| job.order.dialect == dialect);
    let reads = job.map(|job| {
        job.reads += 1;
        (job.reads, &*job)
    });
    match (dialect, reads) {
        (Dialect::KieVeo, Some((reads, job))) if job.is_visible() && reads > hidden => {
            success(&veo::record(job, &url))
        }
        (Dialect::KieJobs, Some((_, job))) if job.is_visible() => success(&jobs::record(job, &url)),
        (Dialect::KieVeo, _) => refusal(200, 422, &format!("Record not found for taskId: {id}")),
        _ => refusal(200, 422, "recordInfo is null"),
    }
}

/// What a callback says of a job that ended.
pub(crate) fn callback_body(job: &Job, url: &str) -> Value {
    if job.order.dialect == Dialect::KieVeo { veo::callback(job, url) } else { jobs::callback(job, url) }
}

/// `{"code":200,"msg":"success","data":…}` (kie-api.md 1.2).
fn success(data: &Value) -> Reply {
    let envelope = json!({ "code": 200, "msg": "success", "data": data });
    Reply::new(200, JSON, envelope.to_string())
}

/// An error in the envelope, whose `data` is `null` (kie-api.md 1.2).
fn refusal(http_status: u16, code: i64, text: &str) -> Reply {
    let envelope = json!({ "code": code, "msg": text, "data": null });
    Reply::new(http_status, JSON, envelope.to_string())
}

/// An unknown path.
fn no_route() -> Reply {
    refusal(404, 404, "Not Found")
}

/// The only envelope without `data` (kie-api.md 1.2).
fn unauthorized() -> Reply {
    let text = "Unauthorized – Authentication failed. Please check that your Authorization and Content-Type headers are \
                correctly set.";
    Reply::new(200, JSON, json!({ "code": 401, "msg": text }).to_string())
}

/// Adds `Retry-After` where the behaviour wants it.
fn hint(world: &World, reply: Reply) -> Reply {
    let code = serde_json::from_slice::<Value>(&reply.body).ok().and_then(|body| body["code"].as_i64());
    match world.lock().behaviour.retry_after_s {
        Some(seconds) if matches!(code, Some(429 | 455 | 503)) || matches!(reply.status, 429 | 503) => {
            reply.with("Retry-After", seconds.to_string())
        }
        _ => reply,
    }
}

/// Credits as the floating-point number that Kie sends.
fn credits(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

/// The order in a JSON body; the members of `fields` are what was asked for.
fn order(request: &Request, dialect: Dialect, body: &Value, fields: &Value) -> Order {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Order {
        dialect,
        model: word(&body["model"]),
        prompt: word(&fields["prompt"]),
        call_back_url: body["callBackUrl"].as_str().map(str::to_owned),
        fields: multipart::texts(fields),
        files: Vec::new(),
        headers: request.headers.clone(),
        body: body.clone(),
    }
}
