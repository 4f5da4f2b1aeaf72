//! Pictures given through this API: kept with their size, or refused where their owner still sees it.

use serde_json::{Value, json};

use super::{Here, KEY};
use crate::openai::PICTURE;

const UPLOADS: (&str, &str) = ("post", "/filmgate/v1/uploads");

fn give(here: &Here, bytes: &[u8]) -> (u16, Value) {
    let reply = here.call(UPLOADS, &[KEY, ("Content-Type", "image/png")], bytes);
    (reply.status, reply.json())
}

#[test]
fn a_picture_is_kept_with_its_size_and_works_in_a_create() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    let (status, kept) = give(&here, PICTURE);
    let info = filmgate_studio::look_at(PICTURE).unwrap();
    assert_eq!((status, &kept["mime"], &kept["bytes"]), (201, &json!("image/png"), &json!(PICTURE.len())));
    assert_eq!((&kept["width"], &kept["height"]), (&json!(info.width), &json!(info.height)));
    let link = kept["url"].as_str().unwrap();
    assert_eq!(here.gate.call("GET", link, &[], b"").body, PICTURE);
    let ask = json!({"model": "sora-2-image-to-video", "input": {"prompt": "It moves", "pictures": [link]}});
    let made = here.ask("test", ("post", "/filmgate/v1/tasks"), &ask);
    assert_eq!(made.status, 201, "{}", made.text());
}

#[test]
fn what_no_create_would_take_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    let large = [PICTURE, &vec![0; 11_000_000]].concat();
    let huge = vec![0; 30 * 1024 * 1024 + 1];
    for (bytes, status, code) in [
        (&b""[..], 422, "unknown_kind"),
        (b"GIF89a", 422, "unknown_kind"),
        (b"<svg/>", 422, "unknown_kind"),
        (&PICTURE[..20], 422, "unfit_picture"),
        (&large, 422, "unfit_picture"),
        (&huge, 413, "too_large"),
    ] {
        let (found, body) = give(&here, bytes);
        assert_eq!((found, &body["error"]["code"]), (status, &json!(code)), "{body}");
    }
    here.refused("test", UPLOADS, &json!({"url": "http://127.0.0.1:9/x.png"}), (422, "unreachable"));
    here.refused("test", UPLOADS, &json!({"link": "https://example.com"}), (400, "invalid_body"));
    assert_eq!(here.call(UPLOADS, &[], PICTURE).status, 401);
}
