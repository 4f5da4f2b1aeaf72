//! The catalogue: every model that filmgate knows, found by id or alias.

mod accept;
mod card;
mod offer;
mod rule;
mod translate;

use std::collections::BTreeMap;

pub use accept::Accepted;
pub use card::{Card, Dialect, Documentation, Documented, Example, Makes, Mode, PriceRow, RouteCard};
pub use offer::Shape;
pub use rule::Rule;
pub use translate::{Fate, FieldReport};

/// All model cards, by id and alias.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    cards: Vec<Card>,
    by_name: BTreeMap<String, usize>,
}

impl Catalogue {
    /// Takes all cards or none: two cards with one name, or a card that contradicts itself, is an error that names it.
    pub fn new(mut cards: Vec<Card>) -> Result<Self, String> {
        cards.sort_by(|a, b| a.id.cmp(&b.id));
        let mut by_name = BTreeMap::new();
        for (index, card) in cards.iter().enumerate() {
            card.check()?;
            for name in std::iter::once(&card.id).chain(&card.aliases) {
                if by_name.insert(name.clone(), index).is_some() {
                    return Err(format!("two model cards are called \"{name}\""));
                }
            }
        }
        Ok(Self { cards, by_name })
    }

    /// The card with this id or alias.
    pub fn find(&self, name: &str) -> Option<&Card> {
        self.by_name.get(name).and_then(|index| self.cards.get(*index))
    }

    /// All cards in the order of their ids.
    pub fn cards(&self) -> &[Card] {
        &self.cards
    }
}
