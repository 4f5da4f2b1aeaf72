//! `/filmgate/v1/tasks`: the history with its search, one task with everything that is known of it, its cancel.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, Response};
use filmgate_domain::id::TaskId;
use filmgate_providers::stills::Still;
use filmgate_store::{Record, StoreError, TaskSearch};
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::task::{Page, Summary};

use super::call::{Answer, Shared, caller, invalid, limit, not_found, query, refused, respond, store};
use super::view;
use crate::app::App;
use crate::http::part::Part;
use crate::service::stills::{self, NoStill};
use crate::service::{retry, tasks};

/// How many are shown at once: usually, and at most.
const PAGE: (usize, usize) = (24, 100);
const SEARCH_CHARACTERS_MAX: usize = 200;

/// `GET /filmgate/v1/tasks`
pub(super) async fn list(State(app): Shared, request: Request) -> Response<Body> {
    let answer = match wanted(&app, &request) {
        Ok(Some(search)) => page(&app, search).await,
        // An account that has never created anything has no number yet.
        Ok(None) => Ok(Page { tasks: Vec::new(), next: None }),
        Err(refusal) => Err(refusal),
    };
    respond(answer)
}

fn wanted(app: &App, request: &Request) -> Answer<Option<TaskSearch>> {
    let caller = caller(app, request)?;
    let text = query(request, "search");
    if text.as_ref().is_some_and(|text| text.chars().count() > SEARCH_CHARACTERS_MAX) {
        return Err(invalid("search", &format!("must have at most {SEARCH_CHARACTERS_MAX} characters")));
    }
    let before = match query(request, "before") {
        None => None,
        Some(id) => {
            let found = TaskId::parse(&id).map(|id| app.store.record(id)).transpose();
            // Also one that was deleted while the list was read.
            let own = found.map_err(|error| store(&error))?.flatten().filter(|record| caller.owns(record));
            Some(own.ok_or_else(|| invalid("before", "must be the id of a task of yours"))?.seq)
        }
    };
    let Some(account) = caller.account(app).map_err(|error| store(&error))? else { return Ok(None) };
    let (model, phase) = (query(request, "model"), query(request, "phase"));
    let limit = limit(request, PAGE)?;
    Ok(Some(TaskSearch { account, before, text, model, phase, limit }))
}

/// The search may look at every task of the account, which is no work for an async thread.
async fn page(app: &Arc<App>, mut search: TaskSearch) -> Answer<Page> {
    let limit = search.limit;
    // One more than is shown says whether there is more.
    search.limit += 1;
    let searching = Arc::clone(app);
    let found = tokio::task::spawn_blocking(move || searching.store.search(&search)).await;
    let records = match found.unwrap_or(Err(StoreError::Closed)) {
        Ok(records) => records,
        Err(StoreError::Name(why)) => return Err(invalid("phase", &format!("cannot be searched: {why}"))),
        Err(error) => return Err(store(&error)),
    };
    let tasks: Vec<Summary> = records.iter().take(limit).map(|record| view::summary(app, record)).collect();
    let next = tasks.last().filter(|_| records.len() > limit).map(|last| last.id.clone());
    Ok(Page { tasks, next })
}

/// `GET /filmgate/v1/tasks/{id}`
pub(super) async fn one(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let found = own(&app, &request, &id);
    respond(found.and_then(|record| view::whole(&app, &record).map_err(|error| store(&error))))
}

/// `GET /filmgate/v1/tasks/{id}/thumbnail`
pub(super) async fn thumbnail(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let found = own(&app, &request, &id);
    match painted(&app, found).await {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
            headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            // A film never changes, and neither does its picture.
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
            // Another session in the same browser has no part in it.
            headers.insert(VARY, HeaderValue::from_static("cookie, authorization"));
            response
        }
        Err(refusal) => refused(&refusal),
    }
}

async fn painted(app: &App, found: Answer<Record>) -> Answer<Vec<u8>> {
    let record = found?;
    let film = record.film.as_ref().ok_or_else(|| not_found("film"))?;
    stills::picture(app, (&record, film), Still::Card).await.map_err(|why| match why {
        NoStill::MadeElsewhere => {
            let text = "filmgate paints pictures of its own studio's films only, and decodes no others. Watch the film itself.";
            Refused::new(404, "no_thumbnail", text)
        }
        NoStill::Failed(failure) => Refused::new(404, "no_thumbnail", failure.text),
    })
}

/// `POST /filmgate/v1/tasks/{id}/cancel`
pub(super) async fn cancel(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let found = own(&app, &request, &id);
    respond(cancelled(&app, found).await)
}

async fn cancelled(app: &App, found: Answer<Record>) -> Answer<Summary> {
    let record = found?;
    let id = record.task.id;
    if !record.task.phase.is_terminal() {
        app.store.cancel(id, app.now()).await.map_err(|error| store(&error))?;
        app.news(id);
    }
    let now = app.store.record(id).map_err(|error| store(&error))?;
    Ok(view::summary(app, now.as_ref().unwrap_or(&record)))
}

/// The caller's own task with this id, whatever the dialect in which it was asked for.
pub(super) fn own(app: &App, request: &Request, id: &str) -> Answer<Record> {
    let caller = caller(app, request)?;
    let found = tasks::find_own(app, &caller, id).map_err(|error| store(&error))?;
    let record = found.ok_or_else(|| not_found("task"))?;
    // Whoever reads a task has its id, so its create was answered.
    retry::used(app, record.task.id);
    Ok(record)
}
