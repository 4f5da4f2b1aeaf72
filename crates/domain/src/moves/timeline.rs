//! A task's timeline: what happened to it, from facts that only grow, so that a reader can go on where he stopped.

use crate::answer::{Evidence, Reading, Submitted};
use crate::attempt::AttemptState;
use crate::case::Case;
use crate::route::STUDIO;
use crate::task::Phase;
use crate::time::Timestamp;
use crate::work::Known;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When it became known.
    pub at: Timestamp,
    /// What.
    pub kind: MomentKind,
    /// The upstream that it is about.
    pub upstream: Option<String>,
    /// In a sentence without a full stop.
    pub text: String,
}

/// Kinds of what happens to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// It was written down and its credits are held.
    Accepted,
    /// An upstream is asked.
    Began,
    /// An upstream has it.
    Running,
    /// Nobody knows whether an upstream has it.
    InDoubt,
    /// Something else became known of an attempt.
    Heard,
    /// The film is made, and is copied to our storage.
    Storing,
    /// An attempt is over, without a film.
    AttemptEnded,
    /// The film is stored and paid.
    Succeeded,
    /// There is no film, and nothing was charged.
    Failed,
    /// It was cancelled, and nothing was charged.
    Cancelled,
    /// A receiver was told.
    Delivered,
    /// A receiver could not be told this time.
    DeliveryFailed,
}

impl MomentKind {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Began => "began",
            Self::Running => "running",
            Self::InDoubt => "in_doubt",
            Self::Heard => "heard",
            Self::Storing => "storing",
            Self::AttemptEnded => "attempt_ended",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Delivered => "delivered",
            Self::DeliveryFailed => "delivery_failed",
        }
    }
}

/// One try to tell a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it began.
    pub began: Timestamp,
    /// How long it took; only then is it known that it was made at all.
    pub took_ms: i64,
    /// Where to.
    pub host: String,
    /// What the receiver answered, or why there was no answer.
    pub answer: Result<u16, String>,
}

/// Everything that happened to a task, in the order in which it became known: later calls have the same moments at their beginning.
pub fn timeline(case: &Case, known: &[Known], told: &[Told]) -> Vec<Moment> {
    let task = &case.task;
    let credits = task.price;
    let accepted = format!("written down; {credits} credits are held");
    let mut moments = vec![moment(task.created, MomentKind::Accepted, None, accepted)];
    for attempt in &case.attempts {
        let name = Some(attempt.upstream.as_str());
        let text = if attempt.upstream == STUDIO {
            "the embedded studio draws it".to_owned()
        } else {
            format!("attempt {} goes to {}", attempt.number, attempt.upstream)
        };
        moments.push(moment(attempt.began, MomentKind::Began, name, text));
        // The call of what was said is no news beside it.
        let is_news = |known: &&Known| {
            known.attempt == attempt.number && !matches!(known.evidence, Evidence::Exchanged(_))
        };
        let of_attempt = known.iter().filter(is_news);
        moments.extend(
            of_attempt.map(|known| moment(known.at, kind(&known.evidence), name, known.evidence.told())),
        );
    }
    moments.extend(task.finished.map(|at| ended(case, at)));
    moments.extend(told.iter().map(said));
    // Stable: what happened in one millisecond stays in the order of its causes.
    moments.sort_by_key(|moment| moment.at);
    moments
}

fn moment(at: Timestamp, kind: MomentKind, upstream: Option<&str>, text: String) -> Moment {
    Moment { at, kind, upstream: upstream.map(str::to_owned), text }
}

fn kind(evidence: &Evidence) -> MomentKind {
    match evidence {
        Evidence::Submitted(Submitted::Accepted { .. }) => MomentKind::Running,
        Evidence::Submitted(Submitted::Unknown { .. }) => MomentKind::InDoubt,
        Evidence::Submitted(_) | Evidence::Read(Reading::Failed { .. }) => MomentKind::AttemptEnded,
        Evidence::Read(Reading::Made { .. }) => MomentKind::Storing,
        Evidence::Studio(word) if word == "made" => MomentKind::Storing,
        _ => MomentKind::Heard,
    }
}

fn ended(case: &Case, at: Timestamp) -> Moment {
    let (credits, upstream) = (case.task.price, Some(case.task.upstream.as_str()));
    match &case.task.phase {
        Phase::Failed(failure) => {
            let stays = case.attempts.iter().any(|attempt| attempt.state == AttemptState::Doubtful);
            let doubt = if stays { "; an upstream may still make it, at the operator's cost" } else { "" };
            let text =
                format!("{}; {credits} credits were released{doubt}", failure.text.trim_end_matches('.'));
            moment(at, MomentKind::Failed, upstream, text)
        }
        Phase::Cancelled => {
            moment(at, MomentKind::Cancelled, None, format!("cancelled; {credits} credits were released"))
        }
        _ => moment(
            at,
            MomentKind::Succeeded,
            upstream,
            format!("the film is stored; {credits} credits were paid"),
        ),
    }
}

fn said(told: &Told) -> Moment {
    let (kind, text) = match &told.answer {
        Ok(status @ 200..=299) => {
            (MomentKind::Delivered, format!("{} was told and answered {status}", told.host))
        }
        Ok(status) => (MomentKind::DeliveryFailed, format!("{} answered {status}", told.host)),
        Err(fault) => (MomentKind::DeliveryFailed, format!("{} was not reached: {fault}", told.host)),
    };
    moment(told.began.after(told.took_ms), kind, None, text)
}
