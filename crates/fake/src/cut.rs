//! Where and how an exchange is cut, and what each fault does to the connection.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use socket2::SockRef;

use crate::world::World;

/// Where a create is cut.
///
/// The first four come before the request is known, so such a cut waits at the front of
/// [`creates`](crate::Behaviour::creates) and leaves the queue when it hits:
///
/// - `BeforeConnect` happens to the port, as soon as it is at the front and for a fixed time.
/// - `AfterConnect` happens to the next connection that is accepted, whoever made it: arm it when nothing else is running.
///   It happens before anything is read, but a fast client may have sent bytes by then ([`Hit`](crate::Hit) says how
///   many), and a slow one may see the reset as the error of its connect.
/// - `MidRequestHeader` and `MidRequestBody` happen to the next create that gets there; all other requests are served.
///
/// A create that comes over a connection which was open already passes the first two by and is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutPoint {
    /// There is no connection: nothing can have been sent.
    BeforeConnect,
    /// There is a connection, and nothing was read.
    AfterConnect,
    /// The request line and about half of the head were read.
    MidRequestHeader,
    /// The head and half of the body were read.
    MidRequestBody,
    /// The whole request was read, and **nothing was accepted**.
    AfterRequest,
    /// The job was accepted and billed, and no byte is answered.
    AfterAccept,
    /// Accepted and billed; half of the status line is answered.
    MidStatusLine,
    /// Accepted and billed; the status line and half of the headers are answered.
    MidHeader,
    /// Accepted and billed; the head and half of the body are answered.
    MidBody,
}

/// How a create is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The connection is reset (at `BeforeConnect`: refused).
    Rst,
    /// The connection is closed in good order.
    Fin,
    /// Nothing is read or written any more until the peer closes or 30 s have passed (at `BeforeConnect`: connects hang).
    Hang,
    /// A proxy's page comes, HTTP 502, and the connection is closed.
    BadGateway,
    /// 64 bytes come that are no HTTP, and the connection is closed.
    Garbage,
}

/// One way to cut a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// Where.
    pub point: CutPoint,
    /// How.
    pub fault: Fault,
}

/// How the listener stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Door {
    /// It accepts.
    #[default]
    Open,
    /// It accepts with a tiny receive buffer, so that a peer cannot get rid of a longer body before the cut, however late
    /// this process is.
    Narrow,
    /// It refuses.
    Refusing,
    /// It lets connects hang.
    Hanging,
}

impl CutPoint {
    /// All points, in the order of an exchange.
    pub const ALL: [Self; 9] = [
        Self::BeforeConnect,
        Self::AfterConnect,
        Self::MidRequestHeader,
        Self::MidRequestBody,
        Self::AfterRequest,
        Self::AfterAccept,
        Self::MidStatusLine,
        Self::MidHeader,
        Self::MidBody,
    ];

    /// Whether the whole request has been read by then.
    pub const fn knows_request(self) -> bool {
        !matches!(
            self,
            Self::BeforeConnect | Self::AfterConnect | Self::MidRequestHeader | Self::MidRequestBody
        )
    }

    /// Whether the job has been accepted and billed by then.
    pub const fn is_billed(self) -> bool {
        matches!(self, Self::AfterAccept | Self::MidStatusLine | Self::MidHeader | Self::MidBody)
    }

    /// How many bytes of an answer are sent before the cut.
    fn bytes_before(self, answer: &Encoded) -> usize {
        match self {
            Self::MidStatusLine => answer.status_line / 2,
            Self::MidHeader => answer.status_line + (answer.head - answer.status_line) / 2,
            Self::MidBody => answer.head + (answer.bytes.len() - answer.head) / 2,
            _ => 0,
        }
    }
}

impl Fault {
    /// All faults.
    pub const ALL: [Self; 5] = [Self::Rst, Self::Fin, Self::Hang, Self::BadGateway, Self::Garbage];
}

impl Cut {
    /// All cuts that exist.
    pub fn all() -> Vec<Self> {
        let cuts = CutPoint::ALL
            .into_iter()
            .flat_map(|point| Fault::ALL.into_iter().map(move |fault| Self { point, fault }));
        cuts.filter(|cut| cut.exists()).collect()
    }

