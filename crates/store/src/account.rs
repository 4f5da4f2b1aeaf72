//! Accounts, keys and grants: what the operator does with credits.

use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::{AccountNumber, Kind};
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::create::{ensure_account, grant, sandbox};
use crate::{Store, StoreError, sql};

/// An account's running balances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountBalance {
    /// Its number.
    pub number: AccountNumber,
    /// Its name.
    pub name: String,
    /// What it can spend.
    pub available: Credits,
    /// What its open tasks hold.
    pub held: Credits,
    /// What it has paid.
    pub spent: Credits,
}

/// A key without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// Its public part.
    pub id: String,
    /// The account it spends from.
    pub account: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it was revoked, if it was.
    pub revoked: Option<Timestamp>,
    /// What it may do less than its account.
    pub limits: KeyLimits,
    /// What its tasks hold or have cost, where that is limited.
    pub taken: Credits,
}

/// What a key may do less than its account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyLimits {
    /// Only these models, by their cards' ids.
    pub models: Option<Vec<String>>,
    /// Only so many credits in all.
    pub credits_max: Option<Credits>,
}

/// A live key, as far as its caller is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveKey {
    /// The account that it spends from.
    pub account: AccountNumber,
    /// What it may do less.
    pub limits: KeyLimits,
}

impl KeyLimits {
    fn of(models: Option<&str>, credits_max: Option<i64>) -> Self {
        let models = models.map(|models| models.split(' ').map(str::to_owned).collect());
        Self { models, credits_max: credits_max.map(Credits) }
    }
}

/// One line of an account's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub kind: Kind,
    /// Tells apart those of one kind and task.
    pub number: u32,
    /// How many.
    pub amount: Credits,
    /// For which task, if for one.
    pub task: Option<TaskId>,
}

/// A line of an account's history, by what tells it from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryPlace {
    /// When.
    pub at: Timestamp,
    /// For which task, if for one.
    pub task: Option<TaskId>,
    /// Why.
    pub kind: Kind,
    /// Tells apart those of one kind and task.
    pub number: u32,
}

