//! Leases and fences: one worker decides, evidence is always kept.

use filmgate_domain::step::Event;
use filmgate_domain::task::Phase;
use filmgate_store::{Claim, StoreError};

use crate::world::{T0, World};

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
    world.apply(&mut dead, 1, Event::Started).await.unwrap();

    let later = T0.after(15_001);
    world.store.join(2, "serve", later).await.unwrap();
    let mut taken = world.claim(2, later).await.remove(0);
    assert!(taken.taken_over && taken.task.phase == Phase::Running);

    let late = world.apply(&mut dead, 1, Event::Made { part: "x".into() }).await;
    assert!(matches!(late, Err(StoreError::Fenced)));
    world.store.evidence(dead.seq, 1, "made x".into(), later).await.unwrap();
    world.apply(&mut taken, 2, Event::Interrupted).await.unwrap();
    assert_eq!(world.store.record(taken.task.id).unwrap().unwrap().task.phase, Phase::Queued);
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
    world.apply(&mut lease, 1, Event::Started).await.unwrap();
    world.store.leave(1).await.unwrap();
    world.store.join(2, "serve", T0).await.unwrap();
    let again = world.claim(2, T0.after(10)).await.remove(0);
    assert!(!again.taken_over, "this is no crash and does not count as one");
    assert!(matches!(
        world.apply(&mut lease, 1, Event::Made { part: "x".into() }).await,
        Err(StoreError::Fenced)
    ));
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
    let claim = Claim { node: 1, now: T0, alive_since: T0.after(-1), only: Some(only), limit: 10 };
    let leased = world.store.claim(claim).await.unwrap();
    assert_eq!(leased.iter().map(|lease| lease.task.id).collect::<Vec<_>>(), [only]);
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
    let connection = rusqlite::Connection::open(world.folder.path().join("filmgate.sqlite3")).unwrap();
    connection.execute_batch("UPDATE tasks SET detail = 'nonsense', due_ms = 0 WHERE seq = 1").unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let claim = Claim { node: 1, now: T0, alive_since: T0.after(-1), only: None, limit: 1 };
    assert_eq!(world.store.claim(claim).await.unwrap().len(), 0);
    assert_eq!(world.store.claim(claim).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_wish_to_cancel_wakes_a_task_that_waits_far_ahead() {
    let world = World::new();
    world.store.create(world.task(10)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut lease = world.claim(1, T0).await.remove(0);
    world.apply(&mut lease, 1, Event::Started).await.unwrap();
    world.apply(&mut lease, 1, Event::StillRunning { look_again: T0.after(80_000_000) }).await.unwrap();
    world.store.leave(1).await.unwrap();
    world.store.join(2, "serve", T0).await.unwrap();
    assert_eq!(world.claim(2, T0.after(10)).await.len(), 0);
    world.store.cancel(lease.task.id, T0.after(10)).await.unwrap();
    assert!(world.claim(2, T0.after(10)).await.remove(0).task.cancel_wished);
}
