//! A model card: everything filmgate knows of one model, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use crate::remake::Remake;
use crate::request::{Form, Parameter, Parameters};
use crate::time::Day;

/// One model, as written in `models/*.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The id that clients send.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Which is recommended first among cards that can do the same; the smallest first.
    #[serde(default = "last")]
    pub preference: u32,
    /// The family it belongs to, such as `sora-2`.
    pub family: String,
    /// Who made the model.
    #[serde(default)]
    pub maker: String,
    /// Other ids that clients send for it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The forms in which it can be asked for; the command line takes every card.
    pub offered: Vec<Form>,
    /// What it makes.
    pub makes: Makes,
    /// Why nothing can make it any more, and what to do instead. Such a card refuses every request with this text.
    #[serde(default)]
    pub refused: Option<String>,
    /// Frames a second of its films.
    #[serde(default = "twenty_four")]
    pub frames_per_second: u32,
    /// Its parameters and their rules.
    pub parameters: BTreeMap<Parameter, Rule>,
    /// Which wire name this card's clients use for a parameter, where a dialect has several.
    #[serde(default)]
    pub spelling: BTreeMap<Parameter, String>,
    /// Parameters that only filmgate and its studio know: no upstream's own form has them.
    #[serde(default)]
    pub ours: Vec<Parameter>,
    /// What its pictures can be for, where that is a choice.
    #[serde(default)]
    pub modes: Vec<Mode>,
    /// Its prices; the first row whose conditions all hold is the price.
    #[serde(default)]
    pub price: Vec<PriceRow>,
    /// Who can make it, in order.
    #[serde(default)]
    pub routes: Vec<RouteCard>,
    /// Requests that test this card.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

fn twenty_four() -> u32 {
    24
}

fn last() -> u32 {
    u32::MAX
}

/// What a card makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Makes {
    /// A film.
    Film,
    /// A character for later films. What is stored of it is a short film, which nobody is shown.
    Character,
    /// A film that goes on where a finished one ended.
    Extension,
    /// A finished film with more pixels.
    Enlargement,
}

/// One way of using pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mode {
    /// Its name on the wire.
    pub name: String,
    /// The fewest pictures it takes.
    pub pictures_min: usize,
    /// The most pictures it takes.
    pub pictures_max: usize,
    /// The only lengths it makes, if it is choosy.
    #[serde(default)]
    pub seconds: Option<Vec<i64>>,
    /// The only tiers that offer it, if not all do.
    #[serde(default)]
    pub tiers: Option<Vec<String>>,
}

/// One row of a price table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceRow {
    /// In credits, as text: `30` or `0.5`.
    pub credits: String,
    /// The length this row is for; any if absent.
    #[serde(default)]
    pub seconds: Option<i64>,
    /// The quality this row is for.
    #[serde(default)]
    pub quality: Option<String>,
    /// The resolution this row is for.
    #[serde(default)]
    pub resolution: Option<String>,
    /// The frame sizes this row is for, as `1280x720`.
    #[serde(default)]
    pub sizes: Option<Vec<String>>,
    /// The tier this row is for.
    #[serde(default)]
    pub tier: Option<String>,
}

impl Makes {
    /// Whether it is made from a film that is there already.
    pub fn needs_source(self) -> bool {
        self.remake().is_some()
    }

    /// What is made of that film.
    pub fn remake(self) -> Option<Remake> {
        match self {
            Self::Film | Self::Character => None,
            Self::Extension => Some(Remake::Extension),
            Self::Enlargement => Some(Remake::Enlargement),
        }
    }
}

/// How an upstream is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// The embedded studio, in this process.
    Studio,
    /// Kie's HTTP API.
    Kie,
    /// OpenAI's `/v1/videos`.
    Openai,
}

impl Dialect {
    /// Its name in cards and in the configuration.
    pub fn word(self) -> &'static str {
        match self {
            Self::Studio => "studio",
            Self::Kie => "kie",
            Self::Openai => "openai",
        }
    }
}

