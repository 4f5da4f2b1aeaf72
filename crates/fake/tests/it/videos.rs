//! `/v1/videos` as OpenAI specified it.

use filmgate_fake::{CreateScript, Dialect, Fake};
use serde_json::{Value, json};

use crate::client::{SOON, VIDEOS, call, connect, fake, get, over, post, post_form, request};

fn create(fake: &Fake, prompt: &str) -> String {
    post(fake, VIDEOS, &json!({ "prompt": prompt })).json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_form_with_a_file_becomes_a_job_that_keeps_every_part() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
    let parts: &[(&str, Option<&str>, &[u8])] = &[
        ("prompt", None, b"a cat"),
        ("model", None, b"sora-2"),
        ("seconds", None, b"8"),
        ("size", None, b"1280x720"),
        ("list[]", None, b"a"),
        ("list[]", None, b"b"),
        ("input_reference", Some("a.png"), b"\x89PNG"),
    ];
    let answer = post_form(&fake, VIDEOS, parts);
    let video = answer.json();
    assert_eq!((answer.status, &video["object"], &video["status"]), (200, &json!("video"), &json!("queued")));
    for name in ["completed_at", "expires_at", "remixed_from_video_id", "error"] {
        assert!(video.get(name).is_some_and(Value::is_null), "{name}");
    }
    assert_eq!((&video["seconds"], &video["size"]), (&json!("8"), &json!("1280x720")));
    assert_eq!((&video["progress"], &video["prompt"]), (&json!(0), &json!("a cat")));
    let job = &handle.jobs()[0];
    assert_eq!((job.order.dialect, &job.order.model), (Dialect::OpenAi, &"sora-2".to_owned()));
    assert_eq!((job.order.fields["seconds"].as_str(), job.order.fields["list[]"].as_str()), ("8", "a\nb"));
    let file = &job.order.files[0];
    assert_eq!((file.name.as_str(), file.file_name.as_str()), ("input_reference", "a.png"));
    assert_eq!((file.content_type.as_str(), file.bytes.as_slice()), ("image/png", &b"\x89PNG"[..]));
}

#[test]
fn a_video_goes_through_its_states_to_its_film() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
    let id = create(&fake, "a cat");
    let path = format!("{VIDEOS}/{id}");
    let status = || get(&fake, &path).json()["status"].clone();
    assert_eq!((status(), status()), (json!("queued"), json!("in_progress")));
    assert_eq!(get(&fake, &format!("{path}/content")).status, 404);
    handle.finish(&id);
    let done = get(&fake, &path).json();
    assert_eq!((&done["status"], &done["progress"]), (&json!("completed"), &json!(100)));
    assert!(done["completed_at"].is_i64() && done["expires_at"].is_i64());
    let part = over(
        &connect(&fake).unwrap(),
        &request("GET", &format!("{path}/content"), "Range: bytes=4-7\r\n", b""),
    );
    assert_eq!((part.status, part.body.as_slice()), (206, &b"ftyp"[..]));
    assert_eq!((handle.polls_seen(), handle.downloads_seen()), (3, 2));
}

#[test]
fn content_needs_the_key_unless_the_behaviour_says_otherwise() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = Some(0));
    let path = format!("{VIDEOS}/{}/content", create(&fake, "a cat"));
    let stranger = request("GET", &path, "Authorization: Bearer wrong\r\n", b"");
    let refused = over(&connect(&fake).unwrap(), &stranger);
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (401, &json!("invalid_api_key")));
    handle.set(|behaviour| behaviour.content_needs_key = false);
    assert_eq!(over(&connect(&fake).unwrap(), &stranger).status, 200);
}

#[test]
fn the_list_pages_and_may_hide_prompts_or_be_missing() {
    let (fake, handle) = fake(|_| ());
    let ids = ["one", "two", "three"].map(|prompt| create(&fake, prompt));
    let first = get(&fake, "/v1/videos?order=desc&limit=2").json();
    assert_eq!((&first["first_id"], &first["last_id"]), (&json!(ids[2]), &json!(ids[1])));
    assert_eq!((&first["has_more"], &first["data"][0]["prompt"]), (&json!(true), &json!("three")));
    let rest = get(&fake, &format!("/v1/videos?order=desc&limit=2&after={}", ids[1])).json();
    assert_eq!((&rest["last_id"], &rest["has_more"]), (&json!(ids[0]), &json!(false)));
    handle.set(|behaviour| behaviour.list_echoes_prompt = false);
    assert_eq!(get(&fake, VIDEOS).json()["data"][0]["prompt"], Value::Null);
    handle.set(|behaviour| behaviour.list = false);
    assert_eq!(get(&fake, VIDEOS).status, 404);
}

#[test]
fn a_video_that_is_deleted_while_it_runs_is_cancelled_and_still_paid() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
    let id = create(&fake, "a cat");
    let path = format!("{VIDEOS}/{id}");
    let deleted = json!({ "id": id, "object": "video.deleted", "deleted": true });
    assert_eq!(call(&fake, "DELETE", &path, b"").json(), deleted);
    assert_eq!(get(&fake, &path).status, 404);
    let line = &handle.ledger()[0];
    assert_eq!((line.state, line.refunded), ("cancelled", false));
}

#[test]
fn scripts_shape_the_answer_of_a_create() {
    let (fake, handle) = fake(|behaviour| {
        behaviour.retry_after_s = Some(3);
        let refuse = CreateScript::Refuse { http_status: 200, code: 429, text: "slow down".into() };
        behaviour.creates.extend([refuse, CreateScript::AcceptWithoutId, CreateScript::RunAlready]);
    });
    let body = json!({ "prompt": "a cat" });
    let refused = post(&fake, VIDEOS, &body);
    assert_eq!((refused.status, refused.header("Retry-After")), (429, Some("3")));
    assert_eq!(refused.json()["error"]["message"], "slow down");
    assert!(post(&fake, VIDEOS, &body).json().get("id").is_none());
    assert_eq!(post(&fake, VIDEOS, &body).json()["status"], "completed");
    assert_eq!(post(&fake, VIDEOS, &json!({ "model": "sora-2" })).status, 400);
    assert_eq!((handle.creates_seen(), handle.ledger().len()), (4, 2));
    handle.set(|behaviour| behaviour.record_always = Some((503, 0, "down".into())));
    assert_eq!(get(&fake, "/v1/videos/x").status, 503);
    assert!(handle.wait_until(SOON, |ledger| ledger.jobs.values().all(|job| job.ended_at_ms.is_some())));
}

#[test]
fn a_body_in_chunks_and_one_that_waits_for_leave_are_read_too() {
    let (fake, handle) = fake(|_| ());
    let key = "Authorization: Bearer fake-key\r\n";
    let head = format!("POST {VIDEOS} HTTP/1.1\r\nHost: fake\r\n{key}Transfer-Encoding: chunked\r\n\r\n");
    let chunks = "a\r\n{\"prompt\":\r\n8;x=y\r\n\"a cat\"}\r\n0\r\n\r\n";
    assert_eq!(over(&connect(&fake).unwrap(), format!("{head}{chunks}").as_bytes()).status, 200);
    assert_eq!(handle.jobs()[0].order.prompt, "a cat");
}
