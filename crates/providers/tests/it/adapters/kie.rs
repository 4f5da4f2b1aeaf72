//! Kie's dialect.

use filmgate_domain::answer::{Cause, Link, Reading, Setback, Submitted};
use filmgate_domain::credits::Credits;
use filmgate_domain::request::{Form, Parameter, Value};
use filmgate_domain::task::Failure;
use filmgate_providers::adapter::{Adapter as _, Picture, PictureWay};
use filmgate_providers::kie::fields::{MEANINGS, field, fields, meaning, to_field_value};
use filmgate_providers::kie::{Kie, form_of};
use filmgate_wire::kie::{Field, FieldValue};

use super::{CALLBACK, KEY, card, golden, order, picture, prompt, reply, request, shown, storyboard, text};

const JOB: &str = "5f0c2d9e8b7a46139c1d2e3f4a5b6c7d";
const VEO_JOB: &str = "a1b2c3d4e5f60718293a4b5c6d7e8f90";

fn kie() -> Kie {
    Kie::new(KEY.into())
}

/// What a create that was answered so has become.
fn submitted(status: u16, body: &str) -> Submitted {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    kie().submitted(&order(&card, &request, &[]), &reply(status, body))
}

fn read(form: Form, job: &str, body: &str) -> Reading {
    kie().was_read(form, job, &reply(200, body))
}

