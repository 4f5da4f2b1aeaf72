//! What only the operator may see.

use serde_json::{Value, json};

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{list, number, object, one_of, or_null, reference, says, text, whole};

pub(super) fn operations() -> Vec<Operation> {
    let closed = |operation: Operation| {
        operation.for_the_operator().answers(
            403,
            "Only the operator may see this.",
            reference("Refused"),
            &[],
        )
    };
    vec![
        closed(
            operation(
                ("get", "/filmgate/v1/upstreams"),
                "upstreams",
                "The upstreams, their balances and verdicts",
            )
            .answers(200, "All that are configured.", reference("Upstreams"), &[]),
        ),
        closed(
            operation(("get", "/filmgate/v1/survey"), "survey", "The newest survey")
                .says("As `filmgate probe --format json` writes it; `docs/survey.schema.json` is its schema.")
                .answers(200, "The survey.", json!({"type": "object"}), &[])
                .answers(404, "There is none yet.", reference("Refused"), &[]),
        ),
        closed(operation(("get", "/metrics"), "metrics", "Figures for Prometheus").replies(
            200,
            "In Prometheus' text form.",
            ("text/plain", text()),
        )),
    ]
}

pub(super) fn schemas() -> Schemas {
    let upstreams = object(&[
        ("upstreams", list(reference("Upstream"))),
        (
            "plans",
            json!({"type": ["array", "object", "null"], "description": "What the newest survey recommends."}),
        ),
        ("surveyed_ms", or_null(whole("When that was, in Unix milliseconds."))),
    ]);
    vec![("Upstreams".into(), upstreams), ("Upstream".into(), upstream())]
}

fn upstream() -> Value {
    let mut circuit = object(&[("open_until_ms", whole("Unix milliseconds.")), ("why", says("In words."))]);
    circuit["type"] = json!(["object", "null"]);
    circuit["description"] = "Why it is not asked at the moment.".into();
    object(&[
        ("name", says("Its name in the configuration.")),
        ("dialect", one_of(&["studio", "kie", "openai"], "How it is spoken to.")),
        ("address", says("Where it is.")),
        ("circuit", circuit),
        ("balance_ms", or_null(whole("When the balance was read, in Unix milliseconds."))),
        ("balance", or_null(number("What it says you have there."))),
        ("state", json!({"description": "The verdict of the newest survey."})),
        ("models", json!({"type": ["array", "null"], "description": "The verdict of each model."})),
    ])
}
