//! Deliveries that ended long ago: forgotten with their tries, a few in each transaction.

use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, params};

use crate::{Store, StoreError, sql};

/// So many are looked at in one transaction, because everybody's writes wait for it.
const LOOKED_AT_MAX: i64 = 500;

impl Store {
    /// Looks at the oldest deliveries behind a number and forgets those that had ended by then. After which number to look on; none
    /// where the walk has come to its end, or to deliveries that are younger themselves.
    pub async fn forget_deliveries(
        &self,
        ended_by: Timestamp,
        after: i64,
    ) -> Result<Option<i64>, StoreError> {
        self.committer.write(move |connection| forget(connection, ended_by, after)).await
    }
}

fn forget(connection: &Connection, ended_by: Timestamp, after: i64) -> Result<Option<i64>, StoreError> {
    let mut statement = connection.prepare_cached(sql::DELIVERIES_AFTER)?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let rows = statement.query_map(params![after, LOOKED_AT_MAX], read)?;
    let looked_at: Vec<(i64, i64, Option<i64>)> = rows.collect::<Result<_, _>>()?;
    for (number, created_ms, ended_ms) in &looked_at {
        // Numbers follow the order in which the rows were written.
        if *created_ms > ended_by.0 {
            return Ok(None);
        }
        // Those that were replayed may be open, or have ended since.
        if ended_ms.is_some_and(|ended_ms| ended_ms <= ended_by.0) {
            connection.prepare_cached(sql::DELIVERY_TRIES_FORGET)?.execute([number])?;
            connection.prepare_cached(sql::DELIVERY_FORGET)?.execute([number])?;
        }
    }
    Ok(looked_at.last().map(|(number, ..)| *number))
}
