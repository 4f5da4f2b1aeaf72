//! Claims about the request examples: their bodies are whole, have no stray field, and name the right address and key.

use filmgate_domain::catalogue::Dialect;
use filmgate_domain::survey::{Endpoint, Says, UpstreamRow};
use filmgate_providers::facts::facts;
use serde_json::Value;

use super::scene::{Script, answer, catalogue, interview, october};
use super::shown;
use crate::survey::render::{Example, Lang, examples};

fn upstream(name: &str, dialect: Dialect, address: &str) -> UpstreamRow {
    let script = Script { name, dialect, address, ..Script::default() };
    interview(&catalogue(), &script, |_, _| answer(Says::Fault, 500, ""))
}

fn code<'a>(examples: &'a [Example], language: &str) -> &'a str {
    &examples.iter().find(|example| example.language == language).unwrap().code
}

/// The body as the shell sends it.
fn body_of(examples: &[Example]) -> Value {
    let shell = code(examples, "curl");
    let body = shell.split("body='").nth(1).unwrap().split("'\n").next().unwrap();
    serde_json::from_str(body).unwrap()
}

#[test]
fn every_body_is_json_with_the_model_and_the_cards_own_fields_and_no_other() {
    let (catalogue, kie) = (catalogue(), upstream("kie", Dialect::Kie, "https://api.kie.ai"));
    for card in catalogue.cards().iter().filter(|card| card.makes_films()) {
        let Some(model) = card.route(Dialect::Kie).map(|route| route.model.as_str()) else { continue };
        let examples = examples(&kie, card, model);
        let languages: Vec<&str> = examples.iter().map(|example| example.language).collect();
        assert_eq!(languages, ["curl", "TypeScript", "Python", "Rust"], "{model}");
        let body = body_of(&examples);
        assert_eq!(body["model"], model);
        let is_veo = Endpoint::of(card, Dialect::Kie) == Endpoint::Veo;
        let fields = if is_veo { body.as_object() } else { body["input"].as_object() }.unwrap();
        let facts = facts(card, Dialect::Kie);
        for name in fields.keys().filter(|name| !(is_veo && *name == "model")) {
            assert!(facts.iter().any(|fact| fact.name == *name), "{model}: stray {name}");
        }
        for fact in facts.iter().filter(|fact| fact.required) {
            assert!(fields.contains_key(&fact.name), "{model}: {} is missing", fact.name);
        }
        if !is_veo {
            assert_eq!(body.as_object().unwrap().len(), 2, "{model}");
        }
        for example in &examples {
            let path = if is_veo { "/api/v1/veo/" } else { "/api/v1/jobs/" };
            assert!(
                example.code.contains(path) && example.code.contains("https://api.kie.ai"),
                "{}",
                example.code
            );
            assert!(example.code.contains("KIE_API_KEY") && !example.code.contains("__"), "{}", example.code);
            assert!(example.code.contains("200"), "the success check");
        }
    }
}

#[test]
fn a_body_reads_the_same_in_every_language() {
    let (catalogue, kie) = (catalogue(), upstream("kie", Dialect::Kie, "https://api.kie.ai"));
    for card in catalogue.cards().iter().filter(|card| card.makes_films()) {
        let examples = examples(&kie, card, &card.id);
        let text = body_of(&examples).to_string();
        // Python spells these three in another way, and a shell ends its text at the quote.
        assert!(!["true", "false", "null", "'"].iter().any(|word| text.contains(word)), "{text}");
        let start = |language: &str, mark: &str| {
            let code = code(&examples, language);
            let json = code.split(mark).nth(1).unwrap_or_else(|| panic!("{code}"));
            serde_json::Deserializer::from_str(json).into_iter::<Value>().next().unwrap().unwrap()
        };
        for (language, mark) in [("TypeScript", "const body = "), ("Python", "BODY = "), ("Rust", "json!(")] {
            assert_eq!(start(language, mark), body_of(&examples), "{language}");
        }
    }
}

#[test]
fn an_engine_gets_a_form_of_the_fields_that_all_engines_take() {
    let catalogue = catalogue();
    let engine = upstream("engine", Dialect::Openai, "http://127.0.0.1:8000/v1/");
    for (card, has_picture) in [("sora-2-text-to-video", false), ("sora-2-image-to-video", true)] {
        let examples = examples(&engine, catalogue.find(card).unwrap(), "wan2.2");
        let shell = code(&examples, "curl");
        let names: Vec<&str> =
            shell.split("-F '").skip(1).map(|part| part.split('=').next().unwrap()).collect();
        let expected = ["prompt", "model", "seconds", "size", "input_reference"];
        assert_eq!(names, expected[..if has_picture { 5 } else { 4 }]);
        for example in &examples {
            assert!(example.code.contains("http://127.0.0.1:8000/v1"), "{}", example.code);
            assert!(!example.code.contains(":8000/v1/\""), "{}", example.code);
            assert!(
                example.code.contains("FILMGATE_ENGINE_KEY") && example.code.contains("202"),
                "{}",
                example.code
            );
            assert_eq!(example.code.contains("picture.png"), has_picture, "{}", example.code);
            assert!(!example.code.contains("__"), "{}", example.code);
        }
    }
}

#[test]
fn a_name_that_a_program_would_stumble_over_gets_no_example() {
    let catalogue = catalogue();
    let card = catalogue.find("sora-2-text-to-video").unwrap();
    let kie = upstream("kie", Dialect::Kie, "https://api.kie.ai");
    for model in ["a'b", "a\"b", "a$(b)", "a\\b", "a`b", "a b", "a\nb", "__KEY__"] {
        assert_eq!(examples(&kie, card, model), [], "{model}");
    }
    assert_eq!(examples(&kie, card, "grok-imagine/text-to-video").len(), 4);
}

#[test]
fn an_example_that_cannot_be_paid_says_so_and_an_optional_picture_is_explained() {
    let catalogue = catalogue();
    let text = shown(&october(&catalogue, false, true), &catalogue, Lang::En);
    assert!(text.contains("### Plan A (Text to video): `sora-2-text-to-video` at `kie`"), "{text}");
    assert!(text.contains("### Plan B (Text to video, Image to video): `veo3_fast` at `kie`"), "{text}");
    assert_eq!(text.matches("Today these end with the upstream's refusal").count(), 3);
    assert!(
        text.contains(r#"add `"imageUrls": ["https://example.com/picture.jpg"]` to the same body"#),
        "{text}"
    );
    assert_eq!(text.matches("```sh\n").count(), 3, "each plan once");
}
