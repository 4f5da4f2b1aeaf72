//! `filmgate doctor`: what is configured, reachable and sound, for free; and no command ever prints a key.

use filmgate_fake::Fake;
use serde_json::{Value, json};

use super::site::{Site, UPSTREAM_KEY, engine, fake, free_port, kie, set};

fn report(site: &Site, code: i32) -> Value {
    let output = site.command(&["doctor", "--json"]);
    assert_eq!(output.status.code(), Some(code), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn what_is_well_is_told_with_the_balance_and_costs_nothing() {
    let (a, b) = (fake(|behaviour| behaviour.balance_thousandths = 1_234_500), fake(|_| {}));
    let site = Site::new(&[kie(&a), engine(&b)], "");
    let report = report(&site, 0);
    let (engine, kie) = (&report["upstreams"][0], &report["upstreams"][1]);
    assert_eq!(
        (&kie["name"], &kie["usable"], &kie["balance"]),
        (&json!("kie"), &json!(true), &json!(1234.5))
    );
    assert_eq!((&engine["name"], &engine["usable"]), (&json!("engine"), &json!(true)));
    let models = kie["models"].to_string();
    assert!(
        models.contains("veo3_fast") && !models.contains("sora"),
        "retired models are not offered: {models}"
    );
    let text = site.printed(&["doctor"]);
    for words in
        ["reachable, balance 1234.5 credits", "every credit is explained", "FILMGATE_PUBLIC_URL is not set"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!((a.handle().creates_seen(), b.handle().creates_seen()), (0, 0));
}

#[test]
fn a_refused_key_and_an_upstream_that_is_away_are_told_and_end_with_1() {
    let (a, b) = (fake(|behaviour| behaviour.key = Some("another".into())), fake(|_| {}));
    let url = b.url();
    drop(b);
    let site = Site::new(&[kie(&a), set("FILMGATE_ENGINE_URL", &format!("{url}/v1"))], "");
    let report = report(&site, 1);
    let (engine, kie) = (&report["upstreams"][0], &report["upstreams"][1]);
    assert_eq!(
        (&report["healthy"], &kie["usable"], &engine["usable"]),
        (&json!(false), &json!(false), &json!(false))
    );
    assert!(kie["problem"].as_str().unwrap().contains("Unauthorized"), "{kie}");
    assert!(engine["problem"].as_str().unwrap().contains("connect"), "{engine}");
}

#[test]
fn without_any_upstream_it_says_what_could_be_set() {
    let site = Site::new(&[], "");
    let text = site.printed(&["doctor"]);
    assert!(text.contains("set KIE_API_KEY or FILMGATE_ENGINE_URL"), "{text}");
}

#[test]
fn what_is_configured_wrongly_is_named_without_the_key() {
    let site = Site::new(&[], "");
    for (settings, words) in [
        (vec![("KIE_BASE_URL", "https://u:canary-4711@kie.example")], "key is missing (KIE_API_KEY)"),
        (
            vec![("KIE_API_KEY", "canary-4711"), ("KIE_BASE_URL", "https://u:canary-4711@kie.example")],
            "user name",
        ),
        (
            vec![("KIE_API_KEY", "canary-4711"), ("FILMGATE_UPSTREAMS_KIE_ON_DOUBT", "hope")],
            "\"hope\" is not park",
        ),
        (
            vec![("KIE_API_KEY", "canary-4711"), ("FILMGATE_UPSTREAMS_KIE_READ_MS", "soon")],
            "not a whole number",
        ),
        (vec![("KIE_API_KEY", "canary-4711"), ("KIE_API_KEY_FILE", "/nonexistent")], "both a key and a file"),
        (vec![("KIE_API_KEY_FILE", "/nonexistent")], "the key file /nonexistent"),
        (vec![("FILMGATE_ENGINE_KEY", "canary-4711")], "url is missing"),
        (vec![("FILMGATE_PUBLIC_URL", "films.example")], "\"films.example\" is not an address"),
        (vec![("FILMGATE_ROUTES_DEFAULT", "kie")], "no upstream \"kie\""),
        (
            vec![("KIE_API_KEY", "canary-4711"), ("FILMGATE_UPSTREAMS_KIE_MAX_COST", "much")],
            "no number of credits",
        ),
        (vec![("KIE_API_KEY", "canary-4711"), ("FILMGATE_UPSTREAMS_KIE_MAX_PAID_ATTEMPTS", "0")], "1 to 10"),
    ] {
        let mut command = crate::gate::filmgate();
        command.args(["doctor", "--data", "data"]).current_dir(site.folder.path()).envs(settings.clone());
        let output = command.output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(2), "{settings:?}: {said}");
        assert!(said.contains(words) && !said.contains("canary-4711"), "{settings:?}: {said}");
    }
}

/// Runs every command that reads upstreams, tasks or settings, and returns all that they print.
fn everything_printed(site: &Site, id: &str) -> String {
    let commands: [&[&str]; 9] = [
        &["doctor"],
        &["doctor", "--json"],
        &["tasks", "list", "--json"],
        &["tasks", "get", id],
        &["tasks", "get", id, "--json"],
        &["models"],
        &["credits", "history", "team"],
        &["generate", "A boat", "--upstream", "kie"],
        &["generate", "A boat", "--model", "veo3_fast", "--upstream", "kie", "--yes", "-o", "x.mp4"],
    ];
    let print = |arguments: &&[&str]| {
        let output = site.command(arguments);
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    commands.iter().map(print).collect()
}

#[test]
fn no_command_prints_a_key() {
    let words = format!("The key {UPSTREAM_KEY} may not do this");
    let refuse = filmgate_fake::CreateScript::Refuse { http_status: 200, code: 403, text: words };
    let a = fake(|behaviour| behaviour.create_always = Some(refuse));
    let mut site = Site::start(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "failed");
    let printed = everything_printed(&site, &id);
    assert!(printed.contains("The key [key] may not do this"), "{printed}");
    site.set("KIE_API_KEY", "not-the-fake-key-4711");
    let refused = everything_printed(&site, &id);
    assert!(refused.contains("NOT USABLE"), "{refused}");
    for (text, key) in
        [(&printed, UPSTREAM_KEY), (&refused, "not-the-fake-key-4711"), (&site.log(), UPSTREAM_KEY)]
    {
        let line = text.lines().find(|line| line.contains(key));
        assert_eq!(line, None);
    }
}

#[test]
fn a_key_may_lie_in_a_file() {
    let a: Fake = fake(|_| {});
    let mut settings = kie(&a);
    settings.retain(|(name, _)| name != "KIE_API_KEY");
    let mut site = Site::new(&[], "");
    let file = site.folder.path().join("key");
    std::fs::write(&file, format!("{UPSTREAM_KEY}\n")).unwrap();
    settings.iter().for_each(|(name, value)| site.set(name, value));
    site.set("KIE_API_KEY_FILE", &file.display().to_string());
    assert_eq!(report(&site, 0)["upstreams"][0]["usable"], true);
    site.set("KIE_BASE_URL", &format!("http://127.0.0.1:{}", free_port()));
    report(&site, 1);
}
