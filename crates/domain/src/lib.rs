//! What filmgate decides: tasks, money, the catalogue and routes, as pure functions without I/O, clock or wire names.
//!
//! - [`catalogue`]: model cards, how a request is accepted or refused by one, and how it is translated to another.
//! - [`admission`], [`remake`], [`links`] and [`dedupe`]: everything that is decided before a task is stored.
//! - [`task`] and [`case`]: a task, and all that a decision about it looks at; [`work`]: what a worker does next;
//!   [`step`]: the only function that moves a task from one phase to the next.
//! - [`route`], [`attempt`], [`answer`]: who is asked, each try, what came back; [`doubt`] and [`oracle`]: what is done when
//!   nobody knows; [`pace`] and [`breaker`]: when to look or to try again.
//! - [`timeline`]: what happened to a task, for people.
//! - [`delivery`]: what is announced of a task, and when it is told again.
//! - [`ledger`] and [`audit`]: every movement of credits, and the rules that must hold over all of them.
//! - [`survey`]: what a key can really do, judged from answers to questions that cost nothing.
//! - [`limit`]: how often somebody may ask. [`scenario`], [`refusal`]: what the emulator plays, why a request is turned down.
//! - [`credits`], [`id`], [`time`]: the numbers all of these are made of.

#![warn(missing_docs)]

pub mod admission;
pub mod catalogue;
pub mod dedupe;
pub mod delivery;
pub mod id;
pub mod limit;
pub mod links;
mod money;
mod moves;
pub mod refusal;
pub mod remake;
pub mod request;
pub mod scenario;
pub mod survey;
pub mod task;
pub mod time;
mod upstream;

pub use money::{audit, credits, ledger};
pub use moves::{case, step, timeline, work};
pub use upstream::{answer, attempt, breaker, doubt, oracle, pace, route};
