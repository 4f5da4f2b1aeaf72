//! Recognising a create that is a retry, without a key: clients whose reply was lost send it again.

use std::collections::BTreeMap;

use crate::id::TaskId;
use crate::time::Timestamp;

/// Who asked for what: a hash of the payer and of the parsed request.
pub type Fingerprint = [u8; 32];

/// How long the task of a counted try can be adopted by the next one.
const COUNTED_MS: i64 = 600_000;
/// How long a task whose reply was not written is offered.
const UNANSWERED_MS: i64 = 60_000;
/// More than this is forgotten, the oldest first.
const REMEMBERED_MAX: usize = 10_000;

/// Creates that may come again. It lives in memory: over a restart, retries need a key.
#[derive(Debug, Default)]
pub struct Recent {
    by_id: BTreeMap<TaskId, Create>,
}

#[derive(Clone, Copy, Debug)]
struct Create {
    fingerprint: Fingerprint,
    /// Which tries of its client's it has answered for, one bit each, where the client counts them.
    tried: u64,
    /// Since when its reply counts as lost.
    unanswered: Option<Timestamp>,
    created: Timestamp,
}

/// The bit of a try; no client counts further.
fn bit(tried: u32) -> u64 {
    1_u64.checked_shl(tried).unwrap_or(0)
}

impl Recent {
    /// Remembers a create whose client counts its tries, as OpenAI's SDKs do, the first one as 0.
    pub fn created(&mut self, id: TaskId, fingerprint: Fingerprint, tried: u32, now: Timestamp) {
        self.remember(id, Create { fingerprint, tried: bit(tried), unanswered: None, created: now });
    }

    /// Remembers a create whose reply could not be written.
    pub fn unanswered(&mut self, id: TaskId, fingerprint: Fingerprint, now: Timestamp) {
        let known = self.by_id.get(&id).copied();
        let create = known.unwrap_or(Create { fingerprint, tried: 0, unanswered: None, created: now });
        self.remember(id, Create { unanswered: Some(now), ..create });
    }

    /// A client has used the id, so its reply has arrived.
    pub fn used(&mut self, id: TaskId) {
        self.by_id.remove(&id);
    }

    /// The task that this create is a retry of: one of which an earlier try is known and this one is not. Each try adopts
    /// once, and a lost reply is offered once.
    pub fn adopt(&mut self, fingerprint: &Fingerprint, tried: Option<u32>, now: Timestamp) -> Option<TaskId> {
        let same = |create: &Create| create.fingerprint == *fingerprint;
        if let Some(this) = tried.map(bit).filter(|this| *this > 1) {
            let counted = self.by_id.iter_mut().find(|(_, create)| {
                let earlier = create.tried & (this - 1) != 0 && create.tried & this == 0;
                same(create) && earlier && now.since_ms(create.created) <= COUNTED_MS
            });
            if let Some((id, create)) = counted {
                create.tried |= this;
                create.unanswered = None;
                return Some(*id);
            }
        }
        let offered = self.by_id.iter().find(|(_, create)| {
            same(create) && create.unanswered.is_some_and(|since| now.since_ms(since) <= UNANSWERED_MS)
        });
        let id = offered.map(|(id, _)| *id)?;
        self.by_id.remove(&id);
        Some(id)
    }

    /// Whether there is nothing to recognise.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    fn remember(&mut self, id: TaskId, create: Create) {
        let now = create.unanswered.unwrap_or(create.created);
        if self.by_id.len() >= REMEMBERED_MAX {
            self.by_id.retain(|_, known| now.since_ms(known.created) <= COUNTED_MS);
        }
        if self.by_id.len() >= REMEMBERED_MAX {
            // Ids begin with their time.
            self.by_id.pop_first();
        }
        self.by_id.insert(id, create);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Fingerprint = [1; 32];
    const B: Fingerprint = [2; 32];

    fn id(number: u128) -> TaskId {
        TaskId::new(Timestamp(1), number)
    }

    #[test]
    fn a_counted_retry_adopts_the_try_before_it_and_each_number_once() {
        let mut recent = Recent::default();
        recent.created(id(1), A, 0, Timestamp(0));
        assert_eq!(recent.adopt(&B, Some(1), Timestamp(1)), None, "another request");
        assert_eq!(recent.adopt(&A, Some(0), Timestamp(1)), None, "a first try is a film of its own");
        assert_eq!(recent.adopt(&A, Some(1), Timestamp(1)), Some(id(1)));
        assert_eq!(recent.adopt(&A, Some(1), Timestamp(1)), None, "once");
        assert_eq!(
            recent.adopt(&A, Some(3), Timestamp(2)),
            Some(id(1)),
            "also if the try before it is still on its way"
        );
        assert_eq!(recent.adopt(&A, Some(2), Timestamp(2)), Some(id(1)));
        assert_eq!(recent.adopt(&A, Some(u32::MAX), Timestamp(2)), None);
    }

    #[test]
    fn a_task_whose_id_was_used_is_adopted_by_nobody() {
        let mut recent = Recent::default();
        recent.created(id(1), A, 0, Timestamp(0));
        recent.used(id(1));
        assert_eq!(recent.adopt(&A, Some(1), Timestamp(1)), None);
    }

    #[test]
    fn two_parallel_films_with_one_text_stay_two() {
        let mut recent = Recent::default();
        recent.created(id(1), A, 0, Timestamp(0));
        recent.created(id(2), A, 0, Timestamp(0));
        let first = recent.adopt(&A, Some(1), Timestamp(1));
        let second = recent.adopt(&A, Some(1), Timestamp(1));
        assert!(first.is_some() && second.is_some() && first != second);
        assert_eq!(recent.adopt(&A, Some(1), Timestamp(1)), None);
    }

    #[test]
    fn a_lost_reply_is_offered_once_and_for_a_minute() {
        let mut recent = Recent::default();
        recent.unanswered(id(1), A, Timestamp(0));
        assert_eq!(recent.adopt(&B, None, Timestamp(1)), None);
        assert_eq!(recent.adopt(&A, None, Timestamp(60_000)), Some(id(1)));
        assert_eq!(recent.adopt(&A, None, Timestamp(60_000)), None);
        recent.unanswered(id(2), A, Timestamp(0));
        assert_eq!(recent.adopt(&A, None, Timestamp(60_001)), None);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut recent = Recent::default();
        for number in 0..(REMEMBERED_MAX as u128 + 500) {
            recent.created(id(number), A, 0, Timestamp(0));
        }
        assert!(recent.by_id.len() <= REMEMBERED_MAX);
    }
}
