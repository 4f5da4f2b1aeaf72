//! An account's own receivers of events.

use filmgate_wire::openai::server::{ApiError, ENDPOINT_DELETED, EventType};
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, list, object, or_null, reference, says, text, whole};
use super::{deleted, page_of, paged, refuses};

const ID: &str = "we_01999f6c7d3b8c1e2f4a5b6c7d8e9f00";

pub(super) fn operations() -> Vec<Operation> {
    vec![create(), list_all(), retrieve(), update(), delete(), rotate(), test(), event_types()]
}

fn at(method: &'static str, path: &'static str, id: &'static str, summary: &str) -> Operation {
    let begun = operation((method, path), id, summary).costs("Free.");
    match path.contains("{id}") {
        true => begun.needs("path", "id", (text(), ID), "The endpoint."),
        false => begun,
    }
}

fn create() -> Operation {
    let body = json!({"name": "production", "url": "https://example.com/hooks", "event_types": ["video.completed", "video.failed"]});
    let create = at("post", "/v1/webhook_endpoints", "createWebhookEndpoint", "Make a receiver of events")
        .body("application/json", reference("CreateWebhookEndpoint"), &[("a receiver", body)])
        .answers(
            200,
            "The endpoint, with its secret, which is shown this once.",
            reference("WebhookEndpointWithSecret"),
            &[("made", shown(true))],
        );
    refuses(
        create,
        &[
            ApiError::bad_request("missing_required_parameter", "url is required. Nothing was created.")
                .about("url"),
            too_large(),
        ],
    )
}

fn list_all() -> Operation {
    let list = paged(at("get", "/v1/webhook_endpoints", "listWebhookEndpoints", "List the receivers"));
    let page =
        json!({"object": "list", "data": [shown(false)], "first_id": ID, "last_id": ID, "has_more": false});
    refuses(
        list.answers(200, "A page.", reference("WebhookEndpoints"), &[("one receiver", page)]),
        &[wrong_limit(), unknown()],
    )
}

fn retrieve() -> Operation {
    let retrieve = at("get", "/v1/webhook_endpoints/{id}", "retrieveWebhookEndpoint", "Read a receiver")
        .answers(200, "The endpoint.", reference("WebhookEndpoint"), &[("a receiver", shown(false))]);
    refuses(retrieve, &[unknown()])
}

fn update() -> Operation {
    let update = at("post", "/v1/webhook_endpoints/{id}", "updateWebhookEndpoint", "Change a receiver")
        .says("What is given replaces what was there.")
        .body(
            "application/json",
            reference("UpdateWebhookEndpoint"),
            &[("another name", json!({"name": "staging"}))],
        )
        .or_none()
        .answers(200, "The endpoint as it is now.", reference("WebhookEndpoint"), &[]);
    refuses(
        update,
        &[
            ApiError::bad_request("invalid_value", "event_types must be at least one event type.")
                .about("event_types"),
            unknown(),
            too_large(),
        ],
    )
}

fn delete() -> Operation {
    let delete = at("delete", "/v1/webhook_endpoints/{id}", "deleteWebhookEndpoint", "Delete a receiver")
        .answers(
            200,
            "It is gone, and so are its deliveries that were under way.",
            deleted(ENDPOINT_DELETED),
            &[],
        );
    refuses(delete, &[unknown()])
}

fn rotate() -> Operation {
    let keeps = json!({"type": "boolean", "default": false, "description": "Whether deliveries are signed with both secrets for a day."});
    let rotate =
        at("post", "/v1/webhook_endpoints/{id}/rotate_secret", "rotateWebhookSecret", "Make another secret")
            .body(
                "application/json",
                object(&[("keep_old_secret_active_for_24_hours?", keeps)]),
                &[("gently", json!({"keep_old_secret_active_for_24_hours": true}))],
            )
            .or_none()
            .answers(
                200,
                "The endpoint, with its new secret, which is shown this once.",
                reference("WebhookEndpointWithSecret"),
                &[],
            );
    refuses(rotate, &[wrong_body(), unknown(), too_large()])
}

