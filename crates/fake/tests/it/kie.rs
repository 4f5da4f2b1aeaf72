//! Kie's API: the fields that kie-api.md names are there, and money is counted.

use std::time::Duration;

use filmgate_fake::{CreateScript, Dialect, Outcome};
use serde_json::{Value, json};

use crate::client::{CREATE, SOON, call, connect, create_kie, fake, get, over, post, post_form, request};

const VEO: &str = "/api/v1/veo/generate";

fn record(fake: &filmgate_fake::Fake, id: &str) -> Value {
    get(fake, &format!("/api/v1/jobs/recordInfo?taskId={id}")).json()
}

fn veo_record(fake: &filmgate_fake::Fake, id: &str) -> Value {
    get(fake, &format!("/api/v1/veo/record-info?taskId={id}")).json()
}

#[test]
fn a_job_waits_generates_and_succeeds_with_the_fields_of_the_recordings() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
    let body = json!({
        "model": "kling-2.6/text-to-video",
        "input": { "prompt": "a cat", "duration": "5", "sound": false },
        "callBackUrl": "http://127.0.0.1:9/hook",
    });
    let created = post(&fake, CREATE, &body).json();
    assert_eq!((&created["code"], &created["msg"]), (&json!(200), &json!("success")));
    let id = created["data"]["taskId"].as_str().unwrap();
    assert_eq!((id.len(), &created["data"]["recordId"]), (32, &json!(id)));

    assert_eq!(record(&fake, id)["data"]["state"], "waiting");
    let running = record(&fake, id);
    let data = &running["data"];
    assert_eq!((&data["state"], &data["resultJson"]), (&json!("generating"), &json!("")));
    for absent in ["failCode", "failMsg", "costTime", "completeTime"] {
        assert!(data[absent].is_null() && data.get(absent).is_some(), "{absent}");
    }
    assert_eq!((&data["successFlag"], &data["creditsConsumed"]), (&json!(0), &json!(0.0)));
    let param: Value = serde_json::from_str(data["param"].as_str().unwrap()).unwrap();
    assert_eq!((&param["model"], &param["callBackUrl"]), (&body["model"], &body["callBackUrl"]));
    let input: Value = serde_json::from_str(param["input"].as_str().unwrap()).unwrap();
    assert_eq!(input, body["input"]);

    assert!(handle.finish(id) && !handle.finish(id), "it ends once");
    let done = &record(&fake, id)["data"];
    assert_eq!(
        (&done["state"], &done["successFlag"], &done["costTime"]),
        (&json!("success"), &json!(1), &json!(0))
    );
    assert_eq!(done["completeTime"], json!(handle.finished_at_ms(id)));
    assert_eq!(done["creditsConsumed"], 60.0);
    let results: Value = serde_json::from_str(done["resultJson"].as_str().unwrap()).unwrap();
    assert_eq!(done["response"], results);
    assert_eq!(results["resultUrls"][0], format!("{}/film/{id}.mp4", fake.url()));

    let job = &handle.jobs()[0];
    assert_eq!((job.order.dialect, job.order.prompt.as_str()), (Dialect::KieJobs, "a cat"));
    assert_eq!(job.order.fields["sound"], "false");
    assert_eq!(job.order.headers["host"], "fake");
    assert_eq!((handle.creates_seen(), handle.polls_seen()), (1, 3));
}

#[test]
fn a_failed_job_says_so_inside_of_a_success_and_gives_its_cost_back() {
    let (fake, handle) = fake(|behaviour| {
        behaviour.run_ms = None;
        behaviour.balance_thousandths = 100_000;
        behaviour.outcome = Outcome::Fail { code: "501".into(), text: "it broke".into() };
    });
    let id = create_kie(&fake);
    assert_eq!(get(&fake, "/api/v1/chat/credit").json()["data"], 40.0);
    handle.finish(&id);
    let failed = record(&fake, &id);
    let data = &failed["data"];
    assert_eq!((&failed["code"], &data["state"]), (&json!(200), &json!("fail")));
    assert_eq!((&data["failCode"], &data["failMsg"]), (&json!("501"), &json!("it broke")));
    assert_eq!((&data["resultJson"], &data["successFlag"]), (&json!(""), &json!(3)));
    let line = &handle.ledger()[0];
    assert_eq!((line.state, line.refunded, line.cost_thousandths), ("fail", true, 60_000));
    assert_eq!(handle.balance_thousandths(), 100_000);
}

