//! HTTP/1.1 by hand, so that an exchange can be cut between any two bytes.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use serde_json::Value;

use crate::cut::{Cut, Encoded};

const HEAD_MAX: usize = 64 * 1024;
const BODY_MAX: usize = 256 * 1024 * 1024;

/// A connection and what was read ahead from it.
pub(crate) struct Wire {
    pub(crate) stream: Arc<TcpStream>,
    buffer: Vec<u8>,
    /// How much is read at once: little, where the next request may be cut in its middle.
    pub(crate) piece: usize,
    /// How many bytes of the current request were taken out of the buffer.
    taken: usize,
}

/// The first line and the headers of a request.
pub(crate) struct Head {
    pub(crate) method: String,
    pub(crate) target: String,
    /// Whether the peer speaks HTTP/1.1 and does not wish to close.
    pub(crate) keep_alive: bool,
    /// Names in lower case.
    pub(crate) headers: BTreeMap<String, String>,
}

/// A whole request.
pub(crate) struct Request {
    pub(crate) method: String,
    /// The parts of the path between slashes, each percent-decoded by itself.
    pub(crate) path: Vec<String>,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    pub(crate) keep_alive: bool,
}

/// An answer, and the cut that ends it early.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) cut: Option<Cut>,
}

impl Wire {
    pub(crate) const fn new(stream: Arc<TcpStream>) -> Self {
        Self { stream, buffer: Vec::new(), piece: 16 * 1024, taken: 0 }
    }

    /// Waits for the first byte of the next request without taking it; false when there will be none.
    pub(crate) fn await_request(&mut self) -> io::Result<bool> {
        self.taken = 0;
        Ok(!self.buffer.is_empty() || self.stream.peek(&mut [0])? > 0)
    }

    /// How many bytes of the current request have been read.
    pub(crate) const fn request_bytes(&self) -> usize {
        self.taken + self.buffer.len()
    }

    /// Method and target, which stay in the buffer.
    pub(crate) fn first_line(&mut self) -> io::Result<(String, String)> {
        let end = self.fill_to(b"\r\n")?;
        let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        let mut words = line.split(' ');
        match (words.next(), words.next(), words.next()) {
            (Some(method), Some(target), Some(_)) => Ok((method.to_owned(), target.to_owned())),
            _ => Err(bad("no request line")),
        }
    }

    /// Reads one more piece of a head whose first line is complete, unless all of it is there.
    pub(crate) fn read_into_head(&mut self) -> io::Result<()> {
        if find(&self.buffer, b"\r\n\r\n").is_none() {
            self.fill()?;
        }
        Ok(())
    }

