//! Deliveries: what is announced of a task and to whom, how a try is judged, and when it is tried again.

use crate::attempt::{AttemptState, End};
use crate::case::Case;
use crate::id::TaskId;
use crate::scenario::Scenario;
use crate::task::Phase;
use crate::time::Timestamp;

/// How long a receiver may take to answer; Kie's callbacks allow the same (kie-api.md 4.6).
pub const TRY_MS: u64 = 15_000;
/// How long a secret that was replaced is still signed with (video-apis.md 1.5).
pub const OVERLAP_MS: i64 = 86_400_000;
/// How many endpoints an account may have: each is written a delivery in the transaction that ends a task, and everybody's writes wait
/// for that.
pub const ENDPOINTS_MAX: i64 = 50;
/// How long a delivery that has ended can be read, and replayed.
pub const KEPT_MS: i64 = 30 * 86_400_000;
/// The longest pause that a receiver can ask for.
const RETRY_AFTER_MAX_S: i64 = 43_200;
/// Nobody is tried for longer, whatever he asks for: OpenAI tries for 72 hours (video-apis.md 1.5).
const TRIED_FOR_MAX_MS: i64 = 72 * 3_600_000;

/// The pauses between tries, at most 71.7 hours in all.
const PAUSES_S: [i64; 14] =
    [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 43_200, 43_200, 43_200, 28_800];

/// What is announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// The film is there.
    Completed,
    /// The task ended without a film: it failed or was cancelled.
    Failed,
    /// A film came although the task had ended without one.
    Late,
}

impl Event {
    /// All events.
    pub const ALL: [Self; 3] = [Self::Completed, Self::Failed, Self::Late];

    /// The type by which endpoints subscribe to it. The first two are OpenAI's, the third is ours.
    pub fn word(self) -> &'static str {
        match self {
            Self::Completed => "video.completed",
            Self::Failed => "video.failed",
            Self::Late => "task.late",
        }
    }

    /// The event of this type.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    fn letter(self) -> char {
        match self {
            Self::Completed => 'c',
            Self::Failed => 'f',
            Self::Late => 'l',
        }
    }
}

/// What commits with a step that is to be told: to the request's own callback, and to the account's endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// What has happened.
    pub event: Event,
    /// The request's own callback, if it has one.
    pub callback_url: Option<String>,
}

/// What a step from this case tells, if it ends the task in `phase` or brings a film that comes late.
pub(crate) fn announced(before: &Case, phase: &Phase, has_film: bool) -> Option<Announcement> {
    let event = match (before.task.phase.is_terminal(), phase) {
        (false, Phase::Succeeded) => Event::Completed,
        (false, Phase::Failed(_) | Phase::Cancelled) => Event::Failed,
        // Who has a film is not told of another one; neither is who was told of a late one.
        (true, Phase::Failed(_) | Phase::Cancelled) if has_film && !has_late_film(before) => Event::Late,
        _ => return None,
    };
    Some(Announcement { event, callback_url: before.request.callback_url.clone() })
}

fn has_late_film(case: &Case) -> bool {
    case.attempts.iter().any(|attempt| attempt.state == AttemptState::Ended(End::Late))
}

/// What must have been announced of a task: exactly this, once for each receiver. For audits.
pub fn owed(phase: &Phase, has_late_film: bool) -> Vec<Event> {
    match phase {
        Phase::Succeeded => vec![Event::Completed],
        Phase::Failed(_) | Phase::Cancelled if has_late_film => vec![Event::Failed, Event::Late],
        Phase::Failed(_) | Phase::Cancelled => vec![Event::Failed],
        _ => vec![],
    }
}

/// What deliveries to one receiver are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    /// The newest.
    pub secret: String,
    /// The one before it, and when that one ends.
    pub old: Option<(String, Timestamp)>,
}

impl Secrets {
    /// Those that are signed with, the newest first.
    pub fn live(&self, now: Timestamp) -> Vec<&str> {
        let old = self.old.as_ref().filter(|(_, until)| now < *until).map(|(old, _)| old.as_str());
        std::iter::once(self.secret.as_str()).chain(old).collect()
    }

