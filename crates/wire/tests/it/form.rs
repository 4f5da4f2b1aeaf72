//! Forms cut into parts and folded into a tree, from bytes that nobody vouches for.

use filmgate_wire::form::{Fields, Malformed, Node, Reading, read};
use filmgate_wire::multipart::{self, Broken, File, Part, boundary_of};

const FORM: &str = "multipart/form-data; boundary=edge";

/// A stream of numbers that is the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Bytes of which most could be a part of a boundary or a head.
    fn bytes(&mut self, length_max: usize) -> Vec<u8> {
        const LETTERS: &[u8] = b"\r\n\r\n--edge:;=\"\\ []a%\xff\0";
        (0..self.roll(length_max + 1)).map(|_| LETTERS[self.roll(LETTERS.len())]).collect()
    }
}

/// A form by hand: heads as they are, and contents.
fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend_from_slice(format!("--edge\r\n{head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

/// A tree as JSON, with the names of files in angles.
fn shown(node: &Node<'_>) -> String {
    match node {
        Node::Null => "null".to_owned(),
        Node::Flag(flag) => flag.to_string(),
        Node::Number(number) => number.to_string(),
        Node::Text(text) => serde_json::to_string(text).unwrap(),
        Node::File(upload) => format!("\"<{}>\"", upload.file_name.as_deref().unwrap_or_default()),
        Node::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(",")),
        Node::Map(Fields(entries)) => {
            let entry = |(name, node): &(String, Node<'_>)| format!("{name:?}:{}", shown(node));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
    }
}

/// A form of texts, folded, as JSON.
fn try_folded(parts: &[(&str, &str)]) -> Result<String, Malformed> {
    let parts: Vec<_> = parts.iter().map(|(name, text)| Part::Text { name, text }).collect();
    let form = multipart::encode("edge", &parts);
    read(Some(&form.content_type), &form.body).map(|fields| shown(&Node::Map(fields)))
}

fn folded(parts: &[(&str, &str)]) -> String {
    try_folded(parts).unwrap()
}

/// The tree of JSON, which borrows nothing.
fn tree(json: &str) -> Fields<'static> {
    Fields::from(serde_json::from_str::<serde_json::Map<_, _>>(json).unwrap())
}

#[test]
fn what_was_written_is_what_is_read() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..2_000 {
        let contents: Vec<Vec<u8>> = (0..dice.roll(5)).map(|_| dice.bytes(60)).collect();
        let names = ["prompt", "input_reference[image_url]", "naïve \"quoted\"", "a\r\nb", "list[]"];
        let parts: Vec<_> = contents
            .iter()
            .enumerate()
            .map(|(at, bytes)| Part::File {
                name: names[at],
                file: File { name: names[4 - at], content_type: "image/png", bytes },
            })
            .collect();
        let form = multipart::encode("edge", &parts);
        let boundary = boundary_of(&form.content_type).unwrap().unwrap();
        let read = multipart::read(&boundary, &form.body);
        if parts.is_empty() {
            assert_eq!(read, Ok(vec![]), "a form of nothing");
            continue;
        }
        let read = read.unwrap();
        assert_eq!(read.len(), parts.len(), "round {round}");
        for (at, part) in read.iter().enumerate() {
            assert_eq!(
                (part.name.as_str(), part.bytes),
                (names[at], contents[at].as_slice()),
                "round {round}"
            );
            assert_eq!(part.file_name.as_deref(), Some(names[4 - at]));
            assert_eq!(part.content_type.as_deref(), Some("image/png"));
        }
    }
}

#[test]
fn no_bytes_make_reading_panic_and_no_cut_is_taken_for_a_whole_form() {
    let mut dice = Dice(42);
    for _ in 0..20_000 {
        let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".to_vec();
        body.truncate(dice.roll(body.len() + 1));
        body.extend(dice.bytes(80));
        // What it says of such bytes is for the other tests; here it must say something, and it knows no field.
        if let Ok(fields) = read(Some(FORM), &body) {
            let is_empty = fields.0.is_empty();
            assert_eq!(fields.finish(Reading::Strict, None).is_ok(), is_empty);
        }
    }
    let whole = form(&[
        ("Content-Disposition: form-data; name=\"prompt\"", b"A fox\r\n--edg"),
        ("Content-Disposition: form-data; name=\"f\"; filename=\"a.png\"\r\nContent-Type: image/png", b"PNG"),
    ]);
    assert_eq!(multipart::read("edge", &whole).unwrap().len(), 2);
    for cut in 0..whole.len() - b"--\r\n".len() {
        let cut_off = multipart::read("edge", &whole[..cut]);
        assert!(matches!(cut_off, Err(Broken::Truncated | Broken::NoPart)), "cut at {cut}: {cut_off:?}");
    }
    let mut whole_forms = 0;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        for byte in 0..=u8::MAX {
            bytes[at] = byte;
            whole_forms += usize::from(read(Some(FORM), &bytes).is_ok());
        }
    }
    assert!(whole_forms > whole.len(), "damage inside contents still reads");
}

