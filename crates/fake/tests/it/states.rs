//! An upstream that gives one answer to everything or lacks routes, and the log of what it was asked.

use filmgate_fake::{Always, Asked, CreateScript, Cut, CutPoint, EngineKind, Fake, Fault};
use serde_json::{Value, json};

use crate::client::{
    CREATE, SOON, VIDEOS, call, connect, create_kie, fake, get, hear, over, post, post_form, request,
};

const KIE: [(&str, &str); 6] = [
    ("POST", CREATE),
    ("POST", "/api/v1/veo/generate"),
    ("GET", "/api/v1/jobs/recordInfo?taskId=x"),
    ("GET", "/api/v1/chat/credit"),
    ("GET", "/api/v1/models"),
    ("POST", "/api/file-url-upload"),
];
const OPENAI: [(&str, &str); 4] =
    [("POST", VIDEOS), ("GET", VIDEOS), ("GET", "/v1/models"), ("GET", "/v1/videos/x/content")];

/// A create that would be accepted.
fn good(path: &str) -> Value {
    json!({ "model": "m", "prompt": "a cat", "input": { "prompt": "a cat" }, "at": path })
}

fn ask(fake: &Fake, method: &str, path: &str) -> crate::client::Answer {
    let body = if method == "POST" { good(path).to_string() } else { String::new() };
    call(fake, method, path, body.as_bytes())
}

#[test]
fn one_envelope_answers_everything_and_nothing_is_created() {
    let (fake, handle) = fake(|behaviour| {
        behaviour.retry_after_s = Some(9);
        behaviour.always =
            Some(Always::Envelope { http_status: 200, code: 429, text: "Too frequent.".into() });
    });
    for (method, path) in KIE {
        let answer = ask(&fake, method, path);
        assert_eq!((answer.status, answer.header("Retry-After")), (200, Some("9")), "{path}");
        assert_eq!(answer.json(), json!({ "code": 429, "msg": "Too frequent.", "data": null }), "{path}");
    }
    for (method, path) in OPENAI {
        let answer = ask(&fake, method, path);
        assert_eq!((answer.status, answer.header("Retry-After")), (429, Some("9")), "{path}");
        assert_eq!(answer.json()["error"]["message"], "Too frequent.", "{path}");
    }
    assert_eq!((handle.ledger().len(), handle.creates_seen(), handle.uploads().len()), (0, 3, 0));
}

#[test]
fn the_one_envelope_has_the_form_of_the_engine_at_v1() {
    let engines = [
        (EngineKind::Sglang, "/detail"),
        (EngineKind::VllmOmni, "/error/message"),
        (EngineKind::TensorRt, "/message"),
        (EngineKind::LiteLlm, "/error/message"),
        (EngineKind::NewApi, "/message"),
    ];
    for (engine, text) in engines {
        let (fake, _) = fake(|behaviour| {
            behaviour.engine = engine;
            behaviour.always = Some(Always::Envelope { http_status: 200, code: 401, text: "no".into() });
        });
        for (method, path) in OPENAI {
            let answer = ask(&fake, method, path);
            let said = answer.json().pointer(text).cloned();
            assert_eq!((answer.status, said), (401, Some(json!("no"))), "{engine:?} {path}");
        }
    }
}

#[test]
fn a_page_of_html_answers_everything_and_nothing_is_created() {
    let (fake, handle) = fake(|behaviour| behaviour.always = Some(Always::Html { http_status: 503 }));
    for (method, path) in KIE.into_iter().chain(OPENAI) {
        let answer = ask(&fake, method, path);
        assert_eq!(answer.status, 503, "{path}");
        assert!(answer.header("Content-Type").unwrap().starts_with("text/html"), "{path}");
        assert!(String::from_utf8(answer.body).unwrap().contains("Cloudflare"), "{path}");
    }
    assert_eq!((handle.ledger().len(), handle.creates_seen()), (0, 3));
}

#[test]
fn the_one_answer_spares_films_and_control_and_takes_no_script() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = Some(0));
    let id = create_kie(&fake);
    handle.set(|behaviour| {
        behaviour.always = Some(Always::Html { http_status: 502 });
        behaviour.creates.extend([
            CreateScript::Cut(Cut { point: CutPoint::MidRequestHeader, fault: Fault::Rst }),
            CreateScript::RunAlready,
        ]);
    });
    assert_eq!(ask(&fake, "POST", CREATE).status, 502);
    assert_eq!(get(&fake, &format!("/film/{id}.mp4")).status, 200);
    assert_eq!(get(&fake, "/_fake/ledger").json().as_array().unwrap().len(), 1);
    assert_eq!((handle.behaviour().creates.len(), handle.hits().len()), (2, 0));
    let well = json!({ "always": null, "creates": [] });
    assert_eq!(post(&fake, "/_fake/behaviour", &well).status, 200);
    assert_eq!(ask(&fake, "POST", CREATE).json()["code"], 200);
    let envelope = json!({ "envelope": { "http_status": 503, "code": 455, "text": "maintenance" } });
    assert_eq!(post(&fake, "/_fake/behaviour", &json!({ "always": envelope })).status, 200);
    assert_eq!(get(&fake, "/api/v1/chat/credit").status, 503);
}

