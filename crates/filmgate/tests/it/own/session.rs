//! Sessions of browsers: what their cookie is, what it opens, and when it ends.

use serde_json::json;

use super::{Here, JSON, key};
use crate::gate::{Gate, Reply, filmgate, printed};

const SESSION: &str = "/filmgate/v1/session";
const VERIFY: (&str, &str) = ("post", "/filmgate/v1/credits/verify");

fn enter(here: &Here, key: &str, headers: &[(&str, &str)]) -> Reply {
    let body = json!({"key": key}).to_string();
    here.call(("post", SESSION), &[headers, &[JSON]].concat(), body.as_bytes())
}

/// What a browser sends back, and the token of its page.
fn begun(here: &Here, key: &str) -> (String, String) {
    let reply = enter(here, key, &[]);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    (cookie, reply.json()["csrf"].as_str().unwrap().to_owned())
}

fn code(reply: &Reply) -> (u16, String) {
    (reply.status, reply.json()["error"]["code"].as_str().unwrap_or_default().to_owned())
}

fn is(status: u16, word: &str) -> (u16, String) {
    (status, word.to_owned())
}

#[test]
fn a_key_becomes_a_cookie_that_no_script_can_read() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let key = key(folder.path(), "team");
    let reply = enter(&here, &key, &[]);
    let cookie = reply.header("set-cookie").unwrap();
    // Cookies know no ports, so that their names must: an emulator beside its gateway would end the gateway's sessions.
    let name = format!("filmgate_session_{}=", here.gate.address.rsplit(':').next().unwrap());
    for part in [name.as_str(), "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(
        !cookie.contains("Secure") && !reply.text().contains(cookie.split(['=', ';']).nth(1).unwrap()),
        "{cookie}"
    );
    assert_eq!((&reply.json()["account"], &reply.json()["is_dev"]), (&json!("team"), &json!(false)));
    let (cookie, csrf) = begun(&here, &key);
    let read = here.call(("get", SESSION), &[("Cookie", &format!("filmgate_language=zh; {cookie}"))], b"");
    assert_eq!((read.status, &read.json()["csrf"]), (200, &json!(csrf)));
    for wrong in ["", "nothing", &key[..key.len() - 1]] {
        let refused = enter(&here, wrong, &[]);
        assert_eq!((code(&refused), refused.header("set-cookie")), (is(401, "key_refused"), None), "{wrong}");
    }
    assert_eq!(code(&here.call(("get", SESSION), &[], b"")), is(401, "no_session"));
    let guessed = format!("{name}{}", "0".repeat(64));
    assert_eq!(code(&here.call(("get", SESSION), &[("Cookie", &guessed)], b"")), is(401, "no_session"));
}

#[test]
fn whatever_changes_something_needs_the_pages_own_token() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::idle(folder.path());
    let (cookie, csrf) = begun(&here, "any");
    let cookie = ("Cookie", cookie.as_str());
    assert_eq!(code(&here.call(VERIFY, &[cookie], b"")), is(403, "csrf"));
    assert_eq!(code(&here.call(VERIFY, &[cookie, ("X-Filmgate-CSRF", "0")], b"")), is(403, "csrf"));
    assert_eq!(here.call(VERIFY, &[cookie, ("X-Filmgate-CSRF", &csrf)], b"").status, 200);
    assert_eq!(here.call(("get", "/filmgate/v1/credits"), &[cookie], b"").status, 200);
    let other = begun(&here, "any").1;
    assert_eq!(code(&here.call(VERIFY, &[cookie, ("X-Filmgate-CSRF", &other)], b"")), is(403, "csrf"));
    // A key in the request itself is no browser's doing.
    assert_eq!(here.call(VERIFY, &[("Authorization", "Bearer any"), cookie], b"").status, 200);
}

#[test]
fn a_session_is_for_the_servers_own_address_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = filmgate();
    serve.env("FILMGATE_PUBLIC_URL", "https://films.example").env("FILMGATE_ROUTES_DEFAULT", "studio");
    let data = folder.path().join("data");
    let here = Here::new(Gate::start(serve.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data)));
    let key = key(folder.path(), "team");
    assert_eq!(code(&enter(&here, &key, &[("Host", "evil.example")])), is(403, "foreign_host"));
    let entered = enter(&here, &key, &[("Host", "films.example")]);
    let cookie = entered.header("set-cookie").unwrap().to_owned();
    assert!(cookie.contains("; Secure"), "the public address is https: {cookie}");
    let cookie = ("Cookie", cookie.split(';').next().unwrap());
    let read = |host| here.call(("get", "/filmgate/v1/credits"), &[cookie, ("Host", host)], b"");
    assert_eq!((read("films.example").status, read("FILMS.example:443").status), (200, 200));
    assert_eq!(code(&read("evil.example")), is(403, "foreign_host"));
    let page = |host| here.gate.call("GET", "/credits", &[cookie, ("Host", host)], b"").text();
    let has_token = |page: &str| {
        page.contains("filmgate-csrf\" content=\"") && !page.contains("filmgate-csrf\" content=\"\"")
    };
    assert_eq!((has_token(&page("films.example")), has_token(&page("evil.example"))), (true, false));
}

