//! Quotes: prices, refusals by field, and requests that really ask for the same film.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{get, post, task};
use crate::gate::{Gate, filmgate, printed};

/// What a model's input means: what is left out counts as its default.
fn meaning(model: &Value, input: &Value) -> BTreeMap<String, Value> {
    let given = |parameter: &Value| {
        let name = parameter["name"].as_str().unwrap();
        let value = if input[name].is_null() { &parameter["default"] } else { &input[name] };
        (!value.is_null()).then(|| (name.to_owned(), value.clone()))
    };
    model["parameters"].as_array().unwrap().iter().filter_map(given).collect()
}

#[test]
fn every_request_that_a_quote_shows_makes_the_same_film() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = filmgate();
    command.env("FILMGATE_STUDIO_RENDERS", "0");
    command.args(["serve", "--dev", "--dev-credits", "100000", "--listen", "127.0.0.1:0", "--data"]);
    let gate = Gate::start(command.arg(folder.path()));
    let models = get(&gate, "/filmgate/v1/models").json();
    let mut shown: BTreeMap<&str, u32> = BTreeMap::new();
    for model in models["models"].as_array().unwrap() {
        let of_films = matches!(model["makes"].as_str(), Some("film" | "character"));
        for example in model["examples"].as_array().unwrap().iter().filter(|_| of_films) {
            // What is made from a film needs one that is there.
            if !example["input"]["origin_task"].is_null() {
                continue;
            }
            let ask = json!({"model": model["id"], "input": example["input"]});
            let reply = post(&gate, "/filmgate/v1/quote", &ask);
            assert_eq!(reply.status, 200, "{ask}: {}", reply.text());
            let quote = reply.json();
            for dialect in ["kie", "openai", "filmgate"] {
                let call = &quote["calls"][dialect];
                if call.is_null() {
                    continue;
                }
                let made = post(&gate, call["path"].as_str().unwrap(), &call["body"]).json();
                let id = [&made["data"]["taskId"], &made["id"]].into_iter().find_map(Value::as_str);
                let id = id.unwrap_or_else(|| panic!("{call}: {made}"));
                let made = task(&gate, id.trim_start_matches("video_"));
                assert_eq!(meaning(model, &made["input"]), meaning(model, &example["input"]), "{call}");
                assert_eq!(made["credits"], quote["price"], "{call}");
                *shown.entry(dialect).or_default() += 1;
            }
        }
    }
    // Every example can be said in our own words, and nearly every one in Kie's.
    assert!(shown["kie"] * 10 >= shown["filmgate"] * 8 && shown["openai"] > 10, "{shown:?}");
}

#[test]
fn the_command_line_of_a_quote_is_understood_by_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let quote = |prompt: &str| {
        let input = json!({"prompt": prompt, "aspect": "portrait", "seconds": 15, "seed": 7, "clean": true});
        let ask = json!({"model": "sora-2-text-to-video", "input": input});
        let quote = post(&gate, "/filmgate/v1/quote", &ask).json();
        let words = quote["calls"]["cli"].as_array().unwrap().iter();
        (quote["price"].clone(), words.map(|word| word.as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    // `quote` takes the flags of `generate` and makes nothing.
    let (price, words) = quote("A 'cat' in \"rain\"");
    let quoted: Vec<&str> =
        ["quote", "--json"].into_iter().chain(words.iter().skip(1).map(String::as_str)).collect();
    let printed: Value = serde_json::from_str(&printed(folder.path(), &quoted)).unwrap();
    assert_eq!(printed["credits"].as_f64(), price.as_f64(), "{printed}");
    let (_, dashed) = quote("-A cat");
    assert_eq!(dashed[dashed.len() - 2..], ["--", "-A cat"]);
    // What the flags cannot say is not shown.
    let marked = json!({"model": "veo3_fast", "input": {"prompt": "A cat", "watermark": "mine"}});
    assert_eq!(post(&gate, "/filmgate/v1/quote", &marked).json()["calls"]["cli"], Value::Null);
}

#[test]
fn the_command_line_of_a_quote_names_the_upstream_that_would_be_paid() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = filmgate();
    serve.env("KIE_API_KEY", "none").env("KIE_BASE_URL", "http://127.0.0.1:9");
    serve.env("FILMGATE_ROUTES_DEFAULT", "kie:veo-3-1");
    serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("data"));
    let gate = Gate::start(&mut serve);
    let made: Value =
        serde_json::from_str(&printed(folder.path(), &["keys", "create", "team", "--json"])).unwrap();
    let bearer = format!("Bearer {}", made["key"].as_str().unwrap());
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    let ask = json!({"model": "veo3_fast", "input": {"prompt": "A cat"}}).to_string();
    let quote = gate.call("POST", "/filmgate/v1/quote", &headers, ask.as_bytes()).json();
    let words: Vec<&str> = quote["calls"]["cli"]
        .as_array()
        .unwrap_or_else(|| panic!("{quote}"))
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(words[..3], ["generate", "--upstream", "kie:veo-3-1"], "{quote}");
}

