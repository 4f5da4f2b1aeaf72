//! What a card's parameters are called by each dialect.

use filmgate_domain::catalogue::{Card, Dialect, PriceRow, Rule};
use filmgate_domain::request::{Form, Parameter};
use filmgate_providers::facts::facts;

use super::card;

fn texts(values: &[&str]) -> Rule {
    let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
    Rule::Choice { default: values[0].clone(), values }
}

/// A card with a parameter of every type.
fn every_type(form: Form) -> Card {
    let mut card = card(form);
    card.parameters = [
        (Parameter::Prompt, Rule::Text { required: true, length_max: 10_000 }),
        (Parameter::Pictures, Rule::List { items_min: 1, items_max: 2 }),
        (Parameter::Aspect, texts(&["landscape", "portrait"])),
        (Parameter::Seconds, Rule::Integer { values: vec![10, 15], default: 10 }),
        (Parameter::Quality, texts(&["standard", "high"])),
        (Parameter::Seed, Rule::Range { min: 10_000, max: 99_999 }),
        (Parameter::Clean, Rule::Flag { default: false }),
    ]
    .into();
    card.price = vec![PriceRow { credits: "30".into(), ..PriceRow::default() }];
    card
}

/// `parameter: name type values`, and a star where it must be given.
fn told(card: &Card, dialect: Dialect) -> Vec<String> {
    let line = |fact: &filmgate_domain::survey::FieldFact| {
        let star = if fact.required { " *" } else { "" };
        format!("{}: {} {} {}{star}", fact.parameter, fact.name, fact.kind, fact.values)
    };
    facts(card, dialect).iter().map(line).collect()
}

#[test]
fn a_job_at_kie_has_these_fields() {
    assert_eq!(
        told(&every_type(Form::KieJobs), Dialect::Kie),
        [
            "prompt: prompt string at most 10000 characters *",
            "image: image_urls string[] 1 to 2 *",
            r#"aspect: aspect_ratio string "landscape" | "portrait""#,
            r#"seconds: n_frames string "10" | "15""#,
            r#"quality: size string "standard" | "high""#,
            "seed: seeds integer 10000 to 99999",
            "clean: remove_watermark boolean true | false",
        ]
    );
}

#[test]
fn a_veo_task_at_kie_has_its_own_names_and_no_field_that_the_form_lacks() {
    assert_eq!(
        told(&every_type(Form::KieVeo), Dialect::Kie),
        [
            "prompt: prompt string at most 10000 characters *",
            "image: imageUrls string[] 1 to 2 *",
            r#"aspect: aspectRatio string "landscape" | "portrait""#,
            "seconds: duration integer 10 | 15",
            "seed: seeds integer 10000 to 99999",
        ]
    );
}

#[test]
fn a_card_says_by_which_field_it_means_seconds() {
    let mut card = every_type(Form::KieJobs);
    card.spelling.insert(Parameter::Seconds, "duration".into());
    assert!(told(&card, Dialect::Kie).contains(&"seconds: duration integer 10 | 15".to_owned()));
}

#[test]
fn a_storyboard_is_a_list_of_objects_at_kie_and_a_prompt_elsewhere() {
    let mut card = every_type(Form::KieJobs);
    let shots = Rule::Shots { items_max: 10, tenths_min: 1, tenths_max: 150 };
    card.parameters = [
        (Parameter::Shots, shots),
        (Parameter::Pictures, Rule::List { items_min: 0, items_max: 1 }),
        (Parameter::Characters, Rule::List { items_min: 2, items_max: 2 }),
    ]
    .into();
    assert_eq!(
        told(&card, Dialect::Kie),
        [
            "image: image_urls string[] at most 1",
            "shots: shots object[] 1 to 10 shots of 0.1 to 15 s *",
            "characters: character_id_list string[] exactly 2 *",
        ]
    );
    assert_eq!(told(&card, Dialect::Openai)[0], "shots: prompt string the scenes, each on its line *");
}

#[test]
fn an_engine_has_four_fields_and_the_studio_none() {
    let told_by_engine = told(&every_type(Form::KieJobs), Dialect::Openai);
    let [prompt, seconds, size, picture] = &told_by_engine[..] else { panic!("{told_by_engine:?}") };
    assert_eq!(prompt, "prompt: prompt string at most 10000 characters *");
    assert_eq!(seconds, r#"seconds: seconds string "10" | "15""#);
    assert!(size.starts_with(r#"size: size string ""#) && size.contains(r#""1280x720""#), "{size}");
    assert_eq!(picture, "image: input_reference file one PNG, JPEG or WebP picture *");
    let mut wordless = every_type(Form::KieJobs);
    wordless.parameters.remove(&Parameter::Prompt);
    assert_eq!(told(&wordless, Dialect::Openai), Vec::<String>::new());
    assert_eq!(told(&every_type(Form::KieJobs), Dialect::Studio), Vec::<String>::new());
}
