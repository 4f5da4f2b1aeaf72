//! Pictures on their way to upstreams, and `filmgate generate` for money: the yes it needs, what it says, how it goes on.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use super::site::{PATIENCE, Site, VEO_GENERATE, engine, eventually, fake, kie};

const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/picture.png");

#[test]
fn a_link_passes_to_kie_untouched() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let link = "https://example.com/a%20boat.jpg?signature=a%2Fb&x=1";
    let body = json!({ "prompt": "The boat sails away", "model": "veo3_fast", "imageUrls": [link] });
    let id = site.create_with(VEO_GENERATE, &[], &body.to_string());
    site.until(&id, "succeeded");
    assert_eq!(a.handle().jobs()[0].order.body["imageUrls"], json!([link]));
    assert!(a.handle().uploads().is_empty());
}

#[test]
fn a_file_is_uploaded_for_free_before_the_submit_and_its_link_is_sent() {
    let a = fake(|_| {});
    let site = Site::new(&[kie(&a)], "");
    let paid =
        ["generate", "The boat sails away", "--model", "veo3_fast", "--upstream", "kie", "--image", PICTURE];
    let output = site.command(&[&paid[..], &["--yes", "-o", "boat.mp4"]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("veo3_fast asks kie for 60 credits, which are real money there."), "{said}");
    let film = std::fs::read(site.folder.path().join("boat.mp4")).unwrap();
    assert!(film == a.handle().behaviour().film);
    let (uploads, jobs) = (a.handle().uploads(), a.handle().jobs());
    let ([upload], [job]) = (uploads.as_slice(), jobs.as_slice()) else { panic!("one upload and one job") };
    assert!(upload.bytes == std::fs::read(PICTURE).unwrap());
    assert_eq!((upload.content_type.as_str(), upload.route.as_str()), ("image/png", "file-stream-upload"));
    assert_eq!(job.order.body["imageUrls"], json!([upload.download_url]));
    site.verify();
}

#[test]
fn a_file_travels_in_the_submit_to_an_engine() {
    let b = fake(|_| {});
    let site = Site::new(&[engine(&b)], "");
    site.printed(&["generate", "The boat sails away", "--upstream", "engine", "--image", PICTURE, "--yes"]);
    let jobs = b.handle().jobs();
    assert!(jobs[0].order.files[0].bytes == std::fs::read(PICTURE).unwrap());
    assert_eq!((jobs.len(), jobs[0].order.model.as_str()), (1, "sora-2"));
}

#[test]
fn an_upload_that_is_refused_ends_the_film_at_once_and_nothing_is_submitted() {
    let a = fake(|behaviour| behaviour.key = Some("another".into()));
    let site = Site::new(&[kie(&a)], "");
    let paid =
        ["generate", "The boat", "--model", "veo3_fast", "--upstream", "kie", "--image", PICTURE, "--yes"];
    let output = site.command(&paid);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("refuses the operator's key"), "{said}");
    assert_eq!(a.handle().creates_seen(), 0);
    site.verify();
}

#[test]
fn without_a_yes_and_without_a_terminal_nothing_is_created_and_nothing_is_sent() {
    let a = fake(|_| {});
    let site = Site::new(&[kie(&a)], "");
    let paid = ["generate", "A boat", "--model", "veo3_fast", "--upstream", "kie", "--image", PICTURE];
    for arguments in [&paid[..], &[&paid[..], &["--no-wait"]].concat()] {
        let output = site.command(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("add --yes to agree"), "{said}");
    }
    assert_eq!((site.printed(&["tasks", "list", "--json"]).as_str(), a.handle().seen().connections), ("", 0));
}

#[test]
fn what_cannot_be_made_there_is_said_before_anybody_is_asked_for_money() {
    let a = fake(|_| {});
    let site = Site::new(&[kie(&a)], "");
    for (arguments, words) in [
        (&["--upstream", "nobody"][..], "there is no upstream \"nobody\"; configured are kie, studio"),
        (&["--upstream", "kie"], "kie has retired sora-2-text-to-video since 2026-06-11"),
        (&["--upstream", "kie:veo3_slow"], "veo3_slow"),
        (&["--upstream", "kie", "--on-doubt", "hope"], "next_route"),
    ] {
        let output = site.command(&[&["generate", "A boat", "--yes"], arguments].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert_eq!(a.handle().seen().connections, 0);
}

#[test]
fn a_failed_film_ends_the_command_with_1_and_its_reason() {
    let a = fake(|behaviour| {
        behaviour.outcome =
            filmgate_fake::Outcome::Fail { code: "501".into(), text: "The prompt was too short".into() };
    });
    let site = Site::new(&[kie(&a)], "");
    let output = site.command(&["generate", "A boat", "--model", "veo3_fast", "--upstream", "kie", "--yes"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("The prompt was too short. Nothing was charged."), "{said}");
    let listed: Value = serde_json::from_str(&site.printed(&["tasks", "list", "--json"])).unwrap();
    assert_eq!(listed["phase"], "failed");
    site.verify();
}

#[test]
fn an_interrupted_film_is_made_on_and_waited_for_later_and_paid_once() {
    let a = fake(|behaviour| behaviour.run_ms = None);
    let site = Site::new(&[kie(&a)], "");
    let paid = ["generate", "A boat", "--model", "veo3_fast", "--upstream", "kie", "--yes"];
    let mut child = site.prepared(&paid).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    assert!(a.handle().wait_until(PATIENCE, |ledger| ledger.seen.polls > 0));
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let (mut text, mut line) = (String::new(), String::new());
    while said.read_line(&mut line).unwrap() > 0 {
        text.push_str(&std::mem::take(&mut line));
    }
    assert_eq!(child.wait().unwrap().code(), Some(130), "{text}");
    let listed: Value = serde_json::from_str(&site.printed(&["tasks", "list", "--json"])).unwrap();
    let id = listed["id"].as_str().unwrap();
    assert!(text.contains(&format!("filmgate tasks wait {id}")), "{text}");
    a.handle().finish_all();
    assert_eq!(site.printed(&["tasks", "wait", id, "-o", "boat.mp4"]), "boat.mp4\n");
    assert!(std::fs::read(site.folder.path().join("boat.mp4")).unwrap() == a.handle().behaviour().film);
    assert_eq!(a.handle().creates_seen(), 1);
    site.verify();
}

#[test]
fn a_film_that_was_ordered_here_is_made_on_by_a_server_that_starts_later() {
    let a = fake(|_| {});
    let mut site = Site::new(&[kie(&a)], "");
    let paid = ["generate", "A boat", "--model", "veo3_fast", "--upstream", "kie", "--yes", "--no-wait"];
    let id = site.printed(&paid).trim().to_owned();
    assert_eq!((a.handle().creates_seen(), site.task(&id)["phase"].as_str()), (0, Some("queued")));
    site.serve();
    eventually("the film", || (site.task(&id)["phase"] == "succeeded").then_some(()));
    assert_eq!(a.handle().creates_seen(), 1);
}
