//! Deliveries: told once, signed twice, tried again, past the dead, over a kill.

use std::time::Duration;

use serde_json::{Value, json};

use super::receiver::{Answer, Receiver};
use super::{ACCOUNT, DEV_SECRET, dev, failing, job, listed, rig, until};
use crate::gate::{Gate, SHORT, filmgate, printed};

#[test]
fn a_failure_is_told_once_with_both_signatures() {
    let (folder, gate, receiver) = rig();
    let id = failing(&gate, &receiver.url("/cb?x=1"));
    let got = receiver.wait(1).remove(0);
    let body = got.json();
    assert_eq!((got.path.as_str(), got.header("content-type")), ("/cb?x=1", "application/json"));
    assert_eq!((&body["code"], &body["msg"]), (&json!(501), &json!("Playground task failed.")));
    let data = &body["data"];
    assert_eq!(
        (&data["taskId"], &data["state"], &data["failCode"]),
        (&json!(id), &json!("fail"), &json!("501"))
    );
    assert!(got.is_signed_with(DEV_SECRET) && got.is_signed_as_kie_with(DEV_SECRET));
    assert!(!got.is_signed_with("whsec_b3RoZXI=") && !got.is_signed_as_kie_with("other"));
    assert_eq!(got.header("webhook-id"), format!("wh_{id}_f0"));
    let line = until(folder.path(), "delivered");
    assert_eq!((&line["id"], &line["tries"][0]["status"]), (&json!(got.header("webhook-id")), &json!(200)));
    assert_eq!(receiver.got().len(), 1);
    assert_eq!(listed(folder.path()).len(), 1);
}

#[test]
fn a_film_is_told_in_both_of_kies_forms_and_to_an_endpoint() {
    let (_folder, gate, receiver) = rig();
    let endpoint = json!({"name": "all", "url": receiver.url("/events"), "event_types": ["video.completed"]});
    let endpoint = gate.post("/v1/webhook_endpoints", &endpoint.to_string());
    let mut veo: Value = serde_json::from_str(SHORT).unwrap();
    veo["callBackUrl"] = json!(receiver.url("/veo"));
    let veo = gate.post("/api/v1/veo/generate", &veo.to_string())["data"]["taskId"].clone();
    let jobs = json!({
        "model": "veo-3-1", "callBackUrl": receiver.url("/jobs"),
        "input": {"prompt": "A boat", "duration": 4, "model": "veo3_lite"},
    });
    let jobs = gate.create(&jobs.to_string());
    failing(&gate, &receiver.url("/not-subscribed"));
    let got = receiver.wait_for(5, Duration::from_secs(180));
    let at = |path: &str| got.iter().filter(|got| got.path == path).collect::<Vec<_>>();
    assert_eq!((at("/events").len(), at("/veo").len(), at("/jobs").len()), (2, 1, 1));

    let told = at("/veo")[0].json();
    assert_eq!((&told["code"], &told["data"]["taskId"]), (&json!(200), &veo));
    let link = told["data"]["info"]["resultUrls"][0].as_str().unwrap().to_owned();
    assert_eq!(gate.call("GET", &link, &[], b"").status, 200);
    let told = at("/jobs")[0].json();
    assert_eq!((&told["code"], &told["data"]["state"]), (&json!(200), &json!("success")));
    let result: Value = serde_json::from_str(told["data"]["resultJson"].as_str().unwrap()).unwrap();
    assert!(result["resultUrls"][0].as_str().unwrap().contains("/files/"), "{told}");

    let secret = endpoint["signing_secret"].as_str().unwrap();
    for got in at("/events") {
        let event = got.json();
        assert_eq!((&event["object"], &event["type"]), (&json!("event"), &json!("video.completed")));
        let video = event["data"]["id"].as_str().unwrap();
        assert!([&veo, &json!(jobs)].iter().any(|id| video == format!("video_{}", id.as_str().unwrap())));
        assert!(got.is_signed_with(secret) && !got.is_signed_with(DEV_SECRET));
        assert_eq!(got.header("x-webhook-signature"), "", "Kie's headers are for Kie's callbacks");
    }
}

