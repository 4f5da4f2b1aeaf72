//! The history with its search, one task with everything, its cancel, and the same create twice.

use serde_json::{Value, json};

use super::{KEY, create, get, post, short, task};
use crate::gate::Gate;

#[test]
fn the_history_holds_the_tasks_of_every_dialect_and_goes_on_page_by_page() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let kie = gate.create(crate::gate::CAT);
    let video = post(&gate, "/v1/videos", &json!({"model": "sora-2", "prompt": "A dog on a beach"})).json();
    let own = create(&gate, &short());
    let ids = |query: &str| {
        let page = get(&gate, &format!("/filmgate/v1/tasks{query}")).json();
        let ids =
            page["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap().to_owned());
        (ids.collect::<Vec<_>>(), page["next"].as_str().map(str::to_owned))
    };
    let video = video["id"].as_str().unwrap().trim_start_matches("video_").to_owned();
    assert_eq!(ids(""), (vec![own.clone(), video.clone(), kie.clone()], None));
    assert_eq!(ids("?limit=2"), (vec![own.clone(), video.clone()], Some(video.clone())));
    assert_eq!(ids(&format!("?limit=2&before={video}")), (vec![kie.clone()], None));
    assert_eq!(ids("?search=BEACH").0, [video.as_str()]);
    assert_eq!(ids("?model=veo3_fast").0, [own.as_str()]);
    assert_eq!(ids("?phase=open").0.len(), 3);
    assert_eq!(ids("?phase=succeeded").0.len(), 0);
    assert_eq!(get(&gate, "/filmgate/v1/tasks?phase=lost").status, 400);
    assert_eq!(get(&gate, "/filmgate/v1/tasks?limit=1000").status, 400);
    let forms: Vec<Value> = [kie, video, own].iter().map(|id| task(&gate, id)["form"].clone()).collect();
    assert_eq!(forms, ["kie.jobs", "openai.videos", "filmgate"]);
}

#[test]
fn a_task_is_told_to_its_own_account_only() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let id = create(&gate, &short());
    for path in ["", "/events", "/thumbnail"] {
        let path = format!("/filmgate/v1/tasks/{id}{path}");
        let other = gate.call("GET", &path, &[("Authorization", "Bearer other")], b"");
        assert_eq!(other.status, 404, "{path}");
        assert_eq!(gate.call("GET", &path, &[], b"").status, 401, "{path}");
    }
    let cancel = format!("/filmgate/v1/tasks/{id}/cancel");
    assert_eq!(gate.call("POST", &cancel, &[("Authorization", "Bearer other")], b"").status, 404);
    assert_eq!(task(&gate, &id)["phase"], "queued");
    assert_eq!(gate.call("POST", &cancel, &[KEY], b"").status, 200);
}

#[test]
fn the_same_create_under_one_key_is_one_task_and_one_hold() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let named = [KEY, ("Idempotency-Key", "one")];
    let create = |body: &Value| gate.call("POST", "/filmgate/v1/tasks", &named, body.to_string().as_bytes());
    let (first, again) = (create(&short()).json(), create(&short()).json());
    assert_eq!(first["id"], again["id"]);
    let other = create(&json!({"model": "veo3_fast", "input": {"prompt": "Another boat", "seconds": 4}}));
    assert_eq!((other.status, other.json()["error"]["code"].as_str()), (409, Some("idempotency_key_reused")));
    let batch = json!({"requests": [short(), short()]}).to_string();
    let made = || gate.call("POST", "/filmgate/v1/batches", &named, batch.as_bytes()).json();
    let (one, two) = (made(), made());
    assert_eq!(one["tasks"][0]["id"], two["tasks"][0]["id"]);
    assert_ne!(one["tasks"][0]["id"], one["tasks"][1]["id"], "two films that are wanted are two films");
    assert_eq!(get(&gate, "/filmgate/v1/tasks").json()["tasks"].as_array().unwrap().len(), 3);
}

#[test]
fn a_finished_task_shows_its_film_its_money_and_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id = create(&gate, &short());
    super::follow::until_end(&gate, &id, None);
    let task = task(&gate, &id);
    let film = &task["film"];
    let shape = ["width", "height", "seconds", "frames_per_second"].map(|name| film[name].as_u64().unwrap());
    assert_eq!((task["phase"].as_str(), shape), (Some("succeeded"), [1280, 720, 4, 24]), "{task}");
    let bytes = gate.call("GET", film["url"].as_str().unwrap(), &[], b"");
    assert_eq!(Some(bytes.body.len() as u64), film["bytes"].as_u64());
    let kinds = |list: &str| -> Vec<String> {
        let items = task[list].as_array().unwrap().iter();
        items.map(|item| item["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kinds("ledger"), ["hold", "capture"]);
    assert_eq!(kinds("timeline"), ["accepted", "began", "storing", "succeeded"]);
    let picture = get(&gate, task["thumbnail"].as_str().unwrap());
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/jpeg")));
}

#[test]
fn a_failure_says_what_happened_and_that_nothing_was_charged() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::dev(folder.path());
    let id =
        create(&gate, &json!({"model": "veo3_fast", "input": {"prompt": "A boat [[fail]]", "seconds": 4}}));
    super::follow::until_end(&gate, &id, None);
    let task = task(&gate, &id);
    assert_eq!((&task["phase"], &task["film"]), (&json!("failed"), &Value::Null));
    assert!(task["timeline"][2]["text"].as_str().unwrap().contains("60 credits were released"), "{task}");
    let poor = json!({"model": "veo3_fast", "input": {"prompt": "A boat [[no-credits]]", "seconds": 4}});
    let refused = post(&gate, "/filmgate/v1/tasks", &poor);
    assert_eq!(
        (refused.status, refused.json()["error"]["code"].as_str()),
        (402, Some("credits_insufficient"))
    );
}
