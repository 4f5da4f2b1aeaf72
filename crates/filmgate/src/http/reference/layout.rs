//! What every page has: its head, the way to the other pages, a table of contents.

use maud::{DOCTYPE, Markup, html};

use super::Book;
use crate::http::look::Look;

/// One page.
pub(super) struct Page {
    /// In the window's title.
    pub(super) title: String,
    /// Its place in the navigation, if it has one.
    pub(super) place: Option<String>,
    /// Its sections: their ids, their names, and a word before the name such as a method.
    pub(super) contents: Vec<Entry>,
    pub(super) body: Markup,
}

/// One line of a table of contents.
pub(super) struct Entry {
    pub(super) link: String,
    pub(super) name: String,
    pub(super) word: Option<String>,
}

const PLACES: [(&str, &str); 5] =
    [("", "Overview"), ("kie", "Kie"), ("openai", "OpenAI"), ("filmgate", "filmgate"), ("server", "Server")];

pub(super) fn page(book: Book<'_>, look: Look, page: &Page) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-theme=[look.theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (page.title) " · filmgate" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/docs/style.css";
            }
            body {
                a.skip href="#main" { "Skip to the text" }
                header.top {
                    a.brand href="/" title="To the playground" { span.gate aria-hidden="true" {} "filmgate" }
                    nav.places aria-label="Pages" {
                        @for (path, name) in PLACES {
                            a href=(address(path)) aria-current=[(page.place.as_deref() == Some(path)).then_some("page")] { (name) }
                        }
                    }
                    a.source href="/openapi.json" { "openapi.json" }
                    a.back href="/" { (look.language.pick(("Playground", "回到制作页"))) }
                }
                div.columns {
                    @if !page.contents.is_empty() { (contents(page)) }
                    main #main { (page.body) }
                }
                footer { "filmgate " (book.document["info"]["version"].as_str().unwrap_or_default()) " · made from this server's own document" }
            }
        }
    }
}

fn address(path: &str) -> String {
    if path.is_empty() { "/docs".into() } else { format!("/docs/{path}") }
}

/// Beside the text where there is room, else folded above it.
fn contents(page: &Page) -> Markup {
    let list = html! {
        ol {
            @for entry in &page.contents {
                li {
                    a href=(entry.link) {
                        @if let Some(word) = &entry.word { span class=(format!("method {word}")) { (word) } }
                        span { (entry.name) }
                    }
                }
            }
        }
    };
    html! {
        nav.contents aria-label="On this page" { h2 { "On this page" } (list) }
        details.contents-folded { summary { "On this page" } (list) }
    }
}

pub(super) fn missing() -> Page {
    let body = html! {
        h1 { "There is no such page" }
        p { "The reference begins at " a href="/docs" { "the overview" } "." }
    };
    Page { title: "No such page".into(), place: None, contents: vec![], body }
}
