//! The paid call in two halves: a fresh connection, and a request on it whose last byte leaves only when all is well.

use std::net::TcpStream as Socket;
use std::pin::pin;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::{oneshot, watch};
use tokio::time::{Instant, timeout};

use super::held::{self, Held, Overheard};
use super::{Base, Call, Client, Reply, Times, ms, told};
use crate::guard::Cause;
use crate::guard::exchange::{self, Arriving, converse};
use crate::guard::line::connect;

const REPLY_BYTES_MAX: usize = 1 << 20;
const GRACE_MIN: Duration = Duration::from_millis(20);
const GRACE_MAX: Duration = Duration::from_millis(500);

/// Why there is no connection. Nothing of a request was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{host} cannot be reached: {cause}")]
pub struct DialFault {
    /// The upstream's name, without its port.
    pub host: String,
    pub cause: Cause,
}

/// How a paid call ended. The texts are for the operator's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
    /// A whole reply of any status. A reply without a length that ends with the connection counts as whole; what was
    /// cut of it shows when it is parsed.
    Replied {
        reply: Reply,
        /// Whether the last byte of the request had been given to the network by then. If not, it never will be.
        request_left: bool,
    },
    /// It ended before the last byte of the request was given to the network, and that byte is never sent: the upstream
    /// cannot have a whole request.
    NeverLeft { why: String },
    /// It ended after that, without a whole reply: nobody knows.
    Unknown { why: String },
}

/// A connection that has seen nothing of the request yet. It is used once; dropping it closes it.
pub struct Ready {
    base: Base,
    times: Times,
    sender: SendRequest<Held>,
    connection: Connection<TokioIo<Overheard>, Held>,
    watch: held::Watch,
    probe: Socket,
    connected_in: Duration,
    grace: Duration,
}

impl Client {
    /// Opens a fresh connection for one paid call, with TLS where the address says so, and sends nothing on it.
    ///
    /// # Errors
    /// See [`DialFault`]: nothing was sent, so trying again is safe.
    pub async fn dial(&self, base: &Base) -> Result<Ready, DialFault> {
        let fault = |cause| DialFault { host: base.host(), cause };
        let limit = ms(self.times.connect_ms);
        let addresses = self.dialler.resolve(&base.host, limit).await.map_err(fault)?;
        let start = Instant::now();
        let tcp = connect(&addresses, base.port, limit).await.map_err(fault)?;
        let connected_in = start.elapsed();
        let probe = held::probe(&tcp).map_err(|_| fault(Cause::Connect))?;
        let line = self.dialler.secure(tcp, (base.scheme, &base.host), limit).await.map_err(fault)?;
        let watch = watch::Sender::default();
        let handshake = http1::handshake(TokioIo::new(Overheard::new(line, watch.clone()))).await;
        let (sender, connection) = handshake.map_err(|_| fault(Cause::Protocol))?;
        let grace = (2 * connected_in).clamp(GRACE_MIN, GRACE_MAX);
        Ok(Ready {
            base: base.clone(),
            times: self.times,
            sender,
            connection,
            watch,
            probe,
            connected_in,
            grace,
        })
    }
}

impl Ready {
    /// How long the TCP connection took, addresses that did not answer included.
    #[must_use]
    pub fn connect_ms(&self) -> u64 {
        u64::try_from(self.connected_in.as_millis()).unwrap_or(u64::MAX)
    }

    /// The same connection with another time of silence before the last byte. Without this it is twice the time that
    /// the connection took, at least 20 ms and at most 500 ms: long enough for a refusal to come back.
    #[must_use]
    pub fn with_grace_ms(mut self, grace_ms: u64) -> Self {
        self.grace = ms(grace_ms);
        self
    }

    /// Makes the paid call: sends everything but the end of the body, waits until that has left this machine and the
    /// upstream has been silent for a moment, and only then lets the end follow. There is no retry, and no redirect is
    /// followed.
    ///
    /// A reply, an end of the connection or the end of `write_ms` before that moment means that the last byte is never
    /// sent; `read_ms` begins with it. The end is the last byte that is no blank, line break or dash, and what follows.
    pub async fn submit(self, call: Call) -> Submission {
        self.submit_in_time(call, &|| i64::MAX).await
    }

    /// The same, unless less time is left, when the end would leave, than a reply may take: a process may have stood still.
    pub async fn submit_in_time(
        self,
        call: Call,
        time_left_ms: &(dyn Fn() -> i64 + Send + Sync),
    ) -> Submission {
        let Self { base, times, sender, connection, watch, probe, grace, .. } = self;
        let never = |why: &str| Submission::NeverLeft { why: why.to_owned() };
        if call.body.is_empty() {
            return never("the request has an empty body");
        }
        let (request, release) = match request(&base, call, &watch) {
            Ok(made) => made,
            Err(error) => return never(&told(&error)),
        };
        let mut exchange = pin!(async {
            whole(converse(sender, connection, request).await.map_err(|error| told(&error))?).await
        });
        let held = timeout(ms(times.write_ms), async {
            tokio::select! {
                biased;
                ended = &mut exchange => Some(ended),
                calm = held::calm(&watch, probe, grace) => calm.err().map(|error| Err(told(&error))),
            }
        });
        match held.await {
            Err(_) => return never("the upstream did not take the request in time"),
            Ok(Some(Ok(reply))) => return Submission::Replied { reply, request_left: false },
            Ok(Some(Err(why))) => return Submission::NeverLeft { why },
            Ok(None) => {}
        }
        if time_left_ms() < i64::try_from(times.read_ms).unwrap_or(i64::MAX) {
            return never("too little time was left for an answer");
        }
        // From here on the request may arrive whole. If the body is gone already, the exchange says why.
        release.send(()).ok();
        match timeout(ms(times.read_ms), exchange).await {
            Ok(Ok(reply)) => Submission::Replied { reply, request_left: true },
            Ok(Err(why)) => Submission::Unknown { why },
            Err(_) => Submission::Unknown { why: "the upstream did not answer in time".to_owned() },
        }
    }
}

fn request(
    base: &Base,
    call: Call,
    watch: &held::Watch,
) -> Result<(Request<Held>, oneshot::Sender<()>), hyper::http::Error> {
    let (body, release) = Held::new(call.body, watch.clone());
    let target = base.target(&call.path);
    let mut request = exchange::request(call.method, &target, &base.authority(), call.headers, body)?;
    request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    let watch = watch.clone();
    hyper::ext::on_informational(&mut request, move |_| held::only_informational(&watch));
    Ok((request, release))
}

async fn whole(response: Response<Arriving>) -> Result<Reply, String> {
    let (head, body) = response.into_parts();
    if head.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err("the upstream changes the protocol".to_owned());
    }
    let body = Limited::new(body, REPLY_BYTES_MAX).collect().await.map_err(|error| told(error.as_ref()))?;
    Ok(Reply { status: head.status.as_u16(), headers: head.headers, body: body.to_bytes() })
}
