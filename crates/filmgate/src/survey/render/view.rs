//! What the sections of a report look up in a survey.

use filmgate_domain::catalogue::{Card, Dialect, Documented};
use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Choice, Exchange, Finding, ModelRow, Survey, UpstreamRow, Verdict};

use super::{Lang, Report};

/// A report about to be written.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) report: &'a Report<'a>,
    pub(super) survey: &'a Survey,
    pub(super) lang: Lang,
}

/// Who an account is with, which decides where it is filled and where its keys are looked after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seller {
    Kie,
    Filmgate,
    Engine,
}

impl Seller {
    pub(super) fn of(upstream: &UpstreamRow) -> Self {
        match upstream.dialect {
            Dialect::Kie if !upstream.is_filmgate => Self::Kie,
            _ if upstream.is_filmgate => Self::Filmgate,
            _ => Self::Engine,
        }
    }
}

impl<'a> View<'a> {
    pub(super) fn of(report: &'a Report<'a>) -> Self {
        Self { report, survey: report.survey, lang: report.lang }
    }

    /// Every model row with its upstream.
    pub(super) fn rows(self) -> impl Iterator<Item = (&'a UpstreamRow, &'a ModelRow)> {
        let of = |upstream: &'a UpstreamRow| upstream.models.iter().map(move |row| (upstream, row));
        self.survey.upstreams.iter().flat_map(of)
    }

    /// What a plan chose, with its row.
    pub(super) fn chosen(self, choice: &Choice) -> Option<(&'a UpstreamRow, &'a ModelRow)> {
        let is_it = |(upstream, row): &(&UpstreamRow, &ModelRow)| {
            upstream.name == choice.upstream && row.card == choice.card
        };
        self.rows().find(is_it)
    }

    /// All choices of all plans with their rows, plan A first, each once.
    pub(super) fn choices(self) -> Vec<(&'a Choice, &'a UpstreamRow, &'a ModelRow)> {
        let plans = &self.survey.plans;
        let all = plans
            .iter()
            .filter_map(|plan| plan.a.as_ref())
            .chain(plans.iter().filter_map(|plan| plan.b.as_ref()));
        let mut choices: Vec<(&Choice, &UpstreamRow, &ModelRow)> = Vec::new();
        for choice in all {
            let is_there = choices
                .iter()
                .any(|(other, ..)| other.upstream == choice.upstream && other.card == choice.card);
            if let Some((upstream, row)) = self.chosen(choice).filter(|_| !is_there) {
                choices.push((choice, upstream, row));
            }
        }
        choices
    }

    pub(super) fn card(self, row: &ModelRow) -> Option<&'a Card> {
        self.report.catalogue.find(&row.card)
    }

    /// The family as people write it: `sora-2` is Sora 2. What no card is about has none.
    pub(super) fn family(self, row: &ModelRow) -> Option<String> {
        let (name, rest) = self.card(row)?.family.split_once('-').unwrap_or((&self.card(row)?.family, ""));
        let mut letters = name.chars();
        let first: String = letters.next()?.to_uppercase().collect();
        Some(format!("{first}{} {}", letters.as_str(), rest).trim_end().to_owned())
    }

    /// How well a model was documented on the day of the survey.
    pub(super) fn documented(self, row: &ModelRow) -> Option<Documented> {
        row.documentation.as_ref().map(|page| page.on(self.survey.at.day()))
    }
}

/// The price of the cheapest film, where the upstream is paid in credits. An engine's price is known to nobody here.
pub(super) fn price(upstream: &UpstreamRow, row: &ModelRow) -> Option<Credits> {
    row.price.filter(|_| upstream.dialect != Dialect::Openai)
}

/// How many films the balance buys, of a model that can be had.
pub(super) fn films(upstream: &UpstreamRow, row: &ModelRow) -> Option<i64> {
    row.films.filter(|_| price(upstream, row).is_some() && !row.finding.verdict.is_out())
}

/// What is missing for the cheapest film, where both are known and the verdict is that it is too little.
pub(super) fn missing(upstream: &UpstreamRow, row: &ModelRow) -> Option<Credits> {
    let (balance, price) = (upstream.balance?, price(upstream, row)?);
    let is_short = row.finding.verdict == Verdict::CreditsInsufficient && balance < price;
    is_short.then(|| Credits(price.0.saturating_sub(balance.0)))
}

/// The exchange that says most about a model: the nearest to a real order.
pub(super) fn deciding<'a>(upstream: &'a UpstreamRow, finding: &Finding) -> Option<&'a Exchange> {
    const NEAREST_FIRST: [&str; 5] =
        ["complete_create", "incomplete_create", "unknown_model", "record", "models"];
    let place = |exchange: &&Exchange| {
        NEAREST_FIRST
            .iter()
            .position(|question| *question == exchange.question)
            .unwrap_or(NEAREST_FIRST.len())
    };
    let evidence = upstream.exchanges.iter().filter(|exchange| finding.evidence.contains(&exchange.number));
    evidence.min_by_key(place)
}

/// Groups of things that are alike, in the order of their first members.
pub(super) fn grouped<K: PartialEq, T>(things: impl IntoIterator<Item = (K, T)>) -> Vec<(K, Vec<T>)> {
    let mut groups: Vec<(K, Vec<T>)> = Vec::new();
    for (key, thing) in things {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, members)) => members.push(thing),
            None => groups.push((key, vec![thing])),
        }
    }
    groups
}

/// Names in their order, each once: an engine has one name for several cards.
pub(super) fn once_each(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut once = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}
