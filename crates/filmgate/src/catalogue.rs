//! The embedded model cards.

use anyhow::Context as _;
use filmgate_domain::catalogue::{Card, Catalogue};

/// File names and texts of `models/*.toml`, gathered by `build.rs`.
const CARDS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/cards.rs"));

/// Reads all cards, or none.
pub fn load() -> anyhow::Result<Catalogue> {
    let mut cards = Vec::new();
    for (file, text) in CARDS {
        cards.push(toml::from_str::<Card>(text).with_context(|| format!("model card {file}"))?);
    }
    Catalogue::new(cards).map_err(anyhow::Error::msg)
}
