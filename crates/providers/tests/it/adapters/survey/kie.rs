//! Questions to Kie, and every answer.

use filmgate_domain::credits::Credits;
use filmgate_domain::request::Form;
use filmgate_domain::survey::{Endpoint, Question, Says};
use filmgate_providers::adapter::Adapter as _;
use filmgate_providers::kie::Kie;

use super::super::{KEY, golden, reply};
use super::{asked, incomplete};

const UNSUPPORTED: &str = "The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.";

const BALANCE: Question = Question::Balance;
const MODELS: Question = Question::Models;
const JOBS_RECORD: Question = Question::Record(Endpoint::Jobs);
const VEO_RECORD: Question = Question::Record(Endpoint::Veo);
const CONTROL: Question = Question::UnknownModel(Endpoint::Jobs);

fn kie() -> Kie {
    Kie::new(KEY.into())
}

fn says(question: &Question, status: u16, body: &str) -> Says {
    kie().heard(question, &reply(status, body)).0
}

fn envelope(code: i64, msg: &str) -> String {
    format!(r#"{{"code":{code},"msg":"{msg}","data":null}}"#)
}

/// Both kinds of a create with nothing in it.
fn creates() -> [Question; 4] {
    let veo_control = Question::UnknownModel(Endpoint::Veo);
    [CONTROL, veo_control, incomplete(Form::KieJobs, "m"), incomplete(Form::KieVeo, "m")]
}

#[test]
fn every_question_is_sent_in_these_bytes() {
    let plain = "\nauthorization: Bearer sk-secret\ncontent-type: application/json\n\n";
    let none = "00000000000000000000000000000000";
    let expected = [
        format!("GET /api/v1/chat/credit{plain}"),
        format!("GET /api/v1/models{plain}"),
        format!("GET /api/v1/jobs/recordInfo?taskId={none}{plain}"),
        format!("GET /api/v1/veo/record-info?taskId={none}{plain}"),
        format!(
            r#"POST /api/v1/jobs/createTask{plain}{{"model":"filmgate-probe-no-such-model","input":{{}}}}"#
        ),
        format!(r#"POST /api/v1/veo/generate{plain}{{"model":"filmgate-probe-no-such-model"}}"#),
        format!(r#"POST /api/v1/jobs/createTask{plain}{{"model":"their-model","input":{{}}}}"#),
        format!(r#"POST /api/v1/veo/generate{plain}{{"model":"their-model"}}"#),
    ];
    let asked = asked(&kie());
    assert_eq!(asked, expected);
    for word in ["prompt", "image", "shots", "callBackUrl"] {
        assert!(!asked.iter().any(|call| call.contains(word)), "{word}");
    }
}

#[test]
fn kie_has_no_videos_of_openais() {
    for question in [Question::Record(Endpoint::Videos), Question::UnknownModel(Endpoint::Videos)] {
        assert_eq!(kie().ask(&question), None, "{question:?}");
    }
}

#[test]
fn the_balance_is_a_number_or_what_the_key_cannot_do() {
    assert_eq!(says(&BALANCE, 200, golden!("kie/credit.json")), Says::Balance(Credits(5_916_250)));
    let zero = r#"{"code":200,"msg":"success","data":0.0}"#;
    assert_eq!(says(&BALANCE, 200, zero), Says::Balance(Credits::ZERO));
    assert_eq!(says(&BALANCE, 200, &envelope(200, "success")), Says::Answered);
    assert_eq!(says(&BALANCE, 500, zero), Says::Fault, "a success under an error status is none");
    assert_eq!(says(&BALANCE, 200, golden!("kie/key_refused.json")), Says::KeyRefused);
}

#[test]
fn the_models_are_those_of_the_catalogue() {
    let list = r#"{"code":200,"msg":"success","data":{"total":2,"models":[{"model":"a"},{"slug":"b"},{"model":"c/d"}]}}"#;
    assert_eq!(says(&MODELS, 200, list), Says::Models(vec!["a".into(), "c/d".into()]));
    assert_eq!(says(&MODELS, 200, &envelope(200, "success")), Says::Answered);
    let ours = "The path does not exist. See the README of filmgate for the paths that do.";
    assert_eq!(says(&MODELS, 200, &envelope(404, ours)), Says::NotThisApi, "there is no catalogue");
    assert_eq!(says(&MODELS, 404, &envelope(404, "Not Found")), Says::NotThisApi);
}

#[test]
fn a_record_that_is_not_there_is_told_from_a_path_that_is_not_there() {
    for (question, status, body, expected) in [
        (&JOBS_RECORD, 200, golden!("kie/record_info_is_null.json").to_owned(), Says::UnknownTask),
        (&VEO_RECORD, 200, golden!("kie/veo_record_not_found.json").to_owned(), Says::UnknownTask),
        (&JOBS_RECORD, 200, envelope(404, "Task not found"), Says::UnknownTask),
        (&JOBS_RECORD, 200, envelope(404, "no such record"), Says::UnknownTask),
        (&JOBS_RECORD, 200, envelope(404, "The path does not exist."), Says::NotThisApi),
        (&VEO_RECORD, 404, envelope(404, "Not Found"), Says::NotThisApi),
        (&VEO_RECORD, 404, envelope(404, "No static resource api/v1/veo/record-info."), Says::NotThisApi),
        (&JOBS_RECORD, 200, envelope(405, "Method Not Allowed"), Says::NotThisApi),
        (&JOBS_RECORD, 200, golden!("kie/record_waiting.json").to_owned(), Says::Answered),
        (&VEO_RECORD, 200, envelope(400, "1080P is processing."), Says::Answered),
        (&VEO_RECORD, 200, envelope(422, "The video has been generated successfully"), Says::Answered),
        (&JOBS_RECORD, 200, envelope(400, "taskId parameter is required"), Says::FieldMissing),
    ] {
        assert_eq!(says(question, status, &body), expected, "{status} {body}");
    }
}

#[test]
fn a_create_with_nothing_in_it_is_refused_for_one_of_these_reasons() {
    for (code, msg, expected) in [
        (401, "You do not have access permissions", Says::KeyRefused),
        (402, "The current credits are insufficient. Please top up.", Says::NoBalance),
        (500, "Credits insufficient", Says::NoBalance),
        (403, "", Says::NotPermitted),
        (422, "Ratio error", Says::Invalid),
        (422, "words that nobody has seen", Says::Invalid),
        (422, UNSUPPORTED, Says::UnknownModel),
        (404, UNSUPPORTED, Says::UnknownModel),
        (422, "The page does not exist or is not published", Says::UnknownModel),
        (404, "Not Found", Says::NotThisApi),
        (404, "Cannot POST /api/v1/jobs/createTask", Says::NotThisApi),
        (405, "Method Not Allowed", Says::NotThisApi),
        (429, "Your call frequency is too high. Please try again later.", Says::RateLimited),
        (430, "call frequency too high", Says::RateLimited),
        (433, "sub-key usage over its limit", Says::KeyLimited),
        (455, "", Says::Maintenance),
        (500, "This interface is temporarily paused.", Says::Paused),
        (500, "This field is required", Says::FieldMissing),
        (500, "prompt is required", Says::FieldMissing),
        (422, "the input cannot be null", Says::FieldMissing),
        (422, "Missing required parameter: prompt", Says::FieldMissing),
        (422, "This model has been discontinued, please choose another one.", Says::Invalid),
        (422, "A paid subscription is required to use this model", Says::Invalid),
        (422, "This API key is required to be verified first", Says::Invalid),
        (422, "image_urls is required", Says::FieldMissing),
        (422, "Please enter callBackUrl.", Says::FieldMissing),
        (403, "Insufficient permissions for this model", Says::NotPermitted),
        (500, "Insufficient permissions for this model", Says::NotPermitted),
        (500, "Server exception, please try again later or contact customer service", Says::Fault),
        (500, "words that nobody has seen", Says::Fault),
        (501, "Playground task failed.", Says::Fault),
        (505, "feature disabled", Says::Paused),
        (422, "Record does not exist", Says::UnknownTask),
        (408, "", Says::Lost),
        (777, "", Says::Lost),
        (200, "success", Says::Answered),
    ] {
        let body = envelope(code, msg);
        for question in creates() {
            let (heard, told, words) = kie().heard(&question, &reply(200, &body));
            assert_eq!((heard, told, words.as_str()), (expected.clone(), Some(code), msg), "{body}");
        }
        assert_eq!(kie().heard_create(&reply(200, &body)).0, expected, "a complete create is heard alike");
    }
}

#[test]
fn a_reply_that_names_a_task_has_created_it_whatever_else_it_says() {
    for (status, body) in [
        (200, r#"{"code":200,"msg":"success","data":{"taskId":"5f0c"}}"#),
        (200, r#"{"code":500,"msg":"This field is required","data":{"taskId":"5f0c"}}"#),
        (502, r#"{"code":200,"msg":"success","data":{"taskId":"5f0c"}}"#),
        (200, r#"{"code":"200","data":{"taskId":"5f0c"}}"#),
        (401, r#"{"data":{"taskId":"5f0c"}}"#),
    ] {
        for question in creates() {
            assert_eq!(says(&question, status, body), Says::Created("5f0c".into()), "{status} {body}");
        }
        assert!(!matches!(says(&JOBS_RECORD, status, body), Says::Created(_)), "a read creates nothing");
    }
}

#[test]
fn what_is_no_envelope_comes_from_somebody_else_but_a_proxy_may_speak_for_the_key() {
    for question in creates().iter().chain([&BALANCE, &MODELS, &JOBS_RECORD, &VEO_RECORD]) {
        for body in ["", "<html>", "garbage", "{}", r#"{"error":"no"}"#, "[1]", "\u{0}\u{1}"] {
            for status in [400, 404, 405, 413] {
                assert_eq!(says(question, status, body), Says::NotThisApi, "{status} {body}");
            }
            // After a create nobody knows what stands behind such an answer.
            let is_create = creates().contains(question);
            let unreadable = if is_create { Says::Lost } else { Says::NotThisApi };
            for status in [200, 302, 500, 502, 503, 504, 524] {
                assert_eq!(says(question, status, body), unreadable, "{status} {body}");
            }
            let by_proxy = [(401, Says::KeyRefused), (402, Says::NoBalance), (403, Says::NotPermitted)];
            for (status, spoken) in by_proxy {
                let expected = if body.starts_with('<') { Says::NotThisApi } else { spoken };
                assert_eq!(says(question, status, body), expected, "{status} {body}");
            }
            assert_eq!(says(question, 429, body), Says::RateLimited);
        }
    }
}

#[test]
fn an_envelope_under_an_error_status_is_a_lost_create_unless_it_says_more() {
    for status in [500, 502, 503] {
        assert_eq!(says(&CONTROL, status, &envelope(500, "no")), Says::Lost);
        assert_eq!(says(&JOBS_RECORD, status, &envelope(500, "no")), Says::Fault);
        assert_eq!(says(&CONTROL, status, &envelope(402, "Credits insufficient")), Says::NoBalance);
    }
    assert_eq!(says(&CONTROL, 429, &envelope(500, "")), Says::RateLimited);
}

#[test]
fn words_are_the_upstreams_own_in_one_short_line_without_the_key() {
    let words = |status, body: &str| kie().heard(&BALANCE, &reply(status, body)).2;
    let refused = r#"{"code":401,"msg":"Bearer sk-secret\nis \u001b[31mwrong:  sk-secret"}"#;
    assert_eq!(words(200, refused), "Bearer [key] is [31mwrong: [key]");
    assert_eq!(words(200, &envelope(400, &"é".repeat(10_000))).chars().count(), 301);
    assert_eq!(words(502, "<html><title>502 Bad Gateway</title></html>"), "a web page: 502 Bad Gateway");
    assert_eq!(words(502, "<html>"), "a web page");
    assert_eq!(
        words(200, r#"{"error":{"message":"Invalid URL (GET /x) sk-secret"}}"#),
        "Invalid URL (GET /x) [key]"
    );
    assert_eq!(words(404, "404 page not found\n"), "404 page not found");
    assert_eq!(words(200, ""), "an empty answer");
    let bytes = filmgate_providers::http::Reply { body: vec![0xFF; 3].into(), ..reply(200, "") };
    assert_eq!(kie().heard(&BALANCE, &bytes), (Says::NotThisApi, None, "3 bytes that are no text".into()));
}
