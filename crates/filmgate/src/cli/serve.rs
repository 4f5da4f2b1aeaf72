//! `filmgate serve`: the gateway, or the emulator.

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use filmgate_domain::credits::Credits;
use filmgate_domain::route::{RouteName, RoutePolicy, STUDIO};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Everywhere, Failure, Outcome, output, session};
use crate::app::{App, Dev};
use crate::config::{Config, Source};
use crate::http::{accept, router};
use crate::service::{restored, sweep};
use crate::survey::schedule;
use crate::webhooks::{Deliverer, progress};
use crate::worker::Worker;

/// The role of the one server that a data folder can have.
const ROLE: &str = "serve";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address to listen on [env: `FILMGATE_LISTEN`] [default: 127.0.0.1:2424]
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Be the emulator: every key is a sandbox account, the studio makes every model, scenarios are on
    #[arg(long)]
    dev: bool,
    /// What each sandbox account starts with
    #[arg(long, value_name = "N", default_value = "1000", requires = "dev", value_parser = credits)]
    dev_credits: Credits,
    /// Accept only this key, and allow any address to listen on
    #[arg(long, value_name = "K", requires = "dev", value_parser = visible_key)]
    dev_key: Option<String>,
    /// Run the emulator's clock faster
    #[arg(long, value_name = "X", default_value_t = 1, requires = "dev", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    speed: u32,
}

fn credits(text: &str) -> Result<Credits, String> {
    Credits::parse(text)
        .filter(|credits| credits.0 >= 0)
        .ok_or_else(|| "credits are a number such as 1000 or 0.5".into())
}

/// A key that a header can carry.
fn visible_key(text: &str) -> Result<String, String> {
    let is_visible = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_visible {
        Ok(text.to_owned())
    } else {
        Err("a key consists of visible ASCII characters, without blanks".into())
    }
}

pub(super) fn run(everywhere: &Everywhere, arguments: Arguments) -> Outcome {
    let flags = Source { listen: arguments.listen.clone(), ..Source::default() };
    let config = everywhere.load_with(flags)?;
    let dev = arguments.dev.then_some(Dev {
        first_grant: arguments.dev_credits,
        only_key: arguments.dev_key,
        speed: arguments.speed,
    });
    session::runtime()?.block_on(serve(config, dev))
}

async fn serve(config: Config, dev: Option<Dev>) -> Outcome {
    refuse_public_emulator(&config.listen, dev.as_ref())?;
    if dev.is_none() {
        refuse_itself(&config)?;
    }
    allow_many_connections();
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| Failure::Usage(format!("{} cannot be listened on: {error}", config.listen)))?;
    let listen = listener.local_addr().map_err(|error| Failure::Other(error.into()))?;
    let config = Config { listen, ..config };
    filmgate_store::private_folder(&config.data).map_err(|error| unusable(&config.data, &error))?;
    let _lock = lock(&config.data)?;
    let policy = if dev.is_some() { RoutePolicy::studio() } else { config.routes.clone() };
    let app = Arc::new(App::open(&config, dev, policy, NonZeroUsize::MIN)?);
    refuse_open_door(&app, &listen)?;

    // The lock says that no other server runs, so whatever an earlier one held is free again.
    app.store.leave_role(ROLE, app.now()).await?;
    app.films.sweep().map_err(|error| unusable(&config.data, &error))?;
    let (node, deliverer) = (app.node_number(), app.node_number());
    app.store.join(node, ROLE, app.heart.now()).await?;
    app.store.join(deliverer, ROLE, app.heart.now()).await?;
    let doubted = restored::doubt_what_may_be_sent(&app, node).await?;
    let asked_to_stop = session::hear_signals()?;
    announce(&app, &config);
    if doubted > 0 {
        output::note(&format!(
            "  warning: the database was restored from a copy; {doubted} paid tasks that it calls unsent may be sent, so they are in doubt. `filmgate tasks list --phase in_doubt` shows them, `filmgate tasks resolve ID --resubmit` releases one"
        ));
    }

    let (stop, stopped) = watch::channel(());
    let ended = |mut stopped: watch::Receiver<()>| async move { drop(stopped.changed().await) };
    let worker = Worker::new(Arc::clone(&app), node, config.renders()).run(ended(stopped.clone()));
    let deliveries = Deliverer::new(Arc::clone(&app), deliverer).run(ended(stopped.clone()));
    let news = progress::run(Arc::clone(&app), ended(stopped.clone()));
    let limits = accept::ConnectionLimits::default();
    let surveys = schedule::run(Arc::clone(&app), config.clone(), ended(stopped.clone()));
    let sweeps = sweep::run(Arc::clone(&app), ended(stopped.clone()));
    let http = accept::serve(listener, router::router(Arc::clone(&app)), limits, ended(stopped));
    let signal = async {
        asked_to_stop.await;
        output::note("stopping: requests are finished, films are made again at the next start");
        // Nobody left to tell means that both have ended already.
        let _ = stop.send(());
    };
    let (served, ..) = tokio::join!(http, worker, deliveries, news, surveys, sweeps, signal);
    served.map_err(|error| Failure::Other(error.into()))
}

