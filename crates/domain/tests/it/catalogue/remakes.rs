//! Films made from films: what fits, what shape they have, what they cost.

use filmgate_domain::catalogue::Card;
use filmgate_domain::credits::Credits;
use filmgate_domain::refusal::Refusal;
use filmgate_domain::remake::{Origin, Remake, SECONDS_MAX, asked_again, is_enlarged_again};
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Request, Shot, Value};
use filmgate_domain::task::{CopyKind, Failure, Phase, Task};

use crate::catalogue::cards::cards;
use crate::desk::Desk;

fn card(id: &str) -> Card {
    cards().into_iter().find(|card| card.id == id).unwrap()
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

/// A finished film of this card.
fn finished(id: &str, parameters: Parameters) -> (Task, Request) {
    let request = card(id).accept(Asked::new(id, parameters, Form::Cli)).unwrap().request;
    (Task { phase: Phase::Succeeded, model: id.into(), ..Desk::new(&["studio"]).case.task }, request)
}

fn cat() -> Parameters {
    Parameters::from([(Parameter::Prompt, text("A cat"))])
}

fn origin((task, request): &(Task, Request), remake: Remake) -> Origin {
    Origin::of((task, request), remake).unwrap()
}

fn extended(source: &(Task, Request)) -> Result<Request, Refusal> {
    let given = Parameters::from([(Parameter::Prompt, text("It jumps")), (Parameter::OriginTask, text("x"))]);
    let origin = Some(Origin::of((&source.0, &source.1), Remake::Extension)?);
    let asked = Asked { origin, ..Asked::new("veo/extend", given, Form::KieVeo) };
    card("veo/extend").accept(asked).map(|accepted| accepted.request)
}

#[test]
fn an_extension_has_its_sources_frame_and_knows_how_long_the_film_is_in_all() {
    let portrait = Parameters::from([(Parameter::Aspect, text("9:16"))]).into_iter().chain(cat()).collect();
    let source = finished("veo3_fast", portrait);
    let longer = extended(&source).unwrap();
    assert_eq!((longer.film.width, longer.film.height, longer.film.seconds), (720, 1280, 8));
    assert_eq!((longer.seconds_in_all(), longer.copies()), (16, vec![CopyKind::Joined]));
    let longest = extended(&(source.0, longer)).unwrap();
    assert_eq!(longest.seconds_in_all(), 24);
    assert_eq!(longest.first().text(Parameter::Prompt), "A cat");
}

#[test]
fn extensions_end_where_a_film_is_as_long_as_films_can_be() {
    let mut source = finished("veo3_fast", cat());
    while let Ok(longer) = extended(&source) {
        assert!(longer.seconds_in_all() <= SECONDS_MAX);
        source.1 = longer;
    }
    assert!(source.1.seconds_in_all() > SECONDS_MAX - 8);
}

#[test]
fn an_enlargement_keeps_the_shape_and_the_length() {
    let source = finished("veo3_lite", cat());
    for (id, size, credits) in
        [("veo/get-1080p-video", (1920, 1080), 5), ("veo/get-4k-video", (3840, 2160), 120)]
    {
        let given = Parameters::from([(Parameter::OriginTask, text("x"))]);
        let origin = Some(origin(&source, Remake::Enlargement));
        let accepted = card(id).accept(Asked { origin, ..Asked::new(id, given, Form::KieVeo) }).unwrap();
        assert_eq!((accepted.request.film.width, accepted.request.film.height), size);
        assert_eq!((accepted.request.film.seconds, accepted.price), (8, Credits::whole(credits)));
    }
}

#[test]
fn what_is_not_finished_or_too_large_is_no_source() {
    let (task, request) = finished("veo3", cat());
    let running = Task { phase: Phase::Running, ..task.clone() };
    assert_eq!(Origin::of((&running, &request), Remake::Extension), Err(Refusal::SourceUnfinished));
    let large = Parameters::from([(Parameter::Resolution, text("1080p"))]).into_iter().chain(cat()).collect();
    let (_, large) = finished("veo3", large);
    for remake in [Remake::Extension, Remake::Enlargement] {
        assert!(
            matches!(Origin::of((&task, &large), remake), Err(Refusal::SourceUnfit { .. })),
            "{remake:?}"
        );
    }
    assert!(Origin::of((&task, &large), Remake::Remix).is_ok());
}

#[test]
fn a_card_that_makes_films_from_films_refuses_a_request_without_one() {
    let given = Parameters::from([(Parameter::OriginTask, text("x"))]);
    let refused = card("veo/get-4k-video").accept(Asked::new("veo/get-4k-video", given, Form::KieJobs));
    assert_eq!(refused.unwrap_err(), Refusal::SourceUnknown);
}

#[test]
fn a_remix_is_the_sources_own_request_with_other_words() {
    let size = Parameters::from([(Parameter::Size, text("1280x720"))]).into_iter().chain(cat()).collect();
    let source = finished("sora-2", size);
    let origin = origin(&source, Remake::Remix);
    let asked = asked_again(&origin, "at night", None, Asked::new("", Parameters::new(), Form::OpenAi));
    let accepted = card("sora-2").accept(asked).unwrap();
    assert_eq!(accepted.request.text(Parameter::Prompt), "at night");
    assert_eq!(accepted.request.film, source.1.film);
    assert_eq!((accepted.price, accepted.request.copies()), (Credits::whole(12), vec![]));
}

#[test]
fn the_longest_chain_of_remixes_is_read_back_from_its_text() {
    let mut source = finished("sora-2", cat());
    let mut length = 0;
    while let Ok(origin) = Origin::of((&source.0, &source.1), Remake::Remix) {
        let asked = asked_again(&origin, "again", None, Asked::new("", Parameters::new(), Form::OpenAi));
        source.1 = card("sora-2").accept(asked).unwrap().request;
        length += 1;
    }
    assert_eq!(length, filmgate_domain::remake::GENERATIONS_MAX);
    let text = serde_json::to_string(&source.1).unwrap();
    assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), source.1);
}

