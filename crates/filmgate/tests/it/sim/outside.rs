//! Everybody outside: clients who create and cancel, upstreams that call back, an operator who decides.

use std::sync::Arc;

use filmgate::service::caller::Caller;
use filmgate::service::tasks::{self, Accepted};
use filmgate::worker::{Hold, advance};
use filmgate_domain::answer::{Evidence, Order};
use filmgate_domain::attempt::{Attempt, AttemptState};
use filmgate_domain::delivery::Event;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::id::TaskId;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_store::{Claim, NewEndpoint, Record, Which};

use super::world::World;
use filmgate::app::LEASE_MS;

const SCENARIOS: [&str; 6] = ["", "", "", " [[fail]]", " [[slow]]", " [[stuck]]"];
/// Each has routes of its own.
pub(crate) const MODELS: [&str; 3] =
    ["sora-2-text-to-video", "sora-2-text-to-video-stable", "sora-2-pro-text-to-video"];
pub(crate) const POLICIES: [OnDoubt; 4] =
    [OnDoubt::Park, OnDoubt::Fail, OnDoubt::NextRoute, OnDoubt::Resubmit];
/// As the callback endpoint has it.
const JOBS_MAX: usize = 4;

impl World {
    pub(super) async fn create(&mut self) {
        let client = self.dice(3);
        let key = format!("client-{client}");
        // One client says the same again and again, so that jobs can be mistaken for one another.
        let prompts = if client == 0 { 2 } else { 60 };
        let prompt = format!("{} cats{}", self.dice(prompts), SCENARIOS[self.dice(6) as usize]);
        let parameters = Parameters::from([
            (Parameter::Prompt, Value::Text(prompt)),
            (Parameter::Seconds, Value::Integer(if self.dice(2) == 0 { 10 } else { 15 })),
        ]);
        let asked = Asked {
            model: self.one_of(&MODELS).unwrap().to_string(),
            parameters,
            form: Form::KieJobs,
            callback_url: (client != 1).then(|| "https://client.example/cb".to_owned()),
            scenario: None,
            on_doubt: (self.dice(4) == 0).then(|| *self.one_of(&POLICIES).unwrap()),
            origin: None,
        };
        let caller = Caller::find(&self.app, Some(&key), None).unwrap();
        if let Ok(Accepted { id, .. }) = tasks::accept(&self.app, &caller, asked).await {
            let record = self.app.store.record(id).unwrap().expect("accepted is durable");
            let receivers = self.receivers(client, record.task.account).await;
            self.auditor.accepted(id, record.task.price, receivers);
            self.note(format!("{key} created {id}"));
        } else {
            self.note(format!("{key} was refused"));
        }
    }

    /// One client has a callback, one an endpoint, one has both.
    async fn receivers(&self, client: u32, account: i64) -> Vec<i64> {
        let mut receivers = if client == 1 { vec![] } else { vec![0] };
        let mut endpoints = self.app.store.endpoints(account).unwrap();
        if client > 0 && endpoints.is_empty() {
            let new = NewEndpoint {
                id: format!("we_{client}"),
                account,
                name: String::new(),
                url: "https://endpoint.example/".into(),
                events: Event::ALL.to_vec(),
                secret: String::new(),
            };
            endpoints.push(self.app.store.create_endpoint(new, self.now()).await.unwrap());
        }
        receivers.extend(endpoints.iter().map(|endpoint| endpoint.number));
        receivers
    }

    fn some_task(&self) -> Option<TaskId> {
        self.one_of(&self.auditor.ids()).copied()
    }

    pub(super) async fn cancel(&mut self) {
        if let Some(id) = self.some_task() {
            let task = self.app.store.cancel(id, self.now()).await.unwrap().unwrap();
            self.note(format!("{id} cancelled: {}", task.phase.word()));
        }
    }

