//! The dialects of upstreams, exchange by exchange and without a network: the golden replies are those of `wire`.

mod facts;
mod kie;
mod openai;
pub(crate) mod survey;

use std::collections::BTreeMap;

use bytes::Bytes;
use filmgate_domain::catalogue::{Card, Makes};
use filmgate_domain::request::{Form, Parameter, Parameters, Promise, Request, Shot, Value};
use filmgate_domain::route::studio_alone;
use filmgate_providers::adapter::{Order, Picture, PictureFile};
use filmgate_providers::http::{Call, Reply};
use hyper::HeaderMap;

pub(crate) const KEY: &str = "sk-secret";
const CALLBACK: &str = "https://gate.example/in/5f0c";

/// A golden file of `wire`.
macro_rules! golden {
    ($($name:tt)+) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../wire/fixtures/", $($name)+)).trim_end()
    };
}
use golden;

pub(crate) fn card(offered: Form) -> Card {
    Card {
        id: "card".into(),
        title: "Card".into(),
        preference: 1,
        ours: vec![],
        family: "family".into(),
        maker: String::new(),
        aliases: vec![],
        offered: vec![offered],
        makes: Makes::Film,
        refused: None,
        frames_per_second: 24,
        parameters: BTreeMap::new(),
        spelling: BTreeMap::new(),
        modes: vec![],
        price: vec![],
        routes: vec![],
        examples: vec![],
    }
}

pub(crate) fn request(parameters: &[(Parameter, Value)]) -> Request {
    Request {
        model: "alias".into(),
        parameters: parameters.iter().cloned().collect::<Parameters>(),
        form: Form::Cli,
        callback_url: Some("https://client.example/".into()),
        scenario: None,
        on_doubt: None,
        routes: studio_alone(),
        stops_on_failure: false,
        origin: None,
        film: Promise { width: 1280, height: 720, seconds: 8, frames_per_second: 24 },
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

pub(crate) fn prompt() -> (Parameter, Value) {
    (Parameter::Prompt, text("A fox"))
}

fn storyboard() -> (Parameter, Value) {
    let shot = |scene: &str| Shot { scene: scene.into(), seconds: 4.0 };
    (Parameter::Shots, Value::Shots(vec![shot("Dawn"), shot("Dusk")]))
}

pub(crate) fn order<'a>(card: &'a Card, request: &'a Request, pictures: &'a [Picture]) -> Order<'a> {
    Order { model: "their-model", card, request, pictures, callback_url: Some(CALLBACK), token: "5f0c" }
}

pub(crate) fn picture() -> PictureFile {
    PictureFile { name: "picture-1.png".into(), content_type: "image/png", bytes: Bytes::from_static(b"PNG") }
}

fn reply(status: u16, body: &str) -> Reply {
    Reply { status, headers: HeaderMap::new(), body: Bytes::copy_from_slice(body.as_bytes()) }
}

/// A call as it goes out, without what the client of all upstreams adds, and with plain line ends.
fn shown(call: &Call) -> String {
    let headers: String = (call.headers.iter())
        .map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap_or("?")))
        .collect();
    let body = String::from_utf8_lossy(&call.body).replace("\r\n", "\n");
    format!("{} {}\n{headers}\n{body}", call.method, call.path)
}
