//! The survey: asks upstreams what a key can do, writes down what was found, shows it, and follows it.

pub mod ask;
pub mod follow;
pub mod keep;
pub mod render;
pub mod schedule;
