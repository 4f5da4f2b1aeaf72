//! An engine's replies in the domain's words: one total `match` on the verdict for each kind of call.

use filmgate_domain::answer::{Cause, Link, Listed, Reading, Setback, Submitted};
use filmgate_domain::time::Timestamp;
use filmgate_wire::openai::{self as wire, Call, Complaint, Job, Status, Verdict, verdict};
use hyper::header::RETRY_AFTER;

use crate::adapter::{Key, failure};
use crate::http::Reply;

/// What became of a create.
pub(super) fn submitted(key: &Key, reply: &Reply) -> Submitted {
    let why = || words(key, reply);
    let refused = |cause| Submitted::Refused(Setback { cause, text: why() });
    match verdict(Call::Create, reply.status, &reply.body) {
        Verdict::Ok => accepted(key, reply).unwrap_or_else(|| Submitted::Unknown { why: why() }),
        Verdict::KeyRefused => refused(Cause::KeyRefused),
        Verdict::NotPermitted => refused(Cause::NotPermitted),
        Verdict::NoBalance => refused(Cause::NoBalance),
        Verdict::UnknownModel => refused(Cause::Unsupported),
        // A create is never judged to be about an unknown job.
        Verdict::Invalid | Verdict::UnknownTask => refused(Cause::Invalid),
        Verdict::RateLimited => Submitted::Busy { retry_after_ms: retry_after_ms(reply), why: why() },
        Verdict::Unreadable => Submitted::Unknown { why: why() },
    }
}

/// An engine that works while the caller waits, as Dynamo does, answers with the end at once.
fn accepted(key: &Key, reply: &Reply) -> Option<Submitted> {
    let job = Job::parse(&reply.body)?;
    let id = job.id.clone()?;
    let has_ended = matches!(job.status(), Some(Status::Completed | Status::Failed));
    let reading = has_ended.then(|| reading(key, &id, &job));
    Some(Submitted::Accepted { job: id, reading })
}

/// What a record says of the job.
pub(super) fn was_read(key: &Key, id: &str, reply: &Reply) -> Reading {
    match verdict(Call::Read { id }, reply.status, &reply.body) {
        Verdict::Ok => Job::parse(&reply.body)
            .map_or_else(|| Reading::Unclear { why: words(key, reply) }, |job| reading_of(key, id, &job)),
        Verdict::UnknownTask => Reading::Missing,
        Verdict::KeyRefused
        | Verdict::NotPermitted
        | Verdict::NoBalance
        | Verdict::RateLimited
        | Verdict::Invalid
        | Verdict::UnknownModel
        | Verdict::Unreadable => Reading::Unclear { why: words(key, reply) },
    }
}

/// A record that names another job says nothing of this one.
fn reading_of(key: &Key, id: &str, job: &Job) -> Reading {
    if job.id.as_deref().is_none_or(|named| named == id) {
        return reading(key, id, job);
    }
    Reading::Unclear { why: "the record is that of another job".to_owned() }
}

fn reading(key: &Key, id: &str, job: &Job) -> Reading {
    match job.status() {
        None => Reading::Unclear { why: "the upstream's answer has no status".to_owned() },
        Some(Status::Queued | Status::Running) => Reading::Running { percent: job.percent },
        Some(Status::Completed) => {
            let foreign = job.urls.iter().cloned().map(Link::Foreign);
            let links = std::iter::once(Link::Own(wire::content(id))).chain(foreign).collect();
            Reading::Made { links, cost: None }
        }
        Some(Status::Failed) => {
            let error = job.error.clone().unwrap_or_default();
            // A word such as `expired` says more than no code does.
            let word =
                job.word.clone().filter(|word| !matches!(word.as_str(), "failed" | "failure" | "error"));
            Reading::Failed { failure: failure(key, error.code.or(word), &error.words), cost: None }
        }
    }
}

/// The jobs of a list, where the upstream has one.
pub(super) fn listed(reply: &Reply) -> Option<Vec<Listed>> {
    if verdict(Call::Free, reply.status, &reply.body) != Verdict::Ok {
        return None;
    }
    let listed = |job: Job| {
        let created = job.created_s.map(|seconds| Timestamp(seconds.saturating_mul(1_000)));
        Some(Listed { job: job.id?, created, prompt: job.prompt, model: job.model })
    };
    Some(wire::jobs_of_list(&reply.body)?.into_iter().filter_map(listed).collect())
}

/// Whether the upstream confirms that the job has stopped.
pub(super) fn cancelled(reply: &Reply) -> bool {
    verdict(Call::Free, reply.status, &reply.body) == Verdict::Ok && wire::is_stopped(&reply.body)
}

/// Whether address and key are right.
pub(super) fn knocked(key: &Key, reply: &Reply) -> Result<(), String> {
    match verdict(Call::Free, reply.status, &reply.body) {
        Verdict::Ok => Ok(()),
        _ => Err(words(key, reply)),
    }
}

fn retry_after_ms(reply: &Reply) -> Option<i64> {
    wire::retry_after_ms(reply.headers.get(RETRY_AFTER)?.to_str().ok()?)
}

/// What the upstream says, for evidence and logs: `HTTP status 422: body.seconds: Input should be a valid integer`.
fn words(key: &Key, reply: &Reply) -> String {
    let Complaint { words, .. } = Complaint::parse(&reply.body);
    let status = reply.status;
    if words.is_empty() {
        format!("HTTP status {status}")
    } else {
        key.hide(&format!("HTTP status {status}: {words}"))
    }
}
