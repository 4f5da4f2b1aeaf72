//! Advancing one leased task: decide, ask, keep the answer, commit, wait, until it has ended or somebody else is to go on.

use filmgate_domain::answer::{Evidence, Exchange, Submitted};
use filmgate_domain::case::Case;
use filmgate_domain::step::{Event, step};
use filmgate_domain::task::Phase;
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::{Known, Move, Pace, Situation, is_made_here, next_move};
use filmgate_store::{Leased, NodeNumber, StepWrite, StoreError};

use super::{keep, look, render, send};
use crate::app::App;
use crate::films;

/// After an error a task is left alone for so long, on the clock.
const AFTER_ERROR_MS: i64 = 5_000;
/// How often giving it back is tried, while the store is busy.
const GIVE_BACK_AGAIN: std::time::Duration = std::time::Duration::from_secs(1);
/// Who has nothing to do for longer than this gives the task back until then.
const KEEP_MS: i64 = 300_000;
/// A doubt may be resolved from another process at any time, so it is looked at this often while it is young, and less
/// and less often later.
const DOUBT_LOOK_MS: i64 = 1_000;
const YOUNG_MS: i64 = 120_000;
const OLD_DOUBT_MIN_MS: i64 = 30_000;
const OLD_DOUBT_MAX_MS: i64 = 600_000;

/// A leased task, and when to look at what.
pub struct Hold {
    /// The lease.
    pub lease: Leased,
    /// When to look at which attempt.
    pub pace: Pace,
}

impl Hold {
    /// A lease that was just taken.
    pub fn new(lease: Leased) -> Self {
        Self { lease, pace: Pace::default() }
    }

    pub(super) fn case(&self) -> &Case {
        &self.lease.case
    }
}

/// What follows a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another move, at once.
    Again,
    /// Another move then, or when there is news.
    Wait(Timestamp),
    /// Nothing: the task is not ours any more.
    Done,
}

/// Advances a task as far as it goes now. After an error it is given back, so that it is leased again soon; the error
/// is logged here and returned for whoever waits.
pub async fn advance(app: &App, node: NodeNumber, lease: Leased) -> Result<(), StoreError> {
    let id = lease.case.task.id;
    let mut hold = Hold::new(lease);
    match advance_all(app, node, &mut hold).await {
        Ok(()) => {
            let phase = hold.case().task.phase.word();
            tracing::info!(task.id = %id, task.phase = phase, "advanced");
            Ok(())
        }
        Err(StoreError::Fenced) => {
            tracing::warn!(task.id = %id, "the lease was taken over; our decision is void");
            Ok(())
        }
        Err(error) => {
            tracing::error!(task.id = %id, %error, "the task could not be advanced; it is tried again");
            give_back(app, &hold.lease, app.now().after(AFTER_ERROR_MS)).await;
            Err(error)
        }
    }
}

/// Makes the moves that need nobody else: what is known already is reported, and the task is given back.
pub async fn hear(app: &App, node: NodeNumber, mut hold: Hold) -> Result<(), StoreError> {
    let known = app.store.known(hold.lease.seq)?;
    if let Move::Report(event) = next_move(&situation(app, &hold, &known))
        && let Some(event) = look::unless_taken(app, &hold, Some(event)).await?
    {
        commit(app, node, &mut hold, &event).await?;
    }
    if hold.case().task.due.is_some() {
        give_back(app, &hold.lease, app.now()).await;
    }
    Ok(())
}

fn situation<'a>(app: &'a App, hold: &'a Hold, known: &'a [Known]) -> Situation<'a> {
    Situation {
        case: &hold.lease.case,
        known,
        pace: &hold.pace,
        policies: app.upstreams.policies(),
        taken_over: hold.lease.taken_over,
        now: app.now(),
    }
}

async fn give_back(app: &App, lease: &Leased, due: Timestamp) {
    let mut again = tokio::time::interval(GIVE_BACK_AGAIN);
    loop {
        again.tick().await;
        match app.store.give_back(lease.seq, lease.version, due).await {
            Ok(()) | Err(StoreError::Fenced | StoreError::Closed) => return,
            Err(error) => {
                tracing::warn!(task.id = %lease.case.task.id, %error, "the task could not be given back yet");
            }
        }
    }
}

async fn advance_all(app: &App, node: NodeNumber, hold: &mut Hold) -> Result<(), StoreError> {
    let listener = app.listen(hold.case().task.id);
    loop {
        match one_move(app, node, hold).await? {
            Next::Again => {}
            Next::Done => return Ok(()),
            Next::Wait(until) => {
                let now = app.now();
                let in_doubt = hold.case().task.phase == Phase::InDoubt;
                let age_ms = hold.case().awaited().map_or(0, |attempt| now.since_ms(attempt.began));
                if in_doubt && age_ms >= YOUNG_MS {
                    // An old doubt takes no place here; evidence of any kind makes it due at once.
                    let pause_ms = (age_ms / 4).clamp(OLD_DOUBT_MIN_MS, OLD_DOUBT_MAX_MS);
                    give_back(app, &hold.lease, now.after(pause_ms)).await;
                    return Ok(());
                }
                if !in_doubt && until.since_ms(now) > KEEP_MS {
                    give_back(app, &hold.lease, until).await;
                    return Ok(());
                }
                let until = if in_doubt { until.min(now.after(DOUBT_LOOK_MS)) } else { until };
                if listener.wait(until).await {
                    hold.pace.heard(app.now());
                }
            }
        }
    }
}

