//! Creates and their replies, byte for byte in both directions.

use filmgate_wire::kie::{
    Create, Created, Credits, Envelope, Field, FieldValue, Shot, decode_jobs, decode_veo, encode_jobs,
    encode_veo, jobs_param, veo_param,
};

use crate::{envelope, golden};

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn create(model: &str, fields: Vec<(Field, FieldValue)>, call_back_url: Option<&str>) -> Create {
    Create { model: model.to_owned(), fields, call_back_url: call_back_url.map(str::to_owned) }
}

#[test]
fn a_sora_text_create_is_read_and_written() {
    let expected = create(
        "sora-2-text-to-video",
        vec![
            (Field::Prompt, text("A lighthouse at dusk, waves, slow dolly in")),
            (Field::AspectRatio, text("landscape")),
            (Field::NFrames, text("10")),
            (Field::RemoveWatermark, FieldValue::Flag(true)),
        ],
        Some("https://app.example/kie"),
    );
    assert_eq!(decode_jobs(golden!("request_sora_text").as_bytes()), Ok(expected.clone()));
    assert_eq!(encode_jobs(&expected), golden!("request_sora_text"));
}

#[test]
fn a_sora_image_create_is_read_and_written() {
    let expected = create(
        "sora-2-image-to-video",
        vec![
            (Field::Prompt, text("The boat leaves")),
            (Field::ImageUrls, FieldValue::Texts(vec!["https://app.example/boat.png".to_owned()])),
            (Field::AspectRatio, text("portrait")),
            (Field::NFrames, text("15")),
            (Field::UploadMethod, text("s3")),
        ],
        None,
    );
    assert_eq!(decode_jobs(golden!("request_sora_image").as_bytes()), Ok(expected.clone()));
    assert_eq!(encode_jobs(&expected), golden!("request_sora_image"));
}

#[test]
fn a_storyboard_is_read_and_written_with_its_capital_s() {
    let shot = |scene: &str| Shot { scene: scene.to_owned(), duration: 7.5 };
    let expected = create(
        "sora-2-pro-storyboard",
        vec![
            (Field::Shots, FieldValue::Shots(vec![shot("A city at dawn"), shot("夜の港")])),
            (Field::NFrames, text("15")),
            (Field::AspectRatio, text("landscape")),
        ],
        None,
    );
    assert_eq!(decode_jobs(golden!("request_storyboard").as_bytes()), Ok(expected.clone()));
    assert_eq!(encode_jobs(&expected), golden!("request_storyboard"));
}

#[test]
fn the_model_inside_a_unified_veo_input_is_its_tier() {
    let expected = create(
        "veo-3-1",
        vec![
            (Field::Prompt, text("Rain")),
            (Field::Tier, text("veo3_fast")),
            (Field::GenerationType, text("TEXT_2_VIDEO")),
            (Field::AspectRatio, text("9:16")),
            (Field::Resolution, text("1080p")),
            (Field::Duration, FieldValue::Integer(8)),
            (Field::EnableTranslation, FieldValue::Flag(false)),
        ],
        None,
    );
    assert_eq!(decode_jobs(golden!("request_veo_unified").as_bytes()), Ok(expected.clone()));
    assert_eq!(encode_jobs(&expected), golden!("request_veo_unified"));
}

#[test]
fn a_veo_create_is_read_and_written_flat() {
    let expected = create(
        "veo3",
        vec![
            (Field::Prompt, text("A fox in the snow")),
            (Field::ImageUrls, FieldValue::Texts(vec!["https://app.example/fox.png".to_owned()])),
            (Field::GenerationType, text("FIRST_AND_LAST_FRAMES_2_VIDEO")),
            (Field::AspectRatio, text("9:16")),
            (Field::Seeds, FieldValue::Integer(12345)),
            (Field::EnableTranslation, FieldValue::Flag(true)),
        ],
        Some("https://app.example/veo"),
    );
    assert_eq!(decode_veo(golden!("request_veo_generate").as_bytes()), Ok(expected.clone()));
    assert_eq!(encode_veo(&expected), golden!("request_veo_generate"));
}

#[test]
fn veo_fields_may_be_spelt_in_either_form() {
    let camel =
        br#"{"prompt":"x","aspectRatio":"9:16","imageUrls":["a"],"generationType":"REFERENCE_2_VIDEO"}"#;
    let snake =
        br#"{"prompt":"x","aspect_ratio":"9:16","image_urls":["a"],"generation_type":"REFERENCE_2_VIDEO"}"#;
    assert_eq!(decode_veo(camel), decode_veo(snake));
    assert_eq!(decode_veo(camel).unwrap().fields.len(), 4);
}

