//! `POST /api/v1/veo/generate`: the flat body in both directions, and its stored copy `paramJson`.

pub mod follow;
pub mod larger;
pub mod record;

use serde::{Serialize, Serializer};

use crate::form::Reading;
use crate::kie::create::{Create, ReadCreate};
use crate::kie::decode::{DecodeError, Entries, Manner, Put, put_text};
use crate::kie::field::{Field, FieldValue};
use crate::kie::mend::Alias;
use crate::value::json;

/// The model of a body that names none (D26a).
pub const DEFAULT_MODEL: &str = "veo3_fast";

/// Reads the flat body as the service itself does. Every field may be spelt as in either form: `aspectRatio` and
/// `aspect_ratio` are both taken live (L2), and the documentation itself prints both.
///
/// # Errors
///
/// See [`DecodeError`]; the first one in reading order. No body lacks a model or an input here.
pub fn decode_veo(body: &[u8]) -> Result<Create, DecodeError> {
    veo(body, None)
}

/// The same, more or less strictly than the service, as [`read_jobs`](crate::kie::read_jobs) does it. This form has no
/// `progressCallBackUrl`.
///
/// # Errors
///
/// See [`decode_veo`].
pub fn read_veo(body: &[u8], reading: Reading) -> Result<ReadCreate, DecodeError> {
    veo(body, Some(reading)).map(|create| ReadCreate { create, progress_call_back_url: None })
}

fn veo(body: &[u8], manner: Manner) -> Result<Create, DecodeError> {
    let (mut model, mut call_back_url) = (None, None);
    let mut fields = Put::new(manner);
    for (name, value) in Entries::of_body(body)?.0 {
        match name.as_ref() {
            "model" => put_text(&mut model, "model", value, manner)?,
            "callBackUrl" => put_text(&mut call_back_url, "callBackUrl", value, manner)?,
            name => fields.put(Field::in_veo(name), || Alias::in_veo(name), value)?,
        }
    }
    let fields = fields.finish()?;
    Ok(Create { model: model.unwrap_or_else(|| DEFAULT_MODEL.to_owned()), fields, call_back_url })
}

/// The body that a client sends: the fields that this form has, in their order, then `model` and `callBackUrl`.
pub fn encode_veo(create: &Create) -> String {
    json(&Flat {
        fields: &create.fields,
        defaults: &[],
        model: &create.model,
        call_back_url: create.call_back_url.as_deref(),
    })
}

/// A create with nothing in it but its model, which has no room for anything else: `{"model":…}`.
pub fn encode_empty_veo(model: &str) -> String {
    #[derive(Serialize)]
    struct Body<'a> {
        model: &'a str,
    }
    json(&Body { model })
}

/// The `paramJson` of a record: encoded once, camelCase keys, the form's defaults filled in (L2). The order of the keys
/// was not recorded; ours is the given fields, the defaults, `model`, `callBackUrl` if there is one.
pub fn veo_param(model: &str, fields: &[(Field, FieldValue)], call_back_url: Option<&str>) -> String {
    // `enableTranslation` is true live (L2) against every schema; the others are D26a and D26c.
    let defaults = [
        (Field::AspectRatio, FieldValue::Text("16:9".to_owned())),
        (Field::Resolution, FieldValue::Text("720p".to_owned())),
        (Field::Duration, FieldValue::Integer(8)),
        (Field::EnableTranslation, FieldValue::Flag(true)),
        (Field::EnableFallback, FieldValue::Flag(false)),
    ];
    json(&Flat { fields, defaults: &defaults, model, call_back_url })
}

/// The flat object of both. A field that only the jobs form has is left out.
struct Flat<'a> {
    fields: &'a [(Field, FieldValue)],
    defaults: &'a [(Field, FieldValue)],
    model: &'a str,
    call_back_url: Option<&'a str>,
}

impl Serialize for Flat<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Value<'a> {
            Field(&'a FieldValue),
            Text(&'a str),
        }
        let is_given = |field: Field| self.fields.iter().any(|(given, _)| *given == field);
        let defaults = self.defaults.iter().filter(|(field, _)| !is_given(*field));
        let fields = self.fields.iter().chain(defaults);
        let fields = fields.filter_map(|(field, value)| Some((field.veo_name()?, Value::Field(value))));
        let rest = [("model", Some(self.model)), ("callBackUrl", self.call_back_url)];
        let rest = rest.into_iter().filter_map(|(name, text)| Some((name, Value::Text(text?))));
        serializer.collect_map(fields.chain(rest))
    }
}
