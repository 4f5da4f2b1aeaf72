//! The address at which upstreams call back: it wakes and never decides, whatever is posted to it and however often.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use filmgate_fake::Callbacks;
use serde_json::{Value, json};

use super::doubt::LOST;
use super::site::{Site, VEO, VEO_GENERATE, engine, eventually, fake, kie, post, routes, set};

fn named(job: &str) -> String {
    json!({ "code": 200, "msg": "success", "data": { "taskId": job } }).to_string()
}

/// The path of the newest job's callback address.
fn address(a: &filmgate_fake::Fake) -> String {
    let url = a.handle().ledger().last().unwrap().call_back_url.clone().unwrap();
    format!("/filmgate/{}", url.split_once("/filmgate/").unwrap().1)
}

fn call(site: &Site, path: &str, body: &[u8]) -> u16 {
    site.gate().call("POST", path, &[], body).status
}

#[test]
fn only_who_knows_a_token_is_heard_and_nothing_that_is_posted_does_harm() {
    let a = fake(|behaviour| behaviour.run_ms = None);
    let site = Site::public(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "running");
    let (path, job) = (address(&a), a.handle().ledger()[0].job.clone());
    let wrong = format!("/filmgate/v1/callbacks/{}", "0f".repeat(16));
    for path in [&wrong, "/filmgate/v1/callbacks/x", &path[..path.len() - 1], &format!("{path}0")] {
        assert_eq!(call(&site, path, named(&job).as_bytes()), 404, "{path}");
    }
    let garbage: [&[u8]; 6] =
        [b"", b"{", b"null", b"[1]", b"\xff\xfe\x00", br#"{"data":{"taskId":{"a":1}}}"#];
    for body in garbage {
        assert_eq!(call(&site, &path, body), 200);
    }
    assert_eq!(call(&site, &path, &vec![b'x'; 300_000]), 413);
    // Who says that it is done, or failed, is not believed: the record is read.
    let lie =
        json!({ "code": 501, "msg": "failed", "data": { "taskId": job, "state": "fail", "failMsg": "lie" } });
    assert_eq!(call(&site, &path, lie.to_string().as_bytes()), 200);
    let polls = a.handle().polls_seen();
    assert!(a.handle().wait_until(std::time::Duration::from_secs(20), |ledger| ledger.seen.polls > polls));
    assert_eq!(site.task(&id)["phase"], "running");
    a.handle().finish_all();
    site.until(&id, "succeeded");
    site.verify();
}

#[test]
fn a_job_of_somebody_else_is_not_adopted_by_whoever_knows_the_token() {
    let a = fake(|_| {});
    let site = Site::public(&[kie(&a)]);
    let other = site.create();
    site.until(&other, "succeeded");
    let theirs = a.handle().ledger()[0].job.clone();
    let body = VEO.replace("\"prompt\"", "\"callBackUrl\":\"https://somebody.example/x\",\"prompt\"");
    let foreign = post(&format!("{}{VEO_GENERATE}", a.url()), &body)["data"]["taskId"].clone();
    a.handle().set(|behaviour| behaviour.creates.push_back(LOST));
    let id = site.create();
    site.until(&id, "in_doubt");
    let (path, job) = (address(&a), a.handle().ledger().last().unwrap().job.clone());
    for (job, why) in [
        (theirs.as_str(), "belongs to another attempt"),
        (foreign.as_str().unwrap(), "names another callback address"),
    ] {
        assert_eq!(call(&site, &path, named(job).as_bytes()), 200);
        eventually(why, || {
            let task = site.task(&id);
            assert_eq!(task["phase"], "in_doubt", "{task:#}");
            task["tried"][0]["evidence"].to_string().contains(&format!("{job} is not it")).then_some(())
        });
        assert!(site.task(&id)["tried"][0]["evidence"].to_string().contains(why), "{:#}", site.task(&id));
    }
    // The right one still is.
    assert_eq!(call(&site, &path, named(&job).as_bytes()), 200);
    let task = site.until(&id, "succeeded");
    assert_eq!(task["tried"][0]["job"], job);
    site.verify();
}

/// Sends the request so many times over one connection.
fn repeat(address: &str, request: &str, times: usize) {
    let mut stream = TcpStream::connect(address).unwrap();
    let mut replies = BufReader::new(stream.try_clone().unwrap());
    for _ in 0..times {
        stream.write_all(request.as_bytes()).unwrap();
        let (mut line, mut length) = (String::new(), 0);
        replies.read_line(&mut line).unwrap();
        assert!(line.starts_with("HTTP/1.1 200"), "{line}");
        while line.trim() != "" {
            line.clear();
            replies.read_line(&mut line).unwrap();
            if let Some((_, value)) = line.to_ascii_lowercase().split_once("content-length: ") {
                length = value.trim().parse().unwrap();
            }
        }
        replies.read_exact(&mut vec![0; length]).unwrap();
    }
}

/// How often the store holds a piece of evidence for the task.
fn evidence(site: &Site, id: &str) -> usize {
    site.task(id)["tried"][0]["evidence"].as_array().unwrap().len()
}

fn database_bytes(site: &Site) -> u64 {
    let size = |name: &str| {
        std::fs::metadata(site.folder.path().join("data").join(name)).map_or(0, |file| file.len())
    };
    size("filmgate.sqlite3")
}

#[test]
fn ten_thousand_repeats_change_nothing_and_pester_nobody() {
    let a = fake(|behaviour| behaviour.run_ms = None);
    let site = Site::public(&[kie(&a), set("FILMGATE_UPSTREAMS_KIE_POLL_MS", "60000")]);
    let id = site.create();
    site.until(&id, "running");
    let (path, job) = (address(&a), a.handle().ledger()[0].job.clone());
    assert_eq!(call(&site, &path, named(&job).as_bytes()), 200);
    let (before, bytes) = (evidence(&site, &id), database_bytes(&site));
    let (body, server) = (named(&job), &site.gate().address);
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let (polls, began) = (a.handle().polls_seen(), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| repeat(server, &request, 1_250));
        }
    });
    let polls = a.handle().polls_seen() - polls;
    // Some one a second; a machine under load shifts them, so that twice as many are no fault, and ten thousand would be.
    assert!(polls <= 2 * began.elapsed().as_secs() + 2, "{polls} reads in {:?}", began.elapsed());
    // And whoever holds a token may invent names: a few are kept.
    for name in 0..50 {
        assert_eq!(call(&site, &path, named(&format!("invented-{name}")).as_bytes()), 200);
    }
    assert!(evidence(&site, &id) <= before + 3, "{:#}", site.task(&id));
    assert!(database_bytes(&site) < bytes + 200_000, "{} after {bytes}", database_bytes(&site));
    a.handle().finish_all();
    assert_eq!(call(&site, &path, named(&job).as_bytes()), 200);
    site.until(&id, "succeeded");
    assert!(site.log().lines().count() < 100, "{}", site.log());
    site.verify();
}

