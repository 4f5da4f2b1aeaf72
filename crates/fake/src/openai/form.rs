//! The fields of a create, and what each engine refuses of them (video-apis.md 4.1 to 4.4, 5.2).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::behaviour::EngineKind;
use crate::http::Request;
use crate::ledger::{Dialect, FilePart, Order};
use crate::multipart::{self, Form};
use crate::openai::engine::Refusal;

/// The only fields that TensorRT-LLM takes.
const TENSOR_RT: &[&str] = &[
    "prompt",
    "model",
    "seconds",
    "size",
    "fps",
    "input_reference",
    "response_format",
    "format",
    "image_reference",
    "video_reference",
];

/// A create before it is judged.
struct Asked<'a> {
    fields: &'a BTreeMap<String, String>,
    files: &'a [FilePart],
    /// The JSON body, or `null` for a form.
    body: &'a Value,
}

/// What a create asks for, or why this engine does not take it.
pub(crate) fn order(
    request: &Request,
    engine: EngineKind,
    served_model: &str,
) -> Result<Order, Refusal<'static>> {
    let form = Form::read(request);
    let body = if form.is_some() { Value::Null } else { request.json() };
    if form.is_none() && (!body.is_object() || engine == EngineKind::VllmOmni) {
        return Err(invalid("", "the body is no form and no JSON object that is understood here"));
    }
    let form = form.unwrap_or_else(|| Form { fields: multipart::texts(&body), files: Vec::new() });
    judge(&Asked { fields: &form.fields, files: &form.files, body: &body }, engine, served_model)?;
    let text = |name: &str| form.fields.get(name).cloned();
    Ok(Order {
        dialect: Dialect::OpenAi,
        model: text("model").unwrap_or_else(|| served_model.to_owned()),
        prompt: text("prompt").unwrap_or_default(),
        call_back_url: None,
        headers: request.headers.clone(),
        fields: form.fields,
        files: form.files,
        body,
    })
}

fn judge(asked: &Asked<'_>, engine: EngineKind, served_model: &str) -> Result<(), Refusal<'static>> {
    let text = |name: &str| asked.fields.get(name).map(String::as_str);
    let unprocessable = |param, message| Refusal { status: 422, ..invalid(param, message) };
    if text("prompt").is_none_or(str::is_empty) {
        let refusal = if engine == EngineKind::Sglang { unprocessable } else { invalid };
        return Err(refusal("prompt", "Field required"));
    }
    let is_whole = |text: &str| text.parse::<u32>().is_ok_and(|number| number > 0);
    let seconds = &asked.body["seconds"];
    match engine {
        EngineKind::OpenAi if seconds.is_number() => Err(invalid("seconds", "seconds must be a string")),
        EngineKind::OpenAi | EngineKind::LiteLlm => Ok(()),
        EngineKind::Sglang if asked.body["input_reference"].is_object() => {
            Err(invalid("input_reference", "Invalid request body"))
        }
        EngineKind::Sglang if asked.body.is_null() && text("input_reference").is_some() => {
            Err(unprocessable("input_reference", "Expected UploadFile"))
        }
        EngineKind::Sglang if text("seconds").is_some_and(|text| !is_whole(text)) => {
            Err(unprocessable("seconds", "Input should be a valid integer"))
        }
        EngineKind::Sglang => Ok(()),
        EngineKind::VllmOmni => judge_vllm_omni(asked, served_model),
        EngineKind::TensorRt => judge_tensor_rt(asked),
        EngineKind::NewApi if text("model").is_none_or(str::is_empty) => {
            Err(Refusal { code: "missing_model", ..invalid("model", "model field is required") })
        }
        EngineKind::NewApi => Ok(()),
    }
}

fn judge_vllm_omni(asked: &Asked<'_>, served_model: &str) -> Result<(), Refusal<'static>> {
    let text = |name: &str| asked.fields.get(name).map(String::as_str);
    let is_number = |text: &str| {
        !text.starts_with('0') && !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
    };
    let is_size = |text: &str| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        text.split_once('x').is_some_and(|(width, height)| digits(width) && digits(height))
    };
    if text("model").is_some_and(|model| model != served_model) {
        return Err(invalid("model", "The model does not match the served model"));
    }
    if text("seconds").is_some_and(|text| !is_number(text)) {
        return Err(invalid("seconds", "String should match pattern '^[1-9]\\d*$'"));
    }
    if text("size").is_some_and(|text| !is_size(text)) {
        return Err(invalid("size", "String should match pattern '^\\d+x\\d+$'"));
    }
    if text("input_reference").is_some() {
        return Err(invalid("input_reference", "Expected UploadFile"));
    }
    let has_file = asked.files.iter().any(|file| file.name == "input_reference");
    if has_file && (text("image_reference").is_some() || text("video_reference").is_some()) {
        return Err(invalid(
            "input_reference",
            "input_reference excludes image_reference and video_reference",
        ));
    }
    Ok(())
}

fn judge_tensor_rt(asked: &Asked<'_>) -> Result<(), Refusal<'static>> {
    let names = asked.fields.keys().chain(asked.files.iter().map(|file| &file.name));
    if names.into_iter().any(|name| !TENSOR_RT.contains(&name.as_str())) {
        return Err(Refusal { status: 422, ..invalid("", "Extra inputs are not permitted") });
    }
    // In a form everything is text; in JSON a number has to be one.
    let seconds = asked.fields.get("seconds");
    let is_number =
        seconds.is_none_or(|text| text.parse::<f64>().is_ok_and(|seconds| seconds > 0.0 && seconds <= 60.0));
    if !is_number || asked.body["seconds"].is_string() {
        return Err(Refusal { status: 422, ..invalid("seconds", "Input should be a number up to 60") });
    }
    Ok(())
}

const fn invalid(param: &'static str, message: &'static str) -> Refusal<'static> {
    Refusal { param, ..Refusal::invalid(message) }
}
