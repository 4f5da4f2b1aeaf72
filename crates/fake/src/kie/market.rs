//! Kie's models, each with a state, a price and fields of its own, and the order in which Kie judges a create.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::kie::{NULL_INPUT, UNKNOWN_MODEL, Verdict};
use crate::ledger::Dialect;

/// What Kie offers.
///
/// With a market a create is judged in Kie's own order (kie-api.md 1.4), after the key and after a scripted
/// [`Refuse`](crate::CreateScript::Refuse), always under HTTP 200:
///
/// 1. A model that is not in `models` is not supported: 422. `veo3…` is sold at `veo/generate` only and everything else at
///    `createTask` only (4.1); no `model` at `veo/generate` means `veo3_fast` (4.2).
/// 2. One that is not [`Shown::On`] is paused (500) or disabled (505).
/// 3. The first required field that is missing or blank is told: 500. They are members of `input` at `createTask`, where
///    no `input` at all is 422, and of the body at `veo/generate`. A shelf that `takes_empty` skips this step whole, so it
///    takes a create without any `input`, too.
/// 4. Veo's aspect ratio `1:1` is 422.
/// 5. The balance must suffice for the shelf's own price, whatever [`check_balance`](crate::Behaviour::check_balance)
///    says: 402.
///
/// What passes is accepted and billed at the shelf's price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    /// The models by their ids.
    pub models: BTreeMap<String, Shelf>,
    /// Whether `GET /api/v1/models` exists, which is so since September 2026 (2.5); 404 like any unknown path otherwise.
    pub catalogue: bool,
}

/// One model of a market. The default is on, listed, costs 60 credits and needs a `prompt`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shelf {
    /// Whether it takes creates.
    pub state: Shown,
    /// What a create costs, in thousandths of a credit.
    pub price_thousandths: i64,
    /// The fields that a create must have, in the order in which they are missed.
    pub required: Vec<String>,
    /// Whether required fields are not looked at, so that an empty create is accepted and **billed**, as
    /// `grok-imagine/image-to-video` does (1.4).
    pub takes_empty: bool,
    /// Whether the catalogue has it.
    pub listed: bool,
}

/// Whether a model takes creates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// It does.
    #[default]
    On,
    /// Kie switched it off: 500 "This interface is temporarily paused."
    Paused,
    /// 505 "This feature is disabled."
    Disabled,
}

impl Default for Market {
    /// Nothing is offered, and the catalogue says so.
    fn default() -> Self {
        Self { models: BTreeMap::new(), catalogue: true }
    }
}

impl Default for Shelf {
    fn default() -> Self {
        Self {
            state: Shown::On,
            price_thousandths: 60_000,
            required: vec!["prompt".to_owned()],
            takes_empty: false,
            listed: true,
        }
    }
}

/// Kie's Sora ids with their prices in credits of October 2025 and required fields (kie-api.md 3.2, 3.3).
const SORA: [(&str, i64, &[&str]); 7] = [
    ("sora-2-text-to-video", 30, &["prompt"]),
    ("sora-2-image-to-video", 30, &["prompt", "image_urls"]),
    ("sora-2-pro-text-to-video", 165, &["prompt"]),
    ("sora-2-pro-image-to-video", 75, &["prompt", "image_urls"]),
    ("sora-2-pro-storyboard", 150, &["shots"]),
    ("sora-2-text-to-video-stable", 35, &["prompt"]),
    ("sora-2-image-to-video-stable", 35, &["prompt", "image_urls"]),
];

impl Market {
    /// An account of October 2025: seven Sora ids, `veo3` and `veo3_fast`, all on; there was no catalogue yet.
    pub fn october_2025() -> Self {
        let mut market = Self { catalogue: false, ..Self::default() };
        for (model, credits, required) in SORA {
            market.put(model, unlisted(credits, required));
        }
        market.put("veo3", unlisted(250, &["prompt"]));
        market.put("veo3_fast", unlisted(60, &["prompt"]));
        market
    }

