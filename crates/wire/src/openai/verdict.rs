//! The one classifier of what an engine's reply means: the HTTP status, and the body where the status alone misleads.

use std::time::Duration;

use crate::openai::error::Complaint;
use crate::openai::job::Job;

/// What was asked, since the same status means different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call<'a> {
    /// A create, which may cost money.
    Create,
    /// The read of a job, which costs nothing and may always be asked again.
    Read {
        /// The job.
        id: &'a str,
    },
    /// Any other call that costs nothing: a list, a deletion, the models.
    Free,
}

/// What a reply means. Every verdict but [`Ok`](Self::Ok) and [`Unreadable`](Self::Unreadable) says that a create made no
/// job: the engine looked at the request and turned it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Done as asked. A create has an id, a read has a status, either in a body that [`Job::parse`] reads; the job may
    /// have ended already, also as a failure.
    Ok,
    /// The key is missing or wrong (401).
    KeyRefused,
    /// The key may not do this (403).
    NotPermitted,
    /// The account cannot pay: 402, or any refusal that says so (OpenAI says it as 429, new-api as 403).
    NoBalance,
    /// Too often (429); the request was dropped.
    RateLimited,
    /// The request itself is wrong; the same request will be refused again.
    Invalid,
    /// No such model.
    UnknownModel,
    /// No such job. May pass right after a create where replicas share no state (`SGLang` and vLLM-Omni, V).
    UnknownTask,
    /// Neither a refusal nor an answer. After a create nobody knows whether a job exists.
    Unreadable,
}

/// Judges a reply by its HTTP status and its body.
pub fn verdict(call: Call<'_>, http_status: u16, body: &[u8]) -> Verdict {
    let job = Job::parse(body);
    let answered = match call {
        Call::Create => of_create(http_status, job.as_ref()),
        Call::Read { id } => {
            of_read(id, http_status, job.as_ref()).or_else(|| names_unknown_task(http_status, body))
        }
        Call::Free => (200..300).contains(&http_status).then_some(Verdict::Ok),
    };
    answered.unwrap_or_else(|| refusal(http_status, body))
}

/// `None` where the engine may have turned the create down.
fn of_create(http_status: u16, job: Option<&Job>) -> Option<Verdict> {
    match (http_status, job) {
        // The statuses of 4.1 and their neighbour: TensorRT-LLM says 202 (S).
        (200..=202, Some(Job { id: Some(_), .. })) => Some(Verdict::Ok),
        (200..=202, _) => Some(Verdict::Unreadable),
        // A refusal that holds a job contradicts itself.
        (_, Some(job)) if job.is_video || (job.id.is_some() && job.word.is_some()) => {
            Some(Verdict::Unreadable)
        }
        _ => None,
    }
}

/// `None` where the reply holds no job.
fn of_read(id: &str, http_status: u16, job: Option<&Job>) -> Option<Verdict> {
    // vLLM-Omni tells a failed job with status 4xx or 5xx and the whole job in the body (V). A gateway's own error may
    // have an `id` and a `status` too, so what does not call itself a video must be called as the job is.
    let is_meant = |job: &Job| job.is_video || job.id.as_deref() == Some(id);
    match job {
        Some(job) if job.word.is_some() && is_meant(job) => Some(Verdict::Ok),
        Some(_) if http_status == 404 => Some(Verdict::UnknownTask),
        // A 404 that is no JSON comes from a proxy, and says that the address is wrong.
        None if http_status == 404 => Some(Verdict::Unreadable),
        _ => None,
    }
}

/// new-api tells an unknown job as 400 with the code `task_not_exist` (S).
fn names_unknown_task(http_status: u16, body: &[u8]) -> Option<Verdict> {
    let code = Complaint::parse(body).code.filter(|_| http_status == 400)?;
    let says = |words: &[&str]| words.iter().any(|word| code.contains(word));
    (says(&["task", "video", "job"]) && says(&["not_exist", "not_found"])).then_some(Verdict::UnknownTask)
}

/// Statuses by which an engine turns a request down without taking it. 408, 409, 425 and 5xx are not among them: they
/// may come after the work has begun, and a 503 that says nothing was taken is a claim and no proof.
fn refusal(http_status: u16, body: &[u8]) -> Verdict {
    let complaint = Complaint::parse(body);
    match http_status {
        401 => Verdict::KeyRefused,
        402 => Verdict::NoBalance,
        400 | 403 | 404 | 405 | 413 | 415 | 422 | 429 if says_no_balance(&complaint) => Verdict::NoBalance,
        403 => Verdict::NotPermitted,
        429 => Verdict::RateLimited,
        400 | 404 | 405 | 413 | 415 | 422 if says_unknown_model(&complaint) => Verdict::UnknownModel,
        400 | 404 | 405 | 413 | 415 | 422 => Verdict::Invalid,
        _ => Verdict::Unreadable,
    }
}

/// Whether a refusal is about the path and not about what was asked there: 405, or 404 in the words of a router (ours: the
/// reference has none of them). `SGLang` tells an unknown job as "Video not found" (V), new-api by a code (S).
pub fn is_about_path(http_status: u16, body: &[u8]) -> bool {
    let Complaint { code, words, .. } = Complaint::parse(body);
    let words = words.to_ascii_lowercase();
    let words = words.trim().trim_end_matches(['.', '!']);
    let names_job =
        ["task", "video", "job"].iter().any(|thing| code.as_ref().is_some_and(|code| code.contains(thing)));
    // FastAPI says "Not Found" of every unknown path, and what is built on it passes that on.
    let is_bare = matches!(words, "" | "not found" | "file not found") && !names_job;
    let names_path =
        ["invalid url", "page not found", "route not found", "unexpected endpoint", "unknown endpoint"];
    match http_status {
        404 => is_bare || names_path.iter().any(|pattern| words.contains(pattern)),
        405 => true,
        _ => false,
    }
}

fn says_no_balance(complaint: &Complaint) -> bool {
    let words = complaint.words.to_ascii_lowercase();
    let named = [&complaint.code, &complaint.kind].into_iter().flatten().any(|word| {
        let word = word.to_ascii_lowercase();
        word.contains("insufficient") || word == "billing_hard_limit_reached"
    });
    // "You have insufficient permissions for this operation" is about the key.
    named || (words.contains("insufficient") && !words.contains("permission"))
}

fn says_unknown_model(complaint: &Complaint) -> bool {
    let words = complaint.words.to_ascii_lowercase();
    complaint.code.as_deref() == Some("model_not_found")
        || words.contains("model_not_found")
        || (words.contains("model") && words.contains("does not exist"))
}

/// `Retry-After` in milliseconds, where it is a number of seconds; a date is not read, since nothing here has a clock.
pub fn retry_after_ms(value: &str) -> Option<i64> {
    let seconds = value.trim().parse().ok()?;
    i64::try_from(Duration::try_from_secs_f64(seconds).ok()?.as_millis()).ok()
}
