//! Keys: an account makes, lists and revokes its own.

use serde_json::{Value, json};

use super::{Here, key};

const KEYS: &str = "/filmgate/v1/keys";

fn listed(here: &Here, key: &str) -> Vec<Value> {
    here.ask(key, ("get", KEYS), &Value::Null).json()["keys"].as_array().unwrap().clone()
}

fn made(here: &Here, by: &str, limits: &Value) -> (String, String) {
    let reply = here.ask(by, ("post", KEYS), limits);
    assert_eq!(reply.status, 201, "{}", reply.text());
    let text = |name: &str| reply.json()[name].as_str().unwrap().to_owned();
    (text("id"), text("key"))
}

#[test]
fn a_key_makes_others_of_its_own_account_and_revokes_them_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let first = key(folder.path(), "team");
    let (id, second) = made(&here, &first, &Value::Null);
    let keys = listed(&here, &second);
    let these: Vec<bool> = keys.iter().map(|key| key["is_this_session"].as_bool().unwrap()).collect();
    assert_eq!(these, [false, true]);
    assert_eq!(
        (&keys[1]["id"], &keys[1]["models"], &keys[1]["credits_max"]),
        (&json!(id), &Value::Null, &Value::Null)
    );
    assert!(!keys.iter().any(|listed| listed.to_string().contains(second.rsplit('_').next().unwrap())));
    let path = format!("{KEYS}/{id}");
    assert_eq!(here.ask(&first, ("delete", &path), &Value::Null).status, 204);
    here.refused(&second, ("get", KEYS), &Value::Null, (401, "key_refused"));
    assert!(listed(&here, &first)[1]["revoked_ms"].is_i64());
    assert_eq!(here.ask(&first, ("delete", &path), &Value::Null).status, 204, "it is revoked, as was wanted");
}

#[test]
fn a_key_with_limits_makes_none_and_revokes_none_but_itself() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let first = key(folder.path(), "team");
    let limits = json!({"models": ["sora-2-text-to-video"], "credits_max": 30.5});
    let (id, limited) = made(&here, &first, &limits);
    let keys = listed(&here, &limited);
    assert_eq!((&keys[1]["models"], &keys[1]["credits_max"]), (&limits["models"], &json!(30.5)));
    let taken: Vec<&Value> = keys.iter().map(|key| &key["credits_taken"]).collect();
    assert_eq!(taken, [&Value::Null, &json!(0.0)], "it is counted only where it is limited");
    here.refused(&limited, ("post", KEYS), &json!({}), (403, "key_limited"));
    let other = format!("{KEYS}/{}", keys[0]["id"].as_str().unwrap());
    here.refused(&limited, ("delete", &other), &Value::Null, (403, "key_limited"));
    assert_eq!(here.ask(&limited, ("delete", &format!("{KEYS}/{id}")), &Value::Null).status, 204);
    here.refused(&limited, ("get", KEYS), &Value::Null, (401, "key_refused"));
}

#[test]
fn a_limit_that_cannot_be_meant_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let first = key(folder.path(), "team");
    for (limits, expected) in [
        (json!({"models": ["nothing"]}), (422, "invalid_limit")),
        (json!({"models": []}), (422, "invalid_limit")),
        (json!({"credits_max": 0}), (422, "invalid_limit")),
        (json!({"credits_max": -5}), (422, "invalid_limit")),
        (json!({"credits_max": 0.0001}), (422, "invalid_limit")),
        (json!({"credit_max": 5}), (400, "invalid_body")),
        (json!({"credits_max": "5"}), (400, "invalid_body")),
    ] {
        here.refused(&first, ("post", KEYS), &limits, expected);
    }
    assert_eq!(listed(&here, &first).len(), 1);
}

#[test]
fn another_accounts_keys_are_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let (ada, bob) = (key(folder.path(), "ada"), key(folder.path(), "bob"));
    let (id, _) = made(&here, &ada, &Value::Null);
    assert_eq!(listed(&here, &bob).len(), 1);
    for id in [id.as_str(), "00000000", "x%20y"] {
        here.refused(&bob, ("delete", &format!("{KEYS}/{id}")), &Value::Null, (404, "not_found"));
    }
    assert_eq!(listed(&here, &ada).len(), 2);
}

#[test]
fn the_emulator_says_that_it_has_no_keys() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    for (method, path) in [("get", KEYS), ("post", KEYS), ("delete", "/filmgate/v1/keys/00000000")] {
        here.refused("test", (method, path), &Value::Null, (409, "sandbox_keys"));
    }
}
