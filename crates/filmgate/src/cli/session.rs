//! A process that makes films itself, without a server: it joins the data folder as a node and leaves it in good order.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use filmgate_domain::id::TaskId;
use filmgate_domain::request::{Parameter, Request};
use filmgate_domain::route::RoutePolicy;
use filmgate_domain::task::{Failure as TaskFailure, Phase, Task};
use filmgate_store::{Leased, NodeNumber};
use serde::Serialize;
use tokio::task::JoinSet;

use super::{Everywhere, Failure, Outcome, output, progress};
use crate::app::App;
use crate::config::{Config, cores};
use crate::worker::Worker;

/// The runtime of every command that waits for something.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let built = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    built.map_err(|error| Failure::Other(error.into()))
}

/// Opens the data folder for a command that makes films with all cores.
pub(super) fn open(everywhere: &Everywhere) -> Result<Arc<App>, Failure> {
    let config = everywhere.load()?;
    open_with(&config, RoutePolicy::studio())
}

/// The same with routes other than the studio.
pub(super) fn open_with(config: &Config, policy: RoutePolicy) -> Result<Arc<App>, Failure> {
    let threads = NonZeroUsize::new(cores().min(8)).unwrap_or(NonZeroUsize::MIN);
    let opened = App::open(config, None, policy, threads);
    let app = opened.map(Arc::new).map_err(|error| Failure::Usage(format!("{error:#}")))?;
    app.look_at_survey();
    Ok(app)
}

/// Joins as a node.
pub(super) async fn join(app: &App) -> Result<NodeNumber, Failure> {
    let node = app.node_number();
    app.store.join(node, "generate", app.heart.now()).await?;
    Ok(node)
}

/// How long a process that is asked to stop takes to write down what it has just heard.
const LAST_STEP: std::time::Duration = std::time::Duration::from_millis(500);
/// Seconds of doubt after which nobody waits at the keyboard any longer.
const DOUBT_LOOKS_MAX: u32 = 60;
const A_CENTURY_S: u64 = 100 * 365 * 86_400;

/// A task to see through.
pub(super) struct Wait {
    pub(super) id: TaskId,
    /// Our lease, if we have it already.
    pub(super) lease: Option<Leased>,
    pub(super) timeout_s: Option<u64>,
}

/// Sees a task through to its end with a progress bar. Ctrl-C leaves it as it is and says how to go on.
pub(super) async fn see_through(
    app: &Arc<App>,
    everywhere: &Everywhere,
    node: NodeNumber,
    Wait { id, lease, timeout_s }: Wait,
) -> Result<Task, Failure> {
    let worker = Arc::new(Worker::new(Arc::clone(app), node, 1));
    let bar = progress::show(app, id);
    // On its own, so that a submit that is on its way is heard to its end whatever happens here.
    let mut work = JoinSet::new();
    work.spawn({
        let worker = Arc::clone(&worker);
        async move { worker.see_through(id, lease).await }
    });
    let asked_to_stop = hear_signals()?;
    let timeout = std::time::Duration::from_secs(timeout_s.unwrap_or(A_CENTURY_S));
    let again = everywhere.command(&format!("tasks wait {id}"));
    let outcome = tokio::select! {
        ended = tokio::time::timeout(timeout, work.join_next()) => match ended.map(joined) {
            Ok(Ok(Some(task))) => Ok(task),
            Ok(Ok(None)) => Err(Failure::Task(format!("there is no task {id}"))),
            Ok(Err(error)) => Err(Failure::Other(error.context(format!(
                "the task is kept and nothing is charged without a film; `{again}` tries again"
            )))),
            Err(_) => Err(Failure::Timeout(format!("time ran out. The task is kept; `{again}` waits for it again."))),
        },
        never = bar.follow() => match never {},
        () = long_in_doubt(app, id) => Err(Failure::InDoubt(format!(
            "nobody knows whether the upstream has task {id}; it is kept and looked for, and not sent again. `{again}` waits for it, \
             `{}` decides it",
            everywhere.command(&format!("tasks resolve {id}"))
        ))),
        () = asked_to_stop => Err(Failure::Interrupted(format!(
            "interrupted. The task is kept and nothing is lost; `{again}` finishes it."
        ))),
    };
    bar.end(outcome.as_ref().ok());
    worker.last_answers().await;
    // A moment for what follows from the last answer.
    drop(tokio::time::timeout(LAST_STEP, work.join_next()).await);
    work.abort_all();
    let in_doubt =
        |record: &filmgate_store::Record| matches!(record.task.phase, Phase::InDoubt | Phase::Sending);
    let outcome = match app.store.record(id) {
        Ok(Some(record)) if outcome.is_err() && in_doubt(&record) => Err(Failure::InDoubt(format!(
            "nobody knows whether the upstream has task {id}; it is kept and looked for, and not sent again. `{again}` waits for it"
        ))),
        _ => outcome,
    };
    if let Err(error) = app.store.leave(node).await {
        // Its leases end by themselves when the heart has been silent for a while.
        tracing::warn!(%error, "the leases could not be given back");
    }
    outcome
}

