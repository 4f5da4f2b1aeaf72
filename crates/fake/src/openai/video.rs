//! A video as each engine writes it (video-apis.md 1.3, 4.2 to 4.4, 5.1, 5.2).

use serde_json::{Value, json};

use crate::behaviour::EngineKind;
use crate::ledger::{Job, JobState};
use crate::world::{State, now_ms};

/// The job in the shape of the engine.
pub(crate) fn object(job: &Job, state: &State) -> Value {
    let engine = state.behaviour.engine;
    let asked =
        |name: &str, default: &str| job.order.fields.get(name).map_or(default, String::as_str).to_owned();
    let seconds = asked("seconds", "4");
    let ended_s = job.ended_at_ms.map(|ended_ms| ended_ms / 1000);
    let error = job.failure().map(|(code, text)| engine.job_error(code, text));
    let mut video = json!({
        "id": job.id,
        "object": "video",
        "model": job.order.model,
        "status": engine.status(job),
        "progress": progress(job, engine),
        "created_at": job.accepted_at_ms / 1000,
        "completed_at": ended_s,
        "expires_at": ended_s.map(|ended_s| ended_s + 86_400),
        "prompt": job.order.prompt,
        "size": asked("size", "720x1280"),
        "seconds": seconds,
        "remixed_from_video_id": null,
        "error": error,
    });
    let without: &[&str] = match engine {
        EngineKind::OpenAi => &[],
        EngineKind::Sglang => &["prompt"],
        EngineKind::VllmOmni => &[],
        EngineKind::TensorRt => &["seconds", "remixed_from_video_id", "expires_at"],
        EngineKind::LiteLlm => &["prompt"],
        EngineKind::NewApi => &["prompt", "expires_at", "remixed_from_video_id"],
    };
    if let Some(members) = video.as_object_mut() {
        for name in without {
            members.remove(*name);
        }
        members.extend(own(job, state, &seconds));
    }
    video
}

/// What only this engine writes.
fn own(job: &Job, state: &State, seconds: &str) -> serde_json::Map<String, Value> {
    let elsewhere = state.behaviour.content_elsewhere.then(|| job.film_link(&state.url)).flatten();
    let took_s = job.ended_at_ms.map(|ended_ms| (ended_ms - job.accepted_at_ms) as f64 / 1000.0);
    let number = seconds.parse::<f64>().unwrap_or(4.0);
    let own = match state.behaviour.engine {
        EngineKind::OpenAi => elsewhere.map_or_else(|| json!({}), |url| json!({ "url": url })),
        EngineKind::Sglang => json!({
            "quality": "standard",
            "url": elsewhere,
            "urls": elsewhere.iter().collect::<Vec<_>>(),
            "file_path": null,
            "num_outputs": 1,
            "inference_time_s": took_s,
        }),
        EngineKind::VllmOmni => json!({
            "quality": "default",
            "media_type": "video/mp4",
            "file_name": job.has_film().then(|| format!("{}.mp4", job.id)),
            "inference_time_s": took_s,
            "fps": 24,
            "num_frames": seconds.parse::<u64>().unwrap_or(4) * 24,
            "duration_s": number,
        }),
        EngineKind::TensorRt => json!({ "duration": number, "fps": 24, "format": "mp4" }),
        EngineKind::LiteLlm => json!({ "usage": { "duration_seconds": number }, "url": elsewhere }),
        EngineKind::NewApi => {
            let link = job.film_link(&state.url);
            let mut own = json!({ "task_id": job.id });
            if let Some(url) = link {
                own["metadata"] = json!({ "url": url });
            }
            own
        }
    };
    own.as_object().cloned().unwrap_or_default()
}

/// From 0 to 100; vLLM-Omni knows only the two ends.
fn progress(job: &Job, engine: EngineKind) -> i64 {
    match (job.state, job.due_at_ms) {
        (JobState::Success, _) => 100,
        (JobState::Running, Some(due_at_ms)) if engine != EngineKind::VllmOmni => {
            let whole_ms = (due_at_ms - job.accepted_at_ms).max(1);
            ((now_ms() - job.accepted_at_ms) * 100 / whole_ms).clamp(0, 99)
        }
        _ => 0,
    }
}
