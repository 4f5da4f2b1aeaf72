//! Accepting a task: admitted by its card, paid for and written down in one transaction.

use filmgate_domain::admission::{self, Admitted};
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Request};
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::{Phase, Task};
use filmgate_store::{CreateError, Created, NewTask, NodeNumber, Payer, Record, StoreError};

use super::caller::Caller;
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

/// A task just accepted, with its request.
#[derive(Clone, Debug)]
pub struct NewlyAccepted {
    /// The task.
    pub task: Task,
    /// Its request.
    pub request: Request,
    /// Its number in the store.
    pub seq: i64,
}

/// Accepts a task for a caller: when this returns, the task and its hold survive `kill -9`.
pub async fn accept(app: &App, caller: &Caller, asked: Asked) -> Result<TaskId, AcceptError> {
    let asked = play(app, caller, asked)?;
    let admitted = admission::admit(&app.catalogue, &app.policy, asked, app.now().day())?;
    check_links(app, &admitted.accepted.request)?;
    let accepted = write(app, caller.payer.clone(), admitted, None).await?;
    app.wake.notify_one();
    Ok(accepted.task.id)
}

/// Accepts a task of this machine's user, leased by the node that will make its film.
pub async fn accept_local(
    app: &App,
    asked: Asked,
    node: Option<NodeNumber>,
) -> Result<NewlyAccepted, AcceptError> {
    let admitted = admission::admit(&app.catalogue, &app.policy, asked, app.now().day())?;
    write(app, Payer::Local { name: "local".into() }, admitted, node).await
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

/// Clients' links are judged by their text now; names are resolved when they are fetched.
fn check_links(app: &App, request: &Request) -> Result<(), Refusal> {
    if request.texts(Parameter::Pictures).iter().any(|link| app.guard.check(link).is_err()) {
        return Err(Refusal::BadLink { parameter: Parameter::Pictures });
    }
    match &request.callback_url {
        Some(url) if app.guard.check(url).is_err() => Err(Refusal::BadCallback),
        _ => Ok(()),
    }
}

async fn write(
    app: &App,
    payer: Payer,
    admitted: Admitted<'_>,
    node: Option<NodeNumber>,
) -> Result<NewlyAccepted, AcceptError> {
    let (request, price) = (admitted.accepted.request, admitted.accepted.price);
    if request.scenario == Some(Scenario::NoCredits) {
        return Err(Refusal::CreditsInsufficient { price, available: Credits::ZERO }.into());
    }
    let now = app.now();
    let task = Task {
        id: TaskId::new(now, app.random.bits()),
        account: 0,
        model: admitted.card.id.clone(),
        upstream: admitted.routes.into_iter().next().unwrap_or_default(),
        price,
        phase: Phase::Queued,
        attempts: 0,
        due: Some(now),
        cancel_wished: false,
        created: now,
        deadline: now.after(app.deadline_ms),
        finished: None,
    };
    let text = serde_json::to_string(&request)
        .map_err(|error| AcceptError::Store(StoreError::RolledBack(error.to_string())))?;
    let new = NewTask { payer, task: task.clone(), request: text, node };
    match app.store.create(new).await {
        Ok(Created { account, seq }) => Ok(NewlyAccepted { task: Task { account, ..task }, request, seq }),
        Err(CreateError::Insufficient { available }) => {
            Err(Refusal::CreditsInsufficient { price, available }.into())
        }
        Err(CreateError::Store(StoreError::Busy)) => Err(Refusal::Busy.into()),
        Err(CreateError::Store(error)) => Err(AcceptError::Store(error)),
    }
}

/// A task with its request, as its own account may see it in the form in which it was asked for.
pub fn find(
    app: &App,
    caller: &Caller,
    id: &str,
    form: Form,
) -> Result<Option<(Record, Request)>, StoreError> {
    let Some(record) = TaskId::parse(id).map(|id| app.store.record(id)).transpose()?.flatten() else {
        return Ok(None);
    };
    let request = request(&record)?;
    let is_theirs = caller.owns(&record) && request.form == form;
    Ok(is_theirs.then_some((record, request)))
}

/// The request of a stored task.
pub fn request(record: &Record) -> Result<Request, StoreError> {
    serde_json::from_str(&record.request).map_err(|error| StoreError::Inconsistent {
        table: "requests",
        row: record.seq,
        what: error.to_string(),
    })
}