/// Makes one move and commits it.
pub async fn one_move(app: &App, node: NodeNumber, hold: &mut Hold) -> Result<Next, StoreError> {
    hold.lease.case.task.cancel_wished |= app.store.cancel_wished(&hold.lease)?;
    let has_remote = hold.case().attempts.iter().any(|attempt| attempt.payee != 0);
    let known = if has_remote { app.store.known(hold.lease.seq)? } else { vec![] };
    let decided = next_move(&situation(app, hold, &known));
    let event = match decided {
        Move::Rest => return Ok(Next::Done),
        Move::Wait(until) => return Ok(Next::Wait(until)),
        Move::Report(event) => Some(event),
        Move::Begin { route } => Some(send::begin(app, node, hold, route).await?),
        Move::SendAgain { attempt } => send::again_under_key(app, node, hold, attempt).await?,
        Move::Render { attempt } => Some(render::film(app, &hold.lease, attempt).await?),
        Move::Look { attempt, job } => look::at(app, hold, (attempt, &job), &known).await?,
        Move::Confirm { attempt, job } => look::confirm(app, hold, (attempt, &job), &known).await?,
        Move::Seek { attempt } => look::seek(app, hold, attempt, &known).await?,
        Move::Stop { attempt, job } => look::stop(app, hold, (attempt, &job)).await?,
        Move::Store { attempt, key } => keep::film(app, hold, (attempt, &key), &known).await?,
    };
    hold.lease.taken_over = false;
    match look::unless_taken(app, hold, event).await? {
        Some(event) => {
            if matches!(event, Event::Adopted { .. }) {
                // However long it was to be left alone as a doubt, its record is read now.
                hold.pace.look_now();
            }
            commit(app, node, hold, &event).await
        }
        None => Ok(Next::Again),
    }
}

/// Keeps the answer to a submit, which may be paid for: it is tried until it is on disk or the store is gone for good.
pub(super) async fn keep_answer(
    app: &App,
    lease: &Leased,
    attempt: u32,
    evidence: &Evidence,
) -> Result<(), StoreError> {
    let mut again = tokio::time::interval(GIVE_BACK_AGAIN);
    loop {
        again.tick().await;
        match keep_evidence(app, lease, attempt, evidence).await {
            Err(error) if !matches!(error, StoreError::Closed) => {
                let job = match evidence {
                    Evidence::Submitted(Submitted::Accepted { job, .. }) => job.as_str(),
                    _ => "none",
                };
                let id = lease.case.task.id;
                tracing::error!(task.id = %id, %error, job, "ALERT: an upstream's answer cannot be kept yet");
            }
            outcome => return outcome,
        }
    }
}

/// Keeps what was learned about an attempt, whatever has become of the lease by now.
pub(super) async fn keep_evidence(
    app: &App,
    lease: &Leased,
    attempt: u32,
    evidence: &Evidence,
) -> Result<(), StoreError> {
    app.store.evidence(lease.seq, attempt, evidence, app.now()).await
}

/// Keeps the call that was answered with the evidence before it, where there was one.
pub(super) async fn keep_exchange(
    app: &App,
    lease: &Leased,
    attempt: u32,
    exchange: Option<Exchange>,
) -> Result<(), StoreError> {
    match exchange {
        Some(exchange) => keep_evidence(app, lease, attempt, &Evidence::Exchanged(exchange)).await,
        None => Ok(()),
    }
}

/// Commits what follows from an event. `Fenced` if the task is not ours any more.
pub(super) async fn commit(
    app: &App,
    node: NodeNumber,
    hold: &mut Hold,
    event: &Event,
) -> Result<Next, StoreError> {
    let lease = &mut hold.lease;
    let now = app.now();
    let step = step(&lease.case, event, now).map_err(|illegal| StoreError::Inconsistent {
        table: "tasks",
        row: lease.seq,
        what: illegal.to_string(),
    })?;
    let (task, attempt, tells) = (step.task.clone(), step.attempt.clone(), step.announced.is_some());
    // A film that is made here needs a place among those being made; what waits for a moment is free until then.
    let was_here = is_made_here(&lease.case.task.phase, &lease.case.task.upstream);
    let is_here = is_made_here(&task.phase, &task.upstream);
    // A submit is about to leave under this very lease.
    let changes_hands = was_here != is_here && task.phase != Phase::Sending;
    let goes_on = !changes_hands && task.due.is_some_and(|due| due <= now);
    let write =
        StepWrite { seq: lease.seq, version: lease.version, node: goes_on.then_some(node), step, now };
    let has_film = write.step.film.is_some();
    app.store.step(write).await?;
    if has_film
        && app.store.is_deleted(lease.seq)?
        && let Err(error) = films::forget(app, lease.seq).await
    {
        tracing::warn!(task.id = %lease.case.task.id, %error, "the film of a deleted task could not be removed");
    }
    if tells {
        app.webhooks.announced.notify_one();
    }
    lease.version += 1;
    lease.case.task = task;
    if let Some(attempt) = attempt {
        lease.case.attempts.retain(|known| known.number != attempt.number);
        lease.case.attempts.push(attempt);
        lease.case.attempts.sort_unstable_by_key(|attempt| attempt.number);
    }
    if changes_hands {
        app.wake.notify_one();
    }
    Ok(if goes_on { Next::Again } else { Next::Done })
}
