//! Clients written for Kie run unchanged: the mission's own TypeScript against the emulator.

use std::path::Path;
use std::process::Command;

use crate::gate::Gate;

#[test]
fn the_missions_typescript_runs_unchanged() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients"));
    let compiler = folder.join("node_modules/.bin/tsc");
    if !compiler.exists() {
        let missing = "npm packages in crates/filmgate/tests/clients (run `npm ci` there)";
        assert!(std::env::var_os("CI").is_none(), "with CI=true nothing is skipped: {missing}");
        eprintln!("SKIPPED: {missing}");
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
