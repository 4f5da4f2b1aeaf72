//! Accepting tasks: the hold and the task in one transaction, many tasks in one group.

use std::collections::BTreeMap;

use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::{AccountNumber, Entry};
use filmgate_domain::task::Task;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};
use thiserror::Error;

use crate::lease::NodeNumber;
use crate::{Store, StoreError, sql};

/// Who pays for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payer {
    /// A known account.
    Account(AccountNumber),
    /// An account that comes into being at its first use, with credits granted then.
    Sandbox {
        /// Its name.
        name: String,
        /// What it starts with.
        first_grant: Credits,
    },
    /// The account of the machine's own user: each hold is preceded by a grant of the same amount.
    Local {
        /// Its name.
        name: String,
    },
}

/// A task to accept. Its `account` is filled in from the payer.
#[derive(Clone, Debug)]
pub struct NewTask {
    /// Who pays.
    pub payer: Payer,
    /// The task, queued.
    pub task: Task,
    /// Its request as JSON, stored as it is.
    pub request: String,
    /// The node that leases it from the start, if its maker is already there.
    pub node: Option<NodeNumber>,
    /// The key whose credits are counted, if they are limited.
    pub key: Option<String>,
    /// The name under which its account asks for it, if it is to be made once.
    pub once: Option<Once>,
    /// Whether its client lists its tasks.
    pub is_listed: bool,
}

/// A name under which an account asks for a task once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    /// The account's own name for it.
    pub name: String,
    /// A hash of what is asked; the same name with another one is refused.
    pub fingerprint: [u8; 32],
}

/// What was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Created {
    /// The account that pays.
    pub account: AccountNumber,
    /// The task's number in the store.
    pub seq: i64,
    /// The task that was there already under the same name, instead of a new one.
    pub known: Option<TaskId>,
}

/// Why a task was not accepted. Nothing was created.
#[derive(Debug, Error)]
pub enum CreateError {
    /// The account cannot pay.
    #[error("the account has {available} credits")]
    Insufficient {
        /// What it can spend.
        available: Credits,
    },
    /// The key has used up what it may spend.
    #[error("the key has used up its credits")]
    KeyExhausted,
    /// The name belongs to another request of the account.
    #[error("the name belongs to another request")]
    NameTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Store {
    /// Accepts a task: when this returns, the task and its hold are on disk.
    pub async fn create(&self, new: NewTask) -> Result<Created, CreateError> {
        self.committer.create(new).await
    }
}

/// Applies a group of creates. One conditional balance update serves each account; on a shortfall its tasks are
/// admitted one by one in the order of their arrival.
pub(crate) fn apply(
    connection: &Connection,
    tasks: &[NewTask],
) -> rusqlite::Result<Vec<Result<Created, CreateError>>> {
    let (mut payers, mut sandboxes) = (Vec::with_capacity(tasks.len()), BTreeMap::new());
    for new in tasks {
        payers.push(payer_account(connection, new, &mut sandboxes)?);
    }
    let mut totals: BTreeMap<AccountNumber, i64> = BTreeMap::new();
    for (new, account) in tasks.iter().zip(&payers).filter(|(new, _)| new.is_plain()) {
        *totals.entry(*account).or_insert(0) += new.task.price.0;
    }
    let mut paid_together = BTreeMap::new();
    for (account, total) in totals {
        paid_together.insert(account, hold(connection, account, Credits(total))?);
    }
    let mut outcomes = Vec::with_capacity(tasks.len());
    for (new, account) in tasks.iter().zip(payers) {
        let is_paid = new.is_plain() && paid_together.get(&account) == Some(&true);
        outcomes.push(match known(connection, new, account)? {
            Some(outcome) => outcome,
            None if !key_takes(connection, new)? => Err(CreateError::KeyExhausted),
            None if is_paid || hold(connection, account, new.task.price)? => {
                Ok(Created { account, seq: insert(connection, new, account)?, known: None })
            }
            None => {
                give_back(connection, new.key.as_deref(), new.task.price)?;
                Err(CreateError::Insufficient { available: available(connection, account)? })
            }
        });
    }
    Ok(outcomes)
}

impl NewTask {
    /// Whether nothing but its account's balance decides.
    fn is_plain(&self) -> bool {
        self.once.is_none() && self.key.is_none()
    }
}

/// Whether the key, if one is counted, may spend this; counted at once.
fn key_takes(connection: &Connection, new: &NewTask) -> rusqlite::Result<bool> {
    let Some(key) = &new.key else { return Ok(true) };
    Ok(connection.prepare_cached(sql::KEY_TAKE)?.execute(params![new.task.price.0, key])? == 1)
}

/// The key has room again for what it took.
pub(crate) fn give_back(connection: &Connection, key: Option<&str>, price: Credits) -> rusqlite::Result<()> {
    let Some(key) = key else { return Ok(()) };
    connection.prepare_cached(sql::KEY_GIVE_BACK)?.execute(params![price.0, key]).map(drop)
}

/// What was created earlier under the same name, perhaps a moment ago in this very group.
fn known(
    connection: &Connection,
    new: &NewTask,
    account: AccountNumber,
) -> rusqlite::Result<Option<Result<Created, CreateError>>> {
    let Some(once) = &new.once else { return Ok(None) };
    let found = connection
        .prepare_cached(sql::ONCE_FIND)?
        .query_row(params![account, once.name], |row| {
            Ok((row.get::<_, [u8; 32]>(0)?, TaskId(row.get(1)?), row.get(2)?))
        })
        .optional()?;
    Ok(found.map(|(fingerprint, id, seq)| match fingerprint == once.fingerprint {
        true => Ok(Created { account, seq, known: Some(id) }),
        false => Err(CreateError::NameTaken),
    }))
}

fn available(connection: &Connection, account: AccountNumber) -> rusqlite::Result<Credits> {
    let mut statement = connection.prepare_cached(sql::ACCOUNT_AVAILABLE)?;
    let available = statement.query_row([account], |row| row.get(0)).optional()?;
    Ok(Credits(available.unwrap_or(0)))
}

/// Spends if, and only if, the balance suffices: one statement, so no two creates can spend the same credit.
fn hold(connection: &Connection, account: AccountNumber, amount: Credits) -> rusqlite::Result<bool> {
    Ok(connection.prepare_cached(sql::ACCOUNT_HOLD)?.execute(params![amount.0, account])? == 1)
}

/// The account that pays. `sandboxes` remembers those of this group, most of which are one and the same.
fn payer_account<'a>(
    connection: &Connection,
    new: &'a NewTask,
    sandboxes: &mut BTreeMap<&'a str, AccountNumber>,
) -> rusqlite::Result<AccountNumber> {
    let now = new.task.created;
    match &new.payer {
        Payer::Account(number) => Ok(*number),
        Payer::Sandbox { name, first_grant } => {
            if let Some(number) = sandboxes.get(name.as_str()) {
                return Ok(*number);
            }
            let number = sandbox(connection, name, *first_grant, now)?;
            sandboxes.insert(name, number);
            Ok(number)
        }
        Payer::Local { name } => {
            let account = ensure_account(connection, name, now)?.0;
            if known(connection, new, account)?.is_none() {
                grant(connection, account, new.task.price, now)?;
            }
            Ok(account)
        }
    }
}