#[test]
fn a_cancelled_task_is_told_as_failed_in_both_forms() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = filmgate();
    command.env("FILMGATE_STUDIO_RENDERS", "0").args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"]);
    let gate = Gate::start(command.arg(folder.path().join("data")));
    let receiver = Receiver::new();
    let jobs = job(&gate, &receiver.url("/jobs"), "A cat");
    let veo = json!({"prompt": "A cat", "model": "veo3_fast", "callBackUrl": receiver.url("/veo")});
    let veo = gate.post("/api/v1/veo/generate", &veo.to_string())["data"]["taskId"].clone();
    for id in [&jobs, veo.as_str().unwrap()] {
        printed(folder.path(), &["tasks", "cancel", id]);
    }
    for got in receiver.wait(2) {
        let body = got.json();
        if got.path == "/jobs" {
            assert_eq!(
                (&body["code"], &body["data"]["failCode"]),
                (&json!(501), &json!("cancelled")),
                "{body}"
            );
        } else {
            assert_eq!((body["code"] == 200, &body["data"]["taskId"]), (false, &veo), "{body}");
        }
        assert!(got.is_signed_with(DEV_SECRET) && got.is_signed_as_kie_with(DEV_SECRET));
    }
}

#[test]
fn a_receiver_that_fails_three_times_gets_the_same_bytes_a_fourth_time() {
    let folder = tempfile::tempdir().unwrap();
    let gate = dev(folder.path(), 100);
    let receiver = Receiver::answering([500, 302, 404].map(Answer::Status));
    failing(&gate, &receiver.url("/"));
    let got = receiver.wait(4);
    assert!(got.iter().all(|one| one.body == got[0].body));
    assert!(got.iter().all(|one| one.header("webhook-id") == got[0].header("webhook-id")));
    assert!(
        got.iter().all(|one| one.is_signed_with(DEV_SECRET)),
        "signed by the machine's clock, not the faster one"
    );
    let line = until(folder.path(), "delivered");
    let statuses: Vec<_> =
        line["tries"].as_array().unwrap().iter().map(|tried| tried["status"].clone()).collect();
    assert_eq!(statuses, [500, 302, 404, 200]);
    let at = |index: usize| line["tries"][index]["at_ms"].as_i64().unwrap();
    assert!(at(2) - at(1) > at(1) - at(0), "the pauses grow: {line:#}");
}

#[test]
fn who_says_gone_is_left_alone() {
    let (folder, gate, receiver) = rig();
    receiver.otherwise(Answer::Status(410));
    failing(&gate, &receiver.url("/"));
    assert_eq!(until(folder.path(), "given_up")["tries"][0]["status"], 410);
    assert_eq!(receiver.got().len(), 1);
}

#[test]
fn a_redirect_is_not_followed() {
    let (folder, gate, elsewhere) = rig();
    let receiver = Receiver::answering([Answer::Redirect(elsewhere.url("/"))]);
    let id = failing(&gate, &receiver.url("/"));
    receiver.wait(2);
    let line = until(folder.path(), "delivered");
    assert_eq!((&line["task"], &line["tries"][0]["status"]), (&json!(id), &json!(307)));
    assert_eq!(elsewhere.got(), []);
}

#[test]
fn a_dead_receiver_delays_nobody_else() {
    let (_folder, gate, living) = rig();
    let dead = Receiver::new();
    dead.otherwise(Answer::Hang);
    for _ in 0..20 {
        failing(&gate, &dead.url("/"));
    }
    dead.wait(4);
    for _ in 0..5 {
        failing(&gate, &living.url("/"));
    }
    // Long before the first of the dead one's fifteen seconds are over.
    living.wait_for(5, Duration::from_secs(10));
    assert_eq!(dead.got().len(), 4, "a few are under way to one host, and no more");
}

