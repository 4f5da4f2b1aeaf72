//! Models as filmgate's own API lists them: everything that a form needs.

use serde::Serialize;
use serde_json::{Map, Value};

/// `GET /filmgate/v1/models`
#[derive(Serialize)]
pub struct Models {
    /// All of them, in the order in which they are recommended.
    pub models: Vec<Model>,
}

/// One model.
#[derive(Clone, Debug, Serialize)]
pub struct Model {
    /// The id that requests name.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Such as `sora-2`.
    pub family: String,
    /// Who made the model.
    pub maker: String,
    /// `film`, `character`, `extension` or `enlargement`.
    pub makes: &'static str,
    /// `served`, `retired`, `not_served` or `refused`.
    pub state: &'static str,
    /// Why it is not served.
    pub why: Option<String>,
    /// The upstreams that would be asked today, in order.
    pub made_by: Vec<String>,
    /// The first day on which the upstreams of one dialect do not make it any more.
    pub retires: Option<String>,
    /// That dialect, such as `kie`.
    pub retired_by: Option<&'static str>,
    /// What to use instead.
    pub replacement: Option<String>,
    /// Frames a second of its films.
    pub frames_per_second: u32,
    /// Its prices, the first that fits is the one.
    pub prices: Vec<Price>,
    /// What it takes, in the order of a form.
    pub parameters: Vec<Parameter>,
    /// What its pictures can be for.
    pub modes: Vec<Mode>,
    /// Requests that it takes.
    pub examples: Vec<Example>,
}

/// One row of a price table.
#[derive(Clone, Debug, Serialize)]
pub struct Price {
    /// When, such as `10 s, high`; empty for always.
    pub when: String,
    /// The same by parameter: the values that it is for.
    pub values: Map<String, Value>,
    /// In credits.
    pub credits: f64,
}

/// One parameter with its rule.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    /// Its name in `input`.
    pub name: String,
    /// Whether it must be given.
    pub required: bool,
    /// Whether only filmgate's studio knows it.
    pub is_ours: bool,
    /// What it is for.
    pub help: String,
    /// `type`, and what belongs to it: `values`, `default`, `length_max` and so on.
    #[serde(flatten)]
    pub rule: Map<String, Value>,
}

/// What pictures can be for.
#[derive(Clone, Debug, Serialize)]
pub struct Mode {
    /// The value of `mode`.
    pub name: String,
    /// The fewest pictures.
    pub pictures_min: usize,
    /// The most pictures.
    pub pictures_max: usize,
    /// The only lengths, if it is choosy.
    pub seconds: Option<Vec<i64>>,
    /// The only tiers, if not all offer it.
    pub tiers: Option<Vec<String>>,
}

/// A request that the model takes.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// What it shows.
    pub claim: String,
    /// The request's `input`.
    pub input: Map<String, Value>,
}
