//! What a survey recommends: plan A and plan B for each use, their strengths, and the routes that make filmgate follow them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::judge::Verdict;
use super::report::{ModelRow, UpstreamRow};
use crate::catalogue::{Card, Catalogue, Dialect};
use crate::credits::Credits;

/// What somebody wants a film from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// From words.
    TextToVideo,
    /// From a picture and words.
    ImageToVideo,
}

impl Use {
    /// The model that clients of the Sora 2 API ask for.
    pub fn model(self) -> &'static str {
        match self {
            Self::TextToVideo => "sora-2-text-to-video",
            Self::ImageToVideo => "sora-2-image-to-video",
        }
    }

    fn fits(self, card: &Card) -> bool {
        match self {
            Self::TextToVideo => card.takes_words_alone(),
            Self::ImageToVideo => card.pictures_max() > 0,
        }
    }
}

/// The recommendation for one use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Which use.
    pub r#use: Use,
    /// Who is asked first.
    pub a: Option<Choice>,
    /// Who is asked when that fails.
    pub b: Option<Choice>,
}

impl Plan {
    /// Whether plan A works with this key today.
    pub fn works(&self) -> bool {
        self.a.as_ref().is_some_and(|choice| choice.verdict == Verdict::Usable)
    }
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// The upstream.
    pub upstream: String,
    /// Our card.
    pub card: String,
    /// The upstream's name of it.
    pub model: String,
    /// What was found of it.
    pub verdict: Verdict,
    /// The cheapest film's price.
    pub price: Option<Credits>,
    /// What speaks for it beside the other plan.
    pub strengths: Vec<Strength>,
}

/// What speaks for a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Its cheapest film costs less.
    CheaperFilm,
    /// It makes longer films, up to so many seconds.
    LongerFilms(i64),
    /// It makes larger films, such as `3840x2160`.
    LargerFilms(String),
    /// It takes more pictures, up to so many.
    MorePictures(usize),
    /// It takes a first and a last frame, or references.
    PictureModes,
    /// It is another family of models, so that one retirement does not end both plans.
    OtherFamily,
    /// It is another upstream, so that one outage does not end both plans.
    OtherUpstream,
    /// It runs where the operator pays for machines and not for films.
    OwnEngine,
}

