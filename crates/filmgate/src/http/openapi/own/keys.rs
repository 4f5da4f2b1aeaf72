//! An account's keys.

use filmgate_wire::own::refused::Refused;
use serde_json::json;

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{described, flag, list, number, object, or_null, reference, says, text, whole};
use super::{closed, invalid_body, not_found, too_large};

const KEYS: &str = "/filmgate/v1/keys";

pub(super) fn operations() -> Vec<Operation> {
    let limited = Refused::new(
        403,
        "key_limited",
        "This key has limits, so it may neither make keys nor revoke others. Nothing was changed.",
    );
    let limits = object(&[
        (
            "models?",
            json!({"type": ["array", "null"], "items": {"type": "string"}, "description": "The only models that it may ask for."}),
        ),
        (
            "credits_max?",
            or_null(number("How many credits it may spend in all, with at most three decimals.")),
        ),
    ]);
    let created =
        object(&[("id", says("Its public part.")), ("key", says("The whole key, shown this once."))]);
    let list = operation(("get", KEYS), "listKeys", "List the keys").answers(
        200,
        "Oldest first, those that were revoked, too.",
        object(&[("keys", list(reference("Key")))]),
        &[],
    );
    let create = operation(("post", KEYS), "createKey", "Make a key")
        .says("For the same account; a key with limits makes none. A field that is not known is refused, because a limit that is misspelt would be none.")
        .body("application/json", limits, &[("for one model", json!({"models": ["sora-2-text-to-video"], "credits_max": 300}))])
        .or_none()
        .answers(201, "The key.", created, &[]);
    let wrong = Refused::new(422, "invalid_limit", "The key was not made: \"-1\" is no number of credits.")
        .about("credits_max");
    let revoke = operation(("delete", "/filmgate/v1/keys/{id}"), "revokeKey", "Revoke a key")
        .says("From its next request on, and with it the sessions that were begun with it.")
        .needs("path", "id", (text(), "1f2e3d4c"), "The key's public part.")
        .nothing(204, "It is revoked.");
    vec![
        closed(list, &[sandbox()]),
        closed(create, &[invalid_body(), limited.clone(), sandbox(), too_large(1024 * 1024), wrong]),
        closed(revoke, &[limited, not_found("key"), sandbox()]),
    ]
}

fn sandbox() -> Refused {
    let text = "The emulator has no keys: any key that you send is a sandbox account of its own. `filmgate serve` without --dev has them.";
    Refused::new(409, "sandbox_keys", text)
}

pub(super) fn schemas() -> Schemas {
    let key = object(&[
        ("id", says("Its public part.")),
        ("created_ms", whole("When it was made, in Unix milliseconds.")),
        ("revoked_ms", or_null(whole("When it was revoked, if it was."))),
        (
            "models",
            json!({"type": ["array", "null"], "items": {"type": "string"}, "description": "The only models that it may ask for."}),
        ),
        ("credits_max", or_null(number("How many credits it may spend in all."))),
        (
            "credits_taken",
            or_null(number(
                "What its tasks hold or have cost; null where nothing limits it, because it is not counted there.",
            )),
        ),
        ("is_this_session", flag("Whether this very request came with it, or with a session of it.")),
    ]);
    vec![("Key".into(), described(key, "A key without its secret."))]
}