    /// A new secret in place of the newest, which is signed with for another day where that is wanted.
    #[must_use]
    pub fn rotated(self, secret: String, keeps_old: bool, now: Timestamp) -> Self {
        Self { secret, old: keeps_old.then(|| (self.secret, now.after(OVERLAP_MS))) }
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Names a delivery, the same over all its tries: `wh_`, the task, a letter for the event, and the endpoint's number, 0 being
/// the request's own callback. Receivers see it as `webhook-id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeliveryId {
    /// Of which task.
    pub task: TaskId,
    /// What.
    pub event: Event,
    /// To which endpoint; 0 is the request's own callback.
    pub endpoint: i64,
}

impl DeliveryId {
    /// Reads an id; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (task, rest) = text.strip_prefix("wh_")?.split_once('_')?;
        let event = Event::ALL.into_iter().find(|event| rest.starts_with(event.letter()))?;
        let endpoint = rest.get(1..)?.parse().ok().filter(|number| *number >= 0)?;
        Some(Self { task: TaskId::parse(task)?, event, endpoint })
    }
}

impl std::fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "wh_{}_{}{}", self.task, self.event.letter(), self.endpoint)
    }
}

/// Host and port of a URL that has been judged already: what shares a fate, and so a share of the deliveries under way.
pub fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority).to_ascii_lowercase()
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver answered.
    Answered {
        /// With this HTTP status.
        status: u16,
        /// And this `Retry-After`, in seconds.
        retry_after_s: Option<i64>,
    },
    /// Nobody answered.
    Fault(String),
    /// There is nothing to tell any more, or nobody to tell it.
    Pointless(String),
}

/// What follows from a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The receiver has it.
    Delivered,
    /// Tried again then.
    Again(Timestamp),
    /// Not tried again, unless somebody replays it.
    GivenUp,
}

