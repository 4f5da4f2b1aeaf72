//! What must hold after every legal step, whatever the step was.

use std::collections::BTreeMap;

use filmgate_domain::attempt::{AttemptState, End};
use filmgate_domain::audit::{AccountFacts, Facts, Flow, TaskFacts, violations};
use filmgate_domain::case::Case;
use filmgate_domain::credits::Credits;
use filmgate_domain::delivery::{self, Announcement};
use filmgate_domain::ledger::{Book, Entry, Kind};
use filmgate_domain::step::{Event, Step};
use filmgate_domain::task::Phase;

use crate::desk::Desk;

/// Checks a step against the case before it and the desk after it.
pub(crate) fn check(before: &Case, event: &Event, step: &Step, desk: &Desk) {
    let what = format!("{} + {} ({before:?})", before.task.phase.word(), event.word());
    let (old, new) = (&before.task, &step.task);
    let same = (new.id, new.account, new.price, new.created, new.deadline);
    assert_eq!(same, (old.id, old.account, old.price, old.created, old.deadline), "{what}");
    if old.phase.is_terminal() {
        assert_eq!((&new.phase, new.finished), (&old.phase, old.finished), "{what}: it has ended");
    }
    assert_eq!(new.finished.is_some(), new.phase.is_terminal(), "{what}: finished");
    let open = desk.case.open().count();
    assert_eq!(new.due.is_none(), new.phase.is_terminal() && open == 0, "{what}: due is {:?}", new.due);
    if !new.phase.is_terminal() {
        assert_eq!(new.phase, desk.case.standing(), "{what}: the phase is derived from the attempts");
        let awaited = desk.case.open().filter(|attempt| attempt.awaited).count();
        assert!(awaited <= 1, "{what}: {awaited} attempts are awaited");
        if let Some(attempt) = desk.case.awaited() {
            assert!(!attempt.suspended, "{what}: what is awaited is the client's affair");
        }
    }
    assert_eq!(step.film.is_some(), matches!(event, Event::Stored { .. }), "{what}: film");
    check_attempts(before, step, desk, &what);
    check_money(before, step, &what);
    check_told(before, step, &what);
    audit(desk, &what);
}

/// One attempt changes at most, what it is never changes, and what has ended stays as it ended.
fn check_attempts(before: &Case, step: &Step, desk: &Desk, what: &str) {
    assert_eq!(desk.case.attempts.len(), usize::try_from(step.task.attempts).unwrap(), "{what}");
    for (index, now) in desk.case.attempts.iter().enumerate() {
        assert_eq!(now.number, u32::try_from(index).unwrap() + 1, "{what}: attempts are numbered");
        let Some(then) = before.attempts.get(index) else { continue };
        let same = (now.route, &now.upstream, now.repeat, now.token, now.began);
        assert_eq!(same, (then.route, &then.upstream, then.repeat, then.token, then.began), "{what}");
        if let AttemptState::Ended(end) = &then.state {
            assert_eq!(&now.state, &AttemptState::Ended(end.clone()), "{what}: attempt {}", now.number);
        }
        assert!(now.is_open() || !now.suspended, "{what}: what has ended is settled");
    }
}

/// An end is announced in the step that ends the task, its first late film when it comes, and nothing else ever.
fn check_told(before: &Case, step: &Step, what: &str) {
    let had_late = before.attempts.iter().any(|attempt| attempt.state == AttemptState::Ended(End::Late));
    let owed = |phase, has_late: bool| delivery::owed(phase, has_late).len();
    let is_late = step.film.is_some() && before.task.phase.is_terminal();
    let fresh = owed(&step.task.phase, had_late || is_late) - owed(&before.task.phase, had_late);
    assert_eq!(usize::from(step.announced.is_some()), fresh, "{what}: {:?}", step.announced);
    if let Some(Announcement { event, callback_url }) = &step.announced {
        assert_eq!(Some(event), delivery::owed(&step.task.phase, had_late || is_late).last(), "{what}");
        assert_eq!(callback_url, &before.request.callback_url, "{what}");
    }
}

/// The hold is resolved in the step that ends the task, and in no other.
fn check_money(before: &Case, step: &Step, what: &str) {
    let task = &step.task;
    let ends = !before.task.phase.is_terminal() && task.phase.is_terminal();
    let expected = match (ends, &task.phase) {
        (false, _) => vec![],
        (true, Phase::Succeeded) => vec![Entry::capture(task.account, task.price)],
        (true, _) => vec![Entry::release(task.account, task.price)],
    };
    let resolved: Vec<Entry> =
        step.entries.iter().filter(|entry| !entry.kind.is_of_attempt()).copied().collect();
    assert_eq!(resolved, expected, "{what}: the hold is resolved exactly when the task ends");
    for entry in &step.entries {
        assert!(entry.amount >= Credits::ZERO, "{what}: {entry:?}");
        let changed = step.attempt.as_ref().map(|attempt| attempt.number);
        assert!(!entry.kind.is_of_attempt() || Some(entry.number) == changed, "{what}: {entry:?}");
    }
}

/// Replays all entries that the desk has ever written.
fn audit(desk: &Desk, what: &str) {
    let task = &desk.case.task;
    let mut flows: BTreeMap<(Book, Book), i64> = BTreeMap::new();
    let mut books: BTreeMap<Book, i64> = BTreeMap::new();
    let mut numbers: Vec<(Kind, u32)> = Vec::new();
    for entry in std::iter::once(&Entry::grant(task.account, task.price)).chain(&desk.entries) {
        *flows.entry((entry.debit, entry.credit)).or_default() += entry.amount.0;
        *books.entry(entry.debit).or_default() -= entry.amount.0;
        *books.entry(entry.credit).or_default() += entry.amount.0;
        assert!(!numbers.contains(&(entry.kind, entry.number)), "{what}: {entry:?} is there already");
        numbers.push((entry.kind, entry.number));
    }
    let balance = |book: Book| Credits(books.get(&book).copied().unwrap_or(0));
    let account = AccountFacts {
        number: task.account,
        name: "ada".into(),
        available: balance(Book::Available(task.account)),
        held: balance(Book::Held(task.account)),
        spent: balance(Book::Spent(task.account)),
        open_prices: if task.phase.is_terminal() { Credits::ZERO } else { task.price },
    };
    let entries = desk.entries.iter().map(|entry| (entry.kind, entry.number, entry.amount));
    let suspended = desk.case.attempts.iter().filter(|attempt| attempt.suspended);
    let facts = Facts {
        accounts: vec![account],
        flows: flows
            .into_iter()
            .map(|((debit, credit), amount)| Flow { debit, credit, amount: Credits(amount) })
            .collect(),
        tasks: vec![TaskFacts {
            id: task.id.to_string(),
            ended_with_film: task.phase.is_terminal().then_some(task.phase == Phase::Succeeded),
            price: task.price,
            entries: entries.collect(),
            suspended: suspended.map(|attempt| attempt.number).collect(),
            has_film: !desk.films.is_empty(),
        }],
    };
    assert_eq!(violations(&facts), Vec::<String>::new(), "{what}");
    let in_suspense = facts.tasks[0].suspended.len();
    let expected = Credits(task.price.0 * i64::try_from(in_suspense).unwrap());
    assert_eq!(balance(Book::Suspense), expected, "{what}: the suspense holds what is suspended");
}
