//! The document is whole: every route has an entry, every entry a route, and every name that it uses is there.

use std::collections::BTreeSet;
use std::path::Path;

use filmgate_wire::own;
use serde_json::Value;

use super::document;

/// A method and a path as the document writes it.
type Route = (String, String);

fn whole() -> Value {
    document(&crate::catalogue::load().unwrap())
}

/// Every `.route("path", get(…).post(…))` of the sources, whichever file it stands in. One that takes every method or every path only
/// to say no is none.
fn routed() -> BTreeSet<Route> {
    let mut routes = BTreeSet::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !path.ends_with("openapi/tests.rs")
            {
                collect(&std::fs::read_to_string(&path).unwrap(), &mut routes);
            }
        }
    }
    routes
}

fn collect(source: &str, routes: &mut BTreeSet<Route>) {
    // A card's routes are asked for by their dialect.
    let calls = source
        .split(".route(")
        .skip(1)
        .filter(|rest| ["Dialect::", "dialect)", "offer."].iter().all(|other| !rest.starts_with(other)));
    for rest in calls {
        let call = rest.split("\n        .").next().and_then(|rest| rest.split("\n}").next()).unwrap_or(rest);
        let (place, handlers) = call.trim_start().split_once(',').unwrap_or((call, ""));
        let path = match place.trim().strip_prefix('"') {
            Some(path) => path.trim_end_matches('"').to_owned(),
            None if place.trim() == "own::IDENTITY" => own::IDENTITY.to_owned(),
            None => panic!("a route with the path {place}: the test reads texts, and own::IDENTITY"),
        };
        // `any` answers every method with the same refusal.
        for method in ["get", "post", "put", "patch", "delete"] {
            let begins =
                |text: &str| text.contains(&format!(" {method}(")) || text.contains(&format!(".{method}("));
            if begins(handlers) {
                for path in spelt(&path) {
                    routes.insert((method.to_owned(), path));
                }
            }
        }
    }
}

/// A path as the document has it: one that takes whatever follows is described by what may follow.
fn spelt(path: &str) -> Vec<String> {
    match path {
        "/api/v1/models/{*rest}" => {
            ["schema", "price", "success-rate"].map(|word| format!("/api/v1/models/{{model}}/{word}")).into()
        }
        path => vec![path.replace("{*", "{")],
    }
}

fn documented(document: &Value) -> BTreeSet<Route> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| (method.clone(), path.clone()))
    });
    all.collect()
}

#[test]
fn every_route_has_an_entry_and_every_entry_a_route() {
    let (routed, documented) = (routed(), documented(&whole()));
    assert!(routed.len() > 20, "the test finds the routes: {routed:?}");
    let missing: Vec<_> = routed.difference(&documented).collect();
    assert!(missing.is_empty(), "add to crates/filmgate/src/http/openapi: {missing:?}");
    let invented: Vec<_> = documented.difference(&routed).collect();
    assert!(invented.is_empty(), "the server has no such route: {invented:?}");
}

#[test]
fn a_route_is_read_from_its_source() {
    let mut routes = BTreeSet::new();
    collect(
        ".route(\"/a/{*b}\", get(one).delete(two))\n        .route(\n            \"/c\",\n            post(three),\n        )",
        &mut routes,
    );
    let route = |method: &str, path: &str| (method.to_owned(), path.to_owned());
    assert_eq!(
        routes,
        BTreeSet::from([route("get", "/a/{b}"), route("delete", "/a/{b}"), route("post", "/c")])
    );
}

#[test]
fn whatever_the_document_refers_to_is_in_it() {
    let document = whole();
    let mut names = Vec::new();
    references(&document, &mut names);
    assert!(names.len() > 100, "{}", names.len());
    for name in names {
        let pointer = name.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{name}");
    }
}

fn references(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            names.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            let mapping = fields.get("mapping").and_then(Value::as_object).into_iter().flatten();
            names.extend(mapping.filter_map(|(_, name)| name.as_str()).map(str::to_owned));
            fields.values().for_each(|value| references(value, names));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, names)),
        _ => {}
    }
}

#[test]
fn every_operation_says_what_it_does_and_its_id_is_its_own() {
    let document = whole();
    let mut ids = BTreeSet::new();
    for (method, path) in documented(&document) {
        let operation = &document["paths"][&path][&method];
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{method} {path}");
        assert!(!operation["responses"].as_object().unwrap().is_empty(), "{method} {path}");
        let said = operation["description"].as_str().unwrap();
        assert!(
            said.contains("**Credits.**")
                || ["filmgate", "server"].iter().any(|own| operation["tags"][0] == *own),
            "{method} {path} says what it costs"
        );
        for name in path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name) {
            let parameters = operation["parameters"].as_array().unwrap();
            assert!(
                parameters.iter().any(|one| one["name"] == name && one["in"] == "path"),
                "{path}: {name}"
            );
        }
    }
}

#[test]
fn every_example_of_the_document_has_the_shape_that_it_illustrates() {
    let document = whole();
    let mut checked = 0;
    for (method, path) in documented(&document) {
        let operation = &document["paths"][&path][&method];
        let replies = operation["responses"].as_object().unwrap().values();
        for holder in replies.chain([&operation["requestBody"]]) {
            for content in holder["content"].as_object().into_iter().flat_map(|all| all.values()) {
                checked += check(&document, content, &path);
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

fn check(document: &Value, content: &Value, path: &str) -> usize {
    let examples: Vec<&Value> =
        content["examples"].as_object().into_iter().flat_map(|all| all.values()).collect();
    if examples.is_empty() {
        return 0;
    }
    let mut schema = content["schema"].clone();
    schema["components"] = document["components"].clone();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for example in &examples {
        let faults: Vec<String> = validator
            .iter_errors(&example["value"])
            .map(|fault| format!("{fault} at {}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{path}: {}: {faults:?}", example["summary"]);
    }
    examples.len()
}
