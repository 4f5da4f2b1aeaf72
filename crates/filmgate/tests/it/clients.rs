//! Clients written for Kie run unchanged: the mission's own TypeScript against the emulator.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::gate::{Gate, SHORT};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

/// Whether a test package is there. A laptop skips the test aloud, CI fails.
pub(crate) fn is_there(path: &Path, how: &str) -> bool {
    if path.exists() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "with CI=true nothing is skipped: {how}");
    eprintln!("SKIPPED: {how}");
    false
}

#[test]
fn a_film_plays_in_chromium() {
    let chromium = std::env::var_os("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    if !is_there(Path::new(&chromium), "Chromium (Debian: apt-get install chromium)")
        || !is_there(
            &Path::new(FOLDER).join("node_modules/playwright-core"),
            "run `npm ci` in crates/filmgate/tests/clients",
        )
    {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = gate.post("/api/v1/veo/generate", SHORT)["data"]["taskId"].as_str().unwrap().to_owned();
    let record = crate::kie::wait_veo(&gate, &id);
    let link = record["response"]["resultUrls"][0].as_str().unwrap();
    let played = Command::new("node").args(["play.mjs", link]).current_dir(FOLDER).output().unwrap();
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    let seen: Value = serde_json::from_slice(&played.stdout).unwrap();
    assert_eq!((&seen["width"], &seen["height"], &seen["corrupted"]), (&json!(1280), &json!(720), &json!(0)));
    assert!((seen["duration"].as_f64().unwrap() - 4.0).abs() < 0.001, "{seen}");
}

#[test]
fn the_missions_typescript_runs_unchanged() {
    let folder = Path::new(FOLDER);
    let compiler = folder.join("node_modules/.bin/tsc");
    if !is_there(&compiler, "run `npm ci` in crates/filmgate/tests/clients") {
        return;
    }
    let data = tempfile::tempdir().unwrap();
    let compiled = Command::new(compiler)
        .args(["--project", ".", "--outDir"])
        .arg(data.path().join("js"))
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(compiled.status.success(), "{}", String::from_utf8_lossy(&compiled.stdout));
    let gate = Gate::dev(&data.path().join("data"));
    let client = Command::new("node")
        .arg(data.path().join("js/kie.js"))
        .env("KIE_BASE_URL", format!("http://{}", gate.address))
        .env("KIE_API_KEY", "typescript")
        .output()
        .unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&client.stdout), String::from_utf8_lossy(&client.stderr));
    assert!(client.status.success(), "{said}{complained}");
    assert!(
        said.contains("credits 1000") && said.contains("/files/") && said.contains("video/mp4"),
        "{said}"
    );
    assert!(said.contains("refused: The current credits are insufficient. Please top up."), "{said}");
}
