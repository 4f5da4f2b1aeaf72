//! A request for one card in the words of another one: Sora as Veo takes it, and Veo as Sora does.

use filmgate_domain::catalogue::{Catalogue, Fate};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Shot, Value};
use filmgate_domain::route::Shaped;

use crate::catalogue::cards::cards;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn pictures(count: usize) -> Value {
    Value::Texts((0..count).map(|number| format!("https://example.com/{number}.jpg")).collect())
}

/// Translates a request with a prompt and these parameters.
fn translate(from: &str, given: &[(Parameter, Value)], to: &str) -> Result<Shaped, Refusal> {
    let catalogue = Catalogue::new(cards()).unwrap();
    let (card, target) = (catalogue.find(from).unwrap(), catalogue.find(to).unwrap());
    let mut parameters: Parameters = given.iter().cloned().collect();
    if !parameters.contains_key(&Parameter::Shots) {
        parameters.entry(Parameter::Prompt).or_insert_with(|| text("a cat"));
    }
    let asked = Asked {
        model: card.id.clone(),
        parameters,
        form: card.offered[0],
        callback_url: None,
        scenario: None,
        on_doubt: None,
        origin: None,
    };
    card.translate(&card.accept(asked).unwrap().request, target)
}

fn shaped(from: &str, given: &[(Parameter, Value)], to: &str) -> Shaped {
    translate(from, given, to).unwrap()
}

/// What became of a field, and the words about it; none if the report is silent.
fn fate(shaped: &Shaped, parameter: Parameter) -> Option<(Fate, &str)> {
    let found = shaped.report.iter().find(|field| field.parameter == parameter)?;
    Some((found.fate, found.note.as_str()))
}

fn value(shaped: &Shaped, parameter: Parameter) -> Option<&Value> {
    shaped.request.parameters.get(&parameter)
}

#[test]
fn soras_lengths_become_the_nearest_that_veo_makes() {
    for (seconds, note) in [(10, "10 s became 8 s"), (15, "15 s became 8 s")] {
        let veo = shaped("sora-2-text-to-video", &[(Parameter::Seconds, Value::Integer(seconds))], "veo-3-1");
        assert_eq!(value(&veo, Parameter::Seconds), Some(&Value::Integer(8)));
        assert_eq!(fate(&veo, Parameter::Seconds), Some((Fate::Adapted, note)));
        assert_eq!(veo.request.film.seconds, 8);
    }
}

#[test]
fn a_default_is_carried_over_and_told_only_if_it_changes() {
    let veo = shaped("sora-2-text-to-video", &[], "veo-3-1");
    assert_eq!(fate(&veo, Parameter::Seconds), Some((Fate::Adapted, "10 s became 8 s")));
    assert_eq!(fate(&veo, Parameter::Aspect), Some((Fate::Adapted, "landscape is 16:9 here")));
    let other = shaped("sora-2-text-to-video", &[], "sora-2-text-to-video-stable");
    assert_eq!(fate(&other, Parameter::Aspect), None);
    assert_eq!(value(&other, Parameter::Aspect), Some(&text("landscape")));
}

#[test]
fn the_frame_keeps_its_shape_in_the_other_cards_words() {
    let veo = shaped("sora-2-text-to-video", &[(Parameter::Aspect, text("portrait"))], "veo-3-1");
    assert_eq!(fate(&veo, Parameter::Aspect), Some((Fate::Adapted, "portrait is 9:16 here")));
    assert_eq!((veo.request.film.width, veo.request.film.height), (720, 1280));
    let sora = shaped("veo-3-1", &[(Parameter::Aspect, text("9:16"))], "sora-2-text-to-video");
    assert_eq!(fate(&sora, Parameter::Aspect), Some((Fate::Adapted, "9:16 is portrait here")));
    assert_eq!((sora.request.film.width, sora.request.film.height), (720, 1280));
    let auto = shaped("veo-3-1", &[(Parameter::Aspect, text("Auto"))], "sora-2-text-to-video");
    assert_eq!(fate(&auto, Parameter::Aspect).unwrap().0, Fate::Dropped);
}

