//! The interview with one upstream: which question comes next, when to stop, and the row that comes of it.

use std::collections::{BTreeMap, VecDeque};

use super::judge::{Certainty, Facts, Finding, Reason, Verdict, judge};
use super::report::{EndpointRow, Exchange, Incident, ModelRow, UpstreamRow};
use super::subject::{Endpoint, Heard, Incomplete, NoQuestion, Question, Says, Subject, Target};
use crate::catalogue::Dialect;
use crate::credits::Credits;
use crate::time::{Day, Timestamp};

/// How far an interview may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterviewLimits {
    /// How many requests the upstream gets at most.
    pub requests_max: u32,
    /// Whether complete creates may be sent while the balance just read is exactly 0.
    pub verify_402: bool,
}

/// What an interview wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask this, which is free.
    Ask(Question),
    /// Send the smallest complete create of this target, once: the balance just read is 0.
    Complete(usize),
    /// Nothing more.
    Done,
}

/// An interview under way. Pure: whoever holds it asks, and tells what was heard.
pub struct Interview {
    subject: Subject,
    limits: InterviewLimits,
    today: Day,
    ahead: VecDeque<Next>,
    exchanges: Vec<Exchange>,
    whole: Option<Finding>,
    balance: Option<(Credits, u32)>,
    listed: Option<(Vec<String>, u32)>,
    records: BTreeMap<Endpoint, (Says, u32)>,
    controls: BTreeMap<Endpoint, (Says, u32)>,
    incompletes: BTreeMap<String, (Says, u32)>,
    completes: BTreeMap<String, (Says, u32)>,
    incidents: Vec<Incident>,
    limit_reached: bool,
}

impl Interview {
    /// An interview about all of the subject's targets.
    pub fn new(subject: Subject, limits: InterviewLimits, today: Day) -> Self {
        let ahead = script(&subject, limits.verify_402);
        Self {
            subject,
            limits,
            today,
            ahead,
            exchanges: Vec::new(),
            whole: None,
            balance: None,
            listed: None,
            records: BTreeMap::new(),
            controls: BTreeMap::new(),
            incompletes: BTreeMap::new(),
            completes: BTreeMap::new(),
            incidents: Vec::new(),
            limit_reached: false,
        }
    }

    /// Who is interviewed.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// How many requests were made, and how many at most are still to come.
    pub fn progress(&self) -> (usize, usize) {
        (self.exchanges.len(), self.ahead.iter().filter(|next| self.makes_sense(next)).count())
    }

    /// What to do next; each answer must be told to [`hear`](Self::hear) before this is asked again.
    pub fn next_step(&mut self) -> Next {
        while let Some(next) = self.ahead.pop_front() {
            // A balance is of no use where no complete create comes after it.
            let is_idle =
                matches!(self.ahead.front(), Some(Next::Complete(target)) if !self.is_open(*target));
            if !self.makes_sense(&next) || (next == Next::Ask(Question::Balance) && is_idle) {
                continue;
            }
            if self.exchanges.len() >= self.limits.requests_max as usize {
                self.limit_reached = true;
                break;
            }
            return next;
        }
        self.ahead.clear();
        Next::Done
    }

    /// Whether the step can still teach something, and may be taken.
    fn makes_sense(&self, next: &Next) -> bool {
        if self.whole.is_some() {
            return false;
        }
        let creates_stop = self.creates_stop();
        match next {
            Next::Done => false,
            Next::Ask(Question::UnknownModel(_)) => !creates_stop,
            Next::Ask(Question::Incomplete(incomplete)) => {
                !creates_stop && !self.incompletes.contains_key(incomplete.model())
            }
            Next::Complete(target) => {
                let is_zero = self.balance.is_some_and(|(balance, number)| {
                    balance == Credits::ZERO && number as usize == self.exchanges.len()
                });
                is_zero && !creates_stop && self.is_open(*target)
            }
            // The second balance and all later ones stand before a complete create.
            Next::Ask(Question::Balance) => {
                self.balance_was_not_read()
                    || self.balance.is_some_and(|(balance, _)| balance == Credits::ZERO)
            }
            Next::Ask(Question::Identity | Question::Models | Question::Record(_)) => true,
        }
    }

    fn creates_stop(&self) -> bool {
        self.subject.is_distrusted || !self.incidents.is_empty()
    }

    fn balance_was_not_read(&self) -> bool {
        self.exchanges.iter().all(|exchange| exchange.question != Question::Balance.word())
    }

    /// Whether a complete create could still say more of this target's model.
    fn is_open(&self, target: usize) -> bool {
        let Some(Target { model, .. }) = self.subject.targets.get(target) else { return false };
        let asks = self.incompletes.get(model).is_none_or(|(says, _)| *says == Says::FieldMissing);
        asks && !self.completes.contains_key(model)
    }

