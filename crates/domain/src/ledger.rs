//! The ledger's entries: every movement of credits, one row each, never changed afterwards.

use serde::{Deserialize, Serialize};

use crate::credits::Credits;

/// The number of an account in the store.
pub type AccountNumber = i64;

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
}

impl Book {
    /// The number by which the store knows this book: 0, or four times the account plus 0, 1 or 2.
    pub fn code(self) -> i64 {
        match self {
            Self::Owner => 0,
            Self::Available(account) => account * 4,
            Self::Held(account) => account * 4 + 1,
            Self::Spent(account) => account * 4 + 2,
        }
    }

    /// The book with this number; `None` if there is none.
    pub fn from_code(code: i64) -> Option<Self> {
        match (code.div_euclid(4), code.rem_euclid(4)) {
            (0, 0) => Some(Self::Owner),
            (account, 0) if account > 0 => Some(Self::Available(account)),
            (account, 1) if account > 0 => Some(Self::Held(account)),
            (account, 2) if account > 0 => Some(Self::Spent(account)),
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
}

impl Kind {
    /// All kinds, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Grant, Self::Hold, Self::Capture, Self::Release];

    /// The number by which the store knows this kind.
    pub fn code(self) -> i64 {
        match self {
            Self::Grant => 0,
            Self::Hold => 1,
            Self::Capture => 2,
            Self::Release => 3,
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
        }
    }
}

/// One movement of credits. A task has at most one entry of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
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
        Self { kind: Kind::Grant, debit: Book::Owner, credit: Book::Available(account), amount }
    }

    /// Sets a task's price aside.
    pub fn hold(account: AccountNumber, amount: Credits) -> Self {
        Self { kind: Kind::Hold, debit: Book::Available(account), credit: Book::Held(account), amount }
    }

    /// Takes what a task held, because its film is finished.
    pub fn capture(account: AccountNumber, amount: Credits) -> Self {
        Self { kind: Kind::Capture, debit: Book::Held(account), credit: Book::Spent(account), amount }
    }

    /// Gives back what a task held, because it ended without a film.
    pub fn release(account: AccountNumber, amount: Credits) -> Self {
        Self { kind: Kind::Release, debit: Book::Held(account), credit: Book::Available(account), amount }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_found_again_by_its_code() {
        for book in [Book::Owner, Book::Available(1), Book::Held(1), Book::Spent(1), Book::Spent(70_000)] {
            assert_eq!(Book::from_code(book.code()), Some(book));
        }
        for code in [-4, -1, 1, 2, 3, 7] {
            assert_eq!(Book::from_code(code), None);
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
    }
}
