//! `/filmgate/v1/credits`: an account's balance, the ledger behind it, and the audit of both.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use filmgate_domain::id::TaskId;
use filmgate_domain::ledger::Kind;
use filmgate_domain::time::Timestamp;
use filmgate_store::{HistoryLine, HistoryPlace, StoreError};
use filmgate_wire::own::credits::{Balance, Entries, Entry, Verified};

use super::call::{self, Answer, Shared, caller, invalid, respond, store};
use crate::app::App;
use crate::service::caller::Caller;

/// How many entries come at once: usually, and at most.
const ENTRIES: (usize, usize) = (50, 200);

/// `GET /filmgate/v1/credits`
pub(super) async fn balance(State(app): Shared, request: Request) -> Response<Body> {
    respond(balance_of(&app, caller(&app, &request)).await)
}

async fn balance_of(app: &App, caller: Answer<Caller>) -> Answer<Balance> {
    let caller = caller?;
    let account = call::account(app, &caller).await?;
    let available = caller.available(app).await.map_err(|error| store(&error))?;
    let balance = app.store.balance(account).map_err(|error| store(&error))?;
    let (held, spent) = (balance.held.as_f64(), balance.spent.as_f64());
    Ok(Balance { available: available.as_f64(), held, spent })
}

/// `GET /filmgate/v1/credits/entries`
pub(super) async fn entries(State(app): Shared, request: Request) -> Response<Body> {
    let wanted = limit_and_place(&request);
    respond(page(&app, caller(&app, &request), wanted).await)
}

fn limit_and_place(request: &Request) -> Answer<(usize, Option<HistoryPlace>)> {
    let limit = call::limit(request, ENTRIES)?;
    let before = call::query(request, "before").map(|text| place(&text));
    match before {
        Some(None) => Err(invalid("before", "must be the `next` of a page")),
        before => Ok((limit, before.flatten())),
    }
}

async fn page(
    app: &App,
    caller: Answer<Caller>,
    wanted: Answer<(usize, Option<HistoryPlace>)>,
) -> Answer<Entries> {
    let account = call::account(app, &caller?).await?;
    let (limit, before) = wanted?;
    // One more says whether there is a next page.
    let lines = app.store.history(account, before.as_ref(), limit + 1).map_err(|error| store(&error))?;
    let is_whole = lines.len() <= limit;
    let shown = &lines[..lines.len().min(limit)];
    let next = shown.last().filter(|_| !is_whole).map(cursor);
    Ok(Entries { entries: shown.iter().map(entry).collect(), next })
}

/// `POST /filmgate/v1/credits/verify`
pub(super) async fn verify(State(app): Shared, request: Request) -> Response<Body> {
    respond(verified(&app, caller(&app, &request)).await)
}

async fn verified(app: &Arc<App>, caller: Answer<Caller>) -> Answer<Verified> {
    let account = call::account(app, &caller?).await?;
    // An audit walks everything that the account ever did, so there is one at a time, whoever hangs up meanwhile.
    let turn = Arc::clone(&app.auditing).lock_owned().await;
    let app = Arc::clone(app);
    let audit = tokio::task::spawn_blocking(move || {
        let audit = app.store.facts_of(account);
        drop(turn);
        audit
    });
    let audit = audit.await.unwrap_or(Err(StoreError::Closed)).map_err(|error| store(&error))?;
    let violations = audit.violations();
    let holds = violations.is_empty();
    Ok(Verified { holds, violations, tasks: audit.tasks, entries: audit.entries })
}

fn entry(line: &HistoryLine) -> Entry {
    let task = line.task.map(|task| task.to_string());
    Entry { at_ms: line.at.0, kind: line.kind.word(), amount: line.amount.as_f64(), task }
}

/// A line by what tells it from all others. Clients give it back as it is.
fn cursor(line: &HistoryLine) -> String {
    let task = line.task.map_or_else(|| "0".to_owned(), |task| task.to_string());
    format!("{}.{}.{task}.{}", line.at.0, line.kind.word(), line.number)
}

fn place(cursor: &str) -> Option<HistoryPlace> {
    let mut parts = cursor.split('.');
    let at = Timestamp(parts.next()?.parse().ok()?);
    let word = parts.next()?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
    let task = match parts.next()? {
        "0" => None,
        id => Some(TaskId::parse(id)?),
    };
    let number = parts.next()?.parse().ok()?;
    parts.next().is_none().then_some(HistoryPlace { at, task, kind, number })
}

#[cfg(test)]
mod tests {
    use filmgate_domain::credits::Credits;

    use super::*;

    #[test]
    fn a_cursor_names_the_line_that_it_was_made_from() {
        let at = Timestamp(1_795_305_600_000);
        for (kind, task) in [(Kind::Grant, None), (Kind::Release, Some(TaskId::new(at, 7)))] {
            let line = HistoryLine { at, kind, number: 3, amount: Credits::whole(30), task };
            assert_eq!(place(&cursor(&line)), Some(HistoryPlace { at, task, kind, number: 3 }));
        }
        for text in ["", "1", "1.grant.0", "1.grant.0.0.0", "x.grant.0.0", "1.gift.0.0", "1.grant.x.0"] {
            assert_eq!(place(text), None, "{text}");
        }
    }
}
