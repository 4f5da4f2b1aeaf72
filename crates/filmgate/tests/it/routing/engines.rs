//! Engines of the operator's own, each with its habits: films, pictures, failures, and films that lie elsewhere.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use filmgate_fake::{CreateScript, EngineKind, JobState, Outcome};
use serde_json::{Value, json};

use super::site::{JOBS, Site, engine, fake, set};

const KINDS: [EngineKind; 6] = [
    EngineKind::OpenAi,
    EngineKind::Sglang,
    EngineKind::VllmOmni,
    EngineKind::TensorRt,
    EngineKind::LiteLlm,
    EngineKind::NewApi,
];
const SORA: &str = r#"{"model":"sora-2-text-to-video","input":{"prompt":"A red boat at sea"}}"#;
const PICTURE: &[u8] = include_bytes!("../picture.png");

/// Serves the picture to everybody who asks, and returns its link.
fn picture_server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let link = format!("http://{}/boat.png", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut request = [0; 4096];
            drop(stream.read(&mut request));
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", PICTURE.len());
            drop(stream.write_all(&[head.as_bytes(), PICTURE].concat()));
        }
    });
    link
}

#[test]
fn every_engine_makes_a_film_of_words_and_of_a_picture() {
    let b = fake(|_| {});
    let allowed = set("FILMGATE_NETWORK_ALLOW", "127.0.0.0/8");
    let site = Site::start(&[engine(&b), allowed, set("FILMGATE_ENGINE_MODEL", "sora-2")]);
    let animate = json!({ "model": "sora-2-image-to-video", "input": {
        "prompt": "The boat sails away", "image_urls": [picture_server()], "aspect_ratio": "portrait" } });
    for kind in KINDS {
        b.handle().set(|behaviour| behaviour.engine = kind);
        let words = site.create_with(JOBS, &[], SORA);
        let picture = site.create_with(JOBS, &[], &animate.to_string());
        for id in [&words, &picture] {
            let task = site.until(id, "succeeded");
            assert_eq!(task["film"]["bytes"], b.handle().behaviour().film.len(), "{kind:?}: {task:#}");
        }
        let jobs = b.handle().jobs();
        let newest = &jobs[jobs.len() - 2..];
        let of = |prompt: &str| newest.iter().find(|job| job.order.prompt == prompt).unwrap();
        let sent = |prompt: &str, name: &str| of(prompt).order.fields[name].clone();
        assert_eq!(sent("A red boat at sea", "size"), "1280x720");
        assert_eq!(sent("A red boat at sea", "seconds"), "10");
        assert_eq!(sent("The boat sails away", "size"), "720x1280");
        let [file] = of("The boat sails away").order.files.as_slice() else { panic!("{kind:?}: one file") };
        assert_eq!((file.name.as_str(), file.content_type.as_str()), ("input_reference", "image/png"));
        assert!(file.bytes == PICTURE, "{kind:?}: the picture came as it was");
        assert!(of("A red boat at sea").order.files.is_empty());
    }
    assert_eq!(b.handle().ledger().len(), 12);
    site.verify();
}

#[test]
fn a_job_that_failed_is_told_with_its_reason_by_every_engine() {
    let b = fake(|_| {});
    let site = Site::start(&[engine(&b), set("FILMGATE_ENGINE_MODEL", "sora-2")]);
    for kind in KINDS {
        for code in ["422", "503"] {
            let text = format!("CUDA ran out of memory at {kind:?}");
            b.handle().set(|behaviour| {
                behaviour.engine = kind;
                behaviour.outcome = Outcome::Fail { code: code.into(), text: text.clone() };
            });
            let id = site.create_with(JOBS, &[], SORA);
            let task = site.until(&id, "failed");
            let record = site.record(&id);
            let message = record["failMsg"].as_str().unwrap();
            assert!(
                message.contains(&text) && message.contains("Nothing was charged"),
                "{kind:?}: {record:#}"
            );
            assert_eq!((&task["tried"][0]["state"], &task["tried"][1]), (&json!("failed"), &Value::Null));
        }
    }
    assert_eq!(site.balance(), (1000.0, 0.0, 0.0));
    site.verify();
}

#[test]
fn a_film_that_lies_elsewhere_is_fetched_from_there() {
    let b = fake(|behaviour| behaviour.content_elsewhere = true);
    let site = Site::start(&[engine(&b), set("FILMGATE_ENGINE_MODEL", "sora-2")]);
    for kind in [EngineKind::OpenAi, EngineKind::Sglang, EngineKind::LiteLlm, EngineKind::NewApi] {
        b.handle().set(|behaviour| behaviour.engine = kind);
        let id = site.create_with(JOBS, &[], SORA);
        let task = site.until(&id, "succeeded");
        assert_eq!(task["film"]["bytes"], b.handle().behaviour().film.len(), "{kind:?}: {task:#}");
    }
}

#[test]
fn an_engine_needs_no_key_and_is_sent_none() {
    let b = fake(|behaviour| behaviour.key = None);
    let mut settings = engine(&b);
    settings.retain(|(name, _)| name != "FILMGATE_ENGINE_KEY");
    let site = Site::start(&[settings]);
    let id = site.create_with(JOBS, &[], SORA);
    site.until(&id, "succeeded");
    let job = &b.handle().jobs()[0];
    assert_eq!((job.order.headers.get("authorization"), job.state), (None, JobState::Success));
}

#[test]
fn a_busy_engine_is_asked_again_when_it_said_and_not_before() {
    let busy = CreateScript::Refuse { http_status: 429, code: 429, text: "The queue is full".into() };
    let b = fake(|behaviour| {
        behaviour.creates.push_back(busy);
        behaviour.retry_after_s = Some(3);
    });
    let site = Site::start(&[engine(&b)]);
    let id = site.create_with(JOBS, &[], SORA);
    let task = site.until(&id, "succeeded");
    let began = |place: usize| task["tried"][place]["began_ms"].as_i64().unwrap();
    assert!(began(1) - began(0) >= 2_900, "{task:#}");
    assert_eq!((b.handle().creates_seen(), b.handle().ledger().len()), (2, 1));
}

#[test]
fn a_prompt_arrives_as_it_was_written_whatever_the_encoding_and_beside_fields_of_the_operators() {
    let prompt = "海边 🎬 \"a boat\" & sea\r\n--filmgate-0\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother";
    let body = json!({ "model": "sora-2-text-to-video", "input": { "prompt": prompt } });
    for (encoding, kind) in [("multipart", EngineKind::OpenAi), ("json", EngineKind::Sglang)] {
        let b = fake(|behaviour| behaviour.engine = kind);
        let file = "[upstreams.engine]\nextra_fields = { steps = \"30\" }\n";
        let encoded = set("FILMGATE_UPSTREAMS_ENGINE_CREATE_ENCODING", encoding);
        let mut site = Site::new(&[engine(&b), encoded], file);
        site.serve();
        let id = site.create_with(JOBS, &[], &body.to_string());
        site.until(&id, "succeeded");
        let order = &b.handle().jobs()[0].order;
        assert_eq!(order.prompt, prompt, "{encoding}");
        let sent = ["model", "steps", "seconds"].map(|name| order.fields[name].as_str());
        assert_eq!(sent, ["sora-2", "30", "10"], "{encoding}");
        assert_eq!(order.body.is_object(), encoding == "json");
    }
}
