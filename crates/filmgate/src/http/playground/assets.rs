//! The playground's scripts and style sheets, as they are embedded in the binary.

use std::sync::OnceLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use sha2::{Digest as _, Sha256};

use crate::http::router::plain;

/// Names below `/app/` and texts, gathered by `build.rs`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /app/{name}`: what a browser has already is not sent again, and an update is seen at once.
pub(super) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response<Body> {
    let Some((name, text)) = FILES.iter().find(|(known, _)| *known == name) else {
        return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
    };
    let tag = tag();
    let is_known = headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = Response::new(if is_known { Body::empty() } else { Body::from(*text) });
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let kind =
        if name.ends_with(".css") { "text/css; charset=utf-8" } else { "text/javascript; charset=utf-8" };
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(ETAG, tag);
    }
    response
}

/// One tag for all files: they belong together.
fn tag() -> &'static str {
    static TAG: OnceLock<String> = OnceLock::new();
    TAG.get_or_init(|| {
        let hash = FILES.iter().fold(Sha256::new(), |hash, (_, text)| hash.chain_update(text));
        format!("\"{}\"", hex::encode(&hash.finalize()[..16]))
    })
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn everything_that_a_page_can_load_is_small() {
        let bytes: usize = FILES.iter().map(|(_, text)| text.len()).sum();
        assert!(bytes < 150 * 1024, "the playground has {bytes} bytes");
    }

    #[test]
    fn no_file_names_another_host() {
        for (name, text) in FILES {
            let hosts = text.match_indices("://").map(|(place, _)| {
                text[place + 3..]
                    .split(['/', '"', '\'', '`', ' ', ')', '<', '$', '{'])
                    .next()
                    .unwrap_or_default()
            });
            for host in hosts.filter(|host| !host.is_empty()) {
                let is_named =
                    ["www.w3.org", "example.com", "127.0.0.1", "127.0.0.1:2424", "…"].contains(&host);
                assert!(is_named, "{name}: {host}");
            }
        }
    }
}
