//! `/v1/webhook_endpoints`: an account's own receivers, as the official SDKs manage them.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Response};
use axum::routing::{get, post};
use filmgate_domain::delivery::Event;
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::time::Timestamp;
use filmgate_store::{Endpoint, EndpointChange, StoreError};
use filmgate_wire::openai::server::page::Page;
use filmgate_wire::openai::server::{
    ApiError, CreateEndpoint, ENDPOINT_DELETED, EndpointResource, EventType, RotateSecret, TestEndpoint,
    UpdateEndpoint, encode_deleted, encode_event, encode_event_types, encode_list, encode_tested,
};

use super::refuse::Refused;
use super::{Shared, body, caller, fields};
use crate::app::App;
use crate::http::part::Part;
use crate::service::endpoints::{self, EndpointFault, Wanted};

/// The routes of this file.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/webhook_endpoints", post(create).get(list))
        .route("/v1/webhook_endpoints/{id}", get(retrieve).post(update).delete(delete))
        .route("/v1/webhook_endpoints/{id}/rotate_secret", post(rotate))
        .route("/v1/webhook_endpoints/{id}/test", post(test))
        .route("/v1/webhook_event_types", get(event_types))
}

/// The body of an event, for whoever subscribes to it.
pub(crate) fn event(id: &str, at: Timestamp, event: Event, video: &str) -> String {
    encode_event(id, at.0.div_euclid(1_000), event_type(event), video)
}

async fn create(State(app): Shared, request: Request) -> Response<Body> {
    let answer = async {
        let account = owner(&app, request.headers()).await?;
        let body = body(request).await?;
        let asked = CreateEndpoint::of(fields(&body)?, app.reading)?;
        let CreateEndpoint { name, url, event_types } = asked;
        let wanted = Wanted { name, url, events: events(&event_types) };
        let endpoint = endpoints::create(&app, account, wanted).await.map_err(fault)?;
        Ok(resource(&endpoint).encode(Some(&endpoint.secrets.secret)))
    };
    super::reply(answer.await)
}

