//! Receivers: an account's own endpoints, and the secrets that deliveries are signed with.

use filmgate_domain::delivery::{ENDPOINTS_MAX, Event, Secrets, host};
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{Store, StoreError, sql};

/// An endpoint to make. Not to be printed: it holds a secret.
#[derive(Clone)]
pub struct NewEndpoint {
    /// Its public id.
    pub id: String,
    /// Whose it is.
    pub account: AccountNumber,
    /// What its owner calls it.
    pub name: String,
    /// Where deliveries go; judged already.
    pub url: String,
    /// What it is told.
    pub events: Vec<Event>,
    /// What deliveries to it are signed with.
    pub secret: String,
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its number in the store.
    pub number: i64,
    /// Its public id.
    pub id: String,
    /// Whose it is.
    pub account: AccountNumber,
    /// What its owner calls it.
    pub name: String,
    /// Where deliveries go.
    pub url: String,
    /// What it is told.
    pub events: Vec<Event>,
    /// What deliveries to it are signed with.
    pub secrets: Secrets,
    /// When it was made.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Option<Timestamp>,
}

/// What is to be changed of an endpoint. Not to be printed: it may hold a secret.
#[derive(Clone, Default)]
pub struct EndpointChange {
    /// Another name.
    pub name: Option<String>,
    /// Another address, judged already; what waits for the endpoint goes there, too.
    pub url: Option<String>,
    /// Other events, in place of all that it had.
    pub events: Option<Vec<Event>>,
    /// Another secret, and whether the old one is signed with for another day.
    pub secret: Option<(String, bool)>,
}

impl Store {
    /// Makes an endpoint. `Name` if the account has too many.
    pub async fn create_endpoint(&self, new: NewEndpoint, now: Timestamp) -> Result<Endpoint, StoreError> {
        let write = move |connection: &Connection| {
            let count: i64 =
                connection.prepare_cached(sql::ENDPOINT_COUNT)?.query_row([new.account], |row| row.get(0))?;
            if count >= ENDPOINTS_MAX {
                return Err(StoreError::Name(format!("an account has at most {ENDPOINTS_MAX} endpoints")));
            }
            let row = params![new.id, new.account, new.name, new.url, words(&new.events), new.secret, now.0];
            connection.prepare_cached(sql::ENDPOINT_INSERT)?.execute(row)?;
            by_id(connection, &new.id)?.ok_or_else(|| StoreError::Name("it is gone".into()))
        };
        self.committer.write(write).await
    }

    /// An account's endpoints, the newest first.
    pub fn endpoints(&self, account: AccountNumber) -> Result<Vec<Endpoint>, StoreError> {
        self.read(|connection| of_account(connection, account))
    }

    /// The endpoint with this id, if it is the account's.
    pub fn endpoint_by_id(&self, account: AccountNumber, id: &str) -> Result<Option<Endpoint>, StoreError> {
        self.read(|connection| Ok(by_id(connection, id)?.filter(|endpoint| endpoint.account == account)))
    }

    /// The endpoint with this number.
    pub fn endpoint(&self, number: i64) -> Result<Option<Endpoint>, StoreError> {
        self.read(|connection| by_number(connection, number))
    }

    /// Changes an endpoint of an account. None if there is no such one.
    pub async fn change_endpoint(
        &self,
        account: AccountNumber,
        id: String,
        change: EndpointChange,
        now: Timestamp,
    ) -> Result<Option<Endpoint>, StoreError> {
        let write = move |connection: &Connection| {
            let found = by_id(connection, &id)?.filter(|endpoint| endpoint.account == account);
            let Some(endpoint) = found else { return Ok(None) };
            let EndpointChange { name, url, events, secret } = change.clone();
            let secrets = match secret {
                Some((secret, keeps_old)) => endpoint.secrets.clone().rotated(secret, keeps_old, now),
                None => endpoint.secrets.clone(),
            };
            if let Some(url) = &url {
                let row = params![url, host(url), endpoint.number];
                connection.prepare_cached(sql::DELIVERIES_MOVE)?.execute(row)?;
            }
            let (old, until) = secrets.old.clone().unzip();
            connection.prepare_cached(sql::ENDPOINT_UPDATE)?.execute(params![
                name.unwrap_or(endpoint.name),
                url.unwrap_or(endpoint.url),
                words(&events.unwrap_or(endpoint.events)),
                secrets.secret,
                old,
                until.map(|until| until.0),
                now.0,
                endpoint.number,
            ])?;
            by_id(connection, &id)
        };
        self.committer.write(write).await
    }

