//! Deliveries: who is told, in which transaction, by whom, and who is passed over.

use filmgate_domain::delivery::{DeliveryId, Event, KEPT_MS, OVERLAP_MS, Verdict};
use filmgate_domain::request::Request;
use filmgate_domain::step;
use filmgate_domain::time::Timestamp;
use filmgate_store::{
    Claimed, DeliveryClaim, DeliveryState, EndpointChange, LeasedDelivery, NewEndpoint, NewTask, StoreError,
    Try,
};

use crate::world::{T0, World, film, request};

const ENDED: Timestamp = Timestamp(T0.0 + 5);
const CLAIM: DeliveryClaim = DeliveryClaim {
    node: 1,
    now: ENDED,
    alive_since: T0,
    limit: 100,
    per_host: 4,
    per_host_in_all: 16,
    per_account: 16,
    from: None,
};
const CALLBACK: &str = "https://Client.example/cb";

fn told(world: &World, callback: Option<&str>) -> NewTask {
    let task = world.task(1);
    let asked = Request { callback_url: callback.map(str::to_owned), ..request(&["studio"]) };
    NewTask { request: serde_json::to_string(&asked).unwrap(), ..task }
}

/// Creates a task and takes it to its film.
async fn delivered(world: &World, callback: Option<&str>, number: u8) -> filmgate_domain::id::TaskId {
    let new = told(world, callback);
    let id = new.task.id;
    world.store.create(new).await.unwrap();
    let mut lease = world.claim(1, T0).await.remove(0);
    assert_eq!(lease.case.task.id, id);
    world.finish(&mut lease, 1, film(number)).await;
    id
}

async fn claim(world: &World, node: i64, now: Timestamp) -> Claimed {
    claim_of(world, node, now, (4, 16)).await
}

async fn claim_of(
    world: &World,
    node: i64,
    now: Timestamp,
    (per_host, per_account): (usize, usize),
) -> Claimed {
    let claim = DeliveryClaim { node, now, alive_since: now.after(-15_000), per_host, per_account, ..CLAIM };
    world.store.claim_deliveries(claim).await.unwrap()
}

fn answered(status: u16) -> Try {
    Try { at: ENDED, took_ms: 12, status: Some(status), fault: None }
}

async fn subscribe(world: &World, account: i64, id: &str, events: &[Event]) -> i64 {
    let new = NewEndpoint {
        id: id.into(),
        account,
        name: "mine".into(),
        url: format!("https://{id}.example/"),
        events: events.to_vec(),
        secret: "whsec_a".into(),
    };
    world.store.create_endpoint(new, T0).await.unwrap().number
}

#[tokio::test]
async fn an_end_is_told_to_its_callback_and_to_the_endpoints_of_its_account_only() {
    let world = World::new();
    let account = world.store.create(told(&world, None)).await.unwrap().account;
    let mut first = world.claim(1, T0).await.remove(0);
    let all = subscribe(&world, account, "all", &Event::ALL).await;
    subscribe(&world, account, "failures", &[Event::Failed]).await;
    subscribe(&world, account + 1, "stranger", &Event::ALL).await;
    assert_eq!(claim(&world, 1, ENDED).await.leased, [], "nothing has ended");
    world.finish(&mut first, 1, film(1)).await;
    let second = delivered(&world, Some(CALLBACK), 2).await;
    let leased = claim(&world, 1, ENDED).await.leased;
    let first = first.case.task.id;
    let seen: Vec<_> = leased.iter().map(|lease| (lease.id, lease.url.as_str())).collect();
    let id = |task, endpoint| DeliveryId { task, event: Event::Completed, endpoint };
    assert_eq!(
        seen,
        [
            (id(first, all), "https://all.example/"),
            (id(second, all), "https://all.example/"),
            (id(second, 0), CALLBACK)
        ]
    );
}

