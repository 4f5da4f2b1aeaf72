//! How a visitor wants pages to look: language and theme, from cookies that say nothing else.

use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// What pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

/// What a visitor has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// The chosen language, else the first of the browser's that there is.
    pub(super) language: Language,
    /// The chosen theme; without one the system's stands.
    pub(super) theme: Option<&'static str>,
}

impl Look {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let language = match cookie(headers, "filmgate_language") {
            Some("zh") => Language::Chinese,
            Some("en") => Language::English,
            _ => wished(headers),
        };
        let chosen = cookie(headers, "filmgate_theme");
        let theme = ["light", "dark"].into_iter().find(|theme| chosen == Some(theme));
        Self { language, theme }
    }
}

fn wished(headers: &HeaderMap) -> Language {
    let known = texts(headers, ACCEPT_LANGUAGE, ',').find_map(|wish| match wish.get(..2) {
        Some("zh") => Some(Language::Chinese),
        Some("en") => Some(Language::English),
        _ => None,
    });
    known.unwrap_or(Language::English)
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut pairs = texts(headers, COOKIE, ';').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(known, value)| (known == name).then_some(value))
}

/// The parts of a header's values, without those that are no text: a page of any other server on this host may have put a cookie
/// of strange bytes beside ours.
pub(crate) fn texts(headers: &HeaderMap, name: HeaderName, between: char) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).iter().map(HeaderValue::as_bytes);
    let parts = values.flat_map(move |bytes| bytes.split(move |byte| char::from(*byte) == between));
    parts.filter_map(|part| str::from_utf8(part).ok()).map(str::trim)
}

impl Language {
    pub(super) fn tag(self) -> &'static str {
        self.pick(("en", "zh-Hans"))
    }

    /// The first of what is said in English and in Chinese, or the second.
    pub(super) fn pick<T>(self, (english, chinese): (T, T)) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }
}
