//! Cancelling: an end while no byte has left, a wish afterwards.

use filmgate_domain::answer::{Cause, Evidence};
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{CALL_MS, Desk, accepted, busy, failure, never_left, pays_again, refused, unknown};

#[test]
fn a_cancel_before_anything_left_ends_the_task() {
    let mut desk = Desk::new(&["kie"]);
    desk.take(&Event::CancelWished);
    assert_eq!((desk.phase(), desk.money(), desk.next()), ("cancelled", vec!["release"], Move::Rest));
    desk.try_take(&Event::CancelWished).unwrap_err();
}

#[test]
fn a_cancel_after_sending_is_a_wish() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.begin();
    desk.take(&Event::CancelWished);
    assert_eq!((desk.phase(), desk.case.task.cancel_wished, desk.money()), ("sending", true, vec![]));
    desk.learn(attempt, Evidence::Submitted(accepted("job")));
    assert_eq!(desk.settle(), Move::Stop { attempt, job: "job".into() });
    assert_eq!((desk.phase(), desk.money()), ("running", vec![]), "the hold waits for the verdict");
}

#[test]
fn the_upstream_is_asked_to_stop_once_and_its_confirmation_ends_the_task() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(accepted("job"));
    desk.take(&Event::CancelWished);
    desk.pace.asked_to_stop();
    assert_eq!(desk.next(), Move::Look { attempt: 1, job: "job".into() });
    desk.take(&Event::Stopped { attempt: 1 });
    assert_eq!((desk.phase(), desk.money(), desk.next()), ("cancelled", vec!["release"], Move::Rest));
}

#[test]
fn a_film_that_is_made_in_spite_of_the_wish_is_paid() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(accepted("job"));
    desk.take(&Event::CancelWished);
    desk.deliver(1, None);
    assert_eq!((desk.phase(), desk.money()), ("succeeded", vec!["capture"]));
}

#[test]
fn nobody_else_is_asked_after_a_cancel() {
    let failed = Event::Faulted { attempt: 1, failure: failure(), cost: None };
    for answer in [refused(Cause::Paused), busy(None), never_left()] {
        let mut desk = Desk::new(&["kie", "engine"]);
        desk.begin();
        desk.take(&Event::CancelWished);
        desk.learn(1, Evidence::Submitted(answer));
        assert_eq!((desk.settle(), desk.phase()), (Move::Rest, "cancelled"));
    }
    let mut desk = Desk::new(&["kie", "engine"]);
    desk.submit(accepted("job"));
    desk.take(&Event::CancelWished);
    desk.take(&failed);
    assert_eq!((desk.next(), desk.phase()), (Move::Rest, "cancelled"));
}

#[test]
fn a_cancel_in_doubt_waits_for_the_doubt_and_pays_nobody() {
    let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::NextRoute, 3));
    desk.submit(unknown());
    desk.take(&Event::CancelWished);
    assert_eq!(desk.phase(), "in_doubt");
    desk.pass(CALL_MS);
    desk.looked(1, 60_000);
    desk.settle();
    assert_eq!((desk.phase(), desk.case.task.attempts), ("cancelled", 1));
    assert_eq!(desk.money(), ["suspend", "release"]);
}

#[test]
fn a_cancel_between_two_attempts_asks_the_running_one_to_stop() {
    let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    desk.submit(unknown());
    desk.pass(CALL_MS);
    desk.take(&Event::DoubtEnded { attempt: 1, act: OnDoubt::NextRoute });
    desk.looked(1, 60_000);
    desk.begin();
    desk.take(&Event::Submitted { attempt: 1, answer: accepted("job"), again: desk.now });
    desk.take(&Event::Submitted { attempt: 2, answer: busy(None), again: desk.now });
    desk.take(&Event::CancelWished);
    assert_eq!(desk.phase(), "queued", "what runs at an upstream is not cancelled by a word of ours");
    assert_eq!(desk.settle(), Move::Stop { attempt: 1, job: "job".into() });
}

#[test]
fn the_studio_stops_at_once() {
    let mut desk = Desk::new(&["studio"]);
    let attempt = desk.begin();
    desk.take(&Event::CancelWished);
    assert_eq!(desk.next(), Move::Report(Event::Stopped { attempt }));
    assert_eq!((desk.settle(), desk.phase()), (Move::Rest, "cancelled"));
}
