//! This dialect's fields to the domain's parameters.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Parameter, Parameters, Value};
use filmgate_wire::openai::server::{CreateVideo, Extras};

/// What OpenAI makes of a create that names no model.
pub(super) const MODEL: &str = "sora-2";

/// What a create asks of its card, without its pictures. Fields of engines that filmgate's cards do not rule are dropped.
pub(super) fn parameters(create: &CreateVideo<'_>, card: Option<&Card>) -> Parameters {
    let mut parameters = Parameters::from([(Parameter::Prompt, Value::Text(create.prompt.clone()))]);
    if let Some(seconds) = create.seconds {
        parameters.insert(Parameter::Seconds, Value::Integer(i64::from(seconds)));
    }
    // Engines take a negative seed for "any".
    if let Some(seed) = create.seed.filter(|seed| *seed >= 0) {
        parameters.insert(Parameter::Seed, Value::Integer(seed));
    }
    if !create.characters.is_empty() {
        parameters.insert(Parameter::Characters, Value::Texts(create.characters.clone()));
    }
    parameters.extend(shape(create, card));
    parameters
}

/// The frame, from `size` or from the words that other servers have for it.
fn shape(create: &CreateVideo<'_>, card: Option<&Card>) -> Parameters {
    let has = |parameter| card.is_some_and(|card| card.parameters.contains_key(&parameter));
    let size = match &create.size {
        Some(size) => Some(size.clone()),
        None if has(Parameter::Size) => pixels(&create.extras),
        None => None,
    };
    if let Some(size) = size {
        let spelt = card.and_then(|card| card.spell_size(&size));
        return spelt.unwrap_or_else(|| Parameters::from([(Parameter::Size, Value::Text(size))]));
    }
    let mut parameters = Parameters::new();
    let Some(card) = card else { return parameters };
    if let Some(aspect) = &create.extras.aspect_ratio {
        parameters.insert(Parameter::Aspect, Value::Text(card.spell_aspect(aspect)));
    }
    if let Some(resolution) = &create.extras.resolution {
        parameters.insert(Parameter::Resolution, Value::Text(resolution.to_ascii_lowercase()));
    }
    parameters
}

/// A size in pixels from `aspect_ratio` and `resolution`; what has no such size stays as it is, and no card allows it.
fn pixels(extras: &Extras) -> Option<String> {
    let aspect = extras.aspect_ratio.as_deref()?;
    let (long, short) = match extras.resolution.as_deref().unwrap_or("720p").to_ascii_lowercase().as_str() {
        "720p" => (1280, 720),
        "1080p" => (1920, 1080),
        other => return Some(other.to_owned()),
    };
    Some(match aspect {
        "16:9" | "landscape" => format!("{long}x{short}"),
        "9:16" | "portrait" => format!("{short}x{long}"),
        other => other.to_owned(),
    })
}
