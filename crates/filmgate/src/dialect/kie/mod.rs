//! Kie's dialect: every answer is HTTP 200 with the result in `code`.

mod call;
mod callbacks;
mod catalogue;
pub(crate) mod convert;
mod create;
mod downloads;
mod endpoints;
mod larger;
mod records;
mod refuse;
pub(crate) mod sample;
mod schema;
pub(crate) mod uploads;

use axum::body::Body;
use axum::http::Response;
pub(crate) use call::{Limited, refused, reply};
pub(crate) use callbacks::{jobs_callback, late_film, progress_callback, veo_callback};
pub(crate) use catalogue::{about_model, models};
pub(crate) use create::{create_task, veo_extend, veo_generate};
pub(crate) use downloads::download_url;
pub(crate) use endpoints::{chat_credit, record_info, veo_record_info};
use filmgate_wire::kie::Refusal;
pub(crate) use larger::{get_4k, get_1080p};

/// What this dialect says to a path that it does not have.
pub(crate) fn unknown_path() -> Response<Body> {
    reply(refuse::UNKNOWN_PATH.encode())
}

/// What this dialect says to a wrong method.
pub(crate) fn wrong_method() -> Response<Body> {
    reply(Refusal::new(405, "The method is not allowed for this path.").encode())
}

/// What the emulator says to a request that names a host which is not this machine.
pub(crate) fn foreign_host() -> Response<Body> {
    reply(Refusal::new(403, crate::http::FOREIGN_HOST).encode())
}
