//! A server that answers each request with what a function says, and keeps, ends or resets the connection.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

pub(super) struct Answer {
    pub(super) bytes: Vec<u8>,
    pub(super) then: Then,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    Keep,
    End,
    Hang,
}

pub(super) fn answer(head: &str, body: &[u8], then: Then) -> Answer {
    Answer { bytes: [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat(), then }
}

pub(super) struct Origin {
    pub(super) address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
    _running: JoinSet<()>,
}

impl Origin {
    pub(super) async fn start(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_on("127.0.0.1", answer).await
    }

    pub(super) async fn start_on(ip: &str, answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((ip, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, requests) = (Arc::<AtomicUsize>::default(), Arc::<Mutex<Vec<String>>>::default());
        let (count, log, answer) = (Arc::clone(&connections), Arc::clone(&requests), Arc::new(answer));
        let mut running = JoinSet::new();
        running.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, SeqCst);
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                open.spawn(async move { drop(serve(stream, &log, &*answer).await) });
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

    /// Heads and bodies, in the order of their arrival.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    answer: &(impl Fn(&str) -> Answer + Send + Sync),
) -> std::io::Result<()> {
    loop {
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            request.push(stream.read_u8().await?);
        }
        let head = String::from_utf8(request).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        stream.read_exact(&mut body).await?;
        let request = head + str::from_utf8(&body).unwrap();
        let Answer { bytes, then } = answer(&request);
        log.lock().unwrap().push(request);
        stream.write_all(&bytes).await?;
        match then {
            Then::Keep => {}
            Then::End => return stream.shutdown().await,
            // Ends when the client goes away, and not before.
            Then::Hang => drop(stream.read_u8().await?),
        }
    }
}
