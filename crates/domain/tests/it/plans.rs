//! Who makes a film: the operator's routes, what upstreams offer, what has retired.

use std::collections::BTreeMap;

use filmgate_domain::admission::admit;
use filmgate_domain::catalogue::{Catalogue, Dialect};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};
use filmgate_domain::route::{Availability, Offer, Route, RouteName, RoutePolicy, shape};
use filmgate_domain::survey::Standing;
use filmgate_domain::time::Day;

use crate::catalogue::cards::cards;

const SORA: &str = "sora-2-text-to-video";

fn day(text: &str) -> Day {
    Day::try_from(text.to_owned()).unwrap()
}

fn catalogue() -> Catalogue {
    Catalogue::new(cards()).unwrap()
}

fn offer(name: &str, dialect: Dialect) -> Offer {
    Offer { name: name.into(), dialect, models: BTreeMap::new() }
}

fn names(names: &[&str]) -> Vec<RouteName> {
    names.iter().map(|name| RouteName::parse(name)).collect()
}

/// A policy over Kie, one engine and the studio.
fn policy(default: &[&str], models: &[(&str, &[&str])]) -> RoutePolicy {
    RoutePolicy {
        default: names(default),
        models: models.iter().map(|(model, routes)| ((*model).to_owned(), names(routes))).collect(),
        offers: vec![offer("kie", Dialect::Kie), offer("engine", Dialect::Openai), Offer::studio()],
        stops_on_failure: false,
    }
}

fn asked(model: &str, form: Form) -> Asked {
    Asked {
        model: model.into(),
        parameters: Parameters::from([(Parameter::Prompt, Value::Text("a cat".into()))]),
        form,
        callback_url: None,
        scenario: None,
        on_doubt: None,
        origin: None,
    }
}

fn plan_on(policy: &RoutePolicy, model: &str, today: &str) -> Result<Vec<Route>, Refusal> {
    let catalogue = catalogue();
    let admitted = admit(&catalogue, (policy, &Standing::default()), asked(model, Form::Cli), day(today))?;
    Ok(admitted.accepted.request.routes)
}

/// The routes as `upstream:model`, with the card in brackets where it is another one.
fn plan(policy: &RoutePolicy, model: &str) -> Vec<String> {
    let show = |route: Route| {
        let card = route.card.map(|card| format!(" ({card})")).unwrap_or_default();
        format!("{}:{}{card}", route.upstream, route.model)
    };
    plan_on(policy, model, "2026-11-22").unwrap().into_iter().map(show).collect()
}

#[test]
fn the_default_is_for_models_that_are_not_named() {
    let policy = policy(&["studio"], &[("veo3", &["kie"])]);
    assert_eq!(plan(&policy, SORA), ["studio:scene"]);
    assert_eq!(plan(&policy, "veo3"), ["kie:veo3"]);
}

#[test]
fn without_a_word_every_paid_upstream_is_asked_in_order_and_never_the_studio() {
    assert_eq!(plan(&policy(&[], &[]), "veo-3-1"), ["kie:veo-3-1", "engine:veo-3-1"]);
    let studio_only = RoutePolicy { offers: vec![Offer::studio()], ..RoutePolicy::default() };
    let refusal = plan_on(&studio_only, "veo-3-1", "2026-11-22").unwrap_err();
    assert_eq!(refusal, Refusal::NoRoute { model: "veo-3-1".into() });
    assert!(refusal.to_string().contains("FILMGATE_ROUTES_DEFAULT=studio"));
}

#[test]
fn the_studio_makes_everything_where_it_is_named() {
    assert_eq!(plan(&RoutePolicy::studio(), SORA), ["studio:scene"]);
    assert_eq!(plan(&policy(&["kie", "studio"], &[]), "veo3"), ["kie:veo3", "studio:scene"]);
}

