//! Reading tasks and films, always from the database, never from a cache that another process could make stale.

use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::request::Request;
use filmgate_domain::task::{CopyKind, Film, Task};
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{Store, StoreError, row, sql};

/// A task with everything a dialect needs to answer for it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its number in the store.
    pub seq: i64,
    /// Its version.
    pub version: i64,
    /// The task.
    pub task: Task,
    /// Its request.
    pub request: Request,
    /// Its film, if it has succeeded.
    pub film: Option<Film>,
    /// The name of the account that pays for it.
    pub account_name: String,
    /// Whether the client has taken it out of its lists.
    pub is_deleted: bool,
}

/// A part of an account's listed tasks, from one that the client knows already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskPage {
    /// Whose.
    pub account: AccountNumber,
    /// The number of the last task that the client has seen.
    pub after: Option<i64>,
    /// Whether the oldest come first.
    pub is_ascending: bool,
    /// At most so many.
    pub limit: usize,
}

/// How the tasks ended that were created in one span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The span's begin.
    pub begin: Timestamp,
    /// So many with a film.
    pub succeeded: u32,
    /// So many without.
    pub failed: u32,
}

/// Which tasks to list.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// Only this account's.
    pub account: Option<AccountNumber>,
    /// Only those in the phase with this word.
    pub phase: Option<String>,
    /// At most so many, the newest.
    pub limit: usize,
}

impl Store {
    /// The task with this id.
    pub fn record(&self, id: TaskId) -> Result<Option<Record>, StoreError> {
        self.read(|connection| record(connection, id))
    }

