//! Deliveries: written with the step that they tell of, leased like tasks, and every try of them kept.

pub(crate) mod endpoint;
mod forget;

use std::collections::BTreeMap;

use filmgate_domain::delivery::{Announcement, DeliveryId, Event, Verdict, host};
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::AccountNumber;
use filmgate_domain::time::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::lease::NodeNumber;
use crate::{Store, StoreError, sql};

/// About so many are looked at in one transaction.
const LOOKED_AT_MAX: usize = 1_000;

/// What a node wants to deliver.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryClaim {
    /// Who.
    pub node: NodeNumber,
    /// What is due by now.
    pub now: Timestamp,
    /// Nodes whose heart has not beaten since then are dead, and their leases end.
    pub alive_since: Timestamp,
    /// At most so many.
    pub limit: usize,
    /// At most so many of one account under way to one host, over all nodes: a dead one delays nobody else.
    pub per_host: usize,
    /// At most so many under way to one host, of all accounts.
    pub per_host_in_all: usize,
    /// At most so many under way of one account: whoever names many dead hosts delays nobody else either.
    pub per_account: usize,
    /// Passes over what became due before then, because an earlier claim has looked at it.
    pub from: Option<Timestamp>,
}

/// What was leased, and when something is due next.
#[derive(Clone, Debug, Default)]
pub struct Claimed {
    /// Ours to deliver.
    pub leased: Vec<LeasedDelivery>,
    /// When a delivery becomes due that is not due yet.
    pub next_due: Option<Timestamp>,
    /// From where to look on, if so much is due that this claim did not look at all of it.
    pub look_on: Option<Timestamp>,
}

/// A delivery that is ours to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeasedDelivery {
    /// Its number in the store.
    pub number: i64,
    /// Its version, which fences our verdict.
    pub version: i64,
    /// What, of which task, to which endpoint.
    pub id: DeliveryId,
    /// Whose task it is.
    pub account: AccountNumber,
    /// Where to.
    pub url: String,
    /// How often it was tried, since a replay if there was one.
    pub tries: u32,
    /// When the first of these tries ended.
    pub began: Option<Timestamp>,
    /// When the event happened.
    pub created: Timestamp,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// When it began.
    pub at: Timestamp,
    /// How long it took.
    pub took_ms: i64,
    /// What the receiver answered.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub fault: Option<String>,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// To be tried, for the first time or again.
    Waiting,
    /// The receiver has it.
    Delivered,
    /// Not tried any more.
    GivenUp,
}

impl DeliveryState {
    /// The word that every surface uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::GivenUp => "given_up",
        }
    }
}

/// A delivery as people and programs see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryLine {
    /// Its id.
    pub id: DeliveryId,
    /// The account's name.
    pub account: String,
    /// Where to.
    pub url: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried next.
    pub due: Option<Timestamp>,
    /// When the event happened.
    pub created: Timestamp,
    /// When it was delivered or given up.
    pub ended: Option<Timestamp>,
    /// Its tries, the first one first.
    pub tries: Vec<Try>,
}

impl Store {
    /// Leases deliveries that are due, oldest first, past those whose host or account has enough under way.
    pub async fn claim_deliveries(&self, claim: DeliveryClaim) -> Result<Claimed, StoreError> {
        self.committer.write(move |connection| apply(connection, &claim)).await
    }

    /// Keeps a try and what follows from it. False if the lease was taken over: then only the try is kept.
    pub async fn tried(
        &self,
        lease: &LeasedDelivery,
        tried: Try,
        verdict: Verdict,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (number, version) = (lease.number, lease.version);
        let (state, due, ended) = match verdict {
            Verdict::Again(due) => (0, Some(due.0), None),
            Verdict::Delivered => (1, None, Some(now.0)),
            Verdict::GivenUp => (2, None, Some(now.0)),
        };
        let write = move |connection: &Connection| {
            let row = params![number, tried.at.0, tried.took_ms, tried.status, tried.fault];
            connection.prepare_cached(sql::DELIVERY_TRY_INSERT)?.execute(row)?;
            let row = params![state, due, ended, now.0, number, version];
            Ok(connection.prepare_cached(sql::DELIVERY_TRIED)?.execute(row)? == 1)
        };
        self.committer.write(write).await
    }

