//! Rows to domain values and back; a row that says something impossible is named, not guessed around.

use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::task::{CopyKind, Film, Phase, Task};
use filmgate_domain::time::Timestamp;
use rusqlite::Row;

use crate::StoreError;

/// The number by which the database knows a phase; 3 to 5 are terminal, as a CHECK repeats.
pub(crate) fn phase_code(phase: &Phase) -> i64 {
    match phase {
        Phase::Queued => 0,
        Phase::Running => 1,
        Phase::Storing => 2,
        Phase::Succeeded => 3,
        Phase::Failed(_) => 4,
        Phase::Cancelled => 5,
        Phase::Sending => 6,
        Phase::InDoubt => 7,
    }
}

/// What a phase carries, as text.
pub(crate) fn phase_detail(phase: &Phase) -> Option<String> {
    match phase {
        Phase::Failed(failure) => serde_json::to_string(failure).ok(),
        _ => None,
    }
}

/// The number of the phase with this word.
pub(crate) fn phase_code_of_word(word: &str) -> Option<i64> {
    ["queued", "running", "storing", "succeeded", "failed", "cancelled", "sending", "in_doubt"]
        .iter()
        .position(|known| *known == word)
        .and_then(|index| i64::try_from(index).ok())
}

/// A task row with the two numbers that only the store cares for.
pub(crate) struct TaskRow {
    pub(crate) seq: i64,
    pub(crate) version: i64,
    pub(crate) task: Task,
}

/// Reads the 15 columns that `TASK_RECORD`, `TASK_LIST` and `TASK_CLAIMABLE` begin with.
pub(crate) fn task(row: &Row<'_>) -> Result<TaskRow, StoreError> {
    let seq: i64 = row.get(0)?;
    let wrong = |what: String| StoreError::Inconsistent { table: "tasks", row: seq, what };
    let detail: Option<String> = row.get(7)?;
    let phase = match (row.get::<_, i64>(6)?, detail) {
        (0, None) => Phase::Queued,
        (1, None) => Phase::Running,
        (2, None) => Phase::Storing,
        (6, None) => Phase::Sending,
        (7, None) => Phase::InDoubt,
        (3, None) => Phase::Succeeded,
        (4, Some(failure)) => {
            Phase::Failed(serde_json::from_str(&failure).map_err(|error| wrong(error.to_string()))?)
        }
        (5, None) => Phase::Cancelled,
        (code, detail) => return Err(wrong(format!("phase {code} with detail {detail:?}"))),
    };
    let task = Task {
        id: TaskId(row.get(1)?),
        account: row.get(2)?,
        model: row.get(3)?,
        upstream: row.get(4)?,
        price: Credits(row.get(5)?),
        phase,
        attempts: row.get(8)?,
        due: row.get::<_, Option<i64>>(10)?.map(Timestamp),
        cancel_wished: row.get(11)?,
        created: Timestamp(row.get(12)?),
        deadline: Timestamp(row.get(13)?),
        finished: row.get::<_, Option<i64>>(14)?.map(Timestamp),
    };
    Ok(TaskRow { seq, version: row.get(9)?, task })
}

/// The number of a copy among a task's films; below 0, where no attempt's is.
pub(crate) fn copy_number(kind: CopyKind) -> i64 {
    match kind {
        CopyKind::Joined => -1,
        CopyKind::Watermarked => -2,
    }
}

/// The kind of copy with this number.
pub(crate) fn copy_kind(number: i64) -> Option<CopyKind> {
    CopyKind::ALL.into_iter().find(|kind| copy_number(*kind) == number)
}

/// Reads a film from the three columns that begin at `first`.
pub(crate) fn film(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Film>> {
    let Some(key) = row.get::<_, Option<[u8; 16]>>(first)? else { return Ok(None) };
    Ok(Some(Film {
        key: hex::encode(key),
        sha256: row.get(first + 1)?,
        bytes: row.get::<_, i64>(first + 2)?.unsigned_abs(),
        copies: Vec::new(),
    }))
}
