//! Model cards: their own examples, their translation into each other, films made from films.

pub(crate) mod cards;
mod remakes;
mod translate;
