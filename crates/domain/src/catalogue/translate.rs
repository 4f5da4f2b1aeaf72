//! A request for one card in the words of another one, with a report of every field: kept, adapted or dropped.

use serde::{Deserialize, Serialize};

use super::accept::Accepted;
use super::card::{Card, Dialect};
use super::rule::Rule;
use crate::refusal::Refusal;
use crate::request::{Asked, Form, Parameter, Parameters, Request, Value};
use crate::route::Shaped;
use crate::time::Day;

/// What became of one field that the client gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldReport {
    /// The field.
    pub parameter: Parameter,
    /// What became of it.
    pub fate: Fate,
    /// What was changed or why it was dropped, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What can become of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It means the same on the other card.
    Kept,
    /// The other card takes something near to it.
    Adapted,
    /// The other card has nothing like it.
    Dropped,
}

type Translated = Option<(Parameter, Value, String)>;

impl Card {
    /// The request as `target` takes it. Refused if that card cannot take it even then.
    pub fn translate(&self, request: &Request, target: &Self) -> Result<Shaped, Refusal> {
        let (mut parameters, mut report) = (Parameters::new(), Vec::new());
        let mut spelt_out = self.spelt_out(request);
        if let Some(Value::Text(size)) = spelt_out.get(&Parameter::Size)
            && !target.parameters.contains_key(&Parameter::Size)
            && let Some(spelt) = target.spell_size(size)
        {
            let note = format!("{size} became its nearest shape");
            report.push(FieldReport { parameter: Parameter::Size, fate: Fate::Adapted, note });
            spelt_out.remove(&Parameter::Size);
            parameters.extend(spelt);
        }
        for (parameter, value) in &spelt_out {
            let given = request.parameters.contains_key(parameter);
            let (fate, note) = match target.carry(*parameter, value) {
                Some((to, carried, note)) => {
                    let fate = if note.is_empty() { Fate::Kept } else { Fate::Adapted };
                    parameters.insert(to, carried);
                    (fate, note)
                }
                None => (Fate::Dropped, format!("{} has nothing like it", target.id)),
            };
            // What the client left to the card's default is carried over, too, and told only if it changes.
            if given || fate == Fate::Adapted {
                report.push(FieldReport { parameter: *parameter, fate, note });
            }
        }
        let asked = Asked::new(&target.id, parameters, Form::Cli);
        let Accepted { request: shaped, price } = target.accept(asked)?;
        Ok(Shaped { request: Request { form: request.form, ..shaped }, report, cost: price })
    }

    /// What the client gave, and the defaults that shape the film.
    fn spelt_out(&self, request: &Request) -> Parameters {
        let mut all = request.parameters.clone();
        let shaping = [
            Parameter::Aspect,
            Parameter::Size,
            Parameter::Seconds,
            Parameter::Quality,
            Parameter::Resolution,
        ];
        for parameter in shaping {
            let default = match self.parameters.get(&parameter) {
                Some(Rule::Choice { default, .. }) => Value::Text(default.clone()),
                Some(Rule::Integer { default, .. }) => Value::Integer(*default),
                _ => continue,
            };
            all.entry(parameter).or_insert(default);
        }
        all
    }

    /// Whether two requests mean the same film: what is left out counts as its default, what is blank as left out.
    pub fn means_the_same(&self, one: &Parameters, other: &Parameters) -> bool {
        let spelt = |given: &Parameters| -> Parameters {
            let value = |(parameter, rule): (&Parameter, &Rule)| {
                let given = given.get(parameter).filter(|value| !Rule::is_blank(value)).cloned();
                given.or_else(|| rule.default_value()).map(|value| (*parameter, value))
            };
            self.parameters.iter().filter_map(value).collect()
        };
        spelt(one) == spelt(other)
    }

    /// A value of another card in this card's words, and what was changed about it.
    fn carry(&self, parameter: Parameter, value: &Value) -> Translated {
        match (parameter, value) {
            (Parameter::Aspect, Value::Text(aspect)) => {
                let spelt = self.spell_aspect(aspect);
                let note = if spelt == *aspect { String::new() } else { format!("{aspect} is {spelt} here") };
                self.takes(parameter, &Value::Text(spelt.clone())).then_some((
                    parameter,
                    Value::Text(spelt),
                    note,
                ))
            }
            (Parameter::Seconds, Value::Integer(seconds)) => {
                let Some(Rule::Integer { values, .. }) = self.parameters.get(&parameter) else { return None };
                let nearest = *values.iter().min_by_key(|value| ((*value - seconds).abs(), **value))?;
                let note = if nearest == *seconds {
                    String::new()
                } else {
                    format!("{seconds} s became {nearest} s")
                };
                Some((parameter, Value::Integer(nearest), note))
            }
            (Parameter::Quality | Parameter::Resolution, Value::Text(size)) => {
                self.carry_size(parameter, size)
            }
            (Parameter::Shots, Value::Shots(shots)) if !self.parameters.contains_key(&parameter) => {
                let scenes: Vec<&str> = shots.iter().map(|shot| shot.scene.as_str()).collect();
                let note = "the shots became one prompt, without their lengths".to_owned();
                Some((Parameter::Prompt, Value::Text(scenes.join("\n")), note))
            }
            (Parameter::Seed, Value::Integer(seed)) => {
                let Some(Rule::Range { .. }) = self.parameters.get(&parameter) else { return None };
                let folded = self.fold_seed(u32::try_from(seed.rem_euclid(1 << 32)).ok()?);
                let note = if folded == *seed { String::new() } else { format!("{seed} became {folded}") };
                Some((parameter, Value::Integer(folded), note))
            }
            _ => self.takes(parameter, value).then(|| (parameter, value.clone(), String::new())),
        }
    }

    fn carry_size(&self, parameter: Parameter, size: &str) -> Translated {
        if self.takes(parameter, &Value::Text(size.to_owned())) {
            return Some((parameter, Value::Text(size.to_owned()), String::new()));
        }
        let (other, word) = match (parameter, size) {
            (Parameter::Quality, "high") => (Parameter::Resolution, "1080p"),
            (Parameter::Quality, _) => (Parameter::Resolution, "720p"),
            (_, "720p") => (Parameter::Quality, "standard"),
            _ => (Parameter::Quality, "high"),
        };
        let carried = Value::Text(word.to_owned());
        self.takes(other, &carried).then(|| (other, carried, format!("{size} is {word} here")))
    }

    fn takes(&self, parameter: Parameter, value: &Value) -> bool {
        self.parameters.get(&parameter).is_some_and(|rule| rule.check(parameter, value).is_ok())
    }

    /// The day on which its maker switches it off, or has done so.
    pub fn retires(&self) -> Option<Day> {
        self.retirement().map(|(_, day)| day)
    }

    /// The same with the dialect of the upstreams that retire it.
    pub fn retirement(&self) -> Option<(Dialect, Day)> {
        self.routes.iter().find_map(|route| Some((route.dialect, route.retired?)))
    }

    /// The card that takes the place of this one, if a route of it names one.
    pub fn replacement(&self) -> Option<&str> {
        self.routes.iter().find_map(|route| route.replacement.as_deref())
    }
}
