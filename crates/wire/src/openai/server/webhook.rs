//! `/v1/webhook_endpoints`: what the SDKs send to it (V, recordings 216 to 223), what it answers, and the events themselves.

use serde::{Serialize, Serializer};

use crate::form::take::Fault;
use crate::form::{Fields, Reading, Wrong};
use crate::openai::server::resource::Listed;
use crate::value::json;

/// What an endpoint may hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventType {
    /// The film is there (V).
    Completed,
    /// There will be no film (V).
    Failed,
    /// A film came after its task had ended without one (ours; the SDKs accept any word).
    Late,
}

impl EventType {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Completed, Self::Failed, Self::Late];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Completed => "video.completed",
            Self::Failed => "video.failed",
            Self::Late => "task.late",
        }
    }

    /// Reads the word; `None` for another one, of which OpenAI has many that are not about films.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.word() == word)
    }

    fn read(field: &str, word: &str) -> Result<Self, Wrong> {
        let all = || Self::ALL.map(Self::word).join(", ");
        Self::of(word).ok_or_else(|| Wrong::not(field, format!("one of {}", all())))
    }
}

impl Serialize for EventType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// `POST /webhook_endpoints`; all three are required (V).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateEndpoint {
    /// For people; not empty.
    pub name: String,
    /// Where to deliver; as written, not checked further.
    pub url: String,
    /// At least one, each once.
    pub event_types: Vec<EventType>,
}

/// `POST /webhook_endpoints/{id}`: what is given replaces what was there (V).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpdateEndpoint {
    /// For people; not empty.
    pub name: Option<String>,
    /// Where to deliver.
    pub url: Option<String>,
    /// The whole new list.
    pub event_types: Option<Vec<EventType>>,
}

/// `POST /webhook_endpoints/{id}/rotate_secret`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RotateSecret {
    /// `keep_old_secret_active_for_24_hours`; false when absent (V).
    pub keeps_old: bool,
}

/// `POST /webhook_endpoints/{id}/test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestEndpoint {
    /// Which event to send.
    pub event_type: EventType,
}

impl UpdateEndpoint {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let (name, url) = (fields.text("name")?, fields.text("url")?);
        let event_types = match fields.texts("event_types")? {
            Some(words) if words.is_empty() => {
                return Err(Wrong::not("event_types", "at least one event type"));
            }
            Some(words) => {
                let mut types = Vec::new();
                for word in words {
                    let event = EventType::read("event_types", &word)?;
                    if !types.contains(&event) {
                        types.push(event);
                    }
                }
                Some(types)
            }
            None => None,
        };
        fields.finish(reading, None)?;
        Ok(Self { name, url, event_types })
    }
}

impl CreateEndpoint {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let UpdateEndpoint { name, url, event_types } = UpdateEndpoint::of(fields, reading)?;
        let missing = |field: &str| Wrong { field: field.to_owned(), fault: Fault::Missing };
        Ok(Self {
            name: name.ok_or_else(|| missing("name"))?,
            url: url.ok_or_else(|| missing("url"))?,
            event_types: event_types.ok_or_else(|| missing("event_types"))?,
        })
    }
}

impl RotateSecret {
    /// Reads the request, whose body may be empty.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let keeps_old = fields.flag("keep_old_secret_active_for_24_hours")?.unwrap_or_default();
        fields.finish(reading, None)?;
        Ok(Self { keeps_old })
    }
}

impl TestEndpoint {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn of(mut fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let word = fields.text_of("event_type", 1..=100)?;
        fields.finish(reading, None)?;
        Ok(Self { event_type: EventType::read("event_type", &word)? })
    }
}

/// An endpoint as the API shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointResource {
    /// Opaque; the recordings have `we_1`.
    pub id: String,
    /// Unix seconds.
    pub created_at_s: i64,
    /// Unix seconds of the last change of the endpoint or its secret; the creation counts as one (V).
    pub updated_at_s: i64,
    /// For people.
    pub name: String,
    /// Where to deliver.
    pub url: String,
    /// What it hears of.
    pub event_types: Vec<EventType>,
    /// The secret, masked, such as `whsec_…k3v9`.
    pub signing_secret_hint: Option<String>,
}

#[derive(Serialize)]
struct Keys<'a> {
    id: &'a str,
    object: &'a str,
    created_at: i64,
    updated_at: i64,
    name: &'a str,
    url: &'a str,
    event_types: &'a [EventType],
    signing_secret_hint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signing_secret: Option<&'a str>,
}

impl EndpointResource {
    fn keys<'a>(&'a self, signing_secret: Option<&'a str>) -> Keys<'a> {
        Keys {
            id: &self.id,
            object: "webhook_endpoint",
            created_at: self.created_at_s,
            updated_at: self.updated_at_s,
            name: &self.name,
            url: &self.url,
            event_types: &self.event_types,
            signing_secret_hint: self.signing_secret_hint.as_deref(),
            signing_secret,
        }
    }

    /// The reply's body, with the whole secret only where it was made: at the creation and after a rotation (V).
    pub fn encode(&self, signing_secret: Option<&str>) -> String {
        json(&self.keys(signing_secret))
    }
}

impl Serialize for EndpointResource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.keys(None).serialize(serializer)
    }
}

impl Listed for EndpointResource {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What a deleted endpoint is called in [`encode_deleted`](crate::openai::server::encode_deleted) (V).
pub const ENDPOINT_DELETED: &str = "webhook_endpoint.deleted";

/// The answer to a test that reached the endpoint, whatever it said; `success` is always true (V). A test that did not reach
/// it is an [`ApiError`](crate::openai::server::ApiError).
pub fn encode_tested(endpoint_id: &str, event_type: EventType, status_code: u16) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        object: &'a str,
        event_type: EventType,
        status_code: u16,
        success: bool,
        webhook_endpoint_id: &'a str,
    }
    json(&Body {
        object: "webhook_endpoint.test",
        event_type,
        status_code,
        success: true,
        webhook_endpoint_id: endpoint_id,
    })
}

/// `GET /webhook_event_types`: `{"object":"list","data":["video.completed",…]}` (V).
pub fn encode_event_types() -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        object: &'a str,
        data: [EventType; 3],
    }
    json(&Body { object: "list", data: EventType::ALL })
}

/// The body of an event. It names the film and nothing else, so that its receiver reads the film with its own key (S for the
/// shape of OpenAI's other events; V that both SDKs' `unwrap` reads `type` and `data.id`).
pub fn encode_event(id: &str, created_at_s: i64, event_type: EventType, video_id: &str) -> String {
    #[derive(Serialize)]
    struct Data<'a> {
        id: &'a str,
    }
    #[derive(Serialize)]
    struct Body<'a> {
        id: &'a str,
        object: &'a str,
        created_at: i64,
        #[serde(rename = "type")]
        event_type: EventType,
        data: Data<'a>,
    }
    json(&Body { id, object: "event", created_at: created_at_s, event_type, data: Data { id: video_id } })
}
