//! Credits: the balance, the ledger page by page, the audit of one account.

use serde_json::{Value, json};

use super::{Here, create, short};

const ENTRIES: &str = "/filmgate/v1/credits/entries";

fn get(here: &Here, key: &str, path: &str) -> Value {
    let reply = here.ask(key, ("get", path), &Value::Null);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

#[test]
fn a_balance_says_what_can_be_spent_and_what_is_held() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    let before = get(&here, "test", "/filmgate/v1/credits");
    let id = create(&here.gate, &short());
    let after = get(&here, "test", "/filmgate/v1/credits");
    let held = after["held"].as_f64().unwrap();
    assert!(held > 0.0 && before["held"] == 0.0 && after["spent"] == 0.0, "{after}");
    assert_eq!(after["available"], before["available"].as_f64().unwrap() - held);
    let cancel = format!("/filmgate/v1/tasks/{id}/cancel");
    assert_eq!(here.ask("test", ("post", &cancel), &Value::Null).status, 200);
    assert_eq!(here.call(("get", "/filmgate/v1/credits"), &[], b"").status, 401);
}

#[test]
fn a_ledger_is_read_page_by_page_and_by_its_own_account_only() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    let ids = [
        create(&here.gate, &short()),
        create(&here.gate, &json!({"model": "veo3_fast", "input": {"prompt": "Two", "seconds": 4}})),
    ];
    let all = get(&here, "test", ENTRIES);
    let entries = all["entries"].as_array().unwrap();
    let kinds: Vec<&str> = entries.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!((kinds, &all["next"]), (vec!["hold", "hold", "grant"], &Value::Null));
    assert_eq!((&entries[0]["task"], &entries[1]["task"]), (&json!(ids[1]), &json!(ids[0])));
    let (mut paged, mut path) = (Vec::new(), format!("{ENTRIES}?limit=1"));
    loop {
        let page = get(&here, "test", &path);
        paged.extend(page["entries"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("{ENTRIES}?limit=1&before={next}");
    }
    assert_eq!(&paged, entries);
    assert_eq!(get(&here, "other", ENTRIES)["entries"].as_array().unwrap().len(), 1, "its own grant");
    for wrong in ["?before=x", "?limit=0", "?limit=201"] {
        here.refused("test", ("get", &format!("{ENTRIES}{wrong}")), &Value::Null, (400, "invalid_value"));
    }
}

#[test]
fn an_audit_counts_the_accounts_own_tasks_and_entries_and_holds() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    create(&here.gate, &short());
    let verify = ("post", "/filmgate/v1/credits/verify");
    let verdict = |key| here.ask(key, verify, &Value::Null).json();
    assert_eq!(verdict("test"), json!({"holds": true, "violations": [], "tasks": 1, "entries": 2}));
    assert_eq!(verdict("other"), json!({"holds": true, "violations": [], "tasks": 0, "entries": 1}));
}
