//! Films, lists, deletions, characters and errors, byte for byte.

use filmgate_wire::form::Reading;
use filmgate_wire::openai::server::{
    ApiError, CreateVideo, Page, VIDEO_DELETED, Variant, VideoError, VideoResource, encode_character,
    encode_deleted, encode_list,
};
use filmgate_wire::openai::{Call, Job, Status, Verdict, jobs_of_list, verdict};
use serde_json::Value;

use super::json;

fn film(status: Status) -> VideoResource {
    VideoResource {
        id: "video_1".to_owned(),
        model: "sora-2".to_owned(),
        status,
        progress: 40,
        created_at_s: 1_785_999_477,
        completed_at_s: None,
        expires_at_s: None,
        prompt: Some("A fox".to_owned()),
        size: "1280x720".to_owned(),
        seconds: 8,
        remixed_from_video_id: None,
        error: None,
    }
}

#[test]
fn a_film_always_shows_its_thirteen_keys() {
    assert_eq!(
        film(Status::Running).encode(),
        r#"{"id":"video_1","object":"video","model":"sora-2","status":"in_progress","progress":40,"created_at":1785999477,"completed_at":null,"expires_at":null,"prompt":"A fox","size":"1280x720","seconds":"8","remixed_from_video_id":null,"error":null}"#
    );
    let failed = VideoResource {
        prompt: None,
        progress: 200,
        error: Some(VideoError { code: "moderation_blocked".to_owned(), message: "no".to_owned() }),
        ..film(Status::Failed)
    };
    let value: Value = serde_json::from_str(&failed.encode()).unwrap();
    assert_eq!(value.as_object().unwrap().len(), 13);
    assert_eq!((&value["error"]["code"], &value["progress"]), (&"moderation_blocked".into(), &100.into()));
    let job = Job::parse(failed.encode().as_bytes()).unwrap();
    assert_eq!((job.status(), job.seconds), (Some(Status::Failed), Some(8.0)), "our own client reads it");
}

#[test]
fn a_status_is_one_of_the_four_words_that_the_sdks_wait_for() {
    let words = [Status::Queued, Status::Running, Status::Completed, Status::Failed].map(|status| {
        assert_eq!(Status::of(status.word()), status);
        status.word()
    });
    assert_eq!(words, ["queued", "in_progress", "completed", "failed"]);
}

#[test]
fn new_apis_route_repeats_the_id_and_tells_the_link() {
    let film =
        VideoResource { completed_at_s: Some(1_785_999_500), progress: 100, ..film(Status::Completed) };
    let body = film.encode_new_api(Some("https://gate.example/files/1.mp4"));
    let value: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(value["task_id"], "video_1");
    assert_eq!(value["metadata"]["url"], "https://gate.example/files/1.mp4");
    assert!(!film.encode_new_api(None).contains("metadata"));
    let dto: Value = serde_json::from_str(&film.encode_task_dto(Some("u"))).unwrap();
    assert_eq!(
        (&dto["code"], &dto["data"]["status"], &dto["data"]["progress"]),
        (&"success".into(), &"SUCCESS".into(), &"100%".into())
    );
    assert_eq!(
        (&dto["data"]["task_id"], &dto["data"]["data"]["status"]),
        (&"video_1".into(), &"completed".into())
    );
}

