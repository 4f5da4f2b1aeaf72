//! Telling clients: deliveries are leased, signed, posted through the guard, and tried again until the receiver has them.

pub(crate) mod message;
pub mod progress;

use std::sync::Arc;
use std::time::Duration;

use filmgate_domain::delivery::{self, Outcome, Verdict};
use filmgate_domain::scenario::Scenario;
use filmgate_domain::time::Timestamp;
use filmgate_providers::guard::{FetchError, Limits};
use filmgate_store::{DeliveryClaim, LeasedDelivery, NodeNumber, StoreError, Try};
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinSet;

use self::message::Message;
use crate::app::{App, LEASE_MS};

/// How many are under way at once: in all, of one account to one host, of all accounts to one host, and of one account.
const UNDER_WAY_MAX: usize = 64;
const PER_HOST_MAX: usize = 4;
const PER_HOST_IN_ALL_MAX: usize = 16;
const PER_ACCOUNT_MAX: usize = 16;
/// A receiver's words are not wanted; so much of them is read that its connection ends well.
const REPLY_BYTES_MAX: u64 = 1_024;
/// How many tests of endpoints are under way at once.
const TESTS_MAX: usize = 16;
const BEAT: Duration = Duration::from_secs(3);
/// How often the store is asked although nobody said that there is something new.
const ASK_AGAIN_MS: i64 = 1_000;

/// What the rest of the process and the deliveries share.
pub struct Webhooks {
    /// Rung when there is something to tell.
    pub announced: Notify,
    /// Places for tests of endpoints.
    pub tests: Semaphore,
    /// Who wants news of progress.
    pub progress: progress::Progress,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            announced: Notify::new(),
            tests: Semaphore::new(TESTS_MAX),
            progress: progress::Progress::default(),
        }
    }
}

/// A process's share in the deliveries, as a node of its own.
pub struct Deliverer {
    app: Arc<App>,
    node: NodeNumber,
}

impl Deliverer {
    /// A deliverer for a node that has joined.
    pub fn new(app: Arc<App>, node: NodeNumber) -> Self {
        Self { app, node }
    }

    /// Delivers until `shutdown`, and then hears what is under way to its end.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        tokio::pin!(shutdown);
        let mut under_way = JoinSet::new();
        let mut beat = tokio::time::interval(BEAT);
        let mut stops = false;
        while !(stops && under_way.is_empty()) {
            let next_due = if stops { None } else { self.fill(&mut under_way).await };
            tokio::select! {
                () = &mut shutdown, if !stops => stops = true,
                Some(ended) = under_way.join_next() => log_panic(ended.err()),
                () = self.app.webhooks.announced.notified(), if !stops => {}
                () = self.pause(next_due) => {}
                _ = beat.tick() => self.beat().await,
            }
        }
        if let Err(error) = self.app.store.leave(self.node).await {
            tracing::warn!(%error, "the deliveries could not be given back; their leases end by themselves");
        }
    }

    /// Leases as many as there is room for. When the next one is due, as far as that is known.
    async fn fill(&self, under_way: &mut JoinSet<()>) -> Option<Timestamp> {
        let mut from = None;
        loop {
            let limit = UNDER_WAY_MAX.saturating_sub(under_way.len());
            if limit == 0 {
                return None;
            }
            let claim = DeliveryClaim {
                node: self.node,
                now: self.app.now(),
                alive_since: self.app.heart.now().after(-LEASE_MS),
                limit,
                per_host: PER_HOST_MAX,
                per_host_in_all: PER_HOST_IN_ALL_MAX,
                per_account: PER_ACCOUNT_MAX,
                from,
            };
            let claimed = self.app.store.claim_deliveries(claim).await.inspect_err(|error| {
                tracing::error!(%error, "deliveries could not be leased");
            });
            let claimed = claimed.ok()?;
            for lease in claimed.leased {
                let app = Arc::clone(&self.app);
                under_way.spawn(async move { deliver(&app, &lease).await });
            }
            if claimed.look_on.is_none() {
                return claimed.next_due;
            }
            from = claimed.look_on;
        }
    }

    /// Waits for the next one, on the clock, and never long.
    async fn pause(&self, next_due: Option<Timestamp>) {
        let speed = self.app.dev.as_ref().map_or(1, |dev| i64::from(dev.speed)).max(1);
        let wait_ms = next_due.map_or(ASK_AGAIN_MS, |due| due.since_ms(self.app.now()) / speed);
        let pause = Duration::from_millis(wait_ms.clamp(1, ASK_AGAIN_MS).unsigned_abs());
        drop(tokio::time::timeout(pause, std::future::pending::<()>()).await);
    }

    async fn beat(&self) {
        if let Err(error) = self.app.store.beat(self.node, self.app.heart.now()).await {
            tracing::warn!(%error, "the heartbeat of the deliveries failed");
        }
    }
}

