//! The playground in a real Chromium: what its pages do, and that everybody can use them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::clients::is_there;
use crate::gate::{Gate, filmgate, printed};

const CLIENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

/// Whether there is a browser, and what drives it.
fn can_browse() -> bool {
    let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    let modules = Path::new(CLIENTS).join("node_modules");
    let how = "run `npm ci` in crates/filmgate/tests/clients";
    is_there(Path::new(&chromium), "Chromium (Debian: apt-get install chromium)")
        && is_there(&modules.join("playwright-core"), how)
        && is_there(&modules.join("axe-core"), how)
}

/// Runs the claims of one file against a server; each claim prints whether it holds.
fn claims_hold(name: &str, gate: &Gate, arguments: &[&str]) {
    let program = Path::new("playground").join(name).with_extension("mjs");
    let ran = Command::new("node")
        .arg(program)
        .arg(format!("http://{}", gate.address))
        .args(arguments)
        .current_dir(CLIENTS)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    assert!(said.contains("holds: "), "{said}");
}

fn claims_hold_in_the_emulator(name: &str) {
    if !can_browse() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    claims_hold(name, &Gate::dev(folder.path()), &[]);
}

#[test]
fn a_first_visit_ends_with_a_playing_film_whatever_comes_between() {
    claims_hold_in_the_emulator("first");
}

#[test]
fn forms_make_what_they_say() {
    claims_hold_in_the_emulator("forms");
}

#[test]
fn one_press_is_one_task_at_the_price_that_was_shown() {
    claims_hold_in_the_emulator("press");
}

#[test]
fn pages_of_films_stay_true_and_in_order_while_they_are_open() {
    claims_hold_in_the_emulator("films");
}

#[test]
fn everybody_can_use_every_page() {
    claims_hold_in_the_emulator("people");
}

#[test]
fn every_code_sample_makes_the_task_of_its_form() {
    if !can_browse() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(&folder.path().join("data"));
    let local = folder.path().join("local");
    claims_hold("samples", &gate, &["", env!("CARGO_BIN_EXE_filmgate"), local.to_str().unwrap()]);
}

#[test]
fn an_account_looks_after_its_keys_credits_and_webhooks() {
    if !can_browse() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut serve = filmgate();
    serve
        .env("FILMGATE_ROUTES_DEFAULT", "studio")
        .env("FILMGATE_STUDIO_RENDERS", "0")
        .env("FILMGATE_NETWORK_ALLOW", "127.0.0.0/8");
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data"));
    let gate = Gate::start(&mut serve);
    let made: Value =
        serde_json::from_str(&printed(folder.path(), &["keys", "create", "team", "--json"])).unwrap();
    printed(folder.path(), &["credits", "grant", "team", "10000"]);
    claims_hold("account", &gate, &["", made["key"].as_str().unwrap()]);
}
