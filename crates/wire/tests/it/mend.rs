//! What a lenient reading takes of the mistakes that real clients make, and how a strict one refuses them.

use filmgate_wire::form::Reading::{Lenient, Strict};
use filmgate_wire::kie::{
    DecodeError, Field, FieldValue, Shot, decode_jobs, decode_veo, jobs_param, read_jobs, read_veo,
    sora_aspect, veo_aspect,
};

use crate::golden;

/// The fields of a jobs body whose `input` holds `entries` alone, read leniently.
fn lenient(entries: &str) -> Result<Vec<(Field, FieldValue)>, DecodeError> {
    let body = format!(r#"{{"model":"m","input":{{{entries}}}}}"#);
    read_jobs(body.as_bytes(), Lenient).map(|read| read.create.fields)
}

fn strict(entries: &str) -> DecodeError {
    let body = format!(r#"{{"model":"m","input":{{{entries}}}}}"#);
    read_jobs(body.as_bytes(), Strict).unwrap_err()
}

fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

fn texts(texts: &[&str]) -> FieldValue {
    FieldValue::Texts(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn a_value_of_another_type_is_taken_where_its_meaning_is_certain() {
    for (entries, field, value) in [
        (r#""n_frames":10"#, Field::NFrames, text("10")),
        (r#""n_frames":15.0"#, Field::NFrames, text("15")),
        (r#""duration":"8""#, Field::Duration, FieldValue::Integer(8)),
        (r#""duration":8.0"#, Field::Duration, FieldValue::Integer(8)),
        (r#""seeds":" 12345 ""#, Field::Seeds, FieldValue::Integer(12_345)),
        (r#""remove_watermark":"True""#, Field::RemoveWatermark, FieldValue::Flag(true)),
        (r#""remove_watermark":0"#, Field::RemoveWatermark, FieldValue::Flag(false)),
        (r#""image_urls":"https://a/1.png""#, Field::ImageUrls, texts(&["https://a/1.png"])),
        (r#""character_id_list":"c1""#, Field::CharacterIdList, texts(&["c1"])),
        (
            r#""shots":[{"scene":"A fox","duration":"5"},{"Scene":"A hen","duration":2.5}]"#,
            Field::Shots,
            FieldValue::Shots(vec![
                Shot { scene: "A fox".to_owned(), duration: 5.0 },
                Shot { scene: "A hen".to_owned(), duration: 2.5 },
            ]),
        ),
    ] {
        assert_eq!(lenient(entries), Ok(vec![(field, value)]), "{entries}");
        assert!(
            matches!(strict(entries), DecodeError::WrongType { field: told, .. } if told == field.jobs_name())
        );
    }
}

#[test]
fn a_value_without_a_certain_meaning_is_refused_by_name_and_form() {
    for (entries, field, expected) in [
        (r#""prompt":7"#, "prompt", "a string"),
        (r#""aspect_ratio":1.78"#, "aspect_ratio", "a string"),
        (r#""n_frames":10.5"#, "n_frames", "a string such as \"10\""),
        (r#""duration":"8s""#, "duration", "an integer"),
        (r#""remove_watermark":"yes""#, "remove_watermark", "true or false"),
        (r#""remove_watermark":2"#, "remove_watermark", "true or false"),
        (r#""image_urls":["https://a/1.png",""]"#, "image_urls", "an array of strings, none of them empty"),
        (r#""image_urls":{"url":"x"}"#, "image_urls", "an array of strings, none of them empty"),
        (r#""image_url":7"#, "image_url", "an array of strings, none of them empty"),
        (
            r#""shots":[{"text":"x","duration":1}]"#,
            "shots",
            "an array of objects such as {\"Scene\": \"A city at dawn\", \"duration\": 5}",
        ),
    ] {
        assert_eq!(lenient(entries), Err(DecodeError::WrongType { field, expected }), "{entries}");
    }
}

#[test]
fn empty_values_mean_nothing_to_a_lenient_reading_whatever_their_field_takes() {
    let entries = r#""prompt":"","n_frames":"","duration":"","seeds":" ","remove_watermark":"","image_urls":"","character_id_list":["",null],"shots":"","size":null"#;
    assert_eq!(lenient(entries), Ok(vec![]));
    assert_eq!(lenient(r#""image_urls":[""]"#), Ok(vec![]));
    assert_eq!(
        strict(r#""size":"""#),
        DecodeError::WrongType { field: "size", expected: "left out or not empty" }
    );
    let body = br#"{"model":"m","callBackUrl":"","input":{}}"#;
    assert_eq!(read_jobs(body, Lenient).unwrap().create.call_back_url, None);
    assert!(read_jobs(body, Strict).is_err());
}

#[test]
fn another_spelling_counts_where_the_right_one_is_absent() {
    for (entries, field, value) in [
        (r#""image_url":"https://a/1.png""#, Field::ImageUrls, texts(&["https://a/1.png"])),
        (r#""image_url":["https://a/1.png"]"#, Field::ImageUrls, texts(&["https://a/1.png"])),
        (r#""imageUrls":["https://a/1.png"]"#, Field::ImageUrls, texts(&["https://a/1.png"])),
        (r#""quality":"high""#, Field::Size, text("high")),
        (r#""quality":"hd","size":"high""#, Field::Size, text("high")),
        (r#""size":"high","quality":"hd""#, Field::Size, text("high")),
        (r#""image_url":"b","image_urls":["a"]"#, Field::ImageUrls, texts(&["a"])),
        (r#""aspectRatio":"9:16""#, Field::AspectRatio, text("9:16")),
    ] {
        assert_eq!(lenient(entries), Ok(vec![(field, value)]), "{entries}");
    }
    let wrong = strict(r#""image_url":"x""#);
    assert_eq!(
        wrong,
        DecodeError::WrongType { field: "image_url", expected: "spelt image_urls, an array of strings" }
    );
    assert!(matches!(strict(r#""quality":"high""#), DecodeError::WrongType { field: "quality", .. }));
    let veo = read_veo(br#"{"image_url":"a","duration":"8"}"#, Lenient).unwrap().create;
    assert_eq!(veo.fields, [(Field::Duration, FieldValue::Integer(8)), (Field::ImageUrls, texts(&["a"]))]);
    assert!(read_veo(br#"{"image_url":"a"}"#, Strict).is_err());
    assert_eq!(lenient(r#""image_url":"a","imageUrl":"b""#), Ok(vec![(Field::ImageUrls, texts(&["a"]))]));
}

#[test]
fn what_is_right_is_read_the_same_in_every_manner() {
    for body in [golden!("request_sora_text"), golden!("request_sora_image"), golden!("request_storyboard")] {
        let create = decode_jobs(body.as_bytes()).unwrap();
        for reading in [Lenient, Strict] {
            assert_eq!(read_jobs(body.as_bytes(), reading).unwrap().create, create, "{body}");
        }
    }
    let body = golden!("request_veo_generate").as_bytes();
    for reading in [Lenient, Strict] {
        assert_eq!(read_veo(body, reading).unwrap().create, decode_veo(body).unwrap());
    }
}

#[test]
fn the_service_itself_stays_as_strict_as_it_is() {
    let body = |entries: &str| format!(r#"{{"model":"m","progressCallBackUrl":7,"input":{{{entries}}}}}"#);
    assert!(decode_jobs(body(r#""n_frames":10"#).as_bytes()).is_err());
    assert_eq!(decode_jobs(body(r#""image_url":"x","size":"""#).as_bytes()).unwrap().fields, []);
}

#[test]
fn the_address_for_progress_is_read_beside_the_create() {
    let body = br#"{"model":"m","callBackUrl":"https://a/1","progressCallBackUrl":"https://a/2","input":{}}"#;
    for reading in [Lenient, Strict] {
        let read = read_jobs(body, reading).unwrap();
        assert_eq!(read.progress_call_back_url.as_deref(), Some("https://a/2"));
        assert_eq!(read.create.call_back_url.as_deref(), Some("https://a/1"));
    }
    let wrong = read_jobs(br#"{"model":"m","progressCallBackUrl":7,"input":{}}"#, Lenient).unwrap_err();
    assert_eq!(wrong, DecodeError::WrongType { field: "progressCallBackUrl", expected: "a string" });
}

#[test]
fn a_mended_create_is_stored_as_the_service_would_have_wanted_it() {
    let fields = lenient(r#""prompt":"A fox","n_frames":10,"image_url":"u""#).unwrap();
    assert_eq!(
        jobs_param("m", &fields, None),
        r#"{"input":"{\"prompt\":\"A fox\",\"n_frames\":\"10\",\"image_urls\":[\"u\"]}","model":"m"}"#
    );
}

#[test]
fn a_ratio_or_a_size_is_a_shape_of_sora_unless_it_is_square() {
    for (given, shape) in [
        ("16:9", Some("landscape")),
        ("9:16", Some("portrait")),
        ("1280x720", Some("landscape")),
        (" 720 X 1280 ", Some("portrait")),
        ("4:3", Some("landscape")),
        ("1:1", None),
        ("0:9", None),
        ("landscape", None),
        ("wide", None),
        ("-16:9", None),
        ("", None),
    ] {
        assert_eq!(sora_aspect(given), shape, "{given}");
    }
    for (given, shape) in [
        ("landscape", Some("16:9")),
        ("Portrait", Some("9:16")),
        ("auto", Some("Auto")),
        ("1920x1080", Some("16:9")),
        ("1080x1920", Some("9:16")),
        ("1792x1024", None),
        ("1:1", None),
        ("4294967295x4294967295", None),
    ] {
        assert_eq!(veo_aspect(given), shape, "{given}");
    }
}

#[test]
fn no_damaged_byte_makes_a_reading_panic() {
    let body = r#"{"model":"m","input":{"n_frames":10,"image_url":"u","shots":[{"scene":"x","duration":"1"}],"seeds":"1"}}"#;
    let mut accepted = 0;
    for at in 0..body.len() {
        let mut bytes = body.as_bytes().to_vec();
        for byte in 0..=u8::MAX {
            bytes[at] = byte;
            accepted += usize::from(read_jobs(&bytes, Lenient).is_ok() && read_veo(&bytes, Lenient).is_ok());
        }
    }
    assert!(accepted > body.len());
}
