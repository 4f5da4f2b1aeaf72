//! Claims about the wire dialects; the golden files in `fixtures/` are written by hand from recorded shapes.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod callback;
mod catalogue;
mod create;
mod decode;
mod files;
mod form;
mod larger;
mod mend;
mod openai;
mod record;
mod refusal;
mod signature;
mod speed;
mod upload;
mod verdict;

/// The one line of a golden file of Kie's dialect.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../../fixtures/kie/", $name, ".json")).trim_end()
    };
}
pub(crate) use golden;

/// The envelope of a golden reply.
macro_rules! envelope {
    ($name:literal) => {
        filmgate_wire::kie::Envelope::parse(crate::golden!($name).as_bytes())
            .expect("a golden reply is an envelope")
    };
}
pub(crate) use envelope;
