//! `cargo xtask bench upstream`: how soon a client sees what an upstream has finished, with ten thousand open tasks.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use crate::run::{Server, filmgate, now, output, target, timed};
use crate::talk::Line;

const GATE: &str = "127.0.0.1:24243";
const FAKE: &str = "127.0.0.1:24244";
const FAKE_PORT: &str = "24244";
const OPEN: usize = 10_000;
const CLIENTS: usize = 16;
/// So many jobs are finished, one each pace.
const FINISHED: usize = 2_000;
const PACE: Duration = Duration::from_millis(10);
/// Nobody asks for one task more often than this.
const GLANCE: Duration = Duration::from_millis(50);
/// One poll interval with so many open tasks, a quarter more or less (`crates/domain/src/upstream/pace.rs`).
const INTERVAL_S: usize = OPEN / 500;

/// Measures with callbacks and without them.
pub(crate) fn upstream() -> anyhow::Result<()> {
    measure("once", "with callbacks (goal p95 1 s)")?;
    measure("none", &format!("by polling (goal: one poll interval, {INTERVAL_S} s and a quarter)"))
}

/// A task that is open at the upstream.
struct Open {
    id: String,
    job: String,
}

fn measure(callbacks: &str, title: &str) -> anyhow::Result<()> {
    let data = target().join("bench-upstream");
    drop(std::fs::remove_dir_all(&data));
    let options = ["--port", FAKE_PORT, "--run-ms", "none", "--callbacks", callbacks];
    let _fake = Server::start(Command::new(target().join("release/fake-upstream")).args(options), FAKE)?;
    let key = account(&data)?;
    let mut serve = Command::new(filmgate());
    serve.args(["serve", "--listen", GATE, "--data"]).arg(&data).envs([
        ("FILMGATE_PUBLIC_URL", format!("http://{GATE}").as_str()),
        ("KIE_API_KEY", "fake-key"),
        ("KIE_BASE_URL", format!("http://{FAKE}").as_str()),
        ("FILMGATE_UPSTREAMS_KIE_CREATES_PER_10S", "0"),
    ]);
    let _gate = Server::start(&mut serve, GATE)?;
    let (open, took) = timed(|| create(&key))?;
    println!("{title}: {OPEN} tasks open at the upstream after {:.0} s", took.as_secs_f64());
    let (sender, finished) = channel();
    let seen = std::thread::scope(|scope| {
        let finish = scope.spawn(|| -> anyhow::Result<()> {
            let mut fake = Line::to(FAKE, "")?;
            let start = now();
            for (number, Open { id, job }) in (0_u32..).zip(open.into_iter().take(FINISHED)) {
                std::thread::sleep((start + PACE * number).saturating_duration_since(now()));
                fake.post(&format!("/_fake/finish?job={job}"), "")?;
                sender.send((id, now()))?;
            }
            drop(sender);
            Ok(())
        });
        let seen = watch(&key, &finished);
        finish.join().map_err(|_| anyhow::anyhow!("finishing the jobs failed"))??;
        seen
    })?;
    report(seen);
    let verify = Command::new(filmgate()).args(["credits", "verify", "--data"]).arg(&data).status()?;
    ensure!(verify.success(), "credits verify failed: {verify}");
    Ok(())
}

/// An account with credits for all tasks; its key.
fn account(data: &Path) -> anyhow::Result<String> {
    let run = |words: &[&str]| output(Command::new(filmgate()).args(words).arg("--data").arg(data));
    let key: Value = serde_json::from_str(&run(&["keys", "create", "bench", "--json"])?)?;
    run(&["credits", "grant", "bench", "10000000"])?;
    Ok(key["key"].as_str().context("a new key is shown")?.to_owned())
}

/// Creates all tasks and waits until the upstream has every one of them.
fn create(key: &str) -> anyhow::Result<Vec<Open>> {
    let create = |first: usize| -> anyhow::Result<Vec<(String, String)>> {
        let mut gate = Line::to(GATE, key)?;
        let numbers = (first..OPEN).step_by(CLIENTS);
        let create = |number: usize| {
            let prompt = format!("A red boat at sea, number {number}");
            let body = json!({ "model": "veo-3-1", "input": { "prompt": prompt } }).to_string();
            let reply = gate.post("/api/v1/jobs/createTask", &body)?;
            let id = reply["data"]["taskId"].as_str().with_context(|| reply.to_string())?;
            Ok((prompt, id.to_owned()))
        };
        numbers.map(create).collect()
    };
    let ids: BTreeMap<String, String> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|first| scope.spawn(move || create(first))).collect();
        let created = clients
            .into_iter()
            .map(|client| client.join().map_err(|_| anyhow::anyhow!("a client failed"))?);
        anyhow::Ok(created.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect())
    })?;
    let (mut fake, start) = (Line::to(FAKE, "")?, now());
    loop {
        let ledger = fake.get("/_fake/ledger")?;
        let jobs = ledger.as_array().context("the ledger is a list")?;
        if jobs.len() >= OPEN {
            let open = |job: &Value| {
                let id = ids.get(job["prompt"].as_str()?)?.clone();
                Some(Open { id, job: job["job"].as_str()?.to_owned() })
            };
            let open: Vec<Open> = jobs.iter().filter_map(open).collect();
            ensure!(open.len() == OPEN && jobs.len() == OPEN, "{} jobs of {} tasks", jobs.len(), open.len());
            return Ok(open);
        }
        ensure!(start.elapsed() < Duration::from_secs(300), "only {} jobs after five minutes", jobs.len());
        std::thread::sleep(Duration::from_millis(500));
    }
}

/// Reads the records of finished jobs' tasks again and again, as clients do, until each says success. How long each took.
fn watch(key: &str, finished: &Receiver<(String, Instant)>) -> anyhow::Result<Vec<Duration>> {
    let mut gate = Line::to(GATE, key)?;
    let (mut unseen, mut seen, mut more) = (VecDeque::new(), Vec::new(), true);
    while more || !unseen.is_empty() {
        let round = now();
        loop {
            match finished.try_recv() {
                Ok(task) => unseen.push_back(task),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    more = false;
                    break;
                }
            }
        }
        for _ in 0..unseen.len() {
            let Some((id, since)) = unseen.pop_front() else { break };
            let record = gate.get(&format!("/api/v1/jobs/recordInfo?taskId={id}"))?;
            if record["data"]["state"] == "success" {
                seen.push(since.elapsed());
            } else {
                ensure!(
                    since.elapsed() < Duration::from_secs(60),
                    "task {id} is not done a minute later: {record}"
                );
                unseen.push_back((id, since));
            }
        }
        std::thread::sleep(GLANCE.saturating_sub(round.elapsed()));
    }
    Ok(seen)
}

fn report(mut seen: Vec<Duration>) {
    seen.sort_unstable();
    let at = |percent: usize| {
        let place = (seen.len() * percent / 100).min(seen.len().saturating_sub(1));
        seen.get(place).copied().unwrap_or_default().as_secs_f64()
    };
    println!(
        "{} finished at {:.0}/s: the client sees success after p50 {:.2} s, p95 {:.2} s, at most {:.2} s",
        seen.len(),
        1.0 / PACE.as_secs_f64(),
        at(50),
        at(95),
        at(100)
    );
}
