//! Kie's fields to the domain's parameters and back.

use filmgate_domain::catalogue::{Card, Rule};
use filmgate_domain::remake::Remake;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Request, Shot, Value};
use filmgate_providers::kie::fields::{field, fields, meaning};
use filmgate_wire::form::Reading;
use filmgate_wire::kie::veo::follow::{Follow, GET_1080P, Wish};
use filmgate_wire::kie::{self, Create, Field, FieldValue};

/// The parameter's name as clients of this form spell it, for refusals.
pub(super) fn name(parameter: Parameter, form: Form, card: Option<&Card>) -> &'static str {
    let field = field(parameter, form, card);
    let named = match form {
        Form::KieVeo => field.and_then(Field::veo_name),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => field.map(Field::jobs_name),
    };
    named.unwrap_or_else(|| match parameter {
        // Fields of `veo/extend` and its like, which no other request has.
        Parameter::OriginTask => "taskId",
        Parameter::Tier => "model",
        parameter => parameter.word(),
    })
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

/// The same with values that another family's clients write, where their meaning is certain: `16:9` for Sora, `landscape` for Veo.
pub(super) fn mended(mut asked: Asked, card: &Card) -> Asked {
    let Some(Rule::Choice { values, .. }) = card.parameters.get(&Parameter::Aspect) else { return asked };
    if let Some(Value::Text(given)) = asked.parameters.get_mut(&Parameter::Aspect)
        && !values.contains(given)
    {
        let meant = [kie::sora_aspect(given), kie::veo_aspect(given)];
        let meant = meant.into_iter().flatten().find(|meant| values.iter().any(|value| value == meant));
        if let Some(meant) = meant {
            meant.clone_into(given);
        }
    }
    asked
}

/// A request about a finished film as a domain request.
pub(super) fn follow(follow: Follow, form: Form, reading: Reading) -> Result<Asked, kie::Refusal> {
    let model = follow.model();
    let mut parameters = Parameters::from([(Parameter::OriginTask, Value::Text(follow.task_id))]);
    match follow.wish {
        Wish::P1080 { index } | Wish::K4 { index } => only_film(index)?,
        Wish::Extension { prompt, seeds, tier, watermark } => {
            parameters.insert(Parameter::Prompt, Value::Text(prompt));
            parameters.extend(seeds.map(|seed| (Parameter::Seed, Value::Integer(seed))));
            parameters.extend(watermark.map(|text| (Parameter::Watermark, Value::Text(text))));
            let tier = tier.map(|tier| match (reading, tier.as_str()) {
                // What `veo/generate` calls them.
                (Reading::Lenient, "veo3") => "quality".to_owned(),
                (Reading::Lenient, "veo3_fast") => "fast".to_owned(),
                (Reading::Lenient, "veo3_lite") => "lite".to_owned(),
                _ => tier,
            });
            parameters.extend(tier.map(|tier| (Parameter::Tier, Value::Text(tier))));
        }
    }
    Ok(Asked { callback_url: follow.call_back_url, ..Asked::new(model, parameters, form) })
}

/// Each task makes one film.
pub(super) fn only_film(index: i64) -> Result<(), kie::Refusal> {
    match index {
        0 => Ok(()),
        _ => Err(kie::Refusal::new(422, "index must be 0: each task has one film. Nothing was created.")),
    }
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
    if let Some(remake) = card.and_then(|card| card.makes.remake()) {
        let follow = followed(request, remake);
        return match request.form {
            Form::KieVeo => follow.veo_param(),
            Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => follow.jobs_param(),
        };
    }
    let fields = fields(&request.parameters, request.form, card);
    let callback = request.callback_url.as_deref();
    match request.form {
        Form::KieVeo => kie::veo_param(&request.model, &fields, callback),
        Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => {
            kie::jobs_param(&request.model, &fields, callback)
        }
    }
}

fn followed(request: &Request, remake: Remake) -> Follow {
    let text = |parameter| Some(request.text(parameter).to_owned()).filter(|text| !text.is_empty());
    let wish = match remake {
        Remake::Enlargement if request.model == GET_1080P => Wish::P1080 { index: 0 },
        Remake::Enlargement => Wish::K4 { index: 0 },
        Remake::Extension | Remake::Remix | Remake::Edit => Wish::Extension {
            prompt: request.text(Parameter::Prompt).to_owned(),
            seeds: request.seed(),
            tier: text(Parameter::Tier),
            watermark: text(Parameter::Watermark),
        },
    };
    let task_id = request.text(Parameter::OriginTask).to_owned();
    Follow { task_id, wish, call_back_url: request.callback_url.clone() }
}
