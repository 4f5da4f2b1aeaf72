//! What is on disk after a reply.

use filmgate_domain::credits::Credits;
use filmgate_store::{Store, TaskFilter};

use crate::world::World;

#[tokio::test]
async fn an_accepted_task_is_there_in_a_copy_of_the_files_taken_right_after_the_reply() {
    // Copying database and log while the store is open is what a power cut leaves behind, minus what was not synced.
    let world = World::new();
    let new = world.task(30);
    let id = new.task.id;
    world.store.create(new).await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    for file in ["filmgate.sqlite3", "filmgate.sqlite3-wal"] {
        std::fs::copy(world.folder.path().join(file), copy.path().join(file)).unwrap();
    }
    let restored = Store::open(copy.path()).unwrap();
    assert_eq!(restored.record(id).unwrap().unwrap().task.price, Credits::whole(30));
    assert_eq!(restored.balances().unwrap()[0].held, Credits::whole(30));
}

#[tokio::test]
async fn tasks_are_listed_newest_first_and_by_phase() {
    let world = World::new();
    let news: Vec<_> = (0..3).map(|_| world.task(10)).collect();
    let ids: Vec<_> = news.iter().map(|new| new.task.id).collect();
    for new in news {
        world.store.create(new).await.unwrap();
    }
    world.store.cancel(ids[1], crate::world::T0).await.unwrap();
    let list = |phase: Option<&str>, limit| {
        let filter = TaskFilter { account: None, phase: phase.map(str::to_owned), limit };
        world.store.records(&filter).unwrap().iter().map(|record| record.task.id).collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10), [ids[2], ids[1], ids[0]]);
    assert_eq!(list(None, 1), [ids[2]]);
    assert_eq!(list(Some("queued"), 10), [ids[2], ids[0]]);
    assert_eq!(list(Some("cancelled"), 10), [ids[1]]);
    let filter = TaskFilter { phase: Some("nonsense".into()), ..TaskFilter::default() };
    assert!(world.store.records(&filter).is_err());
}

#[tokio::test]
async fn entries_can_neither_be_changed_nor_removed() {
    let world = World::new();
    world.store.create(world.task(30)).await.unwrap();
    let connection = rusqlite::Connection::open(world.folder.path().join("filmgate.sqlite3")).unwrap();
    for statement in ["UPDATE entries SET amount = 1", "DELETE FROM entries"] {
        let error = connection.execute_batch(statement).unwrap_err().to_string();
        assert!(error.contains("entries are never"), "{error}");
    }
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_meddled_balance_is_found_by_the_auditor() {
    let world = World::new();
    world.store.create(world.task(30)).await.unwrap();
    let connection = rusqlite::Connection::open(world.folder.path().join("filmgate.sqlite3")).unwrap();
    connection.execute_batch("UPDATE accounts SET available = available + 1").unwrap();
    let found = filmgate_domain::audit::violations(&world.store.facts().unwrap());
    assert_eq!(found, ["account ada: available is 70.001, its entries say 70"]);
}