#[test]
fn further_served_models_are_listed_after_the_first() {
    let (fake, handle) = fake(|behaviour| {
        behaviour.served_model = "wan".into();
        behaviour.served_models = vec!["flux".into(), "ltx".into()];
    });
    let list = get(&fake, "/v1/models").json();
    let ids: Vec<&str> =
        list["data"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!((&list["object"], ids), (&json!("list"), vec!["wan", "flux", "ltx"]));
    handle.set(|behaviour| {
        behaviour.models_route = false;
        behaviour.engine = EngineKind::Sglang;
    });
    let missing = get(&fake, "/v1/models");
    assert_eq!((missing.status, missing.json()), (404, json!({ "detail": "Not Found" })));
    assert_eq!(get(&fake, VIDEOS).status, 200);
}

#[test]
fn without_the_videos_route_a_proxy_answers_for_it_and_nothing_is_created() {
    let (fake, handle) = fake(|behaviour| behaviour.videos_route = false);
    let paths = [("POST", VIDEOS), ("GET", VIDEOS), ("GET", "/v1/videos/x"), ("DELETE", "/v1/videos/x")];
    for (method, path) in paths.into_iter().chain([("GET", "/v1/videos/x/content")]) {
        let stranger = request(method, path, "Authorization: Bearer wrong\r\n", b"{\"prompt\":\"a cat\"}");
        for answer in [ask(&fake, method, path), over(&connect(&fake).unwrap(), &stranger)] {
            assert_eq!((answer.status, answer.body.as_slice()), (404, &b"404 page not found"[..]), "{path}");
            assert!(answer.header("Content-Type").unwrap().starts_with("text/plain"), "{path}");
        }
    }
    assert_eq!(get(&fake, "/v1/models").status, 200);
    assert!(handle.ledger().is_empty());
}

/// Method, path, body and key of what was asked.
fn line(asked: &Asked) -> (&str, &str, &str, bool) {
    (&asked.method, &asked.path, &asked.body, asked.has_key)
}

#[test]
fn the_log_has_every_request_in_order_but_for_films_and_control() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = Some(0));
    let id = create_kie(&fake);
    get(&fake, &format!("/api/v1/jobs/recordInfo?taskId={id}"));
    get(&fake, &format!("/film/{id}.mp4"));
    get(&fake, "/_fake/ledger");
    let bare = "GET /v1/models?a=%20b HTTP/1.1\r\nHost: fake\r\n\r\n";
    over(&connect(&fake).unwrap(), bare.as_bytes());
    over(&connect(&fake).unwrap(), &request("GET", "/nowhere", "Authorization: Bearer wrong\r\n", b""));
    post_form(&fake, VIDEOS, &[("prompt", None, b"a \xff cat")]);

    let asked = handle.asked();
    let body = "{\"input\":{\"prompt\":\"a cat\"},\"model\":\"sora-2-text-to-video\"}";
    let record = format!("/api/v1/jobs/recordInfo?taskId={id}");
    assert_eq!(line(&asked[0]), ("POST", CREATE, body, true));
    assert_eq!(line(&asked[1]), ("GET", record.as_str(), "", true));
    assert_eq!(line(&asked[2]), ("GET", "/v1/models?a=%20b", "", false), "as it was written, without a key");
    assert_eq!(line(&asked[3]), ("GET", "/nowhere", "", true), "a wrong key is one, too");
    assert!(asked[4].path == VIDEOS && asked[4].body.contains("\r\n\r\na \u{fffd} cat\r\n"));
    assert_eq!(asked.len(), 5);
    assert!(asked.is_sorted_by_key(|asked| asked.at_ms));
    assert!(asked[0].at_ms <= handle.jobs()[0].accepted_at_ms);
}

#[test]
fn the_log_has_what_is_answered_always_and_creates_that_are_cut_after_their_request() {
    let cut = |point| CreateScript::Cut(Cut { point, fault: Fault::Rst });
    let (fake, handle) = fake(|behaviour| {
        behaviour.creates.extend([cut(CutPoint::MidRequestBody), cut(CutPoint::AfterRequest)]);
    });
    for _ in 0..2 {
        let stream = connect(&fake).unwrap();
        let create = request("POST", CREATE, "", good(CREATE).to_string().as_bytes());
        std::io::Write::write_all(&mut &stream, &create).unwrap();
        hear(&stream, SOON);
    }
    assert_eq!((handle.asked().len(), handle.hits().len()), (1, 2), "the first was never read whole");
    handle.set(|behaviour| behaviour.always = Some(Always::Html { http_status: 403 }));
    get(&fake, "/api/v1/chat/credit");
    assert_eq!(handle.asked()[1].path, "/api/v1/chat/credit");
    assert_eq!(get(&fake, "/_fake/asked").json()[1]["method"], "GET");
}
