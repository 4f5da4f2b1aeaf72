//! `filmgate generate` and its neighbours, as somebody at a keyboard meets them.

use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::gate::{command, filmgate, printed};

#[test]
fn a_sentence_becomes_a_film_named_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(
        folder.path(),
        &["generate", "--model", "veo3_fast", "--seconds", "4", "A red boat, at sea!"],
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "a-red-boat-at-sea.mp4\n");
    let film = std::fs::read(folder.path().join("a-red-boat-at-sea.mp4")).unwrap();
    assert_eq!(&film[4..8], b"ftyp");
    for words in ["embedded studio", "running", "100%", "s left"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(printed(folder.path(), &["credits", "verify"]), "every credit is explained\n");
}

#[test]
fn the_same_request_gives_the_same_film_under_a_second_name() {
    let folder = tempfile::tempdir().unwrap();
    let make = |seed: &str| {
        printed(
            folder.path(),
            &["generate", "海边的小船", "--model", "veo3_lite", "--seconds", "4", "--seed", seed],
        )
        .trim()
        .to_owned()
    };
    let names = [make("7"), make("7"), make("8")];
    assert_eq!(names, ["海边的小船.mp4", "海边的小船-2.mp4", "海边的小船-3.mp4"]);
    let films = names.map(|name| std::fs::read(folder.path().join(name)).unwrap());
    assert!(films[0] == films[1] && films[0] != films[2]);
}

#[test]
fn a_prompt_is_read_from_stdin_and_the_report_is_one_json_object() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = filmgate()
        .args([
            "generate",
            "-",
            "--model",
            "veo3_fast",
            "--seconds",
            "4",
            "--aspect",
            "portrait",
            "--json",
            "-o",
            "out/x.mp4",
            "--data",
            "data",
        ])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("A quiet forest\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&report["path"], &report["width"], &report["height"]),
        (&"out/x.mp4".into(), &720.into(), &1280.into())
    );
    assert_eq!(
        (&report["seconds"], &report["phase"], &report["credits"]),
        (&4.into(), &"succeeded".into(), &60.0.into())
    );
    let bytes = std::fs::metadata(folder.path().join("out/x.mp4")).unwrap().len();
    assert_eq!(report["bytes"], bytes);
}

#[test]
fn a_picture_becomes_a_film() {
    let folder = tempfile::tempdir().unwrap();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/picture.png");
    let name = printed(
        folder.path(),
        &["generate", "--image", picture, "--model", "veo3_fast", "--seconds", "4", "Camera slowly zooms in"],
    );
    assert_eq!(name, "camera-slowly-zooms-in.mp4\n");
}

