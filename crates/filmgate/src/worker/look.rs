//! Looking after an attempt at an upstream: its record, the upstream's list, a wish to stop; all of it free.

use std::sync::Arc;

use filmgate_domain::answer::{Answered, Evidence, Reading, Submitted};
use filmgate_domain::attempt::Attempt;
use filmgate_domain::oracle;
use filmgate_domain::pace::{self, MISSING_MS};
use filmgate_domain::request::Form;
use filmgate_domain::step::Event;
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::Known;
use filmgate_providers::kie::form_of;
use filmgate_store::StoreError;

use super::advance::{Hold, keep_evidence, keep_exchange};
use crate::app::App;
use crate::upstreams::Gate;

/// The upstream of an attempt, and its job there.
pub(super) fn gate_of(app: &App, hold: &Hold, attempt: u32) -> Option<(Arc<Gate>, String)> {
    let attempt = hold.case().attempt(attempt)?;
    Some((Arc::clone(app.upstreams.get(&attempt.upstream)?), attempt.job().unwrap_or_default().to_owned()))
}

/// Reads the record of a job.
pub(super) async fn read(
    app: &App,
    hold: &Hold,
    gate: &Gate,
    (attempt, job): (u32, &str),
) -> Answered<(Reading, Option<bool>)> {
    let token = hold.case().attempt(attempt).map_or(0, |attempt| attempt.token);
    let form = form(app, hold, attempt);
    // Nobody closes the places: a failed acquire is none.
    let _place = gate.calls.acquire().await;
    gate.remote.read(form, job, &app.callback_url(token)).await
}

/// The form in which the attempt was sent, by the card of its route.
fn form(app: &App, hold: &Hold, attempt: u32) -> Form {
    let case = hold.case();
    let route = case.attempt(attempt).and_then(|attempt| case.request.routes.get(attempt.route));
    let card = route.and_then(|route| route.card.as_deref()).unwrap_or(&case.task.model);
    app.catalogue.find(card).map_or(Form::KieJobs, form_of)
}

/// Reads the record of a running job.
pub(super) async fn at(
    app: &App,
    hold: &mut Hold,
    (attempt, job): (u32, &str),
    known: &[Known],
) -> Result<Option<Event>, StoreError> {
    let Some((gate, _)) = gate_of(app, hold, attempt) else {
        wait_for_configuration(app, hold, attempt);
        return Ok(None);
    };
    let Answered { said: reading, exchange } = match told_at_once(known, attempt) {
        Some(said) => Answered { said, exchange: None },
        None => {
            let Answered { said: (said, _), exchange } = read(app, hold, &gate, (attempt, job)).await;
            Answered { said, exchange }
        }
    };
    let now = app.now();
    if let Some(current) = hold.case().attempt(attempt) {
        let next = pace::poll_again(now, current, (gate.policy.poll_ms, app.waiting()), app.random.chance());
        hold.pace.looked(attempt, next);
    }
    let event = match &reading {
        Reading::Running { percent } => {
            if let Some(percent) = percent {
                app.note_percent(hold.case().task.id, *percent);
            }
            // It is there again: only a job that stays missing is lost.
            if missing_since(known, attempt).is_some() {
                keep_evidence(app, &hold.lease, attempt, &Evidence::Read(reading)).await?;
            }
            return Ok(None);
        }
        Reading::Unclear { why } => {
            if gate.is_news(why) {
                tracing::warn!(
                    upstream = gate.offer.name,
                    why,
                    "records cannot be read; they are read again"
                );
            }
            return Ok(None);
        }
        Reading::Made { cost, .. } => {
            let key = format!("{:032x}", app.random.bits());
            hold.pace.look_now();
            Some(Event::Made { attempt, key, cost: *cost })
        }
        Reading::Failed { failure, cost } => {
            Some(Event::Faulted { attempt, failure: failure.clone(), cost: *cost })
        }
        Reading::Missing => return missing(app, hold, attempt, known).await,
    };
    keep_evidence(app, &hold.lease, attempt, &Evidence::Read(reading)).await?;
    keep_exchange(app, &hold.lease, attempt, exchange).await?;
    Ok(event)
}

