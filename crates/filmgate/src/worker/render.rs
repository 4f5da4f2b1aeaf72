//! Making a film in this process: the embedded studio's attempts.

use std::time::Duration;

use filmgate_domain::answer::Evidence;
use filmgate_domain::step::Event;
use filmgate_providers::upstream::{Answer, Parts, Watch};
use filmgate_store::{Leased, StoreError};

use super::advance::keep_evidence;
use crate::app::App;
use crate::films::copy_key;

/// How often a worker looks whether the client wishes to cancel.
const CANCEL_LOOK: Duration = Duration::from_secs(1);

/// Asks the studio for the film and keeps its answer as evidence before anything is decided on it.
pub(super) async fn film(app: &App, lease: &Leased, attempt: u32) -> Result<Event, StoreError> {
    let key = format!("{:032x}", app.random.bits());
    let watched = app.watched(lease.case.task.id);
    let request = &lease.case.request;
    let parts = Parts {
        film: app.films.part(&key),
        copies: request
            .copies()
            .into_iter()
            .map(|kind| (kind, app.films.part(&copy_key(&key, kind))))
            .collect(),
    };
    let work = app.studio.make(request, &parts, watched.watch.clone());
    let answer = tokio::select! {
        answer = work => answer,
        never = stop_when_wished(app, lease, &watched.watch) => match never {},
    };
    let (event, word) = match answer {
        Answer::Made => (Event::Made { attempt, key: key.clone(), cost: None }, "made".to_owned()),
        Answer::Faulted(failure) => {
            let word = format!("faulted {}", failure.code);
            (Event::Faulted { attempt, failure, cost: None }, word)
        }
        Answer::Stopped => (Event::Stopped { attempt }, "stopped".to_owned()),
    };
    if !matches!(event, Event::Made { .. }) {
        app.films.discard(&key);
        for kind in request.copies() {
            app.films.discard(&copy_key(&key, kind));
        }
    }
    keep_evidence(app, lease, attempt, &Evidence::Studio(word)).await?;
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
