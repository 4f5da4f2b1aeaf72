//! The places: which layers a scene is built from, back to front.

mod aloft;
mod built;
mod cafe;
mod canyon;
mod front;
mod green;
mod heights;
mod indoors;
mod passing;
mod signs;
mod space;
mod street;
mod waters;
mod ways;

use super::air::{self, Clouds, Cover, SharedSky};
use super::colour::{Light, Rgb};
use super::ground::{self, Ridge, Sunlight};
use super::noise::Chance;
use super::sheet::{Sheet, oval, round};
use super::stage::{Item, Layer, Stage};
use super::subject::{self, Spot};
use super::weather::{Lightning, Mote, Motes, Rain, Shafts, Sparks};
use crate::plan::{Action, Hour, Kind, Mood, Palette, Place, ScenePlan, Season, Weather};

/// A scene being built.
struct Set<'a> {
    plan: &'a ScenePlan,
    shared_sky: &'a SharedSky,
    palette: &'a Palette,
    stage: Stage,
    light: Light,
    chance: Chance,
    /// Where the sun or moon stands.
    sun: (f32, f32),
    /// What throws a shadow on the ground before it: its foot, and its height.
    casts: Vec<((f32, f32), f32)>,
    /// The depth at which it stands, when that is not the ground's own.
    cast_depth: Option<f32>,
    items: Vec<Box<dyn Item>>,
}

/// Everything in the scene, from the back to the front.
pub(super) fn build(
    (plan, shared_sky): (&ScenePlan, &SharedSky),
    stage: Stage,
    seed: u64,
) -> Vec<Box<dyn Item>> {
    let mut chance = Chance::new(seed, 1);
    let side = if chance.unit() < 0.5 { -1.0 } else { 1.0 };
    let haze = match plan.weather {
        Weather::Fog => 1.5,
        Weather::Rain | Weather::Snow | Weather::Storm => 1.05,
        _ => 0.72,
    };
    let light = Light::new(&plan.palette, side, haze);
    let sun = air::sun_place(&stage, &light, &plan.palette);
    let mut set = Set {
        plan,
        shared_sky,
        palette: &plan.palette,
        stage,
        light,
        chance,
        sun,
        casts: Vec::new(),
        cast_depth: None,
        items: Vec::new(),
    };
    set.sky();
    let spot = set.place();
    if plan.weather == Weather::Fog && plan.place != Place::Room && plan.place != Place::Underwater {
        set.fog(spot.ground);
    }
    let figures = subject::actors(plan, &set.stage, &set.light, spot, &mut set.chance);
    set.items.extend(figures);
    set.front(spot);
    set.weather();
    set.items
}

