//! What every dialect of an upstream can be asked, as pure functions: a call goes out, a reply comes in.

use std::fmt;

use bytes::Bytes;
use filmgate_domain::answer::{Link, Listed, Reading, Submitted};
use filmgate_domain::catalogue::Card;
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Form, Request};
use filmgate_domain::survey::{Question, Says};
use filmgate_domain::task::Failure;
use filmgate_wire::openai::Complaint;
use hyper::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::http::{Call, Reply};

/// A film to be ordered from an upstream.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The upstream's own name of the model.
    pub model: &'a str,
    /// The card whose rules the request obeys.
    pub card: &'a Card,
    /// The request, in that card's parameters.
    pub request: &'a Request,
    /// Its pictures, in their order.
    pub pictures: &'a [Picture],
    /// Where the upstream is to call back; carries the attempt's token.
    pub callback_url: Option<&'a str>,
    /// The attempt's token, for upstreams that take an idempotency key.
    pub token: &'a str,
}

/// A picture of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A public link that the upstream fetches by itself.
    Link(String),
    /// The bytes, for upstreams that take files only and for pictures that have no link.
    File(PictureFile),
}

/// A picture's bytes with what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// As the upstream will see it, such as `picture-1.png`.
    pub name: String,
    /// By the first bytes, such as `image/png`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: Bytes,
}

/// How an upstream takes pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureWay {
    /// As links; what has none is uploaded before the submit, which is free.
    Links,
    /// As files in the submit itself.
    Files,
}

/// A dialect of upstreams. Everything here is pure: no I/O, no clock, no random numbers.
///
/// `form` says in which form the card is offered, because some dialects have one family of endpoints for each.
pub trait Adapter: Send + Sync {
    /// How pictures are handed over.
    fn picture_way(&self) -> PictureWay;

    /// The upload of a picture, to a base address of its own; `None` where pictures travel in the submit.
    fn upload(&self, file: &PictureFile) -> Option<Call>;

    /// The link that an upload was answered with, or why there is none.
    fn uploaded(&self, reply: &Reply) -> Result<String, String>;

