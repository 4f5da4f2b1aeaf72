//! What a prompt's meanings say of a scene, sorted: place and hour, and the figures with what belongs to them.

use super::Subject;
use super::cast::class;
use super::meaning::{Action, Colour, Hour, Kind, Meaning, Mood, Place, Season, Size, Weather};
use crate::camera::Move;

/// Adjectives reach across this weight of words that say nothing, no further.
const REACH: u32 = 6;
/// No figure is near.
const FAR: u32 = 1000;
/// Words of this weight after "no" are not seen, unless the thought ends before.
const SILENCE: u32 = 8;

/// What is said of the scene; the first word on a subject wins, and hints count where nothing is said.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) place: Option<Place>,
    pub(super) place_hint: Option<Place>,
    pub(super) hour: Option<Hour>,
    pub(super) hour_hint: Option<Hour>,
    pub(super) weather: Option<Weather>,
    pub(super) weather_hint: Option<Weather>,
    pub(super) season: Option<Season>,
    pub(super) camera: Option<Move>,
    pub(super) mood: Option<Mood>,
    pub(super) figures: Vec<Figure>,
    /// The action of something that no table knows.
    pub(super) stranger: Option<Action>,
    waiting: Waiting,
    sentence: Sentence,
}

/// Somebody or something to show, as far as it is told.
pub(super) struct Figure {
    pub(super) subject: Subject,
    pub(super) vague: bool,
    /// The colour of something small that it wears.
    pub(super) trinket: Option<Colour>,
    /// The colour that its word implies.
    pub(super) tint: Option<Colour>,
}

/// Adjectives that wait for their noun, a verb that came before any noun, and what the next person wears.
#[derive(Default)]
struct Waiting {
    colour: Option<Colour>,
    tint: Option<Colour>,
    size: Option<Size>,
    count: Option<u32>,
    several: bool,
    action: Option<Action>,
    worn: Option<Colour>,
    /// The weight of the words since then that say nothing.
    gap: u32,
}

impl Waiting {
    fn forget_adjectives(&mut self) {
        *self = Self { action: self.action, worn: self.worn, ..Self::default() };
    }
}

/// Where the reader is in a sentence.
#[derive(Default)]
struct Sentence {
    /// The meaning right before.
    before: Option<Meaning>,
    /// The figures that the next verb is told of, first and last.
    actors: Option<(usize, usize)>,
    /// The weight of words since the last figure that say nothing.
    since_figure: u32,
    /// What remains of a "no".
    silence: u32,
    /// An article came since the last figure.
    noun_begun: bool,
    /// A preposition came.
    aside: bool,
    /// The clause is about weather or a place: its verb is theirs.
    about_things: bool,
    /// The clause is about something that no table knows.
    about_stranger: bool,
}

impl Sentence {
    /// A sentence may go on telling of the figures of the one before.
    fn new(actors: Option<(usize, usize)>) -> Self {
        Self { actors, since_figure: FAR, ..Self::default() }
    }
}

impl Heard {
    pub(super) fn listen(meanings: &[Meaning]) -> Self {
        let mut heard = Self { sentence: Sentence::new(None), ..Self::default() };
        for meaning in meanings.iter().chain(&[Meaning::Stop]) {
            if !heard.is_silent(*meaning) {
                heard.take(*meaning);
            }
            heard.sentence.before = Some(*meaning);
        }
        heard
    }

    /// Whether the word stands in what is said not to be seen.
    fn is_silent(&mut self, meaning: Meaning) -> bool {
        let rest = &mut self.sentence.silence;
        let after_and = self.sentence.before == Some(Meaning::And);
        match meaning {
            _ if *rest == 0 => {}
            Meaning::Comma | Meaning::Clause | Meaning::Stop | Meaning::Break | Meaning::Of => *rest = 0,
            Meaning::Article if after_and => *rest = 0,
            Meaning::Other(weight) => *rest = rest.saturating_sub(weight),
            _ => {}
        }
        *rest > 0
    }

