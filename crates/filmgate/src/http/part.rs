//! The part of a path that names something, such as a video's id.

use std::convert::Infallible;

use axum::extract::{FromRequestParts, Path};
use axum::http::request;

/// The named part, decoded. Bytes that are no UTF-8 become a character that no name of ours holds, so that each handler says in its
/// own form that there is no such thing.
pub(crate) struct Part(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Part {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut request::Parts, state: &S) -> Result<Self, Infallible> {
        let read = Path::<String>::from_request_parts(parts, state).await;
        Ok(Self(read.map_or_else(|_| char::REPLACEMENT_CHARACTER.to_string(), |Path(text)| text)))
    }
}
