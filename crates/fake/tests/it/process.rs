//! The program and its control routes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::client::{CREATE, address, over, request};

/// A running `fake-upstream`, which is killed when this is dropped.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fake-upstream"));
        let mut child = command.args(options).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("the fake upstream listens on ").unwrap().to_owned();
        Self { child, url }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let stream = TcpStream::connect(address(&self.url)).unwrap();
        let answer = over(&stream, &request(method, path, "", body.to_string().as_bytes()));
        (answer.status, answer.json())
    }

    fn create(&self) -> Value {
        let body = json!({ "model": "m", "input": { "prompt": "a cat" } });
        self.call("POST", CREATE, &body).1["data"]["taskId"].clone()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

#[test]
fn the_program_can_be_watched_and_changed_over_http() {
    let options =
        ["--run-ms", "none", "--cost", "1000", "--balance", "2000", "--engine", "sglang", "--no-list"];
    let process = Process::start(&options);
    let first = process.create();
    assert_eq!(process.call("GET", "/v1/videos", &Value::Null).0, 404);
    let (_, ledger) = process.call("GET", "/_fake/ledger", &Value::Null);
    assert_eq!((&ledger[0]["job"], &ledger[0]["state"]), (&first, &json!("running")));
    assert_eq!((&ledger[0]["cost_thousandths"], &ledger[0]["prompt"]), (&json!(1000), &json!("a cat")));
    assert_eq!(process.call("GET", "/_fake/finished", &Value::Null).1, json!({}));
    let id = first.as_str().unwrap();
    assert_eq!(process.call("POST", &format!("/_fake/finish?job={id}"), &Value::Null).0, 200);
    assert_eq!(process.call("POST", &format!("/_fake/finish?job={id}"), &Value::Null).0, 404);
    assert!(process.call("GET", "/_fake/finished", &Value::Null).1[id].is_i64());
    process.create();
    assert_eq!(process.create(), Value::Null, "the balance is used up");
    assert_eq!(process.call("POST", "/_fake/finish_all", &Value::Null).1, json!({ "ended": 1 }));
}

#[test]
fn behaviour_is_changed_member_by_member_and_unknown_ones_are_refused() {
    let process = Process::start(&["--callbacks", "none"]);
    let change = json!({
        "cost_thousandths": 5,
        "outcome": { "fail": { "code": "500", "text": "no" } },
        "creates": ["accept", { "cut": { "point": "after_accept", "fault": "fin" } }],
    });
    assert_eq!(process.call("POST", "/_fake/behaviour", &change).0, 200);
    assert_eq!(process.call("POST", "/_fake/behaviour", &json!({ "cost": 5, "slow_ms": 9 })).0, 400);
    let (_, behaviour) = process.call("GET", "/_fake/behaviour", &Value::Null);
    assert_eq!((&behaviour["cost_thousandths"], &behaviour["slow_ms"]), (&json!(5), &json!(0)));
    process.create();
    let mut stream = TcpStream::connect(address(&process.url)).unwrap();
    let body = json!({ "model": "m", "input": {} }).to_string();
    stream.write_all(&request("POST", CREATE, "", body.as_bytes())).unwrap();
    assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    let (_, ledger) = process.call("GET", "/_fake/ledger", &Value::Null);
    assert_eq!(ledger.as_array().unwrap().len(), 2);
}

#[test]
fn the_program_can_play_the_market_of_a_month() {
    let november = Process::start(&["--market", "november_2026"]);
    assert_eq!(november.call("GET", "/api/v1/models", &Value::Null).1["data"]["total"], 2);
    let october = Process::start(&["--market", "october_2025"]);
    assert_eq!(october.call("GET", "/api/v1/models", &Value::Null).0, 404);
    let sora = json!({ "model": "sora-2-text-to-video", "input": {} });
    assert_eq!(november.call("POST", CREATE, &sora).1["msg"], "This interface is temporarily paused.");
    assert_eq!(october.call("POST", CREATE, &sora).1["msg"], "This field is required");
    let (_, asked) = october.call("GET", "/_fake/asked", &Value::Null);
    assert_eq!((&asked[1]["path"], asked.as_array().unwrap().len()), (&json!(CREATE), 2));
}

#[test]
fn a_wrong_option_is_explained() {
    for options in [&["--engine", "nobody"][..], &["--market", "nowhere"], &["--port"], &["--nonsense"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_fake-upstream")).args(options).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("fake-upstream [--port N]"), "{options:?}");
    }
}
