//! What words can mean to a scene, and how meanings are found in English and Chinese text.

use super::{words_en, words_zh};
use crate::camera::Move;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    Room,
    Space,
    Sky,
    Pagoda,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hour {
    Dawn,
    Day,
    Sunset,
    Dusk,
    Night,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Calm,
    Joyful,
    Tense,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    Usual,
    Large,
}

/// A curated sRGB colour, `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Nothing was said: the kind's own habit takes its place.
    Rest,
    Sit,
    Sleep,
    Play,
    Jump,
    Dance,
    Walk,
    Run,
    Fly,
    Swim,
    Drive,
}

impl Action {
    pub(crate) fn travels(self) -> bool {
        matches!(self, Self::Walk | Self::Run | Self::Fly | Self::Swim | Self::Drive)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Cat,
    Dog,
    Rabbit,
    Fox,
    Bear,
    Panda,
    Tiger,
    Lion,
    Mouse,
    Pig,
    Sheep,
    Cow,
    Deer,
    Dragon,
    Horse,
    Bird,
    Penguin,
    Butterfly,
    Fish,
    Whale,
    Turtle,
    Jellyfish,
    Robot,
    Child,
    Woman,
    Man,
    Astronaut,
    Car,
    Train,
    Boat,
    Rocket,
    Plane,
    Balloon,
    Kite,
    Tree,
    Flower,
    House,
    Castle,
    Ball,
}

impl Kind {
    /// Living things lead, machines follow, and scenery stands behind them.
    pub(crate) fn rank(self) -> u8 {
        match self {
            Self::Butterfly | Self::Ball | Self::Kite => 2,
            Self::Tree | Self::Flower | Self::House | Self::Castle => 3,
            Self::Car | Self::Train | Self::Boat | Self::Rocket | Self::Plane | Self::Balloon => 1,
            _ => 0,
        }
    }

    /// People and robots get about on foot.
    pub(crate) fn walks_upright(self) -> bool {
        matches!(self, Self::Child | Self::Woman | Self::Man | Self::Robot)
    }

    pub(crate) fn lives_in_water(self) -> bool {
        matches!(self, Self::Fish | Self::Whale | Self::Turtle | Self::Jellyfish)
    }

    /// What it does when the prompt does not say.
    pub(crate) fn habit(self) -> Action {
        match self {
            Self::Horse | Self::Robot | Self::Penguin | Self::Cow | Self::Deer => Action::Walk,
            Self::Child | Self::Woman | Self::Man => Action::Walk,
            Self::Bird | Self::Butterfly | Self::Rocket | Self::Plane | Self::Balloon | Self::Kite => {
                Action::Fly
            }
            Self::Fish | Self::Whale | Self::Turtle | Self::Jellyfish | Self::Boat => Action::Swim,
            Self::Car | Self::Train => Action::Drive,
            _ => Action::Sit,
        }
    }

