//! Tests of the domain that need its data files: model cards and the state table.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod cards;
mod states;
