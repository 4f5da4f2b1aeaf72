//! Creates that are retries: adopted instead of made again, when the client says so or when its reply was lost.

use std::sync::Arc;

use filmgate_domain::dedupe::Fingerprint;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::Asked;
use filmgate_store::{Once, Payer};
use sha2::{Digest as _, Sha256};

use super::tasks::{self, AcceptError};
use crate::app::{App, lock};
use crate::http::cut::OnCut;

/// How long a create that is about to be stored is waited for.
const STORED_LOOK: std::time::Duration = std::time::Duration::from_millis(50);
const STORED_LOOKS: u32 = 300;

/// A longer idempotency key is kept as its hash.
const KEY_LENGTH_MAX: usize = 255;

/// What a create says of itself.
#[derive(Clone, Default)]
pub struct Retry {
    /// Which try of its client's it is, the first one being 0, where the client counts them.
    pub tried: Option<u32>,
    /// The client's own name for the create: its idempotency key, or what there is only one of.
    pub name: Option<String>,
    /// Whether the client has sent several keys that differ, so that nobody knows which one it means.
    pub names_differ: bool,
    /// Whether the client wants a film of its own in any case.
    pub opted_out: bool,
    /// Where to leave word for the case that the reply cannot be written.
    pub on_cut: Option<OnCut>,
}

impl Retry {
    /// A create that its client has given an idempotency key.
    pub fn under(key: Option<&[u8]>) -> Self {
        let key = key.map(<[u8]>::trim_ascii).filter(|key| !key.is_empty());
        // Whatever bytes it is: a key that were not honoured would be paid for twice.
        let name = key.map(|key| match std::str::from_utf8(key) {
            Ok(text) if text.len() <= KEY_LENGTH_MAX => format!("key:{text}"),
            _ => format!("key-sha256:{}", hex::encode(Sha256::digest(key))),
        });
        Self { name, ..Self::default() }
    }

    /// The task that this create asks for again. If there is none, and the client counts its tries, the create is remembered
    /// in the same moment: its retry may come before it is stored. Nothing is hashed as long as there is nothing to do.
    pub(super) async fn adopt(
        &self,
        app: &App,
        new: TaskId,
        (payer, request): (&Payer, &str),
    ) -> Option<TaskId> {
        if self.opted_out || (self.tried.is_none() && lock(&app.recent).is_empty()) {
            return None;
        }
        let found = {
            let (print, now) = (fingerprint(payer, request), app.now());
            let mut recent = lock(&app.recent);
            let found = recent.adopt(&print, self.tried, now);
            if let (None, Some(tried)) = (found, self.tried) {
                recent.created(new, print, tried, now);
            }
            found
        };
        let id = found?;
        // A create whose client went away may be on its way to the disk, or may have been refused there.
        let mut look = tokio::time::interval(STORED_LOOK);
        for _ in 0..STORED_LOOKS {
            look.tick().await;
            if matches!(app.store.record(id), Ok(Some(_))) {
                return Some(id);
            }
        }
        None
    }

    /// The name under which the create is made once. It is kept as long as its task.
    pub(super) fn once(&self, payer: &Payer, asked: &Asked) -> Result<Option<Once>, AcceptError> {
        if self.names_differ {
            return Err(Refusal::KeysDiffer.into());
        }
        let Some(name) = self.name.clone() else { return Ok(None) };
        let text = tasks::text_of(asked)?;
        Ok(Some(Once { name, fingerprint: fingerprint(payer, &text) }))
    }

    /// The id of the character that is made once under this name.
    pub(crate) fn character(&self, account: AccountNumber) -> Result<Option<[u8; 16]>, Refusal> {
        if self.names_differ {
            return Err(Refusal::KeysDiffer);
        }
        let Some(name) = &self.name else { return Ok(None) };
        let hash =
            Sha256::new().chain_update("character").chain_update(account.to_be_bytes()).chain_update(name);
        Ok(hash.finalize().first_chunk().copied())
    }

    /// Remembers a create, and what to do if its reply is lost. Called before the create is stored: whoever waits for the
    /// store may be gone by then.
    pub(super) fn expect(&self, app: &App, id: TaskId, (payer, request): (&Payer, &str)) {
        if let Some(on_cut) = &self.on_cut {
            let (recent, clock) = (Arc::clone(&app.recent), Arc::clone(&app.clock));
            let (payer, request) = (payer.clone(), request.to_owned());
            on_cut.arm(move || lock(&recent).unanswered(id, fingerprint(&payer, &request), clock.now()));
        }
    }

    /// The reply is to be lost, as the emulator was asked for.
    pub(super) fn lose_reply(&self) {
        if let Some(on_cut) = &self.on_cut {
            on_cut.hang_up();
        }
    }

    /// The create was refused.
    pub(super) fn refused(&self, app: &App, id: TaskId) {
        if let Some(on_cut) = &self.on_cut {
            on_cut.disarm();
        }
        used(app, id);
    }
}

/// A client uses the id of a task, so its reply has arrived.
pub(crate) fn used(app: &App, id: TaskId) {
    let mut recent = lock(&app.recent);
    if !recent.is_empty() {
        recent.used(id);
    }
}

/// Who asks for what, by the parsed request: how it was written on the wire makes no difference.
fn fingerprint(payer: &Payer, request: &str) -> Fingerprint {
    let mut hash = Sha256::new();
    match payer {
        Payer::Account(number) => hash.update(number.to_be_bytes()),
        Payer::Sandbox { name, .. } | Payer::Local { name } => hash.update(name),
    }
    hash.update([0]);
    hash.update(request);
    hash.finalize().into()
}
