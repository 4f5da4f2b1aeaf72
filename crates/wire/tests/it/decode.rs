//! What a create body may hold, and how a bad one is refused.

use filmgate_wire::kie::{Create, DecodeError, Field, FieldValue, decode_jobs, decode_veo, named_model};

use crate::golden;

/// A jobs body whose `input` holds `entry` alone.
fn with_input(entry: &str) -> Result<Create, DecodeError> {
    decode_jobs(format!(r#"{{"model":"m","input":{{{entry}}}}}"#).as_bytes())
}

fn wrong(field: &'static str, expected: &'static str) -> Result<Create, DecodeError> {
    Err(DecodeError::WrongType { field, expected })
}

#[test]
fn a_number_is_no_n_frames() {
    assert_eq!(with_input(r#""n_frames":10"#), wrong("n_frames", "a string such as \"10\""));
}

#[test]
fn each_field_takes_its_own_type_only() {
    let json_of = [
        ("a string", r#""x""#),
        ("an integer", "8"),
        ("true or false", "true"),
        ("an array of strings, none of them empty", r#"["x"]"#),
        ("an array of objects", r#"[{"Scene":"x","duration":1}]"#),
        ("none of them", r#"{"x":1}"#),
        ("none of them", "8.0"),
        ("none of them", "99999999999999999999"),
        ("none of them", r#"["x",1]"#),
        ("none of them", r#"["x",null]"#),
        ("none of them", r#"[""]"#),
        ("none of them", r#"[{"scene":"x","duration":1}]"#),
        ("none of them", r#"[{"Scene":"x","duration":"1"}]"#),
    ];
    for field in Field::ALL {
        let name = field.jobs_name();
        let mut taken = 0;
        for (kind, json) in json_of {
            let body = format!(r#"{{"model":"m","input":{{"{name}":{json}}}}}"#);
            match decode_jobs(body.as_bytes()) {
                Ok(create) => {
                    taken += 1;
                    assert_eq!(create.fields.len(), 1, "{body}");
                    assert_ne!(kind, "none of them", "{body}");
                }
                Err(DecodeError::WrongType { field, expected }) => {
                    assert_eq!(field, name);
                    assert!(!expected.starts_with(kind), "{body} is {expected}");
                }
                Err(error) => panic!("{body}: {error:?}"),
            }
        }
        assert_eq!(taken, 1, "{name} takes one type");
    }
}

#[test]
fn an_error_names_the_field_as_the_client_spelt_it() {
    assert_eq!(decode_veo(br#"{"aspect_ratio":1}"#), wrong("aspect_ratio", "a string"));
    assert_eq!(decode_veo(br#"{"aspectRatio":1}"#), wrong("aspectRatio", "a string"));
    assert_eq!(decode_veo(br#"{"duration":"8"}"#), wrong("duration", "an integer"));
    assert_eq!(decode_jobs(br#"{"model":"m","input":{},"callBackUrl":1}"#), wrong("callBackUrl", "a string"));
    assert_eq!(decode_jobs(br#"{"model":1,"input":{}}"#), wrong("model", "a string"));
    assert_eq!(decode_jobs(br#"{"model":"m","input":"{}"}"#), wrong("input", "an object"));
    assert_eq!(decode_jobs(br#"{"model":"m","input":[]}"#), wrong("input", "an object"));
}

#[test]
fn null_and_the_empty_string_count_as_absent() {
    let body = br#"{"model":"m","callBackUrl":"","input":{"prompt":null,"size":"","n_frames":"","duration":null,"shots":null,"image_urls":null,"remove_watermark":null}}"#;
    let create = decode_jobs(body).unwrap();
    assert_eq!((create.fields, create.call_back_url), (vec![], None));
}

#[test]
fn an_empty_list_stays_a_list() {
    let create = decode_jobs(br#"{"model":"m","input":{"image_urls":[]}}"#).unwrap();
    assert_eq!(create.fields, [(Field::ImageUrls, FieldValue::Texts(vec![]))]);
}

#[test]
fn unknown_fields_are_ignored_whatever_they_hold() {
    let body = br#"{"zzz":[1e9,{"a":null}],"progressCallBackUrl":7,"model":"m","input":{"seed":1,"image_url":"x","prompt":"p","model ":3}}"#;
    let create = decode_jobs(body).unwrap();
    assert_eq!(create.fields, [(Field::Prompt, FieldValue::Text("p".to_owned()))]);
    assert_eq!(decode_veo(br#"{"n_frames":10,"input":{}}"#).unwrap().fields, []);
}

#[test]
fn the_order_of_keys_does_not_matter_and_names_may_be_escaped() {
    let body = br#"{"input":{"pr\u006fmpt":"\u00e9\n"},"\u006dodel":"m"}"#;
    let create = decode_jobs(body).unwrap();
    assert_eq!(create.model, "m");
    assert_eq!(create.fields, [(Field::Prompt, FieldValue::Text("é\n".to_owned()))]);
}

#[test]
fn a_missing_model_or_input_is_told() {
    for body in
        [&br#"{}"#[..], br#"{"input":{}}"#, br#"{"model":"","input":{}}"#, br#"{"model":null,"input":{}}"#]
    {
        assert_eq!(decode_jobs(body), Err(DecodeError::MissingModel), "{}", String::from_utf8_lossy(body));
    }
    for body in [&br#"{"model":"m"}"#[..], br#"{"model":"m","input":null}"#] {
        assert_eq!(decode_jobs(body), Err(DecodeError::MissingInput), "{}", String::from_utf8_lossy(body));
    }
    assert_eq!(decode_jobs(br#"{"model":"m","input":{}}"#).unwrap().fields, []);
}

#[test]
fn a_field_given_twice_must_agree_with_itself() {
    assert_eq!(with_input(r#""prompt":"a","prompt":"b""#), Err(DecodeError::Repeated { field: "prompt" }));
    let body = br#"{"aspect_ratio":"16:9","aspectRatio":"9:16"}"#;
    assert_eq!(decode_veo(body), Err(DecodeError::Repeated { field: "aspectRatio" }));
    assert_eq!(decode_veo(br#"{"model":"a","model":"b"}"#), Err(DecodeError::Repeated { field: "model" }));
    let hedged = br#"{"aspect_ratio":"9:16","aspectRatio":"9:16","imageUrls":null,"image_urls":["a"]}"#;
    assert_eq!(decode_veo(hedged).unwrap().fields.len(), 2);
    let split = br#"{"model":"m","input":{"size":"high"},"input":{"size":"standard"}}"#;
    assert_eq!(decode_jobs(split), Err(DecodeError::Repeated { field: "size" }));
}

#[test]
fn what_is_no_json_object_is_malformed() {
    let deep = format!(r#"{{"model":"m","input":{{"x":{}1}}}}"#, "[".repeat(100_000));
    for body in [
        &b""[..],
        b"[]",
        b"null",
        b"\"x\"",
        b"{",
        br#"{"model":"m","input":{}} x"#,
        br#"{"model":"m","input":{"x":NaN}}"#,
        br#"{"model":"m","input":{"duration":1e999}}"#,
        br#"{"model":"m","input":{"prompt":"\ud800"}}"#,
        b"{\"model\":\"m\",\"input\":{\"prompt\":\"\xff\"}}",
        b"{\"model\":\"m\",\"input\":{\"prompt\":\"a\nb\"}}",
        deep.as_bytes(),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
        assert_eq!(decode_jobs(body), Err(DecodeError::Malformed), "{shown}");
    }
}

#[test]
fn deep_nesting_is_refused_or_skipped_and_never_overflows_the_stack() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(with_input(&format!(r#""prompt":{deep}"#)), wrong("prompt", "a string"));
    assert_eq!(
        with_input(&format!(r#""image_urls":{deep}"#)),
        wrong("image_urls", "an array of strings, none of them empty")
    );
    let body = format!(r#"{{"model":"m","input":{{"unknown":{deep}}}}}"#);
    assert_eq!(decode_jobs(body.as_bytes()).unwrap().fields, []);
}

#[test]
fn a_refused_body_still_names_its_model() {
    assert_eq!(named_model(br#"{"input":{"n_frames":10},"model":"nope"}"#).as_deref(), Some("nope"));
    assert_eq!(named_model(br#"{"input":{}}"#), None);
    assert_eq!(named_model(b"{"), None);
}

#[test]
fn no_damaged_byte_and_no_cut_makes_decoding_panic() {
    for body in [golden!("request_sora_text"), golden!("request_storyboard"), golden!("request_veo_generate")]
    {
        let mut accepted = 0;
        for at in 0..body.len() {
            assert!(decode_jobs(&body.as_bytes()[..at]).is_err(), "cut at {at}");
            let mut bytes = body.as_bytes().to_vec();
            for byte in 0..=u8::MAX {
                bytes[at] = byte;
                accepted +=
                    usize::from(decode_jobs(&bytes).is_ok()) + usize::from(decode_veo(&bytes).is_ok());
            }
        }
        assert!(accepted > body.len(), "damage inside strings still decodes");
    }
}

#[test]
fn no_two_fields_share_a_name_in_one_form() {
    for field in Field::ALL {
        let same_jobs = Field::ALL.iter().filter(|other| other.jobs_name() == field.jobs_name());
        assert_eq!(same_jobs.count(), 1, "{field:?}");
        // In a Veo body these mean the create itself.
        assert!(!matches!(field.veo_name(), Some("model" | "callBackUrl" | "input")), "{field:?}");
    }
}
