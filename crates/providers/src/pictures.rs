//! The pictures of a request: fetched through the guard, or found among those stored on this machine.

use std::path::PathBuf;

use bytes::Bytes;
use filmgate_domain::task::Failure;

use crate::guard::{Guard, Limits};

/// A picture that is already on this machine is named in a request as this prefix and its SHA-256. No dialect lets a
/// client write such a name: clients' pictures must be links.
pub const STORED_PICTURE: &str = "stored:";

/// What the studio and the upstreams take.
const PICTURE_BYTES_MAX: u64 = 10_000_000;
/// Short, because the film's place among those being made is taken meanwhile.
const PICTURE_TIME_MS: u64 = 10_000;

/// Where pictures come from.
#[derive(Clone)]
pub struct Pictures {
    guard: Guard,
    stored: PathBuf,
    uploads: Option<Uploads>,
}

/// Files that clients have uploaded to this gateway: what their links begin with, and where they lie.
#[derive(Clone, Debug)]
pub struct Uploads {
    /// All that stands before the 32 hex digits of a link's key.
    pub prefix: String,
    /// The folder, in which each file is called like its key.
    pub folder: PathBuf,
}

impl Uploads {
    /// The key in a link to one of these files.
    pub fn key<'a>(&self, link: &'a str) -> Option<&'a str> {
        let key = link.strip_prefix(&self.prefix)?.get(..32)?;
        key.bytes().all(|b| b.is_ascii_hexdigit()).then_some(key)
    }
}

impl Pictures {
    /// Pictures behind clients' links, and those in the folder `stored`.
    pub fn new(guard: Guard, stored: PathBuf) -> Self {
        Self { guard, stored, uploads: None }
    }

    /// And those that clients have uploaded to this gateway.
    pub fn with_uploads(self, uploads: Uploads) -> Self {
        Self { uploads: Some(uploads), ..self }
    }

    fn uploaded(&self, link: &str) -> Option<PathBuf> {
        let uploads = self.uploads.as_ref()?;
        uploads.key(link).map(|key| uploads.folder.join(key))
    }

    /// Whether a link leads to this machine's own disk, where no upstream could fetch it.
    pub(crate) fn is_here(&self, link: &str) -> bool {
        link.starts_with(STORED_PICTURE) || self.uploaded(link).is_some()
    }

    /// The bytes of a picture, or what to tell the client.
    pub(crate) async fn bytes(&self, link: &str) -> Result<Bytes, Failure> {
        if let Some(file) = self.uploaded(link) {
            return tokio::fs::read(file).await.map(Bytes::from).map_err(|_| unreadable());
        }
        match link.strip_prefix(STORED_PICTURE) {
            Some(hash) if hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
                let read = tokio::fs::read(self.stored.join(hash)).await;
                read.map(Bytes::from).map_err(|_| unreadable())
            }
            Some(_) => Err(unreadable()),
            None => {
                let limits = Limits { bytes_max: PICTURE_BYTES_MAX, time_max_ms: PICTURE_TIME_MS };
                let fetched = self.guard.fetch(link, limits).await.map_err(|error| {
                    tracing::warn!(?error, "a picture could not be fetched");
                    unreadable()
                })?;
                Ok(fetched.bytes)
            }
        }
    }
}

/// What a picture is by its first bytes, with the ending of its name; anything else is no picture to us.
pub(crate) fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png")),
        [0xFF, 0xD8, 0xFF, ..] => Some(("image/jpeg", "jpg")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        _ => None,
    }
}

pub(crate) fn unreadable() -> Failure {
    let text = "The picture could not be fetched. Nothing was charged; check that its link is public and at most 10 MB.";
    Failure { code: "451".into(), text: text.into() }
}
