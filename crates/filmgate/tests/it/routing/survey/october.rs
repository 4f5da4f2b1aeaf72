//! The report that began it all, from an emulated account of October 2025: written by `cargo xtask generate`, checked here.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use filmgate::survey::ask::{self, Desk, Terms};
use filmgate::survey::follow;
use filmgate::survey::keep::Taken;
use filmgate::survey::render::{self, Lang, Report};
use filmgate::upstreams::Upstreams;
use filmgate_domain::catalogue::{Catalogue, Dialect};
use filmgate_domain::doubt::UpstreamPolicy;
use filmgate_domain::route::Offer;
use filmgate_domain::survey::{Certainty, Survey, Verdict, lines};
use filmgate_domain::time::{Clock, Day, Timestamp};
use filmgate_fake::{Fake, Market};
use filmgate_providers::guard::Guard;
use filmgate_providers::http::{Base, Client};
use filmgate_providers::kie::Kie;
use filmgate_providers::pictures::Pictures;
use filmgate_providers::remote::HttpRemote;

use super::super::site::{UPSTREAM_KEY, fake};

/// A clock of October 2025 on which each look takes a fraction of a second, always the same ones.
struct October(AtomicI64);

impl October {
    fn new() -> Self {
        let day = Day::try_from("2025-10-20".to_owned()).unwrap();
        Self(AtomicI64::new((day.unix_s() + 9 * 3_600) * 1_000))
    }
}

impl Clock for October {
    fn now(&self) -> Timestamp {
        let now = self.0.load(Ordering::Relaxed);
        Timestamp(self.0.fetch_add(230 + now % 7 * 37, Ordering::Relaxed))
    }
}

fn account() -> Fake {
    fake(|behaviour| {
        behaviour.balance_thousandths = 0;
        behaviour.market = Some(Market::october_2025());
    })
}

/// Surveys the emulated account as `filmgate probe --verify-402` does.
fn surveyed(catalogue: &Catalogue, account: &Fake) -> Survey {
    let guard = Guard::new(Vec::new()).unwrap();
    let base = Base::parse(&account.url()).unwrap();
    let pictures = Pictures::new(guard.clone(), PathBuf::new());
    let (adapter, client) = (Kie::new(UPSTREAM_KEY.into()), Client::new(guard));
    let remote = HttpRemote::new(adapter, client, (base.clone(), base), pictures, "1.1 filmgate-test".into());
    let offer = Offer { name: "kie".into(), dialect: Dialect::Kie, models: Default::default() };
    let mut upstreams = Upstreams::default();
    upstreams.add(offer, UpstreamPolicy::default(), 0, Box::new(remote));
    let clock = October::new();
    let nowhere = tempfile::tempdir().unwrap();
    let taken = Taken::of(nowhere.path());
    let desk = Desk { catalogue, clock: &clock, taken: &taken, progress: &|_, _, _, _| {} };
    let requests_max = ask::requests_max(None, true, ask::models_max(catalogue, Dialect::Kie));
    let terms = Terms { models: Vec::new(), requests_max, verify_402: true, pace: Duration::ZERO };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let gates = [(upstreams.get("kie").unwrap().as_ref(), false)];
    let mut survey = runtime.block_on(ask::survey(desk, &gates, &terms)).unwrap();
    // The fake listens on another port each time; the account that it plays was reached here.
    survey.upstreams[0].address = "https://api.kie.ai".into();
    survey
}

#[test]
fn the_example_survey_reproduces_the_findings_that_started_the_mission() {
    let catalogue = filmgate::catalogue::load().unwrap();
    let account = account();
    let survey = surveyed(&catalogue, &account);
    assert_eq!((account.handle().ledger().len(), account.handle().balance_thousandths()), (0, 0));

    let kie = &survey.upstreams[0];
    assert!(
        kie.endpoints.iter().all(|endpoint| endpoint.answers == Some(true)),
        "both APIs exist and answer"
    );
    for card in ["sora-2-text-to-video", "sora-2-image-to-video", "veo3", "veo3_fast"] {
        let row = kie.models.iter().find(|row| row.card == card).unwrap();
        assert_eq!(row.finding.verdict, Verdict::CreditsInsufficient, "{card}");
        assert_eq!(row.finding.certainty, Certainty::Verified, "{card}");
        let number = *row.finding.evidence.last().unwrap();
        let exchange = kie.exchanges.iter().find(|exchange| exchange.number == number).unwrap();
        assert_eq!((exchange.http_status, exchange.code), (Some(200), Some(402)), "{card}");
        assert!(exchange.words.contains("top up"), "{card}");
    }
    for plan in &survey.plans {
        let (a, b) = (plan.a.as_ref().unwrap(), plan.b.as_ref().unwrap());
        assert_eq!((a.card.as_str(), b.card.as_str()), (plan.r#use.model(), "veo3_fast"));
    }
    let names = |card: &str| {
        let row = kie.models.iter().find(|row| row.card == card).unwrap();
        row.fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>()
    };
    let (sora, veo) = (names("sora-2-text-to-video"), names("veo3_fast"));
    assert!(sora.contains(&"n_frames".into()) && sora.contains(&"aspect_ratio".into()), "{sora:?}");
    assert!(
        veo.contains(&"duration".into()) && veo.contains(&"aspectRatio".into()),
        "the formats differ: {veo:?}"
    );

    let config = follow::toml(&lines(&survey.upstreams, &survey.plans));
    for (lang, file, note) in [
        (
            Lang::En,
            "example-survey.md",
            "> An example: `filmgate probe --verify-402` against an **emulated** Kie account of October 2025 (key valid, Sora 2 and\n\
             > Veo 3.1 present, no credits). `cargo xtask generate` writes this page, and a test compares it with a fresh run.\n",
        ),
        (
            Lang::Zh,
            "example-survey.zh-CN.md",
            "> 示例：对**模拟的** 2025 年 10 月 Kie 账户（密钥有效，Sora 2 与 Veo 3.1 均在线，积分为零）运行\n\
             > `filmgate probe --verify-402 --lang zh`。本页由 `cargo xtask generate` 生成，测试会与一次新的运行逐字比对。\n",
        ),
    ] {
        let report = Report { survey: &survey, changes: None, catalogue: &catalogue, lang, config: &config };
        same(file, &format!("{note}\n{}", render::markdown(&report)));
    }
}

/// Compares a page with what it should be, or writes it.
fn same(file: &str, text: &str) {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs")).join(file);
    if std::env::var_os("FILMGATE_GENERATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{file} is out of date; write it with `cargo xtask generate`");
}
