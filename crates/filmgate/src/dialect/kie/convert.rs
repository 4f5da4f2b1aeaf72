//! Kie's fields to the domain's parameters and back.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Request, Shot, Value};
use filmgate_wire::kie::{self, Create, Field, FieldValue};

/// Which field means which parameter. Where two fields mean the same, the first is meant unless the card says otherwise.
const MEANINGS: &[(Field, Parameter)] = &[
    (Field::Prompt, Parameter::Prompt),
    (Field::ImageUrls, Parameter::Pictures),
    (Field::AspectRatio, Parameter::Aspect),
    (Field::NFrames, Parameter::Seconds),
    (Field::Duration, Parameter::Seconds),
    (Field::Size, Parameter::Quality),
    (Field::RemoveWatermark, Parameter::Clean),
    (Field::Shots, Parameter::Shots),
    (Field::CharacterIdList, Parameter::Characters),
    (Field::CharacterFileUrl, Parameter::CharacterVideo),
    (Field::OriginTaskId, Parameter::OriginTask),
    (Field::Timestamps, Parameter::Timestamps),
    (Field::CharacterUserName, Parameter::CharacterName),
    (Field::CharacterPrompt, Parameter::CharacterPrompt),
    (Field::SafetyInstruction, Parameter::SafetyInstruction),
    (Field::VideoUrl, Parameter::Video),
    (Field::UploadMethod, Parameter::UploadStore),
    (Field::Tier, Parameter::Tier),
    (Field::Resolution, Parameter::Resolution),
    (Field::GenerationType, Parameter::Mode),
    (Field::Seeds, Parameter::Seed),
    (Field::Watermark, Parameter::Watermark),
    (Field::EnableTranslation, Parameter::Translate),
    (Field::EnableFallback, Parameter::Fallback),
];

/// The field by which clients of this form and card mean a parameter.
fn field(parameter: Parameter, form: Form, card: Option<&Card>) -> Option<Field> {
    let spelt = card.and_then(|card| card.spelling.get(&parameter));
    MEANINGS.iter().filter(|(_, meant)| *meant == parameter).map(|(field, _)| *field).find(|field| match form
    {
        Form::KieVeo => field.veo_name().is_some(),
        Form::KieJobs | Form::Cli => spelt.is_none_or(|name| name == field.jobs_name()),
    })
}

/// The parameter's name as clients of this form spell it, for refusals.
pub(super) fn name(parameter: Parameter, form: Form, card: Option<&Card>) -> &'static str {
    let field = field(parameter, form, card);
    match form {
        Form::KieVeo => field.and_then(Field::veo_name),
        Form::KieJobs | Form::Cli => field.map(Field::jobs_name),
    }
    .unwrap_or_else(|| parameter.word())
}

/// A decoded create as a domain request. Fields that mean nothing to this card are dropped.
pub(super) fn asked(create: Create, form: Form, card: Option<&Card>) -> Asked {
    let mut parameters = Parameters::new();
    for (given, value) in create.fields {
        let meant = MEANINGS.iter().find(|(known, _)| *known == given).map(|(_, parameter)| *parameter);
        if let Some(parameter) = meant.filter(|parameter| field(*parameter, form, card) == Some(given)) {
            parameters.insert(parameter, to_value(given, value));
        }
    }
    Asked { model: create.model, parameters, form, callback_url: create.call_back_url, scenario: None }
}

fn to_value(field: Field, value: FieldValue) -> Value {
    match value {
        // Seconds come as text here; what is no number stays text, which no card allows.
        FieldValue::Text(text) if field == Field::NFrames => {
            text.trim().parse().map_or(Value::Text(text), Value::Integer)
        }
        FieldValue::Text(text) => Value::Text(text),
        FieldValue::Integer(number) => Value::Integer(number),
        FieldValue::Flag(flag) => Value::Flag(flag),
        FieldValue::Texts(texts) => Value::Texts(texts),
        FieldValue::Shots(shots) => Value::Shots(
            shots.into_iter().map(|shot| Shot { scene: shot.scene, seconds: shot.duration }).collect(),
        ),
    }
}

/// What the client gave, in its own words again: `param` of a jobs record, `paramJson` of a Veo record.
pub(super) fn param(request: &Request, card: Option<&Card>) -> String {
    let fields: Vec<(Field, FieldValue)> = request
        .parameters
        .iter()
        .filter_map(|(parameter, value)| {
            let field = field(*parameter, request.form, card)?;
            Some((field, to_field_value(field, value)))
        })
        .collect();
    let callback = request.callback_url.as_deref();
    match request.form {
        Form::KieVeo => kie::veo_param(&request.model, &fields, callback),
        Form::KieJobs | Form::Cli => kie::jobs_param(&request.model, &fields, callback),
    }
}

fn to_field_value(field: Field, value: &Value) -> FieldValue {
    match value {
        Value::Integer(number) if field == Field::NFrames => FieldValue::Text(number.to_string()),
        Value::Text(text) => FieldValue::Text(text.clone()),
        Value::Integer(number) => FieldValue::Integer(*number),
        Value::Flag(flag) => FieldValue::Flag(*flag),
        Value::Texts(texts) => FieldValue::Texts(texts.clone()),
        Value::Shots(shots) => FieldValue::Shots(
            shots
                .iter()
                .map(|shot| kie::Shot { scene: shot.scene.clone(), duration: shot.seconds })
                .collect(),
        ),
    }
}