    fn take(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Place(place) => self.take_place(Some(place), None),
            Meaning::PlaceHint(place) => self.take_place(None, Some(place)),
            Meaning::Hour(hour) => _ = self.hour.get_or_insert(hour),
            Meaning::HourHint(hour) => _ = self.hour_hint.get_or_insert(hour),
            Meaning::Weather(weather) => self.take_weather(weather),
            Meaning::WeatherHint(weather) => _ = self.weather_hint.get_or_insert(weather),
            Meaning::Season(season) => _ = self.season.get_or_insert(season),
            // Calm is what a scene is anyway: another mood says more.
            Meaning::Mood(mood) => {
                self.mood = Some(self.mood.filter(|known| *known != Mood::Calm).unwrap_or(mood));
            }
            Meaning::Camera(camera) => _ = self.camera.get_or_insert(camera),
            Meaning::Steered(_) => self.take_rise(),
            Meaning::Colour(colour) => {
                self.waiting.colour.get_or_insert(colour);
                self.waiting.gap = 0;
            }
            Meaning::Size(size) => {
                self.waiting.size.get_or_insert(size);
                self.waiting.gap = 0;
            }
            Meaning::Count(count) => {
                self.waiting.count = Some(count);
                self.waiting.gap = 0;
            }
            Meaning::Tint(colour) => self.waiting.tint = Some(colour),
            Meaning::Several => self.waiting.several = true,
            Meaning::Doing(action) => self.waiting.action = Some(action),
            Meaning::Action(action) => self.take_action(action),
            Meaning::Kind(kind) => self.take_kind(kind, false),
            Meaning::Vague(kind) => self.take_kind(kind, true),
            Meaning::Garment | Meaning::Worn | Meaning::Fur | Meaning::Trinket => self.take_cover(meaning),
            Meaning::No => self.sentence.silence = SILENCE,
            Meaning::Thing => {
                self.waiting.forget_adjectives();
                self.thing();
            }
            Meaning::Lens | Meaning::All(_) | Meaning::Of => {}
            Meaning::And
            | Meaning::Comma
            | Meaning::Clause
            | Meaning::Article
            | Meaning::Break
            | Meaning::Stop => {
                self.pause(meaning);
            }
            Meaning::Other(weight) => {
                let noun = self.sentence.before == Some(Meaning::Article) && !self.sentence.aside;
                self.sentence.about_stranger |= noun && self.figures.is_empty();
                self.sentence.since_figure += weight;
                self.waiting.gap += weight;
                if self.waiting.gap > REACH {
                    self.waiting.forget_adjectives();
                }
            }
        }
    }

    /// Where a noun may begin or a thought ends, adjectives before it find their noun or are forgotten.
    fn pause(&mut self, mark: Meaning) {
        let told_of = !self.sentence.noun_begun && self.sentence.since_figure <= 4 && self.waiting.gap == 0;
        let colour = self.waiting.colour.filter(|_| told_of);
        if let (Some(colour), Some(figure)) = (colour, self.figures.last_mut()) {
            // "The car is red": a colour without a noun after it is the last figure's.
            figure.subject.colour.get_or_insert(colour);
            self.waiting.forget_adjectives();
        }
        // "A small, round, fluffy dog" and "black and white dog" go on; what else was waiting has missed its noun.
        let goes_on = mark == Meaning::Comma || (mark == Meaning::And && self.waiting.gap == 0);
        if !goes_on {
            self.waiting.forget_adjectives();
        }
        match mark {
            Meaning::Article => self.sentence.noun_begun = true,
            Meaning::Break => self.sentence.aside = true,
            Meaning::Comma | Meaning::Clause => {
                self.sentence.aside = false;
                self.sentence.about_things = false;
                self.sentence.about_stranger = false;
            }
            Meaning::Stop => {
                let worn = std::mem::take(&mut self.waiting).worn;
                self.dress_last(worn);
                self.sentence = Sentence::new(self.sentence.actors);
            }
            _ => {}
        }
    }

    fn take_place(&mut self, place: Option<Place>, hint: Option<Place>) {
        self.place = self.place.or(place);
        self.place_hint = self.place_hint.or(hint);
        self.thing();
        self.waiting.forget_adjectives();
        self.sentence.since_figure = FAR;
    }

    fn take_weather(&mut self, weather: Weather) {
        // Falling things are seen more than a clear sky: they win over it whatever the order.
        if self.weather.is_none_or(|known| matches!(known, Weather::Clear | Weather::Clouds)) {
            self.weather = Some(weather);
        }
        self.thing();
    }

    /// The clause is about no figure, unless one came already or the noun is only where something happens.
    fn thing(&mut self) {
        self.sentence.about_things |= !self.sentence.aside && self.sentence.since_figure > 4;
        self.sentence.about_stranger = false;
    }

    /// What would be a camera's move is a flight, if it is told of what flies.
    fn take_rise(&mut self) {
        if self.figures.last().is_some_and(|figure| figure.subject.kind.habit() == Action::Fly) {
            self.take_action(Action::Fly);
        }
    }

    fn take_action(&mut self, action: Action) {
        if self.waiting.gap > 0 {
            self.waiting.forget_adjectives();
        }
        match self.sentence.actors {
            _ if self.sentence.about_things => {}
            Some((first, last)) => {
                for figure in &mut self.figures[first..=last] {
                    if figure.subject.action == Action::Rest {
                        figure.subject.action = action;
                    }
                }
                self.sentence.actors = Some((last, last));
            }
            None => {
                if self.sentence.about_stranger {
                    self.stranger.get_or_insert(action);
                }
                self.waiting.action.get_or_insert(action);
            }
        }
    }

    fn take_kind(&mut self, kind: Kind, vague: bool) {
        let told = std::mem::take(&mut self.waiting);
        self.sentence.since_figure = 0;
        self.sentence.noun_begun = false;
        self.sentence.about_things = false;
        let alike = |figure: &Figure| {
            let known = figure.subject;
            let two_colours = known.colour.zip(told.colour).is_some_and(|(a, b)| a != b);
            let same = known.kind == kind && !two_colours;
            // Among spaceships "the largest ship" is one of them.
            let aboard = matches!(known.kind, Kind::Rocket | Kind::Spaceship | Kind::Rowboat)
                && matches!(kind, Kind::Boat | Kind::Ship);
            if vague { class(known.kind) == class(kind) } else { same || aboard }
        };
        if let Some(known) = self.figures.iter().position(alike) {
            let subject = &mut self.figures[known].subject;
            subject.colour = subject.colour.or(told.colour);
            self.sentence.actors = Some((known, known));
            return;
        }
        let several = if told.several && !kind.is_scenery() { 3 } else { 1 };
        let mut subject = Subject {
            kind,
            action: told.action.unwrap_or(Action::Rest),
            colour: told.colour,
            size: told.size.unwrap_or(Size::Usual),
            count: told.count.unwrap_or(several).clamp(1, 5),
        };
        if kind.wears_clothes() {
            // A person is not red: their clothes are.
            subject.colour = told.worn.or(subject.colour);
        } else {
            self.waiting.worn = told.worn;
        }
        let last = self.figures.len();
        let first = match self.sentence.actors {
            Some((first, before))
                if before + 1 == last && self.figures[first].subject.action == Action::Rest =>
            {
                first
            }
            _ => last,
        };
        self.figures.push(Figure { subject, vague, trinket: None, tint: told.tint });
        let aside = std::mem::take(&mut self.sentence.aside);
        self.sentence.actors = Some(if aside { (last, last) } else { (first, last) });
    }

    /// A colour before clothes or fur is told of who wears it.
    fn take_cover(&mut self, cover: Meaning) {
        let colour = self.waiting.colour.filter(|_| self.waiting.gap <= REACH);
        let here = self.sentence.since_figure < FAR;
        self.waiting.forget_adjectives();
        let Some(colour) = colour else { return };
        match (cover, self.figures.last_mut()) {
            (Meaning::Fur, Some(figure)) => _ = figure.subject.colour.get_or_insert(colour),
            (Meaning::Garment, Some(figure)) if figure.subject.kind.wears_clothes() && here => {
                figure.subject.colour.get_or_insert(colour);
            }
            (Meaning::Trinket, Some(figure)) if figure.subject.kind.wears_clothes() => {
                figure.trinket.get_or_insert(colour);
            }
            (Meaning::Garment | Meaning::Worn, _) => self.waiting.worn = Some(colour),
            _ => {}
        }
    }

    fn dress_last(&mut self, worn: Option<Colour>) {
        let person = self.figures.iter_mut().rev().find(|figure| figure.subject.kind.wears_clothes());
        if let (Some(person), Some(worn)) = (person, worn) {
            person.subject.colour.get_or_insert(worn);
        }
    }
}
