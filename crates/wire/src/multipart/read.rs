//! A `multipart/form-data` body in memory, cut into its parts without copying their bytes.

use std::borrow::Cow;
use std::fmt;

use crate::escape::unpercent;

/// One part of a form as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received<'a> {
    /// The field, such as `input_reference[image_url]`.
    pub name: String,
    /// The name of a file. A part is a file if and only if it has one: aiohttp sends `Content-Type: text/plain` with each
    /// text (V, recording 215), and the official Python SDK sends raw bytes as `upload` (V, recording 204).
    pub file_name: Option<String>,
    /// Its own `Content-Type`.
    pub content_type: Option<String>,
    /// All of it.
    pub bytes: &'a [u8],
}

/// Why a body is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The `Content-Type` names no boundary, or one that RFC 2046 does not allow.
    Boundary,
    /// The boundary does not occur in the body.
    NoPart,
    /// The body ends before the closing boundary.
    Truncated,
    /// The head of a part cannot be read; what is wrong with it.
    Head(&'static str),
    /// More than [`PARTS_MAX`] parts.
    TooMany,
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boundary => {
                out.write_str("the Content-Type of the form has no valid boundary (1 to 70 characters)")
            }
            Self::NoPart => out.write_str("the body does not hold the boundary that its Content-Type names"),
            Self::Truncated => {
                out.write_str("the form ends before its closing boundary; it did not arrive whole")
            }
            Self::Head(what) => write!(out, "a part of the form has {what}"),
            Self::TooMany => write!(out, "the form has more than {PARTS_MAX} parts"),
        }
    }
}

/// The most parts of one form; the longest create that is known has about thirty (ours).
pub const PARTS_MAX: usize = 256;
/// The most bytes of the head of one part (ours).
const HEAD_BYTES_MAX: usize = 8 * 1024;
const STRETCH: usize = 64;

/// The boundary in a `Content-Type` whose media type is `multipart/form-data`; `None` for another type.
///
/// # Errors
///
/// [`Broken::Boundary`] where such a type has none.
pub fn boundary_of(content_type: &str) -> Option<Result<String, Broken>> {
    let (media_type, parameters) = content_type.split_once(';').unwrap_or((content_type, ""));
    if !media_type.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = Parameters(parameters).find(|(name, _)| name.eq_ignore_ascii_case("boundary"));
    let is_valid = |boundary: &String| {
        (1..=70).contains(&boundary.len()) && boundary.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    };
    Some(boundary.map(|(_, value)| value.into_owned()).filter(is_valid).ok_or(Broken::Boundary))
}

/// The parts in their order. What stands before the first boundary and after the last one is ignored (RFC 2046).
///
/// # Errors
///
/// See [`Broken`]; the first fault in reading order.
pub fn read<'a>(boundary: &str, body: &'a [u8]) -> Result<Vec<Received<'a>>, Broken> {
    let delimiter = format!("\r\n--{boundary}");
    // The first boundary may open the body, without a line end before it.
    let mut rest = match body.strip_prefix(&delimiter.as_bytes()[2..]).filter(|rest| ends_line(rest)) {
        Some(rest) => rest,
        None => split(body, delimiter.as_bytes()).ok_or(Broken::NoPart)?.1,
    };
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        if parts.len() == PARTS_MAX {
            return Err(Broken::TooMany);
        }
        let line_end = find(rest, b"\r\n").ok_or(Broken::Truncated)?;
        let part = &rest[line_end..];
        let head_end = find(&part[..part.len().min(HEAD_BYTES_MAX)], b"\r\n\r\n");
        let head_end = head_end.ok_or(match part.len() > HEAD_BYTES_MAX {
            true => Broken::Head("a head that is too long"),
            false => Broken::Truncated,
        })?;
        // The line end of the head's last line may be the one before the boundary, when the part is empty.
        let (bytes, after) = split(&part[head_end + 2..], delimiter.as_bytes()).ok_or(Broken::Truncated)?;
        let Some(bytes) = bytes.strip_prefix(b"\r\n") else {
            return Err(Broken::Head("no empty line after its head"));
        };
        parts.push(part_of(&part[..head_end], bytes)?);
        rest = after;
    }
}

/// What stands before the first delimiter that ends its line, and what follows it.
fn split<'a>(bytes: &'a [u8], delimiter: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut from = 0;
    loop {
        let at = from + find(&bytes[from..], delimiter)?;
        let after = &bytes[at + delimiter.len()..];
        if ends_line(after) {
            return Some((&bytes[..at], after));
        }
        from = at + delimiter.len();
    }
}

