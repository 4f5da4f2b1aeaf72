//! Receivers and deliveries through this API.

use serde_json::{Value, json};

use super::Here;
use crate::webhooks::receiver::Receiver;
use crate::webhooks::{dev, failing};

const ENDPOINTS: &str = "/filmgate/v1/webhooks/endpoints";
const DELIVERIES: &str = "/filmgate/v1/webhooks/deliveries";

fn ask(here: &Here, method: &str, path: &str, body: &Value) -> Value {
    let reply = here.ask("test", (method, path), body);
    assert!(reply.status < 300, "{}", reply.text());
    if reply.body.is_empty() { Value::Null } else { reply.json() }
}

fn made(here: &Here, receiver: &Receiver) -> Value {
    let body = json!({"name": "h", "url": receiver.url("/"), "events": ["video.failed", "video.failed"]});
    ask(here, "post", ENDPOINTS, &body)
}

#[test]
fn a_receiver_is_made_tested_given_another_secret_and_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let (here, receiver) = (Here::new(dev(folder.path(), 1)), Receiver::new());
    let made = made(&here, &receiver);
    let (id, secret) = (made["id"].as_str().unwrap(), made["secret"].as_str().unwrap());
    assert_eq!(made["events"], json!(["video.failed"]));
    let listed = ask(&here, "get", ENDPOINTS, &Value::Null)["endpoints"][0].clone();
    assert_eq!((&listed["id"], &listed["secret_hint"]), (&made["id"], &made["secret_hint"]));
    assert!(!listed.to_string().contains(secret));
    let one = format!("{ENDPOINTS}/{id}");
    assert_eq!(ask(&here, "post", &format!("{one}/test"), &Value::Null), json!({"status": 200}));
    let got = receiver.wait(1).remove(0);
    assert!(got.is_signed_with(secret) && got.json()["type"] == "video.failed");

    let rotate = format!("{one}/rotate_secret");
    let both = ask(&here, "post", &rotate, &Value::Null)["secret"].as_str().unwrap().to_owned();
    ask(&here, "post", &format!("{one}/test"), &Value::Null);
    let got = receiver.wait(2).remove(1);
    assert!(got.is_signed_with(secret) && got.is_signed_with(&both), "who says nothing loses no delivery");
    let alone =
        ask(&here, "post", &rotate, &json!({"keep_old": false}))["secret"].as_str().unwrap().to_owned();
    ask(&here, "post", &format!("{one}/test"), &Value::Null);
    let got = receiver.wait(3).remove(2);
    assert!(got.is_signed_with(&alone) && !got.is_signed_with(&both));

    ask(&here, "delete", &one, &Value::Null);
    for (method, path) in [("delete", &one), ("post", &format!("{one}/test")), ("post", &rotate)] {
        here.refused("test", (method, path), &Value::Null, (404, "not_found"));
    }
}

#[test]
fn what_a_receiver_was_told_is_listed_and_told_again() {
    let folder = tempfile::tempdir().unwrap();
    let (here, receiver) = (Here::new(dev(folder.path(), 1)), Receiver::new());
    made(&here, &receiver);
    let task = failing(&here.gate, &receiver.url("/callback"));
    receiver.wait(2);
    let listed = || ask(&here, "get", DELIVERIES, &Value::Null)["deliveries"].as_array().unwrap().clone();
    assert_eq!(listed().len(), 2, "the callback and the receiver");
    assert!(listed().iter().all(|delivery| delivery["task"] == json!(task)));
    assert_eq!(
        ask(&here, "get", &format!("{DELIVERIES}?limit=1"), &Value::Null)["deliveries"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    let id = listed()[0]["id"].as_str().unwrap().to_owned();
    let replay = format!("{DELIVERIES}/{id}/replay");
    // Nobody else may have it told again, or learn that it is there.
    here.refused("other", ("post", &replay), &Value::Null, (404, "not_found"));
    assert!(
        here.ask("other", ("get", DELIVERIES), &Value::Null).json()["deliveries"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(ask(&here, "post", &replay, &Value::Null)["id"], json!(id));
    let got = receiver.wait(3);
    assert_eq!(got[2].header("webhook-id"), id);
    here.refused("test", ("post", &format!("{DELIVERIES}/wh_x_c1/replay")), &Value::Null, (404, "not_found"));
    here.refused("test", ("get", &format!("{DELIVERIES}?limit=x")), &Value::Null, (400, "invalid_value"));
}

#[test]
fn a_receiver_that_cannot_be_is_refused_and_another_accounts_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let (here, receiver) = (Here::new(dev(folder.path(), 1)), Receiver::new());
    let url = receiver.url("/");
    for (body, field) in [
        (json!({"name": "h", "url": "ftp://x.example", "events": ["video.failed"]}), "url"),
        (json!({"name": " ", "url": url, "events": ["video.failed"]}), "name"),
        (json!({"name": "h".repeat(201), "url": url, "events": ["video.failed"]}), "name"),
        (json!({"name": "h", "url": url, "events": []}), "events"),
        (json!({"name": "h", "url": url, "events": ["video.lost"]}), "events"),
    ] {
        let reply = here.ask("test", ("post", ENDPOINTS), &body);
        assert_eq!((reply.status, &reply.json()["error"]["parameter"]), (422, &json!(field)), "{body}");
    }
    here.refused("test", ("post", ENDPOINTS), &json!({"name": "h"}), (400, "invalid_body"));
    let one = format!("{ENDPOINTS}/{}", made(&here, &receiver)["id"].as_str().unwrap());
    for (method, path) in
        [("delete", one.clone()), ("post", format!("{one}/test")), ("post", format!("{one}/rotate_secret"))]
    {
        here.refused("other", (method, &path), &Value::Null, (404, "not_found"));
    }
    let nobody = json!({"name": "h", "url": "http://127.0.0.1:9/", "events": ["video.failed"]});
    let nobody = ask(&here, "post", ENDPOINTS, &nobody);
    let test = format!("{ENDPOINTS}/{}/test", nobody["id"].as_str().unwrap());
    here.refused("test", ("post", &test), &Value::Null, (409, "endpoint_not_reached"));
}