    /// Makes a delivery due again, whatever has become of it, as if it had never been tried, at the address that its endpoint has
    /// now. False if there is none.
    pub async fn replay(&self, id: DeliveryId, now: Timestamp) -> Result<bool, StoreError> {
        let write = move |connection: &Connection| {
            let url = endpoint::by_number(connection, id.endpoint)?.map(|endpoint| endpoint.url);
            let row = params![now.0, url, url.as_deref().map(host), id.task.0, code(id.event), id.endpoint];
            Ok(connection.prepare_cached(sql::DELIVERY_REPLAY)?.execute(row)? == 1)
        };
        self.committer.write(write).await
    }

    /// Whether there is this delivery, and it tells of the account's own task.
    pub fn is_delivery_of(&self, account: AccountNumber, id: DeliveryId) -> Result<bool, StoreError> {
        self.read(|connection| {
            let row = params![id.task.0, code(id.event), id.endpoint, account];
            Ok(connection.prepare_cached(sql::DELIVERY_IS_OF_ACCOUNT)?.exists(row)?)
        })
    }

    /// The newest deliveries, newest first.
    pub fn deliveries(&self, limit: usize) -> Result<Vec<DeliveryLine>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(|connection| lines(connection, sql::DELIVERIES, params![limit]))
    }

    /// An account's newest deliveries, newest first.
    pub fn deliveries_of_account(
        &self,
        account: AccountNumber,
        limit: usize,
    ) -> Result<Vec<DeliveryLine>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(|connection| lines(connection, sql::DELIVERIES_OF_ACCOUNT, params![account, limit]))
    }

    /// All deliveries of a task, newest first.
    pub fn deliveries_of(&self, task: TaskId) -> Result<Vec<DeliveryLine>, StoreError> {
        self.read(|connection| lines(connection, sql::DELIVERIES_OF_TASK, params![task.0]))
    }
}

/// Writes a delivery for everybody who is to be told, in the transaction of the step that it tells of.
pub(crate) fn announce(
    connection: &Connection,
    (task, account): (i64, AccountNumber),
    announced: &Announcement,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut insert = connection.prepare_cached(sql::DELIVERY_INSERT)?;
    let mut tell = |endpoint: i64, url: &str| {
        insert.execute(params![task, code(announced.event), endpoint, account, url, host(url), now.0])
    };
    if let Some(url) = &announced.callback_url {
        tell(0, url)?;
    }
    for endpoint in endpoint::of_account(connection, account)? {
        if endpoint.events.contains(&announced.event) {
            tell(endpoint.number, &endpoint.url)?;
        }
    }
    Ok(())
}

fn apply(connection: &Connection, claim: &DeliveryClaim) -> Result<Claimed, StoreError> {
    connection.prepare_cached(sql::DELIVERIES_BURY)?.execute(params![claim.node, claim.alive_since.0])?;
    let mut claimed = Claimed::default();
    let (numbers, look_on) = due(connection, claim)?;
    claimed.look_on = look_on;
    for number in numbers {
        connection.prepare_cached(sql::DELIVERY_CLAIM)?.execute([claim.node, number])?;
        match lease(connection, number)? {
            Some(lease) => claimed.leased.push(lease),
            // One row that cannot be read must not stand before all others.
            None => {
                connection.prepare_cached(sql::DELIVERY_DROP)?.execute([claim.now.0, number])?;
            }
        }
    }
    let next: Option<i64> =
        connection.prepare_cached(sql::DELIVERIES_NEXT_DUE)?.query_row([claim.now.0], |row| row.get(0))?;
    claimed.next_due = next.map(Timestamp);
    Ok(claimed)
}

/// How many are under way to each host, to each host of each account, and of each account.
#[derive(Default)]
struct UnderWay {
    hosts: BTreeMap<String, Host>,
    accounts: BTreeMap<AccountNumber, usize>,
}

#[derive(Default)]
struct Host {
    in_all: usize,
    of_account: BTreeMap<AccountNumber, usize>,
}

impl UnderWay {
    /// Counts one more, if neither its host nor its account has enough.
    fn admit(&mut self, row: &Row<'_>, first: usize, claim: &DeliveryClaim) -> rusqlite::Result<bool> {
        let (host, account) = (row.get_ref(first)?.as_str().unwrap_or_default(), row.get(first + 1)?);
        let of_account = self.accounts.get(&account).copied().unwrap_or(0);
        let to_host = self.hosts.get(host);
        let both = to_host.and_then(|host| host.of_account.get(&account)).copied().unwrap_or(0);
        let in_all = to_host.map_or(0, |host| host.in_all);
        if both >= claim.per_host || in_all >= claim.per_host_in_all || of_account >= claim.per_account {
            return Ok(false);
        }
        let host = self.hosts.entry(host.to_owned()).or_default();
        host.in_all += 1;
        host.of_account.insert(account, both + 1);
        self.accounts.insert(account, of_account + 1);
        Ok(true)
    }
}

