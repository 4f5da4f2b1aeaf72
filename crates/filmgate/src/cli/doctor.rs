//! `filmgate doctor`: what is configured, reachable and sound, without spending anything.

use filmgate_domain::audit;
use filmgate_domain::catalogue::Dialect;
use filmgate_domain::task::Phase;
use serde::Serialize;

use super::{Everywhere, Failure, Outcome, output, session};
use crate::app::App;
use crate::upstreams::Gate;

/// What was found of one upstream.
#[derive(Serialize)]
struct UpstreamView {
    name: String,
    dialect: &'static str,
    address: String,
    /// It answers, and it takes the key.
    usable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    balance: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    models: Vec<String>,
    on_doubt: String,
}

#[derive(Serialize)]
struct Report {
    healthy: bool,
    data: String,
    ledger_holds: bool,
    in_doubt: usize,
    callbacks: Option<String>,
    upstreams: Vec<UpstreamView>,
    notes: Vec<String>,
}

pub(super) fn run(everywhere: &Everywhere) -> Outcome {
    let config = everywhere.load()?;
    let app = session::open_with(&config, config.routes.clone())?;
    let upstreams = session::runtime()?.block_on(async {
        let mut found = Vec::new();
        for gate in app.upstreams.all() {
            found.push(look_at(&app, gate).await);
        }
        found
    });
    let violations = audit::violations(&app.store.facts()?);
    let in_doubt = app.store.records(&filmgate_store::TaskFilter {
        phase: Some(Phase::InDoubt.word().into()),
        limit: 1_000,
        account: None,
    })?;
    let report = Report {
        healthy: violations.is_empty() && upstreams.iter().all(|upstream| upstream.problem.is_none()),
        data: config.data.display().to_string(),
        ledger_holds: violations.is_empty(),
        in_doubt: in_doubt.len(),
        callbacks: app.public_url.clone(),
        notes: notes(&app, everywhere, in_doubt.len()),
        upstreams,
    };
    if everywhere.json {
        output::json(&report)?;
    } else {
        print(&report)?;
    }
    if report.healthy {
        Ok(())
    } else {
        Err(Failure::Task("something needs your attention; see above".into()))
    }
}

/// Asks an upstream what is free to ask.
async fn look_at(app: &App, gate: &Gate) -> UpstreamView {
    let (balance, problem) = match gate.read_balance(app.now()).await {
        Some(Ok(balance)) => (Some(balance), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, gate.remote.knock().await.err()),
    };
    let today = app.now().day();
    let offered = app.catalogue.cards().iter().filter(|card| {
        card.refused.is_none()
            && card.route(Dialect::Studio).is_some()
            && gate.offer.model(card, today).is_ok()
    });
    UpstreamView {
        name: gate.offer.name.clone(),
        dialect: gate.offer.dialect.word(),
        address: gate.remote.address(),
        usable: problem.is_none(),
        balance: balance.map(filmgate_domain::credits::Credits::as_f64),
        problem,
        models: offered.map(|card| card.id.clone()).collect(),
        on_doubt: serde_json::json!(gate.policy.on_doubt).as_str().unwrap_or_default().to_owned(),
    }
}

fn notes(app: &App, everywhere: &Everywhere, in_doubt: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if app.upstreams.all().next().is_none() {
        notes.push("no upstream is configured: set KIE_API_KEY or FILMGATE_ENGINE_URL; the embedded studio needs nothing".into());
    } else if app.public_url.is_none() {
        notes.push("FILMGATE_PUBLIC_URL is not set, so upstreams cannot call back: a lost reply is parked until it is found or its time ends".into());
    }
    if app.store.was_restored().unwrap_or(false) {
        notes.push("the database is older than its folder: it was restored from a copy. At the next start of `serve`, paid tasks that it calls unsent are in doubt until released".into());
    }
    if in_doubt > 0 {
        let list = everywhere.command("tasks list --phase in_doubt");
        notes.push(format!(
            "{in_doubt} tasks are in doubt; `{list}` shows them, `filmgate tasks resolve` decides"
        ));
    }
    notes.extend(app.policy.warnings(&app.catalogue, app.now().day()));
    notes
}

fn print(report: &Report) -> Outcome {
    output::line(format!("data       {}", report.data))?;
    output::line(format!(
        "ledger     {}",
        if report.ledger_holds {
            "every credit is explained"
        } else {
            "BROKEN: see `filmgate credits verify`"
        }
    ))?;
    output::line(format!("callbacks  {}", report.callbacks.as_deref().unwrap_or("none: no public address")))?;
    output::line("studio     built in, needs no key")?;
    for upstream in &report.upstreams {
        let state = match (&upstream.problem, upstream.balance) {
            (Some(problem), _) => format!("NOT USABLE: {problem}"),
            (None, Some(balance)) => format!("reachable, balance {balance} credits"),
            (None, None) => "reachable".into(),
        };
        output::line(format!("{:<10} {} ({}): {state}", upstream.name, upstream.address, upstream.dialect))?;
        output::line(format!("           {} models, doubts: {}", upstream.models.len(), upstream.on_doubt))?;
    }
    report.notes.iter().try_for_each(|note| output::line(format!("note       {note}")))
}
