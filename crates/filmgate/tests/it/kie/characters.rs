//! Characters: made of a film of one's own, and named in later ones.

use serde_json::{Value, json};

use crate::gate::Gate;

#[test]
fn a_character_of_a_film_has_an_id_that_later_films_name_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let source = super::made(&gate, r#"{"prompt":"A ginger cat","model":"veo3_lite","duration":4}"#);
    let create = json!({"model": "sora-2-characters-pro", "input": {"origin_task_id": source,
        "timestamps": "1,3.5", "character_user_name": "ginger", "character_prompt": "A ginger cat with a blue scarf"}});
    let id = gate.create(&create.to_string());
    let record = gate.wait(&id, &["success", "fail"]);
    assert_eq!((&record["state"], &record["creditsConsumed"]), (&json!("success"), &json!(0.0)), "{record}");
    let result: Value = serde_json::from_str(record["resultJson"].as_str().unwrap()).unwrap();
    let object = &result["resultObject"];
    assert_eq!(
        (&object["character_user_name"], &result["character_id"]),
        (&json!("ginger"), &object["character_id"])
    );
    let film = json!({"model": "sora-2-text-to-video", "input": {"prompt": "It sleeps", "character_id_list": [object["character_id"]]}});
    assert_eq!(gate.post("/api/v1/jobs/createTask", &film.to_string())["code"], 200);
    let call = |key: &str, path: &str, body: &Value| {
        let headers = [("Authorization", key), ("Content-Type", "application/json")];
        gate.call("POST", path, &headers, body.to_string().as_bytes())
    };
    let stranger = call("Bearer other", "/api/v1/jobs/createTask", &film).json();
    assert_eq!(stranger["code"], 500, "{stranger}");
    let named = json!({"prompt": "It sleeps", "characters": [{"id": object["character_id"]}]});
    assert_eq!(call("Bearer test", "/v1/videos", &named).status, 200, "the other dialect knows it, too");
    assert_eq!(call("Bearer other", "/v1/videos", &named).status, 404);
}

#[test]
fn a_character_of_a_film_that_is_not_ones_own_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let input = json!({"origin_task_id": "0".repeat(32), "timestamps": "1,3", "character_prompt": "A cat"});
    let create = json!({"model": "sora-2-characters-pro", "input": input});
    assert_eq!(gate.post("/api/v1/jobs/createTask", &create.to_string())["msg"], "Record does not exist");
}

#[test]
fn a_characters_film_must_be_a_public_link() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for link in
        ["file:///etc/passwd", "stored:../../x", "data:video/mp4;base64,AAAA", "http://169.254.169.254/x.mp4"]
    {
        let create = json!({"model": "sora-2-characters", "input": {"character_file_url": [link]}});
        assert_eq!(gate.post("/api/v1/jobs/createTask", &create.to_string())["code"], 422, "{link}");
    }
}
