//! Extension, 1080p and 4k of a finished Veo film, in both forms and both spellings.

use filmgate_wire::form::{Fields, Reading, read};
use filmgate_wire::kie::veo::follow::{EXTEND, Follow, GET_4K, GET_1080P, Wish};
use filmgate_wire::kie::veo::larger::{
    FourK, LargeFilm, PROCESSING_1080P, encode_1080p, parse_1080p, refused,
};
use filmgate_wire::kie::{Call, Envelope, Verdict, call_back_url, verdict};

fn json(body: &str) -> Fields<'_> {
    read(Some("application/json"), body.as_bytes()).unwrap()
}

fn jobs(body: &str) -> Option<Follow> {
    Follow::jobs(json(body), Reading::Strict).unwrap()
}

fn extension() -> Follow {
    Follow {
        task_id: "t1".to_owned(),
        wish: Wish::Extension {
            prompt: "on".to_owned(),
            seeds: Some(12_345),
            tier: Some("quality".to_owned()),
            watermark: Some("w".to_owned()),
        },
        call_back_url: Some("https://app.example/kie".to_owned()),
    }
}

#[test]
fn an_extension_is_read_from_both_forms_and_both_spellings() {
    for id in ["taskId", "task_id"] {
        let rest = r#""prompt":"on","seeds":12345,"model":"quality","watermark":"w""#;
        let flat = format!(r#"{{"{id}":"t1",{rest},"callBackUrl":"https://app.example/kie"}}"#);
        assert_eq!(Follow::extend(json(&flat), Reading::Strict), Ok(extension()), "{flat}");
        let unified = format!(
            r#"{{"model":"veo/extend","callBackUrl":"https://app.example/kie","input":{{"{id}":"t1",{rest}}}}}"#
        );
        assert_eq!(jobs(&unified), Some(extension()), "{unified}");
    }
    let both = r#"{"taskId":"t1","task_id":"t2","prompt":"on"}"#;
    assert!(
        Follow::extend(json(both), Reading::Lenient).unwrap_err().to_string().contains("different things")
    );
    let least = Follow::extend(json(r#"{"taskId":"t1","prompt":"on"}"#), Reading::Strict).unwrap();
    assert!(matches!(least.wish, Wish::Extension { seeds: None, tier: None, watermark: None, .. }));
}

#[test]
fn a_larger_film_is_asked_for_in_both_forms() {
    let larger = |wish| Follow { task_id: "t1".to_owned(), wish, call_back_url: None };
    let hd = larger(Wish::P1080 { index: 0 });
    assert_eq!(Follow::get_1080p([("taskId", "t1")]), Ok(hd.clone()));
    assert_eq!(Follow::get_1080p([("taskId", "t1"), ("index", "0"), ("x", "y")]), Ok(hd.clone()));
    assert_eq!(Follow::get_1080p([("taskId", "")]).unwrap_err().to_string(), "taskId is required");
    for index in ["\"0\"", "0", "null"] {
        let body = format!(r#"{{"model":"veo/get-1080p-video","input":{{"taskId":"t1","index":{index}}}}}"#);
        assert_eq!(jobs(&body), Some(hd.clone()), "{body}");
        let body = format!(r#"{{"task_id":"t1","index":{index}}}"#);
        assert_eq!(Follow::get_4k(json(&body), Reading::Strict), Ok(larger(Wish::K4 { index: 0 })), "{body}");
    }
    let body = r#"{"model":"veo/get-4k-video","input":{"task_id":"t1","index":1}}"#;
    assert_eq!(jobs(body), Some(larger(Wish::K4 { index: 1 })));
}

#[test]
fn other_models_are_no_follow_up_and_a_wrong_one_is_told() {
    assert_eq!(jobs(r#"{"model":"veo-3-1","input":{"prompt":"x"}}"#), None);
    assert_eq!(jobs("{}"), None);
    for (body, words) in [
        (r#"{"model":"veo/extend"}"#, "taskId is required"),
        (r#"{"model":"veo/extend","input":{"task_id":"t"}}"#, "prompt is required"),
        (
            r#"{"model":"veo/extend","input":{"task_id":"t","prompt":"p","seeds":"x"}}"#,
            "seeds must be an integer",
        ),
        (r#"{"model":"veo/get-4k-video","input":{"task_id":"t","index":"x"}}"#, "index must be an integer"),
        (r#"{"model":"veo/get-4k-video","input":{"task_id":{}}}"#, "task_id must be a string"),
    ] {
        assert_eq!(Follow::jobs(json(body), Reading::Lenient).unwrap_err().to_string(), words, "{body}");
    }
}

#[test]
fn the_record_of_a_follow_up_echoes_it() {
    let follow = extension();
    let (param, param_json) = (follow.jobs_param(), follow.veo_param());
    assert_eq!(call_back_url(&param), follow.call_back_url);
    assert_eq!(call_back_url(&param_json), follow.call_back_url);
    assert!(param.starts_with(r#"{"input":"{\""#) && param.contains(r#"\"task_id\":\"t1\""#), "{param}");
    assert!(param_json.contains(r#""taskId":"t1""#), "{param_json}");
    assert_eq!(follow.model(), EXTEND);
    assert_eq!(jobs(&follow.encode_jobs()), Some(follow.clone()), "what our client sends, our server reads");
    assert_eq!(Follow::extend(json(&param_json), Reading::Strict), Ok(follow));
    let hd = Follow::get_1080p([("taskId", "t1")]).unwrap();
    assert_eq!(
        (hd.model(), hd.jobs_param()),
        (
            GET_1080P,
            r#"{"input":"{\"index\":0,\"taskId\":\"t1\"}","model":"veo/get-1080p-video"}"#.to_owned()
        )
    );
    assert_eq!(
        jobs(&format!(r#"{{"model":"{GET_4K}","input":{{"task_id":"t"}}}}"#)).unwrap().model(),
        GET_4K
    );
}

#[test]
fn a_finished_4k_film_is_an_error_that_holds_its_links() {
    let film = LargeFilm { result_urls: vec!["u".to_owned()], image_urls: vec!["p".to_owned()] };
    for (state, body) in [
        (
            FourK::Begun,
            r#"{"code":200,"msg":"success","data":{"taskId":"t","resultUrls":null,"imageUrls":null}}"#,
        ),
        (
            FourK::Processing,
            r#"{"code":422,"msg":"4k is processing. It should be ready in 5-10 minutes. Please check back shortly.","data":{"taskId":"t","resultUrls":null,"imageUrls":null}}"#,
        ),
        (
            FourK::Finished(film.clone()),
            r#"{"code":422,"msg":"The video has been generated successfully","data":{"taskId":"t","resultUrls":["u"],"imageUrls":["p"]}}"#,
        ),
    ] {
        assert_eq!(state.encode("t"), body);
        assert_eq!(FourK::parse(&Envelope::parse(body.as_bytes()).unwrap()), Some(state));
    }
    let snake =
        r#"{"code":200,"msg":"success","data":{"task_id":"t","result_urls":["u"],"image_urls":["p"]}}"#;
    assert_eq!(FourK::parse(&Envelope::parse(snake.as_bytes()).unwrap()), Some(FourK::Finished(film)));
    let unknown = r#"{"code":422,"msg":"Record does not exist","data":null}"#;
    assert_eq!(FourK::parse(&Envelope::parse(unknown.as_bytes()).unwrap()), None);
}

#[test]
fn our_own_classifier_tells_what_is_not_ready_from_what_is() {
    let judge = |body: &str| verdict(Call::Read, 200, Envelope::parse(body.as_bytes()).as_ref());
    assert_eq!(judge(&PROCESSING_1080P.encode()), Verdict::NotReady);
    assert_eq!(judge(&FourK::Processing.encode("t")), Verdict::NotReady);
    assert_eq!(judge(&FourK::Finished(LargeFilm::default()).encode("t")), Verdict::Ok);
    assert_eq!(judge(&encode_1080p("u")), Verdict::Ok);
    assert_eq!(judge(&refused("A film in 4k cannot be extended.").encode()), Verdict::Invalid);
    assert_eq!(parse_1080p(&Envelope::parse(encode_1080p("u").as_bytes()).unwrap()).as_deref(), Some("u"));
    assert_eq!(parse_1080p(&Envelope::parse(PROCESSING_1080P.encode().as_bytes()).unwrap()), None);
}
