//! Advancing one leased task: decide, ask, keep the answer, commit, until it waits or has ended.

use std::time::Duration;

use filmgate_domain::request::Request;
use filmgate_domain::step::{Event, step};
use filmgate_domain::task::{Failure, Phase};
use filmgate_domain::work::{Move, next_move};
use filmgate_providers::upstream::{Answer, Watch};
use filmgate_store::{Leased, NodeNumber, StepWrite, StoreError};

use crate::app::App;

/// How often a worker looks whether the client wishes to cancel.
const CANCEL_LOOK: Duration = Duration::from_secs(1);

/// After an error a task is left alone for so long, on the clock.
const AFTER_ERROR_MS: i64 = 5_000;
/// How often giving it back is tried, while the store is busy.
const GIVE_BACK_AGAIN: Duration = Duration::from_secs(1);

/// Advances a task as far as it goes now. After an error it is given back, so that it is leased again soon; the error
/// is logged here and returned for whoever waits.
pub async fn advance(app: &App, node: NodeNumber, mut lease: Leased) -> Result<(), StoreError> {
    let id = lease.task.id;
    match advance_all(app, node, &mut lease).await {
        Ok(()) => {
            let phase = lease.task.phase.word();
            tracing::info!(task.id = %id, task.phase = phase, "advanced");
            Ok(())
        }
        Err(StoreError::Fenced) => {
            tracing::warn!(task.id = %id, "the lease was taken over; our decision is void");
            Ok(())
        }
        Err(error) => {
            tracing::error!(task.id = %id, %error, "the task could not be advanced; it is tried again");
            give_back(app, &lease).await;
            Err(error)
        }
    }
}

async fn give_back(app: &App, lease: &Leased) {
    let mut again = tokio::time::interval(GIVE_BACK_AGAIN);
    loop {
        again.tick().await;
        match app.store.give_back(lease.seq, lease.version, app.now().after(AFTER_ERROR_MS)).await {
            Ok(()) | Err(StoreError::Fenced | StoreError::Closed) => return,
            Err(error) => {
                tracing::warn!(task.id = %lease.task.id, %error, "the task could not be given back yet");
            }
        }
    }
}

async fn advance_all(app: &App, node: NodeNumber, lease: &mut Leased) -> Result<(), StoreError> {
    while one_move(app, node, lease).await? {}
    Ok(())
}

/// Makes one move and commits it; true if the task can be advanced further at once, under the same lease.
pub async fn one_move(app: &App, node: NodeNumber, lease: &mut Leased) -> Result<bool, StoreError> {
    let event = match serde_json::from_str::<Request>(&lease.request) {
        Ok(request) => match next_move(&lease.task, lease.taken_over, request.scenario, app.now()) {
            Move::Rest => return Ok(false),
            Move::Report(event) => event,
            Move::Make => make(app, lease, &request).await?,
            Move::Store { part } => keep(app, &part).await,
        },
        Err(error) => {
            tracing::error!(task.id = %lease.task.id, %error, "the stored request cannot be read");
            let text =
                "The stored request cannot be read. Nothing was charged; create the task again.".into();
            Event::Faulted { failure: Failure { code: "500".into(), text } }
        }
    };
    lease.taken_over = false;
    commit(app, node, lease, event).await
}

/// Asks the studio for the film and keeps its answer as evidence before anything is decided on it.
async fn make(app: &App, lease: &Leased, request: &Request) -> Result<Event, StoreError> {
    let part = format!("{:032x}", app.random.bits());
    let watched = app.watched(lease.task.id);
    let path = app.films.part(&part);
    let work = app.studio.make(request, &path, watched.watch.clone());
    let answer = tokio::select! {
        answer = work => answer,
        never = stop_when_wished(app, lease, &watched.watch) => match never {},
    };
    let event = match answer {
        Answer::Made => Event::Made { part: part.clone() },
        Answer::Faulted(failure) => Event::Faulted { failure },
        Answer::Stopped => Event::Stopped,
    };
    if !matches!(event, Event::Made { .. }) {
        app.films.discard(&part);
    }
    let body = match &event {
        Event::Faulted { failure } => format!("faulted {}", failure.code),
        other => other.word().to_owned(),
    };
    app.store.evidence(lease.seq, lease.task.attempts, body, app.now()).await?;
    Ok(event)
}

/// Passes the client's wish on to the studio, which then answers that it stopped.
async fn stop_when_wished(app: &App, lease: &Leased, watch: &Watch) -> std::convert::Infallible {
    let mut look = tokio::time::interval(CANCEL_LOOK);
    loop {
        look.tick().await;
        if app.store.cancel_wished(lease).unwrap_or(false) {
            watch.stop();
        }
    }
}

async fn keep(app: &App, part: &str) -> Event {
    let (films, key) = (app.films.clone(), part.to_owned());
    let kept = tokio::task::spawn_blocking(move || films.keep(&key)).await;
    match kept {
        Ok(Ok(Some(film))) => Event::Stored { film },
        Ok(Ok(None)) => Event::PartLost,
        Ok(Err(error)) => {
            tracing::error!(%error, "a film could not be stored");
            let text = "The film could not be stored. Nothing was charged; see the log of filmgate.".into();
            Event::Faulted { failure: Failure { code: "500".into(), text } }
        }
        Err(error) => {
            tracing::error!(%error, "storing a film stopped");
            Event::PartLost
        }
    }
}

async fn commit(app: &App, node: NodeNumber, lease: &mut Leased, event: Event) -> Result<bool, StoreError> {
    let begins_attempt = event == Event::Started;
    let now = app.now();
    let step = step(lease.task.clone(), event, now).map_err(|illegal| StoreError::Inconsistent {
        table: "tasks",
        row: lease.seq,
        what: illegal.to_string(),
    })?;
    let after = step.task.clone();
    let goes_on = after.due.is_some_and(|due| due <= now) || matches!(after.phase, Phase::Storing { .. });
    let write = StepWrite {
        seq: lease.seq,
        version: lease.version,
        node: goes_on.then_some(node),
        step,
        begins_attempt,
        now,
    };
    app.store.step(write).await?;
    lease.version += 1;
    lease.task = after;
    Ok(goes_on)
}
