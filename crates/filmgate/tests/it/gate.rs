//! The real binary as a server on a port of its own, and a small HTTP client for it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The binary under test, free of the environment's own configuration.
pub(crate) fn filmgate() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_filmgate"));
    command.env_remove("FILMGATE_DATA").env_remove("FILMGATE_CONFIG").env("XDG_CONFIG_HOME", "/nonexistent");
    // Tests ask more often than any client should; those of the limits switch them on again.
    command.env("FILMGATE_LIMITS_CREATES_PER_10S", "0").env("FILMGATE_LIMITS_READS_PER_S", "0");
    command
}

/// A running server that is killed with this value.
pub(crate) struct Gate {
    pub(crate) child: Child,
    pub(crate) address: String,
    pub(crate) said: String,
}

impl Gate {
    pub(crate) fn dev(data: &Path) -> Self {
        Self::start(filmgate().args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"]).arg(data))
    }

    /// An emulator that accepts and answers but makes no films.
    pub(crate) fn idle(data: &Path) -> Self {
        let mut command = filmgate();
        command.env("FILMGATE_STUDIO_RENDERS", "0");
        Self::start(command.args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"]).arg(data))
    }

    /// An emulator whose clock is so fast that `slow`, and the day of the default deadline, last less than a second.
    pub(crate) fn fast(data: &Path) -> Self {
        let arguments = ["serve", "--dev", "--speed", "100000", "--listen", "127.0.0.1:0", "--data"];
        Self::start(filmgate().args(arguments).arg(data))
    }

    /// Starts a server and reads its address from what it says.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
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
        // What it says later must go somewhere, or its pipe fills up.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, said }
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> Value {
        self.call("POST", path, &[("Authorization", "Bearer test")], body.as_bytes()).json()
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        self.call("GET", path, &[("Authorization", "Bearer test")], b"").json()
    }

    pub(crate) fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let path = path.strip_prefix(&format!("http://{}", self.address)).unwrap_or(path);
        let first = format!("{method} {path} HTTP/1.1");
        let mut head = vec![first, "Connection: close".into(), format!("Content-Length: {}", body.len())];
        if !headers.iter().any(|(name, _)| *name == "Host") {
            head.push(format!("Host: {}", self.address));
        }
        head.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        stream.write_all(format!("{}\r\n\r\n", head.join("\r\n")).as_bytes()).unwrap();
        // A server that refuses early may close before it has read everything.
        drop(stream.write_all(body));
        let mut reply = Vec::new();
        drop(stream.read_to_end(&mut reply));
        Reply::parse(&reply)
    }

    /// Creates a task and returns its id.
    pub(crate) fn create(&self, body: &str) -> String {
        let reply = self.post("/api/v1/jobs/createTask", body);
        assert_eq!(reply["code"], 200, "{reply}");
        reply["data"]["taskId"].as_str().unwrap().to_owned()
    }

    pub(crate) fn record(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/jobs/recordInfo?taskId={id}"))["data"].clone()
    }

    /// Polls until the record says one of these states.
    pub(crate) fn wait(&self, id: &str, states: &[&str]) -> Value {
        let deadline = Instant::now() + Duration::from_secs(120);
        loop {
            let record = self.record(id);
            if states.contains(&record["state"].as_str().unwrap_or_default()) {
                return record;
            }
            assert!(Instant::now() < deadline, "task {id} is not {states:?} after two minutes: {record}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a reply has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, head, body: bytes[end + 4..].to_vec() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.head.lines().skip(1).filter_map(|line| line.split_once(": "));
        found.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

/// Runs a command to its end in a folder.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Output {
    filmgate()
        .args(arguments)
        .args(["--data", "data"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs a command that must succeed and returns what it printed.
pub(crate) fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) const CAT: &str =
    r#"{"model":"sora-2-text-to-video","input":{"prompt":"A cute cat playing in a sunny garden"}}"#;

/// The quickest film there is: four seconds of Veo.
pub(crate) const SHORT: &str = r#"{"prompt":"A red boat at sea","model":"veo3_fast","duration":4}"#;
