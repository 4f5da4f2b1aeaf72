//! Videos in OpenAI's dialect: create, read, list, delete, download.

use filmgate_domain::catalogue::{Card, Catalogue};
use filmgate_domain::request::{Form, Parameter};
use filmgate_wire::openai::server::{ApiError, VIDEO_DELETED};
use serde_json::{Value, json};

use super::super::operation::{Operation, operation};
use super::super::shape::{described, link, list, object, one_of, or_null, reference, says, text, whole};
use super::super::{Schemas, cards};
use super::{deleted, page_of, paged, refuses};

/// A video's id in examples.
pub(super) const ID: &str = "video_01999f6c7d3b8c1e2f4a5b6c7d8e9f00";

pub(super) fn operations() -> Vec<Operation> {
    vec![create(), all(), retrieve(), delete(), content()]
}

fn create() -> Operation {
    let create = operation(("post", "/v1/videos"), "createVideo", "Make a video")
        .says("JSON or a form. Every model of the catalogue can be named, not only OpenAI's. What compatible servers take beside is understood: `width` and `height`, `duration`, `image`, `images`, `metadata`, `fps` and their like; unknown fields are ignored.")
        .costs("The model's price is set aside now, taken when the film is stored, and given back when the video fails.")
        .body("application/json", reference("CreateVideo"), &[("a video", json!({"model": "sora-2", "prompt": "A cute cat playing in a sunny garden", "seconds": "4", "size": "1280x720"}))])
        .body("multipart/form-data", reference("CreateVideoForm"), &[])
        .answers(200, "The video, queued.", reference("Video"), &[("queued", shown("queued"))]);
    refuses(
        told(create),
        &creates(&[
            ApiError::bad_request("missing_required_parameter", "prompt is required. Nothing was created.")
                .about("prompt"),
            ApiError::bad_request(
                "invalid_value",
                "seconds must be one of 4, 8, 12, 16, 20 for sora-2. Nothing was created.",
            )
            .about("seconds"),
            ApiError::unknown_model(
                "The model 'x' does not exist. GET /v1/models lists those that do. Nothing was created.",
            ),
        ]),
    )
}

/// What every create takes and tells beside its body.
pub(super) fn told(create: Operation) -> Operation {
    let takes = ["IdempotencyKey", "Deduplicate", "OnDoubt", "RetryCount", "Scenario"];
    let tells = ["openai-poll-after-ms", "x-request-id", "Filmgate-Deduplicated", "Deprecation", "Sunset"];
    let create = takes.into_iter().fold(create, Operation::with);
    tells.into_iter().fold(create, |create, name| create.tells(200, name)).replies(
        200,
        "",
        ("text/html", text()),
    )
}

/// What every create may be refused with.
pub(super) fn creates(own: &[ApiError]) -> Vec<ApiError> {
    let common = [
        ApiError::too_large("The request is larger than 31457280 bytes. Nothing was created."),
        ApiError::gone("What this Idempotency-Key has made was deleted. Nothing was created."),
        ApiError::key_reused("This Idempotency-Key came with another request before. Nothing was created."),
        ApiError::no_credits("The current credits are insufficient: top up. Nothing was created."),
        ApiError::rate_limited("Too many requests; this one was dropped."),
    ];
    own.iter().cloned().chain(common).collect()
}

fn all() -> Operation {
    let page = json!({"object": "list", "data": [shown("completed")], "first_id": ID, "last_id": ID, "has_more": false});
    let list = paged(operation(("get", "/v1/videos"), "listVideos", "List your videos").costs("Free."));
    let wrong =
        ApiError::bad_request("invalid_value", "limit must be an integer from 0 to 100.").about("limit");
    refuses(list.answers(200, "A page.", reference("Videos"), &[("one video", page)]), &[wrong])
}

fn at(method: &'static str, path: &'static str, id: &'static str, summary: &str) -> Operation {
    operation((method, path), id, summary).costs("Free.").needs("path", "id", (text(), ID), "The video.")
}

