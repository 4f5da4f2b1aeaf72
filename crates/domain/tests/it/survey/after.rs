//! What follows from surveys: plans, routes, comparisons, and their written form.

use filmgate_domain::catalogue::Dialect;
use filmgate_domain::credits::Credits;
use filmgate_domain::route::Route;
use filmgate_domain::survey::{
    Change, Next, Question, SCHEMA, Says, Standing, Strength, Survey, UpstreamRow, Use, Verdict, changes,
    lines, plans,
};
use filmgate_domain::time::Timestamp;

use super::{LIMITS, OCTOBER_2025, TODAY, catalogue, creates, finding, heard, interview, kie, subject, well};

fn survey(upstreams: Vec<UpstreamRow>) -> Survey {
    let plans = plans(&upstreams, &catalogue());
    let version = "0".to_owned();
    Survey {
        schema: SCHEMA,
        version,
        at: Timestamp(0),
        upstreams,
        plans,
        spent: Credits::ZERO,
        changes: None,
    }
}

#[test]
fn october_2025_recommends_sora_2_and_then_veo_3_1() {
    let row = interview(subject(Dialect::Kie), LIMITS, OCTOBER_2025, well(0));
    let survey = survey(vec![row]);
    for plan in &survey.plans {
        let (a, b) = (plan.a.as_ref().unwrap(), plan.b.as_ref().unwrap());
        assert_eq!((a.card.as_str(), b.card.as_str()), (plan.r#use.model(), "veo3_fast"));
        assert!(!plan.works(), "the credits are insufficient");
        assert!(b.strengths.contains(&Strength::OtherFamily));
    }
    let lines = lines(&survey.upstreams, &survey.plans);
    assert_eq!(lines.routes["sora-2-text-to-video"], ["kie", "kie:veo3_fast"]);
    assert!(lines.names.is_empty(), "no card calls it retired yet");
}

#[test]
fn november_2026_recommends_veo_and_the_engine() {
    let paused = |step: &Next| match step {
        Next::Ask(Question::Incomplete(incomplete)) => {
            incomplete.model().starts_with("sora").then_some(Says::Paused)
        }
        _ => None,
    };
    let kie = kie(paused, 1_000);
    assert_eq!(finding(&kie, "sora-2-text-to-video").verdict, Verdict::Paused);
    let engine = interview(subject(Dialect::Openai), LIMITS, TODAY, |step| {
        heard(match step {
            Next::Ask(Question::Models) => Says::Models(vec!["sora-2".into()]),
            _ => Says::UnknownTask,
        })
    });
    let survey = survey(vec![kie, engine]);
    let plan = &survey.plans[0];
    assert_eq!(plan.r#use, Use::TextToVideo);
    assert_eq!(plan.a.as_ref().unwrap().upstream, "engine");
    assert_eq!(plan.b.as_ref().unwrap().card, "veo3_fast");
    assert!(plan.works());
    let lines = lines(&survey.upstreams, &survey.plans);
    assert_eq!(lines.routes["sora-2-text-to-video"], ["engine", "kie:veo3_fast"]);
}

#[test]
fn a_retired_model_that_is_alive_gets_its_name_into_the_configuration() {
    let survey = survey(vec![kie(|_| None, 1_000)]);
    let lines = lines(&survey.upstreams, &survey.plans);
    assert_eq!(lines.names["kie"]["sora-2-text-to-video"], "sora-2-text-to-video");
    assert_eq!(
        lines.names["kie"]["veo3_fast"], "veo3_fast",
        "what has names of its own is asked for nothing else"
    );
}

#[test]
fn a_comparison_tells_what_changed_and_nothing_else() {
    let (old, new) = (survey(vec![kie(|_| None, 1_000)]), survey(vec![kie(creates(Says::Paused), 940)]));
    assert_eq!(changes(&old, &old), []);
    let changes = changes(&old, &new);
    assert!(changes.contains(&Change::Balance {
        upstream: "kie".into(),
        was: Some(Credits::whole(1_000)),
        is: Some(Credits::whole(940)),
    }));
    assert!(changes.contains(&Change::Verdict {
        upstream: "kie".into(),
        card: "veo3_fast".into(),
        was: Some(Verdict::Usable),
        is: Some(Verdict::Paused),
    }));
    assert!(!changes.iter().any(|change| matches!(change, Change::Price { .. } | Change::Listed { .. })));
}

#[test]
fn routes_that_a_fresh_survey_found_out_of_order_are_asked_last() {
    let survey = survey(vec![kie(creates(Says::Paused), 1_000)]);
    let route =
        |upstream: &str, model: &str| Route { upstream: upstream.into(), card: None, model: model.into() };
    let planned = [route("kie", "veo3_fast"), route("engine", "veo3_fast"), route("studio", "scene")];
    let ordered_at = |now: i64, address: &str| {
        let mut routes = planned.to_vec();
        Standing::of(&survey, Timestamp(now), 1_000, |_| Some(address.to_owned())).order(&mut routes);
        routes.into_iter().map(|route| route.upstream).collect::<Vec<_>>()
    };
    let ordered = |now| ordered_at(now, "https://x.test");
    assert_eq!(ordered(1_000), ["engine", "studio", "kie"]);
    assert_eq!(ordered(1_001), ["kie", "engine", "studio"], "an old survey says nothing of today");
    assert_eq!(ordered(-1), ["kie", "engine", "studio"], "nor does one from the future");
    assert_eq!(ordered_at(0, "https://y.test"), ["kie", "engine", "studio"], "nor one of another address");
}

#[cfg(feature = "schema")]
#[test]
fn the_survey_schema_is_published_as_it_is() {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Survey)).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/survey.schema.json");
    if std::env::var_os("FILMGATE_GENERATE").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == schema,
        "docs/survey.schema.json is out of date; write it with `cargo xtask generate`"
    );
}

#[test]
fn a_survey_is_read_as_it_was_written() {
    let survey = survey(vec![kie(|_| None, 1_000)]);
    let text = serde_json::to_string(&survey).unwrap();
    assert_eq!(serde_json::from_str::<Survey>(&text).unwrap(), survey);
}
