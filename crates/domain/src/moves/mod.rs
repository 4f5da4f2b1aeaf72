//! How a task comes to its end: what a decision looks at, the next move of a worker, and the step that follows from an event.

pub mod case;
mod course;
mod look;
pub mod step;
pub mod timeline;
pub mod work;
