//! A film as it grows on disk: what to ask for next, what an answer adds to it, and when it is whole.

use std::io::SeekFrom;
use std::path::{Path, PathBuf};

use http_body_util::BodyExt as _;
use hyper::Response;
use hyper::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderMap, HeaderName,
    HeaderValue, IF_RANGE, LAST_MODIFIED, RANGE,
};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::sync::watch;

use super::film;
use super::{DownloadFault, Downloaded, told};
use crate::guard::exchange::Arriving;

/// Why an attempt ended before the film was whole.
pub(super) enum Stop {
    /// Another attempt may go on from here, if this one brought anything.
    Cut(String),
    Fault(DownloadFault),
}

impl From<DownloadFault> for Stop {
    fn from(fault: DownloadFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Fault(DownloadFault::Disk(error))
    }
}

/// The file and what is known of the film that it will hold.
pub(super) struct Part {
    file: File,
    bytes: u64,
    bytes_max: u64,
    /// Of the whole film, once a server has said so.
    total: Option<u64>,
    /// What names these very bytes, so that a server can tell whether it still has them.
    validator: Option<HeaderValue>,
    /// In all attempts together.
    received: u64,
    pulse: watch::Sender<()>,
}

impl Part {
    pub(super) async fn create(path: &Path, bytes_max: u64) -> Result<Self, DownloadFault> {
        let file = File::create(path).await?;
        let pulse = watch::Sender::new(());
        Ok(Self { file, bytes: 0, bytes_max, total: None, validator: None, received: 0, pulse })
    }

    pub(super) fn received(&self) -> u64 {
        self.received
    }

    /// Changes with everything that comes from the other side.
    pub(super) fn pulse(&self) -> watch::Receiver<()> {
        self.pulse.subscribe()
    }

    /// The headers that ask for the rest, or for everything if the rest might be another film's.
    pub(super) async fn range(&mut self) -> Result<HeaderMap, Stop> {
        let kept = if self.validator.is_some() { self.bytes } else { 0 };
        self.cut_to(kept).await?;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(validator) = self.validator.clone().filter(|_| kept > 0) {
            let range = HeaderValue::from_str(&format!("bytes={kept}-"));
            headers.insert(RANGE, range.map_err(|error| Stop::Cut(error.to_string()))?);
            headers.insert(IF_RANGE, validator);
        }
        Ok(headers)
    }

    /// Adds a response to the file.
    pub(super) async fn take(&mut self, response: Response<Arriving>) -> Result<(), Stop> {
        self.pulse.send_replace(());
        let (head, mut body) = response.into_parts();
        match head.status.as_u16() {
            200 => self.begin(&head.headers).await?,
            206 if self.bytes > 0 => self.resume(&head.headers)?,
            status @ (401 | 403 | 404 | 410) => return Err(DownloadFault::Gone { status }.into()),
            status => return Err(DownloadFault::Passing(format!("status {status}")).into()),
        }
        let coding = text(&head.headers, &CONTENT_ENCODING);
        if let Some(coding) = coding.filter(|coding| !coding.eq_ignore_ascii_case("identity")) {
            return Err(DownloadFault::NotAFilm(format!("it is encoded as {coding}")).into());
        }
        if self.total.is_some_and(|total| total > self.bytes_max) {
            return Err(DownloadFault::TooLarge.into());
        }
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| Stop::Cut(told(&error)))?;
            self.pulse.send_replace(());
            let Some(data) = frame.data_ref() else { continue };
            let more = data.len() as u64;
            if self.bytes + more > self.bytes_max {
                return Err(DownloadFault::TooLarge.into());
            }
            self.file.write_all(data).await?;
            self.bytes += more;
            self.received += more;
        }
        match self.total {
            Some(total) if total != self.bytes => {
                Err(Stop::Cut(format!("{} of {total} bytes came", self.bytes)))
            }
            _ => Ok(()),
        }
    }

    /// The whole film comes, whatever was asked for.
    async fn begin(&mut self, headers: &HeaderMap) -> Result<(), Stop> {
        self.cut_to(0).await?;
        self.total = text(headers, &CONTENT_LENGTH).and_then(|length| length.parse().ok());
        self.validator = validator(headers);
        Ok(())
    }

    /// The rest comes, if it is that of the same film.
    fn resume(&mut self, headers: &HeaderMap) -> Result<(), Stop> {
        let range = text(headers, &CONTENT_RANGE).and_then(parse_content_range);
        let other_film = |this: Option<u64>| this.is_some() && self.total.is_some() && this != self.total;
        match range {
            Some((start, total)) if start == self.bytes && !other_film(total) => {
                self.total = total.or(self.total);
                Ok(())
            }
            _ => Err(DownloadFault::Passing("the server resumed at another place".to_owned()).into()),
        }
    }

    /// Forgets what is behind `bytes`, also what an attempt that was given up may have written there.
    async fn cut_to(&mut self, bytes: u64) -> Result<(), Stop> {
        if self.received > 0 {
            self.file.set_len(bytes).await?;
            self.file.seek(SeekFrom::Start(bytes)).await?;
        }
        self.bytes = bytes;
        Ok(())
    }

    /// Checks that the file is a whole film, and makes it and its name durable.
    pub(super) async fn finish(mut self, path: &Path) -> Result<Downloaded, DownloadFault> {
        self.file.flush().await?;
        let checked = path.to_owned();
        let check = tokio::task::spawn_blocking(move || film::check(&checked));
        check.await.map_err(std::io::Error::other)??;
        self.file.sync_all().await?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_owned);
        File::open(folder).await?.sync_all().await?;
        Ok(Downloaded { bytes: self.bytes })
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// A strong entity tag, else the date of the last change (RFC 9110, 13.1.5 lets no weak tag be used here).
fn validator(headers: &HeaderMap) -> Option<HeaderValue> {
    let tag = headers.get(ETAG).filter(|tag| tag.as_bytes().starts_with(b"\""));
    tag.or_else(|| headers.get(LAST_MODIFIED)).cloned()
}

/// The first byte and the film's length of `bytes 5-9/10` or `bytes 5-9/*`.
fn parse_content_range(value: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = value.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    Some((start.parse().ok()?, total))
}
