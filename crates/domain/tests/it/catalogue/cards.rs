//! Every model card in `models/` is sound, and its examples are answered as it says.

use filmgate_domain::catalogue::{Card, Catalogue};
use filmgate_domain::refusal::Refusal;
use filmgate_domain::request::{Asked, Form, Parameter, Parameters, Value};

pub(crate) fn cards() -> Vec<Card> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let card: Card = toml::from_str(&std::fs::read_to_string(file).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert_eq!(
                file.file_stem().unwrap().to_str().unwrap(),
                card.id.replace('/', "-"),
                "a card is called like its file"
            );
            card
        })
        .collect()
}

#[test]
fn every_card_answers_its_own_examples() {
    let cards = cards();
    assert!(cards.len() >= 14);
    assert!(cards.iter().map(|card| card.examples.len()).sum::<usize>() > 50);
    Catalogue::new(cards).unwrap();
}

#[test]
fn a_wrong_example_is_found() {
    let mut cards = cards();
    let card = cards.iter_mut().find(|card| card.id == "sora-2-text-to-video").unwrap();
    card.examples[0].credits = Some("29".into());
    let error = Catalogue::new(cards).unwrap_err();
    assert!(error.contains("sora-2-text-to-video") && error.contains("it costs 30 credits"), "{error}");
}

#[test]
fn a_name_belongs_to_one_card() {
    let mut cards = cards();
    cards[0].aliases.push("veo3".into());
    assert!(Catalogue::new(cards).unwrap_err().contains("two model cards are called \"veo3\""));
}

#[test]
fn an_alias_finds_its_card_and_a_form_hides_what_it_does_not_offer() {
    let catalogue = Catalogue::new(cards()).unwrap();
    assert_eq!(catalogue.find("openai/sora-2-text-to-video").unwrap().id, "sora-2-text-to-video");
    let asked = Asked {
        model: "veo3_fast".into(),
        parameters: Parameters::from([(Parameter::Prompt, Value::Text("a cat".into()))]),
        form: Form::KieJobs,
        callback_url: None,
        scenario: None,
        on_doubt: None,
        origin: None,
    };
    let refusal = catalogue.find("veo3_fast").unwrap().accept(asked).unwrap_err();
    assert_eq!(refusal, Refusal::UnknownModel { model: "veo3_fast".into() });
}

#[test]
fn a_prompt_is_measured_in_characters_not_bytes() {
    let catalogue = Catalogue::new(cards()).unwrap();
    let card = catalogue.find("sora-2-text-to-video").unwrap();
    let ask = |prompt: String| {
        card.accept(Asked {
            model: card.id.clone(),
            parameters: Parameters::from([(Parameter::Prompt, Value::Text(prompt))]),
            form: Form::KieJobs,
            callback_url: None,
            scenario: None,
            on_doubt: None,
            origin: None,
        })
    };
    assert!(ask("猫".repeat(10_000)).is_ok());
    assert_eq!(
        ask("猫".repeat(10_001)).unwrap_err(),
        Refusal::TooLong { parameter: Parameter::Prompt, length_max: 10_000 }
    );
}