    /// An upstream calls back about a job, or somebody who knows a token names one that is another's or nobody's.
    pub(super) async fn call_back(&mut self) {
        let Some((token, job)) = self.call() else { return };
        let place = self.app.store.attempt_by_token(token).unwrap().unwrap();
        let known = self.app.store.known(place.seq).unwrap();
        let named = known.iter().filter(|known| known.attempt == place.attempt);
        let named = named.filter_map(|known| match &known.evidence {
            Evidence::CalledBack { job } => Some(job),
            _ => None,
        });
        let named: Vec<&String> = named.collect();
        let (now, store) = (self.now(), &self.app.store);
        if !named.contains(&&job) && named.len() < JOBS_MAX {
            let evidence = Evidence::CalledBack { job: job.clone() };
            store.evidence(place.seq, place.attempt, &evidence, now).await.unwrap();
        } else {
            store.look_now(place.seq, now).await.unwrap();
        }
        self.saw("callbacks");
        self.note(format!("{}: a callback names {job}", place.id));
        self.news(place.id);
    }

    fn call(&self) -> Option<(u128, String)> {
        let truth = self.truth();
        let (id, job) = truth.some_job().filter(|(_, job)| job.manner.is_kie)?;
        let named = match self.dice(6) {
            0 => truth.some_job()?.0.clone(),
            1 => "a job of nobody's".to_owned(),
            _ => id.clone(),
        };
        Some((job.token, named))
    }

    /// Whoever works on the task in the process that learned of it looks at once.
    fn news(&mut self, id: TaskId) {
        let now = self.now();
        for held in self.holdings.iter_mut().filter(|held| held.hold.lease.case.task.id == id) {
            held.hold.pace.look_now();
            held.until = now;
        }
    }

    /// The operator decides about a doubt, as `filmgate tasks resolve` lets her.
    pub(super) async fn order(&mut self) {
        let doubts: Vec<(Record, Attempt)> =
            self.auditor.ids().into_iter().filter_map(|id| self.doubt(id)).collect();
        let Some((record, attempt)) = self.one_of(&doubts) else { return };
        let order = match self.dice(3) {
            0 if attempt.awaited => Order::Fail,
            1 if attempt.awaited => Order::Resubmit,
            _ => match self.to_adopt(record, attempt) {
                Some(job) => Order::Adopt { job },
                None => return,
            },
        };
        self.saw("orders");
        self.note(format!("{}: the operator decides {order:?}", record.task.id));
        let now = self.now();
        self.app.store.evidence(record.seq, attempt.number, &Evidence::Ordered(order), now).await.unwrap();
        // Sometimes her own process acts on it at once, if nobody holds the task.
        if self.dice(2) == 0 {
            let (node, id) = (self.app.node_number(), record.task.id);
            self.beat().await;
            self.app.store.join(node, "cli", now).await.unwrap();
            let claim =
                Claim { node, now, alive_since: now.after(-LEASE_MS), which: Which::Only(id), limit: 1 };
            if let Some(lease) = self.app.store.claim(claim).await.unwrap().pop() {
                advance::hear(&Arc::clone(&self.app), node, Hold::new(lease)).await.unwrap();
            }
            self.app.store.leave(node).await.unwrap();
        }
    }

    fn doubt(&self, id: TaskId) -> Option<(Record, Attempt)> {
        let record = self.app.store.record(id).unwrap().unwrap();
        let attempts = self.app.store.attempts(record.seq).unwrap();
        let doubtful = attempts.into_iter().rev().find(|attempt| attempt.state == AttemptState::Doubtful);
        doubtful.map(|attempt| (record, attempt))
    }

    /// The job that the operator believes to be this attempt, if nothing that can be checked speaks against it.
    fn to_adopt(&self, record: &Record, attempt: &Attempt) -> Option<String> {
        let (truth, now) = (self.truth(), self.now());
        let right = truth.jobs.iter().find(|(_, job)| job.token == attempt.token);
        let (id, job) = if self.dice(3) == 0 { truth.some_job() } else { right }?;
        let is_there = job.manner.name == attempt.upstream && job.has_record(now);
        let is_others = job.manner.is_kie && job.token != attempt.token
            // Whoever looks at a list compares prompts.
            || job.prompt != filmgate_providers::openai::prompt(&record.request);
        let is_taken =
            self.app.store.job_is_taken(&attempt.upstream, id, (record.seq, attempt.number)).unwrap();
        (is_there && !is_others && !is_taken).then(|| id.clone())
    }
}