#[test]
fn jobs_end_by_themselves_and_the_ledger_tells_how() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = Some(1));
    let done = create_kie(&fake);
    handle.set(|behaviour| behaviour.outcome = Outcome::Vanish);
    let lost = create_kie(&fake);
    handle.set(|behaviour| behaviour.outcome = Outcome::NoUrl);
    let empty = create_kie(&fake);
    assert!(handle.wait_until(SOON, |ledger| ledger.jobs.values().all(|job| job.ended_at_ms.is_some())));
    let states: Vec<&str> = handle.ledger().iter().map(|line| line.state).collect();
    assert_eq!(states, ["success", "lost", "success"]);
    assert_eq!(record(&fake, &done)["data"]["state"], "success");
    assert_eq!(record(&fake, &lost)["msg"], "recordInfo is null");
    assert_eq!(record(&fake, &empty)["data"]["resultJson"], "{\"resultUrls\":[]}");
}

#[test]
fn refusals_are_codes_in_an_envelope_and_cost_nothing() {
    let (fake, handle) = fake(|behaviour| {
        behaviour.retry_after_s = Some(7);
        let refuse = |http_status, code| CreateScript::Refuse { http_status, code, text: "no".into() };
        behaviour.creates.extend([refuse(200, 429), refuse(503, 455)]);
        (behaviour.check_balance, behaviour.balance_thousandths) = (true, 59_999);
    });
    let body = json!({ "model": "m", "input": { "prompt": "a cat" } });
    let limited = post(&fake, CREATE, &body);
    assert_eq!((limited.status, limited.header("Retry-After")), (200, Some("7")));
    assert_eq!(limited.json(), json!({ "code": 429, "msg": "no", "data": null }));
    assert_eq!(post(&fake, CREATE, &body).status, 503);
    assert_eq!(post(&fake, CREATE, &body).json()["code"], 402);
    assert_eq!(post(&fake, CREATE, &json!({ "input": {} })).json()["code"], 422);
    assert_eq!(post(&fake, CREATE, &json!({ "model": "m" })).json()["msg"], "the input cannot be null");
    let wrong = request("POST", CREATE, "Authorization: Bearer wrong\r\n", body.to_string().as_bytes());
    let answer = over(&connect(&fake).unwrap(), &wrong);
    assert_eq!((answer.status, &answer.json()["code"]), (200, &json!(401)));
    assert!(answer.json().get("data").is_none());
    assert_eq!((handle.ledger().len(), handle.creates_seen()), (0, 6));
}

#[test]
fn an_accepted_create_may_say_nothing_of_its_id() {
    let (fake, handle) = fake(|behaviour| behaviour.creates.push_back(CreateScript::AcceptWithoutId));
    let answer = post(&fake, CREATE, &json!({ "model": "m", "input": { "prompt": "a cat" } })).json();
    assert_eq!(answer, json!({ "code": 200, "msg": "success", "data": null }));
    assert_eq!(handle.ledger().len(), 1);
}

#[test]
fn unknown_records_are_refused_in_the_words_of_their_family() {
    let (fake, handle) = fake(|behaviour| behaviour.veo_record_not_found_first = 2);
    assert_eq!(record(&fake, "nobody"), json!({ "code": 422, "msg": "recordInfo is null", "data": null }));
    assert_eq!(get(&fake, "/api/v1/jobs/recordInfo").json()["code"], 400);
    let id =
        post(&fake, VEO, &json!({ "prompt": "a cat" })).json()["data"]["taskId"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        assert_eq!(veo_record(&fake, &id)["msg"], format!("Record not found for taskId: {id}"));
    }
    assert_eq!(veo_record(&fake, &id)["code"], 200);
    assert_eq!(record(&fake, &id)["code"], 422, "a Veo task is no job");
    handle.set(|behaviour| behaviour.record_always = Some((500, 500, "down".into())));
    assert_eq!(get(&fake, &format!("/api/v1/veo/record-info?taskId={id}")).status, 500);
}

