//! The attempts of a task as people and programs see them: who was asked, what was answered, what became of each field.

use filmgate_domain::answer::{Evidence, Order, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End};
use filmgate_domain::catalogue::{Fate, FieldReport};
use filmgate_domain::route::Route;
use filmgate_domain::work::Known;
use filmgate_store::{Record, StoreError};
use serde::Serialize;

use super::{Outcome, output};
use crate::app::App;

/// An attempt as programs see it.
#[derive(Serialize)]
pub(super) struct AttemptView {
    number: u32,
    upstream: String,
    state: &'static str,
    began_ms: i64,
    awaited: bool,
    suspended: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    what: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldReport>,
    evidence: Vec<EvidenceView>,
}

#[derive(Serialize)]
struct EvidenceView {
    at_ms: i64,
    what: String,
}

/// All attempts of a task with what is known of them.
pub(super) fn views(app: &App, record: &Record) -> Result<Vec<AttemptView>, StoreError> {
    let known = app.store.known(record.seq)?;
    let view = |attempt: Attempt| {
        let of_attempt = known.iter().filter(|known| known.attempt == attempt.number);
        AttemptView {
            number: attempt.number,
            upstream: attempt.upstream.clone(),
            state: attempt.word(),
            began_ms: attempt.began.0,
            awaited: attempt.awaited,
            suspended: attempt.suspended,
            job: job(&attempt, &known),
            what: match &attempt.state {
                AttemptState::Ended(end) => end.text(),
                _ => String::new(),
            },
            fields: serde_json::from_str(&attempt.report).unwrap_or_default(),
            evidence: of_attempt
                .map(|known| EvidenceView { at_ms: known.at.0, what: known.evidence.text() })
                .collect(),
        }
    };
    Ok(app.store.attempts(record.seq)?.into_iter().map(view).collect())
}

/// The upstream's id: what an ended attempt was, its evidence still says.
fn job(attempt: &Attempt, known: &[Known]) -> Option<String> {
    let of_attempt =
        || known.iter().filter(|known| known.attempt == attempt.number).map(|known| &known.evidence);
    let accepted = || {
        of_attempt().find_map(|evidence| match evidence {
            Evidence::Submitted(Submitted::Accepted { job, .. }) => Some(job.clone()),
            _ => None,
        })
    };
    let is_not = |job: &str| {
        of_attempt().any(|known| matches!(known, Evidence::NotIt { job: other, .. } if other == job))
    };
    let adopted = || {
        let mut named = of_attempt().filter_map(|evidence| match evidence {
            Evidence::CalledBack { job }
            | Evidence::Found { job }
            | Evidence::Ordered(Order::Adopt { job }) => Some(job.clone()),
            _ => None,
        });
        named.rfind(|job| had_a_job(attempt) && !is_not(job))
    };
    attempt.job().map(str::to_owned).or_else(accepted).or_else(adopted)
}

/// Whether it ended in a way that only a job can, so that what was said to be its job was adopted.
fn had_a_job(attempt: &Attempt) -> bool {
    matches!(
        attempt.state,
        AttemptState::Ended(End::Delivered | End::Late | End::Failed(_) | End::Stopped | End::Lost { .. })
    )
}

/// `kie`, or `kie:veo-3-1` where another card is asked for.
pub(super) fn route_name(route: &Route) -> String {
    match &route.card {
        Some(card) => format!("{}:{card}", route.upstream),
        None => route.upstream.clone(),
    }
}

/// Prints the attempts below a task.
pub(super) fn print(attempts: &[AttemptView]) -> Outcome {
    for attempt in attempts {
        let job = attempt.job.as_ref().map(|job| format!(", job {job}")).unwrap_or_default();
        let late = if attempt.awaited { "" } else { ", no longer waited for" };
        output::line(format!(
            "\nattempt {} at {}: {}{job}{late}{}{}",
            attempt.number,
            attempt.upstream,
            attempt.state,
            if attempt.what.is_empty() { "" } else { "; " },
            attempt.what
        ))?;
        for field in &attempt.fields {
            let fate = match field.fate {
                Fate::Kept => "kept",
                Fate::Adapted => "adapted",
                Fate::Dropped => "dropped",
            };
            let note = if field.note.is_empty() { String::new() } else { format!(": {}", field.note) };
            output::line(format!("  {} {fate}{note}", field.parameter.word()))?;
        }
        for evidence in &attempt.evidence {
            let at = output::moment(filmgate_domain::time::Timestamp(evidence.at_ms));
            output::line(format!("  {at}  {}", evidence.what))?;
        }
    }
    Ok(())
}
