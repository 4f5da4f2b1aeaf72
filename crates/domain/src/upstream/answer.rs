//! What an upstream answers, in the words that decisions are made in; every answer is kept as evidence of its attempt.

use serde::{Deserialize, Serialize};

use crate::credits::Credits;
use crate::task::Failure;
use crate::time::Timestamp;

/// What became of a submit. Only `Unknown` leaves a doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Submitted {
    /// The upstream has the task, under this id of its own.
    Accepted {
        /// The upstream's id, opaque and possibly longer than 200 characters.
        job: String,
        /// What the same reply said of the film, where it said anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reading: Option<Reading>,
    },
    /// The upstream has not taken the task and billed nothing; the same submit would be refused again.
    Refused(Setback),
    /// The upstream has not taken the task now, and asks to come again.
    Busy {
        /// When, if it said so.
        retry_after_ms: Option<i64>,
        /// Its words.
        why: String,
    },
    /// The request did not leave us whole, so that the upstream cannot have taken it.
    NeverLeft {
        /// What happened.
        why: String,
    },
    /// Nobody knows whether the upstream has the task.
    Unknown {
        /// What happened.
        why: String,
    },
}

/// Why a route did not make the film.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setback {
    /// The kind of reason.
    pub cause: Cause,
    /// The upstream's words, or ours.
    pub text: String,
}

/// The kinds of reasons for which a route does not make a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The operator's key at the upstream is missing or wrong.
    KeyRefused,
    /// The operator's key may not do this.
    NotPermitted,
    /// The operator's balance at the upstream is too low.
    NoBalance,
    /// The model is switched off there for now.
    Paused,
    /// The upstream is being worked on.
    Maintenance,
    /// The upstream does not have this model any more, or never had it.
    Unsupported,
    /// The upstream does not take this request.
    Invalid,
    /// The upstream failed before it took the task.
    Fault,
    /// The card says that the upstream no longer makes the model.
    Retired,
    /// The upstream costs more than the operator's `max_cost`.
    TooDear,
    /// The upstream is not configured any more.
    NotConfigured,
    /// The upstream failed so often that it is left alone for a while.
    CircuitOpen,
    /// The upstream could not be reached, several times.
    Unreachable,
    /// The upstream was busy, several times.
    Busy,
}

/// More than any film costs; an upstream that says so is not believed, because an entry can never be changed.
const COST_MAX: Credits = Credits(1_000_000_000);

/// What an upstream says that it took, if it can be true.
pub fn plausible(cost: Option<Credits>) -> Option<Credits> {
    cost.filter(|cost| (Credits::ZERO..=COST_MAX).contains(cost))
}

impl Cause {
    /// Words that end the sentence "The upstream NAME …".
    pub fn says(self) -> &'static str {
        match self {
            Self::KeyRefused => "refuses the operator's key",
            Self::NotPermitted => "does not permit this to the operator's key",
            Self::NoBalance => "has no credits left on the operator's account",
            Self::Paused => "has paused this model",
            Self::Maintenance => "is in maintenance",
            Self::Unsupported => "does not have this model",
            Self::Invalid => "does not take this request",
            Self::Fault => "failed before it took the task",
            Self::Retired => "has retired this model",
            Self::TooDear => "costs more than max_cost allows",
            Self::NotConfigured => "is not configured any more",
            Self::CircuitOpen => "failed too often and is left alone for a while",
            Self::Unreachable => "could not be reached",
            Self::Busy => "was busy each time",
        }
    }

    /// Whether the whole upstream is out of order, and not only this request or this model.
    pub fn is_of_upstream(self) -> bool {
        matches!(
            self,
            Self::KeyRefused | Self::NoBalance | Self::Maintenance | Self::Fault | Self::Unreachable
        )
    }
}

/// What an upstream's record says of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// It is being made.
    Running {
        /// How far, 0 to 100, where the upstream says so.
        percent: Option<u8>,
    },
    /// The film is made.
    Made {
        /// Where it can be fetched, best first; never empty.
        links: Vec<Link>,
        /// What the upstream took for it, where it says so.
        cost: Option<Credits>,
    },
    /// There will be no film.
    Failed {
        /// Why.
        failure: Failure,
        /// What the upstream took nevertheless, where it says so.
        cost: Option<Credits>,
    },
    /// The upstream does not know this job.
    Missing,
    /// The read failed, or its answer cannot be understood; ask again.
    Unclear {
        /// What happened.
        why: String,
    },
}

/// Where a finished film can be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// A path below the upstream's own base address, asked with the operator's key.
    Own(String),
    /// A URL, asked without the key and through the guard unless its host is the upstream's own.
    Foreign(String),
}

/// A job in an upstream's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The upstream's id.
    pub job: String,
    /// When it was created, if the list says so; upstreams round to seconds.
    pub created: Option<Timestamp>,
    /// Its prompt, if the list says so.
    pub prompt: Option<String>,
    /// Its model, if the list says so.
    pub model: Option<String>,
}