impl Store {
    /// Makes a key for the account of this name, which is made too if there is none.
    pub async fn create_key(
        &self,
        id: String,
        secret_hash: [u8; 32],
        (account, limits): (String, KeyLimits),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            let (account, _) = ensure_account(connection, &account, now)?;
            let models = limits.models.as_ref().map(|models| models.join(" "));
            let credits_max = limits.credits_max.map(|credits| credits.0);
            let row = params![id, secret_hash, account, now.0, models, credits_max];
            connection.prepare_cached(sql::KEY_INSERT)?.execute(row)?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// Revokes a key from its next request on; false if there is no such key.
    pub async fn revoke_key(&self, id: String, now: Timestamp) -> Result<bool, StoreError> {
        let write = move |connection: &Connection| {
            Ok(connection.prepare_cached(sql::KEY_REVOKE)?.execute(params![now.0, id])? == 1)
        };
        self.committer.write(write).await
    }

    /// Gives credits to an account that exists. Returns its balance afterwards.
    pub async fn grant(
        &self,
        name: String,
        amount: Credits,
        now: Timestamp,
    ) -> Result<AccountBalance, StoreError> {
        let write = move |connection: &Connection| {
            let account = account_number(connection, &name)?.ok_or_else(|| no_account(&name))?;
            grant(connection, account, amount, now)?;
            balance(connection, account)
        };
        self.committer.write(write).await
    }

    /// The sandbox account of this name with its first credits, made now if this is its first use.
    pub async fn sandbox(
        &self,
        name: String,
        first_grant: Credits,
        now: Timestamp,
    ) -> Result<AccountNumber, StoreError> {
        let write = move |connection: &Connection| Ok(sandbox(connection, &name, first_grant, now)?);
        self.committer.write(write).await
    }

    /// The account's number by its name.
    pub fn account_number(&self, name: &str) -> Result<Option<AccountNumber>, StoreError> {
        self.read(|connection| account_number(connection, name))
    }

    /// The live key with this hash. The hash is compared without haste: every byte is read.
    pub fn live_key(&self, id: &str, secret_hash: &[u8; 32]) -> Result<Option<LiveKey>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::KEY_FIND)?;
            let mut rows = statement.query([id])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let known: [u8; 32] = row.get(0)?;
            let difference = known.iter().zip(secret_hash).fold(0, |difference, (a, b)| difference | (a ^ b));
            let models: Option<String> = row.get(2)?;
            let limits = KeyLimits::of(models.as_deref(), row.get(3)?);
            let account = row.get(1)?;
            Ok((difference == 0).then_some(LiveKey { account, limits }))
        })
    }

    /// The live key with this public part, for who has proved earlier that he holds it.
    pub fn key_by_id(&self, id: &str) -> Result<Option<LiveKey>, StoreError> {
        self.read(|connection| {
            let read = |row: &Row<'_>| {
                let limits = KeyLimits::of(row.get::<_, Option<String>>(1)?.as_deref(), row.get(2)?);
                Ok(LiveKey { account: row.get(0)?, limits })
            };
            Ok(connection.prepare_cached(sql::KEY_BY_ID)?.query_row([id], read).optional()?)
        })
    }

    /// Whether any key is live.
    pub fn has_keys(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            Ok(connection.prepare_cached(sql::KEYS_LIVE)?.query_row([], |row| row.get(0))?)
        })
    }

    /// All keys, oldest first.
    pub fn keys(&self) -> Result<Vec<KeyRow>, StoreError> {
        self.read(|connection| {
            Ok(connection.prepare_cached(sql::KEYS)?.query_map([], read_key)?.collect::<Result<_, _>>()?)
        })
    }

    /// An account's keys, oldest first.
    pub fn keys_of(&self, account: AccountNumber) -> Result<Vec<KeyRow>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::KEYS_OF_ACCOUNT)?;
            Ok(statement.query_map([account], read_key)?.collect::<Result<_, _>>()?)
        })
    }

    /// An account's balances.
    pub fn balance(&self, account: AccountNumber) -> Result<AccountBalance, StoreError> {
        self.read(|connection| balance(connection, account))
    }

    /// All accounts' balances, oldest account first.
    pub fn balances(&self) -> Result<Vec<AccountBalance>, StoreError> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(sql::ACCOUNTS)?
                .query_map([], read_balance)?
                .collect::<Result<_, _>>()?)
        })
    }

    /// The lines of an account's history, newest first: all of them, or those before a line.
    pub fn history(
        &self,
        account: AccountNumber,
        before: Option<&HistoryPlace>,
        limit: usize,
    ) -> Result<Vec<HistoryLine>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let before = before.map(|before| {
            (before.at.0, before.task.map(|task| task.0), before.kind.code(), i64::from(before.number))
        });
        let (at, task, kind, number) = before.unwrap_or((i64::MAX, None, 0, 0));
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::ENTRY_HISTORY)?;
            let mut rows = statement.query(params![account, at, task, kind, number, limit])?;
            let mut lines = Vec::new();
            while let Some(row) = rows.next()? {
                let code: i64 = row.get(1)?;
                let kind = Kind::from_code(code).ok_or_else(|| StoreError::Inconsistent {
                    table: "entries",
                    row: code,
                    what: "there is no such kind".into(),
                })?;
                lines.push(HistoryLine {
                    at: Timestamp(row.get(0)?),
                    kind,
                    number: row.get(2)?,
                    amount: Credits(row.get(3)?),
                    task: row.get::<_, Option<[u8; 16]>>(4)?.map(TaskId),
                });
            }
            Ok(lines)
        })
    }
}

fn account_number(connection: &Connection, name: &str) -> Result<Option<AccountNumber>, StoreError> {
    Ok(connection.prepare_cached(sql::ACCOUNT_BY_NAME)?.query_row([name], |row| row.get(0)).optional()?)
}

fn balance(connection: &Connection, account: AccountNumber) -> Result<AccountBalance, StoreError> {
    Ok(connection.prepare_cached(sql::ACCOUNT_BALANCE)?.query_row([account], read_balance)?)
}

fn read_key(row: &Row<'_>) -> rusqlite::Result<KeyRow> {
    Ok(KeyRow {
        id: row.get(0)?,
        account: row.get(1)?,
        created: Timestamp(row.get(2)?),
        revoked: row.get::<_, Option<i64>>(3)?.map(Timestamp),
        limits: KeyLimits::of(row.get::<_, Option<String>>(4)?.as_deref(), row.get(5)?),
        taken: Credits(row.get(6)?),
    })
}

pub(crate) fn read_balance(row: &Row<'_>) -> rusqlite::Result<AccountBalance> {
    Ok(AccountBalance {
        number: row.get(0)?,
        name: row.get(1)?,
        available: Credits(row.get(2)?),
        held: Credits(row.get(3)?),
        spent: Credits(row.get(4)?),
    })
}

fn no_account(name: &str) -> StoreError {
    StoreError::Name(format!("there is no account \"{name}\"; `filmgate keys create {name}` makes it"))
}
