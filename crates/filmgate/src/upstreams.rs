//! The upstreams of this process: each with its circuit breaker, its budget of creates and what is known of its balance.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use filmgate_domain::answer::{Cause, Submitted};
use filmgate_domain::attempt::Repeat;
use filmgate_domain::breaker::{Breaker, Budget};
use filmgate_domain::catalogue::Dialect;
use filmgate_domain::credits::Credits;
use filmgate_domain::doubt::UpstreamPolicy;
use filmgate_domain::ledger::UpstreamNumber;
use filmgate_domain::route::Offer;
use filmgate_domain::time::Timestamp;
use filmgate_providers::guard::Guard;
use filmgate_providers::http::Client;
use filmgate_providers::kie::Kie;
use filmgate_providers::openai::OpenAi;
use filmgate_providers::pictures::Pictures;
use filmgate_providers::remote::{HttpRemote, Remote};
use filmgate_store::{Store, StoreError};
use tokio::sync::{OnceCell, Semaphore};

use crate::config::{Secret, UpstreamConfig};

/// How many free calls one upstream gets from us at once.
const CALLS_MAX: usize = 64;
/// How many submits, each with its pictures in memory, and how many downloads go on at once.
const SUBMITS_MAX: usize = 32;
const DOWNLOADS_MAX: usize = 16;
/// A balance that was read within this time is taken as the one before a submit.
const BALANCE_FRESH_MS: i64 = 60_000;
/// How long a submit waits for the balance before it.
const BALANCE_WAIT: std::time::Duration = std::time::Duration::from_secs(1);

/// All upstreams by name.
#[derive(Default)]
pub struct Upstreams {
    gates: BTreeMap<String, Arc<Gate>>,
    policies: BTreeMap<String, UpstreamPolicy>,
}

/// One upstream, and what this process knows of it.
pub struct Gate {
    /// Its name and what it offers.
    pub offer: Offer,
    /// How it is dealt with.
    pub policy: UpstreamPolicy,
    /// The upstream itself.
    pub remote: Box<dyn Remote>,
    /// Places for free calls, for submits from their pictures to their answer, and for downloads.
    pub calls: Semaphore,
    pub submits: Semaphore,
    pub downloads: Semaphore,
    breaker: Mutex<Breaker>,
    budget: Mutex<Budget>,
    balance: Mutex<Option<(Timestamp, Credits)>>,
    balance_asked: Mutex<Option<Timestamp>>,
    told: Mutex<Option<String>>,
    number: OnceCell<UpstreamNumber>,
}

impl Upstreams {
    pub(crate) fn new(
        configured: &[UpstreamConfig],
        results: &Guard,
        pictures: &Pictures,
        via: &str,
    ) -> Self {
        let mut upstreams = Self::default();
        for config in configured {
            let client = Client::new(results.clone()).within(config.times);
            let bases = (config.base.clone(), config.upload_base.clone());
            let key = config.key.as_ref().map(|Secret(key)| key.clone());
            let (pictures, via) = (pictures.clone(), via.to_owned());
            let remote: Box<dyn Remote> = match config.offer.dialect {
                Dialect::Kie => {
                    let adapter = Kie::new(key.unwrap_or_default());
                    Box::new(HttpRemote::new(adapter, client, bases, pictures, via))
                }
                Dialect::Openai | Dialect::Studio => {
                    let keyed = config.policy.repeat == Repeat::Keyed;
                    let adapter = OpenAi::new(key, config.encoding, config.extra_fields.clone(), keyed);
                    Box::new(HttpRemote::new(adapter, client, bases, pictures, via))
                }
            };
            upstreams.add(config.offer.clone(), config.policy.clone(), config.creates_per_10s, remote);
        }
        upstreams
    }

    /// Adds an upstream, also a scripted one.
    pub fn add(
        &mut self,
        offer: Offer,
        policy: UpstreamPolicy,
        creates_per_10s: usize,
        remote: Box<dyn Remote>,
    ) {
        let name = offer.name.clone();
        self.policies.insert(name.clone(), policy.clone());
        let gate = Gate {
            offer,
            policy,
            remote,
            calls: Semaphore::new(CALLS_MAX),
            submits: Semaphore::new(SUBMITS_MAX),
            downloads: Semaphore::new(DOWNLOADS_MAX),
            breaker: Mutex::default(),
            budget: Mutex::new(Budget::new(creates_per_10s)),
            balance: Mutex::default(),
            balance_asked: Mutex::default(),
            told: Mutex::default(),
            number: OnceCell::new(),
        };
        self.gates.insert(name, Arc::new(gate));
    }

