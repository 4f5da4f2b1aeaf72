//! Requests to foreign URLs: a download that follows redirects by hand, and a single post that follows none.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::header::{CONTENT_TYPE, HeaderMap};
use hyper::{Method, Request, Response, StatusCode};
use tokio::time::timeout;

use super::Guard;
use super::exchange::{self, Arriving, REDIRECTS_MAX, redirect_of};
use super::line::Cause;
use super::url::{Target, UrlRefusal, parse, target_of};
use crate::http::Reply;

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
        let fetch = async {
            let response = self.follow(url, HeaderMap::new()).await?;
            if response.status() != StatusCode::OK {
                return Err(Cause::Status(response.status().as_u16()).into());
            }
            let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let content_type = content_type.map(str::to_owned);
            let bytes = take(response.into_body(), limits.bytes_max, Excess::Refuse).await?;
            Ok(Fetched { bytes, content_type })
        };
        timeout(Duration::from_millis(limits.time_max_ms), fetch).await.unwrap_or(Err(Cause::TimedOut.into()))
    }

    /// Sends one POST and reports whatever status comes back, with the beginning of its body, cut at the limit.
    /// Redirects are not followed.
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
            let (head, body) = self.exchange(&target, request).await?.into_parts();
            let body = take(body, limits.bytes_max, Excess::Cut).await?;
            Ok(Reply { status: head.status.as_u16(), headers: head.headers, body })
        };
        timeout(Duration::from_millis(limits.time_max_ms), send).await.unwrap_or(Err(Cause::TimedOut.into()))
    }

    /// Asks for a URL with `headers` and follows redirects, each judged like the first URL. Whatever other response comes
    /// in the end is returned.
    ///
    /// # Errors
    /// Why there was no such response.
    pub(crate) async fn follow(
        &self,
        url: &str,
        headers: HeaderMap,
    ) -> Result<Response<Arriving>, FetchError> {
        let mut url = parse(url)?;
        let mut target = target_of(&url, &self.allow)?;
        for _ in 0..=REDIRECTS_MAX {
            let request = request(Method::GET, &target, headers.clone(), Bytes::new())?;
            let response = self.exchange(&target, request).await?;
            let Some(location) = redirect_of(&response) else { return Ok(response) };
            url = url.join(location.ok_or(Cause::Redirect)?).map_err(|_| Cause::Redirect)?;
            target = target_of(&url, &self.allow).map_err(|_| Cause::Redirect)?;
        }
        Err(Cause::Redirect.into())
    }

    async fn exchange(
        &self,
        target: &Target,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Arriving>, Cause> {
        exchange::exchange(self.dial(target).await?, request).await.map_err(|_| Cause::Protocol)
    }
}

/// Reads a body up to the limit, by its announced length first and by its bytes in any case.
async fn take(mut body: Arriving, bytes_max: u64, excess: Excess) -> Result<Bytes, FetchError> {
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
    let request = exchange::request(method, &target.path_and_query, &host, headers, Full::new(body));
    Ok(request.map_err(|_| UrlRefusal::Invalid)?)
}
