//! `kill -9` at any moment: every accepted task still ends, none is charged twice, every credit is explained.

use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::gate::{Gate, filmgate, printed};

/// Fails quickly, so that tasks end without the time that films take.
const QUICK: &str = r#"{"model":"sora-2-text-to-video","input":{"prompt":"[[fail]]"}}"#;

fn serve(folder: &std::path::Path, port: u16) -> Command {
    let mut command = filmgate();
    let listen = format!("127.0.0.1:{port}");
    command
        .args(["serve", "--dev", "--dev-credits", "1000000", "--listen", &listen, "--data"])
        .arg(folder.join("data"));
    command
}

#[test]
fn accepted_tasks_survive_kills_at_random_moments() {
    let folder = tempfile::tempdir().unwrap();
    let accepted = Arc::new(Mutex::new(Vec::<String>::new()));
    for round in 0..8_u64 {
        let gate = Gate::start(&mut serve(folder.path(), 0));
        let (stop, address) = (Arc::new(AtomicBool::new(false)), gate.address.clone());
        let clients: Vec<_> = (0..4)
            .map(|_| {
                let (stop, accepted, address) = (Arc::clone(&stop), Arc::clone(&accepted), address.clone());
                std::thread::spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        if let Some(id) = try_create(&address) {
                            accepted.lock().unwrap().push(id);
                        }
                    }
                })
            })
            .collect();
        // The moment of the kill is what varies; nothing is waited for.
        std::thread::sleep(Duration::from_millis(40 + 37 * round));
        gate.kill();
        stop.store(true, Ordering::Relaxed);
        clients.into_iter().for_each(|client| client.join().unwrap());
    }
    let accepted = accepted.lock().unwrap().clone();
    assert!(accepted.len() > 10, "{} creates were accepted", accepted.len());
    let gate = Gate::start(&mut serve(folder.path(), 0));
    for id in &accepted {
        let record = gate.wait(id, &["fail"]);
        assert_eq!(record["failCode"], json!("501"));
    }
    assert_eq!(printed(folder.path(), &["credits", "verify"]), "every credit is explained\n");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1_000_000.0), "no failed task was charged");
}

/// One create whose reply may never come, because the server is about to be killed.
fn try_create(address: &str) -> Option<String> {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    let head = format!(
        "POST /api/v1/jobs/createTask HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer test\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        QUICK.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(QUICK.as_bytes()).ok()?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).ok()?;
    let body: Value = serde_json::from_str(reply.split_once("\r\n\r\n")?.1).ok()?;
    body["data"]["taskId"].as_str().map(str::to_owned)
}

#[test]
fn a_film_whose_server_was_killed_is_made_again_and_charged_once() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::start(&mut serve(folder.path(), 0));
    let id = gate.create(r#"{"model":"veo-3-1","input":{"prompt":"A boat","duration":4}}"#);
    gate.wait(&id, &["generating"]);
    gate.kill();
    let gate = Gate::start(&mut serve(folder.path(), 0));
    let record = gate.wait(&id, &["success", "fail"]);
    assert_eq!(record["state"], "success");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(999_940.0));
    let task: Value =
        serde_json::from_str(&printed(folder.path(), &["tasks", "get", &id, "--json"])).unwrap();
    assert!(task["attempts"].as_i64() >= Some(2), "the first attempt died with its server: {task}");
    assert_eq!(printed(folder.path(), &["credits", "verify"]), "every credit is explained\n");
}
