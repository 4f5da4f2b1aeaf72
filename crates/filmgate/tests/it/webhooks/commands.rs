//! `filmgate webhooks`: list, replay, verify, secret.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use super::receiver::Got;
use super::{ACCOUNT, failing, listed, rig, until};
use crate::gate::{command, filmgate, printed};

#[test]
fn a_replay_tells_it_again_under_the_same_id() {
    let (folder, gate, receiver) = rig();
    let task = failing(&gate, &receiver.url("/"));
    let id = until(folder.path(), "delivered")["id"].as_str().unwrap().to_owned();
    assert!(printed(folder.path(), &["webhooks", "replay", &id]).contains(&id));
    let got = receiver.wait(2);
    assert_eq!((got[1].header("webhook-id"), &got[1].body), (id.as_str(), &got[0].body));
    assert_eq!(until(folder.path(), "delivered")["tries"].as_array().unwrap().len(), 2);
    let table = printed(folder.path(), &["webhooks", "list", "--task", &task]);
    assert!(table.contains("video.failed") && table.contains("200 in") && table.contains(&id), "{table}");
    assert_eq!(listed(folder.path()).len(), 1, "a replay is a try, not a delivery");
    for wrong in ["wh_1", &id.replace("_f", "_l"), ""] {
        assert_eq!(command(folder.path(), &["webhooks", "replay", wrong]).status.code(), Some(1), "{wrong}");
    }
}

fn verify(got: &Got, change: &[&str], folder: &Path) -> Output {
    let file = folder.join("body");
    std::fs::write(&file, &got.body).unwrap();
    let headers = got.headers.iter().filter(|(name, _)| name.contains("webhook-"));
    let mut command = filmgate();
    command.args(["webhooks", "verify", "--json"]).args(change);
    for (name, value) in headers {
        command.arg("-H").arg(format!("{name}: {value}"));
    }
    command.arg(&file).output().unwrap()
}

#[test]
fn verify_says_of_each_signature_whether_it_is_right() {
    let (folder, gate, receiver) = rig();
    failing(&gate, &receiver.url("/"));
    let got = receiver.wait(1).remove(0);
    let said = |got: &Got, change: &[&str]| {
        let output = verify(got, change, folder.path());
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        let word = |kind: &str| said[kind].as_str().unwrap().to_owned();
        (output.status.code(), word("standard_webhooks"), word("kie"))
    };
    let right = || "right".to_owned();
    let none = || "no signature matches".to_owned();
    assert_eq!(said(&got, &[]), (Some(0), right(), right()));
    assert_eq!(said(&got, &["--secret", "whsec_b3RoZXI="]), (Some(1), none(), none()));
    let mut longer = got.clone();
    longer.body.push(b' ');
    assert_eq!(said(&longer, &[]), (Some(1), none(), right()), "Kie's does not cover the body");
    let mut old = got;
    for name in ["webhook-timestamp", "x-webhook-timestamp"] {
        old.headers.insert(name.into(), "1700000000".into());
    }
    let too_old = || "the timestamp is too old".to_owned();
    assert_eq!(said(&old, &[]), (Some(1), too_old(), too_old()));
    assert_eq!(said(&old, &["--any-age"]), (Some(1), none(), none()));
    assert_eq!(
        command(folder.path(), &["webhooks", "verify", "-H", "a: b", "data/serve.lock"]).status.code(),
        Some(2)
    );
}

#[test]
fn verify_reads_standard_input_and_answers_people() {
    let (_folder, gate, receiver) = rig();
    failing(&gate, &receiver.url("/"));
    let got = receiver.wait(1).remove(0);
    let mut command = filmgate();
    command.args(["webhooks", "verify"]);
    for name in ["X-Webhook-Timestamp", "X-Webhook-Signature"] {
        command.arg("-H").arg(format!("{name}:{}", got.header(name)));
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&got.body).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said, "Standard Webhooks: no signature\nKie: right\n");
}

#[test]
fn a_secret_belongs_to_an_account_that_is_there() {
    let (folder, gate, _receiver) = rig();
    let nobody = command(folder.path(), &["webhooks", "secret", "nobody"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(String::from_utf8(nobody.stderr).unwrap().contains("there is no account \"nobody\""));
    gate.get("/api/v1/chat/credit");
    let shown = printed(folder.path(), &["webhooks", "secret", ACCOUNT, "--json"]);
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!((&shown["account"], &shown["old_until_ms"]), (&Value::from(ACCOUNT), &Value::Null));
}
