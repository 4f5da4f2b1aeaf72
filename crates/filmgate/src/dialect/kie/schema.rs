//! A model's OpenAPI document, made from its card: `GET /api/v1/models/{model}/schema`.

use filmgate_domain::catalogue::{Card, Rule};
use filmgate_domain::request::{Form, Parameter};
use filmgate_providers::kie::fields::field;
use filmgate_wire::kie::CREATE_TASK;
use serde_json::{Map, Value, json};

use super::convert::name;

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
                "Input": input(card),
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

/// The schema of a card's `input` in the jobs form.
fn input(card: &Card) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for (parameter, rule) in &card.parameters {
        let name = match card.spelling.get(parameter) {
            Some(name) => name.clone(),
            None => name(*parameter, Form::KieJobs, Some(card)).to_owned(),
        };
        if rule.required() {
            required.push(name.clone());
        }
        let is_text = field(*parameter, Form::KieJobs, Some(card)).is_some_and(|f| f.json_type() == "string");
        let mut schema = schema(rule, is_text);
        schema["description"] = help(*parameter).into();
        properties.insert(name, schema);
    }
    json!({"type": "object", "required": required, "properties": properties})
}

/// `is_text`: the field holds a string, whatever its values are, as `n_frames` does.
fn schema(rule: &Rule, is_text: bool) -> Value {
    match rule {
        Rule::Text { required, length_max } => {
            let length_min = usize::from(*required);
            json!({"type": "string", "minLength": length_min, "maxLength": length_max})
        }
        Rule::Choice { values, default } => json!({"type": "string", "enum": values, "default": default}),
        Rule::Integer { values, default } if is_text => {
            let values: Vec<String> = values.iter().map(i64::to_string).collect();
            json!({"type": "string", "enum": values, "default": default.to_string()})
        }
        Rule::Integer { values, default } => json!({"type": "integer", "enum": values, "default": default}),
        Rule::Range { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        Rule::Flag { default } => json!({"type": "boolean", "default": default}),
        Rule::List { items_min, items_max } => {
            json!({"type": "array", "items": {"type": "string"}, "minItems": items_min, "maxItems": items_max})
        }
        Rule::Shots { items_max, tenths_min, tenths_max } => {
            let seconds = |tenths: &u32| f64::from(*tenths) / 10.0;
            let duration =
                json!({"type": "number", "minimum": seconds(tenths_min), "maximum": seconds(tenths_max)});
            let shot = json!({
                "type": "object",
                "required": ["Scene", "duration"],
                "properties": {"Scene": {"type": "string"}, "duration": duration},
            });
            json!({"type": "array", "items": shot, "minItems": 1, "maxItems": items_max})
        }
    }
}

fn help(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Prompt => "What the film shows.",
        Parameter::Pictures => "Links to pictures: the first frame, then the last one; or references.",
        Parameter::Aspect => "The shape of the frame.",
        Parameter::Size => "The frame in pixels.",
        Parameter::Seconds => "The length in seconds.",
        Parameter::Quality => "standard is 720 lines, high is 1080.",
        Parameter::Resolution => "The lines of the frame.",
        Parameter::Mode => "What the pictures are for; inferred from their number if absent.",
        Parameter::Tier => "Which tier makes the film; each has its price.",
        Parameter::Shots => "The scenes of a storyboard, together no longer than the film.",
        Parameter::Characters => "Ids of characters that appear.",
        Parameter::CharacterVideo => "The film that shows the character.",
        Parameter::OriginTask => "The finished task that this is made from.",
        Parameter::Timestamps => "Which seconds of it, such as 3.55,5.55.",
        Parameter::CharacterName => "The name of the character.",
        Parameter::CharacterPrompt => "What the character is like.",
        Parameter::SafetyInstruction => "What the character must not do.",
        Parameter::Video => "A link to a film.",
        Parameter::Seed => {
            "The number that varies the film; the same request with the same number gives the same film."
        }
        Parameter::Clean => "Whether the film is to be free of caption and mark.",
        Parameter::Watermark => "A text to be written into the film.",
        Parameter::Translate => "Whether the prompt may be translated.",
        Parameter::UploadStore => "Taken and without effect.",
        Parameter::Fallback => "Taken and without effect.",
    }
}
