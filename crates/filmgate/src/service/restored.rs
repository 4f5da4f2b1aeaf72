//! After a restore: what the database calls unsent may have been sent since, so paid tasks are in doubt until released.

use filmgate_domain::attempt::{Attempt, Repeat};
use filmgate_domain::case::Case;
use filmgate_domain::route::STUDIO;
use filmgate_domain::step::{Event, step};
use filmgate_store::{Claim, Leased, NodeNumber, StepWrite, StoreError, Which};

use crate::app::{App, LEASE_MS};

/// Puts every paid task that is waiting to be sent in doubt, if the database was restored. Returns how many.
pub async fn doubt_what_may_be_sent(app: &App, node: NodeNumber) -> Result<usize, StoreError> {
    if !app.store.was_restored()? {
        app.store.begin().await?;
        return Ok(0);
    }
    let (mut doubted, mut others) = (0, Vec::new());
    loop {
        // Also what is not due yet, and what failed over from the studio.
        let now = app.now().after(30 * 86_400_000);
        let alive_since = app.heart.now().after(-LEASE_MS);
        let mut leased = Vec::new();
        for which in [Which::MadeElsewhere, Which::MadeHere] {
            leased.extend(app.store.claim(Claim { node, now, alive_since, which, limit: 256 }).await?);
        }
        if leased.is_empty() {
            break;
        }
        for lease in leased {
            if doubt(app, &lease).await? { doubted += 1 } else { others.push(lease) }
        }
    }
    for lease in others {
        app.store.give_back(lease.seq, lease.version, app.now()).await?;
    }
    app.store.begin().await?;
    Ok(doubted)
}

/// Whether the task was waiting to be sent to an upstream that is paid each time.
async fn doubt(app: &App, lease: &Leased) -> Result<bool, StoreError> {
    let Some(attempt) = unsent(app, &lease.case) else { return Ok(false) };
    let attempt = Attempt { payee: payee(app, &attempt.upstream).await?, ..attempt };
    let number = attempt.number;
    let mut lease = lease.clone();
    // As if a process had died with it on its way, which is what may have happened.
    for event in [Event::Began(attempt), Event::Interrupted { attempt: number }] {
        let now = app.now();
        let step = step(&lease.case, &event, now).map_err(|illegal| StoreError::Inconsistent {
            table: "tasks",
            row: lease.seq,
            what: illegal.to_string(),
        })?;
        lease.case.task = step.task.clone();
        lease.case.attempts.retain(|known| known.number != number);
        lease.case.attempts.extend(step.attempt.clone());
        let write = StepWrite { seq: lease.seq, version: lease.version, node: None, step, now };
        app.store.step(write).await?;
        lease.version += 1;
    }
    Ok(true)
}

/// The attempt that may have been made after the copy.
fn unsent(app: &App, case: &Case) -> Option<Attempt> {
    if case.task.phase.is_terminal() || case.awaited().is_some() {
        return None;
    }
    let route = case.next_route()?;
    let upstream = case.request.routes.get(route)?.upstream.clone();
    let policy = app.upstreams.policies().get(&upstream);
    let repeat = policy.map_or(Repeat::Never, |policy| policy.repeat);
    // A key that was made after the copy is not known here, so a second submit would have another one.
    if upstream == STUDIO || repeat == Repeat::Safe {
        return None;
    }
    Some(Attempt { token: app.random.bits(), ..case.begins((route, &upstream), app.now()) })
}

async fn payee(app: &App, upstream: &str) -> Result<i64, StoreError> {
    match app.upstreams.get(upstream) {
        Some(gate) => gate.number(&app.store).await,
        None => app.store.upstream_number(upstream.to_owned()).await,
    }
}
