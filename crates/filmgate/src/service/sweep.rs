//! What is kept for a time only: looked for every hour and removed, in steps that are short for everybody else.

use std::sync::Arc;
use std::time::Duration;

use filmgate_domain::{delivery, links};
use filmgate_store::StoreError;

use super::uploads;
use crate::app::App;

const HOUR: Duration = Duration::from_secs(3_600);

/// Sweeps every hour until `shutdown`.
pub(crate) async fn run(app: Arc<App>, shutdown: impl Future<Output = ()>) {
    let sweeps = async {
        let mut hourly = tokio::time::interval(HOUR);
        loop {
            hourly.tick().await;
            log("files that have expired", uploads::sweep(&app).await);
            log("deliveries that ended long ago", deliveries(&app).await);
            log("pictures that no task has named for long", pictures(&app).await);
        }
    };
    tokio::select! {
        () = shutdown => {}
        () = sweeps => {}
    }
}

async fn deliveries(app: &App) -> Result<(), StoreError> {
    let ended_by = app.now().after(-delivery::KEPT_MS);
    let mut next = Some(0);
    while let Some(after) = next {
        next = app.store.forget_deliveries(ended_by, after).await?;
    }
    Ok(())
}

async fn pictures(app: &App) -> std::io::Result<()> {
    let (films, kept_ms) = (app.films.clone(), links::picture_kept_ms(app.deadline_ms));
    let unused_for = Duration::from_millis(kept_ms.unsigned_abs());
    let swept = tokio::task::spawn_blocking(move || films.sweep_pictures(unused_for)).await;
    swept.map_err(std::io::Error::other).flatten()
}

fn log(what: &str, outcome: Result<(), impl std::fmt::Display>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, what, "not removed yet");
    }
}
