//! What comes late: a film of a task that has ended is kept, nobody is charged again, and the books are settled once.

use filmgate_domain::ledger::Book;
use filmgate_fake::Callbacks;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::LOST;
use crate::routing::site::{Site, VEO, VEO_GENERATE, eventually, fake, kie, set};
use crate::webhooks::receiver::Receiver;

/// The film that came late.
pub(super) fn film(site: &Site, id: &str) -> Value {
    eventually("the late film", || Some(site.task(id)["late_film"].clone()).filter(Value::is_object))
}

#[test]
fn a_late_callback_brings_a_late_film_and_the_suspense_is_written_off_once() {
    let a = fake(|behaviour| {
        behaviour.creates.push_back(LOST);
        (behaviour.run_ms, behaviour.callbacks) = (None, Callbacks::Twice);
    });
    let site = Site::public(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "in_doubt");
    site.printed(&["tasks", "resolve", &id, "--fail"]);
    assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (60.0, 0.0));

    assert_eq!(a.handle().finish_all(), 1);
    let late = film(&site, &id);
    let sha256 = hex::encode(Sha256::digest(&a.handle().behaviour().film));
    assert_eq!(late["sha256"], sha256);
    let path = late["link"].as_str().unwrap().split_once("/files/").unwrap().1.to_owned();
    let served = site.gate().call("GET", &format!("/files/{path}"), &[], b"");
    assert_eq!((served.status, hex::encode(Sha256::digest(&served.body))), (200, sha256));

    let task = site.task(&id);
    assert_eq!((&task["phase"], &task["tried"][0]["state"]), (&json!("failed"), &json!("late")), "{task:#}");
    assert_eq!(site.record(&id)["successFlag"], 3, "the record stays as it was told");
    assert_eq!(site.balance(), (1000.0, 0.0, 0.0));
    assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (0.0, 60.0));
    assert_eq!(a.handle().ledger().len(), 1);
    // Callbacks that are repeated when everything is settled change nothing.
    assert!(
        a.handle().wait_until(std::time::Duration::from_secs(20), |ledger| ledger.seen.callbacks_taken == 2)
    );
    let again = a.handle().ledger()[0].call_back_url.clone().unwrap();
    let again = again.split_once("/filmgate/").unwrap().1.to_owned();
    let body = json!({ "code": 200, "data": { "taskId": a.handle().ledger()[0].job } });
    assert_eq!(site.call(&format!("/filmgate/{again}"), &[], &body.to_string())["code"], 200);
    assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (0.0, 60.0));
    assert_eq!(site.task(&id), task);
    site.verify();
}

#[test]
fn a_late_failure_clears_the_suspense() {
    let a = fake(|behaviour| {
        behaviour.creates.push_back(LOST);
        (behaviour.run_ms, behaviour.callbacks) = (None, Callbacks::Once);
    });
    let site = Site::public(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "in_doubt");
    site.printed(&["tasks", "resolve", &id, "--fail"]);
    a.handle().fail(&a.handle().ledger()[0].job, "501", "The picture was too dark");
    eventually("the end of the attempt", || (site.task(&id)["tried"][0]["state"] == "failed").then_some(()));
    assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (0.0, 0.0));
    assert_eq!(site.balance(), (1000.0, 0.0, 0.0));
    site.verify();
}

#[test]
fn a_resubmitted_task_that_gets_two_films_is_charged_for_one() {
    let a = fake(|behaviour| {
        behaviour.creates.push_back(LOST);
        (behaviour.run_ms, behaviour.callbacks) = (None, Callbacks::Once);
    });
    let site = Site::public(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "in_doubt");
    site.printed(&["tasks", "resolve", &id, "--resubmit"]);
    eventually("the second job", || (a.handle().ledger().len() == 2).then_some(()));
    let [first, second] = [0, 1].map(|place| a.handle().ledger()[place].job.clone());
    a.handle().finish(&second);
    site.until(&id, "succeeded");
    a.handle().finish(&first);
    film(&site, &id);
    assert_eq!(site.balance(), (940.0, 0.0, 60.0));
    assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (0.0, 60.0));
    site.verify();
}

#[test]
fn a_late_film_is_announced() {
    let a = fake(|behaviour| {
        behaviour.creates.push_back(LOST);
        (behaviour.run_ms, behaviour.callbacks) = (None, Callbacks::Once);
    });
    let receiver = Receiver::new();
    let site = Site::public(&[kie(&a), set("FILMGATE_NETWORK_ALLOW", "127.0.0.0/8")]);
    let mut create: Value = serde_json::from_str(VEO).unwrap();
    create["callBackUrl"] = json!(receiver.url("/cb"));
    let id = site.create_with(VEO_GENERATE, &[], &create.to_string());
    site.until(&id, "in_doubt");
    site.printed(&["tasks", "resolve", &id, "--fail"]);
    let failed = receiver.wait(1)[0].json();
    assert_eq!(failed["data"]["late_film"], Value::Null, "{failed}");
    assert_eq!(a.handle().finish_all(), 1);
    let late = receiver.wait(2).remove(1);
    let told = late.json();
    assert_eq!(told["data"]["late_film"], film(&site, &id)["link"], "{told}");
    assert_eq!((&told["code"], &told["data"]["taskId"]), (&failed["code"], &json!(id)), "the status stays");
    assert_eq!(late.header("webhook-id"), format!("wh_{id}_l0"));
    assert_eq!(late.header("webhook-signature"), "", "the account has no secret yet");
    site.verify();
}
