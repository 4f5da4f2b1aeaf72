//! The parts that every request and every worker shares, put together in one place.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context as _;
use filmgate_domain::catalogue::Catalogue;
use filmgate_domain::credits::Credits;
use filmgate_domain::dedupe::Recent;
use filmgate_domain::id::TaskId;
use filmgate_domain::limit::Windows;
use filmgate_domain::route::RoutePolicy;
use filmgate_domain::time::{Clock, Timestamp};
use filmgate_providers::guard::Guard;
use filmgate_providers::pictures::{Pictures, Uploads};
use filmgate_providers::studio::Studio;
use filmgate_providers::upstream::{Upstream, Watch};
use filmgate_store::Store;
use filmgate_wire::form::Reading;
use ipnet::IpNet;
use tokio::sync::{Notify, RwLock};

use crate::config::{Config, Secret};
use crate::films::Films;
use crate::random::Random;
use crate::service::watchers::Watchers;
use crate::survey::keep::Newest;
use crate::upstreams::Upstreams;
use crate::webhooks::Webhooks;
use crate::{SystemClock, catalogue};

/// How long a node may be silent before its leases end.
pub const LEASE_MS: i64 = 15_000;
/// Nobody sleeps longer without a look around.
const PAUSE_MAX_MS: i64 = 60_000;

/// Everything that is shared.
pub struct App {
    /// The only clock for tasks; `--speed` runs it faster.
    pub clock: Arc<dyn Clock>,
    /// The clock of leases, which processes with different speeds share.
    pub heart: Arc<dyn Clock>,
    /// The only random generator.
    pub random: Random,
    /// Durable state.
    pub store: Store,
    /// The model cards.
    pub catalogue: Catalogue,
    /// Who makes films.
    pub policy: RoutePolicy,
    /// Where films lie.
    pub films: Films,
    /// Where pictures come from.
    pub pictures: Pictures,
    /// Held while a picture of a film is painted, so that nobody keeps all cores busy with them.
    pub painting: Arc<tokio::sync::Mutex<()>>,
    /// Held while an account's books are audited for its owner.
    pub auditing: Arc<tokio::sync::Mutex<()>>,
    /// The embedded studio.
    pub studio: Box<dyn Upstream>,
    /// The upstreams elsewhere.
    pub upstreams: Upstreams,
    /// Judges clients' links by their text.
    pub guard: Guard,
    /// The emulator's settings, if this is one.
    pub dev: Option<Dev>,
    /// What result links begin with.
    pub link_base: String,
    /// Files that clients have uploaded.
    pub uploads: Uploads,
    /// How strictly clients' requests are read.
    pub reading: Reading,
    /// How long a task is waited for.
    pub deadline_ms: i64,
    /// Tells the worker that there may be something to do.
    pub wake: Notify,
    /// Names this process in requests to upstreams, so that one which comes back to us is known.
    pub via: String,
    /// The newest survey of the upstreams.
    pub newest: Newest,
    /// Who may see what only the operator may see.
    pub operator: Operator,
    /// The address at which upstreams can call us back, if there is one.
    pub public_url: Option<String>,
    /// How often clients may ask.
    pub limits: Limits,
    /// Creates that may come again.
    pub recent: Arc<Mutex<Recent>>,
    /// Held by each submit while it is on its way; who holds it alone knows that there is none.
    pub submits: RwLock<()>,
    /// Places for pages that watch a task.
    pub watchers: Arc<Watchers>,
    /// What there is to tell to clients.
    pub webhooks: Webhooks,
    watches: Mutex<BTreeMap<TaskId, Arc<Watch>>>,
    bells: Mutex<BTreeMap<TaskId, Arc<Bell>>>,
}

/// How often clients may ask, counted by the clock on the wall: a faster clock makes nobody more patient.
#[derive(Debug)]
pub struct Limits {
    creates: Mutex<Windows<String>>,
    uploads: Mutex<Windows<String>>,
    reads: Mutex<Windows<TaskId>>,
    /// Whether Kie's form says a limit with HTTP status 429, too.
    pub has_http_429: bool,
}

/// Who may see what only the operator may see.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Whoever has this key.
    pub key: Option<Secret>,
    /// Everybody on this machine, because nobody else can reach the server.
    pub is_local: bool,
}

