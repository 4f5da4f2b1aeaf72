//! Credits: held once, resolved once, never spent twice.

use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::{Entry, Kind};
use filmgate_domain::route::STUDIO;
use filmgate_domain::step::{Event, Step};
use filmgate_domain::task::{Phase, Task};
use filmgate_store::{CreateError, KeyLimits, NewTask, Payer, StoreError};

use crate::world::{T0, World, film};

#[tokio::test(flavor = "multi_thread")]
async fn two_simultaneous_creates_never_spend_the_same_credit() {
    // 100 credits, 50 creates of 30 at once from many threads: exactly three are accepted, in any order.
    let world = World::new();
    let creates: Vec<_> = (0..50)
        .map(|_| {
            let (store, new) = (world.store.clone(), world.task(30));
            tokio::spawn(async move { store.create(new).await })
        })
        .collect();
    let mut accepted = 0;
    for create in creates {
        match create.await.unwrap() {
            Ok(_) => accepted += 1,
            Err(CreateError::Insufficient { available }) => assert!(available < Credits::whole(30)),
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(accepted, 3);
    let balance = world.store.balances().unwrap().remove(0);
    assert_eq!((balance.available, balance.held), (Credits::whole(10), Credits::whole(90)));
    world.assert_ledger_holds();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_never_spend_the_same_credit() {
    // A second store on the same file stands for a second process.
    let world = World::new();
    let other = std::sync::Arc::new(filmgate_store::Store::open(world.folder.path()).unwrap());
    let creates: Vec<_> = (0..40)
        .map(|number| {
            let store = if number % 2 == 0 { world.store.clone() } else { other.clone() };
            let new = world.task(30);
            tokio::spawn(async move { store.create(new).await.is_ok() })
        })
        .collect();
    let mut accepted = 0;
    for create in creates {
        accepted += u32::from(create.await.unwrap());
    }
    assert_eq!(accepted, 3);
    world.assert_ledger_holds();
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_what_fits_after_it_is_not() {
    let world = World::new();
    let prices = [60, 60, 30, 30, 10];
    let news: Vec<_> = prices.iter().map(|price| world.task(*price)).collect();
    // Joined, so that they may share one group; in a group they are admitted in the order of their arrival.
    let (a, b, c, d, e) = {
        let mut news = news.into_iter();
        let mut next = || world.store.create(news.next().unwrap());
        tokio::join!(next(), next(), next(), next(), next())
    };
    assert!(a.is_ok() && b.is_err() && c.is_ok() && d.is_err() && e.is_ok());
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_refused_create_leaves_nothing_behind() {
    let world = World::new();
    let new = world.task(101);
    let id = new.task.id;
    assert!(
        matches!(world.store.create(new).await, Err(CreateError::Insufficient { available }) if available == Credits::whole(100))
    );
    assert!(world.store.record(id).unwrap().is_none());
    assert_eq!(world.store.balances().unwrap()[0].available, Credits::whole(100));
}

#[tokio::test]
async fn a_sandbox_gets_its_first_credits_once() {
    let world = World::new();
    for _ in 0..3 {
        world.store.sandbox("ada".into(), Credits::whole(100), T0).await.unwrap();
    }
    assert_eq!(world.store.balances().unwrap()[0].available, Credits::whole(100));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_local_task_is_granted_just_what_it_holds() {
    let world = World::new();
    let mut new = world.task(30);
    new.payer = Payer::Local { name: "local".into() };
    world.store.create(new).await.unwrap();
    let balance = world.store.balances().unwrap().remove(0);
    assert_eq!(
        (balance.name.as_str(), balance.available, balance.held),
        ("local", Credits::ZERO, Credits::whole(30))
    );
    let kinds: Vec<_> =
        world.store.history(balance.number, None, 10).unwrap().iter().map(|line| line.kind).collect();
    assert_eq!(kinds.len(), 2);
    assert!(kinds.contains(&Kind::Grant) && kinds.contains(&Kind::Hold));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_film_captures_its_hold_and_a_failure_releases_it() {
    let world = World::new();
    for _ in 0..2 {
        world.store.create(world.task(30)).await.unwrap();
    }
    world.store.join(1, "serve", T0).await.unwrap();
    let mut leases = world.claim(1, T0).await;
    assert_eq!(leases.len(), 2);
    let (mut first, mut second) = (leases.remove(0), leases.remove(0));
    world.finish(&mut first, 1, film(7)).await;
    let failure = filmgate_domain::task::Failure { code: "501".into(), text: "no".into() };
    world.begin(&mut second, 1, STUDIO).await;
    let faulted = Event::Faulted { attempt: 1, failure: failure.clone(), cost: None };
    world.apply(&mut second, 1, faulted).await.unwrap();

    let balance = world.store.balances().unwrap().remove(0);
    assert_eq!(balance.available, Credits::whole(70));
    assert_eq!((balance.held, balance.spent), (Credits::ZERO, Credits::whole(30)));
    let record = world.store.record(first.case.task.id).unwrap().unwrap();
    assert_eq!((record.task.phase, record.film), (Phase::Succeeded, Some(film(7))));
    let record = world.store.record(second.case.task.id).unwrap().unwrap();
    assert_eq!((record.task.phase, record.film), (Phase::Failed(failure), None));
    assert_eq!(world.store.film([7; 16]).unwrap(), Some(film(7)));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn nothing_is_captured_without_a_film() {
    let world = World::new();
    world.store.create(world.task(30)).await.unwrap();
    let mut lease = world.claim(1, T0).await.remove(0);
    let task = Task { phase: Phase::Succeeded, due: None, finished: Some(T0), ..lease.case.task.clone() };
    let entries = vec![Entry::capture(task.account, task.price)];
    let step = Step { task, attempt: None, entries, film: None, announced: None };
    let refused = world.commit(&mut lease, None, step).await;
    assert!(matches!(refused, Err(StoreError::Inconsistent { .. })), "{refused:?}");
    assert_eq!(world.store.record(lease.case.task.id).unwrap().unwrap().task.phase, Phase::Queued);
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_key_opens_its_account_until_it_is_revoked() {
    let world = World::new();
    world.store.create_key("k1".into(), [9; 32], ("team".into(), KeyLimits::default()), T0).await.unwrap();
    assert!(world.store.has_keys().unwrap());
    let account = world.store.account_number("team").unwrap().unwrap();
    assert_eq!(world.store.live_key("k1", &[9; 32]).unwrap().map(|key| key.account), Some(account));
    assert_eq!(world.store.live_key("k1", &[8; 32]).unwrap(), None);
    assert_eq!(world.store.live_key("k2", &[0; 32]).unwrap(), None);
    assert!(world.store.revoke_key("k1".into(), T0).await.unwrap());
    assert!(!world.store.revoke_key("k1".into(), T0).await.unwrap());
    assert_eq!(world.store.live_key("k1", &[9; 32]).unwrap(), None);
    assert!(!world.store.has_keys().unwrap());
}

#[tokio::test]
async fn credits_are_granted_to_accounts_that_exist_only() {
    let world = World::new();
    assert!(matches!(
        world.store.grant("nobody".into(), Credits::whole(5), T0).await,
        Err(StoreError::Name(_))
    ));
    world.store.create_key("k1".into(), [9; 32], ("team".into(), KeyLimits::default()), T0).await.unwrap();
    let balance = world.store.grant("team".into(), Credits(1_500), T0).await.unwrap();
    assert_eq!(balance.available, Credits(1_500));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_task_that_waits_is_cancelled_at_once_and_one_that_runs_is_asked_to_stop() {
    let world = World::new();
    world.store.create(world.task(30)).await.unwrap();
    world.store.create(world.task(30)).await.unwrap();
    world.store.join(1, "serve", T0).await.unwrap();
    let mut leases = world.claim(1, T0).await;
    let mut running = leases.remove(0);
    world.begin(&mut running, 1, STUDIO).await;
    let waiting = leases.remove(0);

    let cancelled = world.store.cancel(waiting.case.task.id, T0).await.unwrap().unwrap();
    assert_eq!(cancelled.phase, Phase::Cancelled);
    assert!(!world.store.cancel_wished(&running).unwrap());
    let asked = world.store.cancel(running.case.task.id, T0).await.unwrap().unwrap();
    assert_eq!((asked.phase, asked.cancel_wished), (Phase::Running, true));
    assert!(world.store.cancel_wished(&running).unwrap());
    world.apply(&mut running, 1, Event::Stopped { attempt: 1 }).await.unwrap();
    assert_eq!(world.store.balances().unwrap()[0].available, Credits::whole(100));
    assert!(world.store.cancel(TaskId([0; 16]), T0).await.unwrap().is_none());
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_key_spends_no_more_than_it_may_and_has_room_again_for_what_cost_nothing() {
    let world = World::new();
    let limits = KeyLimits { models: Some(vec!["veo3".into()]), credits_max: Some(Credits::whole(50)) };
    world.store.create_key("k1".into(), [9; 32], ("team".into(), limits.clone()), T0).await.unwrap();
    assert_eq!(world.store.live_key("k1", &[9; 32]).unwrap().unwrap().limits, limits);
    let by_key = || NewTask { key: Some("k1".into()), ..world.task(30) };
    let first = by_key();
    let id = first.task.id;
    world.store.create(first).await.unwrap();
    assert!(matches!(world.store.create(by_key()).await, Err(CreateError::KeyExhausted)));
    assert_eq!(world.store.keys().unwrap()[0].taken, Credits::whole(30));
    world.store.create(world.task(30)).await.unwrap();
    world.store.cancel(id, T0).await.unwrap();
    assert_eq!(world.store.keys().unwrap()[0].taken, Credits::ZERO);
    world.store.create(by_key()).await.unwrap();
    world.assert_ledger_holds();
}

#[tokio::test]
async fn what_the_account_cannot_pay_takes_nothing_of_the_key() {
    let world = World::new();
    let limits = KeyLimits { credits_max: Some(Credits::whole(500)), ..KeyLimits::default() };
    world.store.create_key("k1".into(), [9; 32], ("team".into(), limits), T0).await.unwrap();
    let dear = NewTask { key: Some("k1".into()), ..world.task(400) };
    assert!(matches!(world.store.create(dear).await, Err(CreateError::Insufficient { .. })));
    assert_eq!(world.store.keys().unwrap()[0].taken, Credits::ZERO);
}
