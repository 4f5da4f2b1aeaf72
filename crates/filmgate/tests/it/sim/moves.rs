//! One move of a holder: driven until it has ended, is held up or dies, and judged by whether the task was its to decide.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use filmgate::worker::{Hold, Next, one_move};
use filmgate_domain::id::TaskId;
use filmgate_domain::task::Phase;
use filmgate_domain::time::Timestamp;
use filmgate_store::{NodeNumber, StoreError};

use super::auditor::Auditor;
use super::stage::{Driven, Work};
use super::world::{Holding, World};

/// Who waits for longer than this gives the task back until then, as workers do.
const KEEP_MS: i64 = 300_000;
/// A move that is held up in the middle.
pub(super) struct Moving {
    pub(super) node: NodeNumber,
    id: TaskId,
    pub(super) seq: i64,
    pub(super) node_is_dead: bool,
    /// Whether the lease was ours, and at which version, when it was last looked at.
    is_current: bool,
    version: i64,
    go: Arc<AtomicBool>,
    work: Work<(Hold, Result<Next, StoreError>)>,
}

impl World {
    /// One holder, living or not, makes one move; it may die in it.
    pub(super) async fn step(&mut self) {
        let now = self.now();
        let ready: Vec<usize> =
            (0..self.holdings.len()).filter(|held| self.holdings[*held].until <= now).collect();
        let Some(index) = self.one_of(&ready).copied() else {
            let soonest = self.holdings.iter().map(|held| held.until.since_ms(now)).min();
            self.stage.advance(soonest.unwrap_or_default().min(60_000));
            return;
        };
        let held = self.holdings.swap_remove(index);
        self.make(held).await;
    }

    pub(super) async fn make(&mut self, held: Holding) {
        let Holding { node, mut hold, node_is_dead, .. } = held;
        let (id, seq, version) = (hold.lease.case.task.id, hold.lease.seq, hold.lease.version);
        let app = Arc::clone(&self.app);
        let work: Work<_> = Box::pin(async move {
            let outcome = one_move(&app, node, &mut hold).await;
            (hold, outcome)
        });
        if self.dice(16) == 0 {
            self.stage.light_fuse(1 + self.dice(8));
        }
        let go = Arc::default();
        self.drive(Moving { node, id, seq, node_is_dead, is_current: true, version, go, work }).await;
    }

    /// Drives a move, and checks that only whoever holds the task has decided something.
    async fn drive(&mut self, mut moving: Moving) {
        let (id, node) = (moving.id, moving.node);
        let before = self.version(id);
        moving.is_current &= before == moving.version;
        let driven = self.stage.drive(&mut moving.work).await;
        moving.version = self.version(id);
        let has_decided = moving.version != before;
        assert!(!has_decided || moving.is_current, "a decision on an old version was let through");
        let heard = self.truth().heard();
        match driven {
            Driven::Died => {
                self.note(format!("{id}: its node died"));
                self.die(node);
            }
            Driven::Held(go) => {
                Auditor::heard(&self.app, heard);
                moving.go = go;
                self.held_up(moving);
            }
            Driven::Ended((hold, outcome)) => {
                Auditor::heard(&self.app, heard);
                self.moved(moving, hold, outcome).await;
            }
        }
    }

    fn version(&self, id: TaskId) -> i64 {
        self.app.store.record(id).unwrap().unwrap().version
    }

    /// A call takes its time: the process waits for it, or freezes, or dies.
    fn held_up(&mut self, moving: Moving) {
        let (id, node) = (moving.id, moving.node);
        // There are only so many places for calls, and nobody can wait for one here.
        let what =
            if self.moving.len() < 12 { ["waits", "freezes", "dies"][self.dice(3) as usize] } else { "dies" };
        self.note(format!("{id}: its node {what}"));
        self.moving.push(moving);
        match what {
            "freezes" => self.freeze(node),
            "dies" => self.die(node),
            _ => {}
        }
    }

    /// Somebody who was held up goes on, perhaps long after another one has taken the task over.
    pub(super) async fn thaw(&mut self) {
        if !self.moving.is_empty() {
            let index = self.dice(u32::try_from(self.moving.len()).unwrap()) as usize;
            let moving = self.moving.swap_remove(index);
            moving.go.store(true, Relaxed);
            self.saw("thawed");
            self.note(format!("{}: somebody goes on", moving.id));
            self.drive(moving).await;
        }
    }

    async fn moved(&mut self, moving: Moving, hold: Hold, outcome: Result<Next, StoreError>) {
        let Moving { node, id, node_is_dead, is_current, .. } = moving;
        let (now, task) = (self.now(), &hold.lease.case.task);
        let in_doubt = task.phase == Phase::InDoubt;
        let attempts = hold.lease.case.attempts.iter();
        let attempts: Vec<_> =
            attempts.map(|attempt| (&attempt.upstream, attempt.word(), attempt.awaited)).collect();
        self.chronicle.push(format!("{} {id} is {} {attempts:?}: {outcome:?}", now.0, task.phase.word()));
        let until = match outcome {
            Ok(Next::Again) => now,
            Ok(Next::Done) => return,
            Ok(Next::Wait(until)) => {
                assert!(until > now, "{id}: a wait that ends at once, {:?}", hold.lease.case);
                if in_doubt { until.min(now.after(1_000)) } else { until }
            }
            Err(StoreError::Fenced) => {
                assert!(!is_current, "{id}: a decision on the current version was refused");
                self.saw("fenced");
                return;
            }
            Err(error) => panic!("{id}: {error}"),
        };
        if until.since_ms(now) > KEEP_MS {
            self.give_back(&hold, until).await;
        } else {
            self.holdings.push(Holding { node, hold, until, node_is_dead });
        }
    }

    pub(super) async fn give_back(&self, hold: &Hold, until: Timestamp) {
        match self.app.store.give_back(hold.lease.seq, hold.lease.version, until).await {
            Ok(()) | Err(StoreError::Fenced) => {}
            Err(error) => panic!("{error}"),
        }
    }
}
