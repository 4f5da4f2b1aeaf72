//! Kie's models with states of their own, and the order in which a create is judged (kie-api.md 1.4).

use filmgate_fake::{CreateScript, Fake, Handle, Market, Shelf, Shown};
use serde_json::{Value, json};

use crate::client::{CREATE, VIDEOS, connect, fake, get, over, post, request};

const VEO: &str = "/api/v1/veo/generate";
const UNKNOWN: &str = "The model name you specified is not supported. Please verify your input and use one of the \
                       supported models provided by KIE.";
const CARELESS: &str = "grok-imagine/image-to-video";

fn with_market(market: &Market) -> (Fake, Handle) {
    fake(|behaviour| behaviour.market = Some(market.clone()))
}

/// Code and text of an answer, which is an envelope under HTTP 200.
fn verdict(fake: &Fake, path: &str, body: &Value) -> (i64, String) {
    let answer = post(fake, path, body);
    let envelope = answer.json();
    assert_eq!(answer.status, 200);
    assert!(envelope["code"] == 200 || envelope["data"].is_null(), "{envelope}");
    (envelope["code"].as_i64().unwrap(), envelope["msg"].as_str().unwrap().to_owned())
}

fn refused(code: i64, text: &str) -> (i64, String) {
    (code, text.to_owned())
}

/// A create of a model where it is sold, without any field.
fn create_empty(fake: &Fake, model: &str) -> (i64, String) {
    if model.starts_with("veo3") {
        verdict(fake, VEO, &json!({ "model": model }))
    } else {
        verdict(fake, CREATE, &json!({ "model": model, "input": {} }))
    }
}

#[test]
fn a_create_is_judged_by_model_then_switch_then_fields_then_credits() {
    let (fake, handle) = with_market(&Market::october_2025());
    let model = "sora-2-image-to-video";
    handle.set(|behaviour| behaviour.balance_thousandths = 29_999);
    let change = |change: fn(&mut Shelf)| {
        handle.set(|behaviour| change(behaviour.market.as_mut().unwrap().models.get_mut(model).unwrap()));
    };
    let with = |input: Value| verdict(&fake, CREATE, &json!({ "model": model, "input": input }));

    change(|shelf| shelf.state = Shown::Paused);
    assert_eq!(verdict(&fake, CREATE, &json!({ "model": "sora-3" })), refused(422, UNKNOWN));
    assert_eq!(verdict(&fake, CREATE, &json!({})), refused(422, UNKNOWN));
    assert_eq!(with(Value::Null), refused(500, "This interface is temporarily paused."));
    change(|shelf| shelf.state = Shown::Disabled);
    assert_eq!(with(json!({})), refused(505, "This feature is disabled."));
    change(|shelf| shelf.state = Shown::On);
    assert_eq!(verdict(&fake, CREATE, &json!({ "model": model })), refused(422, "the input cannot be null"));
    assert_eq!(with(Value::Null), refused(422, "the input cannot be null"));
    let field = refused(500, "This field is required");
    let images = json!(["https://example.com/a.png"]);
    for prompt in [Value::Null, json!(""), json!("  "), json!([]), json!({})] {
        assert_eq!(with(json!({ "prompt": prompt, "image_urls": images })), field, "{prompt}");
    }
    assert_eq!(with(json!({ "prompt": "a cat", "image_urls": [] })), field);
    let whole = json!({ "prompt": "a cat", "image_urls": images });
    assert_eq!(
        with(whole.clone()),
        refused(402, "The current credits are insufficient. Please top up."),
        "the balance is checked although check_balance is off"
    );
    assert!(handle.ledger().is_empty());

    handle.set(|behaviour| behaviour.balance_thousandths = 30_000);
    assert_eq!(with(whole).0, 200);
    assert_eq!((handle.ledger()[0].cost_thousandths, handle.balance_thousandths()), (30_000, 0));
}

