//! Batches: what one request for several films may cost, and what becomes of it when its caller or its key has gone.

use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Here, key, short};
use crate::gate::{Gate, filmgate};

/// A server that takes one create in ten seconds, so that the second film of a batch has to wait.
fn one_at_a_time(folder: &Path) -> Here {
    let mut serve = filmgate();
    serve.env("FILMGATE_ROUTES_DEFAULT", "studio").env("FILMGATE_STUDIO_RENDERS", "0");
    serve.env("FILMGATE_LIMITS_CREATES_PER_10S", "1");
    Here::new(Gate::start(
        serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.join("data")),
    ))
}

/// Waits until the account has so many films, and gives their number of credits.
fn until_there_are(here: &Here, bearer: &str, count: usize) -> f64 {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        let list = here.ask(bearer, ("get", "/filmgate/v1/tasks"), &Value::Null).json();
        let tasks = list["tasks"].as_array().unwrap();
        if tasks.len() == count {
            return tasks.iter().map(|task| task["credits"].as_f64().unwrap()).sum();
        }
        assert!(Instant::now() < deadline && tasks.len() < count, "{count} films: {list}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn account(folder: &Path) -> String {
    let key = key(folder, "team");
    crate::gate::printed(folder, &["credits", "grant", "team", "1000"]);
    key
}

#[test]
fn a_batch_ends_with_the_key_that_asked_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let here = one_at_a_time(folder.path());
    let owner = account(folder.path());
    let made = here.ask(&owner, ("post", "/filmgate/v1/keys"), &json!({})).json();
    let (id, leaked) = (made["id"].as_str().unwrap(), made["key"].as_str().unwrap());
    let batch = json!({"requests": [short(), short(), short()]});
    let answer = std::thread::scope(|scope| {
        let asked = scope.spawn(|| here.ask(leaked, ("post", "/filmgate/v1/batches"), &batch).json());
        until_there_are(&here, &owner, 1);
        let revoked = here.ask(&owner, ("delete", &format!("/filmgate/v1/keys/{id}")), &Value::Null);
        assert_eq!(revoked.status, 204);
        asked.join().unwrap()
    });
    let paid = until_there_are(&here, &owner, 1);
    assert_eq!(answer["total"].as_f64(), Some(paid), "{answer}");
    for refused in &answer["tasks"].as_array().unwrap()[1..] {
        assert_eq!(refused["error"]["code"], "key_refused", "{answer}");
    }
}

#[test]
fn a_batch_is_finished_though_nobody_waits_for_it_and_found_under_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let here = one_at_a_time(folder.path());
    let owner = account(folder.path());
    let batch = json!({"requests": [short(), short()]}).to_string();
    let head = format!(
        "POST /filmgate/v1/batches HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {owner}\r\nIdempotency-Key: one\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        here.gate.address,
        batch.len()
    );
    let mut line = TcpStream::connect(&here.gate.address).unwrap();
    line.write_all(format!("{head}{batch}").as_bytes()).unwrap();
    until_there_are(&here, &owner, 1);
    drop(line);
    until_there_are(&here, &owner, 2);
    let bearer = format!("Bearer {owner}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Idempotency-Key", "one"),
        ("Content-Type", "application/json"),
    ];
    let again = here.call(("post", "/filmgate/v1/batches"), &headers, batch.as_bytes()).json();
    assert!(again["tasks"].as_array().unwrap().iter().all(|task| task["id"].is_string()), "{again}");
    until_there_are(&here, &owner, 2);
}
