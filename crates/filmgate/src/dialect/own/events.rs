//! `GET /filmgate/v1/tasks/{id}/events`: a task live, as server-sent events that go on where a lost connection stopped.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use filmgate_domain::id::TaskId;
use filmgate_store::StoreError;
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::task::Summary;
use futures_util::stream::unfold;
use serde::Serialize;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::call::{self, Answer, Shared, refused};
use super::{tasks, view};
use crate::app::App;
use crate::http::part::Part;
use crate::service::watchers::Place;

/// How often a task is looked at.
const LOOK: Duration = Duration::from_millis(200);
/// After so many looks without news a comment keeps the connection alive.
const QUIET_LOOKS_MAX: u32 = 75;
/// After so many looks it is asked again whether the watcher may still look.
const LOOKS_A_CHECK: u32 = 25;

/// `GET /filmgate/v1/tasks/{id}/events`
pub(super) async fn follow(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let live = match begin(&app, &id, &request) {
        Ok(live) => live,
        Err(refusal) => return refused(&refusal),
    };
    let mut response = Response::new(Body::from_stream(unfold(live, next)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would keep events back until a buffer is full.
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

/// Somebody who watches a task, and what he knows already.
struct Live {
    app: Arc<App>,
    task: TaskId,
    /// How many moments he was told.
    told: usize,
    shown: Option<Summary>,
    look: Interval,
    looks: u32,
    quiet_looks: u32,
    is_over: bool,
    /// What the watcher came with; a key that was revoked watches no longer.
    headers: HeaderMap,
    /// Watchers are counted, so that forgotten pages cannot use up the server.
    _place: Place,
}

fn begin(app: &Arc<App>, id: &str, request: &Request) -> Answer<Live> {
    let record = tasks::own(app, request, id)?;
    let caller = call::caller(app, request)?;
    let last = request.headers().get("last-event-id").and_then(|value| value.to_str().ok());
    let told = last.and_then(|number| number.parse().ok()).unwrap_or(0);
    let place = app.watchers.take(caller.counted_as()).ok_or_else(|| {
        Refused::new(429, "too_many_watchers", "Too many tasks are watched at once; close some pages.")
    })?;
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (app, task, headers) = (Arc::clone(app), record.task.id, request.headers().clone());
    Ok(Live {
        app,
        task,
        told,
        shown: None,
        look,
        looks: 0,
        quiet_looks: 0,
        is_over: false,
        headers,
        _place: place,
    })
}

/// The next piece of the stream: waits until there is something to tell.
async fn next(mut live: Live) -> Option<(Result<Bytes, Infallible>, Live)> {
    if live.is_over {
        return None;
    }
    loop {
        live.look.tick().await;
        live.looks += 1;
        if live.looks.is_multiple_of(LOOKS_A_CHECK)
            && call::of(&live.app, &Method::GET, &live.headers).is_err()
        {
            return None;
        }
        match live.news() {
            Ok(text) if !text.is_empty() => {
                live.quiet_looks = 0;
                return Some((Ok(text.into()), live));
            }
            Ok(_) => live.quiet_looks += 1,
            Err(error) => {
                // The browser comes again by itself.
                tracing::error!(%error, "a task could not be read");
                return None;
            }
        }
        if live.quiet_looks >= QUIET_LOOKS_MAX {
            live.quiet_looks = 0;
            return Some((Ok(Bytes::from_static(b": still here\n\n")), live));
        }
    }
}

impl Live {
    /// What has changed since the last look, as events.
    fn news(&mut self) -> Result<String, StoreError> {
        let mut text = String::new();
        let found = self.app.store.record(self.task)?.filter(|record| !record.is_deleted);
        let Some(record) = found else {
            self.is_over = true;
            return Ok(event("end", None, &()));
        };
        for moment in view::timeline(&self.app, &record)?.into_iter().skip(self.told) {
            self.told = moment.number;
            text += &event("moment", Some(moment.number), &moment);
        }
        let summary = view::summary(&self.app, &record);
        if self.shown.as_ref() != Some(&summary) {
            text += &event("task", None, &summary);
            self.shown = Some(summary);
        }
        if record.task.phase.is_terminal() && record.task.due.is_none() && !self.is_awaited()? {
            self.is_over = true;
            text += &event("end", None, &());
        }
        Ok(text)
    }

    /// Whether somebody is still to be told of the task's end.
    fn is_awaited(&self) -> Result<bool, StoreError> {
        let deliveries = self.app.store.deliveries_of(self.task)?;
        Ok(deliveries.iter().any(|delivery| delivery.due.is_some()))
    }
}

fn event(name: &str, number: Option<usize>, value: &impl Serialize) -> String {
    let id = number.map(|number| format!("id: {number}\n")).unwrap_or_default();
    let data = serde_json::to_string(value).unwrap_or_default();
    format!("{id}event: {name}\ndata: {data}\n\n")
}
