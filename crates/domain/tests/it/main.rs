//! Tests of the domain that need its data files or a whole case: model cards, states, what is decided about attempts.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod catalogue;
mod desk;
mod doubt;
mod evidence;
mod invariants;
mod keyed;
mod late;
mod plans;
mod states;
mod studio;
mod survey;
mod timeline;
mod turns;
mod walk;
mod wishes;
