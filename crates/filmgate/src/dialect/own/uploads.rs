//! `POST /filmgate/v1/uploads`: a picture, as bytes or behind an address, becomes a link that creates take.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use filmgate_studio::{PictureError, PictureInfo, look_at};
use filmgate_wire::own::refused::Refused;
use filmgate_wire::own::upload::{FetchUpload, Upload};

use super::call::{self, Answer, Shared, caller, respond_with};
use crate::app::App;
use crate::service::uploads::{self, BYTES_MAX, UploadError};

/// The folder of the names that these files have.
const FOLDER: &str = "pictures";

/// `POST /filmgate/v1/uploads`
pub(super) async fn upload(State(app): Shared, request: Request) -> Response<Body> {
    respond_with(StatusCode::CREATED, kept(&app, request).await)
}

async fn kept(app: &App, request: Request) -> Answer<Upload> {
    let caller = caller(app, &request)?;
    uploads::admit(app, &caller).map_err(|error| refused(&error))?;
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let bytes = if kind.starts_with("application/json") {
        let FetchUpload { url } = call::body(request).await?;
        Bytes::from(uploads::fetch(app, &url).await.map_err(|error| refused(&error))?)
    } else {
        call::bytes(request, BYTES_MAX).await?
    };
    let looked = tokio::task::spawn_blocking(move || (look_at(&bytes), Vec::from(bytes))).await;
    let (info, bytes) = looked.map_err(|error| refused(&UploadError::Disk(std::io::Error::other(error))))?;
    let PictureInfo { width, height, .. } = info.map_err(|why| unfit(&why))?;
    let kept = uploads::keep(app, &caller, (FOLDER, None), bytes).await.map_err(|error| refused(&error))?;
    let row = kept.row;
    Ok(Upload { url: kept.link, mime: row.mime, bytes: row.bytes, width, height, expires_ms: row.expires.0 })
}

/// A picture that no create would take is refused here, where its owner still sees it.
fn unfit(why: &PictureError) -> Refused {
    let code = match why {
        PictureError::Unknown => "unknown_kind",
        PictureError::TooManyBytes { .. } | PictureError::TooManyPixels { .. } | PictureError::Broken(_) => {
            "unfit_picture"
        }
    };
    Refused::new(422, code, format!("The picture cannot be used: {why}. Nothing was kept."))
}

fn refused(error: &UploadError) -> Refused {
    let (status, code) = match error {
        UploadError::UnknownKind => (422, "unknown_kind"),
        UploadError::Unreachable => {
            return Refused::new(422, "unreachable", error.to_string()).about("url");
        }
        UploadError::TooLarge => (413, "too_large"),
        UploadError::TooMany => (429, "rate_limited"),
        UploadError::Disk(_) | UploadError::Store(_) => {
            tracing::error!(%error, source = ?std::error::Error::source(error), "an upload could not be kept");
            (503, "unavailable")
        }
    };
    Refused::new(status, code, error.to_string())
}
