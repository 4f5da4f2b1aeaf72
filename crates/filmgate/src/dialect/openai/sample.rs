//! A create of this dialect for given parameters, shown only if its own reader understands the same by it.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_wire::form;
use filmgate_wire::openai::server::{CreateVideo, Reference};
use serde_json::{Value as Json, json};

use super::convert;
use crate::app::App;

const CREATE: &str = "/v1/videos";

/// Where to post what. `None` where the dialect cannot say all of it.
pub(crate) fn create(app: &App, card: &Card, parameters: &Parameters) -> Option<(&'static str, Json)> {
    if card.makes.needs_source() || !card.makes_films() {
        return None;
    }
    let film = card.accept(Asked::new(&card.id, parameters.clone(), Form::OpenAi)).ok()?.request.film;
    let mut body = json!({
        "model": card.id,
        "size": format!("{}x{}", film.width, film.height),
        "seconds": film.seconds.to_string(),
    });
    for (parameter, value) in parameters {
        match (parameter, value) {
            (Parameter::Prompt, Value::Text(prompt)) => body["prompt"] = json!(prompt),
            (Parameter::Seed, Value::Integer(seed)) => body["seed"] = json!(seed),
            (Parameter::Characters, Value::Texts(ids)) => {
                body["characters"] = ids.iter().map(|id| json!({"id": id})).collect();
            }
            (Parameter::Pictures, Value::Texts(links)) => match links.as_slice() {
                [link] => body["input_reference"] = json!({"image_url": link}),
                links => body["images"] = json!(links),
            },
            _ => {}
        }
    }
    let text = body.to_string();
    let fields = form::read(Some("application/json"), text.as_bytes()).ok()?;
    let create = CreateVideo::of(fields, app.reading).ok()?;
    let mut read = convert::parameters(&create, Some(card));
    let links: Option<Vec<String>> = create
        .input_reference
        .into_iter()
        .chain(create.further_images)
        .map(|reference| match reference {
            Reference::Link(link) => Some(link),
            Reference::File(_) | Reference::FileId(_) => None,
        })
        .collect();
    read.insert(Parameter::Pictures, Value::Texts(links?));
    card.means_the_same(&read, parameters).then_some((CREATE, body))
}
