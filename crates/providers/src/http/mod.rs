//! The one HTTP client of upstreams: free reads over kept connections, paid submits in two halves, downloads of films.

pub mod base;
pub mod download;
mod film;
mod held;
mod part;
pub mod read;
pub mod submit;

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::Method;
use hyper::header::HeaderMap;
use rustls::ClientConfig;

use crate::guard::Guard;
use crate::guard::line::Dialler;

pub use self::base::Base;
pub use self::download::{DownloadFault, DownloadLimits, Downloaded, Source};
pub use self::read::ReadFault;
pub use self::submit::{DialFault, Ready, Submission};

/// One request to an upstream, made by a pure adapter.
#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    pub method: Method,
    /// Begins with `/` and is appended to the path of the upstream's [`Base`]; may carry a query.
    pub path: String,
    /// Besides these, every call names its host, its agent and what it accepts. What frames the message
    /// (`Content-Length`, `Connection` and the like) is the client's own and ignored here.
    pub headers: HeaderMap,
    /// May be empty, except of a submit.
    pub body: Bytes,
}

impl fmt::Debug for Call {
    /// Without the query and the headers' values, which may hold the key, and the body, which holds the prompt.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.keys().collect();
        let Self { method, path, body, .. } = self;
        write!(f, "{method} {} {names:?}, {} bytes", without_query(path), body.len())
    }
}

/// A whole reply, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    /// Byte for byte as it was sent.
    pub body: Bytes,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "status {}, {} bytes", self.status, self.body.len())
    }
}

/// How long an upstream may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// For the resolution, for each address tried (at most four), and for the TLS session.
    pub connect_ms: u64,
    /// For the request until its last byte, which a submit holds back for a while.
    pub write_ms: u64,
    /// From there to the last byte of the reply.
    pub read_ms: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self { connect_ms: 10_000, write_ms: 60_000, read_ms: 120_000 }
    }
}

/// Performs the calls to upstreams. Clones share their kept connections.
#[derive(Clone)]
pub struct Client {
    guard: Guard,
    dialler: Dialler,
    pool: read::Pool,
    times: Times,
}

impl Client {
    /// A client that trusts the upstreams' own addresses and follows their links to elsewhere through the guard, which
    /// is the one with the allow list of upstreams. Names are resolved, and certificates trusted, as the guard does.
    #[must_use]
    pub fn new(guard_for_results: Guard) -> Self {
        let (dialler, times) = (guard_for_results.dialler.clone(), Times::default());
        Self { pool: read::pool(&dialler, times), dialler, guard: guard_for_results, times }
    }

    /// The same client with other limits of time, and without the connections kept so far.
    #[must_use]
    pub fn within(self, times: Times) -> Self {
        Self { pool: read::pool(&self.dialler, times), times, ..self }
    }

    /// The same client with other trusted certificates for the upstreams' own hosts.
    #[must_use]
    pub fn trusting(mut self, tls: ClientConfig) -> Self {
        self.dialler.tls = Arc::new(tls);
        Self { pool: read::pool(&self.dialler, self.times), ..self }
    }
}

fn without_query(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// An error with its causes, for a log: hyper's own words name neither headers nor bodies.
fn told(error: &dyn Error) -> String {
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(error) = cause {
        texts.push(error.to_string());
        cause = error.source();
    }
    texts.dedup();
    texts.join(": ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_logged_of_a_call_or_a_source_holds_no_secret() {
        let headers: HeaderMap =
            [(hyper::header::AUTHORIZATION, "Bearer secret".parse().unwrap())].into_iter().collect();
        let path = "/jobs?key=secret".to_owned();
        let base = Base::parse("https://films.test/v1").unwrap();
        let url = "https://store.test/film.mp4?signature=secret".to_owned();
        let body = Bytes::from_static(b"secret");
        let reply = Reply { status: 200, headers: headers.clone(), body: body.clone() };
        let call = Call { method: Method::POST, path: path.clone(), headers: headers.clone(), body };
        let (own, foreign) = (Source::Own { base, path, headers }, Source::Foreign { url });
        assert_eq!(
            format!("{call:?} | {reply:?} | {own:?} | {foreign:?}"),
            "POST /jobs [\"authorization\"], 6 bytes | status 200, 6 bytes | https://films.test/v1/jobs | a link of store.test"
        );
    }
}
