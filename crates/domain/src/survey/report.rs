//! A survey as it is written down, read again and compared: rows of verdicts, and the exchanges that they rest on.

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::judge::{Finding, Verdict};
use super::plan::Plan;
use super::subject::{Endpoint, Says};
use crate::catalogue::{Dialect, Documentation};
use crate::credits::Credits;
use crate::time::Timestamp;

/// The version of this form; a reader refuses a newer one.
pub const SCHEMA: u32 = 1;

/// What was found out at one time. Amounts are in thousandths of a credit, moments in milliseconds since 1970 UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Survey {
    /// The version of this form, 1.
    pub schema: u32,
    /// The version of filmgate.
    pub version: String,
    /// When it began.
    pub at: Timestamp,
    /// Who was asked.
    pub upstreams: Vec<UpstreamRow>,
    /// What is recommended, one plan for each use.
    pub plans: Vec<Plan>,
    /// What the survey has spent, as the upstreams said: 0 unless `--spend` was given.
    pub spent: Credits,
    /// What has changed since another survey, where it was compared with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<Change>>,
}

/// One upstream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UpstreamRow {
    /// Its name.
    pub name: String,
    /// How it was spoken to.
    pub dialect: Dialect,
    /// Whether it is another filmgate.
    #[serde(default)]
    pub is_filmgate: bool,
    /// Its address, without secrets.
    pub address: String,
    /// What holds for the whole upstream or key, where something does.
    pub state: Option<Finding>,
    /// The balance, if it has one that can be read.
    pub balance: Option<Credits>,
    /// Its endpoints.
    pub endpoints: Vec<EndpointRow>,
    /// The models that were asked about.
    pub models: Vec<ModelRow>,
    /// What its own list names besides; none where it has no list.
    pub listed: Option<Vec<String>>,
    /// Whether it was sent no create, because it once took one that it should have refused.
    #[serde(default)]
    pub is_distrusted: bool,
    /// What should not have happened.
    pub incidents: Vec<Incident>,
    /// Every exchange, in order; rows name them by their numbers.
    pub exchanges: Vec<Exchange>,
}

/// One family of endpoints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EndpointRow {
    /// Which.
    pub endpoint: Endpoint,
    /// Usable where it answers as its API does, not offered where something else does.
    pub verdict: Verdict,
    /// Whether it answers as its API does; unknown where it was not asked.
    pub answers: Option<bool>,
    /// Whether it tells a model that does not exist from others; unknown where it was not asked.
    pub tells_models_apart: Option<bool>,
    /// The numbers of the exchanges that say so.
    pub evidence: Vec<u32>,
}

/// One model at one upstream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ModelRow {
    /// Our card's id.
    pub card: String,
    /// The upstream's name of it.
    pub model: String,
    /// Where it is asked for.
    pub endpoint: Endpoint,
    /// The verdict and what it rests on.
    pub finding: Finding,
    /// The cheapest film's price.
    pub price: Option<Credits>,
    /// How many of those the balance buys.
    pub films: Option<i64>,
    /// The upstream's documentation of it, where a card knows one.
    pub documentation: Option<Documentation>,
    /// The lengths it makes, in seconds.
    pub seconds: Vec<i64>,
    /// The sizes it makes, such as `1280x720`.
    pub sizes: Vec<String>,
    /// Its parameters as the upstream spells them.
    pub fields: Vec<FieldFact>,
    /// What one film really cost, where one was made for this survey.
    pub spent: Option<Credits>,
}

/// One parameter as an upstream spells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldFact {
    /// What it means in filmgate's words, such as `seconds`.
    pub parameter: String,
    /// Its name there, such as `n_frames`.
    pub name: String,
    /// Its JSON type there: `string`, `integer`, `boolean`, `string[]` or `object[]`.
    pub kind: String,
    /// Its values, or its limit, in one line.
    pub values: String,
    /// Whether it must be given.
    pub required: bool,
}

/// Something that should not have happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Incident {
    /// A create that should have been refused was taken, and may be billed.
    Created {
        /// The upstream's id of the task.
        job: String,
        /// The model.
        model: String,
        /// The number of the exchange.
        exchange: u32,
    },
    /// A film was ordered (`--spend`), and how it ends is not known yet.
    Ordered {
        /// Our id of the task.
        task: String,
        /// The model.
        model: String,
        /// What it costs at most, as far as the card knows.
        price: Credits,
        /// The command that goes on with it.
        command: String,
    },
    /// The reply to a create was lost: nobody knows whether the upstream has it.
    Lost {
        /// The model.
        model: String,
        /// The number of the exchange.
        exchange: u32,
    },
}

/// One request and its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exchange {
    /// Its number at this upstream, from 1.
    pub number: u32,
    /// Which question it was: `balance`, `models`, `record`, `unknown_model`, `incomplete_create`, `complete_create`.
    pub question: String,
    /// The request in one line, without its headers.
    pub request: String,
    /// What the answer says.
    pub says: Says,
    /// The HTTP status, if there was a reply.
    pub http_status: Option<u16>,
    /// The `code` in the reply's body, where the dialect has one.
    pub code: Option<i64>,
    /// The upstream's own words, or why there are none.
    pub words: String,
    /// From the request to the end of the reply.
    pub latency_ms: i64,
    /// When it was sent.
    pub at: Timestamp,
}
