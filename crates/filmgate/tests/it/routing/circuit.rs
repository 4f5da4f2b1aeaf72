//! Two guards before an upstream: a budget of creates that all tasks share, and a circuit that opens when nobody answers.

use std::time::{Duration, Instant};

use filmgate_fake::{Behaviour, Fake, Settings};
use serde_json::json;

use super::site::{Site, engine, eventually, fake, free_port, kie, routes, set};

#[test]
fn no_window_of_ten_seconds_sees_more_creates_than_the_budget() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a), set("FILMGATE_UPSTREAMS_KIE_CREATES_PER_10S", "3")]);
    let ids: Vec<String> = (0..7).map(|_| site.create()).collect();
    for id in &ids {
        eventually("the film", || (site.task(id)["phase"] == "succeeded").then_some(()));
    }
    let at: Vec<i64> = a.handle().ledger().iter().map(|job| job.accepted_at_ms).collect();
    assert_eq!(at.len(), 7);
    for first in &at {
        let seen = at.iter().filter(|at| (*first..first + 10_000).contains(at)).count();
        assert!(seen <= 3, "{seen} within 10 s: {at:?}");
    }
    assert_eq!(site.balance(), (580.0, 0.0, 420.0));
    site.verify();
}

#[test]
fn five_refused_connections_open_the_circuit_and_an_answer_closes_it() {
    let port = free_port();
    let behaviour = Behaviour::default();
    let away = Fake::start(Settings { port, behaviour });
    let b = fake(|_| {});
    let site = Site::start(&[kie(&away), engine(&b), routes("kie,engine")]);
    drop(away);
    site.printed(&["credits", "grant", "team", "100000"]);
    let ids: Vec<String> = (0..5).map(|_| site.create()).collect();
    for id in &ids {
        let task = site.until(id, "succeeded");
        assert_eq!((&task["upstream"], &task["tried"][0]["state"]), (&json!("engine"), &json!("never_left")));
    }
    assert_eq!(site.log().matches("ALERT: the upstream failed too often").count(), 1, "{}", site.log());
    let opened = Instant::now();

    let next = site.create();
    let task = site.until(&next, "succeeded");
    let first = &task["tried"][0];
    assert_eq!(first["state"], "refused", "{task:#}");
    assert!(first["what"].as_str().unwrap().contains("left alone"), "{task:#}");
    assert_eq!(task["tried"].as_array().unwrap().len(), 2, "plan B at once: {task:#}");
    let waited = task["tried"][1]["began_ms"].as_i64().unwrap() - task["created_ms"].as_i64().unwrap();
    assert!(waited < 1_000, "{waited} ms");

    let back = Fake::start(Settings { port, behaviour: Behaviour::default() });
    let mut asked = 0;
    eventually("Kie makes films again", || {
        asked += 1;
        let id = site.create();
        let task = site.until(&id, "succeeded");
        (task["upstream"] == "kie").then_some(())
    });
    assert!(asked > 1, "it was left alone for a while");
    assert!(opened.elapsed() < Duration::from_secs(30));
    let id = site.create();
    assert_eq!(site.until(&id, "succeeded")["upstream"], "kie", "it is closed");
    assert!(!back.handle().ledger().is_empty());
    site.verify();
}
