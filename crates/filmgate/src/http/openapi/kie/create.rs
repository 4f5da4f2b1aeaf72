//! The creates of Kie's dialect: one body for each model that `createTask` takes, and Veo's flat ones.

use filmgate_domain::catalogue::{Card, Catalogue};
use filmgate_domain::request::Form;
use filmgate_wire::kie::{Refusal, texts};
use serde_json::{Map, Value, json};

use super::super::operation::{Operation, operation};
use super::super::shape::{link, object, reference, says};
use super::super::{Schemas, cards};
use super::{ID, refusals, succeeds, success};

/// The four models of Sora that tell their progress (reference, 2.4).
const TELLS_PROGRESS: [&str; 4] = [
    "sora-2-text-to-video",
    "sora-2-image-to-video",
    "sora-2-pro-text-to-video",
    "sora-2-pro-image-to-video",
];

pub(super) fn operations(catalogue: &Catalogue) -> Vec<Operation> {
    let jobs = |path, id, summary| {
        let create = operation(("post", path), id, summary)
            .says("Makes a task and answers at once with its id; what it makes is in the record later. The reply is sent after the task is durable. `input` depends on `model`: every model has a page of its own.")
            .costs("The model's price is set aside now, taken when the film is stored, and given back when the task fails.")
            .body("application/json", reference("CreateTask"), &examples(catalogue))
            .says_kie("TaskCreated", ("created", succeeds(json!({"taskId": ID, "recordId": ID}))), &refusals(&create_refusals()));
        told(create)
    };
    let veo = operation(("post", "/api/v1/veo/generate"), "veoGenerate", "Make a film with Veo 3.1")
        .says("Veo's own form: one flat body. Read the task with `veo/record-info`.")
        .costs("The price of the model and resolution is set aside now, taken when the film is stored, and given back when the task fails.")
        .body("application/json", reference("VeoGenerate"), &veo_examples(catalogue))
        .says_kie("VeoTaskCreated", ("created", succeeds(json!({"taskId": ID}))), &refusals(&veo_refusals()));
    vec![
        jobs("/api/v1/jobs/createTask", "createTask", "Make a film with any model"),
        jobs("/api/v1/playground/createTask", "playgroundCreateTask", "The same as createTask")
            .same_as("createTask"),
        told(veo),
    ]
}

/// What every create takes and tells beside its body.
pub(super) fn told(create: Operation) -> Operation {
    let create =
        ["IdempotencyKey", "Deduplicate", "OnDoubt", "Scenario"].into_iter().fold(create, Operation::with);
    ["Filmgate-Deduplicated", "Deprecation", "Sunset"]
        .into_iter()
        .fold(create, |create, name| create.tells(200, name))
}

fn create_refusals() -> Vec<Refusal> {
    vec![
        texts::CREDITS_INSUFFICIENT,
        texts::MODEL_NOT_SUPPORTED,
        texts::INPUT_CANNOT_BE_NULL,
        texts::field_required("prompt"),
        texts::field_out_of_range("n_frames"),
        texts::PAUSED,
        texts::RATE_LIMITED,
        texts::MAINTENANCE,
    ]
}

pub(super) fn veo_refusals() -> Vec<Refusal> {
    vec![
        texts::CREDITS_INSUFFICIENT,
        texts::RATIO_ERROR,
        texts::field_required("prompt"),
        texts::field_out_of_range("resolution"),
        texts::RATE_LIMITED,
        texts::MAINTENANCE,
    ]
}

pub(super) fn schemas(catalogue: &Catalogue) -> Schemas {
    let jobs = cards_of(catalogue, Form::KieJobs);
    let mut schemas: Schemas = Vec::new();
    let (mut choices, mut mapping) = (Vec::new(), Map::new());
    for card in &jobs {
        let name = schema_name(card);
        let pointer = format!("#/components/schemas/{name}");
        choices.push(json!({"$ref": pointer}));
        mapping.extend(ids(card).map(|id| (id.to_owned(), pointer.clone().into())));
        schemas.push((name, job(card)));
    }
    let discriminator = json!({"propertyName": "model", "mapping": mapping});
    schemas.push(("CreateTask".into(), json!({"oneOf": choices, "discriminator": discriminator})));
    let flat: Vec<Value> = cards_of(catalogue, Form::KieVeo)
        .into_iter()
        .filter(|card| !card.makes.needs_source())
        .map(|card| {
            let name = schema_name(card);
            schemas.push((name.clone(), veo(card)));
            reference(&name)
        })
        .collect();
    schemas.push(("VeoGenerate".into(), json!({"oneOf": flat})));
    let id = || says("The task, for polling. Opaque.");
    let twin = says("The same id again.");
    schemas.push(("TaskCreated".into(), success(object(&[("taskId", id()), ("recordId", twin)]))));
    schemas.push(("VeoTaskCreated".into(), success(object(&[("taskId", id())]))));
    schemas
}

