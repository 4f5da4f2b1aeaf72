//! `POST /filmgate/v1/tasks`, `/batches` and `/quote`: one film, up to 24 of them, or what they would cost.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use filmgate_domain::admission::Admitted;
use filmgate_domain::credits::Credits;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Value};
use filmgate_wire::own::quote::{Ask, AskQuote, Quote, Quotes};
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::task::{AskBatch, Batch, Summary};

use super::call::{self, Answer, Shared, accept, caller, invalid, respond, respond_with, store};
use super::{calls, input, view};
use crate::app::App;
use crate::dialect::asking;
use crate::service::caller::Caller;
use crate::service::retry::Retry;
use crate::service::{characters, tasks};

/// The most films of one request.
const BATCH_MAX: usize = 24;
/// A batch waits for room among the account's creates: looks so often, and so many times.
const ROOM_LOOK: Duration = Duration::from_millis(250);
const ROOM_LOOKS: u32 = 120;

/// `POST /filmgate/v1/tasks`
pub(super) async fn one(State(app): Shared, request: Request) -> Response<Body> {
    let retry = asking::retry(&request);
    let answer = async {
        let caller = ready(&app, &request)?;
        let ask = call::body(request).await?;
        create(&app, &caller, ask, &retry).await
    };
    respond_with(StatusCode::CREATED, answer.await)
}

/// `POST /filmgate/v1/batches`
pub(super) async fn batch(State(app): Shared, request: Request) -> Response<Body> {
    let retry = asking::retry(&request);
    let answer = async {
        let caller = ready(&app, &request)?;
        let AskBatch { requests, total_max } = call::body(request).await?;
        check_count(requests.len())?;
        if retry.names_differ {
            return Err(call::refusal_of(&Refusal::KeysDiffer));
        }
        let total = together(&app, &caller, &requests).await.as_f64();
        if total_max.is_some_and(|most| total > most) {
            let text =
                format!("All together cost {total} credits, more than total_max. Nothing was created.");
            return Err(Refused::new(409, "total_exceeded", text));
        }
        Ok(paced(&app, &caller, requests, &retry).await)
    };
    respond_with(StatusCode::CREATED, answer.await)
}

/// `POST /filmgate/v1/quote`
pub(super) async fn quote(State(app): Shared, request: Request) -> Response<Body> {
    let caller = match ready(&app, &request) {
        Ok(caller) => caller,
        Err(refusal) => return call::refused(&refusal),
    };
    match call::body(request).await {
        Ok(AskQuote::One(ask)) => respond(quoted(&app, &caller, ask).await),
        Ok(AskQuote::Several { requests }) => respond(several(&app, &caller, requests).await),
        Err(refusal) => call::refused(&refusal),
    }
}

async fn several(app: &App, caller: &Caller, requests: Vec<Ask>) -> Answer<Quotes> {
    check_count(requests.len())?;
    let mut quotes = Vec::new();
    for ask in requests {
        tokio::task::yield_now().await;
        quotes.push(quoted(app, caller, ask).await);
    }
    let total =
        quotes.iter().filter_map(|quote| quote.as_ref().ok()).fold(0.0, |sum, quote| sum + quote.price);
    let available = available(app, caller).await?;
    Ok(Quotes { quotes: quotes.into_iter().map(Into::into).collect(), total, available })
}

async fn quoted(app: &App, caller: &Caller, ask: Ask) -> Answer<Quote> {
    let asked = asked(app, caller, ask)?;
    let admitted = tasks::quoted(app, caller, asked).map_err(accept)?;
    let Admitted { card, accepted, .. } = &admitted;
    let first = accepted.request.routes.first();
    Ok(Quote {
        price: accepted.price.as_f64(),
        available: available(app, caller).await?,
        film: view::shape(accepted.request.film),
        made_by: first.map(|route| route.upstream.clone()).unwrap_or_default(),
        calls: calls::of(app, card, &accepted.request),
    })
}

