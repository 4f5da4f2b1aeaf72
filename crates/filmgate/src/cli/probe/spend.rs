//! `--spend`: the smallest real film of each chosen model, through the pay-once path, with the cost that was really taken.

use std::sync::Arc;

use filmgate_domain::answer::{Cause, Evidence, Reading};
use filmgate_domain::attempt::{AttemptState, End};
use filmgate_domain::case::Case;
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Asked, Parameter, Value};
use filmgate_domain::route::{Offer, RouteName, RoutePolicy};
use filmgate_domain::survey::{Certainty, Incident, ModelRow, Reason, Survey, Verdict};
use filmgate_domain::task::Phase;
use filmgate_providers::pictures::STORED_PICTURE;
use filmgate_store::Leased;

use super::super::session::{self, Wait};
use super::super::{Everywhere, Failure, output};
use super::choose::Chosen;
use crate::app::App;
use crate::config::Config;
use crate::service::retry::Retry;
use crate::service::tasks::{self, NewlyAccepted};
use crate::survey::ask;

/// How long a film is waited for; its task goes on.
const PATIENCE_S: u64 = 1_800;
/// A small picture of ours, for models that begin with one.
const PICTURE: &[u8] = include_bytes!("../../../../../docs/cat.jpg");

/// What films are ordered with.
pub(super) struct Spender<'a> {
    pub(super) everywhere: &'a Everywhere,
    pub(super) config: &'a Config,
    pub(super) chosen: &'a [Chosen],
}

impl Spender<'_> {
    /// Makes the films, one after another, and puts what they cost into the survey.
    ///
    /// # Errors
    /// When a film's fate is unknown: then nothing more is spent, and the survey says what was found until then.
    pub(super) fn spend(
        &self,
        survey: &mut Survey,
        budget: Credits,
        models: &[String],
    ) -> Result<(), Failure> {
        for (upstream, row) in orders(survey, models) {
            let of_name = |chosen: &&Chosen| chosen.config.offer.name == upstream;
            let Some(chosen) = self.chosen.iter().find(of_name) else { continue };
            let left = Credits(budget.0.saturating_sub(survey.spent.0));
            let Some(price) = row.price.filter(|price| *price <= left) else {
                let card = &row.card;
                output::note(&format!("{card} at {upstream}: {left} credits of the budget are not enough"));
                continue;
            };
            let card = &row.card;
            output::note(&format!(
                "{card} at {upstream}: one film for about {price} credits, which are real money there"
            ));
            let spent = self.film(survey, chosen, &row)?;
            survey.spent.0 = survey.spent.0.saturating_add(spent.0);
            if spent > price {
                output::note(&format!("  it took {spent} credits, and its card says {price}"));
            }
        }
        Ok(())
    }

    /// One film, put into its row; what it cost, as far as the upstream says.
    fn film(&self, survey: &mut Survey, chosen: &Chosen, row: &ModelRow) -> Result<Credits, Failure> {
        let mut config = chosen.ordering(self.config);
        let name = chosen.config.offer.name.clone();
        // Under the very name that was asked about, also where a card calls it retired.
        let models = [(row.card.clone(), row.model.clone())].into_iter().collect();
        let offer = Offer { models, ..chosen.config.offer.clone() };
        for upstream in &mut config.upstreams {
            upstream.offer = offer.clone();
        }
        let route = RouteName { upstream: name.clone(), card: None };
        let policy = RoutePolicy { default: vec![route], offers: vec![offer], ..RoutePolicy::default() };
        let app = session::open_with(&config, policy)?;
        let everywhere = Everywhere {
            data: Some(config.data),
            config: self.everywhere.config.clone(),
            json: self.everywhere.json,
        };
        session::runtime()?.block_on(async {
            let balance = read_balance(&app, &name).await;
            let node = session::join(&app).await?;
            // Leased from the beginning, so that no server beside this command sends it.
            let NewlyAccepted { task, request, seq, .. } =
                tasks::accept_local(&app, asked(&app, row)?, (Some(node), &Retry::default())).await?;
            let id = task.id;
            output::note(&format!("  task {id}"));
            let case = Case { task, attempts: vec![], request };
            let lease = Some(Leased { seq, version: 0, case, taken_over: false });
            let wait = Wait { id, lease, timeout_s: Some(PATIENCE_S) };
            let task = match session::see_through(&app, &everywhere, node, wait).await {
                Ok(task) => task,
                Err(failure) => {
                    let command = everywhere.command(&format!("tasks wait {id}"));
                    ordered(
                        survey,
                        (&name, row),
                        &Incident::Ordered {
                            task: id.to_string(),
                            model: row.model.clone(),
                            price: row.price.unwrap_or_default(),
                            command,
                        },
                    );
                    return Err(failure);
                }
            };
            if let Phase::Failed(failure) = &task.phase {
                output::note(&format!("  it failed ({}): {}", failure.code, failure.text));
            }
            let after = read_balance(&app, &name).await;
            let taken = balance.zip(after).map(|(before, after)| Credits(before.0.saturating_sub(after.0)));
            // Who tops up meanwhile hides what was taken.
            let cost = said_cost(&app, seq)?.or(taken).filter(|cost| *cost >= Credits::ZERO);
            let came = task.phase == Phase::Succeeded;
            let cost = cost.or_else(|| row.price.filter(|_| came)).unwrap_or_default();
            let refusal = refusal(&app, seq)?;
            note(survey, (&name, row), (cost, came, after), refusal);
            Ok(cost)
        })
    }
}

