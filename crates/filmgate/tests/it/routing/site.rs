//! A gateway with fakes behind it: the real binary, an account with 1,000 credits, and the operator's commands beside it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use filmgate_domain::credits::Credits;
use filmgate_domain::ledger::Book;
use filmgate_fake::{Behaviour, Fake, Settings};
use serde_json::Value;

use crate::gate::{Gate, filmgate};

/// The key of every fake.
pub(super) const UPSTREAM_KEY: &str = "fake-key";
/// A film of Veo's at 60 credits, which Kie, an engine and the studio can make.
pub(super) const VEO: &str = r#"{"prompt":"A red boat at sea","model":"veo3_fast","duration":4}"#;
pub(super) const JOBS: &str = "/api/v1/jobs/createTask";
pub(super) const VEO_GENERATE: &str = "/api/v1/veo/generate";

/// Variables of the environment.
pub(super) type Settled = Vec<(String, String)>;

/// A data folder with an account, and the server over it while it runs.
pub(super) struct Site {
    pub(super) folder: tempfile::TempDir,
    environment: Settled,
    pub(super) key: String,
    pub(super) gate: Option<Gate>,
    log: Arc<Mutex<String>>,
}

/// A fake that answers within milliseconds.
pub(super) fn fake(change: impl FnOnce(&mut Behaviour)) -> Fake {
    let mut behaviour = Behaviour::default();
    change(&mut behaviour);
    Fake::start(Settings { port: 0, behaviour })
}

/// Kie is this fake.
pub(super) fn kie(fake: &Fake) -> Settled {
    vec![
        ("KIE_API_KEY".into(), UPSTREAM_KEY.into()),
        ("KIE_BASE_URL".into(), fake.url()),
        ("FILMGATE_UPSTREAMS_KIE_POLL_MS".into(), "50".into()),
    ]
}

/// The operator's own engine is this fake.
pub(super) fn engine(fake: &Fake) -> Settled {
    vec![
        ("FILMGATE_ENGINE_KEY".into(), UPSTREAM_KEY.into()),
        ("FILMGATE_ENGINE_URL".into(), format!("{}/v1", fake.url())),
        ("FILMGATE_UPSTREAMS_ENGINE_POLL_MS".into(), "50".into()),
    ]
}

/// The default routes, in order.
pub(super) fn routes(names: &str) -> Settled {
    set("FILMGATE_ROUTES_DEFAULT", names)
}

pub(super) fn set(name: &str, value: &str) -> Settled {
    vec![(name.into(), value.into())]
}

/// A port that nobody listens on.
pub(super) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// How long anything may take on a machine that does other things, too.
pub(super) const PATIENCE: Duration = Duration::from_secs(40);

/// Asks until there is an answer.
pub(super) fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

