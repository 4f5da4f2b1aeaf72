//! Reading tasks and films, always from the database, never from a cache that another process could make stale.

use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::request::Request;
use filmgate_domain::task::{Film, Task};
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

    /// The film that came when nobody waited for it any more.
    pub fn late_film(&self, seq: i64) -> Result<Option<Film>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::FILM_LATE)?;
            Ok(statement.query_row([seq], |found| row::film(found, 0)).optional()?.flatten())
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

fn read_record(found: &Row<'_>) -> Result<Record, StoreError> {
    let row::TaskRow { seq, version, task } = row::task(found)?;
    // Borrowed from the row: the text is parsed once and never copied.
    let body = found.get_ref(15)?.as_str().unwrap_or_default();
    let request = serde_json::from_str(body).map_err(|error| StoreError::Inconsistent {
        table: "requests",
        row: seq,
        what: error.to_string(),
    })?;
    Ok(Record { seq, version, task, request, film: row::film(found, 16)?, account_name: found.get(19)? })
}
