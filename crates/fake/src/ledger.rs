//! The ground truth: every job that was accepted, what it cost, and how often anybody asked.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::behaviour::Outcome;
use crate::cut::Cut;

/// Which API a job came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// `POST /api/v1/jobs/createTask`.
    KieJobs,
    /// `POST /api/v1/veo/generate`.
    KieVeo,
    /// `POST /v1/videos`.
    OpenAi,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Accepted and not ended.
    Running,
    /// Ended well.
    Success,
    /// Ended badly; the cost was given back.
    Fail,
    /// Ended by `DELETE`; the cost stays taken.
    Cancelled,
    /// Forgotten; the cost stays taken.
    Lost,
}

impl JobState {
    /// Its word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Success => "success",
            Self::Fail => "fail",
            Self::Cancelled => "cancelled",
            Self::Lost => "lost",
        }
    }
}

/// One line of the ledger: a job that was accepted, whether or not anybody learned of it.
#[derive(Clone, Debug, Serialize)]
pub struct Billed {
    /// The id.
    pub job: String,
    /// Which API it came through.
    pub dialect: Dialect,
    /// As it was asked for.
    pub model: String,
    /// As it was asked for.
    pub prompt: String,
    /// As it was asked for.
    pub call_back_url: Option<String>,
    /// What was taken, in thousandths of a credit.
    pub cost_thousandths: i64,
    /// Unix milliseconds.
    pub accepted_at_ms: i64,
    /// `running`, `success`, `fail`, `cancelled` or `lost`.
    pub state: &'static str,
    /// Whether the cost was given back.
    pub refunded: bool,
}

/// A file of a multipart body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePart {
    /// The field's name.
    pub name: String,
    /// Its `filename`.
    pub file_name: String,
    /// Its `Content-Type`, or nothing.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a create asked for, as it was read.
#[derive(Clone, Debug)]
pub struct Order {
    /// Which API it came through.
    pub dialect: Dialect,
    /// `model`, or nothing.
    pub model: String,
    /// `prompt` (Kie's jobs: `input.prompt`), or nothing.
    pub prompt: String,
    /// Kie's `callBackUrl`.
    pub call_back_url: Option<String>,
    /// Text parts, or the JSON fields (Kie's jobs: those of `input`); what is no text is written as JSON, and a part
    /// that is repeated has a line for each time.
    pub fields: BTreeMap<String, String>,
    /// The files of a multipart body.
    pub files: Vec<FilePart>,
    /// The request's headers, names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The JSON body, `null` for multipart.
    pub body: Value,
}

/// A job and everything that is known of it.
#[derive(Clone, Debug)]
pub struct Job {
    /// The id.
    pub id: String,
    /// Its place in the order of acceptance, from 0.
    pub number: u64,
    /// What was asked for.
    pub order: Order,
    /// What was taken, in thousandths of a credit.
    pub cost_thousandths: i64,
    /// Whether the cost was given back.
    pub refunded: bool,
    /// Unix milliseconds.
    pub accepted_at_ms: i64,
    /// When it ends by itself, Unix milliseconds.
    pub due_at_ms: Option<i64>,
    /// When it ended, Unix milliseconds.
    pub ended_at_ms: Option<i64>,
    /// Where it stands.
    pub state: JobState,
    /// How it ended or is going to.
    pub outcome: Outcome,
    /// Whether `DELETE` took it out of sight.
    pub deleted: bool,
    /// How often its record was read.
    pub reads: u32,
    /// How often its film was asked for.
    pub downloads: u32,
    /// How many calls are being made for it now.
    pub(crate) calls_under_way: u32,
}

impl Job {
    /// Whether its record is there to be read.
    pub(crate) const fn is_visible(&self) -> bool {
        !self.deleted && !matches!(self.state, JobState::Lost)
    }

    /// Whether it has a film.
    pub(crate) fn has_film(&self) -> bool {
        self.state == JobState::Success && self.outcome != Outcome::NoUrl
    }

    /// The code and the text of its failure.
    pub(crate) fn failure(&self) -> Option<(&str, &str)> {
        match (&self.outcome, self.state) {
            (Outcome::Fail { code, text }, JobState::Fail) => Some((code, text)),
            _ => None,
        }
    }

    /// Its line of the ledger.
    pub fn billed(&self) -> Billed {
        Billed {
            job: self.id.clone(),
            dialect: self.order.dialect,
            model: self.order.model.clone(),
            prompt: self.order.prompt.clone(),
            call_back_url: self.order.call_back_url.clone(),
            cost_thousandths: self.cost_thousandths,
            accepted_at_ms: self.accepted_at_ms,
            state: self.state.as_str(),
            refunded: self.refunded,
        }
    }
}

/// A file that was uploaded through one of Kie's three routes.
#[derive(Clone, Debug)]
pub struct Upload {
    /// `file-stream-upload`, `file-base64-upload` or `file-url-upload`.
    pub route: String,
    /// The name it was given.
    pub file_name: String,
    /// `uploadPath` as it was sent.
    pub upload_path: String,
    /// Of the part, of the data URL, or nothing.
    pub content_type: String,
    /// What came; nothing for a link, which is never fetched.
    pub bytes: Vec<u8>,
    /// The link of `file-url-upload`.
    pub file_url: Option<String>,
    /// Where it can be read again.
    pub download_url: String,
}

/// A cut that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub cut: Cut,
    /// How many bytes of the request had been read (for `AfterConnect`: had arrived) by then.
    pub request_bytes: usize,
}

/// A request as it came, whatever was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path with the query, as they were written.
    pub path: String,
    /// The whole body; bytes that are no UTF-8 are replaced.
    pub body: String,
    /// Unix milliseconds when it had been read whole.
    pub at_ms: i64,
    /// Whether it brought a bearer key, right or wrong.
    pub has_key: bool,
}

/// How often things happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whole create requests, accepted or not.
    pub creates: u64,
    /// Creates whose whole answer was given to the network.
    pub creates_answered: u64,
    /// Reads of one record, whatever was answered.
    pub polls: u64,
    /// Requests for a film, whatever was answered.
    pub downloads: u64,
    /// Attempts to call back.
    pub callbacks: u64,
    /// Callbacks that were answered with 2xx.
    pub callbacks_taken: u64,
    /// Connections that were accepted.
    pub connections: u64,
}

/// Everything that was accepted and seen.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The jobs by their ids.
    pub jobs: BTreeMap<String, Job>,
    /// Kie's uploads, in order.
    pub uploads: Vec<Upload>,
    /// The cuts that were made, in order.
    pub hits: Vec<Hit>,
    /// Every request that was read whole, in order, but for `/_fake/…` and the films under `/film/…`. It is here before
    /// it is answered.
    pub asked: Vec<Asked>,
    /// How often things happened.
    pub seen: Seen,
}

impl Ledger {
    /// The jobs in the order of their acceptance.
    pub fn in_order(&self) -> Vec<&Job> {
        let mut jobs: Vec<&Job> = self.jobs.values().collect();
        jobs.sort_unstable_by_key(|job| job.number);
        jobs
    }
}