/// The recommendations for all uses that any model here serves.
pub fn plans(upstreams: &[UpstreamRow], catalogue: &Catalogue) -> Vec<Plan> {
    let plan = |r#use: Use| {
        let mut candidates = candidates(upstreams, catalogue, r#use);
        if candidates.is_empty() {
            return None;
        }
        candidates.retain(|candidate| candidate.class().is_some());
        candidates
            .sort_by_key(|candidate| (candidate.class(), candidate.card.preference, candidate.row.price));
        let first = candidates.first().copied();
        let second = first.and_then(|first| first.other(&candidates));
        let choice = |this: Option<Candidate<'_>>, other: Option<Candidate<'_>>| Some(this?.choice(other));
        Some(Plan { r#use, a: choice(first, second), b: choice(second, first) })
    };
    [Use::TextToVideo, Use::ImageToVideo].into_iter().filter_map(plan).collect()
}

#[derive(Clone, Copy)]
struct Candidate<'a> {
    upstream: &'a UpstreamRow,
    row: &'a ModelRow,
    card: &'a Card,
}

fn candidates<'a>(upstreams: &'a [UpstreamRow], catalogue: &'a Catalogue, r#use: Use) -> Vec<Candidate<'a>> {
    let of_upstream = |upstream: &'a UpstreamRow| {
        upstream.models.iter().filter_map(move |row| {
            let card = catalogue.find(&row.card)?;
            (r#use.fits(card)).then_some(Candidate { upstream, row, card })
        })
    };
    upstreams.iter().flat_map(of_upstream).collect()
}

impl<'a> Candidate<'a> {
    /// The smaller the better; none where it is no plan at all.
    fn class(&self) -> Option<u8> {
        match self.row.finding.verdict {
            Verdict::Usable => Some(0),
            Verdict::CreditsInsufficient => Some(1),
            // What a card calls retired is no plan on the word of a service that does not answer.
            Verdict::RateLimited | Verdict::Maintenance if self.row.finding.since.is_none() => Some(2),
            Verdict::RateLimited | Verdict::Maintenance => None,
            Verdict::Paused
            | Verdict::Retired
            | Verdict::NotOffered
            | Verdict::KeyRefused
            | Verdict::NotPermitted
            | Verdict::Unreachable
            | Verdict::NotVerified => None,
        }
    }

    /// The best that does not fall when this one falls: of another family, else of another upstream, else another model.
    fn other(&self, candidates: &[Self]) -> Option<Self> {
        let best = |differs: &dyn Fn(&Self) -> bool| candidates.iter().copied().find(|other| differs(other));
        let at_least_as_good = |other: &Self| other.class() <= self.class().max(Some(1));
        best(&|other| other.card.family != self.card.family && at_least_as_good(other))
            .or_else(|| best(&|other| other.upstream.name != self.upstream.name))
            .or_else(|| best(&|other| other.card.id != self.card.id))
    }

    fn choice(self, other: Option<Self>) -> Choice {
        Choice {
            upstream: self.upstream.name.clone(),
            card: self.card.id.clone(),
            model: self.row.model.clone(),
            verdict: self.row.finding.verdict,
            price: self.row.price,
            strengths: other.map(|other| self.strengths(other)).unwrap_or_default(),
        }
    }

    fn strengths(self, other: Self) -> Vec<Strength> {
        let mut strengths = Vec::new();
        let is_own = |candidate: &Self| candidate.upstream.dialect == Dialect::Openai;
        if is_own(&self) && !is_own(&other) {
            strengths.push(Strength::OwnEngine);
        } else if self.row.price.zip(other.row.price).is_some_and(|(this, other)| this < other) {
            strengths.push(Strength::CheaperFilm);
        }
        let longest = |candidate: &Self| candidate.row.seconds.last().copied().unwrap_or(0);
        if longest(&self) > longest(&other) {
            strengths.push(Strength::LongerFilms(longest(&self)));
        }
        let (mine, theirs) = (self.card.shape().sizes, other.card.shape().sizes);
        let largest = |sizes: &[(u32, u32)]| {
            sizes.iter().copied().max_by_key(|(width, height)| (width * height, *width))
        };
        let pixels = |size: Option<(u32, u32)>| size.map_or(0, |(width, height)| width * height);
        if let Some((width, height)) =
            largest(&mine).filter(|_| pixels(largest(&mine)) > pixels(largest(&theirs)))
        {
            strengths.push(Strength::LargerFilms(format!("{width}x{height}")));
        }
        if self.card.pictures_max() > other.card.pictures_max() {
            strengths.push(Strength::MorePictures(self.card.pictures_max()));
        }
        if self.card.modes.len() > other.card.modes.len() {
            strengths.push(Strength::PictureModes);
        }
        if self.upstream.name != other.upstream.name {
            strengths.push(Strength::OtherUpstream);
        }
        if self.card.family != other.card.family {
            strengths.push(Strength::OtherFamily);
        }
        strengths
    }
}

/// What the operator would write into the configuration to follow the plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// `[routes.models]`: the routes of each model that clients ask for.
    pub routes: BTreeMap<String, Vec<String>>,
    /// `[upstreams.NAME.models]`, only where a card calls a model retired that was found alive.
    pub names: BTreeMap<String, BTreeMap<String, String>>,
}

/// The lines of a configuration that follow these plans.
pub fn lines(upstreams: &[UpstreamRow], plans: &[Plan]) -> Lines {
    let mut lines = Lines::default();
    for plan in plans {
        let model = plan.r#use.model();
        let route = |choice: &Choice| {
            if choice.card == model {
                choice.upstream.clone()
            } else {
                format!("{}:{}", choice.upstream, choice.card)
            }
        };
        let answered =
            |choice: &&Choice| matches!(choice.verdict, Verdict::Usable | Verdict::CreditsInsufficient);
        let chosen = [&plan.a, &plan.b].into_iter().flatten().filter(answered);
        let routes: Vec<String> = chosen.map(route).collect();
        if !routes.is_empty() {
            lines.routes.insert(model.to_owned(), routes);
        }
    }
    let chosen = || plans.iter().flat_map(|plan| [&plan.a, &plan.b]).flatten();
    for upstream in upstreams {
        let was_called_retired = |choice: &Choice| {
            choice.upstream == upstream.name
                && matches!(choice.verdict, Verdict::Usable | Verdict::CreditsInsufficient)
                && upstream.models.iter().any(|row| row.card == choice.card && row.finding.since.is_some())
        };
        if chosen().any(was_called_retired) {
            // Who has names of its own is asked for nothing else, so all are named but those that are not there.
            let is_there =
                |row: &&ModelRow| !matches!(row.finding.verdict, Verdict::NotOffered | Verdict::Retired);
            let rows = upstream.models.iter().filter(is_there);
            let names = rows.map(|row| (row.card.clone(), row.model.clone())).collect();
            lines.names.insert(upstream.name.clone(), names);
        }
    }
    lines
}
