//! `/filmgate/v1/webhooks`: an account's receivers, and what they were told.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use filmgate_domain::delivery::{DeliveryId, Event};
use filmgate_domain::ledger::AccountNumber;
use filmgate_store::{Endpoint as Row, StoreError};
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::webhook::{
    CreateEndpoint, CreatedEndpoint, Deliveries, Delivery, Endpoint, Endpoints, RotateSecret, Rotated, Tested,
};

use super::call::{self, Answer, Shared, caller, not_found, nothing, respond, respond_with, store};
use super::view::delivery;
use crate::app::App;
use crate::http::part::Part;
use crate::service::caller::Caller;
use crate::service::endpoints::{self, EndpointFault, Wanted};

/// How many deliveries come at once: usually, and at most.
const DELIVERIES: (usize, usize) = (50, 200);

/// `GET /filmgate/v1/webhooks/endpoints`
pub(super) async fn list(State(app): Shared, request: Request) -> Response<Body> {
    let caller = caller(&app, &request);
    let answer = async {
        let rows = app.store.endpoints(account(&app, caller).await?).map_err(|error| store(&error))?;
        Ok(Endpoints { endpoints: rows.iter().map(view).collect() })
    };
    respond(answer.await)
}

/// `POST /filmgate/v1/webhooks/endpoints`
pub(super) async fn create(State(app): Shared, request: Request) -> Response<Body> {
    let caller = caller(&app, &request).and_then(call::unlimited);
    let answer = async {
        let account = account(&app, caller).await?;
        let CreateEndpoint { name, url, events } = call::body(request).await?;
        let wanted = Wanted { name, url, events: read(&events)? };
        let row = endpoints::create(&app, account, wanted).await.map_err(fault)?;
        Ok(CreatedEndpoint { endpoint: view(&row), secret: row.secrets.secret })
    };
    respond_with(StatusCode::CREATED, answer.await)
}

/// `DELETE /filmgate/v1/webhooks/endpoints/{id}`
pub(super) async fn delete(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let caller = caller(&app, &request).and_then(call::unlimited);
    let answer = async {
        let account = account(&app, caller).await?;
        let is_gone = app.store.delete_endpoint(account, id, app.now()).await;
        if is_gone.map_err(|error| store(&error))? { Ok(()) } else { Err(not_found("endpoint")) }
    };
    nothing(answer.await)
}

/// `POST /filmgate/v1/webhooks/endpoints/{id}/test`
pub(super) async fn test(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let caller = caller(&app, &request);
    let answer = async {
        let account = account(&app, caller).await?;
        let found = app.store.endpoint_by_id(account, &id).map_err(|error| store(&error))?;
        let row = found.ok_or_else(|| not_found("endpoint"))?;
        let event = row.events.first().copied().unwrap_or(Event::Completed);
        let status = endpoints::test(&app, &row, event).await.map_err(fault)?;
        Ok(Tested { status })
    };
    respond(answer.await)
}

/// `POST /filmgate/v1/webhooks/endpoints/{id}/rotate_secret`
pub(super) async fn rotate(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let caller = caller(&app, &request).and_then(call::unlimited);
    let answer = async {
        let account = account(&app, caller).await?;
        let RotateSecret { keep_old } = call::body_or_default(request).await?;
        let rotated = endpoints::rotate(&app, account, &id, keep_old).await.map_err(fault)?;
        let row = rotated.ok_or_else(|| not_found("endpoint"))?;
        Ok(Rotated { secret: row.secrets.secret })
    };
    respond(answer.await)
}

/// `GET /filmgate/v1/webhooks/deliveries`
pub(super) async fn deliveries(State(app): Shared, request: Request) -> Response<Body> {
    let (caller, limit) = (caller(&app, &request), call::limit(&request, DELIVERIES));
    let answer = async {
        let account = account(&app, caller).await?;
        let lines = app.store.deliveries_of_account(account, limit?).map_err(|error| store(&error))?;
        Ok(Deliveries { deliveries: lines.into_iter().map(delivery).collect() })
    };
    respond(answer.await)
}

/// `POST /filmgate/v1/webhooks/deliveries/{id}/replay`
pub(super) async fn replay(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let caller = caller(&app, &request);
    let answer = async {
        let account = account(&app, caller).await?;
        let id = DeliveryId::parse(&id).ok_or_else(|| not_found("delivery"))?;
        replayed(&app, account, id).await.map_err(|error| store(&error))?.ok_or_else(|| not_found("delivery"))
    };
    respond(answer.await)
}

/// The delivery as it is then. None if the account has no such one.
async fn replayed(app: &App, account: AccountNumber, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    if !app.store.is_delivery_of(account, id)? {
        return Ok(None);
    }
    app.store.replay(id, app.now()).await?;
    app.webhooks.announced.notify_one();
    let lines = app.store.deliveries_of(id.task)?;
    Ok(lines.into_iter().find(|line| line.id == id).map(delivery))
}

async fn account(app: &App, caller: Answer<Caller>) -> Answer<AccountNumber> {
    call::account(app, &caller?).await
}

fn read(words: &[String]) -> Answer<Vec<Event>> {
    let mut events = Vec::new();
    for word in words {
        let event = Event::named(word).ok_or_else(|| wrong_events("holds one that there is not"))?;
        if !events.contains(&event) {
            events.push(event);
        }
    }
    if events.is_empty() { Err(wrong_events("is empty")) } else { Ok(events) }
}

fn wrong_events(why: &str) -> Refused {
    let all = Event::ALL.map(Event::word).join(", ");
    let text = format!("events {why}; it is a list of {all}. Nothing was changed.");
    Refused::new(422, "invalid_value", text).about("events")
}

fn view(row: &Row) -> Endpoint {
    Endpoint {
        id: row.id.clone(),
        name: row.name.clone(),
        url: row.url.clone(),
        events: row.events.iter().map(|event| event.word()).collect(),
        created_ms: row.created.0,
        secret_hint: endpoints::hint(&row.secrets),
    }
}

fn fault(fault: EndpointFault) -> Refused {
    let text = format!("Nothing was changed: {fault}.");
    match fault {
        EndpointFault::Name => Refused::new(422, "invalid_value", text).about("name"),
        EndpointFault::Url(_) => Refused::new(422, "invalid_value", text).about("url"),
        EndpointFault::TooMany(_) => Refused::new(409, "limit_reached", text),
        EndpointFault::Busy => Refused::new(429, "rate_limited", text),
        EndpointFault::Unreached(_) => Refused::new(409, "endpoint_not_reached", text),
        EndpointFault::Store(error) => store(&error),
    }
}
