//! The one classifier of what a reply means: HTTP status, `code` and `msg` together, because none of them does alone.

use crate::kie::create::Created;
use crate::kie::envelope::{Envelope, SUCCESS};
use crate::kie::field::Field;

/// What was asked, since a few codes mean different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// A create, which may cost money.
    Create,
    /// A query, which costs nothing and may always be asked again.
    Read,
}

/// What a reply means. Every verdict but [`Ok`](Self::Ok), [`NotReady`](Self::NotReady) and
/// [`Unreadable`](Self::Unreadable) says that a create made no task and cost nothing, because a reply without a task id
/// stands for no task (O).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Done as asked; a create must also carry a task id ([`Created::parse`](crate::kie::Created::parse)).
    Ok,
    /// The key is missing or wrong (401, L2).
    KeyRefused,
    /// The key may not do this (403; never seen, stands for address lists and a proxy's refusal).
    NotPermitted,
    /// The account cannot pay (402, or any error whose text says "insufficient", C).
    CreditsInsufficient,
    /// Too often (429, 430 of older schemas); the request was dropped.
    RateLimited,
    /// A sub-key over its cap (433, O); the request was dropped.
    KeyLimited,
    /// A field is missing that must be given. The model was looked up, and is on (the order of 1.4).
    FieldMissing,
    /// The request itself is wrong in another way; the same request will be refused again.
    Invalid,
    /// No such model (422 by text; 404 at the catalogue, L2).
    UnknownModel,
    /// No such task (422 by text, L2; 404 in the documentation). May pass within seconds after a create (C).
    UnknownTask,
    /// The film in this size is still being made; ask again (400 or 422 by text, D26a and C).
    NotReady,
    /// The model or the feature is switched off (500 by text, C; 505, D26a).
    Paused,
    /// The whole service is down on purpose (455, D26a).
    Maintenance,
    /// The service failed. `transient`: it asks to try again, or it was only a read.
    UpstreamFault {
        /// Whether the same call may succeed later.
        transient: bool,
    },
    /// No envelope, or one that contradicts itself. After a create nobody knows whether a task exists.
    Unreadable,
}

/// Judges a reply by its HTTP status and its envelope, `None` where the body was none.
pub fn verdict(call: Call, http_status: u16, reply: Option<&Envelope<'_>>) -> Verdict {
    let Some(reply) = reply else { return by_http_status(http_status) };
    let text = reply.msg.to_ascii_lowercase();
    match reply.code {
        SUCCESS if (200..300).contains(&http_status) => Verdict::Ok,
        SUCCESS => Verdict::Unreadable,
        // The service itself always says 200 (L1, L2), so a proxy may have spoken while the create went on.
        _ if call == Call::Create && http_status >= 500 => final_text(&text),
        // A refusal that names a task contradicts itself; no refusal was ever seen with one.
        _ if call == Call::Create && Created::parse(reply).is_some() => Verdict::Unreadable,
        _ if http_status == 429 => Verdict::RateLimited,
        401 => Verdict::KeyRefused,
        402 => Verdict::CreditsInsufficient,
        403 => Verdict::NotPermitted,
        455 => Verdict::Maintenance,
        // A finished 4k film is announced as an error, with its links in `data` (D26a and C).
        422 if text.contains("has been generated successfully") => Verdict::Ok,
        code => by_text(&text).unwrap_or_else(|| by_code(call, code, &text)),
    }
}

/// Without an envelope a proxy spoke. What it refused by status did not reach the service; of the rest nobody knows.
fn by_http_status(http_status: u16) -> Verdict {
    match http_status {
        401 => Verdict::KeyRefused,
        402 => Verdict::CreditsInsufficient,
        403 => Verdict::NotPermitted,
        429 => Verdict::RateLimited,
        // A bare 404 says that the address is wrong, not that the task is unknown.
        400 | 404 | 405 | 413 | 414 | 415 | 422 | 431 => Verdict::Invalid,
        _ => Verdict::Unreadable,
    }
}