/// Hears SIGTERM, SIGHUP and Ctrl-C from now on; before, they end the process at once.
pub(super) fn hear_signals() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = |kind| signal(kind).map_err(|error| Failure::Other(error.into()));
    let (mut terminate, mut interrupt) = (heard(SignalKind::terminate())?, heard(SignalKind::interrupt())?);
    let mut hangup = heard(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}

type Seen = Result<Option<Task>, filmgate_store::StoreError>;

fn joined(ended: Option<Result<Seen, tokio::task::JoinError>>) -> anyhow::Result<Option<Task>> {
    Ok(ended.context("the work on the task has stopped")???)
}

/// Returns when a task has been in doubt for longer than a callback or a list would need to resolve it.
async fn long_in_doubt(app: &App, id: TaskId) {
    let (mut look, mut looks) = (tokio::time::interval(std::time::Duration::from_secs(1)), 0);
    while looks < DOUBT_LOOKS_MAX {
        look.tick().await;
        let in_doubt =
            matches!(app.store.record(id), Ok(Some(record)) if record.task.phase == Phase::InDoubt);
        looks = if in_doubt { looks + 1 } else { 0 };
    }
}

/// What a finished film looks like to a program.
#[derive(Serialize)]
struct FilmReport<'a> {
    id: String,
    model: &'a str,
    phase: &'static str,
    upstream: &'a str,
    credits: f64,
    path: String,
    width: u32,
    height: u32,
    seconds: u32,
    frames_per_second: u32,
    bytes: u64,
    sha256: String,
    created_ms: i64,
    finished_ms: Option<i64>,
}

/// Copies a finished film to where its maker wants it and prints the path, or says why there is none.
pub(super) fn deliver(app: &App, everywhere: &Everywhere, id: TaskId, to: Option<&Path>) -> Outcome {
    let Some(mut record) = app.store.record(id)? else {
        return Err(Failure::Task(format!("there is no task {id}")));
    };
    let film = match (&record.task.phase, record.film.take()) {
        (Phase::Succeeded, Some(film)) => film,
        (Phase::Failed(TaskFailure { code, text }), _) if code == "in_doubt" => {
            return Err(Failure::InDoubt(text.clone()));
        }
        (Phase::Failed(TaskFailure { code, text }), _) => {
            return Err(Failure::Task(format!("the task failed ({code}): {text}")));
        }
        (phase, _) => {
            return Err(Failure::Task(format!("the task is {}; nothing was charged", phase.word())));
        }
    };
    let request = record.request.clone();
    let target = match to {
        Some(path) => path.to_owned(),
        None => unused_name(&request),
    };
    copy(&app.films.path(&film.key), &target).map_err(|error| {
        let again = everywhere.command(&format!("tasks wait {id} -o FILE"));
        Failure::Task(format!(
            "the film is made and paid, but {} cannot be written: {error}; `{again}` puts it elsewhere",
            target.display()
        ))
    })?;
    let path = target.display().to_string();
    if !everywhere.json {
        return output::line(path);
    }
    let task = record.task;
    output::json(&FilmReport {
        id: id.to_string(),
        model: &task.model,
        phase: task.phase.word(),
        upstream: &task.upstream,
        credits: task.price.as_f64(),
        path,
        width: request.film.width,
        height: request.film.height,
        seconds: request.film.seconds,
        frames_per_second: request.film.frames_per_second,
        bytes: film.bytes,
        sha256: hex::encode(film.sha256),
        created_ms: task.created.0,
        finished_ms: task.finished.map(|finished| finished.0),
    })
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::copy(from, to).map(|_| ())
}

/// A file name from the prompt that does not exist yet: letters and digits of any script, words joined by hyphens.
fn unused_name(request: &Request) -> PathBuf {
    let words = match request.text(Parameter::Prompt) {
        "" => request.shots().first().map_or("film", |shot| shot.scene.as_str()),
        prompt => prompt,
    };
    let stem = slug(words);
    let numbered = (2..).map(|number| format!("{stem}-{number}.mp4"));
    let mut names = std::iter::once(format!("{stem}.mp4")).chain(numbered).map(PathBuf::from);
    names.find(|name| !name.exists()).unwrap_or_else(|| PathBuf::from("film.mp4"))
}

fn slug(words: &str) -> String {
    let mut stem = String::new();
    for letter in words.chars() {
        // File systems count bytes; 120 leave room for a number and the ending.
        if stem.len() + letter.len_utf8() > 120 {
            break;
        }
        if letter.is_alphanumeric() {
            stem.extend(letter.to_lowercase());
        } else if !stem.is_empty() && !stem.ends_with('-') && letter != '\'' {
            stem.push('-');
        }
    }
    match stem.trim_end_matches('-') {
        "" => "film".to_owned(),
        stem => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_film_is_named_after_its_prompt() {
        assert_eq!(slug("A cute cat playing in a sunny garden"), "a-cute-cat-playing-in-a-sunny-garden");
        assert_eq!(slug("  Don't stop!! "), "dont-stop");
        assert_eq!(slug("一只可爱的猫在花园里玩耍"), "一只可爱的猫在花园里玩耍");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("🎬"), "film");
        assert!(slug(&"猫".repeat(500)).len() <= 120);
    }
}
