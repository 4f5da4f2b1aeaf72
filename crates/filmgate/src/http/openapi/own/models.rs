//! Models with everything that a form needs.

use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{
    described, flag, list, number, object, one_of, or_null, reference, says, text, whole,
};
use super::{closed, not_found};

pub(super) fn operations() -> Vec<Operation> {
    let all = operation(("get", "/filmgate/v1/models"), "ownModels", "List the models")
        .says("The most recommended first, with their prices, parameters and examples, and who would make them today.")
        .answers(200, "All of them.", object(&[("models", list(reference("OwnModel")))]), &[]);
    let one = operation(("get", "/filmgate/v1/models/{id}"), "ownModel", "Read a model")
        .needs("path", "id", (text(), "sora-2-text-to-video"), "Its id; a slash in it is not encoded.")
        .answers(200, "The model.", reference("OwnModel"), &[]);
    vec![closed(all, &[]), closed(one, &[not_found("model")])]
}

pub(super) fn schemas() -> Schemas {
    let price = object(&[
        ("when", says("Such as `10 s, high`; empty for always.")),
        (
            "values",
            json!({"type": "object", "description": "The same by parameter: the values that it is for.", "additionalProperties": list(json!({}))}),
        ),
        ("credits", number("In credits.")),
    ]);
    let mode = object(&[
        ("name", says("The value of `mode`.")),
        ("pictures_min", whole("The fewest pictures.")),
        ("pictures_max", whole("The most pictures.")),
        (
            "seconds",
            json!({"type": ["array", "null"], "items": {"type": "integer"}, "description": "The only lengths, if it is choosy."}),
        ),
        (
            "tiers",
            json!({"type": ["array", "null"], "items": {"type": "string"}, "description": "The only tiers, if not all offer it."}),
        ),
    ]);
    let example = object(&[("claim", says("What it shows.")), ("input", reference("InputGiven"))]);
    let model = object(&[
        ("id", says("The id that requests name.")),
        ("title", says("What people call it.")),
        ("family", says("Such as `sora-2`.")),
        ("maker", says("Who made the model.")),
        ("makes", one_of(&["film", "character", "extension", "enlargement"], "What comes of it.")),
        ("state", one_of(&["served", "retired", "not_served", "refused"], "Whether it can be asked for.")),
        ("why", or_null(says("Why it is not served."))),
        ("made_by", list(says("The upstreams that would be asked today, in order."))),
        (
            "retires",
            or_null(says("The first day on which the upstreams of one dialect do not make it any more.")),
        ),
        ("retired_by", or_null(says("That dialect, such as `kie`."))),
        ("replacement", or_null(says("What to use instead."))),
        ("frames_per_second", whole("Frames a second of its films.")),
        ("prices", described(list(price), "The first that fits is the one.")),
        ("parameters", described(list(parameter()), "In the order of a form.")),
        ("modes", described(list(mode), "What its pictures can be for.")),
        ("examples", described(list(example), "Requests that it takes.")),
    ]);
    vec![("OwnModel".into(), described(model, "A model with everything that a form needs."))]
}

fn parameter() -> Value {
    let kinds = ["text", "choice", "integer", "range", "flag", "list", "shots"];
    object(&[
        ("name", says("Its name in `input`.")),
        ("required", flag("Whether it must be given.")),
        ("is_ours", flag("Whether only filmgate's studio knows it.")),
        ("help", says("What it is for.")),
        ("type", one_of(&kinds, "Which of the following fields it has.")),
        ("length_max?", whole("Of a text.")),
        (
            "values?",
            json!({"type": "array", "description": "Of a choice or an integer: all that may be said."}),
        ),
        ("default?", json!({"description": "What is meant when it is left out."})),
        ("min?", whole("Of a range.")),
        ("max?", whole("Of a range.")),
        ("items_min?", whole("Of a list.")),
        ("items_max?", whole("Of a list or of shots.")),
        ("seconds_min?", number("Of a shot.")),
        ("seconds_max?", number("Of a shot.")),
    ])
}
