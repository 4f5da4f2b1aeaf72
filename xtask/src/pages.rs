//! `cargo xtask bench playground`: how long the playground's pages take with 10,000 tasks in the history, in a real Chromium.
#![expect(clippy::print_stdout, reason = "a tool for developers speaks to its terminal")]

use std::process::Command;

use anyhow::Context as _;

use crate::run::{Server, filmgate, output, run, target};

const ADDRESS: &str = "127.0.0.1:24244";
/// The account that `fill` gives its tasks to.
const ACCOUNT: &str = "million";

pub(crate) fn pages() -> anyhow::Result<()> {
    let data = target().join("bench-pages");
    drop(std::fs::remove_dir_all(&data));
    let fill = target().join("release/examples/fill");
    run(&fill.to_string_lossy(), &[&data.to_string_lossy(), "10000"], &[])?;
    let made =
        output(Command::new(filmgate()).args(["keys", "create", ACCOUNT, "--json", "--data"]).arg(&data))?;
    let made: serde_json::Value = serde_json::from_str(&made)?;
    let key = made["key"].as_str().context("a new key is shown")?;
    let mut serve = Command::new(filmgate());
    serve.env("FILMGATE_ROUTES_DEFAULT", "studio").env("FILMGATE_LIMITS_READS_PER_S", "0");
    serve.args(["serve", "--listen", ADDRESS, "--data"]).arg(&data);
    let _server = Server::start(&mut serve, ADDRESS)?;
    let mut browser = Command::new("node");
    browser.args(["playground/measure.mjs", &format!("http://{ADDRESS}"), "", key]);
    print!("{}", output(browser.current_dir("crates/filmgate/tests/clients"))?);
    std::fs::remove_dir_all(data)?;
    Ok(())
}
