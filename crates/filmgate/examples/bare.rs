//! The yardstick of `cargo xtask bench`: a handler that parses the same JSON and answers the same JSON, and does nothing else.

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use filmgate::http::accept;
use serde::Deserialize;

const REPLY: &str = r#"{"code":200,"msg":"success","data":{"taskId":"019b0000000000000000000000000000","recordId":"019b0000000000000000000000000000"}}"#;
const RECORD: &str = r#"{"code":200,"msg":"success","data":{"taskId":"019b0000000000000000000000000000","model":"sora-2-text-to-video","state":"waiting","param":"{\"input\":\"{\\\"prompt\\\":\\\"A cute cat playing in a sunny garden\\\"}\",\"model\":\"sora-2-text-to-video\"}","resultJson":"","failCode":null,"failMsg":null,"costTime":null,"completeTime":null,"createTime":1795305600000,"creditsConsumed":0.0}}"#;

#[derive(Deserialize)]
struct Create {
    model: String,
    input: serde_json::Value,
}

async fn create(body: Bytes) -> &'static str {
    match serde_json::from_slice::<Create>(&body) {
        Ok(create) if !create.model.is_empty() && create.input.is_object() => REPLY,
        _ => "{\"code\":400}",
    }
}

fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:2425".into());
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        let app = Router::new()
            .route("/api/v1/jobs/createTask", post(create))
            .route("/api/v1/jobs/recordInfo", get(async || RECORD));
        accept::serve(listener, app, accept::ConnectionLimits::default(), std::future::pending()).await
    })
}