#[test]
fn a_page_tells_its_ends_and_whether_more_follows() {
    let page = [film(Status::Queued), VideoResource { id: "video_2".to_owned(), ..film(Status::Queued) }];
    let body = encode_list(&page, true);
    assert!(body.starts_with(r#"{"object":"list","data":[{"id":"video_1","object":"video""#), "{body}");
    assert!(body.ends_with(r#"],"first_id":"video_1","last_id":"video_2","has_more":true}"#), "{body}");
    assert_eq!(jobs_of_list(body.as_bytes()).unwrap().len(), 2);
    assert_eq!(
        encode_list(&[] as &[VideoResource], false),
        r#"{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}"#
    );
}

#[test]
fn deletions_and_characters_have_their_own_shapes() {
    assert_eq!(
        encode_deleted("video_1", VIDEO_DELETED),
        r#"{"id":"video_1","object":"video.deleted","deleted":true}"#
    );
    assert_eq!(encode_character("char_1", "n", 7), r#"{"id":"char_1","name":"n","created_at":7}"#);
}

#[test]
fn a_query_says_which_page() {
    assert_eq!(Page::of([]), Ok(Page { limit: 20, newest_first: true, after: None }));
    let query = [("limit", "2"), ("order", "asc"), ("after", "video_2"), ("zzz", "1")];
    assert_eq!(
        Page::of(query),
        Ok(Page { limit: 2, newest_first: false, after: Some("video_2".to_owned()) })
    );
    for query in [("limit", "101"), ("limit", "-1"), ("limit", "x"), ("order", "up")] {
        assert_eq!(Page::of([query]).unwrap_err().field, query.0);
    }
    assert_eq!(Page::of([("limit", "0"), ("after", "")]).unwrap().limit, 0);
}

#[test]
fn a_download_without_a_variant_is_the_film() {
    for (word, variant) in [
        (None, Variant::Video),
        (Some(""), Variant::Video),
        (Some("video"), Variant::Video),
        (Some("thumbnail"), Variant::Thumbnail),
        (Some("spritesheet"), Variant::Spritesheet),
    ] {
        assert_eq!(Variant::of(word), Ok(variant));
    }
    assert!(Variant::of(Some("0")).is_err());
}

#[test]
fn every_error_has_four_keys_and_the_status_of_its_exception() {
    type Make = fn(&'static str) -> ApiError;
    let constructors: [(Make, u16); 11] = [
        (|words| ApiError::bad_request("invalid_value", words), 400),
        (|words| ApiError::key_refused(words), 401),
        (|words| ApiError::not_permitted(words), 403),
        (|words| ApiError::not_found(words), 404),
        (|words| ApiError::unknown_model(words), 404),
        (|words| ApiError::method_not_allowed(words), 405),
        (|words| ApiError::too_large(words), 413),
        (|words| ApiError::key_reused(words), 422),
        (|words| ApiError::no_credits(words), 429),
        (|words| ApiError::rate_limited(words), 429),
        (|words| ApiError::internal(words), 500),
    ];
    for (make, http_status) in constructors {
        let error = make("words");
        assert_eq!(error.http_status, http_status);
        let value: Value = serde_json::from_str(&error.encode()).unwrap();
        let inner = value["error"].as_object().unwrap();
        assert_eq!(inner.keys().collect::<Vec<_>>(), ["code", "message", "param", "type"]);
        assert!(inner["code"].is_string() && inner["type"].is_string() && inner["message"] == "words");
    }
    assert_eq!(ApiError::unavailable("words").http_status, 503);
    assert_eq!(
        ApiError::not_found("There is no such film.").encode_new_api(),
        r#"{"code":"not_found","message":"There is no such film.","data":null}"#
    );
}

#[test]
fn an_empty_balance_is_no_reason_to_try_again_and_our_own_client_knows_it() {
    let error = ApiError::no_credits("Your balance does not cover this film. Nothing was created.");
    assert_eq!(error.should_retry(), Some(false));
    assert_eq!(ApiError::rate_limited("words").should_retry(), None);
    let verdicts = [
        (error, Verdict::NoBalance),
        (ApiError::rate_limited("words"), Verdict::RateLimited),
        (ApiError::key_refused("words"), Verdict::KeyRefused),
        (ApiError::unknown_model("words"), Verdict::UnknownModel),
        (ApiError::from(CreateVideo::of(json("{}"), Reading::Lenient).unwrap_err()), Verdict::Invalid),
    ];
    for (error, expected) in verdicts {
        assert_eq!(
            verdict(Call::Create, error.http_status, error.encode().as_bytes()),
            expected,
            "{error:?}"
        );
    }
}
