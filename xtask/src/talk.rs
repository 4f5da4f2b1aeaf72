//! One kept connection for small JSON requests, and who may make them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use serde_json::Value;

/// A connection that is used again and again.
pub(crate) struct Line {
    address: String,
    bearer: String,
    stream: BufReader<TcpStream>,
}

impl Line {
    /// Connects; `bearer` may be empty.
    pub(crate) fn to(address: &str, bearer: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).with_context(|| format!("connecting to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let (address, bearer) = (address.to_owned(), bearer.to_owned());
        Ok(Self { address, bearer, stream: BufReader::new(stream) })
    }

    /// Asks for a path and returns the JSON of the reply, which must have status 200.
    pub(crate) fn get(&mut self, path: &str) -> anyhow::Result<Value> {
        self.ask("GET", path, "")
    }

    /// The same with a body.
    pub(crate) fn post(&mut self, path: &str, body: &str) -> anyhow::Result<Value> {
        self.ask("POST", path, body)
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> anyhow::Result<Value> {
        let Self { address, bearer, stream } = self;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {bearer}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length, mut line) = (String::new(), 0, String::new());
        stream.read_line(&mut status)?;
        while line != "\r\n" {
            line.clear();
            ensure!(stream.read_line(&mut line)? > 0, "{address} hung up");
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut reply = vec![0; length];
        stream.read_exact(&mut reply)?;
        ensure!(
            status.starts_with("HTTP/1.1 200"),
            "{method} {path}: {status}{}",
            String::from_utf8_lossy(&reply)
        );
        Ok(serde_json::from_slice(&reply)?)
    }
}
