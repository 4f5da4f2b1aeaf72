//! An upstream elsewhere: one adapter and one HTTP client put together, so that a worker asks and hears in domain words.

mod survey;

use std::path::Path;
use std::pin::Pin;

use filmgate_domain::answer::{Answered, Cause, Exchange, Link, Listed, Reading, Setback, Submitted};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Form, Parameter, Request};
use filmgate_domain::survey::{Heard, Question};
use filmgate_domain::task::Failure;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;
use url::{Position, Url};

use crate::adapter::{Adapter, Order, Picture, PictureFile, PictureWay};
use crate::http::{
    Base, Call, Client, DownloadFault, DownloadLimits, ReadFault, Ready, Reply, Source, Submission,
};
use crate::pictures::{Pictures, kind, unreadable};

/// Records and lists are small; a list of a hundred jobs with long prompts is the largest.
const READ_BYTES_MAX: usize = 8 << 20;

/// Something that will be there soon.
pub type Soon<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An upstream that makes films elsewhere, and takes money for it unless the operator says otherwise.
pub trait Remote: Send + Sync {
    /// Makes a request's pictures ready for this upstream. Uploads are free and may be repeated.
    fn prepare<'a>(&'a self, request: &'a Request) -> Soon<'a, Result<Vec<Picture>, Unready>>;
    /// Opens the connection of one submit, and sends nothing on it.
    fn dial(&self) -> Soon<'_, Result<Box<dyn Line>, String>>;
    /// Reads a job, and whether its record echoes this callback address.
    fn read<'a>(
        &'a self,
        form: Form,
        job: &'a str,
        callback_url: &'a str,
    ) -> Soon<'a, Answered<(Reading, Option<bool>)>>;
    /// The newest jobs; none where the upstream has no list or does not answer.
    fn list(&self) -> Soon<'_, Option<Vec<Listed>>>;
    /// Asks the upstream to stop a job; whether it confirms that the job has stopped.
    fn stop<'a>(&'a self, job: &'a str) -> Soon<'a, bool>;
    /// The operator's balance; none where the upstream has none.
    fn balance(&self) -> Soon<'_, Option<Result<Credits, String>>>;
    /// Whether address and key are right, for free.
    fn knock(&self) -> Soon<'_, Result<(), String>>;
    /// Downloads a finished film into a part file, from the first link that works.
    fn fetch<'a>(&'a self, links: &'a [Link], part: &'a Path) -> Soon<'a, Result<(), DownloadFault>>;
    /// The job that a callback's body names.
    fn called_back(&self, body: &[u8]) -> Option<String>;
    /// Where it is, for the operator.
    fn address(&self) -> String;
    /// Asks a survey's question, which is free and creates nothing; none where the dialect cannot be asked it.
    fn ask<'a>(&'a self, _question: &'a Question) -> Soon<'a, Option<Heard>> {
        Box::pin(async { None })
    }
    /// Sends a complete create as a survey's last question, over one connection and once.
    fn ask_complete<'a>(&'a self, _order: &'a Order<'a>) -> Soon<'a, Heard> {
        Box::pin(async { survey::impossible() })
    }
}

/// An open connection for exactly one submit.
pub trait Line: Send {
    /// Makes the paid call. `time_left_ms` says how long its answer is still waited for: with less than a whole reply may
    /// take, the last byte never leaves, because somebody else may be deciding about a doubt by then.
    fn submit<'a>(
        self: Box<Self>,
        order: &'a Order<'a>,
        time_left_ms: TimeLeft<'a>,
    ) -> Soon<'a, Answered<Submitted>>
    where
        Self: 'a;
}

/// The time left, in milliseconds, by the clock of whoever decides.
pub type TimeLeft<'a> = &'a (dyn Fn() -> i64 + Send + Sync);

/// Why a request is not ready for its upstream. Nothing was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unready {
    /// It may work later.
    Passing(String),
    /// Its pictures cannot be had.
    Failed(Failure),
    /// The upstream does not take its pictures, nor ever will.
    Refused(Setback),
}

/// Why an upload was turned down for good, by the status of its answer.
fn refused(status: u16) -> Option<Cause> {
    match status {
        401 => Some(Cause::KeyRefused),
        402 => Some(Cause::NoBalance),
        403 => Some(Cause::NotPermitted),
        400 | 404 | 405 | 413 | 415 | 422 => Some(Cause::Invalid),
        _ => None,
    }
}

/// An upstream behind HTTP.
pub struct HttpRemote<A> {
    adapter: A,
    client: Client,
    base: Base,
    upload_base: Base,
    pictures: Pictures,
    via: String,
}