fn retrieve() -> Operation {
    let retrieve = at("get", "/v1/videos/{id}", "retrieveVideo", "Read a video")
        .says("`openai-poll-after-ms` says when to read it again while it is not finished. A failed video is no HTTP error: `status` is `failed` and `error` says why.")
        .answers(200, "The video.", reference("Video"), &[("being made", shown("in_progress")), ("finished", shown("completed"))])
        .tells(200, "openai-poll-after-ms")
        .tells(200, "x-request-id");
    refuses(retrieve, &[unknown()])
}

fn delete() -> Operation {
    let delete = at("delete", "/v1/videos/{id}", "deleteVideo", "Delete a video")
        .says("A running video is cancelled as far as that is possible; a finished one goes away with its links. What was paid stays in the ledger.")
        .answers(200, "It is gone.", deleted(VIDEO_DELETED), &[("gone", json!({"id": ID, "object": VIDEO_DELETED, "deleted": true}))]);
    refuses(delete, &[unknown()])
}

fn content() -> Operation {
    let media =
        |status, says: &str, operation: Operation| operation.replies(status, says, ("video/mp4", text()));
    let content = at("get", "/v1/videos/{id}/content", "downloadVideo", "Download a video")
        .says("The film with one `Range`, or a picture of it. Pictures are there for films that the embedded studio has made. Of an extension it is the joined film.")
        .takes("query", "variant", one_of(&["video", "thumbnail", "spritesheet"], "What to download."), "The film unless it is said.")
        .takes("header", "Range", json!({"type": "string", "pattern": "^bytes=[0-9]+-[0-9]*$"}), "Which bytes, such as `bytes=0-1023`.");
    let content =
        media(206, "The bytes that were asked for.", media(200, "The film, or the picture.", content))
            .replies(200, "", ("image/webp", text()))
            .replies(200, "", ("image/jpeg", text()))
            .nothing(416, "The film has no such bytes.");
    let not_ready = ApiError {
        code: Some("video_not_ready"),
        ..ApiError::not_found(format!(
            "Video '{ID}' is not ready: its status is in_progress (40 %). Retrieve it until the status is completed."
        ))
    };
    let variant = ApiError::bad_request("invalid_value", "variant must be video, thumbnail or spritesheet.")
        .about("variant");
    refuses(content, &[variant, not_ready.about("video_id"), unknown()])
}

pub(super) fn unknown() -> ApiError {
    ApiError::not_found(format!("Video with id '{ID}' not found.")).about("video_id")
}

/// A video as it is shown in this state.
pub(super) fn shown(status: &str) -> Value {
    let (progress, completed) = match status {
        "queued" => (0, Value::Null),
        "in_progress" => (40, Value::Null),
        _ => (100, json!(1_795_374_004)),
    };
    json!({
        "id": ID, "object": "video", "model": "sora-2", "status": status, "progress": progress,
        "created_at": 1_795_374_000, "completed_at": completed, "expires_at": null,
        "prompt": "A cute cat playing in a sunny garden", "size": "1280x720", "seconds": "4",
        "remixed_from_video_id": null, "error": null,
    })
}

pub(super) fn schemas(catalogue: &Catalogue) -> Schemas {
    let mut schemas: Schemas = vec![
        ("Video".into(), video(&[])),
        ("Videos".into(), page_of("Video")),
        ("CreateVideo".into(), create_video(catalogue, picture())),
        ("CreateVideoForm".into(), create_video(catalogue, file("The first picture."))),
    ];
    let cards = catalogue.cards().iter().filter(|card| card.offered.contains(&Form::OpenAi));
    schemas.extend(cards.map(|card| (format!("Create.{}", card.id), of_card(card))));
    schemas
}

