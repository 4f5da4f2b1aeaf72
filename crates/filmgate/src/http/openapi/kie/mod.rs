//! Kie's dialect in the document: its operations and the shapes of its replies.

mod catalogue;
mod create;
mod files;
mod records;
mod veo;

use filmgate_domain::catalogue::Catalogue;
use filmgate_wire::kie::{Refusal, texts};
use serde_json::{Value, json};

use super::Schemas;
use super::operation::Operation;
use super::shape::{described, object, or_null, says, text};

/// The page of the reference.
pub(super) const TAG: &str = "kie";

/// Every operation of this dialect.
pub(super) fn operations(catalogue: &Catalogue) -> Vec<Operation> {
    let all = [create::operations(catalogue), records::operations(), veo::operations()];
    let all = all.into_iter().flatten().chain(files::operations()).chain(catalogue::operations());
    all.map(|operation| operation.of(TAG)).collect()
}

/// The shapes that these operations name.
pub(super) fn schemas(catalogue: &Catalogue) -> Schemas {
    let mut schemas: Schemas = vec![
        ("KieRefused".into(), refused()),
        ("KieKeyRefused".into(), key_refused()),
        (
            "KieBalance".into(),
            success(json!({"type": "number", "description": "Credits, with a decimal point."})),
        ),
    ];
    schemas.extend(create::schemas(catalogue));
    schemas.extend(records::schemas());
    schemas.extend(veo::schemas());
    schemas.extend(files::schemas());
    schemas.extend(catalogue::schemas());
    schemas
}

/// A reply that says yes.
fn success(data: Value) -> Value {
    object(&[
        (
            "code",
            json!({"type": "integer", "const": 200, "description": "The only code that means success."}),
        ),
        ("msg", text()),
        ("data", data),
    ])
}

/// The example of one.
fn succeeds(data: Value) -> Value {
    let mut reply = json!({"code": 200, "msg": "success"});
    reply["data"] = data;
    reply
}

fn refused() -> Value {
    let code = json!({
        "type": "integer",
        "not": {"enum": [200, 401]},
        "description": "400 the request cannot be read · 402 credits · 404 unknown path or catalogue entry · 405 method · 413 too large · 422 wrong value or unknown task · 429 too often · 433 the key's own limit · 455 maintenance · 500 a wrong or missing field, a paused model, or a fault of the server.",
    });
    let refused = object(&[
        ("code", code),
        ("msg", says("For people, in Kie's own words where they are known.")),
        ("data", json!({"type": "null"})),
    ]);
    described(refused, "Nothing was done and nothing was charged.")
}

fn key_refused() -> Value {
    let code = json!({"type": "integer", "const": 401});
    described(
        object(&[("code", code), ("msg", text())]),
        "No key, or a wrong one. This reply alone has no `data`.",
    )
}

/// What any call may be refused with.
fn refusals(own: &[Refusal]) -> Vec<Refusal> {
    own.iter().cloned().chain([texts::KEY_REFUSED, texts::SERVER_EXCEPTION]).collect()
}

/// A task's id in examples.
const ID: &str = "01999f6c7d3b8c1e2f4a5b6c7d8e9f00";
/// A film's link in examples.
const FILM: &str = "http://127.0.0.1:2424/files/6f1e0c9d8b7a4f35a2c1d0e9f8b7a6c5.mp4";

/// A list of links that a record has or has not.
fn links(description: &str) -> Value {
    super::shape::links(description)
}

fn nullable_text(description: &str) -> Value {
    or_null(says(description))
}
