//! A task as a video: the thirteen keys, the four statuses, and ids that tell nothing.

use filmgate_domain::id::TaskId;
use filmgate_domain::request::Promise;
use filmgate_domain::task::{Failure, Phase};
use filmgate_store::Record;
use filmgate_wire::openai::Status;
use filmgate_wire::openai::server::{VideoError, VideoResource};

use crate::app::App;
use crate::service::tasks::Accepted;

const ID: &str = "video_";

/// The id that clients see.
pub(crate) fn video_id(task: TaskId) -> String {
    format!("{ID}{task}")
}

/// The task's id in a video's id.
pub(super) fn task_id(video: &str) -> Option<&str> {
    video.strip_prefix(ID)
}

/// A task that was accepted a moment ago.
pub(super) fn new(accepted: &Accepted, model: String, prompt: String) -> VideoResource {
    let Promise { width, height, seconds, .. } = accepted.film;
    VideoResource {
        id: video_id(accepted.id),
        model,
        status: Status::Queued,
        progress: 0,
        created_at_s: accepted.at.0.div_euclid(1_000),
        completed_at_s: None,
        expires_at_s: None,
        prompt: Some(prompt),
        size: format!("{width}x{height}"),
        seconds,
        remixed_from_video_id: None,
        error: None,
    }
}

/// A task as it stands.
pub(super) fn of(app: &App, record: &Record) -> VideoResource {
    let (task, request) = (&record.task, &record.request);
    let (status, error) = match &task.phase {
        Phase::Queued | Phase::Sending => (Status::Queued, None),
        Phase::InDoubt | Phase::Running | Phase::Storing => (Status::Running, None),
        Phase::Succeeded => (Status::Completed, None),
        Phase::Failed(failure) => (Status::Failed, Some(error(failure))),
        Phase::Cancelled => (Status::Failed, Some(cancelled())),
    };
    VideoResource {
        id: video_id(task.id),
        model: request.model.clone(),
        status,
        progress: task.phase.percent(|| app.percent(task.id)),
        created_at_s: task.created.0.div_euclid(1_000),
        completed_at_s: task.finished.map(|finished| finished.0.div_euclid(1_000)),
        // Films stay until they are deleted.
        expires_at_s: None,
        prompt: Some(request.words()).filter(|words| !words.is_empty()),
        size: format!("{}x{}", request.film.width, request.film.height),
        seconds: request.seconds_in_all(),
        remixed_from_video_id: request.origin.as_ref().map(|origin| video_id(origin.task)),
        error,
    }
}

fn error(failure: &Failure) -> VideoError {
    VideoError { code: code(failure), message: failure.text.clone() }
}

/// Words for programs. Upstreams of Kie's dialect tell numbers, and moderation by words of their own.
fn code(failure: &Failure) -> String {
    let (code, text) = (failure.code.to_ascii_lowercase(), failure.text.to_ascii_lowercase());
    let says = |words: &[&str]| words.iter().any(|word| code.contains(word) || text.contains(word));
    let word = match code.as_str() {
        _ if says(&["moderat", "sensitive", "content polic", "safety"]) => "moderation_blocked",
        "408" => "expired",
        "422" => "invalid_request",
        "451" => "image_unavailable",
        "" => "generation_failed",
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => "generation_failed",
        word => word,
    };
    word.to_owned()
}

fn cancelled() -> VideoError {
    VideoError { code: "cancelled".into(), message: "The video was cancelled. Nothing was charged.".into() }
}
