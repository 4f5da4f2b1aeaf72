//! The three uploads, fresh links, and what is asked of the catalogue.

use std::borrow::Cow;

use filmgate_wire::form::{Fields, Reading, Upload, read};
use filmgate_wire::kie::{
    About, Envelope, Filter, ModelRow, Source, SuccessPoint, UploadRefusal, UploadRequest, Uploaded,
    about_model, decode_download_url, encode_download_url, encode_fresh_url, encode_models, encode_price,
    encode_schema, encode_success_rate, encode_upload, parse_download_url, parse_models, parse_upload, texts,
};
use filmgate_wire::multipart::File;
use serde_json::Value;

use crate::golden;

fn json(body: &str) -> Fields<'_> {
    read(Some("application/json"), body.as_bytes()).unwrap()
}

fn refused(body: &str) -> String {
    let wrong = UploadRequest::base64(json(body), Reading::Lenient).unwrap_err();
    UploadRefusal::from(wrong).encode()
}

fn bytes(content_type: Option<&str>) -> Source<'static> {
    Source::Bytes(Upload {
        file_name: None,
        content_type: content_type.map(str::to_owned),
        bytes: Cow::Borrowed(b"PNG"),
    })
}

#[test]
fn base64_is_taken_raw_and_as_a_data_url() {
    for (data, content_type) in [
        ("UE5H", None),
        ("UE 5H\\n", None),
        ("data:image/png;base64,UE5H", Some("image/png")),
        ("data:;base64,UE5H", None),
    ] {
        let body = format!(r#"{{"base64Data":"{data}","uploadPath":"images/user","fileName":"a.png"}}"#);
        let upload = UploadRequest::base64(json(&body), Reading::Strict).unwrap();
        assert_eq!(upload.source, bytes(content_type), "{data}");
        assert_eq!(
            (upload.upload_path.as_str(), upload.file_name.as_deref()),
            ("images/user", Some("a.png"))
        );
    }
}

#[test]
fn an_address_is_taken_as_it_is() {
    let body = r#"{"fileUrl":"https://a/1.png","uploadPath":"images"}"#;
    let upload = UploadRequest::url(json(body), Reading::Strict).unwrap();
    assert_eq!((upload.source, upload.file_name), (Source::Link("https://a/1.png".to_owned()), None));
}

#[test]
fn a_form_that_our_own_client_sends_is_taken() {
    let file = File { name: "picture-1.png", content_type: "image/png", bytes: b"PNG" };
    let form = encode_upload(file, "filmgate", Some("5f0c.png"), "filmgate-picture");
    let fields = || read(Some(&form.content_type), &form.body).unwrap();
    let upload = UploadRequest::stream(fields(), Reading::Strict).unwrap();
    let Source::Bytes(kept) = upload.source else { panic!("no bytes") };
    assert_eq!((&*kept.bytes, kept.content_type.as_deref()), (&b"PNG"[..], Some("image/png")));
    assert_eq!((upload.upload_path.as_str(), upload.file_name.as_deref()), ("filmgate", Some("5f0c.png")));
    let text = r#"{"file":"UE5H","uploadPath":"x"}"#;
    assert!(UploadRequest::stream(json(text), Reading::Lenient).is_err(), "a text is no file");
}

#[test]
fn no_path_leads_out_of_its_folder() {
    let long = "x".repeat(201);
    for path in
        ["..", "a/../b", ".", "a//b", "a/./b", "a\\b", "a\\u0000b", "a/ b", "%2e%2e", "c:", "a?b", &long, "/"]
    {
        let body = format!(r#"{{"base64Data":"UE5H","uploadPath":"{}"}}"#, path.replace("a\\b", "a\\\\b"));
        let wrong = UploadRequest::base64(json(&body), Reading::Lenient).unwrap_err();
        assert_eq!(wrong.field, "uploadPath", "{path}");
        let body = format!(
            r#"{{"base64Data":"UE5H","uploadPath":"a","fileName":"{}"}}"#,
            path.replace("a\\b", "a\\\\b")
        );
        let wrong = UploadRequest::base64(json(&body), Reading::Lenient).unwrap_err();
        assert_eq!(wrong.field, "fileName", "{path}");
    }
    for (path, kept) in [("/images/", "images"), ("画像/2026", "画像/2026"), ("a.b-c_d/e f", "a.b-c_d/e f")]
    {
        let body = format!(r#"{{"base64Data":"UE5H","uploadPath":"{path}"}}"#);
        assert_eq!(UploadRequest::base64(json(&body), Reading::Lenient).unwrap().upload_path, kept);
    }
    let slashed = r#"{"base64Data":"UE5H","uploadPath":"/images/"}"#;
    assert!(UploadRequest::base64(json(slashed), Reading::Strict).is_err());
}

#[test]
fn a_refused_upload_is_told_in_the_documented_words() {
    assert_eq!(
        refused(r#"{"base64Data":"UE5H"}"#),
        r#"{"success":false,"code":400,"msg":"Missing required parameter: uploadPath"}"#
    );
    assert!(refused(r#"{"uploadPath":"x"}"#).contains("Missing required parameter: base64Data"));
    for data in ["U!", "data:image/png;base64,", "data:image/png"] {
        let body = refused(&format!(r#"{{"base64Data":"{data}","uploadPath":"x"}}"#));
        assert!(body.contains(r#""msg":"Base64 decoding failed: base64Data must be"#), "{body}");
        assert!(parse_upload(body.as_bytes()).unwrap_err().starts_with("Base64 decoding failed"));
    }
    assert_eq!(
        UploadRefusal::KEY_REFUSED.encode(),
        r#"{"success":false,"code":401,"msg":"Authentication failed: Invalid API Key"}"#
    );
    let malformed = read(Some("application/json"), b"{").unwrap_err();
    assert!(UploadRefusal::from(malformed).encode().contains("not a JSON object"));
}

#[test]
fn a_kept_file_is_told_with_the_live_keys() {
    let mut uploaded = Uploaded {
        file_name: "1785999477000-k3v9.png".to_owned(),
        file_path: "kieai/1/filmgate/1785999477000-k3v9.png".to_owned(),
        download_url: "https://uploads.example/kieai/1/filmgate/1785999477000-k3v9.png".to_owned(),
        file_size: 3,
        mime_type: "image/png".to_owned(),
        uploaded_at_ms: 1_786_001_877_000,
    };
    assert_eq!(uploaded.encode(), golden!("uploaded"));
    for (unix_ms, time) in [
        (0, "1970-01-01T00:00:00.000Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_709_251_199_000, "2024-02-29T23:59:59.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
    ] {
        uploaded.uploaded_at_ms = unix_ms;
        assert!(uploaded.encode().contains(time), "{unix_ms}: {}", uploaded.encode());
    }
}

#[test]
fn a_fresh_link_is_asked_for_and_given() {
    let asked = encode_download_url("https://gate.example/files/f.mp4");
    let url = decode_download_url(json(&asked), Reading::Strict);
    assert_eq!(url.as_deref(), Ok("https://gate.example/files/f.mp4"));
    let wrong = decode_download_url(json("{}"), Reading::Lenient).unwrap_err();
    assert_eq!(texts::wrong_field(&wrong), texts::field_required("url"));
    let fresh = encode_fresh_url("https://gate.example/f?sig=1");
    assert_eq!(fresh, r#"{"code":200,"msg":"success","data":"https://gate.example/f?sig=1"}"#);
    assert!(parse_download_url(&Envelope::parse(fresh.as_bytes()).unwrap()).is_some());
}

fn row(model: &str, task_type: &str, provider: &str) -> ModelRow {
    ModelRow {
        model: model.to_owned(),
        slug: model.replace('/', "-"),
        title: format!("The {model}"),
        provider: provider.to_owned(),
        task_type: vec![task_type.to_owned()],
        description: None,
        pricing_desc: Some("30 credits".to_owned()),
    }
}

#[test]
fn the_catalogue_is_written_with_the_live_keys_and_read_again() {
    let body = encode_models(&[row("veo/extend", "Video to Video", "Google")]);
    assert_eq!(
        body,
        r#"{"code":200,"msg":"success","data":{"total":1,"models":[{"model":"veo/extend","slug":"veo-extend","title":"The veo/extend","provider":"Google","taskType":["Video to Video"],"description":null,"pricingDesc":"30 credits"}]}}"#
    );
    assert_eq!(parse_models(&Envelope::parse(body.as_bytes()).unwrap()), Some(vec!["veo/extend".to_owned()]));
    assert!(encode_models(&[]).ends_with(r#""data":{"total":0,"models":[]}}"#));
}

#[test]
fn the_catalogue_is_filtered_by_type_maker_and_text() {
    let rows = [
        row("veo-3-1", "Text to Video", "Google"),
        row("veo/extend", "Video to Video", "Google"),
        row("sora-2", "Text to Video", "OpenAI"),
    ];
    let found = |query: &[(&str, &str)]| {
        let filter = Filter::of(query.iter().copied());
        rows.iter().filter(|row| filter.takes(row)).map(|row| row.model.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(found(&[]).len(), 3);
    assert_eq!(found(&[("taskType", ""), ("provider", ""), ("q", ""), ("zzz", "1")]).len(), 3);
    assert_eq!(found(&[("taskType", "text to video")]), ["veo-3-1", "sora-2"]);
    assert_eq!(found(&[("taskType", "Lip Sync, Video to Video")]), ["veo/extend"]);
    assert_eq!(found(&[("provider", "openai")]), ["sora-2"]);
    assert_eq!(found(&[("q", "VEO"), ("provider", "Google"), ("taskType", "Text to Video")]), ["veo-3-1"]);
    assert_eq!(found(&[("taskType", "Chat")]), Vec::<&str>::new());
}

#[test]
fn a_model_may_hold_a_slash_in_its_address() {
    for (rest, model, about) in [
        ("veo-3-1/schema", "veo-3-1", About::Schema),
        ("veo/get-4k-video/price", "veo/get-4k-video", About::Price),
        ("veo%2Fextend/success-rate", "veo/extend", About::SuccessRate),
    ] {
        assert_eq!(about_model(rest), Some((model.to_owned(), about)));
    }
    for rest in ["", "schema", "/schema", "veo-3-1", "veo-3-1/other"] {
        assert_eq!(about_model(rest), None, "{rest}");
    }
    assert_eq!(texts::MODEL_NOT_IN_CATALOGUE.code, 404);
    assert_eq!(texts::MODEL_NOT_IN_CATALOGUE.msg, texts::MODEL_NOT_SUPPORTED.msg);
}

#[test]
fn schema_price_and_success_rate_name_their_model() {
    assert_eq!(
        encode_schema("m", None),
        r#"{"code":200,"msg":"success","data":{"model":"m","openapi":null}}"#
    );
    let openapi: Value = serde_json::from_str(r#"{"openapi":"3.1.0"}"#).unwrap();
    assert!(encode_schema("m", Some(&openapi)).contains(r#""openapi":{"openapi":"3.1.0"}"#));
    assert_eq!(
        encode_price("m", Some("30 credits")),
        r#"{"code":200,"msg":"success","data":{"model":"m","pricingDesc":"30 credits"}}"#
    );
    let points = [SuccessPoint::of(0, 3, 1), SuccessPoint::of(600_000, 0, 0)];
    assert_eq!(
        encode_success_rate("m", &points),
        r#"{"code":200,"msg":"success","data":{"model":"m","points":[{"start":0,"end":600000,"successRate":0.75,"errorRate":0.25,"isNormal":true},{"start":600000,"end":1200000,"successRate":null,"errorRate":null,"isNormal":null}]}}"#
    );
}
