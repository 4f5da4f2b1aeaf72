//! The simulated world: nodes that lease, move, die, freeze and come back as zombies, until everything has come to its end.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use filmgate::Random;
use filmgate::app::{App, LEASE_MS};
use filmgate::worker::Hold;
use filmgate_domain::time::Timestamp;
use filmgate_store::{Claim, NodeNumber, Which};

use super::auditor::Auditor;
use super::moves::Moving;
use super::stage::Stage;
use super::truth::Truth;

/// How long everything may take to come to its end: an hour in small steps, then three weeks in large ones.
const STEPS: [(usize, i64); 2] = [(30, 120_000), (130, 4 * 3_600_000)];
/// After so many of these steps nothing bad happens any more.
const CALM_AFTER: usize = 60;

/// A node's claim to a task. The dead keep theirs: a process that was only frozen comes back with it.
pub(super) struct Holding {
    pub(super) node: NodeNumber,
    pub(super) hold: Hold,
    /// Nothing is to be done before then.
    pub(super) until: Timestamp,
    pub(super) node_is_dead: bool,
}

pub(crate) struct World {
    pub(super) app: Arc<App>,
    pub(super) stage: Arc<Stage>,
    pub(super) truth: Arc<Mutex<Truth>>,
    draw: Random,
    pub(crate) auditor: Auditor,
    /// What has been seen, to know that the lives are worth something.
    pub(crate) seen: BTreeMap<&'static str, u64>,
    nodes: Vec<NodeNumber>,
    pub(super) holdings: Vec<Holding>,
    pub(super) moving: Vec<Moving>,
    /// What happened, in words, to compare two lives of one seed.
    pub(crate) chronicle: Vec<String>,
    _folder: tempfile::TempDir,
}

impl World {
    pub(super) fn of(
        app: Arc<App>,
        (stage, truth): (Arc<Stage>, Arc<Mutex<Truth>>),
        draw: Random,
        folder: tempfile::TempDir,
    ) -> Self {
        Self {
            app,
            stage,
            truth,
            draw,
            auditor: Auditor::default(),
            seen: BTreeMap::new(),
            nodes: vec![],
            holdings: vec![],
            moving: vec![],
            chronicle: vec![],
            _folder: folder,
        }
    }

    /// Lives through `moves` random moves and then lets everything come to its end. Returns how many tasks ended.
    pub(crate) async fn live(&mut self, moves: usize) -> u64 {
        for _ in 0..moves {
            match self.dice(48) {
                0..=1 => self.create().await,
                2 if self.dice(2) == 0 => self.cancel().await,
                2 if self.dice(4) == 0 => self.restart().await,
                3..=5 => self.pass(),
                6 => self.kill(),
                7 => self.leave().await,
                8..=13 => self.claim().await,
                14..=15 => self.call_back().await,
                16..=17 => self.order().await,
                18..=20 => self.thaw().await,
                _ => self.step().await,
            }
            self.audit();
        }
        self.settle().await;
        self.auditor.ended()
    }

    /// Something has been seen that not every life sees.
    pub(super) fn saw(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    pub(super) fn truth(&self) -> MutexGuard<'_, Truth> {
        self.truth.lock().unwrap()
    }

    pub(super) fn dice(&self, sides: u32) -> u32 {
        u32::try_from(self.draw.bits() % u128::from(sides)).unwrap()
    }

