//! Starting the fake, and the handle by which a test watches and changes it.

use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::behaviour::{Behaviour, Outcome};
use crate::ledger::{Asked, Billed, Hit, Job, Ledger, Seen, Upload};
use crate::world::{World, now_ms};
use crate::{callback, door};

const CALLERS: usize = 3;

/// How a fake starts.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What it does at first.
    pub behaviour: Behaviour,
}

/// A running fake, which stops when this is dropped: its port is closed and its connections are shut.
pub struct Fake {
    handle: Handle,
    keeper: Option<JoinHandle<()>>,
}

/// Watches and changes a fake; works, without effect, after the fake stopped.
#[derive(Clone)]
pub struct Handle {
    world: Arc<World>,
}

impl Fake {
    /// Starts it on threads of its own.
    ///
    /// # Panics
    ///
    /// When the port is taken or the system has no room for threads: a test cannot go on without its upstream.
    #[expect(clippy::expect_used, reason = "a test cannot go on without its upstream")]
    pub fn start(settings: Settings) -> Self {
        let listener = door::bind(settings.port).and_then(door::open).expect("the fake's port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let world = Arc::new(World::new(format!("http://{address}"), settings.behaviour));
        spawn("fake-clock", &world, |world| world.keep_time());
        for _ in 0..CALLERS {
            spawn("fake-caller", &world, |world| callback::work(world));
        }
        let keeper = Some(spawn("fake-door", &world, move |world| keep(world, listener)));
        let fake = Self { handle: Handle { world }, keeper };
        fake.handle.world.await_door();
        fake
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.handle.url()
    }

    /// A handle to it.
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.handle.world.stop();
        // When this thread has ended the port is closed.
        if let Some(keeper) = self.keeper.take() {
            keeper.join().ok();
        }
    }
}

#[expect(clippy::expect_used, reason = "a test cannot go on without its upstream")]
fn keep(world: &Arc<World>, listener: TcpListener) {
    door::keep(world, listener).expect("the fake's port can be bound again");
}

#[expect(clippy::expect_used, reason = "a test cannot go on without its upstream")]
fn spawn(name: &str, world: &Arc<World>, work: impl FnOnce(&Arc<World>) + Send + 'static) -> JoinHandle<()> {
    let world = Arc::clone(world);
    let thread = std::thread::Builder::new().name(name.to_owned());
    thread.spawn(move || work(&world)).expect("the system has room for a thread")
}

impl Handle {
    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        self.world.lock().url.clone()
    }

    /// Changes the behaviour. When it returns, a cut before the connection has taken its effect on the port. The closure
    /// must not use a handle.
    pub fn set(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.world.lock().behaviour);
        self.world.tell();
        self.world.await_door();
    }

    /// A copy of the behaviour, with what is left of its queues and counters.
    pub fn behaviour(&self) -> Behaviour {
        self.world.lock().behaviour.clone()
    }

    /// The ground truth: every job that was accepted, in order, whether or not anybody learned of it.
    pub fn ledger(&self) -> Vec<Billed> {
        self.world.lock().ledger.in_order().into_iter().map(Job::billed).collect()
    }

    /// Every job with all that is known of it, in the order of acceptance.
    pub fn jobs(&self) -> Vec<Job> {
        self.world.lock().ledger.in_order().into_iter().cloned().collect()
    }

    /// Kie's uploads, in order.
    pub fn uploads(&self) -> Vec<Upload> {
        self.world.lock().ledger.uploads.clone()
    }

    /// The cuts that were made, in order.
    pub fn hits(&self) -> Vec<Hit> {
        self.world.lock().ledger.hits.clone()
    }

    /// Every request that was read whole, in order, but for `/_fake/…` and the films under `/film/…`: what is not here was
    /// not asked.
    pub fn asked(&self) -> Vec<Asked> {
        self.world.lock().ledger.asked.clone()
    }

    /// How often things happened.
    pub fn seen(&self) -> Seen {
        self.world.lock().ledger.seen
    }

    /// Whole create requests, accepted or not.
    pub fn creates_seen(&self) -> u64 {
        self.seen().creates
    }

    /// Reads of one record.
    pub fn polls_seen(&self) -> u64 {
        self.seen().polls
    }

    /// Requests for a film.
    pub fn downloads_seen(&self) -> u64 {
        self.seen().downloads
    }

    /// The account now, in thousandths of a credit.
    pub fn balance_thousandths(&self) -> i64 {
        self.world.lock().behaviour.balance_thousandths
    }

    /// Ends a job as its outcome says, now; false unless it was running.
    pub fn finish(&self, job: &str) -> bool {
        self.end(job, None)
    }

    /// Ends every job that runs, and says how many did.
    pub fn finish_all(&self) -> usize {
        let jobs: Vec<String> = self.world.lock().ledger.jobs.keys().cloned().collect();
        jobs.iter().filter(|job| self.finish(job)).count()
    }

    /// Ends a job with an error, now; false unless it was running.
    pub fn fail(&self, job: &str, code: &str, text: &str) -> bool {
        self.end(job, Some(Outcome::Fail { code: code.to_owned(), text: text.to_owned() }))
    }

    /// Forgets a job, now; false unless it was running.
    pub fn vanish(&self, job: &str) -> bool {
        self.end(job, Some(Outcome::Vanish))
    }

    /// When a job ended, Unix milliseconds.
    pub fn finished_at_ms(&self, job: &str) -> Option<i64> {
        self.world.lock().ledger.jobs.get(job)?.ended_at_ms
    }

    /// Waits until something is true of the ledger; false when it was not in time. The closure runs under the fake's lock,
    /// so it must not use a handle.
    pub fn wait_until(&self, timeout: Duration, mut done: impl FnMut(&Ledger) -> bool) -> bool {
        self.world.wait_until(timeout, |state| done(&state.ledger))
    }

    fn end(&self, job: &str, otherwise: Option<Outcome>) -> bool {
        let ended = self.world.lock().end(job, now_ms(), otherwise);
        self.world.tell();
        ended
    }

    pub(crate) const fn of(world: Arc<World>) -> Self {
        Self { world }
    }
}