/// Texts that decide whatever the code, first match first, in lower case. They are final: 500 does not make them pass.
const TEXTS: [(&str, Verdict); 20] = [
    ("insufficient", Verdict::CreditsInsufficient),
    ("temporarily paused", Verdict::Paused),
    ("model name you specified is not supported", Verdict::UnknownModel),
    ("page does not exist or is not published", Verdict::UnknownModel),
    ("recordinfo is null", Verdict::UnknownTask),
    ("record is null", Verdict::UnknownTask),
    ("record not found", Verdict::UnknownTask),
    ("record does not exist", Verdict::UnknownTask),
    ("task not found", Verdict::UnknownTask),
    ("within 14 days", Verdict::UnknownTask),
    ("is processing", Verdict::NotReady),
    ("is required", Verdict::Invalid),
    ("cannot be null", Verdict::Invalid),
    ("cannot be empty", Verdict::Invalid),
    ("please enter", Verdict::Invalid),
    ("not within the range", Verdict::Invalid),
    ("not supported", Verdict::Invalid),
    ("url is wrong", Verdict::Invalid),
    ("ratio error", Verdict::Invalid),
    ("failed to fetch the image", Verdict::Invalid),
];

/// The texts that the service itself says when it refuses (C). Another pattern of the table under an HTTP error, such as
/// a database's "cannot be null", may come from a service that broke after it had created the task.
fn final_text(text: &str) -> Verdict {
    const FINAL: [&str; 5] =
        ["insufficient", "temporarily paused", "is required", "not within the range", "not supported"];
    let is_final = FINAL.iter().any(|pattern| text.contains(pattern));
    by_text(text).filter(|_| is_final).unwrap_or(Verdict::Unreadable)
}

fn by_text(text: &str) -> Option<Verdict> {
    // "Insufficient permissions" are about the key and not about its credits.
    if text.contains("insufficient") && text.contains("permission") {
        return Some(Verdict::NotPermitted);
    }
    if misses_field(text) {
        return Some(Verdict::FieldMissing);
    }
    TEXTS.iter().find(|(pattern, _)| text.contains(pattern)).map(|&(_, verdict)| verdict)
}

/// Whether the text asks for a field: it says that something is missing, and what is a field of a create. "A subscription is
/// required" asks for something else.
fn misses_field(text: &str) -> bool {
    const MISSES: [&str; 8] = [
        "is required",
        "are required",
        "required parameter",
        "required field",
        "is missing",
        "cannot be null",
        "cannot be empty",
        "please enter",
    ];
    let names = |field: &Field| [Some(field.jobs_name()), field.veo_name()].into_iter().flatten();
    let is_field = |word: &str| {
        // `input`, and fields of other families that were seen in such texts (C).
        ["input", "voiceid", "callbackurl", "taskid"].contains(&word)
            || Field::ALL.iter().flat_map(names).any(|name| name.eq_ignore_ascii_case(word))
    };
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    // A field that is called like a usual word, such as `model`, must be what the text begins or ends with.
    let words: Vec<&str> = text.split(|letter| !is_letter(letter)).filter(|word| !word.is_empty()).collect();
    let names_field = text.contains("this field")
        || words.iter().any(|word| is_field(word) && !["model", "size", "duration"].contains(word))
        || words.first().is_some_and(|word| is_field(word));
    MISSES.iter().any(|pattern| text.contains(pattern)) && names_field
}

fn by_code(call: Call, code: i64, text: &str) -> Verdict {
    match code {
        404 if call == Call::Read => Verdict::UnknownTask,
        400 | 404 | 405 | 409 | 413 | 422 => Verdict::Invalid,
        429 | 430 => Verdict::RateLimited,
        433 => Verdict::KeyLimited,
        505 => Verdict::Paused,
        // No result for ten minutes (D26a): of a create nobody knows what it has become.
        408 if call == Call::Create => Verdict::Unreadable,
        408 | 451 | 500 | 501 => {
            Verdict::UpstreamFault { transient: call == Call::Read || asks_to_try_again(text) }
        }
        // A code that nobody documented says nothing about whether a task exists.
        _ => Verdict::Unreadable,
    }
}

/// Whether a refusal is about the path and not about what was asked there: 404 or 405 in words that name no model, task or
/// record. [`verdict`] need not tell it, because whoever asks for a task knows the path; whoever asks whether the path is
/// there must not take this for an unknown task.
pub fn is_about_path(reply: &Envelope<'_>) -> bool {
    let text = reply.msg.to_ascii_lowercase();
    // A word with a slash is the path itself: "Cannot POST /api/v1/jobs/createTask".
    let mut words = text.split_whitespace().filter(|word| !word.contains('/'));
    let names_thing = words.any(|word| ["model", "task", "record"].iter().any(|thing| word.contains(thing)));
    let is_known = !matches!(by_text(&text), None | Some(Verdict::Invalid));
    matches!(reply.code, 404 | 405) && !names_thing && !is_known
}

fn asks_to_try_again(text: &str) -> bool {
    ["try again", "server is busy"].iter().any(|pattern| text.contains(pattern))
}
