//! One request over one connection that nobody shares: its headers, its reply, and where a redirect leads.

use std::error::Error;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::client::conn::http1::{self, Connection, SendRequest};
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, EXPECT, HOST, HeaderMap, HeaderName, HeaderValue,
    LOCATION, TE, TRANSFER_ENCODING, UPGRADE, USER_AGENT,
};
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;

use super::line::Line;

/// More than one hop to an object store needs, few enough to be no loop.
pub(crate) const REDIRECTS_MAX: usize = 3;
const AGENT: &str = concat!("filmgate/", env!("CARGO_PKG_VERSION"));
/// How a message is framed is ours to say: a caller's length could make a cut request look whole.
const FRAMING: [HeaderName; 7] = [CONNECTION, CONTENT_LENGTH, EXPECT, HOST, TE, TRANSFER_ENCODING, UPGRADE];

/// A request with our headers and those of the caller, which win except over the framing.
///
/// # Errors
/// When `uri` is none.
pub(crate) fn request<B>(
    method: Method,
    uri: &str,
    host: &str,
    headers: HeaderMap,
    body: B,
) -> Result<Request<B>, hyper::http::Error> {
    let mut request = Request::builder().method(method).uri(uri).header(HOST, host).body(body)?;
    let own = request.headers_mut();
    own.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    own.insert(ACCEPT, HeaderValue::from_static("*/*"));
    // A compressed body could unfold into anything, and a film does not shrink.
    own.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let mut theirs = headers;
    for name in FRAMING {
        theirs.remove(name);
    }
    own.extend(theirs);
    Ok(request)
}

/// Makes one request over a fresh line, which nobody uses again.
pub(crate) async fn exchange<B>(
    line: Box<dyn Line>,
    mut request: Request<B>,
) -> hyper::Result<Response<Arriving>>
where
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    request.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    let (sender, connection) = http1::handshake(TokioIo::new(line)).await?;
    converse(sender, connection, request).await
}

/// Sends one request. Whoever waits for the response, and then for its body, drives the connection meanwhile; dropping
/// either closes it.
pub(crate) async fn converse<L, B>(
    mut sender: SendRequest<B>,
    connection: Connection<TokioIo<L>, B>,
    request: Request<B>,
) -> hyper::Result<Response<Arriving>>
where
    L: Line + 'static,
    B: Body<Data: Send, Error: Into<Box<dyn Error + Send + Sync>>> + Send + 'static,
{
    let mut response = pin!(sender.send_request(request));
    // Without its sender a connection would end early.
    let mut driver = Driver(Some(Box::pin(async move { drop((connection.await, sender)) })));
    let response = poll_fn(|cx| driver.poll(cx, |cx| response.as_mut().poll(cx))).await?;
    Ok(response.map(|body| Arriving { body, driver }))
}

/// A connection that is polled along with what is wanted from it, until it ends.
struct Driver(Option<Pin<Box<dyn Future<Output = ()> + Send>>>);

impl Driver {
    fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut wanted: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        let outcome = wanted(cx);
        let Some(connection) = self.0.as_mut().filter(|_| outcome.is_pending()) else { return outcome };
        ready!(connection.as_mut().poll(cx));
        self.0 = None;
        // The server has closed: what it sent is with the reader, and a missing rest is the reader's error.
        wanted(cx)
    }
}

/// A body on its way, with the connection that it comes over.
pub(crate) struct Arriving {
    body: Incoming,
    driver: Driver,
}

impl Body for Arriving {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let Self { body, driver } = &mut *self;
        driver.poll(cx, |cx| Pin::new(&mut *body).poll_frame(cx))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Where a redirect leads, for a response that is one: nowhere, if it does not say so readably.
pub(crate) fn redirect_of<B>(response: &Response<B>) -> Option<Option<&str>> {
    let is_redirect = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    is_redirect.then(|| response.headers().get(LOCATION).and_then(|value| value.to_str().ok()))
}
