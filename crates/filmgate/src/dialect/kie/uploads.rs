//! Kie's three uploads: a file in base64, behind an address, or in a form; its link works as a picture of a create.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::Response;
use axum::http::header::CONTENT_TYPE;
use filmgate_domain::request::Form;
use filmgate_wire::form::{self, Reading};
use filmgate_wire::kie::{Source, UploadRefusal, UploadRequest, Uploaded};

use super::call::{Shared, caller, reply};
use super::refuse;
use crate::app::App;
use crate::service::uploads::{self, BYTES_MAX, Kept, UploadError};

/// Base64 is a third larger than what it holds; a form is a little larger.
const BODY_BYTES_MAX: usize = BYTES_MAX / 3 * 4 + 64 * 1024;

/// How the file comes.
#[derive(Clone, Copy)]
enum Way {
    Base64,
    Url,
    Stream,
}

pub(crate) async fn base64(State(app): Shared, request: Request) -> Response<Body> {
    respond(upload(&app, request, Way::Base64).await)
}

pub(crate) async fn url(State(app): Shared, request: Request) -> Response<Body> {
    respond(upload(&app, request, Way::Url).await)
}

pub(crate) async fn stream(State(app): Shared, request: Request) -> Response<Body> {
    respond(upload(&app, request, Way::Stream).await)
}

fn respond(answer: Result<Uploaded, UploadRefusal>) -> Response<Body> {
    match answer {
        Ok(uploaded) => reply(uploaded.encode()),
        Err(refusal) if refusal.code == refuse::GARBAGE.code => super::refused(&refuse::GARBAGE),
        Err(refusal) => reply(refusal.encode()),
    }
}

async fn upload(app: &App, request: Request, way: Way) -> Result<Uploaded, UploadRefusal> {
    let caller = caller(app, request.headers(), Form::KieJobs).map_err(|refusal| match refusal.code {
        401 => UploadRefusal::KEY_REFUSED,
        code => UploadRefusal::new(code, refusal.msg),
    })?;
    uploads::admit(app, &caller).map_err(|error| refused(&error))?;
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    // A client that says nothing or something odd means JSON, unless it is a form.
    let content_type =
        content_type.filter(|told| told.starts_with("multipart/")).unwrap_or("application/json").to_owned();
    let body = to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|_| too_large())?;
    let reading = app.reading;
    // Millions of characters of base64 would keep everybody else waiting here.
    let read = tokio::task::spawn_blocking(move || read(&content_type, &body, (way, reading))).await;
    let (given, upload_path, file_name) =
        read.map_err(|_| UploadRefusal::new(500, "The file could not be read."))??;
    let bytes = match given {
        Given::Bytes(bytes) => bytes,
        Given::Link(link) => uploads::fetch(app, &link).await.map_err(|error| refused(&error))?,
    };
    let file_size = bytes.len() as u64;
    let kept = uploads::keep(app, &caller, (&upload_path, file_name.as_deref()), bytes)
        .await
        .map_err(|error| refused(&error))?;
    let Kept { row, link } = kept;
    Ok(Uploaded {
        file_name: row.path.rsplit('/').next().unwrap_or_default().to_owned(),
        file_path: row.path,
        download_url: link,
        file_size,
        mime_type: row.mime,
        uploaded_at_ms: row.created.0,
    })
}

/// A file, or where it is.
enum Given {
    Bytes(Vec<u8>),
    Link(String),
}

/// What a body holds, with the folder and the name that it is to have.
fn read(
    content_type: &str,
    body: &[u8],
    (way, reading): (Way, Reading),
) -> Result<(Given, String, Option<String>), UploadRefusal> {
    let fields = form::read(Some(content_type), body).map_err(UploadRefusal::from)?;
    let UploadRequest { source, upload_path, file_name } = match way {
        Way::Base64 => UploadRequest::base64(fields, reading),
        Way::Url => UploadRequest::url(fields, reading),
        Way::Stream => UploadRequest::stream(fields, reading),
    }?;
    let given = match source {
        Source::Bytes(upload) => Given::Bytes(upload.bytes.into_owned()),
        Source::Link(link) => Given::Link(link),
    };
    Ok((given, upload_path, file_name))
}

fn too_large() -> UploadRefusal {
    UploadRefusal::new(413, UploadError::TooLarge.to_string())
}

fn refused(error: &UploadError) -> UploadRefusal {
    let code = match error {
        UploadError::UnknownKind | UploadError::Unreachable => 400,
        UploadError::TooLarge => 413,
        UploadError::TooMany => 429,
        UploadError::Disk(_) | UploadError::Store(_) => {
            tracing::error!(%error, source = ?std::error::Error::source(&error), "an upload could not be kept");
            500
        }
    };
    UploadRefusal::new(code, error.to_string())
}