/// Makes one try and keeps what came of it.
pub async fn deliver(app: &App, lease: &LeasedDelivery) {
    let began = app.heart.now();
    let (outcome, scenario) = match Message::of(app, lease) {
        Ok(Some((message, scenario))) => (post(app, message).await, scenario),
        Ok(None) => (Outcome::Pointless("its task or its endpoint is gone".into()), None),
        Err(error) => (Outcome::Fault(format!("the store failed: {error}")), None),
    };
    let took_ms = app.heart.now().since_ms(began);
    // Told by its end on the clock of tasks, which may be a faster one: the try belongs among their moments.
    let at = app.now().after(-took_ms);
    keep(app, lease, (outcome, scenario), Try { at, took_ms, status: None, fault: None }).await;
}

/// Posts a message. Receivers have so many seconds, whatever they do meanwhile.
pub(crate) async fn post(app: &App, message: Message) -> Outcome {
    match send(app, message).await {
        Ok((status, retry_after_s)) => Outcome::Answered { status, retry_after_s },
        Err(FetchError::Unavailable(cause)) => Outcome::Fault(cause.to_string()),
        Err(error) => Outcome::Fault(error.to_string()),
    }
}

/// The status of the answer, and how many seconds its sender wants to be left alone.
pub(crate) async fn send(app: &App, message: Message) -> Result<(u16, Option<i64>), FetchError> {
    let limits = Limits { bytes_max: REPLY_BYTES_MAX, time_max_ms: delivery::TRY_MS };
    let reply = app.guard.post(&message.url, message.headers, message.body, limits).await?;
    let retry_after = reply.headers.get("retry-after").and_then(|value| value.to_str().ok());
    Ok((reply.status, retry_after.and_then(|seconds| seconds.trim().parse().ok())))
}

async fn keep(
    app: &App,
    lease: &LeasedDelivery,
    (outcome, scenario): (Outcome, Option<Scenario>),
    tried: Try,
) {
    let now = app.now();
    let tries = (lease.tries + 1, lease.began.unwrap_or(now), scenario);
    let verdict = delivery::judge(&outcome, tries, app.random.chance(), now);
    let tried = match outcome {
        Outcome::Answered { status, .. } => Try { status: Some(status), ..tried },
        Outcome::Fault(why) | Outcome::Pointless(why) => Try { fault: Some(why), ..tried },
    };
    let (id, status, fault) = (lease.id, tried.status, tried.fault.clone());
    match verdict {
        Verdict::Delivered => tracing::info!(delivery = %id, "delivered"),
        Verdict::Again(due) => {
            tracing::info!(delivery = %id, status, fault, due_ms = due.0, "not delivered yet");
        }
        Verdict::GivenUp => tracing::warn!(delivery = %id, status, fault, "a delivery is given up"),
    }
    let mut again = tokio::time::interval(Duration::from_millis(ASK_AGAIN_MS.unsigned_abs()));
    loop {
        again.tick().await;
        match app.store.tried(lease, tried.clone(), verdict, now).await {
            Ok(true) | Err(StoreError::Closed) => return,
            Ok(false) => return tracing::warn!(delivery = %id, "it was leased to somebody else meanwhile"),
            Err(error) => tracing::error!(delivery = %id, %error, "a try could not be kept yet"),
        }
    }
}

fn log_panic(error: Option<tokio::task::JoinError>) {
    if let Some(error) = error {
        tracing::error!(%error, "a delivery stopped; its lease ends with this process");
    }
}
