//! Leases: which node works on which task, and how a dead node's tasks are found again.

use filmgate_domain::id::TaskId;
use filmgate_domain::task::Task;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError, row, sql};

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
    /// Only this task, if one is named.
    pub only: Option<TaskId>,
    /// At most so many.
    pub limit: usize,
}

/// A task that is ours to work on.
#[derive(Clone, Debug)]
pub struct Leased {
    /// Its number in the store.
    pub seq: i64,
    /// Its version, which fences our decisions.
    pub version: i64,
    /// The task.
    pub task: Task,
    /// Its request as JSON.
    pub request: String,
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

/// How long a row that cannot be read is left alone, so that it does not stand before all others.
const UNREADABLE_MS: i64 = 3_600_000;

fn apply(connection: &Connection, claim: &Claim) -> Result<Vec<Leased>, StoreError> {
    let (mut leased, mut unreadable) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare_cached(if claim.only.is_some() {
        sql::TASK_CLAIMABLE
    } else {
        sql::TASKS_CLAIMABLE
    })?;
    let limit = i64::try_from(claim.limit).unwrap_or(i64::MAX);
    let (now, alive_since) = (claim.now.0, claim.alive_since.0);
    let mut rows = match claim.only {
        Some(id) => statement.query(params![now, claim.node, alive_since, id.0])?,
        None => statement.query(params![now, claim.node, alive_since, limit])?,
    };
    while let Some(found) = rows.next()? {
        match row::task(found) {
            Ok(row::TaskRow { seq, version, task }) => {
                let taken_over = found.get::<_, Option<i64>>(16)?.is_some();
                leased.push(Leased { seq, version: version + 1, task, request: found.get(15)?, taken_over });
            }
            Err(StoreError::Inconsistent { table, row, what }) => {
                tracing::error!(table, row, what, "a row cannot be read and is left alone for an hour");
                unreadable.push(row);
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
