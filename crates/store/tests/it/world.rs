//! A store in a folder of its own, and tasks and attempts to put into it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use filmgate_domain::answer::Submitted;
use filmgate_domain::attempt::{Attempt, AttemptState, Repeat};
use filmgate_domain::audit;
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::Entry;
use filmgate_domain::request::{Form, Parameter, Promise, Request, Value};
use filmgate_domain::route::{Route, STUDIO};
use filmgate_domain::step::{Event, Step, step};
use filmgate_domain::task::{Film, Phase, Task};
use filmgate_domain::time::Timestamp;
use filmgate_store::{Claim, Leased, NewTask, NodeNumber, Payer, StepWrite, Store, StoreError, Which};

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Arc<Store>,
    next: AtomicU64,
}

pub(crate) const T0: Timestamp = Timestamp(1_795_305_600_000);
/// An upstream that is paid each time.
pub(crate) const KIE: &str = "kie";

impl World {
    pub(crate) fn new() -> Self {
        Self::on(tempfile::tempdir().unwrap())
    }

    /// On the database in a folder.
    pub(crate) fn on(folder: tempfile::TempDir) -> Self {
        let store = Arc::new(Store::open(folder.path()).unwrap());
        Self { folder, store, next: AtomicU64::new(1) }
    }

    /// A task that the studio makes.
    pub(crate) fn task(&self, price: i64) -> NewTask {
        self.task_by(&[STUDIO], price)
    }

    /// A task with these upstreams on its routes.
    pub(crate) fn task_by(&self, upstreams: &[&str], price: i64) -> NewTask {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let task = Task {
            id: TaskId::new(T0, u128::from(number)),
            account: 0,
            model: "sora-2-text-to-video".into(),
            upstream: upstreams[0].into(),
            price: Credits::whole(price),
            phase: Phase::Queued,
            attempts: 0,
            due: Some(T0),
            cancel_wished: false,
            created: T0,
            deadline: T0.after(86_400_000),
            finished: None,
        };
        let payer = Payer::Sandbox { name: "ada".into(), first_grant: Credits::whole(100) };
        let request = serde_json::to_string(&request(upstreams)).unwrap();
        NewTask { payer, task, request, node: None, key: None, once: None, is_listed: true }
    }

    /// Leases what is made here.
    pub(crate) async fn claim(&self, node: NodeNumber, now: Timestamp) -> Vec<Leased> {
        self.claim_which(node, now, Which::MadeHere).await
    }

    pub(crate) async fn claim_which(&self, node: NodeNumber, now: Timestamp, which: Which) -> Vec<Leased> {
        let claim = Claim { node, now, alive_since: now.after(-15_000), which, limit: 10 };
        self.store.claim(claim).await.unwrap()
    }

    /// Creates a task for the paid upstream, and the studio behind it, and leases it to node 1.
    pub(crate) async fn leased_elsewhere(&self, price: i64) -> Leased {
        let new = self.task_by(&[KIE, STUDIO], price);
        let id = new.task.id;
        self.store.create(new).await.unwrap();
        self.claim_which(1, T0, Which::Only(id)).await.remove(0)
    }

    /// Commits what follows from an event, and keeps the lease.
    pub(crate) async fn apply(
        &self,
        lease: &mut Leased,
        node: NodeNumber,
        event: Event,
    ) -> Result<(), StoreError> {
        let step = step(&lease.case, &event, T0.after(5)).unwrap();
        self.commit(lease, Some(node), step).await
    }

    /// Commits a step, whoever has decided it.
    pub(crate) async fn commit(
        &self,
        lease: &mut Leased,
        node: Option<NodeNumber>,
        step: Step,
    ) -> Result<(), StoreError> {
        let (task, attempt) = (step.task.clone(), step.attempt.clone());
        let (seq, version) = (lease.seq, lease.version);
        self.store.step(StepWrite { seq, version, node, step, now: T0.after(5) }).await?;
        lease.case.task = task;
        if let Some(attempt) = attempt {
            lease.case.attempts.retain(|known| known.number != attempt.number);
            lease.case.attempts.push(attempt);
            lease.case.attempts.sort_unstable_by_key(|attempt| attempt.number);
        }
        lease.version += 1;
        Ok(())
    }

    /// Begins the next attempt: in the studio it runs at once, elsewhere it is sent first.
    pub(crate) async fn begin(&self, lease: &mut Leased, node: NodeNumber, upstream: &str) {
        let (number, route) = (lease.case.task.attempts + 1, lease.case.next_route().unwrap());
        let begins = Attempt { route, ..attempt(number, upstream) };
        self.apply(lease, node, Event::Began(begins)).await.unwrap();
    }

    /// Takes a task in the studio from its lease to its film.
    pub(crate) async fn finish(&self, lease: &mut Leased, node: NodeNumber, made: Film) {
        self.begin(lease, node, STUDIO).await;
        let attempt = lease.case.task.attempts;
        self.apply(lease, node, Event::Made { attempt, key: made.key.clone(), cost: None }).await.unwrap();
        self.apply(lease, node, Event::Stored { attempt, film: made }).await.unwrap();
    }

    /// A connection past the store, to look at rows and to meddle with them.
    pub(crate) fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("filmgate.sqlite3")).unwrap()
    }

    pub(crate) fn assert_ledger_holds(&self) {
        assert_eq!(audit::violations(&self.store.facts().unwrap()), Vec::<String>::new());
    }
}

pub(crate) fn request(upstreams: &[&str]) -> Request {
    let route = |upstream: &&str| Route { upstream: (*upstream).into(), card: None, model: "m".into() };
    Request {
        model: "sora-2-text-to-video".into(),
        parameters: [(Parameter::Prompt, Value::Text("A cat".into()))].into(),
        form: Form::KieJobs,
        callback_url: None,
        scenario: None,
        on_doubt: None,
        routes: upstreams.iter().map(route).collect(),
        stops_on_failure: false,
        origin: None,
        film: Promise { width: 1280, height: 720, seconds: 10, frames_per_second: 24 },
    }
}

/// An attempt that begins.
pub(crate) fn attempt(number: u32, upstream: &str) -> Attempt {
    let here = upstream == STUDIO;
    Attempt {
        repeat: if here { Repeat::Safe } else { Repeat::Never },
        deadline: T0.after(200_000),
        state: if here { AttemptState::Running { job: None } } else { AttemptState::Sending },
        ..Attempt::begins(number, (0, upstream), T0)
    }
}

/// A step that writes an attempt as it is, and these entries, and leaves the task alone.
pub(crate) fn step_with(lease: &Leased, attempt: Attempt, entries: Vec<Entry>) -> Step {
    Step { task: lease.case.task.clone(), attempt: Some(attempt), entries, film: None, announced: None }
}

pub(crate) fn accepted(attempt: u32, job: &str) -> Event {
    let answer = Submitted::Accepted { job: job.into(), reading: None };
    Event::Submitted { attempt, answer, again: T0 }
}

pub(crate) fn film(number: u8) -> Film {
    Film { key: format!("{number:02x}").repeat(16), sha256: [number; 32], bytes: 1_000, copies: vec![] }
}
