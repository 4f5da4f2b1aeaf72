//! Remix, edits, extensions and characters, from forms and from JSON.

use filmgate_wire::form::Reading::{Lenient, Strict};
use filmgate_wire::openai::server::{CreateCharacter, EditVideo, ExtendVideo, RemixVideo, VideoRef};

use super::{form, json, recorded};

#[test]
fn a_remix_is_a_prompt() {
    assert_eq!(RemixVideo::of(json(r#"{"prompt":"more"}"#), Strict).unwrap().prompt, "more");
    let body = recorded(&[("name=\"prompt\"", None, "more")]);
    assert_eq!(RemixVideo::of(form(&body), Strict).unwrap().prompt, "more");
    assert_eq!(RemixVideo::of(json("{}"), Lenient).unwrap_err().to_string(), "prompt is required");
}

#[test]
fn a_film_is_named_or_uploaded() {
    let named = recorded(&[("name=\"prompt\"", None, "e"), ("name=\"video[id]\"", None, "video_1")]);
    let expected = EditVideo { prompt: "e".to_owned(), video: VideoRef::Id("video_1".to_owned()) };
    assert_eq!(EditVideo::of(form(&named), Strict), Ok(expected.clone()));
    for body in [r#"{"prompt":"e","video":{"id":"video_1"}}"#, r#"{"prompt":"e","video":"video_1"}"#] {
        assert_eq!(EditVideo::of(json(body), Strict), Ok(expected.clone()), "{body}");
    }
    let uploaded = recorded(&[
        ("name=\"prompt\"", None, "edit"),
        ("name=\"video\"; filename=\"v.mp4\"", Some("video/mp4"), "mp4bytes"),
    ]);
    let VideoRef::File(film) = EditVideo::of(form(&uploaded), Strict).unwrap().video else {
        panic!("no file")
    };
    assert_eq!((film.file_name.as_deref(), &*film.bytes), (Some("v.mp4"), &b"mp4bytes"[..]));
    for body in [r#"{"prompt":"e"}"#, r#"{"prompt":"e","video":null}"#] {
        assert_eq!(EditVideo::of(json(body), Lenient).unwrap_err().to_string(), "video is required");
    }
    for body in [r#"{"prompt":"e","video":{}}"#, r#"{"prompt":"e","video":7}"#] {
        let wrong = EditVideo::of(json(body), Lenient).unwrap_err().to_string();
        assert_eq!(wrong, "video must be an uploaded film, or an object such as {\"id\": \"video_1\"}");
    }
}

#[test]
fn an_extension_says_how_long_its_new_segment_is() {
    let body = recorded(&[
        ("name=\"prompt\"", None, "e"),
        ("name=\"seconds\"", None, "4"),
        ("name=\"video[id]\"", None, "video_1"),
    ]);
    let expected =
        ExtendVideo { prompt: "e".to_owned(), seconds: 4, video: VideoRef::Id("video_1".to_owned()) };
    assert_eq!(ExtendVideo::of(form(&body), Strict), Ok(expected));
    let without = r#"{"prompt":"e","video":{"id":"video_1"}}"#;
    assert_eq!(ExtendVideo::of(json(without), Lenient).unwrap_err().to_string(), "seconds is required");
}

#[test]
fn a_character_is_a_name_and_a_film() {
    let body = recorded(&[
        ("name=\"name\"", None, "n"),
        ("name=\"video\"; filename=\"v.mp4\"", Some("video/mp4"), "mp4"),
    ]);
    let character = CreateCharacter::of(form(&body), Strict).unwrap();
    assert_eq!(character.name, "n");
    assert!(matches!(character.video, VideoRef::File(upload) if *upload.bytes == b"mp4"[..]));
    let named = r#"{"name":"n","video":"video_1"}"#;
    let character = CreateCharacter::of(json(named), Lenient).unwrap();
    assert_eq!(character.video, VideoRef::Id("video_1".into()));
    let long = format!(r#"{{"name":"{}"}}"#, "n".repeat(81));
    let wrong = CreateCharacter::of(json(&long), Lenient).unwrap_err();
    assert_eq!(wrong.to_string(), "name must be 1 to 80 characters long");
}
