//! Fresh links to films, dead ones, and records without any.

use serde_json::{Value, json};

use super::made;
use crate::gate::{Gate, Reply, SHORT, filmgate};

fn fresh(gate: &Gate, url: &str) -> Value {
    gate.post("/api/v1/common/download-url", &json!({ "url": url }).to_string())
}

fn link_of(gate: &Gate, id: &str) -> String {
    let record = gate.get(&format!("/api/v1/veo/record-info?taskId={id}"));
    record["data"]["response"]["resultUrls"][0].as_str().unwrap().to_owned()
}

fn get(gate: &Gate, link: &str) -> Reply {
    gate.call("GET", link, &[], b"")
}

#[test]
fn a_fresh_link_serves_the_film_and_says_nothing_of_the_lasting_one() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let link = link_of(&gate, &made(&gate, SHORT));
    let reply = fresh(&gate, &link);
    let short_lived = reply["data"].as_str().unwrap_or_else(|| panic!("{reply}"));
    let key = link.rsplit('/').next().unwrap().strip_suffix(".mp4").unwrap();
    assert!(!short_lived.contains(key), "{short_lived}");
    assert!(get(&gate, short_lived).body == get(&gate, &link).body);
    assert!(fresh(&gate, short_lived)["data"].is_string(), "a fresh link can be made fresh again");

    // A later end, under the same signature.
    let (host, name) = short_lived.split_once("/files/").unwrap();
    let forged = format!("{host}/files/{}", name.replacen(".0.", ".0.9", 1));
    assert_eq!(get(&gate, &forged).status, 404, "{forged}");
    let wrong = json!({"code": 422, "msg": "url is wrong", "data": null});
    for url in ["https://example.com/a.mp4", &link[..link.len() - 6], "x", &forged] {
        assert_eq!(fresh(&gate, url), wrong, "{url}");
    }
    let body = json!({ "url": link }).to_string();
    let other = [("Authorization", "Bearer other")];
    let reply = gate.call("POST", "/api/v1/common/download-url", &other, body.as_bytes());
    assert_eq!(reply.json(), wrong, "another account's film");
    assert_eq!(gate.post("/api/v1/common/download-url", "{}")["msg"], "url is required");
}

#[test]
fn a_fresh_link_dies_after_twenty_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let link = {
        let gate = Gate::dev(folder.path());
        let link = link_of(&gate, &made(&gate, SHORT));
        link.strip_prefix(&format!("http://{}", gate.address)).unwrap().to_owned()
    };
    let mut command = filmgate();
    // At this speed twenty minutes last six seconds.
    command
        .args(["serve", "--dev", "--speed", "200", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path());
    let gate = Gate::start(&mut command);
    let reply = fresh(&gate, &format!("http://{}{link}", gate.address));
    let short_lived = reply["data"].as_str().unwrap();
    assert_eq!(get(&gate, short_lived).status, 200);
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while get(&gate, short_lived).status != 403 {
        assert!(std::time::Instant::now() < deadline, "the link lives on");
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(get(&gate, &link).status, 200, "the lasting link lasts");
    assert!(fresh(&gate, short_lived)["data"].is_string(), "a dead link can be made fresh again");
}

#[test]
fn the_links_of_expired_url_are_dead_until_they_are_asked_for_anew() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = made(&gate, r#"{"prompt":"A boat [[expired-url]]","model":"veo3_fast","duration":4}"#);
    let link = link_of(&gate, &id);
    let dead = get(&gate, &link);
    assert_eq!(dead.status, 403);
    assert!(dead.text().contains("/api/v1/common/download-url"), "{}", dead.text());
    let reply = fresh(&gate, &link);
    assert_eq!(get(&gate, reply["data"].as_str().unwrap()).status, 200, "{reply}");
}

#[test]
fn no_url_is_a_success_without_a_film() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = made(&gate, r#"{"prompt":"A boat [[no-url]]","model":"veo3_fast","duration":4}"#);
    let record = gate.get(&format!("/api/v1/veo/record-info?taskId={id}"));
    assert_eq!(record["data"]["response"]["resultUrls"], json!([]));
    let body = r#"{"model":"veo-3-1","input":{"prompt":"A boat","duration":4,"model":"veo3_lite"}}"#;
    let headers = [("Authorization", "Bearer test"), ("X-Filmgate-Scenario", "no-url")];
    let reply = gate.call("POST", "/api/v1/jobs/createTask", &headers, body.as_bytes()).json();
    let record = gate.wait(reply["data"]["taskId"].as_str().unwrap(), &["success", "fail"]);
    assert_eq!(
        (&record["state"], &record["resultJson"]),
        (&json!("success"), &json!(r#"{"resultUrls":[]}"#))
    );
    assert_eq!(record["creditsConsumed"], json!(30.0), "it is paid all the same");
}

#[test]
fn a_clean_film_has_a_marked_one_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = gate.create(
        r#"{"model":"sora-2-text-to-video","input":{"prompt":"A red boat at sea","remove_watermark":true}}"#,
    );
    let record = gate.wait(&id, &["success", "fail"]);
    let result: Value = serde_json::from_str(record["resultJson"].as_str().unwrap()).unwrap();
    let (clean, marked) = (&result["resultUrls"][0], &result["resultWaterMarkUrls"][0]);
    let (clean, marked) = (get(&gate, clean.as_str().unwrap()), get(&gate, marked.as_str().unwrap()));
    assert_eq!((clean.status, marked.status), (200, 200), "{record}");
    assert!(clean.body != marked.body);
    assert_eq!(record["response"], result);
}
