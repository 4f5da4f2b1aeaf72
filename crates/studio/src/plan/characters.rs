//! Characters: an id has a look of its own, the same in every film.

use super::meaning::{Colour, Kind, Place, Size};
use super::{MAX_SUBJECTS, ScenePlan, Subject};
use crate::plan::Action;

/// Who a character is where the prompt names nobody.
const FIGURES: [Kind; 8] =
    [Kind::Woman, Kind::Man, Kind::Child, Kind::Robot, Kind::Fox, Kind::Cat, Kind::Bear, Kind::Rabbit];

/// Coats that suit people and animals alike.
const COATS: [Colour; 12] = [
    Colour(0xc83c32),
    Colour(0xe08a3c),
    Colour(0xe8b93c),
    Colour(0x5a9a56),
    Colour(0x3f8f6c),
    Colour(0x4aa8a8),
    Colour(0x4a7cbd),
    Colour(0x8668b8),
    Colour(0xe392a8),
    Colour(0x8a5e40),
    Colour(0x3a3840),
    Colour(0xf2ece2),
];

impl ScenePlan {
    /// The same scene with these characters in it. Each in turn is one of the living figures that the prompt names, in
    /// colours of its own; a character for whom nobody is named comes as the figure that its id decides.
    #[must_use]
    pub fn with_characters(mut self, ids: &[String]) -> Self {
        let named = self.subjects.iter().filter(|subject| subject.kind.rank() == 0).count();
        for (place, id) in ids.iter().take(MAX_SUBJECTS).enumerate() {
            let look = Self::seed_of([id.as_str()]);
            let colour = Some(of(&COATS, look >> 8));
            if place < named {
                let subject = &mut self.subjects[place];
                *subject = Subject { colour, count: 1, ..*subject };
            } else {
                let kind = of(&FIGURES, look >> 32);
                let action = if self.place == Place::Underwater { Action::Sit } else { kind.habit() };
                self.subjects.insert(place, Subject { kind, action, colour, size: Size::Usual, count: 1 });
            }
        }
        self.subjects.truncate(MAX_SUBJECTS);
        self
    }
}

fn of<T: Copy, const N: usize>(looks: &[T; N], number: u64) -> T {
    looks[usize::try_from(number % N as u64).unwrap_or(0)]
}