/// The emulator's settings.
#[derive(Clone, Debug)]
pub struct Dev {
    /// What each sandbox account starts with.
    pub first_grant: Credits,
    /// The only key that is accepted, if one is named.
    pub only_key: Option<String>,
    /// How much faster the clock runs.
    pub speed: u32,
}

impl App {
    /// Opens the data folder and puts everything together. `threads` is how many cores one film may use.
    pub fn open(
        config: &Config,
        dev: Option<Dev>,
        policy: RoutePolicy,
        threads: NonZeroUsize,
    ) -> anyhow::Result<Self> {
        let speed = dev.as_ref().map_or(1, |dev| dev.speed);
        let clock = Arc::new(SystemClock::new(speed));
        let app = Self::with_clock(config, dev, policy, (threads, clock, Random::from_system()?))?;
        Ok(Self { heart: Arc::new(SystemClock::new(1)), ..app })
    }

    /// The same with a clock and random numbers of the caller's, for simulations.
    pub fn with_clock(
        config: &Config,
        dev: Option<Dev>,
        policy: RoutePolicy,
        (threads, clock, random): (NonZeroUsize, Arc<dyn Clock>, Random),
    ) -> anyhow::Result<Self> {
        let store = Store::open(&config.data)?;
        let films = Films::open(&config.data)
            .with_context(|| format!("the data folder {} cannot be used", config.data.display()))?;
        let mut allow = config.network_allow.clone();
        if dev.is_some() {
            allow.extend(["127.0.0.0/8", "::1/128"].iter().filter_map(|range| range.parse::<IpNet>().ok()));
        }
        let guard = Guard::new(allow)?;
        let link_base = config.public_url.clone().unwrap_or_else(|| format!("http://{}", config.listen));
        let uploads =
            Uploads { prefix: format!("{link_base}/files/uploads/"), folder: films.uploads().to_owned() };
        let pictures =
            Pictures::new(guard.clone(), films.pictures().to_owned()).with_uploads(uploads.clone());
        let studio = Studio::new(pictures.clone(), threads);
        let via = format!("1.1 filmgate-{:016x}", random.bits() >> 64);
        // The emulator spends nobody's money.
        let configured = if dev.is_some() { &[] } else { config.upstreams.as_slice() };
        let results = Guard::new(config.upstream_network_allow.clone())?;
        Ok(Self {
            upstreams: Upstreams::new(configured, &results, &pictures, &via),
            via,
            newest: Newest::of(&config.data),
            operator: Operator {
                key: config.operator_key.clone(),
                // Whoever has a public address is reached through a proxy that looks like this machine.
                is_local: config.listen.ip().is_loopback() && config.public_url.is_none(),
            },
            public_url: config.public_url.clone(),
            bells: Mutex::default(),
            limits: Limits {
                creates: Mutex::new(Windows::new(config.limits.creates)),
                uploads: Mutex::new(Windows::new(config.limits.creates)),
                reads: Mutex::new(Windows::new(config.limits.reads)),
                has_http_429: config.limits.has_http_429,
            },
            submits: RwLock::default(),
            recent: Arc::default(),
            watchers: Arc::default(),
            webhooks: Webhooks::default(),
            heart: Arc::clone(&clock),
            clock,
            random,
            store,
            catalogue: catalogue::load()?,
            policy,
            films,
            pictures,
            painting: Arc::default(),
            auditing: Arc::default(),
            studio: Box::new(studio),
            guard,
            dev,
            link_base,
            uploads,
            reading: if config.strict { Reading::Strict } else { Reading::Lenient },
            deadline_ms: config.deadline_ms,
            wake: Notify::new(),
            watches: Mutex::default(),
        })
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Counts a create of an account's.
    ///
    /// # Errors
    ///
    /// In how many milliseconds there is room for it.
    pub fn count_create(&self, account: &str) -> Result<(), i64> {
        lock(&self.limits.creates).take(&account.to_owned(), self.heart.now())
    }

    /// Counts a file that an account brings; as many may come as creates.
    ///
    /// # Errors
    ///
    /// In how many milliseconds there is room for it.
    pub fn count_upload(&self, account: &str) -> Result<(), i64> {
        lock(&self.limits.uploads).take(&account.to_owned(), self.heart.now())
    }

    /// Counts a look at a task.
    ///
    /// # Errors
    ///
    /// In how many milliseconds there is room for it.
    pub fn count_read(&self, id: TaskId) -> Result<(), i64> {
        lock(&self.limits.reads).take(&id, self.heart.now())
    }

    /// Looks for a newer survey than the one that routes follow.
    pub fn look_at_survey(&self) {
        let address = |name: &str| self.upstreams.get(name).map(|gate| gate.remote.address());
        self.newest.look(self.now(), address);
    }

    /// A number for a new node.
    pub fn node_number(&self) -> i64 {
        i64::from_be_bytes(self.random.bits().to_be_bytes()[..8].try_into().unwrap_or_default()) >> 1
            & i64::MAX
    }

    /// Hears news of a task for as long as the returned value lives.
    pub fn listen(&self, id: TaskId) -> Listener<'_> {
        let bell = Arc::new(Bell::default());
        lock(&self.bells).insert(id, Arc::clone(&bell));
        Listener { app: self, id, bell }
    }

