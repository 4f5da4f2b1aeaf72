//! `filmgate generate`: the main job in one process, without a server and without a key.

use std::path::{Path, PathBuf};

use clap::Args;
use filmgate_domain::case::Case;
use filmgate_domain::catalogue::Card;
use filmgate_domain::doubt::OnDoubt;
use filmgate_domain::request::{Asked, Parameter};
use filmgate_domain::route::{RoutePolicy, STUDIO};
use filmgate_providers::pictures::STORED_PICTURE;
use filmgate_store::Leased;
use filmgate_studio::ScenePlan;
use serde::Serialize;

use super::request::{RequestFlags, explain};
use super::session::{self, Wait};
use super::{Everywhere, Failure, Outcome, output};
use crate::app::App;
use crate::catalogue;
use crate::config::{self, Config};
use crate::service::retry::Retry;
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
    /// Have it made by this upstream, for money; `kie:veo-3-1` asks it for another model
    #[arg(long, value_name = "NAME")]
    upstream: Option<String>,
    /// Spend the money without asking
    #[arg(long)]
    yes: bool,
    /// What to do if nobody knows whether the upstream has the task [default: the configuration's, which is park]
    #[arg(long, value_name = "POLICY", value_parser = ["park", "fail", "next_route", "resubmit"])]
    on_doubt: Option<String>,
    /// A name for this film: a second run under the same name gets the same film and pays nothing
    #[arg(long, value_name = "K")]
    idempotency_key: Option<String>,
    /// Only print what the embedded studio would show for these words, and make nothing
    #[arg(long, conflicts_with_all = ["image", "output", "no_wait", "upstream", "yes", "on_doubt", "idempotency_key"])]
    plan: bool,
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
    if arguments.plan {
        return print_plan(everywhere, &arguments.request);
    }
    let config = everywhere.load()?;
    let policy = policy(&config, arguments.upstream.as_deref())?;
    let app = session::open_with(&config, policy)?;
    let card = arguments.request.card(&app.catalogue)?;
    let pictures = pictures(&app, card, &arguments.request.image)?;
    let on_doubt = arguments.on_doubt.as_deref().and_then(OnDoubt::named);
    let asked = Asked { on_doubt, ..arguments.request.asked(card, pictures)? };
    agree(&app, card, &asked, arguments.yes)?;
    let accept = |error: AcceptError| match error {
        AcceptError::Refused(refusal) => explain(refusal, card),
        error @ AcceptError::Store(_) => error.into(),
    };
    let retry = Retry::under(arguments.idempotency_key.as_deref().map(str::as_bytes));
    let runtime = session::runtime()?;
    runtime.block_on(async {
        if arguments.no_wait {
            let accepted = tasks::accept_local(&app, asked, (None, &retry)).await.map_err(accept)?;
            let known = accepted.known.map(|id| app.store.record(id)).transpose()?.flatten();
            let task = known.map_or(accepted.task, |record| record.task);
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
        let NewlyAccepted { task, request, seq, known } =
            tasks::accept_local(&app, asked, (Some(node), &retry)).await.map_err(accept)?;
        if let Some(id) = known {
            output::note(&format!("Task {id} was created under this key before; nothing is paid again."));
            session::see_through(&app, everywhere, node, Wait { id, lease: None, timeout_s: None }).await?;
            return session::deliver(&app, everywhere, id, arguments.output.as_deref());
        }
        let film = request.film;
        let maker = match task.upstream.as_str() {
            STUDIO => "the embedded studio makes".to_owned(),
            upstream => format!("{upstream} is asked for"),
        };
        let price = if task.upstream == STUDIO {
            "test footage, free".into()
        } else {
            format!("{} credits", task.price)
        };
        output::note(&format!(
            "{}: {maker} {} s of {}x{} ({price}). Task {}",
            task.model, film.seconds, film.width, film.height, task.id
        ));
        let id = task.id;
        let case = Case { task, attempts: vec![], request };
        let lease = Leased { seq, version: 0, case, taken_over: false };
        session::see_through(&app, everywhere, node, Wait { id, lease: Some(lease), timeout_s: None })
            .await?;
        session::deliver(&app, everywhere, id, arguments.output.as_deref())
    })
}

/// Prints the plan that the film of this request has. It needs no folder and no key: the words and the seed decide it.
fn print_plan(everywhere: &Everywhere, request: &RequestFlags) -> Outcome {
    let prompt = request.prompt.as_deref().unwrap_or_default();
    if prompt.trim().is_empty() {
        return Err(Failure::Usage("the prompt is required: --plan prints what its words ask for".into()));
    }
    let catalogue = catalogue::load()?;
    let card = request.card(&catalogue)?;
    let seed = request.seed.map(|seed| card.fold_seed(seed).unsigned_abs());
    let plan = ScenePlan::from_prompt(prompt, seed.unwrap_or_else(|| ScenePlan::seed_of([prompt])));
    if everywhere.json { output::json(&plan) } else { output::print(&plan.to_string()) }
}

/// Who makes it: the upstream that was named, else what the configuration names as a route, else the studio.
fn policy(config: &Config, upstream: Option<&str>) -> Result<RoutePolicy, Failure> {
    let Some(name) = upstream else {
        let names_routes = !config.routes.default.is_empty() || !config.routes.models.is_empty();
        return Ok(if names_routes { config.routes.clone() } else { RoutePolicy::studio() });
    };
    let route = config::route_named(name, &config.routes.offers)
        .map_err(|error| Failure::Usage(format!("{error:#}")))?;
    Ok(RoutePolicy {
        default: vec![route],
        models: std::collections::BTreeMap::new(),
        ..config.routes.clone()
    })
}

/// Money is spent only after a yes.
fn agree(app: &App, card: &Card, asked: &Asked, yes: bool) -> Outcome {
    let admitted = tasks::admitted(app, asked.clone()).map_err(|refusal| explain(refusal, card))?;
    let paid = admitted.accepted.request.routes.iter().find(|route| route.upstream != STUDIO);
    let Some(route) = paid else { return Ok(()) };
    let asks_for = format!("{} asks {} for {} credits", card.id, route.upstream, admitted.accepted.price);
    output::note(&format!("{asks_for}, which are real money there."));
    if yes {
        return Ok(());
    }
    match output::agreed()? {
        Some(true) => Ok(()),
        Some(false) => Err(Failure::Interrupted("nothing was created and nothing was spent".into())),
        None => Err(Failure::Usage(format!("{asks_for}; add --yes to agree"))),
    }
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
