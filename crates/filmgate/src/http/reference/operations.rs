//! One page for each surface: every operation with what it takes and answers.

use std::cell::RefCell;
use std::collections::BTreeSet;

use maud::{Markup, html};
use serde_json::Value;

use super::layout::{Entry, Page};
use super::samples::{Call, samples};
use super::{Book, field, models, prose};

pub(super) fn page(book: Book<'_>, name: &str) -> Option<Page> {
    let tag = book.document["tags"].as_array()?.iter().find(|tag| tag["name"] == name)?;
    let title = tag["x-title"].as_str().unwrap_or_default();
    let operations = book.operations(name);
    let contents = operations.iter().map(|(_, method, operation)| Entry {
        link: format!("#{}", id(operation)),
        name: operation["summary"].as_str().unwrap_or_default().to_owned(),
        word: Some((*method).to_owned()),
    });
    let common = Common::of(&operations);
    let body = html! {
        h1 { (title) }
        div.lead { (prose::paragraphs(tag["description"].as_str().unwrap_or_default())) }
        (common.show())
        @for operation in &operations { (article(book, *operation, &common)) }
    };
    Some(Page { title: title.to_owned(), place: Some(name.to_owned()), contents: contents.collect(), body })
}

fn id(operation: &Value) -> &str {
    operation["operationId"].as_str().unwrap_or_default()
}

/// What more than this many operations answer alike is told once.
const COMMON: usize = 4;

/// The answers and refusals that most operations share, which are told once.
struct Common<'a> {
    replies: Vec<(&'a str, &'a str)>,
    refusals: Vec<&'a Value>,
    /// The shapes whose fields were listed further up.
    listed: RefCell<BTreeSet<String>>,
}

