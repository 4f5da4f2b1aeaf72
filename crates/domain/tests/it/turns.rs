//! Routes in their turn: who is asked next when an upstream does not make the film, and what the client is told.

use filmgate_domain::answer::{Cause, Setback};
use filmgate_domain::attempt::{AttemptState, End};
use filmgate_domain::credits::Credits;
use filmgate_domain::pace::FETCH_MS;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{Desk, HOUR_MS, PRICE, accepted, busy, failure, never_left, refused};

const CAUSES: [Cause; 14] = [
    Cause::KeyRefused,
    Cause::NotPermitted,
    Cause::NoBalance,
    Cause::Paused,
    Cause::Maintenance,
    Cause::Unsupported,
    Cause::Invalid,
    Cause::Fault,
    Cause::Retired,
    Cause::TooDear,
    Cause::NotConfigured,
    Cause::CircuitOpen,
    Cause::Unreachable,
    Cause::Busy,
];

#[test]
fn a_refusal_goes_to_the_next_route_and_the_price_stays() {
    for cause in CAUSES {
        let mut desk = Desk::new(&["kie", "engine"]);
        assert_eq!(desk.submit(refused(cause)), Move::Begin { route: 1 });
        assert_eq!((desk.case.task.price, desk.money()), (PRICE, vec![]));
        let second = desk.begin();
        desk.take(&Event::Submitted { attempt: second, answer: accepted("job"), again: desk.now });
        desk.deliver(second, Some(Credits(99_000)));
        assert_eq!(desk.case.task.upstream, "engine");
        assert_eq!(desk.money(), ["cost", "capture"], "what the upstream took is a book of its own");
        assert_eq!(desk.entries[2].amount, PRICE, "the client pays what was agreed");
    }
}

#[test]
fn an_upstreams_own_402_never_looks_like_the_clients() {
    for cause in CAUSES.into_iter().filter(|cause| *cause != Cause::Invalid) {
        let mut desk = Desk::new(&["kie"]);
        desk.submit(refused(cause));
        let told = desk.failure();
        assert_eq!(told.code, "500", "{cause:?}");
        assert!(told.text.contains("The upstream kie ") && told.text.contains("Nothing was charged"));
        assert!(!told.text.contains("its words"), "{}", told.text);
    }
}

#[test]
fn a_request_that_an_upstream_does_not_take_is_told_in_its_words() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(refused(Cause::Invalid));
    assert_eq!(desk.failure().code, "422");
    assert!(desk.failure().text.contains("its words"));
}

#[test]
fn routes_that_are_used_up_end_the_task_and_give_the_credits_back() {
    let mut desk = Desk::new(&["kie", "engine", "other"]);
    for route in 0..3 {
        assert_eq!(desk.settle(), Move::Begin { route });
        desk.submit(refused(Cause::Paused));
    }
    assert_eq!((desk.phase(), desk.money()), ("failed", vec!["release"]));
}

#[test]
fn a_failed_run_goes_to_the_next_route_unless_the_policy_says_otherwise() {
    for (stops, phase) in [(false, "queued"), (true, "failed")] {
        let mut desk = Desk::new(&["kie", "engine"]);
        desk.case.request.stops_on_failure = stops;
        desk.submit(accepted("job"));
        desk.take(&Event::Faulted { attempt: 1, failure: failure(), cost: None });
        assert_eq!(desk.phase(), phase);
        if stops {
            assert_eq!((desk.failure(), desk.money()), (&failure(), vec!["release"]));
        }
    }
}

#[test]
fn what_a_failed_run_cost_is_the_operators_loss() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(accepted("job"));
    desk.take(&Event::Faulted { attempt: 1, failure: failure(), cost: Some(Credits(5)) });
    assert_eq!((desk.entries[1].amount, desk.money()), (Credits(5), vec!["loss", "release"]));
}

