//! What is asked of a finished Veo film: to go on, or to be had in 1080p or 4k; in the dedicated form and in the jobs form.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::form::take::Fault;
use crate::form::{Fields, Node, Reading, Wrong};
use crate::value::json;

/// The model of an extension in the jobs form (D26b).
pub const EXTEND: &str = "veo/extend";
/// The model of a film in 1080p in the jobs form (D26b).
pub const GET_1080P: &str = "veo/get-1080p-video";
/// The model of a film in 4k in the jobs form (D26b).
pub const GET_4K: &str = "veo/get-4k-video";

/// A request about a finished film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// The task whose film is meant; `taskId` or `task_id`, since the pages of the jobs form use both (D26b).
    pub task_id: String,
    /// What is asked.
    pub wish: Wish,
    /// Where to announce the end; as written, not checked.
    pub call_back_url: Option<String>,
}

/// What is asked of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A second part that continues it.
    Extension {
        /// What the second part shows.
        prompt: String,
        /// 10000 to 99999.
        seeds: Option<i64>,
        /// `fast`, `quality` or `lite` in `model` of the dedicated form, which is `fast` when absent (4.5); as written.
        tier: Option<String>,
        /// Text to print into the film.
        watermark: Option<String>,
    },
    /// The same film in 1080p.
    P1080 {
        /// Which of the task's films; there is one, 0.
        index: i64,
    },
    /// The same film in 4k.
    K4 {
        /// Which of the task's films; there is one, 0.
        index: i64,
    },
}

impl Follow {
    /// Reads the body of `veo/extend`: `{taskId*, prompt*, seeds, model, watermark, callBackUrl}` (D26a).
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn extend(mut fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let call_back_url = fields.text("callBackUrl")?;
        let tier = fields.text("model")?;
        Self::of(EXTEND, tier, fields, reading).map(|follow| Self { call_back_url, ..follow })
    }

    /// Reads the body of `veo/get-4k-video`: `{taskId*, index, callBackUrl}` (D26a).
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn get_4k(mut fields: Fields<'_>, reading: Reading) -> Result<Self, Wrong> {
        let call_back_url = fields.text("callBackUrl")?;
        Self::of(GET_4K, None, fields, reading).map(|follow| Self { call_back_url, ..follow })
    }

    /// Reads the query of `veo/get-1080p-video`: `taskId` and `index` (D26a), other entries ignored.
    ///
    /// # Errors
    ///
    /// A missing task, or an index that is no number.
    pub fn get_1080p<'q>(query: impl IntoIterator<Item = (&'q str, &'q str)>) -> Result<Self, Wrong> {
        let entries: Map<String, Value> =
            query.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
        Self::of(GET_1080P, None, entries.into(), Reading::Lenient)
    }

    /// Reads the body of `createTask` for one of the three models of the jobs form; `None` for every other model. The tier of
    /// an extension may stand inside `input` as it does for `veo-3-1` (C; the schema has none).
    ///
    /// # Errors
    ///
    /// The first wrong field; a strict reading refuses unknown fields, too.
    pub fn jobs(mut body: Fields<'_>, reading: Reading) -> Result<Option<Self>, Wrong> {
        let Some(model) =
            body.text("model")?.filter(|model| [EXTEND, GET_1080P, GET_4K].contains(&model.as_str()))
        else {
            return Ok(None);
        };
        let call_back_url = body.text("callBackUrl")?;
        let mut input = body.map("input")?.unwrap_or_default();
        body.finish(reading, None)?;
        let tier = input.text("model")?;
        Self::of(&model, tier, input, reading).map(|follow| Some(Self { call_back_url, ..follow }))
    }

    fn of(
        model: &str,
        tier: Option<String>,
        mut fields: Fields<'_>,
        reading: Reading,
    ) -> Result<Self, Wrong> {
        let missing = |field: &str| Wrong { field: field.to_owned(), fault: Fault::Missing };
        let (camel, snake) = (id(&mut fields, "taskId")?, id(&mut fields, "task_id")?);
        let task_id = match (camel, snake) {
            (Some(camel), Some(snake)) if camel != snake => {
                return Err(Wrong { field: "task_id".to_owned(), fault: Fault::Contradicts("taskId") });
            }
            (camel, snake) => camel.or(snake).ok_or_else(|| missing("taskId"))?,
        };
        let wish = match model {
            EXTEND => Wish::Extension {
                prompt: fields.text("prompt")?.ok_or_else(|| missing("prompt"))?,
                seeds: fields.integer("seeds")?,
                tier,
                watermark: fields.text("watermark")?,
            },
            // A string in one schema and an integer in the other (D26b).
            GET_1080P => Wish::P1080 { index: fields.integer("index")?.unwrap_or_default() },
            _ => Wish::K4 { index: fields.integer("index")?.unwrap_or_default() },
        };
        fields.finish(reading, None)?;
        Ok(Self { task_id, wish, call_back_url: None })
    }

    /// The model in the jobs form.
    pub const fn model(&self) -> &'static str {
        match self.wish {
            Wish::Extension { .. } => EXTEND,
            Wish::P1080 { .. } => GET_1080P,
            Wish::K4 { .. } => GET_4K,
        }
    }

    /// The body of `createTask` as a client sends it.
    pub fn encode_jobs(&self) -> String {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Body<'a> {
            model: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            call_back_url: Option<&'a str>,
            input: Map<String, Value>,
        }
        let input = self.entries(self.jobs_id());
        json(&Body { model: self.model(), call_back_url: self.call_back_url.as_deref(), input })
    }

    /// The page of 1080p alone spells it in camel case (D26b).
    const fn jobs_id(&self) -> &'static str {
        if matches!(self.wish, Wish::P1080 { .. }) { "taskId" } else { "task_id" }
    }

    /// The `param` of its record in the jobs form, with `input` encoded twice as everywhere (L1).
    pub fn jobs_param(&self) -> String {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Param<'a> {
            input: String,
            #[serde(skip_serializing_if = "Option::is_none")]
            call_back_url: Option<&'a str>,
            model: &'a str,
        }
        let input = json(&self.entries(self.jobs_id()));
        json(&Param { input, call_back_url: self.call_back_url.as_deref(), model: self.model() })
    }

    /// The body of the dedicated form as a client sends it, and the `paramJson` of its record: encoded once, camel case (as L2
    /// has it for `veo/generate`).
    pub fn veo_param(&self) -> String {
        let mut entries = self.entries("taskId");
        entries.extend(self.call_back_url.as_deref().map(|url| ("callBackUrl".to_owned(), Value::from(url))));
        json(&entries)
    }

    fn entries(&self, task_id: &str) -> Map<String, Value> {
        let mut entries = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                entries.insert(name.to_owned(), value);
            }
        };
        put(task_id, Some(self.task_id.as_str().into()));
        match &self.wish {
            Wish::Extension { prompt, seeds, tier, watermark } => {
                put("prompt", Some(prompt.as_str().into()));
                put("seeds", seeds.map(Value::from));
                put("model", tier.as_deref().map(Value::from));
                put("watermark", watermark.as_deref().map(Value::from));
            }
            Wish::P1080 { index } | Wish::K4 { index } => put("index", Some((*index).into())),
        }
        entries
    }
}

/// The id of a task, which is a text; some clients send its digits as a number.
fn id(fields: &mut Fields<'_>, name: &str) -> Result<Option<String>, Wrong> {
    match fields.take(name) {
        Some(Node::Number(number)) => Ok(Some(number.to_string())),
        Some(Node::Text(text)) => Ok(Some(text)),
        Some(_) => Err(Wrong::not(name, "a string")),
        None => Ok(None),
    }
}
