//! The limits of one connection: who is waiting for whom, since when, and when that ends it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::BoxError;
use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::accept::ConnectionLimits;

/// The request body came too slowly. Its reader gets this as the source of its error, and the connection closes.
#[derive(Debug, thiserror::Error)]
#[error("the request body came too slowly")]
pub struct BodyTimeout;

const HEAD: u64 = 0;
const IDLE: u64 = 1;
const BUSY: u64 = 2;
const PHASES: u64 = 3;

/// What a connection is doing, told by its socket, its requests and its replies, and read by its [`Watch`].
///
/// All of them run in the connection's own task, so the atomics only satisfy `Send`: no request reads a clock or
/// takes a lock for them.
#[derive(Default)]
pub(super) struct Pulse {
    /// The phase in the low two bits; above them a count, so that two idle times in a row are told apart.
    phase: AtomicU64,
    /// Odd while a write is blocked; grows with each change.
    stall: AtomicU64,
    /// Whether the other side has reset the connection.
    broken: AtomicBool,
}

impl Pulse {
    fn enter(&self, phase: u64) {
        self.phase.store((self.phase.load(Relaxed) | PHASES) + 1 + phase, Relaxed);
    }

    pub(super) fn request_begins(&self) {
        self.enter(BUSY);
    }

    fn bytes_arrived(&self) {
        if self.phase.load(Relaxed) & PHASES == IDLE {
            self.enter(HEAD);
        }
    }

    fn ended<T>(&self, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if matches!(outcome, Poll::Ready(Err(_))) {
            self.broken.store(true, Relaxed);
        }
        outcome
    }

    /// Whether the connection ended by an error of the line, and not in good order.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.load(Relaxed)
    }

    fn write_ended<T>(&self, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        let stall = self.stall.load(Relaxed);
        if outcome.is_pending() != (stall & 1 == 1) {
            self.stall.store(stall + 1, Relaxed);
        }
        self.ended(outcome)
    }
}

/// Turns the pulse into deadlines, and ends the connection when one passes.
pub(super) struct Watch {
    pulse: Arc<Pulse>,
    header_timeout: Duration,
    idle_timeout: Duration,
    write_timeout: Duration,
    phase_seen: u64,
    phase_deadline: Option<Instant>,
    stall_seen: u64,
    stall_deadline: Option<Instant>,
    /// One timer for each connection, set again only when it fires or a deadline comes nearer.
    alarm: Pin<Box<Sleep>>,
}

impl Watch {
    pub(super) fn new(pulse: Arc<Pulse>, limits: &ConnectionLimits) -> Self {
        let header_timeout = Duration::from_millis(limits.header_timeout_ms);
        let first = Instant::now() + header_timeout;
        Self {
            phase_seen: pulse.phase.load(Relaxed),
            phase_deadline: Some(first),
            stall_seen: pulse.stall.load(Relaxed),
            stall_deadline: None,
            alarm: Box::pin(sleep_until(first)),
            pulse,
            header_timeout,
            idle_timeout: Duration::from_millis(limits.idle_timeout_ms),
            write_timeout: Duration::from_millis(limits.write_timeout_ms),
        }
    }

    /// Ready when the connection has used up the time of what it waits for. Called after each poll of the connection.
    pub(super) fn poll_expired(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(deadline) = self.deadline() else { return Poll::Pending };
        if deadline < self.alarm.deadline() {
            self.alarm.as_mut().reset(deadline);
        }
        loop {
            ready!(self.alarm.as_mut().poll(cx));
            if self.alarm.deadline() >= deadline {
                return Poll::Ready(());
            }
            self.alarm.as_mut().reset(deadline);
        }
    }

    fn deadline(&mut self) -> Option<Instant> {
        let phase = self.pulse.phase.load(Relaxed);
        if phase != self.phase_seen {
            self.phase_seen = phase;
            self.phase_deadline = match phase & PHASES {
                BUSY => None,
                IDLE => Some(Instant::now() + self.idle_timeout),
                _ => Some(Instant::now() + self.header_timeout),
            };
        }
        let stall = self.pulse.stall.load(Relaxed);
        if stall != self.stall_seen {
            self.stall_seen = stall;
            self.stall_deadline = (stall & 1 == 1).then(|| Instant::now() + self.write_timeout);
        }
        match (self.phase_deadline, self.stall_deadline) {
            (Some(phase), Some(stall)) => Some(phase.min(stall)),
            (phase, stall) => phase.or(stall),
        }
    }
}

/// The socket, which tells the pulse when bytes arrive and when a write is blocked.
pub(super) struct Line {
    stream: TcpStream,
    pulse: Arc<Pulse>,
}

impl Line {
    pub(super) fn new(stream: TcpStream, pulse: Arc<Pulse>) -> Self {
        Self { stream, pulse }
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.pulse.bytes_arrived();
        }
        self.pulse.ended(outcome)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.pulse.write_ended(outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.pulse.write_ended(outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A reply's body: when hyper lets go of it, the connection is idle.
pub(super) struct Reply {
    body: Body,
    pulse: Arc<Pulse>,
}

impl Reply {
    pub(super) fn new(body: Body, pulse: Arc<Pulse>) -> Self {
        Self { body, pulse }
    }
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.pulse.enter(IDLE);
    }
}

impl HttpBody for Reply {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A request body with a budget for waiting. Only time in which a reader waits for the client is spent, so a slow
/// handler costs its client nothing.
pub(super) struct PacedBody {
    incoming: Incoming,
    budget: Duration,
    bytes_per_second: u64,
    waiting_since: Option<Instant>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl PacedBody {
    pub(super) fn new(incoming: Incoming, limits: &ConnectionLimits) -> Self {
        Self {
            incoming,
            budget: Duration::from_millis(limits.body_timeout_ms),
            bytes_per_second: limits.body_bytes_per_second_min.max(1),
            waiting_since: None,
            alarm: None,
        }
    }

    fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<BodyTimeout> {
        let since = *self.waiting_since.get_or_insert_with(Instant::now);
        let deadline = since + self.budget;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if alarm.deadline() != deadline {
            alarm.as_mut().reset(deadline);
        }
        alarm.as_mut().poll(cx).map(|()| BodyTimeout)
    }

    fn received(&mut self, frame: &Frame<Bytes>) {
        if let Some(since) = self.waiting_since.take() {
            self.budget = self.budget.saturating_sub(since.elapsed());
        }
        let bytes = frame.data_ref().map_or(0, |data| data.len() as u64);
        let earned_us = bytes.saturating_mul(1_000_000) / self.bytes_per_second;
        self.budget = self.budget.saturating_add(Duration::from_micros(earned_us));
    }
}

impl HttpBody for PacedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match Pin::new(&mut self.incoming).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.received(&frame);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(other) => Poll::Ready(other.map(|end| end.map_err(Into::into))),
            Poll::Pending => self.poll_too_slow(cx).map(|error| Some(Err(error.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}
