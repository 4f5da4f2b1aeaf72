//! The emulator's scenarios: by header, by prompt, by key; inert without `--dev`.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::gate::{CAT, Gate, filmgate};

const JOBS: &str = "/api/v1/jobs/createTask";

fn with_prompt(prompt: &str) -> String {
    format!(r#"{{"model":"sora-2-text-to-video","input":{{"prompt":"{prompt}"}}}}"#)
}

#[test]
fn a_scenario_is_named_by_header_by_prompt_or_by_key() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for (name, code) in
        [("no-credits", 402), ("bad-key", 401), ("rate-limited", 429), ("maintenance", 455), ("paused", 500)]
    {
        let by_header = [("Authorization", "Bearer test"), ("X-Filmgate-Scenario", name)];
        assert_eq!(gate.call("POST", JOBS, &by_header, CAT.as_bytes()).json()["code"], code, "header {name}");
        let key = format!("Bearer dev-{name}");
        assert_eq!(
            gate.call("POST", JOBS, &[("Authorization", &key)], CAT.as_bytes()).json()["code"],
            code,
            "key {name}"
        );
        assert_eq!(
            gate.post(JOBS, &with_prompt(&format!("a cat [[{name}]]")))["code"],
            code,
            "prompt {name}"
        );
    }
    let paused = gate.post(JOBS, &with_prompt("[[paused]]"));
    assert_eq!(paused["msg"], "This interface is temporarily paused.");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0), "nothing was created");
}

#[test]
fn no_credits_is_told_after_everything_else_and_shows_an_empty_balance() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let key = [("Authorization", "Bearer dev-no-credits")];
    let missing = gate.call("POST", JOBS, &key, br#"{"model":"sora-2-text-to-video","input":{}}"#);
    assert_eq!(missing.json()["msg"], "prompt is required");
    assert_eq!(gate.call("GET", "/api/v1/chat/credit", &key, b"").json()["data"], json!(0.0));
}

#[test]
fn a_scenario_that_does_not_exist_is_said_to_be_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let headers = [("Authorization", "Bearer test"), ("X-Filmgate-Scenario", "earthquake")];
    let reply = gate.call("POST", JOBS, &headers, CAT.as_bytes()).json();
    assert_eq!(reply["code"], 422);
    assert!(reply["msg"].as_str().unwrap().contains("no scenario \"earthquake\""), "{reply}");
    assert_eq!(gate.post(JOBS, &with_prompt("[[earthquake]]"))["code"], 200, "in a prompt it is just text");
}

#[test]
fn fail_and_moderation_fail_later_and_charge_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    for (name, code) in [("fail", "501"), ("moderation", "SENSITIVE_WORD_ERROR")] {
        let id = gate.create(&with_prompt(&format!("[[{name}]]")));
        let record = gate.wait(&id, &["fail", "success"]);
        assert_eq!((&record["state"], &record["failCode"]), (&json!("fail"), &json!(code)));
        assert_eq!((&record["resultJson"], &record["successFlag"]), (&json!(""), &json!(3)));
        assert_eq!(record["creditsConsumed"], json!(0.0));
        assert!(record["failMsg"].as_str().unwrap().contains("othing was charged"), "{record}");
    }
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
}

#[test]
fn garbage_is_no_json_and_creates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let by_key = [("Authorization", "Bearer dev-garbage")];
    let by_header = [("Authorization", "Bearer test"), ("X-Filmgate-Scenario", "garbage")];
    let plain = [("Authorization", "Bearer test")];
    let prompt = with_prompt("a cat [[garbage]]");
    for (method, path, headers, body) in [
        ("POST", JOBS, &by_key[..], CAT),
        ("POST", JOBS, &by_header, CAT),
        ("POST", JOBS, &plain, prompt.as_str()),
        ("POST", "/api/v1/veo/generate", &plain, r#"{"prompt":"[[garbage]]"}"#),
        (
            "POST",
            "/filmgate/v1/tasks",
            &by_header,
            r#"{"model":"sora-2-text-to-video","input":{"prompt":"a cat"}}"#,
        ),
        ("GET", "/api/v1/jobs/recordInfo?taskId=x", &by_key, ""),
        ("GET", "/api/v1/chat/credit", &by_header, ""),
    ] {
        let reply = gate.call(method, path, headers, body.as_bytes());
        assert_eq!(reply.status, 200, "{path}");
        assert!(serde_json::from_slice::<Value>(&reply.body).is_err(), "{path}: {}", reply.text());
    }
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
}

