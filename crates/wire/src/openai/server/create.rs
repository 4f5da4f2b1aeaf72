//! `POST /videos` read from a form or JSON, with what new-api's clients and those of self-hosted engines add to it.

use crate::form::take::Fault;
use crate::form::{Fields, Node, Reading, Wrong};
use crate::openai::server::reference::{self, Reference};

/// The most characters of a prompt (S, the spec).
pub const PROMPT_MAX: usize = 32_000;

/// An order for one film, as far as its client said. Which values a model takes is for the card to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateVideo<'a> {
    /// What to show: 1 to 32,000 characters.
    pub prompt: String,
    /// The model as the client wrote it; OpenAI's default is `sora-2` (S).
    pub model: Option<String>,
    /// Whole seconds: `seconds` as text (S) or number (Dynamo, `LiteLLM`), or new-api's `duration`; OpenAI's default is 4.
    pub seconds: Option<u32>,
    /// `WIDTHxHEIGHT` in digits, or new-api's `width` and `height`; OpenAI's default is `720x1280`.
    pub size: Option<String>,
    /// The first picture: `input_reference` (S), else new-api's `image` or the first of its `images`, or `SGLang`'s
    /// `reference_url`.
    pub input_reference: Option<Reference<'a>>,
    /// The rest of `images`, in their order.
    pub further_images: Vec<Reference<'a>>,
    /// The ids in `characters`, which `LiteLLM` sends as `[{"id":…}]` (V).
    pub characters: Vec<String>,
    /// `seed`, also inside `metadata`.
    pub seed: Option<i64>,
    /// What else engines take.
    pub extras: Extras,
}

/// Fields of new-api and of self-hosted engines (V, S: 4.2, 4.3 and 5.2), each also inside `metadata` and `video_params`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// What not to show.
    pub negative_prompt: Option<String>,
    /// Frames a second.
    pub fps: Option<f64>,
    /// Frames in all.
    pub num_frames: Option<i64>,
    /// How closely to follow the prompt.
    pub guidance_scale: Option<f64>,
    /// How many steps to make.
    pub num_inference_steps: Option<i64>,
    /// Such as `16:9`.
    pub aspect_ratio: Option<String>,
    /// Such as `720p`.
    pub resolution: Option<String>,
    /// Whom the client makes the film for.
    pub user: Option<String>,
}

impl<'a> CreateVideo<'a> {
    /// Reads a create. A field that is given in two ways must say the same in both.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let prompt = fields.text_of("prompt", 1..=PROMPT_MAX)?;
        let model = fields.text("model")?;
        let (seconds, size) = (seconds(&mut fields)?, size(&mut fields)?);
        let mut images = reference::of_create(&mut fields)?.into_iter();
        let (input_reference, further_images) = (images.next(), images.collect());
        let characters = characters(&mut fields)?;
        for count in ["n", "num_outputs_per_prompt"] {
            // Whoever wants two films would get and pay one.
            if fields.integer(count)?.is_some_and(|count| count != 1) {
                return Err(Wrong::not(count, "1: each create makes one film"));
            }
        }
        let (mut seed, mut extras) = (fields.integer("seed")?, Extras::default());
        extras.take(&mut fields)?;
        for outer in ["metadata", "video_params"] {
            let Some(mut inner) = fields.map(outer)? else { continue };
            let inside = |wrong: Wrong| Wrong { field: format!("{outer}[{}]", wrong.field), ..wrong };
            let inner_seed = inner.integer("seed").map_err(inside)?;
            seed = seed.or(inner_seed);
            extras.take(&mut inner).map_err(inside)?;
            // `metadata` is the client's own and may hold anything.
            if outer != "metadata" {
                inner.finish(reading, Some(outer))?;
            }
        }
        for ignored in ["response_format", "quality", "mode"] {
            fields.take(ignored);
        }
        fields.finish(reading, None)?;
        Ok(Self { prompt, model, seconds, size, input_reference, further_images, characters, seed, extras })
    }
}