/// The account of this name with its first credits, which it gets exactly once.
pub(crate) fn sandbox(
    connection: &Connection,
    name: &str,
    first_grant: Credits,
    now: Timestamp,
) -> rusqlite::Result<AccountNumber> {
    let (account, is_new) = ensure_account(connection, name, now)?;
    if is_new && first_grant > Credits::ZERO {
        grant(connection, account, first_grant, now)?;
    }
    Ok(account)
}

/// The account of this name, and whether it was made just now.
pub(crate) fn ensure_account(
    connection: &Connection,
    name: &str,
    now: Timestamp,
) -> rusqlite::Result<(AccountNumber, bool)> {
    let known =
        connection.prepare_cached(sql::ACCOUNT_BY_NAME)?.query_row([name], |row| row.get(0)).optional()?;
    if let Some(number) = known {
        return Ok((number, false));
    }
    let number =
        connection.prepare_cached(sql::ACCOUNT_INSERT)?.query_row(params![name, now.0], |row| row.get(0))?;
    Ok((number, true))
}

/// Gives credits to an account, with the entry that explains them.
pub(crate) fn grant(
    connection: &Connection,
    account: AccountNumber,
    amount: Credits,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let entry = Entry::grant(account, amount);
    connection.prepare_cached(sql::ACCOUNT_GRANT)?.execute(params![amount.0, account])?;
    let number: i64 = connection
        .prepare_cached(sql::ENTRY_NEXT_NUMBER)?
        .query_row([entry.kind.code()], |row| row.get(0))?;
    insert_entry(connection, 0, number, &entry, now)
}

pub(crate) fn insert_entry(
    connection: &Connection,
    task: i64,
    number: i64,
    entry: &Entry,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let row = params![
        task,
        entry.kind.code(),
        number,
        entry.debit.code(),
        entry.credit.code(),
        entry.amount.0,
        now.0
    ];
    connection.prepare_cached(sql::ENTRY_INSERT)?.execute(row).map(|_| ())
}

fn insert(connection: &Connection, new: &NewTask, account: AccountNumber) -> rusqlite::Result<i64> {
    let task = &new.task;
    connection.prepare_cached(sql::TASK_INSERT)?.execute(params![
        task.id.0,
        account,
        task.model,
        task.upstream,
        task.price.0,
        new.node,
        task.due.map(|due| due.0),
        task.created.0,
        task.deadline.0,
        new.key,
        new.is_listed,
    ])?;
    let seq = connection.last_insert_rowid();
    connection.prepare_cached(sql::REQUEST_INSERT)?.execute(params![seq, new.request])?;
    insert_entry(connection, seq, 0, &Entry::hold(account, task.price), task.created)?;
    if let Some(Once { name, fingerprint }) = &new.once {
        let row = params![account, name, fingerprint, seq, task.created.0];
        connection.prepare_cached(sql::ONCE_INSERT)?.execute(row)?;
    }
    Ok(seq)
}
