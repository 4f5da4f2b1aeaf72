//! The dialects: each turns wire bytes into a domain request and a task's record back into wire bytes.

mod asking;
pub(crate) mod kie;
pub(crate) mod openai;
pub(crate) mod own;
