//! The accept loop: HTTP/1.1 over TCP with caps on connections, limits on every wait, and a shutdown that lets work finish.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{Id, JoinSet};
use tokio::time::timeout;
use tower::Service as _;

use super::cut::{HungUp, OnCut};
pub use super::limits::BodyTimeout;
use super::limits::{Line, PacedBody, Pulse, Reply, Watch};

/// What one client may hold on to. All times are in milliseconds.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// From connecting, or from the first byte of a later request, to the end of that request's header.
    pub header_timeout_ms: u64,
    /// From the end of a reply to the first byte of the next request.
    pub idle_timeout_ms: u64,
    /// How long a request body may keep its reader waiting in all. Every byte that arrives adds its share of a
    /// second (see `body_bytes_per_second_min`), so a large upload at a fair pace is not cut and a trickle is.
    pub body_timeout_ms: u64,
    /// The pace at which a body may come for ever.
    pub body_bytes_per_second_min: u64,
    /// How long a client may leave a reply unread with nothing moving.
    pub write_timeout_ms: u64,
    /// How long requests may go on after the shutdown signal; what is left then is cut.
    pub drain_timeout_ms: u64,
    /// Connections held at once; further ones wait in the kernel's backlog.
    pub connections_max: usize,
    /// Connections held at once from one IPv4 address or IPv6 /64; further ones are closed at once. Loopback is
    /// exempt: behind a reverse proxy on this machine every client has that address.
    pub connections_per_address_max: usize,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            header_timeout_ms: 10_000,
            idle_timeout_ms: 75_000,
            body_timeout_ms: 30_000,
            body_bytes_per_second_min: 16 * 1024,
            write_timeout_ms: 60_000,
            drain_timeout_ms: 25_000,
            connections_max: 4096,
            connections_per_address_max: 1024,
        }
    }
}

/// The address at the other end of the connection, as a request extension. Behind a reverse proxy it is the proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// The largest request header, and how much of a body or reply hyper buffers for one connection.
const BUFFER_BYTES_MAX: usize = 64 * 1024;
/// How long to wait when the kernel has no file descriptor or memory for another connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves `app` until `shutdown` completes and the requests then running have ended or used up the drain limit.
///
/// # Errors
/// Only when the listener is no longer a listening socket. Errors of a single connection end that connection.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    limits: ConnectionLimits,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    // Without state left to give, axum prepares each route once instead of once for each request.
    let app = app.with_state(());
    let limits = Arc::new(limits);
    let mut connections = Connections::new(limits.connections_per_address_max);
    let mut shutdown = pin!(shutdown);
    loop {
        let has_room = connections.tasks.len() < limits.connections_max;
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            Some(()) = connections.one_ended() => {}
            accepted = listener.accept(), if has_room => match accepted {
                Ok((stream, address)) => connections.admit(address.ip(), |closing| {
                    talk(stream, app.clone(), Peer(address), Arc::clone(&limits), closing)
                }),
                Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    pause().await;
                }
            },
        }
    }
    drop(listener);
    connections.drain(Duration::from_millis(limits.drain_timeout_ms)).await;
    Ok(())
}

/// Serves the requests of one connection, until the client or a limit ends it.
async fn talk(
    stream: TcpStream,
    app: Router,
    peer: Peer,
    limits: Arc<ConnectionLimits>,
    closing: oneshot::Receiver<()>,
) {
    // A reply is written in one go, so waiting to fill a packet would only delay it.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was refused");
    }
    let pulse = Arc::new(Pulse::default());
    let (on_cut, line) = (OnCut::default(), Arc::clone(&pulse));
    let service = service_fn({
        let (pulse, limits) = (Arc::clone(&pulse), Arc::clone(&limits));
        let on_cut = on_cut.clone();
        move |request: Request<Incoming>| {
            pulse.request_begins();
            // Who sends another request has read the last reply.
            on_cut.disarm();
            let mut request = request.map(|incoming| {
                // An empty body is not boxed, so a request without one costs no allocation here.
                if incoming.is_end_stream() {
                    Body::empty()
                } else {
                    Body::new(PacedBody::new(incoming, &limits))
                }
            });
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(on_cut.clone());
            let running = app.clone().call(request);
            let (pulse, on_cut) = (Arc::clone(&pulse), on_cut.clone());
            async move {
                let Ok(reply) = running.await;
                on_cut.answered()?;
                Ok::<_, HungUp>(reply.map(|body| Reply::new(body, pulse)))
            }
        }
    });
    let mut builder = http1::Builder::new();
    // hyper's own limit starts when a connection falls idle, so it cannot tell an idle client from a slow header.
    builder.header_read_timeout(None).max_buf_size(BUFFER_BYTES_MAX);
    let stream = TokioIo::new(Line::new(stream, Arc::clone(&pulse)));
    let mut connection = pin!(builder.serve_connection(stream, service));
    let mut watch = Watch::new(pulse, &limits);
    let mut closing = Some(closing);
    let ended_well = poll_fn(|cx| {
        if let Some(signal) = &mut closing
            && Pin::new(signal).poll(cx).is_ready()
        {
            closing = None;
            connection.as_mut().graceful_shutdown();
        }
        match connection.as_mut().poll(cx) {
            Poll::Ready(outcome) => Poll::Ready(outcome.is_ok()),
            Poll::Pending => watch.poll_expired(cx).map(|()| false),
        }
    })
    .await;
    on_cut.ended(ended_well && !line.is_broken());
}

