//! docs/webhooks.md says what is true: its receivers take what is genuine, and nothing else.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{DEV_SECRET, dev, failing, until};

const PAGE: &str = include_str!("../../../../../docs/webhooks.md");

/// The program of this language on the page.
fn program(language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("\n```").unwrap().0
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Starts the program with a secret, and waits until it listens.
fn start(command: &mut Command, secret: &str, port: u16) -> Running {
    command
        .env("WEBHOOK_SECRET", secret)
        .env("PORT", port.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let running = Running(command.spawn().unwrap());
    let deadline = Instant::now() + Duration::from_secs(30);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < deadline, "the receiver does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    running
}

fn takes_what_is_genuine(interpreter: &str, language: &str, file: &str) {
    if Command::new(interpreter).arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "with CI=true nothing is skipped: {interpreter}");
        eprintln!("SKIPPED: {interpreter} is not there");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    std::fs::write(&path, program(language)).unwrap();
    let port = || std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (right_port, wrong_port) = (port(), port());
    let mut right = start(Command::new(interpreter).arg(&path), DEV_SECRET, right_port);
    let _wrong = start(Command::new(interpreter).arg(&path), "whsec_b3RoZXI=", wrong_port);
    let gate = dev(folder.path(), 1);

    let id = failing(&gate, &format!("http://127.0.0.1:{right_port}/"));
    let line = until(folder.path(), "delivered");
    assert_eq!(line["tries"][0]["status"], 204, "{line:#}");
    let mut told = String::new();
    BufReader::new(right.0.stdout.take().unwrap()).read_line(&mut told).unwrap();
    assert!(told.contains(&id), "{told}");

    let id = failing(&gate, &format!("http://127.0.0.1:{wrong_port}/"));
    let deadline = Instant::now() + Duration::from_secs(30);
    let refused = loop {
        let newest = super::listed(folder.path()).remove(0);
        if newest["task"] == id && newest["tries"][0]["status"] != Value::Null {
            break newest;
        }
        assert!(Instant::now() < deadline, "{newest:#}");
        std::thread::sleep(Duration::from_millis(100));
    };
    assert_eq!(
        (&refused["state"], &refused["tries"][0]["status"]),
        (&Value::from("waiting"), &Value::from(401))
    );
}

#[test]
fn the_python_receiver_takes_what_is_genuine() {
    takes_what_is_genuine("python3", "python", "receiver.py");
}

#[test]
fn the_javascript_receiver_takes_what_is_genuine() {
    takes_what_is_genuine("node", "javascript", "receiver.mjs");
}

#[test]
fn the_page_tells_the_emulators_secret_and_the_pauses() {
    assert!(PAGE.contains(DEV_SECRET));
    assert!(PAGE.contains("5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, 8 h"));
}
