//! The request whose end is held back: its body in two parts, and the line beneath that tells how far things are.

use std::convert::Infallible;
use std::io::{self, IoSlice};
use std::net::TcpStream as Socket;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

use crate::guard::line::Line;

/// What has been seen of an exchange while the tail of its request is held. All who tell run in one task.
#[derive(Default)]
pub(super) struct Signs {
    /// The front of the body was taken, and the tail is asked for.
    tail_due: bool,
    /// Everything before the tail was given to the operating system.
    front_written: bool,
    /// Bytes have come that may be the beginning of a reply.
    heard: bool,
}

pub(super) type Watch = watch::Sender<Signs>;

/// What was heard was a whole 1xx reply, which says nothing.
pub(super) fn only_informational(watch: &Watch) {
    watch.send_modify(|signs| signs.heard = false);
}

/// A body that ends only when it is told to.
pub(super) struct Held {
    front: Option<Bytes>,
    tail: Option<Bytes>,
    release: oneshot::Receiver<()>,
    watch: Watch,
}

impl Held {
    /// The body and what releases its tail. If that is dropped, the tail is never sent.
    pub(super) fn new(mut body: Bytes, watch: Watch) -> (Self, oneshot::Sender<()>) {
        let tail = body.split_off(tail_start(&body));
        let (releaser, release) = oneshot::channel();
        (
            Self { front: Some(body).filter(|front| !front.is_empty()), tail: Some(tail), release, watch },
            releaser,
        )
    }
}

/// The last byte that means something, and what follows it: a multipart body is whole to some readers before its last
/// line break and even its last dashes, and JSON before the blanks behind it.
fn tail_start(body: &[u8]) -> usize {
    body.iter().rposition(|byte| !b"-\r\n\t ".contains(byte)).unwrap_or(0)
}

impl Body for Held {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(front) = self.front.take() {
            return Poll::Ready(Some(Ok(Frame::data(front))));
        }
        if self.tail.is_none() {
            return Poll::Ready(None);
        }
        self.watch.send_if_modified(|signs| !std::mem::replace(&mut signs.tail_due, true));
        match ready!(Pin::new(&mut self.release).poll(cx)) {
            Ok(()) => Poll::Ready(self.tail.take().map(|tail| Ok(Frame::data(tail)))),
            Err(_) => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.tail.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let bytes = [&self.front, &self.tail].into_iter().flatten().map(|part| part.len() as u64).sum();
        SizeHint::with_exact(bytes)
    }
}

/// A line that tells what goes over it. Above TLS, so that what a session says for itself is no reply.
pub(super) struct Overheard {
    line: Box<dyn Line>,
    watch: Watch,
}

impl Overheard {
    pub(super) fn new(line: Box<dyn Line>, watch: Watch) -> Self {
        Self { line, watch }
    }
}

impl AsyncRead for Overheard {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let outcome = Pin::new(&mut self.line).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.watch.send_if_modified(|signs| !std::mem::replace(&mut signs.heard, true));
        }
        outcome
    }
}

impl AsyncWrite for Overheard {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.line).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.line).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.line.is_write_vectored()
    }

    /// Hyper flushes the line when it has written everything that it has, so a flush after the tail was asked for
    /// leaves nothing of the front behind.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.line).poll_flush(cx))?;
        self.watch.send_if_modified(|signs| {
            let news = signs.tail_due && !signs.front_written;
            signs.front_written |= news;
            news
        });
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(cx)
    }
}

/// A second handle of a socket, which shows whether the system has sent everything that it was given: with this limit
/// the socket is writable only when nothing unsent is left. Where there is no such limit, a small buffer comes close;
/// what it lets through only makes an outcome less certain, never wrongly certain.
pub(super) fn probe(tcp: &TcpStream) -> io::Result<Socket> {
    let socket = socket2::SockRef::from(tcp);
    #[cfg(any(target_os = "linux", target_os = "android"))]
    socket.set_tcp_notsent_lowat(1)?;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    socket.set_send_buffer_size(4096)?;
    Ok(socket.try_clone()?.into())
}

/// Returns when everything before the tail has left this machine and the upstream has then been silent for the grace
/// period. Never returns once a reply has begun.
pub(super) async fn calm(watch: &Watch, probe: Socket, grace: Duration) -> io::Result<()> {
    let mut signs = watch.subscribe();
    // The sender outlives this wait, so none of them ends early.
    drop(signs.wait_for(|signs| signs.front_written).await);
    // Registered anew, because a registration that exists would answer with what it knew before the last write.
    TcpStream::from_std(probe)?.writable().await?;
    loop {
        if timeout(grace, signs.wait_for(|signs| signs.heard)).await.is_err() {
            return Ok(());
        }
        drop(signs.wait_for(|signs| !signs.heard).await);
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[test]
    fn the_tail_begins_with_the_last_byte_that_means_something() {
        for (body, tail) in [
            ("{\"a\":1}", "}"),
            ("{\"a\":1}\n", "}\n"),
            ("--b\r\n\r\nx\r\n--b--\r\n", "b--\r\n"),
            ("x", "x"),
            ("--\r\n", "--\r\n"),
        ] {
            assert_eq!(&body[tail_start(body.as_bytes())..], tail, "{body:?}");
        }
    }

    #[tokio::test]
    async fn a_reply_that_has_begun_keeps_the_tail_for_ever_unless_it_was_informational() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let tcp = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let watch = Watch::new(Signs { tail_due: true, front_written: true, heard: true });
        let mut calm = std::pin::pin!(calm(&watch, probe(&tcp).unwrap(), Duration::from_millis(5)));
        assert!(timeout(Duration::from_millis(100), &mut calm).await.is_err());
        only_informational(&watch);
        timeout(Duration::from_secs(60), calm).await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_line_tells_of_the_first_byte_heard_and_of_the_flush_after_the_tail_was_asked_for() {
        let (near, mut far) = tokio::io::duplex(100);
        let watch = Watch::default();
        let mut line = Overheard::new(Box::new(near), watch.clone());
        line.write_all(b"front").await.unwrap();
        line.flush().await.unwrap();
        assert!(!watch.borrow().front_written && !watch.borrow().heard);
        watch.send_modify(|signs| signs.tail_due = true);
        line.flush().await.unwrap();
        assert!(watch.borrow().front_written && !watch.borrow().heard);
        far.write_all(b"H").await.unwrap();
        line.read_u8().await.unwrap();
        assert!(watch.borrow().heard);
    }
}
