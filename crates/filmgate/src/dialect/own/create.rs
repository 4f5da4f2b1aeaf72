//! `POST /filmgate/v1/tasks` and `/quote`: a film, or what one or several would cost.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use filmgate_domain::admission::Admitted;
use filmgate_domain::credits::Credits;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Value};
use filmgate_wire::own::quote::{Ask, AskSeveral, Quote, Quotes};
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::task::Summary;
use serde::de::IgnoredAny;

use super::call::{self, Answer, Shared, accept, caller, invalid, respond, respond_with, store};
use super::{calls, input, view};
use crate::app::App;
use crate::dialect::asking;
use crate::service::caller::Caller;
use crate::service::retry::Retry;
use crate::service::{characters, tasks};

/// The most films of one request.
const BATCH_MAX: usize = 24;

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

/// `POST /filmgate/v1/quote`
pub(super) async fn quote(State(app): Shared, request: Request) -> Response<Body> {
    let caller = match ready(&app, &request) {
        Ok(caller) => caller,
        Err(refusal) => return call::refused(&refusal),
    };
    let bytes = match call::bytes(request, call::BODY_BYTES_MAX).await {
        Ok(bytes) => bytes,
        Err(refusal) => return call::refused(&refusal),
    };
    // Whoever names `requests` asks for several, so that a fault in them is told as what it is.
    match call::read::<BTreeMap<String, IgnoredAny>>(&bytes).map(|names| names.contains_key("requests")) {
        Ok(true) => respond(match call::read(&bytes) {
            Ok(AskSeveral { requests }) => several(&app, &caller, requests).await,
            Err(refusal) => Err(refusal),
        }),
        Ok(false) => respond(match call::read(&bytes) {
            Ok(ask) => quoted(&app, &caller, ask).await,
            Err(refusal) => Err(refusal),
        }),
        Err(refusal) => call::refused(&refusal),
    }
}

async fn several(app: &App, caller: &Caller, requests: Vec<Ask>) -> Answer<Quotes> {
    check_count(requests.len())?;
    let mut quotes = Vec::new();
    let mut total = Credits::ZERO;
    for ask in requests {
        // Many long requests are judged; others are to be answered in between.
        tokio::task::yield_now().await;
        let admitted = admitted(app, caller, ask);
        total.0 += admitted.as_ref().map_or(0, |admitted| admitted.accepted.price.0);
        quotes.push(match admitted {
            Ok(admitted) => told(app, caller, &admitted).await,
            Err(refusal) => Err(refusal),
        });
    }
    let total = total.as_f64();
    let available = available(app, caller).await?;
    Ok(Quotes { quotes: quotes.into_iter().map(Into::into).collect(), total, available })
}

async fn quoted(app: &App, caller: &Caller, ask: Ask) -> Answer<Quote> {
    told(app, caller, &admitted(app, caller, ask)?).await
}

/// What a create would be taken as now.
pub(super) fn admitted<'a>(app: &'a App, caller: &Caller, ask: Ask) -> Answer<Admitted<'a>> {
    tasks::quoted(app, caller, asked(app, caller, ask)?).map_err(accept)
}

async fn told(app: &App, caller: &Caller, admitted: &Admitted<'_>) -> Answer<Quote> {
    let Admitted { card, accepted, .. } = admitted;
    let first = accepted.request.routes.first();
    Ok(Quote {
        price: accepted.price.as_f64(),
        available: available(app, caller).await?,
        film: view::shape(accepted.request.film),
        made_by: first.map(|route| route.upstream.clone()).unwrap_or_default(),
        calls: calls::of(app, card, &accepted.request),
    })
}

pub(super) fn check_count(count: usize) -> Answer<()> {
    match (1..=BATCH_MAX).contains(&count) {
        true => Ok(()),
        false => Err(invalid("requests", &format!("must hold 1 to {BATCH_MAX} requests"))),
    }
}

async fn available(app: &App, caller: &Caller) -> Answer<f64> {
    caller.available(app).await.map(Credits::as_f64).map_err(|error| store(&error))
}

/// Who calls, if the request has not come through this very process before.
pub(super) fn ready(app: &App, request: &Request) -> Answer<Caller> {
    let caller = caller(app, request)?;
    match asking::is_echo(app, request.headers()) {
        true => Err(Refused::new(400, "echo", asking::ECHO)),
        false => Ok(caller),
    }
}

pub(super) async fn create(app: &App, caller: &Caller, ask: Ask, retry: &Retry) -> Answer<Summary> {
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
