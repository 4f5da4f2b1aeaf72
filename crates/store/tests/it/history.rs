//! An account's history, its ledger, its audit, and sessions of browsers.

use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Parameter, Value};
use filmgate_store::{HistoryLine, HistoryPlace, NewTask, Payer, SessionOf, TaskSearch};

use crate::world::{T0, World};

fn saying(world: &World, prompt: &str) -> NewTask {
    let new = world.task(1);
    let mut request: filmgate_domain::request::Request = serde_json::from_str(&new.request).unwrap();
    request.parameters.insert(Parameter::Prompt, Value::Text(prompt.into()));
    NewTask { request: serde_json::to_string(&request).unwrap(), ..new }
}

#[tokio::test]
async fn a_history_is_searched_by_the_words_of_the_prompt_and_by_nothing_else_in_the_request() {
    let world = World::new();
    let prompts = ["A cute cat", "100 % cat_fish", "一只熊猫在雪山上", "say \"prompt\"", "dog"];
    let mut account = 0;
    for prompt in prompts {
        account = world.store.create(saying(&world, prompt)).await.unwrap().account;
    }
    let found = |text: &str| {
        let search = TaskSearch { account, text: Some(text.into()), limit: 9, ..TaskSearch::default() };
        let records = world.store.search(&search).unwrap();
        records.iter().map(|record| record.request.text(Parameter::Prompt).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found("CAT"), ["100 % cat_fish", "A cute cat"]);
    assert_eq!(found("熊猫"), ["一只熊猫在雪山上"]);
    assert_eq!(found("% "), ["100 % cat_fish"]);
    assert_eq!(found("t_f"), ["100 % cat_fish"]);
    assert_eq!(found("prompt"), ["say \"prompt\""]);
    assert_eq!(found("landscape"), Vec::<String>::new());
}

#[tokio::test]
async fn a_history_goes_on_before_any_task_and_leaves_out_what_does_not_fit() {
    let world = World::new();
    let mut seqs = Vec::new();
    let mut account = 0;
    for _ in 0..4 {
        let created = world.store.create(world.task(1)).await.unwrap();
        (account, _) = (created.account, seqs.push(created.seq));
    }
    world.store.delete(seqs[1], T0).await.unwrap();
    let list = |search: TaskSearch| {
        let records = world.store.search(&TaskSearch { account, limit: 9, ..search }).unwrap();
        records.iter().map(|record| record.seq).collect::<Vec<_>>()
    };
    let any = TaskSearch::default;
    assert_eq!(list(TaskSearch { before: Some(seqs[3]), ..any() }), [seqs[2], seqs[0]]);
    assert_eq!(list(TaskSearch { phase: Some("open".into()), ..any() }), [seqs[3], seqs[2], seqs[0]]);
    assert!(list(TaskSearch { phase: Some("succeeded".into()), ..any() }).is_empty());
    assert!(list(TaskSearch { model: Some("veo3".into()), ..any() }).is_empty());
    let unknown = TaskSearch { phase: Some("lost".into()), ..any() };
    assert!(world.store.search(&unknown).is_err());
}

#[tokio::test]
async fn a_session_ends_when_it_is_ended_or_expires() {
    let world = World::new();
    let of = SessionOf::Sandbox("sandbox-1".into());
    let expires = T0.after(1_000);
    world.store.begin_session([1; 32], of.clone(), (T0, expires)).await.unwrap();
    world.store.begin_session([2; 32], SessionOf::Key("abc".into()), (T0, expires)).await.unwrap();
    assert_eq!(world.store.session([1; 32], T0).unwrap(), Some((of, expires)));
    assert_eq!(world.store.session([1; 32], expires).unwrap(), None);
    for number in 10_u8..75 {
        let at = (T0.after(i64::from(number)), expires);
        let of = SessionOf::Sandbox("many".into());
        world.store.begin_session([number; 32], of, at).await.unwrap();
    }
    assert_eq!(world.store.session([10; 32], T0).unwrap(), None, "the oldest of 65 has given way");
    assert!(world.store.session([11; 32], T0).unwrap().is_some());
    world.store.end_session([2; 32]).await.unwrap();
    assert_eq!(world.store.session([2; 32], T0).unwrap(), None);
}

fn of(name: &str, new: NewTask) -> NewTask {
    let first_grant = Credits::whole(100);
    NewTask { payer: Payer::Sandbox { name: name.into(), first_grant }, ..new }
}

#[tokio::test]
async fn a_ledger_is_paged_through_without_a_gap_and_without_anybody_elses_lines() {
    let world = World::new();
    let mut account = 0;
    for number in 0..5 {
        account = world.store.create(of("ada", world.task(1))).await.unwrap().account;
        // Most happen in the same millisecond.
        world.store.create(of("bob", world.task(2))).await.unwrap();
        world.store.grant("ada".into(), Credits::whole(number), T0).await.unwrap();
    }
    let all = world.store.history(account, None, 100).unwrap();
    assert_eq!(all.len(), 5 + 6, "five holds, six grants");
    assert!(all.iter().all(|line| line.amount != Credits::whole(2) || line.task.is_none()));
    let (mut paged, mut before) = (Vec::new(), None);
    loop {
        let page = world.store.history(account, before.as_ref(), 2).unwrap();
        let Some(HistoryLine { at, kind, number, task, .. }) = page.last().cloned() else { break };
        before = Some(HistoryPlace { at, task, kind, number });
        paged.extend(page);
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn an_audit_of_one_account_counts_its_own_and_finds_what_is_wrong_in_it_alone() {
    let world = World::new();
    let ada = world.store.create(of("ada", world.task(30))).await.unwrap();
    world.store.create(of("bob", world.task(30))).await.unwrap();
    let second = world.store.create(of("ada", world.task(10))).await.unwrap();
    world.store.delete(second.seq, T0).await.unwrap();
    let audit = |account| {
        let audit = world.store.facts_of(account).unwrap();
        (audit.violations().len(), audit.tasks, audit.entries)
    };
    let bob = world.store.account_number("bob").unwrap().unwrap();
    assert_eq!((audit(ada.account), audit(bob)), ((0, 2, 3), (0, 1, 2)), "deleted tasks count, too");
    let connection = rusqlite::Connection::open(world.folder.path().join("filmgate.sqlite3")).unwrap();
    connection.execute("UPDATE accounts SET available = available + 1 WHERE name = 'ada'", []).unwrap();
    connection
        .execute("UPDATE tasks SET price = price + 1 WHERE id = (SELECT id FROM tasks LIMIT 1)", [])
        .unwrap();
    assert_eq!((audit(ada.account).0, audit(bob).0), (3, 0), "the balance, the holds, the task");
}
