//! Requests to foreign URLs: a download that follows redirects by hand, and a single post that follows none.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, LOCATION, USER_AGENT,
};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;

use super::Guard;
use super::line::Cause;
use super::url::{Target, UrlRefusal, parse, target_of};

const REDIRECTS_MAX: usize = 3;
const AGENT: &str = concat!("filmgate/", env!("CARGO_PKG_VERSION"));

/// What one request may cost us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of the body, announced or received.
    pub bytes_max: u64,
    /// From the first name resolution to the last byte, redirects included.
    pub time_max_ms: u64,
}

/// A downloaded body, byte for byte as it was sent.
#[derive(Clone, Debug)]
pub struct Fetched {
    pub bytes: Bytes,
    /// What the server calls it; the bytes may be something else.
    pub content_type: Option<String>,
}

/// What a server answered to a post.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    /// The beginning of the body, cut at the limit.
    pub body: Bytes,
}

/// Why there is no file. The texts are for the client, and tell nothing about the network behind us: refused,
/// unreachable, slow and broken hosts read the same. The [`Cause`] is for the operator's log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error(transparent)]
    Url(UrlRefusal),
    #[error(
        "the URL could not be fetched; check that it opens without logging in, and that its host is public"
    )]
    Unavailable(Cause),
    #[error("the file at the URL is larger than {bytes_max} bytes")]
    TooLarge { bytes_max: u64 },
}

impl From<Cause> for FetchError {
    fn from(cause: Cause) -> Self {
        Self::Unavailable(cause)
    }
}

impl From<UrlRefusal> for FetchError {
    /// Whether a literal address is listed is nobody's business, so it reads like an unreachable one.
    fn from(refusal: UrlRefusal) -> Self {
        match refusal {
            UrlRefusal::Address => Self::Unavailable(Cause::Refused("literal address")),
            other => Self::Url(other),
        }
    }
}

/// What to do with a body that is larger than the limit.
#[derive(Clone, Copy)]
enum Excess {
    Refuse,
    Cut,
}

impl Guard {
    /// Downloads a file: status 200 after at most three redirects, each judged like the first URL.
    ///
    /// # Errors
    /// See [`FetchError`]; nothing is kept of a download that fails.
    pub async fn fetch(&self, url: &str, limits: Limits) -> Result<Fetched, FetchError> {
        timeout(Duration::from_millis(limits.time_max_ms), self.follow(url, limits.bytes_max))
            .await
            .unwrap_or(Err(Cause::TimedOut.into()))
    }

    /// Sends one POST and reports whatever status comes back. Redirects are not followed.
    ///
    /// # Errors
    /// See [`FetchError`]. After `Unavailable` the request may or may not have arrived.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
        limits: Limits,
    ) -> Result<Reply, FetchError> {
        let send = async {
            let target = self.check(url)?;
            let request = request(Method::POST, &target, headers, body)?;
            let reply = async |response: Response<Incoming>| {
                let (head, body) = response.into_parts();
                let body = take(body, limits.bytes_max, Excess::Cut).await?;
                Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
            };
            self.exchange(&target, request, reply).await
        };
        timeout(Duration::from_millis(limits.time_max_ms), send).await.unwrap_or(Err(Cause::TimedOut.into()))
    }

    async fn follow(&self, text: &str, bytes_max: u64) -> Result<Fetched, FetchError> {
        let mut url = parse(text)?;
        let mut target = target_of(&url, &self.allow)?;
        for _ in 0..=REDIRECTS_MAX {
            let request = request(Method::GET, &target, HeaderMap::new(), Bytes::new())?;
            let step = async |response| next_step(response, bytes_max).await;
            match self.exchange(&target, request, step).await? {
                Step::Done(fetched) => return Ok(fetched),
                Step::Redirect(location) => {
                    url = url.join(&location).map_err(|_| Cause::Redirect)?;
                    target = target_of(&url, &self.allow).map_err(|_| Cause::Redirect)?;
                }
            }
        }
        Err(Cause::Redirect.into())
    }

    /// Makes one request and reads its response with `read`, while the same task drives the connection.
    async fn exchange<T>(
        &self,
        target: &Target,
        request: Request<Full<Bytes>>,
        read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, FetchError>,
    ) -> Result<T, FetchError> {
        let line = self.dial(target).await?;
        let handshake = http1::handshake(TokioIo::new(line)).await;
        let (mut sender, connection) = handshake.map_err(|_| Cause::Protocol)?;
        let mut talk = pin!(async {
            let response = sender.send_request(request).await.map_err(|_| Cause::Protocol)?;
            read(response).await
        });
        tokio::select! {
            biased;
            outcome = &mut talk => outcome,
            // The server has closed: what it sent is with the reader, and a missing rest is the reader's error.
            _ = connection => talk.await,
        }
    }
}

enum Step {
    Done(Fetched),
    Redirect(String),
}

async fn next_step(response: Response<Incoming>, bytes_max: u64) -> Result<Step, FetchError> {
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    match response.status() {
        StatusCode::OK => {
            let content_type = header(CONTENT_TYPE);
            let bytes = take(response.into_body(), bytes_max, Excess::Refuse).await?;
            Ok(Step::Done(Fetched { bytes, content_type }))
        }
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => Ok(Step::Redirect(header(LOCATION).ok_or(Cause::Redirect)?)),
        other => Err(Cause::Status(other.as_u16()).into()),
    }
}

/// Reads a body up to the limit, by its announced length first and by its bytes in any case.
async fn take(mut body: Incoming, bytes_max: u64, excess: Excess) -> Result<Bytes, FetchError> {
    let too_large = FetchError::TooLarge { bytes_max };
    let announced = hyper::body::Body::size_hint(&body).lower();
    if announced > bytes_max && matches!(excess, Excess::Refuse) {
        return Err(too_large);
    }
    let limit = usize::try_from(bytes_max).unwrap_or(usize::MAX);
    let mut bytes = Vec::with_capacity(usize::try_from(announced).unwrap_or(0).min(limit).min(1 << 20));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Cause::Protocol)?;
        let Some(data) = frame.data_ref() else { continue };
        let room = limit - bytes.len();
        bytes.extend_from_slice(&data[..data.len().min(room)]);
        match excess {
            Excess::Refuse if data.len() > room => return Err(too_large),
            Excess::Cut if data.len() >= room => break,
            Excess::Refuse | Excess::Cut => {}
        }
    }
    Ok(bytes.into())
}

fn request(
    method: Method,
    target: &Target,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Request<Full<Bytes>>, FetchError> {
    let host = if target.port == target.scheme.default_port() {
        target.host.to_string()
    } else {
        format!("{}:{}", target.host, target.port)
    };
    let mut request = Request::builder()
        .method(method)
        .uri(&target.path_and_query)
        .header(HOST, host)
        .body(Full::new(body))
        .map_err(|_| UrlRefusal::Invalid)?;
    let own = request.headers_mut();
    own.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    own.insert(ACCEPT, HeaderValue::from_static("*/*"));
    own.insert(CONNECTION, HeaderValue::from_static("close"));
    // A compressed body could unfold into anything, and a film does not shrink.
    own.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    own.extend(headers);
    Ok(request)
}
