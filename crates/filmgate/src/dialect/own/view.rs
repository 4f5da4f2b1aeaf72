//! A task's record in this dialect's words: the summary of lists, and everything that its own page shows.

use filmgate_domain::answer::{self, Evidence};
use filmgate_domain::attempt::AttemptState;
use filmgate_domain::case::Case;
use filmgate_domain::delivery::host;
use filmgate_domain::remake::Remake;
use filmgate_domain::request::{Form, Promise, Request};
use filmgate_domain::route::STUDIO;
use filmgate_domain::task::{self, CopyKind, Phase};
use filmgate_domain::timeline::{self, Told};
use filmgate_domain::work::Known;
use filmgate_store::{DeliveryLine, Record, StoreError};
use filmgate_wire::own::quote::Shape;
use filmgate_wire::own::task::{
    Attempt, Call, Copy, Entry, Exchange, Failure, Film, Moment, Origin, Summary, Task,
};
use filmgate_wire::own::webhook::{Delivery, Try};

use super::input;
use crate::app::App;
use crate::service::characters;

/// What lists show of a task.
pub(super) fn summary(app: &App, record: &Record) -> Summary {
    let (task, request) = (&record.task, &record.request);
    let shape = shape(request.film);
    let error = match &task.phase {
        Phase::Failed(failure) => Some(Failure { code: failure.code.clone(), message: failure.text.clone() }),
        Phase::Cancelled => Some(Failure {
            code: "cancelled".into(),
            message: "It was cancelled. Nothing was charged.".into(),
        }),
        _ => None,
    };
    let card = app.catalogue.find(&task.model);
    let film = record.film.as_ref().map(|found| film(found, shape));
    let is_drawn = film.is_some() && task.upstream == STUDIO;
    Summary {
        id: task.id.to_string(),
        model: task.model.clone(),
        title: card.map_or_else(|| task.model.clone(), |card| card.title.clone()),
        phase: task.phase.word(),
        percent: task.phase.percent(|| app.percent(task.id)),
        prompt: request.words(),
        upstream: task.upstream.clone(),
        credits: task.price.as_f64(),
        created_ms: task.created.0,
        finished_ms: task.finished.map(|at| at.0),
        form: form(request.form),
        error,
        film,
        thumbnail: is_drawn.then(|| format!("/filmgate/v1/tasks/{}/thumbnail", task.id)),
        character: characters::made_by(app, record),
        can_cancel: !task.phase.is_terminal() && !task.cancel_wished,
    }
}

/// Everything about a task.
pub(super) fn whole(app: &App, record: &Record) -> Result<Task, StoreError> {
    let (seq, id) = (record.seq, record.task.id);
    let (known, deliveries) = (app.store.known(seq)?, app.store.deliveries_of(id)?);
    let case = case(app, record)?;
    let late_film = app.store.late_film(seq)?;
    let request = &record.request;
    let copies = app.store.copies(seq)?.into_iter();
    let entries = app.store.entries_of(id, seq)?.into_iter();
    Ok(Task {
        summary: summary(app, record),
        input: input::input(&request.parameters),
        callback_url: request.callback_url.clone(),
        cancel_wished: record.task.cancel_wished,
        origin: request
            .origin
            .as_ref()
            .map(|origin| Origin { task: origin.task.to_string(), what: what(origin.remake) }),
        copies: copies.map(|(kind, key)| Copy { kind: copy(kind), url: path(&key) }).collect(),
        late_film: late_film.map(|found| film(&found, shape(request.film))),
        timeline: moments(&case, &known, &deliveries),
        attempts: case.attempts.iter().map(|attempt| self::attempt(attempt, request)).collect(),
        exchanges: exchanges(&known),
        ledger: entries
            .map(|entry| Entry { at_ms: entry.at.0, kind: entry.kind.word(), amount: entry.amount.as_f64() })
            .collect(),
        deliveries: deliveries.into_iter().map(delivery).collect(),
    })
}

/// What has happened to a task so far.
pub(super) fn timeline(app: &App, record: &Record) -> Result<Vec<Moment>, StoreError> {
    let deliveries = app.store.deliveries_of(record.task.id)?;
    Ok(moments(&case(app, record)?, &app.store.known(record.seq)?, &deliveries))
}