fn cards_of(catalogue: &Catalogue, form: Form) -> Vec<&Card> {
    catalogue.cards().iter().filter(|card| card.offered.contains(&form)).collect()
}

fn ids(card: &Card) -> impl Iterator<Item = &str> {
    std::iter::once(card.id.as_str()).chain(card.aliases.iter().map(String::as_str))
}

/// The name of a card's create among the schemas, where a slash is no letter.
fn schema_name(card: &Card) -> String {
    format!("Create.{}", card.id.replace('/', "."))
}

fn job(card: &Card) -> Value {
    let mut fields = vec![
        (
            "model",
            json!({"type": "string", "enum": ids(card).collect::<Vec<_>>(), "description": "The model."}),
        ),
        ("input", cards::input(card, Form::KieJobs)),
        ("callBackUrl?", link("Where to announce the end of the task.")),
    ];
    if TELLS_PROGRESS.contains(&card.id.as_str()) {
        fields.push((
            "progressCallBackUrl?",
            link("Where to tell how far the film is, at best every 10 seconds."),
        ));
    }
    let mut schema = object(&fields);
    (schema["title"], schema["x-filmgate-model"]) = (card.title.as_str().into(), cards::facts(card));
    if card.refused.is_some() {
        schema["deprecated"] = true.into();
    }
    schema["examples"] = cards::accepted(card).map(|example| job_example(card, example)).collect();
    schema
}

fn job_example(card: &Card, example: &filmgate_domain::catalogue::Example) -> Value {
    json!({"model": card.id, "input": cards::example(card, example, Form::KieJobs)})
}

fn veo(card: &Card) -> Value {
    let mut schema = cards::input(card, Form::KieVeo);
    let is_default = card.id == filmgate_wire::kie::veo::DEFAULT_MODEL;
    let mut model =
        json!({"type": "string", "enum": ids(card).collect::<Vec<_>>(), "description": "The model."});
    if is_default {
        model["default"] = card.id.as_str().into();
    }
    schema["properties"]["model"] = model;
    schema["properties"]["callBackUrl"] = link("Where to announce the end of the task.");
    if let Some(order) = schema["x-order"].as_array_mut() {
        order.insert(1, "model".into());
        order.push("callBackUrl".into());
    }
    // A body without a model is the default's alone.
    if let Some(required) = schema["required"].as_array_mut().filter(|_| !is_default) {
        required.push("model".into());
    }
    (schema["title"], schema["x-filmgate-model"]) = (card.title.as_str().into(), cards::facts(card));
    schema["examples"] = cards::accepted(card).map(|example| veo_example(card, example)).collect();
    schema
}

fn veo_example(card: &Card, example: &filmgate_domain::catalogue::Example) -> Value {
    let mut body = cards::example(card, example, Form::KieVeo);
    body["model"] = card.id.as_str().into();
    body
}

fn examples(catalogue: &Catalogue) -> Vec<(&str, Value)> {
    let shown = ["sora-2-text-to-video", "sora-2-image-to-video", "sora-2-pro-storyboard", "veo-3-1"];
    let found = shown.iter().filter_map(|id| catalogue.find(id));
    let first = found.filter_map(|card| Some((card, cards::accepted(card).next()?)));
    first.map(|(card, example)| (card.title.as_str(), job_example(card, example))).collect()
}

fn veo_examples(catalogue: &Catalogue) -> Vec<(&str, Value)> {
    let card = catalogue.find(filmgate_wire::kie::veo::DEFAULT_MODEL);
    let all = card.into_iter().flat_map(|card| cards::accepted(card).map(move |example| (card, example)));
    all.take(3).map(|(card, example)| (example.claim.as_str(), veo_example(card, example))).collect()
}
