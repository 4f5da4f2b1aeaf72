//! Leases and fences: one worker decides, evidence is always kept.

use filmgate_domain::answer::Evidence;
use filmgate_domain::route::STUDIO;
use filmgate_domain::step::Event;
use filmgate_domain::task::Phase;
use filmgate_store::{Claim, StoreError, Which};

use crate::world::{KIE, T0, World};

/// What the studio says of the first attempt.
fn made() -> Event {
    Event::Made { attempt: 1, key: "00".repeat(16), cost: None }
}

#[tokio::test]
async fn a_task_is_leased_to_one_living_node_only() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    world.store.join(2, "generate", T0).await.unwrap();
    assert_eq!(world.claim(1, T0).await.len(), 1);
    assert_eq!(world.claim(2, T0).await.len(), 0);
    assert_eq!(world.claim(1, T0).await.len(), 0, "what a node holds is not leased to it again");
}

#[tokio::test]
async fn a_dead_nodes_task_is_taken_over_and_its_late_decision_is_fenced() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut dead = world.claim(1, T0).await.remove(0);
    world.begin(&mut dead, 1, STUDIO).await;

    let later = T0.after(15_001);
    world.store.join(2, "serve", later).await.unwrap();
    let mut taken = world.claim(2, later).await.remove(0);
    assert!(taken.taken_over && taken.case.task.phase == Phase::Running);

    let late = world.apply(&mut dead, 1, made()).await;
    assert!(matches!(late, Err(StoreError::Fenced)));
    let evidence = Evidence::Studio("made x".into());
    world.store.evidence(dead.seq, 1, &evidence, later).await.unwrap();
    world.apply(&mut taken, 2, Event::Interrupted { attempt: 1 }).await.unwrap();
    assert_eq!(world.store.record(taken.case.task.id).unwrap().unwrap().task.phase, Phase::Queued);
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_lease_holds_while_the_heart_beats() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    world.store.join(2, "serve", T0).await.unwrap();
    assert_eq!(world.claim(1, T0).await.len(), 1);
    world.store.beat(1, T0.after(14_000)).await.unwrap();
    assert_eq!(world.claim(2, T0.after(20_000)).await.len(), 0);
    assert_eq!(world.claim(2, T0.after(29_001)).await.len(), 1);
}

#[tokio::test]
async fn a_node_that_leaves_in_good_order_gives_its_leases_back_at_once() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut lease = world.claim(1, T0).await.remove(0);
    world.begin(&mut lease, 1, STUDIO).await;
    world.store.leave(1).await.unwrap();
    world.store.join(2, "serve", T0).await.unwrap();
    let again = world.claim(2, T0.after(10)).await.remove(0);
    assert!(!again.taken_over, "this is no crash and does not count as one");
    assert!(matches!(world.apply(&mut lease, 1, made()).await, Err(StoreError::Fenced)));
    assert!(matches!(world.store.beat(1, T0).await, Err(StoreError::Fenced)));
}

#[tokio::test]
async fn a_claim_can_be_for_one_task_and_never_takes_what_is_not_due() {
    let world = World::new();
    let (first, second) = (world.task(10), world.task(10));
    let mut later = world.task(10);
    later.task.due = Some(T0.after(1));
    let only = second.task.id;
    for new in [first, second, later] {
        world.store.create(new).await.unwrap();
    }
    world.store.join(1, "generate", T0).await.unwrap();
    let claim = Claim { node: 1, now: T0, alive_since: T0.after(-1), which: Which::Only(only), limit: 10 };
    let leased = world.store.claim(claim).await.unwrap();
    assert_eq!(leased.iter().map(|lease| lease.case.task.id).collect::<Vec<_>>(), [only]);
    assert_eq!(world.claim(1, T0).await.len(), 1);
    assert_eq!(world.claim(1, T0.after(1)).await.len(), 1);
}

#[tokio::test]
async fn a_task_given_back_after_an_error_is_leased_again_when_it_is_due() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let lease = world.claim(1, T0).await.remove(0);
    world.store.give_back(lease.seq, lease.version, T0.after(5_000)).await.unwrap();
    assert_eq!(world.claim(1, T0.after(4_999)).await.len(), 0);
    assert_eq!(world.claim(1, T0.after(5_000)).await.len(), 1);
    let again = world.store.give_back(lease.seq, lease.version, T0).await;
    assert!(matches!(again, Err(StoreError::Fenced)), "what was leased again is not given back twice");
}

#[tokio::test]
async fn a_silent_node_never_takes_over_from_itself() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    assert_eq!(world.claim(1, T0).await.len(), 1);
    assert_eq!(world.claim(1, T0.after(60_000)).await.len(), 0, "its own film is still being made");
}

