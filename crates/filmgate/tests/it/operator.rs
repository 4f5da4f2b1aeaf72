//! What an operator does: keys, credits, doors that stay shut, commands beside a running server.

use serde_json::{Value, json};

use crate::gate::{CAT, Gate, command, filmgate, printed};

#[test]
fn a_key_works_at_once_and_ends_at_once_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = filmgate();
    serve.env("FILMGATE_ROUTES_DEFAULT", "studio").env("FILMGATE_STUDIO_RENDERS", "0");
    let gate = Gate::start(
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data")),
    );
    let created: Value =
        serde_json::from_str(&printed(folder.path(), &["keys", "create", "team", "--json"])).unwrap();
    assert_eq!(created["name"], "team");
    let bearer = format!("Bearer {}", created["key"].as_str().unwrap());
    let headers = [("Authorization", bearer.as_str())];
    let create = || gate.call("POST", "/api/v1/jobs/createTask", &headers, CAT.as_bytes()).json();
    assert_eq!(create()["code"], 402);
    printed(folder.path(), &["credits", "grant", "team", "45.5"]);
    assert_eq!(create()["code"], 200);
    assert_eq!(gate.call("GET", "/api/v1/chat/credit", &headers, b"").json()["data"], json!(15.5));
    assert_eq!(create()["code"], 402);

    let listed = printed(folder.path(), &["keys", "list"]);
    let id = created["id"].as_str().unwrap();
    assert!(listed.contains(id) && !listed.contains(created["key"].as_str().unwrap()), "{listed}");
    printed(folder.path(), &["keys", "revoke", id]);
    assert_eq!(create()["code"], 401);
    assert_eq!(printed(folder.path(), &["credits", "verify"]), "every credit is explained\n");
    let secret = created["key"].as_str().unwrap().rsplit('_').next().unwrap();
    for file in ["filmgate.sqlite3", "filmgate.sqlite3-wal"] {
        let bytes = std::fs::read(folder.path().join("data").join(file)).unwrap();
        assert!(
            !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
            "{file} holds the secret"
        );
    }
}

#[test]
fn without_a_route_a_create_says_how_to_configure_one() {
    let folder = tempfile::tempdir().unwrap();
    let created: Value =
        serde_json::from_str(&printed(folder.path(), &["keys", "create", "team", "--json"])).unwrap();
    let mut serve = filmgate();
    let gate = Gate::start(
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data")),
    );
    assert!(gate.said.contains("listens on"));
    let bearer = format!("Bearer {}", created["key"].as_str().unwrap());
    let reply =
        gate.call("POST", "/api/v1/jobs/createTask", &[("Authorization", &bearer)], CAT.as_bytes()).json();
    assert_eq!(reply["code"], 500);
    let text = reply["msg"].as_str().unwrap();
    assert!(
        text.starts_with("This interface is temporarily paused.")
            && text.contains("FILMGATE_ROUTES_DEFAULT=studio"),
        "{text}"
    );
}

#[test]
fn doors_that_others_could_open_stay_shut() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (&["serve", "--dev", "--listen", "0.0.0.0:0"][..], "with --dev-key KEY it may"),
        (&["serve", "--listen", "0.0.0.0:0"], "there is no key yet"),
        (&["serve", "--listen", "nowhere"], "\"nowhere\" is not an address"),
        (&["serve", "--dev-credits", "5"], "--dev"),
    ] {
        let output = command(folder.path(), arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.contains(words)), (Some(2), true), "{arguments:?}: {said}");
    }
    let mut open = filmgate();
    open.args(["serve", "--dev", "--dev-key", "sesame", "--listen", "0.0.0.0:0", "--data"])
        .arg(folder.path().join("data"));
    let mut gate = Gate::start(open.env("FILMGATE_STUDIO_RENDERS", "0"));
    gate.address = gate.address.replace("0.0.0.0", "127.0.0.1");
    let create = |key: &str| {
        let headers = [("Authorization", key), ("Host", "films.example")];
        gate.call("POST", "/api/v1/jobs/createTask", &headers, CAT.as_bytes()).json()["code"].clone()
    };
    assert_eq!((create("Bearer sesame"), create("Bearer other")), (json!(200), json!(401)));
}

#[test]
fn a_data_folder_has_one_server() {
    let folder = tempfile::tempdir().unwrap();
    let _gate = Gate::idle(&folder.path().join("data"));
    let second = command(folder.path(), &["serve", "--dev", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(2));
    assert!(String::from_utf8(second.stderr).unwrap().contains("another filmgate serves the data folder"));
}

#[test]
fn health_is_told_to_supervisors_and_sigterm_ends_the_server_in_good_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut gate = Gate::dev(folder.path());
    assert_eq!(gate.call("GET", "/healthz", &[], b"").text(), "ok\n");
    assert_eq!(gate.call("GET", "/readyz", &[], b"").text(), "ready\n");
    let id = gate.create(CAT);
    gate.wait(&id, &["generating"]);
    rustix::process::kill_process(
        rustix::process::Pid::from_child(&gate.child),
        rustix::process::Signal::TERM,
    )
    .unwrap();
    assert!(gate.child.wait().unwrap().success());
    drop(gate);
    let gate = Gate::dev(folder.path());
    gate.wait(&id, &["success"]);
}

#[test]
fn logs_hold_neither_prompts_nor_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = filmgate();
    serve
        .env("RUST_LOG", "trace")
        .args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"));
    let mut child = serve.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut log = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut log, &mut line).unwrap();
    let address = line.trim().rsplit("http://").next().unwrap().to_owned();
    let gate = Gate { child, address, said: line };
    let headers = [("Authorization", "Bearer canary-key-4711")];
    let body = r#"{"model":"sora-2-text-to-video","input":{"prompt":"canary-prompt-4711 [[fail]]"}}"#;
    let id = gate.call("POST", "/api/v1/jobs/createTask", &headers, body.as_bytes()).json()["data"]["taskId"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/api/v1/jobs/recordInfo?taskId={id}");
    while gate.call("GET", &path, &headers, b"").json()["data"]["state"] != "fail" {
        std::thread::yield_now();
    }
    gate.kill();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut log, &mut text).unwrap();
    assert!(text.contains(&id), "the log tells of the task: {text}");
    assert!(!text.contains("4711"), "{text}");
}
