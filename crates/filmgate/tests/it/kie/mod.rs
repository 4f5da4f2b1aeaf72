//! Kie's dialect over the wire: what a client sees from the create to the film.

mod catalogue;
mod characters;
mod follow;
mod lenient;
mod links;
mod mcp;
mod page;

use serde_json::{Value, json};

use crate::gate::{CAT, Gate, SHORT};

#[test]
fn a_create_answers_with_the_id_and_its_twin_in_compact_json() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let reply =
        gate.call("POST", "/api/v1/jobs/createTask", &[("Authorization", "Bearer test")], CAT.as_bytes());
    let id = reply.json()["data"]["taskId"].as_str().unwrap().to_owned();
    assert!(id.len() == 32 && id.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)), "{id}");
    assert_eq!((reply.status, reply.header("content-type")), (200, Some("application/json;charset=UTF-8")));
    let expected = format!(r#"{{"code":200,"msg":"success","data":{{"taskId":"{id}","recordId":"{id}"}}}}"#);
    assert_eq!(reply.text(), expected);
}

#[test]
fn a_waiting_record_has_every_key_in_the_live_order() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = gate.create(
        r#"{"model":"openai/sora-2-text-to-video","callBackUrl":"https://example.com/cb","input":{"prompt":"猫 \"quoted\"","n_frames":"15","aspect_ratio":"portrait","remove_watermark":true,"unknown":1}}"#,
    );
    let reply = gate.call(
        "GET",
        &format!("/api/v1/jobs/recordInfo?taskId={id}"),
        &[("Authorization", "Bearer test")],
        b"",
    );
    let text = reply.text();
    let data = &reply.json()["data"];
    assert_eq!(data["state"], "waiting");
    assert_eq!(data["model"], "openai/sora-2-text-to-video");
    assert_eq!(
        (&data["resultJson"], &data["failCode"], &data["costTime"]),
        (&json!(""), &Value::Null, &Value::Null)
    );
    assert!(data["createTime"].as_i64().unwrap() > 1_700_000_000_000);
    let param: Value = serde_json::from_str(data["param"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&param["model"], &param["callBackUrl"]),
        (&json!("openai/sora-2-text-to-video"), &json!("https://example.com/cb"))
    );
    let input: Value = serde_json::from_str(param["input"].as_str().unwrap()).unwrap();
    assert_eq!(
        input,
        json!({"prompt": "猫 \"quoted\"", "n_frames": "15", "aspect_ratio": "portrait", "remove_watermark": true})
    );
    let order: Vec<usize> = [
        "\"taskId\"",
        "\"model\"",
        "\"state\"",
        "\"param\"",
        "\"resultJson\"",
        "\"failCode\"",
        "\"costTime\"",
        "\"createTime\"",
    ]
    .iter()
    .map(|key| text.find(key).unwrap_or_else(|| panic!("{key} is missing: {text}")))
    .collect();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn a_film_is_made_paid_and_served() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0));
    let reply = gate.post("/api/v1/veo/generate", SHORT);
    assert_eq!(
        (reply["code"].as_i64(), reply["data"].as_object().unwrap().len()),
        (Some(200), 1),
        "no recordId here"
    );
    let id = reply["data"]["taskId"].as_str().unwrap();
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(940.0));
    let record = wait_veo(&gate, id);
    assert_eq!(
        (&record["successFlag"], &record["errorCode"], &record["errorMessage"]),
        (&json!(1), &Value::Null, &json!(""))
    );
    assert_eq!(record["response"]["taskId"], json!(id));
    assert_eq!(record["response"]["resolution"], json!("720p"));
    assert!(record["completeTime"].as_i64() >= record["createTime"].as_i64());
    let param: Value = serde_json::from_str(record["paramJson"].as_str().unwrap()).unwrap();
    assert_eq!((&param["aspectRatio"], &param["enableTranslation"]), (&json!("16:9"), &json!(true)));

    let link = record["response"]["resultUrls"][0].as_str().unwrap();
    let film = gate.call("GET", link, &[], b"");
    assert_eq!((film.status, film.header("content-type")), (200, Some("video/mp4")));
    assert_eq!(&film.body[4..8], b"ftyp");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(940.0));
}

#[test]
fn a_finished_job_tells_its_result_twice_its_seconds_and_its_price() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = gate.create(r#"{"model":"veo-3-1","input":{"prompt":"A boat","duration":4,"model":"veo3_lite","aspect_ratio":"9:16"}}"#);
    let record = gate.wait(&id, &["success", "fail"]);
    let result: Value = serde_json::from_str(record["resultJson"].as_str().unwrap()).unwrap();
    assert_eq!(record["response"], result);
    assert_eq!(result["resultUrls"].as_array().unwrap().len(), 1);
    assert_eq!((&record["successFlag"], &record["creditsConsumed"]), (&json!(1), &json!(30.0)));
    let seconds =
        (record["completeTime"].as_i64().unwrap() - record["createTime"].as_i64().unwrap() + 500) / 1000;
    assert_eq!(record["costTime"], json!(seconds));
    let param: Value = serde_json::from_str(record["param"].as_str().unwrap()).unwrap();
    let input: Value = serde_json::from_str(param["input"].as_str().unwrap()).unwrap();
    assert_eq!(
        input,
        json!({"prompt": "A boat", "model": "veo3_lite", "aspect_ratio": "9:16", "duration": 4})
    );
}

#[test]
fn both_spellings_of_the_veo_aspect_come_back_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for spelling in ["aspect_ratio", "aspectRatio"] {
        let reply =
            gate.post("/api/v1/veo/generate", &format!(r#"{{"prompt":"A boat","{spelling}":"9:16"}}"#));
        let id = reply["data"]["taskId"].as_str().unwrap();
        let record = gate.get(&format!("/api/v1/veo/record-info?taskId={id}"));
        let param: Value = serde_json::from_str(record["data"]["paramJson"].as_str().unwrap()).unwrap();
        assert_eq!(param["aspectRatio"], "9:16", "{spelling}");
        assert_eq!(record["data"]["successFlag"], 0);
    }
}

#[test]
fn every_key_is_an_account_of_its_own_that_sees_only_its_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = gate.create(CAT);
    let other = gate.call(
        "GET",
        &format!("/api/v1/jobs/recordInfo?taskId={id}"),
        &[("Authorization", "Bearer other")],
        b"",
    );
    assert_eq!(other.text(), r#"{"code":422,"msg":"recordInfo is null","data":null}"#);
    let credit = gate.call("GET", "/api/v1/chat/credit", &[("Authorization", "Bearer other")], b"");
    assert_eq!(credit.text(), r#"{"code":200,"msg":"success","data":1000.0}"#);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(970.0));
}

/// Makes a film in Veo's form and returns its id.
pub(crate) fn made(gate: &Gate, body: &str) -> String {
    let reply = gate.post("/api/v1/veo/generate", body);
    let id = reply["data"]["taskId"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned();
    assert_eq!(wait_veo(gate, &id)["successFlag"], 1);
    id
}

pub(crate) fn wait_veo(gate: &Gate, id: &str) -> Value {
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(120);
    loop {
        let record = gate.get(&format!("/api/v1/veo/record-info?taskId={id}"))["data"].clone();
        if record["successFlag"] != 0 {
            return record;
        }
        assert!(std::time::Instant::now() < deadline, "{record}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}