#[tokio::test]
async fn a_cancel_is_told_in_its_own_transaction() {
    let world = World::new();
    let new = told(&world, Some(CALLBACK));
    let id = new.task.id;
    world.store.create(new).await.unwrap();
    world.store.cancel(id, ENDED).await.unwrap();
    world.store.cancel(id, ENDED.after(9)).await.unwrap();
    let lines = world.store.deliveries_of(id).unwrap();
    assert_eq!(lines.len(), 1, "once, however often it is cancelled");
    assert_eq!((lines[0].id.event, lines[0].created), (Event::Failed, ENDED));
}

#[tokio::test]
async fn a_step_that_is_fenced_tells_nobody() {
    let world = World::new();
    world.store.create(told(&world, Some(CALLBACK))).await.unwrap();
    let lease = world.claim(1, T0).await.remove(0);
    let step = step::step(&lease.case, &step::Event::CancelWished, ENDED).unwrap();
    assert!(step.announced.is_some());
    let mut stale = lease.clone();
    stale.version -= 1;
    assert!(matches!(world.commit(&mut stale, None, step).await, Err(StoreError::Fenced)));
    assert_eq!(world.store.deliveries(10).unwrap(), []);
}

#[tokio::test]
async fn a_full_host_is_passed_over_and_so_is_an_account_with_many_hosts() {
    let world = World::new();
    for number in 0..3 {
        delivered(&world, Some("https://dead.example/x"), number).await;
    }
    delivered(&world, Some("https://DEAD.example/y"), 3).await;
    let living = delivered(&world, Some("https://living.example/"), 4).await;
    world.store.join(1, "serve", ENDED).await.unwrap();
    let leased = claim_of(&world, 1, ENDED, (2, 16)).await.leased;
    assert_eq!(leased.len(), 3);
    assert_eq!(leased[2].id.task, living, "the living one comes past those that wait for the dead one");
    assert_eq!(claim_of(&world, 2, ENDED, (2, 16)).await.leased, [], "the share is that of all nodes");
    assert!(world.store.tried(&leased[0], answered(200), Verdict::Delivered, ENDED).await.unwrap());
    assert_eq!(claim_of(&world, 1, ENDED, (2, 2)).await.leased, [], "two of the account are under way");
    assert_eq!(claim_of(&world, 1, ENDED, (2, 3)).await.leased.len(), 1);
}

/// Writes deliveries that are due at `due` plus 0, 1, 2 …
fn waiting(world: &World, (account, host): (i64, &str), (first_task, count): (i64, i64)) {
    let insert = "INSERT INTO deliveries (task, event, endpoint, account, url, host, due_ms, created_ms) \
                  WITH RECURSIVE n(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM n WHERE x + 1 < ?5) \
                  SELECT ?1 + x, 0, 0, ?2, 'https://' || ?3, ?3, ?4 + x, ?4 FROM n";
    world.sql().execute(insert, rusqlite::params![first_task, account, host, T0.0, count]).unwrap();
}

#[tokio::test]
async fn who_shares_a_host_has_places_of_his_own_there() {
    for (accounts, expected) in [(1, 4), (2, 8), (6, 16)] {
        let world = World::new();
        delivered(&world, None, 1).await;
        for account in 1..=accounts {
            waiting(&world, (account, "shared.example"), (account * 1_000, 9));
        }
        // Their tasks are made up, so all are of the one that there is.
        world.sql().execute_batch("DROP INDEX deliveries_once; UPDATE deliveries SET task = 1").unwrap();
        assert_eq!(claim(&world, 1, ENDED.after(100)).await.leased.len(), expected, "{accounts}");
    }
}

