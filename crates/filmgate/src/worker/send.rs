//! The paid submit: prepare, dial, make the intent durable, let the request leave, keep the answer.

use std::sync::Arc;

use filmgate_domain::answer::{Answered, Cause, Evidence, Setback, Submitted};
use filmgate_domain::attempt::{Attempt, AttemptState, End, Repeat};
use filmgate_domain::catalogue::Card;
use filmgate_domain::pace;
use filmgate_domain::route::{Route, STUDIO, Shaped, fit, shape};
use filmgate_domain::step::Event;
use filmgate_domain::time::Timestamp;
use filmgate_domain::work::skips_when_closed;
use filmgate_providers::adapter::{Order, Picture};
use filmgate_providers::remote::{Line, Unready};
use filmgate_store::{NodeNumber, StoreError};

use super::advance::{Hold, commit, keep_answer, keep_exchange};
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
    let closed = |(until, cause)| {
        if skips_when_closed(hold.case(), route, cause) {
            skipped(attempt.clone(), cause, "it was left alone after earlier answers")
        } else {
            Event::Waits(until)
        }
    };
    // Nothing is uploaded to an upstream that is not asked.
    if let Some(open) = gate.circuit(app.now()) {
        return Ok(closed(open));
    }
    let _place = gate.submits.acquire().await;
    gate.note_balance(app.now()).await;
    let pictures = match gate.remote.prepare(&shaped.request).await {
        Ok(pictures) => pictures,
        Err(unready) => return Ok(not_ready(app, hold, &gate, (attempt, unready))),
    };
    let now = app.now();
    if let Err(until) = gate.take(now) {
        return Ok(Event::Waits(until));
    }
    if let Err(open) = gate.admit(now) {
        return Ok(closed(open));
    }
    let line = match gate.remote.dial().await {
        Ok(line) => line,
        Err(why) => return Ok(not_ready(app, hold, &gate, (attempt, Unready::Passing(why)))),
    };
    let _on_its_way = app.submits.read().await;
    attempt.began = app.now();
    attempt.deadline = attempt.began.after(gate.policy.call_ms);
    if is_too_late(app, hold) {
        return Ok(Event::Expired);
    }
    // From here on the intent is on disk. If this is refused, the connection is dropped and nothing has left.
    commit(app, node, hold, &Event::Began(attempt.clone())).await?;
    let sent = Sent { gate: Arc::clone(&gate), card, shaped, pictures, model: named.model };
    submit(app, hold, &attempt, line, &sent).await
}

/// Why an attempt could not begin. Nothing has left.
fn not_ready(app: &App, hold: &Hold, gate: &Gate, (mut attempt, unready): (Attempt, Unready)) -> Event {
    let now = app.now();
    match unready {
        Unready::Failed(failure) => attempt.state = AttemptState::Ended(End::Failed(failure)),
        Unready::Refused(setback) => {
            gate.hear(&Submitted::Refused(setback.clone()), now);
            return skipped(attempt, setback.cause, &setback.text);
        }
        Unready::Passing(why) => {
            gate.hear(&Submitted::NeverLeft { why: why.clone() }, now);
            attempt.deadline = again(app, hold, None);
            attempt.state = AttemptState::Ended(End::NeverLeft { why });
        }
    }
    Event::Began(attempt)
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
    let _place = gate.submits.acquire().await;
    let Ok(pictures) = gate.remote.prepare(&shaped.request).await else { return Ok(None) };
    if gate.take(app.now()).is_err() {
        return Ok(None);
    }
    let Ok(line) = gate.remote.dial().await else { return Ok(None) };
    let _on_its_way = app.submits.read().await;
    if is_too_late(app, hold) {
        return Ok(None);
    }
    let deadline = app.now().after(gate.policy.call_ms);
    commit(app, node, hold, &Event::SentAgain { attempt: number, deadline }).await?;
    let attempt = Attempt { deadline, ..attempt };
    let sent = Sent { gate: Arc::clone(&gate), card, shaped, pictures, model: named.model };
    submit(app, hold, &attempt, line, &sent).await.map(Some)
}

/// Uploads and connections take their time: a film that nobody waits for any more is not paid for.
fn is_too_late(app: &App, hold: &Hold) -> bool {
    app.now() >= hold.case().task.deadline
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
    let (clock, deadline) = (&app.clock, attempt.deadline);
    let Answered { said: mut answer, exchange } =
        line.submit(&order, &|| deadline.since_ms(clock.now())).await;
    if matches!(&answer, Submitted::Accepted { job, .. } if !is_an_id(job)) {
        tracing::error!(task.id = %hold.case().task.id, "ALERT: an upstream accepted a task under an id that cannot be asked for");
        answer = Submitted::Unknown {
            why: "the upstream accepted it under an id that cannot be asked for".into(),
        };
    }
    let retry_after_ms =
        if let Submitted::Busy { retry_after_ms, .. } = &answer { *retry_after_ms } else { None };
    sent.gate.hear(&answer, app.now());
    keep_answer(app, &hold.lease, attempt.number, &Evidence::Submitted(answer.clone())).await?;
    keep_exchange(app, &hold.lease, attempt.number, exchange).await?;
    let again = again(app, hold, retry_after_ms);
    Ok(Event::Submitted { attempt: attempt.number, answer, again })
}

/// Whether a job can be asked for by this id: in an address, and without becoming another one.
fn is_an_id(job: &str) -> bool {
    (1..=2_000).contains(&job.len()) && job != "." && job != ".." && !job.chars().any(char::is_control)
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
    let shaped = fit(gate.offer.dialect, shaped).map_err(|text| (Cause::Invalid, text))?;
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

fn new_attempt(app: &App, hold: &Hold, route: usize, named: &Route) -> Attempt {
    let token = if named.upstream == STUDIO { 0 } else { app.random.bits() };
    Attempt { repeat: Repeat::Safe, token, ..hold.case().begins((route, &named.upstream), app.now()) }
}

fn skipped(mut attempt: Attempt, cause: Cause, text: &str) -> Event {
    attempt.state = AttemptState::Ended(End::Refused(Setback { cause, text: text.to_owned() }));
    Event::Began(attempt)
}

fn again(app: &App, hold: &Hold, retry_after_ms: Option<i64>) -> Timestamp {
    let failures = pace::failures_in_a_row(&hold.case().attempts);
    pace::try_again(app.now(), failures, retry_after_ms, app.random.chance())
}
