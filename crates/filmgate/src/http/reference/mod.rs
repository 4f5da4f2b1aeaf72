//! The reference at `/docs`: pages made from the OpenAPI document, without scripts and without a request to any other host.

mod field;
mod layout;
mod models;
mod operations;
mod overview;
mod prose;
mod samples;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use axum::routing::get;
use maud::Markup;
use serde_json::Value;

use super::openapi;
use crate::app::App;
use crate::http::look::Look;
use crate::http::part::Part;

/// Nothing but our own style sheet and pictures that are written into it.
const POLICY: &str =
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

type Shared = State<Arc<App>>;

/// The document and what pages need beside it.
#[derive(Clone, Copy)]
struct Book<'a> {
    document: &'a Value,
    /// The address that examples are written for.
    base: &'a str,
}

/// The document and its pages.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/openapi.json", get(document))
        .route("/docs", get(overview))
        .route("/docs/style.css", get(style))
        .route("/docs/{page}", get(page))
        .route("/docs/models/{*model}", get(model))
}

async fn document(State(app): Shared) -> Response<Body> {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| value(&app).to_string());
    reply("application/json", text.as_str())
}

async fn style() -> Response<Body> {
    reply("text/css; charset=utf-8", include_str!("style.css"))
}

async fn overview(State(app): Shared, headers: HeaderMap) -> Response<Body> {
    let book = Book { document: value(&app), base: &app.link_base };
    html(layout::page(book, Look::of(&headers), &overview::page(book)))
}

async fn page(State(app): Shared, Part(page): Part, headers: HeaderMap) -> Response<Body> {
    let book = Book { document: value(&app), base: &app.link_base };
    match operations::page(book, &page) {
        Some(page) => html(layout::page(book, Look::of(&headers), &page)),
        None => missing(book, Look::of(&headers)),
    }
}

async fn model(State(app): Shared, Part(model): Part, headers: HeaderMap) -> Response<Body> {
    let book = Book { document: value(&app), base: &app.link_base };
    match models::page(book, &model) {
        Some(page) => html(layout::page(book, Look::of(&headers), &page)),
        None => missing(book, Look::of(&headers)),
    }
}

/// The cards are part of the program, so the document is the same as long as it runs.
fn value(app: &App) -> &'static Value {
    static VALUE: OnceLock<Value> = OnceLock::new();
    VALUE.get_or_init(|| openapi::document(&app.catalogue))
}

fn missing(book: Book<'_>, look: Look) -> Response<Body> {
    let mut response = html(layout::page(book, look, &layout::missing()));
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn html(page: Markup) -> Response<Body> {
    let mut response = reply("text/html; charset=utf-8", page.into_string());
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn reply(kind: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

impl<'a> Book<'a> {
    /// The value itself, or what it refers to.
    fn resolve(self, value: &'a Value) -> &'a Value {
        let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.document.pointer(pointer)).unwrap_or(value)
    }

    /// Every operation with its path and method, in the order of the document.
    fn operations(self, tag: &str) -> Vec<(&'a str, &'a str, &'a Value)> {
        let paths = self.document["paths"].as_object().into_iter().flatten();
        let all = paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        });
        let mut all: Vec<_> =
            all.filter(|(.., operation)| operation["tags"][0].as_str() == Some(tag)).collect();
        all.sort_by_key(|(.., operation)| operation["x-order"].as_i64());
        all
    }

    /// The schemas of all creates that belong to a model card.
    fn models(self) -> Vec<&'a Value> {
        let schemas = self.document["components"]["schemas"].as_object().into_iter().flatten();
        schemas.map(|(_, schema)| schema).filter(|schema| schema["x-filmgate-model"].is_object()).collect()
    }
}