#[test]
fn soras_sizes_are_veos_resolutions_and_back() {
    for (quality, resolution, credits) in [("high", "1080p", "65"), ("standard", "720p", "60")] {
        let veo = shaped("sora-2-pro-text-to-video", &[(Parameter::Quality, text(quality))], "veo-3-1");
        assert_eq!(value(&veo, Parameter::Resolution), Some(&text(resolution)));
        assert_eq!(fate(&veo, Parameter::Quality).unwrap().0, Fate::Adapted);
        assert_eq!(veo.cost.to_string(), credits);
    }
    for (resolution, quality) in [("720p", "standard"), ("1080p", "high"), ("4k", "high")] {
        let sora =
            shaped("veo-3-1", &[(Parameter::Resolution, text(resolution))], "sora-2-pro-text-to-video");
        assert_eq!(value(&sora, Parameter::Quality), Some(&text(quality)));
        let note = format!("{resolution} is {quality} here");
        assert_eq!(fate(&sora, Parameter::Resolution), Some((Fate::Adapted, note.as_str())));
    }
    let plain = shaped("veo-3-1", &[(Parameter::Resolution, text("4k"))], "sora-2-text-to-video");
    assert_eq!(fate(&plain, Parameter::Resolution).unwrap().0, Fate::Dropped);
    assert_eq!(plain.request.film.height, 720);
}

#[test]
fn a_default_quality_that_is_high_stays_high() {
    let veo = shaped("sora-2-pro-text-to-video", &[], "veo-3-1");
    assert_eq!(value(&veo, Parameter::Resolution), Some(&text("1080p")));
    assert_eq!(fate(&veo, Parameter::Quality), Some((Fate::Adapted, "high is 1080p here")));
}

#[test]
fn a_first_picture_stays_the_first_picture() {
    let veo = shaped("sora-2-image-to-video", &[(Parameter::Pictures, pictures(1))], "veo-3-1");
    assert_eq!(fate(&veo, Parameter::Pictures), Some((Fate::Kept, "")));
    assert_eq!(value(&veo, Parameter::Pictures), Some(&pictures(1)));
    let sora = shaped("veo-3-1", &[(Parameter::Pictures, pictures(1))], "sora-2-image-to-video");
    assert_eq!(value(&sora, Parameter::Pictures), Some(&pictures(1)));
}

#[test]
fn pictures_that_the_other_card_cannot_take_are_dropped_or_refuse_the_route() {
    let dropped = shaped("veo-3-1", &[(Parameter::Pictures, pictures(2))], "sora-2-text-to-video");
    assert_eq!(fate(&dropped, Parameter::Pictures).unwrap().0, Fate::Dropped);
    let refused = translate("veo-3-1", &[(Parameter::Pictures, pictures(2))], "sora-2-image-to-video");
    assert_eq!(refused.unwrap_err(), Refusal::Missing { parameter: Parameter::Pictures });
}

#[test]
fn a_storyboard_becomes_one_prompt() {
    let shot = |scene: &str| Shot { scene: scene.into(), seconds: 5.0 };
    let shots = Value::Shots(vec![shot("A cat wakes up"), shot("It runs")]);
    let veo = shaped("sora-2-pro-storyboard", &[(Parameter::Shots, shots)], "veo-3-1");
    assert_eq!(value(&veo, Parameter::Prompt), Some(&text("A cat wakes up\nIt runs")));
    let note = "the shots became one prompt, without their lengths";
    assert_eq!(fate(&veo, Parameter::Shots), Some((Fate::Adapted, note)));
    assert_eq!(fate(&veo, Parameter::Seconds), Some((Fate::Adapted, "15 s became 8 s")));
}