#[test]
fn a_remix_of_a_storyboard_changes_every_shot() {
    let shots = Value::Shots(vec![Shot { scene: "A cat".into(), seconds: 5.0 }]);
    let source = finished("sora-2-pro-storyboard", Parameters::from([(Parameter::Shots, shots)]));
    let origin = origin(&source, Remake::Edit);
    let asked = asked_again(&origin, "in snow", None, Asked::new("", Parameters::new(), Form::OpenAi));
    let accepted = card("sora-2-pro-storyboard").accept(asked).unwrap();
    assert_eq!(accepted.request.shots()[0].scene, "A cat in snow");
}

#[test]
fn a_character_is_taken_from_one_to_four_seconds() {
    let taken = |timestamps: &str| {
        let given = Parameters::from([
            (Parameter::OriginTask, text("x")),
            (Parameter::Timestamps, text(timestamps)),
            (Parameter::CharacterPrompt, text("A ginger cat")),
        ]);
        card("sora-2-characters-pro").accept(Asked::new("x", given, Form::KieJobs)).is_ok()
    };
    assert!(["3.55,5.55", "0,1", " 1 , 5 "].iter().all(|span| taken(span)));
    assert!(["", "5,3", "0,4.5", "1,1.5", "-1,1", "1", "a,b"].iter().all(|span| !taken(span)));
}

#[test]
fn only_films_of_the_same_family_suit() {
    assert!(card("veo3_fast").suits(&card("veo/extend")));
    assert!(card("veo/extend").suits(&card("veo/extend")), "extensions can be extended");
    assert!(!card("veo/get-1080p-video").suits(&card("veo/extend")));
    assert!(!card("sora-2-text-to-video").suits(&card("veo/extend")));
}

#[test]
fn a_marked_copy_is_kept_beside_a_clean_film_of_the_jobs_form_only() {
    let clean = |form| {
        let given =
            Parameters::from([(Parameter::Clean, Value::Flag(true))]).into_iter().chain(cat()).collect();
        card("sora-2-text-to-video").accept(Asked::new("x", given, form)).unwrap().request.copies()
    };
    assert_eq!((clean(Form::KieJobs), clean(Form::Cli)), (vec![CopyKind::Watermarked], vec![]));
}

#[test]
fn a_frame_size_is_spelt_as_the_card_spells_it() {
    let spelt = |id: &str, size: &str| card(id).spell_size(size).unwrap().into_iter().collect::<Vec<_>>();
    assert_eq!(spelt("sora-2", "1280x720"), [(Parameter::Size, text("1280x720"))]);
    assert_eq!(
        spelt("veo3_fast", "1080x1920"),
        [(Parameter::Aspect, text("9:16")), (Parameter::Resolution, text("1080p"))]
    );
    assert_eq!(
        spelt("sora-2-pro-text-to-video", "1280x720"),
        [(Parameter::Aspect, text("landscape")), (Parameter::Quality, text("standard"))]
    );
    assert_eq!(card("sora-2").spell_size("wide"), None);
}

#[test]
fn an_enlargement_that_failed_is_begun_again_but_not_for_ever() {
    let failed = Phase::Failed(Failure { code: "500".into(), text: "no".into() });
    for phase in [&failed, &Phase::Cancelled] {
        assert!(is_enlarged_again(phase, 0) && is_enlarged_again(phase, 7));
        assert!(!is_enlarged_again(phase, 8));
    }
    for phase in [&Phase::Queued, &Phase::Succeeded] {
        assert!(!is_enlarged_again(phase, 0), "{phase:?}");
    }
}
