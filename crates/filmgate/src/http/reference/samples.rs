//! A call of an operation in curl, JavaScript and Python.

use maud::{Markup, html};
use serde_json::Value;

use super::Book;
use super::prose::Ordered;

/// A call, taken from the document.
pub(super) struct Call<'a> {
    pub(super) id: &'a str,
    pub(super) method: &'a str,
    pub(super) url: String,
    pub(super) has_key: bool,
    pub(super) body: Body<'a>,
}

/// What is sent.
pub(super) enum Body<'a> {
    Nothing,
    Json(&'a Value),
    /// A file in a form beside texts.
    Form {
        file: String,
        texts: Vec<(String, String)>,
    },
}

/// The call in three languages, one shown at a time; without a script, by the state of a radio button.
pub(super) fn samples(call: &Call<'_>) -> Markup {
    let all = [("curl", curl(call)), ("JavaScript", javascript(call)), ("Python", python(call))];
    html! {
        div.samples {
            @for (number, (name, _)) in all.iter().enumerate() {
                @let id = format!("{}-{number}", call.id);
                input type="radio" name=(format!("sample-{}", call.id)) id=(id) checked[number == 0];
                label for=(id) { (name) }
            }
            @for (_, text) in &all { pre tabindex="0" { code { (text) } } }
        }
    }
}

impl<'a> Call<'a> {
    /// The call of an operation, with the first example of its body.
    pub(super) fn of(book: Book<'a>, (path, method, operation): (&str, &'a str, &'a Value)) -> Self {
        let mut url = format!("{}{path}", book.base);
        let mut query = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let parameter = book.resolve(parameter);
            let (name, example) =
                (parameter["name"].as_str().unwrap_or_default(), parameter["example"].as_str());
            match (parameter["in"].as_str(), example) {
                (Some("path"), Some(example)) => url = url.replace(&format!("{{{name}}}"), example),
                (Some("query"), Some(example)) => query.push(format!("{name}={example}")),
                _ => {}
            }
        }
        if !query.is_empty() {
            url = format!("{url}?{}", query.join("&"));
        }
        let has_key = operation["security"][0].get("key").is_some();
        Self {
            id: operation["operationId"].as_str().unwrap_or_default(),
            method,
            url,
            has_key,
            body: body(book, operation),
        }
    }
}

fn body<'a>(book: Book<'a>, operation: &'a Value) -> Body<'a> {
    let content = &operation["requestBody"]["content"];
    let examples = content["application/json"]["examples"].as_object();
    let first = examples.and_then(|examples| examples.values().next()).map(|example| &example["value"]);
    let form = &content["multipart/form-data"];
    match first {
        Some(value) => Body::Json(value),
        None if form.is_object() => {
            let schema = book.resolve(&form["schema"]);
            let texts = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let files: Vec<&str> = schema["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .filter(|(_, field)| field["contentMediaType"].is_string())
                .map(|(name, _)| name.as_str())
                .collect();
            let file = files.first().copied().unwrap_or("file").to_owned();
            let texts = texts.filter(|name| *name != file);
            let texts =
                texts.map(|name| (name.to_owned(), sample_text(&schema["properties"][name]))).collect();
            Body::Form { file, texts }
        }
        None => Body::Nothing,
    }
}

fn sample_text(schema: &Value) -> String {
    schema["examples"][0].as_str().unwrap_or("images/cats").to_owned()
}

fn curl(call: &Call<'_>) -> String {
    let mut lines = vec![match call.method {
        "get" => format!("curl -s \"{}\"", call.url),
        method => format!("curl -s -X {} \"{}\"", method.to_uppercase(), call.url),
    }];
    if call.has_key {
        lines.push("  -H \"Authorization: Bearer $KEY\"".into());
    }
    match &call.body {
        Body::Nothing => {}
        Body::Json(value) => {
            lines.push("  -H \"Content-Type: application/json\"".into());
            let text = short(value).replace('\'', "'\\''");
            lines.push(format!("  -d '{text}'"));
        }
        Body::Form { file, texts } => {
            lines.push(format!("  -F \"{file}=@cat.png\""));
            lines.extend(texts.iter().map(|(name, text)| format!("  -F \"{name}={text}\"")));
        }
    }
    lines.join(" \\\n")
}

fn javascript(call: &Call<'_>) -> String {
    let mut options = Vec::new();
    if call.method != "get" {
        options.push(format!("  method: \"{}\",", call.method.to_uppercase()));
    }
    let mut headers = Vec::new();
    if call.has_key {
        headers.push("Authorization: `Bearer ${process.env.KEY}`");
    }
    let mut begin = Vec::new();
    match &call.body {
        Body::Nothing => {}
        Body::Json(_) => headers.push("\"Content-Type\": \"application/json\""),
        Body::Form { file, texts } => {
            begin.push("const form = new FormData();".to_owned());
            begin.push(format!("form.append(\"{file}\", await fs.openAsBlob(\"cat.png\"), \"cat.png\");"));
            begin.extend(texts.iter().map(|(name, text)| format!("form.append(\"{name}\", \"{text}\");")));
        }
    }
    if !headers.is_empty() {
        options.push(format!("  headers: {{ {} }},", headers.join(", ")));
    }
    match &call.body {
        Body::Nothing => {}
        Body::Json(value) => options.push(format!("  body: JSON.stringify({}),", indented(value))),
        Body::Form { .. } => options.push("  body: form,".into()),
    }
    let options =
        if options.is_empty() { String::new() } else { format!(", {{\n{}\n}}", options.join("\n")) };
    begin.push(format!("const response = await fetch(\"{}\"{options});", call.url));
    begin.push("console.log(response.status, await response.text());".to_owned());
    begin.join("\n")
}

fn python(call: &Call<'_>) -> String {
    let mut begin = vec!["import requests"];
    if call.has_key {
        begin.insert(0, "import os");
    }
    let mut lines = vec![format!("    \"{}\",", call.url)];
    if call.has_key {
        lines.push("    headers={\"Authorization\": f\"Bearer {os.environ['KEY']}\"},".into());
    }
    match &call.body {
        Body::Nothing => {}
        Body::Json(value) => lines.push(format!("    json={},", pythonic(&indented(value)))),
        Body::Form { file, texts } => {
            lines.push(format!("    files={{\"{file}\": open(\"cat.png\", \"rb\")}},"));
            let texts: Vec<String> =
                texts.iter().map(|(name, text)| format!("\"{name}\": \"{text}\"")).collect();
            lines.push(format!("    data={{{}}},", texts.join(", ")));
        }
    }
    format!(
        "{}\n\nresponse = requests.{}(\n{}\n)\nprint(response.status_code, response.text)",
        begin.join("\n"),
        call.method,
        lines.join("\n")
    )
}

fn short(value: &Value) -> String {
    serde_json::to_string(&Ordered(value)).unwrap_or_default()
}

fn indented(value: &Value) -> String {
    serde_json::to_string_pretty(&Ordered(value)).unwrap_or_default().replace('\n', "\n  ")
}

/// JSON's words in Python's spelling, where they are values and not parts of texts.
fn pythonic(json: &str) -> String {
    let words = [(": true", ": True"), (": false", ": False"), (": null", ": None")];
    let lines = json.lines().map(|line| {
        let word = words.iter().find(|(json, _)| line.trim_end_matches(',').ends_with(json));
        let line = word.map_or_else(|| line.to_owned(), |(json, python)| line.replacen(json, python, 1));
        format!("  {line}")
    });
    lines.collect::<Vec<_>>().join("\n").trim_start().to_owned()
}