impl Extras {
    /// Takes what is there; what an earlier place said stays.
    fn take(&mut self, fields: &mut Fields<'_>) -> Result<(), Wrong> {
        fn put<T>(slot: &mut Option<T>, value: Option<T>) {
            *slot = slot.take().or(value);
        }
        put(&mut self.negative_prompt, fields.text("negative_prompt")?);
        put(&mut self.fps, positive(fields, "fps")?);
        put(&mut self.num_frames, fields.integer("num_frames")?);
        put(&mut self.guidance_scale, fields.number("guidance_scale")?);
        put(&mut self.num_inference_steps, fields.integer("num_inference_steps")?);
        put(&mut self.aspect_ratio, fields.text("aspect_ratio")?);
        put(&mut self.resolution, fields.text("resolution")?);
        put(&mut self.user, fields.text("user")?);
        Ok(())
    }
}

fn positive(fields: &mut Fields<'_>, name: &str) -> Result<Option<f64>, Wrong> {
    match fields.number(name)? {
        Some(number) if number <= 0.0 => Err(Wrong::not(name, "a number above 0")),
        number => Ok(number),
    }
}

/// `seconds`, or `duration` of new-api, whose older clients send a number with a fraction (S).
pub(super) fn seconds(fields: &mut Fields<'_>) -> Result<Option<u32>, Wrong> {
    let mut read = |name: &'static str| {
        let wrong = || Wrong::not(name, "a whole number of seconds, such as \"8\"");
        let seconds = fields.integer(name).map_err(|_| wrong())?;
        seconds.map(|seconds| u32::try_from(seconds).ok().filter(|it| *it > 0).ok_or_else(wrong)).transpose()
    };
    let (seconds, duration) = (read("seconds")?, read("duration")?);
    agree(("seconds", seconds), ("duration", duration))
}

/// `size`, or new-api's `width` and `height`.
fn size(fields: &mut Fields<'_>) -> Result<Option<String>, Wrong> {
    let size = match fields.text("size")? {
        Some(text) => Some(sides(&text).ok_or_else(|| Wrong::not("size", "WIDTHxHEIGHT, such as 1280x720"))?),
        None => None,
    };
    let mut side = |name: &str| match fields.integer(name)? {
        Some(side) if !(1..=99_999).contains(&side) => Err(Wrong::not(name, "a number of pixels")),
        side => Ok(side),
    };
    let given = match (side("width")?, side("height")?) {
        (Some(width), Some(height)) => Some(format!("{width}x{height}")),
        (None, None) => None,
        (Some(_), None) => return Err(Wrong::not("width", "given together with height")),
        (None, Some(_)) => return Err(Wrong::not("height", "given together with width")),
    };
    agree(("size", size), ("width and height", given))
}

/// `1280x720` from it or from `1280X720` and `1280*720`, as `DashScope` writes it.
fn sides(text: &str) -> Option<String> {
    let (width, height) = text.trim().split_once(['x', 'X', '*'])?;
    let is_side =
        |side: &str| (1..=5).contains(&side.len()) && side.bytes().all(|byte| byte.is_ascii_digit());
    (is_side(width) && is_side(height)).then(|| format!("{width}x{height}"))
}

fn agree<T: PartialEq>(
    (name, first): (&'static str, Option<T>),
    (other, second): (&'static str, Option<T>),
) -> Result<Option<T>, Wrong> {
    match (first, second) {
        (Some(first), Some(second)) if first != second => {
            Err(Wrong { field: other.to_owned(), fault: Fault::Contradicts(name) })
        }
        (first, second) => Ok(first.or(second)),
    }
}

/// `[{"id":…}]` (`LiteLLM`, V) or a list of ids (ours).
fn characters(fields: &mut Fields<'_>) -> Result<Vec<String>, Wrong> {
    let wrong = || Wrong::not("characters", "an array of objects such as {\"id\": \"char_1\"}");
    let items = match fields.take("characters") {
        None => return Ok(Vec::new()),
        Some(Node::List(items)) => items,
        Some(node) => vec![node],
    };
    let id = |item| match item {
        Node::Text(id) if !id.is_empty() => Ok(id),
        Node::Map(mut fields) => fields.text("id").ok().flatten().ok_or_else(wrong),
        _ => Err(wrong()),
    };
    items.into_iter().map(id).collect()
}
