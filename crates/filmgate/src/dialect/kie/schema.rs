//! A model's OpenAPI document, made from its card: `GET /api/v1/models/{model}/schema`.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::Form;
use filmgate_wire::kie::CREATE_TASK;
use serde_json::{Value, json};

use crate::http::openapi::cards;

/// The whole document: the create with this model's own input, and its answer.
pub(super) fn document(card: &Card, server: &str) -> Value {
    let create = json!({
        "operationId": "createTask",
        "summary": card.title,
        "security": [{"bearer": []}],
        "requestBody": {
            "required": true,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Create"}}},
        },
        "responses": {
            "200": {
                "description": "The result is in `code`; 200 means that the task was created.",
                "content": {"application/json": {"schema": {"oneOf": [
                    {"$ref": "#/components/schemas/Created"},
                    {"$ref": "#/components/schemas/Refused"},
                ]}}},
            },
        },
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": card.title, "version": env!("CARGO_PKG_VERSION")},
        "servers": [{"url": server}],
        "paths": {CREATE_TASK: {"post": create}},
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Create": {
                    "type": "object",
                    "required": ["model", "input"],
                    "properties": {
                        "model": {"type": "string", "const": card.id},
                        "callBackUrl": {"type": "string", "format": "uri", "description": "Told once the task has ended."},
                        "input": {"$ref": "#/components/schemas/Input"},
                    },
                },
                "Input": cards::input(card, Form::KieJobs),
                "Created": {
                    "type": "object",
                    "required": ["code", "msg", "data"],
                    "properties": {
                        "code": {"const": 200},
                        "msg": {"type": "string"},
                        "data": {
                            "type": "object",
                            "required": ["taskId", "recordId"],
                            "properties": {"taskId": {"type": "string"}, "recordId": {"type": "string"}},
                        },
                    },
                },
                "Refused": {
                    "type": "object",
                    "required": ["code", "msg"],
                    "properties": {
                        "code": {"type": "integer", "not": {"const": 200}},
                        "msg": {"type": "string"},
                        "data": {"type": "null"},
                    },
                },
            },
        },
    })
}
