//! What is done about a submit whose fate is unknown: the operator's policy, and the moment at which it acts.

use serde::{Deserialize, Serialize};

use crate::attempt::{Attempt, Repeat};
use crate::credits::Credits;
use crate::time::Timestamp;

/// What to do about a doubt that nothing resolves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDoubt {
    /// Wait, look and listen for as long as `doubt_ms`, then give the client its credits back.
    #[default]
    Park,
    /// Give the client its credits back as soon as no reply can come any more.
    Fail,
    /// Go on with the next route, which may be paid a second time.
    NextRoute,
    /// Send it again on the same route, which may be paid a second time.
    Resubmit,
}

impl OnDoubt {
    /// The policy with this name.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim() {
            "park" => Some(Self::Park),
            "fail" => Some(Self::Fail),
            "next_route" => Some(Self::NextRoute),
            "resubmit" => Some(Self::Resubmit),
            _ => None,
        }
    }

    /// Whether it can pay an upstream twice for one task.
    pub fn may_pay_again(self) -> bool {
        matches!(self, Self::NextRoute | Self::Resubmit)
    }
}

/// How the operator deals with one upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpstreamPolicy {
    /// What the upstream promises about the same submit sent twice.
    pub repeat: Repeat,
    /// What to do about a doubt that nothing resolves, unless the request says otherwise.
    pub on_doubt: OnDoubt,
    /// How long a doubtful attempt is waited for under `park`.
    pub doubt_ms: i64,
    /// How many attempts of one task may be paid or doubtful at upstreams; the cap of every policy and request.
    pub max_paid_attempts: u32,
    /// Routes that cost more than this, by the card they use, are skipped.
    pub max_cost: Option<Credits>,
    /// The shortest time between two reads of one job.
    pub poll_ms: i64,
    /// How long one submit may take in all.
    pub call_ms: i64,
}

impl Default for UpstreamPolicy {
    fn default() -> Self {
        Self {
            repeat: Repeat::Never,
            on_doubt: OnDoubt::Park,
            doubt_ms: 24 * 3_600_000,
            max_paid_attempts: 1,
            max_cost: None,
            poll_ms: 2_500,
            call_ms: 200_000,
        }
    }
}

/// When the policy acts on a doubtful attempt, and how. `paid_already` counts the task's attempts that may be billed,
/// this one included.
pub fn verdict(
    attempt: &Attempt,
    policy: &UpstreamPolicy,
    wished: Option<OnDoubt>,
    paid_already: u32,
) -> (Timestamp, OnDoubt) {
    let wanted = wished.unwrap_or(policy.on_doubt);
    let parked = attempt.began.after(policy.doubt_ms).max(attempt.deadline);
    match wanted {
        OnDoubt::Fail => (attempt.deadline, OnDoubt::Fail),
        OnDoubt::NextRoute | OnDoubt::Resubmit if paid_already < policy.max_paid_attempts => {
            (attempt.deadline, wanted)
        }
        // Beyond the cap nothing is paid again, whoever wishes it.
        OnDoubt::Park | OnDoubt::NextRoute | OnDoubt::Resubmit => (parked, OnDoubt::Park),
    }
}
