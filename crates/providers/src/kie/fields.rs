//! Which of Kie's fields means which parameter, and a request's parameters as those fields.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Form, Parameter, Parameters, Value};
use filmgate_wire::kie::{Field, FieldValue, Shot};

/// Which field means which parameter. Where two fields mean the same, the first is meant unless the card says otherwise.
pub const MEANINGS: &[(Field, Parameter)] = &[
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

/// The parameter that a field means.
pub fn meaning(field: Field) -> Option<Parameter> {
    MEANINGS.iter().find(|(known, _)| *known == field).map(|(_, parameter)| *parameter)
}

/// The field by which this form and card mean a parameter; `None` where the form has none.
pub fn field(parameter: Parameter, form: Form, card: Option<&Card>) -> Option<Field> {
    let spelt = card.and_then(|card| card.spelling.get(&parameter));
    let candidates = MEANINGS.iter().filter(|(_, meant)| *meant == parameter).map(|(field, _)| *field);
    candidates.into_iter().find(|field| match form {
        Form::KieVeo => field.veo_name().is_some(),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => {
            spelt.is_none_or(|name| name == field.jobs_name())
        }
    })
}

/// A request's parameters as fields, in the parameters' order. What the form has no field for is left out.
pub fn fields(parameters: &Parameters, form: Form, card: Option<&Card>) -> Vec<(Field, FieldValue)> {
    let spell = |(parameter, value): (&Parameter, &Value)| {
        let field = field(*parameter, form, card)?;
        Some((field, to_field_value(field, value)))
    };
    parameters.iter().filter_map(spell).collect()
}

/// A value as the field takes it: `n_frames` is seconds in text, whatever its name says.
pub fn to_field_value(field: Field, value: &Value) -> FieldValue {
    match value {
        Value::Integer(number) if field == Field::NFrames => FieldValue::Text(number.to_string()),
        Value::Text(text) => FieldValue::Text(text.clone()),
        Value::Integer(number) => FieldValue::Integer(*number),
        Value::Flag(flag) => FieldValue::Flag(*flag),
        Value::Texts(texts) => FieldValue::Texts(texts.clone()),
        Value::Shots(shots) => {
            let shots = shots.iter().map(|shot| Shot { scene: shot.scene.clone(), duration: shot.seconds });
            FieldValue::Shots(shots.collect())
        }
    }
}
