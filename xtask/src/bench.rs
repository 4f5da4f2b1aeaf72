//! `cargo xtask bench`: the figures of CONTRIBUTING.md, as ratios within one run.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};

use crate::run::{Server, filmgate, now, output, run, target, timed};
use crate::{load, million, pages, upstream};

const GATE: &str = "127.0.0.1:24240";
const BARE: &str = "127.0.0.1:24241";
const SECONDS: u32 = 10;
/// Two figures are compared in many short turns, so that a slow moment of the machine spoils one of them and not the median.
const ROUNDS: usize = 9;
const TURN_SECONDS: u32 = 3;
const CAT: &str = "A cute cat playing in a sunny garden";

/// Measures the named parts.
pub(crate) fn bench(parts: &[&str]) -> anyhow::Result<()> {
    let parts = if parts.is_empty() { &["http", "studio"] } else { parts };
    run("cargo", &["build", "--release", "-q", "-p", "filmgate", "--bins", "--examples"], &[])?;
    run("cargo", &["build", "--release", "-q", "-p", "filmgate-store", "--examples"], &[])?;
    run("cargo", &["build", "--release", "-q", "-p", "filmgate-fake"], &[])?;
    for part in parts {
        println!("── {part}");
        match *part {
            "http" => http()?,
            "studio" => studio()?,
            "million" => million::million()?,
            "upstream" => upstream::upstream()?,
            "playground" => pages::pages()?,
            "build" => build()?,
            other => bail!("there is no part \"{other}\""),
        }
    }
    Ok(())
}

/// The emulator without renders, so that nothing but accepting and answering is measured.
fn emulator(data: &std::path::Path) -> anyhow::Result<Server> {
    let mut command = Command::new(filmgate());
    // The limits are for clients; here a refusal would be all that is measured.
    command.env("FILMGATE_LIMITS_CREATES_PER_10S", "0").env("FILMGATE_LIMITS_READS_PER_S", "0");
    command.args(["serve", "--dev", "--dev-credits", "900000000", "--listen", GATE, "--data"]).arg(data);
    command.env("FILMGATE_STUDIO_RENDERS", "0");
    Server::start(&mut command, GATE)
}

fn http() -> anyhow::Result<()> {
    let data = target().join("bench-data");
    drop(std::fs::remove_dir_all(&data));
    let _gate = emulator(&data)?;
    let _bare = Server::start(Command::new(target().join("release/examples/bare")).arg(BARE), BARE)?;

    let bare = load::create(BARE, 64, SECONDS)?;
    let before = tasks(&data)?;
    let (create, took) = timed(|| load::create(GATE, 64, SECONDS))?;
    let accepted = tasks(&data)? - before;
    let stored = accepted / took.as_secs_f64();
    println!("bare handler, 64 connections: {:.0}/s", bare.per_second);
    println!(
        "createTask, 64 connections: {:.0}/s, p50 {:.2} ms, p99 {:.2} ms",
        create.per_second, create.p50_ms, create.p99_ms
    );
    println!(
        "tasks found in the store: {accepted:.0}, {stored:.0}/s, share of bare {:.2} (goal 0.35)",
        stored / bare.per_second
    );

    let id = newest(&data)?;
    let bare_read = load::read(BARE, &id, 64, SECONDS)?;
    let read = load::read(GATE, &id, 64, SECONDS)?;
    println!(
        "recordInfo, 64 connections: {:.0}/s of {:.0}/s bare, share {:.2} (goal 0.5)",
        read.per_second,
        bare_read.per_second,
        read.per_second / bare_read.per_second
    );

    compare(&data)?;

    let sync_ms = append_and_sync(&data)?;
    let alone = load::create(GATE, 1, SECONDS)?;
    println!(
        "createTask alone: p50 {:.3} ms; a 4 KiB append with fdatasync: p50 {sync_ms:.3} ms; ratio {:.2} (goal 2.5 at most)",
        alone.p50_ms,
        alone.p50_ms / sync_ms
    );
    let verify = Command::new(filmgate()).args(["credits", "verify", "--data"]).arg(&data).status()?;
    ensure!(verify.success(), "credits verify failed: {verify}");
    Ok(())
}

/// OpenAI's dialect beside Kie's. The database grows meanwhile, and what comes second pays for it: each comes first in turn.
fn compare(data: &std::path::Path) -> anyhow::Result<()> {
    let (mut creates, mut reads) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let mut measured = [(0.0, 0.0); 2];
        for turn in 0..2 {
            let is_kie = (round + turn) % 2 == 0;
            measured[usize::from(is_kie)] = turn_of(data, is_kie)?;
        }
        let [(video, retrieved), (job, record)] = measured;
        println!(
            "createTask {job:.0}/s, POST /v1/videos {video:.0}/s in the store; recordInfo {record:.0}/s, GET {retrieved:.0}/s"
        );
        creates.push(video / job);
        reads.push(retrieved / record);
    }
    let median = |mut ratios: Vec<f64>| {
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    };
    println!(
        "OpenAI's dialect as a share of Kie's, median of {ROUNDS}: create {:.2}, read {:.2} (goal 1)",
        median(creates),
        median(reads)
    );
    Ok(())
}

/// Creates that are in the store, and reads, each in a second.
fn turn_of(data: &std::path::Path, is_kie: bool) -> anyhow::Result<(f64, f64)> {
    let before = tasks(data)?;
    let create = if is_kie { load::create } else { load::create_video };
    let (_, took) = timed(|| create(GATE, 64, TURN_SECONDS))?;
    let stored = (tasks(data)? - before) / took.as_secs_f64();
    let read = if is_kie { load::read } else { load::read_video };
    Ok((stored, read(GATE, &newest(data)?, 64, TURN_SECONDS)?.per_second))
}

