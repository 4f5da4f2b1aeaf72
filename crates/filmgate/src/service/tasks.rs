//! Accepting a task: admitted by its card, paid for and written down in one transaction.

use filmgate_domain::admission::{self, Admitted};
use filmgate_domain::catalogue::Card;
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::links::{self, Link};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Promise, Request};
use filmgate_domain::route::Availability;
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::{Phase, Task};
use filmgate_domain::time::{Day, Timestamp};
use filmgate_providers::pictures::STORED_PICTURE;
use filmgate_store::{CreateError, Created, NewTask, NodeNumber, Once, Payer, Record, StoreError};
use serde::Serialize;

use super::caller::Caller;
use super::retry::{self, Retry};
use super::{sources, uploads};
use crate::app::App;

/// Why a task was not accepted. Nothing was created.
#[derive(Debug)]
pub enum AcceptError {
    /// Refused for a reason of the caller's.
    Refused(Refusal),
    /// The store failed.
    Store(StoreError),
}

impl From<Refusal> for AcceptError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a client is told of a task that was accepted.
#[derive(Clone, Copy, Debug)]
pub struct Accepted {
    /// Its id.
    pub id: TaskId,
    /// The day on which its first route will be gone, if that is known.
    pub sunset: Option<Day>,
    /// Whether it was there already, because the create is a retry.
    pub deduplicated: bool,
    /// When it was accepted, or asked for again.
    pub at: Timestamp,
    /// The film that it promises.
    pub film: Promise,
}

/// A task just accepted, with its request.
#[derive(Clone, Debug)]
pub struct NewlyAccepted {
    /// The task.
    pub task: Task,
    /// Its request.
    pub request: Request,
    /// Its number in the store.
    pub seq: i64,
    /// The task that was asked for under the same idempotency key before, instead of this one.
    pub known: Option<TaskId>,
}

/// Accepts a task for a caller: when this returns, the task and its hold survive `kill -9`.
pub async fn accept(app: &App, caller: &Caller, asked: Asked) -> Result<Accepted, AcceptError> {
    accept_or_adopt(app, caller, asked, &Retry::default()).await
}

/// The same for a create that may be a retry of an earlier one.
pub async fn accept_or_adopt(
    app: &App,
    caller: &Caller,
    asked: Asked,
    retry: &Retry,
) -> Result<Accepted, AcceptError> {
    let asked = play(app, caller, asked)?;
    // What a named create asks for is what its client wrote: routes and sources may have changed since, and the task is there.
    let once = retry.once(&caller.payer, &asked)?;
    if let Some(once) = &once
        && let Some(known) = known(app, caller, once)?
    {
        return Ok(known);
    }
    app.count_create(&caller.counted_as()).map_err(|_| Refusal::RateLimited)?;
    let admitted = quoted(app, caller, asked)?;
    let sunset = admitted.sunset;
    let (task, request) = draft(app, admitted)?;
    let text = text_of(&request)?;
    let (id, at, film) = (task.id, task.created, request.film);
    let accepted = |id, deduplicated| Accepted { id, sunset, deduplicated, at, film };
    // Who names a create says so himself whether it is a new one.
    if once.is_none() {
        if let Some(id) = retry.adopt(app, id, (&caller.payer, &text)).await {
            tracing::info!(task.id = %id, "a create was recognised as a retry");
            return Ok(accepted(id, true));
        }
        retry.expect(app, id, (&caller.payer, &text));
    }
    let loses_reply = request.scenario == Some(Scenario::LostReply);
    let new = NewTask {
        payer: caller.payer.clone(),
        task,
        request: text,
        node: None,
        key: counted_key(caller),
        once,
        is_listed: request.form == Form::OpenAi,
    };
    let created = write(app, new).await.inspect_err(|_| retry.refused(app, id))?;
    if let Some(known) = created.known {
        retry.refused(app, id);
        tracing::info!(task.id = %known, "a create was asked for under a name that its account has used");
        return Ok(accepted(known, true));
    }
    app.wake.notify_one();
    if loses_reply {
        retry.lose_reply();
    }
    Ok(accepted(id, false))
}

/// The task that the account has asked for under this name before.
fn known(app: &App, caller: &Caller, once: &Once) -> Result<Option<Accepted>, AcceptError> {
    let Some(account) = caller.account(app).map_err(AcceptError::Store)? else { return Ok(None) };
    let found = app.store.once(account, &once.name).map_err(AcceptError::Store)?;
    let Some((id, fingerprint)) = found else { return Ok(None) };
    if fingerprint != once.fingerprint {
        return Err(Refusal::KeyReused.into());
    }
    let record = app.store.record(id).map_err(AcceptError::Store)?;
    // An id that can be read no more would be no answer.
    if record.as_ref().is_some_and(|record| record.is_deleted) {
        return Err(Refusal::Deleted.into());
    }
    tracing::info!(task.id = %id, "a create was asked for under a name that its account has used");
    Ok(record.map(|record| Accepted {
        id,
        sunset: None,
        deduplicated: true,
        at: record.task.created,
        film: record.request.film,
    }))
}

/// The key whose credits are counted, if they are limited.
fn counted_key(caller: &Caller) -> Option<String> {
    let key = caller.key.as_ref().filter(|key| key.limits.credits_max.is_some())?;
    Some(key.id.clone())
}

