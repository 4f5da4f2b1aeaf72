//! What a worker knows of a task's attempts, and when it looks at them next.

use std::collections::BTreeMap;

use crate::answer::Evidence;
use crate::pace::NEWS_MS;
use crate::time::Timestamp;

/// One piece of evidence, with its attempt and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The attempt's number.
    pub attempt: u32,
    /// When it was kept.
    pub at: Timestamp,
    /// What it says.
    pub evidence: Evidence,
}

/// When a worker looks next at each attempt. It is kept with the lease, in memory: a successor may look at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    looks: BTreeMap<u32, (u32, Timestamp)>,
    pub(super) asked_to_stop: bool,
    /// Until when further news waits.
    heard_until: Option<Timestamp>,
}

impl Pace {
    /// How often the worker has looked at the attempt.
    pub fn looks(&self, attempt: u32) -> u32 {
        self.looks.get(&attempt).map_or(0, |(looks, _)| *looks)
    }

    /// The worker has looked, and looks again then.
    pub fn looked(&mut self, attempt: u32, next: Timestamp) {
        let looks = self.looks(attempt).saturating_add(1);
        self.looks.insert(attempt, (looks, next));
    }

    /// There is news: look at everything now.
    pub fn look_now(&mut self) {
        self.looks.clear();
    }

    /// Somebody outside says that there is news: look at everything now, or in a moment if the last news has just come,
    /// because whoever knows a token may say so as often as they like.
    pub fn heard(&mut self, now: Timestamp) {
        let soon = self.heard_until.map_or(now, |until| until.max(now));
        for (_, next) in self.looks.values_mut() {
            *next = soon.min(*next);
        }
        if soon == now {
            self.heard_until = Some(now.after(NEWS_MS));
        }
    }

    /// The upstream has been asked to stop; it is asked once.
    pub fn asked_to_stop(&mut self) {
        self.asked_to_stop = true;
    }

    pub(super) fn next(&self, attempt: u32) -> Timestamp {
        self.looks.get(&attempt).map_or(Timestamp(i64::MIN), |(_, next)| *next)
    }
}