/// Judges a try, the `tries`-th one, the first being 1, of those that began at `began`. Any 2xx is delivered; a redirect is not followed and no delivery;
/// 410 says that nobody wants it; all else is tried again until the pauses are used up or three days are over.
pub fn judge(
    outcome: &Outcome,
    (tries, began, scenario): (u32, Timestamp, Option<Scenario>),
    chance: u64,
    now: Timestamp,
) -> Verdict {
    let asked_s = match outcome {
        Outcome::Answered { status: 200..=299, .. } => {
            let twice = scenario == Some(Scenario::DuplicateCallback) && tries == 1;
            return if twice { Verdict::Again(now) } else { Verdict::Delivered };
        }
        Outcome::Answered { status: 410, .. } | Outcome::Pointless(_) => return Verdict::GivenUp,
        Outcome::Answered { status: 429 | 503, retry_after_s } => retry_after_s.unwrap_or(0),
        Outcome::Answered { .. } | Outcome::Fault(_) => 0,
    };
    let index = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(pause_s) = PAUSES_S.get(index) else { return Verdict::GivenUp };
    let end = began.after(TRIED_FOR_MAX_MS);
    if now >= end {
        return Verdict::GivenUp;
    }
    // Jitter shortens a pause only, so that all of them stay within three days.
    let pause_ms = pause_s * 1_000;
    let jitter_ms = i64::try_from(chance % (pause_ms.unsigned_abs() / 5)).unwrap_or(0);
    let then = now.after((pause_ms - jitter_ms).max(asked_s.clamp(0, RETRY_AFTER_MAX_S) * 1_000));
    Verdict::Again(then.min(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn answered(status: u16) -> Outcome {
        Outcome::Answered { status, retry_after_s: None }
    }

    #[test]
    fn only_a_2xx_is_delivered_and_only_410_ends_the_tries_at_once() {
        let verdict = |status| judge(&answered(status), (1, NOW, None), 0, NOW);
        for status in [200, 202, 204, 299] {
            assert_eq!(verdict(status), Verdict::Delivered, "{status}");
        }
        for status in [100, 199, 300, 301, 307, 400, 401, 404, 408, 429, 500, 503, 599] {
            assert_eq!(verdict(status), Verdict::Again(NOW.after(5_000)), "{status}");
        }
        assert_eq!(verdict(410), Verdict::GivenUp);
        assert_eq!(
            judge(&Outcome::Fault("no".into()), (1, NOW, None), 0, NOW),
            Verdict::Again(NOW.after(5_000))
        );
        assert_eq!(judge(&Outcome::Pointless("gone".into()), (1, NOW, None), 0, NOW), Verdict::GivenUp);
    }

    #[test]
    fn a_dead_receiver_is_tried_for_more_than_a_day_and_at_most_three() {
        let tried = |outcome: &Outcome, chance| {
            let (mut now, mut tries) = (NOW, 1);
            while let Verdict::Again(then) = judge(outcome, (tries, NOW, None), chance, now) {
                assert!(then > now);
                (now, tries) = (then, tries + 1);
            }
            (now.since_ms(NOW), tries)
        };
        for chance in [0, 1, u64::MAX / 2, u64::MAX] {
            let (ms, tries) = tried(&answered(500), chance);
            assert!((24 * 3_600_000..TRIED_FOR_MAX_MS).contains(&ms), "{ms} ms");
            assert_eq!(tries, 15);
        }
        let asks = Outcome::Answered { status: 503, retry_after_s: Some(i64::MAX) };
        assert_eq!(tried(&asks, 0), (TRIED_FOR_MAX_MS, 7), "whatever it asks for");
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_pause_but_not_for_days() {
        let asks = |status, seconds| {
            let outcome = Outcome::Answered { status, retry_after_s: Some(seconds) };
            judge(&outcome, (1, NOW, None), 0, NOW)
        };
        assert_eq!(asks(429, 60), Verdict::Again(NOW.after(60_000)));
        assert_eq!(asks(503, i64::MAX), Verdict::Again(NOW.after(43_200_000)));
        assert_eq!(asks(503, -5), Verdict::Again(NOW.after(5_000)));
        assert_eq!(asks(500, 60), Verdict::Again(NOW.after(5_000)));
    }

    #[test]
    fn the_scenario_delivers_twice_and_no_more() {
        let scenario = Some(Scenario::DuplicateCallback);
        assert_eq!(judge(&answered(200), (1, NOW, scenario), 9, NOW), Verdict::Again(NOW));
        assert_eq!(judge(&answered(200), (2, NOW, scenario), 9, NOW), Verdict::Delivered);
    }

    #[test]
    fn a_replaced_secret_is_signed_with_for_a_day_if_that_is_wanted() {
        let first = Secrets { secret: "a".into(), old: None };
        assert_eq!(first.clone().rotated("b".into(), false, NOW).live(NOW), ["b"]);
        let both = first.rotated("b".into(), true, NOW);
        assert_eq!(both.live(NOW.after(OVERLAP_MS - 1)), ["b", "a"]);
        assert_eq!(both.live(NOW.after(OVERLAP_MS)), ["b"]);
        assert_eq!(both.rotated("c".into(), true, NOW).live(NOW), ["c", "b"], "two at most");
    }

    #[test]
    fn an_id_says_of_what_and_to_whom_and_is_read_back() {
        let task = TaskId::new(NOW, 77);
        for event in Event::ALL {
            assert_eq!(Event::named(event.word()), Some(event));
            for endpoint in [0, 7, i64::MAX] {
                let id = DeliveryId { task, event, endpoint };
                assert_eq!(DeliveryId::parse(&id.to_string()), Some(id));
                assert!(!id.to_string().contains('.'), "Standard Webhooks joins by dots");
            }
        }
        for text in ["", "wh_", "wh_x_c0", "evt_1", &format!("wh_{task}_z0"), &format!("wh_{task}_c-1")] {
            assert_eq!(DeliveryId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_host_is_what_stands_between_the_scheme_and_the_path() {
        for (url, expected) in [
            ("https://Example.com/cb?x=1", "example.com"),
            ("http://127.0.0.1:9000", "127.0.0.1:9000"),
            ("https://[::1]:8443#x", "[::1]:8443"),
            ("https://a.example?b@c", "a.example"),
        ] {
            assert_eq!(host(url), expected);
        }
    }
}
