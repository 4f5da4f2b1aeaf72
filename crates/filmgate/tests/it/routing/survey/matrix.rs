//! Every state of an upstream with its verdict; over the whole matrix no task is created and nothing is billed.

use filmgate_fake::{Always, Behaviour, CreateScript, EngineKind, Market, Shelf};
use serde_json::Value;

use super::super::site::{engine, fake, kie, set};
use super::{nothing_was_spent, probed, row, site, verdict};

const BALANCE: i64 = 1_000_000;

fn november(behaviour: &mut Behaviour) {
    behaviour.balance_thousandths = BALANCE;
    behaviour.market = Some(Market::november_2026());
}

fn envelope(code: i64, text: &str) -> Always {
    Always::Envelope { http_status: 200, code, text: text.to_owned() }
}

fn refuse(code: i64, text: &str) -> CreateScript {
    CreateScript::Refuse { http_status: 200, code, text: text.to_owned() }
}

/// One state: what the upstream does, the card that is looked at, its verdict.
type State = (&'static str, Play, &'static str, &'static str);
type Play = fn(&mut Behaviour);

const STATES: &[State] = &[
    ("usable", |_| {}, "veo3_fast", "usable"),
    ("usable in the jobs", |_| {}, "veo-3-1", "usable"),
    ("no credits", |behaviour| behaviour.balance_thousandths = 0, "veo3_fast", "credits_insufficient"),
    (
        "too few credits",
        |behaviour| behaviour.balance_thousandths = 40_000,
        "veo3_fast",
        "credits_insufficient",
    ),
    ("paused", |_| {}, "sora-2-text-to-video", "paused"),
    ("retired", without_sora, "sora-2-text-to-video", "retired"),
    ("gone for now", without_veo_3_1, "veo-3-1", "not_offered"),
    ("bad key", |behaviour| behaviour.key = Some("another".into()), "veo3_fast", "key_refused"),
    (
        "sub-key limit",
        |behaviour| behaviour.always = Some(envelope(433, "limit")),
        "veo3_fast",
        "not_permitted",
    ),
    (
        "sub-key limit of creates",
        |behaviour| behaviour.create_always = Some(refuse(433, "limit")),
        "veo3_fast",
        "not_permitted",
    ),
    (
        "too often",
        |behaviour| behaviour.always = Some(envelope(429, "slow down")),
        "veo3_fast",
        "rate_limited",
    ),
    (
        "too many creates",
        |behaviour| behaviour.create_always = Some(refuse(429, "slow down")),
        "veo3_fast",
        "rate_limited",
    ),
    (
        "maintenance",
        |behaviour| behaviour.always = Some(envelope(455, "maintenance")),
        "veo3_fast",
        "maintenance",
    ),
    (
        "maintenance of creates",
        |behaviour| behaviour.create_always = Some(refuse(455, "maintenance")),
        "veo3_fast",
        "maintenance",
    ),
    (
        "402 as 500",
        |behaviour| behaviour.create_always = Some(refuse(500, "Credits insufficient")),
        "veo3_fast",
        "credits_insufficient",
    ),
    ("a passing fault", faulty_creates, "veo-3-1", "not_verified"),
    (
        "an HTML error page",
        |behaviour| behaviour.always = Some(Always::Html { http_status: 502 }),
        "veo3_fast",
        "unreachable",
    ),
    (
        "HTML under 200",
        |behaviour| behaviour.always = Some(Always::Html { http_status: 200 }),
        "veo3_fast",
        "unreachable",
    ),
    ("hang", |behaviour| behaviour.slow_ms = 60_000, "veo3_fast", "unreachable"),
    ("an empty input that would create a job", careless_storyboard, "sora-2-pro-storyboard", "not_verified"),
];

fn without_sora(behaviour: &mut Behaviour) {
    let market = behaviour.market.as_mut().unwrap();
    market.models.retain(|model, _| !model.starts_with("sora"));
}

fn without_veo_3_1(behaviour: &mut Behaviour) {
    behaviour.market.as_mut().unwrap().models.remove("veo-3-1");
}

/// The control is answered well, everything after it is not.
fn faulty_creates(behaviour: &mut Behaviour) {
    let unknown = CreateScript::Accept;
    let fault = || CreateScript::Refuse {
        http_status: 200,
        code: 500,
        text: "Internal Error, Please try again later.".into(),
    };
    behaviour.creates = [unknown.clone(), unknown].into_iter().chain((0..20).map(|_| fault())).collect();
}

fn careless_storyboard(behaviour: &mut Behaviour) {
    let market = behaviour.market.as_mut().unwrap();
    let careless = Shelf { takes_empty: true, listed: true, ..Shelf::default() };
    market.models.insert("sora-2-pro-storyboard".into(), careless);
}

#[test]
fn every_state_of_kie_has_its_verdict_and_costs_nothing() {
    for (state, play, card, expected) in STATES {
        let upstream = fake(|behaviour| {
            november(behaviour);
            play(behaviour);
        });
        let balance = upstream.handle().balance_thousandths();
        let site = site(&[kie(&upstream), set("FILMGATE_UPSTREAMS_KIE_READ_MS", "1500")]);
        let (survey, _) = probed(&site, &[]);
        assert_eq!(verdict(&survey, "kie", card), *expected, "{state}: {survey:#}");
        let exchanges = survey["upstreams"][0]["exchanges"].as_array().unwrap().len();
        assert!((1..=20).contains(&exchanges), "{state}: {exchanges} requests");
        assert_eq!(survey["spent"], 0, "{state}");
        nothing_was_spent(&upstream, balance);
    }
}

#[test]
fn a_row_keeps_its_evidence_and_never_the_key() {
    let upstream = fake(november);
    let site = site(&[kie(&upstream)]);
    let (survey, code) = probed(&site, &[]);
    assert_eq!(code, 0, "plan A is usable");
    let exchanges = survey["upstreams"][0]["exchanges"].as_array().unwrap();
    let sora = &row(&survey, "kie", "sora-2-text-to-video")["finding"];
    let number = sora["evidence"].as_array().unwrap().last().unwrap();
    let exchange = exchanges.iter().find(|exchange| exchange["number"] == *number).unwrap();
    assert_eq!(
        exchange["request"],
        "POST /api/v1/jobs/createTask {\"model\":\"sora-2-text-to-video\",\"input\":{}}"
    );
    assert_eq!((&exchange["http_status"], &exchange["code"]), (&200.into(), &500.into()));
    assert_eq!(exchange["words"], "This interface is temporarily paused.");
    assert!(exchange["at"].as_i64() > Some(1_700_000_000_000) && exchange["latency_ms"].as_i64() >= Some(0));
    assert_eq!(sora["replacement"], "veo-3-1");
    assert!(!survey.to_string().contains("fake-key"));
}

#[test]
fn a_tls_failure_and_an_address_where_nobody_is_are_told_apart() {
    let upstream = fake(november);
    for (url, words) in [
        (upstream.url().replace("http://", "https://"), "TLS"),
        (format!("http://127.0.0.1:{}", super::super::site::free_port()), "refused"),
        ("http://no-such-host.invalid".to_owned(), "name"),
    ] {
        let site = site(&[kie(&upstream), set("KIE_BASE_URL", &url)]);
        let (survey, code) = probed(&site, &[]);
        assert_eq!((verdict(&survey, "kie", "veo3_fast"), code), ("unreachable", 1), "{url}");
        let said = survey["upstreams"][0]["exchanges"][0]["words"].as_str().unwrap();
        assert!(said.contains(words), "{url}: {said}");
    }
    nothing_was_spent(&upstream, BALANCE);
}

#[test]
fn a_name_that_is_no_card_is_looked_up_and_never_created() {
    let upstream = fake(november);
    let site = site(&[kie(&upstream)]);
    let (survey, _) = probed(&site, &["--models", "grok-imagine/image-to-video,no-such-model,veo3*"]);
    assert_eq!(verdict(&survey, "kie", "grok-imagine/image-to-video"), "not_verified");
    assert_eq!(row(&survey, "kie", "grok-imagine/image-to-video")["finding"]["reason"], "no_card");
    assert_eq!(verdict(&survey, "kie", "no-such-model"), "not_offered");
    assert_eq!(verdict(&survey, "kie", "veo3_lite"), "usable");
    assert_eq!(survey["upstreams"][0]["models"].as_array().unwrap().len(), 5);
    nothing_was_spent(&upstream, BALANCE);
}

#[test]
fn engines_of_every_kind_are_surveyed_without_a_create() {
    use EngineKind::{LiteLlm, NewApi, OpenAi, Sglang, TensorRt, VllmOmni};
    for kind in [OpenAi, Sglang, VllmOmni, TensorRt, LiteLlm, NewApi] {
        let upstream = fake(|behaviour| behaviour.engine = kind);
        let site = site(&[engine(&upstream)]);
        let (survey, code) = probed(&site, &[]);
        assert_eq!(
            (verdict(&survey, "engine", "sora-2-text-to-video"), code),
            ("usable", 0),
            "{kind:?}: {survey:#}"
        );
        assert_eq!(verdict(&survey, "engine", "sora-2-pro-text-to-video"), "not_offered", "{kind:?}");
        assert_eq!(upstream.handle().creates_seen(), 0);
        assert!(upstream.handle().asked().iter().all(|asked| asked.method == "GET"));
    }
}

#[test]
fn states_of_an_engine_have_their_verdicts() {
    let states: [(Play, &str); 4] = [
        (|behaviour| behaviour.videos_route = false, "not_offered"),
        (|behaviour| behaviour.models_route = false, "not_verified"),
        (|behaviour| behaviour.key = Some("another".into()), "key_refused"),
        (|behaviour| behaviour.always = Some(Always::Html { http_status: 503 }), "unreachable"),
    ];
    for (play, expected) in states {
        let upstream = fake(play);
        let (survey, _) = probed(&site(&[engine(&upstream)]), &[]);
        assert_eq!(verdict(&survey, "engine", "sora-2-text-to-video"), expected, "{survey:#}");
        assert_eq!(upstream.handle().creates_seen(), 0);
    }
}

#[test]
fn the_emulator_is_surveyed_as_another_filmgate() {
    let folder = tempfile::tempdir().unwrap();
    let dev = crate::gate::Gate::dev(folder.path());
    let site = site(&[]);
    let url = format!("http://{}", dev.address);
    let arguments = ["--url", &url, "--dialect", "filmgate", "--key", "probe-key"];
    let (survey, code) = probed(&site, &arguments);
    assert_eq!(code, 0, "{survey:#}");
    for card in ["sora-2-text-to-video", "sora-2-pro-storyboard", "veo3", "veo-3-1"] {
        assert_eq!(verdict(&survey, "filmgate", card), "usable", "{card}");
    }
    assert_eq!(row(&survey, "filmgate", "sora-2-text-to-video")["films"], 33);
    let credit: Value =
        dev.call("GET", "/api/v1/chat/credit", &[("Authorization", "Bearer probe-key")], b"").json();
    assert_eq!(credit["data"], 1_000.0);
    for (scenario, expected) in [
        ("dev-no-credits", "credits_insufficient"),
        ("dev-bad-key", "key_refused"),
        ("dev-rate-limited", "rate_limited"),
        ("dev-maintenance", "maintenance"),
        ("dev-paused", "paused"),
    ] {
        let arguments = ["--url", &url, "--dialect", "filmgate", "--key", scenario];
        let (survey, code) = probed(&site, &arguments);
        assert_eq!((verdict(&survey, "filmgate", "sora-2-text-to-video"), code), (expected, 1), "{scenario}");
    }
}
