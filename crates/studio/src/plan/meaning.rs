//! What words can mean to a scene.

use serde::Serialize;

pub(crate) use super::kind::Kind;
use crate::camera::Move;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Place {
    Garden,
    Park,
    Meadow,
    Farm,
    Forest,
    Beach,
    Sea,
    Underwater,
    Mountain,
    Snow,
    City,
    Village,
    Desert,
    Lake,
    /// Fresh water from right above: lilies, and what swims between them.
    Pond,
    Room,
    Space,
    Sky,
    Pagoda,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Hour {
    Dawn,
    Day,
    Sunset,
    Dusk,
    Night,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weather {
    Clear,
    Clouds,
    Rain,
    Snow,
    Fog,
    Storm,
    Petals,
    Leaves,
    Fireflies,
}

impl Place {
    /// Whether it shows water from above.
    pub(crate) fn has_open_water(self) -> bool {
        matches!(self, Self::Lake | Self::Sea | Self::Beach)
    }

    /// Whether broad-leaved trees stand there.
    pub(crate) fn has_leaves(self) -> bool {
        matches!(
            self,
            Self::Garden
                | Self::Park
                | Self::Meadow
                | Self::Farm
                | Self::Forest
                | Self::Village
                | Self::Lake
                | Self::Pagoda
        )
    }
}

impl Weather {
    /// The hours that suit it when the prompt names none; likelier ones stand twice.
    pub(crate) fn hours(self) -> &'static [Hour] {
        match self {
            Self::Clear | Self::Clouds => &[Hour::Day, Hour::Day, Hour::Sunset, Hour::Dawn],
            Self::Rain | Self::Snow | Self::Petals | Self::Leaves => &[Hour::Day],
            Self::Fog => &[Hour::Dawn],
            Self::Storm => &[Hour::Dusk],
            Self::Fireflies => &[Hour::Night],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mood {
    Calm,
    Joyful,
    Tense,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Size {
    Small,
    Usual,
    Large,
}

/// A curated sRGB colour, `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    /// Nothing was said: the kind's own habit takes its place.
    Rest,
    Sit,
    Sleep,
    Play,
    Jump,
    Dance,
    /// Slow arcs of the arms, and weight that goes from foot to foot.
    TaiChi,
    /// Greets with one arm.
    Wave,
    Walk,
    Run,
    Fly,
    Swim,
    Row,
    Drive,
    /// Sits on or in the figure that is named with it: a horse, a bicycle, a rowing boat.
    Ride,
}

impl Action {
    pub(crate) fn travels(self) -> bool {
        matches!(self, Self::Walk | Self::Run | Self::Fly | Self::Swim | Self::Row | Self::Drive | Self::Ride)
    }
}

/// What one word or mark says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meaning {
    Place(Place),
    /// A thing that is found in this place: it decides only where no place is named.
    PlaceHint(Place),
    Hour(Hour),
    HourHint(Hour),
    Weather(Weather),
    WeatherHint(Weather),
    Season(Season),
    Kind(Kind),
    /// A word for somebody or something that another word may name better: "creature", "she", "vehicle".
    Vague(Kind),
    /// More than one, without a number.
    Several,
    Action(Action),
    /// An action that is told of the noun after it: "a sleeping cat".
    Doing(Action),
    Colour(Colour),
    /// The natural colour of what a word names: any colour that is told beats it.
    Tint(Colour),
    Size(Size),
    Count(u32),
    Camera(Move),
    /// A camera move only where the camera is what moves: "it rises" is said of balloons, too.
    Steered(Move),
    /// The camera itself.
    Lens,
    Mood(Mood),
    /// What clothes a person, or covers an animal: its colour is the wearer's.
    Garment,
    /// Clothes of the person who is named after them: 穿红裙子的.
    Worn,
    Fur,
    /// Something small that a person wears or carries: its colour is the wearer's if nothing else is.
    Trinket,
    /// Smoke, dust, light: it moves, and it is no figure.
    Thing,
    /// What follows is not to be seen.
    No,
    /// One word for several meanings.
    All(&'static [Self]),
    /// "a", "the", "his": a noun begins.
    Article,
    And,
    /// The Chinese 的: what stands before it is told of what stands after it.
    Of,
    /// "with", "in", "while": a new thought begins.
    Break,
    Comma,
    /// A mark between clauses.
    Clause,
    Stop,
    /// A word that says nothing to a scene, and its weight: six make a phrase that adjectives do not reach across.
    Other(u32),
}
