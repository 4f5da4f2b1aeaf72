//! Sessions: browsers that have shown a key once, known by the hash of their cookie.

use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{Store, StoreError, sql};

/// More browsers than anybody has; the oldest session gives way.
const OF_ONE_MAX: i64 = 64;

/// For whom a session speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionOf {
    /// The key with this public part, as long as it is live.
    Key(String),
    /// The emulator's sandbox account of this name.
    Sandbox(String),
}

impl Store {
    /// Begins a session; those that have expired go, and the oldest of one key that has too many.
    pub async fn begin_session(
        &self,
        hash: [u8; 32],
        of: SessionOf,
        (now, expires): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            let (key, sandbox) = match &of {
                SessionOf::Key(id) => (Some(id), None),
                SessionOf::Sandbox(name) => (None, Some(name)),
            };
            connection.prepare_cached(sql::SESSIONS_EXPIRE)?.execute([now.0])?;
            let row = params![hash, key, sandbox, now.0, expires.0];
            connection.prepare_cached(sql::SESSION_INSERT)?.execute(row)?;
            connection.prepare_cached(sql::SESSIONS_TRIM)?.execute(params![key, sandbox, OF_ONE_MAX])?;
            Ok(())
        };
        self.committer.write(write).await
    }

    /// For whom the session with this hash speaks, and until when.
    pub fn session(
        &self,
        hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<(SessionOf, Timestamp)>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql::SESSION_FIND)?;
            let read = |row: &rusqlite::Row<'_>| {
                let of = match row.get(0)? {
                    Some(id) => SessionOf::Key(id),
                    None => SessionOf::Sandbox(row.get(1)?),
                };
                Ok((of, Timestamp(row.get(2)?)))
            };
            Ok(statement.query_row(params![hash, now.0], read).optional()?)
        })
    }

    /// Ends a session.
    pub async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        let write = move |connection: &Connection| {
            connection.prepare_cached(sql::SESSION_DELETE)?.execute([hash])?;
            Ok(())
        };
        self.committer.write(write).await
    }
}
