//! What a receiver gets: the body by the form in which its task was asked for, and both kinds of signatures.

use axum::http::header::{CONTENT_TYPE, HeaderMap};
use axum::http::{HeaderName, HeaderValue};
use bytes::Bytes;
use filmgate_domain::delivery::{Event, Secrets};
use filmgate_domain::request::Form;
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::Task;
use filmgate_domain::time::Timestamp;
use filmgate_store::{Endpoint, LeasedDelivery, Record, StoreError};
use filmgate_wire::signature;

use crate::app::App;
use crate::dialect::{kie, openai};

/// What callbacks of sandbox accounts are signed with, as docs/webhooks.md tells.
pub(crate) const DEV_SECRET: &str = "whsec_ZmlsbWdhdGUgZW11bGF0b3I6IG5vdCBhIHNlY3JldCE=";

/// A post that is ready to leave.
pub(crate) struct Message {
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Message {
    /// The next try of a delivery, with the scenario that its task plays. None if there is nothing to tell any more.
    pub(super) fn of(
        app: &App,
        lease: &LeasedDelivery,
    ) -> Result<Option<(Self, Option<Scenario>)>, StoreError> {
        let Some(record) = app.store.record(lease.id.task)? else { return Ok(None) };
        let (body, secrets) = if lease.id.endpoint == 0 {
            (callback(app, lease, &record)?, secrets_of(app, lease.account)?)
        } else {
            let Some(endpoint) = app.store.endpoint(lease.id.endpoint)? else { return Ok(None) };
            (Some(event(lease)), Some(endpoint.secrets))
        };
        let Some(body) = body else { return Ok(None) };
        // Receivers compare it with their own clock, so it is no clock that runs faster.
        let (id, at) = (lease.id.to_string(), app.heart.now());
        let mut headers = signed(&id, at, (&body, secrets.as_ref()));
        if let Some(secrets) = secrets.filter(|_| lease.id.endpoint == 0) {
            sign_kie(&mut headers, at, &lease.id.task.to_string(), &secrets, lease.tries);
        }
        let message = Self { url: lease.url.clone(), headers, body: body.into() };
        Ok(Some((message, record.request.scenario)))
    }
}

impl Message {
    /// A post to an account about one of its tasks, signed in both ways.
    pub(super) fn to_account(
        app: &App,
        task: &Task,
        (url, id): (&str, &str),
        body: String,
    ) -> Result<Self, StoreError> {
        let (secrets, at) = (secrets_of(app, task.account)?, app.heart.now());
        let mut headers = signed(id, at, (&body, secrets.as_ref()));
        if let Some(secrets) = secrets {
            sign_kie(&mut headers, at, &task.id.to_string(), &secrets, 0);
        }
        Ok(Self { url: url.to_owned(), headers, body: body.into() })
    }
}

impl Message {
    /// An event that names no film of anybody's.
    pub(crate) fn test(app: &App, endpoint: &Endpoint, event: Event) -> Self {
        let number = format!("{:032x}", app.random.bits());
        let (at, event_id) = (app.heart.now(), format!("evt_test_{number}"));
        let body = openai::webhooks::event(&event_id, at, event, &format!("video_test_{number}"));
        let headers = signed(&format!("wh_test_{number}"), at, (&body, Some(&endpoint.secrets)));
        Self { url: endpoint.url.clone(), headers, body: body.into() }
    }
}

/// What an account's callbacks are signed with. In the emulator every account has a secret from the start.
pub(crate) fn secrets_of(app: &App, account: i64) -> Result<Option<Secrets>, StoreError> {
    let known = app.store.secrets(account)?;
    let dev = || app.dev.is_some().then(|| Secrets { secret: DEV_SECRET.into(), old: None });
    Ok(known.or_else(dev))
}

/// The headers of Standard Webhooks for a body, signed with all secrets that are live.
fn signed(id: &str, at: Timestamp, (body, secrets): (&str, Option<&Secrets>)) -> HeaderMap {
    let at_s = at.0.div_euclid(1_000);
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    put(&mut headers, signature::WEBHOOK_ID, id);
    put(&mut headers, signature::WEBHOOK_TIMESTAMP, &at_s.to_string());
    if let Some(secrets) = secrets {
        let signatures = signature::sign(&secrets.live(at), id, at_s, body.as_bytes());
        put(&mut headers, signature::WEBHOOK_SIGNATURE, &signatures);
    }
    headers
}

/// Kie's two headers. They have room for one signature, so while a secret is replaced the tries take turns: whichever of
/// the two a receiver knows, it accepts the first try or the second.
fn sign_kie(headers: &mut HeaderMap, at: Timestamp, task: &str, secrets: &Secrets, tries: u32) {
    let (live, at_s) = (secrets.live(at), at.0.div_euclid(1_000));
    if let Some(secret) = live.get(tries as usize % live.len()) {
        put(headers, signature::KIE_TIMESTAMP, &at_s.to_string());
        put(headers, signature::KIE_SIGNATURE, &signature::sign_kie(secret, task, at_s));
    }
}

fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

/// The body for the request's own callback, from the record as it is: the same bytes at each try.
fn callback(app: &App, lease: &LeasedDelivery, record: &Record) -> Result<Option<String>, StoreError> {
    let late_film = match lease.id.event {
        Event::Late => kie::late_film(app, record)?,
        Event::Completed | Event::Failed => None,
    };
    Ok(match record.request.form {
        Form::KieJobs => kie::jobs_callback(app, record, late_film.as_deref())?,
        Form::KieVeo => kie::veo_callback(app, record, late_film.as_deref())?,
        Form::OpenAi | Form::Own | Form::Cli => Some(event(lease)),
    })
}

/// The body for an endpoint. The event has one id, whoever is told.
fn event(lease: &LeasedDelivery) -> String {
    let id = lease.id;
    let event_id = format!("evt_{}_{}", id.task, id.event.word().replace('.', "_"));
    openai::webhooks::event(&event_id, lease.created, id.event, &openai::video_id(id.task))
}
