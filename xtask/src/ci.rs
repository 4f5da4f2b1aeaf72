//! `cargo xtask ci`: what must hold before anything lands, cheapest first.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

use crate::run::{run, timed};
use crate::tidy;

/// The formatter of scripts, as `npm ci` installs it with the test clients.
const PRETTIER: &str = "crates/filmgate/tests/clients/node_modules/.bin/prettier";

/// The playground, its tests, and the programs of the test clients.
const SCRIPTS: &[&str] = &[
    "crates/filmgate/src/http/playground/assets/**/*.js",
    "crates/filmgate/tests/clients/*.{mjs,ts}",
    "crates/filmgate/tests/clients/playground/*.mjs",
    "crates/filmgate/tests/it/openai/*.mjs",
];

/// Runs every step and stops at the first failure.
pub(crate) fn ci() -> anyhow::Result<()> {
    let docs = [("RUSTDOCFLAGS", "-D warnings")];
    step("tidy", tidy::tidy)?;
    step("fmt", || run("cargo", &["fmt", "--all", "--check"], &[]))?;
    step("scripts", || run(PRETTIER, &[&["--check", "--log-level", "warn"], SCRIPTS].concat(), &[]))?;
    let clippy =
        ["clippy", "--workspace", "--all-targets", "--all-features", "--locked", "--", "-D", "warnings"];
    step("clippy", || run("cargo", &clippy, &[]))?;
    step("test", || run("cargo", &["test", "--workspace", "--all-features", "--locked"], &[]))?;
    step("doc", || run("cargo", &["doc", "--workspace", "--no-deps", "--locked"], &docs))
}

fn step(name: &str, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<()> {
    println!("── {name}");
    let ((), took) = timed(work)?;
    println!("── {name}: {:.1} s", took.as_secs_f64());
    Ok(())
}

/// Writes the generated parts of the documents, or checks them: the tests that compare them can also write them.
pub(crate) fn generate(check: bool) -> anyhow::Result<()> {
    let write = [("FILMGATE_GENERATE", "1")];
    let environment: &[(&str, &str)] = if check { &[] } else { &write };
    let domain = ["test", "-q", "-p", "filmgate-domain", "--features", "schema", "--test", "it", "--"];
    let domain = [&domain[..], &["the_architecture_page", "the_survey_schema"]].concat();
    run("cargo", &domain, environment)?;
    let pages = ["test", "-q", "-p", "filmgate", "--test", "it", "--", "the_example_survey", "kies_page"];
    run("cargo", &pages, environment)
}

/// The simulation with more seeds than the tests take.
pub(crate) fn simulate(seeds: u32) -> anyhow::Result<()> {
    let seeds = seeds.to_string();
    let environment = [("FILMGATE_SIM_SEEDS", seeds.as_str())];
    run(
        "cargo",
        &["test", "--release", "-p", "filmgate", "--test", "it", "sim::", "--", "--nocapture"],
        &environment,
    )
}

/// The sweep of the tests, alone and with its table.
pub(crate) fn sweep() -> anyhow::Result<()> {
    run("cargo", &["test", "-p", "filmgate", "--test", "it", "upstream::sweep", "--", "--nocapture"], &[])
}