/// One kind of upstream that makes, or made, this model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteCard {
    /// How those upstreams are spoken to.
    pub dialect: Dialect,
    /// The upstream's own id of the model.
    pub model: String,
    /// The day from which the upstream no longer makes it.
    #[serde(default)]
    pub retired: Option<Day>,
    /// The card to use instead.
    #[serde(default)]
    pub replacement: Option<String>,
    /// Whether a create with nothing in it but the model is known to be refused before a task is made, so that a survey may
    /// send one. Some models make a paid film of nothing (reference, 1.4).
    #[serde(default)]
    pub refuses_empty: bool,
    /// The upstream's own page about the model.
    #[serde(default)]
    pub documentation: Option<Documentation>,
}

/// A page of an upstream's documentation, and its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Documentation {
    /// Its address.
    pub url: String,
    /// When it was first seen, if the model was there before it.
    #[serde(default)]
    pub first_seen: Option<Day>,
    /// Since when it stands among the old models, with another form of the same model before it.
    #[serde(default)]
    pub superseded: Option<Day>,
    /// Since when it is gone.
    #[serde(default)]
    pub gone: Option<Day>,
}

/// How well a model is documented on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Documented {
    /// There is a page.
    Published,
    /// There is no page yet, though the model is there.
    NotYet,
    /// The page stands among the old models since that day.
    Superseded(Day),
    /// The page is gone since that day.
    Gone(Day),
}

impl Documentation {
    /// How things are on a day.
    pub fn on(&self, today: Day) -> Documented {
        match (self.gone, self.superseded, self.first_seen) {
            (Some(day), _, _) if day <= today => Documented::Gone(day),
            (_, Some(day), _) if day <= today => Documented::Superseded(day),
            (_, _, Some(day)) if today < day => Documented::NotYet,
            _ => Documented::Published,
        }
    }
}

/// A request with the answer that the card must give to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What the example shows.
    pub claim: String,
    /// The parameters asked for.
    pub request: Parameters,
    /// The price, if it is accepted.
    #[serde(default)]
    pub credits: Option<String>,
    /// The film's size and length as `1280x720, 10 s`, if it is accepted.
    #[serde(default)]
    pub film: Option<String>,
    /// Words of the refusal, if it is refused.
    #[serde(default)]
    pub refused: Option<String>,
}

impl Card {
    /// Whether it makes something that can be watched.
    pub fn makes_films(&self) -> bool {
        self.refused.is_none() && self.makes != Makes::Character
    }

    /// The card's route to upstreams of this dialect.
    pub fn route(&self, dialect: Dialect) -> Option<&RouteCard> {
        self.routes.iter().find(|route| route.dialect == dialect)
    }

    /// Whether the card contradicts itself; the error names the card and what is wrong.
    pub fn check(&self) -> Result<(), String> {
        let wrong = |what: String| Err(format!("model card {}: {what}", self.id));
        if self.id.is_empty() || self.offered.is_empty() {
            return wrong("it needs an id, and a form in which it is offered".into());
        }
        if self.refused.is_none() && self.price.is_empty() {
            return wrong("it has no price; an unpriced model is refused, not free".into());
        }
        for row in &self.price {
            if crate::credits::Credits::parse(&row.credits).is_none_or(|credits| credits.0 < 0) {
                return wrong(format!("\"{}\" is not a price in credits", row.credits));
            }
        }
        for (parameter, rule) in &self.parameters {
            let default_is_allowed = match rule {
                Rule::Choice { values, default } => values.contains(default),
                Rule::Integer { values, default } => values.contains(default),
                _ => true,
            };
            if !default_is_allowed {
                return wrong(format!("the default of {parameter:?} is not one of its values"));
            }
        }
        for example in &self.examples {
            if let Err(difference) = self.check_example(example) {
                return wrong(format!("example \"{}\": {difference}", example.claim));
            }
        }
        Ok(())
    }
}