impl<A: Adapter> HttpRemote<A> {
    /// Speaks to `base` in the adapter's dialect, and uploads pictures to `upload_base`. `via` names this gateway in every
    /// call, so that a request which comes back to us is known.
    pub fn new(
        adapter: A,
        client: Client,
        (base, upload_base): (Base, Base),
        pictures: Pictures,
        via: String,
    ) -> Self {
        Self { adapter, client, base, upload_base, pictures, via }
    }

    async fn free(&self, call: Call) -> Result<Reply, ReadFault> {
        self.client.read(&self.base, self.signed(call), READ_BYTES_MAX).await
    }

    fn signed(&self, mut call: Call) -> Call {
        if let Ok(via) = HeaderValue::from_str(&self.via) {
            call.headers.insert(HeaderName::from_static("via"), via);
        }
        call
    }

    async fn picture(&self, number: usize, link: &str) -> Result<Picture, Unready> {
        let way = self.adapter.picture_way();
        if way == PictureWay::Links && !self.pictures.is_here(link) {
            return Ok(Picture::Link(link.to_owned()));
        }
        let bytes = self.pictures.bytes(link).await.map_err(Unready::Failed)?;
        let (content_type, ending) = kind(&bytes).ok_or_else(|| Unready::Failed(unreadable()))?;
        let file = PictureFile { name: format!("picture-{number}.{ending}"), content_type, bytes };
        let Some(call) = self.adapter.upload(&file) else {
            return Ok(Picture::File(file));
        };
        let reply = self.client.read(&self.upload_base, self.signed(call), READ_BYTES_MAX).await;
        let reply = reply.map_err(|fault| Unready::Passing(format!("the picture's upload: {fault}")))?;
        self.adapter.uploaded(&reply).map(Picture::Link).map_err(|words| match refused(reply.status) {
            Some(cause) => Unready::Refused(Setback { cause, text: words }),
            None => Unready::Passing(words),
        })
    }

    /// Links to the upstream's own host are trusted as its address is; only paths of its API are told the key.
    fn source(&self, link: &Link) -> Source {
        match link {
            Link::Own(path) => {
                let headers = self.adapter.read(Form::KieJobs, "").headers;
                Source::Own { base: self.base.clone(), path: path.clone(), headers }
            }
            Link::Foreign(text) => {
                let own = Url::parse(text).ok().filter(|url| self.base.same_host(url));
                let root = own.as_ref().and_then(|url| Base::parse(&url.origin().ascii_serialization()).ok());
                match (own, root) {
                    (Some(url), Some(base)) => {
                        let path = url[Position::BeforePath..Position::AfterQuery].to_owned();
                        Source::Own { base, path, headers: HeaderMap::new() }
                    }
                    _ => Source::Foreign { url: text.clone() },
                }
            }
        }
    }

    async fn fetch_first(&self, links: &[Link], part: &Path) -> Result<(), DownloadFault> {
        let mut worst = None;
        for link in links {
            match self.fetch_one(link, part).await {
                Ok(()) => return Ok(()),
                Err(fault @ (DownloadFault::Disk(_) | DownloadFault::TooLarge)) => return Err(fault),
                // As long as one link may work later, the film is not lost.
                Err(fault @ DownloadFault::Passing(_)) => worst = Some(fault),
                Err(fault) => worst = worst.or(Some(fault)),
            }
        }
        Err(worst.unwrap_or_else(|| DownloadFault::Passing("there is no link".into())))
    }

    async fn fetch_one(&self, link: &Link, part: &Path) -> Result<(), DownloadFault> {
        let limits = DownloadLimits::default();
        let Err(fault) = self.client.download(&self.source(link), part, limits).await else {
            return Ok(());
        };
        // A dead link is asked for anew once.
        let DownloadFault::Gone { .. } = fault else { return Err(fault) };
        let Some(call) = self.adapter.refresh(link) else { return Err(fault) };
        let reply = self.free(call).await.map_err(|error| DownloadFault::Passing(error.to_string()))?;
        let Some(fresh) = self.adapter.refreshed(&reply) else { return Err(fault) };
        self.client.download(&self.source(&fresh), part, limits).await.map(|_| ())
    }
}

