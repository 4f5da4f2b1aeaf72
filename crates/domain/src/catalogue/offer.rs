//! What a card has to offer at a glance: its cheapest film, its lengths and sizes, what it can be asked with.

use super::card::{Card, PriceRow};
use super::rule::Rule;
use crate::credits::Credits;
use crate::request::{Asked, Form, Parameter, Parameters, Shot, Value};

/// What the films of a card can be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Their lengths in seconds, ascending.
    pub seconds: Vec<i64>,
    /// Their sizes in pixels, width and height, ascending.
    pub sizes: Vec<(u32, u32)>,
}

impl Card {
    /// The cheapest row of the price table with its price.
    pub fn cheapest(&self) -> Option<(&PriceRow, Credits)> {
        let priced = self.price.iter().filter_map(|row| Some((row, Credits::parse(&row.credits)?)));
        priced.min_by_key(|(_, price)| *price)
    }

    /// The parameters of the cheapest film: this prompt, and this picture as often as one is needed.
    pub fn smallest(&self, prompt: &str, picture: &str) -> Option<Parameters> {
        let (row, _) = self.cheapest()?;
        let mut parameters = Parameters::new();
        let texts = [
            (Parameter::Quality, &row.quality),
            (Parameter::Resolution, &row.resolution),
            (Parameter::Tier, &row.tier),
        ];
        for (parameter, text) in texts {
            parameters.extend(text.clone().map(|text| (parameter, Value::Text(text))));
        }
        let shortest = self.seconds_offered().first().copied();
        let seconds = row.seconds.or(shortest);
        parameters.extend(seconds.map(|seconds| (Parameter::Seconds, Value::Integer(seconds))));
        if self.parameters.contains_key(&Parameter::Prompt) {
            parameters.insert(Parameter::Prompt, Value::Text(prompt.to_owned()));
        }
        if self.parameters.contains_key(&Parameter::Shots) {
            let shot = Shot { scene: prompt.to_owned(), seconds: 5.0 };
            parameters.insert(Parameter::Shots, Value::Shots(vec![shot]));
        }
        if let Some(Rule::List { items_min: 1.., .. }) = self.parameters.get(&Parameter::Pictures) {
            parameters.insert(Parameter::Pictures, Value::Texts(vec![picture.to_owned()]));
        }
        Some(parameters)
    }

    /// Whether it makes a film of words alone.
    pub fn takes_words_alone(&self) -> bool {
        let needs_picture = self.parameters.get(&Parameter::Pictures).is_some_and(Rule::required);
        self.parameters.contains_key(&Parameter::Prompt) && !needs_picture
    }

    /// How many pictures it takes at most beside a prompt.
    pub fn pictures_max(&self) -> usize {
        match self.parameters.get(&Parameter::Pictures) {
            Some(Rule::List { items_max, .. }) if self.parameters.contains_key(&Parameter::Prompt) => {
                *items_max
            }
            _ => 0,
        }
    }

    /// The lengths and sizes of its films, found by asking the card itself.
    pub fn shape(&self) -> Shape {
        let mut sizes = Vec::new();
        for parameter in [Parameter::Aspect, Parameter::Resolution, Parameter::Quality] {
            for aspect in self.values(Parameter::Aspect) {
                for value in self.values(parameter) {
                    let base = self.smallest("x", "https://example.com/x.png").unwrap_or_default();
                    let given = [(Parameter::Aspect, aspect.clone()), (parameter, value)];
                    sizes.extend(
                        self.size(base.into_iter().chain(given.into_iter().filter_map(named)).collect()),
                    );
                }
            }
        }
        sizes.sort_unstable();
        sizes.dedup();
        Shape { seconds: self.seconds_offered(), sizes }
    }

    fn size(&self, parameters: Parameters) -> Option<(u32, u32)> {
        let asked = Asked::new(&self.id, parameters, Form::Cli);
        let film = self.accept(asked).ok()?.request.film;
        Some((film.width, film.height))
    }

    fn seconds_offered(&self) -> Vec<i64> {
        let mut seconds = match self.parameters.get(&Parameter::Seconds) {
            Some(Rule::Integer { values, .. }) => values.clone(),
            _ => Vec::new(),
        };
        seconds.sort_unstable();
        seconds
    }

    /// The values of a choice, and none of its own where the parameter is missing.
    fn values(&self, parameter: Parameter) -> Vec<Option<String>> {
        match self.parameters.get(&parameter) {
            Some(Rule::Choice { values, .. }) => values.iter().cloned().map(Some).collect(),
            _ => vec![None],
        }
    }
}

fn named((parameter, value): (Parameter, Option<String>)) -> Option<(Parameter, Value)> {
    value.map(|value| (parameter, Value::Text(value)))
}