fn test() -> Operation {
    let body = object(&[("event_type", event_type())]);
    let test = at("post", "/v1/webhook_endpoints/{id}/test", "testWebhookEndpoint", "Send a test event")
        .says("Sends one event that names no film of yours, once, and says what was answered.")
        .body("application/json", body, &[("a finished film", json!({"event_type": "video.completed"}))])
        .answers(200, "The receiver answered, with this status.", reference("WebhookTested"), &[]);
    refuses(
        test,
        &[
            ApiError::bad_request("endpoint_not_reached", "Nobody answered: the host cannot be reached."),
            unknown(),
            ApiError::rate_limited("Too many tests are under way; try again in a few seconds."),
            too_large(),
        ],
    )
}

fn event_types() -> Operation {
    let all = object(&[("object", json!({"type": "string", "const": "list"})), ("data", list(event_type()))]);
    refuses(
        at("get", "/v1/webhook_event_types", "listWebhookEventTypes", "List what can be heard of").answers(
            200,
            "All event types.",
            all,
            &[("all", json!({"object": "list", "data": words()}))],
        ),
        &[],
    )
}

fn wrong_limit() -> ApiError {
    ApiError::bad_request("invalid_value", "limit must be an integer from 0 to 100.").about("limit")
}

fn wrong_body() -> ApiError {
    ApiError::bad_request(
        "invalid_body",
        "The request cannot be read: it is no JSON object. Nothing was done.",
    )
}

fn unknown() -> ApiError {
    ApiError::not_found(format!("There is no webhook endpoint {ID}."))
}

fn too_large() -> ApiError {
    ApiError::too_large("The body must be whole and at most 65536 bytes.")
}

fn words() -> Vec<&'static str> {
    EventType::ALL.into_iter().map(EventType::word).collect()
}

fn event_type() -> Value {
    json!({"type": "string", "enum": words(), "description": "`video.completed` there is a film, `video.failed` there will be none, `task.late` a film came after its task had ended without one."})
}

fn shown(with_secret: bool) -> Value {
    let mut endpoint = json!({
        "id": ID, "object": "webhook_endpoint", "created_at": 1_795_374_000, "updated_at": 1_795_374_000,
        "name": "production", "url": "https://example.com/hooks", "event_types": ["video.completed", "video.failed"],
        "signing_secret_hint": "whsec_…k3v9",
    });
    if with_secret {
        endpoint["signing_secret"] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwk3v9".into();
    }
    endpoint
}

pub(super) fn schemas() -> Schemas {
    let name = || json!({"type": "string", "minLength": 1, "maxLength": 200, "description": "For people."});
    let url = || json!({"type": "string", "format": "uri", "description": "Where to deliver: a public https address."});
    let types = || json!({"type": "array", "minItems": 1, "items": event_type()});
    let create = object(&[("name", name()), ("url", url()), ("event_types", types())]);
    let update = object(&[("name?", name()), ("url?", url()), ("event_types?", types())]);
    let tested = object(&[
        ("object", json!({"type": "string", "const": "webhook_endpoint.test"})),
        ("event_type", event_type()),
        ("status_code", whole("What the receiver answered.")),
        ("success", json!({"type": "boolean", "const": true})),
        ("webhook_endpoint_id", says("The endpoint.")),
    ]);
    vec![
        ("CreateWebhookEndpoint".into(), create),
        ("UpdateWebhookEndpoint".into(), update),
        ("WebhookEndpoint".into(), endpoint(&[])),
        (
            "WebhookEndpointWithSecret".into(),
            endpoint(&[("signing_secret", says("Signs every delivery; shown this once."))]),
        ),
        ("WebhookEndpoints".into(), page_of("WebhookEndpoint")),
        ("WebhookTested".into(), described(tested, "The receiver was reached.")),
    ]
}

fn endpoint(further: &[(&str, Value)]) -> Value {
    let mut fields = vec![
        ("id", says("The endpoint.")),
        ("object", json!({"type": "string", "const": "webhook_endpoint"})),
        ("created_at", whole("Unix seconds.")),
        ("updated_at", whole("Unix seconds of the last change of it or its secret.")),
        ("name", says("For people.")),
        ("url", says("Where events are delivered.")),
        ("event_types", list(event_type())),
        ("signing_secret_hint", or_null(says("The end of its secret."))),
    ];
    fields.extend(further.iter().cloned());
    object(&fields)
}
