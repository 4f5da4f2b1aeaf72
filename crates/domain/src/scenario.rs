//! Scenarios: failures that the emulator plays on request, so that clients can be tested for free.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;
use crate::task::Failure;
use crate::time::Timestamp;

/// A named failure. Inert without `--dev`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scenario {
    /// The account has nothing to spend; checked last.
    NoCredits,
    /// The key is refused.
    BadKey,
    /// Too many requests.
    RateLimited,
    /// The service is being worked on.
    Maintenance,
    /// The model is switched off.
    Paused,
    /// Accepted, then refused by moderation.
    Moderation,
    /// Accepted, then failed.
    Fail,
    /// Accepted, and made only after a while.
    Slow,
    /// Accepted, and never finished.
    Stuck,
    /// Accepted, and the connection is dropped in place of the reply. A create that is recognised as its retry is answered.
    LostReply,
    /// Nothing is created, and the reply is no JSON, as when a proxy speaks in the gateway's place.
    Garbage,
    /// Made, paid and stored, and the record names no film.
    NoUrl,
    /// Every callback is delivered twice.
    DuplicateCallback,
    /// Made as usual, and the links of its record are dead: a fresh one must be asked for.
    ExpiredUrl,
}

/// What the worker does with a task that plays a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Script {
    /// The film is made as usual.
    Make,
    /// Nothing happens until then.
    Wait(Timestamp),
    /// The run ends with this failure.
    Fail(Failure),
}

/// How long `slow` waits before its film is made.
const SLOW_MS: i64 = 60_000;
/// How long after its creation moderation speaks.
const MODERATION_MS: i64 = 1_000;

impl Scenario {
    /// All scenarios with their names.
    pub const ALL: [(&'static str, Self); 14] = [
        ("no-credits", Self::NoCredits),
        ("bad-key", Self::BadKey),
        ("rate-limited", Self::RateLimited),
        ("maintenance", Self::Maintenance),
        ("paused", Self::Paused),
        ("moderation", Self::Moderation),
        ("fail", Self::Fail),
        ("slow", Self::Slow),
        ("stuck", Self::Stuck),
        ("lost-reply", Self::LostReply),
        ("garbage", Self::Garbage),
        ("no-url", Self::NoUrl),
        ("duplicate-callback", Self::DuplicateCallback),
        ("expired-url", Self::ExpiredUrl),
    ];

    /// The scenario with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, scenario)| *scenario)
    }

    /// The scenario that a prompt names as `[[NAME]]`, anywhere in it.
    pub fn in_prompt(prompt: &str) -> Option<Self> {
        prompt.split("[[").skip(1).find_map(|rest| Self::named(rest.split_once("]]")?.0.trim()))
    }

    /// A prompt without the `[[NAME]]` of its scenario: what the film shows.
    pub fn strip(prompt: &str) -> String {
        let named = prompt.split("[[").skip(1).filter_map(|rest| rest.split_once("]]")).map(|(name, _)| name);
        match named.into_iter().find(|name| Self::named(name.trim()).is_some()) {
            Some(name) => prompt.replacen(&format!("[[{name}]]"), "", 1).trim().to_owned(),
            None => prompt.to_owned(),
        }
    }

    /// The scenario that a bearer key names as `dev-NAME`.
    pub fn in_key(key: &str) -> Option<Self> {
        key.strip_prefix("dev-").and_then(Self::named)
    }

    /// What a create answers before anything of it is looked at.
    pub fn refuses_first(self) -> Option<Refusal> {
        match self {
            Self::BadKey => Some(Refusal::KeyRefused),
            Self::RateLimited => Some(Refusal::RateLimited),
            Self::Maintenance => Some(Refusal::Maintenance),
            Self::Garbage => Some(Refusal::Garbage),
            _ => None,
        }
    }

    /// What a worker does with a task that plays this scenario.
    pub fn script(self, created: Timestamp, deadline: Timestamp, now: Timestamp) -> Script {
        match self {
            Self::Stuck => Script::Wait(deadline),
            Self::Slow if now < created.after(SLOW_MS) => Script::Wait(created.after(SLOW_MS)),
            Self::Moderation if now < created.after(MODERATION_MS) => Script::Wait(created.after(MODERATION_MS)),
            Self::Moderation => Script::Fail(Failure {
                code: "SENSITIVE_WORD_ERROR".into(),
                text: "Your prompt was flagged by moderation. Nothing was charged; change the prompt and try again.".into(),
            }),
            Self::Fail => Script::Fail(Failure {
                code: "501".into(),
                text: "Generation failed. Nothing was charged; the scenario \"fail\" asked for this.".into(),
            }),
            // These say no before there is a task, or play with the replies about it.
            Self::Slow | Self::NoCredits | Self::BadKey | Self::RateLimited | Self::Maintenance | Self::Paused => Script::Make,
            Self::LostReply | Self::Garbage | Self::NoUrl | Self::DuplicateCallback | Self::ExpiredUrl => Script::Make,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_found_in_a_prompt_and_in_a_key() {
        assert_eq!(Scenario::in_prompt("a cat [[stuck]] in the sun"), Some(Scenario::Stuck));
        assert_eq!(Scenario::in_prompt("[[what]] then [[ fail ]]"), Some(Scenario::Fail));
        assert_eq!(Scenario::in_prompt("a cat [[stuck in a tree"), None);
        assert_eq!(Scenario::strip("a cat [[what]] in [[ slow ]] the sun"), "a cat [[what]] in  the sun");
        assert_eq!(Scenario::strip("]] [[fail]]"), "]]");
        assert_eq!(Scenario::strip("a cat [[in]] a tree"), "a cat [[in]] a tree");
        assert_eq!(Scenario::in_key("dev-no-credits"), Some(Scenario::NoCredits));
        assert_eq!(Scenario::in_key("dev-anna"), None);
    }

    #[test]
    fn a_slow_film_is_made_in_the_end_and_a_stuck_one_never() {
        let (created, deadline) = (Timestamp(0), Timestamp(1_000_000));
        assert_eq!(
            Scenario::Slow.script(created, deadline, Timestamp(59_999)),
            Script::Wait(Timestamp(60_000))
        );
        assert_eq!(Scenario::Slow.script(created, deadline, Timestamp(60_000)), Script::Make);
        assert_eq!(Scenario::Stuck.script(created, deadline, Timestamp(999_999)), Script::Wait(deadline));
    }
}
