//! Performs interviews: one free question after another, at a polite pace, each with its latency.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use filmgate_domain::catalogue::{Card, Catalogue, Dialect};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Asked, Form, Parameter, Request};
use filmgate_domain::route::{Offer, fits};
use filmgate_domain::survey::{
    Heard, Interview, InterviewLimits, Next, Question, SCHEMA, Says, Subject, Survey, Target, UpstreamRow,
    plans,
};
use filmgate_domain::time::Clock;
use filmgate_providers::adapter::{Order, Picture};
use filmgate_providers::facts;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::keep::Taken;
use crate::upstreams::Gate;

/// How many requests one upstream gets unless somebody says otherwise.
pub const REQUESTS_MAX: u32 = 20;
/// The words and the picture of a complete create, which `--verify-402` sends to an empty account.
pub const PROMPT: &str = "A calm sea at sunrise";
const PICTURE: &str = "https://example.com/picture.png";

/// What a survey may do.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The models to ask about: ids, aliases, patterns such as `veo*`, or an upstream's own names. Empty: all cards.
    pub models: Vec<String>,
    /// How many requests one upstream gets.
    pub requests_max: u32,
    /// Whether complete creates are sent to accounts that are empty.
    pub verify_402: bool,
    /// The time between two requests to one upstream.
    pub pace: Duration,
}

/// What everybody needs who asks.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The model cards.
    pub catalogue: &'a Catalogue,
    /// Tells days and latencies.
    pub clock: &'a dyn Clock,
    /// Who once took a create that should have been refused; written down before anything else is asked.
    pub taken: &'a Taken,
    /// Hears before each request: the upstream, how many were made, how many are still to come, whether it is a create.
    pub progress: &'a (dyn Fn(&str, usize, usize, bool) + Send + Sync),
}

/// Surveys these upstreams, one after another; a flag says which of them is another filmgate.
///
/// # Errors
/// When no card and no pattern of the terms can be meant.
pub async fn survey(desk: Desk<'_>, gates: &[(&Gate, bool)], terms: &Terms) -> anyhow::Result<Survey> {
    let at = desk.clock.now();
    let mut upstreams = Vec::new();
    for (gate, is_filmgate) in gates {
        let subject = subject(desk, (gate, *is_filmgate), &terms.models)?;
        upstreams.push(interviewed(desk, gate, subject, terms).await);
    }
    let plans = plans(&upstreams, desk.catalogue);
    let version = env!("CARGO_PKG_VERSION").to_owned();
    Ok(Survey { schema: SCHEMA, version, at, upstreams, plans, spent: Credits::ZERO, changes: None })
}

/// Who is asked about what.
fn subject(desk: Desk<'_>, (gate, is_filmgate): (&Gate, bool), models: &[String]) -> anyhow::Result<Subject> {
    let catalogue = desk.catalogue;
    let dialect = gate.offer.dialect;
    let mut targets = Vec::new();
    let offered = |card: &Card| Target::of(card, &gate.offer, is_filmgate);
    if models.is_empty() {
        targets = worth_asking(catalogue, &gate.offer, is_filmgate);
    }
    for name in models {
        let meant: Vec<&Card> = catalogue.cards().iter().filter(|card| fits(name, card)).collect();
        ensure!(!name.ends_with('*') || !meant.is_empty(), "no model's id begins like \"{name}\"");
        targets.extend(meant.iter().filter_map(|card| offered(card)));
        if meant.is_empty() {
            targets.push(Target::unknown(name, dialect));
        }
    }
    let mut known: Vec<String> = Vec::new();
    targets.retain(|target| {
        let is_new = !known.contains(&target.card);
        known.push(target.card.clone());
        is_new
    });
    let is_distrusted = desk.taken.by(&gate.remote.address());
    for target in &mut targets {
        target.fields =
            catalogue.find(&target.card).map(|card| facts::facts(card, dialect)).unwrap_or_default();
    }
    let address = gate.remote.address();
    let name = gate.offer.name.clone();
    Ok(Subject { name, dialect, is_filmgate, address, is_distrusted, targets })
}

/// The models that are surveyed unless some are named. An engine may have one name for several cards, which differ there in
/// nothing but whether they take a picture.
fn worth_asking(catalogue: &Catalogue, offer: &Offer, is_filmgate: bool) -> Vec<Target> {
    let mut cards: Vec<&Card> = catalogue.cards().iter().filter(|card| card.makes_films()).collect();
    if offer.dialect == Dialect::Openai {
        cards.retain(|card| card.parameters.contains_key(&Parameter::Prompt));
        cards.sort_by_key(|card| card.preference);
    }
    let mut targets = Vec::new();
    let mut kinds = Vec::new();
    for card in cards {
        // An engine would be asked for any card by our name for it, if a client wanted it.
        if offer.models.is_empty() && card.route(offer.dialect).is_none() {
            continue;
        }
        let Some(target) = Target::of(card, offer, is_filmgate) else { continue };
        let kind = (target.model.clone(), card.takes_words_alone(), card.pictures_max() > 0);
        if offer.dialect != Dialect::Openai || !kinds.contains(&kind) {
            kinds.push(kind);
            targets.push(target);
        }
    }
    targets
}

