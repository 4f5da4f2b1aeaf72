//! Surveys that a server runs by itself, and its look for those that a command beside it has made.

use std::sync::Arc;
use std::time::Duration;

use filmgate_domain::survey::{Survey, Verdict};
use filmgate_domain::time::Timestamp;
use tokio::time::{MissedTickBehavior, interval};

use super::ask::{self, Desk, Terms};
use super::keep;
use crate::app::App;
use crate::config::Config;
use crate::upstreams::Gate;

/// How often the server looks whether there is a newer survey, or one is due.
const LOOK: Duration = Duration::from_secs(5);
const HOUR_MS: i64 = 3_600_000;

/// Keeps the newest survey in sight until the server stops, and makes one when it is due.
pub async fn run(app: Arc<App>, config: Config, stopped: impl Future<Output = ()>) {
    let keeping = async {
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            look.tick().await;
            app.look_at_survey();
            if !is_due(&app, &config) {
                continue;
            }
            match keep::begin(&config.data, app.now()) {
                Ok(()) => survey(&app, &config).await,
                Err(error) => tracing::error!(%error, "no survey: nothing can be kept in the data folder"),
            }
        }
    };
    tokio::select! {
        () = keeping => {}
        () = stopped => {}
    }
}

fn is_due(app: &App, config: &Config) -> bool {
    let Some(every_hours) = config.survey.every_hours else { return false };
    // What comes from the future says nothing: a clock was wrong then or is now.
    let is_past =
        |at: Option<Timestamp>, ms: i64| at.is_none_or(|at| !(0..ms).contains(&app.now().since_ms(at)));
    let made = app.newest.survey().map(|survey| survey.at);
    let is_old = is_past(made, every_hours * HOUR_MS) && is_past(keep::begun(&config.data), HOUR_MS);
    is_old && app.upstreams.all().next().is_some()
}

async fn survey(app: &App, config: &Config) {
    let gates: Vec<(&Gate, bool)> = app.upstreams.all().map(|gate| (gate.as_ref(), false)).collect();
    let terms = Terms {
        models: Vec::new(),
        requests_max: ask::REQUESTS_MAX,
        verify_402: false,
        pace: config.survey.pace,
    };
    let before = app.newest.survey();
    let (taken, progress) = (keep::Taken::of(&config.data), &|_: &str, _, _, _| {});
    let (catalogue, clock) = (&app.catalogue, app.clock.as_ref());
    let desk = Desk { catalogue, clock, taken: &taken, progress };
    let made = ask::survey(desk, &gates, &terms).await;
    match made.and_then(|survey| keep::write(&config.data, &survey).map(|()| survey)) {
        Ok(survey) => {
            tell(before.as_deref(), &survey);
            app.look_at_survey();
        }
        Err(error) => tracing::error!("no survey: {error:#}"),
    }
}

/// The operator hears of what is worse than the last time.
fn tell(before: Option<&Survey>, survey: &Survey) {
    let was_usable = |upstream: &str, card: &str| {
        let mut rows = before.iter().flat_map(|survey| &survey.upstreams).filter(|row| row.name == upstream);
        rows.any(|row| {
            row.models.iter().any(|row| row.card == card && row.finding.verdict == Verdict::Usable)
        })
    };
    for upstream in &survey.upstreams {
        for row in upstream.models.iter().filter(|row| row.finding.verdict != Verdict::Usable) {
            if was_usable(&upstream.name, &row.card) {
                let verdict = row.finding.verdict.word();
                tracing::warn!(upstream = upstream.name, model = row.card, "the survey says: {verdict}");
            }
        }
    }
}
