//! Kie's API as an upstream: calls out, replies in; what a code or a text means is decided in `wire` alone.

mod answers;
pub mod fields;
mod survey;

use bytes::Bytes;
use filmgate_domain::answer::{Link, Listed, Reading, Submitted};
use filmgate_domain::catalogue::Card;
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Form, Parameter, Value};
use filmgate_domain::survey::Question;
use filmgate_wire::kie::{self as wire, Create, Envelope, JobsRecord, VeoRecord};
use filmgate_wire::multipart::File;
use hyper::Method;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::adapter::{Adapter, Key, Order, Picture, PictureFile, PictureWay, Said};
use crate::http::{Call, Reply};

/// The folder of the account's uploads, all of which Kie deletes by itself within days.
const UPLOAD_PATH: &str = "filmgate";
/// Grows by itself where a picture holds it.
const UPLOAD_BOUNDARY: &str = "filmgate-picture";

/// Kie's dialect with an operator's key.
#[derive(Clone, Debug)]
pub struct Kie {
    key: Key,
}

/// The form in which Kie is asked for a card: the dedicated Veo endpoints where the card has them, else the jobs family.
pub fn form_of(card: &Card) -> Form {
    if card.offered.contains(&Form::KieVeo) { Form::KieVeo } else { Form::KieJobs }
}

impl Kie {
    /// With the key as the operator wrote it.
    pub fn new(key: String) -> Self {
        Self { key: Key::new(key) }
    }

    /// Every call says that it is JSON, also one without a body: Kie's text for a refused key asks for it (C).
    fn call(&self, method: Method, path: String, body: String) -> Call {
        let mut headers = self.key.headers();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Call { method, path, headers, body: Bytes::from(body) }
    }

    fn get(&self, path: String) -> Call {
        self.call(Method::GET, path, String::new())
    }

    fn post(&self, path: &str, body: String) -> Call {
        self.call(Method::POST, path.to_owned(), body)
    }
}

impl Adapter for Kie {
    fn picture_way(&self) -> PictureWay {
        PictureWay::Links
    }

    /// Without a file name: an existing one would be overwritten, under another task's link.
    fn upload(&self, file: &PictureFile) -> Option<Call> {
        let picture = File { name: &file.name, content_type: file.content_type, bytes: &file.bytes };
        let form = wire::encode_upload(picture, UPLOAD_PATH, None, UPLOAD_BOUNDARY);
        let mut headers: HeaderMap = self.key.headers();
        headers.insert(CONTENT_TYPE, HeaderValue::from_str(&form.content_type).ok()?);
        let path = wire::FILE_STREAM_UPLOAD.to_owned();
        Some(Call { method: Method::POST, path, headers, body: form.body.into() })
    }

    fn uploaded(&self, reply: &Reply) -> Result<String, String> {
        if !(200..300).contains(&reply.status) {
            return Err(format!("the upload was answered with HTTP status {}", reply.status));
        }
        wire::parse_upload(&reply.body).map_err(|words| self.key.hide(&words))
    }

    fn submit(&self, order: &Order<'_>) -> Call {
        let form = form_of(order.card);
        let mut parameters = order.request.parameters.clone();
        if !order.pictures.is_empty() {
            parameters.insert(Parameter::Pictures, Value::Texts(order.pictures.iter().map(link).collect()));
        }
        let fields = fields::fields(&parameters, form, Some(order.card));
        let call_back_url = order.callback_url.map(str::to_owned);
        let create = Create { model: order.model.to_owned(), fields, call_back_url };
        match form {
            Form::KieVeo => self.post(wire::VEO_GENERATE, wire::encode_veo(&create)),
            Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => {
                self.post(wire::CREATE_TASK, wire::encode_jobs(&create))
            }
        }
    }

    fn submitted(&self, _order: &Order<'_>, reply: &Reply) -> Submitted {
        answers::submitted(&self.key, reply)
    }

    fn read(&self, form: Form, job: &str) -> Call {
        self.get(match form {
            Form::KieVeo => wire::record_path(wire::VEO_RECORD_INFO, job),
            Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => wire::record_path(wire::RECORD_INFO, job),
        })
    }

    fn was_read(&self, form: Form, job: &str, reply: &Reply) -> Reading {
        answers::was_read(&self.key, form, job, reply)
    }

    fn echoes(&self, form: Form, reply: &Reply, callback_url: &str) -> Option<bool> {
        let envelope = Envelope::parse(&reply.body)?;
        let param = match form {
            Form::KieVeo => VeoRecord::parse(&envelope)?.param_json,
            Form::KieJobs | Form::OpenAi | Form::Own | Form::Cli => JobsRecord::parse(&envelope)?.param,
        };
        wire::call_back_url(&param).map(|echo| token(&echo) == token(callback_url))
    }

    fn list(&self) -> Option<Call> {
        None
    }

    fn listed(&self, _reply: &Reply) -> Option<Vec<Listed>> {
        None
    }

    fn cancel(&self, _job: &str) -> Option<Call> {
        None
    }

    fn cancelled(&self, _reply: &Reply) -> bool {
        false
    }

    fn balance(&self) -> Option<Call> {
        Some(self.knock())
    }

    fn balance_read(&self, reply: &Reply) -> Result<Credits, String> {
        answers::balance(&self.key, reply)
    }

    fn knock(&self) -> Call {
        self.get(wire::CHAT_CREDIT.to_owned())
    }

    fn knocked(&self, reply: &Reply) -> Result<(), String> {
        self.balance_read(reply).map(drop)
    }

    fn refresh(&self, link: &Link) -> Option<Call> {
        match link {
            Link::Foreign(url) => Some(self.post(wire::DOWNLOAD_URL, wire::encode_download_url(url))),
            Link::Own(_) => None,
        }
    }

    fn refreshed(&self, reply: &Reply) -> Option<Link> {
        answers::refreshed(reply)
    }

    fn called_back(&self, body: &[u8]) -> Option<String> {
        wire::called_back(body)
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

/// The end of a callback address, which is random. Before it stands our public address, which the operator may change while
/// a job runs, and which a command beside the server may not know.
fn token(callback_url: &str) -> &str {
    callback_url.rsplit('/').next().unwrap_or(callback_url)
}

/// A file that was not uploaded is sent by its name, so that Kie refuses the request; a film without its picture would
/// cost as much as the right one.
fn link(picture: &Picture) -> String {
    match picture {
        Picture::Link(url) => url.clone(),
        Picture::File(file) => file.name.clone(),
    }
}
