//! Evidence: what counts whoever heard it, what must be read first, and what the operator decides.

use filmgate_domain::answer::{Cause, Evidence, Order};
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::step::Event;
use filmgate_domain::work::Move;

use crate::desk::{CALL_MS, Desk, HOUR_MS, accepted, busy, failure, film, pays_again, refused, unknown};
use crate::doubt::wait_out;

#[test]
fn an_answer_heard_by_a_fenced_worker_is_adopted() {
    for (answer, phase) in
        [(accepted("late"), "running"), (refused(Cause::Paused), "queued"), (busy(None), "queued")]
    {
        let mut desk = Desk::new(&["kie", "engine"]);
        let attempt = desk.doubt();
        desk.pass(CALL_MS / 2);
        desk.learn(attempt, Evidence::Submitted(answer));
        desk.settle();
        assert_eq!((desk.phase(), desk.money()), (phase, vec![]));
    }
}

#[test]
fn the_same_job_twice_is_nothing_new_and_another_one_changes_nothing() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(accepted("job"));
    for evidence in [
        Evidence::Submitted(accepted("job")),
        Evidence::CalledBack { job: "job".into() },
        Evidence::Submitted(accepted("another")),
        Evidence::CalledBack { job: "another".into() },
        Evidence::Ordered(Order::Adopt { job: "another".into() }),
    ] {
        let before = desk.case.clone();
        desk.learn(1, evidence);
        assert_eq!(desk.settle(), Move::Look { attempt: 1, job: "job".into() });
        assert_eq!(desk.case, before);
    }
    desk.try_take(&Event::Adopted { attempt: 1, job: "another".into() }).unwrap_err();
    let answer = accepted("another");
    desk.try_take(&Event::Submitted { attempt: 1, answer, again: desk.now }).unwrap_err();
}

#[test]
fn an_acceptance_outweighs_whatever_else_was_answered() {
    for answers in [[accepted("job"), busy(None)], [busy(None), accepted("job")]] {
        let mut desk = Desk::new(&["kie"]);
        let attempt = desk.begin();
        for answer in answers {
            desk.learn(attempt, Evidence::Submitted(answer));
        }
        assert_eq!(desk.settle(), Move::Look { attempt, job: "job".into() });
    }
}

#[test]
fn a_callback_proves_nothing_before_the_record_says_so() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.doubt();
    desk.learn(attempt, Evidence::CalledBack { job: "said".into() });
    assert_eq!(desk.settle(), Move::Confirm { attempt, job: "said".into() });
    assert_eq!(desk.phase(), "in_doubt");
    desk.take(&Event::Adopted { attempt, job: "said".into() });
    assert_eq!((desk.phase(), desk.money()), ("running", vec![]));
}

#[test]
fn a_job_that_is_not_it_is_not_read_again() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.doubt();
    desk.learn(attempt, Evidence::Found { job: "first".into() });
    desk.learn(attempt, Evidence::Found { job: "second".into() });
    assert_eq!(desk.next(), Move::Confirm { attempt, job: "second".into() });
    desk.learn(attempt, Evidence::NotIt { job: "second".into(), why: "its prompt".into() });
    assert_eq!(desk.next(), Move::Confirm { attempt, job: "first".into() });
    desk.learn(attempt, Evidence::NotIt { job: "first".into(), why: "its time".into() });
    assert_eq!(desk.next(), Move::Seek { attempt });
}

#[test]
fn while_a_named_job_cannot_be_read_no_policy_pays_again() {
    for act in [OnDoubt::NextRoute, OnDoubt::Resubmit] {
        let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(act, 3));
        let attempt = desk.doubt();
        desk.learn(attempt, Evidence::CalledBack { job: "said".into() });
        assert_eq!(wait_out(&mut desk, attempt), (OnDoubt::Park, 24 * HOUR_MS));
    }
}

#[test]
fn news_of_a_given_up_attempt_is_heard_before_anybody_else_is_asked() {
    let job = || "job".to_owned();
    for (news, heard) in [
        (Evidence::CalledBack { job: job() }, Move::Confirm { attempt: 1, job: job() }),
        (Evidence::Ordered(Order::Adopt { job: job() }), Move::Look { attempt: 1, job: job() }),
        (Evidence::Submitted(accepted("job")), Move::Look { attempt: 1, job: job() }),
    ] {
        let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
        let attempt = desk.doubt();
        wait_out(&mut desk, attempt);
        desk.looked(attempt, HOUR_MS);
        assert_eq!(desk.settle(), Move::Begin { route: 1 });
        desk.learn(attempt, news);
        assert_eq!(desk.settle(), heard);
    }
}

