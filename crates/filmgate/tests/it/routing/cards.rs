//! A model that is gone, served by another one: translated, reported field by field, at the price that was asked for.

use filmgate_fake::{Dialect, Fake};
use serde_json::{Value, json};

use super::site::{JOBS, Site, engine, fake, kie, routes, set};

const SORA: &str = r#"{"model":"sora-2-text-to-video","input":{"prompt":"A red boat at sea","aspect_ratio":"portrait",
    "n_frames":"15","remove_watermark":true}}"#;

/// The fate and the note of a field in a task's first attempt.
fn field(task: &Value, name: &str) -> (String, String) {
    let fields = task["tried"][0]["fields"].as_array().unwrap();
    let found = fields.iter().find(|field| field["parameter"] == name);
    let found = found.unwrap_or_else(|| panic!("{name} is not reported: {task:#}"));
    let text = |key: &str| found[key].as_str().unwrap_or_default().to_owned();
    (text("fate"), text("note"))
}

fn served_by(route: &str, a: &Fake) -> (Site, Value) {
    let mut site = Site::new(&[kie(a)], &format!("[routes.models]\n\"sora-2-*\" = [\"{route}\"]\n"));
    site.serve();
    let id = site.create_with(JOBS, &[], SORA);
    let task = site.until(&id, "succeeded");
    let record = site.record(&id);
    assert_eq!((&record["model"], &record["state"]), (&json!("sora-2-text-to-video"), &json!("success")));
    assert!(record["param"].as_str().unwrap().contains("portrait"), "the client's own words: {record:#}");
    assert_eq!(site.balance(), (955.0, 0.0, 45.0), "the price of the card that was asked for");
    assert_eq!(field(&task, "seconds"), ("adapted".into(), "15 s became 8 s".into()));
    assert_eq!(field(&task, "aspect"), ("adapted".into(), "portrait is 9:16 here".into()));
    assert_eq!(field(&task, "prompt"), ("kept".into(), String::new()));
    assert_eq!(field(&task, "clean").0, "dropped");
    site.verify();
    (site, task)
}

#[test]
fn sora_is_served_by_veos_own_endpoint() {
    let a = fake(|_| {});
    served_by("kie:veo3_fast", &a);
    let jobs = a.handle().jobs();
    let [job] = jobs.as_slice() else { panic!("{} jobs", jobs.len()) };
    let body = &job.order.body;
    assert_eq!((job.order.dialect, job.order.model.as_str()), (Dialect::KieVeo, "veo3_fast"));
    assert_eq!((&body["duration"], &body["aspectRatio"]), (&json!(8), &json!("9:16")), "{body:#}");
    assert_eq!(body["prompt"], "A red boat at sea");
    for unknown in ["remove_watermark", "n_frames", "size"] {
        assert_eq!(body[unknown], Value::Null, "{body:#}");
    }
}

#[test]
fn sora_is_served_by_veo_among_the_jobs() {
    let a = fake(|_| {});
    served_by("kie:veo-3-1", &a);
    let jobs = a.handle().jobs();
    let [job] = jobs.as_slice() else { panic!("{} jobs", jobs.len()) };
    let (body, input) = (&job.order.body, &job.order.body["input"]);
    assert_eq!((job.order.dialect, &body["model"]), (Dialect::KieJobs, &json!("veo-3-1")));
    assert_eq!((&input["duration"], &input["aspect_ratio"]), (&json!(8), &json!("9:16")), "{body:#}");
    for unknown in ["remove_watermark", "n_frames"] {
        assert_eq!(input[unknown], Value::Null, "{body:#}");
    }
}

#[test]
fn sora_is_served_by_the_studio_where_the_operator_says_so() {
    let a = fake(|_| {});
    let idle = set("FILMGATE_STUDIO_RENDERS", "0");
    let mut site = Site::new(&[kie(&a), idle], "[routes.models]\n\"sora-2-*\" = [\"studio\"]\n");
    site.serve();
    let id = site.create_with(JOBS, &[], SORA);
    let task = site.task(&id);
    assert_eq!((&task["upstream"], &task["credits"]), (&json!("studio"), &json!(45.0)), "{task:#}");
    assert_eq!(a.handle().seen().connections, 0);
}

#[test]
fn a_retired_model_without_a_route_is_refused_with_what_to_do_and_announced_at_the_start() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let reply = site.call(JOBS, &[], SORA);
    let text = reply["msg"].as_str().unwrap();
    assert_eq!(
        (&reply["code"], text.starts_with("This interface is temporarily paused.")),
        (&json!(500), true)
    );
    for words in ["retired sora-2-text-to-video since 2026-06-11", "[routes.models]", "kie:veo-3-1", "studio"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!((site.balance(), a.handle().creates_seen()), ((1000.0, 0.0, 0.0), 0));
    for (list, served) in [("/v1/models", "\"veo3_fast\""), ("/api/v1/models", "\"veo-3-1\"")] {
        let models = site.call(list, &[], "").to_string();
        assert!(models.contains(served) && !models.contains("\"sora-2-text-to-video\""), "{models}");
    }
    let log = site.log();
    assert!(log.contains("warning: kie retired on 2026-06-11: ") && log.contains("\"kie:veo-3-1\""), "{log}");
}

#[test]
fn a_retired_route_is_no_part_of_a_plan() {
    let (a, b) = (fake(|_| {}), fake(|_| {}));
    let site = Site::start(&[kie(&a), engine(&b), routes("kie,engine")]);
    let id = site.create_with(JOBS, &[], SORA);
    let task = site.until(&id, "succeeded");
    assert_eq!(task["tried"].as_array().unwrap().len(), 1, "{task:#}");
    assert_eq!((a.handle().seen().connections, b.handle().ledger().len()), (0, 1));
    let order = &b.handle().jobs()[0].order;
    let sent = ["model", "seconds", "size"].map(|name| order.fields[name].clone());
    assert_eq!(sent, ["sora-2", "15", "720x1280"]);
}

#[test]
fn a_route_that_leads_nowhere_is_refused_at_the_start() {
    let a = fake(|_| {});
    let mut site = Site::new(&[kie(&a)], "");
    let file = site.folder.path().join("wrong.toml");
    site.set("FILMGATE_CONFIG", &file.display().to_string());
    for (text, words) in [
        ("[routes.models]\n\"sora-2-*\" = [\"kie:veo-3.1\"]", "no model is called \"veo-3.1\""),
        ("[routes.models]\n\"sora2-*\" = [\"kie\"]", "no model is called \"sora2-*\""),
        (
            "[routes.models]\n\"sora-2-*\" = [\"key\"]",
            "there is no upstream \"key\"; configured are kie, studio",
        ),
        ("[routes]\ndefault = [\"kie:sora\"]", "no model is called \"sora\""),
        ("[upstreams.kie.models]\n\"sora-2-*\" = \"sora\"", "no model is called \"sora-2-*\""),
    ] {
        std::fs::write(&file, text).unwrap();
        let output = site.command(&["serve", "--listen", "127.0.0.1:0"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{text}: {said}");
        assert!(said.contains(words), "{text}: {said}");
    }
}
