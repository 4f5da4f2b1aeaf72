//! Characters: made of a video of the caller's own, and named in later creates.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use filmgate_domain::id::TaskId;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::task::Phase;
use filmgate_store::Character;
use filmgate_wire::openai::server::{ApiError, CreateCharacter, encode_character};

use super::refuse::{self, Refused};
use super::{Shared, asking, body, caller, fields, follow, json, respond};
use crate::app::App;
use crate::http::part::Part;
use crate::service::caller::Caller;
use crate::service::characters;

pub(super) async fn create(State(app): Shared, request: Request) -> Response<Body> {
    respond(created(&app, request).await)
}

async fn created(app: &App, request: Request) -> Result<Response<Body>, Refused> {
    let caller = caller(app, request.headers())?;
    let is_busy = app.count_create(&caller.counted_as()).is_err();
    if is_busy {
        return Err(refuse::refusal(&Refusal::RateLimited, None));
    }
    let retry = asking::retry(&request);
    let body = body(request).await?;
    let (name, source) = asking::read(&body.1, || {
        let CreateCharacter { name, video } = CreateCharacter::of(fields(&body)?, app.reading)?;
        Ok::<_, Refused>((name, follow::source(app, &caller, video)?))
    })?;
    if source.task.phase != Phase::Succeeded {
        return Err(refuse::refusal(&Refusal::SourceUnfinished, None));
    }
    let (account, now) = (source.task.account, app.now());
    let id = match retry.character(account).map_err(|refused| refuse::refusal(&refused, None))? {
        Some(id) => id,
        None => TaskId::new(now, app.random.bits()).0,
    };
    let new = Character { id, account, name, task: source.seq, created: now };
    let known = app.store.add_character(new.clone()).await.map_err(|error| refuse::store(&error))?;
    // An earlier one differs in the time at which it was made, and in nothing else.
    if (Character { created: now, ..known.clone() }) != new {
        return Err(refuse::refusal(&Refusal::KeyReused, None));
    }
    Ok(shown(&known))
}

pub(super) async fn retrieve(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    let found = caller(&app, &headers).and_then(|caller| find(&app, &caller, &id));
    respond(found.map(|character| shown(&character)))
}

/// Says no to ids of ours that are not the caller's. Ids of another form are a name of the client's own, with a look of its own.
pub(super) fn check(app: &App, caller: &Caller, ids: &[String]) -> Result<(), Refused> {
    let stranger = characters::stranger(app, caller, ids).map_err(|error| refuse::store(&error))?;
    stranger.map_or(Ok(()), |id| Err(unknown(id)))
}

fn find(app: &App, caller: &Caller, id: &str) -> Result<Character, Refused> {
    let found = characters::find(app, caller, id).map_err(|error| refuse::store(&error))?;
    found.ok_or_else(|| unknown(id))
}

fn unknown(id: &str) -> Refused {
    let shown: String = id.chars().take(80).collect();
    ApiError::not_found(format!("Character with id '{shown}' not found.")).about("characters").into()
}

fn shown(character: &Character) -> Response<Body> {
    let id = characters::id(character.id);
    json(encode_character(&id, &character.name, character.created.0.div_euclid(1_000)))
}
