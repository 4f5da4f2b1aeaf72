//! Doubt: what is done about a submit whose fate nobody knows, and what never is.

use filmgate_domain::answer::Cause;
use filmgate_domain::attempt::AttemptState;
use filmgate_domain::case::Case;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{CALL_MS, Desk, HOUR_MS, PRICE, accepted, busy, pays_again, refused, unknown};

const ALL: [OnDoubt; 4] = [OnDoubt::Park, OnDoubt::Fail, OnDoubt::NextRoute, OnDoubt::Resubmit];

/// Lets time pass until the doubt ends or nothing is left, and says how and when; the upstream never knows anything.
pub(crate) fn wait_out(desk: &mut Desk, attempt: u32) -> (OnDoubt, i64) {
    let began = desk.case.attempt(attempt).unwrap().began;
    for _ in 0..10_000 {
        match desk.next() {
            Move::Report(Event::DoubtEnded { act, .. }) => return (act, desk.now.since_ms(began)),
            Move::Seek { attempt } | Move::Confirm { attempt, .. } => desk.looked(attempt, 30_000),
            Move::Wait(until) => desk.now = until,
            other => panic!("{other:?} in doubt"),
        }
    }
    panic!("a doubt without end");
}

fn begins(decided: &Move) -> bool {
    matches!(decided, Move::Begin { .. } | Move::SendAgain { .. })
}

#[test]
fn an_attempt_found_in_sending_becomes_doubtful_and_is_never_sent_again() {
    let mut desk = Desk::new(&["kie", "engine"]);
    let attempt = desk.begin();
    // The worker died; its successor knows nothing but the row.
    desk.taken_over = true;
    assert_eq!(desk.settle(), Move::Seek { attempt });
    assert_eq!((desk.phase(), desk.end_of(attempt)), ("in_doubt", "in_doubt"));
    let (act, after_ms) = wait_out(&mut desk, attempt);
    assert_eq!((act, after_ms), (OnDoubt::Park, 24 * HOUR_MS));
    desk.settle();
    assert_eq!((desk.phase(), desk.case.task.attempts), ("failed", 1));
}

#[test]
fn a_submit_whose_answer_is_unknown_is_in_doubt() {
    let mut desk = Desk::new(&["kie"]);
    assert_eq!(desk.submit(unknown()), Move::Seek { attempt: 1 });
    assert_eq!((desk.phase(), desk.money()), ("in_doubt", vec![]));
}

#[test]
fn doubt_is_a_state_of_the_attempt_and_the_task_may_go_on() {
    let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    let attempt = desk.doubt();
    wait_out(&mut desk, attempt);
    let second = desk.begin();
    assert_eq!((desk.phase(), desk.end_of(attempt), desk.end_of(second)), ("sending", "in_doubt", "sending"));
    assert_eq!(desk.case.standing(), desk.case.task.phase);
}

#[test]
fn no_doubt_policy_acts_before_the_calls_hard_deadline() {
    for act in ALL {
        for doubt_ms in [0, CALL_MS / 2, HOUR_MS] {
            let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(act, 3));
            desk = desk.with_policy(|policy| policy.doubt_ms = doubt_ms);
            let attempt = desk.doubt();
            assert_eq!(desk.case.attempt(attempt).unwrap().deadline, desk.now.after(CALL_MS));
            let (ended, after_ms) = wait_out(&mut desk, attempt);
            let expected = if act == OnDoubt::Park { doubt_ms.max(CALL_MS) } else { CALL_MS };
            assert_eq!((ended, after_ms), (act, expected));
        }
    }
}

#[test]
fn park_holds_the_credits_until_the_doubt_ends_and_then_gives_them_back() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.doubt();
    assert_eq!(desk.money(), Vec::<&str>::new());
    wait_out(&mut desk, attempt);
    desk.settle();
    assert_eq!((desk.phase(), desk.money()), ("failed", vec!["suspend", "release"]));
    assert_eq!(desk.failure().code, "in_doubt");
    assert!(desk.failure().text.contains("Nothing was charged"));
}

#[test]
fn next_route_goes_on_and_resubmit_stays_on_the_route() {
    for (act, route) in [(OnDoubt::NextRoute, 1), (OnDoubt::Resubmit, 0)] {
        let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(act, 2));
        let attempt = desk.doubt();
        wait_out(&mut desk, attempt);
        // One more look before anybody is paid.
        desk.pace.look_now();
        assert_eq!(desk.settle(), Move::Seek { attempt });
        desk.looked(attempt, HOUR_MS);
        assert_eq!(desk.settle(), Move::Begin { route });
        assert_eq!(desk.money(), ["suspend"], "the client's hold stays");
    }
}