#[test]
fn a_plan_is_printed_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let text = printed(folder.path(), &["generate", "--plan", "Two red birds over a lake at dawn, pan left"]);
    for line in ["place    lake", "hour     dawn", "subject  red bird x2, fly", "camera   pan left"] {
        assert!(text.lines().any(|printed| printed == line), "{line}: {text}");
    }
    let text = printed(folder.path(), &["generate", "--plan", "夜晚，一只黑猫在城市里，没有人", "--json"]);
    let plan: Value = serde_json::from_str(&text).unwrap();
    let told = ["place", "hour", "camera", "palette"].map(|fact| plan[fact].as_str().unwrap());
    assert_eq!((told[0], told[1]), ("city", "night"));
    assert_eq!(plan["subjects"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&plan["subjects"][0]["kind"], &plan["subjects"][0]["colour"]),
        (&"cat".into(), &"black".into())
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it keeps nothing");
    for words in [&["generate", "--plan"][..], &["generate", "--plan", "x", "--yes"]] {
        assert_eq!(command(folder.path(), words).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn bad_use_is_told_with_what_is_allowed_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("note.txt"), "no picture").unwrap();
    for (arguments, words) in [
        (&["generate"][..], "prompt is required"),
        (&["generate", "x", "--model", "gpt-5"], "the model \"gpt-5\" is not known"),
        (&["generate", "x", "--seconds", "99"], "sora-2-text-to-video takes 10 | 15 (default 10)"),
        (&["generate", "x", "--aspect", "round"], "round"),
        (&["generate", "x", "--image", "missing.png"], "the picture missing.png cannot be used"),
        (&["generate", "x", "--image", "note.txt"], "the picture note.txt cannot be used"),
        (&["generate", "x", "--image", "http://10.0.0.1/x.png"], "must be a public https address"),
        (&["generate", "x", "--model", "sora-2-text-to-video", "--image", "a.png"], "takes no --image"),
        (&["generate", "x", "--model", "sora-watermark-remover"], "takes no --prompt"),
        (&["quote", "x", "--model", "nothing"], "not known"),
        (&["tasks", "get", "nonsense"], "32 hex digits"),
        (&["keys", "create", "a b"], "no account name"),
        (&["credits", "grant", "a", "many"], "not an amount"),
    ] {
        let output = command(folder.path(), arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}

#[test]
fn an_interrupted_film_is_kept_and_finished_later() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = filmgate()
        .args(["generate", "A long walk", "--seconds", "15", "--data", "data"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("running") {
        line.clear();
        assert!(
            std::io::BufRead::read_line(&mut said, &mut line).unwrap() > 0,
            "it ended before it was running"
        );
    }
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut said, &mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "{rest}");
    let hint = rest.split("filmgate tasks wait ").nth(1).expect("it says how to go on");
    assert!(hint.contains("--data data"), "the hint names the data folder: {hint}");
    let id = hint.split(' ').next().unwrap().to_owned();

    let timed_out = command(folder.path(), &["tasks", "wait", &id, "--timeout", "0"]);
    assert_eq!(timed_out.status.code(), Some(5));
    assert_eq!(printed(folder.path(), &["tasks", "wait", &id]), "a-long-walk.mp4\n");
    assert_eq!(printed(folder.path(), &["credits", "verify"]), "every credit is explained\n");
    let task: Value =
        serde_json::from_str(&printed(folder.path(), &["tasks", "get", &id, "--json"])).unwrap();
    assert_eq!((&task["phase"], &task["credits"]), (&"succeeded".into(), &45.0.into()));
}

#[test]
fn a_task_that_nobody_waits_for_can_be_listed_and_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let id = printed(folder.path(), &["generate", "x", "--no-wait"]).trim().to_owned();
    let listed: Value = serde_json::from_str(&printed(folder.path(), &["tasks", "list", "--json"])).unwrap();
    for (key, value) in [
        ("id", Value::from(id.as_str())),
        ("model", "sora-2-text-to-video".into()),
        ("phase", "queued".into()),
        ("upstream", "studio".into()),
        ("credits", 30.0.into()),
    ] {
        assert_eq!(listed[key], value, "{key}");
    }
    assert!(listed["created_ms"].as_i64().is_some());
    assert!(printed(folder.path(), &["tasks", "cancel", &id]).contains("nothing was charged"));
    assert!(
        printed(folder.path(), &["tasks", "cancel", &id]).contains("is cancelled"),
        "a second time changes nothing"
    );
    assert_eq!(command(folder.path(), &["tasks", "wait", &id]).status.code(), Some(1));
    assert!(printed(folder.path(), &["credits", "history", "local"]).contains("release"));
    assert_eq!(printed(folder.path(), &["credits", "verify"]), "every credit is explained\n");
}

#[test]
fn quote_and_models_tell_price_parameters_and_state() {
    let folder = tempfile::tempdir().unwrap();
    let quote: Value = serde_json::from_str(&printed(
        folder.path(),
        &["quote", "x", "--model", "veo3", "--resolution", "4k", "--json"],
    ))
    .unwrap();
    assert_eq!(
        (&quote["credits"], &quote["width"], &quote["upstream"]),
        (&370.0.into(), &3840.into(), &"studio".into())
    );
    assert!(printed(folder.path(), &["quote", "--model", "sora-2-image-to-video"]).contains("30 credits"));
    let models = printed(folder.path(), &["models"]);
    for words in [
        "sora-2-text-to-video",
        "30 to 45",
        "made by the embedded studio",
        "sora-watermark-remover",
        "refused:",
    ] {
        assert!(models.contains(words), "{words}: {models}");
    }
    let one = printed(folder.path(), &["models", "openai/sora-2-pro-text-to-video"]);
    for words in [
        "standard | high (default high)",
        "165",
        "kie: retired since 2026-06-11, use veo-3-1",
        "studio: scene",
    ] {
        assert!(one.contains(words), "{words}: {one}");
    }
}

#[test]
fn a_new_data_folder_takes_many_processes_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/picture.png");
    let start = |number: usize| {
        let mut command = filmgate();
        command.args([
            "generate",
            &format!("film {number}"),
            "--no-wait",
            "--image",
            picture,
            "--data",
            "data",
        ]);
        command.current_dir(folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let started: Vec<_> = (0..8).map(start).collect();
    for child in started {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(printed(folder.path(), &["tasks", "list", "--json"]).lines().count(), 8);
    assert_eq!(printed(folder.path(), &["tasks", "list", "--phase", "in_doubt", "--json"]), "");
}

#[test]
fn a_second_run_under_the_same_key_delivers_the_same_film_and_pays_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let generate = |prompt: &str, output: &str| {
        let mut command = filmgate();
        command.args([
            "generate",
            prompt,
            "--model",
            "veo3_lite",
            "--seconds",
            "4",
            "--idempotency-key",
            "a",
            "-o",
        ]);
        command
            .arg(folder.path().join(output))
            .arg("--data")
            .arg(folder.path().join("data"))
            .output()
            .unwrap()
    };
    assert!(generate("A cat", "one.mp4").status.success());
    let again = generate("A cat", "two.mp4");
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(again.status.success() && said.contains("nothing is paid again"), "{said}");
    let film = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(film("one.mp4"), film("two.mp4"));
    let other = generate("A dog", "three.mp4");
    assert_eq!(other.status.code(), Some(2), "{}", String::from_utf8_lossy(&other.stderr));
}