    /// Hears the answer to the last step.
    pub fn hear(&mut self, step: &Next, heard: Heard, (at, latency_ms): (Timestamp, i64)) {
        let number = u32::try_from(self.exchanges.len()).unwrap_or(u32::MAX).saturating_add(1);
        let says = heard.says.clone();
        if let Some(whole) = self.of_whole(step, &says, number) {
            self.whole = Some(whole);
        }
        self.learn(step, &heard, number);
        self.exchanges.push(Exchange {
            number,
            question: word(step).to_owned(),
            request: heard.request,
            says: shortened(says),
            http_status: heard.http_status,
            code: heard.code,
            words: heard.words,
            latency_ms,
            at,
        });
    }

    /// What an answer says of the whole upstream or key, if it may speak for all of it.
    fn of_whole(&self, step: &Next, says: &Says, number: u32) -> Option<Finding> {
        let earlier = self.exchanges.last().map(|exchange| &exchange.says);
        let is_first = earlier.is_none();
        let speaks_for_all = match (step, says) {
            (Next::Ask(Question::Identity), Says::Answered) => false,
            (Next::Ask(Question::Identity), _) | (_, Says::Maintenance) => true,
            // The list of models has limits and rights of its own.
            (Next::Ask(Question::Models), Says::RateLimited | Says::KeyLimited) => is_first,
            (_, Says::RateLimited | Says::KeyLimited) => true,
            (step, Says::KeyRefused) => is_first || is_create(step),
            (_, Says::Unreachable) => is_first || earlier == Some(&Says::Unreachable),
            // One path may be missing; the first two say that this is another service.
            (_, Says::NotThisApi) => {
                self.exchanges.len() == 1 && matches!(earlier, Some(Says::Unreachable | Says::NotThisApi))
            }
            _ => false,
        };
        let unreachable =
            || Finding::new(Verdict::Unreachable, Certainty::Verified, Reason::Said, vec![number]);
        speaks_for_all.then(|| Finding::of_whole(says, number).unwrap_or_else(unreachable))
    }

    fn learn(&mut self, step: &Next, heard: &Heard, number: u32) {
        let answer = (heard.says.clone(), number);
        let mut model = String::new();
        match step {
            Next::Ask(Question::Balance) => {
                self.balance = match heard.says {
                    Says::Balance(balance) => Some((balance, number)),
                    _ => None,
                };
            }
            Next::Ask(Question::Models) => {
                if let Says::Models(listed) = &heard.says {
                    self.listed = Some((listed.clone(), number));
                }
            }
            Next::Ask(Question::Identity) => {}
            Next::Ask(Question::Record(endpoint)) => drop(self.records.insert(*endpoint, answer)),
            Next::Ask(Question::UnknownModel(endpoint)) => drop(self.controls.insert(*endpoint, answer)),
            Next::Ask(Question::Incomplete(incomplete)) => {
                incomplete.model().clone_into(&mut model);
                self.incompletes.insert(model.clone(), answer);
            }
            Next::Complete(target) => {
                let target = self.subject.targets.get(*target);
                model = target.map(|target| target.model.clone()).unwrap_or_default();
                self.completes.insert(model.clone(), answer);
            }
            Next::Done => {}
        }
        if is_create(step) && is_lost(heard) {
            self.incidents.push(Incident::Lost { model: model.clone(), exchange: number });
        }
        if let Says::Created(job) = &heard.says {
            self.incidents.push(Incident::Created { job: job.clone(), model, exchange: number });
        }
    }

    /// The row of this upstream.
    pub fn row(self) -> UpstreamRow {
        let models = (0..self.subject.targets.len()).map(|target| self.model_row(target)).collect();
        let endpoints = self.endpoint_rows();
        let Self { subject, exchanges, whole, balance, listed, incidents, .. } = self;
        UpstreamRow {
            name: subject.name,
            dialect: subject.dialect,
            is_filmgate: subject.is_filmgate,
            address: subject.address,
            state: whole,
            balance: balance.map(|(balance, _)| balance),
            endpoints,
            models,
            listed: listed.map(|(listed, _)| listed),
            is_distrusted: subject.is_distrusted,
            incidents,
            exchanges,
        }
    }

    fn model_row(&self, index: usize) -> ModelRow {
        let target = &self.subject.targets[index];
        let answer = |(says, number): &'_ (Says, u32)| (says.clone(), *number);
        let complete = self.completes.get(&target.model).map(answer);
        let incomplete = self.incompletes.get(&target.model).map(answer);
        let decisive = complete.as_ref().or(incomplete.as_ref()).map(|(_, number)| *number);
        let is_lost = self.incidents.iter().any(
            |incident| matches!(incident, Incident::Lost { exchange, .. } if Some(*exchange) == decisive),
        );
        let facts = Facts {
            today: Some(self.today),
            whole: self.whole.as_ref(),
            balance: self.balance,
            listed: self.listed.as_ref().map(|(listed, number)| (listed.as_slice(), *number)),
            record: self.records.get(&target.endpoint).map(|(says, number)| (says, *number)),
            control: self.controls.get(&target.endpoint).map(|(says, number)| (says, *number)),
            incomplete: incomplete.as_ref().map(|(says, number)| (says, *number)),
            complete: complete.as_ref().map(|(says, number)| (says, *number)),
            is_lost,
            limit_reached: self.limit_reached,
            creates_stop: self.creates_stop(),
            list_is_partial: self.list_is_partial(target.endpoint),
        };
        let finding = judge(target, &facts);
        let films = self
            .balance
            .zip(target.price)
            .and_then(|((balance, _), price)| (price > Credits::ZERO).then(|| (balance.0 / price.0).max(0)));
        ModelRow {
            card: target.card.clone(),
            model: target.model.clone(),
            endpoint: target.endpoint,
            finding,
            price: target.price,
            films,
            documentation: target.documentation.clone(),
            seconds: target.seconds.clone(),
            sizes: target.sizes.clone(),
            fields: target.fields.clone(),
            spent: None,
        }
    }

