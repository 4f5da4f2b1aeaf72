//! What is asked of a finished Veo film: to go on, or to be had with more pixels.

use filmgate_wire::kie::veo::larger::{FourK, LargeFilm, PROCESSING_1080P};
use filmgate_wire::kie::{Refusal, texts};
use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, link, object, reference, says, text};
use super::create::{told, veo_refusals};
use super::{FILM, ID, links, refusals, succeeds, success};

pub(super) fn operations() -> Vec<Operation> {
    let extend = operation(("post", "/api/v1/veo/extend"), "veoExtend", "Let a finished film go on")
        .says("The new task continues the film: its record holds the new part in `resultUrls` and the joined film in `fullResultUrls`. The film must be your own, finished, and made in Veo's form.")
        .costs("The price of `veo/extend` for the tier.")
        .body("application/json", reference("VeoExtend"), &[("a longer film", json!({"taskId": ID, "prompt": "The boat reaches the harbour", "model": "fast"}))])
        .says_kie("VeoTaskCreated", ("created", succeeds(json!({"taskId": "01999f6d0c2a4b1e8f3d5c6b7a890123"}))), &refusals(&extend_refusals()));
    vec![told(extend), p1080(), k4()]
}

fn p1080() -> Operation {
    operation(("get", "/api/v1/veo/get-1080p-video"), "veoGet1080p", "The same film in 1080p")
        .says("The first call has it made; ask again until it is there. Until then the `code` is 400.")
        .costs("The price of `veo/get-1080p-video`, once for each film; asking again is free.")
        .needs("query", "taskId", (text(), ID), "The task whose film is meant.")
        .takes(
            "query",
            "index",
            json!({"type": "integer", "enum": [0]}),
            "Which of the task's films; there is one.",
        )
        .with("Scenario")
        .says_kie(
            "Veo1080p",
            ("the film", succeeds(json!({"resultUrl": FILM}))),
            &refusals(&larger_refusals(&[PROCESSING_1080P])),
        )
}

fn k4() -> Operation {
    let example = |reply: FourK| serde_json::from_str(&reply.encode(ID)).unwrap_or_default();
    let film = LargeFilm { result_urls: vec![FILM.to_owned()], image_urls: vec![] };
    let examples: Vec<(&str, Value)> = vec![
        ("begun by this call", example(FourK::Begun)),
        ("begun by an earlier call", example(FourK::Processing)),
        ("finished, with code 422 all the same", example(FourK::Finished(film))),
    ];
    operation(("post", "/api/v1/veo/get-4k-video"), "veoGet4k", "The same film in 4k")
        .says("The first call has it made and answers with `code` 200 and no links. Later calls answer with **`code` 422**, also when the film is there: its links are then in `data`. This is Kie's habit, and clients rely on it.")
        .costs("The price of `veo/get-4k-video`, once for each film; asking again is free.")
        .body("application/json", reference("VeoLarger"), &[("the larger film", json!({"taskId": ID, "index": 0}))])
        .with("Scenario")
        .says_kie_of(&["Veo4kBegun", "Veo4k"], &examples, &refusals(&larger_refusals(&[])))
}

fn extend_refusals() -> Vec<Refusal> {
    let mut all = veo_refusals();
    all[1] = texts::RECORD_DOES_NOT_EXIST;
    all
}

fn larger_refusals(own: &[Refusal]) -> Vec<Refusal> {
    let common = [texts::CREDITS_INSUFFICIENT, texts::RECORD_DOES_NOT_EXIST, texts::field_required("taskId")];
    own.iter().cloned().chain(common).collect()
}

pub(super) fn schemas() -> Schemas {
    let id = || says("The task whose film is meant: your own, finished, made in Veo's form.");
    let extend = object(&[
        ("taskId", id()),
        (
            "prompt",
            json!({"type": "string", "minLength": 1, "maxLength": 10000, "description": "What the second part shows."}),
        ),
        (
            "model?",
            json!({"type": "string", "enum": ["fast", "quality", "lite"], "default": "fast", "description": "The tier."}),
        ),
        (
            "seeds?",
            json!({"type": "integer", "minimum": 10000, "maximum": 99999, "description": "The number that varies the film."}),
        ),
        ("watermark?", says("A text to be written into the film.")),
        ("callBackUrl?", link("Where to announce the end of the task.")),
    ]);
    let index =
        json!({"type": "integer", "enum": [0], "description": "Which of the task's films; there is one."});
    let larger = object(&[
        ("taskId", id()),
        ("index?", index),
        ("callBackUrl?", link("Where to announce the end of the task.")),
    ]);
    let nothing = || json!({"type": "null"});
    let begun = object(&[
        ("taskId", says("The task that makes it.")),
        ("resultUrls", nothing()),
        ("imageUrls", nothing()),
    ]);
    vec![
        ("VeoExtend".into(), extend),
        ("VeoLarger".into(), larger),
        ("Veo1080p".into(), success(object(&[("resultUrl", link("The film."))]))),
        ("Veo4kBegun".into(), success(begun)),
        ("Veo4k".into(), four_k()),
    ]
}

/// Code 422 with data: still being made, or finished.
fn four_k() -> Value {
    let some = |says: &str| {
        let mut links = links(says);
        links["type"] = json!(["array", "null"]);
        links
    };
    let data = object(&[
        ("taskId", says("The task that makes it.")),
        ("resultUrls", some("The film; null while it is being made.")),
        ("imageUrls", some("Pictures of it.")),
    ]);
    let code = json!({"type": "integer", "const": 422});
    described(
        object(&[("code", code), ("msg", text()), ("data", data)]),
        "The film is being made, or is there.",
    )
}
