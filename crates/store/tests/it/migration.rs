//! A database of the last version, brought up to date: nothing is lost, and what was under way goes on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Barrier;

use filmgate_domain::answer::Evidence;
use filmgate_domain::attempt::{AttemptState, End};
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::route::studio_alone;
use filmgate_domain::step::Event;
use filmgate_domain::task::{Failure, Phase};
use filmgate_domain::work::{Move, Pace, Situation, next_move};
use filmgate_store::{Leased, Store, TaskFilter};
use rusqlite::{Connection, params, types::Value};

use crate::world::{T0, World, film};

const SCHEMA_1: &str = include_str!("../../migrations/0001_init.sql");
/// A request as the last version stored it, without routes.
const REQUEST: &str = r#"{"model":"sora-2-text-to-video","parameters":{"prompt":{"text":"A \"cat\""},"seconds":{"integer":10}},"form":"kie.jobs","callback_url":"https://example.com/hook","scenario":"slow","film":{"width":1280,"height":720,"seconds":10,"frames_per_second":24}}"#;
/// A process of the last version that has died.
const DEAD: i64 = 77;
const PRICE: i64 = 30_000;

/// A task of the last version: its number, phase and detail, its attempts, its node.
type Old = (i64, i64, Option<String>, u32, Option<i64>);

fn failure() -> Failure {
    Failure { code: "501".into(), text: "It said \"no\" – twice\n".into() }
}

fn part() -> String {
    film(4).key
}

fn old_tasks() -> Vec<Old> {
    let failed = serde_json::to_string(&failure()).unwrap();
    vec![
        (1, 0, None, 0, None),
        (2, 0, None, 2, None),
        (3, 1, None, 1, Some(DEAD)),
        (4, 2, Some(part()), 2, Some(DEAD)),
        (5, 3, None, 1, None),
        (6, 4, Some(failed.clone()), 1, None),
        (7, 4, Some(failed), 0, None),
        (8, 5, None, 1, None),
        (9, 5, None, 0, None),
    ]
}

fn id(seq: i64) -> TaskId {
    TaskId::new(T0, u128::from(seq.unsigned_abs()))
}

fn entry(connection: &Connection, row: [i64; 6]) {
    let insert = "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let [task, kind, number, debit, credit, amount] = row;
    connection.execute(insert, params![task, kind, number, debit, credit, amount, T0.0]).unwrap();
}

/// Writes a database as the last version left it when it was killed.
fn last_version(folder: &Path) {
    let mut connection = Connection::open(folder.join("filmgate.sqlite3")).unwrap();
    connection.execute_batch(SCHEMA_1).unwrap();
    let transaction = connection.transaction().unwrap();
    transaction.pragma_update(None, "user_version", 1).unwrap();
    let account = "INSERT INTO accounts VALUES (1, 'ada', 850000, 120000, 30000, ?1)";
    transaction.execute(account, [T0.0]).unwrap();
    transaction.execute("INSERT INTO keys VALUES ('k1', x'09', 1, ?1, NULL)", [T0.0]).unwrap();
    transaction.execute("INSERT INTO nodes VALUES (?1, 'serve', ?2)", [DEAD, T0.0]).unwrap();
    entry(&transaction, [0, 0, 0, 0, 4, 1_000_000]);
    for task in old_tasks() {
        old_task(&transaction, task);
    }
    transaction.commit().unwrap();
}

fn old_task(connection: &Connection, (seq, phase, detail, attempts, node): Old) {
    let insert = "INSERT INTO tasks (seq, id, account, model, upstream, price, phase, detail, attempts, version, node, due_ms, \
                  created_ms, deadline_ms, finished_ms) VALUES (?1, ?2, 1, 'sora', 'studio', ?3, ?4, ?5, ?6, 3, ?7, ?8, ?9, ?10, ?11)";
    let (due, finished) = if phase < 3 { (Some(T0.0), None) } else { (None, Some(T0.0 + 9)) };
    let deadline = T0.after(86_400_000).0;
    let row = params![seq, id(seq).0, PRICE, phase, detail, attempts, node, due, T0.0, deadline, finished];
    connection.execute(insert, row).unwrap();
    connection.execute("INSERT INTO requests VALUES (?1, ?2)", params![seq, REQUEST]).unwrap();
    entry(connection, [seq, 1, 0, 4, 5, PRICE]);
    match phase {
        3 => entry(connection, [seq, 2, 0, 5, 6, PRICE]),
        4 | 5 => entry(connection, [seq, 3, 0, 5, 4, PRICE]),
        _ => {}
    }
    for number in 1..=attempts {
        let row = params![seq, number, T0.0 + i64::from(number)];
        connection.execute("INSERT INTO attempts VALUES (?1, ?2, 'studio', ?3)", row).unwrap();
    }
    if phase >= 2 && attempts > 0 {
        let word = ["made", "made", "faulted 501", "stopped"][usize::try_from(phase - 2).unwrap()];
        let row = params![seq, attempts, word, T0.0 + 8];
        connection.execute("INSERT INTO evidence VALUES (?1, ?2, 1, ?3, ?4)", row).unwrap();
    }
    if phase == 3 {
        let row = params![seq, [5_u8; 16], [5_u8; 32]];
        connection.execute("INSERT INTO films VALUES (?1, ?2, ?3, 1000)", row).unwrap();
    }
}