#[test]
fn a_session_ends_with_its_key_and_when_it_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let (first, second) = (key(folder.path(), "team"), key(folder.path(), "team"));
    let (of_first, (of_second, csrf)) = (begun(&here, &first).0, begun(&here, &second));
    let read = |cookie: &str| here.call(("get", SESSION), &[("Cookie", cookie)], b"").status;
    assert_eq!((read(&of_first), read(&of_second)), (200, 200));
    assert_eq!(read(&format!("nick=Zo\u{eb}; {of_first}")), 200, "another server's cookie is no text");
    printed(folder.path(), &["keys", "revoke", &first]);
    assert_eq!((read(&of_first), read(&of_second)), (401, 200));
    let headers = [("Cookie", of_second.as_str()), ("X-Filmgate-CSRF", csrf.as_str())];
    let left = here.call(("delete", SESSION), &headers, b"");
    assert!(left.status == 204 && left.header("set-cookie").unwrap().contains("Max-Age=0"), "{}", left.head);
    assert_eq!(read(&of_second), 401);
}

#[test]
fn films_of_a_limited_keys_session_count_against_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let here = Here::with_keys(folder.path());
    let first = key(folder.path(), "team");
    printed(folder.path(), &["credits", "grant", "team", "1000"]);
    let limits = json!({"models": ["veo3_fast"], "credits_max": 100});
    let limited = here.ask(&first, ("post", "/filmgate/v1/keys"), &limits).json();
    let (cookie, csrf) = begun(&here, limited["key"].as_str().unwrap());
    let headers = [("Cookie", cookie.as_str()), ("X-Filmgate-CSRF", csrf.as_str())];
    let create = |model: &str| {
        let ask = json!({"model": model, "input": {"prompt": "A cat", "seconds": 4}}).to_string();
        here.call(("post", "/filmgate/v1/tasks"), &headers, ask.as_bytes())
    };
    assert_eq!(create("veo3_fast").status, 201);
    assert_eq!(code(&create("veo3_lite")), is(403, "key_limited"), "another model");
    assert_eq!(code(&create("veo3_fast")), is(403, "key_limited"), "more credits than it may spend");
    let keys = here.ask(&first, ("get", "/filmgate/v1/keys"), &serde_json::Value::Null).json();
    assert_eq!(keys["keys"][1]["credits_taken"], json!(60.0), "{keys}");
}

#[test]
fn a_path_that_is_none_and_a_foreign_host_are_told_in_this_apis_form() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let call = |method, path, headers: &[(&str, &str)]| gate.call(method, path, headers, b"");
    assert_eq!(code(&call("GET", "/filmgate/v1/nothing", &[])), is(404, "unknown_path"));
    assert_eq!(code(&call("PUT", "/filmgate/v1/credits", &[])), is(405, "wrong_method"));
    let foreign = [("Host", "evil.example")];
    assert_eq!(code(&call("GET", "/filmgate/v1/credits", &foreign)), is(403, "foreign_host"));
}

#[test]
fn only_a_page_that_a_browser_opens_begins_a_session_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Gate::idle(folder.path());
    let begins =
        |headers: &[(&str, &str)]| gate.call("GET", "/", headers, b"").header("set-cookie").is_some();
    assert!(begins(&[("Sec-Fetch-Dest", "document")]));
    assert!(!begins(&[("Sec-Fetch-Dest", "iframe")]), "a page of another site");
    assert!(!begins(&[]), "a program that looks whether the server is there");
}

#[test]
fn logs_hold_neither_the_key_nor_the_session() {
    let folder = tempfile::tempdir().unwrap();
    let mut serve = filmgate();
    serve
        .env("RUST_LOG", "trace")
        .args(["serve", "--dev", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path());
    let mut child = serve.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut log = std::io::BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut log, &mut line).unwrap();
    let address = line.trim().rsplit("http://").next().unwrap().to_owned();
    let here = Here::new(Gate { child, address, said: line });
    let (cookie, csrf) = begun(&here, "canary-key-4711");
    let headers = [("Cookie", cookie.as_str()), ("X-Filmgate-CSRF", csrf.as_str())];
    let fails = json!({"model": "veo3_fast", "input": {"prompt": "[[fail]]", "seconds": 4}}).to_string();
    let made = here.call(("post", "/filmgate/v1/tasks"), &headers, fails.as_bytes()).json();
    let id = made["id"].as_str().unwrap();
    let task = format!("/filmgate/v1/tasks/{id}");
    while here.call(("get", &task), &headers, b"").json()["phase"] != "failed" {
        std::thread::yield_now();
    }
    here.gate.kill();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut log, &mut text).unwrap();
    assert!(text.contains(id), "the log tells of the task: {text}");
    let secret = cookie.split('=').nth(1).unwrap();
    for word in ["4711", secret, csrf.as_str()] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}