async fn interviewed(desk: Desk<'_>, gate: &Gate, subject: Subject, terms: &Terms) -> UpstreamRow {
    let limits = InterviewLimits { requests_max: terms.requests_max, verify_402: terms.verify_402 };
    let today = desk.clock.now().day();
    let mut pace = interval(terms.pace.max(Duration::from_millis(1)));
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut interview = Interview::new(subject, limits, today);
    loop {
        let (made, ahead) = interview.progress();
        let step = interview.next_step();
        pace.tick().await;
        if is_create(&step) {
            wait_for_place(desk, gate, &mut pace).await;
        }
        (desk.progress)(&gate.offer.name, made, ahead, is_create(&step));
        let at = desk.clock.now();
        let heard = match &step {
            Next::Done => return interview.row(),
            Next::Ask(question) => gate.remote.ask(question).await.unwrap_or_else(no_such_question),
            Next::Complete(target) => complete(desk, gate, interview.subject().targets.get(*target)).await,
        };
        let latency_ms = desk.clock.now().since_ms(at);
        if let Says::Created(job) = &heard.says {
            let request = &heard.request;
            tracing::error!(
                upstream = gate.offer.name,
                job,
                "ALERT: a create that should have been refused was taken: {request}"
            );
            desk.taken.note(&interview.subject().address, &format!("{request} became {job}"));
        }
        interview.hear(&step, heard, (at, latency_ms));
    }
}

fn is_create(step: &Next) -> bool {
    matches!(step, Next::Complete(_) | Next::Ask(Question::UnknownModel(_) | Question::Incomplete(_)))
}

/// Creates count in the upstream's own limit, also those that are refused, so they share the budget of the paid ones.
async fn wait_for_place(desk: Desk<'_>, gate: &Gate, pace: &mut Interval) {
    while gate.take(desk.clock.now()).is_err() {
        pace.tick().await;
    }
}

fn no_such_question() -> Heard {
    nothing_sent("the dialect has no such question")
}

fn nothing_sent(words: &str) -> Heard {
    Heard {
        says: Says::Invalid,
        request: "(nothing was sent)".into(),
        http_status: None,
        code: None,
        words: words.into(),
    }
}

/// Sends the smallest complete create of a target to an account that has just been found empty.
async fn complete(desk: Desk<'_>, gate: &Gate, target: Option<&Target>) -> Heard {
    let found = target.and_then(|target| Some((target, desk.catalogue.find(&target.card)?)));
    let Some((target, card)) = found else { return nothing_sent("no card says what a complete create is") };
    match smallest(card, PICTURE) {
        Err(error) => nothing_sent(&error.to_string()),
        Ok(request) => {
            let pictures: Vec<Picture> =
                request.texts(Parameter::Pictures).iter().cloned().map(Picture::Link).collect();
            let order = Order {
                model: &target.model,
                card,
                request: &request,
                pictures: &pictures,
                callback_url: None,
                token: "survey",
            };
            gate.remote.ask_complete(&order).await
        }
    }
}

/// The cheapest film of a card, as its own rules accept it.
pub(crate) fn smallest(card: &Card, picture: &str) -> anyhow::Result<Request> {
    let asked = asked(card, picture).with_context(|| format!("{} has no price", card.id))?;
    card.accept(asked).map(|accepted| accepted.request).map_err(anyhow::Error::msg)
}

/// The cheapest film of a card, as somebody at the command line would ask for it.
pub(crate) fn asked(card: &Card, picture: &str) -> Option<Asked> {
    let parameters = card.smallest(PROMPT, picture)?;
    let model = card.id.clone();
    Some(Asked::new(model, parameters, Form::Cli))
}

/// How many requests an upstream gets: a verification takes two more for each model, its balance and its create.
pub fn requests_max(given: Option<u32>, verify_402: bool, models: usize) -> u32 {
    let more = if verify_402 { 2 * u32::try_from(models).unwrap_or(0) } else { 0 };
    given.unwrap_or_else(|| REQUESTS_MAX.saturating_add(more))
}

/// How many of our cards an upstream of this dialect may be asked about.
pub fn models_max(catalogue: &Catalogue, dialect: Dialect) -> usize {
    catalogue.cards().iter().filter(|card| card.makes_films() && card.route(dialect).is_some()).count()
}
