//! Pictures that clients give.

use filmgate_wire::own::refused::Refused;
use serde_json::json;

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, link, object, one_of, reference, whole};
use super::{closed, invalid_body, too_large};
use crate::service::uploads::BYTES_MAX;

pub(super) fn operations() -> Vec<Operation> {
    let upload = operation(("post", "/filmgate/v1/uploads"), "uploadPicture", "Give a picture")
        .says("Its bytes as the body, whatever their type is said to be, or its address in JSON. Only PNG, JPEG and WebP, and only what creates take; its link works as an item of `pictures` for three days.")
        .body(
            "application/json",
            object(&[("url", link("Where the picture is."))]),
            &[("an address", json!({"url": "https://example.com/fox.png"}))],
        )
        .body("application/octet-stream", json!({"type": "string", "format": "binary"}), &[])
        .answers(201, "It is kept.", reference("Upload"), &[]);
    let refusals = [
        invalid_body(),
        too_large(BYTES_MAX),
        Refused::new(422, "unknown_kind", "The picture cannot be used: it is neither a PNG, a JPEG nor a WebP picture. Nothing was kept."),
        Refused::new(422, "unfit_picture", "The picture cannot be used: the file has 12000000 bytes, more than 10000000. Nothing was kept."),
        Refused::new(422, "unreachable", "The file could not be fetched: its address must be public, answer within 30 seconds, and hold at most 30 MiB.").about("url"),
        Refused::new(429, "rate_limited", "Your uploads come too fast. Wait a few seconds."),
    ];
    vec![closed(upload, &refusals)]
}

pub(super) fn schemas() -> Schemas {
    let upload = object(&[
        ("url", link("Its link, which works as an item of `pictures`.")),
        ("mime", one_of(&["image/png", "image/jpeg", "image/webp"], "What it is by its first bytes.")),
        ("bytes", whole("Its size.")),
        ("width", whole("In pixels, as it is shown.")),
        ("height", whole("In pixels, as it is shown.")),
        ("expires_ms", whole("Until when its link works, in Unix milliseconds.")),
    ]);
    vec![("Upload".into(), described(upload, "A picture that is kept."))]
}
