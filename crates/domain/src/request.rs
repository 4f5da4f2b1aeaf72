//! What a client asks for, in filmgate's own words: the same type for every dialect.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::doubt::OnDoubt;
use crate::remake::Origin;
use crate::route::{Route, studio_alone};
use crate::scenario::Scenario;

/// Everything that can be asked of any model. Dialects translate their field names to these, cards rule their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parameter {
    /// What the film shows.
    Prompt,
    /// Links to pictures, or hashes of stored ones.
    Pictures,
    /// The shape of the frame, in the card's own spelling.
    Aspect,
    /// The frame in pixels, as `1280x720`.
    Size,
    /// The film's length in seconds.
    Seconds,
    /// Sora's two sizes, `standard` and `high`.
    Quality,
    /// Veo's sizes, `720p`, `1080p`, `4k`.
    Resolution,
    /// What the pictures are for (Veo's generation type).
    Mode,
    /// Which of a card's price tiers makes the film.
    Tier,
    /// A storyboard's shots.
    Shots,
    /// Ids of characters that appear.
    Characters,
    /// The video that a new character is taken from.
    CharacterVideo,
    /// The finished task that something is made from: a character, a longer film, a larger one.
    OriginTask,
    /// Which seconds of it, as `3.55,5.55`.
    Timestamps,
    /// The name of a new character.
    CharacterName,
    /// What a new character is like.
    CharacterPrompt,
    /// What a new character must not do.
    SafetyInstruction,
    /// A link to a video.
    Video,
    /// The number that varies the film.
    Seed,
    /// Whether the film is to be free of caption and watermark.
    Clean,
    /// A text to be written into the film.
    Watermark,
    /// Whether the prompt may be translated.
    Translate,
    /// Where the upstream keeps its uploads.
    UploadStore,
    /// Whether another model may step in (deprecated at Kie).
    Fallback,
}

/// A value as a client gave it, already of the right type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Yes or no.
    Flag(bool),
    /// Several texts, such as links.
    Texts(Vec<String>),
    /// A storyboard.
    Shots(Vec<Shot>),
}

/// One shot of a storyboard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shot {
    /// What the shot shows.
    pub scene: String,
    /// Its length in seconds.
    pub seconds: f64,
}

/// The parameters of a request by name.
pub type Parameters = BTreeMap<Parameter, Value>;

/// The form in which a task was asked for; its record is answered in the same form only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Form {
    /// Kie's unified jobs.
    #[serde(rename = "kie.jobs")]
    KieJobs,
    /// Kie's dedicated Veo endpoints.
    #[serde(rename = "kie.veo")]
    KieVeo,
    /// OpenAI's `/v1/videos`.
    #[serde(rename = "openai.videos")]
    OpenAi,
    /// filmgate's own API, which the playground speaks.
    #[serde(rename = "filmgate")]
    Own,
    /// The command line on the same machine.
    #[serde(rename = "cli")]
    Cli,
}

/// A request as a dialect hands it over: nothing has been checked but the types of the values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// The model as the client spelt it, possibly an alias.
    pub model: String,
    /// What the client gave, without defaults.
    pub parameters: Parameters,
    /// The form it came in.
    pub form: Form,
    /// Where the client wants to be told, already judged by its text.
    pub callback_url: Option<String>,
    /// The failure to play, in the emulator only.
    pub scenario: Option<Scenario>,
    /// What to do about a doubt, instead of the operator's own policy and within the operator's caps.
    pub on_doubt: Option<OnDoubt>,
    /// The film that this one is made from, found among the account's own.
    pub origin: Option<Origin>,
}

impl Asked {
    /// A request for a model and nothing else.
    pub fn new(model: impl Into<String>, parameters: Parameters, form: Form) -> Self {
        let model = model.into();
        Self { model, parameters, form, callback_url: None, scenario: None, on_doubt: None, origin: None }
    }
}

/// A request that a model card has accepted. It is stored with its task, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// The model as the client spelt it.
    pub model: String,
    /// What the client gave, without defaults: records echo it.
    pub parameters: Parameters,
    /// The form it came in.
    pub form: Form,
    /// Where the client wants to be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    /// The failure to play, in the emulator only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Scenario>,
    /// What to do about a doubt, instead of the operator's own policy and within the operator's caps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_doubt: Option<OnDoubt>,
    /// Who may make it, in order, fixed when it was accepted.
    #[serde(default = "studio_alone", skip_serializing_if = "is_studio_alone")]
    pub routes: Vec<Route>,
    /// Whether a failed run ends the task although there is another route.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stops_on_failure: bool,
    /// The film that this one is made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The film that was promised.
    pub film: Promise,
}

fn is_studio_alone(routes: &[Route]) -> bool {
    routes == studio_alone()
}

impl Request {
    /// A text parameter, or the empty text.
    pub fn text(&self, parameter: Parameter) -> &str {
        match self.parameters.get(&parameter) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// What the film shows, in the client's own words; of a storyboard, its scenes.
    pub fn words(&self) -> String {
        match self.text(Parameter::Prompt) {
            "" => self.shots().iter().map(|shot| shot.scene.as_str()).collect::<Vec<_>>().join(" "),
            prompt => prompt.to_owned(),
        }
    }

    /// The links in a list parameter.
    pub fn texts(&self, parameter: Parameter) -> &[String] {
        match self.parameters.get(&parameter) {
            Some(Value::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// The storyboard's shots, if there are any.
    pub fn shots(&self) -> &[Shot] {
        match self.parameters.get(&Parameter::Shots) {
            Some(Value::Shots(shots)) => shots,
            _ => &[],
        }
    }

    /// Whether a flag was set.
    pub fn flag(&self, parameter: Parameter) -> bool {
        self.parameters.get(&parameter) == Some(&Value::Flag(true))
    }

    /// The seed, if one was given.
    pub fn seed(&self) -> Option<i64> {
        match self.parameters.get(&Parameter::Seed) {
            Some(Value::Integer(seed)) => Some(*seed),
            _ => None,
        }
    }
}

/// The exact shape of the film that a card promises for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Frame width in pixels.
    pub width: u32,
    /// Frame height in pixels.
    pub height: u32,
    /// Length in seconds.
    pub seconds: u32,
    /// Frames a second.
    pub frames_per_second: u32,
}
