//! Kie's fields to the domain's parameters and back.

use filmgate_domain::catalogue::Card;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Request, Shot, Value};
use filmgate_providers::kie::fields::{field, fields, meaning};
use filmgate_wire::kie::{self, Create, Field, FieldValue};

/// The parameter's name as clients of this form spell it, for refusals.
pub(super) fn name(parameter: Parameter, form: Form, card: Option<&Card>) -> &'static str {
    let field = field(parameter, form, card);
    match form {
        Form::KieVeo => field.and_then(Field::veo_name),
        Form::KieJobs | Form::OpenAi | Form::Cli => field.map(Field::jobs_name),
    }
    .unwrap_or_else(|| parameter.word())
}

/// A decoded create as a domain request. Fields that mean nothing to this card are dropped.
pub(super) fn asked(create: Create, form: Form, card: Option<&Card>) -> Asked {
    let mut parameters = Parameters::new();
    for (given, value) in create.fields {
        if let Some(parameter) =
            meaning(given).filter(|parameter| field(*parameter, form, card) == Some(given))
        {
            parameters.insert(parameter, to_value(given, value));
        }
    }
    Asked { callback_url: create.call_back_url, ..Asked::new(create.model, parameters, form) }
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
    let fields = fields(&request.parameters, request.form, card);
    let callback = request.callback_url.as_deref();
    match request.form {
        Form::KieVeo => kie::veo_param(&request.model, &fields, callback),
        Form::KieJobs | Form::OpenAi | Form::Cli => kie::jobs_param(&request.model, &fields, callback),
    }
}