#[tokio::test]
async fn a_long_queue_for_a_full_host_is_looked_at_in_parts_and_to_its_end() {
    let world = World::new();
    delivered(&world, None, 1).await;
    waiting(&world, (7, "dead.example"), (1_000, 2_500));
    let living = delivered(&world, Some("https://living.example/"), 2).await;
    let now = T0.after(10_000);
    world
        .sql()
        .execute_batch(&format!("UPDATE deliveries SET due_ms = {} WHERE account <> 7", now.0))
        .unwrap();
    let (mut from, mut looks, mut leased) = (None, 0, vec![]);
    loop {
        let claim = DeliveryClaim { now, per_host: 0, ..CLAIM };
        let claim = if looks < 2 { claim } else { DeliveryClaim { per_host: 1, ..claim } };
        let claimed = world.store.claim_deliveries(DeliveryClaim { from, ..claim }).await.unwrap();
        (from, looks) = (claimed.look_on, looks + 1);
        leased.extend(claimed.leased);
        if from.is_none() {
            break;
        }
    }
    assert_eq!((looks, leased.iter().map(|lease| lease.id.task).collect::<Vec<_>>()), (3, vec![living]));
}

#[tokio::test]
async fn a_try_is_kept_and_the_next_one_waits_for_its_time() {
    let world = World::new();
    let id = delivered(&world, Some(CALLBACK), 1).await;
    let lease = claim(&world, 1, ENDED).await.leased.remove(0);
    let again = ENDED.after(5_000);
    let fault = Try { at: ENDED, took_ms: 3, status: None, fault: Some("no answer in time".into()) };
    assert!(world.store.tried(&lease, fault.clone(), Verdict::Again(again), ENDED).await.unwrap());
    let early = claim(&world, 1, again.after(-1)).await;
    assert_eq!((early.leased.len(), early.next_due), (0, Some(again)));
    let lease = claim(&world, 1, again).await.leased.remove(0);
    assert_eq!((lease.tries, lease.began), (1, Some(ENDED)));
    world.store.tried(&lease, answered(204), Verdict::Delivered, again).await.unwrap();
    let line = world.store.deliveries_of(id).unwrap().remove(0);
    assert_eq!((line.state, line.due, line.ended), (DeliveryState::Delivered, None, Some(again)));
    assert_eq!(line.tries, [fault, answered(204)]);
    assert_eq!(claim(&world, 1, again.after(1 << 40)).await.leased, [], "it rests");
}

#[tokio::test]
async fn what_a_dead_node_was_delivering_is_taken_over_and_its_verdict_is_void() {
    let world = World::new();
    delivered(&world, Some(CALLBACK), 1).await;
    world.store.join(1, "serve", ENDED).await.unwrap();
    let lost: LeasedDelivery = claim(&world, 1, ENDED).await.leased.remove(0);
    world.store.join(2, "serve", ENDED).await.unwrap();
    assert_eq!(claim(&world, 2, ENDED.after(10_000)).await.leased, [], "it lives");
    world.store.beat(2, ENDED.after(20_000)).await.unwrap();
    let taken = claim(&world, 2, ENDED.after(20_000)).await.leased.remove(0);
    assert_eq!((taken.id, taken.number), (lost.id, lost.number));
    assert!(!world.store.tried(&lost, answered(500), Verdict::GivenUp, ENDED).await.unwrap());
    assert!(world.store.tried(&taken, answered(200), Verdict::Delivered, ENDED).await.unwrap());
    let line = world.store.deliveries(1).unwrap().remove(0);
    assert_eq!((line.state, line.tries.len()), (DeliveryState::Delivered, 2), "evidence is kept");
}

#[tokio::test]
async fn a_node_that_leaves_and_a_server_that_starts_give_deliveries_back() {
    let world = World::new();
    delivered(&world, Some(CALLBACK), 1).await;
    world.store.join(1, "serve", ENDED).await.unwrap();
    assert_eq!(claim(&world, 1, ENDED).await.leased.len(), 1);
    world.store.leave(1).await.unwrap();
    world.store.join(2, "serve", ENDED).await.unwrap();
    assert_eq!(claim(&world, 2, ENDED).await.leased.len(), 1);
    world.store.leave_role("serve", ENDED).await.unwrap();
    assert_eq!(claim(&world, 3, ENDED).await.leased.len(), 1);
}

