//! Claims about what a report tells people to do.

use filmgate_domain::catalogue::Dialect;
use filmgate_domain::credits::Credits;
use filmgate_domain::survey::{Next, Question, Says};

use super::scene::{
    Answer, NOVEMBER_2026, OCTOBER_2025, Script, answer, catalogue, engine, interview, kie, november,
    october, survey,
};
use super::{BOTH, shown};
use crate::survey::render::{Lang, Report, markdown};

/// The report of October 2025, in which creates with nothing in them are answered so.
fn with_answer(says: &Says, code: i64, words: &str, lang: Lang) -> String {
    let catalogue = catalogue();
    let answers = |step: &Next, model: &str| -> Answer {
        match step {
            Next::Ask(Question::Incomplete(_)) => answer(says.clone(), code, words),
            step => kie(step, model),
        }
    };
    let upstream = interview(&catalogue, &Script::default(), answers);
    shown(&survey(vec![upstream], &catalogue, OCTOBER_2025), &catalogue, lang)
}

#[test]
fn a_sub_key_over_its_cap_is_told_apart_from_a_missing_right() {
    let cap = with_answer(&Says::KeyLimited, 433, "sub-key over its limit", Lang::En);
    assert!(cap.contains("Raise its hourly, daily or total cap at https://kie.ai/api-key"), "{cap}");
    let right = with_answer(&Says::NotPermitted, 403, "You do not have access permissions", Lang::En);
    assert!(right.contains("Ask the owner of the account for the right"), "{right}");
    assert!(!right.contains("total cap"), "{right}");
}

#[test]
fn each_kind_of_trouble_has_its_own_advice() {
    for (says, code, advice) in [
        (Says::RateLimited, 429, "20 creates in 10 s"),
        (Says::Maintenance, 455, "down on purpose"),
        (Says::UnknownModel, 422, "`[upstreams.NAME.models]`"),
        (Says::Paused, 500, "names no date"),
        (Says::Fault, 500, "`--verify-402`"),
        (Says::KeyRefused, 401, "https://kie.ai/api-key"),
    ] {
        let text = with_answer(&says, code, "words", Lang::En);
        let section = text.split("## What to do next").nth(1).unwrap().split("\n## ").next().unwrap();
        assert!(section.contains(advice), "{says:?}: {section}");
    }
}

#[test]
fn a_page_that_is_not_there_yet_or_any_more_is_explained_with_its_day() {
    let catalogue = catalogue();
    let text = shown(&october(&catalogue, false, false), &catalogue, Lang::En);
    assert!(text.contains("no page of that time known (oldest copy 2026-04-29)"), "{text}");
    assert!(text.contains("upstreams switch a model on before its page is written"), "{text}");
    let text = shown(&november(&catalogue), &catalogue, Lang::En);
    assert!(text.contains("the pages are gone since 2026-09-24"), "{text}");
    assert!(text.contains("since 2026-08-01 the documentation shows another form"), "{text}");
    assert!(text.contains("retired (inferred; since 2026-06-11, replaced by `veo-3-1`)"), "{text}");
}

#[test]
fn the_balance_buys_nothing_of_what_is_not_there() {
    let catalogue = catalogue();
    let text = shown(&november(&catalogue), &catalogue, Lang::En);
    assert!(
        text.contains(
            "it buys 4 × `veo-3-1`, 2 × `veo3_fast`, 4 × `veo3_lite`; it buys no film of `veo3` (250)"
        ),
        "{text}"
    );
    assert!(text.contains("the balance is 130 credits (0.65 USD)"), "{text}");
}

#[test]
fn an_engine_has_no_price_in_credits() {
    let catalogue = catalogue();
    let script = Script {
        name: "engine",
        dialect: Dialect::Openai,
        address: "http://127.0.0.1:8000/v1",
        models: &[("*", "wan2.2-t2v-a14b")],
        ..Script::default()
    };
    let survey = survey(vec![interview(&catalogue, &script, engine)], &catalogue, NOVEMBER_2026);
    let text = shown(&survey, &catalogue, Lang::En);
    assert!(text.contains("**usable (inferred)**; price not known"), "{text}");
    assert!(!text.contains("credits a film;") && !text.contains("USD"), "{text}");
}

#[test]
fn a_filmgate_is_no_shop() {
    let catalogue = catalogue();
    let mut survey = october(&catalogue, false, true);
    survey.upstreams[0].is_filmgate = true;
    survey.upstreams[0].balance = Some(Credits::ZERO);
    for lang in BOTH {
        let text = shown(&survey, &catalogue, lang);
        assert!(text.contains("`filmgate credits grant NAME AMOUNT`"), "{text}");
        assert!(!text.contains("USD") && !text.contains("https://kie.ai."), "{text}");
    }
}

#[test]
fn the_lines_of_configuration_stand_in_a_block_of_their_own() {
    let catalogue = catalogue();
    let survey = october(&catalogue, false, false);
    let config = "[routes.models]\n\"a\" = [\"kie\"]\n";
    let report = Report { survey: &survey, changes: None, catalogue: &catalogue, lang: Lang::En, config };
    assert!(markdown(&report).contains("\n\n```toml\n[routes.models]\n\"a\" = [\"kie\"]\n```\n"));
    assert!(!shown(&survey, &catalogue, Lang::En).contains("```toml"));
}
