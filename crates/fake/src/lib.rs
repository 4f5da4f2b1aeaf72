//! A scripted upstream that speaks Kie's API and `/v1/videos`, and keeps the true ledger of what it accepted.
//!
//! It is an independent program: it uses no crate of ours, and its HTTP is its own, so that it can cut an exchange between
//! any two bytes. Tests compare its [`Handle::ledger`] with what filmgate believes to have paid.
//!
//! ```no_run
//! use filmgate_fake::{Callbacks, CreateScript, Cut, CutPoint, Fake, Fault, Settings};
//!
//! let fake = Fake::start(Settings::default());
//! let handle = fake.handle();
//! handle.set(|behaviour| {
//!     behaviour.callbacks = Callbacks::Once;
//!     behaviour.creates.push_back(CreateScript::Cut(Cut { point: CutPoint::MidBody, fault: Fault::Rst }));
//! });
//! // … let the gateway create a film at `fake.url()` …
//! assert_eq!(handle.ledger().len(), 1);
//! ```
#![expect(
    clippy::disallowed_methods,
    reason = "it stands in for a foreign service, which lives in real time"
)]

mod behaviour;
mod callback;
mod connection;
mod control;
mod cut;
mod digest;
mod door;
mod film;
mod handle;
mod http;
mod kie;
mod ledger;
mod multipart;
mod openai;
mod world;

pub use behaviour::{Always, Behaviour, Callbacks, CreateScript, EngineKind, Outcome};
pub use cut::{Cut, CutPoint, Fault};
pub use film::default_film;
pub use handle::{Fake, Handle, Settings};
pub use kie::market::{Market, Shelf, Shown};
pub use ledger::{Asked, Billed, Dialect, FilePart, Hit, Job, JobState, Ledger, Order, Seen, Upload};