#[test]
fn a_busy_route_is_tried_three_times_before_the_next_one() {
    for answer in [busy(None), never_left()] {
        let mut desk = Desk::new(&["kie", "engine"]);
        for _ in 0..3 {
            assert_eq!(desk.settle(), Move::Begin { route: 0 });
            desk.submit(answer.clone());
        }
        assert_eq!(desk.settle(), Move::Begin { route: 1 });
    }
}

#[test]
fn the_last_route_is_tried_until_the_deadline_with_longer_and_longer_pauses() {
    for answer in [busy(None), never_left()] {
        let mut desk = Desk::new(&["kie"]);
        let mut pauses = Vec::new();
        while desk.phase() == "queued" {
            desk.submit(answer.clone());
            let due = desk.case.task.due.unwrap();
            pauses.push(due.since_ms(desk.now));
            assert!(pauses.len() < 1_000, "it is tried for ever");
            desk.now = due;
            desk.settle();
        }
        assert_eq!((desk.phase(), desk.failure().code.as_str()), ("failed", "408"));
        assert!((750..=1_250).contains(&pauses[0]) && pauses[3] >= 6_000 && pauses[12] >= 225_000);
    }
}

#[test]
fn nobody_comes_back_before_the_upstream_said() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(busy(Some(600_000)));
    assert_eq!(desk.case.task.due, Some(desk.now.after(600_000)));
}

#[test]
fn a_route_that_cannot_be_asked_at_all_is_an_attempt_that_ended() {
    let mut desk = Desk::new(&["kie", "engine"]);
    let mut skipped = desk.attempt(0);
    let setback = Setback { cause: Cause::TooDear, text: "max_cost".into() };
    skipped.state = AttemptState::Ended(End::Refused(setback));
    desk.take(&Event::Began(skipped));
    assert_eq!((desk.end_of(1), desk.case.paid()), ("refused", 0));
    assert_eq!(desk.settle(), Move::Begin { route: 1 });
}

#[test]
fn only_the_next_route_begins_and_only_fresh() {
    let desk = Desk::new(&["kie", "engine"]);
    let fresh = desk.attempt(0);
    let mut wrong = vec![desk.attempt(1), desk.attempt(0), desk.attempt(0), desk.attempt(0)];
    wrong[1].number = 2;
    wrong[2].awaited = false;
    wrong[3].state = AttemptState::Doubtful;
    for attempt in wrong {
        desk.clone().try_take(&Event::Began(attempt)).unwrap_err();
    }
    let mut desk = desk;
    desk.take(&Event::Began(fresh));
}

#[test]
fn accepted_and_then_lost_goes_to_no_other_route() {
    let mut desk = Desk::new(&["kie", "engine"]);
    desk.submit(accepted("job"));
    desk.take(&Event::Lost { attempt: 1, why: "422 for ever".into() });
    assert_eq!((desk.phase(), desk.money()), ("failed", vec!["loss", "release"]));
    assert_eq!(desk.entries[1].amount, PRICE);
    assert_eq!(desk.next(), Move::Rest);
}

#[test]
fn a_film_that_cannot_be_fetched_is_lost_in_the_end() {
    let mut desk = Desk::new(&["kie", "engine"]);
    desk.submit(accepted("job"));
    desk.take(&Event::Made { attempt: 1, key: "0".repeat(32), cost: Some(Credits(4)) });
    let since = desk.now;
    while let Move::Store { attempt, .. } = desk.settle() {
        assert!(desk.now.since_ms(since) < 99 * HOUR_MS, "it is fetched for ever");
        desk.looked(attempt, 600_000);
        let Move::Wait(until) = desk.settle() else { continue };
        desk.now = until;
    }
    assert_eq!(desk.now.since_ms(since), FETCH_MS);
    assert_eq!((desk.end_of(1), desk.phase()), ("lost", "failed"));
    assert_eq!(desk.entries[1].amount, Credits(4), "what it cost is known");
}
