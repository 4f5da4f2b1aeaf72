//! The classifier, with every text that the reference knows.

use filmgate_wire::kie::Verdict::{
    CreditsInsufficient, FieldMissing, Invalid, KeyLimited, KeyRefused, Maintenance, NotPermitted, NotReady,
    Paused, RateLimited, UnknownModel, UnknownTask, Unreadable, UpstreamFault,
};
use filmgate_wire::kie::{Call, Envelope, Refusal, Verdict, is_about_path, texts, verdict};

fn judge(call: Call, http_status: u16, code: i64, msg: &str) -> Verdict {
    verdict(call, http_status, Some(&Envelope { code, msg: msg.to_owned(), data: None }))
}

const FINAL: Verdict = UpstreamFault { transient: false };
const PASSING: Verdict = UpstreamFault { transient: true };

#[test]
fn every_known_text_has_its_verdict_for_a_create() {
    let unsupported = "The model name you specified is not supported. Please verify your input and use one of the supported models provided by KIE.";
    let table = [
        (200, "success", Verdict::Ok),
        (401, "You do not have access permissions", KeyRefused),
        (401, "", KeyRefused),
        (402, "Credits insufficient, please top up", CreditsInsufficient),
        (402, "", CreditsInsufficient),
        (500, "Credits insufficient", CreditsInsufficient),
        (429, "The current credits are insufficient. Please top up.", CreditsInsufficient),
        (403, "", NotPermitted),
        (422, unsupported, UnknownModel),
        (404, unsupported, UnknownModel),
        (422, "The page does not exist or is not published", UnknownModel),
        (422, "the input cannot be null", FieldMissing),
        (422, "url is wrong", Invalid),
        (422, "Please enter callBackUrl.", FieldMissing),
        (422, "Ratio error", Invalid),
        (422, "prompt is required for text-to-video", FieldMissing),
        (422, "voiceId cannot be empty", FieldMissing),
        (422, "words that nobody has seen", Invalid),
        (400, "taskId parameter is required", FieldMissing),
        (400, "Only English prompts are supported at this time", Invalid),
        (
            400,
            "Failed to fetch the image. Kindly verify any access limits set by you or your service provider.",
            Invalid,
        ),
        (400, "public error unsafe image upload", Invalid),
        (
            422,
            "Your request was rejected by Flow(<original>). You may consider using our other fallback channels",
            Invalid,
        ),
        (400, "1080P is processing. It should be ready in 1-2 minutes", NotReady),
        (422, "4k is processing, 5-10 minutes", NotReady),
        (422, "The video has been generated successfully", Verdict::Ok),
        (405, "", Invalid),
        (409, "cover already exists", Invalid),
        (413, "", Invalid),
        (404, "", Invalid),
        (500, "This field is required", FieldMissing),
        (500, "prompt is required", FieldMissing),
        (500, "n_frames is not within the range of allowed options", Invalid),
        (500, "This aspect ratio is not supported", Invalid),
        (500, "This interface is temporarily paused.", Paused),
        (505, "feature disabled", Paused),
        (455, "", Maintenance),
        (429, "Your call frequency is too high. Please try again later.", RateLimited),
        (430, "call frequency too high", RateLimited),
        (433, "sub-key usage over its limit", KeyLimited),
        (433, "", KeyLimited),
        (500, "Server exception, please try again later or contact customer service", PASSING),
        (500, "Internal Error, Please try again later.", PASSING),
        (500, "internal error, please try again later.", PASSING),
        (500, "Server is busy", PASSING),
        (500, "Internal Error - Timeout", FINAL),
        (500, "words that nobody has seen", FINAL),
        (501, "Playground task failed.", FINAL),
        (451, "", FINAL),
        (408, "", Unreadable),
        (408, "insufficient credits", CreditsInsufficient),
        (0, "success", Unreadable),
        (201, "success", Unreadable),
        (777, "", Unreadable),
    ];
    for (code, msg, expected) in table {
        assert_eq!(judge(Call::Create, 200, code, msg), expected, "{code} {msg}");
    }
}

#[test]
fn a_read_tells_an_unknown_task_by_text_or_by_404() {
    for (code, msg) in [
        (422, "recordInfo is null"),
        (422, "record is null"),
        (422, "Record does not exist"),
        (422, "Record not found for taskId: 5f0c"),
        (422, "only within 14 days"),
        (404, "Task not found"),
        (404, ""),
    ] {
        assert_eq!(judge(Call::Read, 200, code, msg), UnknownTask, "{code} {msg}");
    }
}

#[test]
fn an_unknown_path_is_told_from_an_unknown_task_record_or_model() {
    for (code, msg, expected) in [
        (404, "Not Found", true),
        (404, "", true),
        (404, "The path does not exist. See the README of filmgate for the paths that do.", true),
        (404, "Cannot POST /api/v1/jobs/createTask", true),
        (404, "No static resource api/v1/jobs/recordInfo.", true),
        (404, "GET is not supported here", true),
        (405, "Method Not Allowed", true),
        (404, "Task not found", false),
        (404, "no such record", false),
        (404, "The page does not exist or is not published", false),
        (404, texts::MODEL_NOT_SUPPORTED.msg.as_ref(), false),
        (404, "No model is served at /api/v1/models", false),
        (422, "recordInfo is null", false),
        (422, "Not Found", false),
        (200, "success", false),
    ] {
        assert_eq!(
            is_about_path(&Envelope { code, msg: msg.to_owned(), data: None }),
            expected,
            "{code} {msg}"
        );
    }
}