    /// An account of November 2026: the Sora ids are paused and out of the catalogue; Veo is on, listed only as `veo-3-1`;
    /// and there is `grok-imagine/image-to-video`, which bills empty creates.
    pub fn november_2026() -> Self {
        let mut market = Self::default();
        for (model, credits, required) in SORA {
            market.put(model, Shelf { state: Shown::Paused, ..unlisted(credits, required) });
        }
        for (model, credits) in [("veo3", 250), ("veo3_fast", 60), ("veo3_lite", 30)] {
            market.put(model, unlisted(credits, &["prompt"]));
        }
        market.put("veo-3-1", Shelf { listed: true, ..unlisted(60, &["prompt"]) });
        let careless = Shelf { takes_empty: true, listed: true, ..unlisted(16, &[]) };
        market.put("grok-imagine/image-to-video", careless);
        market
    }

    /// The market of a name: `october_2025` or `november_2026`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "october_2025" => Some(Self::october_2025()),
            "november_2026" => Some(Self::november_2026()),
            _ => None,
        }
    }

    fn put(&mut self, model: &str, shelf: Shelf) {
        self.models.insert(model.to_owned(), shelf);
    }

    /// Steps 1 to 3; `fields` are what the create asks for.
    pub(crate) fn judge(&self, dialect: Dialect, body: &Value, fields: &Value) -> Verdict {
        let model = body["model"].as_str().unwrap_or_default();
        let is_counter = (dialect == Dialect::KieVeo) == model.starts_with("veo3");
        let Some(shelf) = self.models.get(model).filter(|_| is_counter) else {
            return Err((422, UNKNOWN_MODEL));
        };
        match shelf.state {
            Shown::On => {}
            Shown::Paused => return Err((500, "This interface is temporarily paused.")),
            Shown::Disabled => return Err((505, "This feature is disabled.")),
        }
        if shelf.takes_empty {
            return Ok(());
        }
        if !fields.is_object() {
            return Err((422, NULL_INPUT));
        }
        if shelf.required.iter().any(|name| is_blank(&fields[name])) {
            return Err((500, "This field is required"));
        }
        Ok(())
    }
}

fn unlisted(credits: i64, required: &[&str]) -> Shelf {
    Shelf {
        price_thousandths: credits * 1000,
        required: required.iter().copied().map(str::to_owned).collect(),
        listed: false,
        ..Shelf::default()
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// `data` of `GET /api/v1/models` in the shape of the live catalog (kie-api.md 2.5), a few rows without a market; `None`
/// where there is no such route. The query is not looked at.
pub(crate) fn catalogue(market: Option<&Market>) -> Option<Value> {
    let few = ["sora-2-text-to-video", "veo-3-1", "kling-2.6/text-to-video", "bytedance/seedance-2"];
    let models: Vec<&str> = match market {
        None => few.to_vec(),
        Some(market) if market.catalogue => {
            market.models.iter().filter(|(_, shelf)| shelf.listed).map(|(model, _)| model.as_str()).collect()
        }
        Some(_) => return None,
    };
    let rows: Vec<Value> = models.into_iter().map(row).collect();
    Some(json!({ "total": rows.len(), "models": rows }))
}

fn row(model: &str) -> Value {
    let providers = [
        ("sora", "OpenAI"),
        ("veo", "Google"),
        ("kling", "Kling"),
        ("bytedance", "Bytedance"),
        ("grok", "xAI"),
    ];
    let provider = providers.iter().find(|(start, _)| model.starts_with(start));
    let has_image = model.contains("image-to-video") || model.contains("seedance");
    json!({
        "model": model,
        "slug": model.replace('/', "-"),
        "title": model,
        "provider": provider.map_or("Other", |(_, provider)| provider),
        "taskType": [if has_image { "Image to Video" } else { "Text to Video" }],
        "description": null,
        "pricingDesc": null,
    })
}
