//! A card's parameters as an upstream of a dialect spells them: names, JSON types and values.

use filmgate_domain::catalogue::{Card, Dialect, Rule};
use filmgate_domain::request::{Form, Parameter};
use filmgate_domain::survey::FieldFact;

use crate::kie::{fields, form_of};

/// The fields of a create for this card, but for the model's own name. A parameter that the dialect has no field for is
/// left out; the studio has no fields.
pub fn facts(card: &Card, dialect: Dialect) -> Vec<FieldFact> {
    match dialect {
        Dialect::Kie => kie(card),
        Dialect::Openai => openai(card),
        Dialect::Studio => Vec::new(),
    }
}

fn kie(card: &Card) -> Vec<FieldFact> {
    let form = form_of(card);
    let fact = |(parameter, rule): (&Parameter, &Rule)| {
        let field = fields::field(*parameter, form, Some(card))?;
        let name = match form {
            Form::KieVeo => field.veo_name()?,
            Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => field.jobs_name(),
        };
        let (kind, required) = (field.json_type(), rule.required());
        Some(FieldFact { required, ..fact(parameter.word(), name, kind, values(rule, kind)) })
    };
    let is_theirs = |(parameter, _): &(&Parameter, &Rule)| !card.ours.contains(parameter);
    card.parameters.iter().filter(is_theirs).filter_map(fact).collect()
}

/// The engines agree on no more than this (reference, 4.9).
fn openai(card: &Card) -> Vec<FieldFact> {
    let rule = |parameter| card.parameters.get(&parameter);
    let prompt = match (rule(Parameter::Prompt), rule(Parameter::Shots)) {
        (Some(rule), _) => fact("prompt", "prompt", "string", values(rule, "string")),
        (None, Some(_)) => fact("shots", "prompt", "string", "the scenes, each on its line".to_owned()),
        (None, None) => return Vec::new(),
    };
    let shape = card.shape();
    let sizes = shape.sizes.iter().map(|(width, height)| format!("{width}x{height}"));
    let seconds = fact("seconds", "seconds", "string", one_of(shape.seconds.iter().map(quoted)));
    let size = fact("size", "size", "string", one_of(sizes.map(quoted)));
    let picture = rule(Parameter::Pictures).map(|rule| {
        let values = "one PNG, JPEG or WebP picture".to_owned();
        let required = rule.required();
        FieldFact { required, ..fact(Parameter::Pictures.word(), "input_reference", "file", values) }
    });
    let shape = [seconds, size].into_iter().filter(|fact| !fact.values.is_empty());
    std::iter::once(FieldFact { required: true, ..prompt }).chain(shape).chain(picture).collect()
}

fn fact(parameter: &str, name: &str, kind: &str, values: String) -> FieldFact {
    let (parameter, name, kind) = (parameter.to_owned(), name.to_owned(), kind.to_owned());
    FieldFact { parameter, name, kind, values, required: false }
}

/// A rule's values as they stand in JSON of this type, or its limit.
fn values(rule: &Rule, kind: &str) -> String {
    match rule {
        Rule::Text { length_max, .. } => format!("at most {length_max} characters"),
        Rule::Choice { values, .. } => one_of(values.iter().map(quoted)),
        Rule::Integer { values, .. } if kind == "string" => one_of(values.iter().map(quoted)),
        Rule::Integer { values, .. } => one_of(values.iter().map(i64::to_string)),
        Rule::Range { min, max } => format!("{min} to {max}"),
        Rule::Flag { .. } => "true | false".to_owned(),
        Rule::List { items_min, items_max } if items_min == items_max => format!("exactly {items_max}"),
        Rule::List { items_min: 0, items_max } => format!("at most {items_max}"),
        Rule::List { items_min, items_max } => format!("{items_min} to {items_max}"),
        Rule::Shots { items_max, tenths_min, tenths_max } => {
            let (min, max) = (f64::from(*tenths_min) / 10.0, f64::from(*tenths_max) / 10.0);
            format!("1 to {items_max} shots of {min} to {max} s")
        }
    }
}

fn quoted(value: impl std::fmt::Display) -> String {
    format!("\"{value}\"")
}

fn one_of(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(" | ")
}
