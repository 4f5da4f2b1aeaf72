//! What every page has around it: its head, the way to the other pages, and the place that its script fills.

use axum::http::Uri;
use filmgate_store::StoreError;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::assets;
use crate::app::App;
use crate::http::look::{Language, Look};
use crate::service::caller::Caller;
use crate::service::session::{self, SANDBOX_KEY};

/// A page: its route, its script, and its name in the navigation, in English and Chinese.
struct Page {
    path: &'static str,
    script: &'static str,
    names: (&'static str, &'static str),
    is_in_navigation: bool,
}

const fn page_at(path: &'static str, script: &'static str, names: (&'static str, &'static str)) -> Page {
    Page { path, script, names, is_in_navigation: true }
}

const fn below(path: &'static str, script: &'static str, names: (&'static str, &'static str)) -> Page {
    Page { path, script, names, is_in_navigation: false }
}

/// All pages; the reference at `/docs` stands last in the navigation.
const PAGES: [Page; 10] = [
    page_at("/", "make", ("Make", "制作")),
    page_at("/models", "models", ("Models", "模型")),
    below("/models/{*id}", "make", ("Make", "制作")),
    page_at("/tasks", "history", ("Films", "影片")),
    below("/tasks/{id}", "task", ("Film", "影片")),
    page_at("/compare", "compare", ("Compare", "对比")),
    page_at("/credits", "credits", ("Credits", "积分")),
    page_at("/keys", "keys", ("Keys", "密钥")),
    page_at("/webhooks", "webhooks", ("Webhooks", "Webhook")),
    page_at("/survey", "survey", ("Survey", "体检")),
];

/// What stands at every other address.
const MISSING: Page = below("", "missing", ("Nothing here", "没有这个页面"));

/// Who looks at a page.
pub(super) struct Visitor {
    account: String,
    csrf: String,
}

impl Visitor {
    /// The visitor with this session.
    pub(super) async fn of(app: &App, caller: &Caller, secret: &str) -> Result<Self, StoreError> {
        let account = caller.account_or_new(app).await?;
        Ok(Self { account: app.store.balance(account)?.name, csrf: session::csrf(secret) })
    }
}

/// An answer of our own API that comes with a page, because its script asks for it first.
pub(super) struct Brought {
    pub(super) path: String,
    pub(super) json: String,
}

/// The page at a path; without a visitor the one that asks for a key.
pub(super) fn page(
    app: &App,
    place: &Uri,
    look: Look,
    visitor: Option<&Visitor>,
    brought: &[Brought],
) -> Markup {
    let page = at(place);
    let is_asked_for = visitor.is_none() && page.script != MISSING.script;
    let script = if is_asked_for { "enter" } else { page.script };
    let language = look.language;
    let modules = modules(script, language);
    html! {
        (DOCTYPE)
        html lang=(language.tag()) data-theme=[look.theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (language.pick(page.names)) " · filmgate" }
                @for (name, value) in facts(app, script, visitor) {
                    meta name=(format!("filmgate-{name}")) content=(value);
                }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(assets::address("base.css"));
                @for name in assets::styles(&modules) { link rel="stylesheet" href=(assets::address(&name)); }
                @for Brought { path, json } in brought {
                    // Nothing within can end the element.
                    script type="application/json" data-answer=(path) { (PreEscaped(json.replace('<', "\\u003c"))) }
                }
                @for name in &modules { link rel="modulepreload" href=(assets::address(name)); }
                script type="module" src=(assets::address(&modules[0])) {}
            }
            body {
                a.skip href="#main" { (language.pick(("Skip to the page", "跳到正文"))) }
                header.top {
                    a.brand href="/" { span.gate aria-hidden="true" {} "filmgate" }
                    nav.places aria-label=(language.pick(("Pages", "页面"))) {
                        @if visitor.is_some() { (places(page, language)) }
                    }
                }
                main #main tabindex="-1" {
                    noscript { p { (language.pick((
                        "This page needs JavaScript. The API works without it: see the reference.",
                        "本页面需要 JavaScript。API 不需要：请看文档。",
                    ))) " " a href="/docs" { "/docs" } } }
                }
                footer {
                    "filmgate " (env!("CARGO_PKG_VERSION"))
                    a href="/docs" { (language.pick(("Reference", "API 文档（英文）"))) }
                    a href="/openapi.json" { "OpenAPI" }
                }
            }
        }
    }
}

fn at(place: &Uri) -> &'static Page {
    PAGES.iter().find(|page| fits(page, place.path())).unwrap_or(&MISSING)
}

/// What the script of the page at `place` asks first. An address with a query asks for something else.
pub(super) fn reads(place: &Uri) -> Vec<String> {
    let own = |path: &str| format!("/filmgate/v1/{path}");
    match (at(place).script, place.query()) {
        ("history", None) => vec![own("tasks?limit=24")],
        ("task", _) => vec![own(place.path().trim_start_matches('/'))],
        ("make", _) => vec![own("models"), own("tasks?limit=4")],
        _ => Vec::new(),
    }
}

/// All modules of a page, its script first, to be fetched at once instead of one after the other as they are read.
fn modules(script: &str, language: Language) -> Vec<String> {
    let words = format!("words/{}.js", language.pick(("en", "zh")));
    assets::with_imports(&[format!("pages/{script}.js"), words])
}

fn places(here: &Page, language: Language) -> Markup {
    html! {
        @for page in PAGES.iter().filter(|page| page.is_in_navigation) {
            a href=(page.path) aria-current=[is_current(page, here).then_some("page")] { (language.pick(page.names)) }
        }
        a href="/docs" { (language.pick(("Docs", "文档（英文）"))) }
    }
}

/// A page below another one lights that one's name.
fn is_current(page: &Page, here: &Page) -> bool {
    page.path == here.path || (!here.is_in_navigation && page.path != "/" && here.path.starts_with(page.path))
}

fn fits(page: &Page, path: &str) -> bool {
    match page.path.split_once('{') {
        Some((start, rest)) => path
            .strip_prefix(start)
            .is_some_and(|id| !id.is_empty() && (rest.starts_with('*') || !id.contains('/'))),
        None => page.path == path,
    }
}

/// What scripts read of the page; none of it opens anything.
fn facts(app: &App, script: &str, visitor: Option<&Visitor>) -> [(&'static str, String); 7] {
    let is_open = app.dev.as_ref().is_some_and(|dev| dev.only_key.is_none());
    [
        ("page", script.to_owned()),
        ("csrf", visitor.map(|visitor| visitor.csrf.clone()).unwrap_or_default()),
        ("account", visitor.map(|visitor| visitor.account.clone()).unwrap_or_default()),
        ("dev", app.dev.is_some().to_string()),
        ("base", app.link_base.clone()),
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("sandbox-key", if is_open { SANDBOX_KEY.to_owned() } else { String::new() }),
    ]
}
