//! The state of the server, and where upstreams call back.

use filmgate_wire::own;
use serde_json::json;

use super::super::operation::{Operation, operation};
use super::super::shape::{object, says, text, whole};

pub(super) fn operations() -> Vec<Operation> {
    let plain = || ("text/plain", text());
    let called = object(&[("code", whole("200, 404, 413 or 500.")), ("msg", text())]);
    vec![
        operation(("get", own::IDENTITY), "identity", "What this server is").open().answers(
            200,
            "Its version.",
            object(&[("filmgate", says("The version."))]),
            &[("a version", json!({"filmgate": env!("CARGO_PKG_VERSION")}))],
        ),
        operation(("get", "/healthz"), "healthy", "Whether the process runs").open().replies(
            200,
            "It does.",
            plain(),
        ),
        operation(("get", "/readyz"), "ready", "Whether requests can be served")
            .open()
            .replies(200, "They can.", plain())
            .replies(503, "The database cannot be read.", plain()),
        operation(("post", "/filmgate/v1/callbacks/{token}"), "calledBack", "Where upstreams call back")
            .says("A wake-up: what it says is never believed, and the task is read again.")
            .open()
            .needs(
                "path",
                "token",
                (text(), "0123456789abcdef0123456789abcdef"),
                "Of the attempt that is meant; it is told to the upstream alone.",
            )
            .body("application/json", json!({}), &[])
            .or_none()
            .answers(200, "Noted.", called.clone(), &[])
            .answers(404, "There is no such attempt.", called.clone(), &[])
            .answers(413, "More than 256 KiB.", called.clone(), &[])
            .answers(503, "It could not be kept.", called, &[]),
    ]
}
