//! Sessions of browsers: a key is shown once and becomes a cookie that no script can read.

use filmgate_domain::scenario::Scenario;
use filmgate_domain::time::Timestamp;
use filmgate_store::{KeyLimits, Payer, SessionOf, StoreError};
use sha2::{Digest as _, Sha256};

use super::caller::{Caller, LimitedKey};
use super::key;
use crate::app::App;

/// The emulator's own key, which every example of the playground shows. It is no secret: any key is a sandbox account there.
pub const SANDBOX_KEY: &str = "playground";
/// How long a session lives; its key may die earlier.
const LIVES_MS: i64 = 30 * 86_400_000;

/// A session that has just begun.
#[derive(Clone)]
pub struct Begun {
    /// What the cookie holds: 256 random bits.
    pub secret: String,
    /// When it ends.
    pub expires: Timestamp,
}

/// For whom a bearer key speaks; `None` if it is refused.
pub fn of_key(app: &App, bearer: &str) -> Result<Option<SessionOf>, StoreError> {
    let bearer = bearer.trim();
    let Some(dev) = &app.dev else {
        let Some((id, hash)) = key::split(bearer) else { return Ok(None) };
        let live = app.store.live_key(id, &hash)?;
        return Ok(live.map(|_| SessionOf::Key(id.to_owned())));
    };
    let only = dev.only_key.as_deref();
    let is_taken =
        !bearer.is_empty() && only.is_none_or(|only| key::sandbox_name(only) == key::sandbox_name(bearer));
    Ok(is_taken.then(|| SessionOf::Sandbox(key::sandbox_name(bearer))))
}

/// The sandbox account that a first visit gets without any key, in an emulator that only this machine reaches.
pub fn of_first_visit(app: &App) -> Option<SessionOf> {
    let is_open = app.dev.as_ref().is_some_and(|dev| dev.only_key.is_none());
    is_open.then(|| SessionOf::Sandbox(key::sandbox_name(SANDBOX_KEY)))
}

/// Begins a session. The clock on the wall counts: a faster one logs nobody out.
pub async fn begin(app: &App, of: SessionOf) -> Result<Begun, StoreError> {
    let secret = format!("{:032x}{:032x}", app.random.bits(), app.random.bits());
    let now = app.heart.now();
    let expires = now.after(LIVES_MS);
    app.store.begin_session(hash(&secret), of, (now, expires)).await?;
    Ok(Begun { secret, expires })
}

/// Ends a session.
pub async fn end(app: &App, secret: &str) -> Result<(), StoreError> {
    app.store.end_session(hash(secret)).await
}

/// The public part of the key that a session was begun with, if it was a key.
pub fn key_of(app: &App, secret: &str) -> Result<Option<String>, StoreError> {
    Ok(app.store.session(hash(secret), app.heart.now())?.and_then(|(of, _)| match of {
        SessionOf::Key(id) => Some(id),
        SessionOf::Sandbox(_) => None,
    }))
}

/// Who calls with this cookie; `None` if the session is over or its key was revoked.
pub fn caller(app: &App, secret: &str, scenario: Option<Scenario>) -> Result<Option<Caller>, StoreError> {
    let Some((of, _)) = app.store.session(hash(secret), app.heart.now())? else { return Ok(None) };
    match (of, &app.dev) {
        (SessionOf::Key(id), None) => Ok(app.store.key_by_id(&id)?.map(|live| {
            let is_limited = live.limits != KeyLimits::default();
            let key = is_limited.then_some(LimitedKey { id, limits: live.limits });
            Caller { payer: Payer::Account(live.account), scenario: None, key }
        })),
        (SessionOf::Sandbox(name), Some(dev)) => {
            let is_theirs = dev.only_key.as_deref().is_none_or(|only| key::sandbox_name(only) == name);
            let payer = Payer::Sandbox { name, first_grant: dev.first_grant };
            Ok(is_theirs.then_some(Caller { payer, scenario, key: None }))
        }
        // The data folder was used with the emulator before, or is now.
        (SessionOf::Key(_), Some(_)) | (SessionOf::Sandbox(_), None) => Ok(None),
    }
}

/// What a page sends with every request that changes something. Other sites can send the cookie, but cannot know this.
pub fn csrf(secret: &str) -> String {
    let digest = Sha256::new().chain_update("filmgate csrf\0").chain_update(secret).finalize();
    hex::encode(&digest[..16])
}

fn hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret).into()
}