#[test]
fn a_given_up_attempt_that_turns_up_is_waited_for_again_and_its_suspense_cleared() {
    let mut desk = Desk::new(&["kie", "engine"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    let attempt = desk.doubt();
    wait_out(&mut desk, attempt);
    desk.settle();
    desk.learn(attempt, Evidence::Submitted(accepted("job")));
    desk.settle();
    assert_eq!((desk.phase(), desk.money()), ("running", vec!["suspend", "clear"]));
    desk.deliver(attempt, None);
    assert_eq!((desk.phase(), desk.money()), ("succeeded", vec!["suspend", "clear", "capture"]));
}

/// A first attempt given up and found to be running while a second one was sent.
fn two_at_once() -> Desk {
    let mut desk = Desk::new(&["kie", "engine", "other"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    let first = desk.doubt();
    wait_out(&mut desk, first);
    desk.looked(first, HOUR_MS);
    desk.begin();
    desk.learn(first, Evidence::Submitted(accepted("job")));
    desk
}

#[test]
fn a_task_goes_back_to_what_runs_before_it_asks_a_third_time() {
    for answer in [refused(Cause::Paused), busy(None)] {
        let mut desk = two_at_once();
        desk.learn(2, Evidence::Submitted(answer));
        assert_eq!(desk.settle(), Move::Look { attempt: 1, job: "job".into() });
        assert_eq!((desk.phase(), desk.case.task.upstream.as_str()), ("running", "kie"));
        assert_eq!(desk.case.awaited().map(|attempt| attempt.number), Some(1));
    }
}

#[test]
fn the_first_film_that_is_stored_is_the_tasks() {
    let mut desk = two_at_once();
    desk.learn(2, Evidence::Submitted(accepted("second")));
    desk.settle();
    desk.looked(2, HOUR_MS);
    assert_eq!(desk.settle(), Move::Look { attempt: 1, job: "job".into() });
    desk.deliver(1, None);
    assert_eq!((desk.phase(), desk.end_of(1)), ("succeeded", "delivered"));
    assert_eq!(desk.money(), ["suspend", "clear", "capture"]);
    // The second film is the operator's loss.
    desk.deliver(2, None);
    assert_eq!((desk.end_of(2), desk.money()[3..].to_vec()), ("late", vec!["loss"]));
    assert_eq!(desk.next(), Move::Rest);
}

#[test]
fn the_operator_names_the_job() {
    let mut desk = Desk::new(&["kie"]);
    let attempt = desk.doubt();
    desk.learn(attempt, Evidence::Ordered(Order::Adopt { job: "found".into() }));
    assert_eq!(desk.settle(), Move::Look { attempt, job: "found".into() });
}

#[test]
fn an_order_waits_for_the_end_of_the_call_and_no_longer() {
    for (order, act) in [(Order::Fail, OnDoubt::Fail), (Order::Resubmit, OnDoubt::Resubmit)] {
        let mut desk = Desk::new(&["kie"]);
        let attempt = desk.doubt();
        desk.learn(attempt, Evidence::Ordered(order));
        assert_eq!(wait_out(&mut desk, attempt), (act, CALL_MS), "it may still be answered");
        let mut desk = desk.clone();
        desk.now = desk.case.attempt(attempt).unwrap().began.after(5);
        desk.learn(attempt, Evidence::Submitted(unknown()));
        assert_eq!(desk.next(), Move::Report(Event::DoubtEnded { attempt, act }));
    }
}

#[test]
fn an_order_to_resubmit_goes_beyond_the_cap_once() {
    let mut desk = Desk::new(&["kie"]);
    desk.submit(unknown());
    desk.learn(1, Evidence::Ordered(Order::Resubmit));
    desk.settle();
    desk.looked(1, 90 * HOUR_MS);
    let second = desk.doubt();
    assert_eq!((desk.case.paid(), desk.money()), (2, vec!["suspend"]));
    assert_eq!(wait_out(&mut desk, second).0, OnDoubt::Park, "the order was for the first attempt");
}

#[test]
fn a_film_of_the_studio_that_comes_second_is_nobodys_loss() {
    let mut desk = Desk::new(&["kie", "studio"]).with_policy(pays_again(OnDoubt::NextRoute, 2));
    let first = desk.doubt();
    wait_out(&mut desk, first);
    desk.looked(first, HOUR_MS);
    let second = desk.begin();
    desk.take(&Event::Made { attempt: second, key: "1".repeat(32), cost: None });
    desk.take(&Event::Submitted { attempt: first, answer: accepted("job"), again: desk.now });
    desk.deliver(first, None);
    assert!(matches!(desk.settle(), Move::Store { attempt: 2, .. }));
    desk.take(&Event::Stored { attempt: second, film: film() });
    assert_eq!((desk.end_of(second), desk.money()), ("late", vec!["suspend", "clear", "capture"]));
}

#[test]
fn a_doubt_can_wait_while_another_attempt_is_known_to_run() {
    let mut desk = two_at_once();
    desk.learn(2, Evidence::Submitted(unknown()));
    desk.settle();
    desk.pass(30 * HOUR_MS);
    for attempt in [1, 2] {
        desk.looked(attempt, HOUR_MS);
    }
    assert_eq!((desk.settle(), desk.phase()), (Move::Wait(desk.now.after(HOUR_MS)), "in_doubt"));
    let mut failed = desk.clone().with_policy(|policy| policy.on_doubt = OnDoubt::Park);
    failed.take(&Event::Faulted { attempt: 1, failure: failure(), cost: None });
    failed.settle();
    assert_eq!((failed.phase(), failed.case.task.attempts), ("failed", 2), "nobody allowed a third payment");
    desk.deliver(1, None);
    assert_eq!((desk.phase(), desk.end_of(1)), ("succeeded", "delivered"));
}

#[test]
fn what_was_lost_goes_to_nobody_else_even_by_a_detour() {
    let mut desk = two_at_once();
    desk.learn(2, Evidence::Submitted(accepted("second")));
    desk.settle();
    desk.take(&Event::Lost { attempt: 2, why: "422".into() });
    desk.looked(1, HOUR_MS);
    desk.settle();
    assert_eq!(desk.phase(), "running", "the first one still runs");
    desk.take(&Event::Faulted { attempt: 1, failure: failure(), cost: None });
    assert_eq!((desk.phase(), desk.case.next_route()), ("failed", None));
}
