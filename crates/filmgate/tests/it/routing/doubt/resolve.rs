//! `filmgate tasks resolve`: the operator decides about a doubt, beside a running server and without one.

use filmgate_domain::ledger::Book;
use filmgate_fake::Fake;
use serde_json::{Value, json};

use super::LOST;
use crate::routing::site::{Site, VEO, VEO_GENERATE, eventually, fake, kie, post};

/// A task in doubt, and the job that it is.
fn parked(site: &Site, a: &Fake) -> (String, String) {
    a.handle().set(|behaviour| behaviour.creates.push_back(LOST));
    let id = site.create();
    site.until(&id, "in_doubt");
    (id, a.handle().ledger().last().unwrap().job.clone())
}

fn refused(site: &Site, arguments: &[&str], code: i32, words: &str) {
    let output = site.command(&[&["tasks", "resolve"], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(said.contains(words), "{arguments:?}: {said}");
}

/// A job that somebody else ordered with the same key.
fn of_somebody_else(a: &Fake) -> String {
    let mut body: Value = serde_json::from_str(VEO).unwrap();
    body["callBackUrl"] = "https://somebody.example/called".into();
    let reply = post(&format!("{}{VEO_GENERATE}", a.url()), &body.to_string());
    reply["data"]["taskId"].as_str().unwrap().to_owned()
}

#[test]
fn the_right_job_is_adopted_and_a_wrong_one_never() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let other = site.create();
    site.until(&other, "succeeded");
    let theirs = a.handle().ledger()[0].job.clone();
    let (id, job) = parked(&site, &a);
    refused(&site, &[&id, "--adopt", "0123456789abcdef0123456789abcdef"], 1, "does not know the job");
    refused(&site, &[&id, "--adopt", &theirs], 1, "belongs to another task");
    let foreign = of_somebody_else(&a);
    refused(&site, &[&id, "--adopt", &foreign], 1, "names another callback address");
    refused(&site, &[&other, "--fail"], 1, "nothing to resolve");
    refused(&site, &[&id], 2, "--adopt");
    refused(&site, &[&id, "--fail", "--resubmit"], 2, "cannot be used with");
    assert_eq!(site.task(&id)["phase"], "in_doubt", "nothing was decided by all that");

    let said = site.printed(&["tasks", "resolve", &id, "--adopt", &job]);
    assert!(!said.contains("in_doubt"), "{said}");
    let task = site.until(&id, "succeeded");
    assert_eq!((&task["tried"][0]["job"], &task["tried"][1]), (&json!(job), &Value::Null), "{task:#}");
    assert_eq!(site.balance(), (880.0, 0.0, 120.0));
    assert_eq!(site.book(Book::Suspense), 0.0);
    site.verify();
}

#[test]
fn a_doubt_that_is_given_up_releases_the_credits_and_can_still_be_adopted() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let (id, job) = parked(&site, &a);
    assert_eq!(site.printed(&["tasks", "resolve", &id, "--fail"]), format!("{id} is failed\n"));
    assert_eq!((site.balance(), site.book(Book::Suspense)), ((1000.0, 0.0, 0.0), 60.0));
    assert_eq!(
        site.command(&["tasks", "wait", &id]).status.code(),
        Some(6),
        "nobody knows what became of it"
    );
    assert_eq!(site.record(&id)["successFlag"], 3);
    refused(&site, &[&id, "--resubmit"], 1, "it can only be adopted");
    refused(&site, &[&id, "--fail"], 1, "it can only be adopted");
    site.verify();

    site.printed(&["tasks", "resolve", &id, "--adopt", &job]);
    let late = super::late::film(&site, &id);
    assert_eq!(late["bytes"], a.handle().behaviour().film.len());
    assert_eq!(site.task(&id)["phase"], "failed", "what was told stays told");
    assert_eq!(site.balance(), (1000.0, 0.0, 0.0), "nobody is charged for what comes late");
    assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (0.0, 60.0));
    site.verify();
}

#[test]
fn a_doubt_that_is_sent_again_makes_a_second_job_by_the_operators_own_word() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let (id, _) = parked(&site, &a);
    let said = site.printed(&["tasks", "resolve", &id, "--resubmit"]);
    assert!(!said.contains("in_doubt"), "{said}");
    let task = site.until(&id, "succeeded");
    assert_eq!((a.handle().ledger().len(), task["tried"].as_array().unwrap().len()), (2, 2));
    assert_eq!((site.balance(), site.book(Book::Suspense)), ((940.0, 0.0, 60.0), 60.0));
    site.verify();
}

#[test]
fn of_two_doubts_either_job_can_be_adopted_and_one_film_is_charged() {
    for older in [true, false] {
        let a = fake(|_| {});
        let site = Site::start(&[kie(&a)]);
        let (id, first) = parked(&site, &a);
        a.handle().set(|behaviour| behaviour.creates.push_back(LOST));
        site.printed(&["tasks", "resolve", &id, "--resubmit"]);
        eventually("the second doubt", || (site.task(&id)["tried"][1]["state"] == "in_doubt").then_some(()));
        let second = a.handle().ledger()[1].job.clone();
        let job = if older { &first } else { &second };
        site.printed(&["tasks", "resolve", &id, "--adopt", job]);
        let task = site.until(&id, "succeeded");
        assert_eq!(task["tried"][usize::from(!older)]["job"], *job, "{task:#}");
        assert_eq!((site.balance(), a.handle().ledger().len()), ((940.0, 0.0, 60.0), 2));
        // The other job is still unheard of: it is suspended if it was given up, and will be a loss in any case.
        let suspense = if older { 0.0 } else { 60.0 };
        assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (suspense, 0.0));
        site.printed(&["tasks", "resolve", &id, "--adopt", if older { &second } else { &first }]);
        super::late::film(&site, &id);
        assert_eq!(site.balance(), (940.0, 0.0, 60.0), "one film is charged");
        assert_eq!((site.book(Book::Suspense), site.book(Book::Loss)), (0.0, 60.0));
        site.verify();
    }
}

#[test]
fn the_public_address_may_change_while_a_task_is_in_doubt() {
    let a = fake(|_| {});
    let mut site = Site::start(&[kie(&a)]);
    let (id, job) = parked(&site, &a);
    // As it is in the environment of the server, and not in that of the operator's shell.
    site.set("FILMGATE_PUBLIC_URL", "https://films.example");
    site.printed(&["tasks", "resolve", &id, "--adopt", &job]);
    site.until(&id, "succeeded");
    site.verify();
}

#[test]
fn without_a_server_the_decision_is_carried_out_at_once() {
    let a = fake(|_| {});
    let mut site = Site::start(&[kie(&a)]);
    let [failed, again, adopted] = [(); 3].map(|()| parked(&site, &a));
    site.stop();
    assert_eq!(site.printed(&["tasks", "resolve", &failed.0, "--fail"]), format!("{} is failed\n", failed.0));
    assert_eq!(
        site.printed(&["tasks", "resolve", &again.0, "--resubmit"]),
        format!("{} is queued\n", again.0)
    );
    let said = site.printed(&["tasks", "resolve", &adopted.0, "--adopt", &adopted.1, "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&said).unwrap()["phase"], "running");
    assert_eq!(a.handle().ledger().len(), 3, "this process sends nothing");
    site.verify();
    site.serve();
    site.until(&again.0, "succeeded");
    site.until(&adopted.0, "succeeded");
    assert_eq!(a.handle().ledger().len(), 4);
    assert_eq!(site.balance(), (880.0, 0.0, 120.0));
    site.verify();
}
