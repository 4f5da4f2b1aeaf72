//! One gateway in front of one scripted upstream: started, killed and started again on the same port and data folder.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use filmgate_domain::answer::{Evidence, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End};
use filmgate_domain::id::TaskId;
use filmgate_domain::request::Parameter;
use filmgate_domain::work::Known;
use filmgate_fake::{Behaviour, Fake, Handle, Job, Settings};
use filmgate_store::{Record, Store, TaskFilter};
use serde_json::{Value, json};

use crate::gate::{Gate, filmgate, printed};

/// What the one account of a rig is given.
const GRANT: i64 = 1_000_000;

/// The ways in which the gateway speaks to its upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    KieJobs,
    KieVeo,
    OpenAi,
}

/// A gateway, its upstream, and an eye on the store of the one and on the ledger of the other.
pub(crate) struct Rig {
    pub(crate) upstream: Handle,
    address: String,
    store: Store,
    way: Way,
    key: String,
    gate: Option<Gate>,
    settings: Vec<(String, String)>,
    folder: tempfile::TempDir,
    _fake: Fake,
}

/// A task as the store has it.
pub(crate) struct Story {
    pub(crate) record: Record,
    pub(crate) attempts: Vec<Attempt>,
    pub(crate) known: Vec<Known>,
}

impl Rig {
    /// Starts both. All times of a call are one second, so that a hang is noticed soon.
    pub(crate) fn start(way: Way, behaviour: Behaviour) -> Self {
        let fake = Fake::start(Settings { port: 0, behaviour });
        let folder = tempfile::tempdir().unwrap();
        let key = printed(folder.path(), &["keys", "create", "team", "--json"]);
        let key: Value = serde_json::from_str(&key).unwrap();
        printed(folder.path(), &["credits", "grant", "team", &GRANT.to_string()]);
        let mut settings = match way {
            Way::KieJobs | Way::KieVeo => vec![
                ("KIE_API_KEY".to_owned(), "fake-key".to_owned()),
                ("KIE_BASE_URL".to_owned(), fake.url()),
            ],
            Way::OpenAi => vec![
                ("FILMGATE_ENGINE_KEY".to_owned(), "fake-key".to_owned()),
                ("FILMGATE_ENGINE_URL".to_owned(), format!("{}/v1", fake.url())),
            ],
        };
        for (name, value) in [
            ("CONNECT_MS", 1000),
            ("WRITE_MS", 1000),
            ("READ_MS", 1000),
            ("POLL_MS", 100),
            ("CREATES_PER_10S", 0),
        ] {
            settings.push((format!("FILMGATE_UPSTREAMS_{}_{name}", way.upstream()), value.to_string()));
        }
        let mut rig = Self {
            upstream: fake.handle(),
            address: format!("127.0.0.1:{}", port()),
            store: Store::open(&folder.path().join("data")).unwrap(),
            way,
            key: key["key"].as_str().unwrap().to_owned(),
            gate: None,
            settings,
            folder,
            _fake: fake,
        };
        rig.start_again();
        rig
    }

