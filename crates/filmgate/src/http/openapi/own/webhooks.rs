//! An account's receivers of events, and what they were told.

use filmgate_domain::delivery::Event;
use filmgate_wire::own::refused::Refused;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, link, list, object, one_of, or_null, reference, says, text, whole};
use super::{closed, invalid_body, limited, not_found, too_large, wrong_limit};

const ENDPOINTS: &str = "/filmgate/v1/webhooks/endpoints";
const ID: &str = "we_01999f6c7d3b8c1e2f4a5b6c7d8e9f00";
const DELIVERY: &str = "wh_01999f6c7d3b8c1e2f4a5b6c7d8e9f00_c1";

pub(super) fn operations() -> Vec<Operation> {
    vec![list_all(), create(), delete(), test(), rotate(), deliveries(), replay()]
}

fn at(method: &'static str, path: &'static str, id: &'static str, summary: &str) -> Operation {
    operation((method, path), id, summary).needs("path", "id", (text(), ID), "The receiver.")
}

fn list_all() -> Operation {
    let all = object(&[("endpoints", list(reference("Endpoint")))]);
    let list = operation(("get", ENDPOINTS), "listEndpoints", "List the receivers of events").answers(
        200,
        "The newest first.",
        all,
        &[],
    );
    closed(list, &[])
}

fn create() -> Operation {
    let body = object(&[
        (
            "name",
            json!({"type": "string", "minLength": 1, "maxLength": 200, "description": "What you call it."}),
        ),
        ("url", link("Where to deliver.")),
        ("events", described(list(event()), "What it is to be told.")),
    ]);
    let example = json!({"name": "production", "url": "https://example.com/hooks", "events": ["video.completed", "video.failed"]});
    let mut fields = endpoint();
    fields.push(("secret", says("What deliveries to it are signed with, shown this once.")));
    let create = operation(("post", ENDPOINTS), "createEndpoint", "Make a receiver of events")
        .body("application/json", body, &[("a receiver", example)])
        .answers(201, "The receiver, with its secret.", object(&fields), &[]);
    let invalid = |text: &str| Refused::new(422, "invalid_value", text);
    closed(
        create,
        &[
            invalid_body(),
            Refused::new(409, "limit_reached", "Nothing was changed: an account has at most 50 endpoints."),
            too_large(1024 * 1024),
            invalid("Nothing was changed: name must have 1 to 200 characters.").about("name"),
        ],
    )
}

fn delete() -> Operation {
    let delete = at("delete", "/filmgate/v1/webhooks/endpoints/{id}", "deleteEndpoint", "Delete a receiver")
        .nothing(204, "It is gone, and so are its deliveries that were under way.");
    closed(delete, &[not_found("endpoint")])
}

fn test() -> Operation {
    let test = at("post", "/filmgate/v1/webhooks/endpoints/{id}/test", "testEndpoint", "Send a test event")
        .says("One event that names no film of yours, once.")
        .answers(
            200,
            "The receiver answered, with this status.",
            object(&[("status", whole("HTTP's."))]),
            &[],
        );
    let refusals = [
        not_found("endpoint"),
        Refused::new(
            409,
            "endpoint_not_reached",
            "Nothing was changed: nobody answered: the address could not be reached.",
        ),
        Refused::new(
            429,
            "rate_limited",
            "Nothing was changed: too many tests are under way; try again in a few seconds.",
        ),
    ];
    closed(test, &refusals)
}

fn rotate() -> Operation {
    let keep = json!({"type": "boolean", "default": true, "description": "Whether the old secret is signed with, too, for another 24 hours."});
    let rotate = at(
        "post",
        "/filmgate/v1/webhooks/endpoints/{id}/rotate_secret",
        "rotateSecret",
        "Make another secret",
    )
    .body("application/json", object(&[("keep_old?", keep)]), &[("at once", json!({"keep_old": false}))])
    .or_none()
    .answers(200, "The new one, shown this once.", object(&[("secret", text())]), &[]);
    closed(rotate, &[invalid_body(), not_found("endpoint"), too_large(1024 * 1024)])
}

fn deliveries() -> Operation {
    let all = object(&[("deliveries", list(reference("Delivery")))]);
    let deliveries =
        operation(("get", "/filmgate/v1/webhooks/deliveries"), "listDeliveries", "List what was told");
    let deliveries = limited(deliveries, (50, 200)).answers(200, "The newest first.", all, &[]);
    closed(deliveries, &[wrong_limit(200)])
}

fn replay() -> Operation {
    let replay = operation(("post", "/filmgate/v1/webhooks/deliveries/{id}/replay"), "replayDelivery", "Tell it again")
        .says("Whatever has become of the delivery, to the address that its receiver has now, with the same id and the same bytes.")
        .needs("path", "id", (text(), DELIVERY), "The delivery.")
        .answers(200, "The delivery as it is now.", reference("Delivery"), &[]);
    closed(replay, &[not_found("delivery")])
}

fn event() -> Value {
    one_of(&Event::ALL.map(Event::word), "What happens to a task.")
}

fn endpoint() -> Vec<(&'static str, Value)> {
    vec![
        ("id", says("Its id.")),
        ("name", says("What its owner calls it.")),
        ("url", link("Where deliveries go.")),
        ("events", described(list(event()), "What it is told.")),
        ("created_ms", whole("When it was made, in Unix milliseconds.")),
        ("secret_hint", says("The end of its secret, by which people tell secrets apart.")),
    ]
}

pub(super) fn schemas() -> Schemas {
    let one = object(&[
        ("at_ms", whole("When it began.")),
        ("took_ms", whole("How long it took.")),
        ("status", or_null(whole("What the receiver answered."))),
        ("fault", or_null(says("Why there was no answer."))),
    ]);
    let delivery = object(&[
        ("id", says("Its id, as its receiver sees it in `webhook-id`.")),
        ("task", says("The task that it tells of.")),
        ("event", event()),
        ("url", says("Where to.")),
        ("state", one_of(&["waiting", "delivered", "given_up"], "Where it stands.")),
        ("due_ms", or_null(whole("When it is tried next, in Unix milliseconds."))),
        ("created_ms", whole("When the event happened.")),
        ("ended_ms", or_null(whole("When it was delivered or given up."))),
        ("tries", described(list(one), "The first one first.")),
    ]);
    vec![
        ("Endpoint".into(), described(object(&endpoint()), "A receiver of events.")),
        ("Delivery".into(), described(delivery, "One event told to one receiver.")),
    ]
}
