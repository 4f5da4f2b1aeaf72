//! `GET /v1/videos/{id}/content`: the film itself, with ranges, as its link serves it, and pictures of it.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method, Response};
use filmgate_domain::route::STUDIO;
use filmgate_domain::task::{CopyKind, Film, Phase};
use filmgate_providers::stills::{self, Still};
use filmgate_store::Record;
use filmgate_wire::openai::server::{ApiError, Variant};

use super::refuse::{self, Refused};
use super::{Pairs, Shared, caller, find, pairs, resource, respond};
use crate::app::App;
use crate::http::files;
use crate::http::part::Part;

pub(super) async fn content(
    State(app): Shared,
    method: Method,
    Part(id): Part,
    query: Pairs,
    headers: HeaderMap,
) -> Response<Body> {
    respond(sent(&app, (&id, &pairs(query)), (&method, &headers)).await)
}

async fn sent(
    app: &App,
    (id, query): (&str, &[(String, String)]),
    (method, headers): (&Method, &HeaderMap),
) -> Result<Response<Body>, Refused> {
    let caller = caller(app, headers)?;
    let record = find(app, &caller, id)?;
    let variant = query.iter().find(|(name, _)| name == "variant");
    let variant = Variant::of(variant.map(|(_, word)| word.as_str())).map_err(ApiError::from)?;
    let film = whole(app, &record)?;
    match variant {
        Variant::Video => files::send(app, &film, (method, headers)).await.ok_or_else(gone),
        Variant::Thumbnail => painted(app, (&record, &film), (Still::Frame, "webp", "image/webp")).await,
        Variant::Spritesheet => painted(app, (&record, &film), (Still::Sheet, "jpg", "image/jpeg")).await,
    }
}

/// A picture of a film: painted at the first call, found beside the film at every later one.
async fn painted(
    app: &App,
    (record, film): (&Record, &Film),
    (still, ending, media_type): (Still, &str, &'static str),
) -> Result<Response<Body>, Refused> {
    if record.task.upstream != STUDIO {
        let text = "There is no picture of this video: filmgate paints pictures of its own studio's films, and does not decode \
                    those of other upstreams. Download the video itself.";
        return Err(ApiError { code: Some("variant_not_available"), ..ApiError::not_found(text) }
            .about("variant")
            .into());
    }
    let path = app.films.path(&film.key).with_extension(ending);
    let _painting = match tokio::fs::try_exists(&path).await {
        Ok(true) => None,
        _ => Some(app.painting.lock().await),
    };
    let bytes = match tokio::fs::read(&path).await {
        Ok(bytes) => bytes,
        Err(_) => {
            let bytes = stills::paint(&app.pictures, &record.request, still).await.map_err(|why| {
                ApiError { code: Some("variant_not_available"), ..ApiError::not_found(why.text) }
                    .about("variant")
            })?;
            // A picture that cannot be kept is painted again.
            if let Err(error) = app.films.keep_still(&film.key, ending, &bytes) {
                tracing::warn!(%error, "a picture of a film could not be kept");
            }
            bytes
        }
    };
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}

/// The film to show: of an extension the film that holds its source, too.
pub(super) fn whole(app: &App, record: &Record) -> Result<Film, Refused> {
    let Some(film) = &record.film else { return Err(not_there(app, record)) };
    let copies = app.store.copies(record.seq).map_err(|error| refuse::store(&error))?;
    let joined = copies.into_iter().find(|(kind, _)| *kind == CopyKind::Joined);
    let key = joined.and_then(|(_, key)| hex::decode(key).ok()?.try_into().ok());
    let joined = key.map(|key| app.store.film(key)).transpose().map_err(|error| refuse::store(&error))?;
    Ok(joined.flatten().unwrap_or_else(|| film.clone()))
}

/// 404, because the SDKs would send the request again and again after 409.
fn not_there(app: &App, record: &Record) -> Refused {
    let video = resource::of(app, record);
    let text = match (&record.task.phase, &video.error) {
        (Phase::Failed(_) | Phase::Cancelled, Some(error)) => {
            format!("Video '{}' has no content: it failed. {}", video.id, error.message)
        }
        _ => format!(
            "Video '{}' is not ready: its status is {} ({} %). Retrieve it until the status is completed.",
            video.id,
            video.status.word(),
            video.progress
        ),
    };
    ApiError { code: Some("video_not_ready"), ..ApiError::not_found(text) }.about("video_id").into()
}

fn gone() -> Refused {
    ApiError::not_found("The film of this video is no longer stored.").about("video_id").into()
}
