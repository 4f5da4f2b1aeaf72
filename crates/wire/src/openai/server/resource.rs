//! The resources of `/v1/videos` as our server writes them: a film, a page of a list, a deletion, a character.

use serde::{Serialize, Serializer};

use crate::openai::Status;
use crate::value::json;

/// Tells the Python SDK how long to wait between two reads, in milliseconds; the first pending answer counts for the whole
/// wait (V).
pub const POLL_AFTER_MS: &str = "openai-poll-after-ms";

/// A film. Every one of the thirteen keys is always sent (S).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoResource {
    /// Opaque; OpenAI's begin with `video_`.
    pub id: String,
    /// As the client wrote it.
    pub model: String,
    /// One of the four words.
    pub status: Status,
    /// 0 to 100.
    pub progress: u8,
    /// Unix seconds.
    pub created_at_s: i64,
    /// Unix seconds.
    pub completed_at_s: Option<i64>,
    /// Unix seconds: when the film goes away.
    pub expires_at_s: Option<i64>,
    /// What to show.
    pub prompt: Option<String>,
    /// Such as `1280x720`.
    pub size: String,
    /// Whole seconds, text on the wire; after an extension the whole length (S).
    pub seconds: u32,
    /// The film that this one remixes.
    pub remixed_from_video_id: Option<String>,
    /// Why there is no film.
    pub error: Option<VideoError>,
}

/// Why there is no film. A failed film is no HTTP error (S).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VideoError {
    /// For programs, such as `moderation_blocked` (T), `cancelled` or `expired`.
    pub code: String,
    /// For people.
    pub message: String,
}

impl Serialize for VideoResource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.keys().serialize(serializer)
    }
}

#[derive(Serialize)]
struct Keys<'a> {
    id: &'a str,
    object: &'a str,
    model: &'a str,
    status: &'a str,
    progress: u8,
    created_at: i64,
    completed_at: Option<i64>,
    expires_at: Option<i64>,
    prompt: Option<&'a str>,
    size: &'a str,
    seconds: String,
    remixed_from_video_id: Option<&'a str>,
    error: Option<&'a VideoError>,
}

impl VideoResource {
    fn keys(&self) -> Keys<'_> {
        Keys {
            id: &self.id,
            object: "video",
            model: &self.model,
            status: self.status.word(),
            progress: self.progress.min(100),
            created_at: self.created_at_s,
            completed_at: self.completed_at_s,
            expires_at: self.expires_at_s,
            prompt: self.prompt.as_deref(),
            size: &self.size,
            seconds: self.seconds.to_string(),
            remixed_from_video_id: self.remixed_from_video_id.as_deref(),
            error: self.error.as_ref(),
        }
    }

    /// The reply's body.
    pub fn encode(&self) -> String {
        json(self)
    }

    /// The same with new-api's `task_id`, which repeats the id, and `metadata.url`, the link of the finished film (S). For its
    /// own route, `/v1/video/generations`.
    pub fn encode_new_api(&self, url: Option<&str>) -> String {
        json(&Superset::of(self, url))
    }

    /// new-api's answer to `GET /v1/video/generations/{task_id}`: `{"code":"success","message":"","data":TaskDto}` (S). Its
    /// `data` is the film as [`encode_new_api`](Self::encode_new_api) writes it. Of new-api's own keys those are left out that
    /// speak of its users, channels and quotas.
    pub fn encode_task_dto(&self, url: Option<&str>) -> String {
        #[derive(Serialize)]
        struct Dto<'a> {
            task_id: &'a str,
            created_at: i64,
            updated_at: i64,
            action: &'a str,
            status: &'a str,
            fail_reason: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            result_url: Option<&'a str>,
            submit_time: i64,
            start_time: i64,
            finish_time: i64,
            progress: String,
            data: Superset<'a>,
        }
        #[derive(Serialize)]
        struct Reply<'a> {
            code: &'a str,
            message: &'a str,
            data: Dto<'a>,
        }
        let started = if self.status == Status::Queued { 0 } else { self.created_at_s };
        let dto = Dto {
            task_id: &self.id,
            created_at: self.created_at_s,
            updated_at: self.completed_at_s.unwrap_or(self.created_at_s),
            action: "generate",
            status: match self.status {
                Status::Queued => "QUEUED",
                Status::Running => "IN_PROGRESS",
                Status::Completed => "SUCCESS",
                Status::Failed => "FAILURE",
            },
            fail_reason: self.error.as_ref().map_or("", |error| &error.message),
            result_url: url,
            submit_time: self.created_at_s,
            start_time: started,
            finish_time: self.completed_at_s.unwrap_or_default(),
            progress: format!("{}%", self.progress.min(100)),
            data: Superset::of(self, url),
        };
        json(&Reply { code: "success", message: "", data: dto })
    }
}

#[derive(Serialize)]
struct Superset<'a> {
    #[serde(flatten)]
    keys: Keys<'a>,
    task_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata<'a>>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    url: &'a str,
}

impl<'a> Superset<'a> {
    fn of(film: &'a VideoResource, url: Option<&'a str>) -> Self {
        Self { keys: film.keys(), task_id: &film.id, metadata: url.map(|url| Metadata { url }) }
    }
}

/// Something of which there are lists.
pub trait Listed: Serialize {
    /// The id after which the next page begins.
    fn id(&self) -> &str;
}

impl Listed for VideoResource {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A page: `{"object":"list","data":[…],"first_id","last_id","has_more"}` (S). `has_more` is always there, because the Python
/// SDK goes on without it (V).
pub fn encode_list(page: &[impl Listed], has_more: bool) -> String {
    #[derive(Serialize)]
    struct Body<'a, T> {
        object: &'a str,
        data: &'a [T],
        first_id: Option<&'a str>,
        last_id: Option<&'a str>,
        has_more: bool,
    }
    let (first_id, last_id) = (page.first().map(Listed::id), page.last().map(Listed::id));
    json(&Body { object: "list", data: page, first_id, last_id, has_more })
}

/// The answer to a deletion: `{"id":…,"object":"video.deleted","deleted":true}` (S). `object` is [`VIDEO_DELETED`] or the
/// like of another resource.
pub fn encode_deleted(id: &str, object: &str) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        id: &'a str,
        object: &'a str,
        deleted: bool,
    }
    json(&Body { id, object, deleted: true })
}

/// What a deleted film is called (S).
pub const VIDEO_DELETED: &str = "video.deleted";

/// A character: `{"id":…,"name":…,"created_at":…}`, without `object` (S).
pub fn encode_character(id: &str, name: &str, created_at_s: i64) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        id: &'a str,
        name: &'a str,
        created_at: i64,
    }
    json(&Body { id, name, created_at: created_at_s })
}
