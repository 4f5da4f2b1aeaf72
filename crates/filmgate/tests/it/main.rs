//! filmgate as a whole: the real binary over HTTP and on the command line, and the simulation of its workers.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may panic, and says what it skips"
)]
#![expect(clippy::disallowed_methods, reason = "a test of the whole lives in real time")]

mod accept;
mod clients;
mod docs;
mod films;
mod gate;
mod generate;
mod kie;
mod limits;
mod openai;
mod operator;
mod own;
mod playground;
mod reference;
mod refusals;
mod restart;
mod retries;
mod routing;
mod scenarios;
mod sim;
mod uploads;
mod upstream;
mod webhooks;
