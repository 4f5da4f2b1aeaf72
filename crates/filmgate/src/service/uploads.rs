//! Files that clients give us: known by their first bytes, kept under a link that nobody can guess, gone after three days.

use std::time::Duration;

use filmgate_providers::guard::Limits;
use filmgate_store::{StoreError, UploadRow};
use thiserror::Error;

use super::caller::Caller;
use crate::app::App;

/// The largest file that is kept.
pub const BYTES_MAX: usize = 30 * 1024 * 1024;
/// How long a file by address may take to come (reference, 5.3).
const FETCH_MS: u64 = 30_000;
/// How long a file is kept: Kie's own pages say 24 hours to three days (reference, 1.5).
const LIVES_MS: i64 = 3 * 86_400_000;

/// A file without a row is somebody's whose upload has not ended yet, or nobody's.
const ORPHANED_AFTER: Duration = Duration::from_secs(86_400);

/// Why a file is not kept.
#[derive(Debug, Error)]
pub enum UploadError {
    /// It is nothing that filmgate keeps.
    #[error(
        "The file is not a picture, a film or a sound that filmgate knows: PNG, JPEG, WebP, GIF, MP4, WebM, MP3, WAV."
    )]
    UnknownKind,
    /// It is too large.
    #[error("The file is larger than {} MiB.", BYTES_MAX / 1024 / 1024)]
    TooLarge,
    /// Its address cannot be fetched.
    #[error("The file could not be fetched: its address must be public, answer within 30 seconds, and hold at most {} MiB.", BYTES_MAX / 1024 / 1024)]
    Unreachable,
    /// The account has uploaded as much as it may in so short a time.
    #[error("Your uploads come too fast. Wait a few seconds.")]
    TooMany,
    /// The disk failed.
    #[error("The file could not be kept; try again later.")]
    Disk(#[source] std::io::Error),
    /// The store failed.
    #[error("The file could not be kept; try again later.")]
    Store(#[from] StoreError),
}

/// A file that is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its row.
    pub row: UploadRow,
    /// Its link.
    pub link: String,
}

/// What a file is by its first bytes: its type, and the ending of its name.
pub fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(("image/png", "png")),
        [0xFF, 0xD8, 0xFF, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', ..] => Some(("image/gif", "gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(("audio/wav", "wav")),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(("video/mp4", "mp4")),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(("video/webm", "webm")),
        [b'I', b'D', b'3', ..] | [0xFF, 0xFB, ..] => Some(("audio/mpeg", "mp3")),
        _ => None,
    }
}

/// Counts an upload before any of it is read, fetched or looked at.
pub fn admit(app: &App, caller: &Caller) -> Result<(), UploadError> {
    app.count_upload(&caller.counted_as()).map_err(|_| UploadError::TooMany)
}

/// Fetches a file through the guard.
pub async fn fetch(app: &App, link: &str) -> Result<Vec<u8>, UploadError> {
    let limits = Limits { bytes_max: BYTES_MAX as u64, time_max_ms: FETCH_MS };
    let fetched = app.guard.fetch(link, limits).await.map_err(|error| {
        tracing::info!(?error, "an upload could not be fetched");
        UploadError::Unreachable
    })?;
    Ok(fetched.bytes.to_vec())
}

/// Keeps a file that was admitted: when this returns, the bytes and their row are on disk.
pub async fn keep(
    app: &App,
    caller: &Caller,
    (folder, name): (&str, Option<&str>),
    bytes: Vec<u8>,
) -> Result<Kept, UploadError> {
    if bytes.len() > BYTES_MAX {
        return Err(UploadError::TooLarge);
    }
    let (mime, ending) = kind(&bytes).ok_or(UploadError::UnknownKind)?;
    let now = app.now();
    let named = || format!("{}-{:08x}.{ending}", now.0, app.random.bits() >> 96);
    let name = name.map_or_else(named, str::to_owned);
    let account = caller.account_or_new(app).await?;
    let random = app.random.bits();
    let key = format!("{random:032x}");
    let length = bytes.len() as u64;
    let (films, file) = (app.films.clone(), key.clone());
    let kept = tokio::task::spawn_blocking(move || films.keep_upload(&file, &bytes)).await;
    let sha256 = kept.map_err(std::io::Error::other).flatten().map_err(UploadError::Disk)?;
    let row = UploadRow {
        key: random.to_be_bytes(),
        account,
        path: format!("{folder}/{name}"),
        mime: mime.to_owned(),
        bytes: length,
        sha256,
        created: now,
        expires: now.after(LIVES_MS),
    };
    app.store.add_upload(row.clone()).await?;
    // The ending tells people and players what it is; only the key is looked at.
    Ok(Kept { row, link: format!("{}{key}.{ending}", app.uploads.prefix) })
}

/// Whether the file with this key is there and has not expired.
pub fn is_live(app: &App, key: &str) -> bool {
    find(app, key).is_ok_and(|found| found.is_some())
}

/// The file with this key, unless it has expired.
pub fn find(app: &App, key: &str) -> Result<Option<UploadRow>, StoreError> {
    let Some(key) = hex::decode(key).ok().and_then(|key| key.try_into().ok()) else { return Ok(None) };
    app.store.upload(key, app.now())
}

/// Removes files that have expired, and those that a crash has left without a row.
pub async fn sweep(app: &App) -> Result<(), StoreError> {
    for key in app.store.expire_uploads(app.now()).await? {
        app.films.forget_upload(&hex::encode(key));
    }
    let films = app.films.clone();
    let old = tokio::task::spawn_blocking(move || films.old_uploads(ORPHANED_AFTER)).await;
    for key in old.map_err(std::io::Error::other).flatten().unwrap_or_default() {
        if matches!(find(app, &key), Ok(None)) {
            app.films.forget_upload(&key);
        }
    }
    Ok(())
}
