//! The one loop behind every task: lease what is due, advance it, wait for whatever comes first.

mod advance;

use std::sync::Arc;
use std::time::Duration;

pub use advance::{advance, one_move};
use filmgate_domain::id::TaskId;
use filmgate_domain::request::Form;
use filmgate_domain::task::Task;
use filmgate_store::{Claim, Leased, NodeNumber, StoreError};
use tokio::task::JoinSet;

use crate::app::{App, LEASE_MS};
use crate::service::tasks;

/// How often the heart beats and, as wake-ups are only hints, how often the store is asked without one.
const BEAT: Duration = Duration::from_secs(3);
const ASK_AGAIN: Duration = Duration::from_secs(1);

/// A process's share in the work.
pub struct Worker {
    app: Arc<App>,
    node: NodeNumber,
    slots: usize,
}

impl Worker {
    /// A worker that makes at most `slots` films at once.
    pub fn new(app: Arc<App>, node: NodeNumber, slots: usize) -> Self {
        Self { app, node, slots }
    }

    /// Leases at most `limit` tasks that are due.
    pub async fn claim(&self, only: Option<TaskId>, limit: usize) -> Result<Vec<Leased>, StoreError> {
        let now = self.app.now();
        let alive_since = self.app.heart.now().after(-LEASE_MS);
        self.app.store.claim(Claim { node: self.node, now, alive_since, only, limit }).await
    }

    /// Leases and advances until `shutdown`. What is then being made is given back and made again by the next process.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let mut busy = JoinSet::new();
        let mut beat = tokio::time::interval(BEAT);
        let mut ask = tokio::time::interval(ASK_AGAIN);
        loop {
            let free = self.slots.saturating_sub(busy.len());
            if free > 0 {
                match self.claim(None, free).await {
                    Ok(leased) => leased.into_iter().for_each(|lease| {
                        let (app, node) = (Arc::clone(&self.app), self.node);
                        busy.spawn(async move { advance(&app, node, lease).await });
                    }),
                    Err(error) => tracing::error!(%error, "tasks could not be leased"),
                }
            }
            tokio::select! {
                () = &mut shutdown => break,
                Some(ended) = busy.join_next() => {
                    // What failed has been logged and given back where it failed.
                    if let Err(error) = ended {
                        tracing::error!(%error, "a task's advance stopped; its lease ends with this process");
                    }
                }
                () = self.app.wake.notified(), if free > 0 => {}
                _ = ask.tick() => {}
                _ = beat.tick() => self.beat().await,
            }
        }
        busy.abort_all();
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
                if tasks::request(&record)?.form == Form::Cli {
                    lease = self.claim(Some(id), 1).await?.pop();
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

    async fn beat(&self) {
        if let Err(error) = self.app.store.beat(self.node, self.app.heart.now()).await {
            tracing::warn!(%error, "the heartbeat failed");
        }
    }
}
