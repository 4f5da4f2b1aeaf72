//! Films on their way into storage: cut, gone, wrong, or behind an address that must not be asked.

use filmgate_fake::Fake;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::site::{Site, eventually, fake, kie, set};

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The film is stored byte for byte, and served so.
fn is_whole(site: &Site, a: &Fake, task: &Value) {
    let film = a.handle().behaviour().film;
    assert_eq!(
        (&task["film"]["sha256"], &task["film"]["bytes"]),
        (&sha256(&film).into(), &film.len().into())
    );
    let served = task["film"]["link"].as_str().unwrap().split_once("/files/").unwrap().1.to_owned();
    let served = site.gate().call("GET", &format!("/files/{served}"), &[], b"");
    assert!(served.body == film);
    assert!(std::fs::read(site.folder.path().join(task["film"]["path"].as_str().unwrap())).unwrap() == film);
    let parts = std::fs::read_dir(site.folder.path().join("data/parts")).unwrap().count();
    assert_eq!(parts, 0, "nothing is left behind");
}

#[test]
fn a_film_that_is_cut_three_times_arrives_whole() {
    for has_range in [true, false] {
        let a = fake(|behaviour| (behaviour.film_cuts, behaviour.film_range) = (3, has_range));
        let site = Site::start(&[kie(&a)]);
        let id = site.create();
        let task = site.until(&id, "succeeded");
        is_whole(&site, &a, &task);
        assert_eq!(a.handle().behaviour().film_cuts, 0, "it was cut");
        site.verify();
    }
}

#[test]
fn a_dead_link_is_asked_for_anew() {
    for for_ever in [true, false] {
        let a = fake(|behaviour| {
            behaviour.film_gone = for_ever;
            behaviour.film_gone_first = u32::from(!for_ever);
        });
        let site = Site::start(&[kie(&a)]);
        let id = site.create();
        let task = site.until(&id, "succeeded");
        is_whole(&site, &a, &task);
    }
}

#[test]
fn a_page_instead_of_a_film_is_no_film_and_is_waited_for() {
    let a = fake(|behaviour| behaviour.film_html = true);
    let site = Site::start(&[kie(&a)]);
    let id = site.create();
    site.until(&id, "storing");
    assert!(a.handle().wait_until(std::time::Duration::from_secs(20), |ledger| ledger.seen.downloads >= 2));
    assert_eq!((site.record(&id)["successFlag"].as_i64(), site.balance()), (Some(0), (940.0, 60.0, 0.0)));
    a.handle().set(|behaviour| behaviour.film_html = false);
    let task = site.until(&id, "succeeded");
    is_whole(&site, &a, &task);
    assert!(site.log().contains("a page of HTML"), "{}", site.log());
}

#[test]
fn a_film_behind_a_foreign_private_address_is_not_fetched_unless_the_operator_allows_it() {
    let a = fake(|_| {});
    // The record's links say 127.0.0.1, which by this name is another host.
    let elsewhere = set("KIE_BASE_URL", &a.url().replace("127.0.0.1", "localhost"));
    let mut settings = kie(&a);
    settings.retain(|(name, _)| name != "KIE_BASE_URL");
    let mut site = Site::start(&[settings, elsewhere]);
    let id = site.create();
    site.until(&id, "storing");
    eventually("the log tells it", || site.log().contains("could not be fetched").then_some(()));
    assert_eq!(a.handle().downloads_seen(), 0);
    assert_eq!(site.balance(), (940.0, 60.0, 0.0));
    site.stop();
    // What clients' links may reach is another list.
    site.set("FILMGATE_NETWORK_ALLOW", "127.0.0.0/8");
    site.serve();
    eventually("it tries again", || (site.log().matches("could not be fetched").count() >= 2).then_some(()));
    assert_eq!(a.handle().downloads_seen(), 0);
    site.stop();
    site.set("FILMGATE_UPSTREAM_NETWORK_ALLOW", "127.0.0.0/8");
    site.serve();
    let task = site.until(&id, "succeeded");
    is_whole(&site, &a, &task);
    site.verify();
}

#[test]
fn a_film_is_never_stored_in_part_whoever_dies_while_it_comes() {
    let a = fake(|_| {});
    let mut site = Site::start(&[kie(&a)]);
    let whole = a.handle().behaviour().film.len() as u64;
    for kill in [true, false] {
        a.handle().set(|behaviour| behaviour.run_ms = None);
        let id = site.create();
        site.until(&id, "running");
        // It is cut in its middle, and the rest is waited for.
        a.handle().set(|behaviour| (behaviour.film_cuts, behaviour.slow_ms) = (1, 2_000));
        a.handle().finish_all();
        let parts = site.folder.path().join("data/parts");
        eventually("a part of the film", || {
            let sizes =
                std::fs::read_dir(&parts).unwrap().map_while(|part| Some(part.ok()?.metadata().ok()?.len()));
            sizes.into_iter().find(|size| (1..whole).contains(size))
        });
        if kill {
            site.gate.take().unwrap().kill();
        } else {
            site.stop();
        }
        a.handle().set(|behaviour| behaviour.slow_ms = 0);
        site.serve();
        let task = site.until(&id, "succeeded");
        assert_eq!(task["film"]["bytes"], whole, "{task:#}");
    }
    assert_eq!(a.handle().ledger().len(), 2);
    site.verify();
}