#[test]
fn veo_generate_judges_its_flat_body_in_the_same_order() {
    let (fake, handle) = with_market(&Market::october_2025());
    assert_eq!(verdict(&fake, VEO, &json!({ "model": "veo4" })), refused(422, UNKNOWN));
    assert_eq!(verdict(&fake, VEO, &json!({ "model": "veo3_lite" })), refused(422, UNKNOWN));
    assert_eq!(verdict(&fake, VEO, &json!({})), refused(500, "This field is required"));
    assert_eq!(verdict(&fake, VEO, &json!([])), refused(500, "This field is required"));
    let square = json!({ "prompt": "a cat", "aspect_ratio": "1:1" });
    assert_eq!(verdict(&fake, VEO, &square), refused(422, "Ratio error"));
    assert!(handle.ledger().is_empty());
    assert_eq!(verdict(&fake, VEO, &json!({ "prompt": "a cat" })).0, 200);
    assert_eq!(verdict(&fake, VEO, &json!({ "prompt": "a cat", "model": "veo3" })).0, 200);
    let lines = handle.ledger();
    let billed: Vec<(&str, i64)> =
        lines.iter().map(|line| (line.model.as_str(), line.cost_thousandths)).collect();
    assert_eq!(billed, [("veo3_fast", 60_000), ("veo3", 250_000)]);
}

#[test]
fn a_model_at_the_other_endpoint_is_unknown() {
    let (fake, handle) = with_market(&Market::november_2026());
    let task = json!({ "model": "veo3_fast", "input": { "prompt": "a cat" } });
    assert_eq!(verdict(&fake, CREATE, &task), refused(422, UNKNOWN));
    let flat = json!({ "model": "veo-3-1", "prompt": "a cat" });
    assert_eq!(verdict(&fake, VEO, &flat), refused(422, UNKNOWN));
    assert!(handle.ledger().is_empty());
}

#[test]
fn empty_creates_of_all_careful_models_create_nothing() {
    for market in [Market::october_2025(), Market::november_2026()] {
        let (fake, handle) = with_market(&market);
        let before = handle.balance_thousandths();
        let careful: Vec<&String> =
            market.models.iter().filter(|(_, shelf)| !shelf.takes_empty).map(|(model, _)| model).collect();
        for model in &careful {
            let code = create_empty(&fake, model).0;
            assert_eq!(code, 500, "{model}");
        }
        assert_eq!((handle.ledger().len(), handle.balance_thousandths()), (0, before));
        assert_eq!(handle.creates_seen(), u64::try_from(careful.len()).unwrap());
    }
}

#[test]
fn a_model_that_takes_empty_creates_a_job_and_bills_it() {
    let (fake, handle) = with_market(&Market::november_2026());
    let before = handle.balance_thousandths();
    assert_eq!(create_empty(&fake, CARELESS).0, 200);
    assert_eq!(verdict(&fake, CREATE, &json!({ "model": CARELESS })).0, 200, "without any input, too");
    let lines = handle.ledger();
    assert!(lines.iter().all(|line| line.model == CARELESS && line.cost_thousandths == 16_000));
    assert_eq!((lines.len(), handle.balance_thousandths()), (2, before - 32_000));

    let pause = |behaviour: &mut filmgate_fake::Behaviour| {
        let shelf = behaviour.market.as_mut().unwrap().models.get_mut(CARELESS).unwrap();
        shelf.state = Shown::Paused;
    };
    handle.set(pause);
    assert_eq!(create_empty(&fake, CARELESS), refused(500, "This interface is temporarily paused."));
    assert_eq!(handle.ledger().len(), 2);
}

