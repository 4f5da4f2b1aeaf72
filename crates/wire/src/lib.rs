//! Every byte of the wire dialects as types and pure encode and parse functions, used by server and client alike.
//!
//! - [`kie`]: Kie's API: create and query of the jobs family and of Veo, the credit balance, and what every reply means.
//! - [`openai`]: OpenAI's `/v1/videos` as the engines speak it: create, read, list, and what every reply means.
//! - [`form`], [`multipart`], [`escape`]: what clients send, forms with files, and foreign text in addresses.
//! - [`signature`]: signatures of webhooks, made and verified.
//!
//! Nothing here does I/O, reads a clock or knows a domain type. Each wire fact carries the grade of its
//! source: **L1** and **L2** recorded live, **O** the vendor's own statement, **D25** and **D26** copies of
//! the documentation by year, **C** reported by client code. Where nothing was ever seen the docstring says "ours".

pub mod escape;
pub mod form;
pub mod kie;
pub mod multipart;
pub mod openai;
pub mod own;
pub mod signature;
mod value;
