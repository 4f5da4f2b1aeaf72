//! A store in a folder of its own, and tasks to put into it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use filmgate_domain::audit;
use filmgate_domain::credits::Credits;
use filmgate_domain::id::TaskId;
use filmgate_domain::step::{Event, step};
use filmgate_domain::task::{Film, Phase, Task};
use filmgate_domain::time::Timestamp;
use filmgate_store::{Claim, Leased, NewTask, NodeNumber, Payer, StepWrite, Store, StoreError};

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) store: Arc<Store>,
    next: AtomicU64,
}

pub(crate) const T0: Timestamp = Timestamp(1_795_305_600_000);

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(folder.path()).unwrap());
        Self { folder, store, next: AtomicU64::new(1) }
    }

    pub(crate) fn task(&self, price: i64) -> NewTask {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let task = Task {
            id: TaskId::new(T0, u128::from(number)),
            account: 0,
            model: "sora-2-text-to-video".into(),
            upstream: "studio".into(),
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
        NewTask { payer, task, request: format!("{{\"number\":{number}}}"), node: None }
    }

    pub(crate) async fn claim(&self, node: NodeNumber, now: Timestamp) -> Vec<Leased> {
        let claim = Claim { node, now, alive_since: now.after(-15_000), only: None, limit: 10 };
        self.store.claim(claim).await.unwrap()
    }

    pub(crate) async fn apply(
        &self,
        lease: &mut Leased,
        node: NodeNumber,
        event: Event,
    ) -> Result<(), StoreError> {
        let begins_attempt = event == Event::Started;
        let step = step(lease.task.clone(), event, T0.after(5)).unwrap();
        let after = step.task.clone();
        let (seq, version) = (lease.seq, lease.version);
        let write = StepWrite { seq, version, node: Some(node), step, begins_attempt, now: T0.after(5) };
        self.store.step(write).await?;
        lease.task = after;
        lease.version += 1;
        Ok(())
    }

    pub(crate) fn assert_ledger_holds(&self) {
        assert_eq!(audit::violations(&self.store.facts().unwrap()), Vec::<String>::new());
    }
}

pub(crate) fn film(number: u8) -> Film {
    Film { key: format!("{number:02x}").repeat(16), sha256: [number; 32], bytes: 1_000 }
}
