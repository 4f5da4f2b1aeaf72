//! The download of a finished film into a file: resumed when it is cut, limited in every way, checked at the end.

use std::fmt;
use std::io;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Method;
use hyper::header::HeaderMap;
use tokio::time::timeout;
use url::Url;

use super::part::{Part, Stop};
use super::{Base, Client, ms, without_query};
use crate::guard::exchange::{self, REDIRECTS_MAX, redirect_of};
use crate::guard::{Cause, FetchError};

const RESUMES_MAX: usize = 10;

/// Where a film is.
#[derive(Clone)]
pub enum Source {
    /// On the upstream's own host, asked with these headers, which hold the key. A redirect to the same scheme, host
    /// and port is asked with them too; one to anywhere else becomes foreign.
    Own { base: Base, path: String, headers: HeaderMap },
    /// Anywhere else: through the guard and its rules, never with a key.
    Foreign { url: String },
}

impl fmt::Debug for Source {
    /// Without headers, query and foreign link, each of which may be a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own { base, path, .. } => f.write_str(&base.url(without_query(path))),
            Self::Foreign { url } => match Url::parse(url) {
                Ok(url) => write!(f, "a link of {}", url.host_str().unwrap_or("no host")),
                Err(_) => f.write_str("a link that is no URL"),
            },
        }
    }
}

/// What a download may cost us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DownloadLimits {
    pub bytes_max: u64,
    /// From the first name resolution to the last byte, resumes included.
    pub time_max_ms: u64,
    /// Without a byte from the other side, whatever we are waiting for.
    pub idle_max_ms: u64,
}

impl Default for DownloadLimits {
    fn default() -> Self {
        Self { bytes_max: 4 << 30, time_max_ms: 30 * 60_000, idle_max_ms: 60_000 }
    }
}

/// A film that is on disk, synced, byte for byte as it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Downloaded {
    pub bytes: u64,
}

/// Why there is no film. The texts are for the operator's log.
#[derive(Debug, thiserror::Error)]
pub enum DownloadFault {
    /// 401, 403, 404 or 410: the link is dead.
    #[error("the link is dead (status {status})")]
    Gone { status: u16 },
    /// It may work later. A link that the guard refuses is here, too.
    #[error("the film cannot be downloaded now: {0}")]
    Passing(String),
    #[error("the film is too large")]
    TooLarge,
    /// The bytes that came are no complete film.
    #[error("what was downloaded is no film: {0}")]
    NotAFilm(String),
    /// Our own disk.
    #[error("the film cannot be written: {0}")]
    Disk(#[from] io::Error),
}

impl From<Cause> for Stop {
    fn from(cause: Cause) -> Self {
        Self::Cut(cause.to_string())
    }
}

impl From<FetchError> for Stop {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Unavailable(cause @ (Cause::Refused(_) | Cause::NotListed | Cause::Redirect)) => {
                Self::Fault(DownloadFault::Passing(cause.to_string()))
            }
            FetchError::Unavailable(cause) => cause.into(),
            other @ (FetchError::Url(_) | FetchError::TooLarge { .. }) => {
                Self::Fault(DownloadFault::Passing(other.to_string()))
            }
        }
    }
}

impl Client {
    /// Downloads a film into the file `part`, which is begun anew whatever it holds. A download that is cut goes on where
    /// it was, up to ten times as long as bytes keep coming. The file and its folder are synced in the end.
    ///
    /// # Errors
    /// See [`DownloadFault`]; the file is removed then. It may stay behind if the future is dropped.
    pub async fn download(
        &self,
        from: &Source,
        part: &Path,
        limits: DownloadLimits,
    ) -> Result<Downloaded, DownloadFault> {
        let outcome = self.download_into(from, part, limits).await;
        if outcome.is_err() {
            // What is wrong with the download is the news, not what is wrong with its remains.
            tokio::fs::remove_file(part).await.ok();
        }
        outcome
    }

    async fn download_into(
        &self,
        from: &Source,
        path: &Path,
        limits: DownloadLimits,
    ) -> Result<Downloaded, DownloadFault> {
        let mut part = Part::create(path, limits.bytes_max).await?;
        timeout(ms(limits.time_max_ms), self.fill(from, &mut part, ms(limits.idle_max_ms)))
            .await
            .unwrap_or_else(|_| Err(DownloadFault::Passing("it takes too long".to_owned())))?;
        part.finish(path).await
    }

    async fn fill(&self, from: &Source, part: &mut Part, idle_max: Duration) -> Result<(), DownloadFault> {
        for resumes in 0.. {
            let before = part.received();
            let mut pulse = part.pulse();
            let stop = tokio::select! {
                biased;
                outcome = self.fill_once(from, part) => match outcome {
                    Ok(()) => break,
                    Err(stop) => stop,
                },
                () = async { while timeout(idle_max, pulse.changed()).await.is_ok() {} } => Cause::TimedOut.into(),
            };
            match stop {
                Stop::Fault(fault) => return Err(fault),
                Stop::Cut(_) if part.received() > before && resumes < RESUMES_MAX => {}
                Stop::Cut(why) => return Err(DownloadFault::Passing(why)),
            }
        }
        Ok(())
    }

    /// One attempt, from the address we were given on: a signed link that a redirect gave may have ended meanwhile.
    async fn fill_once(&self, from: &Source, part: &mut Part) -> Result<(), Stop> {
        match from {
            Source::Foreign { url } => self.fill_from_elsewhere(url, part).await,
            Source::Own { base, path, headers } => self.fill_from_own(base, path, headers, part).await,
        }
    }

    async fn fill_from_elsewhere(&self, url: &str, part: &mut Part) -> Result<(), Stop> {
        let headers = part.range().await?;
        part.take(self.guard.follow(url, headers).await?).await
    }

    async fn fill_from_own(
        &self,
        base: &Base,
        path: &str,
        headers: &HeaderMap,
        part: &mut Part,
    ) -> Result<(), Stop> {
        let mut headers = headers.clone();
        headers.extend(part.range().await?);
        let mut url = Url::parse(&base.url(path)).map_err(|_| Cause::Resolve)?;
        for _ in 0..=REDIRECTS_MAX {
            let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
            let body = Full::new(Bytes::new());
            let request = exchange::request(Method::GET, target, &base.authority(), headers.clone(), body);
            let request = request.map_err(|_| Cause::Resolve)?;
            let line = base.open(&self.dialler, ms(self.times.connect_ms)).await?;
            let response = exchange::exchange(line, request).await.map_err(|_| Cause::Protocol)?;
            let Some(location) = redirect_of(&response) else { return part.take(response).await };
            url = location.and_then(|location| url.join(location).ok()).ok_or(Cause::Redirect)?;
            if !base.same_host(&url) {
                return self.fill_from_elsewhere(url.as_str(), part).await;
            }
        }
        Err(Cause::Redirect.into())
    }
}
