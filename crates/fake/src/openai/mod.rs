//! `/v1/videos`: routes, key, and the flow of a create in the habits of the chosen engine.

pub(crate) mod engine;
mod form;
mod video;

use serde_json::{Value, json};

use crate::behaviour::{CreateScript, EngineKind, Outcome};
use crate::film;
use crate::http::{Reply, Request};
use crate::ledger::{Dialect, Job, JobState};
use crate::world::{State, World, now_ms};
use engine::Refusal;

/// Answers what is no create.
pub(crate) fn answer(world: &World, request: &Request) -> Reply {
    let parts = request.parts();
    let mut state = world.lock();
    if is_behind_proxy(&state, &parts) {
        return proxy_not_found();
    }
    let (engine, is_content) = (state.behaviour.engine, parts.last() == Some(&"content"));
    let needs_key = !is_content || state.behaviour.content_needs_key;
    if needs_key && !request.has_key(state.behaviour.key.as_deref()) {
        return engine.refuse(&Refusal::KEY);
    }
    world.tell_watchers();
    match (request.method.as_str(), &parts[1..]) {
        ("GET", ["models"]) if state.behaviour.models_route => models(&state),
        ("GET", ["videos"]) => list(&state, request),
        ("GET", ["videos", id]) => read(&mut state, id),
        ("GET" | "HEAD", ["videos", id, "content"]) => content(&mut state, request, id),
        ("DELETE", ["videos", id]) => delete(&mut state, id),
        _ => engine.refuse(&Refusal::NO_ROUTE),
    }
}

/// A create whose request was read whole.
pub(crate) fn create(world: &World, request: &Request, script: &CreateScript) -> Reply {
    let (engine, served_model, has_key) = {
        let state = world.lock();
        if is_behind_proxy(&state, &request.parts()) {
            return proxy_not_found();
        }
        let behaviour = &state.behaviour;
        (behaviour.engine, behaviour.served_model.clone(), request.has_key(behaviour.key.as_deref()))
    };
    if !has_key {
        return engine.refuse(&Refusal::KEY);
    }
    if let CreateScript::Refuse { code, text, .. } = script {
        return refuse(world, *code, text);
    }
    let order = match form::order(request, engine, &served_model) {
        Ok(order) => order,
        Err(refusal) => return engine.refuse(&refusal),
    };
    let Some(job) = world.accept(order, script) else {
        return engine.refuse(&Refusal::BALANCE);
    };
    let state = world.lock();
    let mut video = video::object(&job, &state);
    if let (CreateScript::AcceptWithoutId, Some(members)) = (script, video.as_object_mut()) {
        members.remove("id");
        members.remove("task_id");
    }
    Reply::json(engine.create_status(), &video)
}

/// An error that a script wants, under HTTP `code`; also the one answer to everything
/// ([`Always::Envelope`](crate::Always::Envelope)).
pub(crate) fn refuse(world: &World, code: i64, text: &str) -> Reply {
    let state = world.lock();
    let status = u16::try_from(code).unwrap_or(500);
    let refusal = Refusal { status, message: text, ..Refusal::SCRIPTED };
    with_hint(&state, state.behaviour.engine.refuse(&refusal))
}

/// Whether a proxy in front knows no such path.
fn is_behind_proxy(state: &State, parts: &[&str]) -> bool {
    !state.behaviour.videos_route && parts.get(1) == Some(&"videos")
}

fn proxy_not_found() -> Reply {
    Reply::new(404, "text/plain; charset=utf-8", "404 page not found")
}

fn models(state: &State) -> Reply {
    let behaviour = &state.behaviour;
    let served = std::iter::once(&behaviour.served_model).chain(&behaviour.served_models);
    let rows = served.map(
        |model| json!({ "id": model, "object": "model", "created": now_ms() / 1000, "owned_by": "fake" }),
    );
    Reply::json(200, &json!({ "object": "list", "data": rows.collect::<Vec<Value>>() }))
}

