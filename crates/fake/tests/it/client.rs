//! A tiny raw client: what it sends is exactly what the test says, and it tells how a connection ended.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use filmgate_fake::{Behaviour, Fake, Handle, Settings};
use serde_json::Value;

/// Longer than any test waits for anything that comes.
pub(crate) const SOON: Duration = Duration::from_secs(10);
/// Long enough to call a peer silent that answers in microseconds.
pub(crate) const SILENCE: Duration = Duration::from_millis(150);

pub(crate) const CREATE: &str = "/api/v1/jobs/createTask";
pub(crate) const VIDEOS: &str = "/v1/videos";

/// What came, and how it ended.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Closed in good order.
    Fin,
    /// Reset.
    Rst,
    /// Open, and nothing comes.
    Silence,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// A fake that was changed before it started.
pub(crate) fn fake(change: impl FnOnce(&mut Behaviour)) -> (Fake, Handle) {
    let mut behaviour = Behaviour::default();
    change(&mut behaviour);
    let fake = Fake::start(Settings { behaviour, ..Settings::default() });
    let handle = fake.handle();
    (fake, handle)
}

pub(crate) fn address(url: &str) -> SocketAddr {
    url.strip_prefix("http://").unwrap().parse().unwrap()
}

pub(crate) fn connect(fake: &Fake) -> io::Result<TcpStream> {
    TcpStream::connect_timeout(&address(&fake.url()), SOON)
}

/// A request with the key and whatever headers the test adds.
pub(crate) fn request(method: &str, path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let key = if headers.contains("Authorization") { "" } else { "Authorization: Bearer fake-key\r\n" };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: fake\r\n{key}{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Reads until the connection ends or is silent.
pub(crate) fn hear(stream: &TcpStream, patience: Duration) -> Heard {
    stream.set_read_timeout(Some(patience)).unwrap();
    let (mut reader, mut bytes, mut piece) = (stream, Vec::new(), [0; 64 * 1024]);
    let end = loop {
        match reader.read(&mut piece) {
            Ok(0) => break End::Fin,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => break End::Rst,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break End::Silence,
            Err(error) => panic!("{error}"),
        }
    };
    Heard { bytes, end }
}

/// Sends a request over a connection and reads one answer, which must be whole.
pub(crate) fn over(stream: &TcpStream, request: &[u8]) -> Answer {
    stream.set_read_timeout(Some(SOON)).unwrap();
    let mut line = stream;
    line.write_all(request).unwrap();
    let (mut bytes, mut piece) = (Vec::new(), [0; 64 * 1024]);
    let is_head = request.starts_with(b"HEAD ");
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
            let status = head.split(' ').nth(1).unwrap().parse().unwrap();
            let answer = Answer { status, head, body: bytes[end + 4..].to_vec() };
            let length: usize = answer.header("Content-Length").unwrap().parse().unwrap();
            if is_head || answer.body.len() >= length {
                return answer;
            }
        }
        let count = line.read(&mut piece).unwrap();
        assert!(count > 0, "the answer ended early: {}", String::from_utf8_lossy(&bytes));
        bytes.extend_from_slice(&piece[..count]);
    }
}

/// One request over a connection of its own.
pub(crate) fn call(fake: &Fake, method: &str, path: &str, body: &[u8]) -> Answer {
    over(&connect(fake).unwrap(), &request(method, path, "", body))
}

pub(crate) fn get(fake: &Fake, path: &str) -> Answer {
    call(fake, "GET", path, b"")
}

pub(crate) fn post(fake: &Fake, path: &str, body: &Value) -> Answer {
    call(fake, "POST", path, body.to_string().as_bytes())
}

/// Creates a Kie job and returns its id.
pub(crate) fn create_kie(fake: &Fake) -> String {
    let body = serde_json::json!({ "model": "sora-2-text-to-video", "input": { "prompt": "a cat" } });
    post(fake, CREATE, &body).json()["data"]["taskId"].as_str().unwrap().to_owned()
}

/// A multipart form; a part with a file name is a file.
pub(crate) fn form(parts: &[(&str, Option<&str>, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file_name, bytes) in parts {
        let file = file_name
            .map_or_else(String::new, |file| format!("; filename=\"{file}\"\r\nContent-Type: image/png"));
        let head = format!("--the-boundary\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--the-boundary--\r\n");
    ("Content-Type: multipart/form-data; boundary=the-boundary\r\n".to_owned(), body)
}

pub(crate) fn post_form(fake: &Fake, path: &str, parts: &[(&str, Option<&str>, &[u8])]) -> Answer {
    let (kind, body) = form(parts);
    over(&connect(fake).unwrap(), &request("POST", path, &kind, &body))
}
