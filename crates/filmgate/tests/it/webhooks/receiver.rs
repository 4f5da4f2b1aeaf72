//! A receiver of webhooks: a small HTTP server that answers as it is told, and keeps all that it gets.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use filmgate_wire::signature::{self, Delivered, Now};
use serde_json::Value;

/// What it answers.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Status(u16),
    Redirect(String),
    /// Nothing, for as long as the connection is kept.
    Hang,
}

/// One delivery as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Got {
    pub(crate) path: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(&name.to_ascii_lowercase()).map_or("", String::as_str)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Whether the signature over the whole body is right now.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let delivered = Delivered {
            id: self.header("webhook-id"),
            timestamp: self.header("webhook-timestamp"),
            signatures: self.header("webhook-signature"),
            body: &self.body,
        };
        signature::verify(&[secret], delivered, now()).is_ok()
    }

    /// Whether Kie's signature, over the task and the time, is right now.
    pub(crate) fn is_signed_as_kie_with(&self, secret: &str) -> bool {
        let task = filmgate_wire::kie::called_back(&self.body).unwrap();
        let (timestamp, given) = (self.header("x-webhook-timestamp"), self.header("x-webhook-signature"));
        signature::verify_kie(&[secret], &task, timestamp, given, now()).is_ok()
    }
}

fn now() -> Now {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Now::at(since.as_secs().try_into().unwrap())
}

#[derive(Default)]
struct Inside {
    answers: VecDeque<Answer>,
    otherwise: Option<Answer>,
    got: Vec<Got>,
}

/// The server; it ends with the process.
pub(crate) struct Receiver {
    port: u16,
    inside: Arc<(Mutex<Inside>, Condvar)>,
}

impl Receiver {
    /// Answers with these in turn, and with 200 from then on.
    pub(crate) fn answering(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Inside { answers: answers.into_iter().collect(), ..Inside::default() };
        let inside = Arc::new((Mutex::new(inside), Condvar::new()));
        let shared = Arc::clone(&inside);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || drop(serve(stream.unwrap(), &shared)));
            }
        });
        Self { port, inside }
    }

    pub(crate) fn new() -> Self {
        Self::answering([])
    }

    /// Answers everything in this way from now on.
    pub(crate) fn otherwise(&self, answer: Answer) {
        self.inside.0.lock().unwrap().otherwise = Some(answer);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.inside.0.lock().unwrap().got.clone()
    }

    /// Waits until there are so many deliveries.
    pub(crate) fn wait(&self, count: usize) -> Vec<Got> {
        self.wait_for(count, Duration::from_secs(90))
    }

    pub(crate) fn wait_for(&self, count: usize, patience: Duration) -> Vec<Got> {
        let deadline = Instant::now() + patience;
        let mut inside = self.inside.0.lock().unwrap();
        while inside.got.len() < count {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{} of {count} deliveries came in {patience:?}", inside.got.len());
            inside = self.inside.1.wait_timeout(inside, left).unwrap().0;
        }
        inside.got.clone()
    }
}

fn serve(stream: TcpStream, shared: &(Mutex<Inside>, Condvar)) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let answer = {
        let mut inside = shared.0.lock().unwrap();
        inside.got.push(Got { path, headers, body });
        shared.1.notify_all();
        let next = inside.answers.pop_front().or_else(|| inside.otherwise.clone());
        next.unwrap_or(Answer::Status(200))
    };
    let mut stream = stream;
    match answer {
        Answer::Status(status) => write!(stream, "HTTP/1.1 {status} X\r\nContent-Length: 2\r\n\r\nok"),
        Answer::Redirect(to) => {
            write!(stream, "HTTP/1.1 307 X\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n")
        }
        // Whoever sent this closes the connection some time.
        Answer::Hang => reader.read_to_end(&mut vec![]).map(|_| ()),
    }
}
