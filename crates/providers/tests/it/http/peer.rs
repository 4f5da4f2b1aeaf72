//! A server for one connection that reads so far, sends so much, and then cuts, ends or hangs.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use super::tls;

#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Half of the request's head, or what the first read gives of it.
    ReadHalfTheHead,
    /// The head and half of the body.
    ReadHalfTheBody,
    /// The request but for that many bytes at its end.
    ReadAllBut(usize),
    Send(Vec<u8>),
    Reset,
    /// Closes its side and reads the other to its end.
    End,
    /// Does nothing more until the client has given up, and then counts what has arrived.
    Hang,
    /// Does nothing more until the client has given up, and then counts what had arrived without making room for more.
    Peek,
}

pub(super) struct Peer {
    pub(super) address: SocketAddr,
    running: JoinSet<Vec<u8>>,
    given_up: Arc<Notify>,
}

impl Peer {
    pub(super) fn start(acts: &[Act]) -> Self {
        Self::start_on(TcpSocket::new_v4().unwrap(), acts, None)
    }

    pub(super) fn with_tls(acts: &[Act]) -> Self {
        Self::start_on(TcpSocket::new_v4().unwrap(), acts, Some(tls().0))
    }

    /// Takes no more into its buffer than the system's minimum of some kilobytes.
    pub(super) fn narrow(acts: &[Act], tls: Option<TlsAcceptor>) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(1).unwrap();
        Self::start_on(socket, acts, tls)
    }

    fn start_on(socket: TcpSocket, acts: &[Act], tls: Option<TlsAcceptor>) -> Self {
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let listener = socket.listen(1).unwrap();
        let address = listener.local_addr().unwrap();
        let given_up = Arc::<Notify>::default();
        let (acts, noticed) = (acts.to_vec(), Arc::clone(&given_up));
        let mut running = JoinSet::new();
        running.spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            reset_when_dropped(&stream, &acts);
            if matches!(acts[..], [Act::Peek]) {
                noticed.notified().await;
                let mut arrived = vec![0; 100_000];
                let length = stream.peek(&mut arrived).await.unwrap();
                arrived.truncate(length);
                return arrived;
            }
            match tls {
                None => Exchange::new(stream, noticed).play(acts).await,
                Some(tls) => match tls.accept(stream).await {
                    Ok(stream) => Exchange::new(stream, noticed).play(acts).await,
                    Err(_) => Vec::new(),
                },
            }
        });
        Self { address, running, given_up }
    }

    /// All that has arrived, once the client is done.
    pub(super) async fn heard(mut self) -> Vec<u8> {
        self.given_up.notify_one();
        self.running.join_next().await.unwrap().unwrap()
    }
}

fn reset_when_dropped(stream: &TcpStream, acts: &[Act]) {
    if acts.iter().any(|act| matches!(act, Act::Reset)) {
        socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO)).unwrap();
    }
}

struct Exchange<S> {
    stream: S,
    heard: Vec<u8>,
    given_up: Arc<Notify>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Exchange<S> {
    fn new(stream: S, given_up: Arc<Notify>) -> Self {
        Self { stream, heard: Vec::new(), given_up }
    }

    async fn play(mut self, acts: Vec<Act>) -> Vec<u8> {
        for act in acts {
            match act {
                Act::ReadHalfTheHead => self.read_to(40).await,
                Act::ReadHalfTheBody => {
                    let (head, body) = self.read_head().await;
                    self.read_to(head + body / 2).await;
                }
                Act::ReadAllBut(rest) => {
                    let (head, body) = self.read_head().await;
                    self.read_to(head + body - rest).await;
                }
                Act::Send(bytes) => {
                    // A client that has gone already is a client that has given up.
                    self.stream.write_all(&bytes).await.ok();
                    self.stream.flush().await.ok();
                }
                Act::Reset => return self.heard,
                Act::End => {
                    self.stream.shutdown().await.ok();
                    self.stream.read_to_end(&mut self.heard).await.ok();
                    return self.heard;
                }
                Act::Peek => panic!("to peek is all that a script can do"),
                Act::Hang => {
                    self.given_up.notified().await;
                    self.stream.read_to_end(&mut self.heard).await.ok();
                    return self.heard;
                }
            }
        }
        panic!("a script ends with Reset, End or Hang");
    }

    async fn read_to(&mut self, length: usize) {
        while self.heard.len() < length {
            self.heard.push(self.stream.read_u8().await.unwrap());
        }
    }

    /// The lengths of the head and of the body.
    async fn read_head(&mut self) -> (usize, usize) {
        loop {
            if let Some(end) = self.heard.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let head = str::from_utf8(&self.heard[..end]).unwrap();
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
                return (end + 4, length.parse().unwrap());
            }
            self.read_to(self.heard.len() + 1).await;
        }
    }
}
