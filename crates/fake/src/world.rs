//! What all threads share: behaviour and ledger under one lock, and the clock that ends jobs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::behaviour::{Behaviour, Callbacks, CreateScript, Outcome};
use crate::callback::{self, Call};
use crate::cut::{Cut, CutPoint, Door, Fault};
use crate::digest;
use crate::ledger::{Hit, Job, JobState, Ledger, Order};

/// The longest that somebody waits for the door or for a callback before an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What all threads share.
pub(crate) struct World {
    state: Mutex<State>,
    /// Anything changed that a test or the door may wait for.
    changed: Condvar,
    /// A job was accepted, so the next end may be nearer.
    scheduled: Condvar,
    /// There are calls to make.
    called: Condvar,
    connections: Mutex<BTreeMap<u64, Weak<TcpStream>>>,
}

/// What is under the lock.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) behaviour: Behaviour,
    pub(crate) ledger: Ledger,
    /// How the listener stands now.
    pub(crate) door: Door,
    pub(crate) stopping: bool,
    pub(crate) outbox: VecDeque<Call>,
    /// The ends to come.
    due: BTreeSet<(i64, String)>,
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    started_ms: i64,
}

impl World {
    pub(crate) fn new(url: String, behaviour: Behaviour) -> Self {
        let state = State { url, behaviour, started_ms: now_ms(), ..State::default() };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
            scheduled: Condvar::new(),
            called: Condvar::new(),
            connections: Mutex::default(),
        }
    }

    /// The state as of now: what has run its time has ended.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.settle(now_ms()) {
            self.tell();
        }
        state
    }

    /// Wakes who waits for a count to change.
    pub(crate) fn tell_watchers(&self) {
        self.changed.notify_all();
    }

    /// Wakes whoever waits for anything.
    pub(crate) fn tell(&self) {
        self.changed.notify_all();
        self.called.notify_all();
        self.scheduled.notify_all();
    }

    /// Waits for a change that makes `done` true; says whether it came in time.
    pub(crate) fn wait_until(&self, timeout: Duration, mut done: impl FnMut(&State) -> bool) -> bool {
        let state = self.lock();
        let waited = self.changed.wait_timeout_while(state, timeout, |state| !done(state) && !state.stopping);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        done(&state)
    }

    /// Waits for a time and says whether the fake is stopping.
    pub(crate) fn pause(&self, time: Duration) -> bool {
        self.wait_until(time, |state| state.stopping)
    }

    /// Waits until the listener stands as the next create wants it.
    pub(crate) fn await_door(&self) {
        self.wait_until(PATIENCE, |state| state.door == state.behaviour.door());
    }

    /// Takes the cut at the front if it is one at this point.
    pub(crate) fn claim(&self, point: CutPoint, request_bytes: usize) -> Option<Fault> {
        let mut state = self.lock();
        let cut = state.behaviour.next_cut().filter(|cut| cut.point == point)?;
        state.behaviour.take_script();
        state.ledger.hits.push(Hit { cut, request_bytes });
        self.tell();
        Some(cut.fault)
    }

    /// Counts a whole create and says what becomes of it.
    pub(crate) fn script_of_create(&self, request_bytes: usize) -> CreateScript {
        let mut state = self.lock();
        state.ledger.seen.creates += 1;
        let script = match state.behaviour.next_script() {
            // It waits for a new connection and this one was there before.
            Some(CreateScript::Cut(cut)) if !cut.point.knows_request() => CreateScript::Accept,
            next => {
                let script = next.cloned().unwrap_or_default();
                state.behaviour.take_script();
                script
            }
        };
        if let CreateScript::Cut(cut) = script {
            state.ledger.hits.push(Hit { cut, request_bytes });
        }
        self.tell();
        drop(state);
        self.await_door();
        script
    }

    /// Accepts and bills a job, or says that the balance does not suffice. Calls back first where that is wanted.
    pub(crate) fn accept(&self, order: Order, script: &CreateScript) -> Option<Job> {
        let mut state = self.lock();
        let id = state.accept(order, *script == CreateScript::RunAlready)?;
        self.tell();
        let waits = state.behaviour.callbacks == Callbacks::BeforeReply;
        drop(state);
        if waits {
            self.wait_until(PATIENCE, |state| {
                !state.outbox.iter().any(|call| call.job == id)
                    && state.ledger.jobs.get(&id).is_none_or(|job| job.calls_under_way == 0)
            });
        }
        self.lock().ledger.jobs.get(&id).cloned()
    }

    /// Ends jobs when their time comes; runs until the fake stops.
    pub(crate) fn keep_time(&self) {
        let mut state = self.lock();
        while !state.stopping {
            let next_ms = state.due.first().map_or(i64::MAX, |(due_ms, _)| *due_ms);
            let wait_ms = next_ms.saturating_sub(now_ms()).clamp(0, 60_000);
            let wait = Duration::from_millis(u64::try_from(wait_ms).unwrap_or(1));
            let woken = self.scheduled.wait_timeout(state, wait.max(Duration::from_millis(1)));
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
            if state.settle(now_ms()) {
                self.changed.notify_all();
                self.called.notify_all();
            }
        }
    }

    /// The next call to make; `None` when the fake stops.
    pub(crate) fn next_call(&self) -> Option<Call> {
        let state = self.lock();
        let waited = self.called.wait_while(state, |state| state.outbox.is_empty() && !state.stopping);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        let call = if state.stopping { None } else { state.outbox.pop_front() }?;
        if let Some(job) = state.ledger.jobs.get_mut(&call.job) {
            job.calls_under_way += 1;
        }
        Some(call)
    }

    pub(crate) fn remember(&self, number: u64, stream: &Arc<TcpStream>) {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.insert(number, Arc::downgrade(stream));
    }

    pub(crate) fn forget(&self, number: u64) {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }

    /// Ends all threads and connections.
    pub(crate) fn stop(&self) {
        self.lock().stopping = true;
        self.tell();
        let connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        for stream in connections.values().filter_map(Weak::upgrade) {
            // It may be closed already.
            stream.shutdown(Shutdown::Both).ok();
        }
    }
}

