//! `GET /api/v1/models` and what belongs to one model: its schema, its price, its rate of success.

use serde::Serialize;
use serde_json::Value;

use crate::escape::unpercent;
use crate::kie::envelope::{Envelope, success};
use crate::value::{text, texts_of};

/// The names in `data.models[].model`, in their order (L2: 218 rows in 98 KB, not paged). A row without a name is
/// skipped; `None` where `data` holds no list.
pub fn parse_models(reply: &Envelope<'_>) -> Option<Vec<String>> {
    let data: Value = reply.data_as()?;
    texts_of(&data["models"], |row| text(&row["model"]))
}

/// One row of the catalogue (L2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ModelRow {
    /// The id that creates use.
    pub model: String,
    /// Its name in addresses of pages.
    pub slug: String,
    /// For people.
    pub title: String,
    /// Who made it.
    pub provider: String,
    /// Such as `Text to Video`, of the vocabulary of 2.5.
    pub task_type: Vec<String>,
    /// For people.
    pub description: Option<String>,
    /// Its price in prose.
    pub pricing_desc: Option<String>,
}

/// What the catalogue is asked for: `?taskType=A,B&provider=&q=` (O).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of these; none for all.
    pub task_types: Vec<String>,
    /// Exactly this maker, in any case.
    pub provider: Option<String>,
    /// A text in the id or the title, in any case.
    pub text: Option<String>,
}

impl Filter {
    /// Reads the decoded entries of a query; unknown ones are ignored.
    pub fn of<'q>(query: impl IntoIterator<Item = (&'q str, &'q str)>) -> Self {
        let mut filter = Self::default();
        for (name, value) in query.into_iter().filter(|(_, value)| !value.trim().is_empty()) {
            match name {
                "taskType" => {
                    filter.task_types.extend(value.split(',').map(|word| word.trim().to_lowercase()));
                }
                "provider" => filter.provider = Some(value.trim().to_lowercase()),
                "q" => filter.text = Some(value.trim().to_lowercase()),
                _ => {}
            }
        }
        filter
    }

    /// Whether a row is asked for.
    pub fn takes(&self, row: &ModelRow) -> bool {
        let is_type = |given: &String| self.task_types.contains(&given.to_lowercase());
        let has =
            |text: &str| row.model.to_lowercase().contains(text) || row.title.to_lowercase().contains(text);
        (self.task_types.is_empty() || row.task_type.iter().any(is_type))
            && self.provider.as_ref().is_none_or(|provider| row.provider.to_lowercase() == *provider)
            && self.text.as_ref().is_none_or(|text| has(text))
    }
}

/// The catalogue: `{total, models}` (L2); nothing found is `total` 0 and an empty list (O).
pub fn encode_models(rows: &[ModelRow]) -> String {
    #[derive(Serialize)]
    struct Data<'a> {
        total: usize,
        models: &'a [ModelRow],
    }
    success(&Data { total: rows.len(), models: rows })
}

/// What is asked of one model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// `/schema`
    Schema,
    /// `/price`
    Price,
    /// `/success-rate`
    SuccessRate,
}

/// The model and the question in what follows `/api/v1/models/`. A slash in the model is not encoded (O), so the question is the
/// last segment; an encoded one is understood, too. `None` for any other path.
pub fn about_model(rest: &str) -> Option<(String, About)> {
    let (model, word) = rest.rsplit_once('/').filter(|(model, _)| !model.is_empty())?;
    let about = match word {
        "schema" => About::Schema,
        "price" => About::Price,
        "success-rate" => About::SuccessRate,
        _ => return None,
    };
    Some((unpercent(model), about))
}

/// `{model, openapi}`: a whole OpenAPI 3.1 document, or null (L2).
pub fn encode_schema(model: &str, openapi: Option<&Value>) -> String {
    #[derive(Serialize)]
    struct Data<'a> {
        model: &'a str,
        openapi: Option<&'a Value>,
    }
    success(&Data { model, openapi })
}

/// `{model, pricingDesc}` (L2).
pub fn encode_price(model: &str, pricing_desc: Option<&str>) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Data<'a> {
        model: &'a str,
        pricing_desc: Option<&'a str>,
    }
    success(&Data { model, pricing_desc })
}

/// Ten minutes of a model (O). The form of its times is not documented; ours is Unix milliseconds. The rates are null where
/// nothing was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SuccessPoint {
    /// Its begin.
    #[serde(rename = "start")]
    pub start_ms: i64,
    /// Its end.
    #[serde(rename = "end")]
    pub end_ms: i64,
    /// 0 to 1 (ours; whether the service counts in percent is unknown).
    pub success_rate: Option<f64>,
    /// The rest of it.
    pub error_rate: Option<f64>,
    /// Whether all is well: fewer than half of them failed (ours).
    pub is_normal: Option<bool>,
}

impl SuccessPoint {
    /// The ten minutes from `start_ms` on in which so many tasks ended well and so many did not.
    pub fn of(start_ms: i64, succeeded: u32, failed: u32) -> Self {
        let all = f64::from(succeeded) + f64::from(failed);
        let share = |count: u32| (all > 0.0).then(|| f64::from(count) / all);
        Self {
            start_ms,
            end_ms: start_ms + 600_000,
            success_rate: share(succeeded),
            error_rate: share(failed),
            is_normal: share(failed).map(|rate| rate < 0.5),
        }
    }
}

/// `{model, points}`: the last 24 hours (O).
pub fn encode_success_rate(model: &str, points: &[SuccessPoint]) -> String {
    #[derive(Serialize)]
    struct Data<'a> {
        model: &'a str,
        points: &'a [SuccessPoint],
    }
    success(&Data { model, points })
}