#[test]
fn a_lost_reply_leaves_one_task_and_one_charge_and_a_retry_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let prompt = with_prompt("a cat [[lost-reply]]");
    let key = [("Authorization", "Bearer dev-lost-reply")];
    let header = [("Authorization", "Bearer anna"), ("X-Filmgate-Scenario", "lost-reply")];
    let named = [("Authorization", "Bearer ben"), ("Idempotency-Key", "one")];
    for (headers, body) in [
        (&[("Authorization", "Bearer test")][..], prompt.as_str()),
        (&key, CAT),
        (&header, CAT),
        (&named, &prompt),
    ] {
        assert_eq!(sent(&gate, headers, body), "", "the connection ends without a byte");
        let again = sent(&gate, headers, body);
        assert!(again.to_ascii_lowercase().contains("filmgate-deduplicated: retry"), "{again}");
        assert!(again.contains(r#"{"code":200,"msg":"success""#), "{again}");
        let credit = gate.call("GET", "/api/v1/chat/credit", headers, b"").json();
        assert_eq!(credit["data"], json!(970.0), "{headers:?}");
    }
}

/// What comes back of a create, as it is.
fn sent(gate: &Gate, headers: &[(&str, &str)], body: &str) -> String {
    let mut stream = TcpStream::connect(&gate.address).unwrap();
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "POST {JOBS} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        gate.address,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[test]
fn stuck_runs_and_holds_its_credits_until_the_deadline_of_a_faster_clock() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::fast(folder.path());
    let id = gate.create(&with_prompt("[[stuck]]"));
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(970.0));
    let record = gate.wait(&id, &["fail", "success"]);
    assert_eq!((&record["state"], &record["failCode"]), (&json!("fail"), &json!("408")));
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
}

#[test]
fn stuck_is_being_generated_and_holds_up_no_other_task() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let stuck: Vec<String> = (0..5).map(|_| gate.create(&with_prompt("[[stuck]]"))).collect();
    let failing = gate.create(&with_prompt("[[fail]]"));
    gate.wait(&failing, &["fail"]);
    for id in stuck {
        gate.wait(&id, &["generating"]);
    }
}

#[test]
fn scenarios_are_inert_without_dev() {
    let folder = tempfile::tempdir().unwrap();
    let key: Value =
        serde_json::from_str(&crate::gate::printed(folder.path(), &["keys", "create", "team", "--json"]))
            .unwrap();
    crate::gate::printed(folder.path(), &["credits", "grant", "team", "100"]);
    let mut command = filmgate();
    command.env("FILMGATE_ROUTES_DEFAULT", "studio").env("FILMGATE_STUDIO_RENDERS", "0");
    let gate = Gate::start(
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data")),
    );
    let bearer = format!("Bearer {}", key["key"].as_str().unwrap());
    let headers = [("Authorization", bearer.as_str()), ("X-Filmgate-Scenario", "maintenance")];
    let reply = gate.call("POST", JOBS, &headers, with_prompt("[[paused]]").as_bytes()).json();
    assert_eq!(reply["code"], 200, "{reply}");
    let fake = [("Authorization", "Bearer dev-fail")];
    assert_eq!(gate.call("POST", JOBS, &fake, CAT.as_bytes()).json()["code"], 401);
}
