//! `/v1/videos`: create, retrieve, list, delete.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response};
use filmgate_domain::id::TaskId;
use filmgate_domain::request::{Asked, Form, Parameter};
use filmgate_domain::route::STUDIO;
use filmgate_store::TaskPage;
use filmgate_wire::form::Wrong;
use filmgate_wire::openai::Status;
use filmgate_wire::openai::server::{
    ApiError, CreateVideo, POLL_AFTER_MS, Page, VIDEO_DELETED, VideoResource, encode_deleted, encode_list,
};

use super::refuse::{self, Refused};
use super::{
    Pairs, Shared, asking, body, caller, characters, convert, fields, find, json, pairs, pictures, resource,
    respond,
};
use crate::app::App;
use crate::films;
use crate::http::part::Part;
use crate::service::caller::Caller;
use crate::service::tasks::{self, Accepted};

/// How long to wait between two looks at a film of the studio's, and of another's.
const QUICK_POLL_MS: u32 = 500;
const POLL_MS: u32 = 5_000;

pub(super) async fn create(State(app): Shared, request: Request) -> Response<Body> {
    respond(created(&app, request).await.map(|(video, accepted)| {
        let mut response = pending(&video, app.dev.is_some());
        asking::tell(&accepted, response.headers_mut());
        response
    }))
}

/// Accepts a create; what it answers depends on who asked.
pub(super) async fn created(app: &App, request: Request) -> Result<(VideoResource, Accepted), Refused> {
    let caller = caller(app, request.headers())?;
    if asking::is_echo(app, request.headers()) {
        return Err(ApiError::bad_request("echo", asking::ECHO).into());
    }
    let on_doubt = asking::on_doubt(request.headers());
    let on_doubt = on_doubt.map_err(|text| ApiError::bad_request("invalid_value", text))?;
    let retry = asking::retry(&request);
    let body = body(request).await?;
    let create = asking::read(&body.1, || Ok::<_, Refused>(CreateVideo::of(fields(&body)?, app.reading)?))?;
    let model = create.model.clone().unwrap_or_else(|| convert::MODEL.to_owned());
    let card = app.catalogue.find(&model);
    characters::check(app, &caller, &create.characters)?;
    let mut parameters = convert::parameters(&create, card);
    let references = create.input_reference.into_iter().chain(create.further_images).collect();
    parameters
        .extend(pictures::named(app, &caller, references).await?.map(|links| (Parameter::Pictures, links)));
    let asked = Asked { on_doubt, ..Asked::new(&model, parameters, Form::OpenAi) };
    let accepted = tasks::accept_or_adopt(app, &caller, asked, &retry).await;
    let accepted = accepted.map_err(|error| refuse::accept(error, card, &retry))?;
    let video = match accepted.deduplicated {
        false => resource::new(&accepted, model, create.prompt),
        true => of_task(app, &accepted)?,
    };
    Ok((video, accepted))
}

/// The video of a task that was accepted, as it stands.
pub(super) fn of_task(app: &App, accepted: &Accepted) -> Result<VideoResource, Refused> {
    let record = app.store.record(accepted.id).map_err(|error| refuse::store(&error))?;
    let gone = || refuse::no_such_video(&resource::video_id(accepted.id));
    record.map(|record| resource::of(app, &record)).ok_or_else(gone)
}

pub(super) async fn retrieve(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    let found = caller(&app, &headers).and_then(|caller| find(&app, &caller, &id));
    respond(found.map(|record| {
        let is_quick = record.task.upstream == STUDIO;
        pending(&resource::of(&app, &record), is_quick)
    }))
}

/// A video with the interval at which to look at it again, if it is not finished.
pub(super) fn pending(video: &VideoResource, is_quick: bool) -> Response<Body> {
    let mut response = json(video.encode());
    if matches!(video.status, Status::Queued | Status::Running) {
        let interval = HeaderValue::from(if is_quick { QUICK_POLL_MS } else { POLL_MS });
        response.headers_mut().insert(HeaderName::from_static(POLL_AFTER_MS), interval);
    }
    response
}

pub(super) async fn list(State(app): Shared, query: Pairs, headers: HeaderMap) -> Response<Body> {
    respond(listed(&app, &pairs(query), &headers))
}

fn listed(app: &App, query: &[(String, String)], headers: &HeaderMap) -> Result<Response<Body>, Refused> {
    let caller = caller(app, headers)?;
    let page = Page::of(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let page = page.map_err(ApiError::from)?;
    let after = page.after.as_deref().map(|id| place(app, &caller, id)).transpose()?;
    let account = caller.account(app).map_err(|error| refuse::store(&error))?;
    let Some(account) = account else { return Ok(json(encode_list(&[] as &[VideoResource], false))) };
    let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
    // One more than is shown says whether there is more.
    let wanted =
        TaskPage { account, after, is_ascending: !page.newest_first, limit: limit.saturating_add(1) };
    let records = app.store.page(wanted).map_err(|error| refuse::store(&error))?;
    let videos: Vec<_> = records.iter().take(limit).map(|record| resource::of(app, record)).collect();
    Ok(json(encode_list(&videos, records.len() > limit)))
}

/// Where a page begins: behind a video of the caller's, also behind one that was deleted while the list was read.
fn place(app: &App, caller: &Caller, id: &str) -> Result<i64, Refused> {
    let task = resource::task_id(id).and_then(TaskId::parse);
    let record =
        task.map(|task| app.store.record(task)).transpose().map_err(|error| refuse::store(&error))?;
    let own = record.flatten().filter(|record| caller.owns(record));
    own.map(|record| record.seq)
        .ok_or_else(|| ApiError::from(Wrong::not("after", "the id of a video of yours")).into())
}

pub(super) async fn delete(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    respond(deleted(&app, &id, &headers).await)
}

/// A running task is cancelled as far as that is possible; a finished film goes away with its links. What was paid stays
/// explained. The film goes first: a process that dies in between leaves a video that can be deleted again.
async fn deleted(app: &App, id: &str, headers: &HeaderMap) -> Result<Response<Body>, Refused> {
    let caller = caller(app, headers)?;
    let record = find(app, &caller, id)?;
    let task = record.task.id;
    if record.task.phase.is_terminal() {
        forget(app, record.seq).await?;
    } else {
        app.store.cancel(task, app.now()).await.map_err(|error| refuse::store(&error))?;
        app.news(task);
    }
    app.store.delete(record.seq, app.now()).await.map_err(|error| refuse::store(&error))?;
    // It may have ended in between; what ends from now on forgets its film by itself.
    forget(app, record.seq).await?;
    Ok(json(encode_deleted(&resource::video_id(task), VIDEO_DELETED)))
}

async fn forget(app: &App, seq: i64) -> Result<(), Refused> {
    films::forget(app, seq).await.map_err(|error| {
        tracing::error!(%error, "a deleted film could not be removed");
        ApiError::internal("The film could not be removed. Try again later.").into()
    })
}
