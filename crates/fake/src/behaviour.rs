//! What the fake does: plain fields that a test changes while the fake runs.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::cut::{Cut, Door};
use crate::film;
use crate::kie::market::Market;
use crate::ledger::{Dialect, Order};

/// Everything adjustable. The default is a service that is well: every create is accepted, runs for 50 ms and succeeds.
///
/// All of it but `film` can also be sent as JSON to `POST /_fake/behaviour`, where `creates` looks like
/// `["accept", {"refuse": {"http_status": 200, "code": 429, "text": "…"}}, {"cut": {"point": "mid_body", "fault": "rst"}}]`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Every request but `/_fake/…` and `/film/…` is answered so, whatever else is set: no create is accepted, and none of
    /// the scripts of creates is taken. Such creates are seen and asked; reads are asked, but not counted as polls.
    pub always: Option<Always>,
    /// What becomes of the next creates, one each; an empty queue accepts.
    pub creates: VecDeque<CreateScript>,
    /// What becomes of every create, before the queue is looked at.
    pub create_always: Option<CreateScript>,
    /// How long a job runs, fixed when it is accepted; `None`: until [`Handle::finish`](crate::Handle::finish).
    pub run_ms: Option<u64>,
    /// How a job ends, fixed when it is accepted.
    pub outcome: Outcome,
    /// Calls to the `callBackUrl` of a Kie job.
    pub callbacks: Callbacks,
    /// The key that signs callbacks (kie-api.md 5.4); without it they are not signed.
    pub webhook_hmac_key: Option<String>,
    /// The bearer key; `None` lets everybody in.
    pub key: Option<String>,
    /// The account in thousandths of a credit: creates take from it, failures give back.
    pub balance_thousandths: i64,
    /// Refuse creates that cost more than the balance (402); otherwise it goes below zero.
    pub check_balance: bool,
    /// Kie's models and the order in which its creates are judged; without one every model is known and costs the same.
    /// `/v1/videos` has nothing to do with it.
    pub market: Option<Market>,
    /// What a create costs where no market says otherwise.
    pub cost_thousandths: i64,
    /// `Retry-After` in seconds on answers with 429, 455 or 503; Kie itself sends none (kie-api.md 1.1).
    pub retry_after_s: Option<u32>,
    /// The first so many reads of each Veo record find nothing.
    pub veo_record_not_found_first: u32,
    /// Every read of a record answers this: HTTP status, `code`, text.
    pub record_always: Option<(u16, i64, String)>,
    /// How long every answer waits.
    pub slow_ms: u64,
    /// How long the port refuses connections for a `BeforeConnect` cut with `Rst`.
    pub refuse_ms: u64,
    /// How long connects hang for a `BeforeConnect` cut with `Hang`.
    pub connect_hang_ms: u64,
    /// Which engine's habits `/v1/videos` has.
    pub engine: EngineKind,
    /// The first model of `/v1/models`, the only one that vLLM-Omni takes.
    pub served_model: String,
    /// Further models that `/v1/models` lists.
    pub served_models: Vec<String>,
    /// Whether `/v1/models` exists (404 in the engine's form otherwise).
    pub models_route: bool,
    /// Whether `/v1/videos` and what is below it exist; otherwise a proxy in front answers 404 in plain text, before any
    /// key is looked at.
    pub videos_route: bool,
    /// Whether `GET /v1/videos` exists (404 otherwise; new-api never has it).
    pub list: bool,
    /// Whether the list says the prompts (`null` otherwise).
    pub list_echoes_prompt: bool,
    /// Whether `/content` wants the key.
    pub content_needs_key: bool,
    /// Whether `/content` answers 400 and the job says where the film is instead (`url`, new-api: `metadata.url`).
    pub content_elsewhere: bool,
    /// The film of every job.
    #[serde(skip)]
    pub film: Vec<u8>,
    /// The next so many film transfers end after half of what they promised.
    pub film_cuts: u32,
    /// Whether `Range` is understood.
    pub film_range: bool,
    /// The next so many film requests answer 404.
    pub film_gone_first: u32,
    /// Every film request answers 404, except on fresh links.
    pub film_gone: bool,
    /// Film requests answer 200 with a page of HTML.
    pub film_html: bool,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            always: None,
            creates: VecDeque::new(),
            create_always: None,
            run_ms: Some(50),
            outcome: Outcome::Succeed,
            callbacks: Callbacks::None,
            webhook_hmac_key: None,
            key: Some("fake-key".to_owned()),
            balance_thousandths: 1_000_000_000,
            check_balance: false,
            market: None,
            cost_thousandths: 60_000,
            retry_after_s: None,
            veo_record_not_found_first: 0,
            record_always: None,
            slow_ms: 0,
            refuse_ms: 300,
            connect_hang_ms: 2_500,
            engine: EngineKind::OpenAi,
            served_model: "sora-2".to_owned(),
            served_models: Vec::new(),
            models_route: true,
            videos_route: true,
            list: true,
            list_echoes_prompt: true,
            content_needs_key: true,
            content_elsewhere: false,
            film: film::default_film(),
            film_cuts: 0,
            film_range: true,
            film_gone_first: 0,
            film_gone: false,
            film_html: false,
        }
    }
}

