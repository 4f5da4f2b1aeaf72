//! OpenAI's dialect as the engines speak it; each rule of the reference's 4.9 that is about bytes is a test here.

mod create;
mod error;
mod job;
mod verdict;

/// The one line of a golden file of an engine.
macro_rules! engine {
    ($name:literal) => {
        include_str!(concat!("../../../fixtures/openai/", $name, ".json")).trim_end()
    };
}
use engine;
