//! Attempts and evidence: written whole, found again by token and job, kept whatever becomes of a lease.

use filmgate_domain::answer::{Cause, Evidence, Link, Order, Reading, Setback, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End, Repeat};
use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::Entry;
use filmgate_domain::route::STUDIO;
use filmgate_domain::step::Event;
use filmgate_domain::task::{Failure, Phase};
use filmgate_domain::work::Known;
use filmgate_store::{Place, StoreError, Which};

use crate::world::{KIE, T0, World, accepted, attempt, step_with};

fn states() -> Vec<AttemptState> {
    let why = String::from("\"quoted\"\n– über");
    let job = |number: u32| Some(format!("job {number}"));
    let setback = |cause| Setback { cause, text: why.clone() };
    let failure = Failure { code: "501".into(), text: why.clone() };
    let made = |job, cost| AttemptState::Made { job, key: "0a".repeat(16), since: T0.after(7), cost };
    let ends = [
        End::Delivered,
        End::Late,
        End::Refused(setback(Cause::Invalid)),
        End::Refused(setback(Cause::CircuitOpen)),
        End::Busy { why: why.clone() },
        End::NeverLeft { why: why.clone() },
        End::Interrupted,
        End::Failed(failure),
        End::Stopped,
        End::Lost { why: why.clone() },
        End::WrittenOff,
    ];
    let open = [
        AttemptState::Sending,
        AttemptState::Doubtful,
        AttemptState::Running { job: None },
        AttemptState::Running { job: job(1) },
        made(None, None),
        made(job(2), None),
        made(job(3), Some(Credits(1_500))),
    ];
    open.into_iter().chain(ends.map(AttemptState::Ended)).collect()
}

/// An attempt in which each field differs from that of its neighbours.
fn unlike_the_others(number: u32, state: AttemptState) -> Attempt {
    let repeat = [Repeat::Safe, Repeat::Keyed, Repeat::Never];
    Attempt {
        number,
        route: number as usize + 2,
        upstream: format!("upstream {number}"),
        payee: i64::from(number) + 40,
        repeat: repeat[number as usize % 3],
        token: if number.is_multiple_of(2) { 0 } else { u128::MAX - u128::from(number) },
        began: T0.after(number.into()),
        deadline: T0.after(1_000 + i64::from(number)),
        awaited: number.is_multiple_of(2),
        moves_on: number.is_multiple_of(3),
        suspended: number.is_multiple_of(5),
        state,
        report: format!("[{number}]"),
    }
}

#[tokio::test]
async fn an_attempt_with_every_field_and_state_survives_writing_and_reading() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    let mut written = Vec::new();
    for (number, state) in (1..).zip(states()) {
        let step = step_with(&lease, unlike_the_others(number, state), vec![]);
        written.extend(step.attempt.clone());
        lease.case.task.attempts = number;
        world.commit(&mut lease, Some(1), step).await.unwrap();
    }
    assert_eq!(world.store.attempts(lease.seq).unwrap(), written);
}

#[tokio::test]
async fn what_becomes_of_an_attempt_is_written_over_it() {
    let world = World::new();
    for state in states() {
        let mut lease = world.leased_elsewhere(1).await;
        let began = Attempt { token: 0, ..unlike_the_others(1, AttemptState::Sending) };
        let step = step_with(&lease, began.clone(), vec![]);
        world.commit(&mut lease, Some(1), step).await.unwrap();
        let now = Attempt {
            deadline: T0.after(9_999),
            awaited: !began.awaited,
            moves_on: !began.moves_on,
            suspended: !began.suspended,
            state,
            ..began
        };
        let step = step_with(&lease, now.clone(), vec![]);
        world.commit(&mut lease, Some(1), step).await.unwrap();
        assert_eq!(world.store.attempts(lease.seq).unwrap(), [now]);
    }
}

#[tokio::test]
async fn a_lease_brings_the_attempts_along() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    world.begin(&mut lease, 1, KIE).await;
    world.apply(&mut lease, 1, accepted(1, "job")).await.unwrap();
    world.store.leave(1).await.unwrap();
    let again = world.claim_which(2, T0.after(10), Which::MadeElsewhere).await.remove(0);
    assert_eq!(again.case, lease.case);
    assert_eq!(again.case.standing(), Phase::Running);
}

#[tokio::test]
async fn evidence_is_kept_after_a_fence_and_read_back_in_order() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    world.begin(&mut lease, 1, KIE).await;
    let links = vec![Link::Own("/film".into()), Link::Foreign("https://example.com/film".into())];
    let all = [
        Evidence::Submitted(Submitted::Unknown { why: "the line broke".into() }),
        Evidence::Balance { before: Some(Credits(9)), now: Credits(8) },
        Evidence::CalledBack { job: "job".into() },
        Evidence::NotIt { job: "job".into(), why: "another prompt".into() },
        Evidence::Found { job: "other".into() },
        Evidence::Ordered(Order::Adopt { job: "other".into() }),
        Evidence::Read(Reading::Made { links, cost: Some(Credits(5)) }),
        Evidence::Studio("made".into()),
    ];
    world.store.evidence(lease.seq, 1, &all[0], T0).await.unwrap();
    world.store.evidence(lease.seq, 2, &all[1], T0).await.unwrap();
    world.store.leave(1).await.unwrap();
    let fenced = world.apply(&mut lease, 1, accepted(1, "job")).await;
    assert!(matches!(fenced, Err(StoreError::Fenced)));
    for (evidence, ms) in all[2..].iter().zip(1..) {
        world.store.evidence(lease.seq, 1, evidence, T0.after(ms)).await.unwrap();
    }
    let known = |(attempt, ms, index): (u32, i64, usize)| Known {
        attempt,
        at: T0.after(ms),
        evidence: all[index].clone(),
    };
    let expected = [(1, 0, 0), (1, 1, 2), (1, 2, 3), (1, 3, 4), (1, 4, 5), (1, 5, 6), (1, 6, 7), (2, 0, 1)];
    assert_eq!(world.store.known(lease.seq).unwrap(), expected.map(known));
}

