//! The accept loop over real sockets: every limit ends what it should end, and nothing else.
#![cfg(test)]

use std::future::pending;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use axum::{Extension, Router};
use filmgate::http::accept::{ConnectionLimits, Peer, serve};
use hyper::body::Frame;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

/// Longer than any limit under test: what takes this long hangs.
const HANG: Duration = Duration::from_secs(20);
const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

/// Every limit too long to matter, so that a test sets the one that it is about.
fn patient() -> ConnectionLimits {
    let ms = 3_600_000;
    ConnectionLimits {
        header_timeout_ms: ms,
        idle_timeout_ms: ms,
        body_timeout_ms: ms,
        write_timeout_ms: ms,
        drain_timeout_ms: ms,
        ..ConnectionLimits::default()
    }
}

struct Server {
    address: SocketAddr,
    shutdown: oneshot::Sender<()>,
    running: JoinSet<std::io::Result<()>>,
}

impl Server {
    async fn start(app: Router, limits: ConnectionLimits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (shutdown, signal) = oneshot::channel::<()>();
        let mut running = JoinSet::new();
        running.spawn(async move {
            serve(listener, app, limits, async { signal.await.unwrap_or_default() }).await
        });
        Self { address, shutdown, running }
    }

    async fn connect(&self) -> Client {
        Client(TcpStream::connect(self.address).await.unwrap())
    }

    /// Sends the shutdown signal and waits until `serve` has returned.
    async fn stop(mut self) {
        drop(self.shutdown);
        let ended = timeout(HANG, self.running.join_next()).await.expect("serve did not return");
        ended.unwrap().unwrap().unwrap();
    }
}

struct Client(TcpStream);

impl Client {
    async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// The next reply as text, its body taken by content-length.
    async fn reply(&mut self) -> String {
        let mut seen = Vec::new();
        loop {
            let byte =
                timeout(HANG, self.0.read_u8()).await.expect("no reply").expect("closed before the reply");
            seen.push(byte);
            if seen.ends_with(b"\r\n\r\n") {
                break;
            }
        }
        let head = String::from_utf8(seen).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        self.0.read_exact(&mut body).await.unwrap();
        head + &String::from_utf8(body).unwrap()
    }

    async fn get(&mut self) -> String {
        self.send(GET).await;
        self.reply().await
    }

    /// Waits until the server has closed the connection; what it still sends is dropped.
    async fn closed(&mut self) {
        let mut sink = [0; 4096];
        let end = async { while self.0.read(&mut sink).await.is_ok_and(|bytes| bytes > 0) {} };
        timeout(HANG, end).await.expect("the connection stayed open");
    }
}

fn hello() -> Router {
    Router::new().route("/", get(async || "hello"))
}

/// Answers `GET /` when the test lets it, one permit for each request.
fn gated(gate: &Arc<Semaphore>, arrived: &Arc<Notify>) -> Router {
    let (gate, arrived) = (Arc::clone(gate), Arc::clone(arrived));
    Router::new().route(
        "/",
        get(async move || {
            arrived.notify_one();
            gate.acquire().await.unwrap().forget();
            "hello"
        }),
    )
}

#[tokio::test]
async fn half_a_header_is_closed_after_the_limit_and_not_before() {
    let server = Server::start(hello(), ConnectionLimits { header_timeout_ms: 150, ..patient() }).await;
    let start = Instant::now();
    let (mut silent, mut half, mut second) =
        (server.connect().await, server.connect().await, server.connect().await);
    half.send(b"GET / HTTP/1.1\r\nhost:").await;
    second.get().await;
    second.send(b"GET").await;
    for client in [&mut silent, &mut half, &mut second] {
        client.closed().await;
        assert!(start.elapsed() >= Duration::from_millis(150));
    }
}

