//! `POST /filmgate/v1/batches`: up to 24 films of one request, made as fast as the account may, and for no more than was agreed.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode};
use filmgate_domain::credits::Credits;
use filmgate_domain::refusal::Refusal;
use filmgate_wire::own::quote::Ask;
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::task::{AskBatch, Batch, Summary};

use super::call::{self, Answer, Shared, respond_with};
use super::create::{admitted, check_count, create, ready};
use crate::app::App;
use crate::dialect::asking;
use crate::service::caller::Caller;
use crate::service::retry::Retry;

/// A batch waits for room among the account's creates: looks so often, and so many times.
const ROOM_LOOK: Duration = Duration::from_millis(250);
const ROOM_LOOKS: u32 = 120;

/// `POST /filmgate/v1/batches`
pub(super) async fn batch(State(app): Shared, request: Request) -> Response<Body> {
    respond_with(StatusCode::CREATED, begun(app, request).await)
}

async fn begun(app: Arc<App>, request: Request) -> Answer<Batch> {
    let retry = asking::retry(&request);
    let caller = ready(&app, &request)?;
    let headers = request.headers().clone();
    let AskBatch { requests, total_max } = call::body(request).await?;
    check_count(requests.len())?;
    if retry.names_differ {
        return Err(call::refusal_of(&Refusal::KeysDiffer));
    }
    let budget = Budget { total_max, total: Credits::ZERO };
    let together = together(&app, &caller, &requests).await;
    if !budget.has_room_for(together) {
        return Err(exceeded(together));
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "no shutdown waits for it: each film that was created is durable"
    )]
    // What has begun is finished, also when its caller has gone: whoever asks again under the same key finds all of it.
    let run = tokio::spawn(async move { paced(&app, &headers, requests, (&retry, budget)).await });
    run.await.map_err(|error| {
        tracing::error!(%error, "a batch stopped");
        call::unavailable()
    })
}

/// What a batch may cost, and has cost so far.
struct Budget {
    total_max: Option<f64>,
    total: Credits,
}

impl Budget {
    fn has_room_for(&self, price: Credits) -> bool {
        self.total_max.is_none_or(|most| Credits(self.total.0 + price.0).as_f64() <= most)
    }
}

fn exceeded(total: Credits) -> Refused {
    let text =
        format!("All together cost {} credits, more than total_max. Nothing was created.", total.as_f64());
    Refused::new(409, "total_exceeded", text)
}

/// What those requests cost that would be taken.
async fn together(app: &App, caller: &Caller, requests: &[Ask]) -> Credits {
    let mut total = Credits::ZERO;
    for ask in requests.iter().cloned() {
        // Many long requests are judged; others are to be answered in between.
        tokio::task::yield_now().await;
        total.0 += admitted(app, caller, ask).map_or(0, |admitted| admitted.accepted.price.0);
    }
    total
}

/// Creates one after the other, each at most once under the batch's own key, as fast as the account may.
async fn paced(
    app: &App,
    headers: &HeaderMap,
    requests: Vec<Ask>,
    (retry, mut budget): (&Retry, Budget),
) -> Batch {
    let mut tasks = Vec::new();
    for (number, ask) in requests.into_iter().enumerate() {
        let name = retry.name.as_ref().map(|name| format!("batch-{name}#{number}"));
        // Equal requests of one batch are meant: nobody's retry is looked for.
        let retry = Retry { name, opted_out: true, ..Retry::default() };
        let mut look = tokio::time::interval(ROOM_LOOK);
        let mut answer = one(app, headers, (&ask, &retry), &mut budget).await;
        for _ in 0..ROOM_LOOKS {
            if !matches!(&answer, Err(refused) if refused.code == "rate_limited") {
                break;
            }
            look.tick().await;
            answer = one(app, headers, (&ask, &retry), &mut budget).await;
        }
        tasks.push(answer.into());
    }
    Batch { tasks, total: budget.total.as_f64() }
}

/// Creates one if its caller may still do so: a key can be revoked, and a price or a source change, while others wait for room.
async fn one(
    app: &App,
    headers: &HeaderMap,
    (ask, retry): (&Ask, &Retry),
    budget: &mut Budget,
) -> Answer<Summary> {
    let caller = call::of(app, &Method::POST, headers)?;
    let price = admitted(app, &caller, ask.clone())?.accepted.price;
    if !budget.has_room_for(price) {
        return Err(exceeded(Credits(budget.total.0 + price.0)));
    }
    let made = create(app, &caller, ask.clone(), retry).await?;
    budget.total.0 += price.0;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_that_has_become_dearer_than_what_is_left_finds_no_room() {
        let budget = Budget { total_max: Some(60.0), total: Credits::whole(30) };
        assert!(budget.has_room_for(Credits::whole(30)));
        assert!(!budget.has_room_for(Credits::whole(31)));
        assert!(Budget { total_max: None, ..budget }.has_room_for(Credits::whole(31)));
    }
}