#[test]
fn the_account_of_october_2025_sells_sora_and_has_no_catalogue() {
    let market = Market::october_2025();
    let (fake, handle) = with_market(&market);
    let sora = [
        ("sora-2-image-to-video", 30),
        ("sora-2-image-to-video-stable", 35),
        ("sora-2-pro-image-to-video", 75),
        ("sora-2-pro-storyboard", 150),
        ("sora-2-pro-text-to-video", 165),
        ("sora-2-text-to-video", 30),
        ("sora-2-text-to-video-stable", 35),
    ];
    let input = json!({
        "prompt": "a cat",
        "image_urls": ["https://example.com/a.png"],
        "shots": [{ "Scene": "a cat", "duration": 5 }],
    });
    for (model, _) in sora {
        assert_eq!(verdict(&fake, CREATE, &json!({ "model": model, "input": input })).0, 200, "{model}");
    }
    let lines = handle.ledger();
    let prices: Vec<(&str, i64)> =
        lines.iter().map(|line| (line.model.as_str(), line.cost_thousandths / 1000)).collect();
    assert_eq!(prices, sora);
    assert_eq!(market.models.len(), 9, "and veo3 and veo3_fast");
    let (models, nowhere) = (get(&fake, "/api/v1/models"), get(&fake, "/api/v1/nowhere"));
    assert_eq!((models.status, models.body), (404, nowhere.body));
}

#[test]
fn the_account_of_november_2026_has_sora_paused_and_lists_two_models() {
    let (fake, handle) = with_market(&Market::november_2026());
    for model in Market::october_2025().models.keys().filter(|model| model.starts_with("sora")) {
        assert_eq!(
            create_empty(&fake, model),
            refused(500, "This interface is temporarily paused."),
            "{model}"
        );
    }
    let data = get(&fake, "/api/v1/models").json()["data"].clone();
    let rows = data["models"].as_array().unwrap();
    let listed: Vec<&str> = rows.iter().map(|row| row["model"].as_str().unwrap()).collect();
    assert_eq!((&data["total"], listed), (&json!(2), vec![CARELESS, "veo-3-1"]));
    let today = row_of_today();
    assert!(rows.iter().all(|row| row.as_object().unwrap().keys().eq(today.as_object().unwrap().keys())));

    let jobs = json!({ "model": "veo-3-1", "input": { "prompt": "a cat" } });
    assert_eq!(verdict(&fake, CREATE, &jobs).0, 200);
    for model in ["veo3", "veo3_fast", "veo3_lite"] {
        assert_eq!(verdict(&fake, VEO, &json!({ "model": model, "prompt": "a cat" })).0, 200, "{model}");
    }
    let prices: Vec<i64> = handle.ledger().iter().map(|line| line.cost_thousandths).collect();
    assert_eq!(prices, [60_000, 250_000, 60_000, 30_000]);
}

fn row_of_today() -> Value {
    let (fake, _) = fake(|_| ());
    get(&fake, "/api/v1/models").json()["data"]["models"][0].clone()
}

#[test]
fn a_wrong_key_and_a_script_come_before_the_market_and_videos_beside_it() {
    let (fake, handle) = with_market(&Market::november_2026());
    let body = json!({ "model": CARELESS, "input": {} });
    let wrong = request("POST", CREATE, "Authorization: Bearer wrong\r\n", body.to_string().as_bytes());
    assert_eq!(over(&connect(&fake).unwrap(), &wrong).json()["code"], 401);
    let script = CreateScript::Refuse { http_status: 200, code: 455, text: "maintenance".into() };
    handle.set(|behaviour| behaviour.creates.push_back(script));
    assert_eq!(verdict(&fake, CREATE, &body), refused(455, "maintenance"));
    assert!(handle.ledger().is_empty());
    assert_eq!(post(&fake, VIDEOS, &json!({ "prompt": "a cat" })).status, 200);
    assert_eq!(handle.ledger()[0].cost_thousandths, 60_000);
}

#[test]
fn a_market_can_be_sent_and_read_as_json() {
    let (fake, handle) = fake(|_| ());
    let market = json!({ "models": { "m": { "state": "disabled" }, "n": { "price_thousandths": 1 } } });
    assert_eq!(post(&fake, "/_fake/behaviour", &json!({ "market": market })).status, 200);
    let read = handle.behaviour().market.unwrap();
    assert_eq!((read.models["m"].state, read.models["n"].state), (Shown::Disabled, Shown::On));
    assert_eq!(read.models["n"].required, ["prompt"]);
    assert_eq!(create_empty(&fake, "m").0, 505);
    let unknown = json!({ "market": { "models": { "m": { "cost": 1 } } } });
    assert_eq!(post(&fake, "/_fake/behaviour", &unknown).status, 400);
}
