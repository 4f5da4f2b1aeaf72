//! The rules that must hold over the whole ledger, checked by `filmgate credits verify` and by the simulation.

use std::collections::BTreeMap;

use crate::credits::Credits;
use crate::ledger::{AccountNumber, Book, Kind};

/// What one account says of itself, to be compared with its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFacts {
    /// The account's number.
    pub number: AccountNumber,
    /// The account's name, for the report.
    pub name: String,
    /// Its running balance of what it can spend.
    pub available: Credits,
    /// Its running balance of open holds.
    pub held: Credits,
    /// Its running balance of what it has paid.
    pub spent: Credits,
    /// The summed prices of its tasks that have not ended.
    pub open_prices: Credits,
}

/// The sum of all entries from one book to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The book debited.
    pub debit: Book,
    /// The book credited.
    pub credit: Book,
    /// The summed amount.
    pub amount: Credits,
}

/// A task whose entries do not fit its phase, found by the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFacts {
    /// The task's id.
    pub id: String,
    /// Whether the task has ended, and if so whether with a film.
    pub ended_with_film: Option<bool>,
    /// The price fixed at accept.
    pub price: Credits,
    /// Amounts of its entries by kind and number.
    pub entries: Vec<(Kind, u32, Credits)>,
    /// Numbers of its attempts whose price the operator's `suspense` holds.
    pub suspended: Vec<u32>,
    /// Whether a stored film with its hash is recorded.
    pub has_film: bool,
}

/// Everything the auditor looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// All accounts.
    pub accounts: Vec<AccountFacts>,
    /// All entries, summed by pair of books.
    pub flows: Vec<Flow>,
    /// The tasks that the store's set-wise check found suspicious, or all tasks.
    pub tasks: Vec<TaskFacts>,
}

/// What the audit of one account alone looks at: its own books and tasks, nothing of the operator's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountAudit {
    /// The account with the entries of its books, and those of its tasks that break a rule.
    pub facts: Facts,
    /// How many tasks were looked at.
    pub tasks: u64,
    /// How many entries were.
    pub entries: u64,
}

impl AccountAudit {
    /// A sentence for each violation, as [`violations`] of everything would say it. Whoever else's book an entry names is
    /// one, too: credits never go from one account to another.
    pub fn violations(&self) -> Vec<String> {
        violations(&self.facts)
    }
}

impl Facts {
    fn has_account_of(&self, book: Book) -> bool {
        match book {
            Book::Owner | Book::Suspense | Book::Loss | Book::Cost(_) => true,
            Book::Available(number) | Book::Held(number) | Book::Spent(number) => {
                self.accounts.iter().any(|account| account.number == number)
            }
        }
    }
}

/// Checks the invariants of `architecture.md` 4 that concern money; returns a sentence for each violation.
pub fn violations(facts: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    let books = replay(&facts.flows);
    for flow in facts.flows.iter().filter(|flow| flow.amount < Credits::ZERO) {
        found.push(format!("entries from {:?} to {:?} sum to {}", flow.debit, flow.credit, flow.amount));
    }
    for book in books.keys().filter(|book| !facts.has_account_of(**book)) {
        found.push(format!("entries name {book:?}, whose account does not exist"));
    }
    for account in &facts.accounts {
        let kept = [
            ("available", Book::Available(account.number), account.available),
            ("held", Book::Held(account.number), account.held),
            ("spent", Book::Spent(account.number), account.spent),
        ];
        for (word, book, balance) in kept {
            let replayed = Credits(books.get(&book).copied().unwrap_or(0));
            if replayed != balance {
                found.push(format!(
                    "account {}: {word} is {balance}, its entries say {replayed}",
                    account.name
                ));
            }
            if balance < Credits::ZERO {
                found.push(format!("account {}: {word} is negative, {balance}", account.name));
            }
        }
        if account.held != account.open_prices {
            found.push(format!(
                "account {}: {} are held, its open tasks cost {}",
                account.name, account.held, account.open_prices
            ));
        }
    }
    found.extend(facts.tasks.iter().filter_map(violation_of_task));
    found
}

/// What each book holds, by its entries alone.
pub fn balances(flows: &[Flow]) -> BTreeMap<Book, Credits> {
    replay(flows).into_iter().map(|(book, amount)| (book, Credits(amount))).collect()
}

