//! A reply that was lost: the task is parked and counted, the policies end it, and never is it sent again by itself.

mod late;
mod resolve;

use filmgate_domain::ledger::Book;
use filmgate_fake::{CreateScript, Cut, CutPoint, Fault};
use serde_json::{Value, json};

use super::site::{PATIENCE, Settled, Site, VEO, VEO_GENERATE, engine, eventually, fake, kie, routes, set};

/// Billed, and nothing is answered.
pub(super) const LOST: CreateScript =
    CreateScript::Cut(Cut { point: CutPoint::AfterAccept, fault: Fault::Rst });
const ON_DOUBT: &str = "X-Filmgate-On-Doubt";

#[test]
fn a_lost_reply_is_parked_and_everything_else_goes_on() {
    let a = fake(|behaviour| behaviour.creates.extend([LOST, LOST, LOST, LOST, LOST, LOST]));
    let site = Site::start(&[kie(&a)]);
    let parked: Vec<String> = (0..6).map(|_| site.create()).collect();
    for id in &parked {
        let task = site.until(id, "in_doubt");
        assert_eq!(task["tried"][0]["state"], "in_doubt");
        assert_eq!(site.record(id)["successFlag"], 0, "the client sees a task on its way");
    }
    assert_eq!(site.balance(), (640.0, 360.0, 0.0), "their prices are held");
    let other = site.create();
    site.until(&other, "succeeded");
    assert_eq!(a.handle().creates_seen(), 7, "six doubts left the circuit closed and were not sent again");
    assert!(site.printed(&["doctor"]).contains("6 tasks are in doubt"));
    assert_eq!(site.balance(), (580.0, 360.0, 60.0));
    site.verify();
}

#[test]
fn success_without_an_id_is_a_doubt_and_so_is_half_an_answer() {
    let half = CreateScript::Cut(Cut { point: CutPoint::MidBody, fault: Fault::Fin });
    let a = fake(|behaviour| behaviour.creates.extend([CreateScript::AcceptWithoutId, half]));
    let site = Site::start(&[kie(&a)]);
    for why in ["the upstream says success and names no task", "nobody knows"] {
        let id = site.create();
        let task = site.until(&id, "in_doubt");
        assert!(task["tried"][0]["evidence"].to_string().contains(why), "{task:#}");
    }
    assert_eq!(a.handle().ledger().len(), 2);
}

/// A gateway whose Kie loses every reply, with an engine as plan B.
fn hopeless(a: &filmgate_fake::Fake, b: &filmgate_fake::Fake, more: &[Settled]) -> Site {
    let quick = [set("FILMGATE_UPSTREAMS_KIE_READ_MS", "200"), set("FILMGATE_UPSTREAMS_KIE_WRITE_MS", "200")];
    Site::start(&[&[kie(a), engine(b), routes("kie,engine")], &quick[..], more].concat())
}

fn in_doubt(site: &Site, headers: &[(&str, &str)]) -> String {
    let id = site.create_with(VEO_GENERATE, headers, VEO);
    site.until(&id, "in_doubt");
    id
}

fn ended_in_doubt(site: &Site, id: &str) {
    let task = site.until(id, "failed");
    assert_eq!(task["failure"]["code"], "in_doubt", "{task:#}");
    let tried = task["tried"].as_array().unwrap();
    assert_eq!((tried.len(), &tried[0]["suspended"]), (1, &json!(true)), "{task:#}");
}

