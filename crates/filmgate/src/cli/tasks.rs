//! `filmgate tasks`: what became of what was asked for.

use std::path::PathBuf;

use clap::Subcommand;
use filmgate_domain::id::TaskId;
use filmgate_domain::task::{Film, Phase};
use filmgate_store::{Record, TaskFilter};
use serde::Serialize;

use super::attempts::{self, AttemptView};
use super::session::{self, Wait};
use super::{Everywhere, Failure, Outcome, output, resolve};
use crate::app::App;

const PHASES: [&str; 8] =
    ["queued", "sending", "in_doubt", "running", "storing", "succeeded", "failed", "cancelled"];

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// List the newest tasks
    List {
        /// Only tasks in this phase
        #[arg(long, value_parser = PHASES)]
        phase: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 50)]
        limit: usize,
    },
    /// Show one task
    Get {
        /// The task's id
        id: String,
    },
    /// Wait for a task, making its film if nobody else does, and deliver the film
    Wait {
        /// The task's id
        id: String,
        /// Where the film goes [default: named after the prompt, in this folder]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Give up after so many seconds; the task goes on
        #[arg(long, value_name = "SECONDS")]
        timeout: Option<u64>,
    },
    /// Decide about a task that is in doubt
    Resolve(resolve::Arguments),
    /// Cancel a task: at once while it waits, as a wish once it is being made
    Cancel {
        /// The task's id
        id: String,
    },
}

/// A task as programs see it.
#[derive(Serialize)]
struct TaskView<'a> {
    id: String,
    model: &'a str,
    phase: &'static str,
    upstream: &'a str,
    credits: f64,
    attempts: u32,
    created_ms: i64,
    finished_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'a filmgate_domain::task::Failure>,
    #[serde(skip_serializing_if = "Option::is_none")]
    film: Option<FilmView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    late_film: Option<FilmView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tried: Vec<AttemptView>,
}

#[derive(Serialize)]
struct FilmView {
    path: String,
    link: String,
    bytes: u64,
    sha256: String,
}

impl FilmView {
    fn new(app: &App, film: &Film) -> Self {
        Self {
            path: app.films.path(&film.key).display().to_string(),
            link: format!("{}/files/{}.mp4", app.link_base, film.key),
            bytes: film.bytes,
            sha256: hex::encode(film.sha256),
        }
    }
}

impl<'a> TaskView<'a> {
    fn new(app: &App, record: &'a Record) -> Self {
        let task = &record.task;
        Self {
            id: task.id.to_string(),
            model: &task.model,
            phase: task.phase.word(),
            upstream: &task.upstream,
            credits: task.price.as_f64(),
            attempts: task.attempts,
            created_ms: task.created.0,
            finished_ms: task.finished.map(|finished| finished.0),
            failure: match &task.phase {
                Phase::Failed(failure) => Some(failure),
                _ => None,
            },
            film: record.film.as_ref().map(|film| FilmView::new(app, film)),
            late_film: None,
            request: None,
            tried: vec![],
        }
    }
}

pub(super) fn run(everywhere: &Everywhere, action: Action) -> Outcome {
    let app = session::open(everywhere)?;
    match action {
        Action::List { phase, limit } => list(&app, everywhere, phase, limit),
        Action::Get { id } => get(&app, everywhere, parse(&id)?),
        Action::Wait { id, output, timeout } => {
            let id = parse(&id)?;
            session::runtime()?.block_on(async {
                let node = session::join(&app).await?;
                session::see_through(&app, everywhere, node, Wait { id, lease: None, timeout_s: timeout })
                    .await?;
                session::deliver(&app, everywhere, id, output.as_deref())
            })
        }
        Action::Resolve(arguments) => resolve::run(&app, everywhere, &arguments),
        Action::Cancel { id } => cancel(&app, everywhere, parse(&id)?),
    }
}

pub(super) fn parse(id: &str) -> Result<TaskId, Failure> {
    TaskId::parse(id)
        .ok_or_else(|| Failure::Usage(format!("\"{id}\" is not a task id; ids are 32 hex digits")))
}

fn list(app: &App, everywhere: &Everywhere, phase: Option<String>, limit: usize) -> Outcome {
    let records = app.store.records(&TaskFilter { account: None, phase, limit })?;
    if everywhere.json {
        return records.iter().try_for_each(|record| output::json(&TaskView::new(app, record)));
    }
    let mut rows = vec![["id", "created", "model", "phase", "by", "credits"].map(str::to_owned).to_vec()];
    rows.extend(records.iter().map(|Record { task, .. }| {
        vec![
            task.id.to_string(),
            output::moment(task.created),
            task.model.clone(),
            task.phase.word().to_owned(),
            task.upstream.clone(),
            task.price.to_string(),
        ]
    }));
    output::table(&rows)
}

fn get(app: &App, everywhere: &Everywhere, id: TaskId) -> Outcome {
    let record = app.store.record(id)?.ok_or_else(|| Failure::Task(format!("there is no task {id}")))?;
    let mut view = TaskView::new(app, &record);
    view.late_film = app.store.late_film(record.seq)?.map(|film| FilmView::new(app, &film));
    view.tried = attempts::views(app, &record)?;
    if everywhere.json {
        view.request = serde_json::to_value(&record.request).ok();
        return output::json(&view);
    }
    let film = record.request.film;
    let plan: Vec<String> = record.request.routes.iter().map(attempts::route_name).collect();
    let mut rows = vec![
        ("id", view.id.clone()),
        ("model", view.model.to_owned()),
        ("phase", view.phase.to_owned()),
        ("made by", view.upstream.to_owned()),
        ("routes", plan.join(", then ")),
        ("film", format!("{}x{}, {} s", film.width, film.height, film.seconds)),
        ("credits", record.task.price.to_string()),
        ("created", output::moment(record.task.created)),
    ];
    rows.extend(record.task.finished.map(|finished| ("finished", output::moment(finished))));
    rows.extend(view.failure.map(|failure| ("failure", format!("{}: {}", failure.code, failure.text))));
    rows.extend(view.film.as_ref().map(|film| ("file", film.path.clone())));
    rows.extend(view.late_film.as_ref().map(|film| ("late film", film.path.clone())));
    let rows = rows.into_iter().map(|(word, text)| vec![word.to_owned(), text]).collect::<Vec<_>>();
    output::table(&rows)?;
    attempts::print(&view.tried)
}

fn cancel(app: &App, everywhere: &Everywhere, id: TaskId) -> Outcome {
    let task = session::runtime()?.block_on(app.store.cancel(id, app.now()))?;
    let task = task.ok_or_else(|| Failure::Task(format!("there is no task {id}")))?;
    if matches!(task.phase, Phase::Succeeded | Phase::Failed(_)) {
        return Err(Failure::Task(format!("{id} cannot be cancelled: it has {}", task.phase.word())));
    }
    if everywhere.json {
        let record = app.store.record(id)?.ok_or_else(|| Failure::Task(format!("there is no task {id}")))?;
        return output::json(&TaskView::new(app, &record));
    }
    match task.phase {
        Phase::Cancelled => output::line(format!("{id} is cancelled; nothing was charged")),
        _ => output::line(format!(
            "{id} is being made; it is asked to stop, and charged only if its film is finished first"
        )),
    }
}
