//! filmgate's own routes in the document: films by their links, the state of the server, the operator's view, and this reference.

use filmgate_wire::own;
use serde_json::{Value, json};

use super::Schemas;
use super::operation::{Operation, operation};
use super::shape::{described, list, number, object, one_of, or_null, reference, says, text, whole};

/// The page of the reference.
pub(super) const TAG: &str = "filmgate";

/// Every operation of ours.
pub(super) fn operations() -> Vec<Operation> {
    let all = files().into_iter().chain(state()).chain(operator()).chain(pages());
    all.map(|operation| operation.of(TAG)).collect()
}

fn files() -> Vec<Operation> {
    let plain = || ("text/plain", text());
    let film = operation(("get", "/files/{name}"), "film", "A film by its link")
        .says("The link is the permission: it holds 128 random bits. `HEAD`, one `Range`, `If-Range` and `If-None-Match` are understood.")
        .open()
        .needs("path", "name", (text(), "6f1e0c9d8b7a4f35a2c1d0e9f8b7a6c5.mp4"), "As the record's link says, or a fresh link's.")
        .takes("header", "Range", json!({"type": "string", "pattern": "^bytes=[0-9]*-[0-9]*$"}), "Which bytes, such as `bytes=0-1023`.")
        .takes("header", "If-None-Match", json!({"type": "string", "pattern": "^\"[0-9a-f]+\"$"}), "The `ETag` of what is there already.")
        .replies(200, "The film.", ("video/mp4", text()))
        .tells(200, "ETag")
        .replies(206, "The bytes that were asked for.", ("video/mp4", text()))
        .tells(206, "ETag")
        .tells(206, "Content-Range")
        .nothing(304, "What is there already is the same.")
        .replies(403, "The link has died; `POST /api/v1/common/download-url` gives a fresh one.", plain())
        .replies(404, "There is no film behind this link.", plain())
        .nothing(416, "The film has no such bytes.");
    let upload = operation(("get", "/files/uploads/{name}"), "upload", "An uploaded file by its link")
        .says("Only files that you or others gave; nothing in it is run by a browser.")
        .open()
        .needs("path", "name", (text(), "0f1e2d3c4b5a69788796a5b4c3d2e1f0.png"), "As the upload's link says.")
        .replies(200, "The file, as the type that it was found to be.", ("*/*", text()))
        .replies(404, "There is no file behind this link.", plain());
    vec![film, upload]
}

fn state() -> Vec<Operation> {
    let plain = || ("text/plain", text());
    let called = object(&[("code", whole("200, 404, 413 or 500.")), ("msg", text())]);
    vec![
        operation(("get", own::IDENTITY), "identity", "What this server is").open().answers(
            200,
            "Its version.",
            object(&[("filmgate", says("The version."))]),
            &[("a version", json!({"filmgate": env!("CARGO_PKG_VERSION")}))],
        ),
        operation(("get", "/healthz"), "healthy", "Whether the process runs").open().replies(
            200,
            "It does.",
            plain(),
        ),
        operation(("get", "/readyz"), "ready", "Whether requests can be served")
            .open()
            .replies(200, "They can.", plain())
            .replies(503, "The database cannot be read.", plain()),
        operation(("post", "/filmgate/v1/callbacks/{token}"), "calledBack", "Where upstreams call back")
            .says("A wake-up: what it says is never believed, and the task is read again.")
            .open()
            .needs(
                "path",
                "token",
                (text(), "0123456789abcdef0123456789abcdef"),
                "Of the attempt that is meant; it is told to the upstream alone.",
            )
            .body("application/json", json!({}), &[])
            .or_none()
            .answers(200, "Noted.", called.clone(), &[])
            .answers(404, "There is no such attempt.", called.clone(), &[])
            .answers(413, "More than 256 KiB.", called.clone(), &[])
            .answers(503, "It could not be kept.", called, &[]),
    ]
}

fn operator() -> Vec<Operation> {
    let closed = |operation: Operation| {
        operation.for_the_operator().answers(
            403,
            "Only the operator may see this.",
            reference("OperatorError"),
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
                .answers(404, "There is none yet.", reference("OperatorError"), &[]),
        ),
        closed(operation(("get", "/metrics"), "metrics", "Figures for Prometheus").replies(
            200,
            "In Prometheus' text form.",
            ("text/plain", text()),
        )),
    ]
}

fn pages() -> Vec<Operation> {
    let html = || ("text/html", text());
    let page = |path, id, summary: &str| {
        operation(("get", path), id, summary).open().replies(200, "A page.", html())
    };
    let missing =
        |operation: Operation| operation.replies(404, "There is no such page.", ("text/html", text()));
    vec![
        page("/", "index", "The playground"),
        operation(("get", super::PATH), "openapi", "This document").open().answers(
            200,
            "OpenAPI 3.1.",
            json!({"type": "object", "required": ["openapi", "paths"]}),
            &[],
        ),
        page("/docs", "docs", "This reference"),
        missing(page("/docs/{page}", "docsPage", "A page of this reference").needs(
            "path",
            "page",
            (one_of(&["kie", "openai", "filmgate"], "The surface."), "kie"),
            "Which surface.",
        )),
        missing(page("/docs/models/{model}", "docsModel", "A model in this reference").needs(
            "path",
            "model",
            (text(), "sora-2-text-to-video"),
            "The model's id; a slash in it is not encoded.",
        )),
        operation(("get", "/docs/style.css"), "docsStyle", "How the reference looks").open().replies(
            200,
            "A style sheet.",
            ("text/css", text()),
        ),
    ]
}

pub(super) fn schemas() -> Schemas {
    let error =
        object(&[("error", object(&[("code", says("For programs.")), ("message", says("For people."))]))]);
    let upstreams = object(&[
        ("upstreams", list(reference("Upstream"))),
        (
            "plans",
            json!({"type": ["array", "object", "null"], "description": "What the newest survey recommends."}),
        ),
        ("surveyed_ms", or_null(whole("When that was, in Unix milliseconds."))),
    ]);
    vec![
        ("OperatorError".into(), described(error, "The error of filmgate's own API.")),
        ("Upstreams".into(), upstreams),
        ("Upstream".into(), upstream()),
    ]
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
