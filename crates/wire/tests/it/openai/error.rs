//! Errors in every engine's shape.

use filmgate_wire::openai::Complaint;

#[test]
fn every_engines_error_is_understood() {
    let table = [
        // OpenAI and LiteLLM.
        (
            r#"{"error":{"message":"Bad size","type":"invalid_request_error","param":"size","code":"bad_size"}}"#,
            (Some("bad_size"), Some("invalid_request_error"), "Bad size"),
        ),
        // vLLM-Omni.
        (
            r#"{"error":{"message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}}"#,
            (Some("404"), Some("NotFoundError"), "The model `x` does not exist."),
        ),
        // SGLang: a text, FastAPI's list, and its 503.
        (r#"{"detail":"Video not found"}"#, (None, None, "Video not found")),
        (
            r#"{"detail":[{"loc":["body","seconds"],"msg":"not an integer","type":"int"},{"loc":[],"msg":"no","type":"x"}]}"#,
            (None, None, "body.seconds: not an integer; no"),
        ),
        (r#"{"error":"The server is overloaded"}"#, (None, None, "The server is overloaded")),
        // TensorRT-LLM.
        (
            r#"{"object":"error","message":"extra inputs","type":"BadRequestError","param":null,"code":400}"#,
            (Some("400"), Some("BadRequestError"), "extra inputs"),
        ),
        // new-api.
        (
            r#"{"code":"missing_model","message":"model is required","data":null}"#,
            (Some("missing_model"), None, "model is required"),
        ),
        (r#"{"error":{"code":"x"},"message":"outside"}"#, (Some("x"), None, "outside")),
        ("<html>502 Bad Gateway</html>", (None, None, "")),
        ("", (None, None, "")),
        ("[]", (None, None, "")),
        (r#"{"error":null,"detail":{},"message":7}"#, (None, None, "")),
    ];
    for (body, (code, kind, words)) in table {
        let read = Complaint::parse(body.as_bytes());
        assert_eq!((read.code.as_deref(), read.kind.as_deref(), read.words.as_str()), (code, kind, words));
    }
}
