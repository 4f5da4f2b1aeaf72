//! How often clients may ask, and what a key may do less than its account.

use serde_json::json;

use crate::gate::{CAT, Gate, filmgate};

fn limited(data: &std::path::Path, more: &[(&str, &str)]) -> Gate {
    let mut command = filmgate();
    command.env_remove("FILMGATE_LIMITS_CREATES_PER_10S").env_remove("FILMGATE_LIMITS_READS_PER_S");
    command.env("FILMGATE_STUDIO_RENDERS", "0").envs(more.iter().copied());
    Gate::start(command.args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"]).arg(data))
}

#[test]
fn the_twenty_first_create_within_ten_seconds_is_told_so_and_costs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let gate = limited(folder.path(), &[]);
    let codes: Vec<_> = (0..21).map(|_| gate.post("/api/v1/jobs/createTask", CAT)["code"].clone()).collect();
    assert!(codes[..20].iter().all(|code| *code == 200), "{codes:?}");
    assert_eq!(codes[20], 429);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(400.0));
    let other = [("Authorization", "Bearer another")];
    let other = gate.call("POST", "/api/v1/jobs/createTask", &other, CAT.as_bytes()).json();
    assert_eq!(other["code"], 200, "each account has its own room");
}

#[test]
fn a_character_is_counted_as_a_create() {
    let folder = tempfile::tempdir().unwrap();
    let gate = limited(folder.path(), &[("FILMGATE_LIMITS_CREATES_PER_10S", "1")]);
    let headers = [("Authorization", "Bearer test"), ("Content-Type", "application/json")];
    let create = || gate.call("POST", "/v1/videos/characters", &headers, b"{}").status;
    assert_eq!((create(), create()), (400, 429));
}

#[test]
fn a_limit_is_an_http_status_too_where_the_operator_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let gate = limited(
        folder.path(),
        &[("FILMGATE_LIMITS_CREATES_PER_10S", "1"), ("FILMGATE_LIMITS_HTTP_429", "true")],
    );
    let key = [("Authorization", "Bearer test")];
    let create = || gate.call("POST", "/api/v1/jobs/createTask", &key, CAT.as_bytes());
    assert_eq!((create().status, create().status), (200, 429));
}

#[test]
fn an_idempotency_key_is_one_task_for_one_request() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let create = |key: &str, body: &str| {
        let headers = [("Authorization", "Bearer test"), ("Idempotency-Key", key)];
        gate.call("POST", "/api/v1/jobs/createTask", &headers, body.as_bytes())
    };
    let first = create("a", CAT);
    let again = create("a", CAT);
    assert_eq!(first.json()["data"], again.json()["data"]);
    assert_eq!(
        (first.header("filmgate-deduplicated"), again.header("filmgate-deduplicated")),
        (None, Some("retry"))
    );
    let other = create("a", &CAT.replace("cat", "dog")).json();
    assert_eq!(other["code"], 422, "{other}");
    assert!(other["msg"].as_str().unwrap().contains("idempotency key"), "{other}");
    assert_ne!(create("b", CAT).json()["data"], first.json()["data"]);
    assert_eq!(gate.get("/api/v1/chat/credit")["data"], json!(940.0));
}

#[test]
fn a_key_finds_its_task_whatever_bytes_it_has_and_whatever_became_of_the_routes() {
    let folder = tempfile::tempdir().unwrap();
    let start = |routes: &str| {
        let mut serve = filmgate();
        serve.env("FILMGATE_ROUTES_DEFAULT", routes).env("FILMGATE_STUDIO_RENDERS", "0");
        serve.env("KIE_API_KEY", "none").env("KIE_BASE_URL", "http://127.0.0.1:9");
        Gate::start(serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()))
    };
    let run = |arguments: &[&str]| {
        let output = filmgate().args(arguments).arg("--data").arg(folder.path()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let bearer = format!("Bearer {}", run(&["keys", "create", "team"]));
    run(&["credits", "grant", "team", "1000"]);
    let create = |gate: &Gate, key: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Idempotency-Key", key)];
        let body = CAT.replace("sora-2-text-to-video", "veo-3-1");
        gate.call("POST", "/api/v1/jobs/createTask", &headers, body.as_bytes()).json()["data"]["taskId"]
            .clone()
    };
    let (long, chinese) = ("x".repeat(9_000), "订单-17");
    let gate = start("studio");
    let first = [create(&gate, chinese), create(&gate, &long)];
    assert!(first.iter().all(|id| id.is_string()) && first[0] != first[1], "{first:?}");
    drop(gate);
    let gate = start("kie,studio");
    assert_eq!([create(&gate, chinese), create(&gate, &long)], first);
    let balance = run(&["credits", "balance", "team", "--json"]);
    assert!(balance.contains("\"held\":120"), "{balance}");
}

#[test]
fn a_key_asks_only_for_its_models_and_spends_only_its_share() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = filmgate().args(arguments).arg("--data").arg(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let key = run(&["keys", "create", "team", "--models", "sora-2-text-to-video,veo3", "--credits", "50"]);
    run(&["credits", "grant", "team", "1000"]);
    let mut serve = filmgate();
    serve.env("FILMGATE_ROUTES_DEFAULT", "studio").env("FILMGATE_STUDIO_RENDERS", "0");
    let gate = Gate::start(serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()));
    let bearer = format!("Bearer {key}");
    let create = |body: &str| {
        gate.call("POST", "/api/v1/jobs/createTask", &[("Authorization", &bearer)], body.as_bytes()).json()
    };
    assert_eq!(create(CAT)["code"], 200);
    let too_much = create(CAT);
    assert_eq!(too_much["code"], 433, "{too_much}");
    let other = create(&CAT.replace("sora-2-text-to-video", "sora-2-pro-text-to-video"));
    assert_eq!(other["code"], 433, "{other}");
    assert!(run(&["keys", "list"]).contains("30 of 50 credits"), "{}", run(&["keys", "list"]));
}