#[test]
fn garbage_about_a_doubt_is_no_evidence() {
    let a = fake(|behaviour| behaviour.creates.push_back(LOST));
    let site = Site::public(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "in_doubt");
    let path = address(&a);
    let before =
        eventually("the balance is noted", || Some(evidence(&site, &id)).filter(|count| *count >= 2));
    for _ in 0..300 {
        assert_eq!(call(&site, &path, b"{}"), 200);
    }
    assert_eq!(evidence(&site, &id), before, "{:#}", site.task(&id));
    site.printed(&["tasks", "resolve", &id, "--fail"]);
    for _ in 0..20 {
        assert_eq!(call(&site, &path, b"{}"), 200);
    }
    assert_eq!(evidence(&site, &id), before + 1, "the order alone: {:#}", site.task(&id));
}

#[test]
fn neither_prompts_nor_keys_nor_tokens_reach_the_log() {
    let a = fake(|behaviour| {
        let words = "fake-key: canary-prompt-4711 is not allowed".to_owned();
        let refused = filmgate_fake::CreateScript::Refuse { http_status: 200, code: 422, text: words };
        behaviour.creates.extend([refused, LOST]);
        behaviour.callbacks = Callbacks::Once;
    });
    let b = fake(|_| {});
    let mut site = Site::public(&[kie(&a), engine(&b), routes("kie"), set("RUST_LOG", "trace")]);
    let body = VEO.replace("A red boat", "canary-prompt-4711 A red boat");
    let refused = site.create_with(VEO_GENERATE, &[], &body);
    site.until(&refused, "failed");
    let found = site.create_with(VEO_GENERATE, &[], &body);
    site.until(&found, "succeeded");
    let made = site.create_with(VEO_GENERATE, &[], &body);
    site.until(&made, "succeeded");
    call(&site, &address(&a), b"canary-prompt-4711");
    site.stop();
    site.set("FILMGATE_ROUTES_DEFAULT", "engine");
    site.serve();
    let elsewhere = site.create_with(VEO_GENERATE, &[], &body);
    site.until(&elsewhere, "succeeded");
    site.stop();
    let log = site.log();
    assert!(log.contains(&found) && log.contains(&refused), "the log tells of the tasks: {log}");
    let key = site.key.rsplit('_').next().unwrap().to_owned();
    let mut secrets = vec!["fake-key".to_owned(), "canary-prompt-4711".to_owned(), key];
    for job in a.handle().ledger() {
        secrets.push(job.call_back_url.unwrap().rsplit('/').next().unwrap().to_owned());
    }
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret}");
    }
    let told: Value = site.task(&refused);
    assert!(!told.to_string().contains("fake-key"), "an upstream that repeats the key: {told:#}");
}
