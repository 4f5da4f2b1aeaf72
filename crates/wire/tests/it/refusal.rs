//! The envelope, and refusals byte for byte.

use filmgate_wire::kie::{Envelope, texts};

use crate::golden;

#[test]
fn each_refusal_is_its_golden_reply() {
    for (refusal, golden) in [
        (texts::KEY_REFUSED, golden!("key_refused")),
        (texts::CREDITS_INSUFFICIENT, golden!("credits_insufficient")),
        (texts::MODEL_NOT_SUPPORTED, golden!("model_not_supported")),
        (texts::INPUT_CANNOT_BE_NULL, golden!("input_cannot_be_null")),
        (texts::RECORD_INFO_IS_NULL, golden!("record_info_is_null")),
        (texts::record_not_found("a1b2c3d4e5f60718293a4b5c6d7e8f90"), golden!("veo_record_not_found")),
        (texts::field_required("prompt"), golden!("prompt_required")),
        (texts::field_out_of_range("n_frames"), golden!("n_frames_out_of_range")),
        (texts::RATE_LIMITED, golden!("rate_limited")),
        (texts::PAUSED, golden!("paused")),
    ] {
        assert_eq!(refusal.encode(), golden);
        let reply = Envelope::parse(golden.as_bytes()).unwrap();
        assert_eq!((reply.code, reply.msg.as_str()), (refusal.code, refusal.msg.as_ref()));
        assert!(reply.data.is_none());
    }
}

#[test]
fn message_stands_in_for_msg_and_both_may_be_missing() {
    let parse = |body: &'static str| Envelope::parse(body.as_bytes()).map(|reply| (reply.code, reply.msg));
    assert_eq!(parse(r#"{"code":402,"message":"no"}"#), Some((402, "no".to_owned())));
    assert_eq!(parse(r#"{"code":402,"message":"no","msg":"yes"}"#), Some((402, "yes".to_owned())));
    assert_eq!(parse(r#"{"code":402,"message":"no","msg":null}"#), Some((402, "no".to_owned())));
    assert_eq!(parse(r#"{"code":402,"success":false}"#), Some((402, String::new())));
}

#[test]
fn what_is_no_envelope_is_none() {
    for body in
        [&b""[..], b"<html>502</html>", b"[]", b"{}", br#"{"code":"200"}"#, br#"{"code":200"#, b"\xff"]
    {
        assert!(Envelope::parse(body).is_none(), "{}", String::from_utf8_lossy(body));
    }
}
