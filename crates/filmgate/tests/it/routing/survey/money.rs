//! What happens around money: the verification at an empty account, a real film for a budget, and a create that was taken.

use filmgate_fake::{CreateScript, Market, Outcome, Shelf};

use super::super::site::{fake, kie};
use super::{nothing_was_spent, probed, row, site, verdict};

#[test]
fn a_complete_create_is_sent_only_while_the_balance_is_exactly_zero() {
    for balance in [0, 1] {
        let upstream = fake(|behaviour| {
            behaviour.balance_thousandths = balance;
            behaviour.market = Some(Market::october_2025());
        });
        let site = site(&[kie(&upstream)]);
        let (survey, code) = probed(&site, &["--verify-402"]);
        assert_eq!(code, 1);
        let sora = &row(&survey, "kie", "sora-2-text-to-video")["finding"];
        let certainty = if balance == 0 { "verified" } else { "inferred" };
        assert_eq!(
            (&sora["verdict"], &sora["certainty"]),
            (&"credits_insufficient".into(), &certainty.into())
        );
        let asked = upstream.handle().asked();
        let complete = asked.iter().filter(|asked| asked.body.contains("A calm sea at sunrise"));
        assert_eq!(complete.count(), if balance == 0 { 9 } else { 0 }, "one for each model that is there");
        assert!(upstream.handle().ledger().is_empty());
    }
}

#[test]
fn without_the_flag_no_prompt_is_ever_sent_to_an_empty_account() {
    let upstream = fake(|behaviour| {
        behaviour.balance_thousandths = 0;
        behaviour.market = Some(Market::october_2025());
    });
    let (survey, _) = probed(&site(&[kie(&upstream)]), &[]);
    assert_eq!(verdict(&survey, "kie", "sora-2-text-to-video"), "credits_insufficient");
    assert_eq!(row(&survey, "kie", "sora-2-text-to-video")["finding"]["certainty"], "inferred");
    nothing_was_spent(&upstream, 0);
}

#[test]
fn a_budget_makes_the_smallest_film_and_tells_what_it_really_cost() {
    let upstream = fake(|behaviour| {
        let mut market = Market::november_2026();
        market.models.get_mut("veo3_lite").unwrap().price_thousandths = 37_500;
        behaviour.market = Some(market);
        behaviour.balance_thousandths = 1_000_000;
    });
    let site = site(&[kie(&upstream)]);
    let (survey, code) = probed(&site, &["--models", "veo3_lite,veo3", "--spend", "100"]);
    assert_eq!(code, 0);
    let lite = row(&survey, "kie", "veo3_lite");
    assert_eq!((&lite["spent"], &lite["finding"]["reason"]), (&37_500.into(), &"film_made".into()));
    assert_eq!(lite["finding"]["certainty"], "verified");
    assert_eq!(survey["spent"], 37_500);
    assert_eq!(
        row(&survey, "kie", "veo3")["spent"],
        serde_json::Value::Null,
        "250 credits are over the budget"
    );
    let jobs = upstream.handle().jobs();
    assert_eq!(jobs.len(), 1);
    assert_eq!(
        (&jobs[0].order.body["model"], &jobs[0].order.body["duration"]),
        (&"veo3_lite".into(), &4.into())
    );
    site.verify();
}

#[test]
fn a_probing_create_that_is_taken_is_told_loudly_and_is_the_last() {
    let upstream = fake(|behaviour| {
        let mut market = Market::november_2026();
        for model in ["veo-3-1", "veo3", "veo3_fast", "veo3_lite"] {
            market.models.insert(model.into(), Shelf { takes_empty: true, ..Shelf::default() });
        }
        behaviour.market = Some(market);
    });
    let site = site(&[kie(&upstream)]);
    let (survey, code) = probed(&site, &[]);
    let jobs = upstream.handle().jobs();
    assert_eq!((jobs.len(), code), (1, 1), "the first is the last, and nobody calls that well");
    let incident = &survey["upstreams"][0]["incidents"][0]["created"];
    assert_eq!(incident["job"], jobs[0].id.as_str());
    // Whoever took one is sent none again, whatever is asked about.
    for arguments in [&["--models", "veo3"][..], &["--upstream", "kie"], &["--verify-402"], &[]] {
        let (again, _) = probed(&site, arguments);
        assert_eq!(row(&again, "kie", "veo3")["finding"]["reason"], "stopped", "{arguments:?}");
    }
    assert_eq!(upstream.handle().jobs().len(), 1);
}

#[test]
fn a_lost_reply_to_a_create_is_told_first_and_ends_the_creates() {
    for (http_status, code) in [(502, 500), (200, 408), (200, 777)] {
        let upstream = fake(|behaviour| {
            behaviour.market = Some(Market::november_2026());
            behaviour.create_always = Some(CreateScript::Refuse { http_status, code, text: String::new() });
        });
        let site = site(&[kie(&upstream)]);
        let output = site.command(&["probe", "--format", "markdown"]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(text.lines().take(4).any(|line| line.contains("A REPLY WAS LOST")), "{text}");
        assert_eq!(upstream.handle().creates_seen(), 1, "no further create was sent");
    }
}

#[test]
fn a_film_of_a_passing_account_is_kept_out_of_the_servers_sight() {
    let upstream = fake(|behaviour| behaviour.market = Some(Market::november_2026()));
    let site = site(&[]);
    let url = upstream.url();
    let arguments =
        ["--url", &url, "--dialect", "kie", "--key", "fake-key", "--models", "veo3_fast", "--spend", "60"];
    let (survey, code) = probed(&site, &arguments);
    assert_eq!((code, &survey["spent"]), (0, &60_000.into()), "{survey:#}");
    assert_eq!(upstream.handle().jobs().len(), 1);
    assert_eq!(
        site.printed(&["tasks", "list", "--json"]),
        "",
        "another account's task is none of this folder's"
    );
}

#[test]
fn a_film_that_fails_is_no_proof_of_a_usable_model() {
    let upstream = fake(|behaviour| {
        behaviour.market = Some(Market::november_2026());
        behaviour.outcome = Outcome::Fail { code: "500".into(), text: "internal error".into() };
    });
    let site = site(&[kie(&upstream)]);
    let (survey, code) = probed(&site, &["--models", "veo3_fast", "--spend", "60"]);
    assert_eq!(code, 1);
    assert_eq!(row(&survey, "kie", "veo3_fast")["finding"]["reason"], "film_failed");
    assert_eq!(survey["spent"], 0, "the upstream gave it back");
}
