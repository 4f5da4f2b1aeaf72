//! What comes late, and what the operator's suspense holds until then.

use filmgate_domain::attempt::{Attempt, AttemptState, End};
use filmgate_domain::audit;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::ledger::Entry;
use filmgate_domain::route::STUDIO;
use filmgate_domain::step::Event;
use filmgate_domain::task::{Failure, Film, Phase};
use filmgate_store::{Leased, StoreError, Which};

use crate::world::{KIE, T0, World, accepted, film, step_with};

/// A task whose paid attempt was given up in doubt, so that the suspense holds its price.
async fn given_up(world: &World, act: OnDoubt) -> Leased {
    let mut lease = world.leased_elsewhere(30).await;
    world.begin(&mut lease, 1, KIE).await;
    world.apply(&mut lease, 1, Event::Interrupted { attempt: 1 }).await.unwrap();
    assert_eq!(lease.case.task.phase, Phase::InDoubt);
    world.apply(&mut lease, 1, Event::DoubtEnded { attempt: 1, act }).await.unwrap();
    lease
}

/// The film of a job that nobody waits for any more.
async fn comes_late(world: &World, lease: &mut Leased, node: i64, film: Film) {
    let key = film.key.clone();
    world.apply(lease, node, Event::Made { attempt: 1, key, cost: None }).await.unwrap();
    world.apply(lease, node, Event::Stored { attempt: 1, film }).await.unwrap();
}

fn films(world: &World) -> Vec<(i64, i64)> {
    let connection = world.sql();
    let mut films = connection.prepare("SELECT task, number FROM films ORDER BY task, number").unwrap();
    let rows = films.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test]
async fn an_ended_task_with_an_open_attempt_stays_due_and_waits_among_those_made_elsewhere() {
    let world = World::new();
    let mut lease = world.leased_elsewhere(30).await;
    world.begin(&mut lease, 1, KIE).await;
    world.apply(&mut lease, 1, accepted(1, "job")).await.unwrap();
    world.apply(&mut lease, 1, Event::Expired).await.unwrap();
    assert!(matches!(lease.case.task.phase, Phase::Failed(Failure { ref code, .. }) if code == "408"));
    world.store.leave(1).await.unwrap();

    let now = T0.after(10);
    assert_eq!(world.claim(2, now).await.len(), 0);
    let mut late = world.claim_which(2, now, Which::MadeElsewhere).await.remove(0);
    assert_eq!(late.case, lease.case);
    comes_late(&world, &mut late, 2, film(7)).await;
    let record = world.store.record(late.case.task.id).unwrap().unwrap();
    assert_eq!((record.film, record.task.due), (None, None), "the task has no film and is at rest");
    assert_eq!(world.store.late_film(late.seq).unwrap(), Some(film(7)));
    world.store.leave(2).await.unwrap();
    assert_eq!(world.claim_which(3, now, Which::MadeElsewhere).await.len(), 0);
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_late_film_is_recorded_beside_the_tasks_own_by_the_number_of_its_attempt() {
    let world = World::new();
    let mut lease = given_up(&world, OnDoubt::NextRoute).await;
    world.assert_ledger_holds();
    world.begin(&mut lease, 1, STUDIO).await;
    world.apply(&mut lease, 1, Event::Made { attempt: 2, key: film(1).key, cost: None }).await.unwrap();
    world.apply(&mut lease, 1, Event::Stored { attempt: 2, film: film(1) }).await.unwrap();
    assert_eq!(lease.case.task.phase, Phase::Succeeded);
    assert_eq!(world.store.late_film(lease.seq).unwrap(), None);
    world.assert_ledger_holds();

    world.store.leave(1).await.unwrap();
    let mut late = world.claim_which(2, T0.after(10), Which::MadeElsewhere).await.remove(0);
    world.apply(&mut late, 2, accepted(1, "job")).await.unwrap();
    comes_late(&world, &mut late, 2, film(2)).await;
    assert_eq!(late.case.attempts[0].state, AttemptState::Ended(End::Late));
    assert_eq!(films(&world), [(late.seq, 0), (late.seq, 1)]);
    let record = world.store.record(late.case.task.id).unwrap().unwrap();
    assert_eq!((record.task.phase, record.film), (Phase::Succeeded, Some(film(1))));
    assert_eq!(world.store.late_film(late.seq).unwrap(), Some(film(2)));
    assert_eq!(world.store.film([2; 16]).unwrap(), Some(film(2)), "its link works");
    world.assert_ledger_holds();
}

#[tokio::test]
async fn a_suspended_attempt_is_settled_once() {
    let world = World::new();
    let mut lease = given_up(&world, OnDoubt::Fail).await;
    let (price, doubtful) = (lease.case.task.price, lease.case.attempts[0].clone());
    world.assert_ledger_holds();
    world.apply(&mut lease, 1, Event::WrittenOff { attempt: 1 }).await.unwrap();
    assert_eq!((lease.case.task.due, lease.case.attempts[0].suspended), (None, false));
    world.assert_ledger_holds();

    // Whoever would settle it anew, either way, from what they knew before: the ledger refuses it.
    for entry in [Entry::clear(1, price), Entry::write_off(1, price), Entry::suspend(1, price)] {
        let step = step_with(&lease, doubtful.clone(), vec![entry]);
        let refused = world.commit(&mut lease, None, step).await;
        assert!(matches!(refused, Err(StoreError::Sql(_))), "{refused:?}");
    }
    assert_eq!(world.store.attempts(lease.seq).unwrap(), lease.case.attempts);
    world.assert_ledger_holds();
}

#[tokio::test]
async fn the_auditor_sees_which_attempts_the_suspense_holds() {
    let world = World::new();
    let lease = given_up(&world, OnDoubt::Fail).await;
    world.assert_ledger_holds();
    let found = || world.store.facts().unwrap().tasks;
    world.sql().execute_batch("UPDATE attempts SET suspended = 0").unwrap();
    assert_eq!(found()[0].suspended, Vec::<u32>::new(), "it was taken over and is neither open nor settled");

    world.sql().execute_batch("UPDATE attempts SET suspended = 1").unwrap();
    world.assert_ledger_holds();
    let mut other = world.leased_elsewhere(10).await;
    let held = Attempt { number: 2, suspended: true, ..lease.case.attempts[0].clone() };
    let step = step_with(&other, held, vec![]);
    world.commit(&mut other, Some(1), step).await.unwrap();
    let tasks = found();
    assert_eq!((tasks.len(), &tasks[0].suspended), (1, &vec![2]), "it is held and was never taken over");
    assert_eq!(audit::violations(&world.store.facts().unwrap()).len(), 1);
}
