//! `filmgate generate`: the main job in one process, without a server and without a key.

use std::path::{Path, PathBuf};

use clap::Args;
use filmgate_domain::catalogue::Card;
use filmgate_domain::request::Parameter;
use filmgate_providers::studio::STORED_PICTURE;
use filmgate_store::Leased;
use serde::Serialize;

use super::request::{RequestFlags, explain};
use super::session::{self, Wait};
use super::{Everywhere, Failure, Outcome, output};
use crate::app::App;
use crate::service::tasks::{self, AcceptError, NewlyAccepted};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    request: RequestFlags,
    /// Where the film goes [default: named after the prompt, in this folder]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only create the task and print its id
    #[arg(long)]
    no_wait: bool,
}

#[derive(Serialize)]
struct TaskReport<'a> {
    id: String,
    model: &'a str,
    phase: &'static str,
    upstream: &'a str,
    credits: f64,
    created_ms: i64,
}

pub(super) fn run(everywhere: &Everywhere, mut arguments: Arguments) -> Outcome {
    arguments.request.read_prompt()?;
    let app = session::open(everywhere)?;
    let card = arguments.request.card(&app.catalogue)?;
    let pictures = pictures(&app, card, &arguments.request.image)?;
    let asked = arguments.request.asked(card, pictures)?;
    let accept = |error: AcceptError| match error {
        AcceptError::Refused(refusal) => explain(refusal, card),
        error @ AcceptError::Store(_) => error.into(),
    };
    let runtime = session::runtime()?;
    runtime.block_on(async {
        if arguments.no_wait {
            let NewlyAccepted { task, .. } = tasks::accept_local(&app, asked, None).await.map_err(accept)?;
            let id = task.id.to_string();
            let again = everywhere.command(&format!("tasks wait {id}"));
            output::note(&format!("The task is kept; `{again}` makes its film."));
            let (phase, credits) = (task.phase.word(), task.price.as_f64());
            let report = TaskReport {
                id: id.clone(),
                model: &task.model,
                phase,
                upstream: &task.upstream,
                credits,
                created_ms: task.created.0,
            };
            return if everywhere.json { output::json(&report) } else { output::line(id) };
        }
        let node = session::join(&app).await?;
        let NewlyAccepted { task, request, seq } =
            tasks::accept_local(&app, asked, Some(node)).await.map_err(accept)?;
        let film = request.film;
        output::note(&format!(
            "{}: the embedded studio makes {} s of {}x{} (test footage, free). Task {}",
            task.model, film.seconds, film.width, film.height, task.id
        ));
        let id = task.id;
        let text = serde_json::to_string(&request).map_err(|error| Failure::Other(error.into()))?;
        let lease = Leased { seq, version: 0, task, request: text, taken_over: false };
        session::see_through(&app, everywhere, node, Wait { id, lease: Some(lease), timeout_s: None })
            .await?;
        session::deliver(&app, everywhere, id, arguments.output.as_deref())
    })
}

/// Links stay links; files are looked at and kept, so that the task can be made again later.
fn pictures(app: &App, card: &Card, images: &[String]) -> Result<Vec<String>, Failure> {
    if !images.is_empty() && !card.parameters.contains_key(&Parameter::Pictures) {
        return Err(Failure::Usage(format!(
            "{} takes no --image; see `filmgate models {}`",
            card.id, card.id
        )));
    }
    images
        .iter()
        .map(|image| if is_link(image) { link(app, image) } else { keep(app, Path::new(image)) })
        .collect()
}

fn is_link(image: &str) -> bool {
    image.starts_with("https://") || image.starts_with("http://")
}

fn link(app: &App, image: &str) -> Result<String, Failure> {
    match app.guard.check(image) {
        Ok(_) => Ok(image.to_owned()),
        Err(_) => Err(filmgate_domain::refusal::Refusal::BadLink { parameter: Parameter::Pictures }.into()),
    }
}

fn keep(app: &App, path: &Path) -> Result<String, Failure> {
    let unusable =
        |why: String| Failure::Usage(format!("the picture {} cannot be used: {why}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
    filmgate_studio::look_at(&bytes).map_err(|error| unusable(error.to_string()))?;
    let name = app.films.keep_picture(&bytes).map_err(|error| unusable(error.to_string()))?;
    Ok(format!("{STORED_PICTURE}{name}"))
}