    /// The paid call.
    fn submit(&self, order: &Order<'_>) -> Call;

    /// What the paid call was answered.
    fn submitted(&self, order: &Order<'_>, reply: &Reply) -> Submitted;

    /// Reads a job.
    fn read(&self, form: Form, job: &str) -> Call;

    /// What the record says.
    fn was_read(&self, form: Form, job: &str, reply: &Reply) -> Reading;

    /// Whether the record can belong to the attempt with this callback address: `Some(false)` where it echoes another one,
    /// `None` where it echoes none.
    fn echoes(&self, form: Form, reply: &Reply, callback_url: &str) -> Option<bool>;

    /// Lists the newest jobs; `None` where the dialect has no list.
    fn list(&self) -> Option<Call>;

    /// The jobs of a list, or nothing where the upstream has none.
    fn listed(&self, reply: &Reply) -> Option<Vec<Listed>>;

    /// Asks the upstream to stop a job; `None` where the dialect cannot.
    fn cancel(&self, job: &str) -> Option<Call>;

    /// Whether the upstream confirms that the job has stopped.
    fn cancelled(&self, reply: &Reply) -> bool;

    /// Reads the operator's balance; `None` where the dialect has none.
    fn balance(&self) -> Option<Call>;

    /// The balance, or why it cannot be told.
    fn balance_read(&self, reply: &Reply) -> Result<Credits, String>;

    /// A free call that shows whether address and key are right, for dialects without a balance.
    fn knock(&self) -> Call;

    /// Whether that call was answered well, or what is wrong.
    fn knocked(&self, reply: &Reply) -> Result<(), String>;

    /// Asks for a fresh link in place of a dead one; `None` where the record is all there is.
    fn refresh(&self, link: &Link) -> Option<Call>;

    /// The fresh link.
    fn refreshed(&self, reply: &Reply) -> Option<Link>;

    /// The job that a callback's body names.
    fn called_back(&self, body: &[u8]) -> Option<String>;

    /// A survey's question, in which there is never a prompt, a picture or a shot; `None` where the dialect has no such call.
    fn ask(&self, question: &Question) -> Option<Call>;

    /// What a question was answered.
    fn heard(&self, question: &Question, reply: &Reply) -> Said;

    /// What a create was answered, as a survey hears it, whether the create was complete or not.
    fn heard_create(&self, reply: &Reply) -> Said;

    /// A text as a report may show it: on one line, without the key, and not endless.
    fn line(&self, text: &str) -> String;
}

/// What a reply says to a survey, the code in its body where the dialect has one, and its words as
/// [`line`](Adapter::line) shows them.
pub type Said = (Says, Option<i64>, String);

/// An upstream's key, or none where it is empty; never shown.
#[derive(Clone)]
pub(crate) struct Key(String);

impl Key {
    pub(crate) fn new(key: String) -> Self {
        Self(key)
    }

    /// The headers that every call has. A key that no header can hold is not sent, and so refused.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(mut value) = HeaderValue::try_from(format!("Bearer {}", self.0))
            && !self.0.is_empty()
        {
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        headers
    }

    /// An upstream's words as they may be kept: without the key, which some repeat when they refuse it, and not endless.
    pub(crate) fn hide(&self, words: &str) -> String {
        self.hide_within(words, 500)
    }

    /// The same for a report: shorter, and without line breaks and whatever else would steer a terminal.
    pub(crate) fn line(&self, words: &str) -> String {
        let words: Vec<&str> = words
            .split(|letter: char| letter.is_whitespace() || letter.is_control() || steers_text(letter))
            .filter(|word| !word.is_empty())
            .collect();
        self.hide_within(&words.join(" "), 300)
    }

    fn hide_within(&self, words: &str, letters_max: usize) -> String {
        let words = without_tokens(words);
        let words = if self.0.is_empty() { words } else { words.replace(&self.0, "[key]") };
        match words.char_indices().nth(letters_max) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        }
    }
}

/// Words without the tokens of our callback addresses, which some upstreams repeat.
fn without_tokens(words: &str) -> String {
    let mut parts = words.split(CALLBACKS);
    let mut told = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        told.push_str(CALLBACKS);
        told.push_str("[token]");
        told.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()));
    }
    told
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

/// What stands before the token in a callback address of ours.
const CALLBACKS: &str = "/filmgate/v1/callbacks/";

/// Invisible letters that turn, join or hide others.
fn steers_text(letter: char) -> bool {
    matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Whether a reply is a web page, whatever its status.
pub(crate) fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// The words of a reply in which its dialect found none: what it complains of in another one's form, the title of a web
/// page, or whatever text it is.
pub(crate) fn foreign_words(key: &Key, body: &[u8]) -> String {
    let Complaint { words, .. } = Complaint::parse(body);
    if !words.is_empty() {
        return key.line(&words);
    }
    match str::from_utf8(body).map(str::trim) {
        Err(_) => format!("{} bytes that are no text", body.len()),
        Ok("") => "an empty answer".to_owned(),
        Ok(page) if page.starts_with('<') => {
            let title = page.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
            title.map_or_else(
                || "a web page".to_owned(),
                |(title, _)| key.line(&format!("a web page: {title}")),
            )
        }
        Ok(text) => key.line(text),
    }
}

/// The code of a failure whose upstream names none.
pub(crate) const NO_CODE: &str = "500";

/// An upstream's failure in our manner: its code and its words, and that nothing was charged.
pub(crate) fn failure(key: &Key, code: Option<String>, words: &str) -> Failure {
    let words = key.hide(words.trim());
    let text = match words.chars().last() {
        None => "The upstream gives no reason for its failure. Nothing was charged.".to_owned(),
        Some('.' | '!' | '?' | '…' | '。') => format!("{words} Nothing was charged."),
        Some(_) => format!("{words}. Nothing was charged."),
    };
    // A code is a word or a number; whatever else an upstream puts there is not passed on.
    let is_code = |code: &String| {
        (1..=64).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
            && *code == key.hide(code)
    };
    Failure { code: code.filter(is_code).unwrap_or_else(|| NO_CODE.to_owned()), text }
}