#[tokio::test]
async fn a_row_that_cannot_be_read_does_not_stand_before_the_others() {
    let world = World::new();
    for _ in 0..2 {
        world.store.create(world.task(10)).await.unwrap();
    }
    world.sql().execute_batch("UPDATE tasks SET detail = 'nonsense', due_ms = 0 WHERE seq = 1").unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let claim = Claim { node: 1, now: T0, alive_since: T0.after(-1), which: Which::MadeHere, limit: 1 };
    assert_eq!(world.store.claim(claim).await.unwrap().len(), 0);
    assert_eq!(world.store.claim(claim).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_needs_a_core_and_what_needs_patience_are_leased_apart() {
    let world = World::new();
    let (here, elsewhere) = (world.task(10), world.task_by(&[KIE, STUDIO], 10));
    let ids = (here.task.id, elsewhere.task.id);
    world.store.create(here).await.unwrap();
    world.store.create(elsewhere).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let patient = world.claim_which(1, T0, Which::MadeElsewhere).await;
    assert_eq!(patient.iter().map(|lease| lease.case.task.id).collect::<Vec<_>>(), [ids.1]);
    assert_eq!(patient[0].case.request.routes.len(), 2, "its routes come with it");
    let busy = world.claim(1, T0).await;
    assert_eq!(busy.iter().map(|lease| lease.case.task.id).collect::<Vec<_>>(), [ids.0]);
}

#[tokio::test]
async fn a_dead_nodes_tasks_come_back_once_and_nothing_it_decided_counts() {
    let world = World::new();
    for _ in 0..3 {
        world.store.create(world.task(10)).await.unwrap();
    }
    world.store.join(1, "serve", T0).await.unwrap();
    let mut held = world.claim(1, T0).await;
    for lease in &mut held {
        world.begin(lease, 1, STUDIO).await;
    }
    let later = T0.after(15_001);
    world.store.join(2, "serve", later).await.unwrap();
    world.store.join(3, "serve", later).await.unwrap();
    let mut taken = world.claim(2, later).await;
    assert_eq!(taken.iter().map(|lease| lease.taken_over).collect::<Vec<_>>(), [true; 3]);
    assert_eq!(world.claim(3, later).await.len(), 0);

    // The dead one wakes up: its heart may beat again, its leases are gone for good.
    world.store.beat(1, later).await.unwrap();
    for lease in &mut held {
        assert!(matches!(world.apply(lease, 1, made()).await, Err(StoreError::Fenced)));
        let given_back = world.store.give_back(lease.seq, lease.version, later).await;
        assert!(matches!(given_back, Err(StoreError::Fenced)));
    }
    for lease in &mut taken {
        world.apply(lease, 2, Event::Interrupted { attempt: 1 }).await.unwrap();
    }
    world.assert_ledger_holds();
}

#[tokio::test]
async fn that_a_node_died_is_told_until_something_is_reported_and_not_afterwards() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut dead = world.claim(1, T0).await.remove(0);
    world.begin(&mut dead, 1, STUDIO).await;
    let later = T0.after(15_001);
    world.store.join(2, "serve", later).await.unwrap();
    let lease = world.claim(2, later).await.remove(0);
    world.store.give_back(lease.seq, lease.version, later).await.unwrap();
    let mut again = world.claim(2, later).await.remove(0);
    assert!(again.taken_over, "nobody has reported it yet");
    world.apply(&mut again, 2, Event::Interrupted { attempt: 1 }).await.unwrap();
    world.store.leave(2).await.unwrap();
    world.store.join(3, "serve", later).await.unwrap();
    assert!(!world.claim(3, later).await.remove(0).taken_over);
}

#[tokio::test]
async fn a_new_server_looks_at_once_at_what_its_predecessor_put_off() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut leases = world.claim(1, T0).await;
    for lease in &mut leases {
        world.begin(lease, 1, STUDIO).await;
        world.apply(lease, 1, Event::StillRunning { look_again: T0.after(80_000_000) }).await.unwrap();
    }
    // One is put off and free, the other one is put off and still held by the process that crashed.
    world.store.give_back(leases[0].seq, leases[0].version, T0.after(80_000_000)).await.unwrap();
    let now = T0.after(10);
    world.store.leave_role("serve", now).await.unwrap();
    world.store.join(2, "serve", now).await.unwrap();
    let found: Vec<_> = world.claim(2, now).await.iter().map(|lease| (lease.seq, lease.taken_over)).collect();
    assert_eq!(found, [(leases[0].seq, false), (leases[1].seq, true)]);
}

#[tokio::test]
async fn a_new_server_takes_nothing_from_other_roles_that_live() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "generate", T0).await.unwrap();
    let mut lease = world.claim(1, T0).await.remove(0);
    world.store.leave_role("serve", T0.after(10)).await.unwrap();
    world.begin(&mut lease, 1, STUDIO).await;
}

#[tokio::test]
async fn a_wish_to_cancel_wakes_a_task_that_waits_far_ahead() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut lease = world.claim(1, T0).await.remove(0);
    world.begin(&mut lease, 1, STUDIO).await;
    world.apply(&mut lease, 1, Event::StillRunning { look_again: T0.after(80_000_000) }).await.unwrap();
    world.store.leave(1).await.unwrap();
    world.store.join(2, "serve", T0).await.unwrap();
    assert_eq!(world.claim(2, T0.after(10)).await.len(), 0);
    world.store.cancel(lease.case.task.id, T0.after(10)).await.unwrap();
    assert!(world.claim(2, T0.after(10)).await.remove(0).case.task.cancel_wished);
}
