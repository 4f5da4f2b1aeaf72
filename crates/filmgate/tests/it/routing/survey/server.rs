//! A server that surveys its upstreams by itself: routes follow, and the operator sees it.

use filmgate_fake::{Market, Shown};

use super::super::site::{Site, engine, eventually, fake, kie, routes, set};
use super::probed;

#[test]
fn a_server_surveys_by_itself_and_routes_follow() {
    let (a, b) = (
        fake(|behaviour| {
            let mut market = Market::november_2026();
            market.models.get_mut("veo3_fast").unwrap().state = Shown::Paused;
            behaviour.market = Some(market);
        }),
        fake(|_| {}),
    );
    let settings = [
        kie(&a),
        engine(&b),
        routes("kie,engine"),
        set("FILMGATE_SURVEY_EVERY_HOURS", "24"),
        set("FILMGATE_SURVEY_PACE_MS", "0"),
    ];
    let site = Site::start(&settings);
    let upstreams = eventually("the survey", || {
        let view = site.call("/filmgate/v1/upstreams", &[], "");
        view["surveyed_ms"].is_i64().then_some(view)
    });
    let kie =
        upstreams["upstreams"].as_array().unwrap().iter().find(|upstream| upstream["name"] == "kie").unwrap();
    let fast = kie["models"].as_array().unwrap().iter().find(|row| row["card"] == "veo3_fast").unwrap();
    assert_eq!(fast["verdict"], "paused");
    let creates = a.handle().creates_seen();
    let id = site.create();
    site.until(&id, "succeeded");
    assert_eq!(a.handle().creates_seen(), creates, "kie would have been asked first, and is out");
    assert_eq!(b.handle().jobs().len(), 1);
    let metrics = site.gate().call("GET", "/metrics", &[], b"");
    let text = String::from_utf8(metrics.body).unwrap();
    for line in [
        "filmgate_survey_model_usable{upstream=\"kie\",model=\"veo3_fast\",verdict=\"paused\"} 0",
        "filmgate_upstream_circuit_open{upstream=\"kie\"} 0",
        "filmgate_survey_plan_usable{use=\"sora-2-text-to-video\"} 1",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert_eq!(site.call("/filmgate/v1/survey", &[], "")["schema"], 1);
}

#[test]
fn a_survey_made_beside_a_server_is_followed_by_it() {
    let a = fake(|behaviour| behaviour.market = Some(Market::november_2026()));
    let site = Site::start(&[kie(&a), set("FILMGATE_SURVEY_PACE_MS", "0")]);
    assert_eq!(site.call("/filmgate/v1/survey", &[], "")["error"]["code"], "no_survey");
    let (survey, _) = probed(&site, &[]);
    eventually("the survey of the command", || {
        (site.call("/filmgate/v1/survey", &[], "")["at"] == survey["at"]).then_some(())
    });
}

#[test]
fn another_machine_needs_the_operators_key() {
    let mut site = Site::new(&[set("FILMGATE_OPERATOR_KEY", "operators-own")], "");
    site.set("FILMGATE_LISTEN", "0.0.0.0:0");
    site.serve();
    let port = site.gate().address.rsplit(':').next().unwrap().to_owned();
    site.gate.as_mut().unwrap().address = format!("127.0.0.1:{port}");
    for path in ["/metrics", "/filmgate/v1/upstreams", "/filmgate/v1/survey"] {
        assert_eq!(site.gate().call("GET", path, &[], b"").status, 403, "{path}");
        let key = [("Authorization", "Bearer operators-own")];
        assert_ne!(site.gate().call("GET", path, &key, b"").status, 403, "{path}");
    }
}
