//! Kie's replies in the domain's words: one total `match` on the verdict for each kind of call.

use filmgate_domain::answer::{Cause, Link, Reading, Setback, Submitted};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::Form;
use filmgate_wire::kie::{
    self as wire, Call, Created, Envelope, JobsRecord, Results, State, VeoRecord, VeoState, Verdict, verdict,
};

use crate::adapter::{Key, NO_CODE, failure};
use crate::http::Reply;

/// What became of a create.
pub(super) fn submitted(key: &Key, reply: &Reply) -> Submitted {
    let envelope = Envelope::parse(&reply.body);
    let why = || words(key, reply, envelope.as_ref());
    let refused = |cause| Submitted::Refused(Setback { cause, text: why() });
    match verdict(Call::Create, reply.status, envelope.as_ref()) {
        Verdict::Ok => match envelope.as_ref().and_then(Created::parse) {
            Some(created) => Submitted::Accepted { job: created.task_id, reading: None },
            // The vendor says that there is no task then (O), but never pay twice on a vendor's word.
            None => Submitted::Unknown { why: "the upstream says success and names no task".to_owned() },
        },
        Verdict::KeyRefused => refused(Cause::KeyRefused),
        Verdict::NotPermitted => refused(Cause::NotPermitted),
        Verdict::CreditsInsufficient => refused(Cause::NoBalance),
        Verdict::Paused => refused(Cause::Paused),
        Verdict::Maintenance => refused(Cause::Maintenance),
        Verdict::UnknownModel => refused(Cause::Unsupported),
        // Of a create the unknown task is one that the request names, such as a character's.
        Verdict::FieldMissing | Verdict::Invalid | Verdict::UnknownTask => refused(Cause::Invalid),
        Verdict::UpstreamFault { transient: false } => refused(Cause::Fault),
        // No reply of Kie's ever had a Retry-After (L1).
        Verdict::RateLimited | Verdict::KeyLimited | Verdict::UpstreamFault { transient: true } => {
            Submitted::Busy { retry_after_ms: None, why: why() }
        }
        Verdict::NotReady | Verdict::Unreadable => Submitted::Unknown { why: why() },
    }
}

/// What a record says of the job.
pub(super) fn was_read(key: &Key, form: Form, job: &str, reply: &Reply) -> Reading {
    let envelope = Envelope::parse(&reply.body);
    let unclear = || Reading::Unclear { why: words(key, reply, envelope.as_ref()) };
    match verdict(Call::Read, reply.status, envelope.as_ref()) {
        Verdict::Ok => envelope
            .as_ref()
            .and_then(|envelope| match form {
                Form::KieVeo => VeoRecord::parse(envelope).map(|record| veo(key, job, record)),
                Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => {
                    JobsRecord::parse(envelope).map(|record| jobs(key, job, record))
                }
            })
            .unwrap_or_else(|| Reading::Unclear { why: "the upstream's answer holds no record".to_owned() }),
        // A path that is not there says nothing of the task: the address may be wrong since yesterday.
        Verdict::UnknownTask if envelope.as_ref().is_some_and(wire::is_about_path) => unclear(),
        Verdict::UnknownTask => Reading::Missing,
        Verdict::KeyRefused
        | Verdict::NotPermitted
        | Verdict::CreditsInsufficient
        | Verdict::RateLimited
        | Verdict::KeyLimited
        | Verdict::FieldMissing
        | Verdict::Invalid
        | Verdict::UnknownModel
        | Verdict::NotReady
        | Verdict::Paused
        | Verdict::Maintenance
        | Verdict::UpstreamFault { .. }
        | Verdict::Unreadable => unclear(),
    }
}

fn jobs(key: &Key, job: &str, record: JobsRecord) -> Reading {
    if !is_of(&record.task_id, job) {
        return foreign_record();
    }
    match record.state {
        State::Waiting | State::Queuing | State::Generating => Reading::Running { percent: None },
        State::Success { results: Results { urls, .. }, end } => made(urls, end.credits_consumed),
        State::Fail { code, message, end } => Reading::Failed {
            failure: failure(key, code, &message.unwrap_or_default()),
            cost: end.credits_consumed.map(credits),
        },
    }
}

fn veo(key: &Key, job: &str, record: VeoRecord) -> Reading {
    if !is_of(&record.task_id, job) {
        return foreign_record();
    }
    match record.state {
        VeoState::Generating => Reading::Running { percent: None },
        VeoState::Success { films, .. } => made(films.result_urls, None),
        VeoState::Fail { code, message, .. } => {
            Reading::Failed { failure: failure(key, code.map(|code| code.to_string()), &message), cost: None }
        }
    }
}

/// Whether a record that may leave out its task is this job's.
fn is_of(task_id: &str, job: &str) -> bool {
    task_id.is_empty() || task_id == job
}

fn foreign_record() -> Reading {
    Reading::Unclear { why: "the upstream answered with another task's record".to_owned() }
}

fn made(urls: Vec<String>, cost: Option<wire::Credits>) -> Reading {
    let cost = cost.map(credits);
    if urls.is_empty() {
        let text = "The upstream says that the film is made, and names no link to it. Nothing was charged.";
        let failure = filmgate_domain::task::Failure { code: NO_CODE.into(), text: text.into() };
        return Reading::Failed { failure, cost };
    }
    Reading::Made { links: urls.into_iter().map(Link::Foreign).collect(), cost }
}

/// The operator's balance.
pub(super) fn balance(key: &Key, reply: &Reply) -> Result<Credits, String> {
    let envelope = Envelope::parse(&reply.body);
    let read = match verdict(Call::Read, reply.status, envelope.as_ref()) {
        Verdict::Ok => envelope.as_ref().and_then(wire::Credits::parse),
        _ => None,
    };
    read.map(credits).ok_or_else(|| words(key, reply, envelope.as_ref()))
}

/// A fresh link to a film.
pub(super) fn refreshed(reply: &Reply) -> Option<Link> {
    let envelope = Envelope::parse(&reply.body)?;
    let is_ok = verdict(Call::Read, reply.status, Some(&envelope)) == Verdict::Ok;
    wire::parse_download_url(&envelope).filter(|_| is_ok).map(Link::Foreign)
}

pub(super) fn credits(credits: wire::Credits) -> Credits {
    Credits(credits.thousandths())
}

/// What the upstream says, for evidence and logs: `code 500: Server is busy`, or the HTTP status where it says nothing.
fn words(key: &Key, reply: &Reply, envelope: Option<&Envelope<'_>>) -> String {
    match envelope {
        Some(Envelope { code, msg, .. }) if reply.status == 200 => key.hide(&format!("code {code}: {msg}")),
        Some(Envelope { code, msg, .. }) => {
            key.hide(&format!("HTTP status {}, code {code}: {msg}", reply.status))
        }
        None => format!("HTTP status {} without an answer that can be read", reply.status),
    }
}