    /// How many tasks this process works on or waits for.
    pub fn waiting(&self) -> usize {
        lock(&self.bells).len()
    }

    /// Tells whoever works on a task in this process that there is news.
    pub fn news(&self, id: TaskId) {
        if let Some(bell) = lock(&self.bells).get(&id) {
            bell.notify.notify_one();
        }
        self.wake.notify_one();
    }

    /// Remembers how far an upstream says that a task is which this process waits for.
    pub fn note_percent(&self, id: TaskId, percent: u8) {
        if let Some(bell) = lock(&self.bells).get(&id) {
            bell.percent.store(percent.min(99), Ordering::Relaxed);
        }
    }

    /// How far a film is: by the studio's frames where this process makes it, else by what its upstream last said to this process.
    pub fn percent(&self, id: TaskId) -> u8 {
        if let Some(watch) = self.watch(id) {
            let (done, total) = watch.frames();
            let percent = u64::from(done) * 99 / u64::from(total.max(1));
            return u8::try_from(percent).unwrap_or(99).min(99);
        }
        lock(&self.bells).get(&id).map_or(0, |bell| bell.percent.load(Ordering::Relaxed))
    }

    /// Where an upstream calls back about the attempt with this token. Without a public address it is a place that does not
    /// exist, because records echo it and so prove whose they are.
    pub fn callback_url(&self, token: u128) -> String {
        let base = self.public_url.as_deref().unwrap_or("https://filmgate.invalid");
        format!("{base}/filmgate/v1/callbacks/{token:032x}")
    }

    /// How far a film is that this process makes right now.
    pub fn watch(&self, id: TaskId) -> Option<Arc<Watch>> {
        lock(&self.watches).get(&id).cloned()
    }

    /// Lets others watch a film for as long as the returned value lives.
    pub fn watched(&self, id: TaskId) -> Watched<'_> {
        let watch = Arc::new(Watch::default());
        lock(&self.watches).insert(id, Arc::clone(&watch));
        Watched { app: self, id, watch }
    }
}

/// What is shared with who waits for a task.
#[derive(Default)]
struct Bell {
    notify: Notify,
    percent: AtomicU8,
}

/// Somebody who hears news of a task.
pub struct Listener<'a> {
    app: &'a App,
    id: TaskId,
    bell: Arc<Bell>,
}

impl Listener<'_> {
    /// Waits until a moment on the clock; true if there was news before.
    pub async fn wait(&self, until: Timestamp) -> bool {
        let speed = self.app.dev.as_ref().map_or(1, |dev| i64::from(dev.speed));
        let wait_ms = until.since_ms(self.app.now()).clamp(0, PAUSE_MAX_MS) / speed.max(1);
        let pause = std::time::Duration::from_millis(wait_ms.max(1).unsigned_abs());
        tokio::time::timeout(pause, self.bell.notify.notified()).await.is_ok()
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        let mut bells = lock(&self.app.bells);
        // A successor in this process may listen already.
        if bells.get(&self.id).is_some_and(|bell| Arc::ptr_eq(bell, &self.bell)) {
            bells.remove(&self.id);
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A film that can be watched.
pub struct Watched<'a> {
    app: &'a App,
    id: TaskId,
    /// Its progress.
    pub watch: Arc<Watch>,
}

impl Drop for Watched<'_> {
    /// A film that nobody waits for any more is not made to its end.
    fn drop(&mut self) {
        self.watch.stop();
        lock(&self.app.watches).remove(&self.id);
    }
}
