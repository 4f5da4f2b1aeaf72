//! Whether the database is older than its folder, because it was restored from a copy: what it calls unsent may be sent.

use std::io::Write as _;

use rusqlite::Connection;

use crate::{Store, StoreError, sql};

const FILE: &str = "beginnings";

impl Store {
    /// Whether the folder has seen more beginnings than the database knows of.
    pub fn was_restored(&self) -> Result<bool, StoreError> {
        let known = self.read(|connection| {
            Ok(connection.prepare_cached(sql::BEGINNINGS)?.query_row([], |row| row.get::<_, i64>(0))?)
        })?;
        Ok(self.seen() > known)
    }

    /// Counts a server's beginning, in the database and beside it. To be called when whatever follows from
    /// [`Store::was_restored`] is durable.
    pub async fn begin(&self) -> Result<(), StoreError> {
        let seen = self.seen();
        let write = move |connection: &Connection| {
            let known: i64 = connection.prepare_cached(sql::BEGINNINGS)?.query_row([], |row| row.get(0))?;
            let next = known.max(seen) + 1;
            connection.prepare_cached(sql::BEGINNING_COUNT)?.execute([next])?;
            Ok(next)
        };
        let next = self.committer.write(write).await?;
        // The database goes first: a folder that says less is no sign of anything.
        self.tell(next).map_err(|error| StoreError::RolledBack(error.to_string()))
    }

    fn seen(&self) -> i64 {
        let text = std::fs::read_to_string(self.folder().join(FILE)).unwrap_or_default();
        text.trim().parse().unwrap_or(0)
    }

    fn tell(&self, number: i64) -> std::io::Result<()> {
        let (path, part) = (self.folder().join(FILE), self.folder().join(format!("{FILE}.part")));
        let mut file = std::fs::File::create(&part)?;
        writeln!(file, "{number}")?;
        file.sync_all()?;
        std::fs::rename(part, path)?;
        std::fs::File::open(self.folder())?.sync_all()
    }
}
