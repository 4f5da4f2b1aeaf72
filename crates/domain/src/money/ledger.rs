//! The ledger's entries: every movement of credits, one row each, never changed afterwards.

use serde::{Deserialize, Serialize};

use crate::credits::Credits;

/// The number of an account in the store.
pub type AccountNumber = i64;

/// The number of an upstream's key in the store.
pub type UpstreamNumber = i64;

/// A book of the ledger. Books are what filmgate owes, so a debit takes out of a book and a credit puts into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Book {
    /// Where granted credits come from; the only book that may be negative.
    Owner,
    /// What a tenant can spend.
    Available(AccountNumber),
    /// What a tenant's open tasks have set aside.
    Held(AccountNumber),
    /// What a tenant has paid for finished films.
    Spent(AccountNumber),
    /// The operator's: prices of doubtful attempts whose clients have their credits back or another film.
    Suspense,
    /// The operator's: what attempts cost of which no client paid anything.
    Loss,
    /// The operator's: what an upstream took for films, in its own credits.
    Cost(UpstreamNumber),
}

impl Book {
    /// The number by which the store knows this book: 0 to 2 for the operator's own, four times the account plus 0, 1 or
    /// 2 for a tenant's, four times the upstream plus 3 for its cost.
    pub fn code(self) -> i64 {
        match self {
            Self::Owner => 0,
            Self::Available(account) => account * 4,
            Self::Held(account) => account * 4 + 1,
            Self::Spent(account) => account * 4 + 2,
            Self::Suspense => 1,
            Self::Loss => 2,
            Self::Cost(upstream) => upstream * 4 + 3,
        }
    }

    /// The book with this number; `None` if there is none.
    pub fn from_code(code: i64) -> Option<Self> {
        match (code.div_euclid(4), code.rem_euclid(4)) {
            (0, 0) => Some(Self::Owner),
            (0, 1) => Some(Self::Suspense),
            (0, 2) => Some(Self::Loss),
            (account, 0) if account > 0 => Some(Self::Available(account)),
            (account, 1) if account > 0 => Some(Self::Held(account)),
            (account, 2) if account > 0 => Some(Self::Spent(account)),
            (upstream, 3) if upstream > 0 => Some(Self::Cost(upstream)),
            _ => None,
        }
    }
}

/// Why credits moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The operator gave credits to an account.
    Grant,
    /// An accepted task set its price aside.
    Hold,
    /// A finished film took what was held.
    Capture,
    /// A task that ended without a film gave back what was held.
    Release,
    /// An attempt in doubt is no longer the client's affair: the operator's `suspense` takes its price.
    Suspend,
    /// The suspended attempt was billed, or nobody ever learned: it is the operator's loss.
    WriteOff,
    /// The suspended attempt was never billed.
    Clear,
    /// An upstream took this for an attempt.
    Cost,
    /// An attempt cost the operator something of which no client paid anything.
    Loss,
}

impl Kind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Grant,
        Self::Hold,
        Self::Capture,
        Self::Release,
        Self::Suspend,
        Self::WriteOff,
        Self::Clear,
        Self::Cost,
        Self::Loss,
    ];

    /// The number by which the store knows this kind.
    pub fn code(self) -> i64 {
        match self {
            Self::Grant => 0,
            Self::Hold => 1,
            Self::Capture => 2,
            Self::Release => 3,
            Self::Suspend => 4,
            Self::WriteOff => 5,
            Self::Clear => 6,
            Self::Cost => 7,
            Self::Loss => 8,
        }
    }

    /// The kind with this number.
    pub fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Hold => "hold",
            Self::Capture => "capture",
            Self::Release => "release",
            Self::Suspend => "suspend",
            Self::WriteOff => "write-off",
            Self::Clear => "clear",
            Self::Cost => "cost",
            Self::Loss => "loss",
        }
    }

    /// Whether it concerns an attempt at an upstream, and not what the client pays.
    pub fn is_of_attempt(self) -> bool {
        self.code() >= Self::Suspend.code()
    }
}

/// One movement of credits. A task has at most one entry of each kind and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The attempt it concerns; 0 where it concerns the whole task.
    pub number: u32,
    /// Why the credits move.
    pub kind: Kind,
    /// The book they leave.
    pub debit: Book,
    /// The book they enter.
    pub credit: Book,
    /// How many, never negative.
    pub amount: Credits,
}

impl Entry {
    /// Gives credits to an account.
    pub fn grant(account: AccountNumber, amount: Credits) -> Self {
        Self { number: 0, kind: Kind::Grant, debit: Book::Owner, credit: Book::Available(account), amount }
    }

    /// Sets a task's price aside.
    pub fn hold(account: AccountNumber, amount: Credits) -> Self {
        Self {
            number: 0,
            kind: Kind::Hold,
            debit: Book::Available(account),
            credit: Book::Held(account),
            amount,
        }
    }

    /// Takes what a task held, because its film is finished.
    pub fn capture(account: AccountNumber, amount: Credits) -> Self {
        Self {
            number: 0,
            kind: Kind::Capture,
            debit: Book::Held(account),
            credit: Book::Spent(account),
            amount,
        }
    }

    /// Gives back what a task held, because it ended without a film.
    pub fn release(account: AccountNumber, amount: Credits) -> Self {
        Self {
            number: 0,
            kind: Kind::Release,
            debit: Book::Held(account),
            credit: Book::Available(account),
            amount,
        }
    }

    /// The operator takes over what a doubtful attempt may have cost.
    pub fn suspend(attempt: u32, amount: Credits) -> Self {
        Self { number: attempt, kind: Kind::Suspend, debit: Book::Owner, credit: Book::Suspense, amount }
    }

    /// A suspended attempt was billed, or nobody will ever know.
    pub fn write_off(attempt: u32, amount: Credits) -> Self {
        Self { number: attempt, kind: Kind::WriteOff, debit: Book::Suspense, credit: Book::Loss, amount }
    }

    /// A suspended attempt was never billed.
    pub fn clear(attempt: u32, amount: Credits) -> Self {
        Self { number: attempt, kind: Kind::Clear, debit: Book::Suspense, credit: Book::Owner, amount }
    }

    /// What an upstream took for an attempt, in its own credits.
    pub fn cost(attempt: u32, upstream: UpstreamNumber, amount: Credits) -> Self {
        Self { number: attempt, kind: Kind::Cost, debit: Book::Owner, credit: Book::Cost(upstream), amount }
    }

    /// What an attempt cost of which no client paid anything.
    pub fn loss(attempt: u32, amount: Credits) -> Self {
        Self { number: attempt, kind: Kind::Loss, debit: Book::Owner, credit: Book::Loss, amount }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_found_again_by_its_code() {
        for book in [Book::Owner, Book::Available(1), Book::Held(1), Book::Spent(1), Book::Spent(70_000)]
            .into_iter()
            .chain([Book::Suspense, Book::Loss, Book::Cost(1), Book::Cost(9)])
        {
            assert_eq!(Book::from_code(book.code()), Some(book));
        }
        for code in [-4, -1, 3] {
            assert_eq!(Book::from_code(code), None);
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
    }
}
