//! OpenAI's `/v1/videos` as an upstream: self-hosted engines and other gateways, each with its habits.

mod answers;
mod survey;

use std::collections::BTreeMap;

use bytes::Bytes;
use filmgate_domain::answer::{Link, Listed, Reading, Submitted};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Form, Parameter, Request};
use filmgate_domain::survey::Question;
use filmgate_wire::multipart::File;
use filmgate_wire::openai::{self as wire, Create, Reference};
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use crate::adapter::{Adapter, Key, Order, Picture, PictureFile, PictureWay, Said};
use crate::http::{Call, Reply};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// How a create's body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// As a form, which all engines but Dynamo take.
    #[default]
    Multipart,
    /// As JSON.
    Json,
}

/// The dialect with what an operator says about one upstream.
#[derive(Clone, Debug)]
pub struct OpenAi {
    key: Key,
    encoding: Encoding,
    extra_fields: BTreeMap<String, String>,
    keyed: bool,
}

impl OpenAi {
    /// Without a key no call has an `Authorization`. `extra_fields` are added to every create; those that are named like
    /// one of [`OWN_FIELDS`](wire::OWN_FIELDS) are not. `keyed` says that the upstream honours `Idempotency-Key`.
    pub fn new(
        key: Option<String>,
        encoding: Encoding,
        extra_fields: BTreeMap<String, String>,
        keyed: bool,
    ) -> Self {
        Self { key: Key::new(key.unwrap_or_default()), encoding, extra_fields, keyed }
    }

    fn bodiless(&self, method: Method, path: String) -> Call {
        Call { method, path, headers: self.key.headers(), body: Bytes::new() }
    }
}

impl Adapter for OpenAi {
    fn picture_way(&self) -> PictureWay {
        PictureWay::Files
    }

    fn upload(&self, _file: &PictureFile) -> Option<Call> {
        None
    }

    fn uploaded(&self, _reply: &Reply) -> Result<String, String> {
        Err("this upstream takes pictures in the submit only".to_owned())
    }

    fn submit(&self, order: &Order<'_>) -> Call {
        let film = order.request.film;
        let create = Create {
            prompt: &prompt(order.request),
            model: order.model,
            seconds: film.seconds,
            size: &format!("{}x{}", film.width, film.height),
            extra: &self.extra_fields,
            reference: order.pictures.first().map(reference),
        };
        let (content_type, body) = match self.encoding {
            Encoding::Multipart => {
                let form = wire::encode_form(&create, &format!("filmgate-{}", order.token));
                (form.content_type, form.body)
            }
            Encoding::Json => ("application/json".to_owned(), wire::encode_json(&create).into_bytes()),
        };
        let mut headers = self.key.headers();
        // Both values are made of visible letters, unless a token is not; then the header is missing and nothing else.
        headers.extend(HeaderValue::try_from(content_type).ok().map(|value| (CONTENT_TYPE, value)));
        if self.keyed {
            headers.extend(HeaderValue::from_str(order.token).ok().map(|value| (IDEMPOTENCY_KEY, value)));
        }
        Call { method: Method::POST, path: wire::VIDEOS.to_owned(), headers, body: body.into() }
    }

    fn submitted(&self, _order: &Order<'_>, reply: &Reply) -> Submitted {
        answers::submitted(&self.key, reply)
    }

    fn read(&self, _form: Form, job: &str) -> Call {
        self.bodiless(Method::GET, wire::video(job))
    }

    fn was_read(&self, _form: Form, job: &str, reply: &Reply) -> Reading {
        answers::was_read(&self.key, job, reply)
    }

    fn echoes(&self, _form: Form, _reply: &Reply, _callback_url: &str) -> Option<bool> {
        None
    }

    fn list(&self) -> Option<Call> {
        Some(self.bodiless(Method::GET, wire::NEWEST_VIDEOS.to_owned()))
    }

    fn listed(&self, reply: &Reply) -> Option<Vec<Listed>> {
        answers::listed(reply)
    }

    fn cancel(&self, job: &str) -> Option<Call> {
        Some(self.bodiless(Method::DELETE, wire::video(job)))
    }

    fn cancelled(&self, reply: &Reply) -> bool {
        answers::cancelled(reply)
    }

    fn balance(&self) -> Option<Call> {
        None
    }

    fn balance_read(&self, _reply: &Reply) -> Result<Credits, String> {
        Err("this upstream tells no balance".to_owned())
    }

    fn knock(&self) -> Call {
        self.bodiless(Method::GET, wire::MODELS.to_owned())
    }

    fn knocked(&self, reply: &Reply) -> Result<(), String> {
        answers::knocked(&self.key, reply)
    }

    fn refresh(&self, _link: &Link) -> Option<Call> {
        None
    }

    fn refreshed(&self, _reply: &Reply) -> Option<Link> {
        None
    }

    /// No request of this dialect says where to call back.
    fn called_back(&self, _body: &[u8]) -> Option<String> {
        None
    }

    fn ask(&self, question: &Question) -> Option<Call> {
        self.question(question)
    }

    fn heard(&self, question: &Question, reply: &Reply) -> Said {
        survey::heard(&self.key, question, reply)
    }

    fn heard_create(&self, reply: &Reply) -> Said {
        survey::created(&self.key, reply)
    }

    fn line(&self, text: &str) -> String {
        self.key.line(text)
    }
}

/// The prompt, or a storyboard's shots, each on its line: the dialect has one text.
pub fn prompt(request: &Request) -> String {
    match request.text(Parameter::Prompt) {
        "" => request.shots().iter().map(|shot| shot.scene.as_str()).collect::<Vec<_>>().join("\n"),
        prompt => prompt.to_owned(),
    }
}

fn reference(picture: &Picture) -> Reference<'_> {
    match picture {
        Picture::Link(url) => Reference::Link(url),
        Picture::File(PictureFile { name, content_type, bytes }) => {
            Reference::File(File { name, content_type, bytes })
        }
    }
}
