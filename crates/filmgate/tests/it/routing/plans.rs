//! Plan A and plan B: whatever keeps the first upstream from making a film, the second one makes it, and one is paid for.

use filmgate_domain::ledger::Book;
use filmgate_fake::{CreateScript, Fake, Outcome};
use serde_json::{Value, json};

use super::site::{JOBS, Settled, Site, UPSTREAM_KEY, engine, eventually, fake, kie, routes, set};

/// What Kie says when it turns a create down, and what the operator reads of it.
const REFUSALS: [(i64, &str, &str); 5] = [
    (500, "This interface is temporarily paused. Please try again later.", "has paused this model"),
    (422, "The model name you specified is not supported.", "does not have this model"),
    (402, "The current credits are insufficient. Please top up.", "has no credits left"),
    (455, "Service is under maintenance.", "is in maintenance"),
    (401, "Unauthorized", "refuses the operator's key"),
];

fn refuse(code: i64, text: &str) -> CreateScript {
    CreateScript::Refuse { http_status: 200, code, text: text.to_owned() }
}

fn fails(code: &str) -> Outcome {
    Outcome::Fail { code: code.to_owned(), text: "The picture was too dark".to_owned() }
}

fn kie_then_engine(a: &Fake, b: &Fake) -> Vec<Settled> {
    vec![kie(a), engine(b), routes("kie,engine")]
}

/// Waits for the film; at no time the client's record may show anything but a task on its way or a film.
fn film_without_a_word(site: &Site, id: &str) -> Value {
    eventually("the film", || {
        let record = site.record(id);
        assert!([json!(0), json!(1)].contains(&record["successFlag"]), "{record:#}\n{}", site.log());
        assert_eq!(record["errorCode"], Value::Null, "{record:#}");
        (record["successFlag"] == 1).then_some(record)
    })
}

#[test]
fn whatever_plan_a_refuses_plan_b_makes_for_one_charge_and_the_record_says_why() {
    // What is of the whole upstream leaves it alone for a while, so those have a gateway each.
    for refusals in [&REFUSALS[..3], &REFUSALS[3..4], &REFUSALS[4..]] {
        let (a, b) = (fake(|_| {}), fake(|_| {}));
        let site = Site::start(&kie_then_engine(&a, &b));
        for (made, (code, text, says)) in refusals.iter().enumerate() {
            a.handle().set(|behaviour| behaviour.creates.push_back(refuse(*code, text)));
            let before = site.credit();
            let id = site.create();
            film_without_a_word(&site, &id);
            let task = site.task(&id);
            let tried = task["tried"].as_array().unwrap();
            assert_eq!(tried.len(), 2, "{task:#}");
            assert_eq!(
                (&tried[0]["upstream"], &tried[0]["state"]),
                (&json!("kie"), &json!("refused")),
                "{task:#}"
            );
            assert!(tried[0]["what"].as_str().unwrap().contains(says), "{code}: {task:#}");
            assert!(tried[0]["evidence"].to_string().contains(text), "{task:#}");
            assert_eq!((&tried[1]["upstream"], &tried[1]["state"]), (&json!("engine"), &json!("delivered")));
            assert_eq!(b.handle().ledger().len(), made + 1, "{code}: one job at plan B for each task");
            assert!((before - site.credit() - 60.0).abs() < f64::EPSILON, "{code}: the card's price, once");
        }
        assert!(a.handle().ledger().is_empty(), "plan A was never billed");
        assert_eq!(site.balance().1, 0.0);
        site.verify();
    }
}

#[test]
fn a_films_owner_reads_every_call_that_was_made_for_it_and_nothing_secret() {
    let (a, b) = (fake(|_| {}), fake(|_| {}));
    let site = Site::start(&kie_then_engine(&a, &b));
    a.handle().set(|behaviour| behaviour.creates.push_back(refuse(455, "Service is under maintenance.")));
    let id = site.create();
    film_without_a_word(&site, &id);
    let whole = site.call(&format!("/filmgate/v1/tasks/{id}"), &[], "");
    let exchanges = whole["exchanges"].as_array().unwrap();
    let calls: Vec<String> = exchanges
        .iter()
        .filter_map(|one| one["call"].as_object())
        .map(|call| format!("{} {} {}", call["method"], call["path"].as_str().unwrap(), call["status"]))
        .collect();
    let job = exchanges[1]["text"].as_str().unwrap().trim_start_matches("accepted as ");
    let wanted = [
        "\"POST\" /api/v1/veo/generate 200".to_owned(),
        "\"POST\" /videos 200".to_owned(),
        format!("\"GET\" /videos/{job} 200"),
    ];
    assert_eq!(calls, wanted, "{exchanges:#?}");
    assert!(exchanges[0]["text"].as_str().unwrap().starts_with("refused: it is in maintenance"));
    let moments = whole["timeline"].as_array().unwrap();
    assert!(!moments.iter().any(|moment| moment["text"].as_str().unwrap().contains("POST")), "{moments:#?}");
    for secret in [UPSTREAM_KEY, "/callbacks/", "127.0.0.1"] {
        assert!(!whole["exchanges"].to_string().contains(secret), "{secret}: {exchanges:#?}");
    }
}

