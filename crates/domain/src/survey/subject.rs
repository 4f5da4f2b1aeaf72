//! Who is surveyed, which questions there are, and what an answer can say. No question has room for a prompt.

use serde::{Deserialize, Serialize};

use super::report::FieldFact;
use crate::catalogue::{Card, Dialect, Documentation, RouteCard};
use crate::credits::Credits;
use crate::request::Form;
use crate::route::Offer;
use crate::time::Day;

/// A family of an upstream's endpoints: where models are asked for, and where their records are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Kie's unified jobs.
    Jobs,
    /// Kie's dedicated Veo endpoints.
    Veo,
    /// OpenAI's `/v1/videos`.
    Videos,
}

impl Endpoint {
    /// Where upstreams of a dialect are asked for a card: the dedicated endpoints where the card has them.
    pub fn of(card: &Card, dialect: Dialect) -> Self {
        match dialect {
            Dialect::Openai | Dialect::Studio => Self::Videos,
            Dialect::Kie if card.offered.contains(&Form::KieVeo) => Self::Veo,
            Dialect::Kie => Self::Jobs,
        }
    }
}

/// A create with nothing in it but the model, which its upstream is known to refuse. Only [`Target::of`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    endpoint: Endpoint,
    model: String,
}

impl Incomplete {
    /// Where it is sent.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint
    }

    /// The upstream's name of the model.
    pub fn model(&self) -> &str {
        &self.model
    }
}

/// A question that costs nothing and creates nothing, however it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Are you a filmgate? Asked first of one that is said to be.
    Identity,
    /// What is the balance?
    Balance,
    /// Which models are there?
    Models,
    /// What has become of a task that does not exist?
    Record(Endpoint),
    /// May a model be asked for that does not exist? With nothing else in it.
    UnknownModel(Endpoint),
    /// May this model be asked for, with everything else missing?
    Incomplete(Incomplete),
}

impl Question {
    /// Its name in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Balance => "balance",
            Self::Models => "models",
            Self::Record(_) => "record",
            Self::UnknownModel(_) => "unknown_model",
            Self::Incomplete(_) => "incomplete_create",
        }
    }
}

/// What an upstream answered, in the words that the survey judges by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// This is the balance.
    Balance(Credits),
    /// These are the models.
    Models(Vec<String>),
    /// Done as asked, and nothing was created.
    Answered,
    /// A task was created. No question should ever be answered so.
    Created(String),
    /// Nobody knows whether a task was created: the reply to a create is missing, cut, or says nothing.
    Lost,
    /// The key is missing or wrong.
    KeyRefused,
    /// The key may not do this.
    NotPermitted,
    /// The key is over a limit of its own.
    KeyLimited,
    /// The account cannot pay.
    NoBalance,
    /// Too often.
    RateLimited,
    /// A field is missing that must be given: the model was looked up before.
    FieldMissing,
    /// Something else is wrong with the request.
    Invalid,
    /// There is no such model.
    UnknownModel,
    /// There is no such task.
    UnknownTask,
    /// The model is switched off for now.
    Paused,
    /// The whole service is down on purpose.
    Maintenance,
    /// The service failed.
    Fault,
    /// Something answers, and it is not this API.
    NotThisApi,
    /// Nobody answers.
    Unreachable,
}

/// An answer with what it was made of, ready to be shown: no key, no more words than needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What it says.
    pub says: Says,
    /// The request in one line, without its headers: `GET /api/v1/chat/credit`.
    pub request: String,
    /// The HTTP status, if there was a reply.
    pub http_status: Option<u16>,
    /// The `code` in the reply's body, where the dialect has one.
    pub code: Option<i64>,
    /// The upstream's own words, or why there are none.
    pub words: String,
}

/// An upstream to be surveyed.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// How it is spoken to.
    pub dialect: Dialect,
    /// Whether it is another filmgate.
    pub is_filmgate: bool,
    /// Its address.
    pub address: String,
    /// Whether it once took a create that it should have refused: then it is sent none.
    pub is_distrusted: bool,
    /// The models to find out about.
    pub targets: Vec<Target>,
}

/// One model of an upstream.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Our card's id, or the upstream's name where no card is about it.
    pub card: String,
    /// The upstream's name of it.
    pub model: String,
    /// Where it is asked for.
    pub endpoint: Endpoint,
    /// The create with nothing in it, or why there is none.
    pub incomplete: Result<Incomplete, NoQuestion>,
    /// What its cheapest film costs, if a card says so.
    pub price: Option<Credits>,
    /// Since when the card says that such upstreams no longer make it, and what replaces it.
    pub retired: Option<(Day, Option<String>)>,
    /// The upstream's page about it.
    pub documentation: Option<Documentation>,
    /// The lengths it makes, in seconds.
    pub seconds: Vec<i64>,
    /// The sizes it makes, such as `1280x720`.
    pub sizes: Vec<String>,
    /// Its parameters as the upstream spells them, filled in by whoever knows the dialect.
    pub fields: Vec<FieldFact>,
}

/// Why a model is not asked for with everything missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoQuestion {
    /// Nobody knows that this model's upstream refuses an empty request, and some models make a film of one.
    MayCreate,
    /// No card is about this model.
    NoCard,
}

impl Target {
    /// A card as this upstream offers it; `None` where it does not. What a card calls retired is asked for nevertheless.
    pub fn of(card: &Card, offer: &Offer, is_filmgate: bool) -> Option<Self> {
        let route = card.route(offer.dialect);
        let model = match (offer.models.is_empty(), route) {
            (true, Some(route)) => route.model.clone(),
            // An engine of the operator's own is asked for anything, by our name for it.
            (true, None) if offer.dialect == Dialect::Openai => card.id.clone(),
            (true, None) => return None,
            (false, _) => offer.models.get(&card.id).or_else(|| offer.models.get("*"))?.clone(),
        };
        let endpoint = Endpoint::of(card, offer.dialect);
        // What the card says of a model holds for that model and for no other that the operator gave its place.
        let refuses_empty =
            is_filmgate || route.is_some_and(|route| route.refuses_empty && route.model == model);
        let incomplete = if refuses_empty && offer.dialect == Dialect::Kie {
            Ok(Incomplete { endpoint, model: model.clone() })
        } else {
            Err(NoQuestion::MayCreate)
        };
        let retired = route.and_then(retired);
        let shape = card.shape();
        Some(Self {
            card: card.id.clone(),
            model,
            endpoint,
            incomplete,
            price: card.cheapest().map(|(_, price)| price),
            retired,
            documentation: route.and_then(|route| route.documentation.clone()),
            seconds: shape.seconds,
            sizes: shape.sizes.iter().map(|(width, height)| format!("{width}x{height}")).collect(),
            fields: Vec::new(),
        })
    }

    /// A model that no card is about.
    pub fn unknown(model: &str, dialect: Dialect) -> Self {
        let endpoint = if dialect == Dialect::Kie { Endpoint::Jobs } else { Endpoint::Videos };
        Self {
            card: model.to_owned(),
            model: model.to_owned(),
            endpoint,
            incomplete: Err(NoQuestion::NoCard),
            price: None,
            retired: None,
            documentation: None,
            seconds: Vec::new(),
            sizes: Vec::new(),
            fields: Vec::new(),
        }
    }
}

fn retired(route: &RouteCard) -> Option<(Day, Option<String>)> {
    route.retired.map(|day| (day, route.replacement.clone()))
}
