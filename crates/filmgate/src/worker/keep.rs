//! Bringing a finished film into our storage: downloaded from its upstream, or found where the studio left it.

use filmgate_domain::answer::{Evidence, Link, Reading};
use filmgate_domain::attempt::AttemptState;
use filmgate_domain::pace;
use filmgate_domain::step::Event;
use filmgate_domain::task::{CopyKind, Film};
use filmgate_domain::work::Known;
use filmgate_providers::http::DownloadFault;
use filmgate_store::StoreError;

use super::advance::{Hold, keep_evidence};
use super::look;
use crate::app::App;

/// Brings one film into storage. Nothing to report yet where it is tried again later.
pub(super) async fn film(
    app: &App,
    hold: &mut Hold,
    (attempt, key): (u32, &str),
    known: &[Known],
) -> Result<Option<Event>, StoreError> {
    let made_here = hold.case().attempt(attempt).is_none_or(|attempt| attempt.job().is_none());
    if !made_here && !app.films.is_here(key) {
        if let Some(event) = fetch(app, hold, (attempt, key), known).await? {
            return Ok(Some(event));
        }
        if !app.films.is_here(key) {
            return Ok(None);
        }
    }
    // What an upstream made has no copies: its own links to them were never promised to us.
    let copies = if made_here { hold.case().request.copies() } else { vec![] };
    Ok(Some(match store(app, key, copies).await {
        Ok(Some(film)) => Event::Stored { attempt, film },
        Ok(None) if made_here => Event::PartLost { attempt },
        Ok(None) => {
            look_again(app, hold, attempt);
            return Ok(None);
        }
        Err(error) => {
            // The film is made and paid for: a full disk is waited for, not the client's loss.
            tracing::error!(%error, "ALERT: a film could not be stored; it is tried again");
            look_again(app, hold, attempt);
            return Ok(None);
        }
    }))
}

async fn store(app: &App, key: &str, copies: Vec<CopyKind>) -> std::io::Result<Option<Film>> {
    let (films, key) = (app.films.clone(), key.to_owned());
    let kept = tokio::task::spawn_blocking(move || films.keep_with_copies(&key, &copies)).await;
    kept.map_err(std::io::Error::other)?
}

/// Downloads the film into its part file. An event only if it is lost.
async fn fetch(
    app: &App,
    hold: &mut Hold,
    (attempt, key): (u32, &str),
    known: &[Known],
) -> Result<Option<Event>, StoreError> {
    let Some((gate, job)) = look::gate_of(app, hold, attempt) else {
        look_again(app, hold, attempt);
        return Ok(None);
    };
    let links = newest_links(known, attempt);
    let incoming = app.films.incoming(key, app.random.bits());
    let fetched = {
        let _place = gate.downloads.acquire().await;
        gate.remote.fetch(&links, &incoming).await
    };
    let arrived = match fetched {
        Ok(()) => arrived(app, incoming, key).await.map_err(DownloadFault::Disk),
        Err(fault) => Err(fault),
    };
    let Err(fault) = arrived else { return Ok(None) };
    tracing::warn!(task.id = %hold.case().task.id, %fault, "a film could not be fetched yet");
    let tries = hold.pace.looks(attempt) + 1;
    let since = hold.case().attempt(attempt).map(|attempt| match attempt.state {
        AttemptState::Made { since, .. } => since,
        _ => attempt.began,
    });
    let given_up = since.is_some_and(|since| pace::link_stays_dead(tries, since, app.now()));
    look_again(app, hold, attempt);
    match fault {
        DownloadFault::Gone { .. } | DownloadFault::NotAFilm(_) | DownloadFault::TooLarge if given_up => {
            Ok(Some(Event::Lost { attempt, why: fault.to_string() }))
        }
        // The record may have a fresh link by now.
        DownloadFault::Gone { .. } => {
            let (reading, _) = look::read(app, hold, &gate, (attempt, &job)).await.said;
            if let Reading::Failed { failure, cost } = &reading {
                let event = Event::Faulted { attempt, failure: failure.clone(), cost: *cost };
                keep_evidence(app, &hold.lease, attempt, &Evidence::Read(reading.clone())).await?;
                return Ok(Some(event));
            }
            if let Reading::Made { links: fresh, .. } = &reading
                && *fresh != links
            {
                keep_evidence(app, &hold.lease, attempt, &Evidence::Read(reading)).await?;
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}

async fn arrived(app: &App, incoming: std::path::PathBuf, key: &str) -> std::io::Result<()> {
    let (films, key) = (app.films.clone(), key.to_owned());
    let moved = tokio::task::spawn_blocking(move || films.arrived(&incoming, &key)).await;
    moved.map_err(std::io::Error::other)?
}

fn newest_links(known: &[Known], attempt: u32) -> Vec<Link> {
    let of_attempt = known.iter().rev().filter(|known| known.attempt == attempt);
    let mut links = of_attempt.filter_map(|known| match &known.evidence {
        Evidence::Read(Reading::Made { links, .. }) => Some(links.clone()),
        _ => None,
    });
    links.next().unwrap_or_default()
}

fn look_again(app: &App, hold: &mut Hold, attempt: u32) {
    let (now, chance) = (app.now(), app.random.chance());
    let next = pace::try_again(now, hold.pace.looks(attempt).min(8), None, chance);
    hold.pace.looked(attempt, next);
}
