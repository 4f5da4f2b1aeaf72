//! The paid submit: prepare, dial, make the intent durable, let the request leave, keep the answer.

use std::sync::Arc;

use filmgate_domain::answer::{Cause, Evidence, Setback, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End, Repeat};
use filmgate_domain::catalogue::Card;
use filmgate_domain::pace;
use filmgate_domain::route::{Route, STUDIO, Shaped, shape};
use filmgate_domain::step::Event;
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::skips_when_closed;
use filmgate_providers::adapter::{Order, Picture};
use filmgate_providers::remote::{Line, Unready};
use filmgate_store::{NodeNumber, StoreError};

use super::advance::{Hold, commit, keep_answer};
use crate::app::App;
use crate::upstreams::Gate;

/// Begins an attempt on a route. Returns the last event of it; all others are committed here.
pub(super) async fn begin(
    app: &App,
    node: NodeNumber,
    hold: &mut Hold,
    route: usize,
) -> Result<Event, StoreError> {
    let Some(named) = hold.case().request.routes.get(route).cloned() else {
        return Ok(Event::Waits(app.now()));
    };
    let mut attempt = new_attempt(app, hold, route, &named);
    if named.upstream == STUDIO {
        attempt.state = AttemptState::Running { job: None };
        return Ok(Event::Began(attempt));
    }
    let Some(gate) = app.upstreams.get(&named.upstream).cloned() else {
        return Ok(skipped(
            attempt,
            Cause::NotConfigured,
            "it is in no configuration that this process has read",
        ));
    };
    attempt.payee = gate.number(&app.store).await?;
    attempt.repeat = gate.policy.repeat;
    let (card, shaped) = match prepare(app, hold, &gate, &named) {
        Ok(shaped) => shaped,
        Err((cause, text)) => return Ok(skipped(attempt, cause, &text)),
    };
    attempt.report = serde_json::to_string(&shaped.report).unwrap_or_default();
    let now = app.now();
    if let Err((until, cause)) = gate.admit(now) {
        return Ok(if skips_when_closed(hold.case(), route, cause) {
            skipped(attempt, cause, "it was left alone after earlier answers")
        } else {
            Event::Waits(until)
        });
    }
    if let Err(until) = gate.take(now) {
        return Ok(Event::Waits(until));
    }
    gate.note_balance(now).await;
    let (pictures, line) = match open(&gate, &shaped).await {
        Ok(opened) => opened,
        Err(Unready::Failed(failure)) => {
            attempt.state = AttemptState::Ended(End::Failed(failure));
            return Ok(Event::Began(attempt));
        }
        Err(Unready::Refused(setback)) => {
            gate.hear(&Submitted::Refused(setback.clone()), app.now());
            return Ok(skipped(attempt, setback.cause, &setback.text));
        }
        Err(Unready::Passing(why)) => {
            let now = app.now();
            gate.hear(&Submitted::NeverLeft { why: why.clone() }, now);
            attempt.deadline = again(app, hold, None);
            attempt.state = AttemptState::Ended(End::NeverLeft { why });
            return Ok(Event::Began(attempt));
        }
    };
    attempt.began = app.now();
    attempt.deadline = attempt.began.after(gate.policy.call_ms);
    let _on_its_way = app.submits.read().await;
    // From here on the intent is on disk. If this is refused, the connection is dropped and nothing has left.
    commit(app, node, hold, &Event::Began(attempt.clone())).await?;
    let sent = Sent { gate, card, shaped, pictures, model: named.model };
    submit(app, hold, &attempt, line, &sent).await
}

/// Sends a doubtful attempt again under its idempotency key.
pub(super) async fn again_under_key(
    app: &App,
    node: NodeNumber,
    hold: &mut Hold,
    number: u32,
) -> Result<Option<Event>, StoreError> {
    let found = hold.case().attempt(number).cloned();
    let Some(attempt) = found else { return Ok(None) };
    let next = pace::try_again(app.now(), hold.pace.looks(number), None, app.random.chance());
    hold.pace.looked(number, next);
    let Some(named) = hold.case().request.routes.get(attempt.route).cloned() else { return Ok(None) };
    let Some(gate) = app.upstreams.get(&attempt.upstream).cloned() else { return Ok(None) };
    let Ok((card, shaped)) = prepare(app, hold, &gate, &named) else { return Ok(None) };
    let Ok((pictures, line)) = open(&gate, &shaped).await else { return Ok(None) };
    let deadline = app.now().after(gate.policy.call_ms);
    let _on_its_way = app.submits.read().await;
    commit(app, node, hold, &Event::SentAgain { attempt: number, deadline }).await?;
    let sent = Sent { gate, card, shaped, pictures, model: named.model };
    submit(app, hold, &attempt, line, &sent).await.map(Some)
}

