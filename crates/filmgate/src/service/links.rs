//! Links to films: the lasting one of a record, and fresh ones that live for twenty minutes and tell nobody the lasting one.

use filmgate_domain::id::TaskId;
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::Film;
use filmgate_domain::time::Timestamp;
use filmgate_store::StoreError;
use sha2::{Digest as _, Sha256};

use super::caller::Caller;
use crate::app::App;

/// How long a fresh link lives: Kie's own twenty minutes (reference, 5.2).
pub const FRESH_MS: i64 = 20 * 60_000;

/// What is behind a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// This film.
    Film(Film),
    /// A film, and the link has died.
    Expired,
    /// Nothing.
    Nothing,
}

/// The film among its task's: what a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    task: TaskId,
    /// The store's number of it: the task's own film, a copy beside it, a late one.
    number: i64,
    film: Film,
}

/// What is behind the last part of a link, such as `0f….mp4`.
pub fn behind(app: &App, name: &str) -> Result<Behind, StoreError> {
    if let Some(fresh) = Fresh::read(name) {
        return Ok(match fresh.named(app)? {
            Some(_) if fresh.until < app.now() => Behind::Expired,
            Some(named) => Behind::Film(named.film),
            None => Behind::Nothing,
        });
    }
    let Some(film) = key(name).map_or(Ok(None), |key| app.store.film(key))? else {
        return Ok(Behind::Nothing);
    };
    if app.dev.is_some() && is_expired(app, name)? {
        return Ok(Behind::Expired);
    }
    Ok(Behind::Film(film))
}

/// A fresh link to the film behind a link of ours, whether or not that one has died. `None` if it is no link of ours, or not to a
/// film of the caller's.
pub fn fresh(app: &App, caller: &Caller, url: &str) -> Result<Option<String>, StoreError> {
    let name = url.strip_prefix(&app.link_base).and_then(|rest| rest.strip_prefix("/files/"));
    let Some(name) = name.and_then(|name| name.split(['?', '#']).next()) else { return Ok(None) };
    let named = match Fresh::read(name) {
        Some(fresh) => fresh.named(app)?,
        None => lasting(app, name)?,
    };
    let Some(Named { task, number, film }) = named else { return Ok(None) };
    let record = app.store.record(task)?;
    if !record.is_some_and(|record| caller.owns(&record) && !record.is_deleted) {
        return Ok(None);
    }
    let until = app.now().after(FRESH_MS);
    let mac = mac(&film, task, number, until);
    Ok(Some(format!("{}/files/{task}.{number}.{}.{mac}.mp4", app.link_base, until.0)))
}

fn lasting(app: &App, name: &str) -> Result<Option<Named>, StoreError> {
    let Some(key) = key(name) else { return Ok(None) };
    let (Some(film), Some((task, number))) = (app.store.film(key)?, app.store.film_place(key)?) else {
        return Ok(None);
    };
    Ok(Some(Named { task, number, film }))
}

/// The lasting links of a task that plays `expired-url` are dead from the beginning.
fn is_expired(app: &App, name: &str) -> Result<bool, StoreError> {
    let Some(Named { task, .. }) = lasting(app, name)? else { return Ok(false) };
    let record = app.store.record(task)?;
    Ok(record.is_some_and(|record| record.request.scenario == Some(Scenario::ExpiredUrl)))
}

fn key(name: &str) -> Option<[u8; 16]> {
    name.strip_suffix(".mp4").and_then(|key| hex::decode(key).ok()).and_then(|key| key.try_into().ok())
}

/// A fresh link's name, taken apart.
struct Fresh<'a> {
    task: TaskId,
    number: i64,
    until: Timestamp,
    mac: &'a str,
}

impl<'a> Fresh<'a> {
    fn read(name: &'a str) -> Option<Self> {
        let mut parts = name.strip_suffix(".mp4")?.split('.');
        let (task, number, until, mac) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let (task, number, until) = (TaskId::parse(task)?, number.parse().ok()?, until.parse().ok()?);
        parts.next().is_none().then_some(Self { task, number, until: Timestamp(until), mac })
    }

    /// The film that it names, if we made the link.
    fn named(&self, app: &App) -> Result<Option<Named>, StoreError> {
        let Some(film) = app.store.film_at(self.task, self.number)? else { return Ok(None) };
        // Hashes of both are compared, so that the time it takes says nothing of the right one.
        let right = mac(&film, self.task, self.number, self.until);
        let is_ours = Sha256::digest(right) == Sha256::digest(self.mac);
        Ok(is_ours.then_some(Named { task: self.task, number: self.number, film }))
    }
}

/// The secret is the film's lasting link, which lets in for ever whoever knows it. On both sides of the text, so that nothing can
/// be added to it.
fn mac(film: &Film, task: TaskId, number: i64, until: Timestamp) -> String {
    let text = format!("{}/{task}.{number}.{}/{}", film.key, until.0, film.key);
    hex::encode(Sha256::digest(text).get(..16).unwrap_or_default())
}
