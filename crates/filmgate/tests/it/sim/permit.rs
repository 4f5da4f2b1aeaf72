//! What must be durable, and who must have allowed it, at the moment at which a submit is about to leave.

use filmgate::app::App;
use filmgate_domain::answer::{Evidence, Order, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, Repeat};
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::Known;

use super::truth::Manner;

/// Invariant 2 of architecture.md, read from the store at the very moment. Returns the deadline of the call.
pub(crate) fn check(app: &App, manner: &Manner, token: u128, now: Timestamp) -> Timestamp {
    let place = app.store.attempt_by_token(token).unwrap();
    let place = place.expect("a submit leaves before its attempt is durable");
    let (attempts, known) = (app.store.attempts(place.seq).unwrap(), app.store.known(place.seq).unwrap());
    let attempt = attempts.iter().find(|attempt| attempt.number == place.attempt).unwrap();
    assert_eq!((attempt.upstream.as_str(), attempt.repeat), (manner.name, manner.repeat));
    assert!(attempt.awaited, "a submit leaves for a task that waits for it no longer");
    match attempt.state {
        AttemptState::Sending => {}
        AttemptState::Doubtful => assert_eq!(attempt.repeat, Repeat::Keyed, "a doubtful submit leaves again"),
        _ => panic!("a submit leaves although its attempt is {}", attempt.word()),
    }
    let record = app.store.record(place.id).unwrap().unwrap();
    assert!(now < record.task.deadline, "task {}: a submit leaves after its deadline", place.id);
    for other in attempts.iter().filter(|other| other.number != attempt.number && other.is_open()) {
        assert!(
            other.state == AttemptState::Doubtful && !other.awaited,
            "task {}: a submit leaves beside attempt {}, which is {}",
            place.id,
            other.number,
            other.word()
        );
        let wished = record.request.on_doubt;
        assert!(
            is_allowed(app, (other, wished), (&attempts, &known), now),
            "task {}: nobody allowed a submit beside attempt {}",
            place.id,
            other.number
        );
    }
    attempt.deadline
}

/// A doubtful attempt was given up because the operator said so, by order or by policy and within its cap.
fn is_allowed(
    app: &App,
    (given_up, wished): (&Attempt, Option<OnDoubt>),
    (attempts, known): (&[Attempt], &[Known]),
    now: Timestamp,
) -> bool {
    let said = |wanted: fn(&Evidence) -> bool| {
        known.iter().any(|known| known.attempt == given_up.number && wanted(&known.evidence))
    };
    let is_ordered = said(|evidence| *evidence == Evidence::Ordered(Order::Resubmit));
    let is_unanswered = said(|evidence| matches!(evidence, Evidence::Submitted(Submitted::Unknown { .. })));
    let policy = &app.upstreams.policies()[&given_up.upstream];
    let paid = attempts.iter().filter(|other| other.number <= given_up.number && other.may_be_billed());
    let by_policy = wished.unwrap_or(policy.on_doubt).may_pay_again()
        && paid.count() < policy.max_paid_attempts as usize
        && now >= given_up.deadline;
    by_policy || (is_ordered && (is_unanswered || now >= given_up.deadline))
}
