//! Whether a file is a whole film, by the headers of its container alone.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use super::DownloadFault;

/// A film of an hour in fragments of a second has some thousands.
const BOXES_MAX: usize = 100_000;
/// Matroska and `WebM` begin with this (RFC 8794, 11.2.1).
const EBML: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];

/// Accepts MP4 and MOV whose boxes fill the file exactly, Matroska and `WebM`, and AVI of the length
/// that it names.
///
/// # Errors
/// `NotAFilm` says what was found instead; `Disk` if the file cannot be read.
pub(super) fn check(path: &Path) -> Result<(), DownloadFault> {
    check_bytes(File::open(path)?)
}

fn check_bytes(mut film: impl Read + Seek) -> Result<(), DownloadFault> {
    let length = film.seek(SeekFrom::End(0))?;
    film.rewind()?;
    let mut start = Vec::new();
    film.by_ref().take(16).read_to_end(&mut start)?;
    let flaw = match &*start {
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => flaw_of_boxes(film, length)?,
        [b'R', b'I', b'F', b'F', a, b, c, d, b'A', b'V', b'I', b' ', ..] => {
            let named = 8 + u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
            // A chunk of odd size is followed by a byte that it does not count.
            let fits = length == named || (named % 2 == 1 && length == named + 1);
            (!fits).then(|| format!("an AVI of {length} bytes that should have {named}"))
        }
        [a, b, c, d, ..] if [*a, *b, *c, *d] == EBML => None,
        other => Some(what_else(other)),
    };
    flaw.map_or(Ok(()), |flaw| Err(DownloadFault::NotAFilm(flaw)))
}

/// Walks the boxes at the top (ISO/IEC 14496-12, 4.2): each begins with its size, itself included, and its type.
fn flaw_of_boxes(mut film: impl Read + Seek, length: u64) -> io::Result<Option<String>> {
    let (mut has_index, mut has_media) = (false, false);
    let mut at = 0;
    for _ in 0..BOXES_MAX {
        let Some((size, kind)) = box_at(&mut film, at, length)? else {
            return Ok(Some(format!("an MP4 with a broken box at byte {at} of {length}")));
        };
        has_index |= kind == *b"moov";
        has_media |= kind == *b"mdat" || kind == *b"moof";
        match at.checked_add(size) {
            Some(end) if end < length => at = end,
            Some(end) if end == length => {
                return Ok(match (has_index, has_media) {
                    (true, true) => None,
                    (false, _) => Some("an MP4 without its index (moov)".to_owned()),
                    (true, false) => Some("an MP4 without pictures (mdat)".to_owned()),
                });
            }
            _ => return Ok(Some(format!("an MP4 that is cut at byte {length}"))),
        }
    }
    Ok(Some(format!("an MP4 of more than {BOXES_MAX} boxes")))
}

/// The size and the type of the box that begins at `at`, unless there is none.
fn box_at(film: &mut (impl Read + Seek), at: u64, length: u64) -> io::Result<Option<(u64, [u8; 4])>> {
    film.seek(SeekFrom::Start(at))?;
    let mut head = Vec::new();
    film.take(16).read_to_end(&mut head)?;
    let Some((&[a, b, c, d, k, i, n, e], rest)) = head.split_first_chunk() else { return Ok(None) };
    let (least, size) = match (u32::from_be_bytes([a, b, c, d]), rest.first_chunk()) {
        (0, _) => (8, length - at),
        (1, Some(size)) => (16, u64::from_be_bytes(*size)),
        (1, None) => return Ok(None),
        (size, _) => (8, size.into()),
    };
    Ok((size >= least).then_some((size, [k, i, n, e])))
}

