//! Creates that are retries: adopted instead of made again, when the client says so or when its reply was lost.

use std::sync::Arc;

use filmgate_domain::dedupe::Fingerprint;
use filmgate_domain::id::TaskId;
use filmgate_store::Payer;
use sha2::{Digest as _, Sha256};

use crate::app::{App, lock};
use crate::http::cut::OnCut;

/// What a create says of itself.
#[derive(Clone, Default)]
pub struct Retry {
    /// Which try of its client's it is, the first one being 0, where the client counts them.
    pub tried: Option<u32>,
    /// Whether the client wants a film of its own in any case.
    pub opted_out: bool,
    /// Where to leave word for the case that the reply cannot be written.
    pub on_cut: Option<OnCut>,
}

impl Retry {
    /// The task that this create asks for again.
    pub(super) fn adopt(&self, app: &App, fingerprint: &Fingerprint) -> Option<TaskId> {
        if self.opted_out {
            return None;
        }
        let found = {
            let mut recent = lock(&app.recent);
            if recent.is_empty() { None } else { recent.adopt(fingerprint, self.tried, app.now()) }
        };
        // A create whose client went away may not have been stored after all.
        found.filter(|id| matches!(app.store.record(*id), Ok(Some(_))))
    }

    /// Remembers a create, and what to do if its reply is lost. Called before the create is stored: whoever waits for the
    /// store may be gone by then.
    pub(super) fn expect(&self, app: &App, id: TaskId, fingerprint: Fingerprint) {
        if let Some(on_cut) = &self.on_cut {
            let (recent, clock) = (Arc::clone(&app.recent), Arc::clone(&app.clock));
            on_cut.arm(move || lock(&recent).unanswered(id, fingerprint, clock.now()));
        }
    }

    /// The create is stored.
    pub(super) fn stored(&self, app: &App, id: TaskId, fingerprint: Fingerprint) {
        if let Some(tried) = self.tried {
            lock(&app.recent).created(id, fingerprint, tried, app.now());
        }
    }

    /// The create was refused.
    pub(super) fn refused(&self) {
        if let Some(on_cut) = &self.on_cut {
            on_cut.disarm();
        }
    }
}

/// A client uses the id of a task, so its reply has arrived.
pub(super) fn used(app: &App, id: TaskId) {
    let mut recent = lock(&app.recent);
    if !recent.is_empty() {
        recent.used(id);
    }
}

/// Who asks for what, by the parsed request: how it was written on the wire makes no difference.
pub(super) fn fingerprint(payer: &Payer, request: &str) -> Fingerprint {
    let mut hash = Sha256::new();
    match payer {
        Payer::Account(number) => hash.update(number.to_be_bytes()),
        Payer::Sandbox { name, .. } | Payer::Local { name } => hash.update(name),
    }
    hash.update([0]);
    hash.update(request);
    hash.finalize().into()
}
