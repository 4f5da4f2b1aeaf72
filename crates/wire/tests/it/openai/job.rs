//! Jobs of every engine, lists and deletions.

use filmgate_wire::openai::Status::{Completed, Failed, Queued, Running};
use filmgate_wire::openai::{Complaint, Job, Status, is_stopped, jobs_of_list, models_of_list};

use super::engine;

/// A job, with nothing in it where the body is none.
fn job(body: &str) -> Job {
    Job::parse(body.as_bytes()).unwrap_or_default()
}

fn failed(body: &str) -> Complaint {
    let job = job(body);
    assert_eq!(job.status(), Some(Failed));
    job.error.unwrap_or_default()
}

fn complaint(code: Option<&str>, words: &str) -> Complaint {
    Complaint { code: code.map(str::to_owned), kind: None, words: words.to_owned() }
}

#[test]
fn every_engines_new_job_is_queued_and_has_an_id() {
    for (body, id) in [
        (engine!("openai/created"), "video_68f0c1d2e3a48190b5c6d7e8f9a0b1c2"),
        (engine!("sglang/created"), "0b6f2f0e-4c3d-4d6a-9f57-2f1f6f0d9a11"),
        (engine!("vllm_omni/created"), "video_gen_5f0c2d9e8b7a46139c1d2e3f4a5b6c7d"),
        (engine!("tensorrt_llm/created"), "video_9c1d2e3f"),
        (engine!("new_api/created"), "task_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY"),
        (engine!("aquiles_image/created"), "a9f3"),
    ] {
        assert_eq!((job(body).id.as_deref(), job(body).status()), (Some(id), Some(Queued)), "{body}");
    }
    let litellm = job(engine!("litellm/created"));
    assert!(litellm.id.unwrap().len() > 200, "ids may be long");
}

#[test]
fn every_engines_running_job_runs() {
    for (body, percent) in [
        (engine!("openai/running"), Some(45)),
        (engine!("sglang/running"), Some(62)),
        (engine!("vllm_omni/running"), Some(0)),
        (engine!("tensorrt_llm/running"), None),
        (engine!("tensorrt_llm/postprocessing"), None),
        (engine!("litellm/running"), None),
        (engine!("new_api/running"), Some(45)),
        (engine!("aquiles_image/running"), None),
    ] {
        assert_eq!((job(body).status(), job(body).percent), (Some(Running), percent), "{body}");
    }
}

#[test]
fn every_engines_finished_job_is_completed_with_the_links_that_it_names() {
    for (body, url) in [
        (engine!("openai/completed"), None),
        (engine!("sglang/completed"), None),
        (engine!("sglang/completed_in_cloud"), Some("https://bucket.example/0b6f2f0e_0.mp4")),
        (engine!("vllm_omni/completed"), None),
        (engine!("tensorrt_llm/completed"), None),
        (engine!("dynamo/completed"), Some("http://10.0.0.7:8000/files/7f0d6a51.mp4")),
        (engine!("litellm/completed"), None),
        (engine!("new_api/completed"), Some("https://results.example/k/1.mp4")),
        (engine!("aquiles_image/completed"), None),
    ] {
        let job = job(body);
        assert_eq!((job.status(), job.urls.as_slice()), (Some(Completed), url.map(str::to_owned).as_slice()));
    }
}

#[test]
fn every_engines_failed_job_says_why_in_its_own_shape() {
    let words = "Your request was blocked by our moderation system.";
    assert_eq!(failed(engine!("openai/failed")), complaint(Some("moderation_blocked"), words));
    assert_eq!(failed(engine!("sglang/failed")), complaint(None, "CUDA out of memory"));
    assert_eq!(failed(engine!("vllm_omni/failed")), complaint(Some("500"), "The engine ran out of memory"));
    assert_eq!(failed(engine!("tensorrt_llm/failed")), complaint(None, "Generation failed: out of memory"));
    assert_eq!(failed(engine!("dynamo/failed")), complaint(None, "worker died"));
    assert_eq!(failed(engine!("litellm/failed")), complaint(Some("13"), "Internal error from the provider."));
    assert_eq!(failed(engine!("new_api/failed")), complaint(Some("1301"), "task failed: risk control"));
    assert_eq!(failed(engine!("aquiles_image/failed")), Complaint::default());
}

