//! Guards before an upstream: a shared budget of creates, a circuit that opens when nobody answers, and no way back to us.

use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use filmgate_fake::{Behaviour, Fake, Settings};
use serde_json::json;

use super::site::{Site, VEO, VEO_GENERATE, engine, eventually, fake, free_port, kie, routes, set};

#[test]
fn no_window_of_ten_seconds_sees_more_creates_than_the_budget() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a), set("FILMGATE_UPSTREAMS_KIE_CREATES_PER_10S", "3")]);
    let ids: Vec<String> = (0..7).map(|_| site.create()).collect();
    for id in &ids {
        eventually("the film", || (site.task(id)["phase"] == "succeeded").then_some(()));
    }
    let at: Vec<i64> = a.handle().ledger().iter().map(|job| job.accepted_at_ms).collect();
    assert_eq!(at.len(), 7);
    for first in &at {
        let seen = at.iter().filter(|at| (*first..first + 10_000).contains(at)).count();
        assert!(seen <= 3, "{seen} within 10 s: {at:?}");
    }
    assert_eq!(site.balance(), (580.0, 0.0, 420.0));
    site.verify();
}

#[test]
fn five_refused_connections_open_the_circuit_and_an_answer_closes_it() {
    let port = free_port();
    let behaviour = Behaviour::default();
    let away = Fake::start(Settings { port, behaviour });
    let b = fake(|_| {});
    let site = Site::start(&[kie(&away), engine(&b), routes("kie,engine")]);
    drop(away);
    site.printed(&["credits", "grant", "team", "100000"]);
    let ids: Vec<String> = (0..5).map(|_| site.create()).collect();
    for id in &ids {
        let task = site.until(id, "succeeded");
        assert_eq!((&task["upstream"], &task["tried"][0]["state"]), (&json!("engine"), &json!("never_left")));
    }
    assert_eq!(site.log().matches("ALERT: the upstream failed too often").count(), 1, "{}", site.log());
    let opened = Instant::now();

    let next = site.create();
    let task = site.until(&next, "succeeded");
    let first = &task["tried"][0];
    assert_eq!(first["state"], "refused", "{task:#}");
    assert!(first["what"].as_str().unwrap().contains("left alone"), "{task:#}");
    assert_eq!(task["tried"].as_array().unwrap().len(), 2, "plan B at once: {task:#}");
    let waited = task["tried"][1]["began_ms"].as_i64().unwrap() - task["created_ms"].as_i64().unwrap();
    assert!(waited < 1_000, "{waited} ms");

    let back = Fake::start(Settings { port, behaviour: Behaviour::default() });
    let mut asked = 0;
    eventually("Kie makes films again", || {
        asked += 1;
        let id = site.create();
        let task = site.until(&id, "succeeded");
        (task["upstream"] == "kie").then_some(())
    });
    assert!(asked > 1, "it was left alone for a while");
    assert!(opened.elapsed() < Duration::from_secs(30));
    let id = site.create();
    assert_eq!(site.until(&id, "succeeded")["upstream"], "kie", "it is closed");
    assert!(!back.handle().ledger().is_empty());
    site.verify();
}

#[test]
fn the_gateways_own_address_is_no_upstream() {
    let port = free_port();
    let own = format!("http://127.0.0.1:{port}");
    for (listen, url, public) in [
        (format!("127.0.0.1:{port}"), own.clone(), ""),
        (format!("127.0.0.1:{port}"), format!("http://localhost:{port}"), ""),
        (format!("127.0.0.1:{port}"), format!("{own}/api/v1"), ""),
        ("127.0.0.1:0".into(), "https://films.example".into(), "https://films.example"),
        ("127.0.0.1:0".into(), "https://films.example:443/".into(), "https://films.example/"),
    ] {
        let key = set("KIE_API_KEY", "k");
        let mut site = Site::new(&[key, set("KIE_BASE_URL", &url), set("FILMGATE_LISTEN", &listen)], "");
        if !public.is_empty() {
            site.set("FILMGATE_PUBLIC_URL", public);
        }
        let output = site.command(&["serve"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{url}: {said}");
        assert!(said.contains("is this gateway itself"), "{said}");
    }
    let engine = set("FILMGATE_ENGINE_URL", &format!("{own}/v1"));
    let site = Site::new(&[engine, set("FILMGATE_LISTEN", &format!("127.0.0.1:{port}"))], "");
    assert_eq!(site.command(&["serve"]).status.code(), Some(2));
}

/// Passes connections on, as a proxy in front of the gateway does.
fn detour(to: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for from in listener.incoming().map_while(Result::ok) {
            let Ok(onward) = TcpStream::connect(&to) else { continue };
            let pairs = [(from.try_clone().unwrap(), onward.try_clone().unwrap()), (onward, from)];
            for (mut read, mut write) in pairs {
                std::thread::spawn(move || {
                    drop(std::io::copy(&mut read, &mut write));
                    drop(write.shutdown(std::net::Shutdown::Write));
                });
            }
        }
    });
    format!("http://{address}")
}

#[test]
fn a_request_that_comes_back_is_refused_and_costs_nothing() {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut site = Site::new(&[set("FILMGATE_LISTEN", &listen)], "");
    let key = site.key.clone();
    site.set("KIE_API_KEY", &key);
    site.set("KIE_BASE_URL", &detour(listen));
    site.serve();
    let id = site.create();
    let task = site.until(&id, "failed");
    assert!(task["tried"][0]["evidence"].to_string().contains("leads back to itself"), "{task:#}");
    let tasks = site.printed(&["tasks", "list", "--json"]);
    assert_eq!((tasks.lines().count(), site.balance()), (1, (1000.0, 0.0, 0.0)));
    site.verify();
}

#[test]
fn who_passed_the_request_on_is_told_to_the_upstream() {
    let a = fake(|_| {});
    let site = Site::start(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "succeeded");
    let via = a.handle().jobs()[0].order.headers["via"].clone();
    assert!(via.starts_with("1.1 filmgate-"), "{via}");
    for via in [via.clone(), format!("1.1 proxy.example, {via}")] {
        let reply = site.call(VEO_GENERATE, &[("Via", &via)], VEO);
        assert_eq!((&reply["code"], a.handle().creates_seen()), (&json!(422), 1), "{reply}");
    }
    let other = site.create_with(VEO_GENERATE, &[("Via", "1.1 filmgate-0000000000000000")], VEO);
    site.until(&other, "succeeded");
}