#[test]
fn the_very_name_wins_over_patterns_and_the_longer_pattern_over_the_shorter() {
    let policy = policy(
        &["studio"],
        &[("veo*", &["engine"]), ("veo3*", &["kie"]), ("veo3", &["studio"]), ("veo3_lite*", &["engine"])],
    );
    assert_eq!(plan(&policy, "veo-3-1"), ["engine:veo-3-1"]);
    assert_eq!(plan(&policy, "veo3_fast"), ["kie:veo3_fast"]);
    assert_eq!(plan(&policy, "veo3"), ["studio:scene"]);
    assert_eq!(plan(&policy, "veo3_lite"), ["engine:veo3_lite"]);
}

#[test]
fn a_model_can_be_named_by_its_alias() {
    let policy = policy(&["studio"], &[("openai/sora-2-text-to-video", &["engine"])]);
    assert_eq!(plan(&policy, SORA), ["engine:sora-2"]);
}

#[test]
fn a_route_may_name_another_card() {
    assert_eq!(
        RouteName::parse(" kie:veo-3-1 "),
        RouteName { upstream: "kie".into(), card: Some("veo-3-1".into()) }
    );
    assert_eq!(RouteName::parse("kie"), RouteName { upstream: "kie".into(), card: None });
    let policy = policy(&[], &[("sora-*", &["kie:veo-3-1", "studio"])]);
    assert_eq!(plan(&policy, SORA), ["kie:veo-3-1 (veo-3-1)", "studio:scene"]);
}

#[test]
fn a_card_that_names_itself_or_nothing_is_no_translation() {
    let policy = policy(&[], &[(SORA, &["engine:sora-2-text-to-video", "kie:nobody", "nobody", "studio"])]);
    assert_eq!(plan(&policy, SORA), ["engine:sora-2", "studio:scene"]);
}

#[test]
fn a_route_whose_card_cannot_take_the_request_is_left_out() {
    let policy =
        policy(&[], &[(SORA, &["kie:sora-2-pro-storyboard", "engine:sora-2-image-to-video", "studio"])]);
    assert_eq!(plan(&policy, SORA), ["studio:scene"]);
}

#[test]
fn a_route_ends_on_the_day_it_is_retired_and_the_refusal_says_what_to_do() {
    let policy = policy(&["kie"], &[]);
    assert_eq!(plan_on(&policy, SORA, "2026-06-10").unwrap().len(), 1);
    let refusal = plan_on(&policy, SORA, "2026-06-11").unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "kie has retired sora-2-text-to-video since 2026-06-11; name another route for it under [routes.models] in the \
         configuration file, such as \"sora-2-text-to-video\" = [\"kie:veo-3-1\"] or [\"studio\"]"
    );
}

#[test]
fn a_card_is_served_or_retired_or_nobodys() {
    let catalogue = catalogue();
    let of = |policy: &RoutePolicy, model: &str, today: &str| {
        policy.availability(&catalogue, catalogue.find(model).unwrap(), day(today))
    };
    let kie = policy(&["kie"], &[]);
    assert_eq!(of(&kie, SORA, "2026-06-10"), Availability::Served(vec!["kie".into()]));
    assert_eq!(of(&kie, SORA, "2026-06-11"), Availability::Retired);
    assert_eq!(
        of(&policy(&["studio"], &[]), SORA, "2026-06-11"),
        Availability::Served(vec!["studio".into()])
    );
    assert_eq!(of(&RoutePolicy::default(), "veo3", "2026-11-22"), Availability::NotServed);
}

#[test]
fn a_retired_route_before_a_good_one_is_only_left_out() {
    assert_eq!(plan(&policy(&["kie", "engine"], &[]), SORA), ["engine:sora-2"]);
}

#[test]
fn an_engine_is_asked_by_its_own_names() {
    let mut policy = policy(&["engine"], &[]);
    assert_eq!(plan(&policy, SORA), ["engine:sora-2"], "the card knows the name");
    assert_eq!(plan(&policy, "veo3_fast"), ["engine:veo3_fast"], "an engine is asked for anything");
    policy.offers[1].models = BTreeMap::from([(SORA.to_owned(), "wan-2.2".to_owned())]);
    assert_eq!(plan(&policy, SORA), ["engine:wan-2.2"]);
    let refusal = plan_on(&policy, "veo3_fast", "2026-11-22").unwrap_err();
    assert_eq!(refusal, Refusal::NoRoute { model: "veo3_fast".into() });
    policy.offers[1].models.insert("*".into(), "any".into());
    assert_eq!(plan(&policy, "veo3_fast"), ["engine:any"]);
    assert_eq!(plan(&policy, SORA), ["engine:wan-2.2"]);
}