    /// Whether there is such a cut. Without a connection nothing can be closed or answered, so `BeforeConnect` goes only
    /// with `Rst` and `Hang`; all other pairs exist.
    pub const fn exists(self) -> bool {
        !matches!(
            self,
            Self { point: CutPoint::BeforeConnect, fault: Fault::Fin | Fault::BadGateway | Fault::Garbage }
        )
    }

    /// How the listener has to stand while this cut is the next.
    pub(crate) const fn door(self) -> Door {
        match (self.point, self.fault) {
            (CutPoint::BeforeConnect, Fault::Rst) => Door::Refusing,
            (CutPoint::BeforeConnect, Fault::Hang) => Door::Hanging,
            (CutPoint::AfterConnect | CutPoint::MidRequestHeader | CutPoint::MidRequestBody, _) => {
                Door::Narrow
            }
            _ => Door::Open,
        }
    }

    /// Sends what comes before the cut, then does the fault.
    pub(crate) fn make(self, world: &World, stream: &Arc<TcpStream>, answer: &Encoded) -> io::Result<()> {
        let sent = &answer.bytes[..self.point.bytes_before(answer)];
        (&**stream).write_all(sent)?;
        strike(world, stream, self.fault)
    }
}

/// An answer as bytes, and where its parts end.
pub(crate) struct Encoded {
    pub(crate) bytes: Vec<u8>,
    /// Where the status line ends.
    pub(crate) status_line: usize,
    /// Where the head ends.
    pub(crate) head: usize,
}

/// How long a connection is kept that does nothing.
const HANG: Duration = Duration::from_secs(30);
/// How long a peer may go on sending after we closed our half.
const LINGER: Duration = Duration::from_secs(2);

/// Does a fault to a connection; the caller drops it afterwards.
pub(crate) fn strike(world: &World, stream: &Arc<TcpStream>, fault: Fault) -> io::Result<()> {
    match fault {
        Fault::Rst => SockRef::from(&**stream).set_linger(Some(Duration::ZERO)),
        Fault::Fin => close_in_order(stream),
        Fault::Hang => hang(world, stream),
        Fault::BadGateway => {
            (&**stream).write_all(&bad_gateway())?;
            close_in_order(stream)
        }
        Fault::Garbage => {
            (&**stream).write_all(&garbage())?;
            close_in_order(stream)
        }
    }
}

/// Closes our half, and swallows what the peer still sends: closing with unread bytes would reset the connection.
fn close_in_order(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    let mut reader = stream;
    let mut rest = [0; 16 * 1024];
    while reader.read(&mut rest)? > 0 {}
    Ok(())
}

/// Keeps the connection and does nothing. Nothing may be read, so a peer that closes behind unread bytes is not noticed.
fn hang(world: &World, stream: &TcpStream) -> io::Result<()> {
    // For a connection that was there before the cut was armed.
    SockRef::from(stream).set_recv_buffer_size(NARROW_BYTES)?;
    stream.set_nonblocking(true)?;
    let tick = Duration::from_millis(20);
    let mut left = HANG;
    while !left.is_zero() && !world.pause(tick) {
        match stream.peek(&mut [0]) {
            Ok(0) => break,
            Err(error) if error.kind() != io::ErrorKind::WouldBlock => break,
            _ => left = left.saturating_sub(tick),
        }
    }
    Ok(())
}

/// The receive buffer of connections that may hang; the kernel takes its own minimum.
pub(crate) const NARROW_BYTES: usize = 2048;

/// What nginx says when its upstream does not.
fn bad_gateway() -> Vec<u8> {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\
                \r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let head = format!(
        "HTTP/1.1 502 Bad Gateway\r\nServer: nginx\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        page.len()
    );
    [head, page.to_owned()].concat().into_bytes()
}

/// 64 bytes that look random, start with no letter and hold no line end.
fn garbage() -> Vec<u8> {
    let bytes = (0..64_u32).map(|place| place.wrapping_mul(2_654_435_761) >> 24);
    bytes.map(|byte| u8::try_from(byte).unwrap_or_default() | 0x80).collect()
}
