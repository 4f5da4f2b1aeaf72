//! Webhooks as receivers and operators see them: the real binary on one side, a small server on the other.

mod commands;
mod delivery;
mod endpoints;
mod guarded;
mod pages;
pub(crate) mod receiver;

use std::path::Path;

use serde_json::Value;

use self::receiver::Receiver;
use crate::gate::{Gate, filmgate, printed};

/// As docs/webhooks.md tells it.
pub(crate) const DEV_SECRET: &str = "whsec_ZmlsbWdhdGUgZW11bGF0b3I6IG5vdCBhIHNlY3JldCE=";
/// The sandbox account of the key `test`.
pub(crate) const ACCOUNT: &str = "sandbox-9f86d081884c7d65";

/// The emulator with its data below this folder, where the commands look for it.
pub(crate) fn dev(folder: &Path, speed: u32) -> Gate {
    let speed = speed.to_string();
    let mut command = filmgate();
    command.args(["serve", "--dev", "--listen", "127.0.0.1:0", "--speed", &speed, "--data"]);
    Gate::start(command.arg(folder.join("data")))
}

/// A job that ends at once, without a film, and tells it there.
pub(crate) fn failing(gate: &Gate, url: &str) -> String {
    job(gate, url, "[[fail]]")
}

pub(crate) fn job(gate: &Gate, url: &str, prompt: &str) -> String {
    let body = serde_json::json!({
        "model": "sora-2-text-to-video", "callBackUrl": url, "input": { "prompt": prompt },
    });
    gate.create(&body.to_string())
}

/// All deliveries, newest first, as `filmgate webhooks list --json` prints them.
pub(crate) fn listed(folder: &Path) -> Vec<Value> {
    let text = printed(folder, &["webhooks", "list", "--json"]);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Waits until the newest delivery is in this state.
pub(crate) fn until(folder: &Path, state: &str) -> Value {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    loop {
        let newest = listed(folder).into_iter().next().unwrap_or_default();
        if newest["state"] == state {
            return newest;
        }
        assert!(std::time::Instant::now() < deadline, "not {state}: {newest:#}");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}

/// A folder, the emulator over it, and a receiver.
pub(crate) fn rig() -> (tempfile::TempDir, Gate, Receiver) {
    let folder = tempfile::tempdir().unwrap();
    let gate = dev(folder.path(), 1);
    (folder, gate, Receiver::new())
}
