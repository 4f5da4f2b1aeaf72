//! The simulated world: nodes that lease, move, die and come back as zombies; clients that create and cancel.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use filmgate::app::{App, Dev, LEASE_MS};
use filmgate::config::{Config, Source};
use filmgate::service::caller::Caller;
use filmgate::service::tasks;
use filmgate::worker::one_move;
use filmgate::{ManualClock, Random};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_domain::route::RoutePolicy;
use filmgate_domain::time::Timestamp;
use filmgate_store::{Claim, Leased, NodeNumber, StoreError};

use super::auditor::Auditor;
use super::upstream::{GroundTruth, Scripted};

const T0: Timestamp = Timestamp(1_795_305_600_000);
const SCENARIOS: [&str; 6] = ["", "", "", " [[fail]]", " [[slow]]", " [[stuck]]"];

/// A node's claim to a task. The dead keep theirs: a process that was only frozen comes back with it.
struct Holding {
    node: NodeNumber,
    lease: Leased,
    node_is_dead: bool,
}

pub(crate) struct World {
    app: App,
    clock: Arc<ManualClock>,
    draw: Random,
    auditor: Auditor,
    truth: Arc<Mutex<GroundTruth>>,
    nodes: Vec<NodeNumber>,
    holdings: Vec<Holding>,
    /// What happened, in words, to compare two lives of one seed.
    pub(crate) chronicle: Vec<String>,
    _folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Source { data: Some(folder.path().to_owned()), ..Source::default() };
        let config = Config::load(source, Some(&empty_file(folder.path()))).unwrap();
        let dev = Dev { first_grant: Credits::whole(400), only_key: None, speed: 1 };
        let clock = Arc::new(ManualClock::new(T0));
        let parts = (NonZeroUsize::MIN, Arc::clone(&clock) as _, Random::seeded(seed));
        let mut app = App::with_clock(&config, Some(dev), RoutePolicy::studio(), parts).unwrap();
        let truth = Arc::new(Mutex::new(GroundTruth::default()));
        app.studio = Box::new(Scripted { random: Random::seeded(seed ^ 0xF11A), truth: Arc::clone(&truth) });
        let (draw, auditor, chronicle) = (Random::seeded(seed ^ 0xD1CE), Auditor::default(), Vec::new());
        Self { app, clock, draw, auditor, truth, nodes: vec![], holdings: vec![], chronicle, _folder: folder }
    }

    /// Lives through `moves` random moves and then lets everything come to its end. Returns how many tasks ended.
    pub(crate) async fn live(&mut self, moves: usize) -> u64 {
        for _ in 0..moves {
            match self.dice(12) {
                0..=2 => self.create().await,
                3 => self.cancel().await,
                4 => self.clock.advance(i64::from(self.dice(40_000))),
                5 => self.kill(),
                6 => self.leave().await,
                7..=8 => self.claim().await,
                _ => self.step().await,
            }
            self.auditor.check(&self.app);
        }
        self.settle().await;
        let truth = self.truth.lock().unwrap();
        self.chronicle.push(format!("{} made, {} faulted", truth.made, truth.faulted));
        self.auditor.ended()
    }

    fn dice(&self, sides: u32) -> u32 {
        u32::try_from(self.draw.bits() % u128::from(sides)).unwrap()
    }

    fn note(&mut self, what: String) {
        self.chronicle.push(what);
    }

    async fn create(&mut self) {
        let key = format!("client-{}", self.dice(3));
        let prompt = format!("a cat{}", SCENARIOS[self.dice(6) as usize]);
        let seconds = if self.dice(2) == 0 { 10 } else { 15 };
        let parameters = Parameters::from([
            (Parameter::Prompt, Value::Text(prompt)),
            (Parameter::Seconds, Value::Integer(seconds)),
        ]);
        let model = "sora-2-text-to-video".to_owned();
        let asked = Asked { model, parameters, form: Form::KieJobs, callback_url: None, scenario: None };
        let caller = Caller::find(&self.app, Some(&key), None).unwrap();
        if let Ok(id) = tasks::accept(&self.app, &caller, asked).await {
            let record = self.app.store.record(id).unwrap().expect("accepted is durable");
            self.auditor.accepted(id, record.task.price);
            self.note(format!("{key} created {id}"));
        } else {
            self.note(format!("{key} was refused"));
        }
    }

    async fn cancel(&mut self) {
        let ids = self.auditor.ids();
        if !ids.is_empty() {
            let id = ids[self.dice(u32::try_from(ids.len()).unwrap()) as usize];
            let task = self.app.store.cancel(id, self.clock_now()).await.unwrap().unwrap();
            self.note(format!("{id} cancelled: {}", task.phase.word()));
        }
    }

    fn clock_now(&self) -> Timestamp {
        self.app.now()
    }

    /// The process dies or freezes: its heart stops, its claims stay behind.
    fn kill(&mut self) {
        if let Some(node) = self.nodes.pop() {
            self.holdings
                .iter_mut()
                .filter(|held| held.node == node)
                .for_each(|held| held.node_is_dead = true);
            self.note("a node died".into());
        }
    }

    async fn leave(&mut self) {
        if self.nodes.len() > 1 {
            let node = self.nodes.remove(0);
            self.app.store.leave(node).await.unwrap();
            self.holdings
                .iter_mut()
                .filter(|held| held.node == node)
                .for_each(|held| held.node_is_dead = true);
            self.note("a node left".into());
        }
    }

    async fn claim(&mut self) {
        let now = self.clock_now();
        if self.nodes.len() < 2 {
            let node = self.app.node_number();
            self.app.store.join(node, "serve", now).await.unwrap();
            self.nodes.push(node);
        }
        for node in &self.nodes {
            self.app.store.beat(*node, now).await.unwrap();
        }
        let node = self.nodes[self.dice(u32::try_from(self.nodes.len()).unwrap()) as usize];
        let claim = Claim { node, now, alive_since: now.after(-LEASE_MS), only: None, limit: 3 };
        for lease in self.app.store.claim(claim).await.unwrap() {
            let living = self.holdings.iter().any(|held| held.lease.seq == lease.seq && !held.node_is_dead);
            assert!(!living, "a task was leased to two living nodes");
            self.holdings.push(Holding { node, lease, node_is_dead: false });
        }
    }

    /// One holder, living or not, makes one move. Whoever was taken over must be fenced.
    async fn step(&mut self) {
        if self.holdings.is_empty() {
            return;
        }
        let index = self.dice(u32::try_from(self.holdings.len()).unwrap()) as usize;
        let mut held = self.holdings.swap_remove(index);
        let id = held.lease.task.id;
        let before = self.app.store.record(id).unwrap().unwrap();
        let is_current = before.version == held.lease.version;
        match one_move(&self.app, held.node, &mut held.lease).await {
            Ok(goes_on) => {
                assert!(is_current, "a decision on an old version was let through");
                self.note(format!("{id} is {}", held.lease.task.phase.word()));
                if goes_on {
                    self.holdings.push(held);
                }
            }
            Err(StoreError::Fenced) => {
                assert!(!is_current, "a decision on the current version was refused");
                self.note(format!("{id}: a zombie was fenced"));
            }
            Err(error) => panic!("{id}: {error}"),
        }
    }

    /// Time passes and one node works until every task has ended; none may be left behind.
    async fn settle(&mut self) {
        self.holdings.clear();
        self.nodes.clear();
        for _ in 0..400 {
            self.clock.advance(3_600_000);
            for _ in 0..8 {
                self.claim().await;
                while !self.holdings.is_empty() {
                    self.step().await;
                }
            }
            self.auditor.check(&self.app);
            if self.auditor.all_ended() {
                return;
            }
        }
        panic!("tasks were left behind");
    }
}

fn empty_file(folder: &std::path::Path) -> std::path::PathBuf {
    let path = folder.join("empty.toml");
    std::fs::write(&path, "").unwrap();
    path
}
