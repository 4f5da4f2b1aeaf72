//! The same request in every dialect that can say all of it: each is read back by its own reader before it is shown.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::Request;
use filmgate_wire::own::quote::{Call, Calls};
use serde_json::json;

use super::input;
use crate::app::App;
use crate::cli;
use crate::dialect::{kie, openai};

/// Where this dialect creates.
const TASKS: &str = "/filmgate/v1/tasks";

/// The requests that ask a card for exactly what this one does.
pub(super) fn of(app: &App, card: &Card, request: &Request) -> Calls {
    let parameters = &request.parameters;
    Calls {
        kie: kie::sample::create(app, card, parameters).map(|(path, body)| Call::post(path, body)),
        openai: openai::sample::create(app, card, parameters).map(|(path, body)| Call::post(path, body)),
        filmgate: Call::post(TASKS, json!({"model": card.id, "input": input::input(parameters)})),
        cli: cli::generate_arguments(card, parameters, request.routes.first()),
    }
}
