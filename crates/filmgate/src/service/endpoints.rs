//! An account's own receivers of events: made, given another secret, tested.

use filmgate_domain::delivery::{Event, Secrets};
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::AccountNumber;
use filmgate_providers::guard::url::UrlRefusal;
use filmgate_store::{Endpoint, EndpointChange, NewEndpoint, StoreError};
use filmgate_wire::signature;
use thiserror::Error;

use crate::app::App;
use crate::random::Random;
use crate::webhooks::message::Message;
use crate::webhooks::send;

const NAME_CHARACTERS_MAX: usize = 200;

/// Why an endpoint is not made or changed, or not tested.
#[derive(Debug, Error)]
pub(crate) enum EndpointFault {
    /// Its name is for people to read.
    #[error("name must have 1 to {NAME_CHARACTERS_MAX} characters")]
    Name,
    /// Its URL may not be reached, by its text.
    #[error("url cannot be used: {0}")]
    Url(UrlRefusal),
    /// The account has as many as it may have.
    #[error("{0}")]
    TooMany(String),
    /// Too many tests are under way.
    #[error("too many tests are under way; try again in a few seconds")]
    Busy,
    /// Nobody answered the test.
    #[error("nobody answered: {0}")]
    Unreached(String),
    /// The store failed.
    #[error("the store failed")]
    Store(StoreError),
}

impl From<StoreError> for EndpointFault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Name(text) => Self::TooMany(text),
            error => Self::Store(error),
        }
    }
}

/// What an endpoint is made of.
pub(crate) struct Wanted {
    /// What its owner calls it.
    pub(crate) name: String,
    /// Where deliveries go.
    pub(crate) url: String,
    /// What it is told.
    pub(crate) events: Vec<Event>,
}

/// Makes an endpoint.
pub(crate) async fn create(
    app: &App,
    account: AccountNumber,
    wanted: Wanted,
) -> Result<Endpoint, EndpointFault> {
    let Wanted { name, url, events } = wanted;
    check(app, Some(&name), Some(&url))?;
    let now = app.now();
    let id = format!("we_{}", TaskId::new(now, app.random.bits()));
    let secret = new_secret(&app.random);
    Ok(app.store.create_endpoint(NewEndpoint { id, account, name, url, events, secret }, now).await?)
}

/// Gives an endpoint another secret. None if there is no such one.
pub(crate) async fn rotate(
    app: &App,
    account: AccountNumber,
    id: &str,
    keeps_old: bool,
) -> Result<Option<Endpoint>, EndpointFault> {
    let secret = Some((new_secret(&app.random), keeps_old));
    let change = EndpointChange { secret, ..EndpointChange::default() };
    Ok(app.store.change_endpoint(account, id.to_owned(), change, app.now()).await?)
}

/// Sends an event that names no film of anybody's, once, and says which status was answered.
pub(crate) async fn test(app: &App, endpoint: &Endpoint, event: Event) -> Result<u16, EndpointFault> {
    let _place = app.webhooks.tests.try_acquire().map_err(|_| EndpointFault::Busy)?;
    let answered = send(app, Message::test(app, endpoint, event)).await;
    answered.map(|(status, _)| status).map_err(|error| EndpointFault::Unreached(error.to_string()))
}

/// What only we can judge: the length of the name, and whether the URL may be reached, by its text.
pub(crate) fn check(app: &App, name: Option<&str>, url: Option<&str>) -> Result<(), EndpointFault> {
    if name.is_some_and(|name| !(1..=NAME_CHARACTERS_MAX).contains(&name.trim().chars().count())) {
        return Err(EndpointFault::Name);
    }
    url.map_or(Ok(()), |url| app.guard.check(url).map(|_| ()).map_err(EndpointFault::Url))
}

/// A new secret: 256 random bits, as Standard Webhooks writes them.
pub(crate) fn new_secret(random: &Random) -> String {
    let halves = [random.bits().to_be_bytes(), random.bits().to_be_bytes()];
    signature::secret_text(halves.as_flattened())
}

/// What people tell secrets apart by.
pub(crate) fn hint(secrets: &Secrets) -> String {
    let letters: Vec<char> = secrets.secret.trim_end_matches('=').chars().collect();
    let last: String = letters.iter().skip(letters.len().saturating_sub(4)).collect();
    format!("whsec_…{last}")
}
