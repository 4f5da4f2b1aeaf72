//! Films made from films: extensions, remixes, edits and larger copies, decided from the source's own request.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Card, Makes};
use crate::id::TaskId;
use crate::refusal::Refusal;
use crate::request::{Asked, Form, Parameter, Parameters, Promise, Request, Shot, Value};
use crate::route::{STUDIO, studio_alone};
use crate::task::{CopyKind, Phase, Task};

/// A film with all its extensions is at most this long, in seconds (Google's own limit for Veo is 148).
pub const SECONDS_MAX: u32 = 148;

/// How often films can be made from films: each one holds its source's request, and readers of JSON go only so deep.
pub const GENERATIONS_MAX: u32 = 40;

/// How often an enlargement that failed is begun again: clients ask for it until it is there, and one that can never be made must not be
/// begun for ever.
const ENLARGED_AGAIN_MAX: u32 = 8;

/// Whether an enlargement in this phase is begun again for whoever asks for it, after it has been begun again `times` before.
pub fn is_enlarged_again(phase: &Phase, times: u32) -> bool {
    matches!(phase, Phase::Failed(_) | Phase::Cancelled) && times < ENLARGED_AGAIN_MAX
}

/// What is made of a film that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remake {
    /// It goes on from its last frame.
    Extension,
    /// The same film with something changed, asked for by its id.
    Remix,
    /// The same film with something changed, asked for as a film to be edited.
    Edit,
    /// The same film, made again with more pixels.
    Enlargement,
}

/// The film that another one is made from. It holds the source's request, so whoever makes the new film needs nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The source's task.
    pub task: TaskId,
    /// What is made of it.
    pub remake: Remake,
    /// Who made the source; nobody else has its scene.
    pub upstream: String,
    /// What the source was made from.
    pub request: Box<Request>,
}

impl Origin {
    /// Takes a finished film as the source of another one.
    ///
    /// # Errors
    ///
    /// The source is not finished, is too large or long for what is wanted.
    pub fn of((task, request): (&Task, &Request), remake: Remake) -> Result<Self, Refusal> {
        if task.phase != Phase::Succeeded {
            return Err(Refusal::SourceUnfinished);
        }
        let film = request.film;
        let unfit = |why| Err(Refusal::SourceUnfit { why });
        match remake {
            _ if request.generation() >= GENERATIONS_MAX => {
                unfit("it has been remade as often as a film can be; start from an earlier one")
            }
            Remake::Extension if film.width.min(film.height) > 1024 => unfit(
                "films of 1080p and more cannot be extended; extend the smaller one and enlarge the result",
            ),
            Remake::Extension if request.seconds_in_all() + 4 > SECONDS_MAX => {
                unfit("it is as long as extensions can make a film")
            }
            Remake::Enlargement if film.width.min(film.height) > 1024 => {
                unfit("it was made at 1080p or more already")
            }
            _ => Ok(Self {
                task: task.id,
                remake,
                upstream: task.upstream.clone(),
                request: Box::new(request.clone()),
            }),
        }
    }

    /// What cards' examples are made from: eight seconds of landscape.
    pub(crate) fn example(remake: Remake) -> Self {
        let film = Promise { width: 1280, height: 720, seconds: 8, frames_per_second: 24 };
        let request = Request {
            model: "veo3_fast".into(),
            parameters: Parameters::new(),
            form: Form::KieVeo,
            callback_url: None,
            scenario: None,
            on_doubt: None,
            routes: studio_alone(),
            stops_on_failure: false,
            origin: None,
            film,
        };
        let (task, upstream) = (TaskId([0; 16]), STUDIO.into());
        Self { task, remake, upstream, request: Box::new(request) }
    }

    /// The shape of the new film, where `own` is what its card promises without a source.
    pub(crate) fn reshape(&self, own: Promise) -> Result<Promise, Refusal> {
        let source = self.request.film;
        Ok(match self.remake {
            Remake::Extension if self.request.seconds_in_all() + own.seconds > SECONDS_MAX => {
                return Err(Refusal::NotAllowed { parameter: Parameter::Seconds });
            }
            Remake::Extension => Promise { seconds: own.seconds, ..source },
            Remake::Remix | Remake::Edit => source,
            Remake::Enlargement => {
                let (long, short) = (own.width.max(own.height), own.width.min(own.height));
                let (width, height) =
                    if source.width < source.height { (short, long) } else { (long, short) };
                Promise { width, height, ..source }
            }
        })
    }
}

/// What must be asked of the source's own card for a remix, an edit, or an extension by `seconds`.
pub fn asked_again(source: &Origin, prompt: &str, seconds: Option<i64>, asked: Asked) -> Asked {
    let request = &source.request;
    let mut parameters: Parameters = request.parameters.clone();
    match parameters.get_mut(&Parameter::Shots) {
        Some(Value::Shots(shots)) => {
            for Shot { scene, .. } in shots {
                *scene = format!("{scene} {prompt}");
            }
        }
        _ => {
            parameters.insert(Parameter::Prompt, Value::Text(prompt.to_owned()));
        }
    }
    if let Some(seconds) = seconds {
        parameters.insert(Parameter::Seconds, Value::Integer(seconds));
    }
    Asked { model: request.model.clone(), parameters, origin: Some(source.clone()), ..asked }
}

impl Card {
    /// Whether a film of this card can be the source of another card's film: both are of one family, and it has not been
    /// enlarged already.
    pub fn suits(&self, target: &Self) -> bool {
        self.family == target.family && matches!(self.makes, Makes::Film | Makes::Extension)
    }
}

impl Request {
    /// The length of the film with everything that lies before it, in seconds.
    pub fn seconds_in_all(&self) -> u32 {
        match &self.origin {
            Some(origin) if origin.remake == Remake::Extension => {
                origin.request.seconds_in_all() + self.film.seconds
            }
            _ => self.film.seconds,
        }
    }

    /// How many films it goes back to.
    pub fn generation(&self) -> u32 {
        self.origin.as_ref().map_or(0, |origin| 1 + origin.request.generation())
    }

    /// The request that was made from words and pictures: this one, or the first one that it goes back to.
    pub fn first(&self) -> &Self {
        self.origin.as_ref().map_or(self, |origin| origin.request.first())
    }

    /// What is kept beside the film: an extension's whole film, and a marked copy beside a clean one where the form names it.
    pub fn copies(&self) -> Vec<CopyKind> {
        let is_extension = self.origin.as_ref().is_some_and(|origin| origin.remake == Remake::Extension);
        let has_mark = self.form == Form::KieJobs && self.flag(Parameter::Clean);
        [(is_extension, CopyKind::Joined), (has_mark, CopyKind::Watermarked)]
            .into_iter()
            .filter_map(|(is_wanted, kind)| is_wanted.then_some(kind))
            .collect()
    }
}