#[test]
fn a_kill_between_the_end_and_the_delivery_loses_nothing() {
    let (folder, gate, receiver) = rig();
    receiver.otherwise(Answer::Hang);
    let id = failing(&gate, &receiver.url("/"));
    let before = receiver.wait(1).remove(0);
    assert_eq!(gate.record(&id)["state"], "fail");
    gate.kill();
    receiver.otherwise(Answer::Status(200));
    let _gate = dev(folder.path(), 1);
    let after = receiver.wait(2).remove(1);
    assert_eq!((after.header("webhook-id"), &after.body), (before.header("webhook-id"), &before.body));
    until(folder.path(), "delivered");
}

#[test]
fn a_scenario_delivers_twice() {
    let (folder, gate, receiver) = rig();
    let body = r#"{"model":"sora-2-text-to-video","callBackUrl":"URL","input":{"prompt":"A cat [[duplicate-callback]]"}}"#;
    let id = gate.create(&body.replace("URL", &receiver.url("/")));
    // Before its film is made, so that nobody has to wait for it.
    printed(folder.path(), &["tasks", "cancel", &id]);
    let got = receiver.wait_for(2, Duration::from_secs(180));
    assert_eq!((&got[0].body, got[0].header("webhook-id")), (&got[1].body, got[1].header("webhook-id")));
    assert_eq!(until(folder.path(), "delivered")["tries"].as_array().unwrap().len(), 2);
}

#[test]
fn while_a_secret_is_replaced_both_are_signed_with() {
    let (folder, gate, receiver) = rig();
    failing(&gate, &receiver.url("/"));
    receiver.wait(1);
    let secret = |words: &[&str]| {
        let words = [&["webhooks", "secret", ACCOUNT], words].concat();
        printed(folder.path(), &words).trim().to_owned()
    };
    let first = secret(&[]);
    assert_eq!(secret(&[]), first, "shown again, not made again");
    let second = secret(&["--rotate"]);
    assert!(first != second && first.starts_with("whsec_"));
    receiver.otherwise(Answer::Status(401));
    failing(&gate, &receiver.url("/"));
    let got = receiver.wait(3);
    assert!(got[1..].iter().all(|got| got.is_signed_with(&first) && got.is_signed_with(&second)));
    assert!(got[1].is_signed_as_kie_with(&second) && got[2].is_signed_as_kie_with(&first), "they take turns");
    assert!(!got[1].is_signed_with(DEV_SECRET));
}

#[test]
fn progress_is_told_when_it_begins_and_seldom_after() {
    let folder = tempfile::tempdir().unwrap();
    let (gate, receiver) = (dev(folder.path(), 10), Receiver::new());
    let body = json!({
        "model": "sora-2-text-to-video", "progressCallBackUrl": receiver.url("/progress"),
        "input": { "prompt": "A cat [[stuck]]" },
    });
    let id = gate.create(&body.to_string());
    let got = receiver.wait(3);
    for got in &got {
        let told = got.json();
        assert_eq!((&told["data"]["taskId"], &told["data"]["state"]), (&json!(id), &json!("generating")));
        assert!(told["data"]["progress"].is_number(), "{told}");
        assert!(got.is_signed_with(DEV_SECRET) && got.is_signed_as_kie_with(DEV_SECRET));
    }
    assert_eq!(listed(folder.path()), Vec::<Value>::new(), "it has no row");
    let mut other = body;
    other["progressCallBackUrl"] = json!("http://10.0.0.1/");
    assert_eq!(gate.post("/api/v1/jobs/createTask", &other.to_string())["code"], 422);
    other["model"] = json!("sora-2-text-to-video-stable");
    assert_eq!(gate.post("/api/v1/jobs/createTask", &other.to_string())["code"], 200, "others ignore it");
    printed(folder.path(), &["tasks", "cancel", &id]);
}