    pub(super) fn one_of<'a, T>(&self, items: &'a [T]) -> Option<&'a T> {
        let count = u32::try_from(items.len()).unwrap();
        (count > 0).then(|| &items[self.dice(count) as usize])
    }

    pub(super) fn note(&mut self, what: String) {
        self.chronicle.push(what);
    }

    pub(super) fn now(&self) -> Timestamp {
        self.stage.time()
    }

    fn audit(&mut self) {
        let truth = self.truth.lock().unwrap();
        self.auditor.check(&self.app, &truth, self.stage.time());
    }

    /// Mostly seconds pass, now and then minutes.
    fn pass(&self) {
        let most_ms = if self.dice(10) == 0 { 300_000 } else { 20_000 };
        self.stage.advance(i64::from(self.dice(most_ms)));
    }

    /// The process freezes: its heart stops, its claims stay behind, and it may come back.
    fn kill(&mut self) {
        if let Some(node) = self.nodes.pop() {
            self.freeze(node);
            self.note("a node froze".into());
        }
    }

    pub(super) fn freeze(&mut self, node: NodeNumber) {
        self.nodes.retain(|living| *living != node);
        self.holdings.iter_mut().filter(|held| held.node == node).for_each(|held| held.node_is_dead = true);
        self.moving
            .iter_mut()
            .filter(|moving| moving.node == node)
            .for_each(|moving| moving.node_is_dead = true);
    }

    /// The process dies: whatever it was about ends right there, and only its leases stay behind.
    pub(super) fn die(&mut self, node: NodeNumber) {
        self.nodes.retain(|living| *living != node);
        self.holdings.retain(|held| held.node != node);
        self.moving.retain(|moving| moving.node != node);
        self.saw("deaths");
    }

    /// The machine restarts: every process dies, and the next server knows that it is alone.
    async fn restart(&mut self) {
        self.nodes.clear();
        self.holdings.clear();
        self.moving.clear();
        self.app.store.leave_role("serve", self.now()).await.unwrap();
        self.saw("restarts");
    }

    async fn leave(&mut self) {
        if self.nodes.len() > 1 {
            let node = self.nodes.remove(0);
            self.app.store.leave(node).await.unwrap();
            // What it was asking is not waited for any longer; what it held comes back as a zombie.
            self.moving.retain(|moving| moving.node != node);
            self.freeze(node);
            self.note("a node left".into());
        }
    }

    pub(super) async fn beat(&self) {
        for node in &self.nodes {
            self.app.store.beat(*node, self.now()).await.unwrap();
        }
    }

    pub(super) async fn claim(&mut self) {
        let now = self.now();
        if self.nodes.len() < 2 {
            let node = self.app.node_number();
            self.app.store.join(node, "serve", now).await.unwrap();
            self.nodes.push(node);
        }
        self.beat().await;
        let node = *self.one_of(&self.nodes).unwrap();
        for which in [Which::MadeHere, Which::MadeElsewhere] {
            let claim = Claim { node, now, alive_since: now.after(-LEASE_MS), which, limit: 3 };
            for lease in self.app.store.claim(claim).await.unwrap() {
                let holds = |held: &Holding| held.hold.lease.seq == lease.seq && !held.node_is_dead;
                let moves = |moving: &Moving| moving.seq == lease.seq && !moving.node_is_dead;
                let is_held = self.holdings.iter().any(holds) || self.moving.iter().any(moves);
                // Who cancels a queued task or ends a doubt from outside takes the lease from whoever has it.
                let task = &lease.case.task;
                assert!(!is_held || task.phase.is_terminal(), "{}: leased to two living nodes", task.id);
                self.holdings.push(Holding { node, hold: Hold::new(lease), until: now, node_is_dead: false });
            }
        }
    }

    /// Time passes and one node works until nothing can come of any task any more; none may be left behind. Whoever was held
    /// up goes on at last, and for some days everybody can still die.
    async fn settle(&mut self) {
        self.holdings.clear();
        while !self.nodes.is_empty() {
            self.kill();
        }
        let steps = STEPS.iter().flat_map(|(steps, step_ms)| std::iter::repeat_n(*step_ms, *steps));
        for (step, step_ms) in steps.enumerate() {
            if step == CALM_AFTER {
                self.stage.calm();
            }
            self.stage.advance(step_ms);
            self.call_back().await;
            self.thaw().await;
            self.audit();
            self.work_off().await;
            self.audit();
            if self.auditor.all_rest() && self.moving.is_empty() {
                return self.close();
            }
        }
        panic!("tasks were left behind");
    }

    fn close(&mut self) {
        let truth = self.truth.lock().unwrap();
        let seen = self.auditor.close(&self.app, &truth, self.stage.time());
        for what in seen {
            *self.seen.entry(what).or_default() += 1;
        }
    }

    /// Everything that is due now is done, and whoever waits gives back.
    async fn work_off(&mut self) {
        for _ in 0..200 {
            self.claim().await;
            if self.holdings.is_empty() {
                return;
            }
            while let Some(held) = self.holdings.pop() {
                if held.until > self.now() {
                    self.give_back(&held.hold, held.until).await;
                } else {
                    let id = held.hold.lease.case.task.id;
                    self.make(held).await;
                    let truth = self.truth.lock().unwrap();
                    self.auditor.check_one(&self.app, id, (&truth, self.stage.time()));
                }
            }
        }
        panic!("the work of one moment has no end");
    }
}

impl Drop for World {
    /// Whoever looks into a failure wants to know what came before it.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let newest = self.chronicle.len().saturating_sub(80);
            self.chronicle[newest..].iter().for_each(|line| eprintln!("{line}"));
        }
    }
}
