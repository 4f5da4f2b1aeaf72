//! Upstreams that may be asked twice: under one idempotency key, or at any time.

use filmgate_domain::answer::{Cause, Evidence};
use filmgate_domain::case::INTERRUPTED_MAX;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{CALL_MS, Desk, HOUR_MS, accepted, busy, never_left, refused, unknown};

fn send_again(desk: &mut Desk) {
    assert_eq!(desk.settle(), Move::SendAgain { attempt: 1 });
    desk.take(&Event::SentAgain { attempt: 1, deadline: desk.now.after(CALL_MS) });
}

#[test]
fn a_keyed_upstream_is_sent_the_same_attempt_again() {
    let mut desk = Desk::new(&["keyed"]);
    desk.submit(unknown());
    send_again(&mut desk);
    assert_eq!(desk.case.task.attempts, 1, "one attempt has one key");
    desk.learn(1, Evidence::Submitted(accepted("job")));
    assert_eq!(desk.settle(), Move::Look { attempt: 1, job: "job".into() });
}

#[test]
fn what_a_second_submit_is_refused_with_says_nothing_of_the_first() {
    for answer in [refused(Cause::Invalid), refused(Cause::KeyRefused), busy(None), never_left(), unknown()] {
        let mut desk = Desk::new(&["keyed", "kie"]);
        desk.submit(unknown());
        send_again(&mut desk);
        desk.learn(1, Evidence::Submitted(answer.clone()));
        desk.looked(1, 1_000);
        assert_eq!(desk.settle(), Move::Wait(desk.now.after(1_000)));
        assert_eq!(desk.phase(), "in_doubt");
        desk.take(&Event::Submitted { attempt: 1, answer, again: desk.now });
        assert_eq!((desk.phase(), desk.case.open().count()), ("in_doubt", 1));
    }
}

#[test]
fn a_first_submit_that_is_refused_is_refused() {
    let mut desk = Desk::new(&["keyed", "kie"]);
    assert_eq!(desk.submit(refused(Cause::Paused)), Move::Begin { route: 1 });
}

#[test]
fn nothing_is_sent_again_for_a_film_that_nobody_wants() {
    let mut desk = Desk::new(&["keyed"]).with_policy(|policy| policy.doubt_ms = 99 * HOUR_MS);
    desk.submit(unknown());
    let mut wished = desk.clone();
    wished.take(&Event::CancelWished);
    assert_eq!(wished.next(), Move::Seek { attempt: 1 });
    desk.now = desk.case.task.deadline;
    assert_eq!(desk.next(), Move::Seek { attempt: 1 });
    desk.looked(1, 1_000);
    assert_eq!(desk.next(), Move::Report(Event::Expired));
}

#[test]
fn the_doubt_of_a_keyed_upstream_ends_although_each_submit_has_a_new_deadline() {
    for act in [OnDoubt::Park, OnDoubt::Fail] {
        let mut desk = Desk::new(&["keyed"]).with_policy(|policy| policy.on_doubt = act);
        desk.submit(unknown());
        for _ in 0..10_000 {
            match desk.next() {
                Move::SendAgain { attempt } => {
                    desk.take(&Event::SentAgain { attempt, deadline: desk.now.after(CALL_MS) });
                    desk.looked(attempt, 60_000);
                }
                Move::Seek { attempt } => desk.looked(attempt, 60_000),
                Move::Wait(until) => desk.now = until,
                Move::Report(event) => {
                    desk.take(&event);
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        let waited_ms = desk.now.since_ms(desk.case.task.created);
        assert!(waited_ms <= 24 * HOUR_MS, "{act:?} ended after {waited_ms} ms");
        assert_eq!((desk.phase(), desk.money()), ("failed", vec!["suspend", "release"]));
    }
}

#[test]
fn an_upstream_that_is_paid_each_time_is_never_sent_an_attempt_again() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(unknown());
    assert_eq!(desk.next(), Move::Seek { attempt: 1 });
    desk.try_take(&Event::SentAgain { attempt: 1, deadline: desk.now }).unwrap_err();
}

#[test]
fn an_engine_that_repeats_safely_is_never_in_doubt() {
    let mut desk = Desk::new(&["safe"]);
    for number in 1..INTERRUPTED_MAX {
        assert_eq!(desk.begin(), number);
        desk.taken_over = true;
        assert_eq!(desk.settle(), Move::Begin { route: 0 });
    }
    desk.submit(unknown());
    assert_eq!((desk.phase(), desk.money()), ("failed", vec!["release"]));
}
