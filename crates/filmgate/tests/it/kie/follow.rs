//! Films made from Veo's films: extended, in 1080p, in 4k; in the dedicated form and in the jobs form.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{made, wait_veo};
use crate::gate::{CAT, Gate, SHORT};

const P1080: &str = "/api/v1/veo/get-1080p-video";
const K4: &str = "/api/v1/veo/get-4k-video";
const EXTEND: &str = "/api/v1/veo/extend";

/// Calls until the answer is one of these, as clients do.
fn until(call: impl Fn() -> Value, is_there: impl Fn(&Value) -> bool) -> Value {
    let deadline = Instant::now() + Duration::from_secs(240);
    loop {
        let reply = call();
        if is_there(&reply) {
            return reply;
        }
        assert!(Instant::now() < deadline, "{reply}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn is_film(gate: &Gate, link: &Value) -> usize {
    let film = gate.call("GET", link.as_str().unwrap(), &[], b"");
    assert_eq!((film.status, &film.body[4..8]), (200, &b"ftyp"[..]), "{link}");
    film.body.len()
}

#[test]
fn a_film_is_extended_and_its_record_holds_the_joined_one() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let source =
        made(&gate, r#"{"prompt":"A red boat","model":"veo3_lite","duration":4,"aspectRatio":"9:16"}"#);
    let record = gate.get(&format!("/api/v1/veo/record-info?taskId={source}"));
    let response = &record["data"]["response"];
    assert_eq!(response["originUrls"], response["resultUrls"], "an upright film says what it was cut from");

    let body = format!(r#"{{"taskId":"{source}","prompt":"It sails on","model":"lite","seeds":12345}}"#);
    let reply = gate.post(EXTEND, &body);
    assert_eq!((&reply["code"], reply["data"].as_object().unwrap().len()), (&json!(200), 1), "{reply}");
    let extension = reply["data"]["taskId"].as_str().unwrap();
    let record = wait_veo(&gate, extension);
    assert_eq!(record["successFlag"], 1, "{record}");
    let param: Value = serde_json::from_str(record["paramJson"].as_str().unwrap()).unwrap();
    assert_eq!(param, json!({"taskId": source, "prompt": "It sails on", "seeds": 12345, "model": "lite"}));
    let response = &record["response"];
    let (part, joined) = (&response["resultUrls"][0], &response["fullResultUrls"][0]);
    assert!(is_film(&gate, joined) > is_film(&gate, part));
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0 - 30.0 - 30.0));

    // The unified form, from the extension on.
    let body = format!(
        r#"{{"model":"veo/extend","input":{{"task_id":"{extension}","prompt":"It comes home","model":"veo3_lite"}}}}"#
    );
    let second = gate.create(&body);
    let record = gate.wait(&second, &["success", "fail"]);
    let result: Value = serde_json::from_str(record["resultJson"].as_str().unwrap()).unwrap();
    assert!(is_film(&gate, &result["fullResultUrls"][0]) > is_film(&gate, joined), "{record}");
    assert_eq!(record["model"], "veo/extend");
    let param: Value = serde_json::from_str(record["param"].as_str().unwrap()).unwrap();
    let input: Value = serde_json::from_str(param["input"].as_str().unwrap()).unwrap();
    assert_eq!(input["task_id"], json!(extension));
}

#[test]
fn a_film_in_1080p_is_made_once_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let source = made(&gate, SHORT);
    let path = format!("{P1080}?taskId={source}&index=0");
    let first = gate.get(&path);
    assert_eq!((&first["code"], &first["data"]), (&json!(400), &Value::Null));
    assert!(first["msg"].as_str().unwrap().starts_with("1080P is processing."), "{first}");
    let ready = until(|| gate.get(&path), |reply| reply["code"] == 200);
    let link = &ready["data"]["resultUrl"];
    is_film(&gate, link);
    assert_eq!(gate.get(&path)["data"]["resultUrl"], *link);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0 - 60.0 - 5.0), "paid once");
}

