//! `filmgate probe` against upstreams in every state: the right verdict, no task, no credit.

mod examples;
mod matrix;
mod money;
mod october;
mod report;
mod server;

use filmgate_fake::Fake;
use serde_json::Value;

use super::site::{Settled, Site, set};

/// A site whose surveys take no breath between requests.
fn site(settings: &[Settled]) -> Site {
    Site::new(&[settings, &[set("FILMGATE_SURVEY_PACE_MS", "0")]].concat(), "")
}

/// What a survey found; the second number is the exit status.
fn probed(site: &Site, arguments: &[&str]) -> (Value, i32) {
    let output = site.command(&[&["probe", "--format", "json"], arguments].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let survey = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
    (survey, output.status.code().unwrap())
}

/// The row of a model at an upstream.
fn row<'a>(survey: &'a Value, upstream: &str, card: &str) -> &'a Value {
    let named = |rows: &'a Value, key: &str, name: &str| {
        rows.as_array().unwrap().iter().find(|row| row[key] == *name).unwrap_or_else(|| panic!("no {name}"))
    };
    named(&named(&survey["upstreams"], "name", upstream)["models"], "card", card)
}

fn verdict<'a>(survey: &'a Value, upstream: &str, card: &str) -> &'a str {
    row(survey, upstream, card)["finding"]["verdict"].as_str().unwrap()
}

/// The fake's own books: nothing was created and nothing billed, and no create had anything in it.
fn nothing_was_spent(fake: &Fake, balance_thousandths: i64) {
    assert!(fake.handle().ledger().is_empty(), "a task was created");
    assert_eq!(fake.handle().balance_thousandths(), balance_thousandths);
    for asked in fake.handle().asked() {
        if asked.method == "POST" {
            let body: Value = serde_json::from_str(&asked.body).unwrap();
            let names: Vec<&String> = body.as_object().unwrap().keys().collect();
            assert!(names.iter().all(|name| ["model", "input"].contains(&name.as_str())), "{}", asked.body);
            assert!(body["input"].as_object().is_none_or(serde_json::Map::is_empty), "{}", asked.body);
        }
    }
}