async fn list(
    State(app): Shared,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Response<Body> {
    let answer = async {
        let account = account(&app, &headers).await?;
        let page = Page::of(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let page = page.map_err(ApiError::from)?;
        let mut endpoints = app.store.endpoints(account).map_err(failed)?;
        if !page.newest_first {
            endpoints.reverse();
        }
        let first = match &page.after {
            None => 0,
            Some(after) => {
                let place = endpoints.iter().position(|endpoint| endpoint.id == *after);
                place.ok_or_else(|| unknown(after).about("after"))? + 1
            }
        };
        let limit = usize::try_from(page.limit).unwrap_or(usize::MAX);
        let page: Vec<EndpointResource> = endpoints.iter().skip(first).take(limit).map(resource).collect();
        Ok(encode_list(&page, endpoints.len() > first + page.len()))
    };
    super::reply(answer.await)
}

async fn retrieve(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    let answer = async { Ok(resource(&find(&app, &headers, &id).await?).encode(None)) };
    super::reply(answer.await)
}

async fn update(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let answer = async {
        let account = owner(&app, request.headers()).await?;
        let body = body(request).await?;
        let asked = UpdateEndpoint::of(fields(&body)?, app.reading).map_err(ApiError::from)?;
        endpoints::check(&app, asked.name.as_deref(), asked.url.as_deref()).map_err(fault)?;
        let change = EndpointChange {
            name: asked.name,
            url: asked.url,
            events: asked.event_types.as_deref().map(events),
            secret: None,
        };
        Ok(resource(&changed(&app, account, &id, change).await?).encode(None))
    };
    super::reply(answer.await)
}

async fn rotate(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let answer = async {
        let account = owner(&app, request.headers()).await?;
        let body = body(request).await?;
        let asked = RotateSecret::of(fields(&body)?, app.reading).map_err(ApiError::from)?;
        let rotated = endpoints::rotate(&app, account, &id, asked.keeps_old).await.map_err(fault)?;
        let endpoint = rotated.ok_or_else(|| unknown(&id))?;
        Ok(resource(&endpoint).encode(Some(&endpoint.secrets.secret)))
    };
    super::reply(answer.await)
}

async fn test(State(app): Shared, Part(id): Part, request: Request) -> Response<Body> {
    let answer = async {
        let endpoint = find(&app, request.headers(), &id).await?;
        let body = body(request).await?;
        let asked = TestEndpoint::of(fields(&body)?, app.reading).map_err(ApiError::from)?;
        let event = Event::named(asked.event_type.word()).unwrap_or(Event::Completed);
        let status = endpoints::test(&app, &endpoint, event).await.map_err(fault)?;
        Ok(encode_tested(&endpoint.id, asked.event_type, status))
    };
    super::reply(answer.await)
}

async fn delete(State(app): Shared, Part(id): Part, headers: HeaderMap) -> Response<Body> {
    let answer = async {
        let account = owner(&app, &headers).await?;
        if app.store.delete_endpoint(account, id.clone(), app.now()).await.map_err(failed)? {
            Ok(encode_deleted(&id, ENDPOINT_DELETED))
        } else {
            Err(unknown(&id).into())
        }
    };
    super::reply(answer.await)
}

async fn event_types(State(app): Shared, headers: HeaderMap) -> Response<Body> {
    super::reply(account(&app, &headers).await.map(|_| encode_event_types()))
}

/// Whose endpoints are meant. A sandbox account that calls for the first time comes into being.
async fn account(app: &App, headers: &HeaderMap) -> Result<AccountNumber, Refused> {
    let caller = caller(app, headers)?;
    Ok(caller.account_or_new(app).await.map_err(failed)?)
}

/// The same for who changes something, which keys with limits do not.
async fn owner(app: &App, headers: &HeaderMap) -> Result<AccountNumber, Refused> {
    if caller(app, headers)?.key.is_some() {
        let text = "This key has limits, so it does not change webhook endpoints. Nothing was changed.";
        return Err(ApiError::not_permitted(text).into());
    }
    account(app, headers).await
}

async fn find(app: &App, headers: &HeaderMap, id: &str) -> Result<Endpoint, Refused> {
    let account = account(app, headers).await?;
    app.store.endpoint_by_id(account, id).map_err(failed)?.ok_or_else(|| unknown(id).into())
}

async fn changed(
    app: &App,
    account: AccountNumber,
    id: &str,
    change: EndpointChange,
) -> Result<Endpoint, Refused> {
    let changed = app.store.change_endpoint(account, id.to_owned(), change, app.now()).await;
    changed.map_err(failed)?.ok_or_else(|| unknown(id).into())
}

fn fault(fault: EndpointFault) -> ApiError {
    let wrong = |field: &str, fault: &EndpointFault| {
        ApiError::bad_request("invalid_value", format!("{fault}. Nothing was changed.")).about(field)
    };
    match fault {
        EndpointFault::Name => wrong("name", &fault),
        EndpointFault::Url(_) => wrong("url", &fault),
        EndpointFault::TooMany(why) => failed(StoreError::Name(why)),
        EndpointFault::Busy => {
            ApiError::rate_limited("Too many tests are under way; try again in a few seconds.")
        }
        EndpointFault::Unreached(why) => {
            ApiError::bad_request("endpoint_not_reached", format!("Nobody answered: {why}."))
        }
        EndpointFault::Store(error) => failed(error),
    }
}

fn resource(endpoint: &Endpoint) -> EndpointResource {
    let Endpoint { id, name, url, events, secrets, created, updated, .. } = endpoint;
    EndpointResource {
        id: id.clone(),
        created_at_s: created.0.div_euclid(1_000),
        updated_at_s: updated.unwrap_or(*created).0.div_euclid(1_000),
        name: name.clone(),
        url: url.clone(),
        event_types: events.iter().map(|event| event_type(*event)).collect(),
        signing_secret_hint: Some(endpoints::hint(secrets)),
    }
}

fn event_type(event: Event) -> EventType {
    match event {
        Event::Completed => EventType::Completed,
        Event::Failed => EventType::Failed,
        Event::Late => EventType::Late,
    }
}

fn events(types: &[EventType]) -> Vec<Event> {
    types.iter().filter_map(|event| Event::named(event.word())).collect()
}

/// There is none, or it is another account's, which must not differ.
fn unknown(id: &str) -> ApiError {
    ApiError::not_found(format!("There is no webhook endpoint {id}."))
}

/// The store failed: logged here, once, because the client cannot do anything with the details.
fn failed(error: StoreError) -> ApiError {
    if let StoreError::Name(text) = error {
        return ApiError::bad_request("limit_reached", format!("Nothing was changed: {text}."));
    }
    tracing::error!(%error, "the store failed");
    ApiError::unavailable("The request could not be kept. Nothing was changed; try again in a few seconds.")
}