/// Posts JSON with the upstream's key and returns the answer's body.
pub(super) fn post(url: &str, body: &str) -> Value {
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /{path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {UPSTREAM_KEY}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    serde_json::from_str(reply.split_once("\r\n\r\n").unwrap().1).unwrap()
}

impl Site {
    /// With these variables and a file `config.toml` with this text; no server runs yet.
    pub(super) fn new(settings: &[Settled], file: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        std::fs::write(&path, file).unwrap();
        let mut environment = settings.concat();
        environment.push(("FILMGATE_CONFIG".into(), path.display().to_string()));
        let mut site = Self { folder, environment, key: String::new(), gate: None, log: Arc::default() };
        let created: Value =
            serde_json::from_str(&site.printed(&["keys", "create", "team", "--json"])).unwrap();
        site.key = created["key"].as_str().unwrap().to_owned();
        site.printed(&["credits", "grant", "team", "1000"]);
        site
    }

    /// The same with a running server.
    pub(super) fn start(settings: &[Settled]) -> Self {
        let mut site = Self::new(settings, "");
        site.serve();
        site
    }

    /// The same at a public address, so that upstreams can call back.
    pub(super) fn public(settings: &[Settled]) -> Self {
        let address = format!("127.0.0.1:{}", free_port());
        let own =
            [set("FILMGATE_LISTEN", &address), set("FILMGATE_PUBLIC_URL", &format!("http://{address}"))];
        Self::start(&[settings, &own].concat())
    }

    /// Changes a variable for what is started from now on.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.into(), value.into()));
    }

    /// Starts the server, whose log is kept.
    pub(super) fn serve(&mut self) {
        let mut command = filmgate();
        command.args(["serve", "--data", "data"]).current_dir(self.folder.path());
        if !self.environment.iter().any(|(name, _)| name == "FILMGATE_LISTEN") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.envs(self.environment.iter().cloned());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = String::new();
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("the server ended before it listened: {said}") };
            said.push_str(&line);
            said.push('\n');
            if let Some((_, address)) = line.split_once("listens on http://") {
                break address.trim().to_owned();
            }
        };
        self.log.lock().unwrap().push_str(&said);
        let log = Arc::clone(&self.log);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = log.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        self.gate = Some(Gate { child, address, said });
    }

    /// Asks the server to stop and waits for it.
    pub(super) fn stop(&mut self) {
        let mut gate = self.gate.take().unwrap();
        let pid = rustix::process::Pid::from_child(&gate.child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        assert!(gate.child.wait().unwrap().success());
    }

    /// Everything that servers of this site have said so far.
    pub(super) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    pub(super) fn gate(&self) -> &Gate {
        self.gate.as_ref().unwrap()
    }

    pub(super) fn call(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Value {
        let bearer = format!("Bearer {}", self.key);
        let headers = [&[("Authorization", bearer.as_str())], headers].concat();
        let method = if body.is_empty() { "GET" } else { "POST" };
        self.gate().call(method, path, &headers, body.as_bytes()).json()
    }

    /// Creates a task of Veo's and returns its id.
    pub(super) fn create(&self) -> String {
        self.create_with(VEO_GENERATE, &[], VEO)
    }

    pub(super) fn create_with(&self, path: &str, headers: &[(&str, &str)], body: &str) -> String {
        let reply = self.call(path, headers, body);
        assert_eq!(reply["code"], 200, "{reply}");
        reply["data"]["taskId"].as_str().unwrap().to_owned()
    }

    /// The task as its client sees it, in either form.
    pub(super) fn record(&self, id: &str) -> Value {
        let jobs = self.call(&format!("/api/v1/jobs/recordInfo?taskId={id}"), &[], "");
        if jobs["code"] == 200 {
            return jobs["data"].clone();
        }
        self.call(&format!("/api/v1/veo/record-info?taskId={id}"), &[], "")["data"].clone()
    }

    /// What the account can spend, as its client sees it.
    pub(super) fn credit(&self) -> f64 {
        self.call("/api/v1/chat/credit", &[], "")["data"].as_f64().unwrap()
    }

    /// A command of the operator's, to be started.
    pub(super) fn prepared(&self, arguments: &[&str]) -> Command {
        let mut command = filmgate();
        command.args(arguments).args(["--data", "data"]).current_dir(self.folder.path());
        command.envs(self.environment.iter().cloned()).stdin(Stdio::null());
        command
    }

    /// A command of the operator's.
    pub(super) fn command(&self, arguments: &[&str]) -> Output {
        let mut command = self.prepared(arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // A server that should have refused to start must not keep the test for ever.
        let pid = rustix::process::Pid::from_child(&child);
        let (done, ended) = std::sync::mpsc::channel::<()>();
        std::thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                rustix::process::kill_process(pid, rustix::process::Signal::KILL).ok();
            }
        });
        let output = child.wait_with_output().unwrap();
        drop(done);
        output
    }

    /// What a command says that must succeed.
    pub(super) fn printed(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The task with its attempts, as the operator sees it.
    pub(super) fn task(&self, id: &str) -> Value {
        serde_json::from_str(&self.printed(&["tasks", "get", id, "--json"])).unwrap()
    }

    /// Waits until the task is in this phase.
    pub(super) fn until(&self, id: &str, phase: &str) -> Value {
        eventually(&format!("{id} is {phase}"), || {
            let task = self.task(id);
            let now = task["phase"].as_str().unwrap_or_default().to_owned();
            let has_ended = ["succeeded", "failed", "cancelled"].contains(&now.as_str());
            assert!(now == phase || !has_ended, "{id} is {now} instead of {phase}: {task:#}\n{}", self.log());
            (now == phase).then_some(task)
        })
    }

    /// Available, held and spent of the account.
    pub(super) fn balance(&self) -> (f64, f64, f64) {
        let balance: Value =
            serde_json::from_str(&self.printed(&["credits", "balance", "team", "--json"])).unwrap();
        let amount = |name: &str| balance[name].as_f64().unwrap();
        (amount("available"), amount("held"), amount("spent"))
    }

    /// What a book of the operator's holds, in credits.
    pub(super) fn book(&self, book: Book) -> f64 {
        let store = filmgate_store::Store::open(&self.folder.path().join("data")).unwrap();
        let flows = store.facts().unwrap().flows;
        let sum = |fits: &dyn Fn(&filmgate_domain::audit::Flow) -> bool| -> i64 {
            flows.iter().filter(|flow| fits(flow)).map(|flow| flow.amount.0).sum()
        };
        Credits(sum(&|flow| flow.credit == book) - sum(&|flow| flow.debit == book)).as_f64()
    }

    /// Every rule of the ledger holds.
    pub(super) fn verify(&self) {
        assert_eq!(self.printed(&["credits", "verify"]), "every credit is explained\n");
    }
}
