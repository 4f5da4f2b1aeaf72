//! `GET /api/v1/models`: the catalogue, of which the names alone are read.

use serde_json::Value;

use crate::kie::envelope::Envelope;
use crate::value::{text, texts_of};

/// The names in `data.models[].model`, in their order (L2: 218 rows in 98 KB, not paged). A row without a name is
/// skipped; `None` where `data` holds no list.
pub fn parse_models(reply: &Envelope<'_>) -> Option<Vec<String>> {
    let data: Value = reply.data_as()?;
    texts_of(&data["models"], |row| text(&row["model"]))
}