/// What the beginning of something that is no film looks like.
fn what_else(start: &[u8]) -> String {
    match start.trim_ascii_start() {
        [] if start.is_empty() => "an empty file".to_owned(),
        [b'<', ..] => "a page of HTML or XML".to_owned(),
        [b'{' | b'[', ..] => "JSON".to_owned(),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => "a picture".to_owned(),
        _ => {
            let hex: Vec<_> = start.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("bytes of no kind that is known ({})", hex.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn boxed(kind: [u8; 4], content: usize) -> Vec<u8> {
        let size = u32::try_from(8 + content).unwrap();
        [&size.to_be_bytes()[..], &kind, &vec![7; content]].concat()
    }

    fn large(kind: [u8; 4], content: usize) -> Vec<u8> {
        [&1_u32.to_be_bytes()[..], &kind, &(16 + content as u64).to_be_bytes(), &vec![7; content]].concat()
    }

    fn to_the_end(kind: [u8; 4], content: usize) -> Vec<u8> {
        [&[0; 4][..], &kind, &vec![7; content]].concat()
    }

    fn avi(content: usize, named: usize) -> Vec<u8> {
        let named = u32::try_from(named).unwrap();
        [b"RIFF", &named.to_le_bytes()[..], b"AVI ", &vec![7; content]].concat()
    }

    fn flaw(film: &[u8]) -> Option<String> {
        match check_bytes(Cursor::new(film)) {
            Ok(()) => None,
            Err(DownloadFault::NotAFilm(flaw)) => Some(flaw),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn whole_films_are_accepted_however_their_boxes_are_written() {
        let ftyp = boxed(*b"ftyp", 16);
        for film in [
            [&ftyp[..], &boxed(*b"moov", 100), &boxed(*b"mdat", 1000)].concat(),
            [&ftyp[..], &boxed(*b"free", 0), &large(*b"mdat", 1000), &boxed(*b"moov", 100)].concat(),
            [&ftyp[..], &boxed(*b"moov", 100), &to_the_end(*b"mdat", 1000)].concat(),
            [&ftyp[..], &boxed(*b"moov", 9), &boxed(*b"moof", 9), &boxed(*b"mdat", 9)].concat(),
            [&EBML[..], b"whatever"].concat(),
            avi(50, 54),
            avi(52, 55),
        ] {
            assert_eq!(flaw(&film), None, "{:?}", &film[..12]);
        }
    }

    #[test]
    fn a_film_cut_at_any_byte_is_none() {
        let film =
            [boxed(*b"ftyp", 16), boxed(*b"moov", 30), large(*b"mdat", 30), boxed(*b"free", 3)].concat();
        assert_eq!(flaw(&film), None);
        for length in 0..film.len() {
            // What ends between two boxes of which the last is not needed cannot be told from a whole film.
            let ends_with_media = length == film.len() - 11;
            assert_eq!(flaw(&film[..length]).is_none(), ends_with_media, "{length}");
        }
        assert!(flaw(&[&film[..], b"x"].concat()).is_some());
    }

    #[test]
    fn what_is_no_film_is_named() {
        let ftyp = boxed(*b"ftyp", 16);
        for (bytes, found) in [
            (b"".to_vec(), "an empty file"),
            (b"\n<!doctype html><title>404</title>".to_vec(), "a page of HTML or XML"),
            (b"{\"error\":1}".to_vec(), "JSON"),
            (b"\x89PNG\r\n\x1a\n0000".to_vec(), "a picture"),
            (b"abc".to_vec(), "bytes of no kind that is known (61 62 63)"),
            (
                [&boxed(*b"moov", 9)[..], &boxed(*b"mdat", 9)].concat(),
                "bytes of no kind that is known (00 00 00 11 6d 6f 6f 76 07 07 07 07 07 07 07 07)",
            ),
            ([&ftyp[..], &boxed(*b"mdat", 9)].concat(), "an MP4 without its index (moov)"),
            ([&ftyp[..], &boxed(*b"moov", 9)].concat(), "an MP4 without pictures (mdat)"),
            ([&ftyp[..], &[0, 0, 0, 7], b"mdat"].concat(), "an MP4 with a broken box at byte 24 of 32"),
            (
                [&ftyp[..], &[0, 0, 0, 1], b"mdat", &[0; 8]].concat(),
                "an MP4 with a broken box at byte 24 of 40",
            ),
            ([&ftyp[..], &[0, 0, 0, 1], b"mdat", &[255; 8]].concat(), "an MP4 that is cut at byte 40"),
            (avi(51, 54), "an AVI of 63 bytes that should have 62"),
            (avi(40, 54), "an AVI of 52 bytes that should have 62"),
        ] {
            assert_eq!(flaw(&bytes).as_deref(), Some(found));
        }
    }

    #[test]
    fn a_file_of_nothing_but_tiny_boxes_is_given_up() {
        let film = [boxed(*b"ftyp", 0), boxed(*b"free", 0).repeat(BOXES_MAX)].concat();
        assert_eq!(flaw(&film).unwrap(), format!("an MP4 of more than {BOXES_MAX} boxes"));
    }
}
