//! The fake as its clients meet it, byte by byte.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
#![expect(clippy::disallowed_methods, reason = "the fake lives in real time")]

mod callbacks;
mod client;
mod cuts;
mod engines;
mod films;
mod kie;
mod market;
mod process;
mod states;
mod videos;
