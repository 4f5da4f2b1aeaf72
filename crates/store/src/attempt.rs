//! Attempts and evidence: rows to domain values and back, and finding an attempt by what an upstream knows of it.

use filmgate_domain::answer::Evidence;
use filmgate_domain::attempt::{Attempt, AttemptState, End, Repeat};
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::UpstreamNumber;
use filmgate_domain::request::Request;
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::Known;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{Store, StoreError, sql};

/// Where an attempt was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its task.
    pub id: TaskId,
    /// Its task's number in the store.
    pub seq: i64,
    /// Its number.
    pub attempt: u32,
    /// Its upstream.
    pub upstream: String,
}

impl Store {
    /// The attempt whose callback URL carries this token.
    pub fn attempt_by_token(&self, token: u128) -> Result<Option<Place>, StoreError> {
        self.read(|connection| {
            let read = |row: &Row<'_>| {
                Ok(Place {
                    id: TaskId(row.get(0)?),
                    seq: row.get(1)?,
                    attempt: row.get(2)?,
                    upstream: row.get(3)?,
                })
            };
            let mut statement = connection.prepare_cached(sql::ATTEMPT_BY_TOKEN)?;
            Ok(statement.query_row([token.to_be_bytes()], read).optional()?)
        })
    }

    /// Whether a job of an upstream's belongs to some other attempt already.
    pub fn job_is_taken(
        &self,
        upstream: &str,
        job: &str,
        by_others_than: (i64, u32),
    ) -> Result<bool, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::ATTEMPT_OF_JOB)?;
            let owner = statement
                .query_row([upstream, job], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?)))
                .optional()?;
            Ok(owner.is_some_and(|owner| owner != by_others_than))
        })
    }

    /// Requests of all other attempts at an upstream of which nobody knows yet whether it has them.
    pub fn unsure_requests(
        &self,
        upstream: &str,
        (seq, attempt): (i64, u32),
    ) -> Result<Vec<Request>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::ATTEMPTS_UNSURE)?;
            let mut rows = statement.query(params![upstream, seq, attempt])?;
            let mut requests = Vec::new();
            while let Some(row) = rows.next()? {
                requests.extend(serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default()).ok());
            }
            Ok(requests)
        })
    }

    /// A task's attempts, the first one first.
    pub fn attempts(&self, seq: i64) -> Result<Vec<Attempt>, StoreError> {
        self.read(|connection| attempts(connection, seq))
    }

    /// What is known of a task's attempts, by attempt and age.
    pub fn known(&self, seq: i64) -> Result<Vec<Known>, StoreError> {
        self.read(|connection| {
            let read = |row: &Row<'_>| {
                let body: String = row.get(2)?;
                // Older versions kept a word.
                let evidence = serde_json::from_str(&body).unwrap_or(Evidence::Studio(body));
                Ok(Known { attempt: row.get(0)?, at: Timestamp(row.get(1)?), evidence })
            };
            let mut statement = connection.prepare_cached(sql::EVIDENCE)?;
            Ok(statement.query_map([seq], read)?.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps what is known of an attempt, whatever has become of its task or of a lease by now.
    pub async fn evidence(
        &self,
        seq: i64,
        attempt: u32,
        evidence: &Evidence,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let body = serde_json::to_string(evidence).map_err(|error| StoreError::Inconsistent {
            table: "evidence",
            row: seq,
            what: error.to_string(),
        })?;
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::EVIDENCE_INSERT)?.execute(params![seq, attempt, body, now.0])?;
            // Whoever leases the task next need not wait to see it.
            connection.prepare_cached(sql::TASK_WAKE)?.execute(params![now.0, seq])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// Makes a task due, because there is news of it.
    pub async fn look_now(&self, seq: i64, now: Timestamp) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::TASK_WAKE)?.execute(params![now.0, seq])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// The number of an upstream's key in the ledger, given at its first use.
    pub async fn upstream_number(&self, name: String) -> Result<UpstreamNumber, StoreError> {
        let write = move |connection: &Connection| {
            Ok(connection.prepare_cached(sql::UPSTREAM_INSERT)?.query_row([&name], |row| row.get(0))?)
        };
        self.committer.write(write).await
    }

    /// All upstreams that were ever used, by number.
    pub fn upstreams(&self) -> Result<Vec<(UpstreamNumber, String)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::UPSTREAMS)?;
            Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
        })
    }
}