/// A delivery with its tries.
pub(super) fn delivery(line: DeliveryLine) -> Delivery {
    let tries = line.tries.into_iter().map(|one| Try {
        at_ms: one.at.0,
        took_ms: one.took_ms,
        status: one.status,
        fault: one.fault,
    });
    Delivery {
        id: line.id.to_string(),
        task: line.id.task.to_string(),
        event: line.id.event.word(),
        url: line.url,
        state: line.state.word(),
        due_ms: line.due.map(|at| at.0),
        created_ms: line.created.0,
        ended_ms: line.ended.map(|at| at.0),
        tries: tries.collect(),
    }
}

/// The shape that a card promises.
pub(super) fn shape(film: Promise) -> Shape {
    let Promise { width, height, seconds, frames_per_second } = film;
    Shape { width, height, seconds, frames_per_second }
}

fn case(app: &App, record: &Record) -> Result<Case, StoreError> {
    let attempts = app.store.attempts(record.seq)?;
    Ok(Case { task: record.task.clone(), attempts, request: record.request.clone() })
}

fn moments(case: &Case, known: &[Known], deliveries: &[DeliveryLine]) -> Vec<Moment> {
    let told = deliveries.iter().flat_map(|line| {
        line.tries.iter().map(|one| Told {
            began: one.at,
            took_ms: one.took_ms,
            host: host(&line.url),
            answer: one.status.ok_or_else(|| one.fault.clone().unwrap_or_default()),
        })
    });
    let moments = timeline::timeline(case, known, &told.collect::<Vec<_>>());
    let numbered = moments.into_iter().zip(1..).map(|(moment, number)| Moment {
        number,
        at_ms: moment.at.0,
        kind: moment.kind.word(),
        upstream: moment.upstream,
        text: moment.text,
    });
    numbered.collect()
}

fn film(film: &task::Film, shape: Shape) -> Film {
    Film::new((path(&film.key), hex::encode(film.sha256), film.bytes), shape)
}

/// A path and no address: pages are reached under more names than results are told by.
fn path(key: &str) -> String {
    format!("/files/{key}.mp4")
}

fn attempt(attempt: &filmgate_domain::attempt::Attempt, request: &Request) -> Attempt {
    let route = request.routes.get(attempt.route);
    Attempt {
        number: attempt.number,
        upstream: attempt.upstream.clone(),
        model: route.map(|route| route.model.clone()).unwrap_or_default(),
        state: attempt.word(),
        job: attempt.job().map(str::to_owned),
        began_ms: attempt.began.0,
        text: match &attempt.state {
            AttemptState::Ended(end) => end.text(),
            _ => String::new(),
        },
    }
}

/// What was answered, each with its call: that is kept right behind it.
fn exchanges(known: &[Known]) -> Vec<Exchange> {
    let mut all: Vec<Exchange> = Vec::new();
    for Known { attempt, at, evidence } in known {
        let call = match evidence {
            Evidence::Exchanged(answer::Exchange { method, path, status, took_ms }) => {
                Some(Call { method: method.clone(), path: path.clone(), status: *status, took_ms: *took_ms })
            }
            _ => None,
        };
        match all.last_mut().filter(|last| call.is_some() && last.attempt == *attempt && last.call.is_none())
        {
            Some(last) => last.call = call,
            None => all.push(Exchange { attempt: *attempt, at_ms: at.0, text: evidence.told(), call }),
        }
    }
    all
}

fn form(form: Form) -> &'static str {
    match form {
        Form::KieJobs => "kie.jobs",
        Form::KieVeo => "kie.veo",
        Form::OpenAi => "openai.videos",
        Form::Own => "filmgate",
        Form::Cli => "cli",
    }
}

fn what(remake: Remake) -> &'static str {
    match remake {
        Remake::Extension => "extension",
        Remake::Remix => "remix",
        Remake::Edit => "edit",
        Remake::Enlargement => "enlargement",
    }
}

fn copy(kind: CopyKind) -> &'static str {
    kind.word()
}
