//! The OpenAPI document of all surfaces, made from the model cards and from one small table for each group of routes.

pub(crate) mod cards;
mod kie;
mod openai;
mod operation;
mod own;
mod shape;
mod terms;
#[cfg(test)]
mod tests;

use filmgate_domain::catalogue::Catalogue;
use operation::Operation;
use serde_json::{Map, Value, json};

/// Schemas by their names.
type Schemas = Vec<(String, Value)>;

/// Where the document is.
pub(crate) const PATH: &str = "/openapi.json";

const ABOUT: &str = "filmgate is one gateway for generative video. Clients that were written for Kie.ai's Sora 2 and Veo 3.1, or for OpenAI's Videos, send their requests here and change nothing but the address.\n\nA create answers with an id once the task is durable. Its price is set aside, taken when the film is stored, and given back when the task fails.";

/// The whole document. Its addresses are relative, so that it holds wherever it is served.
pub(crate) fn document(catalogue: &Catalogue) -> Value {
    let mut paths = Map::new();
    for (number, operation) in operations(catalogue).into_iter().enumerate() {
        let (method, path) = (operation.method, operation.path);
        let mut operation = operation.into_value();
        // Objects are sorted by name, so their order for people goes beside.
        operation["x-order"] = number.into();
        paths.entry(path).or_insert_with(|| json!({}))[method] = operation;
    }
    let schemas = kie::schemas(catalogue).into_iter().chain(openai::schemas(catalogue)).chain(own::schemas());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "filmgate",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "One gateway for generative video that you own.",
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This server."}],
        "tags": tags(),
        "paths": paths,
        "components": {
            "securitySchemes": terms::security(),
            "parameters": terms::parameters(),
            "headers": terms::headers(),
            "schemas": schemas.collect::<Map<String, Value>>(),
        },
    })
}

fn operations(catalogue: &Catalogue) -> Vec<Operation> {
    let all = [kie::operations(catalogue), openai::operations(), own::operations()];
    all.into_iter().flatten().collect()
}

fn tags() -> Value {
    json!([
        {
            "name": kie::TAG,
            "x-title": "Kie's API",
            "description": "Every answer under `/api/` is HTTP 200, with the result in `code`; 200 is the only code that means success. A failed task is a success of the query that reads it.",
        },
        {
            "name": openai::TAG,
            "x-title": "OpenAI's API",
            "description": "The result is in the HTTP status; errors come in OpenAI's envelope, so that the SDKs raise their own exceptions.",
        },
        {
            "name": own::FILMS,
            "x-title": "filmgate's own API",
            "description": "Every parameter of every model under one name each, prices before anything is made, and tasks live with all that is known of them. It is what the playground speaks.",
        },
        {
            "name": own::SERVER,
            "x-title": "Account and server",
            "description": "What an account has, its keys and its webhooks; films by their links, the state of the server, and what only the operator may see.",
        },
    ])
}
