//! A create of this dialect for given parameters, shown only if its own reader understands the same by it.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Form, Parameters};
use filmgate_providers::kie::form_of;
use filmgate_wire::kie::{CREATE_TASK, VEO_GENERATE};
use serde_json::{Map, Value, json};

use super::create;
use crate::app::App;
use crate::http::openapi::cards;

/// Where to post what. `None` where the dialect cannot say all of it.
pub(crate) fn create(app: &App, card: &Card, parameters: &Parameters) -> Option<(&'static str, Value)> {
    let form = if card.makes.needs_source() { Form::KieJobs } else { form_of(card) };
    if !card.offered.contains(&form) {
        return None;
    }
    let given = cards::given(card, parameters, form);
    // A model made from a film is read under one of its names only.
    let names = std::iter::once(&card.id).chain(&card.aliases);
    names.map(|name| body(form, name, given.clone())).find(|(_, body)| {
        let read = create::read(app, body.to_string().as_bytes(), form);
        read.is_ok_and(|asked| card.means_the_same(&asked.parameters, parameters))
    })
}

fn body(form: Form, model: &str, given: Map<String, Value>) -> (&'static str, Value) {
    if form == Form::KieVeo {
        let mut body = given;
        body.insert("model".to_owned(), json!(model));
        return (VEO_GENERATE, body.into());
    }
    (CREATE_TASK, json!({"model": model, "input": given}))
}
