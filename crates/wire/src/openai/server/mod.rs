//! OpenAI's `/v1/videos` and `/v1/webhook_endpoints` as our server speaks them: what clients send, and what they get.
//!
//! | module | bytes |
//! |---|---|
//! | [`create`], [`reference`](mod@reference) | `POST /videos` and the pictures in it |
//! | [`follow`] | `POST /videos/{id}/remix`, `/videos/edits`, `/videos/extensions`, `/videos/characters` |
//! | [`page`] | the query of `GET /videos` and of `GET /videos/{id}/content` |
//! | [`resource`] | films, lists, deletions, characters, and new-api's superset |
//! | [`webhook`] | endpoints, and the events that are sent to them |
//! | [`models`] | the list of models |
//! | [`error`] | the error envelope |
//!
//! Every request is read in two steps: [`form::read`](crate::form::read) makes a tree of the body, whether it is a form or
//! JSON, and the `of` of its type takes the fields out of it.

pub mod create;
pub mod error;
pub mod follow;
pub mod models;
pub mod page;
pub mod reference;
pub mod resource;
pub mod webhook;

pub use create::{CreateVideo, Extras};
pub use error::{ApiError, SHOULD_RETRY};
pub use follow::{CreateCharacter, EditVideo, ExtendVideo, RemixVideo, VideoRef};
pub use models::{ModelResource, encode_models};
pub use page::{Page, Variant};
pub use reference::Reference;
pub use resource::{
    Listed, POLL_AFTER_MS, VIDEO_DELETED, VideoError, VideoResource, encode_character, encode_deleted,
    encode_list,
};
pub use webhook::{
    CreateEndpoint, ENDPOINT_DELETED, EndpointResource, EventType, RotateSecret, TestEndpoint,
    UpdateEndpoint, encode_event, encode_event_types, encode_tested,
};
