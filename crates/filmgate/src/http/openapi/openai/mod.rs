//! OpenAI's dialect in the document: its operations and the shapes of its replies.

mod follow;
mod videos;
mod webhooks;

use filmgate_domain::catalogue::Catalogue;
use filmgate_wire::openai::server::ApiError;
use serde_json::{Value, json};

use super::Schemas;
use super::operation::Operation;
use super::shape::{described, list, object, or_null, reference, says, text};

/// The page of the reference.
pub(super) const TAG: &str = "openai";

/// Every operation of this dialect.
pub(super) fn operations() -> Vec<Operation> {
    let all = videos::operations().into_iter().chain(follow::operations()).chain(webhooks::operations());
    all.map(|operation| operation.of(TAG)).collect()
}

/// The shapes that these operations name.
pub(super) fn schemas(catalogue: &Catalogue) -> Schemas {
    let mut schemas: Schemas = vec![("ApiError".into(), error())];
    schemas.extend(videos::schemas(catalogue));
    schemas.extend(follow::schemas());
    schemas.extend(webhooks::schemas());
    schemas
}

fn error() -> Value {
    let inner = object(&[
        ("message", says("What happened, whether anything was charged, and what to do.")),
        ("type", says("The coarse kind, such as `invalid_request_error`.")),
        ("param", or_null(says("The field."))),
        ("code", or_null(says("For programs."))),
    ]);
    described(object(&[("error", inner)]), "What the SDKs turn into their own exceptions.")
}

/// Refusals with these words, each under its status.
fn refuses(mut operation: Operation, refusals: &[ApiError]) -> Operation {
    let common = [
        ApiError::key_refused("The key is missing or wrong. Send it as `Authorization: Bearer KEY`."),
        ApiError::not_permitted(crate::http::FOREIGN_HOST),
        ApiError::internal("filmgate's store failed; see its log. Try again later."),
        ApiError::unavailable(
            "The request could not be kept. Nothing was changed; try again in a few seconds.",
        ),
    ];
    let all: Vec<&ApiError> = refusals.iter().chain(&common).collect();
    let mut told = Vec::new();
    for refusal in &all {
        if told.contains(&refusal.http_status) {
            continue;
        }
        told.push(refusal.http_status);
        let same = all.iter().filter(|other| other.http_status == refusal.http_status);
        let examples: Vec<(&str, Value)> = same
            .map(|one| {
                (one.code.unwrap_or(one.kind), serde_json::from_str(&one.encode()).unwrap_or_default())
            })
            .collect();
        operation = operation.answers(
            refusal.http_status,
            meaning(refusal.http_status),
            reference("ApiError"),
            &examples,
        );
    }
    operation
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request is wrong: `BadRequestError`.",
        401 => "No key, or a wrong one: `AuthenticationError`.",
        403 => "Not from there: `PermissionDeniedError`.",
        404 => "There is no such thing, or it is another account's: `NotFoundError`.",
        410 => "What the `Idempotency-Key` made was deleted.",
        413 => "The body is too large.",
        422 => "The `Idempotency-Key` was used with another body: `UnprocessableEntityError`.",
        429 => "No credits, or too often: `RateLimitError`.",
        _ => "The server's fault, or it is closed: `InternalServerError`.",
    }
}

/// A page of a list.
fn page_of(name: &str) -> Value {
    object(&[
        ("object", json!({"type": "string", "const": "list"})),
        ("data", list(reference(name))),
        ("first_id", or_null(text())),
        ("last_id", or_null(text())),
        ("has_more", json!({"type": "boolean"})),
    ])
}

/// The query of a list.
fn paged(operation: Operation) -> Operation {
    operation
        .takes(
            "query",
            "limit",
            json!({"type": "integer", "minimum": 0, "maximum": 100, "default": 20}),
            "How many at most.",
        )
        .takes(
            "query",
            "order",
            json!({"type": "string", "enum": ["asc", "desc"], "default": "desc"}),
            "`desc` is the newest first.",
        )
        .takes(
            "query",
            "after",
            text(),
            "The id after which the page begins: the `last_id` of the one before.",
        )
}

/// The answer to a deletion.
fn deleted(kind: &str) -> Value {
    object(&[
        ("id", text()),
        ("object", json!({"type": "string", "const": kind})),
        ("deleted", json!({"type": "boolean", "const": true})),
    ])
}