/// What goes to an upstream.
struct Sent<'a> {
    gate: Arc<Gate>,
    card: &'a Card,
    shaped: Shaped,
    pictures: Vec<Picture>,
    model: String,
}

/// Lets the request leave, and keeps the answer before anything is decided on it.
async fn submit(
    app: &App,
    hold: &Hold,
    attempt: &Attempt,
    line: Box<dyn Line>,
    sent: &Sent<'_>,
) -> Result<Event, StoreError> {
    let (callback_url, token) = (app.callback_url(attempt.token), format!("{:032x}", attempt.token));
    let order = Order {
        model: &sent.model,
        card: sent.card,
        request: &sent.shaped.request,
        pictures: &sent.pictures,
        callback_url: Some(&callback_url),
        token: &token,
    };
    let answer = line.submit(&order).await;
    let retry_after_ms =
        if let Submitted::Busy { retry_after_ms, .. } = &answer { *retry_after_ms } else { None };
    sent.gate.hear(&answer, app.now());
    keep_answer(app, &hold.lease, attempt.number, &Evidence::Submitted(answer.clone())).await?;
    let again = again(app, hold, retry_after_ms);
    Ok(Event::Submitted { attempt: attempt.number, answer, again })
}

/// The request in the words of the route's card, unless the route has gone since the task was accepted.
fn prepare<'a>(
    app: &'a App,
    hold: &Hold,
    gate: &Gate,
    route: &Route,
) -> Result<(&'a Card, Shaped), (Cause, String)> {
    let case = hold.case();
    let gone = || (Cause::Unsupported, "its model card is not in this version's catalogue".to_owned());
    let card = app.catalogue.find(route.card.as_deref().unwrap_or(&case.task.model)).ok_or_else(gone)?;
    let shaped = shape(&app.catalogue, &case.request, &case.task.model, route).ok_or_else(gone)?;
    if let Err(Some(since)) = gate.offer.model(card, app.now().day()) {
        return Err((Cause::Retired, format!("{} since {since}", card.id)));
    }
    match gate.policy.max_cost {
        Some(most) if shaped.cost > most => {
            Err((Cause::TooDear, format!("{} costs {} credits, max_cost is {most}", card.id, shaped.cost)))
        }
        _ => Ok((card, shaped)),
    }
}

/// Everything that is free and can be done before the intent is written down: uploads, and an open connection.
async fn open(gate: &Gate, shaped: &Shaped) -> Result<(Vec<Picture>, Box<dyn Line>), Unready> {
    let pictures = gate.remote.prepare(&shaped.request).await?;
    let line = gate.remote.dial().await.map_err(Unready::Passing)?;
    Ok((pictures, line))
}

fn new_attempt(app: &App, hold: &Hold, route: usize, named: &Route) -> Attempt {
    let now = app.now();
    let number = u32::try_from(hold.case().attempts.len()).unwrap_or(u32::MAX - 1) + 1;
    let here = named.upstream == STUDIO;
    Attempt {
        number,
        route,
        upstream: named.upstream.clone(),
        payee: 0,
        repeat: Repeat::Safe,
        token: if here { 0 } else { app.random.bits() },
        began: now,
        deadline: now,
        awaited: true,
        moves_on: false,
        suspended: false,
        state: AttemptState::Sending,
        report: String::new(),
    }
}

fn skipped(mut attempt: Attempt, cause: Cause, text: &str) -> Event {
    attempt.state = AttemptState::Ended(End::Refused(Setback { cause, text: text.to_owned() }));
    Event::Began(attempt)
}

fn again(app: &App, hold: &Hold, retry_after_ms: Option<i64>) -> Timestamp {
    let failures = pace::failures_in_a_row(&hold.case().attempts);
    pace::try_again(app.now(), failures, retry_after_ms, app.random.chance())
}
