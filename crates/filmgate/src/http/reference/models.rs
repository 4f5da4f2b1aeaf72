//! One page for each model: what it makes, what it costs, every parameter, what it accepts and refuses.

use maud::{Markup, html};
use serde_json::{Value, json};

use super::layout::{Entry, Page};
use super::samples::{Body, Call, samples};
use super::{Book, field, prose};

/// The page of a model; an alias has the page of its card.
pub(super) fn page(book: Book<'_>, id: &str) -> Option<Page> {
    let all = book.models();
    let is_meant = |schema: &&&Value| {
        let model = &schema["x-filmgate-model"];
        let aliases = model["aliases"].as_array().into_iter().flatten();
        std::iter::once(&model["id"]).chain(aliases).any(|name| name == id)
    };
    let schema = all.iter().find(is_meant)?;
    let model = &schema["x-filmgate-model"];
    let title = model["title"].as_str().unwrap_or_default();
    let sections = [
        ("call", "A call"),
        ("prices", "Prices"),
        ("parameters", "Parameters"),
        ("claims", "What it accepts"),
    ];
    let contents = sections.map(|(id, name)| Entry { link: format!("#{id}"), name: name.into(), word: None });
    let body = html! {
        h1 { (title) }
        p.route { code { (model["id"].as_str().unwrap_or_default()) } }
        @if let Some(refused) = model["refused"].as_str() {
            div.notice { p { strong { "Refused. " } (sentence(refused)) } }
        }
        (facts(model))
        h2 #call { "A call" }
        (call(book, schema))
        h2 #prices { "Prices" }
        (prices(model))
        h2 #parameters { "Parameters" }
        (field::fields(book, schema))
        h2 #claims { "What it accepts, and what not" }
        (claims(model))
    };
    Some(Page { title: title.to_owned(), place: None, contents: contents.into(), body })
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn facts(model: &Value) -> Markup {
    let list = |name: &str| {
        let all = model[name].as_array().into_iter().flatten();
        all.map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect::<Vec<_>>()
    };
    let seconds = list("seconds").join(", ");
    let forms: Vec<&str> = list("forms").iter().map(|form| form_name(form)).collect();
    html! {
        dl.facts {
            div { dt { "Asked for through" } dd { (forms.join(", ")) } }
            @if !seconds.is_empty() { div { dt { "Seconds" } dd { (seconds) } } }
            @if !list("sizes").is_empty() { div { dt { "Frames" } dd { (list("sizes").join(", ")) } } }
            div { dt { "Frames a second" } dd { (model["frames_per_second"].to_string()) } }
            @if !list("aliases").is_empty() { div { dt { "Also called" } dd { @for name in list("aliases") { code { (name) } " " } } } }
        }
    }
}

fn form_name(form: &str) -> &'static str {
    match form {
        "kie.jobs" => "Kie's createTask",
        "kie.veo" => "Kie's veo endpoints",
        "openai.videos" => "OpenAI's /v1/videos",
        _ => "the command line",
    }
}

/// How a model of this form is asked for.
fn call(book: Book<'_>, schema: &Value) -> Markup {
    let model = &schema["x-filmgate-model"];
    let offers = |form: &str| model["forms"].as_array().is_some_and(|all| all.iter().any(|one| one == form));
    let path = match () {
        () if offers("kie.jobs") => "/api/v1/jobs/createTask",
        () if offers("kie.veo") => "/api/v1/veo/generate",
        () => "/v1/videos",
    };
    let none = json!({"model": model["id"], "input": {}});
    let body = schema["examples"].get(0).unwrap_or(&none);
    let url = format!("{}{path}", book.base);
    html! { (samples(&Call { id: "call", method: "post", url, has_key: true, body: Body::Json(body) })) }
}

fn prices(model: &Value) -> Markup {
    let rows: Vec<&Value> = model["prices"].as_array().into_iter().flatten().collect();
    html! {
        @if rows.is_empty() { p { "None: every request is refused, and nothing is charged." } }
        @else {
            table {
                thead { tr { th scope="col" { "for" } th.number scope="col" { "credits" } } }
                tbody {
                    @for row in rows {
                        @let when = row["when"].as_str().unwrap_or_default();
                        tr { td { @if when.is_empty() { "every film" } @else { (when) } } td.number { (row["credits"].as_str().unwrap_or_default()) } }
                    }
                }
            }
            p { "The first row that fits is the price, whoever makes the film. A task that fails costs nothing." }
        }
    }
}

/// The examples of the card, which are its tests.
fn claims(model: &Value) -> Markup {
    html! {
        ul.claims {
            @for one in model["examples"].as_array().into_iter().flatten() {
                @let claim = one["claim"].as_str().unwrap_or_default();
                @match (one["credits"].as_str(), one["film"].as_str(), one["refused"].as_str()) {
                    (Some(credits), film, _) => li.yes { (sentence(claim)) span { @if let Some(film) = film { (film) " · " } (credits) " credits" } },
                    (_, _, Some(refused)) => li.no { (sentence(claim)) span { "refused: " (refused) } },
                    _ => li { (sentence(claim)) },
                }
            }
        }
    }
}

/// The models that one create takes, each with the way to its page.
pub(super) fn choices(book: Book<'_>, schema: &Value) -> Markup {
    let all: Vec<&Value> =
        schema["oneOf"].as_array().into_iter().flatten().map(|one| book.resolve(one)).collect();
    html! {
        p { "One of these, by " code { "model" } ". Each has a page with all of its parameters, values and prices." }
        (table(&all))
    }
}

/// Models with what the cheapest film costs.
pub(super) fn table(all: &[&Value]) -> Markup {
    let mut all = all.to_vec();
    all.sort_by_key(|schema| schema["x-filmgate-model"]["refused"].is_string());
    html! {
        ul.models {
            @for schema in all {
                @let model = &schema["x-filmgate-model"];
                @let id = model["id"].as_str().unwrap_or_default();
                li class=[model["refused"].is_string().then_some("refused")] {
                    a href=(format!("/docs/models/{id}")) { code { (id) } }
                    span { (prose::line(model["title"].as_str().unwrap_or_default())) }
                    span.number { (cheapest(model)) }
                }
            }
        }
    }
}

fn cheapest(model: &Value) -> String {
    let rows: Vec<f64> = model["prices"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["credits"].as_str()?.parse().ok())
        .collect();
    let least = rows.iter().copied().reduce(f64::min);
    match least {
        _ if model["refused"].is_string() => "refused".to_owned(),
        Some(least) if rows.len() > 1 => format!("from {least} credits"),
        Some(least) => format!("{least} credits"),
        None => String::new(),
    }
}
