//! Model cards as schemas: what each model takes, with its values, limits, prices and examples.

use filmgate_domain::catalogue::{Card, Example, Makes, PriceRow, Rule};
use filmgate_domain::request::{Form, Parameter, Parameters};
use filmgate_providers::kie::fields::{field, to_field_value};
use filmgate_wire::kie::Field;
use serde_json::{Map, Value, json};

/// What a card's clients of this form give, as a schema; fields that the form has no name for are left out.
pub(crate) fn input(card: &Card, form: Form) -> Value {
    let (mut properties, mut required, mut order) = (Map::new(), Vec::new(), Vec::new());
    for (parameter, rule) in &card.parameters {
        // A larger film has one size only, which is its model's.
        let is_given = card.makes != Makes::Enlargement || *parameter != Parameter::Resolution;
        let Some(name) = name(card, *parameter, form).filter(|_| is_given) else { continue };
        if rule.required() {
            required.push(name.clone());
        }
        let is_text = field(*parameter, form, Some(card)).is_some_and(|field| field.json_type() == "string");
        let mut schema = schema(rule, is_text);
        let ours = if card.ours.contains(parameter) { " Only filmgate's studio knows it." } else { "" };
        schema["description"] = format!("{}{ours}", help(*parameter)).into();
        properties.insert(name.clone(), schema);
        order.push(name);
    }
    json!({"type": "object", "required": required, "properties": properties, "x-order": order})
}

/// The name of a parameter on the wire; `None` where the form has none.
fn name(card: &Card, parameter: Parameter, form: Form) -> Option<String> {
    let spelt = || card.spelling.get(&parameter).cloned();
    match form {
        Form::KieVeo => field(parameter, form, Some(card)).and_then(Field::veo_name).map(str::to_owned),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => {
            spelt().or_else(|| Some(field(parameter, form, Some(card))?.jobs_name().to_owned()))
        }
    }
}

/// `is_text`: the field holds a string, whatever its values are, as `n_frames` does.
fn schema(rule: &Rule, is_text: bool) -> Value {
    match rule {
        Rule::Text { required, length_max } => {
            let length_min = usize::from(*required);
            json!({"type": "string", "minLength": length_min, "maxLength": length_max})
        }
        Rule::Choice { values, default } => json!({"type": "string", "enum": values, "default": default}),
        Rule::Integer { values, default } if is_text => {
            let values: Vec<String> = values.iter().map(i64::to_string).collect();
            json!({"type": "string", "enum": values, "default": default.to_string()})
        }
        Rule::Integer { values, default } => json!({"type": "integer", "enum": values, "default": default}),
        Rule::Range { min, max } => json!({"type": "integer", "minimum": min, "maximum": max}),
        Rule::Flag { default } => json!({"type": "boolean", "default": default}),
        Rule::List { items_min, items_max } => {
            json!({"type": "array", "items": {"type": "string"}, "minItems": items_min, "maxItems": items_max})
        }
        Rule::Shots { items_max, tenths_min, tenths_max } => {
            let seconds = |tenths: &u32| f64::from(*tenths) / 10.0;
            let duration =
                json!({"type": "number", "minimum": seconds(tenths_min), "maximum": seconds(tenths_max)});
            let shot = json!({
                "type": "object",
                "required": ["Scene", "duration"],
                "properties": {"Scene": {"type": "string"}, "duration": duration},
            });
            json!({"type": "array", "items": shot, "minItems": 1, "maxItems": items_max})
        }
    }
}

/// A request of the card's examples as this form writes it: all fields by their names.
pub(crate) fn example(card: &Card, example: &Example, form: Form) -> Value {
    given(card, &example.request, form).into()
}

/// Parameters as this form writes them; what it has no name for is left out.
pub(crate) fn given(card: &Card, parameters: &Parameters, form: Form) -> Map<String, Value> {
    let mut given = Map::new();
    for (parameter, value) in parameters {
        // A name of the card's own is no field of the table; its value is a text.
        let field = field(*parameter, form, Some(card)).unwrap_or(Field::OriginTaskId);
        let value = serde_json::to_value(to_field_value(field, value)).ok();
        if let (Some(name), Some(value)) = (name(card, *parameter, form), value) {
            given.insert(name, value);
        }
    }
    given
}

/// The examples that the card accepts, by what they show.
pub(crate) fn accepted(card: &Card) -> impl Iterator<Item = &Example> {
    card.examples.iter().filter(|example| example.credits.is_some())
}

/// What people want to know of a card beside its fields, as an extension of its schema.
pub(super) fn facts(card: &Card) -> Value {
    let shape = card.shape();
    let sizes: Vec<String> = shape.sizes.iter().map(|(width, height)| format!("{width}x{height}")).collect();
    let prices: Vec<Value> =
        card.price.iter().map(|row| json!({"when": conditions(row), "credits": row.credits})).collect();
    let examples: Vec<Value> = card.examples.iter().map(told).collect();
    json!({
        "id": card.id,
        "title": card.title,
        "family": card.family,
        "aliases": card.aliases,
        "forms": card.offered,
        "makes": card.makes,
        "refused": card.refused,
        "frames_per_second": card.frames_per_second,
        "seconds": shape.seconds,
        "sizes": sizes,
        "prices": prices,
        "examples": examples,
    })
}

fn told(example: &Example) -> Value {
    json!({
        "claim": example.claim, "credits": example.credits, "film": example.film, "refused": example.refused,
    })
}

/// When a row of the price table is the price, such as `10 s, high`; empty for always.
pub(crate) fn conditions(row: &PriceRow) -> String {
    let seconds = row.seconds.map(|seconds| format!("{seconds} s"));
    let sizes = row.sizes.as_ref().map(|sizes| sizes.join(" or "));
    let words = [row.tier.clone(), row.quality.clone(), row.resolution.clone(), sizes, seconds];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

pub(crate) fn help(parameter: Parameter) -> &'static str {
    match parameter {
        Parameter::Prompt => "What the film shows.",
        Parameter::Pictures => "Links to pictures: the first frame, then the last one; or references.",
        Parameter::Aspect => "The shape of the frame.",
        Parameter::Size => "The frame in pixels.",
        Parameter::Seconds => "The length in seconds.",
        Parameter::Quality => "standard is 720 lines, high is 1080.",
        Parameter::Resolution => "The lines of the frame.",
        Parameter::Mode => "What the pictures are for; inferred from their number if absent.",
        Parameter::Tier => "Which tier makes the film; each has its price.",
        Parameter::Shots => "The scenes of a storyboard, together no longer than the film.",
        Parameter::Characters => "Ids of characters that appear.",
        Parameter::CharacterVideo => "The film that shows the character.",
        Parameter::OriginTask => "The finished task that this is made from.",
        Parameter::Timestamps => "Which seconds of it, such as 3.55,5.55.",
        Parameter::CharacterName => "The name of the character.",
        Parameter::CharacterPrompt => "What the character is like.",
        Parameter::SafetyInstruction => "What the character must not do.",
        Parameter::Video => "A link to a film.",
        Parameter::Seed => {
            "The number that varies the film; the same request with the same number gives the same film."
        }
        Parameter::Clean => "Whether the film is to be free of caption and mark.",
        Parameter::Watermark => "A text to be written into the film.",
        Parameter::Translate => "Whether the prompt may be translated.",
        Parameter::UploadStore => "Taken and without effect.",
        Parameter::Fallback => "Taken and without effect.",
    }
}