#[test]
fn every_fault_of_a_read_may_be_asked_again() {
    for code in [408, 451, 500, 501] {
        assert_eq!(judge(Call::Read, 200, code, "words that nobody has seen"), PASSING, "{code}");
    }
    assert_eq!(judge(Call::Read, 200, 401, ""), KeyRefused);
    assert_eq!(
        judge(Call::Read, 200, 429, "Your call frequency is too high. Please try again later."),
        RateLimited
    );
}

#[test]
fn a_success_under_an_error_status_is_unreadable_and_an_error_stays_an_error() {
    for status in [301, 400, 429, 500, 502] {
        assert_eq!(judge(Call::Create, status, 200, "success"), Unreadable, "{status}");
    }
    assert_eq!(judge(Call::Create, 429, 500, ""), RateLimited);
    assert_eq!(judge(Call::Create, 422, 422, "Ratio error"), Invalid);
}

#[test]
fn an_http_error_leaves_a_doubt_about_a_create_unless_its_text_is_final() {
    for status in [500, 502, 503, 504, 520, 524, 599] {
        for (code, msg, expected) in [
            (200, "success", Unreadable),
            (400, "", Unreadable),
            (401, "Unauthorized", Unreadable),
            (402, "", Unreadable),
            (403, "", Unreadable),
            (422, "words that nobody has seen", Unreadable),
            (429, "", Unreadable),
            (455, "", Unreadable),
            (500, "Server exception, please try again later or contact customer service", Unreadable),
            (500, "words that nobody has seen", Unreadable),
            (501, "", Unreadable),
            (505, "", Unreadable),
            (500, "Column 'task_id' cannot be null", Unreadable),
            (500, "4k is processing", Unreadable),
            (500, "Task not found", Unreadable),
            (402, "Credits insufficient", CreditsInsufficient),
            (500, "This interface is temporarily paused.", Paused),
            (500, "prompt is required", FieldMissing),
            (500, "n_frames is not within the range of allowed options", Invalid),
        ] {
            assert_eq!(judge(Call::Create, status, code, msg), expected, "{status} {code} {msg}");
        }
        assert_eq!(judge(Call::Read, status, 500, ""), PASSING, "a read may always be asked again");
    }
}

#[test]
fn a_refusal_that_names_a_task_is_unreadable() {
    for code in [400, 402, 422, 429, 500, 501] {
        let body = format!(r#"{{"code":{code},"msg":"This field is required","data":{{"taskId":"5f0c"}}}}"#);
        let reply = Envelope::parse(body.as_bytes());
        assert_eq!(verdict(Call::Create, 200, reply.as_ref()), Unreadable, "{body}");
        assert_ne!(verdict(Call::Read, 200, reply.as_ref()), Unreadable, "{body}");
    }
}

#[test]
fn without_an_envelope_only_a_plain_refusal_is_certain() {
    for (status, expected) in [
        (401, KeyRefused),
        (402, CreditsInsufficient),
        (403, NotPermitted),
        (404, Invalid),
        (413, Invalid),
        (429, RateLimited),
        (200, Unreadable),
        (302, Unreadable),
        (408, Unreadable),
        (499, Unreadable),
        (500, Unreadable),
        (502, Unreadable),
        (503, Unreadable),
        (504, Unreadable),
        (524, Unreadable),
    ] {
        assert_eq!(verdict(Call::Create, status, None), expected, "{status}");
        assert_eq!(verdict(Call::Read, status, None), expected, "{status}");
    }
}

#[test]
fn our_own_refusals_are_understood_by_our_own_client() {
    let table: [(Refusal, Verdict); 15] = [
        (texts::KEY_REFUSED, KeyRefused),
        (texts::CREDITS_INSUFFICIENT, CreditsInsufficient),
        (texts::MODEL_NOT_SUPPORTED, UnknownModel),
        (texts::INPUT_CANNOT_BE_NULL, FieldMissing),
        (texts::RECORD_INFO_IS_NULL, UnknownTask),
        (texts::RECORD_DOES_NOT_EXIST, UnknownTask),
        (texts::record_not_found("5f0c"), UnknownTask),
        (texts::TASK_ID_REQUIRED, FieldMissing),
        (texts::field_required("prompt"), FieldMissing),
        (texts::field_out_of_range("size"), Invalid),
        (texts::RATE_LIMITED, RateLimited),
        (texts::MAINTENANCE, Maintenance),
        (texts::PAUSED, Paused),
        (texts::INTERNAL_ERROR, PASSING),
        (texts::SERVER_EXCEPTION, PASSING),
    ];
    for (refusal, expected) in table {
        let body = refusal.encode();
        let reply = Envelope::parse(body.as_bytes());
        for call in [Call::Create, Call::Read] {
            assert_eq!(verdict(call, 200, reply.as_ref()), expected, "{body}");
        }
    }
}
