//! The classifier: what may have cost money is never called a refusal.

use filmgate_wire::openai::Verdict::{
    Invalid, KeyRefused, NoBalance, NotPermitted, RateLimited, UnknownModel, UnknownTask, Unreadable,
};
use filmgate_wire::openai::{Call, Verdict, is_about_path, retry_after_ms, verdict};

use super::engine;

fn created(http_status: u16, body: &str) -> Verdict {
    verdict(Call::Create, http_status, body.as_bytes())
}

fn read(http_status: u16, body: &str) -> Verdict {
    verdict(Call::Read { id: "video_1" }, http_status, body.as_bytes())
}

const BODIES: [&str; 4] =
    ["", "<html></html>", "{}", r#"{"error":{"message":"words that nobody has seen"}}"#];

#[test]
fn a_create_is_accepted_by_three_statuses_and_an_id() {
    for status in [200, 201, 202] {
        for body in [
            engine!("openai/created"),
            engine!("sglang/created"),
            engine!("vllm_omni/created"),
            engine!("tensorrt_llm/created"),
            engine!("dynamo/completed"),
            engine!("dynamo/failed"),
            engine!("litellm/created"),
            engine!("new_api/created"),
            engine!("aquiles_image/created"),
            r#"{"id":"a"}"#,
        ] {
            assert_eq!(created(status, body), Verdict::Ok, "{status} {body}");
        }
    }
}

#[test]
fn a_success_without_an_id_or_cut_short_or_of_another_status_is_unreadable() {
    let cut = engine!("openai/created").split_at(60).0;
    for status in [203, 204, 206, 226] {
        assert_eq!(created(status, engine!("openai/created")), Unreadable, "{status}");
    }
    for status in [200, 201, 202] {
        for body in BODIES.into_iter().chain([cut, "[]", r#"{"id":null,"status":"queued"}"#]) {
            assert_eq!(created(status, body), Unreadable, "{status} {body}");
        }
    }
}

#[test]
fn a_create_is_refused_by_these_statuses_alone() {
    for status in 100..=599 {
        for body in BODIES {
            let expected = match status {
                400 | 404 | 405 | 413 | 415 | 422 => Invalid,
                401 => KeyRefused,
                402 => NoBalance,
                403 => NotPermitted,
                429 => RateLimited,
                _ => Unreadable,
            };
            assert_eq!(created(status, body), expected, "{status} {body}");
        }
    }
}

#[test]
fn a_503_that_says_that_nothing_was_taken_is_a_claim_and_no_proof() {
    for body in [
        r#"{"error":"The queue is full; your request was not accepted"}"#,
        r#"{"error":{"message":"insufficient credits","code":"insufficient_quota"}}"#,
        r#"{"error":{"message":"The model x does not exist","code":"model_not_found"}}"#,
    ] {
        assert_eq!(created(503, body), Unreadable, "{body}");
        assert_eq!(created(500, body), Unreadable, "{body}");
    }
}

#[test]
fn a_refusal_that_holds_a_job_is_unreadable() {
    for status in [400, 401, 402, 404, 422, 429, 500] {
        assert_eq!(created(status, engine!("vllm_omni/failed")), Unreadable, "{status}");
        assert_eq!(created(status, r#"{"id":"a","status":"queued"}"#), Unreadable, "{status}");
    }
}

#[test]
fn an_unknown_model_is_told_by_code_or_text() {
    for (status, body) in [
        (404, r#"{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","code":404}}"#),
        (400, r#"{"error":{"message":"no","code":"model_not_found"}}"#),
        (400, r#"{"code":"model_not_found","message":"no channel","data":null}"#),
        (422, r#"{"detail":"Model 'x' does not exist"}"#),
    ] {
        assert_eq!(created(status, body), UnknownModel, "{body}");
    }
    assert_eq!(created(400, r#"{"detail":"The file does not exist"}"#), Invalid);
}

#[test]
fn an_empty_account_is_told_by_status_code_type_or_text() {
    for (status, body) in [
        (402, ""),
        (
            429,
            r#"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#,
        ),
        (429, r#"{"error":{"message":"x","type":"insufficient_quota","code":null}}"#),
        (400, r#"{"error":{"message":"x","code":"billing_hard_limit_reached"}}"#),
        (403, r#"{"error":{"message":"x","code":"insufficient_user_quota"}}"#),
        (400, r#"{"code":"x","message":"Insufficient balance","data":null}"#),
    ] {
        assert_eq!(created(status, body), NoBalance, "{status} {body}");
    }
    let permissions = r#"{"error":{"message":"You have insufficient permissions for this operation."}}"#;
    assert_eq!(created(403, permissions), NotPermitted);
    assert_eq!(created(401, r#"{"error":{"code":"insufficient_quota"}}"#), KeyRefused);
}

#[test]
fn a_read_is_answered_by_a_status_of_the_job() {
    for body in
        [engine!("openai/running"), engine!("new_api/failed"), r#"{"id":"video_1","status":"queued"}"#]
    {
        assert_eq!(read(200, body), Verdict::Ok, "{body}");
    }
    for body in BODIES.into_iter().chain([
        "[]",
        r#"{"id":"video_1"}"#,
        r#"{"id":"video_1","status":200}"#,
        r#"{"object":"video"}"#,
        r#"{"status":"error"}"#,
        r#"{"id":"req_7","status":"success"}"#,
    ]) {
        assert_eq!(read(200, body), Unreadable, "{body}");
    }
}

#[test]
fn a_failed_job_may_come_with_an_error_status() {
    for status in [400, 404, 422, 429, 500, 503] {
        assert_eq!(read(status, engine!("vllm_omni/failed")), Verdict::Ok, "{status}");
        assert_eq!(read(status, r#"{"id":"video_1","status":"failed"}"#), Verdict::Ok, "{status}");
    }
    // A proxy's own error is not about the job, whatever it looks like.
    assert_eq!(read(502, r#"{"id":"req_7","status":"error","message":"bad gateway"}"#), Unreadable);
    assert_eq!(read(500, r#"{"object":"video"}"#), Unreadable);
}

#[test]
fn an_unknown_job_is_told_by_404_with_json() {
    for body in [
        r#"{"detail":"Video not found"}"#,
        r#"{"error":{"message":"x","type":"Not Found","param":null,"code":404}}"#,
        r#"{"code":"task_not_exist","message":"task_not_exist","data":null}"#,
    ] {
        assert_eq!(read(404, body), UnknownTask, "{body}");
    }
    for body in ["", "404 page not found", "<html></html>"] {
        assert_eq!(read(404, body), Unreadable, "{body:?} is a proxy's");
    }
}

#[test]
fn no_other_error_of_a_read_says_anything_about_the_job() {
    for status in (300..=599).filter(|status| *status != 404) {
        for body in BODIES {
            assert!(!matches!(read(status, body), Verdict::Ok | UnknownTask), "{status} {body}");
        }
    }
}

#[test]
fn a_free_call_succeeds_by_its_status() {
    let free = |status| verdict(Call::Free, status, b"");
    assert_eq!([free(200), free(204), free(401), free(404)], [Verdict::Ok, Verdict::Ok, KeyRefused, Invalid]);
    assert_eq!([free(405), free(501)], [Invalid, Unreadable]);
}

#[test]
fn retry_after_is_read_where_it_is_a_number() {
    for (value, expected) in [
        ("7", Some(7_000)),
        (" 0 ", Some(0)),
        ("0.25", Some(250)),
        ("-1", None),
        ("NaN", None),
        ("1e300", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("", None),
    ] {
        assert_eq!(retry_after_ms(value), expected, "{value}");
    }
}

#[test]
fn an_unknown_path_is_told_from_an_unknown_job() {
    for (status, body, expected) in [
        (404, r#"{"detail":"Not Found"}"#, true),
        (404, r#"{"error":{"message":"Not Found","type":"NotFoundError","param":null,"code":404}}"#, true),
        (
            404,
            r#"{"error":{"message":"Invalid URL (GET /v1/videos/x)","type":"invalid_request_error"}}"#,
            true,
        ),
        (404, r#"{"timestamp":1,"status":404,"error":"Not Found","path":"/v1/videos/x"}"#, true),
        (404, "{}", true),
        (405, r#"{"detail":"Method Not Allowed"}"#, true),
        (404, r#"{"detail":"Video not found"}"#, false),
        (404, r#"{"object":"error","message":"Video x not found","type":"NotFoundError","code":404}"#, false),
        (404, r#"{"error":{"message":"","code":"task_not_exist"}}"#, false),
        (400, r#"{"detail":"Not Found"}"#, false),
        (200, "{}", false),
    ] {
        assert_eq!(is_about_path(status, body.as_bytes()), expected, "{status} {body}");
    }
}
