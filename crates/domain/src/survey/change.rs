//! What has changed between two surveys.

use serde::{Deserialize, Serialize};

use super::judge::Verdict;
use super::report::{ModelRow, Survey, UpstreamRow};
use crate::credits::Credits;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An upstream that was not asked before.
    NewUpstream(String),
    /// An upstream that was asked before and is not asked now.
    GoneUpstream(String),
    /// The balance.
    Balance {
        /// The upstream.
        upstream: String,
        /// Before.
        was: Option<Credits>,
        /// Now.
        is: Option<Credits>,
    },
    /// The verdict on a model; none where it was not asked about.
    Verdict {
        /// The upstream.
        upstream: String,
        /// The card.
        card: String,
        /// Before.
        was: Option<Verdict>,
        /// Now.
        is: Option<Verdict>,
    },
    /// The price of a model's cheapest film.
    Price {
        /// The upstream.
        upstream: String,
        /// The card.
        card: String,
        /// Before.
        was: Option<Credits>,
        /// Now.
        is: Option<Credits>,
    },
    /// Names that the upstream's list has now and had not, and the other way round.
    Listed {
        /// The upstream.
        upstream: String,
        /// New ones.
        added: Vec<String>,
        /// Those that are gone.
        removed: Vec<String>,
    },
}

/// Everything that is different in `new`, upstream by upstream. Times and words alone are no change.
pub fn changes(old: &Survey, new: &Survey) -> Vec<Change> {
    let mut changes = Vec::new();
    for is in &new.upstreams {
        match old.upstreams.iter().find(|was| same(was, is)) {
            None => changes.push(Change::NewUpstream(is.name.clone())),
            Some(was) => of_upstream(was, is, &mut changes),
        }
    }
    let is_gone = |was: &&UpstreamRow| new.upstreams.iter().all(|is| !same(was, is));
    changes.extend(old.upstreams.iter().filter(is_gone).map(|was| Change::GoneUpstream(was.name.clone())));
    changes
}

/// The same name at another address is another upstream.
fn same(was: &UpstreamRow, is: &UpstreamRow) -> bool {
    was.name == is.name && was.address == is.address
}

fn of_upstream(was: &UpstreamRow, is: &UpstreamRow, changes: &mut Vec<Change>) {
    let upstream = || is.name.clone();
    if was.balance != is.balance {
        changes.push(Change::Balance { upstream: upstream(), was: was.balance, is: is.balance });
    }
    let find = |rows: &[ModelRow], card: &str| rows.iter().find(|row| row.card == card).cloned();
    let mut cards: Vec<&str> = was.models.iter().chain(&is.models).map(|row| row.card.as_str()).collect();
    cards.sort_unstable();
    cards.dedup();
    for card in cards {
        let (before, now) = (find(&was.models, card), find(&is.models, card));
        let verdicts = [&before, &now].map(|row| row.as_ref().map(|row| row.finding.verdict));
        if let [was, is] = verdicts
            && was != is
        {
            changes.push(Change::Verdict { upstream: upstream(), card: card.to_owned(), was, is });
        }
        if let (Some(before), Some(now)) = (before, now)
            && before.price != now.price
        {
            let (was, is) = (before.price, now.price);
            changes.push(Change::Price { upstream: upstream(), card: card.to_owned(), was, is });
        }
    }
    if let (Some(before), Some(now)) = (&was.listed, &is.listed) {
        let missing = |from: &[String], other: &[String]| -> Vec<String> {
            other.iter().filter(|name| !from.contains(name)).cloned().collect()
        };
        let (added, removed) = (missing(before, now), missing(now, before));
        if !added.is_empty() || !removed.is_empty() {
            changes.push(Change::Listed { upstream: upstream(), added, removed });
        }
    }
}
