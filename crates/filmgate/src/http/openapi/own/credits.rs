//! What an account has, what moved its credits, and whether all of it adds up.

use filmgate_wire::own::refused::Refused;
use serde_json::json;

use super::super::Schemas;
use super::super::operation::{Operation, operation};
use super::super::shape::{
    described, flag, list, number, object, one_of, or_null, reference, says, text, whole,
};
use super::{closed, limited, wrong_limit};

pub(super) fn operations() -> Vec<Operation> {
    let balance = operation(("get", "/filmgate/v1/credits"), "balance", "Read the balance").answers(
        200,
        "In credits.",
        reference("Balance"),
        &[("a balance", json!({"available": 940, "held": 30, "spent": 30}))],
    );
    let page = object(&[
        ("entries", list(reference("Entry"))),
        ("next", or_null(says("What `before` takes for the next page."))),
    ]);
    let entries = operation(("get", "/filmgate/v1/credits/entries"), "entries", "Read the ledger")
        .says("Every movement of credits, the newest first.")
        .takes("query", "before", text(), "The `next` of the page before.");
    let entries = limited(entries, (50, 200)).answers(200, "A page.", page, &[]);
    let place =
        Refused::new(400, "invalid_value", "before must be the `next` of a page. Nothing was changed.");
    let verify =
        operation(("post", "/filmgate/v1/credits/verify"), "verify", "Check that every credit is explained")
            .says("Adds up all entries of the account, and holds each of its tasks against its own.")
            .answers(
                200,
                "The verdict.",
                reference("Verified"),
                &[("it holds", json!({"holds": true, "violations": [], "tasks": 12, "entries": 36}))],
            );
    vec![
        closed(balance, &[]),
        closed(entries, &[wrong_limit(200), place.about("before")]),
        closed(verify, &[]),
    ]
}

pub(super) fn schemas() -> Schemas {
    let balance = object(&[
        ("available", number("What can be spent.")),
        ("held", number("What open tasks hold.")),
        ("spent", number("What finished films have cost.")),
    ]);
    let entry = object(&[
        ("at_ms", whole("When, in Unix milliseconds.")),
        ("kind", one_of(&["grant", "hold", "capture", "release"], "Why.")),
        ("amount", number("How many credits.")),
        ("task", or_null(says("For which task, if for one."))),
    ]);
    let verified = object(&[
        ("holds", flag("Whether every credit is explained.")),
        ("violations", list(says("A sentence for each one that is not."))),
        ("tasks", whole("How many tasks were looked at.")),
        ("entries", whole("How many entries were.")),
    ]);
    vec![
        ("Balance".into(), described(balance, "What an account has.")),
        ("Entry".into(), described(entry, "One movement of credits.")),
        ("Verified".into(), described(verified, "The verdict of an audit.")),
    ]
}
