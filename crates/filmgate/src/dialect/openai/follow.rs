//! Films from films: remix, edits and extensions, each a new video that the source's own model makes.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::remake::Remake;
use filmgate_store::Record;
use filmgate_wire::form::{Fields, Upload};
use filmgate_wire::openai::server::{ApiError, EditVideo, ExtendVideo, RemixVideo, VideoRef};
use sha2::{Digest as _, Sha256};

use super::refuse::{self, Refused};
use super::videos::{of_task, pending};
use super::{Shared, asking, body, caller, fields, find, respond, video_id};
use crate::app::App;
use crate::http::part::Part;
use crate::service::caller::Caller;
use crate::service::sources;

/// What is wanted of which film.
struct Wanted {
    source: Record,
    remake: Remake,
    prompt: String,
    seconds: Option<i64>,
}

pub(super) async fn remix(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let read = |caller: &Caller, fields: Fields<'_>| {
        let RemixVideo { prompt } = RemixVideo::of(fields, app.reading)?;
        Ok(Wanted { source: find(&app, caller, &id)?, remake: Remake::Remix, prompt, seconds: None })
    };
    respond(made(&app, request, read).await)
}

pub(super) async fn edit(State(app): Shared, request: Request) -> Response<Body> {
    let read = |caller: &Caller, fields: Fields<'_>| {
        let EditVideo { prompt, video } = EditVideo::of(fields, app.reading)?;
        Ok(Wanted { source: source(&app, caller, video)?, remake: Remake::Edit, prompt, seconds: None })
    };
    respond(made(&app, request, read).await)
}

pub(super) async fn extend(State(app): Shared, request: Request) -> Response<Body> {
    let read = |caller: &Caller, fields: Fields<'_>| {
        let ExtendVideo { prompt, seconds, video } = ExtendVideo::of(fields, app.reading)?;
        let (source, seconds) = (source(&app, caller, video)?, Some(i64::from(seconds)));
        Ok(Wanted { source, remake: Remake::Extension, prompt, seconds })
    };
    respond(made(&app, request, read).await)
}

async fn made(
    app: &App,
    request: Request,
    read: impl FnOnce(&Caller, Fields<'_>) -> Result<Wanted, Refused>,
) -> Result<Response<Body>, Refused> {
    let caller = caller(app, request.headers())?;
    let retry = asking::retry(&request);
    let body = body(request).await?;
    let wanted = asking::read(&body.1, || read(&caller, fields(&body)?));
    let Wanted { source, remake, prompt, seconds } = wanted?;
    let asked = (prompt.as_str(), seconds);
    let accepted = sources::accept_remake(app, &caller, (&source, remake), asked, &retry).await;
    let card = app.catalogue.find(&source.request.model);
    let accepted = accepted.map_err(|error| refuse::accept(error, card, &retry))?;
    let mut response = pending(&of_task(app, &accepted)?, app.dev.is_some());
    asking::tell(&accepted, response.headers_mut());
    Ok(response)
}

/// The caller's own video that is meant: named by its id, or sent back to us as we have sent it.
pub(super) fn source(app: &App, caller: &Caller, video: VideoRef<'_>) -> Result<Record, Refused> {
    match video {
        VideoRef::Id(id) => find(app, caller, &id),
        VideoRef::File(upload) => {
            let known = content(app, caller, &upload).map_err(|error| refuse::store(&error))?;
            known.map_or_else(|| Err(foreign()), |id| find(app, caller, &id))
        }
    }
}

fn content(
    app: &App,
    caller: &Caller,
    upload: &Upload<'_>,
) -> Result<Option<String>, filmgate_store::StoreError> {
    let Some(account) = caller.account(app)? else { return Ok(None) };
    let task = app.store.task_of_content(account, Sha256::digest(&upload.bytes).into())?;
    Ok(task.map(video_id))
}

fn foreign() -> Refused {
    let text = "filmgate does not decode videos that it has not made. Send the id of a video of yours, or a file exactly as \
                /v1/videos/{id}/content gave it to you. Nothing was created.";
    ApiError::bad_request("invalid_video", text).about("video").into()
}