#[test]
fn the_words_of_all_engines_are_four_in_any_case() {
    for (expected, words) in [
        (Queued, &["queued", "pending", "submitted", "not_start", "starting", "NOT_START"][..]),
        (Running, &["in_progress", "processing", "running", "generating", "postprocessing", "unknown"]),
        (Running, &["Processing", "a word that nobody has seen"]),
        (Completed, &["completed", "succeeded", "success", "done", "SUCCESS"]),
        (Failed, &["failed", "failure", "error", "cancelled", "canceled", "expired", "deleted", "rejected"]),
    ] {
        for word in words {
            assert_eq!(Status::of(word), expected, "{word}");
        }
    }
    assert_eq!(job(r#"{"id":"a"}"#).status(), None);
    assert_eq!(job(r#"{"id":"a","status":404}"#).status(), None, "a number is no status of a job");
}

#[test]
fn progress_may_be_a_percentage_a_share_a_text_or_missing() {
    for (json, percent) in [
        ("0", Some(0)),
        ("1", Some(1)),
        ("45", Some(45)),
        ("100", Some(100)),
        ("0.5", Some(50)),
        ("1.0", Some(100)),
        ("45.6", Some(46)),
        ("\"45%\"", Some(45)),
        ("\" 45 % \"", Some(45)),
        ("\"45\"", Some(45)),
        ("-3", Some(0)),
        ("1e300", Some(100)),
        ("\"NaN\"", None),
        ("\"soon\"", None),
        ("null", None),
        ("{}", None),
    ] {
        assert_eq!(job(&format!(r#"{{"progress":{json}}}"#)).percent, percent, "{json}");
    }
    assert_eq!(job("{}").percent, None);
}

#[test]
fn the_length_and_the_day_have_several_names() {
    for (body, seconds) in [
        (r#"{"seconds":"8"}"#, Some(8.0)),
        (r#"{"seconds":8}"#, Some(8.0)),
        (r#"{"seconds":null,"duration":7.5}"#, Some(7.5)),
        (r#"{"duration_s":"6.25"}"#, Some(6.25)),
        (r#"{"seconds":"NaN"}"#, None),
        ("{}", None),
    ] {
        assert_eq!(job(body).seconds, seconds, "{body}");
    }
    assert_eq!(job(engine!("tensorrt_llm/created")).seconds, Some(8.0));
    assert_eq!(job(engine!("openai/created")).created_s, Some(1_785_999_477));
    assert_eq!(job(engine!("dynamo/completed")).created_s, Some(1_785_999_477));
}

#[test]
fn links_come_in_their_order_once_each_and_only_absolute() {
    let body = r#"{"data":[{"url":"https://e.example/"}],"metadata":{"url":"https://d.example/"},
        "video_url":"https://c.example/","urls":["https://a.example/","https://z.example/"],"url":"https://a.example/"}"#;
    assert_eq!(
        job(body).urls,
        ["https://a.example/", "https://c.example/", "https://d.example/", "https://e.example/"]
    );
    for body in [
        r#"{"url":"/generated-videos/1.mp4"}"#,
        r#"{"url":"file:///etc/passwd","urls":[]}"#,
        r#"{"url":"","urls":"https://a.example/","data":{"url":"https://a.example/"}}"#,
        r#"{"data":[{"b64_json":"AAAA"}]}"#,
    ] {
        assert_eq!(job(body).urls, [""; 0], "{body}");
    }
}

#[test]
fn an_id_may_be_a_number_or_called_task_id_and_what_is_no_object_is_no_job() {
    assert_eq!(job(r#"{"id":7}"#).id.as_deref(), Some("7"));
    assert_eq!(job(r#"{"id":"","task_id":"t"}"#).id.as_deref(), Some("t"));
    assert_eq!(job(r#"{"id":null}"#).id, None);
    for body in ["", "[]", "null", "\"x\"", "<html>", r#"{"id":"a","#] {
        assert_eq!(Job::parse(body.as_bytes()), None, "{body}");
    }
}

#[test]
fn a_list_holds_the_jobs_that_have_an_id() {
    let body = format!(
        r#"{{"object":"list","data":[{},{{"object":"video"}},{}]}}"#,
        engine!("vllm_omni/running"),
        engine!("sglang/created")
    );
    let jobs = jobs_of_list(body.as_bytes()).unwrap();
    assert_eq!(jobs, [job(engine!("vllm_omni/running")), job(engine!("sglang/created"))]);
    assert_eq!((jobs[0].prompt.as_deref(), jobs[1].prompt.as_deref()), (Some("A fox"), None));
    assert_eq!(jobs_of_list(br#"{"data":[]}"#), Some(vec![]));
    for body in [r#"{"data":null}"#, "[]", "{}", "", r#"{"detail":"Not Found"}"#] {
        assert_eq!(jobs_of_list(body.as_bytes()), None, "{body}");
    }
}

#[test]
fn a_deletion_is_told_in_three_shapes() {
    for body in [engine!("vllm_omni/deleted"), engine!("tensorrt_llm/deleted"), engine!("sglang/deleted")] {
        assert!(is_stopped(body.as_bytes()), "{body}");
    }
    for body in [
        "",
        "{}",
        r#"{"deleted":false}"#,
        r#"{"deleted":"true"}"#,
        engine!("sglang/running"),
        r#"{"status":"failed"}"#,
    ] {
        assert!(!is_stopped(body.as_bytes()), "{body}");
    }
}

#[test]
fn the_models_are_read_from_every_kind_of_list() {
    let models = |body: &str| models_of_list(body.as_bytes());
    let expected = Some(vec!["a".to_owned(), "b/c".to_owned()]);
    for body in [
        r#"{"object":"list","data":[{"id":"a","object":"model"},{"object":"model"},{"id":"b/c"},7,{"id":""}]}"#,
        r#"{"models":[{"name":"a"},{"id":"b/c","name":"no"}]}"#,
        r#"[{"id":"a"},"b/c"]"#,
    ] {
        assert_eq!(models(body), expected, "{body}");
    }
    assert_eq!(models(r#"{"object":"list","data":[]}"#), Some(vec![]));
    for body in ["", "<html>", "{}", "7", r#"{"object":"list","data":null}"#, r#"{"error":"no"}"#] {
        assert_eq!(models(body), None, "{body}");
    }
}
