//! How often somebody may ask: requests counted in a sliding window, without I/O.

use std::collections::{BTreeMap, VecDeque};

use crate::time::Timestamp;

/// More callers than this are not remembered; those who have been quiet are forgotten first.
const CALLERS_MAX: usize = 10_000;

/// At most `max` requests within `span_ms`; 0 is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub max: u32,
    /// Within how many milliseconds.
    pub span_ms: i64,
}

/// The last requests of every caller, as many as count.
#[derive(Debug)]
pub struct Windows<K> {
    limit: Limit,
    by_caller: BTreeMap<K, VecDeque<Timestamp>>,
}

impl<K: Ord + Clone> Windows<K> {
    /// Nobody has asked yet.
    pub fn new(limit: Limit) -> Self {
        Self { limit, by_caller: BTreeMap::new() }
    }

    /// Counts a request if there is room for it; else says in how many milliseconds there is. A refused request is not counted.
    pub fn take(&mut self, caller: &K, now: Timestamp) -> Result<(), i64> {
        let Limit { max, span_ms } = self.limit;
        if max == 0 {
            return Ok(());
        }
        if self.by_caller.len() >= CALLERS_MAX && !self.by_caller.contains_key(caller) {
            self.by_caller
                .retain(|_, moments| moments.back().is_some_and(|last| now.since_ms(*last) < span_ms));
        }
        let moments = self.by_caller.entry(caller.clone()).or_default();
        while moments.front().is_some_and(|first| now.since_ms(*first) >= span_ms) {
            moments.pop_front();
        }
        match moments.front() {
            Some(first) if moments.len() >= max as usize => Err(span_ms - now.since_ms(*first)),
            _ => {
                moments.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { max: 20, span_ms: 10_000 };

    #[test]
    fn no_ten_seconds_hold_more_than_twenty_requests_of_one_caller() {
        let (mut windows, mut taken) = (Windows::new(LIMIT), Vec::new());
        for at in (0..60_000).step_by(137) {
            if windows.take(&"a", Timestamp(at)).is_ok() {
                taken.push(at);
            }
        }
        for first in &taken {
            let within = taken.iter().filter(|at| (*first..first + 10_000).contains(at)).count();
            assert!(within <= 20, "{within} from {first}");
        }
        assert!(taken.len() > 100, "{}", taken.len());
    }

    #[test]
    fn who_is_refused_is_told_when_there_is_room_again() {
        let mut windows = Windows::new(LIMIT);
        for at in 0..20 {
            assert_eq!(windows.take(&"a", Timestamp(at)), Ok(()));
        }
        assert_eq!(windows.take(&"a", Timestamp(1_000)), Err(9_000));
        assert_eq!(windows.take(&"b", Timestamp(1_000)), Ok(()), "another caller has its own room");
        assert_eq!(windows.take(&"a", Timestamp(10_000)), Ok(()));
    }

    #[test]
    fn zero_is_no_limit() {
        let mut windows = Windows::new(Limit { max: 0, ..LIMIT });
        assert!((0..1_000).all(|_| windows.take(&1, Timestamp(0)).is_ok()));
    }

    #[test]
    fn quiet_callers_are_forgotten_when_there_are_many() {
        let mut windows = Windows::new(LIMIT);
        for caller in 0..CALLERS_MAX {
            windows.take(&caller, Timestamp(0)).unwrap();
        }
        windows.take(&CALLERS_MAX, Timestamp(20_000)).unwrap();
        assert_eq!(windows.by_caller.len(), 1);
    }
}