impl State {
    /// Ends what has run its time; says whether anything did.
    fn settle(&mut self, now_ms: i64) -> bool {
        let mut any = false;
        while self.due.first().is_some_and(|(due_ms, _)| *due_ms <= now_ms) {
            if let Some((due_ms, id)) = self.due.pop_first() {
                any |= self.end(&id, due_ms, None);
            }
        }
        any
    }

    fn accept(&mut self, order: Order, at_once: bool) -> Option<String> {
        let (cost_thousandths, must_suffice) = self.behaviour.price(&order);
        if must_suffice && self.behaviour.balance_thousandths < cost_thousandths {
            return None;
        }
        self.behaviour.balance_thousandths -= cost_thousandths;
        let accepted_at_ms = now_ms();
        let number = u64::try_from(self.ledger.jobs.len()).unwrap_or(u64::MAX);
        let seed = format!("{} {} {number}", self.url, self.started_ms);
        let digits = digest::hex(&digest::sha256(seed.as_bytes())[..16]);
        let id = crate::openai::engine::job_id(&order, self.behaviour.engine, &digits);
        let calls_first = self.behaviour.callbacks == Callbacks::BeforeReply && order.call_back_url.is_some();
        let run_ms = self.behaviour.run_ms.map(|run_ms| i64::try_from(run_ms).unwrap_or(i64::MAX));
        let run_ms = if at_once || calls_first { Some(0) } else { run_ms };
        let due_at_ms = run_ms.map(|run_ms| accepted_at_ms.saturating_add(run_ms));
        let job = Job {
            id: id.clone(),
            number,
            order,
            cost_thousandths,
            refunded: false,
            accepted_at_ms,
            due_at_ms,
            ended_at_ms: None,
            state: JobState::Running,
            outcome: self.behaviour.outcome.clone(),
            deleted: false,
            reads: 0,
            downloads: 0,
            calls_under_way: 0,
        };
        self.ledger.jobs.insert(id.clone(), job);
        self.due.extend(due_at_ms.map(|due_at_ms| (due_at_ms, id.clone())));
        self.settle(accepted_at_ms);
        Some(id)
    }

    /// Ends a job that runs, as it was going to or otherwise; false when there is none.
    pub(crate) fn end(&mut self, id: &str, at_ms: i64, otherwise: Option<Outcome>) -> bool {
        let Some(job) = self.ledger.jobs.get_mut(id).filter(|job| job.state == JobState::Running) else {
            return false;
        };
        job.outcome = otherwise.unwrap_or_else(|| job.outcome.clone());
        job.ended_at_ms = Some(at_ms);
        job.state = match job.outcome {
            Outcome::Succeed | Outcome::NoUrl => JobState::Success,
            Outcome::Fail { .. } => JobState::Fail,
            Outcome::Vanish => JobState::Lost,
        };
        if job.state == JobState::Fail {
            job.refunded = true;
            self.behaviour.balance_thousandths += job.cost_thousandths;
        }
        callback::plan(self, id);
        true
    }

    /// Ends a job by `DELETE`.
    pub(crate) fn cancel(&mut self, id: &str) {
        if let Some(job) = self.ledger.jobs.get_mut(id).filter(|job| job.state == JobState::Running) {
            job.ended_at_ms = Some(now_ms());
            job.state = JobState::Cancelled;
        }
    }
}

impl Cut {
    /// Whether this cut needs requests to be read in small pieces.
    pub(crate) const fn is_within_request(self) -> bool {
        matches!(self.point, CutPoint::MidRequestHeader | CutPoint::MidRequestBody)
    }
}

/// Unix milliseconds.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
