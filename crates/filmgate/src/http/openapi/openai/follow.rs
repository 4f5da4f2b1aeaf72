//! Films from films, characters, the models, and new-api's own route.

use filmgate_wire::openai::server::ApiError;
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, link, list, object, one_of, reference, says, text, whole};
use super::refuses;
use super::videos::{ID, creates, shown, told, unknown, video};

const CHARACTER: &str = "char_01999f6c7d3b8c1e2f4a5b6c7d8e9f00";

pub(super) fn operations() -> Vec<Operation> {
    let all = [remakes(), characters(), models(), generations()];
    all.into_iter().flatten().collect()
}

fn remakes() -> Vec<Operation> {
    let remake = |path, id, summary, body: Value, example: Value| {
        let made = operation(("post", path), id, summary)
            .says("A new video that the source's own model makes. The source must be yours and finished; a file must be one that `/v1/videos/{id}/content` gave you, because filmgate does not decode foreign films.")
            .costs("The price of a film of the source's model, set aside and given back like any other.")
            .body("application/json", body, &[("a new video", example)])
            .answers(200, "The new video, queued.", reference("Video"), &[("queued", shown("queued"))]);
        let invalid =
            ApiError::bad_request("invalid_video", "The source is not finished. Nothing was created.")
                .about("video");
        refuses(told(made), &creates(&[invalid, unknown()]))
    };
    let source = || json!({"id": ID});
    let remix = remake(
        "/v1/videos/{id}/remix",
        "remixVideo",
        "Remix a video",
        reference("RemixVideo"),
        json!({"prompt": "The same cat at night"}),
    );
    vec![
        remix.needs("path", "id", (text(), ID), "The source."),
        remake(
            "/v1/videos/edits",
            "editVideo",
            "Edit a video",
            reference("EditVideo"),
            json!({"prompt": "Make it rain", "video": source()}),
        )
        .body("multipart/form-data", reference("EditVideoForm"), &[]),
        remake(
            "/v1/videos/extensions",
            "extendVideo",
            "Extend a video",
            reference("ExtendVideo"),
            json!({"prompt": "The cat jumps onto the fence", "seconds": "4", "video": source()}),
        )
        .body("multipart/form-data", reference("ExtendVideoForm"), &[]),
    ]
}

fn characters() -> Vec<Operation> {
    let shown = json!({"id": CHARACTER, "name": "Mimi", "created_at": 1_795_374_000});
    let create =
        operation(("post", "/v1/videos/characters"), "createCharacter", "Make a character of a video")
            .says("Its id is then named in `characters` of a create.")
            .costs("Free.")
            .body(
                "application/json",
                reference("CreateCharacter"),
                &[("of a video", json!({"name": "Mimi", "video": {"id": ID}}))],
            )
            .body("multipart/form-data", reference("CreateCharacterForm"), &[])
            .answers(200, "The character.", reference("Character"), &[("a character", shown.clone())]);
    let read = operation(("get", "/v1/videos/characters/{id}"), "retrieveCharacter", "Read a character")
        .costs("Free.")
        .needs("path", "id", (text(), CHARACTER), "The character.")
        .answers(200, "The character.", reference("Character"), &[("a character", shown)]);
    let foreign = ApiError::bad_request(
        "invalid_video",
        "filmgate does not decode videos that it has not made. Nothing was created.",
    )
    .about("video");
    let missing =
        ApiError::not_found(format!("Character with id '{CHARACTER}' not found.")).about("characters");
    let too_large = ApiError::too_large("The request is larger than 31457280 bytes. Nothing was created.");
    vec![refuses(create, &[foreign, unknown(), too_large]), refuses(read, &[missing])]
}

fn models() -> Vec<Operation> {
    let shown = json!({"id": "sora-2", "object": "model", "created": 1_777_420_800, "owned_by": "sora-2"});
    let all = operation(("get", "/v1/models"), "listOpenAiModels", "List the models")
        .says("Every name that a create may give, aliases too.")
        .costs("Free.")
        .answers(
            200,
            "All of them.",
            reference("OpenAiModels"),
            &[("one model", json!({"object": "list", "data": [shown]}))],
        );
    let one = operation(("get", "/v1/models/{id}"), "retrieveOpenAiModel", "Read a model")
        .says("A slash in the id is not encoded.")
        .costs("Free.")
        .needs("path", "id", (text(), "sora-2"), "The model.")
        .answers(200, "The model.", reference("OpenAiModel"), &[("a model", shown)]);
    let missing =
        ApiError::unknown_model("The model 'x' does not exist. GET /v1/models lists those that do.");
    vec![refuses(all, &[]), refuses(one, &[missing])]
}

