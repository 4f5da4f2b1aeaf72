//! The part of docs/kie.md that is written by a program: every model's fields and price, as the running server tells them.

use serde_json::Value;

use crate::gate::Gate;

/// `cargo xtask generate` writes it.
#[test]
fn kies_page_shows_every_models_fields() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/kie.md");
    let text = std::fs::read_to_string(page).unwrap();
    let (start, end) = ("<!-- models -->\n", "<!-- end of models -->");
    let (head, rest) = text.split_once(start).expect("the page has a place for the models");
    let (shown, tail) = rest.split_once(end).expect("the models have an end");
    let models = gate.get("/api/v1/models")["data"]["models"].as_array().unwrap().clone();
    let sections: String = models.iter().map(|model| section(&gate, model)).collect();
    if std::env::var_os("FILMGATE_GENERATE").is_some() {
        std::fs::write(page, format!("{head}{start}{sections}{end}{tail}")).unwrap();
        return;
    }
    assert_eq!(shown, sections, "run `cargo xtask generate`");
}

fn section(gate: &Gate, model: &Value) -> String {
    let id = model["model"].as_str().unwrap();
    let reply = gate.get(&format!("/api/v1/models/{id}/schema"));
    let input = &reply["data"]["openapi"]["components"]["schemas"]["Input"];
    let required: Vec<&str> =
        input["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let mut fields: Vec<(&String, &Value)> = input["properties"].as_object().unwrap().iter().collect();
    fields.sort_by_key(|(name, _)| (!required.contains(&name.as_str()), name.as_str().to_owned()));
    let rows = fields.into_iter().map(|(name, schema)| {
        let default = match (required.contains(&name.as_str()), &schema["default"]) {
            (true, _) => "required".to_owned(),
            (_, Value::Null) => "none".to_owned(),
            (_, default) => format!("`{default}`"),
        };
        let (kind, values) = (kind(schema), values(schema));
        format!("| `{name}` | {kind} | {values} | {default} | {} |\n", text(&schema["description"]))
    });
    let head = format!(
        "\n#### `{id}`\n\n{}. {}\n\n| field | type | values | default | what it is |\n|---|---|---|---|---|\n",
        text(&model["title"]),
        text(&model["pricingDesc"])
    );
    std::iter::once(head).chain(rows).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn kind(schema: &Value) -> String {
    match text(&schema["type"]) {
        "array" => format!("array of {}s", text(&schema["items"]["type"])),
        kind => kind.to_owned(),
    }
}

fn values(schema: &Value) -> String {
    let list =
        |values: &Vec<Value>| values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
    match schema {
        _ if schema["enum"].is_array() => schema["enum"].as_array().map(list).unwrap_or_default(),
        _ if schema["maxLength"].is_u64() => format!("up to {} characters", schema["maxLength"]),
        _ if schema["maximum"].is_i64() => format!("{} to {}", schema["minimum"], schema["maximum"]),
        _ if schema["maxItems"].is_u64() && schema["minItems"] == schema["maxItems"] => {
            format!("exactly {}", schema["maxItems"])
        }
        _ if schema["maxItems"].is_u64() => {
            let duration = &schema["items"]["properties"]["duration"];
            let shot = match duration["maximum"].as_f64() {
                Some(_) => format!(
                    " of `{{\"Scene\": string, \"duration\": {} to {} seconds}}`",
                    duration["minimum"], duration["maximum"]
                ),
                None => String::new(),
            };
            format!("{} to {} items{shot}", schema["minItems"], schema["maxItems"])
        }
        _ => "`true`, `false`".to_owned(),
    }
}