impl Behaviour {
    /// What the next create will meet.
    pub(crate) fn next_script(&self) -> Option<&CreateScript> {
        match self.always {
            Some(_) => None,
            None => self.create_always.as_ref().or_else(|| self.creates.front()),
        }
    }

    /// The cut that the next create will meet, if it is one.
    pub(crate) fn next_cut(&self) -> Option<Cut> {
        match self.next_script() {
            Some(CreateScript::Cut(cut)) => Some(*cut),
            _ => None,
        }
    }

    /// Takes the next script from the queue; one that is for always stays.
    pub(crate) fn take_script(&mut self) {
        if self.always.is_none() && self.create_always.is_none() {
            self.creates.pop_front();
        }
    }

    /// What an order costs, in thousandths of a credit, and whether the balance must suffice for it.
    pub(crate) fn price(&self, order: &Order) -> (i64, bool) {
        let market = self.market.as_ref().filter(|_| order.dialect != Dialect::OpenAi);
        let shelf = market.and_then(|market| market.models.get(&order.model));
        shelf.map_or((self.cost_thousandths, self.check_balance), |shelf| (shelf.price_thousandths, true))
    }

    /// How the listener has to stand for the next create.
    pub(crate) fn door(&self) -> Door {
        self.next_cut().map_or(Door::Open, Cut::door)
    }
}

/// What becomes of one create.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreateScript {
    /// It is accepted, billed and answered.
    #[default]
    Accept,
    /// It is turned down and nothing is billed.
    Refuse {
        /// Kie's HTTP status, normally 200; unused by `/v1/videos`.
        http_status: u16,
        /// Kie's `code`; the HTTP status of `/v1/videos`.
        code: i64,
        /// The message.
        text: String,
    },
    /// The exchange ends before its time.
    Cut(Cut),
    /// It is accepted and billed, and the answer says success without any id.
    AcceptWithoutId,
    /// The job has ended when the answer is written: `/v1/videos` says so at once, Kie at the first read.
    RunAlready,
}

/// The one answer to everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Always {
    /// An error in Kie's envelope, or at `/v1/…` in the engine's own form.
    Envelope {
        /// Kie's HTTP status, normally 200; unused at `/v1/…`.
        http_status: u16,
        /// Kie's `code`; the HTTP status at `/v1/…`.
        code: i64,
        /// The message.
        text: String,
    },
    /// The page of a content network that stands before the upstream (kie-api.md 1.3).
    Html {
        /// The HTTP status.
        http_status: u16,
    },
}

/// How a job ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// With a film.
    #[default]
    Succeed,
    /// With an error; the cost is given back.
    Fail {
        /// Kie's `failCode`, OpenAI's `error.code`.
        code: String,
        /// The message.
        text: String,
    },
    /// Its record is unknown from then on; the cost is not given back.
    Vanish,
    /// With success and no film.
    NoUrl,
}

/// How often a job's end is called back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Callbacks {
    /// Never.
    #[default]
    None,
    /// Once, as documented.
    Once,
    /// Twice, as documented too.
    Twice,
    /// A job with a `callBackUrl` ends when it is accepted, whatever `run_ms` says, and the call is made before the
    /// create is answered, also if the answer is then cut.
    BeforeReply,
}

/// Whose habits `/v1/videos` has (video-apis.md 4.1 to 4.4, 5.1, 5.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineKind {
    /// OpenAI's specification.
    #[default]
    OpenAi,
    /// `SGLang` diffusion.
    Sglang,
    /// vLLM-Omni.
    VllmOmni,
    /// TensorRT-LLM `visual_gen`.
    TensorRt,
    /// The `LiteLLM` proxy.
    LiteLlm,
    /// new-api.
    NewApi,
}