    /// The newest tasks, newest first.
    pub fn records(&self, filter: &TaskFilter) -> Result<Vec<Record>, StoreError> {
        let phase = match &filter.phase {
            None => -1,
            Some(word) => row::phase_code_of_word(word)
                .ok_or_else(|| StoreError::Name(format!("there is no phase \"{word}\"")))?,
        };
        let limit = i64::try_from(filter.limit).unwrap_or(i64::MAX);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::TASK_LIST)?;
            let mut rows = statement.query(params![filter.account.unwrap_or(-1), phase, limit])?;
            let mut records = Vec::new();
            while let Some(found) = rows.next()? {
                records.push(read_record(found)?);
            }
            Ok(records)
        })
    }

    /// An account's listed tasks that it has not deleted, in the order of their creation or against it.
    pub fn page(&self, page: TaskPage) -> Result<Vec<Record>, StoreError> {
        let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
        let (statement, from) = match page.is_ascending {
            true => (sql::TASK_PAGE_UP, page.after.unwrap_or(0)),
            false => (sql::TASK_PAGE_DOWN, page.after.unwrap_or(i64::MAX)),
        };
        self.read(|connection| {
            let mut statement = connection.prepare_cached(statement)?;
            let mut rows = statement.query(params![page.account, from, limit])?;
            let mut records = Vec::new();
            while let Some(found) = rows.next()? {
                records.push(read_record(found)?);
            }
            Ok(records)
        })
    }

    /// Takes a task out of its account's lists. Its credits stay explained, and its record stays for the operator.
    pub async fn delete(&self, seq: i64, now: Timestamp) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::TASK_DELETE)?.execute(params![now.0, seq])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// The task that an account asked for under this name, with the fingerprint of the request.
    pub fn once(&self, account: AccountNumber, name: &str) -> Result<Option<(TaskId, [u8; 32])>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::ONCE_FIND)?;
            let found =
                statement.query_row(params![account, name], |row| Ok((TaskId(row.get(1)?), row.get(0)?)));
            Ok(found.optional()?)
        })
    }

    /// What is kept beside a task's film, by its links' keys.
    pub fn copies(&self, seq: i64) -> Result<Vec<(CopyKind, String)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_COPIES)?;
            let rows =
                statement.query_map([seq], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 16]>(1)?)))?;
            let mut copies = Vec::new();
            for copy in rows {
                let (number, key) = copy?;
                copies.extend(row::copy_kind(number).map(|kind| (kind, hex::encode(key))));
            }
            Ok(copies)
        })
    }

    /// The keys of all that is stored of a task's film, copies and late ones among them.
    pub fn film_keys(&self, seq: i64) -> Result<Vec<String>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_KEYS)?;
            let keys = statement.query_map([seq], |row| row.get::<_, [u8; 16]>(0))?;
            Ok(keys.map(|key| key.map(hex::encode)).collect::<Result<_, _>>()?)
        })
    }

    /// Whether the client has taken a task out of its lists.
    pub fn is_deleted(&self, seq: i64) -> Result<bool, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::TASK_IS_DELETED)?;
            Ok(statement.query_row([seq], |row| row.get(0))?)
        })
    }

    /// The film that came when nobody waited for it any more.
    pub fn late_film(&self, seq: i64) -> Result<Option<Film>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_LATE)?;
            Ok(statement.query_row([seq], |found| row::film(found, 0)).optional()?.flatten())
        })
    }

    /// The task of the film behind a link, and the film's number among those of its task.
    pub fn film_place(&self, key: [u8; 16]) -> Result<Option<(TaskId, i64)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_PLACE)?;
            let found = statement.query_row([key], |row| Ok((TaskId(row.get(0)?), row.get(1)?)));
            Ok(found.optional()?)
        })
    }

    /// The film with this number among those of a task.
    pub fn film_at(&self, task: TaskId, number: i64) -> Result<Option<Film>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_AT)?;
            let found = statement.query_row(params![number, task.0], |found| row::film(found, 0));
            Ok(found.optional()?.flatten())
        })
    }

    /// How the tasks of a model ended that were created since a moment, in spans of `span_ms`; those without any are left out.
    pub fn ended_since(&self, model: &str, from: Timestamp, span_ms: i64) -> Result<Vec<Ended>, StoreError> {
        // Ids begin with their time, so that nothing older is looked at.
        let first = TaskId::new(from, 0);
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::TASKS_ENDED)?;
            let ended = |row: &Row<'_>| {
                Ok(Ended {
                    begin: Timestamp(row.get::<_, i64>(0)? * span_ms),
                    succeeded: row.get(1)?,
                    failed: row.get(2)?,
                })
            };
            let rows = statement.query_map(params![span_ms, first.0, model], ended)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The newest task of an account whose film, alone or with what it extends, has this SHA-256.
    pub fn task_of_content(
        &self,
        account: AccountNumber,
        sha256: [u8; 32],
    ) -> Result<Option<TaskId>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_BY_CONTENT)?;
            Ok(statement.query_row(params![sha256, account], |row| Ok(TaskId(row.get(0)?))).optional()?)
        })
    }

    /// The film behind a link.
    pub fn film(&self, key: [u8; 16]) -> Result<Option<Film>, StoreError> {
        self.read(|connection| {
            let found = connection
                .prepare_cached(sql::FILM_BY_KEY)?
                .query_row([key], |found| row::film(found, 0))
                .optional()?;
            Ok(found.flatten())
        })
    }
}

pub(crate) fn record(connection: &Connection, id: TaskId) -> Result<Option<Record>, StoreError> {
    let mut statement = connection.prepare_cached(sql::TASK_RECORD)?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map(read_record).transpose()
}

pub(crate) fn read_record(found: &Row<'_>) -> Result<Record, StoreError> {
    let row::TaskRow { seq, version, task } = row::task(found)?;
    // Borrowed from the row: the text is parsed once and never copied.
    let body = found.get_ref(15)?.as_str().unwrap_or_default();
    let request = serde_json::from_str(body).map_err(|error| StoreError::Inconsistent {
        table: "requests",
        row: seq,
        what: error.to_string(),
    })?;
    let is_deleted = found.get::<_, Option<i64>>(20)?.is_some();
    let (film, account_name) = (row::film(found, 16)?, found.get(19)?);
    Ok(Record { seq, version, task, request, film, account_name, is_deleted })
}