/// The world on a database of the last version.
fn migrated() -> World {
    let folder = tempfile::tempdir().unwrap();
    last_version(folder.path());
    World::on(folder)
}

/// Every row of every table, as text.
fn dump(connection: &Connection) -> BTreeMap<String, Vec<String>> {
    let rows = |statement: &str| -> Vec<String> {
        let mut statement = connection.prepare(statement).unwrap();
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            (0..columns).map(|column| row.get::<_, Value>(column)).collect::<Result<Vec<_>, _>>()
        };
        statement.query_map([], row).unwrap().map(|row| format!("{:?}", row.unwrap())).collect()
    };
    let mut tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut dump: BTreeMap<_, _> = names
        .map(Result::unwrap)
        .map(|name| (name.clone(), rows(&format!("SELECT * FROM {name}"))))
        .collect();
    dump.insert(
        "the schema".into(),
        rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"),
    );
    dump.insert("its version".into(), rows("PRAGMA user_version"));
    dump.insert("its changes".into(), rows("PRAGMA schema_version"));
    dump
}

/// What a worker does first with a task.
fn first_move(world: &World, lease: &Leased) -> Move {
    let (known, pace) = (world.store.known(lease.seq).unwrap(), Pace::default());
    let (case, taken_over) = (&lease.case, lease.taken_over);
    next_move(&Situation {
        case,
        known: &known,
        pace: &pace,
        policies: &BTreeMap::new(),
        taken_over,
        now: T0,
    })
}

#[tokio::test]
async fn every_task_of_the_last_version_reads_as_it_was() {
    let world = migrated();
    let phases = [
        Phase::Queued,
        Phase::Queued,
        Phase::Running,
        Phase::Storing,
        Phase::Succeeded,
        Phase::Failed(failure()),
        Phase::Failed(failure()),
        Phase::Cancelled,
        Phase::Cancelled,
    ];
    for ((seq, _, _, attempts, _), phase) in old_tasks().into_iter().zip(phases) {
        let record = world.store.record(id(seq)).unwrap().unwrap();
        let task = record.task;
        assert_eq!((record.seq, record.version, &task.phase, task.attempts), (seq, 3, &phase, attempts));
        assert_eq!((task.price, task.created, task.upstream.as_str()), (Credits(PRICE), T0, "studio"));
        let ended = phase.is_terminal();
        assert_eq!((task.due, task.finished), ((!ended).then_some(T0), ended.then_some(T0.after(9))));
        assert_eq!((record.account_name.as_str(), record.request.routes), ("ada", studio_alone()));
        assert_eq!(record.request.callback_url.as_deref(), Some("https://example.com/hook"));
        assert_eq!(record.film, (phase == Phase::Succeeded).then(|| film(5)));
    }
    let filter = TaskFilter { limit: 100, ..TaskFilter::default() };
    assert_eq!(world.store.records(&filter).unwrap().len(), old_tasks().len());
    assert_eq!(world.store.film([5; 16]).unwrap(), Some(film(5)));
    assert_eq!(world.store.late_film(5).unwrap(), None);
    assert!(world.store.has_keys().unwrap());
}