#[test]
fn a_finished_4k_film_is_announced_as_an_error_with_its_links() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    // Making it takes long, so that its record alone is looked at; the film is of the smaller one below.
    let unfinished = gate.post("/api/v1/veo/generate", SHORT)["data"]["taskId"].clone();
    let refused = gate.post(K4, &format!(r#"{{"taskId":{unfinished}}}"#));
    assert_eq!(refused["code"], 422);
    assert!(refused["msg"].as_str().unwrap().contains("is not finished"), "{refused}");
    drop(gate);

    let gate = Gate::dev(folder.path());
    let source = unfinished.as_str().unwrap();
    assert_eq!(wait_veo(&gate, source)["successFlag"], 1);
    let ask = |id: &str| gate.post(K4, &format!(r#"{{"taskId":"{id}","index":0}}"#));
    let first: Vec<Value> = std::thread::scope(|scope| {
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| ask(source))).collect();
        asked.into_iter().map(|reply| reply.join().unwrap()).collect()
    });
    let begun: Vec<&Value> = first.iter().filter(|reply| reply["code"] == 200).collect();
    let [begun] = begun.as_slice() else { panic!("one of them has begun it: {first:?}") };
    assert!(first.iter().all(|reply| reply["data"]["taskId"] == begun["data"]["taskId"]), "{first:?}");
    let large = begun["data"]["taskId"].as_str().unwrap().to_owned();
    assert_eq!((&begun["code"], &begun["data"]["resultUrls"]), (&json!(200), &Value::Null), "{begun}");
    let again = ask(source);
    assert_eq!((&again["code"], &again["data"]["taskId"]), (&json!(422), &json!(large)), "{again}");
    let ready = until(|| ask(source), |reply| reply["data"]["resultUrls"].is_array());
    assert_eq!(
        (&ready["code"], &ready["msg"]),
        (&json!(422), &json!("The video has been generated successfully"))
    );
    is_film(&gate, &ready["data"]["resultUrls"][0]);
    assert_eq!(ask(&large), ready, "the id of the larger film is understood, too");
    let record = gate.get(&format!("/api/v1/veo/record-info?taskId={large}"));
    assert_eq!(record["data"]["response"]["resolution"], "4k");
    let refused = gate.get(&format!("{P1080}?taskId={large}"));
    assert_eq!(refused["code"], 422, "a larger film is not made smaller: {refused}");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0 - 60.0 - 120.0));
}

#[test]
fn what_no_film_can_be_made_from_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let sora = gate.create(CAT);
    let veo = gate.post("/api/v1/veo/generate", SHORT)["data"]["taskId"].as_str().unwrap().to_owned();
    let unknown = "0".repeat(32);
    for (method, path, body, code, words) in [
        ("GET", format!("{P1080}?taskId={unknown}"), String::new(), 422, "Record does not exist"),
        ("GET", format!("{P1080}?taskId=nonsense"), String::new(), 422, "Record does not exist"),
        ("GET", P1080.to_owned(), String::new(), 500, "taskId is required"),
        ("GET", format!("{P1080}?taskId={veo}&index=1"), String::new(), 422, "index must be 0"),
        ("GET", format!("{P1080}?taskId={veo}&index=x"), String::new(), 422, "index must be an integer"),
        ("GET", format!("{P1080}?taskId={veo}"), String::new(), 422, "is not finished"),
        ("GET", format!("{P1080}?taskId={sora}"), String::new(), 422, "of another model family"),
        ("POST", K4.to_owned(), format!(r#"{{"taskId":"{unknown}"}}"#), 422, "Record does not exist"),
        ("POST", K4.to_owned(), "{}".to_owned(), 500, "taskId is required"),
        ("POST", K4.to_owned(), "[".to_owned(), 400, "JSON"),
        ("POST", EXTEND.to_owned(), format!(r#"{{"taskId":"{veo}"}}"#), 500, "prompt is required"),
        ("POST", EXTEND.to_owned(), r#"{"prompt":"x"}"#.to_owned(), 500, "taskId is required"),
        (
            "POST",
            EXTEND.to_owned(),
            format!(r#"{{"taskId":"{unknown}","prompt":"x"}}"#),
            422,
            "Record does not exist",
        ),
        ("POST", EXTEND.to_owned(), format!(r#"{{"taskId":"{veo}","prompt":"x"}}"#), 422, "is not finished"),
    ] {
        let reply = gate.call(method, &path, &[("Authorization", "Bearer test")], body.as_bytes()).json();
        assert_eq!(reply["code"], code, "{path} {body}: {reply}");
        assert!(reply["msg"].as_str().unwrap().contains(words), "{path} {body}: {reply}");
    }
    let other = [("Authorization", "Bearer other")];
    let reply = gate.call("GET", &format!("{P1080}?taskId={veo}"), &other, b"").json();
    assert_eq!(reply["msg"], "Record does not exist", "another account's film is not found");
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(1000.0 - 30.0 - 60.0));
}

#[test]
fn a_film_has_one_enlargement_however_its_id_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let source = made(&gate, SHORT);
    let ask = |id: &str| gate.get(&format!("{P1080}?taskId={id}&index=0"));
    drop((ask(&source), ask(&source.to_uppercase())));
    let before = gate.get("/api/v1/chat/credit")["data"].clone();
    drop((ask(&source), ask(&source.to_uppercase())));
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], before);
    assert_eq!(before, json!(1000.0 - 60.0 - 5.0));
}

#[test]
fn an_enlargement_stays_when_its_source_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let video = gate.post("/v1/videos", r#"{"prompt":"A red boat at sea","model":"veo3_fast","seconds":4}"#);
    let source = video["id"].as_str().unwrap().strip_prefix("video_").unwrap();
    let ask = || gate.get(&format!("{P1080}?taskId={source}"));
    let large = until(ask, |reply| reply["code"] == 200);
    let deleted =
        gate.call("DELETE", &format!("/v1/videos/video_{source}"), &[("Authorization", "Bearer test")], b"");
    assert_eq!(deleted.status, 200);
    assert_eq!(ask(), large, "it was paid for and is there");
    is_film(&gate, &large["data"]["resultUrl"]);
    let other = gate.post(K4, &format!(r#"{{"taskId":"{source}"}}"#));
    assert_eq!(other["msg"], "Record does not exist", "nothing more is made of it: {other}");
}