impl Set<'_> {
    fn add(&mut self, item: impl Item + 'static) {
        self.items.push(Box::new(item));
    }

    fn layer(&mut self, sheet: Sheet, depth: f32) {
        self.add(Layer::new(sheet, depth));
    }

    /// A layer that stands before the sun: its light floods the edges near it, the less the nearer the layer.
    fn lit_layer(&mut self, mut sheet: Sheet, depth: f32) {
        let strength = self.sunshine() * (0.75 - depth).max(0.0) * if self.night() { 0.5 } else { 1.0 };
        if strength > 0.0 {
            let (sun, tint) = (self.sun, self.light.sun);
            let low = super::noise::step(0.2, 0.45, sun.1);
            let reach = 0.34 + 0.2 * low;
            let ink = round(sun, reach, (tint, strength * (0.35 + 0.4 * low)), (tint, 0.0));
            sheet.inside(|sheet| sheet.fill(oval(sun, (reach, reach), 0.0), &ink));
        }
        self.layer(sheet, depth);
    }

    /// How much of the sun or moon comes through the weather.
    fn sunshine(&self) -> f32 {
        match self.plan.weather {
            Weather::Rain | Weather::Storm => 0.0,
            Weather::Fog | Weather::Snow => 0.15,
            Weather::Clouds => 0.8,
            _ => 1.0,
        }
    }

    fn wet(&self) -> bool {
        matches!(self.plan.weather, Weather::Rain | Weather::Storm)
    }

    /// Light and shadow on the ground from its far edge down.
    fn sunlit(&mut self, sheet: &mut Sheet, top: f32, natural: u32) {
        if self.wet() && self.plan.place != Place::City {
            ground::puddles(sheet, &self.light, (top, Rgb::hex(self.palette.sky.low)), &mut self.chance);
        }
        let casts = if self.cast_depth.is_none() { &self.casts[..] } else { &[] };
        ground::sunlight(sheet, &self.light, &self.sunlight(top, natural, casts));
    }

    fn sunlight<'b>(&self, top: f32, natural: u32, casts: &'b [((f32, f32), f32)]) -> Sunlight<'b> {
        let low = super::noise::step(0.2, 0.45, self.sun.1);
        let strength = self.sunshine() * if self.night() { 0.55 } else { 1.0 };
        Sunlight { sun: self.sun, top, strength, long: 0.05 + 0.16 * low, casts, natural }
    }

    /// The shadows of what stands behind the ground's edge, at its own depth: however the camera moves, they meet the trunks.
    fn cast_shadows(&mut self, top: f32, natural: u32) {
        let Some(depth) = self.cast_depth.filter(|_| !self.casts.is_empty() && !self.wet()) else { return };
        let mut sheet = ground::field(&self.stage, depth, top - 0.02, Some(top + 0.27));
        ground::shadows(&mut sheet, &self.light, &self.sunlight(top, natural, &self.casts));
        self.layer(sheet, depth);
    }

    /// Far hills, with woods on them where things grow.
    fn hills(&mut self, ridge: Ridge, look: (u32, f32), (depth, bottom): (f32, f32), wooded: bool) {
        let mut sheet = ground::hills(&self.stage, &self.light, ridge, look, (depth, bottom));
        if wooded {
            let leaf = if self.plan.season == Season::Winter { 0x7a8f92 } else { self.palette.ground.leaf };
            ground::woods(&mut sheet, &self.light, ridge, (leaf, look.1), &mut self.chance);
        }
        self.lit_layer(sheet, depth);
    }

    fn night(&self) -> bool {
        matches!(self.plan.hour, Hour::Night)
    }

    fn sky(&mut self) {
        let cover = Cover::choose(self.plan, &mut self.chance);
        let (stage, plan, light) = (&self.stage, self.plan, &self.light);
        let draw = |chance: &mut Chance| air::sky(stage, plan, light, (cover, chance));
        let sky = self.shared_sky.or_draw(&mut self.chance, draw);
        self.add(sky);
        let covered = matches!(self.plan.place, Place::Room | Place::Underwater | Place::Pond)
            || matches!(self.plan.weather, Weather::Fog | Weather::Snow)
            || cover == Cover::Deck;
        if self.night() && !covered {
            let stars = Motes::new(&self.stage, &self.light, Mote::Twinkle, (0.0, 0.5), &mut self.chance);
            self.add(stars);
        }
        if self.plan.weather == Weather::Storm && cover == Cover::Deck {
            let lightning = Lightning::new(&self.stage, &mut self.chance);
            self.add(lightning);
        }
        if cover != Cover::None {
            let clouds = Clouds::new(&self.stage, self.palette, &self.light, cover, &mut self.chance);
            self.add(clouds);
        }
    }

    fn place(&mut self) -> Spot {
        match self.plan.place {
            _ if self.aloft() => self.land_below(),
            Place::Garden | Place::Park | Place::Meadow | Place::Farm | Place::Village | Place::Pagoda => {
                self.green()
            }
            Place::Forest => self.forest(),
            Place::Beach => self.beach(),
            Place::Sea => self.sea(),
            Place::Lake => self.lake(),
            Place::Pond => self.pond(),
            Place::Underwater => self.underwater(),
            Place::Mountain | Place::Snow => self.mountains(),
            Place::Desert => self.desert(),
            Place::City => self.city(),
            Place::Room if self.wet() || self.shows_a_table() => self.table_by_a_window(),
            Place::Room => self.room(),
            Place::Space => self.space(),
            Place::Sky => self.heaven(),
        }
    }

    fn weather(&mut self) {
        let plan = self.plan;
        if plan.place == Place::Room {
            // What hangs in a room's light is all that moves where nobody is.
            self.motes(Mote::Dust, (-0.1, 1.08));
            return;
        }
        if plan.place == Place::Underwater {
            self.motes(Mote::Bubble, (-0.05, 1.05));
            return;
        }
        let mote = match plan.weather {
            _ if self.aloft() => None,
            Weather::Rain | Weather::Storm => None,
            Weather::Snow => Some(Mote::Snow),
            Weather::Petals => Some(Mote::Petal),
            Weather::Leaves => Some(Mote::Leaf),
            Weather::Fireflies => Some(Mote::Firefly),
            Weather::Fog => None,
            Weather::Clear | Weather::Clouds => match (plan.season, plan.place) {
                (_, Place::Space | Place::City | Place::Sea | Place::Sky) => None,
                (Season::Autumn, _) => Some(Mote::Leaf),
                (Season::Winter, _) => Some(Mote::Snow),
                _ if self.night() => Some(Mote::Firefly),
                (Season::Spring, _) => Some(Mote::Petal),
                _ => Some(Mote::Dust),
            },
        };
        if plan.weather == Weather::Fog {
            // One thin bank before the lens: all others lie behind who stands in front.
            let fog = Clouds::mist(&self.stage, &self.light, (1, 0.5), (0.97, 1.02), &mut self.chance);
            self.add(fog);
        }
        if self.wet() && plan.place != Place::Space {
            let rain = Rain::new(&self.stage, &self.light, plan.weather == Weather::Storm, &mut self.chance);
            self.add(rain);
        }
        if self.wet() && !matches!(plan.place, Place::Sky | Place::Space) {
            let top = match plan.place {
                Place::City => 0.76,
                Place::Sea => 0.66,
                _ => 0.73,
            };
            let splashes = Sparks::rain(&self.stage, &self.light, (top, 0.99), &mut self.chance);
            self.add(splashes);
        }
        if let Some(mote) = mote {
            let band = if mote == Mote::Firefly { (0.42, 0.98) } else { (-0.1, 1.08) };
            self.motes(mote, band);
        }
    }

    fn motes(&mut self, mote: Mote, band: (f32, f32)) {
        let motes = Motes::new(&self.stage, &self.light, mote, band, &mut self.chance);
        self.add(motes);
    }

    /// Banks of mist that drift over the ground behind the figures.
    fn fog(&mut self, ground: f32) {
        let band = (0.54, ground - 0.05);
        let fog = Clouds::mist(&self.stage, &self.light, (5, 0.9), band, &mut self.chance);
        self.add(fog);
    }

    /// Shafts of light from the sun, where it is warm and clear enough to see them.
    fn shafts(&mut self, strength: f32) {
        let clear =
            matches!(self.plan.weather, Weather::Clear | Weather::Clouds | Weather::Petals | Weather::Leaves);
        if clear && !self.night() {
            let shafts = Shafts::new(&self.stage, &self.light, self.sun, (strength, 0.62), &mut self.chance);
            self.add(shafts);
        }
    }

    /// The usual spot on open ground; a tense mood brings the figure nearer.
    fn spot(&self, ground: f32) -> Spot {
        let near = if self.plan.mood == Mood::Tense { 0.02 } else { 0.0 };
        Spot { ground: ground + near, air: 0.46 }
    }

    /// Whether a room's main figure is a thing that stands on a table, or nothing at all.
    fn shows_a_table(&self) -> bool {
        let large = [Kind::Tree, Kind::House, Kind::Castle];
        self.plan.subjects.first().is_none_or(|main| main.kind.is_scenery() && !large.contains(&main.kind))
    }

    /// Whether the main figure is driven along a road.
    fn drives(&self) -> bool {
        let main = self.plan.subjects.first();
        main.is_some_and(|main| main.action == Action::Drive && main.kind != Kind::Train)
    }

    fn main_is(&self, kinds: &[Kind]) -> bool {
        self.plan.subjects.first().is_some_and(|subject| kinds.contains(&subject.kind))
    }

    /// Whether a tree planted here would seem to grow from the head of a main figure that keeps to its spot.
    fn behind_the_figure(&self, x: f32) -> bool {
        let stays = self.plan.subjects.first().is_some_and(|subject| !subject.action.travels());
        stays && x.abs() < 0.22 * self.stage.figure_scale()
    }

    /// Whether the main figure is a boat.
    fn main_floats(&self) -> bool {
        self.plan.subjects.first().is_some_and(|subject| subject.kind.is_boat())
    }

    fn main_flies(&self) -> bool {
        self.plan.subjects.first().is_some_and(|subject| subject.action == Action::Fly)
    }
}
