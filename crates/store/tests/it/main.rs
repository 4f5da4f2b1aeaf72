//! The store's conformance suite: what holds on every database that filmgate runs on.

mod credits;
mod durable;
mod leases;
mod world;