fn unusable(data: &Path, error: &std::io::Error) -> Failure {
    Failure::Usage(format!("the data folder {} cannot be used: {error}", data.display()))
}

/// Every connection and every film that is sent needs a file descriptor, and the usual soft limit is 1,024.
fn allow_many_connections() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let limits = getrlimit(Resource::Nofile);
    // Where it may not be raised, fewer connections are served.
    let _ = setrlimit(Resource::Nofile, rustix::process::Rlimit { current: limits.maximum, ..limits });
}

/// One server for each data folder; the lock ends with the process, however it ends.
fn lock(data: &Path) -> Result<std::fs::File, Failure> {
    let file = std::fs::File::create(data.join("serve.lock")).map_err(|error| unusable(data, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Failure::Usage(format!(
            "another filmgate serves the data folder {}; choose another with --data",
            data.display()
        ))),
        Err(std::fs::TryLockError::Error(error)) => Err(unusable(data, &error)),
    }
}

fn refuse_public_emulator(listen: &SocketAddr, dev: Option<&Dev>) -> Outcome {
    match dev {
        Some(Dev { only_key: None, .. }) if !listen.ip().is_loopback() => Err(Failure::Usage(format!(
            "the emulator lets every key in, so it listens on this machine only, not on {listen}; with --dev-key KEY it may"
        ))),
        _ => Ok(()),
    }
}

fn refuse_open_door(app: &App, listen: &SocketAddr) -> Outcome {
    if app.dev.is_none() && !listen.ip().is_loopback() && !app.store.has_keys()? {
        return Err(Failure::Usage(format!(
            "{listen} is reachable by others and there is no key yet; make one with `filmgate keys create NAME`"
        )));
    }
    Ok(())
}

fn announce(app: &App, config: &Config) {
    let address = format!("http://{}", config.listen);
    match &app.dev {
        Some(Dev { only_key: Some(_), first_grant, .. }) => output::note(&format!(
            "filmgate's emulator listens on {address}\n  only the key of --dev-key is let in, to a sandbox account with {first_grant} credits; the embedded studio makes every model (test footage, free)"
        )),
        Some(dev) => output::note(&format!(
            "filmgate's emulator listens on {address}\n  every key is a sandbox account with {} credits; the embedded studio makes every model (test footage, free)",
            dev.first_grant
        )),
        None => {
            output::note(&format!("filmgate listens on {address}"));
            announce_upstreams(app);
        }
    }
    output::note(&format!("  tasks, credits and films are kept in {}", config.data.display()));
}

fn announce_upstreams(app: &App) {
    for gate in app.upstreams.all() {
        let dialect = gate.offer.dialect.word();
        output::note(&format!("  upstream {}: {} ({dialect})", gate.offer.name, gate.remote.address()));
    }
    let names_studio = |names: &[RouteName]| names.iter().any(|name| name.upstream == STUDIO);
    let policy = &app.policy;
    if names_studio(&policy.default) || policy.models.values().any(|names| names_studio(names)) {
        output::note("  the embedded studio makes films where a route names it");
    } else if app.upstreams.all().next().is_none() {
        output::note(
            "  no upstream is configured: set KIE_API_KEY or FILMGATE_ENGINE_URL, let the embedded studio make films with FILMGATE_ROUTES_DEFAULT=studio, or use --dev",
        );
    }
    if app.upstreams.all().next().is_some() && app.public_url.is_none() {
        output::note(
            "  FILMGATE_PUBLIC_URL is not set: upstreams cannot call back, so films are noticed by polling and a lost reply is parked",
        );
    }
    for warning in policy.warnings(&app.catalogue, app.now().day()) {
        output::note(&format!("  warning: {warning}"));
    }
}

/// A gateway that is its own upstream would pay itself for ever.
fn refuse_itself(config: &Config) -> Outcome {
    for upstream in &config.upstreams {
        let is_listener = upstream.base.leads_to(&config.listen);
        let is_public = config.public_url.as_deref().is_some_and(|url| upstream.base.is_at(url));
        if is_listener || is_public {
            return Err(Failure::Usage(format!(
                "the upstream {} is this gateway itself ({}); give it another address",
                upstream.offer.name,
                upstream.base.url("")
            )));
        }
    }
    Ok(())
}