impl<'a> Common<'a> {
    fn of(operations: &[(&str, &str, &'a Value)]) -> Self {
        let all = || {
            operations
                .iter()
                .flat_map(|(.., operation)| operation["responses"].as_object().into_iter().flatten())
        };
        let says = |(status, reply): (&'a String, &'a Value)| {
            (status.as_str(), reply["description"].as_str().unwrap_or_default())
        };
        let failures = all().map(says).filter(|(status, _)| !status.starts_with('2'));
        let examples = all().flat_map(|(_, reply)| {
            reply["content"]["application/json"]["examples"].as_object().into_iter().flatten()
        });
        let refusals = examples.map(|(_, one)| one).filter(|one| is_refusal(one)).map(|one| &one["value"]);
        Self { replies: frequent(failures), refusals: frequent(refusals), listed: RefCell::default() }
    }

    fn has_reply(&self, status: &str, reply: &Value) -> bool {
        self.replies.iter().any(|(known, says)| *known == status && reply["description"] == *says)
    }

    fn show(&self) -> Markup {
        html! {
            @if !self.replies.is_empty() || !self.refusals.is_empty() {
                h3 #common { "What any call may answer" }
                @for (status, says) in &self.replies { p.common { (status_of(status)) (prose::line(says)) } }
                (refused(&self.refusals))
            }
        }
    }
}

fn frequent<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut counted: Vec<(T, usize)> = Vec::new();
    for one in all {
        match counted.iter_mut().find(|(known, _)| *known == one) {
            Some((_, count)) => *count += 1,
            None => counted.push((one, 1)),
        }
    }
    counted.into_iter().filter(|(_, count)| *count > COMMON).map(|(one, _)| one).collect()
}

fn status_of(status: &str) -> Markup {
    html! { span class=(format!("status s{}", status.get(..1).unwrap_or_default())) { (status) } }
}

fn is_refusal(example: &Value) -> bool {
    let value = &example["value"];
    value["error"].is_object() || value["data"].is_null() && value["code"].is_i64() && value["code"] != 200
}

fn article(book: Book<'_>, (path, method, operation): (&str, &str, &Value), common: &Common<'_>) -> Markup {
    let id = id(operation);
    html! {
        article.operation id=(id) {
            h2 { a.anchor href=(format!("#{id}")) { (operation["summary"].as_str().unwrap_or_default()) } }
            p.route { span class=(format!("method {method}")) { (method) } code { (breakable(path)) } (lock(operation)) }
            @if let Some(other) = operation["x-same-as"].as_str() {
                p { "It takes and answers the same as " a href=(format!("#{other}")) { code { (other) } } ". Clients of 2025 call it." }
            } @else {
                (prose::paragraphs(operation["description"].as_str().unwrap_or_default()))
                (samples(&Call::of(book, (path, method, operation))))
                (parameters(book, operation))
                (body(book, operation))
                (replies(book, operation, common))
            }
        }
    }
}

/// Long paths may break after a slash on a narrow screen.
fn breakable(path: &str) -> Markup {
    html! {
        @for (number, part) in path.split('/').enumerate() {
            @if number > 0 { "/" wbr; }
            (part)
        }
    }
}

fn lock(operation: &Value) -> Markup {
    let schemes = operation["security"].as_array().map_or(&[][..], Vec::as_slice);
    let needs = |name: &str| schemes.iter().any(|scheme| scheme.get(name).is_some());
    html! {
        @if needs("key") { span.lock { "needs a key" } }
        @else if needs("operator") { span.lock { "the operator only" } }
        @else { span.lock { "needs no key" } }
    }
}

fn parameters(book: Book<'_>, operation: &Value) -> Markup {
    let all = || operation["parameters"].as_array().into_iter().flatten();
    let own: Vec<&Value> = all().filter(|one| one.get("$ref").is_none()).collect();
    let shared: Vec<&Value> =
        all().filter(|one| one.get("$ref").is_some()).map(|one| book.resolve(one)).collect();
    html! {
        @for (place, title) in [("path", "In the path"), ("query", "In the query"), ("header", "Headers")] {
            @let here: Vec<&&Value> = own.iter().filter(|one| one["in"] == place).collect();
            @if !here.is_empty() {
                h3 { (title) }
                dl.fields {
                    @for one in here {
                        @let about = (one["required"] == true, one["description"].as_str().unwrap_or_default());
                        (field::entry(book, one["name"].as_str().unwrap_or_default(), &one["schema"], about))
                    }
                }
            }
        }
        @if !shared.is_empty() {
            p.terms { "Understands " @for one in &shared { (field::term("parameters", one["name"].as_str().unwrap_or_default())) " " } }
        }
    }
}

fn body(book: Book<'_>, operation: &Value) -> Markup {
    let contents = operation["requestBody"]["content"].as_object();
    let kinds: Vec<&str> = contents.into_iter().flatten().map(|(kind, _)| kind.as_str()).collect();
    let first = contents.and_then(|contents| contents.values().next());
    html! {
        @if let Some(content) = first {
            @let schema = book.resolve(&content["schema"]);
            h3 { "Body" @for kind in &kinds { " " code { (kind) } } }
            @if schema["oneOf"].is_array() { (models::choices(book, schema)) }
            @else { (field::fields(book, schema)) }
            @let examples: Vec<&Value> = content["examples"].as_object().into_iter().flatten().map(|(_, one)| one).collect();
            @if examples.len() > 1 {
                @for example in examples.into_iter().skip(1) {
                    details { summary { (example["summary"].as_str().unwrap_or_default()) } (prose::json(&example["value"])) }
                }
            }
        }
    }
}

fn replies(book: Book<'_>, operation: &Value, common: &Common<'_>) -> Markup {
    let all = operation["responses"].as_object();
    html! {
        h3 { "Answers" }
        @for (status, reply) in all.into_iter().flatten().filter(|(status, reply)| !common.has_reply(status, reply)) {
            div.reply {
                p { (status_of(status)) (prose::line(reply["description"].as_str().unwrap_or_default())) }
                @for (kind, content) in reply["content"].as_object().into_iter().flatten() {
                    @if kind == "application/json" { (json_reply(book, (status, content), common)) }
                    @else if status != "200" || kind != "text/html" { p.kind { code { (kind) } } }
                }
                (headers(reply))
            }
        }
    }
}

fn json_reply(book: Book<'_>, (status, content): (&str, &Value), common: &Common<'_>) -> Markup {
    let schema = book.resolve(&content["schema"]);
    let examples: Vec<&Value> =
        content["examples"].as_object().into_iter().flatten().map(|(_, one)| one).collect();
    let (refusals, shown): (Vec<&Value>, Vec<&Value>) = examples.into_iter().partition(|one| is_refusal(one));
    let refusals: Vec<&Value> = refusals.into_iter().map(|one| &one["value"]).collect();
    let refusals: Vec<&Value> = refusals.into_iter().filter(|one| !common.refusals.contains(one)).collect();
    let shapes: Vec<&Value> =
        schema["oneOf"].as_array().map_or_else(|| vec![&content["schema"]], |all| all.iter().collect());
    let shapes =
        shapes.into_iter().filter(|shape| !shape["$ref"].as_str().unwrap_or_default().contains("Refused"));
    let is_named = schema["oneOf"].is_array() || status.starts_with('2');
    html! {
        @for example in shown { (prose::json(&example["value"])) }
        @if is_named {
            @for shape in shapes {
                (shape_of(book, shape, common))
            }
        }
        (refused(&refusals))
    }
}

/// The fields of an answer, where it comes for the first time on this page; else the way there.
fn shape_of(book: Book<'_>, shape: &Value, common: &Common<'_>) -> Markup {
    let fields = field::answered(book, book.resolve(shape));
    if fields.0.is_empty() {
        return fields;
    }
    let Some(name) = shape["$ref"].as_str().and_then(|name| name.rsplit('/').next()) else {
        return html! { details { summary { "Every field" } (fields) } };
    };
    let is_new = common.listed.borrow_mut().insert(name.to_owned());
    html! {
        @if is_new { details id=(format!("shape-{name}")) { summary { "Every field of " code { (name) } } (fields) } }
        @else { p.kind { "Every field of " a href=(format!("#shape-{name}")) { code { (name) } } " stands above." } }
    }
}

/// What is said when the answer is no.
fn refused(refusals: &[&Value]) -> Markup {
    if refusals.is_empty() {
        return html! {};
    }
    html! {
        table.refusals {
            thead { tr { th scope="col" { "code" } th scope="col" { "message" } } }
            tbody {
                @for value in refusals {
                    @let error = &value["error"];
                    tr {
                        td { code { (value["code"].as_i64().map_or_else(|| error["code"].as_str().unwrap_or("").to_owned(), |code| code.to_string())) } }
                        td { (value["msg"].as_str().or_else(|| error["message"].as_str()).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

fn headers(reply: &Value) -> Markup {
    html! {
        @if let Some(all) = reply["headers"].as_object() {
            p.terms { "May tell " @for name in all.keys() { (field::term("headers", name)) " " } }
        }
    }
}