fn check_count(count: usize) -> Answer<()> {
    match (1..=BATCH_MAX).contains(&count) {
        true => Ok(()),
        false => Err(invalid("requests", &format!("must hold 1 to {BATCH_MAX} requests"))),
    }
}

async fn available(app: &App, caller: &Caller) -> Answer<f64> {
    caller.available(app).await.map(Credits::as_f64).map_err(|error| store(&error))
}

/// Who calls, if the request has not come through this very process before.
fn ready(app: &App, request: &Request) -> Answer<Caller> {
    let caller = caller(app, request)?;
    match asking::is_echo(app, request.headers()) {
        true => Err(Refused::new(400, "echo", asking::ECHO)),
        false => Ok(caller),
    }
}

/// What those requests cost that would be taken.
async fn together(app: &App, caller: &Caller, requests: &[Ask]) -> Credits {
    let mut total = Credits::ZERO;
    for ask in requests.iter().cloned() {
        // Many long requests are judged; others are to be answered in between.
        tokio::task::yield_now().await;
        let asked =
            asked(app, caller, ask).and_then(|asked| tasks::quoted(app, caller, asked).map_err(accept));
        total.0 += asked.map_or(0, |admitted| admitted.accepted.price.0);
    }
    total
}

/// Creates one after the other, each at most once under the batch's own key, as fast as the account may.
async fn paced(app: &App, caller: &Caller, requests: Vec<Ask>, retry: &Retry) -> Batch {
    let mut tasks = Vec::new();
    for (number, ask) in requests.into_iter().enumerate() {
        let name = retry.name.as_ref().map(|name| format!("batch-{name}#{number}"));
        // Equal requests of one batch are meant: nobody's retry is looked for.
        let retry = Retry { name, opted_out: true, ..Retry::default() };
        let mut look = tokio::time::interval(ROOM_LOOK);
        let mut answer = create(app, caller, ask.clone(), &retry).await;
        for _ in 0..ROOM_LOOKS {
            if !matches!(&answer, Err(refused) if refused.code == "rate_limited") {
                break;
            }
            look.tick().await;
            answer = create(app, caller, ask.clone(), &retry).await;
        }
        tasks.push(answer);
    }
    let made = tasks.iter().filter_map(|task: &Answer<Summary>| task.as_ref().ok());
    let total = made.fold(0.0, |sum, task| sum + task.credits);
    Batch { tasks: tasks.into_iter().map(Into::into).collect(), total }
}

async fn create(app: &App, caller: &Caller, ask: Ask, retry: &Retry) -> Answer<Summary> {
    let asked = asked(app, caller, ask)?;
    let accepted = tasks::accept_or_adopt(app, caller, asked, retry).await.map_err(accept)?;
    let record = app.store.record(accepted.id).map_err(|error| store(&error))?;
    record.map(|record| view::summary(app, &record)).ok_or_else(|| call::not_found("task"))
}

fn asked(app: &App, caller: &Caller, ask: Ask) -> Answer<Asked> {
    let parameters = input::parameters(&ask.input)?;
    let card = app.catalogue.find(&ask.model);
    let stranger = parameters.keys().find(|parameter| {
        card.is_some_and(|card| {
            !card.parameters.contains_key(parameter) && **parameter != Parameter::OriginTask
        })
    });
    if let Some(parameter) = stranger {
        let name = input::name(*parameter);
        let text = format!("{} takes no {name}. Nothing was created.", ask.model);
        return Err(Refused::new(422, "unknown_parameter", text).about(name));
    }
    let named = match parameters.get(&Parameter::Characters) {
        Some(Value::Texts(ids)) => ids.as_slice(),
        _ => &[],
    };
    if characters::stranger(app, caller, named).map_err(|error| store(&error))?.is_some() {
        return Err(call::refusal_of(&Refusal::NotAllowed { parameter: Parameter::Characters }));
    }
    Ok(Asked { callback_url: ask.callback_url, ..Asked::new(ask.model, parameters, Form::Own) })
}