async fn pause() {
    if timeout(ACCEPT_PAUSE, std::future::pending::<Infallible>()).await.is_ok() {}
}

/// The addresses that count as one client: an IPv4 address or an IPv6 /64. `None` is loopback, which is not counted.
fn address_block(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    match address {
        _ if address.is_loopback() => None,
        IpAddr::V4(_) => Some(address),
        IpAddr::V6(v6) => Some(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64)).into()),
    }
}

/// The connections that are open, and how many of them each address holds.
struct Connections {
    per_address_max: usize,
    tasks: JoinSet<()>,
    /// Dropping the sender asks the connection to end after the request that it is serving.
    by_task: BTreeMap<Id, (Option<IpAddr>, oneshot::Sender<()>)>,
    by_address: BTreeMap<IpAddr, usize>,
}

impl Connections {
    fn new(per_address_max: usize) -> Self {
        Self { per_address_max, tasks: JoinSet::new(), by_task: BTreeMap::new(), by_address: BTreeMap::new() }
    }

    /// Starts the connection's task, or drops the connection if its address holds enough of them.
    fn admit<T>(&mut self, address: IpAddr, talk: impl FnOnce(oneshot::Receiver<()>) -> T)
    where
        T: Future<Output = ()> + Send + 'static,
    {
        let block = address_block(address);
        if let Some(block) = block {
            let taken = self.by_address.entry(block).or_default();
            if *taken >= self.per_address_max {
                return;
            }
            *taken += 1;
        }
        let (close, closing) = oneshot::channel();
        let id = self.tasks.spawn(talk(closing)).id();
        self.by_task.insert(id, (block, close));
    }

    /// Waits for a connection to end and frees its place; `None` when none is open. Safe to cancel.
    async fn one_ended(&mut self) -> Option<()> {
        let id = match self.tasks.join_next_with_id().await? {
            Ok((id, ())) => id,
            Err(panicked) => panicked.id(),
        };
        if let Some((Some(block), _)) = self.by_task.remove(&id)
            && let Some(taken) = self.by_address.get_mut(&block)
        {
            *taken -= 1;
            if *taken == 0 {
                self.by_address.remove(&block);
            }
        }
        Some(())
    }

    /// Lets running requests finish within the limit; what is left then is cut.
    async fn drain(mut self, limit: Duration) {
        self.by_task.clear();
        let all_ended = async { while self.tasks.join_next().await.is_some() {} };
        if timeout(limit, all_ended).await.is_err() {
            let connections = self.tasks.len();
            tracing::warn!(connections, "requests still running at the end of the drain were cut");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_ipv6_client_counts_by_its_64_bit_network_and_loopback_not_at_all() {
        assert_eq!(address_block(address("2001:db8:1:2:3:4:5:6")), Some(address("2001:db8:1:2::")));
        assert_eq!(address_block(address("::ffff:192.0.2.7")), Some(address("192.0.2.7")));
        assert_eq!(address_block(address("127.0.0.1")), None);
        assert_eq!(address_block(address("::ffff:127.0.0.1")), None);
        assert_eq!(address_block(address("::1")), None);
    }

    #[tokio::test]
    async fn the_cap_of_an_address_holds_and_frees_and_spares_others() {
        let mut connections = Connections::new(2);
        for (client, open) in
            [("192.0.2.7", 1), ("192.0.2.7", 2), ("192.0.2.7", 2), ("192.0.2.8", 3), ("::1", 4)]
        {
            connections.admit(address(client), |closing| async { drop(closing.await) });
            assert_eq!(connections.tasks.len(), open, "{client}");
        }
        connections.drain(Duration::from_secs(20)).await;

        let mut connections = Connections::new(1);
        for _ in 0..3 {
            connections.admit(address("192.0.2.7"), |_| async { panic!("on purpose") });
            assert_eq!(connections.one_ended().await, Some(()));
        }
        assert_eq!(connections.one_ended().await, None);
        assert!(connections.by_address.is_empty() && connections.by_task.is_empty());
    }
}
