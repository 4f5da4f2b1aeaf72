//! `/filmgate/v1/keys`: an account's own keys, made, listed and revoked.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode};
use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::AccountNumber;
use filmgate_store::KeyRow;
use filmgate_wire::own::key::{CreateKey, Created, Key, Keys};
use filmgate_wire::own::refused::Refused;

use super::call::{
    self, Answer, Shared, caller, not_found, nothing, respond, respond_with, store, unlimited,
};
use crate::app::App;
use crate::dialect::asking;
use crate::http::part::Part;
use crate::service::caller::Caller;
use crate::service::key::{self, LimitFault, NewKey};
use crate::service::session;

/// `GET /filmgate/v1/keys`
pub(super) async fn list(State(app): Shared, request: Request) -> Response<Body> {
    let owner = owner(&app, &request);
    let this = this(&app, request.headers());
    respond(listed(&app, owner, this).await)
}

async fn listed(app: &App, owner: Answer<Caller>, this: Answer<Option<String>>) -> Answer<Keys> {
    let (account, this) = (call::account(app, &owner?).await?, this?);
    let rows = app.store.keys_of(account).map_err(|error| store(&error))?;
    Ok(Keys { keys: rows.into_iter().map(|row| view(row, this.as_deref())).collect() })
}

/// `POST /filmgate/v1/keys`
pub(super) async fn create(State(app): Shared, request: Request) -> Response<Body> {
    let owner = owner(&app, &request).and_then(unlimited);
    let answer = match owner {
        Ok(owner) => created(&app, owner, request).await,
        Err(refusal) => Err(refusal),
    };
    respond_with(StatusCode::CREATED, answer)
}

async fn created(app: &App, owner: Caller, request: Request) -> Answer<Created> {
    let account = call::account(app, &owner).await?;
    let CreateKey { models, credits_max } = call::body_or_default(request).await?;
    let credits_max = credits_max.map(|number| number.to_string());
    let limits = key::limits(app, models, credits_max.as_deref()).map_err(|fault| unfit(&fault))?;
    let name = app.store.balance(account).map_err(|error| store(&error))?.name;
    let NewKey { id, key, secret_hash } = NewKey::make(&app.random);
    let write = app.store.create_key(id.clone(), secret_hash, (name, limits), app.now());
    write.await.map_err(|error| store(&error))?;
    Ok(Created { id, key })
}

/// `DELETE /filmgate/v1/keys/{id}`
pub(super) async fn revoke(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let owner = owner(&app, &request);
    nothing(revoked(&app, owner, id).await)
}

/// A key that was revoked before is revoked, which is all that was wanted.
async fn revoked(app: &App, owner: Answer<Caller>, id: String) -> Answer<()> {
    let owner = owner?;
    // It may end itself, and nobody else.
    let owner = if owner.key.as_ref().is_some_and(|key| key.id == id) { owner } else { unlimited(owner)? };
    let account: AccountNumber = call::account(app, &owner).await?;
    let rows = app.store.keys_of(account).map_err(|error| store(&error))?;
    if !rows.iter().any(|row| row.id == id) {
        return Err(not_found("key"));
    }
    app.store.revoke_key(id, app.now()).await.map(|_| ()).map_err(|error| store(&error))
}

/// Whose keys are meant. The emulator has none: whatever a client sends there is an account of its own.
fn owner(app: &App, request: &Request) -> Answer<Caller> {
    let caller = caller(app, request)?;
    if app.dev.is_some() {
        let text = "The emulator has no keys: any key that you send is a sandbox account of its own. `filmgate serve` without --dev has them.";
        return Err(Refused::new(409, "sandbox_keys", text));
    }
    Ok(caller)
}

/// The public part of the key that a request came with, or of its session's.
fn this(app: &App, headers: &HeaderMap) -> Answer<Option<String>> {
    if let Some(bearer) = asking::bearer(headers) {
        return Ok(key::split(bearer).map(|(id, _)| id.to_owned()));
    }
    let Some(secret) = call::cookie(headers) else { return Ok(None) };
    session::key_of(app, secret).map_err(|error| store(&error))
}

fn view(row: KeyRow, this: Option<&str>) -> Key {
    let is_this_session = this == Some(row.id.as_str());
    Key {
        id: row.id,
        created_ms: row.created.0,
        revoked_ms: row.revoked.map(|revoked| revoked.0),
        models: row.limits.models,
        credits_max: row.limits.credits_max.map(Credits::as_f64),
        credits_taken: row.limits.credits_max.map(|_| row.taken.as_f64()),
        is_this_session,
    }
}

fn unfit(fault: &LimitFault) -> Refused {
    let parameter = match fault {
        LimitFault::UnknownModel(_) | LimitFault::NoModel => "models",
        LimitFault::NotCredits(_) => "credits_max",
    };
    Refused::new(422, "invalid_limit", format!("The key was not made: {fault}.")).about(parameter)
}
