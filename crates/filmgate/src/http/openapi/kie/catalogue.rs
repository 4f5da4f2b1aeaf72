//! The catalogue: which models `createTask` takes, and what is known of each.

use filmgate_wire::kie::texts;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{list, number, object, or_null, reference, says, text, whole};
use super::{nullable_text, refusals, succeeds, success};

const MODEL: &str = "sora-2-text-to-video";

pub(super) fn operations() -> Vec<Operation> {
    let row = json!({
        "model": MODEL, "slug": MODEL, "title": "Sora 2, text to video", "provider": "OpenAI",
        "taskType": ["Text to Video"], "description": null, "pricingDesc": "A film costs 30 credits with n_frames 10 (the default).",
    });
    let models = operation(("get", "/api/v1/models"), "listModels", "List the models")
        .says("What `createTask` takes and somebody makes.")
        .costs("Free.")
        .takes("query", "taskType", text(), "One or several, separated by commas, such as `Text to Video`.")
        .takes("query", "provider", text(), "Who made the model, such as `OpenAI`.")
        .takes("query", "q", text(), "A text in the id or the title.")
        .says_kie("Models", ("one model", succeeds(json!({"total": 1, "models": [row]}))), &refusals(&[]));
    let point = json!({"start": 1_795_374_000_000_i64, "end": 1_795_374_600_000_i64, "successRate": 1.0, "errorRate": 0.0, "isNormal": true});
    vec![
        models,
        about("/api/v1/models/{model}/schema", "modelSchema", "What a model takes").says_kie(
            "ModelSchema",
            ("a document", succeeds(json!({"model": MODEL, "openapi": {"openapi": "3.1.0"}}))),
            &unknown(),
        ),
        about("/api/v1/models/{model}/price", "modelPrice", "What a model costs").says_kie(
            "ModelPrice",
            ("a price", succeeds(json!({"model": MODEL, "pricingDesc": row_price()}))),
            &unknown(),
        ),
        about("/api/v1/models/{model}/success-rate", "modelSuccessRate", "How often a model ends well")
            .says_kie(
                "ModelSuccessRate",
                ("the last ten minutes", succeeds(json!({"model": MODEL, "points": [point]}))),
                &unknown(),
            ),
    ]
}

fn about(path: &'static str, id: &'static str, summary: &str) -> Operation {
    operation(("get", path), id, summary)
        .says("A slash in the model's id is not encoded.")
        .costs("Free.")
        .needs("path", "model", (text(), MODEL), "The model's id.")
}

fn unknown() -> Vec<filmgate_wire::kie::Refusal> {
    refusals(&[texts::MODEL_NOT_IN_CATALOGUE])
}

fn row_price() -> &'static str {
    "A film costs 30 credits with n_frames 10 (the default); 45 credits with n_frames 15. A task that fails costs nothing."
}

pub(super) fn schemas() -> Schemas {
    let rows = object(&[("total", whole("How many there are.")), ("models", list(reference("ModelRow")))]);
    let model = || ("model", says("The model."));
    let openapi = json!({"type": ["object", "null"], "description": "A whole OpenAPI 3.1 document."});
    vec![
        ("ModelRow".into(), row()),
        ("Models".into(), success(rows)),
        ("ModelSchema".into(), success(object(&[model(), ("openapi", openapi)]))),
        (
            "ModelPrice".into(),
            success(object(&[model(), ("pricingDesc", nullable_text("Its price in prose."))])),
        ),
        ("ModelSuccessRate".into(), success(object(&[model(), ("points", list(point()))]))),
    ]
}

fn row() -> Value {
    object(&[
        ("model", says("The id for creates.")),
        ("slug", says("Its name in addresses.")),
        ("title", says("For people.")),
        ("provider", says("Who made it.")),
        ("taskType", list(text())),
        ("description", nullable_text("For people.")),
        ("pricingDesc", nullable_text("Its price in prose.")),
    ])
}

/// Ten minutes of the last 24 hours.
fn point() -> Value {
    object(&[
        ("start", whole("Unix milliseconds.")),
        ("end", whole("Unix milliseconds.")),
        ("successRate", or_null(number("From 0 to 1; null where nothing was made."))),
        ("errorRate", or_null(number("The rest of it."))),
        (
            "isNormal",
            json!({"type": ["boolean", "null"], "description": "Whether fewer than half of them failed."}),
        ),
    ])
}