/// What is known of an attempt beyond its state: kept for ever, whatever has become of the task or of a lease.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// What the submit was answered.
    Submitted(Submitted),
    /// What a record said.
    Read(Reading),
    /// Somebody who knows the attempt's token says that it became this job. Proves nothing before the record says so too.
    CalledBack {
        /// The upstream's id.
        job: String,
    },
    /// The upstream's list holds exactly one job that can be this attempt.
    Found {
        /// The upstream's id.
        job: String,
    },
    /// A job that was offered for this attempt is not it.
    NotIt {
        /// The upstream's id.
        job: String,
        /// How we know.
        why: String,
    },
    /// The operator's balance at the upstream, before the submit and now: evidence, never proof.
    Balance {
        /// Before the submit, if it was known.
        before: Option<Credits>,
        /// Now.
        now: Credits,
    },
    /// The operator decides.
    Ordered(Order),
    /// The embedded studio's answer, in a word.
    Studio(String),
    /// The call that was answered with the evidence before it: for people, no decision reads it.
    Exchanged(Exchange),
}

/// One call to an upstream, in what everybody may know of it: no host, no header and no body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Such as `POST`.
    pub method: String,
    /// Below the upstream's address, with the ids that it gave.
    pub path: String,
    /// The answer's status; none where no whole answer came.
    pub status: Option<u16>,
    /// From the first byte that was sent to the last that came.
    pub took_ms: u64,
}

/// What an upstream said, and in which call, where there was one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<T> {
    /// In the words that decisions are made in.
    pub said: T,
    /// The call.
    pub exchange: Option<Exchange>,
}

/// What the operator decides about a doubtful attempt (`filmgate tasks resolve`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// It is this job of the upstream's.
    Adopt {
        /// The upstream's id.
        job: String,
    },
    /// Wait no longer.
    Fail,
    /// Send the task again, which may be paid twice.
    Resubmit,
}

impl Evidence {
    /// What clients read of it: what the operator has and pays at an upstream is not theirs to know.
    pub fn told(&self) -> String {
        match self {
            Self::Balance { before: Some(before), now } if now < before => {
                "the upstream's balance fell: it probably took the request".into()
            }
            Self::Balance { .. } => "the upstream's balance says nothing of it".into(),
            Self::Read(Reading::Made { .. }) => "the record says that the film is made".into(),
            others => others.text(),
        }
    }

    /// What is known, in a sentence without a full stop. Links are left out: they may open the film to anybody.
    pub fn text(&self) -> String {
        match self {
            Self::Submitted(submitted) => submitted.text(),
            Self::Read(reading) => reading.text(),
            Self::CalledBack { job } => format!("a callback says that it is {job}"),
            Self::Found { job } => format!("the upstream's list holds it as {job}"),
            Self::NotIt { job, why } => format!("{job} is not it: {why}"),
            Self::Balance { before: Some(before), now } => {
                format!("the operator's balance there was {before} credits and is {now}")
            }
            Self::Balance { before: None, now } => format!("the operator's balance there is {now} credits"),
            Self::Ordered(Order::Adopt { job }) => format!("the operator decided: it is {job}"),
            Self::Ordered(Order::Fail) => "the operator decided to wait no longer".into(),
            Self::Ordered(Order::Resubmit) => "the operator decided to send it again".into(),
            Self::Studio(word) => word.clone(),
            Self::Exchanged(Exchange { method, path, status: Some(status), took_ms }) => {
                format!("{method} {path} was answered {status} in {took_ms} ms")
            }
            Self::Exchanged(Exchange { method, path, status: None, took_ms }) => {
                format!("{method} {path} had no whole answer in {took_ms} ms")
            }
        }
    }
}

impl Submitted {
    fn text(&self) -> String {
        match self {
            Self::Accepted { job, .. } => format!("accepted as {job}"),
            Self::Refused(setback) => format!("refused: it {}: {}", setback.cause.says(), setback.text),
            Self::Busy { why, .. } => format!("busy: {why}"),
            Self::NeverLeft { why } => format!("never left: {why}"),
            Self::Unknown { why } => format!("nobody knows: {why}"),
        }
    }
}

impl Reading {
    fn text(&self) -> String {
        match self {
            Self::Running { .. } => "the record says that it runs".into(),
            Self::Made { cost: Some(cost), .. } => {
                format!("the record says that the film is made, for {cost} credits of the upstream's")
            }
            Self::Made { cost: None, .. } => "the record says that the film is made".into(),
            Self::Failed { failure, .. } => {
                format!("the record says that it failed: {}: {}", failure.code, failure.text)
            }
            Self::Missing => "the upstream does not know the job".into(),
            Self::Unclear { why } => format!("the record could not be read: {why}"),
        }
    }
}
