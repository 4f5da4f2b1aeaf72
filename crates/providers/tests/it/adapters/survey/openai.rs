//! Questions to engines, and every answer.

use filmgate_domain::request::Form;
use filmgate_domain::survey::{Endpoint, Question, Says};
use filmgate_providers::adapter::Adapter as _;
use filmgate_providers::openai::{Encoding, OpenAi};

use super::super::{KEY, golden, reply};
use super::{asked, incomplete};

const RECORD: Question = Question::Record(Endpoint::Videos);

fn engine(key: Option<&str>) -> OpenAi {
    OpenAi::new(key.map(str::to_owned), Encoding::Multipart, [("fps".into(), "24".into())].into(), true)
}

fn says(question: &Question, status: u16, body: &str) -> Says {
    engine(Some(KEY)).heard(question, &reply(status, body)).0
}

#[test]
fn every_question_is_sent_in_these_bytes_and_no_create_is_among_them() {
    let record = "GET /videos/video_00000000000000000000000000000000";
    let key = "\nauthorization: Bearer sk-secret\n\n";
    assert_eq!(asked(&engine(Some(KEY))), [format!("GET /models{key}"), format!("{record}{key}")]);
    assert_eq!(asked(&engine(None)), ["GET /models\n\n".to_owned(), format!("{record}\n\n")]);
    let creates = [Question::UnknownModel(Endpoint::Videos), incomplete(Form::KieJobs, "m")];
    for question in creates.iter().chain([&Question::Balance]) {
        assert_eq!(engine(Some(KEY)).ask(question), None, "{question:?}");
    }
}

#[test]
fn the_models_are_those_of_the_list() {
    let list = r#"{"object":"list","data":[{"id":"wan","object":"model"},{"id":"hunyuan/video"}]}"#;
    let models = Says::Models(vec!["wan".into(), "hunyuan/video".into()]);
    assert_eq!(says(&Question::Models, 200, list), models);
    for (status, body, expected) in [
        (200, r#"{"object":"list","data":null}"#, Says::Answered),
        (200, "<html>", Says::NotThisApi),
        (404, r#"{"detail":"Not Found"}"#, Says::NotThisApi),
        (401, r#"{"error":{"message":"Incorrect API key"}}"#, Says::KeyRefused),
        (500, list, Says::Fault),
    ] {
        assert_eq!(says(&Question::Models, status, body), expected, "{status} {body}");
    }
}

#[test]
fn a_video_that_is_not_there_is_told_from_a_path_that_is_not_there() {
    for (status, body, expected) in [
        (404, r#"{"detail":"Video not found"}"#, Says::UnknownTask),
        (404, r#"{"error":{"message":"Video not found","type":"Not Found","code":404}}"#, Says::UnknownTask),
        (404, r#"{"object":"error","message":"Video x not found","code":404}"#, Says::UnknownTask),
        (404, r#"{"detail":"Not Found"}"#, Says::NotThisApi),
        (404, r#"{"error":{"message":"Invalid URL (GET /v1/videos/x)"}}"#, Says::NotThisApi),
        (405, r#"{"detail":"Method Not Allowed"}"#, Says::NotThisApi),
        (404, r#"{"message":"no Route matched with those values"}"#, Says::NotThisApi),
        (404, r#"{"error":{"code":"404","message":"Resource not found"}}"#, Says::NotThisApi),
        (404, r#"{"error":{"message":"Unrecognized request URL (GET: /v1/videos/x)."}}"#, Says::NotThisApi),
        (404, "404 page not found", Says::NotThisApi),
        (404, "<html>", Says::NotThisApi),
        (400, r#"{"code":"task_not_exist","message":"no such task","data":null}"#, Says::UnknownTask),
        (200, r#"{"object":"video","status":"queued"}"#, Says::Answered),
        (500, golden!("openai/vllm_omni/failed.json"), Says::Answered),
        (200, r#"{"error":"Unexpected endpoint or method. (GET /v1/videos/x)"}"#, Says::NotThisApi),
        (200, "<html>", Says::NotThisApi),
        (302, "", Says::NotThisApi),
    ] {
        assert_eq!(says(&RECORD, status, body), expected, "{status} {body}");
    }
}

#[test]
fn every_other_refusal_is_heard_as_what_it_is() {
    for (status, body, expected) in [
        (401, r#"{"error":{"message":"no"}}"#, Says::KeyRefused),
        (401, "<html>", Says::NotThisApi),
        (403, r#"{"error":{"message":"no"}}"#, Says::NotPermitted),
        (402, r#"{"error":{"message":"no"}}"#, Says::NoBalance),
        (429, r#"{"error":{"message":"x","type":"insufficient_quota"}}"#, Says::NoBalance),
        (429, "", Says::RateLimited),
        (422, r#"{"detail":[{"loc":["path","id"],"msg":"bad id"}]}"#, Says::Invalid),
        (400, r#"{"error":{"message":"no","code":"model_not_found"}}"#, Says::UnknownModel),
        (408, "{}", Says::Fault),
        (500, r#"{"error":{"message":"no"}}"#, Says::Fault),
        (503, r#"{"error":"The model is loading"}"#, Says::Fault),
        (503, "<html>", Says::NotThisApi),
        (502, "<html>", Says::NotThisApi),
        (400, "<html>The plain HTTP request was sent to HTTPS port</html>", Says::NotThisApi),
        (500, "garbage", Says::NotThisApi),
    ] {
        for question in [Question::Models, RECORD] {
            assert_eq!(says(&question, status, body), expected, "{status} {body}");
        }
    }
}

#[test]
fn a_complete_create_that_is_answered_with_a_job_has_created_it() {
    let heard = |status, body: &str| engine(Some(KEY)).heard_create(&reply(status, body)).0;
    assert_eq!(heard(202, r#"{"id":"video_7"}"#), Says::Created("video_7".into()));
    assert_eq!(heard(500, r#"{"id":"video_7","object":"video"}"#), Says::Created("video_7".into()));
    assert_eq!(heard(402, r#"{"error":{"message":"no"}}"#), Says::NoBalance);
    assert_eq!(heard(500, r#"{"id":"req_7","error":"no"}"#), Says::Lost);
    assert_eq!(heard(200, "{}"), Says::Lost);
}

#[test]
fn words_are_the_engines_own_without_the_key() {
    let words = |status, body: &str| engine(Some(KEY)).heard(&RECORD, &reply(status, body));
    let (_, code, text) = words(401, r#"{"error":{"message":"Incorrect API key: sk-secret."}}"#);
    assert_eq!((code, text.as_str()), (None, "Incorrect API key: [key]."));
    assert_eq!(words(200, r#"{"object":"video","status":"queued"}"#).2, "");
    assert_eq!(words(503, "<html><title>No server</title>").2, "a web page: No server");
}
