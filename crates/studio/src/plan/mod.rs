//! The scene plan: what a prompt asks to see, as plain data that the scene draws from.

mod meaning;
mod palette;
mod words_en;
mod words_zh;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::camera::Move;
pub(crate) use meaning::{
    Action, Colour, Hour, Kind, Meaning, Mood, Place, Season, Size, Weather, meanings_of,
};
pub(crate) use palette::Palette;

/// At most this many figures are staged; more would crowd the frame.
const MAX_SUBJECTS: usize = 3;

/// One thing to show, and how it behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Subject {
    pub(crate) kind: Kind,
    pub(crate) action: Action,
    /// The colour the prompt gave it; `None` is its natural colour.
    pub(crate) colour: Option<Colour>,
    pub(crate) size: Size,
    pub(crate) count: u32,
}

/// Everything the prompt and the seed decide about a scene.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenePlan {
    pub(crate) place: Place,
    pub(crate) hour: Hour,
    pub(crate) weather: Weather,
    pub(crate) season: Season,
    /// The main figure first.
    pub(crate) subjects: Vec<Subject>,
    pub(crate) palette: Palette,
    pub(crate) mood: Mood,
    pub(crate) camera: Move,
}

impl ScenePlan {
    /// Reads English and Chinese words; what the prompt leaves open is chosen by the seed.
    pub fn from_prompt(prompt: &str, seed: u64) -> Self {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let heard = Heard::listen(&meanings_of(prompt));
        let (subjects, follows_figure) = heard.cast();
        let place = heard.place.unwrap_or_else(|| {
            let fitting = subjects.first().map_or(&WILD[..], |subject| subject.kind.habitats());
            *pick(&mut chance, fitting)
        });
        // Swimmers are shown where they swim: under the surface of the water that the prompt names.
        let swims = |subject: &Subject| subject.kind.lives_in_water() && subject.action == Action::Swim;
        let dives = place.has_open_water() && !subjects.is_empty() && subjects.iter().all(swims);
        let place = if dives { Place::Underwater } else { place };
        let hour =
            heard.hour.unwrap_or_else(|| *pick(&mut chance, heard.weather.unwrap_or(Weather::Clear).hours()));
        let weather = heard.weather.unwrap_or_else(|| *pick(&mut chance, &[Weather::Clear, Weather::Clouds]));
        let season = heard.season.unwrap_or(match (place, weather) {
            (Place::Snow, _) | (_, Weather::Snow) => Season::Winter,
            (_, Weather::Petals) => Season::Spring,
            _ => Season::Summer,
        });
        let default_camera = if follows_figure {
            *pick(&mut chance, &[Move::DriftRight, Move::PushIn, Move::Follow])
        } else {
            *pick(&mut chance, &[Move::PushIn, Move::PushIn, Move::DriftLeft, Move::DriftRight])
        };
        let palette = Palette::choose(place, hour, weather, season, chance.next_u64());
        Self {
            place,
            hour,
            weather,
            season,
            subjects,
            palette,
            mood: heard.mood.unwrap_or(Mood::Calm),
            camera: heard.camera.unwrap_or(default_camera),
        }
    }
}

const WILD: [Place; 6] =
    [Place::Meadow, Place::Lake, Place::Mountain, Place::Forest, Place::Beach, Place::Village];

fn pick<'a, T>(chance: &mut ChaCha8Rng, options: &'a [T]) -> &'a T {
    let index = usize::try_from(chance.next_u64() % options.len() as u64).unwrap_or(0);
    &options[index]
}

/// The prompt's meanings, sorted into what they speak about.
#[derive(Default)]
struct Heard {
    place: Option<Place>,
    hour: Option<Hour>,
    weather: Option<Weather>,
    season: Option<Season>,
    camera: Option<Move>,
    mood: Option<Mood>,
    subjects: Vec<Subject>,
}

/// Adjectives that wait for their noun, and a verb that came before any noun.
#[derive(Default)]
struct Waiting {
    colour: Option<Colour>,
    size: Option<Size>,
    count: Option<u32>,
    action: Option<Action>,
}

impl Heard {
    fn listen(meanings: &[Meaning]) -> Self {
        let mut heard = Self::default();
        let mut waiting = Waiting::default();
        for meaning in meanings {
            heard.take(*meaning, &mut waiting);
        }
        if let Some(last) = heard.subjects.last_mut() {
            last.colour = last.colour.or(waiting.colour);
        }
        heard
    }

    /// The first word on a subject wins, except that a specific place beats one implied by an earlier word.
    fn take(&mut self, meaning: Meaning, waiting: &mut Waiting) {
        match meaning {
            Meaning::Place(place) => {
                self.place.get_or_insert(place);
                waiting.colour = None;
                waiting.size = None;
            }
            Meaning::Hour(hour) => {
                self.hour.get_or_insert(hour);
            }
            Meaning::Weather(weather) => self.take_weather(weather),
            Meaning::Season(season) => {
                self.season.get_or_insert(season);
            }
            Meaning::Camera(camera) => {
                self.camera.get_or_insert(camera);
            }
            Meaning::Mood(mood) => {
                self.mood.get_or_insert(mood);
            }
            Meaning::Sunny => {
                self.weather.get_or_insert(Weather::Clear);
                self.hour.get_or_insert(Hour::Day);
            }
            Meaning::Neon => {
                self.place.get_or_insert(Place::City);
                self.hour.get_or_insert(Hour::Night);
            }
            Meaning::Colour(colour) => waiting.colour = Some(colour),
            Meaning::Size(size) => waiting.size = Some(size),
            Meaning::Count(count) => waiting.count = Some(count),
            Meaning::Action(action) => match self.subjects.last_mut() {
                Some(subject) if subject.action == Action::Rest => subject.action = action,
                Some(_) => {}
                None => waiting.action = waiting.action.or(Some(action)),
            },
            Meaning::Kind(kind) => self.take_kind(kind, waiting),
        }
    }

    fn take_weather(&mut self, weather: Weather) {
        // Falling things are seen more than a clear sky: they win over it whatever the order.
        if self.weather.is_none_or(|known| matches!(known, Weather::Clear | Weather::Clouds)) {
            self.weather = Some(weather);
        }
    }

    fn take_kind(&mut self, kind: Kind, waiting: &mut Waiting) {
        let adjectives = std::mem::take(waiting);
        if let Some(known) = self.subjects.iter_mut().find(|subject| subject.kind == kind) {
            known.colour = known.colour.or(adjectives.colour);
            return;
        }
        self.subjects.push(Subject {
            kind,
            action: adjectives.action.unwrap_or(Action::Rest),
            colour: adjectives.colour,
            size: adjectives.size.unwrap_or(Size::Usual),
            count: adjectives.count.unwrap_or(1).clamp(1, 5),
        });
    }

    /// The staged figures, living ones first, and whether the main one travels.
    fn cast(&self) -> (Vec<Subject>, bool) {
        let mut cast = self.subjects.clone();
        cast.sort_by_key(|subject| subject.kind.rank());
        cast.truncate(MAX_SUBJECTS);
        for subject in &mut cast {
            let on_foot = matches!(subject.action, Action::Walk | Action::Run);
            if subject.kind.walks_upright() && subject.action.travels() && !on_foot {
                // Who flies a kite or drives a car stays on the ground.
                subject.action = Action::Sit;
            }
            if subject.action == Action::Rest {
                subject.action = subject.kind.habit();
            }
        }
        let travels = cast.first().is_some_and(|subject| subject.action.travels());
        (cast, travels)
    }
}

#[cfg(test)]
mod tests;
