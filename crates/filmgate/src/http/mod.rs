//! The HTTP side: the accept loop, all routes on one page, the films.

pub mod accept;
mod callbacks;
pub mod cut;
pub(crate) mod files;
pub(crate) mod host;
mod limits;
pub(crate) mod look;
mod metrics;
pub(crate) mod openapi;
mod operator;
pub(crate) mod part;
mod playground;
mod reference;
pub mod router;

/// Why the emulator does not answer a request that names another host.
pub(crate) const FOREIGN_HOST: &str = "The emulator answers requests for this machine only. Use http://127.0.0.1 or http://localhost, \
     or start it with --dev-key to open it to others.";
