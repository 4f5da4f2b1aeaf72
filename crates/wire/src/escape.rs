//! Two ways to write foreign text: percent-encoded in an address, and bytes as a data URL.

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
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = format!("data:{content_type};base64,");
    out.reserve(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            // A chunk of n bytes fills n + 1 letters.
            let letter = if at > chunk.len() { b'=' } else { LETTERS[(bits >> (18 - 6 * at) & 63) as usize] };
            out.push(char::from(letter));
        }
    }
    out
}
