//! OpenAI's `/v1/videos` as a client of engines: addresses, creates, jobs, lists, errors, and the verdict on a reply; and, in
//! [`server`], as our server speaks it.
//!
//! | module | bytes |
//! |---|---|
//! | [`create`] | `POST /videos`, as a form or as JSON |
//! | [`job`] | `GET /videos/{id}`, `GET /videos`, `DELETE /videos/{id}`, `GET /models` |
//! | [`error`] | the shapes of an error |
//! | [`verdict`](mod@verdict) | what a reply means |
//!
//! The inventor has switched its service off (2026-09-24); `SGLang`, vLLM-Omni, TensorRT-LLM, Dynamo, `LiteLLM` and new-api
//! speak the dialect on, each with habits of its own. Facts are graded here as in the reference: **V** read from the
//! package or run, **S** read in a public source, **T** told by third parties; "ours" where nothing was seen.
//!
//! Addresses begin below the base address, which ends with `/v1`.

pub mod create;
pub mod error;
pub mod job;
pub mod server;
pub mod verdict;

pub use create::{Create, OWN_FIELDS, Reference, encode_form, encode_json};
pub use error::Complaint;
pub use job::{Job, Status, is_stopped, jobs_of_list, models_of_list};
pub use verdict::{Call, Verdict, is_about_path, retry_after_ms, verdict};

use crate::escape::percent;

/// Creates a job, and lists jobs (V).
pub const VIDEOS: &str = "/videos";
/// The newest jobs first, as many as one page holds anywhere (V: at most 100).
pub const NEWEST_VIDEOS: &str = "/videos?order=desc&limit=100";
/// Lists the models; the free call that every engine has (V, S).
pub const MODELS: &str = "/models";

/// Reads or deletes a job. `LiteLLM`'s ids hold base64 and are longer than 200 characters (V), so the id is encoded.
pub fn video(id: &str) -> String {
    format!("{VIDEOS}/{}", percent(id))
}

/// The film of a job. Never with `?variant=video`: `SGLang` answers 404 to it (V).
pub fn content(id: &str) -> String {
    format!("{}/content", video(id))
}
