//! What there is to be asked for: the catalogue, creates with nothing in them, and the types of the fields.

use filmgate_wire::kie::{
    Create, DecodeError, Envelope, Field, decode_jobs, decode_veo, encode_empty_jobs, encode_empty_veo,
    parse_models,
};

fn models(body: &str) -> Option<Vec<String>> {
    parse_models(&Envelope::parse(body.as_bytes())?)
}

#[test]
fn the_catalogue_is_read_whole() {
    let row = |number: usize| {
        format!(
            r#"{{"model":"maker/film-{number}","slug":"s","title":"T","provider":"P","taskType":["Text to Video"],"description":null,"pricingDesc":"{}"}}"#,
            "x".repeat(300)
        )
    };
    let rows: Vec<String> = (0..218).map(row).collect();
    let body =
        format!(r#"{{"code":200,"msg":"success","data":{{"total":218,"models":[{}]}}}}"#, rows.join(","));
    assert!(body.len() > 90_000);
    let names: Vec<String> = (0..218).map(|number| format!("maker/film-{number}")).collect();
    assert_eq!(models(&body), Some(names));
    assert_eq!(models(r#"{"code":200,"msg":"success","data":{"total":0,"models":[]}}"#), Some(vec![]));
}

#[test]
fn a_row_of_the_catalogue_without_a_name_is_skipped_and_no_list_is_none() {
    let rows = r#"[{"model":"a"},{"slug":"b"},{"model":7},{"model":""},null,"c",{"model":"d"}]"#;
    let body = format!(r#"{{"code":200,"data":{{"models":{rows}}}}}"#);
    assert_eq!(models(&body), Some(vec!["a".to_owned(), "d".to_owned()]));
    for data in ["null", "{}", "[]", "7", r#"{"models":null}"#, r#"{"models":{"model":"a"}}"#] {
        assert_eq!(models(&format!(r#"{{"code":200,"data":{data}}}"#)), None, "{data}");
    }
    assert_eq!(models(r#"{"code":404,"msg":"Not Found"}"#), None);
}

#[test]
fn an_empty_create_has_room_for_its_model_alone() {
    let jobs = encode_empty_jobs("maker/a \"b\"");
    assert_eq!(jobs, r#"{"model":"maker/a \"b\"","input":{}}"#);
    let veo = encode_empty_veo("veo3_fast");
    assert_eq!(veo, r#"{"model":"veo3_fast"}"#);
    let empty = |model: &str| Create { model: model.to_owned(), fields: vec![], call_back_url: None };
    assert_eq!(decode_jobs(jobs.as_bytes()), Ok(empty("maker/a \"b\"")));
    assert_eq!(decode_veo(veo.as_bytes()), Ok(empty("veo3_fast")));
}

#[test]
fn a_field_has_the_json_type_that_its_form_takes() {
    for (field, value, json_type) in [
        (Field::Prompt, r#""x""#, "string"),
        (Field::NFrames, r#""10""#, "string"),
        (Field::Duration, "8", "integer"),
        (Field::RemoveWatermark, "true", "boolean"),
        (Field::ImageUrls, r#"["https://a.example/b.png"]"#, "string[]"),
        (Field::Shots, r#"[{"Scene":"x","duration":5}]"#, "object[]"),
    ] {
        assert_eq!(field.json_type(), json_type);
        let body = |value| format!(r#"{{"model":"m","input":{{"{}":{value}}}}}"#, field.jobs_name());
        assert!(decode_jobs(body(value).as_bytes()).is_ok(), "{field:?} {value}");
        let wrong = decode_jobs(body("{}").as_bytes());
        assert!(matches!(wrong, Err(DecodeError::WrongType { .. })), "{field:?}");
    }
}
