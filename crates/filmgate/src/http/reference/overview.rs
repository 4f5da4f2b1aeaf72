//! The first page: where to begin, the three surfaces, the models, what every create understands, the emulator's scenarios.

use maud::{Markup, html};

use super::layout::{Entry, Page};
use super::{Book, field, models, prose};

pub(super) fn page(book: Book<'_>) -> Page {
    let sections = [
        ("begin", "Begin"),
        ("surfaces", "The surfaces"),
        ("models", "The models"),
        ("headers", "Headers of a create"),
        ("answers", "Headers of an answer"),
    ];
    let contents = sections.map(|(id, name)| Entry { link: format!("#{id}"), name: name.into(), word: None });
    let body = html! {
        h1 { "Reference" }
        div.lead { (prose::paragraphs(book.document["info"]["description"].as_str().unwrap_or_default())) }
        h2 #begin { "Begin" }
        (begin(book))
        h2 #surfaces { "The surfaces" }
        (surfaces(book))
        h2 #models { "The models" }
        (models::table(&book.models()))
        h2 #headers { "Headers of a create" }
        p { "All of them may be left out." }
        (terms(book, "parameters"))
        h2 #answers { "Headers of an answer" }
        (terms(book, "headers"))
    };
    Page { title: "Reference".into(), place: Some(String::new()), contents: contents.into(), body }
}

fn begin(book: Book<'_>) -> Markup {
    let key = &book.document["components"]["securitySchemes"]["key"]["description"];
    let commands = format!(
        "export BASE={base} KEY=anything\n\ncurl -s $BASE/api/v1/jobs/createTask \\\n  -H \"Authorization: Bearer $KEY\" -H \"Content-Type: application/json\" \\\n  -d '{{\"model\":\"sora-2-text-to-video\",\"input\":{{\"prompt\":\"A cute cat playing in a sunny garden\"}}}}'\n\ncurl -s \"$BASE/api/v1/jobs/recordInfo?taskId=TASK_ID\" -H \"Authorization: Bearer $KEY\"",
        base = book.base
    );
    html! {
        p { "This server is at " code { (book.base) } ". Send your key as " code { "Authorization: Bearer KEY" } ". " (prose::line(key.as_str().unwrap_or_default())) }
        div.samples.single { pre tabindex="0" { code { (commands) } } }
        p { "OpenAI's SDKs need the address and the key: " code { "OpenAI(base_url=\"" (book.base) "/v1\", api_key=KEY)" } "." }
    }
}

fn surfaces(book: Book<'_>) -> Markup {
    html! {
        div.cards {
            @for tag in book.document["tags"].as_array().into_iter().flatten() {
                @let name = tag["name"].as_str().unwrap_or_default();
                a.card href=(format!("/docs/{name}")) {
                    strong { (tag["x-title"].as_str().unwrap_or_default()) }
                    span { (prose::line(tag["description"].as_str().unwrap_or_default())) }
                    em { (book.operations(name).len()) " operations" }
                }
            }
        }
    }
}

/// What is described once for all operations.
fn terms(book: Book<'_>, kind: &str) -> Markup {
    let all = book.document["components"][kind].as_object();
    html! {
        @for (key, one) in all.into_iter().flatten() {
            @let name = one["name"].as_str().unwrap_or(key);
            @let about = (false, one["description"].as_str().unwrap_or_default());
            dl.fields id=(format!("{kind}-{name}")) { (field::entry(book, name, &one["schema"], about)) }
        }
    }
}