/// Whether a boundary ends here: a longer word that begins with it is content.
fn ends_line(after: &[u8]) -> bool {
    let blanks = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    // A body that was cut right here is told as truncated, not as content.
    after.starts_with(b"--") || after[blanks..].starts_with(b"\r\n") || after.len() - blanks < 2
}

/// The place of the first occurrence. Both needles begin with `\r`, which is rare in pictures and films.
fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, mut from) = (*needle.first()?, 0);
    loop {
        // To ask for a byte in a stretch of bytes is several times as fast as to look at each one.
        let without = |stretch: &&[u8]| !stretch.contains(&first);
        from += bytes[from..].chunks(STRETCH).take_while(without).map(<[u8]>::len).sum::<usize>();
        let at = from + bytes[from..].iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn part_of<'a>(head: &[u8], bytes: &'a [u8]) -> Result<Received<'a>, Broken> {
    let head = std::str::from_utf8(head).map_err(|_| Broken::Head("a head that is not UTF-8"))?;
    let (mut name, mut file_name, mut content_type) = (None, None, None);
    for line in lines(head).filter(|line| !line.is_empty()) {
        let (header, value) =
            line.split_once(':').ok_or(Broken::Head("a line without a colon in its head"))?;
        let is = |known: &str| header.trim().eq_ignore_ascii_case(known);
        if is("content-disposition") {
            let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
            if !kind.trim().eq_ignore_ascii_case("form-data") {
                return Err(Broken::Head("a Content-Disposition other than form-data"));
            }
            for (parameter, value) in Parameters(parameters) {
                let is = |known: &str| parameter.eq_ignore_ascii_case(known);
                if is("name") {
                    name = Some(unquoted(value));
                } else if is("filename") {
                    file_name = file_name.or_else(|| Some(unquoted(value)));
                } else if is("filename*") {
                    // RFC 5987, which older clients use for names that are not ASCII; it goes first (RFC 6266).
                    file_name = Some(extended(&value));
                }
            }
        } else if is("content-type") {
            content_type = Some(value.trim().to_owned());
        } else if is("content-transfer-encoding")
            && !["binary", "8bit", "7bit"].iter().any(|known| value.trim().eq_ignore_ascii_case(known))
        {
            return Err(Broken::Head("a Content-Transfer-Encoding, which forms no longer have (RFC 7578)"));
        }
    }
    let name = name.filter(|name| !name.is_empty()).ok_or(Broken::Head("no name"))?;
    Ok(Received { name, file_name, content_type, bytes })
}

/// The lines of a head. A lone `\n` ends none: names of files hold it.
fn lines(mut head: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let end = find(head.as_bytes(), b"\r\n");
        let line = head.get(..end.unwrap_or(head.len())).filter(|_| !head.is_empty())?;
        head = end.and_then(|end| head.get(end + 2..)).unwrap_or_default();
        Some(line)
    })
}

/// Undoes what the writer and browsers do to quotes and line ends (WHATWG HTML); other percent signs stay.
fn unquoted(text: Cow<'_, str>) -> String {
    match text.contains('%') {
        true => text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"),
        false => text.into_owned(),
    }
}

/// `UTF-8''na%C3%AFve.png` (RFC 5987).
fn extended(text: &str) -> String {
    unpercent(text.rsplit('\'').next().unwrap_or_default())
}

/// The parameters of a header, `; name=value` or `; name="value"`, as far as they can be read.
struct Parameters<'a>(&'a str);

impl<'a> Iterator for Parameters<'a> {
    type Item = (&'a str, Cow<'a, str>);

    fn next(&mut self) -> Option<Self::Item> {
        let (name, rest) = self.0.split_once('=')?;
        let name = name.trim_matches([' ', '\t', ';']);
        let rest = rest.trim_start();
        let Some(quoted) = rest.strip_prefix('"') else {
            let (value, rest) = rest.split_once(';').unwrap_or((rest, ""));
            self.0 = rest;
            return Some((name, value.trim().into()));
        };
        // Most names hold nothing that must be undone.
        if let Some((value, rest)) = quoted.split_once('"').filter(|(value, _)| !value.contains('\\')) {
            self.0 = rest;
            return Some((name, value.into()));
        }
        let (mut value, mut letters) = (String::new(), quoted.chars());
        while let Some(letter) = letters.next() {
            let rest = letters.as_str();
            match letter {
                '"' => break,
                // curl escapes a quote by a backslash; before any other letter, and in front of the last quote, it is
                // itself, as Windows' paths need it.
                '\\' if rest.strip_prefix('"').is_some_and(|rest| rest.contains('"')) => {
                    value.extend(letters.next());
                }
                letter => value.push(letter),
            }
        }
        self.0 = letters.as_str();
        Some((name, value.into()))
    }
}