    /// Deletes an endpoint of an account. False if there is no such one.
    pub async fn delete_endpoint(
        &self,
        account: AccountNumber,
        id: String,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let write = move |connection: &Connection| {
            let found = by_id(connection, &id)?.filter(|endpoint| endpoint.account == account);
            let Some(endpoint) = found else { return Ok(false) };
            let row = params![now.0, endpoint.number];
            Ok(connection.prepare_cached(sql::ENDPOINT_DELETE)?.execute(row)? == 1)
        };
        self.committer.write(write).await
    }

    /// What an account's callbacks are signed with, if it has a secret.
    pub fn secrets(&self, account: AccountNumber) -> Result<Option<Secrets>, StoreError> {
        self.read(|connection| secrets(connection, account))
    }

    /// Gives an account a secret, or another one; the one before is signed with for another day where that is wanted.
    pub async fn rotate_secret(
        &self,
        account: AccountNumber,
        secret: String,
        keeps_old: bool,
        now: Timestamp,
    ) -> Result<Secrets, StoreError> {
        let write = move |connection: &Connection| {
            let rotated = match secrets(connection, account)? {
                Some(before) => before.rotated(secret.clone(), keeps_old, now),
                None => Secrets { secret: secret.clone(), old: None },
            };
            let (old, until) = rotated.old.clone().unzip();
            let row = params![account, rotated.secret, old, until.map(|until| until.0), now.0];
            connection.prepare_cached(sql::SECRETS_WRITE)?.execute(row)?;
            Ok(rotated)
        };
        self.committer.write(write).await
    }
}

pub(crate) fn of_account(
    connection: &Connection,
    account: AccountNumber,
) -> Result<Vec<Endpoint>, StoreError> {
    let mut statement = connection.prepare_cached(sql::ENDPOINTS_OF_ACCOUNT)?;
    Ok(statement.query_map([account], read)?.collect::<Result<_, _>>()?)
}

/// Nobody if it was deleted, or if the number is 0, which is a request's own callback.
pub(super) fn by_number(connection: &Connection, number: i64) -> Result<Option<Endpoint>, StoreError> {
    Ok(connection.prepare_cached(sql::ENDPOINT)?.query_row([number], read).optional()?)
}

fn by_id(connection: &Connection, id: &str) -> Result<Option<Endpoint>, StoreError> {
    Ok(connection.prepare_cached(sql::ENDPOINT_BY_ID)?.query_row([id], read).optional()?)
}

fn secrets(connection: &Connection, account: AccountNumber) -> Result<Option<Secrets>, StoreError> {
    let mut statement = connection.prepare_cached(sql::SECRETS)?;
    Ok(statement.query_row([account], |row| read_secrets(row, 0)).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Endpoint> {
    let events: String = row.get(5)?;
    Ok(Endpoint {
        number: row.get(0)?,
        id: row.get(1)?,
        account: row.get(2)?,
        name: row.get(3)?,
        url: row.get(4)?,
        events: events.split(' ').filter_map(Event::named).collect(),
        secrets: read_secrets(row, 6)?,
        created: Timestamp(row.get(9)?),
        updated: row.get::<_, Option<i64>>(10)?.map(Timestamp),
    })
}

fn read_secrets(row: &Row<'_>, first: usize) -> rusqlite::Result<Secrets> {
    let old: Option<String> = row.get(first + 1)?;
    let until: Option<i64> = row.get(first + 2)?;
    Ok(Secrets { secret: row.get(first)?, old: old.zip(until.map(Timestamp)) })
}

/// The events in their own words, separated by blanks.
fn words(events: &[Event]) -> String {
    events.iter().map(|event| event.word()).collect::<Vec<_>>().join(" ")
}
