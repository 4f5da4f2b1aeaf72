//! Who calls: a bearer key becomes the account that pays and whose tasks may be read.

use filmgate_domain::catalogue::Card;
use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::scenario::Scenario;
use filmgate_store::{KeyLimits, Payer, Record, StoreError};

use super::key;
use crate::app::App;

/// Who calls, and which scenario the call plays.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who pays for what is created.
    pub payer: Payer,
    /// The scenario that the request's header or key names.
    pub scenario: Option<Scenario>,
    /// The key, if it may do less than its account.
    pub key: Option<LimitedKey>,
}

/// A key that may do less than its account.
#[derive(Clone, Debug)]
pub struct LimitedKey {
    /// Its public part.
    pub id: String,
    /// What it may do.
    pub limits: KeyLimits,
}

/// Why a call is turned down before anything of it is read.
#[derive(Debug)]
pub enum CallError {
    /// Refused for a reason of the caller's.
    Refused(Refusal),
    /// The emulator does not know this scenario.
    UnknownScenario(String),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for CallError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Hashes are compared, so that the time it takes says nothing of the key.
fn same_key(only: &str, key: &str) -> bool {
    key::sandbox_name(only) == key::sandbox_name(key)
}

impl Caller {
    /// Finds out who calls. In the emulator every key that is not empty is a sandbox account of its own.
    pub fn find(app: &App, bearer: Option<&str>, scenario_header: Option<&str>) -> Result<Self, CallError> {
        let refused = || CallError::Refused(Refusal::KeyRefused);
        let key = bearer.map(str::trim).filter(|key| !key.is_empty());
        let Some(dev) = &app.dev else {
            let (id, secret_hash) = key.and_then(key::split).ok_or_else(refused)?;
            let live = app.store.live_key(id, &secret_hash)?.ok_or_else(refused)?;
            let is_limited = live.limits != KeyLimits::default();
            let key = is_limited.then(|| LimitedKey { id: id.to_owned(), limits: live.limits });
            return Ok(Self { payer: Payer::Account(live.account), scenario: None, key });
        };
        let named = match scenario_header {
            Some(name) => {
                Some(Scenario::named(name).ok_or_else(|| CallError::UnknownScenario(name.to_owned()))?)
            }
            None => key.and_then(Scenario::in_key),
        };
        if let Some(refusal) = named.and_then(Scenario::refuses_first) {
            return Err(CallError::Refused(refusal));
        }
        let key = key
            .filter(|key| dev.only_key.as_deref().is_none_or(|only| same_key(only, key)))
            .ok_or_else(refused)?;
        let payer = Payer::Sandbox { name: key::sandbox_name(key), first_grant: dev.first_grant };
        Ok(Self { payer, scenario: named, key: None })
    }

    /// Whether a task is this caller's.
    pub fn owns(&self, record: &Record) -> bool {
        match &self.payer {
            Payer::Account(number) => *number == record.task.account,
            Payer::Sandbox { name, .. } | Payer::Local { name } => *name == record.account_name,
        }
    }

    /// By what its requests are counted.
    pub(crate) fn counted_as(&self) -> String {
        match &self.payer {
            Payer::Account(number) => number.to_string(),
            Payer::Sandbox { name, .. } | Payer::Local { name } => name.clone(),
        }
    }

    /// Whether its key may ask for this model.
    pub(crate) fn may_ask_for(&self, card: &Card) -> bool {
        let models = self.key.as_ref().and_then(|key| key.limits.models.as_ref());
        models.is_none_or(|models| models.contains(&card.id))
    }

    /// The account's number, if it exists already.
    pub(crate) fn account(&self, app: &App) -> Result<Option<AccountNumber>, StoreError> {
        match &self.payer {
            Payer::Account(number) => Ok(Some(*number)),
            Payer::Sandbox { name, .. } | Payer::Local { name } => app.store.account_number(name),
        }
    }

    /// The account's number. A sandbox account that is asked for the first time gets its first credits now.
    pub async fn account_or_new(&self, app: &App) -> Result<AccountNumber, StoreError> {
        match (self.account(app)?, &self.payer) {
            (Some(account), _) => Ok(account),
            (None, Payer::Sandbox { name, first_grant }) => {
                app.store.sandbox(name.clone(), *first_grant, app.now()).await
            }
            (None, Payer::Account(_) | Payer::Local { .. }) => {
                Err(StoreError::Name("there is no account".into()))
            }
        }
    }

    /// What the account can spend. A sandbox account that is asked for the first time gets its first credits now.
    pub async fn available(&self, app: &App) -> Result<Credits, StoreError> {
        if self.scenario == Some(Scenario::NoCredits) {
            return Ok(Credits::ZERO);
        }
        if self.account(app)?.is_none() && !matches!(self.payer, Payer::Sandbox { .. }) {
            return Ok(Credits::ZERO);
        }
        Ok(app.store.balance(self.account_or_new(app).await?)?.available)
    }
}
