//! Places for those who watch tasks live: so many for each account, and so many in all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::app::lock;

const OF_ACCOUNT_MAX: usize = 32;
const IN_ALL_MAX: usize = 256;

/// Who watches, by account.
#[derive(Debug, Default)]
pub struct Watchers(Mutex<BTreeMap<String, usize>>);

/// A place, given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    watchers: Arc<Watchers>,
    account: String,
}

impl Watchers {
    /// A place for this account; none if it has its share, or if all are taken.
    pub fn take(self: &Arc<Self>, account: String) -> Option<Place> {
        let mut counts = lock(&self.0);
        let is_full = counts.values().sum::<usize>() >= IN_ALL_MAX;
        let count = counts.entry(account.clone()).or_default();
        if is_full || *count >= OF_ACCOUNT_MAX {
            if *count == 0 {
                counts.remove(&account);
            }
            return None;
        }
        *count += 1;
        Some(Place { watchers: Arc::clone(self), account })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = lock(&self.watchers.0);
        if let Some(count) = counts.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_takes_its_share_and_leaves_the_rest_to_others() {
        let watchers = Arc::new(Watchers::default());
        let mut places: Vec<Place> =
            (0..OF_ACCOUNT_MAX).map(|_| watchers.take("ada".into()).unwrap()).collect();
        assert!(watchers.take("ada".into()).is_none());
        let bob = watchers.take("bob".into());
        assert!(bob.is_some());
        places.pop();
        assert!(watchers.take("ada".into()).is_some());
        drop((places, bob));
        assert!(lock(&watchers.0).is_empty());
    }

    #[test]
    fn there_is_a_last_place() {
        let watchers = Arc::new(Watchers::default());
        let places: Vec<Place> =
            (0..IN_ALL_MAX).map(|number| watchers.take(number.to_string()).unwrap()).collect();
        assert!(watchers.take("late".into()).is_none());
        drop(places);
    }
}
