//! What concerns whoever makes films: routes, attempts and answers, doubts, and when to look or to try again.

pub mod answer;
pub mod attempt;
pub mod breaker;
pub mod doubt;
pub mod oracle;
pub mod pace;
pub mod route;