#[test]
fn a_refused_quote_names_the_field_and_spends_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let model = "sora-2-text-to-video";
    for (input, status, field) in [
        (json!({}), 422, Some("prompt")),
        (json!({"prompt": "A cat", "seconds": 11}), 422, Some("seconds")),
        (json!({"prompt": "A cat", "secnds": 10}), 422, Some("secnds")),
        (json!({"prompt": "A cat", "resolution": "4k"}), 422, Some("resolution")),
        (json!({"prompt": ["A cat"]}), 422, Some("prompt")),
    ] {
        for path in ["/filmgate/v1/quote", "/filmgate/v1/tasks"] {
            let reply = post(&gate, path, &json!({"model": model, "input": input}));
            let error = reply.json()["error"].clone();
            assert_eq!(
                (reply.status, error["parameter"].as_str()),
                (status, field),
                "{path} {input}: {error}"
            );
        }
    }
    let unknown =
        post(&gate, "/filmgate/v1/quote", &json!({"model": "sora-9", "input": {"prompt": "A cat"}}));
    assert_eq!((unknown.status, unknown.json()["error"]["code"].as_str()), (404, Some("unknown_model")));
    let session = get(&gate, "/api/v1/chat/credit").json();
    assert_eq!(session["data"].as_f64(), Some(1_000.0));
}

#[test]
fn several_are_priced_together_and_made_within_the_total_only() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let ask = |model: &str| json!({"model": model, "input": {"prompt": "A cat"}});
    let requests = json!([ask("sora-2-text-to-video"), ask("veo3_fast"), ask("sora-9")]);
    let quotes = post(&gate, "/filmgate/v1/quote", &json!({"requests": requests})).json();
    assert_eq!((quotes["total"].as_f64(), quotes["available"].as_f64()), (Some(90.0), Some(1_000.0)));
    assert_eq!(quotes["quotes"][2]["error"]["code"], "unknown_model", "{quotes}");
    let dear = post(&gate, "/filmgate/v1/batches", &json!({"requests": requests, "total_max": 89}));
    assert_eq!((dear.status, dear.json()["error"]["code"].as_str()), (409, Some("total_exceeded")));
    let made = post(&gate, "/filmgate/v1/batches", &json!({"requests": requests, "total_max": 90}));
    let batch = made.json();
    assert_eq!((made.status, batch["total"].as_f64()), (201, Some(90.0)), "{batch}");
    assert_eq!(batch["tasks"][2]["error"]["code"], "unknown_model");
    let listed = get(&gate, "/filmgate/v1/tasks").json();
    assert_eq!(listed["tasks"].as_array().unwrap().len(), 2);
    let many: Vec<Value> = (0..25).map(|_| ask("veo3_fast")).collect();
    assert_eq!(post(&gate, "/filmgate/v1/batches", &json!({"requests": many})).status, 400);
}

#[test]
fn a_misspelt_limit_or_field_is_refused_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let ask = json!({"model": "veo3_fast", "input": {"prompt": "A cat"}});
    for (path, body, named) in [
        ("batches", json!({"requests": [ask], "totalMax": 1}), "totalMax"),
        ("tasks", json!({"model": "veo3_fast", "callbackUrl": "https://example.com"}), "callbackUrl"),
        ("quote", json!({"requests": [{"modle": "veo3_fast"}]}), "modle"),
        ("quote", json!({"modle": "veo3_fast"}), "modle"),
    ] {
        let reply = post(&gate, &format!("/filmgate/v1/{path}"), &body);
        let text = reply.text();
        assert_eq!(reply.status, 400, "{text}");
        assert!(text.contains(named) && !text.contains("untagged"), "{text}");
    }
    assert_eq!(get(&gate, "/filmgate/v1/tasks").json()["tasks"], json!([]));
}
