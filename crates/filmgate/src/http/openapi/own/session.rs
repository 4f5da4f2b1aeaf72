//! Sessions of browsers.

use filmgate_wire::own::refused::Refused;
use serde_json::json;

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, flag, number, object, or_null, reference, says};
use super::{closed, invalid_body, refuses, too_large, unavailable};

const PATH: &str = "/filmgate/v1/session";

pub(super) fn operations() -> Vec<Operation> {
    let key_refused = Refused::new(401, "key_refused", "The key was refused: it is unknown or revoked.");
    let foreign = Refused::new(
        403,
        "foreign_host",
        "Sessions are for this server's own address only: set FILMGATE_PUBLIC_URL to the address that you use.",
    );
    let enter = operation(("post", PATH), "enter", "Turn a key into a session")
        .says("For pages: the cookie that comes back is `HttpOnly` and `SameSite=Strict`, lives 30 days, and ends with its key. Other programs send their key with each request.")
        .open()
        .body("application/json", object(&[("key", says("The bearer key."))]), &[("a key", json!({"key": "fg_1f2e3d4c_5b6a…"}))])
        .answers(200, "The session; `Set-Cookie` holds its secret.", reference("Session"), &[]);
    let enter =
        refuses(enter, &[&invalid_body(), &too_large(1024 * 1024), &key_refused, &foreign, &unavailable()]);
    let get = closed(
        operation(("get", PATH), "session", "Read the session").answers(
            200,
            "The session.",
            reference("Session"),
            &[],
        ),
        &[],
    );
    let leave =
        closed(operation(("delete", PATH), "leave", "End the session").nothing(204, "It is over."), &[]);
    vec![get, enter, leave]
}

pub(super) fn schemas() -> Schemas {
    let session = object(&[
        ("account", says("The account's name.")),
        ("csrf", says("What requests that change something carry as `X-Filmgate-CSRF`.")),
        ("is_dev", flag("Whether this is the emulator.")),
        ("sandbox_key", or_null(says("The emulator's own bearer key, which is no secret."))),
        ("base_url", says("What result links and examples begin with.")),
        ("version", says("The server's version.")),
        ("available", number("What the account can spend, in credits.")),
    ]);
    vec![("Session".into(), described(session, "A session as its page sees it: everything but its secret."))]
}