#[tokio::test]
async fn a_header_that_trickles_does_not_outlive_its_limit() {
    let server = Server::start(hello(), ConnectionLimits { header_timeout_ms: 150, ..patient() }).await;
    let mut client = server.connect().await;
    let mut sent = 0;
    client.send(b"GET / HTTP/1.1\r\nx: ").await;
    while timeout(Duration::from_millis(5), client.0.read_u8()).await.is_err() {
        client.0.write_all(b"a").await.ok();
        sent += 1;
        assert!(sent < 4_000, "still open after 20 s");
    }
    assert!(sent > 1);
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_the_idle_limit_and_not_after_the_header_limit() {
    let limits = ConnectionLimits { header_timeout_ms: 50, idle_timeout_ms: 400, ..patient() };
    let server = Server::start(hello(), limits).await;
    let mut client = server.connect().await;
    let start = Instant::now();
    client.get().await;
    client.closed().await;
    assert!(start.elapsed() >= Duration::from_millis(400));
}

#[tokio::test]
async fn a_connection_in_use_outlives_every_limit() {
    let limits = ConnectionLimits { header_timeout_ms: 200, idle_timeout_ms: 200, ..patient() };
    let server = Server::start(hello(), limits).await;
    let mut client = server.connect().await;
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(700) {
        assert!(client.get().await.ends_with("hello"));
    }
}

#[tokio::test]
async fn a_request_may_run_longer_than_the_header_and_idle_limits() {
    let (gate, arrived) = (Arc::new(Semaphore::new(0)), Arc::new(Notify::new()));
    let limits = ConnectionLimits { header_timeout_ms: 60, idle_timeout_ms: 60, ..patient() };
    let server = Server::start(gated(&gate, &arrived), limits).await;
    let mut long = server.connect().await;
    long.send(GET).await;
    arrived.notified().await;
    // Two limits in a row have passed when these two are closed, one after the other.
    server.connect().await.closed().await;
    server.connect().await.closed().await;
    gate.add_permits(1);
    assert!(long.reply().await.ends_with("hello"));
}

#[tokio::test]
async fn a_body_that_trickles_ends_for_its_reader_and_closes_the_connection() {
    let app = Router::new().route(
        "/",
        post(async |body: Body| match axum::body::to_bytes(body, usize::MAX).await {
            Ok(_) => "whole".to_owned(),
            Err(error) => std::error::Error::source(&error).map_or_else(String::new, ToString::to_string),
        }),
    );
    let limits = ConnectionLimits { body_timeout_ms: 150, body_bytes_per_second_min: 10_000, ..patient() };
    let server = Server::start(app, limits).await;
    let mut client = server.connect().await;
    client.send(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n").await;
    let mut sent = 0;
    while timeout(Duration::from_millis(5), client.0.readable()).await.is_err() {
        client.0.write_all(b"a").await.ok();
        sent += 1;
        assert!(sent < 4_000, "still open after 20 s");
    }
    assert!(sent > 1);
    assert!(client.reply().await.ends_with("the request body came too slowly"));
    client.closed().await;
}

#[tokio::test]
async fn a_body_at_a_fair_pace_may_take_longer_than_the_limit() {
    let app = Router::new().route("/", post(async |body: Bytes| body.len().to_string()));
    let limits = ConnectionLimits { body_timeout_ms: 300, body_bytes_per_second_min: 100, ..patient() };
    let server = Server::start(app, limits).await;
    let mut client = server.connect().await;
    let start = Instant::now();
    client.send(b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n").await;
    while start.elapsed() < Duration::from_millis(900) {
        client.send(b"64\r\n").await;
        client.send(&[b'a'; 100]).await;
        client.send(b"\r\n").await;
        assert!(timeout(Duration::from_millis(5), client.0.readable()).await.is_err(), "cut");
    }
    client.send(b"0\r\n\r\n").await;
    assert!(client.reply().await.starts_with("HTTP/1.1 200"));
}

/// A reply without end that tells the test when the server lets go of it.
struct Flood(Option<oneshot::Sender<()>>);

impl Drop for Flood {
    fn drop(&mut self) {
        self.0.take().unwrap().send(()).ok();
    }
}

impl hyper::body::Body for Flood {
    type Data = Bytes;
    type Error = std::io::Error;
    fn poll_frame(
        self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&[0; 65_536])))))
    }
}

