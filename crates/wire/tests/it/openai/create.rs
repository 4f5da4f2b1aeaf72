//! Creates, byte for byte, and the addresses.

use std::collections::BTreeMap;

use filmgate_wire::multipart::{self, File, Part};
use filmgate_wire::openai::{Create, Reference, content, encode_form, encode_json, video};

use super::engine;

const PICTURE: Reference<'_> =
    Reference::File(File { name: "picture-1.png", content_type: "image/png", bytes: b"PNG" });

fn extra(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
    fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn create<'a>(extra: &'a BTreeMap<String, String>, reference: Option<Reference<'a>>) -> Create<'a> {
    Create { prompt: "A fox", model: "Wan2.2", seconds: 8, size: "1280x720", extra, reference }
}

/// The body with plain line ends, after every line end of it was found to be whole.
fn unix(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body).into_owned();
    assert!(!text.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    text.replace("\r\n", "\n")
}

/// The names of a form's parts in their order.
fn names(body: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(body).into_owned();
    text.split("; name=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn a_form_has_its_texts_first_then_the_extra_ones_and_the_picture_last() {
    let extra = extra(&[("fps", "24")]);
    let form = encode_form(&create(&extra, Some(PICTURE)), "filmgate-5f0c");
    assert_eq!(form.content_type, "multipart/form-data; boundary=filmgate-5f0c");
    let golden = include_str!("../../../fixtures/openai/requests/form.txt");
    assert_eq!(unix(&form.body), golden.trim_end());
}

#[test]
fn the_last_byte_of_a_create_is_one_that_its_receiver_needs() {
    let extra = BTreeMap::new();
    let create = create(&extra, Some(PICTURE));
    assert!(encode_form(&create, "b").body.ends_with(b"\r\n--b--"));
    assert!(encode_json(&create).ends_with('}'));
}

#[test]
fn nothing_is_sent_that_was_not_asked_for() {
    let form = encode_form(&create(&BTreeMap::new(), None), "b");
    assert_eq!(names(&form.body), ["prompt", "model", "seconds", "size"]);
}

#[test]
fn an_extra_field_never_stands_beside_one_of_the_requests_own() {
    let extra = extra(&[("seconds", "1"), ("model", "x"), ("input_reference", "y"), ("seed", "7")]);
    let form = encode_form(&create(&extra, None), "b");
    assert_eq!(names(&form.body), ["prompt", "model", "seconds", "size", "seed"]);
    assert_eq!(
        encode_json(&create(&extra, None)),
        r#"{"prompt":"A fox","model":"Wan2.2","seconds":8,"size":"1280x720","seed":7}"#
    );
}

#[test]
fn the_json_body_has_a_number_of_seconds_a_data_url_and_extra_fields_of_their_own_type() {
    let extra = extra(&[("nvext", r#"{"fps":24}"#), ("seed", "42"), ("style", "noir"), ("label", "\"7\"")]);
    assert_eq!(encode_json(&create(&extra, Some(PICTURE))), engine!("requests/json"));
}

#[test]
fn a_link_is_a_text_in_either_body() {
    let extra = BTreeMap::new();
    let create = create(&extra, Some(Reference::Link("https://app.example/fox.png")));
    let form = unix(&encode_form(&create, "b").body);
    assert!(form.contains("name=\"input_reference\"\n\nhttps://app.example/fox.png\n"), "{form}");
    assert!(encode_json(&create).ends_with(r#""input_reference":"https://app.example/fox.png"}"#));
}

#[test]
fn a_data_url_is_padded_to_whole_groups() {
    for (bytes, text) in [(&b""[..], ""), (b"\xff", "/w=="), (b"\xff\xfe", "//4="), (b"\0\x10\x83", "ABCD")] {
        let extra = BTreeMap::new();
        let file = File { name: "p", content_type: "image/webp", bytes };
        let body = encode_json(&create(&extra, Some(Reference::File(file))));
        assert!(body.ends_with(&format!(r#""data:image/webp;base64,{text}"}}"#)), "{body}");
    }
}

#[test]
fn no_content_can_end_its_part_early() {
    let parts = [Part::Text { name: "a", text: "\r\n--edge--\r\n" }, Part::Text { name: "b", text: "edgex" }];
    let form = multipart::encode("edge", &parts);
    assert_eq!(form.content_type, "multipart/form-data; boundary=edgexx");
    assert_eq!(form, multipart::encode("edge", &parts), "the same parts give the same bytes");
}

#[test]
fn a_boundary_is_made_of_plain_letters_and_not_too_long() {
    assert_eq!(multipart::encode("a\r\n b\"/-1", &[]).content_type, "multipart/form-data; boundary=ab-1");
    assert_eq!(multipart::encode("", &[]).content_type, "multipart/form-data; boundary=x");
    let long = multipart::encode(&"a".repeat(200), &[]).content_type;
    assert_eq!(long.len(), "multipart/form-data; boundary=".len() + 50);
}

#[test]
fn no_name_can_add_a_header() {
    let file = File { name: "a\"\r\nX: y.png", content_type: "image/png", bytes: b"" };
    let form = unix(&multipart::encode("b", &[Part::File { name: "f", file }]).body);
    assert!(form.contains("filename=\"a%22%0D%0AX: y.png\"\n"), "{form}");
}

#[test]
fn an_id_is_one_segment_of_its_address_and_the_content_has_no_variant() {
    assert_eq!(video("video_1-a.b~c"), "/videos/video_1-a.b~c");
    assert_eq!(video("video_a+b/c=="), "/videos/video_a%2Bb%2Fc%3D%3D");
    assert_eq!(content("a?b#c é"), "/videos/a%3Fb%23c%20%C3%A9/content");
}
