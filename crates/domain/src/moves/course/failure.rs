//! What a client is told about a task that ended without a film.

use crate::answer::Cause;
use crate::attempt::{Attempt, End};
use crate::task::Failure;

/// What the client is told when an attempt was the last one. An upstream's own reasons are the operator's affair, so they
/// never look like the client's.
pub(super) fn after(end: &End, attempt: Option<&Attempt>) -> Failure {
    let upstream = attempt.map_or("", |attempt| attempt.upstream.as_str());
    let (code, text) = match end {
        End::Failed(failure) if is_the_operators(failure) => (
            "500",
            format!(
                "The upstream {upstream} could not go on for the operator. Nothing was charged; ask the operator."
            ),
        ),
        End::Failed(failure) => return failure.clone(),
        End::Refused(setback) if setback.cause == Cause::Invalid => (
            "422",
            format!(
                "The upstream {upstream} does not take this request: {}. Nothing was charged.",
                setback.text
            ),
        ),
        End::Refused(setback) => (
            "500",
            format!(
                "The upstream {upstream} {}. Nothing was charged; ask the operator.",
                setback.cause.says()
            ),
        ),
        End::Interrupted => return worn_out(),
        other => {
            ("500", format!("The upstream {upstream} made no film: {}. Nothing was charged.", other.word()))
        }
    };
    Failure { code: code.into(), text }
}

/// Whether a run failed on the operator's key or account, which the client would take for its own.
fn is_the_operators(failure: &Failure) -> bool {
    let (code, text) = (failure.code.to_ascii_lowercase(), failure.text.to_ascii_lowercase());
    let is_of_account = ["credit", "balance", "quota"].iter().any(|word| text.contains(word));
    matches!(code.as_str(), "401" | "402" | "403" | "429" | "455")
        || ["insufficient", "quota", "billing", "api_key"].iter().any(|word| code.contains(word))
        || (text.contains("insufficient") && is_of_account)
}

fn worn_out() -> Failure {
    let most = crate::case::INTERRUPTED_MAX;
    Failure {
        code: "500".into(),
        text: format!(
            "The process stopped {most} times while it made this film. Nothing was charged; see the log of filmgate."
        ),
    }
}

pub(super) fn lost() -> Failure {
    let text = "The upstream took the task and then lost it. Nothing was charged; create the task again.";
    Failure { code: "500".into(), text: text.into() }
}

pub(super) fn in_doubt() -> Failure {
    let text = "The upstream may or may not have made this film, and nothing more was heard of it. Nothing was charged; \
                if it still comes, it is kept as this task's late film.";
    Failure { code: "in_doubt".into(), text: text.into() }
}

pub(super) fn too_late() -> Failure {
    let text = "The film was not finished before its deadline. Nothing was charged; create the task again.";
    Failure { code: "408".into(), text: text.into() }
}