#[test]
fn a_part_is_a_file_if_and_only_if_it_has_a_file_name() {
    let body = form(&[
        (
            "Content-Type: text/plain; charset=\"utf-8\"\r\nContent-Disposition: form-data; name=\"prompt\"",
            b"x",
        ),
        ("content-disposition:form-data;NAME=plain;filename=bare.png", b"1"),
        ("Content-Disposition: form-data; name=\"empty\"; filename=\"\"", b""),
        (
            "Content-Disposition: form-data; name=\"utf\"; filename=\"?.png\"; filename*=UTF-8''na%C3%AFve.png",
            b"2",
        ),
        ("Content-Disposition: form-data; name=\"a\\\"b\"; filename=\"C:\\dir\\f.png\"", b"3"),
        ("Content-Disposition: form-data; name=\"semi;colon\"; filename=\"a;b=c.png\"\r\nX-Other: 1", b"4"),
    ]);
    let parts = multipart::read("edge", &body).unwrap();
    let named: Vec<_> = parts.iter().map(|part| (part.name.as_str(), part.file_name.as_deref())).collect();
    assert_eq!(
        named,
        [
            ("prompt", None),
            ("plain", Some("bare.png")),
            ("empty", Some("")),
            ("utf", Some("naïve.png")),
            ("a\"b", Some("C:\\dir\\f.png")),
            ("semi;colon", Some("a;b=c.png")),
        ]
    );
}

#[test]
fn a_broken_form_says_what_is_wrong() {
    let part = |head: &str| multipart::read("edge", &form(&[(head, b"x")])).unwrap_err();
    assert_eq!(multipart::read("edge", b""), Err(Broken::NoPart));
    assert_eq!(multipart::read("edge", b"--other\r\n\r\nx\r\n--other--"), Err(Broken::NoPart));
    assert_eq!(
        multipart::read("edge", b"--edge\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"),
        Err(Broken::Truncated)
    );
    assert_eq!(part("X: 1"), Broken::Head("no name"));
    assert_eq!(part("Content-Disposition: form-data"), Broken::Head("no name"));
    assert_eq!(part("Content-Disposition"), Broken::Head("a line without a colon in its head"));
    assert_eq!(
        part("Content-Disposition: attachment; name=\"a\""),
        Broken::Head("a Content-Disposition other than form-data")
    );
    assert!(matches!(
        part("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64"),
        Broken::Head(_)
    ));
    assert_eq!(part(&"x".repeat(9_000)), Broken::Head("a head that is too long"));
    let many = vec![Part::Text { name: "a", text: "" }; multipart::read::PARTS_MAX + 1];
    let read_all = |parts: &[Part<'_>]| {
        multipart::read("edge", &multipart::encode("edge", parts).body).map(|it| it.len())
    };
    assert_eq!(read_all(&many), Err(Broken::TooMany));
    assert_eq!(read_all(&many[1..]), Ok(multipart::read::PARTS_MAX));
    for (content_type, boundary) in [
        ("multipart/form-data", Some(Err(Broken::Boundary))),
        ("multipart/form-data; boundary=", Some(Err(Broken::Boundary))),
        ("multipart/form-data; boundary=\"a b\"; x=y", Some(Ok("a b".to_owned()))),
        (
            "Multipart/Form-Data;charset=utf-8;BOUNDARY=----formdata-undici-0055",
            Some(Ok("----formdata-undici-0055".to_owned())),
        ),
        ("application/json; boundary=a", None),
    ] {
        assert_eq!(boundary_of(content_type), boundary, "{content_type}");
    }
    let too_long = format!("multipart/form-data; boundary={}", "a".repeat(71));
    assert_eq!(boundary_of(&too_long), Some(Err(Broken::Boundary)));
}

#[test]
fn text_around_the_form_and_words_that_begin_like_its_boundary_are_no_part_of_it() {
    let body = b"before\r\n--edge \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--edges\r\n--edge--\r\nafter --edge";
    let parts = multipart::read("edge", body).unwrap();
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].bytes, b"x\r\n--edges");
}