    /// The upstream with this name.
    pub fn get(&self, name: &str) -> Option<&Arc<Gate>> {
        self.gates.get(name)
    }

    /// All of them, by name.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Gate>> {
        self.gates.values()
    }

    /// How each is dealt with.
    pub fn policies(&self) -> &BTreeMap<String, UpstreamPolicy> {
        &self.policies
    }
}

impl Gate {
    /// Its number in the ledger.
    pub async fn number(&self, store: &Store) -> Result<UpstreamNumber, StoreError> {
        self.number.get_or_try_init(|| store.upstream_number(self.offer.name.clone())).await.copied()
    }

    /// Whether the circuit lets a submit through.
    pub fn admit(&self, now: Timestamp) -> Result<(), (Timestamp, Cause)> {
        lock(&self.breaker).admit(now)
    }

    /// Takes one create of the budget, or says when there is one.
    pub fn take(&self, now: Timestamp) -> Result<(), Timestamp> {
        lock(&self.budget).take(now)
    }

    /// Hears what a submit was answered.
    pub fn hear(&self, answer: &Submitted, now: Timestamp) {
        let mut breaker = lock(&self.breaker);
        let was_open = breaker.state(now).is_some();
        breaker.hear(answer, now);
        if let Some((_, cause)) = breaker.state(now).filter(|_| !was_open) {
            // The operator's affair, whatever the client sees.
            tracing::error!(
                upstream = self.offer.name,
                "ALERT: the upstream {}; it is left alone for a while",
                cause.says()
            );
        }
    }

    /// Why a job is not the attempt with whose callback address its record was compared, where the record says so.
    pub fn is_not_it(&self, echo: Option<bool>) -> Option<&'static str> {
        match echo {
            Some(true) => None,
            Some(false) => Some("its record names another callback address"),
            // Whether Veo's records echo the address was never recorded; who names the job knew the attempt's token.
            None => None,
        }
    }

    /// Whether records could not be read for another reason than the last time: each is told once.
    pub fn is_news(&self, why: &str) -> bool {
        let mut told = lock(&self.told);
        let is_news = told.as_deref() != Some(why);
        *told = Some(why.to_owned());
        is_news
    }

    /// Until when the circuit is open, and why.
    pub fn circuit(&self, now: Timestamp) -> Option<(Timestamp, Cause)> {
        lock(&self.breaker).state(now)
    }

    /// The balance as it was shortly before a submit, if it was read then.
    pub fn balance_before(&self, submit: Timestamp) -> Option<Credits> {
        let fresh = |at: Timestamp| (0..2 * BALANCE_FRESH_MS).contains(&submit.since_ms(at));
        lock(&self.balance).filter(|(at, _)| fresh(*at)).map(|(_, balance)| balance)
    }

    /// The balance when it was last read, and when that was.
    pub fn balance(&self) -> Option<(Timestamp, Credits)> {
        *lock(&self.balance)
    }

    /// Reads the balance from time to time, so that there is one to compare with if a submit becomes doubtful. Nobody
    /// waits long for it.
    pub async fn note_balance(&self, now: Timestamp) {
        let is_due = {
            let mut asked = lock(&self.balance_asked);
            let is_due = asked.is_none_or(|at| now.since_ms(at) >= BALANCE_FRESH_MS);
            *asked = if is_due { Some(now) } else { *asked };
            is_due
        };
        if is_due {
            drop(tokio::time::timeout(BALANCE_WAIT, self.read_balance(now)).await);
        }
    }

    /// Reads the balance now, if the upstream has one.
    pub async fn read_balance(&self, now: Timestamp) -> Option<Result<Credits, String>> {
        let read = self.remote.balance().await?;
        if let Ok(balance) = &read {
            *lock(&self.balance) = Some((now, *balance));
        }
        Some(read)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