/// What the answer to the submit said of the film already, if nothing was read since. Some engines have nothing to read.
fn told_at_once(known: &[Known], attempt: u32) -> Option<Reading> {
    let of_attempt = || known.iter().filter(|known| known.attempt == attempt).map(|known| &known.evidence);
    if of_attempt().any(|evidence| matches!(evidence, Evidence::Read(_))) {
        return None;
    }
    of_attempt().find_map(|evidence| match evidence {
        Evidence::Submitted(Submitted::Accepted { reading: Some(reading), .. }) => match reading {
            Reading::Made { .. } | Reading::Failed { .. } => Some(reading.clone()),
            _ => None,
        },
        _ => None,
    })
}

fn missing_since(known: &[Known], attempt: u32) -> Option<Timestamp> {
    let of_attempt = known.iter().filter(|known| known.attempt == attempt);
    let of_attempt: Vec<_> = of_attempt.map(|known| (known.at, known.evidence.clone())).collect();
    pace::missing_since(&of_attempt)
}

/// A record may be missing for a moment; for longer, the upstream has lost the job.
async fn missing(app: &App, hold: &Hold, attempt: u32, known: &[Known]) -> Result<Option<Event>, StoreError> {
    match missing_since(known, attempt) {
        Some(since) if app.now().since_ms(since) >= MISSING_MS => {
            let why = "it does not know the task any more".to_owned();
            Ok(Some(Event::Lost { attempt, why }))
        }
        Some(_) => Ok(None),
        None => {
            keep_evidence(app, &hold.lease, attempt, &Evidence::Read(Reading::Missing)).await?;
            Ok(None)
        }
    }
}

/// Reads the record of a job that is said to be this attempt. The record decides, not who said so.
pub(super) async fn confirm(
    app: &App,
    hold: &mut Hold,
    (attempt, job): (u32, &str),
    known: &[Known],
) -> Result<Option<Event>, StoreError> {
    let Some((gate, _)) = gate_of(app, hold, attempt) else {
        wait_for_configuration(app, hold, attempt);
        return Ok(None);
    };
    let not_it = async |why: &str| {
        let evidence = Evidence::NotIt { job: job.to_owned(), why: why.to_owned() };
        keep_evidence(app, &hold.lease, attempt, &evidence).await
    };
    if app.store.job_is_taken(&gate.offer.name, job, (hold.lease.seq, attempt))? {
        not_it("it belongs to another attempt").await?;
        return Ok(None);
    }
    let Answered { said: (reading, echo), .. } = read(app, hold, &gate, (attempt, job)).await;
    let said = known.iter().find(|known| {
        known.attempt == attempt
            && matches!(&known.evidence, Evidence::CalledBack { job: named } | Evidence::Found { job: named } if named == job)
    });
    match (reading, gate.is_not_it(echo)) {
        (Reading::Missing, _) if said.is_some_and(|said| app.now().since_ms(said.at) >= MISSING_MS) => {
            not_it("the upstream does not know it").await?;
        }
        (Reading::Missing | Reading::Unclear { .. }, _) => seek_later(app, hold, attempt),
        (_, Some(why)) => not_it(why).await?,
        _ => {
            tracing::info!(task.id = %hold.case().task.id, attempt, "a doubtful attempt was found and adopted");
            return Ok(Some(Event::Adopted { attempt, job: job.to_owned() }));
        }
    }
    Ok(None)
}

