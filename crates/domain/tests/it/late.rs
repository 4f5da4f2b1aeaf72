//! Deadlines, and what comes after them: a resolved task is never charged again.

use filmgate_domain::answer::Evidence;
use filmgate_domain::credits::Credits;
use filmgate_domain::pace::LATE_WATCH_MS;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{Desk, HOUR_MS, PRICE, accepted, failure, film, unknown};

/// A task whose job was still running when its deadline passed.
fn expired() -> Desk {
    let mut desk = Desk::new(&["kie", "engine"]);
    desk.submit(accepted("job"));
    desk.looked(1, HOUR_MS);
    desk.now = desk.case.task.deadline;
    assert_eq!(desk.next(), Move::Report(Event::Expired));
    assert_eq!(desk.settle(), Move::Look { attempt: 1, job: "job".into() });
    desk
}

#[test]
fn a_deadline_ends_the_wait_and_the_late_film_is_the_operators_loss() {
    let mut desk = expired();
    assert_eq!((desk.phase(), desk.failure().code.as_str()), ("failed", "408"));
    assert_eq!(desk.money(), ["release"]);
    let stored = desk.deliver(1, Some(Credits(61_000)));
    assert_eq!((desk.phase(), desk.end_of(1), stored.film), ("failed", "late", Some(film())));
    assert_eq!((desk.money(), desk.entries[2].amount), (vec!["release", "loss"], Credits(61_000)));
    assert_eq!((desk.case.task.due, desk.next()), (None, Move::Rest));
    assert_eq!(desk.case.paid(), 1, "the upstream has billed it");
}

#[test]
fn a_late_film_of_unknown_cost_is_lost_at_its_price_and_a_free_one_at_nothing() {
    for (cost, lost) in [(None, Some(PRICE)), (Some(Credits::ZERO), None)] {
        let mut desk = expired();
        desk.deliver(1, cost);
        assert_eq!(desk.entries.get(2).map(|entry| entry.amount), lost);
    }
}

#[test]
fn a_resolved_task_is_never_charged_again() {
    for late in [
        Event::Made { attempt: 1, key: film().key, cost: None },
        Event::Faulted { attempt: 1, failure: failure(), cost: Some(Credits(5)) },
        Event::Lost { attempt: 1, why: "gone".into() },
        Event::Stopped { attempt: 1 },
        Event::WrittenOff { attempt: 1 },
    ] {
        let mut desk = expired();
        let told = desk.case.task.phase.clone();
        desk.take(&late);
        assert_eq!(desk.case.task.phase, told, "the status stays");
        let clients = desk.entries.iter().filter(|entry| !entry.kind.is_of_attempt());
        assert_eq!(clients.count(), 2, "one hold and one release");
    }
}

#[test]
fn a_late_failure_costs_nobody_anything() {
    let mut desk = expired();
    desk.take(&Event::Faulted { attempt: 1, failure: failure(), cost: None });
    assert_eq!((desk.money(), desk.next()), (vec!["release"], Move::Rest));
}

#[test]
fn an_attempt_that_nobody_waits_for_is_watched_for_fourteen_days() {
    let mut desk = expired();
    let began = desk.case.attempt(1).unwrap().began;
    let mut looks = 0;
    for _ in 0..1_000 {
        match desk.next() {
            Move::Look { attempt, .. } => desk.looked(attempt, 6 * HOUR_MS),
            Move::Wait(until) => desk.now = until,
            Move::Report(event) => drop(desk.take(&event)),
            Move::Rest => break,
            other => panic!("{other:?}"),
        }
        looks += 1;
    }
    assert_eq!((desk.end_of(1), desk.money()), ("written_off", vec!["release", "loss"]));
    let watched_ms = desk.now.since_ms(began);
    assert!((LATE_WATCH_MS..LATE_WATCH_MS + 6 * HOUR_MS).contains(&watched_ms) && looks > 40);
}

#[test]
fn what_is_awaited_is_not_written_off() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(accepted("job"));
    desk.try_take(&Event::WrittenOff { attempt: 1 }).unwrap_err();
}

#[test]
fn a_deadline_in_doubt_takes_the_price_into_suspense() {
    let mut desk = Desk::new(&["kie"]).with_policy(|policy| policy.doubt_ms = 99 * HOUR_MS);
    desk.submit(unknown());
    desk.looked(1, 1_000);
    desk.now = desk.case.task.deadline;
    desk.looked(1, 1_000);
    desk.settle();
    assert_eq!((desk.failure().code.as_str(), desk.money()), ("in_doubt", vec!["suspend", "release"]));
}

#[test]
fn a_deadline_does_not_stop_a_film_that_is_already_made() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(accepted("job"));
    desk.now = desk.case.task.deadline.after(-1);
    desk.take(&Event::Made { attempt: 1, key: film().key, cost: None });
    desk.pass(10);
    assert!(matches!(desk.next(), Move::Store { attempt: 1, .. }));
    desk.try_take(&Event::Expired).unwrap_err();
    desk.take(&Event::Stored { attempt: 1, film: film() });
    assert_eq!((desk.phase(), desk.money()), ("succeeded", vec!["capture"]));
}

#[test]
fn a_submit_that_is_under_way_is_heard_before_the_deadline_counts() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.begin();
    desk.now = desk.case.task.deadline;
    desk.try_take(&Event::Expired).unwrap_err();
    desk.learn(attempt, Evidence::Submitted(accepted("job")));
    assert_eq!(desk.settle(), Move::Look { attempt, job: "job".into() });
    assert_eq!((desk.phase(), desk.money()), ("failed", vec!["release"]));
}

#[test]
fn a_broken_task_still_watches_what_it_has_sent() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.begin();
    desk.try_take(&Event::Broken { failure: failure() }).unwrap_err();
    desk.take(&Event::Submitted { attempt, answer: accepted("job"), again: desk.now });
    desk.take(&Event::Broken { failure: failure() });
    assert_eq!(desk.next(), Move::Look { attempt, job: "job".into() });
    desk.deliver(attempt, None);
    assert_eq!((desk.end_of(attempt), desk.money()), ("late", vec!["release", "loss"]));
    let mut doubtful = Desk::new(&["kie"]);
    doubtful.submit(unknown());
    doubtful.take(&Event::Broken { failure: failure() });
    assert_eq!(doubtful.money(), ["suspend", "release"]);
}
