//! What the command prints and writes: its forms, its comparison, its exit status, and the configuration it adds.

use filmgate_fake::{Market, Shown};

use super::super::site::{engine, fake, kie, set};
use super::{probed, site};

fn printed(output: &std::process::Output) -> (String, String, i32) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

#[test]
fn without_an_upstream_it_says_how_to_name_one() {
    let (_, said, code) = printed(&site(&[]).command(&["probe"]));
    assert_eq!(code, 2);
    assert!(said.contains("KIE_API_KEY") && said.contains("--url"), "{said}");
}

#[test]
fn the_form_follows_the_flag_or_the_ending_of_the_file() {
    let upstream = fake(|behaviour| behaviour.market = Some(Market::november_2026()));
    let site = site(&[kie(&upstream)]);
    let (table, _, code) = printed(&site.command(&["probe"]));
    assert_eq!(code, 0);
    assert!(table.contains("veo3_fast") && table.contains("usable") && !table.contains("| ---"), "{table}");
    for (file, beginning) in [("report.md", "# "), ("report.json", "{")] {
        let (path, _, _) = printed(&site.command(&["probe", "-o", file]));
        assert_eq!(path.trim(), file);
        let text = std::fs::read_to_string(site.folder.path().join(file)).unwrap();
        assert!(text.starts_with(beginning), "{text}");
        assert!(!text.contains("fake-key"));
    }
    let (chinese, _, _) = printed(&site.command(&["probe", "--format", "markdown", "--lang", "zh"]));
    assert!(chinese.contains("结论"), "{chinese}");
}

#[test]
fn a_comparison_says_what_changed_since() {
    let upstream = fake(|behaviour| behaviour.market = Some(Market::november_2026()));
    let site = site(&[kie(&upstream)]);
    site.printed(&["probe", "-o", "old.json"]);
    upstream.handle().set(|behaviour| {
        behaviour.market.as_mut().unwrap().models.get_mut("veo3_fast").unwrap().state = Shown::Paused;
    });
    let (survey, code) = probed(&site, &["--compare", "old.json"]);
    assert_eq!(code, 0, "another plan A is usable");
    let change = &survey["changes"][0]["verdict"];
    assert_eq!(
        (&change["card"], &change["was"], &change["is"]),
        (&"veo3_fast".into(), &"usable".into(), &"paused".into())
    );
    std::fs::write(site.folder.path().join("wrong.json"), "{}").unwrap();
    for file in ["wrong.json", "missing.json"] {
        let (_, said, code) = printed(&site.command(&["probe", "--compare", file]));
        assert_eq!(code, 2);
        assert!(said.contains(file), "{said}");
    }
}

#[test]
fn the_plans_go_into_the_configuration_after_a_yes() {
    let (a, b) = (fake(|behaviour| behaviour.market = Some(Market::november_2026())), fake(|_| {}));
    let site = site(&[kie(&a), engine(&b)]);
    let file = site.folder.path().join("config.toml");
    let (_, said, code) = printed(&site.command(&["probe", "--write-config"]));
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--yes") && std::fs::read_to_string(&file).unwrap().is_empty());
    site.printed(&["probe", "--write-config", "--yes"]);
    let written = std::fs::read_to_string(&file).unwrap();
    assert!(written.contains("\"sora-2-text-to-video\" = [\"engine\", \"kie:veo3_fast\"]"), "{written}");
    site.printed(&["probe", "--write-config", "--yes"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), written, "twice is once");
    let doctor = site.printed(&["doctor", "--json"]);
    assert!(doctor.contains("\"healthy\":true"), "the file is sound: {doctor}");
}

#[test]
fn flags_that_contradict_each_other_are_refused() {
    let upstream = fake(|_| {});
    let site = site(&[kie(&upstream)]);
    for (arguments, words) in [
        (&["--upstream", "nobody"][..], "there is no upstream \"nobody\"; configured: kie"),
        (&["--url", "http://127.0.0.1:1"], "--dialect"),
        (&["--url", "http://127.0.0.1:1", "--dialect", "kie"], "--key"),
        (&["--models", "zzz*"], "begins like"),
        (&["--spend", "0"], "credits"),
    ] {
        let (_, said, code) = printed(&site.command(&[&["probe"], arguments].concat()));
        assert_eq!(code, 2, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert!(upstream.handle().asked().is_empty());
}

#[test]
fn a_key_alone_is_one_for_kie() {
    let upstream = fake(|behaviour| behaviour.key = Some("mine".into()));
    let site = site(&[kie(&upstream), set("FILMGATE_PROBE_KEY", "mine")]);
    let (survey, _) = probed(&site, &[]);
    assert_eq!(survey["upstreams"][0]["name"], "kie");
    assert_eq!(survey["upstreams"][0]["state"], serde_json::Value::Null, "the key was taken");
}
