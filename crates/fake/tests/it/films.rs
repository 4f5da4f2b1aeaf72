//! Films: a sound MP4, ranges, and every scripted way to go wrong.

use std::io::Write;

use filmgate_fake::{Fake, default_film};
use serde_json::json;

use crate::client::{Answer, End, SOON, call, connect, create_kie, fake, get, hear, over, post, request};

/// A fake with one finished job, and the path of its film.
fn finished() -> (Fake, filmgate_fake::Handle, String) {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = Some(0));
    let path = format!("/film/{}.mp4", create_kie(&fake));
    (fake, handle, path)
}

fn ranged(fake: &Fake, path: &str, headers: &str) -> Answer {
    over(&connect(fake).unwrap(), &request("GET", path, headers, b""))
}

#[test]
fn the_default_film_is_made_of_whole_boxes() {
    let film = default_film();
    let (mut rest, mut kinds) = (film.as_slice(), Vec::new());
    while let Some((size, _)) = rest.split_first_chunk() {
        kinds.push(String::from_utf8(rest[4..8].to_vec()).unwrap());
        rest = &rest[usize::try_from(u32::from_be_bytes(*size)).unwrap()..];
    }
    assert_eq!(kinds, ["ftyp", "moov", "mdat"]);
    assert!(film.len() > 200_000 && film.windows(4).any(|kind| kind == b"mvhd"));
}

#[test]
fn ranges_give_exactly_what_they_ask_for() {
    let (fake, handle, path) = finished();
    let film = default_film();
    let whole = get(&fake, &path);
    assert_eq!((whole.status, whole.header("Content-Type")), (200, Some("video/mp4")));
    assert_eq!(whole.body, film);
    let tag = whole.header("ETag").unwrap();
    let length = film.len();
    for (asks, start, end) in [
        ("0-0".to_owned(), 0, 1),
        ("100-199".to_owned(), 100, 200),
        ("100-".to_owned(), 100, length),
        ("-7".to_owned(), length - 7, length),
        (format!("5-{}", length * 2), 5, length),
    ] {
        let part = ranged(&fake, &path, &format!("Range: bytes={asks}\r\nIf-Range: {tag}\r\n"));
        assert_eq!((part.status, &part.body), (206, &film[start..end].to_vec()), "{asks}");
        assert_eq!(part.header("Content-Range").unwrap(), format!("bytes {start}-{}/{length}", end - 1));
    }
    let outside = ranged(&fake, &path, &format!("Range: bytes={length}-\r\n"));
    assert_eq!(
        (outside.status, outside.header("Content-Range").unwrap()),
        (416, &*format!("bytes */{length}"))
    );
    assert_eq!(ranged(&fake, &path, "Range: bytes=5-\r\nIf-Range: \"old\"\r\n").status, 200);
    handle.set(|behaviour| behaviour.film = b"another film".to_vec());
    let changed = ranged(&fake, &path, &format!("Range: bytes=5-\r\nIf-Range: {tag}\r\n"));
    assert_eq!((changed.status, changed.body.as_slice()), (200, &b"another film"[..]));
    handle.set(|behaviour| behaviour.film_range = false);
    assert_eq!(ranged(&fake, &path, "Range: bytes=5-\r\n").status, 200);
    assert_eq!(call(&fake, "HEAD", &path, b"").header("Content-Length"), Some("12"));
    assert_eq!(handle.downloads_seen(), 11);
}

#[test]
fn a_cut_transfer_ends_after_half_and_can_be_taken_up_again() {
    let (fake, handle, path) = finished();
    let film = default_film();
    handle.set(|behaviour| behaviour.film_cuts = 2);
    let mut have = Vec::new();
    for _ in 0..2 {
        let mut stream = connect(&fake).unwrap();
        stream.write_all(&request("GET", &path, &format!("Range: bytes={}-\r\n", have.len()), b"")).unwrap();
        let heard = hear(&stream, SOON);
        let head = heard.bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
        assert_eq!(heard.end, End::Fin);
        assert_eq!(heard.bytes.len() - head, (film.len() - have.len()) / 2);
        have.extend_from_slice(&heard.bytes[head..]);
    }
    have.extend(ranged(&fake, &path, &format!("Range: bytes={}-\r\n", have.len())).body);
    assert_eq!(have, film);
}

#[test]
fn a_film_that_is_gone_is_there_on_a_fresh_link() {
    let (fake, handle, path) = finished();
    handle.set(|behaviour| behaviour.film_gone_first = 1);
    assert_eq!((get(&fake, &path).status, get(&fake, &path).status), (404, 200));
    handle.set(|behaviour| behaviour.film_gone = true);
    assert_eq!(get(&fake, &path).status, 404);
    let link = json!({ "url": format!("{}{path}", fake.url()) });
    let fresh = post(&fake, "/api/v1/common/download-url", &link).json()["data"].as_str().unwrap().to_owned();
    assert_eq!(get(&fake, fresh.strip_prefix(&fake.url()).unwrap()).body, default_film());
    handle.set(|behaviour| (behaviour.film_gone, behaviour.film_html) = (false, true));
    let page = get(&fake, &path);
    assert_eq!((page.status, page.header("Content-Type")), (200, Some("text/html; charset=utf-8")));
}

#[test]
fn a_job_that_runs_has_no_film() {
    let (fake, handle) = fake(|behaviour| behaviour.run_ms = None);
    let id = create_kie(&fake);
    assert_eq!(get(&fake, &format!("/film/{id}.mp4")).status, 404);
    handle.finish(&id);
    assert_eq!(get(&fake, &format!("/film/{id}.mp4")).status, 200);
}