/// The same videos as clients of new-api ask for them; errors but those about the key have that server's own form.
fn generations() -> Vec<Operation> {
    let mut queued = shown("queued");
    queued["task_id"] = ID.into();
    let create = operation(
        ("post", "/v1/video/generations"),
        "createGeneration",
        "Make a video, as new-api's clients do",
    )
    .says("Takes what `POST /v1/videos` takes.")
    .costs("The same as `POST /v1/videos`.")
    .body(
        "application/json",
        reference("CreateVideo"),
        &[(
            "a video",
            json!({"model": "sora-2", "prompt": "A cute cat playing in a sunny garden", "seconds": "4"}),
        )],
    )
    .body("multipart/form-data", reference("CreateVideoForm"), &[])
    .answers(200, "The video, queued.", reference("GenerationVideo"), &[("queued", queued)]);
    let read = operation(
        ("get", "/v1/video/generations/{id}"),
        "retrieveGeneration",
        "Read a video, as new-api's clients do",
    )
    .says("`metadata.url` is the film's link once it is there.")
    .costs("Free.")
    .needs("path", "id", (text(), ID), "The video.")
    .answers(200, "The task with its video.", reference("GenerationTask"), &[]);
    vec![new_api(told(create), &[400, 404, 413, 422, 429, 500, 503]), new_api(read, &[404, 429, 500, 503])]
}

fn new_api(operation: Operation, statuses: &[u16]) -> Operation {
    let keyed = refuses(operation, &[]);
    statuses.iter().fold(keyed, |operation, status| {
        operation.answers(*status, "Refused, in new-api's form.", reference("NewApiError"), &[])
    })
}

pub(super) fn schemas() -> Schemas {
    let prompt = || json!({"type": "string", "minLength": 1, "maxLength": 32_000, "description": "What the new video shows."});
    let source = || described(object(&[("id", says("A video of yours."))]), "The source.");
    let file = || json!({"type": "string", "contentMediaType": "application/octet-stream", "description": "The source, exactly as it was downloaded from here."});
    let seconds = || json!({"type": "string", "pattern": "^[0-9]+$", "description": "The length of the new part, as text."});
    let name =
        || json!({"type": "string", "minLength": 1, "maxLength": 80, "description": "What it is called."});
    let metadata = object(&[("url", link("The film."))]);
    let generation = video(&[("task_id", says("The id again.")), ("metadata?", metadata)]);
    vec![
        ("RemixVideo".into(), object(&[("prompt", prompt())])),
        ("EditVideo".into(), object(&[("prompt", prompt()), ("video", source())])),
        ("EditVideoForm".into(), object(&[("prompt", prompt()), ("video", file())])),
        ("ExtendVideo".into(), object(&[("prompt", prompt()), ("seconds", seconds()), ("video", source())])),
        (
            "ExtendVideoForm".into(),
            object(&[("prompt", prompt()), ("seconds", seconds()), ("video", file())]),
        ),
        ("CreateCharacter".into(), object(&[("name", name()), ("video", source())])),
        ("CreateCharacterForm".into(), object(&[("name", name()), ("video", file())])),
        (
            "Character".into(),
            object(&[
                ("id", says("The character.")),
                ("name", text()),
                ("created_at", whole("Unix seconds.")),
            ]),
        ),
        ("OpenAiModel".into(), model()),
        (
            "OpenAiModels".into(),
            object(&[
                ("object", json!({"type": "string", "const": "list"})),
                ("data", list(reference("OpenAiModel"))),
            ]),
        ),
        ("GenerationVideo".into(), generation),
        ("GenerationTask".into(), task()),
        (
            "NewApiError".into(),
            object(&[
                ("code", says("For programs.")),
                ("message", says("For people.")),
                ("data", json!({"type": "null"})),
            ]),
        ),
    ]
}

fn model() -> Value {
    object(&[
        ("id", says("What a create names.")),
        ("object", json!({"type": "string", "const": "model"})),
        ("created", whole("Unix seconds; 0 where nobody knows.")),
        ("owned_by", text()),
    ])
}

fn task() -> Value {
    let status = one_of(&["QUEUED", "IN_PROGRESS", "SUCCESS", "FAILURE"], "Where it stands.");
    let data = object(&[
        ("task_id", says("The video.")),
        ("created_at", whole("Unix seconds.")),
        ("updated_at", whole("Unix seconds.")),
        ("action", says("Always `generate`.")),
        ("status", status),
        ("fail_reason", says("Why there is no film.")),
        ("result_url?", link("The film.")),
        ("submit_time", whole("Unix seconds.")),
        ("start_time", whole("Unix seconds; 0 while it is queued.")),
        ("finish_time", whole("Unix seconds; 0 until the end.")),
        ("progress", says("Such as `40%`.")),
        ("data", reference("GenerationVideo")),
    ]);
    object(&[("code", json!({"type": "string", "const": "success"})), ("message", text()), ("data", data)])
}
