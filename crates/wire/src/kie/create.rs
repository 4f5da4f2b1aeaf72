//! `POST /api/v1/jobs/createTask`: the body in both directions, its stored copy `param`, and the reply.

use serde::Serialize;
use serde_json::Value;

use crate::form::Reading;
use crate::kie::decode::{DecodeError, Entries, Manner, Put, put_text};
use crate::kie::envelope::{Envelope, success};
use crate::kie::field::{Field, FieldValue, JobsInput};
use crate::kie::mend::Alias;
use crate::value::{json, text_or_digits};

/// A create, the same for the jobs form and for Veo's, so that the rest of a program need not know which came.
#[derive(Clone, Debug, PartialEq)]
pub struct Create {
    /// The model id as the client wrote it; never empty when it was decoded.
    pub model: String,
    /// The known fields in the client's order, each at most once.
    pub fields: Vec<(Field, FieldValue)>,
    /// Where to announce the end of the task; as written, not checked.
    pub call_back_url: Option<String>,
}

/// A create with what goes beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadCreate {
    /// The create.
    pub create: Create,
    /// `progressCallBackUrl`, which only the four base models of Sora have (D26a); as written, not checked.
    pub progress_call_back_url: Option<String>,
}

/// Reads `{"model":…,"input":{…},"callBackUrl":…}` (L1) as the service itself does. Types are strict, `""` is absent (D26a),
/// unknown fields are ignored (C).
///
/// # Errors
///
/// See [`DecodeError`]; the first one in reading order, a missing model or input last.
pub fn decode_jobs(body: &[u8]) -> Result<Create, DecodeError> {
    jobs(body, None).map(|read| read.create)
}

/// The same, more or less strictly than the service. A lenient reading takes what real clients write where its meaning is certain
/// (7.1, 7.2): numbers for text and text for numbers, `image_url`, `quality` for `size`, either form's spelling, a list of nothing.
/// A strict one refuses all of that, and `""`. Fields whose name nobody knows are ignored in both.
///
/// # Errors
///
/// See [`decode_jobs`].
pub fn read_jobs(body: &[u8], reading: Reading) -> Result<ReadCreate, DecodeError> {
    jobs(body, Some(reading))
}

fn jobs(body: &[u8], manner: Manner) -> Result<ReadCreate, DecodeError> {
    let (mut model, mut call_back_url, mut progress_call_back_url) = (None, None, None);
    let mut has_input = false;
    let mut fields = Put::new(manner);
    for (name, value) in Entries::of_body(body)?.0 {
        match name.as_ref() {
            "model" => put_text(&mut model, "model", value, manner)?,
            "callBackUrl" => put_text(&mut call_back_url, "callBackUrl", value, manner)?,
            "progressCallBackUrl" if manner.is_some() => {
                put_text(&mut progress_call_back_url, "progressCallBackUrl", value, manner)?;
            }
            "input" => {
                let Some(Entries(input)) = Entries::of_value("input", value)? else { continue };
                has_input = true;
                for (name, value) in input {
                    fields.put(Field::in_jobs(&name), || Alias::in_jobs(&name), value)?;
                }
            }
            _ => {}
        }
    }
    let model = model.ok_or(DecodeError::MissingModel)?;
    if !has_input {
        return Err(DecodeError::MissingInput);
    }
    let create = Create { model, fields: fields.finish()?, call_back_url };
    Ok(ReadCreate { create, progress_call_back_url })
}

/// The body that a client sends, in the documented order: `model`, `callBackUrl` if there is one, `input` (D26a).
pub fn encode_jobs(create: &Create) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        model: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        call_back_url: Option<&'a str>,
        input: JobsInput<'a>,
    }
    json(&Body {
        model: &create.model,
        call_back_url: create.call_back_url.as_deref(),
        input: JobsInput(&create.fields),
    })
}

/// A create with nothing in it but its model, which has no room for anything else: `{"model":…,"input":{}}`. Most models
/// refuse it before a task is made, and at least one makes a paid film of it (C), so it is for the former alone.
pub fn encode_empty_jobs(model: &str) -> String {
    #[derive(Serialize)]
    struct Nothing {}
    #[derive(Serialize)]
    struct Body<'a> {
        model: &'a str,
        input: Nothing,
    }
    json(&Body { model, input: Nothing {} })
}

/// The `param` of a record: JSON text of `{"input":"<JSON text>","callBackUrl":…,"model":…}`, so that `input` is
/// encoded twice; `callBackUrl` only if it was given (L1).
pub fn jobs_param(model: &str, fields: &[(Field, FieldValue)], call_back_url: Option<&str>) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Param<'a> {
        input: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        call_back_url: Option<&'a str>,
        model: &'a str,
    }
    json(&Param { input: &json(&JobsInput(fields)), call_back_url, model })
}

/// The payload of a successful create.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// The id to poll with. 32 hexadecimal digits live (L1, L2), other forms in the documentation: opaque.
    pub task_id: String,
    /// In the jobs family the same id again (L1), which is no polling key (O); absent in Veo's reply (L2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_id: Option<String>,
}

impl Created {
    /// The payload of `createTask`, with the twin `recordId`.
    pub fn jobs(task_id: impl Into<String>) -> Self {
        let task_id = task_id.into();
        Self { record_id: Some(task_id.clone()), task_id }
    }

    /// The payload of `veo/generate`, without `recordId`.
    pub fn veo(task_id: impl Into<String>) -> Self {
        Self { task_id: task_id.into(), record_id: None }
    }

    /// The reply's body.
    pub fn encode(&self) -> String {
        success(self)
    }

    /// Reads the payload, and an id that is a number as its digits. `None` where there is no task id: then there is no
    /// task and no charge (O).
    pub fn parse(reply: &Envelope<'_>) -> Option<Self> {
        let data: Value = reply.data_as()?;
        let task_id = text_or_digits(&data["taskId"])?;
        Some(Self { task_id, record_id: text_or_digits(&data["recordId"]) })
    }
}
