//! `filmgate tasks resolve`: the operator decides about a task whose submit nobody knows the fate of.

use std::time::Duration;

use clap::Args;
use filmgate_domain::answer::{Evidence, Order, Reading};
use filmgate_domain::attempt::{Attempt, AttemptState};
use filmgate_domain::id::TaskId;
use filmgate_domain::task::Phase;
use filmgate_providers::kie::form_of;
use filmgate_store::{Record, Which};

use super::{Everywhere, Failure, Outcome, output, session, tasks};
use crate::app::App;
use crate::worker::{Worker, advance};

/// How long the server, if one runs, may take to act on the decision.
const LOOKS: u32 = 40;

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("decision").required(true)))]
pub(super) struct Arguments {
    /// The task's id
    id: String,
    /// It is this job of the upstream's: its film becomes the task's
    #[arg(long, group = "decision", value_name = "UPSTREAM_ID")]
    adopt: Option<String>,
    /// Wait no longer: the client's credits are given back, the operator's suspense takes the price
    #[arg(long, group = "decision")]
    fail: bool,
    /// Send it again, which may be paid twice
    #[arg(long, group = "decision")]
    resubmit: bool,
}

pub(super) fn run(app: &std::sync::Arc<App>, everywhere: &Everywhere, arguments: &Arguments) -> Outcome {
    let id = tasks::parse(&arguments.id)?;
    let record = find(app, id)?;
    let attempts = app.store.attempts(record.seq)?.into_iter().rev();
    let doubtful: Vec<Attempt> = attempts.filter(|attempt| attempt.state == AttemptState::Doubtful).collect();
    let Some(newest) = doubtful.first() else {
        return Err(Failure::Task(format!(
            "there is nothing to resolve: task {id} is {}, and none of its attempts is in doubt",
            record.task.phase.word()
        )));
    };
    if !newest.awaited && arguments.adopt.is_none() {
        return Err(Failure::Task(format!(
            "task {id} is {} and waits for attempt {} no longer; it can only be adopted",
            record.task.phase.word(),
            newest.number
        )));
    }
    session::runtime()?.block_on(async {
        let (attempt, order) = match &arguments.adopt {
            Some(job) => (whose(app, &record, &doubtful, job).await?, Order::Adopt { job: job.clone() }),
            None if arguments.fail => (newest, Order::Fail),
            None => (newest, Order::Resubmit),
        };
        let evidence = Evidence::Ordered(order);
        app.store.evidence(record.seq, attempt.number, &evidence, app.now()).await?;
        carry_out(app, id, &record, attempt.number).await
    })?;
    let now = find(app, id)?;
    if everywhere.json {
        return output::json(&serde_json::json!({ "id": id.to_string(), "phase": now.task.phase.word() }));
    }
    output::line(match now.task.phase {
        Phase::InDoubt => format!("{id}: the decision is kept; the server acts on it when it looks next"),
        phase => format!("{id} is {}", phase.word()),
    })
}

fn find(app: &App, id: TaskId) -> Result<Record, Failure> {
    app.store.record(id)?.ok_or_else(|| Failure::Task(format!("there is no task {id}")))
}

/// Which of a task's doubtful attempts a job is: the newest one that it can be, or why it can be none of them.
async fn whose<'a>(
    app: &App,
    record: &Record,
    doubtful: &'a [Attempt],
    job: &str,
) -> Result<&'a Attempt, Failure> {
    let mut why = None;
    for attempt in doubtful {
        match confirm(app, record, attempt, job).await {
            Ok(()) => return Ok(attempt),
            Err(failure) => why = why.or(Some(failure)),
        }
    }
    Err(why.unwrap_or_else(|| Failure::Task(format!("the job {job} is none of this task's"))))
}

/// Only a job that the upstream knows, and that is no other attempt's, can be adopted.
async fn confirm(app: &App, record: &Record, attempt: &Attempt, job: &str) -> Outcome {
    if app.store.job_is_taken(&attempt.upstream, job, (record.seq, attempt.number))? {
        return Err(Failure::Task(format!("the job {job} belongs to another task already")));
    }
    let Some(gate) = app.upstreams.get(&attempt.upstream) else {
        return Err(Failure::Usage(format!("the upstream {} is not configured here", attempt.upstream)));
    };
    let route = record.request.routes.get(attempt.route);
    let card = route.and_then(|route| route.card.as_deref()).unwrap_or(&record.task.model);
    let Some(card) = app.catalogue.find(card) else {
        return Err(Failure::Task(format!("the model card {card} is not in this version's catalogue")));
    };
    let read = gate.remote.read(form_of(card), job, &app.callback_url(attempt.token)).await;
    let (reading, echo) = read.said;
    match (reading, gate.is_not_it(echo)) {
        (Reading::Missing, _) => {
            Err(Failure::Task(format!("the upstream {} does not know the job {job}", attempt.upstream)))
        }
        (Reading::Unclear { why }, _) => {
            Err(Failure::Task(format!("the job {job} could not be read: {why}; nothing was decided")))
        }
        (_, Some(why)) => {
            Err(Failure::Task(format!("the job {job} is somebody else's: {why}; nothing was decided")))
        }
        _ => Ok(()),
    }
}

/// If no server holds the task, this process acts on the decision; else it waits until the server has.
async fn carry_out(app: &std::sync::Arc<App>, id: TaskId, record: &Record, attempt: u32) -> Outcome {
    let node = session::join(app).await?;
    let worker = Worker::new(std::sync::Arc::clone(app), node, 0);
    let mut look = tokio::time::interval(Duration::from_millis(250));
    for _ in 0..LOOKS {
        look.tick().await;
        let attempts = app.store.attempts(record.seq)?;
        let still = attempts
            .iter()
            .any(|known| known.number == attempt && known.state == AttemptState::Doubtful && known.awaited);
        if !still {
            break;
        }
        if let Some(lease) = worker.claim(Which::Only(id), 1).await?.pop() {
            // One step is enough to hear the order; what follows is the server's, or `tasks wait`'s.
            let hold = crate::worker::Hold::new(lease);
            advance::hear(app, node, hold).await?;
        }
    }
    app.store.leave(node).await.map_err(Failure::from)
}