/// The rows to be tried: those that were found usable and are chosen, or plan A's.
fn orders(survey: &Survey, models: &[String]) -> Vec<(String, ModelRow)> {
    let plan_a = survey.plans.first().and_then(|plan| plan.a.as_ref());
    let mut orders = Vec::new();
    for upstream in &survey.upstreams {
        let may_work = |row: &&ModelRow| {
            row.finding.verdict == Verdict::Usable || row.finding.reason == Reason::AsksAndBalanceUnknown
        };
        for row in upstream.models.iter().filter(may_work) {
            let is_plan_a =
                plan_a.is_some_and(|choice| choice.upstream == upstream.name && choice.card == row.card);
            if !models.is_empty() || is_plan_a {
                orders.push((upstream.name.clone(), row.clone()));
            }
        }
    }
    orders
}

fn asked(app: &App, row: &ModelRow) -> Result<Asked, Failure> {
    let card = app.catalogue.find(&row.card);
    let no_card = || Failure::Usage(format!("no card says what a film of {} is", row.card));
    let mut asked = card.and_then(|card| ask::asked(card, "")).ok_or_else(no_card)?;
    if let Some(pictures) = asked.parameters.get_mut(&Parameter::Pictures) {
        let name = app.films.keep_picture(PICTURE).map_err(|error| Failure::Other(error.into()))?;
        *pictures = Value::Texts(vec![format!("{STORED_PICTURE}{name}")]);
    }
    Ok(asked)
}

async fn read_balance(app: &Arc<App>, upstream: &str) -> Option<Credits> {
    app.upstreams.get(upstream)?.read_balance(app.now()).await?.ok()
}

/// What the upstream's own record says that it took.
fn said_cost(app: &App, seq: i64) -> Result<Option<Credits>, Failure> {
    let known = app.store.known(seq)?;
    Ok(known.iter().rev().find_map(|known| match &known.evidence {
        Evidence::Read(Reading::Made { cost, .. } | Reading::Failed { cost, .. }) => *cost,
        _ => None,
    }))
}

/// Why the upstream turned the order down, where it did.
fn refusal(app: &App, seq: i64) -> Result<Option<Cause>, Failure> {
    let attempts = app.store.attempts(seq)?;
    Ok(attempts.iter().rev().find_map(|attempt| match &attempt.state {
        AttemptState::Ended(End::Refused(setback)) => Some(setback.cause),
        _ => None,
    }))
}

/// Puts into the row what was spent and what came of it, and into its upstream what the balance is now.
fn note(
    survey: &mut Survey,
    (upstream, ordered): (&str, &ModelRow),
    (cost, came, balance): (Credits, bool, Option<Credits>),
    refusal: Option<Cause>,
) {
    let (verdict, reason) = match refusal {
        _ if came => (Verdict::Usable, Reason::FilmMade),
        Some(Cause::NoBalance) => (Verdict::CreditsInsufficient, Reason::Said),
        Some(Cause::Paused) => (Verdict::Paused, Reason::Said),
        Some(Cause::KeyRefused) => (Verdict::KeyRefused, Reason::Said),
        Some(Cause::NotPermitted) => (Verdict::NotPermitted, Reason::Said),
        Some(Cause::Maintenance) => (Verdict::Maintenance, Reason::Said),
        Some(Cause::Unsupported) => (Verdict::NotOffered, Reason::Said),
        _ => (Verdict::NotVerified, Reason::FilmFailed),
    };
    for row in survey.upstreams.iter_mut().filter(|row| row.name == upstream) {
        row.balance = balance.or(row.balance);
        for model in &mut row.models {
            let price = model.price.filter(|price| *price > Credits::ZERO);
            model.films =
                balance.zip(price).map(|(balance, price)| (balance.0 / price.0).max(0)).or(model.films);
            if model.card == ordered.card {
                model.spent = Some(cost);
                let is_known = verdict != Verdict::NotVerified;
                let certainty = if is_known { Certainty::Verified } else { Certainty::Unknown };
                (model.finding.verdict, model.finding.certainty, model.finding.reason) =
                    (verdict, certainty, reason);
            }
        }
    }
}

/// Notes an order whose end is not known.
fn ordered(survey: &mut Survey, (upstream, ordered): (&str, &ModelRow), incident: &Incident) {
    for row in survey.upstreams.iter_mut().filter(|row| row.name == upstream) {
        row.incidents.push(incident.clone());
        for model in row.models.iter_mut().filter(|model| model.card == ordered.card) {
            let finding = &mut model.finding;
            (finding.verdict, finding.certainty, finding.reason) =
                (Verdict::NotVerified, Certainty::Unknown, Reason::Ordered);
        }
    }
}
