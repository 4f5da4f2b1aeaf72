//! Durable state: tasks, credits and keys in SQLite, with one committing thread and readers beside it.
//!
//! - [`Store`] opens the database and holds the two ways into it.
//! - `committer` groups writes that arrive together into one transaction, so that many share one fsync.
//! - `create`, `step`, `attempt`, `lease`, `account` are the typed writes; `read` and `facts` are the reads.
//! - `delivery` holds what is told to whom, every try of it, the receivers and their secrets.
//! - `sql` holds every statement by name.

mod account;
mod attempt;
mod beginning;
mod committer;
mod create;
mod delivery;
mod facts;
mod kept;
mod lease;
mod open;
mod queue;
mod read;
mod row;
mod search;
mod sql;
mod step;

pub use account::{AccountBalance, HistoryLine, HistoryPlace, KeyLimits, KeyRow, LiveKey};
pub use attempt::Place;
pub use create::{CreateError, Created, NewTask, Once, Payer};
pub use delivery::endpoint::{Endpoint, EndpointChange, NewEndpoint};
pub use delivery::{Claimed, DeliveryClaim, DeliveryLine, DeliveryState, LeasedDelivery, Try};
pub use kept::{Character, SessionOf, UploadRow};
pub use lease::{Claim, Leased, NodeNumber, Which};
pub use open::{OpenError, Store, private_folder};
pub use read::{Ended, Record, TaskFilter, TaskPage};
pub use search::TaskSearch;
pub use step::StepWrite;

use thiserror::Error;

/// What can go wrong with the database.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A worker whose lease was taken over, or somebody else changed the task first.
    #[error("the task was changed by somebody else")]
    Fenced,
    /// More writes are waiting than the store takes.
    #[error("the store is busy")]
    Busy,
    /// The store is closing or its thread has died.
    #[error("the store is closed")]
    Closed,
    /// A row says something that cannot be.
    #[error("{table} row {row}: {what}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// Its key.
        row: i64,
        /// What is wrong.
        what: String,
    },
    /// A name that is taken, or one that does not exist.
    #[error("{0}")]
    Name(String),
    /// SQLite's own error.
    #[error("the database answered: {0}")]
    Sql(#[from] rusqlite::Error),
    /// The whole group was rolled back because of somebody else's error.
    #[error("the transaction was rolled back: {0}")]
    RolledBack(String),
}
