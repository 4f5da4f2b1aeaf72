//! The playground's scripts and style sheets, as they are embedded in the binary and sent.

use std::io::Write as _;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::http::part::Part;
use crate::http::router::plain;

/// Names below `/app/` and texts, gathered by `build.rs`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// A frame of the film that the first visit makes: `filmgate generate "A cute cat playing in a sunny garden" --clean`, after a second.
const STILL: (&str, &[u8]) = ("first.webp", include_bytes!("assets/first.webp"));

/// `GET /app/TAG/NAME`: under the tag of this very build a file stays what it is, so a browser asks for it once.
pub(super) async fn file(Part(path): Part, headers: HeaderMap) -> Response<Body> {
    let (asked, name) = path.split_once('/').unwrap_or_default();
    let place = FILES.iter().position(|(known, _)| *known == name);
    let packs = place.is_some()
        && headers
            .get(ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("gzip"));
    let body = match place {
        Some(place) if packs => Body::from(packed()[place].clone()),
        Some(place) => Body::from(FILES[place].1),
        None if name == STILL.0 => Body::from(STILL.1),
        None => return plain(StatusCode::NOT_FOUND, "There is no such file.\n"),
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("webp") => "image/webp",
        _ => "text/javascript; charset=utf-8",
    };
    let mut response = Response::new(body);
    let told = [
        (CONTENT_TYPE, kind),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A page of an earlier build asks under its tag, and is given what there is now.
        (CACHE_CONTROL, if asked == tag() { "public, max-age=31536000, immutable" } else { "no-store" }),
        (VARY, "accept-encoding"),
    ];
    let packing = packs.then_some((CONTENT_ENCODING, "gzip"));
    for (name, value) in told.into_iter().chain(packing) {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Where a file of this build is found.
pub(super) fn address(name: &str) -> String {
    format!("/app/{}/{name}", tag())
}

/// The style sheets that these modules ask for, so that they come with the page.
pub(super) fn styles(modules: &[String]) -> Vec<String> {
    let texts = modules.iter().map(|name| text(name));
    let named =
        texts.flat_map(|text| text.split("style(\"").skip(1)).filter_map(|rest| rest.split('"').next());
    let mut found: Vec<String> = named.map(|name| format!("parts/{name}.css")).collect();
    found.sort();
    found.dedup();
    found
}

fn text(name: &str) -> &'static str {
    FILES.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

/// These modules, and all that they import by themselves or by others.
pub(super) fn with_imports(names: &[String]) -> Vec<String> {
    let mut found = names.to_vec();
    let mut next = 0;
    while let Some(name) = found.get(next).cloned() {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = text(&name);
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

/// One tag for all files: they belong together.
fn tag() -> &'static str {
    static TAG: OnceLock<String> = OnceLock::new();
    TAG.get_or_init(|| {
        let hash = FILES.iter().fold(Sha256::new(), |hash, (_, text)| hash.chain_update(text));
        hex::encode(&hash.chain_update(STILL.1).finalize()[..8])
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
    use super::{FILES, STILL, packed, styles, with_imports};

    #[test]
    fn a_page_names_every_module_that_it_imports() {
        let modules = with_imports(&["pages/task.js".to_owned(), "words/zh.js".to_owned()]);
        for name in ["dom.js", "api.js", "shell.js", "words.js", "words/zh/task.js"] {
            assert!(modules.iter().any(|module| module == name), "{name} of {modules:?}");
        }
        assert!(!modules.iter().any(|module| module.starts_with("words/en")), "{modules:?}");
    }

    #[test]
    fn a_page_names_the_style_sheets_of_its_modules() {
        let modules = with_imports(&["pages/credits.js".to_owned()]);
        assert_eq!(styles(&modules), ["parts/pages.css"]);
        for name in styles(&FILES.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>()) {
            assert!(FILES.iter().any(|(known, _)| *known == name), "there is no {name}");
        }
    }

    #[test]
    fn everything_that_pages_can_load_is_small_on_its_way() {
        let bytes: usize = packed().iter().map(bytes::Bytes::len).sum();
        let bytes = bytes + STILL.1.len();
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
