//! The playground's scripts and style sheets, as they are embedded in the binary and sent.

use std::io::Write as _;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::http::part::Part;
use crate::http::router::plain;

/// Names below `/app/` and texts, gathered by `build.rs`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /app/{name}`: what a browser has already is not sent again, and an update is seen at once.
pub(super) async fn file(Part(name): Part, headers: HeaderMap) -> Response<Body> {
    let Some(place) = FILES.iter().position(|(known, _)| *known == name) else {
        return plain(StatusCode::NOT_FOUND, "There is no such file.\n");
    };
    let says = |name, word: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(word))
    };
    let tag = tag();
    let mut response = Response::new(Body::empty());
    let is_known = says(IF_NONE_MATCH, tag);
    let is_packed = !is_known && says(ACCEPT_ENCODING, "gzip");
    match (is_known, is_packed) {
        (true, _) => *response.status_mut() = StatusCode::NOT_MODIFIED,
        (false, true) => *response.body_mut() = Body::from(packed()[place].clone()),
        (false, false) => *response.body_mut() = Body::from(FILES[place].1),
    }
    let kind = if name.ends_with(".css") { "text/css" } else { "text/javascript" };
    let kind = format!("{kind}; charset=utf-8");
    let told = [
        (CONTENT_TYPE, kind.as_str()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-cache"),
        (VARY, "accept-encoding"),
        (ETAG, tag),
    ];
    let packing = is_packed.then_some((CONTENT_ENCODING, "gzip"));
    for (name, value) in told.into_iter().chain(packing) {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// These modules, and all that they import by themselves or by others.
pub(super) fn with_imports(names: &[String]) -> Vec<String> {
    let mut found = names.to_vec();
    let mut next = 0;
    while let Some(name) = found.get(next).cloned() {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = FILES.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text);
        let named = text.split("from \"").skip(1).chain(text.split("import \"").skip(1));
        for path in named.filter_map(|rest| rest.split('"').next()).filter(|path| path.starts_with('.')) {
            let path = resolved(folder, path);
            if !found.contains(&path) && FILES.iter().any(|(known, _)| *known == path) {
                found.push(path);
            }
        }
        next += 1;
    }
    found
}

/// A relative path such as `../dom.js`, seen from a folder.
fn resolved(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// One tag for all files: they belong together. It is weak, because it stands for both encodings.
fn tag() -> &'static str {
    static TAG: OnceLock<String> = OnceLock::new();
    TAG.get_or_init(|| {
        let hash = FILES.iter().fold(Sha256::new(), |hash, (_, text)| hash.chain_update(text));
        format!("W/\"{}\"", hex::encode(&hash.finalize()[..16]))
    })
}

/// All files as browsers are sent them, in their order.
fn packed() -> &'static [Bytes] {
    static PACKED: OnceLock<Vec<Bytes>> = OnceLock::new();
    PACKED.get_or_init(|| FILES.iter().map(|(_, text)| gzip(text.as_bytes())).collect())
}

fn gzip(text: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Memory takes everything, so that neither can fail.
    drop(encoder.write_all(text));
    encoder.finish().unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::{FILES, packed, with_imports};

    #[test]
    fn a_page_names_every_module_that_it_imports() {
        let modules = with_imports(&["pages/task.js".to_owned(), "words/zh.js".to_owned()]);
        for name in ["dom.js", "api.js", "shell.js", "words.js", "theme.js", "words/zh/task.js"] {
            assert!(modules.iter().any(|module| module == name), "{name} of {modules:?}");
        }
        assert!(!modules.iter().any(|module| module.starts_with("words/en")), "{modules:?}");
    }

    #[test]
    fn everything_that_pages_can_load_is_small_on_its_way() {
        let bytes: usize = packed().iter().map(bytes::Bytes::len).sum();
        assert!(bytes < 150 * 1024, "the playground sends {bytes} bytes");
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
