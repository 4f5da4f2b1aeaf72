//! What several operations share: keys, headers of requests, headers of replies.

use filmgate_domain::scenario::Scenario;
use serde_json::{Value, json};

pub(super) fn security() -> Value {
    json!({
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "`filmgate keys create NAME` makes a key. In the emulator (`filmgate serve --dev`) every key is a sandbox account of its own.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "filmgate_session_2424",
            "description": "What `POST /filmgate/v1/session` sets; the number is the port of the address, where it has one. With it, every method but `GET` and `HEAD` needs the header `X-Filmgate-CSRF` with the session's `csrf`.",
        },
        "operator": {
            "type": "http",
            "scheme": "bearer",
            "description": "`FILMGATE_OPERATOR_KEY`. Without one, this machine alone is let in, while the server listens on loopback.",
        },
    })
}

pub(super) fn parameters() -> Value {
    let header = |name: &str, schema: Value, says: &str| json!({"name": name, "in": "header", "required": false, "description": says, "schema": schema});
    let text = json!({"type": "string", "maxLength": 255, "pattern": "^[!-~]+$"});
    let scenarios: Vec<&str> = Scenario::ALL.iter().map(|(name, _)| *name).collect();
    json!({
        "IdempotencyKey": header(
            "Idempotency-Key", text,
            "Your own name for this create. The same key with the same body answers with the same task and charges once; with another body it is refused. Kept for at least 24 hours.",
        ),
        "Deduplicate": header(
            "X-Filmgate-Deduplicate", json!({"type": "string", "enum": ["off"]}),
            "`off` makes this create a film of its own, however much it looks like a retry.",
        ),
        "OnDoubt": header(
            "X-Filmgate-On-Doubt", json!({"type": "string", "enum": ["park", "fail", "next_route", "resubmit"]}),
            "What to do when nobody knows whether an upstream has the task, within the operator's limits.",
        ),
        "Scenario": header(
            "X-Filmgate-Scenario", json!({"type": "string", "enum": scenarios}),
            "In the emulator: play this failure. `lost-reply` drops the connection in place of a reply, `garbage` answers with a page of HTML.",
        ),
        "RetryCount": header(
            "X-Stainless-Retry-Count", json!({"type": "integer", "minimum": 0, "maximum": 100}),
            "How often this very request was sent before, as OpenAI's SDKs count. A retry is recognised and makes no second film.",
        ),
    })
}

pub(super) fn headers() -> Value {
    let header = |schema: Value, says: &str| json!({"description": says, "schema": schema});
    let text = || json!({"type": "string"});
    json!({
        "Filmgate-Deduplicated": header(
            json!({"type": "string", "enum": ["retry"]}),
            "This create was recognised as one that came before: the task is the earlier one, and nothing was charged twice.",
        ),
        "Deprecation": header(json!({"type": "string", "pattern": "^@[0-9]+$"}), "Since when the model is on its way out (RFC 9745)."),
        "Sunset": header(text(), "When the model will be gone (RFC 8594)."),
        "openai-poll-after-ms": header(text(), "How long to wait until the next read, in milliseconds. The SDKs obey it."),
        "x-request-id": header(text(), "Names this exchange in a bug report."),
        "x-should-retry": header(json!({"type": "string", "enum": ["true", "false"]}), "Whether the SDKs are to try again; `false` where a second try would help nobody, or make a second film."),
        "Retry-After": header(text(), "Seconds to wait before the next try."),
        "ETag": header(text(), "Names these very bytes."),
        "Content-Range": header(text(), "Which bytes these are, of how many."),
    })
}
