//! An account's history: its tasks in any dialect, searched by words, model and phase, newest first.

use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::{AccountNumber, Kind};
use filmgate_domain::time::Timestamp;
use rusqlite::params;

use crate::account::HistoryLine;
use crate::read::{Record, read_record};
use crate::{Store, StoreError, row, sql};

/// Which tasks of an account are wanted.
#[derive(Clone, Debug, Default)]
pub struct TaskSearch {
    /// Whose.
    pub account: AccountNumber,
    /// Only those older than the task with this number.
    pub before: Option<i64>,
    /// Only those whose prompt or scenes hold this text, in capitals or not.
    pub text: Option<String>,
    /// Only those of this model, by its card's id.
    pub model: Option<String>,
    /// Only those in the phase with this word; `open` is every phase that is no end.
    pub phase: Option<String>,
    /// At most so many.
    pub limit: usize,
}

impl Store {
    /// The tasks that are searched for and that the account has not deleted, newest first. `Name` if there is no such phase.
    pub fn search(&self, search: &TaskSearch) -> Result<Vec<Record>, StoreError> {
        let is_open = search.phase.as_deref() == Some("open");
        let phase = match search.phase.as_deref().filter(|_| !is_open) {
            None => -1,
            Some(word) => row::phase_code_of_word(word)
                .ok_or_else(|| StoreError::Name(format!("there is no phase \"{word}\"")))?,
        };
        let like = search.text.as_deref().map(pattern);
        let (before, limit) =
            (search.before.unwrap_or(i64::MAX), i64::try_from(search.limit).unwrap_or(i64::MAX));
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::TASK_HISTORY)?;
            let wanted = params![search.account, before, search.model, phase, is_open, like, limit];
            let mut rows = statement.query(wanted)?;
            let mut records = Vec::new();
            while let Some(found) = rows.next()? {
                records.push(read_record(found)?);
            }
            Ok(records)
        })
    }

    /// The movements of its account's credits for one task, oldest first; what it costs the operator is not theirs to see.
    pub fn entries_of(&self, id: TaskId, seq: i64) -> Result<Vec<HistoryLine>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::ENTRIES_OF_TASK)?;
            let mut rows = statement.query([seq])?;
            let mut lines = Vec::new();
            while let Some(found) = rows.next()? {
                let code: i64 = found.get(1)?;
                let what = || "there is no such kind".to_owned();
                let kind = Kind::from_code(code).ok_or_else(|| StoreError::Inconsistent {
                    table: "entries",
                    row: seq,
                    what: what(),
                })?;
                let (at, amount) = (Timestamp(found.get(0)?), Credits(found.get(4)?));
                lines.push(HistoryLine { at, kind, number: found.get(5)?, amount, task: Some(id) });
            }
            Ok(lines)
        })
    }
}

/// A text as a pattern of `LIKE` that finds it anywhere.
fn pattern(text: &str) -> String {
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{escaped}%")
}