#[test]
fn brackets_fold_into_objects_and_lists() {
    // Recordings 7 and 21: both SDKs write a nested object, a flag and a list like this.
    assert_eq!(
        folded(&[
            ("seed", "42"),
            ("video_params[fps]", "24"),
            ("flag", "true"),
            ("list[]", "a"),
            ("list[]", "b")
        ]),
        r#"{"seed":"42","video_params":{"fps":"24"},"flag":"true","list":["a","b"]}"#
    );
    assert_eq!(
        folded(&[("c[][id]", "1"), ("c[][id]", "2"), ("d[0][id]", "3"), ("d[0][x]", "4"), ("d[1][id]", "5")]),
        r#"{"c":[{"id":"1"},{"id":"2"}],"d":[{"id":"3","x":"4"},{"id":"5"}]}"#
    );
    assert_eq!(folded(&[("images", "a"), ("images", "b"), ("images", "c")]), r#"{"images":["a","b","c"]}"#);
    assert_eq!(
        folded(&[("a[b", "1"), ("[c]", "2"), ("d]e[", "3"), ("f[g]h", "4")]),
        r#"{"a[b":"1","[c]":"2","d]e[":"3","f[g]h":"4"}"#
    );
    assert_eq!(folded(&[("a[99999999999]", "1")]), r#"{"a":["1"]}"#, "an index reserves no room");
    let deep = format!("a{}", "[b]".repeat(100));
    assert_eq!(folded(&[(&deep, "1")]), format!(r#"{{"{deep}":"1"}}"#));
}

#[test]
fn a_field_is_not_both_a_text_and_an_object() {
    for parts in [[("a", "1"), ("a[b]", "2")], [("a[b]", "2"), ("a", "1")], [("a[b]", "2"), ("a[]", "1")]] {
        let name = parts[1].0.to_owned();
        assert_eq!(try_folded(&parts), Err(Malformed::Contradiction(name)));
    }
}

#[test]
fn a_body_is_read_by_its_content_type_and_an_empty_one_is_an_empty_object() {
    let json = br#"{"a":1,"b":[true,null],"c":{"d":"e"}}"#;
    for content_type in
        [None, Some("application/json"), Some("application/json;charset=UTF-8"), Some("application/ld+json")]
    {
        let fields = read(content_type, json).unwrap();
        assert_eq!(shown(&Node::Map(fields)), std::str::from_utf8(json).unwrap());
        assert_eq!(read(content_type, b""), Ok(Fields::default()));
    }
    for content_type in ["application/x-www-form-urlencoded", "text/plain", "application/octet-stream"] {
        assert_eq!(read(Some(content_type), b"a=1"), Err(Malformed::ContentType(content_type.to_owned())));
    }
    for body in [&b"[]"[..], b"7", b"{", b"{} x", b"\xff"] {
        assert_eq!(read(None, body), Err(Malformed::Json), "{body:?}");
    }
    let latin = form(&[("Content-Disposition: form-data; name=\"prompt\"", b"na\xefve")]);
    assert_eq!(read(Some(FORM), &latin), Err(Malformed::Text("prompt".to_owned())));
    assert_eq!(read(Some("multipart/form-data"), b""), Err(Malformed::Form(Broken::Boundary)));
    let deep = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    assert_eq!(read(None, deep.as_bytes()), Err(Malformed::Json), "and the stack holds");
}

#[test]
fn what_is_left_over_is_unknown_to_a_strict_reading_alone() {
    let mut taken = tree(r#"{"prompt":"x","zzz":"1"}"#);
    assert_eq!(taken.text("prompt"), Ok(Some("x".to_owned())));
    assert_eq!(taken.clone().finish(Reading::Lenient, None), Ok(()));
    let wrong = taken.finish(Reading::Strict, Some("outer")).unwrap_err();
    assert_eq!(wrong.to_string(), "outer[zzz] is not a field of this request");
}

#[test]
fn numbers_and_flags_are_read_from_text_and_from_json() {
    let json = |value: &str| tree(&format!(r#"{{"a":{value}}}"#));
    let integers = [("8", 8), ("\"8\"", 8), ("8.0", 8), ("\" -8 \"", -8), ("9223372036854775807", i64::MAX)];
    for (value, integer) in integers {
        assert_eq!(json(value).integer("a"), Ok(Some(integer)), "{value}");
    }
    for value in ["8.5", "\"8s\"", "1e300", "true", "[8]", "\"NaN\"", "\"inf\""] {
        assert!(json(value).integer("a").is_err(), "{value}");
    }
    for value in ["null", "\"\""] {
        assert_eq!(json(value).integer("a"), Ok(None), "{value}");
        assert_eq!(json(value).flag("a"), Ok(None), "{value}");
        assert_eq!(json(value).texts("a"), Ok(None), "{value}");
    }
    assert_eq!(json("\"7.5\"").number("a"), Ok(Some(7.5)));
    assert!(json("\"NaN\"").number("a").is_err());
    assert_eq!((json("true").flag("a"), json("\"false\"").flag("a")), (Ok(Some(true)), Ok(Some(false))));
    assert!(json("\"yes\"").flag("a").is_err());
    assert_eq!(json("\"x\"").texts("a"), Ok(Some(vec!["x".to_owned()])));
    assert!(json(r#"["x",""]"#).texts("a").is_err());
    assert_eq!(json(r#""{\"b\":1}""#).map("a").unwrap().unwrap().integer("b"), Ok(Some(1)));
    assert!(json("\"[]\"").map("a").is_err());
}
