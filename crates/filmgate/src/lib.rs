//! The filmgate process: configuration, HTTP dialects, workers and the command line.
//!
//! The way of one request: `http` (router, limits) → `dialect` (wire ⇄ domain) → `service` (who pays, admit, accept)
//! → the store's one transaction → the reply; then `worker` leases the task, makes the film and stores it in `films`.
//! `app` holds the shared parts, `upstreams` who makes films elsewhere, `survey` what their keys can do, `webhooks` tells clients, `cli`
//! is one file for each command.

pub mod app;
pub mod catalogue;
pub mod cli;
mod clock;
pub mod config;
mod dialect;
pub mod films;
pub mod http;
mod random;
pub mod service;
pub mod survey;
pub mod upstreams;
pub mod webhooks;
pub mod worker;

pub use clock::{ManualClock, SystemClock};
pub use random::Random;
