//! `filmgate webhooks`: what clients were told, telling it again, and what it is signed with.

mod verify;

use clap::Subcommand;
use filmgate_domain::delivery::DeliveryId;
use filmgate_domain::id::TaskId;
use filmgate_store::{DeliveryLine, Try};
use serde::Serialize;

use super::{Everywhere, Failure, Outcome, output, session};
use crate::service::endpoints::new_secret;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// List deliveries, the newest first
    List {
        /// Only those of this task
        #[arg(long, value_name = "ID")]
        task: Option<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
    },
    /// Deliver again, whatever has become of the delivery; a running server does it within a second
    Replay {
        /// The delivery, as listed
        id: String,
    },
    /// Check the signatures of a delivery, for people who write receivers
    Verify(verify::Arguments),
    /// Show what an account's callbacks are signed with; the first call makes the secret
    Secret {
        /// The account's name
        account: String,
        /// Make another one; the old one is signed with for another 24 hours
        #[arg(long)]
        rotate: bool,
    },
}

/// A delivery as programs see it.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    task: String,
    event: &'static str,
    account: &'a str,
    url: &'a str,
    state: &'static str,
    created_ms: i64,
    due_ms: Option<i64>,
    ended_ms: Option<i64>,
    tries: Vec<TryLine<'a>>,
}

#[derive(Serialize)]
struct TryLine<'a> {
    at_ms: i64,
    took_ms: i64,
    status: Option<u16>,
    fault: Option<&'a str>,
}

#[derive(Serialize)]
struct SecretLine<'a> {
    account: &'a str,
    secret: &'a str,
    old_until_ms: Option<i64>,
}

pub(super) fn run(everywhere: &Everywhere, action: Action) -> Outcome {
    match action {
        Action::List { task, limit } => list(everywhere, task.as_deref(), limit),
        Action::Replay { id } => replay(everywhere, &id),
        Action::Verify(arguments) => verify::run(everywhere, &arguments),
        Action::Secret { account, rotate } => secret(everywhere, &account, rotate),
    }
}

fn list(everywhere: &Everywhere, task: Option<&str>, limit: usize) -> Outcome {
    let app = session::open(everywhere)?;
    let lines = match task {
        None => app.store.deliveries(limit)?,
        Some(text) => {
            let id = TaskId::parse(text.trim_start_matches("video_"));
            let id = id.ok_or_else(|| Failure::Usage(format!("\"{text}\" is no task id")))?;
            app.store.deliveries_of(id)?.into_iter().take(limit).collect()
        }
    };
    if everywhere.json {
        return lines.iter().try_for_each(|line| output::json(&view(line)));
    }
    let head = ["delivery", "event", "account", "state", "tries", "last", "next", "url"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(lines.iter().map(|line| {
        vec![
            line.id.to_string(),
            line.id.event.word().to_owned(),
            line.account.clone(),
            line.state.word().to_owned(),
            line.tries.len().to_string(),
            line.tries.last().map(last).unwrap_or_default(),
            line.due.map(output::moment).unwrap_or_default(),
            line.url.clone(),
        ]
    }));
    output::table(&rows)
}

fn last(tried: &Try) -> String {
    match (tried.status, &tried.fault) {
        (Some(status), _) => format!("{status} in {} ms", tried.took_ms),
        (None, fault) => fault.clone().unwrap_or_default(),
    }
}

fn view(line: &DeliveryLine) -> Line<'_> {
    let tries = line.tries.iter().map(|tried| TryLine {
        at_ms: tried.at.0,
        took_ms: tried.took_ms,
        status: tried.status,
        fault: tried.fault.as_deref(),
    });
    Line {
        id: line.id.to_string(),
        task: line.id.task.to_string(),
        event: line.id.event.word(),
        account: &line.account,
        url: &line.url,
        state: line.state.word(),
        created_ms: line.created.0,
        due_ms: line.due.map(|due| due.0),
        ended_ms: line.ended.map(|ended| ended.0),
        tries: tries.collect(),
    }
}

fn replay(everywhere: &Everywhere, id: &str) -> Outcome {
    let app = session::open(everywhere)?;
    let known = DeliveryId::parse(id);
    let replayed = match known {
        Some(known) => session::runtime()?.block_on(app.store.replay(known, app.now()))?,
        None => false,
    };
    if !replayed {
        let all = everywhere.command("webhooks list");
        return Err(Failure::Task(format!("there is no delivery {id}; `{all}` shows all")));
    }
    output::line(format!("{id} is delivered again"))
}

fn secret(everywhere: &Everywhere, name: &str, rotate: bool) -> Outcome {
    let app = session::open(everywhere)?;
    let Some(account) = app.store.account_number(name)? else {
        return Err(Failure::Task(format!(
            "there is no account \"{name}\"; `filmgate keys create {name}` makes it"
        )));
    };
    let secrets = match app.store.secrets(account)? {
        Some(secrets) if !rotate => secrets,
        _ => {
            let write = app.store.rotate_secret(account, new_secret(&app.random), true, app.now());
            session::runtime()?.block_on(write)?
        }
    };
    let old_until = secrets.old.as_ref().map(|(_, until)| *until).filter(|until| app.now() < *until);
    if everywhere.json {
        let old_until_ms = old_until.map(|until| until.0);
        return output::json(&SecretLine { account: name, secret: &secrets.secret, old_until_ms });
    }
    if let Some(until) = old_until {
        output::note(&format!(
            "The secret before it is signed with, too, until {} UTC.",
            output::moment(until)
        ));
    }
    output::line(&secrets.secret)
}