    /// Whether the upstream's list misses a model of this endpoint that was found on.
    fn list_is_partial(&self, endpoint: Endpoint) -> bool {
        let Some((listed, _)) = &self.listed else { return false };
        let is_on = |model: &String| {
            let says =
                self.completes.get(model).or_else(|| self.incompletes.get(model)).map(|(says, _)| says);
            matches!(says, Some(Says::FieldMissing | Says::NoBalance | Says::Created(_)))
        };
        let models = self.subject.targets.iter().filter(|target| target.endpoint == endpoint);
        models.map(|target| &target.model).any(|model| is_on(model) && !listed.contains(model))
    }

    fn endpoint_rows(&self) -> Vec<EndpointRow> {
        let row = |endpoint: Endpoint| {
            let (record, control) = (self.records.get(&endpoint), self.controls.get(&endpoint));
            let of_record = record.and_then(|(says, _)| answers(says));
            let of_control = control.and_then(|(says, _)| answers(says));
            let is_there = of_record.or(of_control);
            let verdict = match (is_there, &self.whole) {
                (Some(true), _) => Verdict::Usable,
                (Some(false), _) => Verdict::NotOffered,
                (None, Some(whole)) => whole.verdict,
                (None, None) => Verdict::NotVerified,
            };
            EndpointRow {
                endpoint,
                verdict,
                answers: is_there,
                tells_models_apart: control.and_then(|(says, _)| match says {
                    Says::UnknownModel => Some(true),
                    Says::Invalid | Says::FieldMissing => Some(false),
                    _ => None,
                }),
                evidence: [record, control].into_iter().flatten().map(|(_, number)| *number).collect(),
            }
        };
        endpoints(&self.subject.targets).into_iter().map(row).collect()
    }
}

/// Whether an answer shows the endpoint's API; some answers say nothing of it.
fn answers(says: &Says) -> Option<bool> {
    match says {
        Says::UnknownTask
        | Says::UnknownModel
        | Says::Answered
        | Says::FieldMissing
        | Says::Invalid
        | Says::Paused => Some(true),
        Says::NotThisApi => Some(false),
        _ => None,
    }
}

/// Every question of the interview in its order: cheap and telling ones first.
fn script(subject: &Subject, verify_402: bool) -> VecDeque<Next> {
    let is_kie = subject.dialect == Dialect::Kie;
    let incompletes: Vec<_> =
        subject.targets.iter().filter_map(|target| target.incomplete.clone().ok()).collect();
    let mut questions = vec![];
    questions.extend(subject.is_filmgate.then_some(Question::Identity));
    questions.extend(is_kie.then_some(Question::Balance));
    questions.push(Question::Models);
    questions.extend(endpoints(&subject.targets).into_iter().map(Question::Record));
    // A control is of no use where nothing is compared with it.
    let mut controls: Vec<Endpoint> = incompletes.iter().map(Incomplete::endpoint).collect();
    controls.sort_unstable();
    controls.dedup();
    questions.extend(controls.into_iter().map(Question::UnknownModel));
    questions.extend(incompletes.into_iter().map(Question::Incomplete));
    let mut script: VecDeque<Next> = questions.into_iter().map(Next::Ask).collect();
    if verify_402 && is_kie {
        for (index, target) in subject.targets.iter().enumerate() {
            // What a complete create is, a card says.
            if target.incomplete != Err(NoQuestion::NoCard) {
                script.extend([Next::Ask(Question::Balance), Next::Complete(index)]);
            }
        }
    }
    script
}

fn endpoints(targets: &[Target]) -> Vec<Endpoint> {
    let mut endpoints: Vec<Endpoint> = targets.iter().map(|target| target.endpoint).collect();
    endpoints.sort_unstable();
    endpoints.dedup();
    endpoints
}

fn is_create(step: &Next) -> bool {
    matches!(step, Next::Complete(_) | Next::Ask(Question::UnknownModel(_) | Question::Incomplete(_)))
}

fn word(step: &Next) -> &'static str {
    match step {
        Next::Ask(question) => question.word(),
        Next::Complete(_) => "complete_create",
        Next::Done => "",
    }
}

/// A long list of models is told once, by the row, and not again by the exchange.
fn shortened(says: Says) -> Says {
    match says {
        Says::Models(_) => Says::Models(Vec::new()),
        says => says,
    }
}

/// Whether nobody knows if the upstream has a create.
fn is_lost(heard: &Heard) -> bool {
    matches!(heard.says, Says::Lost | Says::Answered)
}
