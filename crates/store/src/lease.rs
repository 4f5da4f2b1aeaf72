//! Leases: which node works on which task, and how a dead node's tasks are found again.

use filmgate_domain::case::Case;
use filmgate_domain::id::TaskId;
use filmgate_domain::route::STUDIO;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{Store, StoreError, attempt, row, sql};

/// The number of a process that works on tasks.
pub type NodeNumber = i64;

/// What a worker wants to lease.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// Who.
    pub node: NodeNumber,
    /// Tasks that are due by now.
    pub now: Timestamp,
    /// Nodes whose heart has not beaten since then are dead, and their leases end.
    pub alive_since: Timestamp,
    /// Which tasks.
    pub which: Which,
    /// At most so many.
    pub limit: usize,
}

/// Which tasks a worker wants: those that need its cores, those that need only patience, or one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Tasks whose film is made in this process.
    MadeHere,
    /// Tasks that wait for an upstream, and ended ones of which something may still come.
    MadeElsewhere,
    /// This one.
    Only(TaskId),
}

/// A task that is ours to work on.
#[derive(Clone, Debug)]
pub struct Leased {
    /// Its number in the store.
    pub seq: i64,
    /// Its version, which fences our decisions.
    pub version: i64,
    /// The task with its attempts and its request.
    pub case: Case,
    /// Whether another node held it and died.
    pub taken_over: bool,
}

impl Store {
    /// Makes a process known as one that holds leases.
    pub async fn join(&self, node: NodeNumber, role: &'static str, now: Timestamp) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::NODE_JOIN)?.execute(params![node, role, now.0])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// Says that a process is alive. `Fenced` if it was declared dead.
    pub async fn beat(&self, node: NodeNumber, now: Timestamp) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            let changed = connection.prepare_cached(sql::NODE_BEAT)?.execute(params![now.0, node])?;
            if changed == 1 { Ok(()) } else { Err(StoreError::Fenced) }
        };
        self.committer.write(write).await
    }

    /// Ends a process's leases at once, because it leaves in good order.
    pub async fn leave(&self, node: NodeNumber) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::LEASES_RETURN)?.execute([node])?;
            connection.prepare_cached(sql::DELIVERIES_RETURN)?.execute([node])?;
            connection.prepare_cached(sql::NODE_LEAVE)?.execute([node])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// Ends the leases of all earlier processes of a role, of which only one can run at a time. What an earlier process
    /// with a faster clock put off is looked at again by this one's clock.
    pub async fn leave_role(&self, role: &'static str, now: Timestamp) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::NODE_LEAVE_ROLE)?.execute([role])?;
            // Nodes that are known count as alive here, however silent; what the others held is free and is looked at.
            connection.prepare_cached(sql::LEASES_BURY)?.execute([NOBODY, i64::MIN])?;
            connection.prepare_cached(sql::DELIVERIES_BURY)?.execute([NOBODY, i64::MIN])?;
            connection.prepare_cached(sql::TASKS_DUE_BY_NOW)?.execute([now.0])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// Leases tasks that are due and that nobody alive holds, oldest first.
    pub async fn claim(&self, claim: Claim) -> Result<Vec<Leased>, StoreError> {
        self.committer.write(move |connection| apply(connection, &claim)).await
    }

    /// Gives one task back after an error, to be leased again from `due` on. `Fenced` if it is not ours any more.
    pub async fn give_back(&self, seq: i64, version: i64, due: Timestamp) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            let changed =
                connection.prepare_cached(sql::TASK_GIVE_BACK)?.execute(params![due.0, seq, version])?;
            if changed == 1 { Ok(()) } else { Err(StoreError::Fenced) }
        };
        self.committer.write(write).await
    }
}

/// No process has this number.
const NOBODY: NodeNumber = i64::MIN;

/// How long a row that cannot be read is left alone, so that it does not stand before all others.
const UNREADABLE_MS: i64 = 3_600_000;

fn apply(connection: &Connection, claim: &Claim) -> Result<Vec<Leased>, StoreError> {
    let (mut leased, mut unreadable) = (Vec::new(), Vec::new());
    connection.prepare_cached(sql::LEASES_BURY)?.execute(params![claim.node, claim.alive_since.0])?;
    let one = matches!(claim.which, Which::Only(_));
    let mut statement =
        connection.prepare_cached(if one { sql::TASK_CLAIMABLE } else { sql::TASKS_CLAIMABLE })?;
    let (now, limit) = (claim.now.0, i64::try_from(claim.limit).unwrap_or(i64::MAX));
    let mut rows = match claim.which {
        Which::Only(id) => statement.query(params![now, id.0])?,
        which => statement.query(params![now, STUDIO, which == Which::MadeHere, limit])?,
    };
    while let Some(found) = rows.next()? {
        match lease(connection, found) {
            Ok(lease) => leased.push(lease),
            Err(StoreError::Inconsistent { table, what, .. }) => {
                let seq: i64 = found.get(0)?;
                tracing::error!(table, seq, what, "a task cannot be read and is left alone for an hour");
                unreadable.push(seq);
            }
            Err(error) => return Err(error),
        }
    }
    let mut update = connection.prepare_cached(sql::TASK_CLAIM)?;
    for lease in &leased {
        update.execute(params![claim.node, lease.seq, lease.version - 1])?;
    }
    for row in unreadable {
        connection.prepare_cached(sql::TASK_POSTPONE)?.execute(params![now + UNREADABLE_MS, row])?;
    }
    Ok(leased)
}

fn lease(connection: &Connection, found: &Row<'_>) -> Result<Leased, StoreError> {
    let row::TaskRow { seq, version, task } = row::task(found)?;
    let body: String = found.get(15)?;
    let request = serde_json::from_str(&body).map_err(|error| StoreError::Inconsistent {
        table: "requests",
        row: seq,
        what: error.to_string(),
    })?;
    let attempts = if task.attempts == 0 { vec![] } else { attempt::attempts(connection, seq)? };
    let case = Case { task, attempts, request };
    Ok(Leased { seq, version: version + 1, case, taken_over: found.get(16)? })
}
