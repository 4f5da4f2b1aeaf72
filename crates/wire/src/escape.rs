//! Two ways to write foreign text: percent-encoded in an address, and bytes as a data URL.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

/// Text as one path segment or one query value: everything but RFC 3986's unreserved characters is percent-encoded,
/// because ids are opaque and some hold `/`, `+` and `=`.
pub fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]);
        }
    }
    out
}

fn hex_digit(nibble: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(nibble)])
}

/// `data:image/png;base64,…` with padding (RFC 2397, RFC 4648).
pub(crate) fn data_url(content_type: &str, bytes: &[u8]) -> String {
    format!("data:{content_type};base64,{}", STANDARD.encode(bytes))
}

/// The media type of a data URL, if it names one, and its bytes; `None` where the text is no data URL or its base64 is
/// broken. Parameters of the type, such as a character set, are dropped.
pub fn parse_data_url(text: &str) -> Option<(Option<String>, Vec<u8>)> {
    let scheme = text.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:"))?;
    let (head, data) = text[scheme.len()..].split_once(',')?;
    let (head, is_base64) = match head.rsplit_once(';') {
        Some((head, word)) if word.trim().eq_ignore_ascii_case("base64") => (head, true),
        _ => (head, false),
    };
    let bytes = if is_base64 { parse_base64(data)? } else { percent_bytes(data) };
    let media_type = head.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some((Some(media_type).filter(|media_type| !media_type.is_empty()), bytes))
}

/// Base64 as clients write it: either alphabet, with or without padding, with line ends every 76 letters or none.
pub fn parse_base64(text: &str) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    const PLAIN: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
    let has_blanks = text.bytes().any(|byte| byte.is_ascii_whitespace());
    let text = match has_blanks {
        true => Cow::Owned(text.split_ascii_whitespace().collect::<String>()),
        false => Cow::Borrowed(text),
    };
    let engine = if text.contains(['-', '_']) { URL_SAFE } else { PLAIN };
    engine.decode(text.as_bytes()).ok()
}

/// Undoes [`percent`]. A `%` that no two hexadecimal digits follow is itself, and bytes that are no UTF-8 become `�`.
pub fn unpercent(text: &str) -> String {
    String::from_utf8_lossy(&percent_bytes(text)).into_owned()
}

fn percent_bytes(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        let byte = pair.filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = byte.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    bytes
}
