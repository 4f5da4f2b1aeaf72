//! A scripted HTTP server on loopback that counts its connections.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

/// A server on loopback that answers each path with fixed bytes and then closes, or stays silent and open.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    pub(super) requests: Arc<Mutex<Vec<String>>>,
    _running: JoinSet<()>,
}

#[derive(Clone)]
pub(super) enum Script {
    Send(Vec<u8>),
    SendAndHang(Vec<u8>),
}

pub(super) fn ok(headers: &str, body: &[u8]) -> Script {
    Script::Send([format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").as_bytes(), body].concat())
}

pub(super) fn redirect(location: &str) -> Script {
    Script::Send(
        format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n").into_bytes(),
    )
}

impl Server {
    pub(super) async fn start(paths: impl IntoIterator<Item = (&'static str, Script)>) -> Self {
        Self::start_on("127.0.0.1:0", paths, None).await
    }

    pub(super) async fn start_on(
        address: &str,
        paths: impl IntoIterator<Item = (&'static str, Script)>,
        tls: Option<TlsAcceptor>,
    ) -> Self {
        let paths: BTreeMap<_, _> = paths.into_iter().collect();
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, requests) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<Vec<String>>>::default());
        let (count, log) = (Arc::clone(&connections), Arc::clone(&requests));
        let mut running = JoinSet::new();
        running.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, SeqCst);
                let (paths, log, tls) = (paths.clone(), Arc::clone(&log), tls.clone());
                open.spawn(async move {
                    match tls {
                        None => answer(stream, &paths, &log).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => answer(stream, &paths, &log).await,
                            Err(_) => None,
                        },
                    }
                });
            }
        });
        Self { address, connections, requests, _running: running }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(SeqCst)
    }
}

async fn answer(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    paths: &BTreeMap<&'static str, Script>,
    log: &Mutex<Vec<String>>,
) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let mut head = String::from_utf8(head).unwrap();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |n| n.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let path = head.split(' ').nth(1).unwrap().to_owned();
    head.push_str(std::str::from_utf8(&body).unwrap());
    log.lock().unwrap().push(head);
    match paths.get(path.as_str()) {
        None => stream.write_all(b"HTTP/1.1 404 Not Found\r\n\r\n").await.ok()?,
        Some(Script::Send(bytes)) => stream.write_all(bytes).await.ok()?,
        Some(Script::SendAndHang(bytes)) => {
            stream.write_all(bytes).await.ok()?;
            // Ends when the client goes away, and not before.
            stream.read_u8().await.ok()?;
        }
    }
    stream.shutdown().await.ok()
}
