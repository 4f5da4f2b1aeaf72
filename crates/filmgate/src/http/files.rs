//! Films and clients' own files by their links: `GET` and `HEAD`, one `Range`, `ETag`; the link itself is the permission.

use std::io::SeekFrom;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Response, StatusCode};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tokio_util::io::ReaderStream;

use super::part::Part;
use super::router::plain;
use crate::app::App;
use crate::service::links::{self, Behind};
use crate::service::uploads;
use filmgate_domain::task::Film;

const CHUNK_BYTES: usize = 64 * 1024;

pub(super) async fn film(
    State(app): State<Arc<App>>,
    method: Method,
    Part(name): Part,
    headers: HeaderMap,
) -> Response<Body> {
    let film = match links::behind(&app, &name) {
        Ok(Behind::Film(film)) => film,
        Ok(Behind::Nothing) => return missing(),
        // What signed links answer elsewhere when they have died.
        Ok(Behind::Expired) => {
            let text = "This link has expired. POST /api/v1/common/download-url gives a fresh one.\n";
            return plain(StatusCode::FORBIDDEN, text);
        }
        Err(error) => {
            tracing::error!(%error, "a film's row could not be read");
            return plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The film cannot be read now; try again later.\n",
            );
        }
    };
    send(&app, &film, (&method, &headers)).await.unwrap_or_else(missing)
}

/// A stored film as an answer to a request; `None` if its file is gone.
pub(crate) async fn send(
    app: &App,
    film: &Film,
    (method, headers): (&Method, &HeaderMap),
) -> Option<Response<Body>> {
    let file = File::open(app.films.path(&film.key)).await.ok()?;
    let etag = format!("\"{}\"", hex::encode(film.sha256));
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if text(header::IF_NONE_MATCH).is_some_and(|known| matches_etag(known, &etag)) {
        return Some(with_headers(plain(StatusCode::NOT_MODIFIED, ""), &etag, None));
    }
    // A range of another version of the file must not be mixed with this one.
    let range = text(header::RANGE).filter(|_| text(header::IF_RANGE).is_none_or(|known| known == etag));
    let (status, first, length) = match range.map(|range| parse_range(range, film.bytes)) {
        None | Some(Range::Ignored) => (StatusCode::OK, 0, film.bytes),
        Some(Range::Part { first, last }) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Some(Range::Unsatisfiable) => {
            let response = plain(StatusCode::RANGE_NOT_SATISFIABLE, "");
            return Some(with_headers(response, &etag, Some(format!("bytes */{}", film.bytes))));
        }
    };
    let content_range = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| format!("bytes {first}-{}/{}", first + length - 1, film.bytes));
    let body = if *method == Method::HEAD { Body::empty() } else { stream(file, first, length).await };
    let mut response = with_headers(Response::new(body), &etag, content_range);
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    Some(response)
}

/// A client's own file. Browsers must take it for what we found it to be, and run nothing in it.
pub(super) async fn upload(State(app): State<Arc<App>>, Part(name): Part) -> Response<Body> {
    let key = name.split('.').next().unwrap_or_default();
    let row = match uploads::find(&app, key) {
        Ok(Some(row)) => row,
        Ok(None) => return missing(),
        Err(error) => {
            tracing::error!(%error, "an upload's row could not be read");
            return plain(
                StatusCode::INTERNAL_SERVER_ERROR,
                "The file cannot be read now; try again later.\n",
            );
        }
    };
    let Ok(file) = File::open(app.films.uploads().join(key)).await else { return missing() };
    let mut response = Response::new(stream(file, 0, row.bytes).await);
    let headers = response.headers_mut();
    if let Ok(mime) = HeaderValue::from_str(&row.mime) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(row.bytes));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    response
}

fn missing() -> Response<Body> {
    plain(StatusCode::NOT_FOUND, "There is no film behind this link.\n")
}

fn with_headers(mut response: Response<Body>, etag: &str, content_range: Option<String>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("video/mp4"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // A film never changes under its link.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable"));
    for (name, value) in [(header::ETAG, Some(etag.to_owned())), (header::CONTENT_RANGE, content_range)] {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

fn matches_etag(known: &str, etag: &str) -> bool {
    known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == etag || one == "*")
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// Something we do not serve in parts, such as several ranges: the whole file is a right answer.
    Ignored,
    Part {
        first: u64,
        last: u64,
    },
    Unsatisfiable,
}

fn parse_range(text: &str, bytes: u64) -> Range {
    let Some((from, to)) = text.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return Range::Ignored;
    };
    let last_byte = bytes.saturating_sub(1);
    match (from.parse::<u64>(), to.parse::<u64>()) {
        (Err(_), Ok(0)) if from.is_empty() => Range::Unsatisfiable,
        (Err(_), Ok(suffix)) if from.is_empty() => {
            Range::Part { first: bytes.saturating_sub(suffix), last: last_byte }
        }
        (Ok(first), _) if first > last_byte => Range::Unsatisfiable,
        (Ok(first), Err(_)) if to.is_empty() => Range::Part { first, last: last_byte },
        (Ok(first), Ok(last)) if first <= last => Range::Part { first, last: last.min(last_byte) },
        _ => Range::Ignored,
    }
}

/// Reads the part in chunks, so that a film is never in memory as a whole.
async fn stream(mut file: File, first: u64, length: u64) -> Body {
    if first > 0
        && let Err(error) = file.seek(SeekFrom::Start(first)).await
    {
        tracing::error!(%error, "a film could not be read");
        return Body::empty();
    }
    Body::from_stream(ReaderStream::with_capacity(file.take(length), CHUNK_BYTES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        let part = |first, last| Range::Part { first, last };
        for (text, range) in [
            ("bytes=0-0", part(0, 0)),
            ("bytes=2-5", part(2, 5)),
            ("bytes=2-", part(2, 9)),
            ("bytes=2-99", part(2, 9)),
            ("bytes=-3", part(7, 9)),
            ("bytes=-99", part(0, 9)),
            ("bytes=10-", Range::Unsatisfiable),
            ("bytes=-0", Range::Unsatisfiable),
            ("bytes=5-2", Range::Ignored),
            ("bytes=0-1,3-4", Range::Ignored),
            ("items=0-1", Range::Ignored),
            ("bytes=a-b", Range::Ignored),
        ] {
            assert_eq!(parse_range(text, 10), range, "{text}");
        }
    }
}