#[tokio::test]
async fn a_reply_that_nobody_reads_is_given_up() {
    let (dropped, gone) = oneshot::channel();
    let flood = Arc::new(std::sync::Mutex::new(Some(Flood(Some(dropped)))));
    let app = Router::new().route("/", get(async move || Body::new(flood.lock().unwrap().take().unwrap())));
    let server = Server::start(app, ConnectionLimits { write_timeout_ms: 150, ..patient() }).await;
    let mut client = server.connect().await;
    client.send(GET).await;
    timeout(HANG, gone).await.expect("the reply was held for ever").unwrap();
}

#[tokio::test]
async fn the_connection_cap_holds_and_frees() {
    let server = Server::start(hello(), ConnectionLimits { connections_max: 2, ..patient() }).await;
    let (mut first, mut second) = (server.connect().await, server.connect().await);
    first.get().await;
    second.get().await;
    let mut third = server.connect().await;
    third.send(GET).await;
    for _ in 0..50 {
        first.get().await;
    }
    assert!(third.0.try_read(&mut [0; 1]).is_err(), "a third connection was served");
    drop(second);
    assert!(third.reply().await.ends_with("hello"));
    first.get().await;
}

#[tokio::test]
async fn a_handler_that_panics_frees_its_place() {
    let app = hello().route("/panic", get(async || -> () { panic!("on purpose") }));
    let server = Server::start(app, ConnectionLimits { connections_max: 1, ..patient() }).await;
    let mut first = server.connect().await;
    first.send(b"GET /panic HTTP/1.1\r\nhost: a\r\n\r\n").await;
    first.closed().await;
    assert!(server.connect().await.get().await.ends_with("hello"));
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let app = Router::new().route("/{word}", get(async |word: axum::extract::Path<String>| word.0));
    let server = Server::start(app, patient()).await;
    let mut client = server.connect().await;
    let mut requests = String::new();
    for word in ["one", "two", "three"] {
        requests = requests + "GET /" + word + " HTTP/1.1\r\nhost: a\r\n\r\n";
    }
    client.send(requests.as_bytes()).await;
    for word in ["one", "two", "three"] {
        assert!(client.reply().await.ends_with(word));
    }
}

#[tokio::test]
async fn a_handler_sees_the_address_of_its_peer() {
    let app = Router::new().route("/", get(async |peer: Extension<Peer>| peer.0.0.to_string()));
    let server = Server::start(app, patient()).await;
    let mut client = server.connect().await;
    let own = client.0.local_addr().unwrap().to_string();
    assert!(client.get().await.ends_with(&own));
}

#[tokio::test]
async fn shutdown_lets_a_running_request_finish_and_closes_idle_connections() {
    let (gate, arrived) = (Arc::new(Semaphore::new(0)), Arc::new(Notify::new()));
    let server = Server::start(gated(&gate, &arrived), patient()).await;
    let (mut running, mut idle) = (server.connect().await, server.connect().await);
    gate.add_permits(1);
    idle.get().await;
    arrived.notified().await;
    running.send(GET).await;
    arrived.notified().await;
    let address = server.address;
    let watched = async {
        idle.closed().await;
        assert!(TcpStream::connect(address).await.is_err(), "still accepting");
        gate.add_permits(1);
        let reply = running.reply().await;
        assert!(reply.contains("connection: close") && reply.ends_with("hello"), "{reply}");
    };
    tokio::join!(server.stop(), watched);
}

#[tokio::test]
async fn shutdown_cuts_what_runs_longer_than_the_drain_limit() {
    static DROPPED: AtomicUsize = AtomicUsize::new(0);
    struct Held;
    impl Drop for Held {
        fn drop(&mut self) {
            DROPPED.fetch_add(1, SeqCst);
        }
    }
    let arrived = Arc::new(Notify::new());
    let handler = Arc::clone(&arrived);
    let app = Router::new().route(
        "/",
        get(async move || {
            let _held = Held;
            handler.notify_one();
            pending::<()>().await;
        }),
    );
    let server = Server::start(app, ConnectionLimits { drain_timeout_ms: 100, ..patient() }).await;
    let mut client = server.connect().await;
    client.send(GET).await;
    arrived.notified().await;
    server.stop().await;
    client.closed().await;
    assert_eq!(DROPPED.load(SeqCst), 1);
}
