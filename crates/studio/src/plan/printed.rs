//! A plan in words: a line for each fact for people, and the same words for programs.

use std::fmt::{self, Debug, Display, Formatter};

use serde::{Serialize, Serializer};

use super::meaning::{Colour, Size};
use super::palette::Palette;
use super::{ScenePlan, Subject, words_en};
use crate::camera::Move;

impl Display for ScenePlan {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (fact, value) in [
            ("place", word(&self.place)),
            ("hour", word(&self.hour)),
            ("weather", word(&self.weather)),
            ("season", word(&self.season)),
        ] {
            writeln!(out, "{fact:<9}{value}")?;
        }
        for subject in &self.subjects {
            writeln!(out, "{:<9}{subject}", "subject")?;
        }
        writeln!(out, "{:<9}{}", "mood", word(&self.mood))?;
        writeln!(out, "{:<9}{}", "palette", self.palette.name)?;
        writeln!(out, "{:<9}{}", "camera", word(&self.camera))
    }
}

/// Such as `small red bird x2, fly`.
impl Display for Subject {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        if self.size != Size::Usual {
            write!(out, "{} ", word(&self.size))?;
        }
        if let Some(colour) = self.colour {
            write!(out, "{} ", colour.word())?;
        }
        write!(out, "{}", word(&self.kind))?;
        if self.count > 1 {
            write!(out, " x{}", self.count)?;
        }
        write!(out, ", {}", word(&self.action))
    }
}

/// The words of a value's name: `ZoomIn` is "zoom in".
fn word(value: &impl Debug) -> String {
    spelled(value, ' ')
}

fn spelled(value: &impl Debug, between: char) -> String {
    let mut words = String::new();
    for letter in format!("{value:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(between);
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// A camera move in `snake_case`, like the plan's other words.
pub(super) fn word_of_move<S: Serializer>(camera: &Move, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&spelled(camera, '_'))
}

impl Colour {
    /// The first English word for it, else its hexadecimal value.
    fn word(self) -> String {
        words_en::name_of(self).map_or_else(|| format!("#{:06x}", self.0), str::to_owned)
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.word())
    }
}

impl Serialize for Palette {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}
