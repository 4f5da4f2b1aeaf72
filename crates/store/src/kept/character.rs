//! Characters that recur in an account's films.

use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::{Store, StoreError, sql};

/// Somebody who recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Character {
    /// 128 bits, of which 80 are random.
    pub id: [u8; 16],
    /// Whose.
    pub account: AccountNumber,
    /// As the client calls it.
    pub name: String,
    /// The number of the task whose film shows it.
    pub task: i64,
    /// When it was made.
    pub created: Timestamp,
}

impl Store {
    /// Writes a character down, and returns the one that has this id now: an earlier one stays.
    pub async fn add_character(&self, character: Character) -> Result<Character, StoreError> {
        let write = move |connection: &Connection| {
            let Character { id, account, name, task, created } = &character;
            let row = params![id, account, name, task, created.0];
            connection.prepare_cached(sql::CHARACTER_INSERT)?.execute(row)?;
            Ok(find(connection, *id)?.unwrap_or_else(|| character.clone()))
        };
        self.committer.write(write).await
    }

    /// The character with this id.
    pub fn character(&self, id: [u8; 16]) -> Result<Option<Character>, StoreError> {
        self.read(|connection| Ok(find(connection, id)?))
    }
}

fn find(connection: &Connection, id: [u8; 16]) -> rusqlite::Result<Option<Character>> {
    let mut statement = connection.prepare_cached(sql::CHARACTER_FIND)?;
    let read = |row: &rusqlite::Row<'_>| {
        let (account, name, task) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Character { id, account, name, task, created: Timestamp(row.get(3)?) })
    };
    statement.query_row([id], read).optional()
}
