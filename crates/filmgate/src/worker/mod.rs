//! The one loop behind every task: lease what is due, advance it, wait for whatever comes first.

pub mod advance;
mod keep;
mod look;
mod render;
mod send;

use std::sync::Arc;
use std::time::Duration;

pub use advance::{Hold, Next, advance, one_move};
use filmgate_domain::id::TaskId;
use filmgate_domain::request::Form;
use filmgate_domain::task::Task;
use filmgate_store::{Claim, Leased, NodeNumber, StoreError, Which};
use tokio::task::JoinSet;

use crate::app::{App, LEASE_MS};

/// How often the heart beats and, as wake-ups are only hints, how often the store is asked without one.
const BEAT: Duration = Duration::from_secs(3);
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// How long submits that are on their way are waited for when the process is asked to stop; 30 s is the promise.
const LAST_ANSWERS: Duration = Duration::from_secs(20);
/// How often a server that pays upstreams counts on; a restored copy is recognised if it is older than this.
const COUNT: Duration = Duration::from_secs(30);
/// How many tasks are leased in one go, and how many that wait for upstreams are held at once.
const CLAIM_MAX: usize = 256;
const ELSEWHERE_MAX: usize = 20_000;

/// A process's share in the work.
pub struct Worker {
    app: Arc<App>,
    node: NodeNumber,
    renders: usize,
}

/// The work under way in this process: films made here need cores, films made elsewhere need only patience.
#[derive(Default)]
struct Busy {
    here: JoinSet<Result<(), StoreError>>,
    elsewhere: JoinSet<Result<(), StoreError>>,
}

impl Worker {
    /// A worker that makes at most `renders` films in this process at once.
    pub fn new(app: Arc<App>, node: NodeNumber, renders: usize) -> Self {
        Self { app, node, renders }
    }

    /// Leases at most `limit` tasks that are due.
    pub async fn claim(&self, which: Which, limit: usize) -> Result<Vec<Leased>, StoreError> {
        let now = self.app.now();
        let alive_since = self.app.heart.now().after(-LEASE_MS);
        self.app.store.claim(Claim { node: self.node, now, alive_since, which, limit }).await
    }

    /// Leases as much as there is room for. Whether there may be more.
    async fn fill(&self, which: Which, room: usize, set: &mut JoinSet<Result<(), StoreError>>) -> bool {
        let limit = room.saturating_sub(set.len()).min(CLAIM_MAX);
        if limit == 0 {
            return false;
        }
        match self.claim(which, limit).await {
            Ok(leased) => {
                let more = leased.len() == limit;
                for lease in leased {
                    let (app, node) = (Arc::clone(&self.app), self.node);
                    set.spawn(async move { advance(&app, node, lease).await });
                }
                more
            }
            Err(error) => {
                tracing::error!(%error, "tasks could not be leased");
                false
            }
        }
    }

    /// Leases and advances until `shutdown`. What is then being made is given back and made again by the next process.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let mut busy = Busy::default();
        let mut beat = tokio::time::interval(BEAT);
        let mut ask = tokio::time::interval(ASK_AGAIN);
        let pays = self.app.upstreams.all().next().is_some();
        // A process that makes no films and asks nobody leases nothing.
        let elsewhere_max = if pays || self.renders > 0 { ELSEWHERE_MAX } else { 0 };
        let mut count = tokio::time::interval(COUNT);
        let mut ask_elsewhere = true;
        loop {
            let more_here = self.fill(Which::MadeHere, self.renders, &mut busy.here).await;
            // Without an upstream there is seldom anything of the kind, and a look walks past all that waits for a core.
            let room = if pays || ask_elsewhere { elsewhere_max } else { 0 };
            ask_elsewhere = false;
            let more = self.fill(Which::MadeElsewhere, room, &mut busy.elsewhere).await || more_here;
            tokio::select! {
                () = &mut shutdown => break,
                // What failed has been logged and given back where it failed.
                Some(ended) = busy.here.join_next() => log_panic(ended.err()),
                Some(ended) = busy.elsewhere.join_next() => log_panic(ended.err()),
                () = self.app.wake.notified(), if busy.here.len() < self.renders || pays => {}
                () = std::future::ready(()), if more => {}
                _ = ask.tick() => ask_elsewhere = true,
                _ = beat.tick() => self.beat().await,
                _ = count.tick(), if pays => self.count().await,
            }
        }
        // A submit that is on its way is heard to its end, or it would be in doubt. No other one begins meanwhile.
        self.last_answers().await;
        busy.here.abort_all();
        busy.elsewhere.abort_all();
        if let Err(error) = self.app.store.leave(self.node).await {
            tracing::warn!(%error, "the leases could not be given back; they end by themselves");
        }
    }

    /// Advances one task until it has ended, or waits while somebody else does. Other tasks are left alone.
    pub async fn see_through(
        &self,
        id: TaskId,
        mut lease: Option<Leased>,
    ) -> Result<Option<Task>, StoreError> {
        let work = async {
            let mut ask = tokio::time::interval(Duration::from_millis(250));
            loop {
                if let Some(lease) = lease.take() {
                    advance(&self.app, self.node, lease).await?;
                }
                let Some(record) = self.app.store.record(id)? else { return Ok(None) };
                if record.task.phase.is_terminal() {
                    return Ok(Some(record.task));
                }
                // What came in through a server is made by a server, with its settings; here it is only waited for.
                if record.request.form == Form::Cli {
                    lease = self.claim(Which::Only(id), 1).await?.pop();
                }
                if lease.is_none() {
                    ask.tick().await;
                }
            }
        };
        tokio::pin!(work);
        let mut beat = tokio::time::interval(BEAT);
        loop {
            tokio::select! {
                ended = &mut work => return ended,
                _ = beat.tick() => self.beat().await,
            }
        }
    }

    /// Waits until no submit is on its way, or for as long as a process may take to end. The heart beats meanwhile.
    pub async fn last_answers(&self) {
        let all_answered = tokio::time::timeout(LAST_ANSWERS, self.app.submits.write());
        tokio::pin!(all_answered);
        let mut beat = tokio::time::interval(BEAT);
        loop {
            tokio::select! {
                answered = &mut all_answered => {
                    if answered.is_err() {
                        tracing::warn!("a submit was not answered in time; it is in doubt and will be looked for");
                    }
                    return;
                }
                _ = beat.tick() => self.beat().await,
            }
        }
    }

    /// Says, in the database and beside it, that work went on: a copy that knows of less is recognised as one.
    async fn count(&self) {
        if let Err(error) = self.app.store.begin().await {
            tracing::warn!(%error, "the beginnings could not be counted");
        }
    }

    async fn beat(&self) {
        if let Err(error) = self.app.store.beat(self.node, self.app.heart.now()).await {
            tracing::warn!(%error, "the heartbeat failed");
        }
    }
}

fn log_panic(error: Option<tokio::task::JoinError>) {
    if let Some(error) = error {
        tracing::error!(%error, "a task's advance stopped; its lease ends with this process");
    }
}