#[test]
fn kie_is_not_asked_for_what_no_card_says_it_makes() {
    let catalogue = catalogue();
    let mut card = catalogue.find("veo3").unwrap().clone();
    card.routes.clear();
    assert_eq!(offer("kie", Dialect::Kie).model(&card, day("2026-11-22")), Err(None));
    assert_eq!(offer("engine", Dialect::Openai).model(&card, day("2026-11-22")), Ok("veo3".into()));
}

#[test]
fn a_sunset_is_that_of_the_first_route() {
    let catalogue = catalogue();
    let sunset = |policy: &RoutePolicy| {
        let admitted =
            admit(&catalogue, (policy, &Standing::default()), asked(SORA, Form::KieJobs), day("2026-06-01"));
        admitted.unwrap().sunset
    };
    assert_eq!(sunset(&policy(&["kie", "studio"], &[])), Some(day("2026-06-11")));
    assert_eq!(sunset(&policy(&["studio", "kie"], &[])), None);
    assert_eq!(sunset(&policy(&[], &[(SORA, &["kie:veo-3-1"])])), None);
    let mut renamed = policy(&["kie"], &[]);
    renamed.offers[0].models.insert("*".into(), "still-there".into());
    assert_eq!(sunset(&renamed), None, "its own names outlive the card's");
}

#[test]
fn the_operator_is_warned_of_what_retires_before_and_after() {
    let catalogue = catalogue();
    let warnings = |today| policy(&["kie"], &[]).warnings(&catalogue, day(today));
    let before = warnings("2026-06-01").join("\n");
    assert!(before.starts_with("kie will retire on 2026-06-11: "), "{before}");
    assert!(before.contains("sora-2-text-to-video") && before.contains("\"kie:veo-3-1\""), "{before}");
    assert!(!before.contains("sora-watermark-remover"), "nothing serves it: {before}");
    let after = warnings("2026-06-11").join("\n");
    assert!(after.starts_with("kie retired on 2026-06-11: "), "{after}");
    assert_eq!(policy(&["studio"], &[]).warnings(&catalogue, day("2026-11-22")), Vec::<String>::new());
    let moved = policy(&["kie"], &[("sora-*", &["kie:veo-3-1"])]);
    assert_eq!(moved.warnings(&catalogue, day("2026-11-22")), Vec::<String>::new());
}

#[test]
fn the_price_is_that_of_the_card_that_was_asked_for_and_the_cost_that_of_the_route() {
    let catalogue = catalogue();
    let policy = policy(&[], &[("sora-*", &["kie:veo-3-1", "engine"])]);
    let admitted =
        admit(&catalogue, (&policy, &Standing::default()), asked(SORA, Form::KieJobs), day("2026-11-22"))
            .unwrap();
    assert_eq!(admitted.accepted.price.to_string(), "30");
    let request = &admitted.accepted.request;
    let shaped = |route: &Route| shape(&catalogue, request, SORA, route).unwrap();
    let (veo, engine) = (shaped(&request.routes[0]), shaped(&request.routes[1]));
    assert_eq!((veo.cost.to_string(), veo.request.film.seconds), ("60".to_owned(), 8));
    assert_eq!((engine.cost.to_string(), engine.report.len()), ("30".to_owned(), 0));
    assert_eq!(&engine.request, request);
    let gone = Route { card: Some("gone".into()), ..request.routes[0].clone() };
    assert_eq!(shape(&catalogue, request, SORA, &gone), None);
    assert_eq!(shape(&catalogue, request, "gone", &request.routes[1]), None);
}
