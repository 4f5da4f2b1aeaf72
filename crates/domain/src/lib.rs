//! What filmgate decides: tasks, money, the catalogue and routes, as pure functions without I/O, clock or wire names.
//!
//! - [`catalogue`]: model cards, and how a request is accepted or refused by one.
//! - [`admission`]: everything that is decided before a task is stored.
//! - [`task`], [`work`] and [`step`]: the phases of a task, what a worker does next, and the only function that moves
//!   it from one phase to the next.
//! - [`ledger`] and [`audit`]: every movement of credits, and the rules that must hold over all of them.
//! - [`route`], [`scenario`], [`refusal`]: who makes the film, what the emulator plays, why a request is turned down.
//! - [`credits`], [`id`], [`time`]: the numbers all of these are made of.

#![warn(missing_docs)]

pub mod admission;
pub mod answer;
pub mod attempt;
pub mod audit;
pub mod breaker;
pub mod case;
pub mod catalogue;
mod course;
pub mod credits;
pub mod dedupe;
pub mod doubt;
pub mod id;
pub mod ledger;
pub mod oracle;
pub mod pace;
pub mod refusal;
pub mod request;
pub mod route;
pub mod scenario;
pub mod step;
pub mod task;
pub mod time;
pub mod work;