#[tokio::test]
async fn a_replay_makes_it_due_again_and_voids_a_verdict_under_way() {
    let world = World::new();
    let task = delivered(&world, Some(CALLBACK), 1).await;
    let lease = claim(&world, 1, ENDED).await.leased.remove(0);
    world.store.tried(&lease, answered(410), Verdict::GivenUp, ENDED).await.unwrap();
    let id = DeliveryId { task, event: Event::Completed, endpoint: 0 };
    assert!(world.store.replay(id, ENDED.after(7)).await.unwrap());
    let again = claim(&world, 1, ENDED.after(7)).await.leased.remove(0);
    assert_eq!((again.id, again.tries, again.began), (id, 0, None), "the pauses begin anew");
    assert!(world.store.replay(id, ENDED.after(8)).await.unwrap());
    assert!(!world.store.tried(&again, answered(200), Verdict::Delivered, ENDED).await.unwrap());
    assert_eq!(world.store.deliveries(1).unwrap()[0].state, DeliveryState::Waiting);
    assert!(!world.store.replay(DeliveryId { event: Event::Late, ..id }, ENDED).await.unwrap());
}

#[tokio::test]
async fn an_endpoint_is_its_owners_and_moves_with_what_waits_for_it() {
    let world = World::new();
    let account = world.store.create(told(&world, None)).await.unwrap().account;
    let mut lease = world.claim(1, T0).await.remove(0);
    let number = subscribe(&world, account, "we_1", &[Event::Completed]).await;
    world.finish(&mut lease, 1, film(1)).await;
    assert_eq!(world.store.endpoint_by_id(account + 1, "we_1").unwrap(), None);
    let stranger = world.store.change_endpoint(account + 1, "we_1".into(), EndpointChange::default(), ENDED);
    assert_eq!(stranger.await.unwrap(), None);
    assert!(!world.store.delete_endpoint(account + 1, "we_1".into(), ENDED).await.unwrap());

    let url = Some("https://new.example/".to_owned());
    let change = EndpointChange { url, secret: Some(("whsec_b".into(), true)), ..EndpointChange::default() };
    let changed = world.store.change_endpoint(account, "we_1".into(), change, ENDED).await.unwrap().unwrap();
    assert_eq!((changed.name.as_str(), changed.updated), ("mine", Some(ENDED)));
    assert_eq!(changed.secrets.live(ENDED), ["whsec_b", "whsec_a"]);
    assert_eq!(changed.secrets.live(ENDED.after(OVERLAP_MS)), ["whsec_b"]);
    assert_eq!(claim(&world, 1, ENDED).await.leased[0].url, "https://new.example/");

    assert!(world.store.delete_endpoint(account, "we_1".into(), ENDED).await.unwrap());
    assert_eq!(
        (world.store.endpoint(number).unwrap(), world.store.endpoints(account).unwrap()),
        (None, vec![])
    );
}

#[tokio::test]
async fn a_replay_goes_to_where_its_endpoint_is_now() {
    let world = World::new();
    let account = world.store.create(told(&world, None)).await.unwrap().account;
    let mut lease = world.claim(1, T0).await.remove(0);
    let endpoint = subscribe(&world, account, "we_1", &[Event::Completed]).await;
    world.finish(&mut lease, 1, film(1)).await;
    let old = claim(&world, 1, ENDED).await.leased.remove(0);
    world.store.tried(&old, answered(410), Verdict::GivenUp, ENDED).await.unwrap();
    let url = Some("https://new.example/".to_owned());
    let change = EndpointChange { url, ..EndpointChange::default() };
    world.store.change_endpoint(account, "we_1".into(), change, ENDED).await.unwrap();
    let id = DeliveryId { task: lease.case.task.id, event: Event::Completed, endpoint };
    assert!(world.store.replay(id, ENDED).await.unwrap());
    assert_eq!(claim(&world, 1, ENDED).await.leased[0].url, "https://new.example/");
    let host: String = world.sql().query_row("SELECT host FROM deliveries", [], |row| row.get(0)).unwrap();
    assert_eq!(host, "new.example");
}

