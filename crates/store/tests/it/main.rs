//! The store's conformance suite: what holds on every database that filmgate runs on.
#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "a test of the whole lives in real time")]

mod attempts;
mod credits;
mod deliveries;
mod durable;
mod history;
mod late;
mod leases;
mod migration;
mod once;
mod uploads;
mod world;
