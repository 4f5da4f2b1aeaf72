//! Opening the database: the version asserted, WAL with full durability, the schema brought up to date.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use thiserror::Error;

use crate::StoreError;
use crate::committer::Committer;

/// Older versions can corrupt a WAL that two connections use (reference/reliability-and-ecosystem.md, finding 5).
const SQLITE_MIN: i32 = 3_051_003;

/// Each migration runs in a transaction of its own; its number is its place in this list.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_init.sql"),
    include_str!("../migrations/0002_attempts.sql"),
    include_str!("../migrations/0003_deliveries.sql"),
    include_str!("../migrations/0004_once.sql"),
    include_str!("../migrations/0005_uploads.sql"),
    include_str!("../migrations/0006_listed.sql"),
    include_str!("../migrations/0007_characters.sql"),
    include_str!("../migrations/0008_deliveries.sql"),
    include_str!("../migrations/0009_sessions.sql"),
    include_str!("../migrations/0010_accounts.sql"),
];

/// The network file systems whose locks and shared memory cannot be trusted with a WAL, by their kernel numbers.
const NETWORK_FILE_SYSTEMS: &[(u64, &str)] = &[
    (0x6969, "NFS"),
    (0x517B, "SMB"),
    (0xFF53_4D42, "CIFS"),
    (0xFE53_4D42, "SMB2"),
    (0x0102_1997, "9p"),
    (0x5346_414F, "AFS"),
];

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The linked SQLite is too old.
    #[error("SQLite {0} can corrupt its log; 3.51.3 or newer is needed")]
    SqliteTooOld(&'static str),
    /// The file was written by a newer filmgate.
    #[error("the database has schema {found}, this filmgate knows {known}; use a newer filmgate")]
    SchemaTooNew {
        /// In the file.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// The folder lies on a network.
    #[error("{folder} lies on {system}, where SQLite's log is not safe; choose a local folder with --data")]
    NetworkFileSystem {
        /// The folder.
        folder: PathBuf,
        /// The file system's name.
        system: &'static str,
    },
    /// The folder or file cannot be used.
    #[error("the database in {folder} cannot be opened: {why}")]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// The system's or SQLite's words.
        why: String,
    },
}

/// The database: one committing thread, and readers beside it.
pub struct Store {
    pub(crate) committer: Committer,
    readers: Mutex<Vec<Connection>>,
    path: PathBuf,
}

impl Store {
    /// Opens, or makes, `filmgate.sqlite3` in a folder.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let unusable = |why: String| OpenError::Unusable { folder: folder.to_owned(), why };
        if rusqlite::version_number() < SQLITE_MIN {
            return Err(OpenError::SqliteTooOld(rusqlite::version()));
        }
        private_folder(folder).map_err(|error| unusable(error.to_string()))?;
        refuse_network(folder)?;
        // Processes that open a new database at once take turns: switching to WAL does not wait for anybody.
        let turn =
            std::fs::File::create(folder.join("open.lock")).map_err(|error| unusable(error.to_string()))?;
        turn.lock().map_err(|error| unusable(error.to_string()))?;
        let path = folder.join("filmgate.sqlite3");
        let connection = writer(&path).map_err(|error| unusable(error.to_string()))?;
        migrate(&connection).map_err(|error| match error {
            MigrateError::TooNew(found) => OpenError::SchemaTooNew { found, known: schema_known() },
            MigrateError::Sql(error) => unusable(error.to_string()),
        })?;
        let committer = Committer::start(connection).map_err(|error| unusable(error.to_string()))?;
        Ok(Self { committer, readers: Mutex::new(Vec::new()), path })
    }

    /// The folder that the database lies in.
    pub(crate) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or_else(|| Path::new("."))
    }

    /// Reads through a connection of its own, opened when all others are busy.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => reader(&self.path)?,
        };
        let outcome = work(&connection);
        if !connection.is_autocommit() {
            // An old snapshot left open would hold up every checkpoint.
            return outcome;
        }
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        outcome
    }
}

/// What writer and readers share.
fn prepare_connection(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(128);
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // Without this, SQLite plans a statement anew whenever a bound value changes, which is on every call.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

fn writer(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    prepare_connection(&connection)?;
    // Larger checkpoints are rarer but slower, and decide the slowest percent of all creates.
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        // Some file systems cannot share memory, which the log needs; then SQLite quietly stays with another mode.
        return Err(rusqlite::Error::InvalidParameterName(format!("the journal mode is {mode}, not WAL")));
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; \
         PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 268435456; PRAGMA temp_store = MEMORY;",
    )?;
    Ok(connection)
}

fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    prepare_connection(&connection)?;
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -16384;",
    )?;
    Ok(connection)
}

enum MigrateError {
    TooNew(i64),
    Sql(rusqlite::Error),
}

impl From<rusqlite::Error> for MigrateError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

fn schema_known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings the schema up to date. Two processes that open a new database at once do it one after the other.
fn migrate(connection: &Connection) -> Result<(), MigrateError> {
    loop {
        let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let Some(migration) = usize::try_from(found).ok().and_then(|found| MIGRATIONS.get(found)) else {
            return if found > schema_known() { Err(MigrateError::TooNew(found)) } else { Ok(()) };
        };
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let now: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let outcome = if now == found {
            connection.execute_batch(&format!("{migration}; PRAGMA user_version = {};", found + 1))
        } else {
            Ok(())
        };
        connection.execute_batch(if outcome.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        outcome?;
    }
}

/// Makes a folder that only its owner may look into: prompts are private. One that is there already stays as it is.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn refuse_network(folder: &Path) -> Result<(), OpenError> {
    let Ok(status) = rustix::fs::statfs(folder) else { return Ok(()) };
    let number = u64::try_from(status.f_type).unwrap_or(0) & 0xFFFF_FFFF;
    match NETWORK_FILE_SYSTEMS.iter().find(|(known, _)| *known == number) {
        Some((_, system)) => Err(OpenError::NetworkFileSystem { folder: folder.to_owned(), system }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_parses() {
        let connection = Connection::open_in_memory().unwrap();
        assert!(migrate(&connection).is_ok());
        for (name, text) in crate::sql::ALL {
            connection.prepare(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn a_newer_schema_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        drop(Store::open(folder.path()).unwrap());
        let connection = Connection::open(folder.path().join("filmgate.sqlite3")).unwrap();
        connection.execute_batch("PRAGMA user_version = 999").unwrap();
        assert!(matches!(Store::open(folder.path()), Err(OpenError::SchemaTooNew { found: 999, .. })));
    }

    #[test]
    fn the_linked_sqlite_is_new_enough_and_commits_durably() {
        assert!(rusqlite::version_number() >= SQLITE_MIN, "{}", rusqlite::version());
        let folder = tempfile::tempdir().unwrap();
        let connection = writer(&folder.path().join("x")).unwrap();
        let pragma = |name: &str| {
            connection
                .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
                .unwrap()
        };
        assert_eq!(pragma("journal_mode"), rusqlite::types::Value::Text("wal".into()));
        assert_eq!(pragma("synchronous"), rusqlite::types::Value::Integer(2));
    }
}
