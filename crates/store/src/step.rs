//! Committing what a worker decided, fenced by the row's version.

use filmgate_domain::attempt::{AttemptState, End};
use filmgate_domain::case::Case;
use filmgate_domain::ledger::{Entry, Kind};
use filmgate_domain::step::{Event, Step, step};
use filmgate_domain::task::Task;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::create::{give_back, insert_entry};
use crate::lease::{Leased, NodeNumber};
use crate::row::{phase_code, phase_detail};
use crate::{Store, StoreError, attempt, delivery, read, row, sql};

/// A decision about a leased task.
#[derive(Clone, Debug)]
pub struct StepWrite {
    /// The task's number in the store.
    pub seq: i64,
    /// The version it was decided on.
    pub version: i64,
    /// The node that keeps the lease; none gives it back.
    pub node: Option<NodeNumber>,
    /// What was decided.
    pub step: Step,
    /// When.
    pub now: Timestamp,
}

impl Store {
    /// Commits a decision. `Fenced` if the row has changed since the lease was taken.
    pub async fn step(&self, write: StepWrite) -> Result<(), StoreError> {
        self.committer.write(move |connection| apply(connection, &write)).await
    }

    /// Cancels a task that nobody works on, or writes the wish down for who does. Returns the task as it is then.
    pub async fn cancel(
        &self,
        id: filmgate_domain::id::TaskId,
        now: Timestamp,
    ) -> Result<Option<Task>, StoreError> {
        let write = move |connection: &Connection| {
            let Some(record) = read::record(connection, id)? else { return Ok(None) };
            let (seq, version) = (record.seq, record.version);
            let attempts = attempt::attempts(connection, seq)?;
            let case = Case { task: record.task, attempts, request: record.request };
            match step(&case, &Event::CancelWished, now) {
                Ok(step) if step.task.phase.is_terminal() => {
                    let task = step.task.clone();
                    apply(connection, &StepWrite { seq, version, node: None, step, now })?;
                    Ok(Some(task))
                }
                Ok(step) => {
                    // The version stays: a wish is no decision and must not fence the worker.
                    connection.prepare_cached(sql::TASK_WISH_CANCEL)?.execute(params![now.0, seq])?;
                    Ok(Some(step.task))
                }
                Err(_) => Ok(Some(case.task)),
            }
        };
        self.committer.write(write).await
    }

    /// Whether the client has wished to cancel since the lease was taken.
    pub fn cancel_wished(&self, leased: &Leased) -> Result<bool, StoreError> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(sql::TASK_CANCEL_WISHED)?
                .query_row([leased.seq], |row| row.get(0))?)
        })
    }
}

fn apply(connection: &Connection, write: &StepWrite) -> Result<(), StoreError> {
    let Step { task, attempt, entries, film, announced } = &write.step;
    let changed = connection.prepare_cached(sql::TASK_UPDATE)?.execute(params![
        phase_code(&task.phase),
        phase_detail(&task.phase),
        task.attempts,
        task.upstream,
        write.node.filter(|_| task.due.is_some()),
        task.due.map(|due| due.0),
        write.now.0,
        task.cancel_wished,
        task.finished.map(|finished| finished.0),
        write.seq,
        write.version,
    ])?;
    if changed != 1 {
        return Err(StoreError::Fenced);
    }
    for entry in entries {
        apply_entry(connection, write.seq, task, entry, write.now)?;
    }
    if let Some(attempt) = attempt {
        attempt::write(connection, write.seq, attempt)?;
    }
    if let Some(film) = film {
        // A film that came late belongs to its attempt; the task's own is the one that it was waiting for.
        let late = attempt.as_ref().filter(|attempt| attempt.state == AttemptState::Ended(End::Late));
        let number = late.map_or(0, |attempt| attempt.number);
        insert_film(connection, write.seq, (i64::from(number), &film.key), (&film.sha256, film.bytes))?;
        for copy in film.copies.iter().filter(|_| late.is_none()) {
            let number = row::copy_number(copy.kind);
            insert_film(connection, write.seq, (number, &copy.key), (&copy.sha256, copy.bytes))?;
        }
    } else if entries.iter().any(|entry| entry.kind == Kind::Capture) {
        return Err(wrong(write.seq, "it succeeds without a film"));
    }
    if let Some(announced) = announced {
        delivery::announce(connection, (write.seq, task.account), announced, write.now)?;
    }
    Ok(())
}

fn insert_film(
    connection: &Connection,
    seq: i64,
    (number, key): (i64, &str),
    (sha256, bytes): (&[u8; 32], u64),
) -> Result<(), StoreError> {
    let key = hex::decode(key).map_err(|_| wrong(seq, "its film's key is not hexadecimal"))?;
    let bytes = i64::try_from(bytes).map_err(|_| wrong(seq, "its film is too large"))?;
    connection.prepare_cached(sql::FILM_INSERT)?.execute(params![seq, number, key, sha256, bytes])?;
    Ok(())
}

fn apply_entry(
    connection: &Connection,
    seq: i64,
    task: &Task,
    entry: &Entry,
    now: Timestamp,
) -> Result<(), StoreError> {
    let update = match entry.kind {
        Kind::Capture => sql::ACCOUNT_CAPTURE,
        Kind::Release => sql::ACCOUNT_RELEASE,
        // The operator's own books have no running balance.
        kind if kind.is_of_attempt() => {
            return Ok(insert_entry(connection, seq, entry.number.into(), entry, now)?);
        }
        _ => return Err(wrong(seq, "a step neither grants nor holds")),
    };
    if connection.prepare_cached(update)?.execute(params![entry.amount.0, task.account])? != 1 {
        return Err(wrong(seq, "its account does not exist"));
    }
    if entry.kind == Kind::Release {
        let mut statement = connection.prepare_cached(sql::KEY_OF_TASK)?;
        let key: Option<String> = statement.query_row([seq], |row| row.get(0)).optional()?;
        give_back(connection, key.as_deref(), entry.amount)?;
    }
    // A unique index makes a second resolution of one hold impossible.
    Ok(insert_entry(connection, seq, 0, entry, now)?)
}

fn wrong(row: i64, what: &str) -> StoreError {
    StoreError::Inconsistent { table: "tasks", row, what: what.into() }
}