fn envelope(code: i64, msg: &str) -> String {
    format!(r#"{{"code":{code},"msg":"{msg}","data":null}}"#)
}

fn refused(cause: Cause, text: &str) -> Submitted {
    Submitted::Refused(Setback { cause, text: text.into() })
}

fn failed(code: &str, text: &str, cost: Option<Credits>) -> Reading {
    Reading::Failed { failure: Failure { code: code.into(), text: text.into() }, cost }
}

#[test]
fn a_card_of_the_veo_endpoints_is_asked_there_and_every_other_one_as_a_job() {
    assert_eq!(form_of(&card(Form::KieVeo)), Form::KieVeo);
    assert_eq!(form_of(&card(Form::KieJobs)), Form::KieJobs);
    assert_eq!(form_of(&card(Form::Cli)), Form::KieJobs);
    let mut both = card(Form::KieJobs);
    both.offered.push(Form::KieVeo);
    assert_eq!(form_of(&both), Form::KieVeo);
}

#[test]
fn a_job_is_submitted_under_kies_model_with_our_callback_and_uploaded_links() {
    let card = card(Form::KieJobs);
    let request = request(&[
        prompt(),
        (Parameter::Pictures, Value::Texts(vec!["stored:5f0c".into()])),
        (Parameter::Aspect, text("landscape")),
        (Parameter::Seconds, Value::Integer(10)),
        (Parameter::Clean, Value::Flag(true)),
    ]);
    let pictures = [Picture::Link("https://uploads.example/p.png".into())];
    assert_eq!(
        shown(&kie().submit(&order(&card, &request, &pictures))),
        r#"POST /api/v1/jobs/createTask
authorization: Bearer sk-secret
content-type: application/json

{"model":"their-model","callBackUrl":"https://gate.example/in/5f0c","input":{"prompt":"A fox","image_urls":["https://uploads.example/p.png"],"aspect_ratio":"landscape","n_frames":"10","remove_watermark":true}}"#
    );
}

#[test]
fn a_veo_task_is_submitted_flat() {
    let card = card(Form::KieVeo);
    let request = request(&[
        prompt(),
        (Parameter::Seconds, Value::Integer(8)),
        (Parameter::Mode, text("TEXT_2_VIDEO")),
        (Parameter::Seed, Value::Integer(12_345)),
        (Parameter::Quality, text("high")),
    ]);
    assert_eq!(
        shown(&kie().submit(&order(&card, &request, &[]))),
        r#"POST /api/v1/veo/generate
authorization: Bearer sk-secret
content-type: application/json

{"prompt":"A fox","duration":8,"generationType":"TEXT_2_VIDEO","seeds":12345,"model":"their-model","callBackUrl":"https://gate.example/in/5f0c"}"#
    );
}

#[test]
fn a_card_says_by_which_field_it_means_seconds() {
    let mut card = card(Form::KieJobs);
    card.spelling.insert(Parameter::Seconds, "duration".into());
    let request = request(&[prompt(), (Parameter::Seconds, Value::Integer(8)), storyboard()]);
    let body = shown(&kie().submit(&order(&card, &request, &[])));
    let input = r#""input":{"prompt":"A fox","duration":8,"shots":[{"Scene":"Dawn","duration":4.0},{"Scene":"Dusk","duration":4.0}]}}"#;
    assert!(body.ends_with(input), "{body}");
}

#[test]
fn a_picture_is_never_left_out_of_a_paid_call() {
    let (card, request) = (card(Form::KieJobs), request(&[prompt()]));
    let body = shown(&kie().submit(&order(&card, &request, &[Picture::File(picture())])));
    assert!(body.contains(r#""image_urls":["picture-1.png"]"#), "Kie refuses what is no link: {body}");
}

#[test]
fn every_parameter_has_a_field_and_every_field_a_meaning() {
    for (known, parameter) in MEANINGS {
        assert_eq!(meaning(*known), Some(*parameter));
        assert!(field(*parameter, Form::KieJobs, None).is_some(), "{parameter:?}");
    }
    assert!(Field::ALL.iter().all(|field| meaning(*field).is_some()));
    assert_eq!(field(Parameter::Seconds, Form::KieJobs, None), Some(Field::NFrames));
    assert_eq!(field(Parameter::Seconds, Form::KieVeo, None), Some(Field::Duration));
    assert_eq!(field(Parameter::Quality, Form::KieVeo, None), None);
    let ten = Value::Integer(10);
    assert_eq!(to_field_value(Field::NFrames, &ten), FieldValue::Text("10".into()));
    assert_eq!(to_field_value(Field::Duration, &ten), FieldValue::Integer(10));
    let parameters = [(Parameter::Quality, text("high")), (Parameter::Watermark, text("w"))].into();
    assert_eq!(fields(&parameters, Form::KieVeo, None), [(Field::Watermark, FieldValue::Text("w".into()))]);
}

#[test]
fn the_free_calls_are_these() {
    let plain = "\nauthorization: Bearer sk-secret\ncontent-type: application/json\n\n";
    let kie = kie();
    assert_eq!(
        shown(&kie.read(Form::KieJobs, "a/b")),
        format!("GET /api/v1/jobs/recordInfo?taskId=a%2Fb{plain}")
    );
    assert_eq!(shown(&kie.read(Form::KieVeo, "ab")), format!("GET /api/v1/veo/record-info?taskId=ab{plain}"));
    assert_eq!(shown(&kie.knock()), format!("GET /api/v1/chat/credit{plain}"));
    assert_eq!(kie.balance().map(|call| shown(&call)), Some(shown(&kie.knock())));
    let fresh = kie.refresh(&Link::Foreign("https://r.example/f.mp4".into())).map(|call| shown(&call));
    let expected = format!("POST /api/v1/common/download-url{plain}{{\"url\":\"https://r.example/f.mp4\"}}");
    assert_eq!(fresh, Some(expected));
    assert_eq!(kie.refresh(&Link::Own("/f.mp4".into())), None);
    assert_eq!((kie.list(), kie.cancel(JOB)), (None, None));
    assert!(!kie.cancelled(&reply(200, r#"{"deleted":true}"#)));
    assert_eq!(kie.listed(&reply(200, r#"{"data":[]}"#)), None);
}

#[test]
fn a_picture_is_uploaded_without_a_name_that_another_one_could_have() {
    let kie = kie();
    assert_eq!(kie.picture_way(), PictureWay::Links);
    assert_eq!(
        kie.upload(&picture()).map(|call| shown(&call)).as_deref(),
        Some(
            r#"POST /api/file-stream-upload
authorization: Bearer sk-secret
content-type: multipart/form-data; boundary=filmgate-picture

--filmgate-picture
Content-Disposition: form-data; name="file"; filename="picture-1.png"
Content-Type: image/png

PNG
--filmgate-picture
Content-Disposition: form-data; name="uploadPath"

filmgate
--filmgate-picture--
"#
        )
    );
    let link = "https://uploads.example/kieai/1/filmgate/1785999477000-k3v9.png";
    assert_eq!(kie.uploaded(&reply(200, golden!("kie/uploaded.json"))), Ok(link.into()));
    assert!(kie.uploaded(&reply(502, golden!("kie/uploaded.json"))).is_err());
    let refusal = r#"{"success":false,"code":401,"msg":"Invalid API Key sk-secret"}"#;
    assert_eq!(kie.uploaded(&reply(200, refusal)), Err("Invalid API Key [key]".into()));
}

#[test]
fn an_accepted_task_has_kies_id() {
    for (body, job) in [(golden!("kie/created_jobs.json"), JOB), (golden!("kie/created_veo.json"), VEO_JOB)] {
        assert_eq!(submitted(200, body), Submitted::Accepted { job: job.into(), reading: None });
    }
}

#[test]
fn what_kie_refuses_cost_nothing_and_is_told_by_its_cause() {
    for (code, msg, cause) in [
        (401, "You do not have access permissions", Cause::KeyRefused),
        (402, "Credits insufficient", Cause::NoBalance),
        (500, "Credits insufficient", Cause::NoBalance),
        (403, "no", Cause::NotPermitted),
        (455, "no", Cause::Maintenance),
        (505, "no", Cause::Paused),
        (500, "This interface is temporarily paused.", Cause::Paused),
        (422, "The model name you specified is not supported.", Cause::Unsupported),
        (500, "n_frames is not within the range of allowed options", Cause::Invalid),
        (422, "Record does not exist", Cause::Invalid),
        (500, "words that nobody has seen", Cause::Fault),
        (501, "Playground task failed.", Cause::Fault),
    ] {
        let expected = refused(cause, &format!("code {code}: {msg}"));
        assert_eq!(submitted(200, &envelope(code, msg)), expected);
    }
    let text = "HTTP status 413 without an answer that can be read";
    assert_eq!(submitted(413, "<html>"), refused(Cause::Invalid, text));
}

#[test]
fn kie_is_busy_without_saying_until_when() {
    for (code, msg) in [
        (429, "Your call frequency is too high. Please try again later."),
        (433, "sub-key usage over its limit"),
        (500, "Server exception, please try again later or contact customer service"),
    ] {
        let why = format!("code {code}: {msg}");
        assert_eq!(submitted(200, &envelope(code, msg)), Submitted::Busy { retry_after_ms: None, why });
    }
}

#[test]
fn whatever_else_kie_answers_leaves_a_doubt() {
    let created = golden!("kie/created_jobs.json");
    for (status, body) in [
        (200, ""),
        (200, created.split_at(created.len() - 1).0),
        (200, "<html>"),
        (200, r#"{"code":200,"msg":"success","data":null}"#),
        (200, r#"{"code":200,"msg":"success","data":{"taskId":""}}"#),
        (200, r#"{"code":408,"msg":"","data":null}"#),
        (200, r#"{"code":777,"msg":"","data":null}"#),
        (200, r#"{"code":400,"msg":"4k is processing","data":null}"#),
        (200, r#"{"code":422,"msg":"has been generated successfully","data":null}"#),
        (200, r#"{"code":500,"msg":"no","data":{"taskId":"5f0c"}}"#),
        (302, ""),
        (408, ""),
        (500, created),
        (500, r#"{"code":500,"msg":"Internal Error, Please try again later.","data":null}"#),
        (502, "<html>"),
        (524, ""),
    ] {
        assert!(matches!(submitted(status, body), Submitted::Unknown { .. }), "{status} {body}");
    }
}

#[test]
fn a_job_is_read_in_every_state() {
    let running = Reading::Running { percent: None };
    assert_eq!(read(Form::KieJobs, JOB, golden!("kie/record_waiting.json")), running);
    assert_eq!(read(Form::KieJobs, JOB, golden!("kie/record_generating.json")), running);
    let links = vec![Link::Foreign("https://gate.example/files/f.mp4".into())];
    let made = Reading::Made { links, cost: Some(Credits::whole(30)) };
    assert_eq!(read(Form::KieJobs, JOB, golden!("kie/record_success.json")), made);
    let links = vec![Link::Foreign("https://tempfile.example/f.mp4".into())];
    let older = read(Form::KieJobs, JOB, golden!("kie/record_success_2026_04.json"));
    assert_eq!(older, Reading::Made { links, cost: None });
    let text = "internal error, please try again later. Nothing was charged.";
    let failure = failed("500", text, Some(Credits::ZERO));
    assert_eq!(read(Form::KieJobs, JOB, golden!("kie/record_fail.json")), failure);
    assert_eq!(read(Form::KieJobs, JOB, golden!("kie/record_info_is_null.json")), Reading::Missing);
}

#[test]
fn a_veo_task_is_read_in_every_state() {
    let running = Reading::Running { percent: None };
    assert_eq!(read(Form::KieVeo, VEO_JOB, golden!("kie/veo_record_running.json")), running);
    let links = vec![Link::Foreign("https://gate.example/files/v.mp4".into())];
    let made = Reading::Made { links, cost: None };
    assert_eq!(read(Form::KieVeo, VEO_JOB, golden!("kie/veo_record_success.json")), made);
    let text = "internal error, please try again later. Nothing was charged.";
    assert_eq!(read(Form::KieVeo, VEO_JOB, golden!("kie/veo_record_failed.json")), failed("500", text, None));
    assert_eq!(read(Form::KieVeo, VEO_JOB, golden!("kie/veo_record_not_found.json")), Reading::Missing);
}

#[test]
fn a_success_without_a_link_is_a_failure_that_may_have_cost_the_operator_something() {
    let text = "The upstream says that the film is made, and names no link to it. Nothing was charged.";
    let body = r#"{"code":200,"data":{"state":"success","resultJson":"","creditsConsumed":30}}"#;
    assert_eq!(read(Form::KieJobs, JOB, body), failed("500", text, Some(Credits::whole(30))));
    let body = r#"{"code":200,"data":{"successFlag":1,"response":null}}"#;
    assert_eq!(read(Form::KieVeo, VEO_JOB, body), failed("500", text, None));
}

#[test]
fn a_failure_keeps_kies_code_and_words() {
    for (fail, code, text) in [
        (
            r#""failCode":"SENSITIVE_WORD_ERROR","failMsg":"Blocked""#,
            "SENSITIVE_WORD_ERROR",
            "Blocked. Nothing was charged.",
        ),
        (r#""failCode":501,"failMsg":" Failed! ""#, "501", "Failed! Nothing was charged."),
        (
            r#""failCode":"","failMsg":null"#,
            "500",
            "The upstream gives no reason for its failure. Nothing was charged.",
        ),
        (r#""failMsg":"sk-secret is bad""#, "500", "[key] is bad. Nothing was charged."),
        (
            r#""failMsg":"no answer from https://films.example/filmgate/v1/callbacks/6ba47dd8: 500""#,
            "500",
            "no answer from https://films.example/filmgate/v1/callbacks/[token]: 500. Nothing was charged.",
        ),
    ] {
        let body = format!(r#"{{"code":200,"data":{{"state":"fail",{fail}}}}}"#);
        assert_eq!(read(Form::KieJobs, JOB, &body), failed(code, text, None));
    }
}

#[test]
fn a_read_that_says_nothing_about_the_job_is_unclear() {
    let foreign = golden!("kie/record_success.json").replace(JOB, "another");
    for (status, body) in [
        (200, foreign.as_str()),
        (200, r#"{"code":200,"msg":"success","data":null}"#),
        (200, golden!("kie/key_refused.json")),
        (200, golden!("kie/rate_limited.json")),
        (200, golden!("kie/credits_insufficient.json")),
        (200, golden!("kie/paused.json")),
        (200, r#"{"code":455,"msg":""}"#),
        (200, r#"{"code":777,"msg":""}"#),
        (200, ""),
        (404, "<html>"),
        (500, golden!("kie/record_success.json")),
        (502, "<html>"),
    ] {
        let reading = kie().was_read(Form::KieJobs, JOB, &reply(status, body));
        assert!(matches!(reading, Reading::Unclear { .. }), "{status} {body}: {reading:?}");
    }
}

#[test]
fn a_record_echoes_our_callback_another_one_or_none() {
    let echoes = |form, body: &str, url| kie().echoes(form, &reply(200, body), url);
    let record = golden!("kie/record_generating.json");
    assert_eq!(echoes(Form::KieJobs, record, "https://app.example/kie"), Some(true));
    assert_eq!(echoes(Form::KieJobs, record, CALLBACK), Some(false));
    assert_eq!(echoes(Form::KieJobs, golden!("kie/record_waiting.json"), CALLBACK), None);
    assert_eq!(echoes(Form::KieVeo, golden!("kie/veo_record_running.json"), CALLBACK), None);
    let veo = format!(r#"{{"code":200,"data":{{"paramJson":"{{\"callBackUrl\":\"{CALLBACK}\"}}"}}}}"#);
    assert_eq!(echoes(Form::KieVeo, &veo, CALLBACK), Some(true));
    assert_eq!(echoes(Form::KieJobs, "<html>", CALLBACK), None);
}

#[test]
fn the_balance_is_read_or_why_it_cannot_be() {
    let balance = |status, body| kie().balance_read(&reply(status, body));
    assert_eq!(balance(200, golden!("kie/credit.json")), Ok(Credits(5_916_250)));
    assert_eq!(balance(200, r#"{"code":401,"msg":"sk-secret?"}"#), Err("code 401: [key]?".into()));
    assert!(balance(500, golden!("kie/credit.json")).is_err());
    assert!(balance(200, r#"{"code":200,"data":null}"#).is_err());
    assert_eq!(kie().knocked(&reply(200, golden!("kie/credit.json"))), Ok(()));
    assert!(kie().knocked(&reply(200, golden!("kie/key_refused.json"))).is_err());
}

#[test]
fn a_dead_link_is_exchanged_for_a_fresh_one() {
    let fresh = Link::Foreign("https://fresh.example/f.mp4?sig=1".into());
    assert_eq!(kie().refreshed(&reply(200, golden!("kie/fresh_url.json"))), Some(fresh));
    assert_eq!(kie().refreshed(&reply(200, golden!("kie/url_is_wrong.json"))), None);
    assert_eq!(kie().refreshed(&reply(502, golden!("kie/fresh_url.json"))), None);
}

#[test]
fn a_callback_names_its_job() {
    let called_back = |body: &str| kie().called_back(body.as_bytes());
    assert_eq!(called_back(golden!("kie/called_back_jobs.json")).as_deref(), Some(JOB));
    assert_eq!(called_back(golden!("kie/called_back_veo.json")).as_deref(), Some(VEO_JOB));
    assert_eq!(called_back("{}"), None);
}

#[test]
fn the_key_is_never_shown_and_a_broken_one_is_not_sent() {
    assert_eq!(format!("{:?}", kie()), "Kie { key: [key] }");
    assert!(!format!("{:?}", kie().knock()).contains(KEY));
    assert!(!format!("{:?}", kie().knock().headers).contains(KEY));
    for key in ["", "a\nb"] {
        assert!(!shown(&Kie::new(key.into()).knock()).contains("authorization"));
    }
}

#[test]
fn endless_words_are_cut() {
    let text = "é".repeat(100_000);
    let Submitted::Refused(setback) = submitted(200, &envelope(400, &text)) else { panic!("refused") };
    assert_eq!(setback.text.chars().count(), 501);
}
