//! Gathering what the auditor looks at, in one snapshot, in memory that does not grow with the number of tasks.

use std::collections::BTreeMap;

use filmgate_domain::audit::{self, AccountFacts, Facts, Flow, TaskFacts};
use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::{Book, Kind};
use rusqlite::{Connection, Row};

use crate::account::read_balance;
use crate::{Store, StoreError, sql};

impl Store {
    /// Everything that `filmgate credits verify` judges. Of the tasks, only those that break a rule.
    pub fn facts(&self) -> Result<Facts, StoreError> {
        self.read(|connection| {
            connection.execute_batch("BEGIN")?;
            let facts = gather(connection);
            connection.execute_batch("COMMIT")?;
            facts
        })
    }
}

fn gather(connection: &Connection) -> Result<Facts, StoreError> {
    let pairs = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
    let open: BTreeMap<i64, i64> =
        connection.prepare_cached(sql::TASK_OPEN_PRICES)?.query_map([], pairs)?.collect::<Result<_, _>>()?;
    let mut accounts = Vec::new();
    for account in connection.prepare_cached(sql::ACCOUNTS)?.query_map([], read_balance)? {
        let account = account?;
        accounts.push(AccountFacts {
            number: account.number,
            name: account.name,
            available: account.available,
            held: account.held,
            spent: account.spent,
            open_prices: Credits(open.get(&account.number).copied().unwrap_or(0)),
        });
    }
    Ok(Facts { accounts, flows: flows(connection)?, tasks: suspicious_tasks(connection)? })
}

fn flows(connection: &Connection) -> Result<Vec<Flow>, StoreError> {
    let mut statement = connection.prepare_cached(sql::ENTRY_FLOWS)?;
    let mut rows = statement.query([])?;
    let mut flows = Vec::new();
    while let Some(row) = rows.next()? {
        flows.push(Flow {
            debit: book(row.get(0)?)?,
            credit: book(row.get(1)?)?,
            amount: Credits(row.get(2)?),
        });
    }
    Ok(flows)
}

fn book(code: i64) -> Result<Book, StoreError> {
    let what =
        || StoreError::Inconsistent { table: "entries", row: code, what: "there is no such book".into() };
    Book::from_code(code).ok_or_else(what)
}

/// Walks tasks and entries side by side in the order of `seq`, one task in memory at a time.
fn suspicious_tasks(connection: &Connection) -> Result<Vec<TaskFacts>, StoreError> {
    let mut statement = connection.prepare_cached(sql::TASK_AUDIT)?;
    let mut rows = statement.query([])?;
    let mut suspicious = Vec::new();
    let mut suspended = suspended(connection)?;
    let mut current: Option<(i64, TaskFacts)> = None;
    let mut judge = |task: Option<(i64, TaskFacts)>| {
        if let Some((_, task)) = task.filter(|(_, task)| audit::violation_of_task(task).is_some()) {
            suspicious.push(task);
        }
    };
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        if current.as_ref().is_none_or(|(known, _)| *known != seq) {
            judge(current.take());
            let ended_with_film = match row.get::<_, i64>(2)? {
                3 => Some(true),
                4 | 5 => Some(false),
                _ => None,
            };
            let id = filmgate_domain::id::TaskId(row.get(1)?).to_string();
            let (price, has_film) = (Credits(row.get(3)?), row.get(4)?);
            let (entries, suspended) = (Vec::new(), suspended.remove(&seq).unwrap_or_default());
            current = Some((seq, TaskFacts { id, ended_with_film, price, entries, suspended, has_film }));
        }
        if let (Some(code), Some((_, task))) = (row.get::<_, Option<i64>>(5)?, current.as_mut()) {
            let what = || StoreError::Inconsistent {
                table: "entries",
                row: seq,
                what: "there is no such kind".into(),
            };
            task.entries.push((Kind::from_code(code).ok_or_else(what)?, row.get(6)?, Credits(row.get(7)?)));
        }
    }
    judge(current);
    Ok(suspicious)
}

/// The attempts whose price the operator's `suspense` holds; there are few.
fn suspended(connection: &Connection) -> Result<BTreeMap<i64, Vec<u32>>, StoreError> {
    let mut suspended: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
    let mut statement = connection.prepare_cached(sql::ATTEMPTS_SUSPENDED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        suspended.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(suspended)
}
