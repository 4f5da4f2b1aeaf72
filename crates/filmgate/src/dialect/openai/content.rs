//! `GET /v1/videos/{id}/content`: the film itself, with ranges, as its link serves it, and pictures of it.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Method, Response};
use filmgate_domain::scenario::Scenario;
use filmgate_domain::task::{CopyKind, Film, Phase};
use filmgate_providers::stills::Still;
use filmgate_store::Record;
use filmgate_wire::openai::server::{ApiError, Variant};

use super::refuse::{self, Refused};
use super::{Pairs, Shared, caller, find, pairs, resource, respond};
use crate::app::App;
use crate::http::files;
use crate::http::part::Part;
use crate::service::stills::{self, NoStill};

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
    played(&record)?;
    match variant {
        Variant::Video => files::send(app, &film, (method, headers)).await.ok_or_else(gone),
        Variant::Thumbnail => painted(app, (&record, &film), (Still::Frame, "image/webp")).await,
        Variant::Spritesheet => painted(app, (&record, &film), (Still::Sheet, "image/jpeg")).await,
    }
}

/// What the emulator was asked to play in place of the film.
fn played(record: &Record) -> Result<(), ApiError> {
    let (code, text) = match record.request.scenario {
        Some(Scenario::NoUrl) => {
            ("no_content", "This video is completed and has no content, as its scenario no-url asked for.")
        }
        Some(Scenario::ExpiredUrl) => {
            ("expired", "The content of this video has expired, as its scenario expired-url asked for.")
        }
        _ => return Ok(()),
    };
    Err(ApiError { code: Some(code), ..ApiError::not_found(text) }.about("video_id"))
}

async fn painted(
    app: &App,
    film: (&Record, &Film),
    (still, media_type): (Still, &'static str),
) -> Result<Response<Body>, Refused> {
    let bytes = stills::picture(app, film, still).await.map_err(|why| {
        let text = match why {
            NoStill::Failed(failure) => failure.text,
            NoStill::MadeElsewhere => "There is no picture of this video: filmgate paints pictures of its own studio's films, and does \
                                       not decode those of other upstreams. Download the video itself."
                .to_owned(),
        };
        ApiError { code: Some("variant_not_available"), ..ApiError::not_found(text) }.about("variant")
    })?;
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
