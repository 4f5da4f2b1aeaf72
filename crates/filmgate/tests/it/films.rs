//! Film links: ranges, heads, tags, and nothing for who does not hold the link.

use crate::gate::{Gate, SHORT};

#[test]
fn a_link_serves_the_film_whole_and_in_parts() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = gate.post("/api/v1/veo/generate", SHORT)["data"]["taskId"].as_str().unwrap().to_owned();
    let link = crate::kie::wait_veo(&gate, &id)["response"]["resultUrls"][0].as_str().unwrap().to_owned();
    let get = |headers: &[(&str, &str)]| gate.call("GET", &link, headers, b"");
    let whole = get(&[]);
    let bytes = whole.body.len();
    let etag = whole.header("etag").unwrap().to_owned();
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(whole.header("content-length"), Some(bytes.to_string().as_str()));
    assert!(etag.len() == 66 && etag.starts_with('"'), "a tag is the SHA-256: {etag}");

    let head = gate.call("HEAD", &link, &[], b"");
    assert_eq!(
        (head.status, head.header("content-length"), head.body.len()),
        (200, Some(bytes.to_string().as_str()), 0)
    );

    let part = get(&[("Range", "bytes=4-7")]);
    let expected = format!("bytes 4-7/{bytes}");
    assert_eq!(
        (part.status, part.header("content-range"), part.body.as_slice()),
        (206, Some(expected.as_str()), b"ftyp".as_slice())
    );
    let tail = get(&[("Range", "bytes=-10")]);
    assert_eq!((tail.status, tail.body.as_slice()), (206, &whole.body[bytes - 10..]));
    let beyond = get(&[("Range", &format!("bytes={bytes}-"))]);
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (416, Some(format!("bytes */{bytes}").as_str()))
    );

    assert_eq!(get(&[("If-None-Match", &etag)]).status, 304);
    assert_eq!(get(&[("Range", "bytes=0-3"), ("If-Range", &etag)]).status, 206);
    assert_eq!(get(&[("Range", "bytes=0-3"), ("If-Range", "\"other\"")]).status, 200);
    assert_eq!(gate.call("POST", &link, &[], b"").status, 405);
}

#[test]
fn there_is_nothing_behind_a_link_that_was_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    for name in [
        "00000000000000000000000000000000.mp4",
        "x.mp4",
        "filmgate.sqlite3",
        "..%2ffilmgate.sqlite3",
        "%00.mp4",
        "",
    ] {
        assert_eq!(gate.call("GET", &format!("/files/{name}"), &[], b"").status, 404, "{name}");
    }
}