#[test]
fn veo_takes_both_spellings_and_fills_its_defaults_in() {
    for (name, resolution) in [("aspectRatio", Value::Null), ("aspect_ratio", json!("1080p"))] {
        let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
        let mut body = json!({ "prompt": "a cat", "model": "veo3", "callBackUrl": "http://127.0.0.1:9/" });
        body[name] = "9:16".into();
        if !resolution.is_null() {
            body["resolution"] = resolution;
        }
        let created = post(&fake, VEO, &body).json();
        assert!(created["data"]["recordId"].is_null());
        let id = created["data"]["taskId"].as_str().unwrap();
        let running = &veo_record(&fake, id)["data"];
        assert_eq!((&running["successFlag"], &running["response"]), (&json!(0), &Value::Null));
        assert_eq!((&running["errorMessage"], &running["errorCode"]), (&json!(""), &Value::Null));
        let param: Value = serde_json::from_str(running["paramJson"].as_str().unwrap()).unwrap();
        assert_eq!((&param["aspectRatio"], &param["enableTranslation"]), (&json!("9:16"), &json!(true)));
        assert_eq!(param["callBackUrl"], body["callBackUrl"]);
        handle.finish(id);
        let done = &veo_record(&fake, id)["data"];
        assert_eq!(done["successFlag"], 1);
        assert_eq!(done["response"]["resultUrls"], done["response"]["originUrls"]);
        assert_eq!(done["completeTime"].as_i64().unwrap() % 1000, 0);
    }
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
    assert_eq!(
        post(&fake, VEO, &json!({ "prompt": "a cat", "aspect_ratio": "1:1" })).json()["msg"],
        "Ratio error"
    );
    let id =
        post(&fake, VEO, &json!({ "prompt": "a cat" })).json()["data"]["taskId"].as_str().unwrap().to_owned();
    handle.fail(&id, "400", "unsafe");
    let failed = &veo_record(&fake, &id)["data"];
    assert_eq!((&failed["successFlag"], &failed["errorCode"]), (&json!(3), &json!(400)));
    assert_eq!(failed["errorMessage"], "unsafe");
}

#[test]
fn uploads_keep_name_type_and_bytes_and_can_be_read_again() {
    let (fake, handle) = fake(|_| ());
    let parts: &[(&str, Option<&str>, &[u8])] = &[
        ("file", Some("a.png"), b"\x89PNG\r\n--the"),
        ("uploadPath", None, b"in/put"),
        ("fileName", None, b"b.png"),
    ];
    let answer = post_form(&fake, "/api/file-stream-upload", parts).json();
    assert_eq!((&answer["success"], &answer["code"]), (&json!(true), &json!(200)));
    assert_eq!((&answer["data"]["fileName"], &answer["data"]["fileSize"]), (&json!("b.png"), &json!(11)));
    let path = answer["data"]["downloadUrl"].as_str().unwrap().strip_prefix(&fake.url()).unwrap().to_owned();
    let again = get(&fake, &path);
    assert_eq!(
        (again.header("Content-Type"), again.body.as_slice()),
        (Some("image/png"), &b"\x89PNG\r\n--the"[..])
    );

    let base64 = json!({ "base64Data": "data:image/jpeg;base64,/9j/", "uploadPath": "p" });
    assert_eq!(post(&fake, "/api/file-base64-upload", &base64).json()["data"]["mimeType"], "image/jpeg");
    let link = json!({ "fileUrl": "https://example.com/a.png", "uploadPath": "p" });
    assert_eq!(post(&fake, "/api/file-url-upload", &link).json()["code"], 200);
    assert_eq!(post(&fake, "/api/file-url-upload", &json!({ "fileUrl": "x" })).status, 400);

    let uploads = handle.uploads();
    let bytes: Vec<&[u8]> = uploads.iter().map(|upload| upload.bytes.as_slice()).collect();
    assert_eq!(bytes, [&b"\x89PNG\r\n--the"[..], &[0xff, 0xd8, 0xff], &[]]);
    assert_eq!(uploads[2].file_url.as_deref(), Some("https://example.com/a.png"));
    assert_eq!(uploads[0].upload_path, "in/put");
}

#[test]
fn other_routes_answer_in_their_shapes() {
    let (fake, handle) = fake(|_| ());
    let models = get(&fake, "/api/v1/models").json();
    assert_eq!(models["data"]["total"], models["data"]["models"].as_array().unwrap().len());
    let foreign = json!({ "url": "https://example.com/film/x.mp4" });
    assert_eq!(post(&fake, "/api/v1/common/download-url", &foreign).json()["msg"], "url is wrong");
    assert_eq!(call(&fake, "POST", "/api/v1/user/credits", b"").status, 404);
    handle.set(|behaviour| behaviour.slow_ms = 50);
    let started = std::time::Instant::now();
    get(&fake, "/api/v1/chat/credit");
    assert!(started.elapsed() >= Duration::from_millis(50));
}
