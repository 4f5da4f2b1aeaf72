//! filmgate's own API in the document: films and their tasks, an account's own things, the state of the server.

mod credits;
mod files;
mod keys;
mod models;
mod operator;
mod pages;
mod quote;
mod session;
mod state;
mod tasks;
mod uploads;
mod webhooks;

use filmgate_wire::own::refused::Refused;
use serde_json::{Value, json};

use super::Schemas;
use super::operation::Operation;
use super::shape::{described, object, reference, says};

/// The page of the reference about films.
pub(super) const FILMS: &str = "filmgate";
/// The page about all that is not a film.
pub(super) const SERVER: &str = "server";

/// Every operation of ours.
pub(super) fn operations() -> Vec<Operation> {
    let films = [
        session::operations(),
        models::operations(),
        quote::operations(),
        tasks::operations(),
        uploads::operations(),
    ];
    let server = [
        credits::operations(),
        keys::operations(),
        webhooks::operations(),
        files::operations(),
        state::operations(),
        operator::operations(),
        pages::operations(),
    ];
    let films = films.into_iter().flatten().map(|operation| operation.of(FILMS));
    films.chain(server.into_iter().flatten().map(|operation| operation.of(SERVER))).collect()
}

/// The shapes that these operations name.
pub(super) fn schemas() -> Schemas {
    let error = object(&[
        ("code", says("For programs.")),
        ("message", says("For people: what happened, whether credits were spent, what to do.")),
        ("parameter?", says("The field that is meant.")),
    ]);
    let refused = described(object(&[("error", error)]), "The error of filmgate's own API.");
    let mut schemas = vec![("Refused".to_owned(), refused)];
    schemas.extend(session::schemas());
    schemas.extend(models::schemas());
    schemas.extend(quote::schemas());
    schemas.extend(tasks::schemas());
    schemas.extend(uploads::schemas());
    schemas.extend(credits::schemas());
    schemas.extend(keys::schemas());
    schemas.extend(webhooks::schemas());
    schemas.extend(operator::schemas());
    schemas
}

/// An operation for whoever has a key or a session, refused with these words beside those that all of them share.
fn closed(operation: Operation, refusals: &[Refused]) -> Operation {
    let common = [
        Refused::new(400, "unknown_scenario", "The emulator knows no scenario \"x\"."),
        Refused::new(401, "key_refused", "The key was refused: it is missing, unknown or revoked."),
        Refused::new(401, "no_session", "The session is over. Enter your key again."),
        Refused::new(
            403,
            "csrf",
            "The request lacks this session's X-Filmgate-CSRF. Nothing was changed; load the page again.",
        ),
        Refused::new(
            403,
            "foreign_host",
            "Sessions are for this server's own address only: set FILMGATE_PUBLIC_URL to the address that you use.",
        ),
        unavailable(),
    ];
    let all: Vec<&Refused> = refusals.iter().chain(&common).collect();
    refuses(operation.or_session(), &all)
}

fn refuses(mut operation: Operation, refusals: &[&Refused]) -> Operation {
    let mut told = Vec::new();
    for status in refusals.iter().map(|refusal| refusal.status) {
        if told.contains(&status) {
            continue;
        }
        told.push(status);
        let same = refusals.iter().filter(|refusal| refusal.status == status);
        let examples: Vec<(&str, Value)> =
            same.map(|one| (one.code, serde_json::from_str(&one.encode()).unwrap_or_default())).collect();
        operation = operation.answers(status, meaning(status), reference("Refused"), &examples);
    }
    operation
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The request cannot be read.",
        401 => "No key and no session, or they are over.",
        402 => "The account has not enough credits.",
        403 => "Not from there, or not with this key.",
        404 => "There is no such thing, or it is another account's.",
        409 => "Not as things stand.",
        413 => "The body is too large.",
        422 => "The request says what cannot be; `parameter` names the field.",
        429 => "Too often; a little later it may be taken.",
        _ => "The server cannot keep it now. Nothing was changed.",
    }
}

fn invalid_body() -> Refused {
    Refused::new(
        400,
        "invalid_body",
        "The body cannot be read: expected value at line 1 column 1. Nothing was changed.",
    )
}

fn too_large(bytes_max: usize) -> Refused {
    Refused::new(
        413,
        "too_large",
        format!("The request is larger than {bytes_max} bytes. Nothing was changed."),
    )
}

fn not_found(what: &str) -> Refused {
    Refused::new(404, "not_found", format!("There is no such {what} of yours."))
}

fn unavailable() -> Refused {
    let text = "The request could not be kept. Nothing was changed; try again in a few seconds.";
    Refused::new(503, "unavailable", text)
}

/// The query that says how many are wanted.
fn limited(operation: Operation, (usual, most): (usize, usize)) -> Operation {
    let schema = json!({"type": "integer", "minimum": 1, "maximum": most, "default": usual});
    operation.takes("query", "limit", schema, "How many at most.")
}

fn wrong_limit(most: usize) -> Refused {
    let text = format!("limit must be a whole number from 1 to {most}. Nothing was changed.");
    Refused::new(400, "invalid_value", text).about("limit")
}