#[test]
fn a_prompt_becomes_no_storyboard() {
    let refused = translate("veo-3-1", &[], "sora-2-pro-storyboard").unwrap_err();
    assert_eq!(refused, Refusal::Missing { parameter: Parameter::Shots });
}

#[test]
fn what_the_other_card_has_no_word_for_is_dropped_and_told() {
    let characters = Value::Texts(vec!["ch_1".into()]);
    let given = [
        (Parameter::Characters, characters),
        (Parameter::Clean, Value::Flag(true)),
        (Parameter::UploadStore, text("oss")),
    ];
    let veo = shaped("sora-2-text-to-video", &given, "veo-3-1");
    for (parameter, _) in given {
        assert_eq!(fate(&veo, parameter), Some((Fate::Dropped, "veo-3-1 has nothing like it")));
        assert_eq!(value(&veo, parameter), None);
    }
    let given = [
        (Parameter::Tier, text("veo3")),
        (Parameter::Mode, text("TEXT_2_VIDEO")),
        (Parameter::Watermark, text("mine")),
        (Parameter::Translate, Value::Flag(false)),
    ];
    let sora = shaped("veo-3-1", &given, "sora-2-text-to-video");
    for (parameter, _) in given {
        assert_eq!(fate(&sora, parameter).unwrap().0, Fate::Dropped);
    }
}

#[test]
fn a_seed_is_folded_into_the_other_cards_range() {
    let seed = |shaped: &Shaped| shaped.request.seed().unwrap();
    let veo = shaped("sora-2-text-to-video", &[(Parameter::Seed, Value::Integer(7))], "veo-3-1");
    assert!((10_000..=99_999).contains(&seed(&veo)));
    assert_eq!(fate(&veo, Parameter::Seed), Some((Fate::Adapted, "7 became 10007")));
    let sora = shaped("veo-3-1", &[(Parameter::Seed, Value::Integer(12_345))], "sora-2-text-to-video");
    assert_eq!((seed(&sora), fate(&sora, Parameter::Seed)), (12_345, Some((Fate::Kept, ""))));
}

#[test]
fn every_field_that_was_given_is_in_the_report_once() {
    let given = [
        (Parameter::Prompt, text("a cat")),
        (Parameter::Aspect, text("landscape")),
        (Parameter::Seconds, Value::Integer(10)),
        (Parameter::Seed, Value::Integer(20_000)),
        (Parameter::Clean, Value::Flag(false)),
    ];
    let veo = shaped("sora-2-text-to-video", &given, "veo-3-1");
    let told: Vec<Parameter> = veo.report.iter().map(|field| field.parameter).collect();
    let mut expected: Vec<Parameter> = given.iter().map(|(parameter, _)| *parameter).collect();
    expected.sort_unstable();
    assert_eq!(told, expected);
    assert_eq!(fate(&veo, Parameter::Prompt), Some((Fate::Kept, "")));
    assert_eq!(veo.request.form, Form::KieJobs);
}

#[test]
fn every_card_takes_its_own_requests_unchanged() {
    for card in cards().into_iter().filter(|card| card.refused.is_none() && !card.makes.needs_source()) {
        for example in card.examples.iter().filter(|example| example.refused.is_none()) {
            let asked = Asked {
                model: card.id.clone(),
                parameters: example.request.clone(),
                form: card.offered[0],
                callback_url: None,
                scenario: None,
                on_doubt: None,
                origin: None,
            };
            let accepted = card.accept(asked).unwrap();
            let shaped = card.translate(&accepted.request, &card).unwrap();
            assert!(shaped.report.iter().all(|field| field.fate == Fate::Kept), "{}", card.id);
            assert_eq!((shaped.cost, shaped.request.film), (accepted.price, accepted.request.film));
        }
    }
}

#[test]
fn nothing_is_translated_for_a_card_that_nothing_serves() {
    let refused = translate("sora-2-text-to-video", &[], "sora-watermark-remover").unwrap_err();
    assert!(matches!(refused, Refusal::NotServed { .. }));
}