#[test]
fn a_run_that_failed_at_plan_a_is_made_by_plan_b() {
    let (a, b) = (fake(|behaviour| behaviour.outcome = fails("501")), fake(|_| {}));
    let site = Site::start(&kie_then_engine(&a, &b));
    let id = site.create();
    film_without_a_word(&site, &id);
    let task = site.task(&id);
    assert_eq!((&task["tried"][0]["state"], &task["upstream"]), (&json!("failed"), &json!("engine")));
    assert!(task["tried"][0]["what"].as_str().unwrap().contains("The picture was too dark"), "{task:#}");
    assert_eq!((a.handle().ledger().len(), b.handle().ledger().len()), (1, 1));
    assert_eq!(site.balance(), (940.0, 0.0, 60.0));
    assert_eq!(site.book(Book::Loss), 0.0, "Kie gave its credits back");
    site.verify();
}

#[test]
fn success_without_a_film_is_the_operators_loss_and_plan_bs_film_the_clients() {
    let (a, b) = (fake(|behaviour| behaviour.outcome = Outcome::NoUrl), fake(|_| {}));
    let site = Site::start(&kie_then_engine(&a, &b));
    let id = site.create_with(JOBS, &[], r#"{"model":"veo-3-1","input":{"prompt":"A red boat at sea"}}"#);
    let task = site.until(&id, "succeeded");
    assert_eq!((&task["upstream"], &task["tried"][0]["state"]), (&json!("engine"), &json!("failed")));
    assert_eq!((site.balance(), site.book(Book::Loss)), ((940.0, 0.0, 60.0), 60.0));
    site.verify();
}

#[test]
fn a_second_key_is_a_plan_b() {
    let (a, b) = (fake(|behaviour| behaviour.balance_thousandths = 59_000), fake(|_| {}));
    a.handle().set(|behaviour| behaviour.check_balance = true);
    let file = format!("[upstreams.spare]\ndialect = \"kie\"\nurl = \"{}\"\npoll_ms = 50\n", b.url());
    let spare = set("FILMGATE_UPSTREAMS_SPARE_KEY", UPSTREAM_KEY);
    let mut site = Site::new(&[kie(&a), spare, routes("kie,spare")], &file);
    site.serve();
    for made in 1..=2 {
        let id = site.create();
        film_without_a_word(&site, &id);
        assert_eq!((site.task(&id)["upstream"].as_str(), b.handle().ledger().len()), (Some("spare"), made));
    }
    assert_eq!(a.handle().creates_seen(), 1, "an empty account is left alone");
    assert_eq!(site.log().matches("ALERT: the upstream has no credits left").count(), 1);
    site.verify();
}

#[test]
fn a_busy_upstream_is_asked_three_times_before_plan_b() {
    let busy = refuse(429, "Too many requests");
    let (a, b) = (fake(|behaviour| behaviour.create_always = Some(busy)), fake(|_| {}));
    let site = Site::start(&kie_then_engine(&a, &b));
    let id = site.create();
    film_without_a_word(&site, &id);
    let task = site.task(&id);
    let states: Vec<&str> =
        task["tried"].as_array().unwrap().iter().map(|tried| tried["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["busy", "busy", "busy", "delivered"], "{task:#}");
    let began = |place: usize| task["tried"][place]["began_ms"].as_i64().unwrap();
    assert!(began(1) - began(0) >= 750 && began(2) - began(1) >= 1_500, "{task:#}");
}

#[test]
fn a_job_whose_upstream_is_taken_out_of_the_configuration_is_waited_for() {
    let (a, b) = (fake(|behaviour| behaviour.run_ms = None), fake(|_| {}));
    let mut site = Site::start(&kie_then_engine(&a, &b));
    let id = site.create();
    site.until(&id, "running");
    site.stop();
    site.set("KIE_API_KEY", "");
    site.set("KIE_BASE_URL", "");
    site.set("FILMGATE_ROUTES_DEFAULT", "engine");
    site.serve();
    eventually("the log tells it", || site.log().contains("not configured any more").then_some(()));
    a.handle().finish_all();
    assert_eq!((site.task(&id)["phase"].as_str(), site.balance()), (Some("running"), (940.0, 60.0, 0.0)));
    site.stop();
    kie(&a).iter().for_each(|(name, value)| site.set(name, value));
    site.serve();
    site.until(&id, "succeeded");
    assert_eq!((b.handle().creates_seen(), a.handle().ledger().len()), (0, 1));
    site.verify();
}

#[test]
fn the_studio_is_a_plan_b_like_any_other() {
    let a = fake(|behaviour| behaviour.create_always = Some(refuse(402, "Credits insufficient")));
    let site = Site::start(&[kie(&a), routes("kie,studio")]);
    let id = site.create();
    film_without_a_word(&site, &id);
    assert_eq!(site.task(&id)["upstream"], "studio");
    assert_eq!(site.balance(), (940.0, 0.0, 60.0));
    site.verify();
}

#[test]
fn stop_on_failure_ends_a_task_whose_run_failed_but_not_one_that_was_refused() {
    let (a, b) = (fake(|behaviour| behaviour.outcome = fails("501")), fake(|_| {}));
    let stops = set("FILMGATE_ROUTES_STOP_ON_FAILURE", "true");
    let site = Site::start(&[kie_then_engine(&a, &b), vec![stops]].concat());
    let id = site.create();
    let task = site.until(&id, "failed");
    assert_eq!((&task["tried"][1], &task["failure"]["code"]), (&Value::Null, &json!("501")), "{task:#}");
    assert_eq!((b.handle().creates_seen(), site.balance()), (0, (1000.0, 0.0, 0.0)));
    a.handle().set(|behaviour| behaviour.create_always = Some(refuse(422, REFUSALS[1].1)));
    let id = site.create();
    film_without_a_word(&site, &id);
    site.verify();
}

#[test]
fn a_route_that_costs_more_than_max_cost_is_not_asked() {
    let (a, b) = (fake(|_| {}), fake(|_| {}));
    let most = set("FILMGATE_UPSTREAMS_KIE_MAX_COST", "59.9");
    let mut site = Site::start(&[kie_then_engine(&a, &b), vec![most]].concat());
    let id = site.create();
    film_without_a_word(&site, &id);
    let what = site.task(&id)["tried"][0]["what"].as_str().unwrap().to_owned();
    assert!(what.contains("veo3_fast costs 60 credits, max_cost is 59.9"), "{what}");
    assert_eq!((a.handle().creates_seen(), a.handle().seen().connections), (0, 0));
    site.stop();
    site.set("FILMGATE_UPSTREAMS_KIE_MAX_COST", "60");
    site.serve();
    let id = site.create();
    film_without_a_word(&site, &id);
    assert_eq!(site.task(&id)["upstream"], "kie");
}

#[test]
fn an_upstreams_402_is_never_told_as_the_clients_own() {
    for (script, outcome) in [
        (Some(refuse(402, "The current credits are insufficient. Please top up.")), Outcome::Succeed),
        (None, Outcome::Fail { code: "402".into(), text: "The current credits are insufficient.".into() }),
        (None, Outcome::Fail { code: "401".into(), text: "Unauthorized".into() }),
    ] {
        let a = fake(|behaviour| {
            (behaviour.create_always, behaviour.outcome) = (script.clone(), outcome.clone());
        });
        let site = Site::start(&[kie(&a)]);
        let id = site.create();
        let task = site.until(&id, "failed");
        let record = site.record(&id);
        assert_eq!(record["errorCode"], 500, "{record:#}");
        let text = record["errorMessage"].as_str().unwrap();
        assert!(!text.contains("top up") && text.contains("Nothing was charged"), "{text}");
        let told = task["tried"][0]["evidence"].to_string();
        assert!(
            told.contains("insufficient") || told.contains("Unauthorized"),
            "the operator reads it: {told}"
        );
        assert_eq!(site.balance(), (1000.0, 0.0, 0.0));
        site.verify();
    }
}