    /// Takes the head out of the buffer.
    pub(crate) fn head(&mut self) -> io::Result<Head> {
        let end = self.fill_to(b"\r\n\r\n")?;
        let bytes = self.take(end + 4);
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.split("\r\n");
        let words: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
        let [method, target, version] = words[..] else { return Err(bad("no request line")) };
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        let closes = headers.get("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        let keep_alive = version == "HTTP/1.1" && !closes;
        Ok(Head { method: method.to_owned(), target: target.to_owned(), keep_alive, headers })
    }

    /// Reads half of the body and leaves it in the buffer.
    pub(crate) fn half_body(&mut self, head: &Head) -> io::Result<()> {
        self.say_continue(head)?;
        let half = if head.is_chunked() { 8 } else { head.content_length()? / 2 };
        self.fill_by(half)
    }

    /// Takes the whole body.
    pub(crate) fn body(&mut self, head: &Head) -> io::Result<Vec<u8>> {
        if !head.is_chunked() {
            let length = head.content_length()?;
            if length > 0 {
                self.say_continue(head)?;
            }
            self.fill_by(length)?;
            return Ok(self.take(length));
        }
        self.say_continue(head)?;
        let mut body = Vec::new();
        loop {
            let end = self.fill_to(b"\r\n")?;
            let line = self.take(end + 2);
            let digits = String::from_utf8_lossy(&line);
            let digits = digits.split([';', '\r']).next().unwrap_or_default();
            let length = usize::from_str_radix(digits.trim(), 16).map_err(|_| bad("no chunk size"))?;
            if length == 0 {
                while self.fill_to(b"\r\n")? > 0 {
                    let trailer = self.fill_to(b"\r\n")?;
                    self.take(trailer + 2);
                }
                self.take(2);
                return Ok(body);
            }
            if body.len() + length > BODY_MAX {
                return Err(bad("the body is too long"));
            }
            self.fill_by(length + 2)?;
            body.extend(self.take(length));
            self.take(2);
        }
    }

    fn say_continue(&self, head: &Head) -> io::Result<()> {
        let expects =
            head.headers.get("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue"));
        if expects && self.buffer.is_empty() {
            (&*self.stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        Ok(())
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        self.taken += count;
        self.buffer.drain(..count).collect()
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut piece = [0; 16 * 1024];
        let count = (&*self.stream).read(&mut piece[..self.piece])?;
        self.buffer.extend_from_slice(&piece[..count]);
        if count == 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// Reads until so many bytes are in the buffer.
    fn fill_by(&mut self, count: usize) -> io::Result<()> {
        while self.buffer.len() < count {
            self.fill()?;
        }
        Ok(())
    }

    /// Reads until the buffer holds an end of line or head, and says where.
    fn fill_to(&mut self, end: &[u8]) -> io::Result<usize> {
        loop {
            match find(&self.buffer, end) {
                Some(place) => return Ok(place),
                None if self.buffer.len() > HEAD_MAX => return Err(bad("the head is too long")),
                None => self.fill()?,
            }
        }
    }
}

impl Head {
    fn is_chunked(&self) -> bool {
        self.headers.get("transfer-encoding").is_some_and(|value| value.eq_ignore_ascii_case("chunked"))
    }

    fn content_length(&self) -> io::Result<usize> {
        let Some(length) = self.headers.get("content-length") else { return Ok(0) };
        let length: usize = length.parse().map_err(|_| bad("no content length"))?;
        if length > BODY_MAX { Err(bad("the body is too long")) } else { Ok(length) }
    }

    pub(crate) fn into_request(self, body: Vec<u8>) -> Request {
        let (path, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Request {
            path: path.trim_start_matches('/').split('/').map(|part| decoded(part, false)).collect(),
            query: pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name, true), decoded(value, true)))
                .collect(),
            method: self.method,
            headers: self.headers,
            body,
            keep_alive: self.keep_alive,
        }
    }
}

impl Request {
    /// The path's parts, for matching.
    pub(crate) fn parts(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// The body as JSON, `null` where it is none.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Whether the bearer key is this one; nobody needs one where there is none.
    pub(crate) fn has_key(&self, key: Option<&str>) -> bool {
        key.is_none_or(|key| self.header("authorization").strip_prefix("Bearer ") == Some(key))
    }
}

impl Reply {
    pub(crate) fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("Content-Type", content_type.to_owned())];
        Self { status, headers, body: body.into(), cut: None }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The bytes, without the body in answer to HEAD.
    pub(crate) fn encode(&self, keep_alive: bool, is_head: bool) -> Encoded {
        let status_line = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let connection = if keep_alive { "keep-alive" } else { "close" };
        let mut head = status_line.clone();
        for (name, value) in &self.headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.extend(["Content-Length: ", &self.body.len().to_string(), "\r\n"]);
        head.extend(["Connection: ", connection, "\r\n\r\n"]);
        let (status_line, length) = (status_line.len(), head.len());
        let mut bytes = head.into_bytes();
        if !is_head {
            bytes.extend_from_slice(&self.body);
        }
        Encoded { bytes, status_line, head: length }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        206 => "Partial Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        416 => "Range Not Satisfiable",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Other",
    }
}

/// Where `needle` begins.
pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

/// Percent-decoding; in a query `+` is a blank.
fn decoded(text: &str, plus_is_blank: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte = escaped.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        let literal = if *first == b'+' && plus_is_blank { b' ' } else { *first };
        bytes.push(byte.unwrap_or(literal));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn bad(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
