//! What follows a film: remix, edit, extension, and the character that a film shows.

use crate::form::take::Fault;
use crate::form::{Fields, Node, Reading, Upload, Wrong};
use crate::openai::server::create::{PROMPT_MAX, seconds};

/// `POST /videos/{id}/remix`: JSON from both SDKs (V, recordings 14 and 34).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemixVideo {
    /// 1 to 32,000 characters.
    pub prompt: String,
}

/// Which film is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VideoRef<'a> {
    /// A finished film of this account: `video[id]` (Node, V), `{"video":{"id":…}}` (`LiteLLM`, V), or the bare id (ours).
    Id(String),
    /// An uploaded film, which is all that the Python SDK can send (V).
    File(Upload<'a>),
}

/// `POST /videos/edits`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditVideo<'a> {
    /// 1 to 32,000 characters.
    pub prompt: String,
    /// What to edit.
    pub video: VideoRef<'a>,
}

/// `POST /videos/extensions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendVideo<'a> {
    /// 1 to 32,000 characters.
    pub prompt: String,
    /// The length of the new segment; the resource that comes of it tells the whole length (S).
    pub seconds: u32,
    /// What to extend.
    pub video: VideoRef<'a>,
}

/// `POST /videos/characters`, a form in both SDKs (V, recordings 17 and 36).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateCharacter<'a> {
    /// 1 to 80 characters.
    pub name: String,
    /// The film that shows the character; the SDKs send files only.
    pub video: VideoRef<'a>,
}

impl RemixVideo {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let prompt = fields.text_of("prompt", 1..=PROMPT_MAX)?;
        fields.finish(reading, None)?;
        Ok(Self { prompt })
    }
}

impl<'a> EditVideo<'a> {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let prompt = fields.text_of("prompt", 1..=PROMPT_MAX)?;
        let video = video(&mut fields)?;
        fields.finish(reading, None)?;
        Ok(Self { prompt, video })
    }
}

impl<'a> ExtendVideo<'a> {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let prompt = fields.text_of("prompt", 1..=PROMPT_MAX)?;
        let seconds = seconds(&mut fields)?.ok_or_else(|| missing("seconds"))?;
        let video = video(&mut fields)?;
        fields.finish(reading, None)?;
        Ok(Self { prompt, seconds, video })
    }
}

impl<'a> CreateCharacter<'a> {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'a>, reading: Reading) -> Result<Self, Wrong> {
        let name = fields.text_of("name", 1..=80)?;
        let video = video(&mut fields)?;
        fields.finish(reading, None)?;
        Ok(Self { name, video })
    }
}

fn missing(field: &str) -> Wrong {
    Wrong { field: field.to_owned(), fault: Fault::Missing }
}

fn video<'a>(fields: &mut Fields<'a>) -> Result<VideoRef<'a>, Wrong> {
    let wrong = || Wrong::not("video", "an uploaded film, or an object such as {\"id\": \"video_1\"}");
    match fields.take("video") {
        None => Err(missing("video")),
        Some(Node::File(upload)) => Ok(VideoRef::File(upload)),
        Some(Node::Text(id)) => Ok(VideoRef::Id(id)),
        Some(Node::Map(mut fields)) => fields.text("id").ok().flatten().map(VideoRef::Id).ok_or_else(wrong),
        Some(_) => Err(wrong()),
    }
}