#[tokio::test]
async fn attempts_and_evidence_of_the_last_version_say_what_they_said() {
    let world = migrated();
    let made = AttemptState::Made { job: None, key: part(), since: T0.after(2), cost: None };
    let interrupted = || AttemptState::Ended(End::Interrupted);
    let expected = [
        vec![],
        vec![interrupted(), interrupted()],
        vec![AttemptState::Running { job: None }],
        vec![interrupted(), made],
        vec![AttemptState::Ended(End::Delivered)],
        vec![AttemptState::Ended(End::Failed(failure()))],
        vec![],
        vec![AttemptState::Ended(End::Stopped)],
        vec![],
    ];
    for (seq, expected) in (1..).zip(expected) {
        let attempts = world.store.attempts(seq).unwrap();
        assert!(attempts.iter().all(|attempt| attempt.began == T0.after(attempt.number.into())));
        let states: Vec<_> = attempts.into_iter().map(|attempt| attempt.state).collect();
        assert_eq!(states, expected, "task {seq}");
    }
    let words = [(4, "made"), (5, "made"), (6, "faulted 501"), (8, "stopped")];
    for (seq, word) in words {
        let known = world.store.known(seq).unwrap();
        let [known] = &known[..] else { panic!("{known:?}") };
        assert_eq!((known.at, &known.evidence), (T0.after(8), &Evidence::Studio(word.into())));
    }
}

#[tokio::test]
async fn what_was_under_way_in_the_last_version_goes_on() {
    let world = migrated();
    let later = T0.after(20_000);
    world.store.join(1, "serve", later).await.unwrap();
    let mut leases = world.claim(1, later).await;
    leases.sort_unstable_by_key(|lease| lease.seq);
    let moves: Vec<_> =
        leases.iter().map(|lease| (lease.seq, lease.taken_over, first_move(&world, lease))).collect();
    let expected = [
        (1, false, Move::Begin { route: 0 }),
        (2, false, Move::Begin { route: 0 }),
        (3, true, Move::Report(Event::Interrupted { attempt: 1 })),
        (4, true, Move::Store { attempt: 2, key: part() }),
    ];
    assert_eq!(moves, expected);
    world.apply(&mut leases[2], 1, Event::Interrupted { attempt: 1 }).await.unwrap();
    world.apply(&mut leases[3], 1, Event::Stored { attempt: 2, film: film(4) }).await.unwrap();
    for (index, number) in [(0, 11), (1, 12), (2, 13)] {
        world.finish(&mut leases[index], 1, film(number)).await;
    }
    let balance = world.store.balances().unwrap().remove(0);
    assert_eq!((balance.held, balance.spent), (Credits::ZERO, Credits(5 * PRICE)));
    world.assert_ledger_holds();
}

#[tokio::test]
async fn the_books_of_the_last_version_hold_and_nothing_of_them_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    last_version(folder.path());
    let open = || Connection::open(folder.path().join("filmgate.sqlite3")).unwrap();
    let before = dump(&open());
    let world = World::on(folder);
    world.assert_ledger_holds();
    let after = dump(&world.sql());
    for untouched in ["accounts", "requests", "entries", "evidence", "nodes"] {
        assert_eq!(before[untouched], after[untouched], "{untouched}");
    }
    for rewritten in ["tasks", "attempts", "films", "keys"] {
        assert_eq!(before[rewritten].len(), after[rewritten].len(), "{rewritten}");
    }
    let connection = world.sql();
    let faults = |pragma: &str| -> Vec<String> {
        let mut statement = connection.prepare(pragma).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(faults("PRAGMA foreign_key_check"), Vec::<String>::new());
    assert_eq!(faults("PRAGMA integrity_check"), ["ok"]);
    let error = connection.execute_batch("DELETE FROM entries").unwrap_err().to_string();
    assert!(error.contains("entries are never removed"), "{error}");
}

#[tokio::test]
async fn a_second_opening_changes_nothing() {
    let world = migrated();
    let first = dump(&world.sql());
    drop(Store::open(world.folder.path()).unwrap());
    assert_eq!(dump(&world.sql()), first);
    assert_eq!(first["its version"], ["[Integer(10)]"]);
}

#[test]
fn processes_that_open_the_last_version_at_once_migrate_it_once() {
    let expected = dump(&migrated().sql());
    let folder = tempfile::tempdir().unwrap();
    last_version(folder.path());
    let at_once = Barrier::new(4);
    // Each store stands for a process: nothing is shared but the files.
    std::thread::scope(|scope| {
        let open = || {
            at_once.wait();
            Store::open(folder.path()).map(|store| store.record(id(4)).unwrap().unwrap().task.phase)
        };
        let opened: Vec<_> = (0..4).map(|_| scope.spawn(open)).collect();
        for store in opened {
            assert_eq!(store.join().unwrap().unwrap(), Phase::Storing);
        }
    });
    let world = World::on(folder);
    assert_eq!(dump(&world.sql()), expected, "one migration, and the same as of one process alone");
}