#[test]
fn next_route_without_another_route_parks() {
    let mut desk = Desk::new(&["kie"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    let attempt = desk.doubt();
    let (act, after_ms) = wait_out(&mut desk, attempt);
    assert_eq!((act, after_ms), (OnDoubt::Park, 24 * HOUR_MS));
    assert!(!begins(&desk.settle()));
    assert_eq!((desk.phase(), desk.money()), ("failed", vec!["suspend", "release"]));
}

#[test]
fn the_second_doubt_parks_when_the_cap_is_reached() {
    let mut desk = Desk::new(&["kie", "engine", "other"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    let first = desk.doubt();
    wait_out(&mut desk, first);
    desk.settle();
    desk.looked(first, 90 * HOUR_MS);
    let second = desk.doubt();
    assert_eq!(desk.case.paid(), 2);
    let (act, after_ms) = wait_out(&mut desk, second);
    assert_eq!((act, after_ms), (OnDoubt::Park, 24 * HOUR_MS));
    desk.settle();
    assert_eq!((desk.phase(), desk.case.task.attempts), ("failed", 2));
}

#[test]
fn a_client_cannot_wish_beyond_the_operators_cap() {
    for wish in [OnDoubt::NextRoute, OnDoubt::Resubmit] {
        let mut desk = Desk::new(&["kie", "engine"]);
        desk.case.request.on_doubt = Some(wish);
        let attempt = desk.doubt();
        assert_eq!(wait_out(&mut desk, attempt), (OnDoubt::Park, 24 * HOUR_MS));
    }
}

#[test]
fn a_client_wishes_within_the_operators_cap() {
    for (policy, wish) in [(OnDoubt::Park, OnDoubt::NextRoute), (OnDoubt::Resubmit, OnDoubt::Fail)] {
        let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(policy, 2));
        desk.case.request.on_doubt = Some(wish);
        let attempt = desk.doubt();
        assert_eq!(wait_out(&mut desk, attempt), (wish, CALL_MS));
    }
}

#[test]
fn an_upstream_that_is_not_configured_any_more_counts_as_paid_each_time() {
    let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::Resubmit, 9));
    let attempt = desk.doubt();
    desk.policies.clear();
    assert_eq!(wait_out(&mut desk, attempt), (OnDoubt::Park, 24 * HOUR_MS));
}

#[test]
fn no_step_begins_an_attempt_while_another_one_has_the_task() {
    let begin = |case: &Case, desk: &Desk| {
        let mut other = desk.clone();
        other.case = case.clone();
        let attempt = other.attempt(case.next_route().unwrap_or(0));
        other.try_take(&Event::Began(attempt)).is_ok()
    };
    let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    assert!(begin(&desk.case, &desk));
    let attempt = desk.doubt();
    assert!(!begin(&desk.case, &desk), "one is in doubt");
    wait_out(&mut desk, attempt);
    desk.settle();
    assert!(begin(&desk.case, &desk), "it was given up by policy");
    let mut sending = desk.case.clone();
    sending.attempts[0].state = AttemptState::Sending;
    assert!(!begin(&sending, &desk), "its bytes may be leaving");
    let mut running = desk.case.clone();
    running.attempts[0].state = AttemptState::Running { job: Some("job".into()) };
    assert!(!begin(&running, &desk), "it is known to run");
    let mut wished = desk.case.clone();
    wished.task.cancel_wished = true;
    assert!(!begin(&wished, &desk), "nobody wants it any more");
}

#[test]
fn the_suspense_is_settled_exactly_once() {
    let given_up = || {
        let mut desk = Desk::new(&["kie"]);
        let attempt = desk.doubt();
        desk.take(&Event::DoubtEnded { attempt, act: OnDoubt::Fail });
        assert_eq!(desk.money(), ["suspend", "release"]);
        desk
    };
    let answered = |answer| Event::Submitted { attempt: 1, answer, again: given_up().now };
    for (events, settled) in [
        (vec![answered(refused(Cause::Paused))], "clear"),
        (vec![answered(busy(None))], "clear"),
        (vec![Event::WrittenOff { attempt: 1 }], "write-off"),
        (vec![answered(accepted("job")), Event::Lost { attempt: 1, why: "422".into() }], "write-off"),
    ] {
        let mut desk = given_up();
        let steps: Vec<_> = events.iter().map(|event| desk.take(event)).collect();
        assert_eq!(desk.money(), ["suspend", "release", settled]);
        assert_eq!(steps.last().unwrap().entries[0].amount, PRICE);
        for event in &events {
            desk.try_take(event).unwrap_err();
        }
        assert_eq!(desk.next(), Move::Rest);
    }
    let mut desk = given_up();
    desk.take(&answered(accepted("job")));
    assert_eq!(desk.money(), ["suspend", "release"], "it is settled when the film is here, or never comes");
    desk.deliver(1, None);
    assert_eq!(desk.money(), ["suspend", "release", "write-off"]);
}