impl<A: Adapter + Clone + 'static> Remote for HttpRemote<A> {
    fn prepare<'a>(&'a self, request: &'a Request) -> Soon<'a, Result<Vec<Picture>, Unready>> {
        Box::pin(async move {
            let mut pictures = Vec::new();
            for (index, link) in request.texts(Parameter::Pictures).iter().enumerate() {
                pictures.push(self.picture(index + 1, link).await?);
            }
            Ok(pictures)
        })
    }

    fn dial(&self) -> Soon<'_, Result<Box<dyn Line>, String>> {
        Box::pin(async move {
            let ready = self.client.dial(&self.base).await.map_err(|fault| fault.to_string())?;
            let (adapter, via) = (self.adapter.clone(), self.via.clone());
            Ok(Box::new(HttpLine { ready, adapter, via }) as Box<dyn Line>)
        })
    }

    fn read<'a>(
        &'a self,
        form: Form,
        job: &'a str,
        callback_url: &'a str,
    ) -> Soon<'a, Answered<(Reading, Option<bool>)>> {
        Box::pin(async move {
            let call = self.adapter.read(form, job);
            let clock = Clock::start(&call);
            let reply = self.free(call).await;
            let exchange = clock.stop(reply.as_ref().ok().map(|reply| reply.status));
            let said = match reply {
                Ok(reply) => {
                    let echo = self.adapter.echoes(form, &reply, callback_url);
                    (self.adapter.was_read(form, job, &reply), echo)
                }
                Err(fault) => (Reading::Unclear { why: fault.to_string() }, None),
            };
            Answered { said, exchange: Some(exchange) }
        })
    }

    fn list(&self) -> Soon<'_, Option<Vec<Listed>>> {
        Box::pin(async move {
            let reply = self.free(self.adapter.list()?).await.ok()?;
            self.adapter.listed(&reply)
        })
    }

    fn stop<'a>(&'a self, job: &'a str) -> Soon<'a, bool> {
        Box::pin(async move {
            let Some(call) = self.adapter.cancel(job) else { return false };
            self.free(call).await.is_ok_and(|reply| self.adapter.cancelled(&reply))
        })
    }

    fn balance(&self) -> Soon<'_, Option<Result<Credits, String>>> {
        Box::pin(async move {
            let reply = self.free(self.adapter.balance()?).await;
            Some(reply.map_err(|fault| fault.to_string()).and_then(|reply| self.adapter.balance_read(&reply)))
        })
    }

    fn knock(&self) -> Soon<'_, Result<(), String>> {
        Box::pin(async move {
            let reply = self.free(self.adapter.knock()).await.map_err(|fault| fault.to_string())?;
            self.adapter.knocked(&reply)
        })
    }

    fn fetch<'a>(&'a self, links: &'a [Link], part: &'a Path) -> Soon<'a, Result<(), DownloadFault>> {
        Box::pin(self.fetch_first(links, part))
    }

    fn called_back(&self, body: &[u8]) -> Option<String> {
        self.adapter.called_back(body)
    }

    fn address(&self) -> String {
        self.base.url("")
    }

    fn ask<'a>(&'a self, question: &'a Question) -> Soon<'a, Option<Heard>> {
        Box::pin(self.question(question))
    }

    fn ask_complete<'a>(&'a self, order: &'a Order<'a>) -> Soon<'a, Heard> {
        Box::pin(self.complete(order))
    }
}

struct HttpLine<A> {
    ready: Ready,
    adapter: A,
    via: String,
}

impl<A: Adapter> Line for HttpLine<A> {
    fn submit<'a>(
        self: Box<Self>,
        order: &'a Order<'a>,
        time_left_ms: TimeLeft<'a>,
    ) -> Soon<'a, Answered<Submitted>>
    where
        Self: 'a,
    {
        Box::pin(async move {
            let Self { ready, adapter, via } = *self;
            let mut call = adapter.submit(order);
            if let Ok(via) = HeaderValue::from_str(&via) {
                call.headers.insert(HeaderName::from_static("via"), via);
            }
            let clock = Clock::start(&call);
            let (said, status) = match ready.submit_in_time(call, time_left_ms).await {
                Submission::NeverLeft { why } => (Submitted::NeverLeft { why }, None),
                Submission::Unknown { why } => (Submitted::Unknown { why }, None),
                Submission::Replied { reply, request_left } => {
                    (replied(&adapter, order, (&reply, request_left)), Some(reply.status))
                }
            };
            Answered { said, exchange: Some(clock.stop(status)) }
        })
    }
}

/// A call on its way.
struct Clock {
    method: String,
    path: String,
    began: Instant,
}

impl Clock {
    fn start(call: &Call) -> Self {
        Self { method: call.method.to_string(), path: call.path.clone(), began: Instant::now() }
    }

    fn stop(self, status: Option<u16>) -> Exchange {
        let Self { method, path, began } = self;
        let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        Exchange { method, path, status, took_ms }
    }
}

/// What a reply makes of a paid call.
fn replied<A: Adapter>(adapter: &A, order: &Order<'_>, (reply, request_left): (&Reply, bool)) -> Submitted {
    match adapter.submitted(order, reply) {
        // Nobody has taken a request whose end had not left; but who says that he did is believed.
        Submitted::Unknown { .. } if !request_left && !(200..300).contains(&reply.status) => {
            let why = format!("status {} came before the request had left", reply.status);
            Submitted::NeverLeft { why }
        }
        answer => answer,
    }
}
