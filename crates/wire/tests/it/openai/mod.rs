//! OpenAI's dialect as the engines speak it, each rule of the reference's 4.9 that is about bytes, and as our server speaks it.

mod create;
mod error;
mod job;
mod server;
mod verdict;

/// The one line of a golden file of an engine.
macro_rules! engine {
    ($name:literal) => {
        include_str!(concat!("../../../fixtures/openai/", $name, ".json")).trim_end()
    };
}
use engine;
