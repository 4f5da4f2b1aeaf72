//! What only the operator may see: the upstreams with their balances, the newest survey, the metrics.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use axum::http::{HeaderValue, Response, StatusCode, Version};
use axum::middleware::Next;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{host, metrics};
use crate::app::{App, Operator};
use crate::config::Secret;
use crate::upstreams::Gate;

/// Headers by which a proxy says that somebody else asks.
const FORWARDED: [&str; 13] = [
    "cf-connecting-ip",
    "forwarded",
    "true-client-ip",
    "via",
    "x-client-ip",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-forwarded-server",
    "x-original-host",
    "x-original-url",
    "x-real-ip",
];

/// Lets in whoever has the operator's key; without one, everybody on this machine where nobody else can reach the server.
pub(super) async fn only(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    if may(&app.operator, &request) {
        return next.run(request).await;
    }
    let message = "this is for the operator only: set FILMGATE_OPERATOR_KEY and send it as `Authorization: Bearer KEY`. Without such a \
                   key only this machine is let in, while the server listens on 127.0.0.1 and has no public address";
    answer(StatusCode::FORBIDDEN, &json!({ "error": { "code": "operator_only", "message": message } }))
}

fn may(operator: &Operator, request: &Request) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let bearer = header(AUTHORIZATION.as_str()).and_then(|value| value.split_once(' '));
    let bearer =
        bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key.trim());
    let has_key = match (&operator.key, bearer) {
        // Hashes are compared, so that the time it takes says nothing of the key.
        (Some(Secret(key)), Some(bearer)) => Sha256::digest(key) == Sha256::digest(bearer),
        _ => false,
    };
    // nginx speaks HTTP/1.0 to what stands behind it unless it is told otherwise; proxies write whole addresses.
    let was_forwarded = FORWARDED.iter().any(|name| request.headers().contains_key(*name))
        || request.version() == Version::HTTP_10
        || request.uri().authority().is_some();
    let is_here = operator.key.is_none()
        && operator.is_local
        && !was_forwarded
        && header(HOST.as_str()).is_some_and(host::names_this_machine);
    has_key || is_here
}

/// `GET /filmgate/v1/upstreams`: each upstream with its circuit, its balance and the verdicts of the newest survey.
pub(super) async fn upstreams(State(app): State<Arc<App>>) -> Response<Body> {
    let survey = app.newest.survey();
    let view = |gate: &Arc<Gate>| upstream(&app, gate, survey.as_deref());
    let upstreams: Vec<Value> = app.upstreams.all().map(view).collect();
    let surveyed_ms = survey.as_ref().map(|survey| survey.at);
    let plans = survey.as_ref().map(|survey| &survey.plans);
    answer(StatusCode::OK, &json!({ "upstreams": upstreams, "plans": plans, "surveyed_ms": surveyed_ms }))
}

fn upstream(app: &App, gate: &Gate, survey: Option<&filmgate_domain::survey::Survey>) -> Value {
    let row = survey.and_then(|survey| survey.upstreams.iter().find(|row| row.name == gate.offer.name));
    let models: Option<Vec<Value>> = row.map(|row| {
        let model = |row: &filmgate_domain::survey::ModelRow| {
            json!({
                "card": row.card,
                "model": row.model,
                "verdict": row.finding.verdict,
                "certainty": row.finding.certainty,
                "since": row.finding.since,
                "replacement": row.finding.replacement,
            })
        };
        row.models.iter().map(model).collect()
    });
    let circuit =
        gate.circuit(app.now()).map(|(until, cause)| json!({ "open_until_ms": until, "why": cause.says() }));
    let surveyed = row.and_then(|row| row.balance);
    let read = gate.balance().or_else(|| survey.map(|survey| survey.at).zip(surveyed));
    let (balance_ms, balance) = read.unzip();
    json!({
        "name": gate.offer.name,
        "dialect": gate.offer.dialect,
        "address": gate.remote.address(),
        "circuit": circuit,
        "balance_ms": balance_ms,
        "balance": balance.map(filmgate_domain::credits::Credits::as_f64),
        "state": row.and_then(|row| row.state.as_ref()).map(|state| state.verdict),
        "models": models,
    })
}

/// `GET /filmgate/v1/survey`: the newest survey as `filmgate probe --format json` writes it.
pub(super) async fn survey(State(app): State<Arc<App>>) -> Response<Body> {
    match app.newest.survey() {
        Some(survey) => answer(StatusCode::OK, &json!(*survey)),
        None => {
            let message = "there is no survey yet: run `filmgate probe`, or set FILMGATE_SURVEY_EVERY_HOURS";
            answer(StatusCode::NOT_FOUND, &json!({ "error": { "code": "no_survey", "message": message } }))
        }
    }
}

/// `GET /metrics`, in Prometheus' text form.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response<Body> {
    let mut response = Response::new(Body::from(metrics::text(&app)));
    let text = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}

fn answer(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{body}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &'static str)]) -> Request {
        let mut request = Request::new(Body::empty());
        for (name, value) in headers {
            request.headers_mut().insert(*name, HeaderValue::from_static(value));
        }
        request
    }

    #[test]
    fn only_the_operator_is_let_in() {
        let local = Operator { key: None, is_local: true };
        let careful = Operator { key: Some(Secret("right".into())), is_local: true };
        let public = Operator { key: Some(Secret("right".into())), is_local: false };
        for (operator, headers, is_let_in) in [
            (&local, &[("host", "127.0.0.1:2424")][..], true),
            (&local, &[("host", "evil.example")], false),
            (&local, &[("host", "localhost"), ("x-forwarded-for", "192.0.2.1")], false),
            (&local, &[("host", "localhost"), ("via", "1.1 proxy")], false),
            (&local, &[], false),
            (&careful, &[("host", "localhost")], false),
            (&public, &[("host", "127.0.0.1")], false),
            (&public, &[("host", "films.example"), ("authorization", "Bearer right")], true),
            (&public, &[("authorization", "bearer right")], true),
            (&public, &[("authorization", "Bearer wrong")], false),
            (&public, &[("authorization", "Basic right")], false),
            (&Operator { key: None, is_local: false }, &[("authorization", "Bearer ")], false),
        ] {
            assert_eq!(may(operator, &asked(headers)), is_let_in, "{headers:?}");
        }
    }
}
