//! Files that clients have given us: one row each, until they expire.

use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{Store, StoreError, sql};

/// A file of a client's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadRow {
    /// The 128 random bits of its link.
    pub key: [u8; 16],
    /// Who gave it.
    pub account: AccountNumber,
    /// The folder and the name that the client chose.
    pub path: String,
    /// What it is by its first bytes.
    pub mime: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// When it came.
    pub created: Timestamp,
    /// From when on its link is dead.
    pub expires: Timestamp,
}

impl Store {
    /// Writes a file down whose bytes are on disk already.
    pub async fn add_upload(&self, upload: UploadRow) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            let bytes = i64::try_from(upload.bytes).unwrap_or(i64::MAX);
            let UploadRow { key, account, path, mime, sha256, created, expires, .. } = &upload;
            let row = params![key, account, path, mime, bytes, sha256, created.0, expires.0];
            connection.prepare_cached(sql::UPLOAD_INSERT)?.execute(row)?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// The file behind a link, unless it has expired.
    pub fn upload(&self, key: [u8; 16], now: Timestamp) -> Result<Option<UploadRow>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::UPLOAD_FIND)?;
            let read = |row: &rusqlite::Row<'_>| {
                Ok(UploadRow {
                    key,
                    account: row.get(0)?,
                    path: row.get(1)?,
                    mime: row.get(2)?,
                    bytes: row.get::<_, i64>(3)?.unsigned_abs(),
                    sha256: row.get(4)?,
                    created: Timestamp(row.get(5)?),
                    expires: Timestamp(row.get(6)?),
                })
            };
            Ok(statement.query_row(params![key, now.0], read).optional()?)
        })
    }

    /// Forgets files that have expired, and returns their keys, so that their bytes can be removed.
    pub async fn expire_uploads(&self, now: Timestamp) -> Result<Vec<[u8; 16]>, StoreError> {
        let write = move |connection: &Connection| {
            let mut statement = connection.prepare_cached(sql::UPLOADS_EXPIRE)?;
            let keys = statement.query_map([now.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
            Ok(keys)
        };
        self.committer.write(write).await
    }
}
