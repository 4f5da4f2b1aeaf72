//! Uploads, fresh links, callbacks, and the callback address that a record echoes.

use filmgate_wire::kie::{
    Envelope, Field, FieldValue, JobsRecord, VeoRecord, call_back_url, called_back, encode_download_url,
    encode_upload, jobs_param, parse_download_url, parse_upload, record_path, veo_param,
};
use filmgate_wire::multipart::File;

use crate::{envelope, golden};

const PICTURE: File<'_> = File { name: "picture-1.png", content_type: "image/png", bytes: b"PNG" };

#[test]
fn an_upload_is_a_form_of_the_file_its_folder_and_its_name() {
    let form = encode_upload(PICTURE, "filmgate", Some("5f0c.png"), "filmgate-picture");
    assert_eq!(form.content_type, "multipart/form-data; boundary=filmgate-picture");
    let body = String::from_utf8(form.body).unwrap().replace("\r\n", "\n");
    assert_eq!(body, include_str!("../../fixtures/kie/request_upload.txt"));
    let nameless = encode_upload(PICTURE, "filmgate", None, "filmgate-picture").body;
    assert!(!String::from_utf8(nameless).unwrap().contains("fileName"));
}

#[test]
fn an_upload_is_answered_with_a_link_under_either_name() {
    let link = "https://uploads.example/kieai/1/filmgate/1785999477000-k3v9.png";
    assert_eq!(parse_upload(golden!("uploaded").as_bytes()), Ok(link.to_owned()));
    for body in [
        r#"{"code":0,"data":{"fileUrl":"u"}}"#,
        r#"{"success":true,"data":{"downloadUrl":"u","fileUrl":"v"}}"#,
        r#"{"code":200,"data":{"downloadUrl":"","fileUrl":"u"}}"#,
    ] {
        assert_eq!(parse_upload(body.as_bytes()), Ok("u".to_owned()), "{body}");
    }
}

#[test]
fn a_refused_upload_gives_no_link_whatever_else_it_holds() {
    for (body, words) in [
        (
            r#"{"success":false,"code":400,"msg":"Missing required parameter: uploadPath"}"#,
            "Missing required parameter: uploadPath",
        ),
        (r#"{"success":true,"code":500,"msg":"no","data":{"downloadUrl":"u"}}"#, "no"),
        (r#"{"success":false,"code":200,"msg":"no","data":{"downloadUrl":"u"}}"#, "no"),
        (
            r#"{"success":true,"code":200,"msg":"File uploaded successfully","data":{}}"#,
            "the upload's answer holds no link",
        ),
        ("<html>", "the upload was not answered with JSON"),
    ] {
        assert_eq!(parse_upload(body.as_bytes()), Err(words.to_owned()), "{body}");
    }
}

#[test]
fn a_fresh_link_is_the_whole_payload() {
    assert_eq!(
        encode_download_url("https://a.example/\"f\".mp4"),
        r#"{"url":"https://a.example/\"f\".mp4"}"#
    );
    let fresh = parse_download_url(&envelope!("fresh_url"));
    assert_eq!(fresh.as_deref(), Some("https://fresh.example/f.mp4?sig=1"));
    assert_eq!(parse_download_url(&envelope!("url_is_wrong")), None);
    for body in [r#"{"code":200,"data":""}"#, r#"{"code":200,"data":{"url":"u"}}"#] {
        assert_eq!(parse_download_url(&Envelope::parse(body.as_bytes()).unwrap()), None, "{body}");
    }
}

#[test]
fn a_callback_names_its_task_in_one_of_three_places() {
    assert_eq!(
        called_back(golden!("called_back_jobs").as_bytes()).as_deref(),
        Some("5f0c2d9e8b7a46139c1d2e3f4a5b6c7d")
    );
    assert_eq!(
        called_back(golden!("called_back_veo").as_bytes()).as_deref(),
        Some("a1b2c3d4e5f60718293a4b5c6d7e8f90")
    );
    assert_eq!(called_back(br#"{"taskId":"a","data":{"taskId":"b","task_id":"c"}}"#).as_deref(), Some("a"));
    assert_eq!(called_back(br#"{"taskId":"","data":{"task_id":"c"}}"#).as_deref(), Some("c"));
    for body in ["", "[]", "{}", r#"{"data":null}"#, r#"{"data":{"taskId":{}}}"#] {
        assert_eq!(called_back(body.as_bytes()), None, "{body}");
    }
}

#[test]
fn a_record_echoes_the_callback_address_of_its_create() {
    const URL: &str = "https://gate.example/in/kie/5f0c";
    let fields =
        [(Field::Prompt, FieldValue::Text(r#"{"callBackUrl":"https://other.example/"}"#.to_owned()))];
    let echoed = [jobs_param("m", &fields, Some(URL)), veo_param("veo3", &fields, Some(URL))];
    for param in echoed {
        assert_eq!(call_back_url(&param).as_deref(), Some(URL), "{param}");
        let twice = serde_json::to_string(&param).unwrap();
        assert_eq!(call_back_url(&twice).as_deref(), Some(URL), "{twice}");
    }
    let inside = r#"{"input":"{\"callBackUrl\":\"https://gate.example/in/kie/5f0c\"}","model":"m"}"#;
    assert_eq!(call_back_url(inside).as_deref(), Some(URL));
    for param in [jobs_param("m", &fields, None), veo_param("veo3", &fields, None)] {
        assert_eq!(call_back_url(&param), None, "a prompt is no callback address: {param}");
    }
    for param in ["", "{", "null", "7", r#"{"callBackUrl":7}"#, r#"{"callBackUrl":""}"#] {
        assert_eq!(call_back_url(param), None, "{param}");
    }
}

#[test]
fn the_echo_is_found_in_either_copy_of_a_records_param() {
    let expected = Some("https://app.example/kie".to_owned());
    let record = JobsRecord::parse(&envelope!("record_generating")).unwrap();
    assert_eq!(call_back_url(&record.param), expected);
    let body = r#"{"code":200,"data":{"paramJson":"{\"callBackUrl\":\"https://app.example/kie\"}"}}"#;
    let envelope = Envelope::parse(body.as_bytes()).unwrap();
    assert_eq!(call_back_url(&JobsRecord::parse(&envelope).unwrap().param), expected);
    assert_eq!(call_back_url(&VeoRecord::parse(&envelope).unwrap().param_json), expected);
}

#[test]
fn deep_nesting_in_a_param_is_no_echo_and_never_overflows_the_stack() {
    let deep = format!("{}1{}", r#"{"input":"#.repeat(100_000), "}".repeat(100_000));
    assert_eq!(call_back_url(&deep), None);
}

#[test]
fn an_opaque_task_id_is_one_value_of_the_query() {
    let path = record_path(filmgate_wire::kie::RECORD_INFO, "task/a b&taskId=c");
    assert_eq!(path, "/api/v1/jobs/recordInfo?taskId=task%2Fa%20b%26taskId%3Dc");
}