fn replay(flows: &[Flow]) -> BTreeMap<Book, i64> {
    let mut books = BTreeMap::new();
    for flow in flows {
        let (debit, credit) = (books.entry(flow.debit).or_insert(0), flow.amount.0);
        *debit = i64::saturating_sub(*debit, credit);
        let credited = books.entry(flow.credit).or_insert(0);
        *credited = i64::saturating_add(*credited, credit);
    }
    books
}

/// A task has one hold of its price, and exactly when it has ended one capture (with a film) or one release (without).
/// What the operator took over is settled exactly once.
pub fn violation_of_task(task: &TaskFacts) -> Option<String> {
    let clients = task.entries.iter().filter(|(kind, ..)| *kind != Kind::Grant && !kind.is_of_attempt());
    let mut entries: Vec<_> = clients.map(|(kind, _, amount)| (*kind, *amount)).collect();
    entries.sort_unstable();
    let expected = match task.ended_with_film {
        None => vec![(Kind::Hold, task.price)],
        Some(true) => vec![(Kind::Hold, task.price), (Kind::Capture, task.price)],
        Some(false) => vec![(Kind::Hold, task.price), (Kind::Release, task.price)],
    };
    if entries != expected {
        return Some(format!("task {}: its entries are {entries:?}, they should be {expected:?}", task.id));
    }
    if task.ended_with_film == Some(true) && !task.has_film {
        return Some(format!("task {}: it succeeded, but no stored film is recorded", task.id));
    }
    violation_of_suspense(task)
}

/// Each attempt is suspended at most once, with the task's price, and then either still is or was settled once.
fn violation_of_suspense(task: &TaskFacts) -> Option<String> {
    let numbers = |kinds: &[Kind]| -> Vec<u32> {
        let of_kinds =
            task.entries.iter().filter(|(kind, _, amount)| kinds.contains(kind) && *amount == task.price);
        let mut numbers: Vec<u32> = of_kinds.map(|(_, number, _)| *number).collect();
        numbers.sort_unstable();
        numbers
    };
    let mut accounted = numbers(&[Kind::WriteOff, Kind::Clear]);
    accounted.extend(&task.suspended);
    accounted.sort_unstable();
    let taken_over = numbers(&[Kind::Suspend]);
    (taken_over != accounted).then(|| {
        format!(
            "task {}: the suspense took over attempts {taken_over:?}, settled or open are {accounted:?}",
            task.id
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Facts {
        let price = Credits::whole(30);
        Facts {
            accounts: vec![AccountFacts {
                number: 1,
                name: "ada".into(),
                available: Credits::whole(40),
                held: price,
                spent: price,
                open_prices: price,
            }],
            flows: vec![
                Flow { debit: Book::Owner, credit: Book::Available(1), amount: Credits::whole(100) },
                Flow { debit: Book::Available(1), credit: Book::Held(1), amount: Credits::whole(60) },
                Flow { debit: Book::Held(1), credit: Book::Spent(1), amount: price },
            ],
            tasks: vec![TaskFacts {
                id: "t1".into(),
                ended_with_film: Some(true),
                price,
                entries: vec![(Kind::Hold, 0, price), (Kind::Capture, 0, price)],
                suspended: vec![],
                has_film: true,
            }],
        }
    }

    #[test]
    fn a_sound_ledger_holds() {
        assert_eq!(violations(&sound()), Vec::<String>::new());
    }

    #[test]
    fn every_single_corruption_is_found() {
        let corruptions: [fn(&mut Facts); 12] = [
            |facts| facts.flows.push(Flow { debit: Book::Owner, credit: Book::Spent(9), amount: Credits(1) }),
            |facts| facts.accounts[0].available.0 += 1,
            |facts| facts.accounts[0].held.0 -= 1,
            |facts| facts.accounts[0].spent = Credits(-1),
            |facts| facts.accounts[0].open_prices.0 += 1,
            |facts| facts.flows[0].amount.0 += 1,
            |facts| facts.tasks[0].entries.clear(),
            |facts| facts.tasks[0].entries.push((Kind::Release, 0, Credits::whole(30))),
            |facts| facts.tasks[0].entries.push((Kind::Suspend, 1, Credits::whole(30))),
            |facts| facts.tasks[0].suspended.push(1),
            |facts| facts.tasks[0].ended_with_film = None,
            |facts| facts.tasks[0].has_film = false,
        ];
        for (number, corrupt) in corruptions.iter().enumerate() {
            let mut facts = sound();
            corrupt(&mut facts);
            assert!(!violations(&facts).is_empty(), "corruption {number} was not found");
        }
    }
}
