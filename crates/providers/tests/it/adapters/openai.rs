//! OpenAI's dialect with the habits of every engine (the reference's 4.1 to 4.5, 5.1 and 5.2).

use std::collections::BTreeMap;

use filmgate_domain::answer::{Cause, Link, Listed, Reading, Setback, Submitted};
use filmgate_domain::request::Form;
use filmgate_domain::task::Failure;
use filmgate_domain::time::Timestamp;
use filmgate_providers::adapter::{Adapter as _, Picture, PictureWay};
use filmgate_providers::openai::{Encoding, OpenAi};
use hyper::header::{HeaderValue, RETRY_AFTER};

use super::{CALLBACK, KEY, card, golden, order, picture, prompt, reply, request, shown, storyboard};

/// What an engine answers to a create, and what its records say in each state.
struct Engine {
    created: (u16, &'static str),
    running: (&'static str, Option<u8>),
    completed: &'static str,
    /// With the status of the read.
    failed: (u16, &'static str),
    /// The code and the text that a failure is told with.
    failure: (&'static str, &'static str),
    /// The links beside the engine's own.
    links: &'static [&'static str],
}

macro_rules! engine {
    ($name:literal, $status:literal, $percent:expr, $failed:literal, $failure:expr, $links:expr) => {
        Engine {
            created: ($status, golden!(concat!("openai/", $name, "/created.json"))),
            running: (golden!(concat!("openai/", $name, "/running.json")), $percent),
            completed: golden!(concat!("openai/", $name, "/completed.json")),
            failed: ($failed, golden!(concat!("openai/", $name, "/failed.json"))),
            failure: $failure,
            links: $links,
        }
    };
}

fn engines() -> [Engine; 7] {
    let blocked = "Your request was blocked by our moderation system. Nothing was charged.";
    let memory = "The engine ran out of memory. Nothing was charged.";
    let generation = "Generation failed: out of memory. Nothing was charged.";
    let provider = "Internal error from the provider. Nothing was charged.";
    let risk = "task failed: risk control. Nothing was charged.";
    let silent = "The upstream gives no reason for its failure. Nothing was charged.";
    [
        engine!("openai", 200, Some(45), 200, ("moderation_blocked", blocked), &[]),
        engine!("sglang", 200, Some(62), 200, ("500", "CUDA out of memory. Nothing was charged."), &[]),
        engine!("vllm_omni", 200, Some(0), 500, ("500", memory), &[]),
        engine!("tensorrt_llm", 202, None, 200, ("500", generation), &[]),
        engine!("litellm", 200, None, 200, ("13", provider), &[]),
        engine!("new_api", 200, Some(45), 200, ("1301", risk), &["https://results.example/k/1.mp4"]),
        engine!("aquiles_image", 200, None, 200, ("500", silent), &[]),
    ]
}

fn openai() -> OpenAi {
    OpenAi::new(Some(KEY.into()), Encoding::Multipart, BTreeMap::new(), false)
}

/// What a create that was answered so has become.
fn submitted(status: u16, body: &str) -> Submitted {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    openai().submitted(&order(&card, &request, &[]), &reply(status, body))
}

fn read(job: &str, status: u16, body: &str) -> Reading {
    openai().was_read(Form::KieJobs, job, &reply(status, body))
}

fn failed(code: &str, text: &str) -> Reading {
    Reading::Failed { failure: Failure { code: code.into(), text: text.into() }, cost: None }
}

/// The id of an accepted job, and the reading that came with it.
fn accepted(status: u16, body: &str) -> Option<(String, Option<Reading>)> {
    match submitted(status, body) {
        Submitted::Accepted { job, reading } => Some((job, reading)),
        _ => None,
    }
}

#[test]
fn every_engines_job_is_created_runs_and_ends() {
    for engine in engines() {
        let (status, created) = engine.created;
        let (job, reading) = accepted(status, created).unwrap();
        assert_eq!(reading, None, "{created}");
        let (running, percent) = engine.running;
        assert_eq!(read(&job, 200, running), Reading::Running { percent }, "{running}");
        let content = format!("{}/content", openai().read(Form::KieJobs, &job).path);
        let foreign = engine.links.iter().map(|url| Link::Foreign((*url).into()));
        let links = std::iter::once(Link::Own(content)).chain(foreign).collect();
        assert_eq!(read(&job, 200, engine.completed), Reading::Made { links, cost: None });
        let (status, body) = engine.failed;
        let (code, text) = engine.failure;
        assert_eq!(read(&job, status, body), failed(code, text), "{body}");
    }
}

#[test]
fn an_engine_that_works_while_we_wait_has_ended_at_once() {
    let links = vec![
        Link::Own("/videos/7f0d6a51/content".into()),
        Link::Foreign("http://10.0.0.7:8000/files/7f0d6a51.mp4".into()),
    ];
    let made = Some(Reading::Made { links, cost: None });
    assert_eq!(accepted(200, golden!("openai/dynamo/completed.json")), Some(("7f0d6a51".into(), made)));
    let lost = Some(failed("500", "worker died. Nothing was charged."));
    assert_eq!(accepted(200, golden!("openai/dynamo/failed.json")), Some(("7f0d6a51".into(), lost)));
}

#[test]
fn a_film_in_a_cloud_store_is_asked_for_at_the_engine_first() {
    let links = vec![
        Link::Own("/videos/0b6f2f0e-4c3d-4d6a-9f57-2f1f6f0d9a11/content".into()),
        Link::Foreign("https://bucket.example/0b6f2f0e_0.mp4".into()),
    ];
    let body = golden!("openai/sglang/completed_in_cloud.json");
    assert_eq!(read("0b6f2f0e-4c3d-4d6a-9f57-2f1f6f0d9a11", 200, body), Reading::Made { links, cost: None });
}

#[test]
fn the_record_of_another_job_says_nothing_of_this_one() {
    let body = golden!("openai/sglang/completed_in_cloud.json");
    assert!(matches!(read("somebody-elses", 200, body), Reading::Unclear { .. }));
}

#[test]
fn tensorrt_llm_still_runs_while_it_postprocesses() {
    let body = golden!("openai/tensorrt_llm/postprocessing.json");
    assert_eq!(read("video_9c1d2e3f", 200, body), Reading::Running { percent: None });
}

#[test]
fn a_create_is_a_form_with_the_picture_as_a_file() {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    let extra_fields = [("fps".to_owned(), "24".to_owned())].into();
    let openai = OpenAi::new(None, Encoding::Multipart, extra_fields, false);
    let call = openai.submit(&order(&card, &request, &[Picture::File(picture())]));
    let body = golden!("openai/requests/form.txt").replace("Wan2.2", "their-model");
    let head = "POST /videos\ncontent-type: multipart/form-data; boundary=filmgate-5f0c\n\n";
    assert_eq!(shown(&call), format!("{head}{body}"));
}

#[test]
fn a_create_is_json_for_the_engine_that_needs_it() {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    let openai = OpenAi::new(Some(KEY.into()), Encoding::Json, BTreeMap::new(), true);
    assert_eq!(
        shown(&openai.submit(&order(&card, &request, &[Picture::File(picture())]))),
        r#"POST /videos
authorization: Bearer sk-secret
content-type: application/json
idempotency-key: 5f0c

{"prompt":"A fox","model":"their-model","seconds":8,"size":"1280x720","input_reference":"data:image/png;base64,UE5H"}"#
    );
}

#[test]
fn a_storyboard_becomes_lines_of_one_prompt() {
    let (card, request) = (card(Form::KieJobs), request(&[storyboard()]));
    let body = shown(&openai().submit(&order(&card, &request, &[])));
    assert!(body.contains("name=\"prompt\"\n\nDawn\nDusk\n--"), "{body}");
}

#[test]
fn only_the_first_picture_is_sent_and_a_link_is_not_dropped() {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    let pictures = [Picture::Link("https://app.example/1.png".into()), Picture::File(picture())];
    let body = shown(&openai().submit(&order(&card, &request, &pictures)));
    assert!(body.contains("name=\"input_reference\"\n\nhttps://app.example/1.png\n"), "{body}");
    assert!(!body.contains("picture-1.png"), "{body}");
}

#[test]
fn the_free_calls_are_these() {
    let openai = openai();
    let plain = "\nauthorization: Bearer sk-secret\n\n";
    assert_eq!(
        shown(&openai.read(Form::KieVeo, "video_a+b/c=")),
        format!("GET /videos/video_a%2Bb%2Fc%3D{plain}")
    );
    assert_eq!(openai.cancel("a/b").map(|call| shown(&call)), Some(format!("DELETE /videos/a%2Fb{plain}")));
    assert_eq!(
        openai.list().map(|call| shown(&call)),
        Some(format!("GET /videos?order=desc&limit=100{plain}"))
    );
    assert_eq!(shown(&openai.knock()), format!("GET /models{plain}"));
    assert_eq!(openai.picture_way(), PictureWay::Files);
    assert_eq!((openai.upload(&picture()), openai.balance()), (None, None));
    assert_eq!(openai.refresh(&Link::Foreign("https://r.example/".into())), None);
}

#[test]
fn without_a_key_no_call_is_authorized() {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    for openai in
        [None, Some(String::new())].map(|key| OpenAi::new(key, Encoding::Json, BTreeMap::new(), true))
    {
        let mut calls = vec![
            openai.submit(&order(&card, &request, &[])),
            openai.read(Form::KieJobs, "a"),
            openai.knock(),
        ];
        calls.extend(openai.cancel("a").into_iter().chain(openai.list()));
        for call in calls {
            assert!(!shown(&call).contains("authorization"), "{call:?}");
        }
    }
}

#[test]
fn what_an_engine_refuses_cost_nothing_and_is_told_by_its_cause() {
    for (status, body, cause, text) in [
        (
            401,
            r#"{"error":{"message":"Incorrect API key: sk-secret"}}"#,
            Cause::KeyRefused,
            "HTTP status 401: Incorrect API key: [key]",
        ),
        (403, "", Cause::NotPermitted, "HTTP status 403"),
        (
            429,
            r#"{"error":{"message":"no","type":"insufficient_quota"}}"#,
            Cause::NoBalance,
            "HTTP status 429: no",
        ),
        (
            404,
            r#"{"error":{"message":"The model `x` does not exist.","code":404}}"#,
            Cause::Unsupported,
            "HTTP status 404: The model `x` does not exist.",
        ),
        (
            422,
            r#"{"detail":[{"loc":["body","size"],"msg":"no"}]}"#,
            Cause::Invalid,
            "HTTP status 422: body.size: no",
        ),
        (413, "<html>", Cause::Invalid, "HTTP status 413"),
    ] {
        assert_eq!(submitted(status, body), Submitted::Refused(Setback { cause, text: text.into() }));
    }
}

#[test]
fn an_engine_that_is_busy_may_say_until_when() {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    for (after, expected) in [(Some("7"), Some(7_000)), (Some("soon"), None), (None, None)] {
        let mut reply = reply(429, r#"{"error":{"message":"slow down"}}"#);
        reply.headers.extend(after.map(|after| (RETRY_AFTER, HeaderValue::from_static(after))));
        let why = "HTTP status 429: slow down".to_owned();
        let busy = Submitted::Busy { retry_after_ms: expected, why };
        assert_eq!(openai().submitted(&order(&card, &request, &[]), &reply), busy);
    }
}

#[test]
fn whatever_else_an_engine_answers_leaves_a_doubt() {
    let created = golden!("openai/openai/created.json");
    for (status, body) in [
        (200, ""),
        (200, "{}"),
        (200, created.split_at(created.len() - 1).0),
        (202, "<html>"),
        (204, ""),
        (206, created),
        (302, ""),
        (408, created),
        (408, ""),
        (409, ""),
        (425, ""),
        (400, golden!("openai/vllm_omni/failed.json")),
        (500, ""),
        (502, "<html>"),
        (503, r#"{"error":"the queue is full, nothing was taken"}"#),
        (504, ""),
    ] {
        assert!(matches!(submitted(status, body), Submitted::Unknown { .. }), "{status} {body}");
    }
}

#[test]
fn a_job_that_the_engine_lost_is_missing_and_every_other_error_is_unclear() {
    for body in [r#"{"detail":"Video not found"}"#, r#"{"error":{"message":"no","code":404}}"#] {
        assert_eq!(read("a", 404, body), Reading::Missing);
    }
    for (status, body) in [
        (404, "<html>"),
        (200, ""),
        (200, r#"{"id":"a"}"#),
        (200, r#"{"status":"error","message":"maintenance"}"#),
        (400, r#"{"detail":"no"}"#),
        (401, ""),
        (429, ""),
        (500, ""),
        (502, r#"{"id":"req_7","status":"error"}"#),
    ] {
        assert!(matches!(read("a", status, body), Reading::Unclear { .. }), "{status} {body}");
    }
}

#[test]
fn a_failure_without_a_code_is_told_by_its_word() {
    let text = "The upstream gives no reason for its failure. Nothing was charged.";
    assert_eq!(read("a", 200, r#"{"id":"a","status":"expired"}"#), failed("expired", text));
    assert_eq!(read("a", 200, r#"{"id":"a","status":"error"}"#), failed("500", text));
}

#[test]
fn a_job_has_stopped_when_the_engine_says_so() {
    let cancelled = |status, body| openai().cancelled(&reply(status, body));
    assert!(cancelled(200, golden!("openai/vllm_omni/deleted.json")));
    assert!(cancelled(200, golden!("openai/tensorrt_llm/deleted.json")));
    assert!(cancelled(200, golden!("openai/sglang/deleted.json")));
    for status in [404, 405, 409, 500, 501] {
        assert!(!cancelled(status, golden!("openai/vllm_omni/deleted.json")), "{status}");
    }
    assert!(!cancelled(200, golden!("openai/sglang/running.json")));
    assert!(!cancelled(204, ""));
}

#[test]
fn a_list_tells_each_job_with_what_the_engine_says_of_it() {
    let (full, bare) = (golden!("openai/vllm_omni/running.json"), r#"{"id":"b","status":"queued"}"#);
    let body = format!(r#"{{"object":"list","data":[{full},{bare}],"has_more":false}}"#);
    let first = Listed {
        job: "video_gen_5f0c2d9e8b7a46139c1d2e3f4a5b6c7d".into(),
        created: Some(Timestamp(1_785_999_477_000)),
        prompt: Some("A fox".into()),
        model: Some("Wan-AI/Wan2.2-T2V-A14B".into()),
    };
    let second = Listed { job: "b".into(), created: None, prompt: None, model: None };
    assert_eq!(openai().listed(&reply(200, &body)), Some(vec![first, second]));
    assert_eq!(openai().listed(&reply(404, r#"{"data":[]}"#)), None);
    assert_eq!(openai().listed(&reply(200, "{}")), None);
}

#[test]
fn a_knock_shows_whether_address_and_key_are_right() {
    assert_eq!(openai().knocked(&reply(200, r#"{"object":"list","data":[]}"#)), Ok(()));
    let refusal = reply(401, r#"{"error":{"message":"bad key sk-secret"}}"#);
    assert_eq!(openai().knocked(&refusal), Err("HTTP status 401: bad key [key]".into()));
    assert_eq!(openai().knocked(&reply(404, "")), Err("HTTP status 404".into()));
}

#[test]
fn what_the_dialect_lacks_is_answered_with_nothing() {
    let openai = openai();
    let any = reply(200, r#"{"data":{"id":"a","taskId":"a"}}"#);
    assert_eq!(openai.echoes(Form::KieJobs, &any, CALLBACK), None);
    assert_eq!(openai.refreshed(&any), None);
    assert_eq!(openai.called_back(&any.body), None);
    assert!(openai.balance_read(&any).is_err() && openai.uploaded(&any).is_err());
    assert!(!format!("{openai:?}").contains(KEY));
}
