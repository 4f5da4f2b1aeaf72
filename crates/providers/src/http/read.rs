//! Calls that cost nothing and may be repeated, over connections that are kept for a few seconds.

use std::error::Error as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::Uri;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::time::timeout;
use tower_service::Service;

use super::{Base, Call, Client, Reply, Times, ms, told};
use crate::guard::Cause;
use crate::guard::exchange;
use crate::guard::line::{Dialler, Line};

/// Shorter than any server's own limit, so that a kept connection is rarely a dead one.
const IDLE: Duration = Duration::from_secs(5);

/// Why there is no reply. For the operator's log: names no key and no body.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    /// Nothing was sent.
    #[error("the upstream cannot be reached: {0}")]
    Unreachable(String),
    #[error("the upstream did not answer in time")]
    TimedOut,
    /// The connection ended, or what came is not HTTP.
    #[error("the upstream's reply was cut: {0}")]
    Cut(String),
    #[error("the upstream's reply is too large")]
    TooLarge,
}

impl Client {
    /// Makes a call that is free and may be made twice: a record, a list, a balance, the upload of a picture. Redirects
    /// are not followed. Takes at most the time to connect and to read, and with a body the time to write.
    ///
    /// # Errors
    /// See [`ReadFault`]; every status is a reply.
    pub async fn read(&self, base: &Base, call: Call, limit_bytes: usize) -> Result<Reply, ReadFault> {
        let Times { connect_ms, write_ms, read_ms } = self.times;
        let limit = ms(connect_ms) + ms(read_ms) + ms(if call.body.is_empty() { 0 } else { write_ms });
        timeout(limit, self.read_in_time(base, call, limit_bytes)).await.unwrap_or(Err(ReadFault::TimedOut))
    }

    async fn read_in_time(&self, base: &Base, call: Call, limit_bytes: usize) -> Result<Reply, ReadFault> {
        let Call { method, path, headers, body } = call;
        let request =
            exchange::request(method, &base.url(&path), &base.authority(), headers, Full::new(body));
        let request = request.map_err(|error| ReadFault::Unreachable(told(&error)))?;
        let response = self.pool.request(request).await.map_err(|error| match cause(&error) {
            Some(cause) => ReadFault::Unreachable(cause.to_string()),
            None if error.is_connect() => ReadFault::Unreachable(told(&error)),
            None => ReadFault::Cut(told(&error)),
        })?;
        let (head, body) = response.into_parts();
        match Limited::new(body, limit_bytes).collect().await {
            Ok(body) => {
                Ok(Reply { status: head.status.as_u16(), headers: head.headers, body: body.to_bytes() })
            }
            Err(error) if error.is::<LengthLimitError>() => Err(ReadFault::TooLarge),
            Err(error) => Err(ReadFault::Cut(told(error.as_ref()))),
        }
    }
}

/// What kept the connector from connecting, without what the pool says around it.
fn cause(error: &legacy::Error) -> Option<&Cause> {
    error.source()?.downcast_ref()
}

pub(super) type Pool = legacy::Client<Connector, Full<Bytes>>;

/// Hyper asks again by itself only when a kept connection turned out to be dead before anything was written to it.
pub(super) fn pool(dialler: &Dialler, times: Times) -> Pool {
    let connector = Connector { dialler: dialler.clone(), limit: ms(times.connect_ms) };
    legacy::Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .build(connector)
}

/// Connects to whatever address the operator configured.
#[derive(Clone)]
pub(super) struct Connector {
    dialler: Dialler,
    limit: Duration,
}

impl Service<Uri> for Connector {
    type Response = TokioIo<Box<dyn Line>>;
    type Error = Cause;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Cause>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Cause>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Self { dialler, limit } = self.clone();
        Box::pin(async move {
            let base = Base::parse(&uri.to_string()).map_err(|_| Cause::Resolve)?;
            Ok(TokioIo::new(base.open(&dialler, limit).await?))
        })
    }
}

impl Connection for Box<dyn Line> {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
