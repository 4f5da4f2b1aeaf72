//! `POST /videos` as every known client writes it.

use std::borrow::Cow;

use filmgate_wire::form::{Reading, Upload, Wrong, read};
use filmgate_wire::openai::server::{ApiError, CreateVideo, Extras, Reference};
use filmgate_wire::openai::{self, OWN_FIELDS};

use super::{form, json, recorded, texts};

fn of(body: &str) -> Result<CreateVideo<'_>, Wrong> {
    CreateVideo::of(json(body), Reading::Lenient)
}

fn words(body: &str) -> String {
    of(body).unwrap_err().to_string()
}

fn upload<'a>(name: &str, content_type: &str, bytes: &'a [u8]) -> Reference<'a> {
    Reference::File(Upload {
        file_name: Some(name.to_owned()),
        content_type: Some(content_type.to_owned()),
        bytes: Cow::Borrowed(bytes),
    })
}

fn link(url: &str) -> Reference<'static> {
    Reference::Link(url.to_owned())
}

#[test]
fn both_sdks_and_litellm_are_understood_in_either_order_and_in_json() {
    let python = [
        ("name=\"prompt\"", None, "hello"),
        ("name=\"model\"", None, "m1"),
        ("name=\"seconds\"", None, "8"),
        ("name=\"size\"", None, "1280x720"),
    ];
    let node = [python[1], python[0], python[2], python[3]];
    let expected = CreateVideo {
        prompt: "hello".to_owned(),
        model: Some("m1".to_owned()),
        seconds: Some(8),
        size: Some("1280x720".to_owned()),
        ..CreateVideo::default()
    };
    for parts in [&python[..], &node] {
        let body = recorded(parts);
        assert_eq!(CreateVideo::of(form(&body), Reading::Strict), Ok(expected.clone()));
    }
    for seconds in ["\"8\"", "8", "8.0"] {
        let body = format!(r#"{{"model":"m1","prompt":"hello","seconds":{seconds},"size":"1280x720"}}"#);
        assert_eq!(CreateVideo::of(json(&body), Reading::Strict), Ok(expected.clone()), "{body}");
    }
}

#[test]
fn the_least_that_clients_send_is_a_prompt() {
    let expected = CreateVideo { prompt: "x".to_owned(), ..CreateVideo::default() };
    assert_eq!(of(r#"{"prompt":"x"}"#), Ok(expected.clone()));
    let nulls =
        r#"{"prompt":"x","model":null,"seconds":"","size":null,"input_reference":null,"metadata":null}"#;
    assert_eq!(of(nulls), Ok(expected));
    // aiohttp gives each text a type of its own (recording 215).
    let plain = Some("text/plain; charset=\"utf-8\"");
    let body = recorded(&[("name=\"prompt\"", plain, "x"), ("name=\"seconds\"", plain, "4")]);
    assert_eq!(CreateVideo::of(form(&body), Reading::Strict).unwrap().seconds, Some(4));
}

#[test]
fn a_picture_comes_as_a_file_a_link_or_the_id_of_a_file() {
    let of_part = |part| {
        let body = recorded(&[("name=\"prompt\"", None, "x"), part]);
        let create = CreateVideo::of(form(&body), Reading::Strict).unwrap();
        let Reference::File(upload) = create.input_reference.unwrap() else { panic!("{part:?}") };
        (upload.file_name, upload.content_type, upload.bytes.into_owned())
    };
    let picture = ("name=\"input_reference\"; filename=\"a.png\"", Some("image/png"), "PNGxx");
    let expected = (Some("a.png".to_owned()), Some("image/png".to_owned()), b"PNGxx".to_vec());
    assert_eq!(of_part(picture), expected);
    let raw = ("name=\"input_reference\"; filename=\"upload\"", Some("application/octet-stream"), "rawbytes");
    assert_eq!(of_part(raw).2, b"rawbytes");
    let nested = ("name=\"input_reference[image_url]\"", None, "https://x/y.png");
    let body = recorded(&[("name=\"model\"", None, "m1"), ("name=\"prompt\"", None, "hello"), nested]);
    let create = CreateVideo::of(form(&body), Reading::Strict).unwrap();
    assert_eq!(create.input_reference, Some(link("https://x/y.png")));
    for (value, expected) in [
        (r#"{"image_url":"https://x/y.png"}"#, link("https://x/y.png")),
        (r#"{"image_url":{"url":"http://x/y.png"}}"#, link("http://x/y.png")),
        (r#"{"file_id":"file-1"}"#, Reference::FileId("file-1".to_owned())),
        (r#""https://x/y.png""#, link("https://x/y.png")),
        (r#""{\"image_url\":\"https://x/y.png\"}""#, link("https://x/y.png")),
        (r#"["https://x/y.png"]"#, link("https://x/y.png")),
    ] {
        let body = format!(r#"{{"prompt":"x","input_reference":{value}}}"#);
        assert_eq!(of(&body).unwrap().input_reference, Some(expected), "{body}");
    }
}

#[test]
fn the_bytes_of_a_data_url_are_a_file_without_a_name() {
    for url in [
        "data:image/png;base64,UE5H",
        "DATA:image/png;base64,UE5H",
        "data:image/png;x=y;base64,UE5H",
        "data:image/png,P%4EG",
    ] {
        let body = format!(r#"{{"prompt":"x","input_reference":{{"image_url":"{url}"}}}}"#);
        let upload = Upload {
            file_name: None,
            content_type: Some("image/png".to_owned()),
            bytes: Cow::Borrowed(b"PNG"),
        };
        assert_eq!(of(&body).unwrap().input_reference, Some(Reference::File(upload)), "{url}");
    }
    for url in ["data:image/png;base64,UE5H!", "data:image/png;base64,", "data:image/png"] {
        let body = format!(r#"{{"prompt":"x","input_reference":{{"image_url":"{url}"}}}}"#);
        assert!(words(&body).starts_with("input_reference[image_url] must be a data URL"), "{url}");
    }
}

#[test]
fn new_apis_clients_are_understood() {
    let body = r#"{"prompt":"x","model":"m","image":"https://a/1.png","images":["https://a/1.png","https://a/2.png"],"duration":8,"width":1280,"height":720,"seed":7,"n":1,"response_format":"url","user":"u","metadata":{"negative_prompt":"fog","seed":9,"own":{"a":1}}}"#;
    let create = CreateVideo::of(json(body), Reading::Strict).unwrap();
    assert_eq!((create.seconds, create.size.as_deref(), create.seed), (Some(8), Some("1280x720"), Some(7)));
    assert_eq!(create.input_reference, Some(link("https://a/1.png")));
    assert_eq!(create.further_images, [link("https://a/2.png")], "the same picture twice is one picture");
    assert_eq!(create.extras.negative_prompt.as_deref(), Some("fog"));
    let form = texts(&[
        ("prompt", "x"),
        ("duration", "8"),
        ("metadata", r#"{"seed":9}"#),
        ("images", "https://a/1.png"),
    ]);
    let create =
        CreateVideo::of(read(Some(&form.content_type), &form.body).unwrap(), Reading::Strict).unwrap();
    assert_eq!((create.seconds, create.seed), (Some(8), Some(9)));
    assert_eq!(create.input_reference, Some(link("https://a/1.png")));
}

#[test]
fn the_fields_of_engines_are_read_wherever_they_stand() {
    // Recordings 7, 21 and 172.
    let form = texts(&[
        ("prompt", "x"),
        ("negative_prompt", "bad"),
        ("seed", "42"),
        ("video_params[fps]", "24"),
        ("num_inference_steps", "20"),
        ("guidance_scale", "7.5"),
        ("num_frames", "81"),
        ("aspect_ratio", "16:9"),
        ("resolution", "720p"),
    ]);
    let create =
        CreateVideo::of(read(Some(&form.content_type), &form.body).unwrap(), Reading::Strict).unwrap();
    let extras = Extras {
        negative_prompt: Some("bad".to_owned()),
        fps: Some(24.0),
        num_frames: Some(81),
        guidance_scale: Some(7.5),
        num_inference_steps: Some(20),
        aspect_ratio: Some("16:9".to_owned()),
        resolution: Some("720p".to_owned()),
        user: None,
    };
    assert_eq!((create.seed, create.extras), (Some(42), extras));
}

#[test]
fn characters_are_named_by_their_ids() {
    for body in [
        r#"{"prompt":"x","characters":[{"id":"char_1"},{"id":"char_2"}]}"#,
        r#"{"prompt":"x","characters":["char_1","char_2"]}"#,
    ] {
        assert_eq!(of(body).unwrap().characters, ["char_1", "char_2"], "{body}");
    }
    let form = texts(&[("prompt", "x"), ("characters[][id]", "char_1"), ("characters[][id]", "char_2")]);
    let create =
        CreateVideo::of(read(Some(&form.content_type), &form.body).unwrap(), Reading::Strict).unwrap();
    assert_eq!(create.characters, ["char_1", "char_2"]);
    assert!(words(r#"{"prompt":"x","characters":[{}]}"#).starts_with("characters must be"));
}

#[test]
fn an_unknown_field_is_ignored_unless_the_reading_is_strict() {
    let body = r#"{"prompt":"x","zzz":[1,{"a":null}]}"#;
    assert!(of(body).is_ok());
    let wrong = CreateVideo::of(json(body), Reading::Strict).unwrap_err();
    assert_eq!(wrong.to_string(), "zzz is not a field of this request");
    let inner =
        CreateVideo::of(json(r#"{"prompt":"x","video_params":{"zzz":1}}"#), Reading::Strict).unwrap_err();
    assert_eq!(inner.field, "video_params[zzz]");
}

#[test]
fn a_wrong_field_is_told_with_its_allowed_form() {
    for (body, text) in [
        (r"{}", "prompt is required"),
        (r#"{"prompt":""}"#, "prompt is required"),
        (r#"{"prompt":7}"#, "prompt must be a string, given once"),
        (r#"{"prompt":"x","seconds":"8s"}"#, "seconds must be a whole number of seconds, such as \"8\""),
        (r#"{"prompt":"x","seconds":0}"#, "seconds must be a whole number of seconds, such as \"8\""),
        (
            r#"{"prompt":"x","seconds":8,"duration":4}"#,
            "duration and seconds say different things; send one of them",
        ),
        (r#"{"prompt":"x","size":"720p"}"#, "size must be WIDTHxHEIGHT, such as 1280x720"),
        (r#"{"prompt":"x","size":"1280x"}"#, "size must be WIDTHxHEIGHT, such as 1280x720"),
        (r#"{"prompt":"x","width":1280}"#, "width must be given together with height"),
        (r#"{"prompt":"x","n":2}"#, "n must be 1: each create makes one film"),
        (r#"{"prompt":"x","fps":0}"#, "fps must be a number above 0"),
        (r#"{"prompt":"x","metadata":{"seed":"x"}}"#, "metadata[seed] must be an integer"),
        (
            r#"{"prompt":"x","input_reference":"cat.png"}"#,
            "input_reference must be an https link, a data URL or an uploaded file",
        ),
        (
            r#"{"prompt":"x","input_reference":{"image_url":"https://x/y","file_id":"f"}}"#,
            "input_reference[file_id] and image_url say different things; send one of them",
        ),
        (
            r#"{"prompt":"x","input_reference":{}}"#,
            "input_reference must be an uploaded file, or an object with either image_url (an https link or a data URL) or file_id",
        ),
    ] {
        assert_eq!(words(body), text, "{body}");
    }
    let error = ApiError::from(of(r#"{"prompt":"x","size":"720p"}"#).unwrap_err());
    assert_eq!(
        error.encode(),
        r#"{"error":{"message":"size must be WIDTHxHEIGHT, such as 1280x720.","type":"invalid_request_error","param":"size","code":"invalid_value"}}"#
    );
}

#[test]
fn a_prompt_is_counted_in_characters() {
    let body = |length| format!(r#"{{"prompt":"{}"}}"#, "猫".repeat(length));
    assert!(of(&body(32_000)).is_ok());
    assert_eq!(words(&body(32_001)), "prompt must be 1 to 32000 characters long");
}

#[test]
fn our_own_client_is_understood_by_our_own_server() {
    let extra = [("seed".to_owned(), "7".to_owned())].into();
    let file =
        filmgate_wire::multipart::File { name: "picture-1.png", content_type: "image/png", bytes: b"PNG" };
    let reference = Some(openai::Reference::File(file));
    let sent = openai::Create {
        prompt: "A fox",
        model: "m",
        seconds: 8,
        size: "1280x720",
        extra: &extra,
        reference,
    };
    let form = openai::encode_form(&sent, "filmgate-5f0c");
    let create =
        CreateVideo::of(read(Some(&form.content_type), &form.body).unwrap(), Reading::Strict).unwrap();
    assert_eq!(create.input_reference, Some(upload("picture-1.png", "image/png", b"PNG")));
    assert_eq!((create.prompt.as_str(), create.seconds, create.seed), ("A fox", Some(8), Some(7)));
    let body = openai::encode_json(&sent);
    assert!(OWN_FIELDS.iter().all(|field| body.contains(field)));
    let create = CreateVideo::of(json(&body), Reading::Strict).unwrap();
    assert!(matches!(create.input_reference, Some(Reference::File(upload)) if *upload.bytes == *b"PNG"));
}
