//! The programs of a report run as they are printed: each creates a film at an upstream and finds its link.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use filmgate::survey::ask::{self, Desk, Terms};
use filmgate::survey::keep::Taken;
use filmgate::survey::render;
use filmgate::upstreams::Upstreams;
use filmgate::{SystemClock, catalogue};
use filmgate_domain::catalogue::Dialect;
use filmgate_domain::doubt::UpstreamPolicy;
use filmgate_domain::route::Offer;
use filmgate_domain::survey::UpstreamRow;
use filmgate_fake::{Fake, Market};
use filmgate_providers::guard::Guard;
use filmgate_providers::http::{Base, Client};
use filmgate_providers::kie::Kie;
use filmgate_providers::openai::OpenAi;
use filmgate_providers::pictures::Pictures;
use filmgate_providers::remote::{HttpRemote, Remote};

use super::super::site::{UPSTREAM_KEY, fake};
use crate::clients::is_there;

/// The row of a fake, surveyed in this dialect.
fn surveyed(upstream: &Fake, dialect: Dialect) -> UpstreamRow {
    let catalogue = catalogue::load().unwrap();
    let guard = Guard::new(Vec::new()).unwrap();
    let path = if dialect == Dialect::Kie { "" } else { "/v1" };
    let base = Base::parse(&format!("{}{path}", upstream.url())).unwrap();
    let parts = (Client::new(guard.clone()), (base.clone(), base), Pictures::new(guard, "".into()));
    let (client, bases, pictures) = parts;
    let via = "1.1 filmgate-test".to_owned();
    let remote: Box<dyn Remote> = match dialect {
        Dialect::Kie => {
            Box::new(HttpRemote::new(Kie::new(UPSTREAM_KEY.into()), client, bases, pictures, via))
        }
        _ => {
            let adapter =
                OpenAi::new(Some(UPSTREAM_KEY.into()), Default::default(), Default::default(), false);
            Box::new(HttpRemote::new(adapter, client, bases, pictures, via))
        }
    };
    let name = if dialect == Dialect::Kie { "kie" } else { "engine" };
    let mut upstreams = Upstreams::default();
    let offer = Offer { name: name.into(), dialect, models: Default::default() };
    upstreams.add(offer, UpstreamPolicy::default(), 0, remote);
    let clock = SystemClock::new(1);
    let nowhere = tempfile::tempdir().unwrap();
    let taken = Taken::of(nowhere.path());
    let desk = Desk { catalogue: &catalogue, clock: &clock, taken: &taken, progress: &|_, _, _, _| {} };
    let terms = Terms { models: Vec::new(), requests_max: 20, verify_402: false, pace: Duration::ZERO };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let gates = [(upstreams.get(name).unwrap().as_ref(), false)];
    let mut survey = runtime.block_on(ask::survey(desk, &gates, &terms)).unwrap();
    survey.upstreams.remove(0)
}

/// Runs every program that this machine can run; how many did.
fn run_all(upstream: &Fake, dialect: Dialect, card: &str) -> usize {
    let catalogue = catalogue::load().unwrap();
    let row = surveyed(upstream, dialect);
    let model = row.models.iter().find(|row| row.card == card).unwrap().model.clone();
    let folder = tempfile::tempdir().unwrap();
    let mut ran = 0;
    for example in render::examples(&row, catalogue.find(card).unwrap(), &model) {
        let path = folder.path().join(example.file);
        std::fs::write(&path, &example.code).unwrap();
        let (program, package) = match path.extension().and_then(|ending| ending.to_str()) {
            Some("sh") => ("/bin/sh", "a shell"),
            Some("py") => ("/usr/bin/python3", "Python 3 (Debian: apt-get install python3)"),
            Some("mjs" | "ts") => ("/usr/bin/node", "Node.js (Debian: apt-get install nodejs)"),
            // What it depends on is not among our own packages.
            _ => continue,
        };
        if !is_there(Path::new(program), package) {
            continue;
        }
        let mut command = Command::new(program);
        command.arg(&path).env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").stdin(Stdio::null());
        command.env("KIE_API_KEY", UPSTREAM_KEY).env("FILMGATE_ENGINE_KEY", UPSTREAM_KEY);
        let output = command.current_dir(folder.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success(),
            "{}: {}\n{said}",
            example.file,
            String::from_utf8_lossy(&output.stderr)
        );
        ran += 1;
        assert_eq!(upstream.handle().jobs().len(), ran, "{}: one create each", example.file);
        let job = &upstream.handle().jobs()[ran - 1];
        assert!(said.contains("/film/") || said.contains(&job.id), "{}: {said}", example.file);
        assert_eq!(job.order.model, model);
    }
    ran
}

#[test]
fn the_programs_of_a_report_make_films() {
    for (dialect, card) in [
        (Dialect::Kie, "sora-2-text-to-video"),
        (Dialect::Kie, "sora-2-image-to-video"),
        (Dialect::Kie, "veo3_fast"),
        (Dialect::Openai, "sora-2-text-to-video"),
    ] {
        // Finished at the first read: the programs wait for seconds between two of them.
        let upstream = fake(|behaviour| {
            behaviour.run_ms = Some(0);
            behaviour.market = Some(Market::october_2025());
        });
        assert!(run_all(&upstream, dialect, card) >= 1, "{card}");
    }
}
