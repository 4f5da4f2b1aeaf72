//! What every dialect and every command calls: who pays, accepting tasks, reading them.

pub mod caller;
pub(crate) mod characters;
pub(crate) mod endpoints;
pub mod key;
pub mod links;
pub mod restored;
pub mod retry;
pub mod session;
pub mod sources;
pub(crate) mod stills;
pub(crate) mod sweep;
pub mod tasks;
pub mod uploads;
pub mod watchers;