/// Looks for a doubtful attempt in the upstream's list, and keeps the balance as evidence.
pub(super) async fn seek(
    app: &App,
    hold: &mut Hold,
    attempt: u32,
    known: &[Known],
) -> Result<Option<Event>, StoreError> {
    seek_later(app, hold, attempt);
    let Some((gate, _)) = gate_of(app, hold, attempt) else { return Ok(None) };
    let Some(doubtful) = hold.case().attempt(attempt).cloned() else { return Ok(None) };
    let is_balance = |known: &&Known| matches!(known.evidence, Evidence::Balance { .. });
    if !known.iter().filter(is_balance).any(|known| known.attempt == attempt) {
        let before = gate.balance_before(doubtful.began);
        if let Some(Ok(now)) = gate.read_balance(app.now()).await {
            keep_evidence(app, &hold.lease, attempt, &Evidence::Balance { before, now }).await?;
        }
    }
    let listed = {
        let _place = gate.calls.acquire().await;
        gate.remote.list().await
    };
    let Some(listed) = listed else { return Ok(None) };
    let prompt = send_prompt(app, hold, &doubtful);
    let mut found = oracle::candidates(&listed, &doubtful, &prompt);
    found.retain(|job| !is_taken(app, &gate, job, (hold.lease.seq, attempt)));
    let is_news = |job: &str| {
        !known.iter().any(|known| {
            known.attempt == attempt
                && matches!(&known.evidence, Evidence::Found { job: named } if named == job)
        })
    };
    // The one job may as well be that of another submit with the same words that nobody has heard of yet.
    let own = filmgate_providers::openai::prompt(&hold.case().request);
    let unsure = app.store.unsure_requests(&gate.offer.name, (hold.lease.seq, attempt))?;
    let alone = unsure.iter().all(|request| filmgate_providers::openai::prompt(request) != own);
    if let [job] = found.as_slice()
        && alone
        && is_news(job)
    {
        keep_evidence(app, &hold.lease, attempt, &Evidence::Found { job: job.clone() }).await?;
        hold.pace.look_now();
    }
    Ok(None)
}

/// Whoever says that an attempt became a job, the upstream or the operator, is not believed if another attempt has it.
pub(super) async fn unless_taken(
    app: &App,
    hold: &Hold,
    event: Option<Event>,
) -> Result<Option<Event>, StoreError> {
    let (number, job) = match &event {
        Some(Event::Adopted { attempt, job }) => (*attempt, job),
        Some(Event::Submitted { attempt, answer: Submitted::Accepted { job, .. }, .. }) => (*attempt, job),
        _ => return Ok(event),
    };
    let Some(attempt) = hold.case().attempt(number) else { return Ok(event) };
    if !app.store.job_is_taken(&attempt.upstream, job, (hold.lease.seq, number))? {
        return Ok(event);
    }
    tracing::error!(task.id = %hold.case().task.id, job, "ALERT: two attempts are said to be one job");
    let evidence = Evidence::NotIt { job: job.clone(), why: "it belongs to another attempt".into() };
    keep_evidence(app, &hold.lease, number, &evidence).await?;
    Ok(None)
}

fn is_taken(app: &App, gate: &Gate, job: &str, by_others_than: (i64, u32)) -> bool {
    app.store.job_is_taken(&gate.offer.name, job, by_others_than).unwrap_or(true)
}

/// The prompt as it was sent.
fn send_prompt(app: &App, hold: &Hold, attempt: &Attempt) -> String {
    let case = hold.case();
    let route = case.request.routes.get(attempt.route);
    let shaped = route.and_then(|route| {
        filmgate_domain::route::shape(&app.catalogue, &case.request, &case.task.model, route)
    });
    filmgate_providers::openai::prompt(shaped.as_ref().map_or(&case.request, |shaped| &shaped.request))
}

/// Asks the upstream to stop, once. What it does not confirm runs on and is charged.
pub(super) async fn stop(
    app: &App,
    hold: &mut Hold,
    (attempt, job): (u32, &str),
) -> Result<Option<Event>, StoreError> {
    hold.pace.asked_to_stop();
    let Some((gate, _)) = gate_of(app, hold, attempt) else { return Ok(None) };
    // What is finished is not deleted: it is paid for.
    if !matches!(read(app, hold, &gate, (attempt, job)).await.said.0, Reading::Running { .. }) {
        hold.pace.look_now();
        return Ok(None);
    }
    Ok(gate.remote.stop(job).await.then_some(Event::Stopped { attempt }))
}

fn seek_later(app: &App, hold: &mut Hold, attempt: u32) {
    let Some(current) = hold.case().attempt(attempt) else { return };
    let next = pace::seek_again(app.now(), current, hold.pace.looks(attempt), app.random.chance());
    hold.pace.looked(attempt, next);
}

/// The operator has taken the upstream out of the configuration while it works for us; nothing is lost if it comes back.
fn wait_for_configuration(app: &App, hold: &mut Hold, attempt: u32) {
    tracing::warn!(task.id = %hold.case().task.id, "the upstream of a running task is not configured any more");
    hold.pace.looked(attempt, app.now().after(60_000));
}