/// What the row's `detail` holds of a film that is made: its key, since when, what the upstream took.
type Made = (String, Timestamp, Option<Credits>);

pub(crate) fn attempts(connection: &Connection, seq: i64) -> Result<Vec<Attempt>, StoreError> {
    let mut statement = connection.prepare_cached(sql::ATTEMPTS)?;
    let mut rows = statement.query([seq])?;
    let mut attempts = Vec::new();
    while let Some(row) = rows.next()? {
        attempts.push(attempt(row, seq)?);
    }
    Ok(attempts)
}

fn attempt(row: &Row<'_>, seq: i64) -> Result<Attempt, StoreError> {
    let wrong = |what: String| StoreError::Inconsistent { table: "attempts", row: seq, what };
    let (job, detail): (Option<String>, Option<String>) = (row.get(12)?, row.get(13)?);
    let detail = detail.unwrap_or_default();
    let state = match row.get::<_, i64>(11)? {
        0 => AttemptState::Sending,
        1 => AttemptState::Doubtful,
        2 => AttemptState::Running { job },
        3 => {
            let (key, since, cost) =
                serde_json::from_str::<Made>(&detail).map_err(|error| wrong(error.to_string()))?;
            AttemptState::Made { job, key, since, cost }
        }
        4 => AttemptState::Ended(
            serde_json::from_str::<End>(&detail).map_err(|error| wrong(error.to_string()))?,
        ),
        other => return Err(wrong(format!("there is no state {other}"))),
    };
    let repeat = match row.get::<_, i64>(4)? {
        0 => Repeat::Safe,
        1 => Repeat::Keyed,
        _ => Repeat::Never,
    };
    Ok(Attempt {
        number: row.get(0)?,
        route: row.get::<_, u32>(1)? as usize,
        upstream: row.get(2)?,
        payee: row.get(3)?,
        repeat,
        token: row.get::<_, Option<[u8; 16]>>(5)?.map_or(0, u128::from_be_bytes),
        began: Timestamp(row.get(6)?),
        deadline: Timestamp(row.get(7)?),
        awaited: row.get(8)?,
        moves_on: row.get(9)?,
        suspended: row.get(10)?,
        state,
        report: row.get(14)?,
    })
}

/// Inserts an attempt that begins, or writes what has become of one.
pub(crate) fn write(connection: &Connection, seq: i64, attempt: &Attempt) -> Result<(), StoreError> {
    let wrong = |error: serde_json::Error| StoreError::Inconsistent {
        table: "attempts",
        row: seq,
        what: error.to_string(),
    };
    let (state, detail) = match &attempt.state {
        AttemptState::Sending => (0, None),
        AttemptState::Doubtful => (1, None),
        AttemptState::Running { .. } => (2, None),
        AttemptState::Made { key, since, cost, .. } => {
            (3, Some(serde_json::to_string(&(key, since, cost)).map_err(wrong)?))
        }
        AttemptState::Ended(end) => (4, Some(serde_json::to_string(end).map_err(wrong)?)),
    };
    let repeat = match attempt.repeat {
        Repeat::Safe => 0,
        Repeat::Keyed => 1,
        Repeat::Never => 2,
    };
    connection.prepare_cached(sql::ATTEMPT_WRITE)?.execute(params![
        seq,
        attempt.number,
        i64::try_from(attempt.route).unwrap_or(i64::MAX),
        attempt.upstream,
        attempt.payee,
        repeat,
        (attempt.token != 0).then(|| attempt.token.to_be_bytes()),
        attempt.began.0,
        attempt.deadline.0,
        attempt.awaited,
        attempt.moves_on,
        attempt.suspended,
        state,
        attempt.job(),
        detail,
        attempt.report,
    ])?;
    Ok(())
}