#[test]
fn policies_end_a_doubt_when_the_call_cannot_be_answered_any_more_and_within_their_caps() {
    let fakes = || (fake(|behaviour| behaviour.creates.push_back(LOST)), fake(|_| {}));
    let arm = |a: &filmgate_fake::Fake| a.handle().set(|behaviour| behaviour.creates.push_back(LOST));
    // The operator's policies.
    let policy = |name: &str| set("FILMGATE_UPSTREAMS_KIE_ON_DOUBT", name);
    let ((a1, b1), (a2, b2), (a3, b3), (a4, b4)) = (fakes(), fakes(), fakes(), fakes());
    let fails = hopeless(&a1, &b1, &[policy("fail")]);
    let resubmits = hopeless(&a2, &b2, &[policy("resubmit")]);
    let moves_on = hopeless(&a3, &b3, &[policy("next_route")]);
    let parks = hopeless(&a4, &b4, &[set("FILMGATE_UPSTREAMS_KIE_DOUBT_S", "1")]);
    let (failed, resubmitted) = (in_doubt(&fails, &[]), in_doubt(&resubmits, &[]));
    let (moved_on, expired) = (in_doubt(&moves_on, &[]), in_doubt(&parks, &[]));
    // A request's own, with and without a cap in its way.
    arm(&a1);
    let wished = in_doubt(&fails, &[(ON_DOUBT, "park")]);
    arm(&a2);
    let allowed = in_doubt(&resubmits, &[(ON_DOUBT, "next_route")]);
    arm(&a4);
    let capped = in_doubt(&parks, &[(ON_DOUBT, "resubmit")]);

    ended_in_doubt(&fails, &failed);
    ended_in_doubt(&parks, &expired);
    for (site, id, upstream) in [
        (&resubmits, &resubmitted, "kie"),
        (&moves_on, &moved_on, "engine"),
        (&resubmits, &allowed, "engine"),
    ] {
        let task = eventually("the film", || Some(site.task(id)).filter(|task| task["phase"] == "succeeded"));
        assert_eq!(task["upstream"], upstream, "{task:#}");
        let states = [0, 1].map(|place| task["tried"][place]["state"].as_str().unwrap().to_owned());
        assert_eq!((states, &task["tried"][2]), (["in_doubt".into(), "delivered".into()], &Value::Null));
    }
    // Beyond the cap nothing is paid again: it ends when its time does.
    ended_in_doubt(&parks, &capped);
    assert_eq!(fails.task(&wished)["phase"], "in_doubt", "the request's own wish goes before the policy");

    assert_eq!([&a1, &a2, &a3, &a4].map(|a| a.handle().ledger().len()), [2, 3, 1, 2]);
    assert_eq!([&b1, &b2, &b3, &b4].map(|b| b.handle().ledger().len()), [0, 1, 1, 0]);
    assert_eq!(fails.balance(), (940.0, 60.0, 0.0));
    assert_eq!(resubmits.balance(), (880.0, 0.0, 120.0), "each film is charged once");
    assert_eq!((moves_on.balance(), parks.balance()), ((940.0, 0.0, 60.0), (1000.0, 0.0, 0.0)));
    let suspense = [&fails, &resubmits, &moves_on, &parks].map(|site| site.book(Book::Suspense));
    assert_eq!(suspense, [60.0, 120.0, 60.0, 120.0]);
    [fails, resubmits, moves_on, parks].iter().for_each(Site::verify);
}

#[test]
fn a_wish_that_is_no_policy_is_refused() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let reply = site.call(VEO_GENERATE, &[(ON_DOUBT, "hope")], VEO);
    assert_eq!(reply["code"], 422);
    assert!(reply["msg"].as_str().unwrap().contains("park, fail, next_route or resubmit"), "{reply}");
    assert_eq!(a.handle().creates_seen(), 0);
}

#[test]
fn a_server_that_is_asked_to_stop_waits_for_the_answer_of_a_submit_on_its_way() {
    let a = fake(|behaviour| behaviour.slow_ms = 700);
    let mut site = Site::start(&[kie(&a)]);
    let id = site.create();
    assert!(a.handle().wait_until(PATIENCE, |ledger| ledger.jobs.len() == 1));
    site.stop();
    a.handle().set(|behaviour| behaviour.slow_ms = 0);
    let evidence = site.task(&id)["tried"][0]["evidence"].to_string();
    assert!(evidence.contains("accepted as"), "{evidence}");
    site.serve();
    let task = site.until(&id, "succeeded");
    assert!(!task.to_string().contains("nobody knows"), "{task:#}");
    assert_eq!(a.handle().creates_seen(), 1);
}
