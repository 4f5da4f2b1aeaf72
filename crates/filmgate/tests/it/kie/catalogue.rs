//! The catalogue: which models there are, what they take, what they cost, how often they ended well.

use serde_json::{Value, json};

use crate::gate::{Gate, filmgate};

fn ids(gate: &Gate, query: &str) -> Vec<String> {
    let reply = gate.get(&format!("/api/v1/models{query}"));
    let rows = reply["data"]["models"].as_array().unwrap_or_else(|| panic!("{reply}"));
    assert_eq!(reply["data"]["total"], json!(rows.len()));
    rows.iter().map(|row| row["model"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_catalogue_lists_what_create_task_takes_and_can_be_filtered() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let all = ids(&gate, "");
    for id in ["sora-2-text-to-video", "sora-2-pro-storyboard", "veo-3-1", "veo/extend"] {
        assert!(all.iter().any(|known| known == id), "{all:?}");
    }
    for id in ["veo3_fast", "sora-watermark-remover", "sora-2"] {
        assert!(!all.iter().any(|known| known == id), "{id} is not taken by createTask");
    }
    let google = ids(&gate, "?provider=google&taskType=Text%20to%20Video,Image%20to%20Video");
    assert_eq!(google, ["veo-3-1"]);
    assert!(ids(&gate, "?q=STORYBOARD").contains(&"sora-2-pro-storyboard".to_owned()));
    assert!(ids(&gate, "?q=nothing-of-the-kind").is_empty());
    let reply = gate.get("/api/v1/models?q=sora-2-text-to-video");
    let row = &reply["data"]["models"][0];
    assert_eq!(row["taskType"], json!(["Text to Video"]));
    assert_eq!(row["provider"], "OpenAI");
    let price = "A film costs 30 credits with n_frames 10 (the default); 45 credits with n_frames 15. A task that fails costs nothing.";
    assert_eq!(row["pricingDesc"], price);
    let unkeyed = gate.call("GET", "/api/v1/models", &[], b"").json();
    assert_eq!(unkeyed["code"], 401);
}

#[test]
fn what_is_asked_of_one_model_is_answered_with_its_id_unencoded() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let price = gate.get("/api/v1/models/veo/get-4k-video/price");
    assert_eq!(price["data"]["model"], "veo/get-4k-video");
    assert!(
        price["data"]["pricingDesc"].as_str().unwrap().starts_with("A film costs 120 credits"),
        "{price}"
    );
    let schema = gate.get("/api/v1/models/sora-2-pro-text-to-video/schema");
    let openapi = &schema["data"]["openapi"];
    assert_eq!(openapi["openapi"], "3.1.0");
    let input = &openapi["components"]["schemas"]["Input"];
    assert_eq!(input["required"], json!(["prompt"]));
    let frames = &input["properties"]["n_frames"];
    assert_eq!((&frames["type"], &frames["enum"]), (&json!("string"), &json!(["10", "15"])));
    assert_eq!(input["properties"]["size"]["default"], "high");
    let extend = gate.get("/api/v1/models/veo/extend/schema");
    let input = &extend["data"]["openapi"]["components"]["schemas"]["Input"];
    assert!(input["properties"]["task_id"].is_object(), "{input}");

    let unknown = "The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.";
    for question in ["schema", "price", "success-rate"] {
        let reply = gate.get(&format!("/api/v1/models/gpt-5/{question}"));
        assert_eq!(reply, json!({"code": 404, "msg": unknown, "data": null}));
    }
    assert_eq!(gate.get("/api/v1/models/sora-2-text-to-video/colour")["code"], 404);
}

#[test]
fn the_rate_of_success_is_that_of_our_own_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let path = "/api/v1/models/veo-3-1/success-rate";
    let quiet = gate.get(path);
    let points = quiet["data"]["points"].as_array().unwrap();
    assert_eq!(points.len(), 144);
    assert!(points.iter().all(|point| point["successRate"].is_null() && point["isNormal"].is_null()));
    for scenario in ["[[fail]]", ""] {
        let id = gate.create(&format!(
            r#"{{"model":"veo-3-1","input":{{"prompt":"A boat {scenario}","duration":4,"model":"veo3_lite"}}}}"#
        ));
        gate.wait(&id, &["success", "fail"]);
    }
    let points = gate.get(path)["data"]["points"].as_array().unwrap().clone();
    let busy: Vec<&Value> = points.iter().filter(|point| !point["successRate"].is_null()).collect();
    let (made, failed) = busy.iter().fold((0.0, 0.0), |(made, failed), point| {
        (made + point["successRate"].as_f64().unwrap(), failed + point["errorRate"].as_f64().unwrap())
    });
    // Both in one span of ten minutes, or each in its own.
    assert!(made > 0.0 && (made - failed).abs() < 1e-9, "{busy:?}");
}

#[test]
fn a_gateway_that_nobody_makes_films_for_offers_none() {
    let folder = tempfile::tempdir().unwrap();
    let key: Value =
        serde_json::from_str(&crate::gate::printed(folder.path(), &["keys", "create", "team", "--json"]))
            .unwrap();
    let mut command = filmgate();
    let gate = Gate::start(
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data")),
    );
    let bearer = format!("Bearer {}", key["key"].as_str().unwrap());
    let reply = gate.call("GET", "/api/v1/models", &[("Authorization", &bearer)], b"").json();
    assert_eq!(reply["data"], json!({"total": 0, "models": []}));
}

#[test]
fn the_playground_aliases_are_the_same_endpoints() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let reply = gate.post("/api/v1/playground/createTask", crate::gate::CAT);
    let id = reply["data"]["taskId"].as_str().unwrap();
    let record = gate.get(&format!("/api/v1/playground/recordInfo?taskId={id}"));
    assert_eq!(record["data"]["state"], "waiting");
    assert_eq!(record, gate.get(&format!("/api/v1/jobs/recordInfo?taskId={id}")));
}
