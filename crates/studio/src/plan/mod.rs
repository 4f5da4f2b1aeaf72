//! The scene plan: what a prompt asks to see, as plain data that the scene draws from and that can be printed.

mod cast;
mod characters;
mod heard;
mod kind;
mod meaning;
mod palette;
mod printed;
mod reader;
pub(crate) mod shots;
mod skies;
mod words_en;
mod words_zh;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};
use serde::Serialize;

use crate::brief::Brief;
use crate::camera::Move;
use heard::Heard;
pub(crate) use meaning::{Action, Colour, Hour, Kind, Meaning, Mood, Place, Season, Size, Weather};
pub(crate) use palette::Palette;
pub(crate) use reader::meanings_of;

/// At most this many figures are staged; more would crowd the frame.
const MAX_SUBJECTS: usize = 3;

/// One thing to show, and how it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    pub(crate) action: Action,
    /// The colour the prompt gave it; `None` is its natural colour.
    pub(crate) colour: Option<Colour>,
    pub(crate) size: Size,
    pub(crate) count: u32,
}

/// Everything the prompt and the seed decide about a scene. Printed, it is one line for each fact; serialized, it is one
/// object with the same facts in `snake_case`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScenePlan {
    pub(crate) place: Place,
    pub(crate) hour: Hour,
    pub(crate) weather: Weather,
    pub(crate) season: Season,
    /// The main figure first.
    pub(crate) subjects: Vec<Subject>,
    pub(crate) mood: Mood,
    pub(crate) palette: Palette,
    #[serde(serialize_with = "printed::word_of_move")]
    pub(crate) camera: Move,
}

impl ScenePlan {
    /// The plan of one scene of a brief: what its words ask for, with the brief's characters in it.
    pub fn of(brief: &Brief, scene: &str, seed: u64) -> Self {
        Self::from_prompt(scene, seed).with_characters(&brief.characters)
    }

    /// The seed of a film that was given none, from the texts of its request (FNV-1a): the same request gives the same
    /// film on every machine.
    pub fn seed_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
        texts
            .into_iter()
            .flat_map(str::bytes)
            .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// Reads English and Chinese words; what the prompt leaves open is chosen by the seed.
    pub fn from_prompt(prompt: &str, seed: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let heard = Heard::listen(&meanings_of(prompt));
        let mut subjects = heard.cast();
        let place = place_of(&heard, &subjects, &mut chance);
        if place.has_open_water()
            || matches!(place, Place::Underwater | Place::Space | Place::Sky | Place::Pond)
        {
            // Where no table can stand, what lies on tables is only there if it is all that is named.
            let main = subjects.first().copied();
            subjects.retain(|it| !it.kind.is_still() || Some(*it) == main);
        }
        let weather = weather_of(&heard, place);
        let hour = heard.hour.or(heard.hour_hint);
        let hour = hour.unwrap_or_else(|| *pick(&mut chance, weather.unwrap_or(Weather::Clear).hours()));
        let weather = weather.unwrap_or_else(|| *pick(&mut chance, &[Weather::Clear, Weather::Clouds]));
        let season = heard.season.unwrap_or(match (place, weather) {
            (Place::Snow, _) | (_, Weather::Snow) => Season::Winter,
            (_, Weather::Petals) => Season::Spring,
            _ => Season::Summer,
        });
        let follows_figure = subjects.first().is_some_and(|subject| subject.action.travels());
        let default_camera = if follows_figure {
            *pick(&mut chance, &[Move::DriftRight, Move::PushIn, Move::Follow])
        } else {
            *pick(&mut chance, &[Move::PushIn, Move::PushIn, Move::DriftLeft, Move::DriftRight])
        };
        Self {
            place,
            hour,
            weather,
            season,
            mood: heard.mood.unwrap_or_else(|| mood_of(weather, &subjects)),
            palette: Palette::choose(place, hour, weather, season, chance.next_u64()),
            camera: heard.camera.unwrap_or(default_camera),
            subjects,
        }
    }
}

/// Where it is: the named place, else the place of the things that are named, else where the main figure is at home.
fn place_of(heard: &Heard, subjects: &[Subject], chance: &mut ChaCha8Rng) -> Place {
    let place = heard.place.or(heard.place_hint).unwrap_or_else(|| {
        // People are everywhere: what is with them tells more.
        let home = subjects.iter().find(|subject| !subject.kind.walks_upright()).or_else(|| subjects.first());
        *pick(chance, home.map_or(&WILD[..], |subject| subject.kind.habitats()))
    });
    // Swimmers are shown where they swim: under the surface of the water that the prompt names.
    let swims = |subject: &Subject| subject.kind.lives_in_water() && subject.action == Action::Swim;
    let water = place.has_open_water() || place == Place::Snow;
    let dives = water && !subjects.is_empty() && subjects.iter().all(swims);
    let koi = subjects.first().is_some_and(|main| main.kind == Kind::Koi);
    let afloat = subjects.first().is_some_and(|main| main.kind.is_boat() && main.action != Action::Fly);
    let solid = !water && !matches!(place, Place::Underwater | Place::Space | Place::Sky | Place::Pond);
    match place {
        Place::Lake | Place::Garden | Place::Park | Place::Pagoda if koi => Place::Pond,
        _ if afloat && solid => Place::Lake,
        _ if dives => Place::Underwater,
        _ => place,
    }
}

/// The weather that is told or hinted at. Wind shows by its leaves, so only where leaves are.
fn weather_of(heard: &Heard, place: Place) -> Option<Weather> {
    let hint = heard.weather_hint.filter(|hint| *hint != Weather::Leaves || place.has_leaves());
    heard.weather.or(hint)
}

/// A mood that nobody named.
fn mood_of(weather: Weather, subjects: &[Subject]) -> Mood {
    match (weather, subjects.first().map(|subject| subject.action)) {
        (Weather::Storm, _) => Mood::Tense,
        (_, Some(Action::Play | Action::Dance | Action::Jump)) => Mood::Joyful,
        _ => Mood::Calm,
    }
}

const WILD: [Place; 6] =
    [Place::Meadow, Place::Lake, Place::Mountain, Place::Forest, Place::Beach, Place::Village];

fn pick<'a, T>(chance: &mut ChaCha8Rng, options: &'a [T]) -> &'a T {
    let index = usize::try_from(chance.next_u64() % options.len() as u64).unwrap_or(0);
    &options[index]
}

#[cfg(test)]
mod tests;