    /// Kills the gateway, as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        if let Some(gate) = self.gate.take() {
            gate.kill();
        }
    }

    /// Starts the gateway that was killed.
    pub(crate) fn start_again(&mut self) {
        let mut serve = filmgate();
        serve.args(["serve", "--listen", &self.address, "--data"]).arg(self.data());
        serve.env("FILMGATE_PUBLIC_URL", format!("http://{}", self.address));
        serve.envs(self.settings.iter().map(|(name, value)| (name, value)));
        self.gate = Some(Gate::start(&mut serve));
    }

    /// Sets a key of the upstream's configuration, from the next start on.
    pub(crate) fn configure(&mut self, key: &str, value: &str) {
        let name = format!("FILMGATE_UPSTREAMS_{}_{key}", self.way.upstream());
        self.settings.push((name, value.to_owned()));
    }

    /// Stops the gateway's process where it stands, so that whatever comes in is not read.
    pub(crate) fn freeze(&self) {
        let gate = self.gate.as_ref().unwrap();
        let process = rustix::process::Pid::from_child(&gate.child);
        rustix::process::kill_process(process, rustix::process::Signal::STOP).unwrap();
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Creates a task as a client does.
    pub(crate) fn create(&self, prompt: &str) -> TaskId {
        self.client(prompt).create().unwrap()
    }

    /// A client with one create in its hands.
    pub(crate) fn client(&self, prompt: &str) -> Client {
        let (path, body) = match self.way {
            Way::KieVeo => ("/api/v1/veo/generate", json!({ "model": "veo3_fast", "prompt": prompt })),
            Way::KieJobs | Way::OpenAi => {
                ("/api/v1/jobs/createTask", json!({ "model": "veo-3-1", "input": { "prompt": prompt } }))
            }
        };
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.key,
            body.len()
        );
        Client { address: self.address.clone(), request }
    }

    /// A task with all that is known of it.
    pub(crate) fn story(&self, id: TaskId) -> Story {
        let record = self.store.record(id).unwrap().expect("an accepted task is never lost");
        self.story_of(record)
    }

    /// All tasks, the oldest first.
    pub(crate) fn stories(&self) -> Vec<Story> {
        let filter = TaskFilter { limit: 100_000, ..TaskFilter::default() };
        let records = self.store.records(&filter).unwrap();
        records.into_iter().rev().map(|record| self.story_of(record)).collect()
    }

    fn story_of(&self, record: Record) -> Story {
        let attempts = self.store.attempts(record.seq).unwrap();
        let known = self.store.known(record.seq).unwrap();
        Story { record, attempts, known }
    }

    /// Waits until a task is as it should be.
    pub(crate) fn await_story(&self, id: TaskId, limit: Duration, done: impl Fn(&Story) -> bool) -> Story {
        let end = Instant::now() + limit;
        loop {
            let story = self.story(id);
            if done(&story) {
                return story;
            }
            assert!(Instant::now() < end, "after {limit:?} task {id} is not as it should be: {story}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The jobs that the upstream accepted with this prompt, and so for this task.
    pub(crate) fn jobs_of(&self, story: &Story) -> Vec<Job> {
        let prompt = story.prompt();
        self.upstream.jobs().into_iter().filter(|job| job.order.prompt == prompt).collect()
    }

    /// The stored film is the upstream's, byte for byte.
    pub(crate) fn check_film(&self, story: &Story) {
        let key = &story.record.film.as_ref().expect("a task that has succeeded has a film").key;
        let stored = std::fs::read(self.data().join("films").join(&key[..2]).join(format!("{key}.mp4")));
        assert!(stored.unwrap() == self.upstream.behaviour().film, "the film of {story} is another one");
    }

    /// Every credit is explained, so much is held, and the client has paid so much.
    pub(crate) fn check_books(&self, held: i64, spent: i64) {
        assert_eq!(printed(self.folder.path(), &["credits", "verify"]), "every credit is explained\n");
        let balance = printed(self.folder.path(), &["credits", "balance", "team", "--json"]);
        let balance: Value = serde_json::from_str(&balance).unwrap();
        let amounts = ["available", "held", "spent"].map(|word| balance[word].as_f64().unwrap());
        let expected = [GRANT * 1000 - held - spent, held, spent].map(|thousandths| {
            #[expect(clippy::cast_precision_loss, reason = "sums of credits in a test are small")]
            let credits = thousandths as f64 / 1000.0;
            credits
        });
        assert_eq!(amounts, expected, "available, held, spent");
    }
}

impl Way {
    fn upstream(self) -> &'static str {
        match self {
            Self::KieJobs | Self::KieVeo => "KIE",
            Self::OpenAi => "ENGINE",
        }
    }
}

/// A port below those that the system gives out by itself, so that nobody takes it while the gateway is down.
fn port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 10_000 + u16::try_from(std::process::id() % 14_000).unwrap();
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    let mut ports = std::iter::repeat_with(|| first + NEXT.fetch_add(1, Ordering::Relaxed));
    ports.find(is_free).unwrap()
}

/// A request to the gateway, which may be down or die before it answers.
pub(crate) struct Client {
    address: String,
    request: String,
}

impl Client {
    /// Sends it; the new task's id, if the gateway lived to say it.
    pub(crate) fn create(&self) -> Option<TaskId> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(60))).ok()?;
        stream.write_all(self.request.as_bytes()).ok()?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply).ok()?;
        let body: Value = serde_json::from_str(reply.split_once("\r\n\r\n")?.1).ok()?;
        assert_eq!(body["code"], 200, "{reply}");
        TaskId::parse(body["data"]["taskId"].as_str()?)
    }
}

impl Story {
    pub(crate) fn prompt(&self) -> &str {
        self.record.request.text(Parameter::Prompt)
    }

    pub(crate) fn phase(&self) -> &'static str {
        self.record.task.phase.word()
    }

    /// The last attempt, if it is in doubt.
    pub(crate) fn doubtful(&self) -> Option<&Attempt> {
        self.attempts.last().filter(|attempt| attempt.state == AttemptState::Doubtful)
    }

    /// Whether an attempt is or was in doubt: nobody understood what its submit was answered, or nobody heard it.
    pub(crate) fn was_in_doubt(&self) -> bool {
        let heard = |number: u32, what: fn(&Submitted) -> bool| {
            let mut of_attempt = self.known.iter().filter(|known| known.attempt == number);
            of_attempt.any(|known| matches!(&known.evidence, Evidence::Submitted(answer) if what(answer)))
        };
        self.attempts.iter().any(|attempt| match &attempt.state {
            AttemptState::Doubtful => true,
            AttemptState::Running { .. }
            | AttemptState::Made { .. }
            | AttemptState::Ended(End::Delivered) => {
                !heard(attempt.number, |answer| matches!(answer, Submitted::Accepted { .. }))
            }
            _ => heard(attempt.number, |answer| matches!(answer, Submitted::Unknown { .. })),
        })
    }

    /// From the create to the film, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        let finished = self.record.task.finished.expect("the task has ended");
        #[expect(clippy::cast_precision_loss, reason = "a test takes minutes")]
        let ms = finished.since_ms(self.record.task.created) as f64;
        ms / 1000.0
    }
}

impl std::fmt::Display for Story {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.prompt().split(':').next().unwrap_or_default();
        write!(f, "\"{name}\" is {}\n{:#?}\n{:#?}", self.phase(), self.attempts, self.known)
    }
}
