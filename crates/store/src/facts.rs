//! Gathering what the auditor looks at, in one snapshot, in memory that does not grow with the number of tasks.

use std::collections::BTreeMap;

use filmgate_domain::audit::{self, AccountAudit, AccountFacts, Facts, Flow, TaskFacts};
use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::{AccountNumber, Book, Kind};
use rusqlite::{Connection, Row, Rows};

use crate::account::{AccountBalance, read_balance};
use crate::{Store, StoreError, sql};

impl Store {
    /// Everything that `filmgate credits verify` judges. Of the tasks, only those that break a rule.
    pub fn facts(&self) -> Result<Facts, StoreError> {
        self.snapshot(gather)
    }

    /// The same of one account, for its owner.
    pub fn facts_of(&self, account: AccountNumber) -> Result<AccountAudit, StoreError> {
        self.snapshot(|connection| gather_of(connection, account))
    }

    fn snapshot<T>(
        &self,
        gather: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
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
        let open_prices = Credits(open.get(&account.number).copied().unwrap_or(0));
        accounts.push(facts_of_account(account, open_prices));
    }
    let mut tasks = Vec::new();
    let statement = &mut connection.prepare_cached(sql::TASK_AUDIT)?;
    walk(statement.query([])?, suspended(connection)?, |task| tasks.extend(suspicious(task)))?;
    Ok(Facts { accounts, flows: flows(connection)?, tasks })
}

fn gather_of(connection: &Connection, account: AccountNumber) -> Result<AccountAudit, StoreError> {
    let balance = connection.prepare_cached(sql::ACCOUNT_BALANCE)?.query_row([account], read_balance)?;
    let (mut flows, mut entries) = (Vec::new(), 0);
    let mut statement = connection.prepare_cached(sql::ENTRY_FLOWS_OF_ACCOUNT)?;
    let mut rows = statement.query([account])?;
    while let Some(row) = rows.next()? {
        flows.push(read_flow(row)?);
        entries += row.get::<_, i64>(3)?.unsigned_abs();
    }
    let (mut tasks, mut open_prices, mut broken) = (0, Credits::ZERO, Vec::new());
    let statement = &mut connection.prepare_cached(sql::TASK_AUDIT_OF_ACCOUNT)?;
    walk(statement.query([account])?, BTreeMap::new(), |task| {
        tasks += 1;
        if task.ended_with_film.is_none() {
            open_prices.0 = open_prices.0.saturating_add(task.price.0);
        }
        broken.extend(suspicious(task));
    })?;
    let accounts = vec![facts_of_account(balance, open_prices)];
    Ok(AccountAudit { facts: Facts { accounts, flows, tasks: broken }, tasks, entries })
}

fn facts_of_account(balance: AccountBalance, open_prices: Credits) -> AccountFacts {
    let AccountBalance { number, name, available, held, spent } = balance;
    AccountFacts { number, name, available, held, spent, open_prices }
}

fn flows(connection: &Connection) -> Result<Vec<Flow>, StoreError> {
    let mut statement = connection.prepare_cached(sql::ENTRY_FLOWS)?;
    let mut rows = statement.query([])?;
    let mut flows = Vec::new();
    while let Some(row) = rows.next()? {
        flows.push(read_flow(row)?);
    }
    Ok(flows)
}

fn read_flow(row: &Row<'_>) -> Result<Flow, StoreError> {
    Ok(Flow { debit: book(row.get(0)?)?, credit: book(row.get(1)?)?, amount: Credits(row.get(2)?) })
}

fn book(code: i64) -> Result<Book, StoreError> {
    let what =
        || StoreError::Inconsistent { table: "entries", row: code, what: "there is no such book".into() };
    Book::from_code(code).ok_or_else(what)
}

fn suspicious(task: TaskFacts) -> Option<TaskFacts> {
    audit::violation_of_task(&task).is_some().then_some(task)
}

/// Walks tasks and their entries side by side in the order of `seq`, one task in memory at a time.
fn walk(
    mut rows: Rows<'_>,
    mut suspended: BTreeMap<i64, Vec<u32>>,
    mut judge: impl FnMut(TaskFacts),
) -> Result<(), StoreError> {
    let mut current: Option<(i64, TaskFacts)> = None;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        if current.as_ref().is_none_or(|(known, _)| *known != seq) {
            if let Some((_, task)) = current.take() {
                judge(task);
            }
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
    if let Some((_, task)) = current {
        judge(task);
    }
    Ok(())
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