#[tokio::test]
async fn a_secret_is_replaced_with_an_overlap() {
    let world = World::new();
    assert_eq!(world.store.secrets(1).unwrap(), None);
    world.store.rotate_secret(1, "a".into(), true, T0).await.unwrap();
    assert_eq!(world.store.secrets(1).unwrap().unwrap().live(T0), ["a"]);
    world.store.rotate_secret(1, "b".into(), true, T0).await.unwrap();
    assert_eq!(world.store.secrets(1).unwrap().unwrap().live(T0), ["b", "a"]);
    assert_eq!(world.store.secrets(2).unwrap(), None);
}

#[tokio::test]
async fn an_account_has_so_many_endpoints_and_no_more() {
    let world = World::new();
    for number in 0..50 {
        subscribe(&world, 1, &format!("we_{number}"), &[Event::Failed]).await;
    }
    let new = NewEndpoint {
        id: "one too many".into(),
        account: 1,
        name: "x".into(),
        url: "https://x.example/".into(),
        events: vec![],
        secret: "s".into(),
    };
    assert!(matches!(world.store.create_endpoint(new, T0).await, Err(StoreError::Name(_))));
}

#[tokio::test]
async fn a_delivery_whose_task_is_gone_stands_in_nobodys_way() {
    let world = World::new();
    delivered(&world, Some(CALLBACK), 1).await;
    let kept = delivered(&world, Some(CALLBACK), 2).await;
    world.sql().execute_batch("DELETE FROM tasks WHERE seq = 1").unwrap();
    let leased = claim(&world, 1, ENDED).await.leased;
    assert_eq!(leased.iter().map(|lease| lease.id.task).collect::<Vec<_>>(), [kept]);
    assert_eq!(claim(&world, 1, ENDED.after(1 << 40)).await.leased, [], "it is given up");
}

/// Walks to the end, and says in how many transactions.
async fn forget(world: &World, ended_by: Timestamp) -> usize {
    let (mut next, mut steps) = (Some(0), 0);
    while let Some(after) = next {
        next = world.store.forget_deliveries(ended_by, after).await.unwrap();
        steps += 1;
    }
    steps
}

#[tokio::test]
async fn what_ended_long_ago_is_forgotten_with_its_tries_and_what_is_open_stays() {
    let world = World::new();
    let mut ids = vec![];
    for number in 1..=4 {
        ids.push(delivered(&world, Some(CALLBACK), number).await);
    }
    let young = ENDED.after(KEPT_MS);
    let age = "UPDATE deliveries SET created_ms = ?1 WHERE number = (SELECT MAX(number) FROM deliveries)";
    world.sql().execute(age, [young.0]).unwrap();
    let leased = claim(&world, 1, ENDED).await.leased;
    for (lease, ended) in leased.iter().zip([ENDED, ENDED.after(1)]) {
        assert!(world.store.tried(lease, answered(200), Verdict::Delivered, ended).await.unwrap());
    }
    assert!(world.store.tried(&leased[3], answered(200), Verdict::Delivered, ENDED).await.unwrap());
    let is_there = || ids.iter().map(|id| world.store.deliveries_of(*id).unwrap().len()).collect::<Vec<_>>();
    forget(&world, ENDED.after(-1)).await;
    assert_eq!(is_there(), [1, 1, 1, 1], "none of them ended so long ago");
    forget(&world, ENDED).await;
    assert_eq!(is_there(), [0, 1, 1, 1], "one ended later, one is open, one is young itself");
    let orphans = "SELECT COUNT(*) FROM delivery_tries WHERE delivery NOT IN (SELECT number FROM deliveries)";
    let count: i64 = world.sql().query_row(orphans, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 0);
}

#[tokio::test]
async fn forgetting_many_takes_many_short_steps() {
    let world = World::new();
    waiting(&world, (1, "a.example"), (1, 1_200));
    world
        .sql()
        .execute_batch("UPDATE deliveries SET state = 1, due_ms = NULL, ended_ms = created_ms")
        .unwrap();
    assert_eq!(forget(&world, ENDED).await, 4, "500, 500, 200, and nothing");
    let left: i64 = world.sql().query_row("SELECT COUNT(*) FROM deliveries", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}
