//! Names under which an account asks for a task once, the account's own list, and what it deletes.

use filmgate_domain::credits::Credits;
use filmgate_store::{CreateError, NewTask, Once, TaskPage};

use crate::world::{T0, World};

fn named(world: &World, name: &str, asked: u8) -> NewTask {
    let once = Some(Once { name: name.into(), fingerprint: [asked; 32] });
    NewTask { once, ..world.task(30) }
}

#[tokio::test]
async fn the_same_name_finds_the_same_task_and_pays_once() {
    let world = World::new();
    let first = named(&world, "key:a", 1);
    let id = first.task.id;
    let created = world.store.create(first).await.unwrap();
    assert_eq!(created.known, None);
    let again = world.store.create(named(&world, "key:a", 1)).await.unwrap();
    assert_eq!((again.known, again.seq), (Some(id), created.seq));
    assert_eq!(world.store.balances().unwrap()[0].held, Credits::whole(30));
    assert_eq!(world.store.once(created.account, "key:a").unwrap(), Some((id, [1; 32])));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn the_same_name_for_another_request_is_refused_and_costs_nothing() {
    let world = World::new();
    world.store.create(named(&world, "key:a", 1)).await.unwrap();
    let other = world.store.create(named(&world, "key:a", 2)).await;
    assert!(matches!(other, Err(CreateError::NameTaken)), "{other:?}");
    assert_eq!(world.store.balances().unwrap()[0].held, Credits::whole(30));
    world.assert_ledger_holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_creates_of_one_name_at_once_are_one_task_and_one_hold() {
    let world = World::new();
    let creates: Vec<_> = (0..50)
        .map(|_| {
            let (store, new) = (world.store.clone(), named(&world, "key:a", 1));
            tokio::spawn(async move { store.create(new).await })
        })
        .collect();
    let mut seqs = Vec::new();
    for create in creates {
        seqs.push(create.await.unwrap().unwrap().seq);
    }
    seqs.dedup();
    assert_eq!(seqs.len(), 1);
    assert_eq!(world.store.balances().unwrap()[0].held, Credits::whole(30));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_create_that_nobody_can_pay_takes_no_name() {
    let world = World::new();
    let dear = NewTask { once: named(&world, "key:a", 1).once, ..world.task(1_000_000) };
    assert!(matches!(world.store.create(dear).await, Err(CreateError::Insufficient { .. })));
    assert_eq!(world.store.create(named(&world, "key:a", 2)).await.unwrap().known, None);
}

#[tokio::test]
async fn an_accounts_list_goes_on_after_any_task_in_both_directions_and_leaves_out_what_was_deleted() {
    let world = World::new();
    let mut seqs = Vec::new();
    let mut account = 0;
    for _ in 0..5 {
        let created = world.store.create(world.task(1)).await.unwrap();
        seqs.push(created.seq);
        account = created.account;
    }
    let list = |after, is_ascending, limit| {
        let page = world.store.page(TaskPage { account, after, is_ascending, limit }).unwrap();
        page.iter().map(|record| record.seq).collect::<Vec<_>>()
    };
    assert_eq!(list(None, false, 2), [seqs[4], seqs[3]]);
    assert_eq!(list(Some(seqs[3]), false, 9), [seqs[2], seqs[1], seqs[0]]);
    assert_eq!(list(Some(seqs[2]), true, 9), [seqs[3], seqs[4]]);
    world.store.delete(seqs[3], T0).await.unwrap();
    assert_eq!(list(None, false, 2), [seqs[4], seqs[2]]);
    let other = TaskPage { account: account + 1, after: None, is_ascending: false, limit: 9 };
    assert!(world.store.page(other).unwrap().is_empty());
}