/// The thirteen keys, all of them always there, and what a compatible server adds.
pub(super) fn video(further: &[(&str, Value)]) -> Value {
    let failed = object(&[
        ("code", says("For programs, such as `moderation_blocked`, `cancelled` or `expired`.")),
        ("message", says("For people.")),
    ]);
    let mut failed = described(failed, "Why there is no film.");
    failed["type"] = json!(["object", "null"]);
    let mut fields = vec![
        ("id", says("The video. Opaque.")),
        ("object", json!({"type": "string", "const": "video"})),
        ("model", says("As the client wrote it.")),
        ("status", one_of(&["queued", "in_progress", "completed", "failed"], "Where it stands.")),
        ("progress", json!({"type": "integer", "minimum": 0, "maximum": 100, "description": "In percent."})),
        ("created_at", whole("Unix seconds.")),
        ("completed_at", or_null(whole("Unix seconds."))),
        (
            "expires_at",
            or_null(whole("Unix seconds: when the film goes away. Films stay until they are deleted.")),
        ),
        ("prompt", or_null(says("What it shows."))),
        ("size", says("Such as `1280x720`.")),
        ("seconds", says("Whole seconds, as text; after an extension the whole length.")),
        ("remixed_from_video_id", or_null(says("The video that this one is made from."))),
        ("error", failed),
    ];
    fields.extend(further.iter().cloned());
    object(&fields)
}

fn prompt() -> Value {
    json!({"type": "string", "minLength": 1, "maxLength": 32_000, "description": "What the film shows."})
}

fn file(description: &str) -> Value {
    json!({"type": "string", "contentMediaType": "application/octet-stream", "description": description})
}

/// The first picture in JSON.
fn picture() -> Value {
    object(&[
        ("image_url?", link("A public https link, or a data URL.")),
        ("file_id?", says("The link or id of a file that was uploaded here.")),
    ])
}

fn create_video(catalogue: &Catalogue, reference: Value) -> Value {
    let films = catalogue.cards().iter().filter(|card| card.makes == filmgate_domain::catalogue::Makes::Film);
    let models: Vec<&str> = films.map(|card| card.id.as_str()).collect();
    let model = json!({"type": "string", "default": "sora-2", "examples": models, "description": "Any model of `GET /v1/models`."});
    let characters =
        described(list(object(&[("id", says("A character of yours."))])), "Who appears: at most five.");
    object(&[
        ("prompt", prompt()),
        ("model?", model),
        (
            "seconds?",
            json!({"type": "string", "pattern": "^[0-9]+$", "description": "The length, as text; which lengths there are depends on the model."}),
        ),
        (
            "size?",
            json!({"type": "string", "pattern": "^[0-9]+x[0-9]+$", "description": "The frame in pixels, such as `1280x720`; which there are depends on the model."}),
        ),
        ("input_reference?", described(reference, "The first frame.")),
        ("characters?", characters),
        (
            "seed?",
            json!({"type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32, "description": "The same request with the same number gives the same film. OpenAI has no such field."}),
        ),
    ])
}

/// A card of OpenAI's own form, with its own values.
fn of_card(card: &Card) -> Value {
    let known = cards::input(card, Form::OpenAi);
    let field = |parameter: Parameter, name: &str| {
        card.parameters
            .contains_key(&parameter)
            .then(|| known["properties"][name].clone())
            .filter(|field| !field.is_null())
    };
    let ids: Vec<&str> =
        std::iter::once(card.id.as_str()).chain(card.aliases.iter().map(String::as_str)).collect();
    let shape = card.shape();
    let seconds: Vec<String> = shape.seconds.iter().map(i64::to_string).collect();
    let mut fields = vec![
        ("prompt", prompt()),
        ("model?", one_of(&ids, "The model.")),
        ("seconds?", json!({"type": "string", "enum": seconds, "description": "The length, as text."})),
    ];
    if let Some(filmgate_domain::catalogue::Rule::Choice { values, default }) =
        card.parameters.get(&Parameter::Size)
    {
        fields.push(("size?", json!({"type": "string", "enum": values, "default": default, "description": "The frame in pixels."})));
    }
    fields.push((
        "input_reference?",
        described(picture(), "The first frame: in JSON an object, in a form a file."),
    ));
    fields.extend(field(Parameter::Seed, "seeds").map(|seed| ("seed?", seed)));
    let mut schema = object(&fields);
    (schema["title"], schema["x-filmgate-model"]) = (card.title.as_str().into(), cards::facts(card));
    schema["examples"] = json!([{"model": card.id, "prompt": "A cute cat playing in a sunny garden", "seconds": seconds.first()}]);
    schema
}
