//! Pages for people: the playground, and this reference.

use serde_json::json;

use super::super::PATH;
use super::super::operation::{Operation, operation};
use super::super::shape::{one_of, text};

pub(super) fn operations() -> Vec<Operation> {
    playground().into_iter().chain(reference()).collect()
}

fn playground() -> Vec<Operation> {
    let page = |path, id, summary: &str| {
        operation(("get", path), id, summary).open().replies(200, "A page.", ("text/html", text())).replies(
            503,
            "The database cannot be read.",
            ("text/plain", text()),
        )
    };
    let id = |operation: Operation, example| operation.needs("path", "id", (text(), example), "Which one.");
    let file = operation(("get", "/app/{name}"), "pageFile", "What the pages load")
        .open()
        .needs(
            "path",
            "name",
            (text(), "0/base.css"),
            "The tag of a build, and a style sheet or a script; its slashes are not encoded.",
        )
        .replies(200, "A style sheet or a script.", ("text/css", text()))
        .replies(200, "", ("text/javascript", text()))
        .replies(200, "", ("image/jpeg", json!({"type": "string", "format": "binary"})))
        .replies(404, "There is no such file.", ("text/plain", text()));
    vec![
        page("/", "makePage", "Make a film"),
        page("/models", "modelsPage", "All models"),
        id(page("/models/{id}", "modelPage", "Make a film with a model"), "sora-2-text-to-video"),
        page("/tasks", "historyPage", "All films"),
        id(page("/tasks/{id}", "taskPage", "A film"), "01999f6c7d3b8c1e2f4a5b6c7d8e9f00"),
        page("/compare", "comparePage", "Films side by side"),
        page("/credits", "creditsPage", "The balance and its ledger"),
        page("/keys", "keysPage", "The keys"),
        page("/webhooks", "webhooksPage", "Receivers and what they were told"),
        page("/survey", "surveyPage", "The newest survey"),
        file,
    ]
}

fn reference() -> Vec<Operation> {
    let html = || ("text/html", text());
    let page = |path, id, summary: &str| {
        operation(("get", path), id, summary).open().replies(200, "A page.", html())
    };
    let missing =
        |operation: Operation| operation.replies(404, "There is no such page.", ("text/html", text()));
    vec![
        operation(("get", PATH), "openapi", "This document").open().answers(
            200,
            "OpenAPI 3.1.",
            json!({"type": "object", "required": ["openapi", "paths"]}),
            &[],
        ),
        page("/docs", "docs", "This reference"),
        missing(page("/docs/{page}", "docsPage", "A page of this reference").needs(
            "path",
            "page",
            (one_of(&["kie", "openai", "filmgate", "server"], "The surface."), "kie"),
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