/// The newest task's id.
fn newest(data: &std::path::Path) -> anyhow::Result<String> {
    let list = output(
        Command::new(filmgate()).args(["tasks", "list", "--limit", "1", "--json", "--data"]).arg(data),
    )?;
    let newest: serde_json::Value = serde_json::from_str(&list)?;
    Ok(newest["id"].as_str().context("the newest task has an id")?.to_owned())
}

/// How many tasks the store holds: every one of them holds 30 credits.
fn tasks(data: &std::path::Path) -> anyhow::Result<f64> {
    let text = output(Command::new(filmgate()).args(["credits", "balance", "--json", "--data"]).arg(data))?;
    let mut held = 0.0;
    for line in text.lines() {
        held += serde_json::from_str::<serde_json::Value>(line)?["held"].as_f64().unwrap_or(0.0);
    }
    Ok(held / 30.0)
}

/// The median of a thousand durable appends to a file beside the database.
fn append_and_sync(data: &std::path::Path) -> anyhow::Result<f64> {
    let path = data.join("yardstick");
    let mut file = std::fs::File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..1_000 {
        let start = now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(path)?;
    times.sort_unstable();
    Ok(times.get(500).copied().unwrap_or(Duration::ZERO).as_secs_f64() * 1_000.0)
}

fn studio() -> anyhow::Result<()> {
    run("cargo", &["build", "--release", "-q", "-p", "filmgate-studio", "--examples"], &[])?;
    let words = [CAT];
    let picture = ["--image", "docs/gallery/pictures/valley-day.jpg", "The camera slowly zooms in"];
    let hd = "10 s of 1280x720 at 24 frames a second";
    for (what, cores, arguments, times, goal) in [
        (format!("{hd}, 1 core"), "0", &words[..], 3, "4 s, 100 MiB"),
        (format!("{hd}, 2 cores"), "0,1", &words, 3, "2.5 s, 100 MiB"),
        (format!("{hd} from a picture, 1 core"), "0", &picture, 3, "5 s, 100 MiB"),
        (
            "8 s of 3840x2160, 2 cores".into(),
            "0,1",
            &[CAT, "--model", "veo3_fast", "--resolution", "4k"],
            1,
            "1024 MiB",
        ),
    ] {
        let (seconds, peak_mib) = films(arguments, cores, times)?;
        println!("{what}: {seconds:.2} s (median of {times}), peak memory {peak_mib} MiB (goal {goal})");
    }
    let mut encoder = Command::new("taskset");
    encoder.args(["-c", "0"]).arg(target().join("release/examples/encoder")).args(["10", CAT]);
    println!("{hd}, 1 core: {}", output(&mut encoder)?.trim());
    Ok(())
}

/// Makes the same film some times: the median of the seconds, and the most memory that one took, in MiB.
fn films(arguments: &[&str], cores: &str, times: usize) -> anyhow::Result<(f64, u64)> {
    let data = target().join("bench-studio");
    drop(std::fs::remove_dir_all(&data));
    std::fs::create_dir_all(&data)?;
    let (mut took, mut peak_kib) = (Vec::new(), 0);
    for _ in 0..times {
        let memory = data.join("peak");
        let mut command = Command::new("taskset");
        command.args(["-c", cores, "/usr/bin/time", "-f", "%M", "-o"]).arg(&memory).arg(filmgate());
        command.arg("generate").args(arguments).arg("-o").arg(data.join("film.mp4"));
        command.arg("--data").arg(data.join("data"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let (status, time) = timed(|| Ok(command.status()?))?;
        ensure!(status.success(), "generate {} failed: {status}", arguments.join(" "));
        took.push(time.as_secs_f64());
        peak_kib = peak_kib.max(std::fs::read_to_string(&memory)?.trim().parse()?);
    }
    took.sort_unstable_by(f64::total_cmp);
    Ok((took.get(times / 2).copied().unwrap_or_default(), peak_kib / 1024))
}

/// From an empty folder to the film, and from there to the tests.
fn build() -> anyhow::Result<()> {
    let folder = target().join("bench-clone");
    drop(std::fs::remove_dir_all(&folder));
    let here = std::env::current_dir()?;
    let fresh = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&folder).env_remove("CARGO_TARGET_DIR");
        timed(|| {
            if command.status()?.success() { Ok(()) } else { bail!("cargo {} failed", arguments.join(" ")) }
        })
    };
    let (_, clone) = timed(|| output(Command::new("git").args(["clone", "-q"]).arg(&here).arg(&folder)))?;
    let film = fresh(&["run", "--release", "-q", "--", "generate", CAT, "--data", "target/data"])?.1;
    println!("from git clone to the film: {:.0} s (goal 240)", (clone + film).as_secs_f64());
    let tests = fresh(&["test", "--workspace", "--all-features", "--no-run", "-q"])?.1;
    println!("the tests' build after that: {:.0} s (goal 180)", tests.as_secs_f64());
    std::fs::OpenOptions::new()
        .append(true)
        .open(folder.join("crates/filmgate/src/lib.rs"))?
        .write_all(b"\n")?;
    let edit = fresh(&["test", "-p", "filmgate", "--no-run", "-q"])?.1;
    println!("edit to test: {:.1} s (goal 5)", edit.as_secs_f64());
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