/// What to lease, and from where to look on, because everybody's writes wait for this walk. Those of one moment are looked at
/// together, so that nobody is left out.
fn due(connection: &Connection, claim: &DeliveryClaim) -> Result<(Vec<i64>, Option<Timestamp>), StoreError> {
    let mut under_way = UnderWay::default();
    let (per_host, per_host_in_all, per_account) = (usize::MAX, usize::MAX, usize::MAX);
    let everybody = DeliveryClaim { per_host, per_host_in_all, per_account, ..*claim };
    let mut statement = connection.prepare_cached(sql::DELIVERIES_UNDER_WAY)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        under_way.admit(row, 0, &everybody)?;
    }
    let mut numbers = Vec::new();
    let mut statement = connection.prepare_cached(sql::DELIVERIES_DUE)?;
    let mut rows = statement.query([claim.from.map_or(i64::MIN, |from| from.0), claim.now.0])?;
    let (mut looked_at, mut moment) = (0, None);
    while numbers.len() < claim.limit
        && let Some(row) = rows.next()?
    {
        let due = Some(Timestamp(row.get(3)?));
        if looked_at >= LOOKED_AT_MAX && due != moment {
            return Ok((numbers, due));
        }
        (looked_at, moment) = (looked_at + 1, due);
        if under_way.admit(row, 1, claim)? {
            numbers.push(row.get(0)?);
        }
    }
    Ok((numbers, None))
}

/// None if its task is gone, or its event is one that nobody knows.
fn lease(connection: &Connection, number: i64) -> Result<Option<LeasedDelivery>, StoreError> {
    let mut statement = connection.prepare_cached(sql::DELIVERY)?;
    let mut rows = statement.query([number])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let Some(id) = id(row, (1, 2, 3))? else { return Ok(None) };
    Ok(Some(LeasedDelivery {
        number,
        version: row.get(0)?,
        id,
        account: row.get(4)?,
        url: row.get(5)?,
        tries: row.get(6)?,
        created: Timestamp(row.get(7)?),
        began: row.get::<_, Option<i64>>(8)?.map(Timestamp),
    }))
}

fn lines(
    connection: &Connection,
    statement: &str,
    parameters: &[&dyn rusqlite::ToSql],
) -> Result<Vec<DeliveryLine>, StoreError> {
    let mut statement = connection.prepare_cached(statement)?;
    let mut rows = statement.query(parameters)?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let state = match row.get::<_, i64>(6)? {
            0 => DeliveryState::Waiting,
            1 => DeliveryState::Delivered,
            _ => DeliveryState::GivenUp,
        };
        lines.push(DeliveryLine {
            id: id(row, (1, 2, 3))?.ok_or_else(|| wrong(number, "there is no such event"))?,
            account: row.get(4)?,
            url: row.get(5)?,
            state,
            due: row.get::<_, Option<i64>>(8)?.map(Timestamp),
            created: Timestamp(row.get(9)?),
            ended: row.get::<_, Option<i64>>(10)?.map(Timestamp),
            tries: tries(connection, number)?,
        });
    }
    Ok(lines)
}

fn tries(connection: &Connection, number: i64) -> Result<Vec<Try>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(Try { at: Timestamp(row.get(0)?), took_ms: row.get(1)?, status: row.get(2)?, fault: row.get(3)? })
    };
    let mut statement = connection.prepare_cached(sql::DELIVERY_TRIES)?;
    Ok(statement.query_map([number], read)?.collect::<Result<_, _>>()?)
}

fn id(row: &Row<'_>, (task, event, endpoint): (usize, usize, usize)) -> rusqlite::Result<Option<DeliveryId>> {
    let code: i64 = row.get(event)?;
    let event = usize::try_from(code).ok().and_then(|code| Event::ALL.get(code).copied());
    let (task, endpoint) = (TaskId(row.get(task)?), row.get(endpoint)?);
    Ok(event.map(|event| DeliveryId { task, event, endpoint }))
}

/// The number by which the database knows an event: its place in `Event::ALL`.
fn code(event: Event) -> i64 {
    match event {
        Event::Completed => 0,
        Event::Failed => 1,
        Event::Late => 2,
    }
}

fn wrong(row: i64, what: &str) -> StoreError {
    StoreError::Inconsistent { table: "deliveries", row, what: what.into() }
}