/// Accepts a task of this machine's user, leased by the node that will make its film.
pub async fn accept_local(
    app: &App,
    asked: Asked,
    (node, retry): (Option<NodeNumber>, &Retry),
) -> Result<NewlyAccepted, AcceptError> {
    let payer = Payer::Local { name: "local".into() };
    let once = retry.once(&payer, &asked)?;
    let admitted = admitted(app, asked)?;
    let (task, request) = draft(app, admitted)?;
    let text = text_of(&request)?;
    let new = NewTask { payer, task: task.clone(), request: text, node, key: None, once, is_listed: false };
    let Created { account, seq, known } = write(app, new).await?;
    Ok(NewlyAccepted { task: Task { account, ..task }, request, seq, known })
}

/// Admits a request by its card, with its routes in the order of the policy and of the newest survey.
pub fn admitted(app: &App, asked: Asked) -> Result<Admitted<'_>, Refusal> {
    let standing = app.newest.standing();
    admission::admit(&app.catalogue, (&app.policy, &standing), asked, app.now().day())
}

/// Admits a caller's request as a create would, and creates nothing.
pub fn quoted<'a>(app: &'a App, caller: &Caller, asked: Asked) -> Result<Admitted<'a>, AcceptError> {
    let asked = sources::with_origin(app, caller, asked)?;
    let admitted = admitted(app, asked)?;
    if !caller.may_ask_for(admitted.card) {
        return Err(Refusal::KeyLimited { why: "it is not for this model" }.into());
    }
    let request = &admitted.accepted.request;
    let form = request.first().form;
    links::judge(request, |link| look(app, form, link))?;
    Ok(admitted)
}

/// Whether a list of models may name this card: it is not refused, and somebody makes it.
pub(crate) fn is_served(app: &App, card: &Card) -> bool {
    matches!(app.policy.availability(&app.catalogue, card, app.now().day()), Availability::Served(_))
}

/// Finds the scenario that the request plays; outside the emulator there is none.
fn play(app: &App, caller: &Caller, asked: Asked) -> Result<Asked, Refusal> {
    if app.dev.is_none() {
        return Ok(asked);
    }
    let scenario = caller.scenario.or_else(|| Scenario::in_prompt(&admission::words(&asked)));
    match scenario.and_then(Scenario::refuses_first) {
        Some(refusal) => Err(refusal),
        None => Ok(Asked { scenario, ..asked }),
    }
}

/// What a link of a request turns out to be. Clients' links are judged by their text now; names are resolved when they are fetched.
/// A stored picture is named by us alone, for OpenAI's clients and this machine's user; looking for it keeps it for longer.
fn look(app: &App, form: Form, link: &str) -> Link {
    let is_here = match (app.uploads.key(link), link.strip_prefix(STORED_PICTURE)) {
        (Some(key), _) => uploads::is_live(app, key),
        (None, Some(name)) if matches!(form, Form::OpenAi | Form::Cli) => app.films.touch_picture(name),
        _ if app.guard.check(link).is_ok() => true,
        _ => return Link::Forbidden,
    };
    if is_here { Link::Usable } else { Link::Gone }
}

/// A task that may be stored, and its request.
fn draft(app: &App, admitted: Admitted<'_>) -> Result<(Task, Request), Refusal> {
    let (request, price) = (admitted.accepted.request, admitted.accepted.price);
    if request.scenario == Some(Scenario::NoCredits) {
        return Err(Refusal::CreditsInsufficient { price, available: Credits::ZERO });
    }
    let now = app.now();
    let task = Task {
        id: TaskId::new(now, app.random.bits()),
        account: 0,
        model: admitted.card.id.clone(),
        upstream: request.routes.first().map(|route| route.upstream.clone()).unwrap_or_default(),
        price,
        phase: Phase::Queued,
        attempts: 0,
        due: Some(now),
        cancel_wished: false,
        created: now,
        deadline: now.after(app.deadline_ms),
        finished: None,
    };
    Ok((task, request))
}

pub(super) fn text_of(request: &impl Serialize) -> Result<String, AcceptError> {
    serde_json::to_string(request)
        .map_err(|error| AcceptError::Store(StoreError::RolledBack(error.to_string())))
}

async fn write(app: &App, new: NewTask) -> Result<Created, AcceptError> {
    let price = new.task.price;
    app.store.create(new).await.map_err(|error| match error {
        CreateError::Insufficient { available } => Refusal::CreditsInsufficient { price, available }.into(),
        CreateError::KeyExhausted => Refusal::KeyLimited { why: "it has used up its credits" }.into(),
        CreateError::NameTaken => Refusal::KeyReused.into(),
        CreateError::Store(StoreError::Busy) => Refusal::Busy.into(),
        CreateError::Store(error) => AcceptError::Store(error),
    })
}

/// A task, as its own account may see it in the form in which it was asked for.
pub fn find(app: &App, caller: &Caller, id: &str, form: Form) -> Result<Option<Record>, StoreError> {
    let found = find_own(app, caller, id)?.filter(|record| record.request.form == form);
    if let Some(record) = &found {
        retry::used(app, record.task.id);
    }
    Ok(found)
}

/// A task that its own account has not deleted, whatever the form in which it was asked for.
pub fn find_own(app: &App, caller: &Caller, id: &str) -> Result<Option<Record>, StoreError> {
    let found = TaskId::parse(id).map(|id| app.store.record(id)).transpose()?.flatten();
    Ok(found.filter(|record| caller.owns(record) && !record.is_deleted))
}