#[test]
fn a_veo_body_without_a_model_means_the_fast_one() {
    assert_eq!(decode_veo(br#"{"prompt":"x"}"#).unwrap().model, "veo3_fast");
}

#[test]
fn a_field_of_the_other_form_is_not_written_into_a_veo_body() {
    let create = create("veo3", vec![(Field::NFrames, text("10")), (Field::Tier, text("veo3_lite"))], None);
    assert_eq!(encode_veo(&create), r#"{"model":"veo3"}"#);
}

#[test]
fn the_param_of_a_job_encodes_its_input_twice() {
    let fields = [(Field::Prompt, text(r#"say "hi""#)), (Field::NFrames, text("10"))];
    let param = jobs_param("m", &fields, Some("https://a.example/"));
    let expected = r#"{"input":"{\"prompt\":\"say \\\"hi\\\"\",\"n_frames\":\"10\"}","callBackUrl":"https://a.example/","model":"m"}"#;
    assert_eq!(param, expected);
    assert_eq!(jobs_param("m", &[], None), r#"{"input":"{}","model":"m"}"#);
}

#[test]
fn the_param_of_a_veo_task_has_the_defaults_and_never_overrides_a_given_field() {
    let fields = [(Field::Prompt, text("x")), (Field::AspectRatio, text("9:16"))];
    let expected = r#"{"prompt":"x","aspectRatio":"9:16","resolution":"720p","duration":8,"enableTranslation":true,"enableFallback":false,"model":"veo3_fast","callBackUrl":"https://a.example/"}"#;
    assert_eq!(veo_param("veo3_fast", &fields, Some("https://a.example/")), expected);
}

#[test]
fn a_created_job_has_a_twin_id_and_a_created_veo_task_has_none() {
    let job = Created::jobs("5f0c2d9e8b7a46139c1d2e3f4a5b6c7d");
    assert_eq!(job.encode(), golden!("created_jobs"));
    assert_eq!(Created::parse(&envelope!("created_jobs")), Some(job));
    let veo = Created::veo("a1b2c3d4e5f60718293a4b5c6d7e8f90");
    assert_eq!(veo.encode(), golden!("created_veo"));
    assert_eq!(Created::parse(&envelope!("created_veo")), Some(veo));
}

#[test]
fn a_success_without_a_task_id_created_nothing() {
    for body in [
        &br#"{"code":200,"msg":"success","data":null}"#[..],
        br#"{"code":200,"msg":"success"}"#,
        br#"{"code":200,"msg":"success","data":{"taskId":""}}"#,
        br#"{"code":200,"msg":"success","data":[]}"#,
    ] {
        let reply = Envelope::parse(body).unwrap();
        assert_eq!(Created::parse(&reply), None, "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn a_task_id_is_found_whatever_else_the_reply_holds() {
    let body = br#"{"code":200,"msg":{},"data":{"recordId":{"x":1},"taskId":7,"new":[]}}"#;
    let reply = Envelope::parse(body).unwrap();
    assert_eq!(Created::parse(&reply), Some(Created::veo("7")));
}

#[test]
fn a_balance_is_a_bare_number_that_always_shows_a_decimal_point() {
    assert_eq!(Credits::from_thousandths(5_916_250).encode(), golden!("credit"));
    assert_eq!(Credits::from_thousandths(1_000_000).encode(), golden!("credit_round"));
    assert_eq!(Credits::parse(&envelope!("credit")), Some(Credits::from_thousandths(5_916_250)));
    assert_eq!(Credits::parse(&envelope!("credit_round")), Some(Credits::from_thousandths(1_000_000)));
    let integer = Envelope::parse(br#"{"code":200,"data":80}"#).unwrap();
    assert_eq!(Credits::parse(&integer), Some(Credits::from_thousandths(80_000)));
}

#[test]
fn every_thousandth_of_a_credit_survives_the_wire() {
    for thousandths in (0..2_000).chain(999_999_990_000..999_999_992_000) {
        let credits = Credits::from_thousandths(thousandths);
        let body = credits.encode();
        let reply = Envelope::parse(body.as_bytes()).unwrap();
        assert_eq!(Credits::parse(&reply), Some(credits), "{body}");
    }
}
