//! Cancelling what an upstream is making: stopped where the upstream confirms it, else made and paid.

use filmgate_fake::EngineKind;
use serde_json::{Value, json};

use super::site::{Site, engine, eventually, fake, kie, routes, set};

fn running(site: &Site, id: &str) {
    site.until(id, "running");
}

#[test]
fn an_engine_that_confirms_the_stop_ends_the_task_for_free() {
    let (a, b) = (fake(|_| {}), fake(|behaviour| behaviour.run_ms = None));
    let site = Site::start(&[engine(&b), kie(&a), routes("engine,kie")]);
    for kind in [EngineKind::OpenAi, EngineKind::VllmOmni, EngineKind::TensorRt] {
        b.handle().set(|behaviour| {
            (behaviour.engine, behaviour.served_model) = (kind, "veo3_fast".to_owned());
        });
        let id = site.create();
        running(&site, &id);
        let said = site.printed(&["tasks", "cancel", &id]);
        assert!(said.contains("charged only if its film is finished first"), "{said}");
        let task = site.until(&id, "cancelled");
        assert_eq!((&task["tried"][0]["state"], &task["tried"][1]), (&json!("stopped"), &Value::Null));
        assert_eq!(b.handle().ledger().last().unwrap().state, "cancelled");
        assert_eq!(site.record(&id)["successFlag"], 3);
    }
    assert_eq!(site.balance(), (1000.0, 0.0, 0.0));
    assert_eq!(a.handle().creates_seen(), 0, "nobody else is asked for a film that nobody wants");
    site.verify();
}

#[test]
fn what_cannot_be_stopped_runs_on_and_is_charged() {
    let (a, b) = (fake(|behaviour| behaviour.run_ms = None), fake(|behaviour| behaviour.run_ms = None));
    b.handle().set(|behaviour| behaviour.engine = EngineKind::LiteLlm);
    for (fake, settings) in [(&a, kie(&a)), (&b, engine(&b))] {
        let site = Site::start(&[settings]);
        let id = site.create();
        running(&site, &id);
        site.printed(&["tasks", "cancel", &id]);
        let polls = fake.handle().polls_seen();
        assert!(
            fake.handle()
                .wait_until(std::time::Duration::from_secs(20), |ledger| ledger.seen.polls > polls + 2)
        );
        assert_eq!(site.task(&id)["phase"], "running");
        fake.handle().finish_all();
        site.until(&id, "succeeded");
        assert_eq!(site.balance(), (940.0, 0.0, 60.0));
        site.verify();
    }
}

#[test]
fn a_cancelled_run_that_fails_goes_to_no_other_upstream() {
    let (a, b) = (fake(|behaviour| behaviour.run_ms = None), fake(|_| {}));
    let site = Site::start(&[kie(&a), engine(&b), routes("kie,engine")]);
    let id = site.create();
    running(&site, &id);
    site.printed(&["tasks", "cancel", &id]);
    a.handle().fail(&a.handle().ledger()[0].job, "501", "The picture was too dark");
    site.until(&id, "cancelled");
    assert_eq!((b.handle().creates_seen(), site.balance()), (0, (1000.0, 0.0, 0.0)));
    site.verify();
}

#[test]
fn what_waits_for_the_budget_is_cancelled_at_once() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a), set("FILMGATE_UPSTREAMS_KIE_CREATES_PER_10S", "1")]);
    let first = site.create();
    site.until(&first, "succeeded");
    let second = site.create();
    assert_eq!(site.task(&second)["phase"], "queued");
    let said = eventually("cancelled", || {
        let said = site.printed(&["tasks", "cancel", &second]);
        said.contains("nothing was charged").then_some(said)
    });
    assert!(said.contains("is cancelled"), "{said}");
    assert_eq!((a.handle().ledger().len(), site.balance()), (1, (940.0, 0.0, 60.0)));
}
