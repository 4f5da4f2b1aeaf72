//! A task's record as Kie shows it, in the jobs form and in Veo's.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Parameter, Request, Value};
use filmgate_domain::task::{Failure, Phase};
use filmgate_store::Record;
use filmgate_wire::kie::{
    Credits, End, JobsRecord, Results, State, VeoFailure, VeoFilms, VeoRecord, VeoState,
};

use super::convert::param;

/// `GET /api/v1/jobs/recordInfo`
pub(super) fn jobs(record: &Record, request: &Request, card: Option<&Card>, link_base: &str) -> JobsRecord {
    let task = &record.task;
    let finished_ms = task.finished.unwrap_or(task.created).0;
    let end = |credits| End::after(task.created.0, finished_ms, Credits::from_thousandths(credits));
    let fail = |failure: &Failure| State::Fail {
        code: Some(failure.code.clone()),
        message: Some(failure.text.clone()),
        end: end(0),
    };
    let state = match &task.phase {
        Phase::Queued | Phase::Sending => State::Waiting,
        Phase::InDoubt | Phase::Running | Phase::Storing => State::Generating,
        Phase::Succeeded => {
            let results = Results { urls: links(record, link_base), ..Results::default() };
            State::Success { results, end: end(task.price.0) }
        }
        Phase::Failed(failure) => fail(failure),
        Phase::Cancelled => fail(&cancelled()),
    };
    JobsRecord {
        task_id: task.id.to_string(),
        model: request.model.clone(),
        param: param(request, card),
        create_time_ms: task.created.0,
        state,
    }
}

/// `GET /api/v1/veo/record-info`
pub(super) fn veo(record: &Record, request: &Request, card: Option<&Card>, link_base: &str) -> VeoRecord {
    let task = &record.task;
    let complete_time_ms = task.finished.map(|finished| finished.0);
    let fail = |failure: &Failure| VeoState::Fail {
        failure: VeoFailure::Upstream,
        // Words instead of a number are the content policy's, which is 400 here (reference, 4.6).
        code: Some(failure.code.parse().unwrap_or(400)),
        message: failure.text.clone(),
        complete_time_ms,
    };
    let state = match &task.phase {
        Phase::Queued | Phase::Sending | Phase::InDoubt | Phase::Running | Phase::Storing => {
            VeoState::Generating
        }
        Phase::Succeeded => {
            let films = VeoFilms {
                result_urls: links(record, link_base),
                resolution: Some(resolution(request)),
                ..VeoFilms::default()
            };
            VeoState::Success { films, complete_time_ms }
        }
        Phase::Failed(failure) => fail(failure),
        Phase::Cancelled => fail(&cancelled()),
    };
    VeoRecord {
        task_id: task.id.to_string(),
        param_json: param(request, card),
        create_time_ms: task.created.0,
        state,
    }
}

fn links(record: &Record, link_base: &str) -> Vec<String> {
    record.film.iter().map(|film| format!("{link_base}/files/{}.mp4", film.key)).collect()
}

fn resolution(request: &Request) -> String {
    match request.parameters.get(&Parameter::Resolution) {
        Some(Value::Text(resolution)) => resolution.clone(),
        _ => format!("{}p", request.film.width.min(request.film.height)),
    }
}

fn cancelled() -> Failure {
    Failure { code: "cancelled".into(), text: "The task was cancelled. Nothing was charged.".into() }
}