    /// Where it is at home when the prompt names no place.
    pub(crate) fn habitats(self) -> &'static [Place] {
        match self {
            Self::Cat | Self::Rabbit | Self::Butterfly | Self::Flower | Self::Mouse => {
                &[Place::Garden, Place::Meadow]
            }
            Self::Dog | Self::Ball | Self::Child => &[Place::Park, Place::Meadow],
            Self::Fox | Self::Bear | Self::Deer | Self::Tiger => &[Place::Forest],
            Self::Panda => &[Place::Forest, Place::Pagoda],
            Self::Lion | Self::Horse | Self::Tree | Self::Train => &[Place::Meadow],
            Self::Pig | Self::Sheep | Self::Cow => &[Place::Farm],
            Self::Dragon | Self::Castle => &[Place::Mountain],
            Self::Bird | Self::Plane | Self::Balloon => &[Place::Sky],
            Self::Penguin => &[Place::Snow],
            Self::Fish | Self::Turtle | Self::Jellyfish | Self::Whale => &[Place::Underwater],
            Self::Robot | Self::Car => &[Place::City],
            Self::Woman | Self::Man => &[Place::Park, Place::City],
            Self::Astronaut | Self::Rocket => &[Place::Space],
            Self::Boat => &[Place::Sea, Place::Lake],
            Self::Kite => &[Place::Beach, Place::Meadow],
            Self::House => &[Place::Village],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Place(Place),
    Hour(Hour),
    Weather(Weather),
    Season(Season),
    Kind(Kind),
    Action(Action),
    Colour(Colour),
    Size(Size),
    Count(u32),
    Camera(Move),
    Mood(Mood),
    /// Clear weather by day.
    Sunny,
    /// A city at night.
    Neon,
}

/// The meanings of a text's words, in their order. Both languages may be mixed.
pub(crate) fn meanings_of(text: &str) -> Vec<Meaning> {
    let lower = text.to_lowercase();
    let mut meanings = Vec::new();
    let mut words = Vec::new();
    for run in runs(&lower) {
        match run {
            Run::English(word) => words.push(word),
            Run::Chinese(phrase) => {
                english(&words, &mut meanings);
                words.clear();
                chinese(phrase, &mut meanings);
            }
        }
    }
    english(&words, &mut meanings);
    meanings
}

enum Run<'a> {
    English(&'a str),
    Chinese(&'a str),
}

/// Splits a text into English words and stretches of Chinese characters.
fn runs(text: &str) -> Vec<Run<'_>> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .flat_map(|stretch| {
            let mut runs = Vec::new();
            let mut rest = stretch;
            while let Some(first) = rest.chars().next() {
                let length =
                    rest.find(|letter: char| letter.is_ascii() != first.is_ascii()).unwrap_or(rest.len());
                let (run, after) = rest.split_at(length);
                runs.push(if first.is_ascii() { Run::English(run) } else { Run::Chinese(run) });
                rest = after;
            }
            runs
        })
        .collect()
}

/// At each word the longest phrase of the table wins.
fn english(words: &[&str], meanings: &mut Vec<Meaning>) {
    let mut at = 0;
    while at < words.len() {
        let longest = entries(words_en::WORDS)
            .filter(|(_, phrase)| starts_with(&words[at..], phrase))
            .max_by_key(|(_, phrase)| phrase.split(' ').count());
        match longest {
            Some((found, phrase)) => {
                meanings.push(found);
                at += phrase.split(' ').count();
            }
            None => at += 1,
        }
    }
}

/// Every single word or phrase of a table with its meaning.
fn entries(table: &'static [(Meaning, &'static str)]) -> impl Iterator<Item = (Meaning, &'static str)> {
    table.iter().flat_map(|(meaning, words)| words.split('|').map(|word| (*meaning, word)))
}

fn starts_with(words: &[&str], phrase: &str) -> bool {
    let mut words = words.iter();
    phrase.split(' ').all(|wanted| words.next().is_some_and(|word| is_form_of(word, wanted)))
}

/// Whether a word is its table entry, or that entry with a usual English ending.
fn is_form_of(word: &str, entry: &str) -> bool {
    if word == entry {
        return true;
    }
    let Some(stem) = ["s", "es", "ing", "ed"].iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        let hissing = ["s", "x", "z", "ch", "sh", "o"].iter().any(|sound| entry.ends_with(sound));
        if *ending == "es" && !hissing {
            return None;
        }
        let silent_e = entry.strip_suffix('e') == Some(stem) && *ending != "s";
        let doubled = stem.len() == entry.len() + 1
            && stem.starts_with(entry)
            && stem.as_bytes().last() == entry.as_bytes().last();
        (stem == entry || silent_e || (doubled && *ending != "s")).then_some(stem)
    }) else {
        return word.strip_suffix("ies").is_some_and(|stem| entry.strip_suffix('y') == Some(stem));
    };
    stem.len() > 1
}

/// At each character the longest word of the table wins.
fn chinese(phrase: &str, meanings: &mut Vec<Meaning>) {
    let mut rest = phrase;
    while let Some(first) = rest.chars().next() {
        let longest = entries(words_zh::WORDS)
            .map(|(meaning, word)| (Some(meaning), word))
            .chain(words_zh::DEAF.split('|').map(|word| (None, word)))
            .filter(|(_, word)| rest.starts_with(word))
            .max_by_key(|(_, word)| word.len());
        let length = longest.map_or_else(|| first.len_utf8(), |(_, word)| word.len());
        meanings.extend(longest.and_then(|(meaning, _)| meaning));
        rest = &rest[length..];
    }
}