fn list(state: &State, request: &Request) -> Reply {
    let engine = state.behaviour.engine;
    if !state.behaviour.list || !engine.has_list() {
        return engine.refuse(&Refusal::NO_ROUTE);
    }
    let query = |name: &str| request.query.get(name).map(String::as_str);
    let limit = match query("limit").map(str::parse::<usize>) {
        None => engine.list_limit(),
        Some(Ok(limit)) if limit <= 100 => limit,
        Some(_) => {
            return engine.refuse(&Refusal { param: "limit", ..Refusal::invalid("limit is 0 to 100") });
        }
    };
    let mut jobs = state.ledger.in_order();
    jobs.retain(|job| job.order.dialect == Dialect::OpenAi && job.is_visible());
    // The newest come first unless the query says otherwise.
    if query("order") != Some("asc") {
        jobs.reverse();
    }
    if let Some(after) = query("after") {
        let passed = jobs.iter().position(|job| job.id == after).map_or(jobs.len(), |place| place + 1);
        jobs.drain(..passed);
    }
    let has_more = jobs.len() > limit;
    jobs.truncate(limit);
    let ids = (jobs.first().map(|job| &job.id), jobs.last().map(|job| &job.id));
    let videos: Vec<Value> = jobs.iter().map(|job| listed(job, state)).collect();
    let mut page = json!({ "object": "list", "data": videos, "first_id": ids.0, "last_id": ids.1 });
    if engine != EngineKind::TensorRt {
        page["has_more"] = has_more.into();
    }
    Reply::json(200, &page)
}

fn listed(job: &Job, state: &State) -> Value {
    let mut video = video::object(job, state);
    if !state.behaviour.list_echoes_prompt && video["prompt"].is_string() {
        video["prompt"] = Value::Null;
    }
    video
}

fn read(state: &mut State, id: &str) -> Reply {
    state.ledger.seen.polls += 1;
    let engine = state.behaviour.engine;
    if let Some((status, _, text)) = &state.behaviour.record_always {
        let reply = engine.refuse(&Refusal { status: *status, message: text, ..Refusal::SCRIPTED });
        return with_hint(state, reply);
    }
    let Some(job) = visible(state, id) else { return engine.refuse(&engine.no_video()) };
    job.reads += 1;
    let job = job.clone();
    Reply::json(engine.read_status(&job), &video::object(&job, state))
}

fn content(state: &mut State, request: &Request, id: &str) -> Reply {
    state.ledger.seen.downloads += 1;
    let engine = state.behaviour.engine;
    let elsewhere = state.behaviour.content_elsewhere.then(|| state.url.clone());
    let Some(job) = visible(state, id) else { return engine.refuse(&Refusal::NO_VIDEO) };
    job.downloads += 1;
    // SGLang's variant is the number of an output, and there is only one.
    let variant = request.query.get("variant");
    let no_variant =
        engine == EngineKind::Sglang && variant.is_some_and(|variant| variant.parse() != Ok(0_u32));
    if no_variant || job.outcome == Outcome::NoUrl && job.state == JobState::Success {
        return engine.refuse(&Refusal::NO_VIDEO);
    }
    if job.state != JobState::Success {
        return engine.refuse(&engine.not_ready(job.state));
    }
    if let Some(url) = elsewhere {
        let link = job.film_link(&url).unwrap_or_default();
        let text = format!("Video has been uploaded to cloud storage. Please use the cloud URL: {link}");
        return engine.refuse(&Refusal { message: &text, ..Refusal::invalid("") });
    }
    film::deliver(state, request, false)
}

fn delete(state: &mut State, id: &str) -> Reply {
    let engine = state.behaviour.engine;
    if !engine.has_delete() {
        return engine.refuse(&engine.no_delete());
    }
    let Some(job) = visible(state, id) else { return engine.refuse(&Refusal::NO_VIDEO) };
    job.deleted = true;
    let job = job.clone();
    let reply = match engine {
        EngineKind::TensorRt => json!({ "deleted": true }),
        EngineKind::Sglang => {
            let mut video = video::object(&job, state);
            video["status"] = "deleted".into();
            video
        }
        _ => json!({ "id": id, "object": "video.deleted", "deleted": true }),
    };
    // SGLang only forgets: the job goes on and is paid.
    if engine != EngineKind::Sglang {
        state.cancel(id);
    }
    Reply::json(200, &reply)
}

fn visible<'a>(state: &'a mut State, id: &str) -> Option<&'a mut Job> {
    let job = state.ledger.jobs.get_mut(id)?;
    (job.order.dialect == Dialect::OpenAi && job.is_visible()).then_some(job)
}

/// Adds `Retry-After` where the behaviour wants it.
fn with_hint(state: &State, reply: Reply) -> Reply {
    match state.behaviour.retry_after_s {
        Some(seconds) if matches!(reply.status, 429 | 503) => reply.with("Retry-After", seconds.to_string()),
        _ => reply,
    }
}