#[tokio::test]
async fn evidence_wakes_a_task_that_waits_and_puts_none_off() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    world.begin(&mut lease, 1, KIE).await;
    world.apply(&mut lease, 1, accepted(1, "job")).await.unwrap();
    world.apply(&mut lease, 1, Event::StillRunning { look_again: T0.after(80_000_000) }).await.unwrap();
    world.store.leave(1).await.unwrap();
    let due = || world.store.record(lease.case.task.id).unwrap().unwrap().task.due;
    assert_eq!(world.claim_which(2, T0.after(10), Which::MadeElsewhere).await.len(), 0);
    let news = Evidence::CalledBack { job: "job".into() };
    world.store.evidence(lease.seq, 1, &news, T0.after(10)).await.unwrap();
    assert_eq!(due(), Some(T0.after(10)));
    world.store.evidence(lease.seq, 1, &news, T0.after(20)).await.unwrap();
    assert_eq!(due(), Some(T0.after(10)));
    assert_eq!(world.claim_which(2, T0.after(10), Which::MadeElsewhere).await.len(), 1);
}

#[tokio::test]
async fn a_job_belongs_to_one_attempt_and_a_second_claim_takes_only_its_own_changes_back() {
    let world = World::new();
    let (mut first, mut second) = (world.leased_elsewhere(30).await, world.leased_elsewhere(30).await);
    for lease in [&mut first, &mut second] {
        world.begin(lease, 1, KIE).await;
    }
    world.apply(&mut first, 1, accepted(1, "job")).await.unwrap();
    assert!(!world.store.job_is_taken(KIE, "job", (first.seq, 1)).unwrap());
    assert!(world.store.job_is_taken(KIE, "job", (second.seq, 1)).unwrap());
    assert!(!world.store.job_is_taken("other", "job", (second.seq, 1)).unwrap());

    let running = AttemptState::Running { job: Some("job".into()) };
    let takes = Attempt { state: running, ..attempt(1, KIE) };
    let price = second.case.task.price;
    let step = step_with(&second, takes, vec![Entry::suspend(1, price)]);
    let beside = Evidence::Studio("beside it".into());
    let (refused, evidence) = tokio::join!(
        world.commit(&mut second, Some(1), step),
        world.store.evidence(first.seq, 1, &beside, T0)
    );
    assert!(matches!(refused, Err(StoreError::Sql(_))), "{refused:?}");
    evidence.unwrap();
    assert_eq!(world.store.attempts(second.seq).unwrap(), second.case.attempts);
    let suspended = "SELECT COUNT(*) FROM entries WHERE kind = 4";
    assert_eq!(world.sql().query_row(suspended, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    assert_eq!(world.store.known(first.seq).unwrap().len(), 1);
    // The refused write was no decision: the lease still holds.
    world.apply(&mut second, 1, accepted(1, "job of its own")).await.unwrap();
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_job_stays_its_attempts_own_after_the_attempt_has_ended() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    world.begin(&mut lease, 1, KIE).await;
    world.apply(&mut lease, 1, accepted(1, "job")).await.unwrap();
    world.apply(&mut lease, 1, Event::Lost { attempt: 1, why: "gone".into() }).await.unwrap();
    assert!(world.store.job_is_taken(KIE, "job", (lease.seq + 1, 1)).unwrap());
}

#[tokio::test]
async fn a_token_finds_its_attempt() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    let token = u128::MAX - 5;
    world.apply(&mut lease, 1, Event::Began(Attempt { token, ..attempt(1, KIE) })).await.unwrap();
    let place = Place { id: lease.case.task.id, seq: lease.seq, attempt: 1, upstream: KIE.into() };
    assert_eq!(world.store.attempt_by_token(token).unwrap(), Some(place));
    assert_eq!(world.store.attempt_by_token(5).unwrap(), None);

    let mut untold = world.leased_elsewhere(30).await;
    world.begin(&mut untold, 1, STUDIO).await;
    assert_eq!(world.store.attempt_by_token(0).unwrap(), None, "no token is not a token of zeros");
}

#[tokio::test]
async fn an_upstream_keeps_its_number() {
    let world = World::new();
    let kie = world.store.upstream_number(KIE.into()).await.unwrap();
    let other = world.store.upstream_number("other".into()).await.unwrap();
    assert_eq!(world.store.upstream_number(KIE.into()).await.unwrap(), kie);
    assert!(kie > 0 && other > 0, "0 is no upstream's in the ledger");
    assert_eq!(world.store.upstreams().unwrap(), [(kie, KIE.to_owned()), (other, "other".to_owned())]);
}
