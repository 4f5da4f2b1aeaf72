//! The pages of `docs/`: their shell examples run against `serve --dev`, and what a page shows after one is what it prints.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::clients::is_there;
use crate::gate::Gate;

/// Where the pages say that the server listens.
const ADDRESS: &str = "127.0.0.1:2424";
/// Stands in a page for what differs from run to run.
const ANYTHING: &str = "…";

#[test]
fn the_examples_of_kies_page_run() {
    runs("kie.md");
}

#[test]
fn the_examples_of_openais_page_run() {
    runs("openai.md");
}

#[test]
fn the_examples_of_our_own_apis_page_run() {
    runs("filmgate.md");
}

#[test]
fn the_examples_of_the_emulators_page_run_and_show_every_scenario() {
    runs("emulator.md");
    let text = std::fs::read_to_string(path("emulator.md")).unwrap();
    for (name, _) in filmgate_domain::scenario::Scenario::ALL {
        assert!(text.contains(&format!("\n`{name}`: ")), "{name} has its line");
        let shown = [format!("X-Filmgate-Scenario: {name}\""), format!("[[{name}]]")];
        assert!(shown.iter().any(|shown| text.contains(shown)), "{name} has its example");
    }
}

/// Runs a page's blocks of `bash` in one shell, from top to bottom, against an emulator of its own. A block of `json` that follows
/// one is what it prints, spaces aside, where `…` stands for anything. Other blocks, such as `sh`, are not run.
fn runs(page: &str) {
    if !is_there(Path::new("/usr/bin/curl"), "curl (Debian: apt-get install curl)") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(&folder.path().join("data"));
    let text = std::fs::read_to_string(path(page)).unwrap();
    let examples = examples(&text);
    assert!(!examples.is_empty(), "{page} has no examples");
    // Each block's output goes to a file of its own; a failing command ends the whole.
    let blocks = examples.iter().enumerate().map(|(number, example)| {
        let commands = example.commands.replace(ADDRESS, &gate.address);
        format!("exec >{number}.out 2>{number}.err\n{commands}\n")
    });
    let script: String = std::iter::once("set -euo pipefail\n".to_owned()).chain(blocks).collect();
    std::fs::write(folder.path().join("page.bash"), script).unwrap();
    // A page that waits for what never comes is ended.
    let ended = Command::new("timeout")
        .args(["400", "bash", "page.bash"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let read = |name: String| std::fs::read_to_string(folder.path().join(name)).unwrap_or_default();
    for (number, example) in examples.iter().enumerate() {
        let (printed, complained) = (read(format!("{number}.out")), read(format!("{number}.err")));
        let is_last = !folder.path().join(format!("{}.out", number + 1)).exists();
        assert!(
            ended.status.success() || !is_last,
            "{page}, line {}: it failed\n{printed}{complained}",
            example.line
        );
        if let Some(shown) = &example.shown {
            assert!(
                fits(shown, &printed),
                "{page}, line {}: it printed\n{printed}{complained}",
                example.line
            );
        }
    }
    assert!(ended.status.success(), "{page}: {}", String::from_utf8_lossy(&ended.stderr));
}

fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page)
}

struct Example {
    line: usize,
    commands: String,
    shown: Option<String>,
}

fn examples(text: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut block: Option<(String, usize, String)> = None;
    let mut follows = false;
    for (number, line) in text.lines().enumerate() {
        match (&mut block, line.strip_prefix("```")) {
            (Some((language, begin, body)), Some("")) => {
                match (language.as_str(), examples.last_mut()) {
                    ("bash", _) => {
                        let commands = std::mem::take(body);
                        examples.push(Example { line: *begin, commands, shown: None });
                    }
                    ("json", Some(last)) if follows => last.shown = Some(std::mem::take(body)),
                    _ => {}
                }
                follows = language == "bash";
                block = None;
            }
            (Some((.., body)), _) => {
                body.push_str(line);
                body.push('\n');
            }
            (None, Some(language)) => block = Some((language.to_owned(), number + 1, String::new())),
            (None, None) => {}
        }
    }
    examples
}

/// Whether a text is what a page shows, each `…` standing for any characters.
fn fits(shown: &str, printed: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (shown, printed) = (bare(shown), bare(printed));
    let Some((first, others)) = shown.split_once(ANYTHING) else { return shown == printed };
    let (middle, last) = others.rsplit_once(ANYTHING).unwrap_or(("", others));
    let rest = printed.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    let Some(mut rest) = rest else { return false };
    middle.split(ANYTHING).all(|part| {
        let found = rest.find(part).map(|at| at + part.len());
        rest = found.map_or("", |end| &rest[end..]);
        found.is_some()
    })
}

#[test]
fn what_a_page_shows_is_compared_without_spaces_and_around_ellipses() {
    assert!(fits("{ \"a\": 1,\n \"b\": \"…\" }", r#"{"a":1,"b":"xyz"}"#));
    assert!(fits("a … b …", "a 1 b 2") && fits("a", "a\n") && fits("a … b", "a b b"));
    for (shown, printed) in [("a", "ab"), ("a … b", "a x b c"), ("a … b", "a x"), ("b", "ab")] {
        assert!(!fits(shown, printed), "{shown:?} {printed:?}");
    }
}

#[test]
fn the_chinese_readme_has_the_same_commands() {
    let commands = |page: &str| {
        let text = std::fs::read_to_string(path("..").join(page)).unwrap();
        let blocks = text.split("```").skip(1).step_by(2).map(str::to_owned).collect::<String>();
        // A comment is in the page's own language.
        blocks
            .lines()
            .map(|line| line.split("  # ").next().unwrap().trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    let english = commands("README.md");
    assert!(english.len() > 30, "{english:?}");
    assert_eq!(english, commands("README.zh-CN.md"));
}
