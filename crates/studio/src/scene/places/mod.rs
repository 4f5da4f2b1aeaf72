//! The places: which layers a scene is built from, back to front.

mod built;
mod green;
mod heights;
mod street;
mod water;

use super::air::{self, Clouds};
use super::colour::{Light, Rgb};
use super::flora;
use super::ground;
use super::noise::Chance;
use super::puppet::Sprite;
use super::sheet::Sheet;
use super::stage::{Item, Layer, Stage};
use super::subject::{self, Spot};
use super::weather::{Mote, Motes, Shafts, Stem, Swaying};
use crate::plan::{Action, Hour, Kind, Mood, Palette, Place, ScenePlan, Season, Weather};

/// A scene being built.
struct Set<'a> {
    plan: &'a ScenePlan,
    palette: &'a Palette,
    stage: Stage,
    light: Light,
    chance: Chance,
    /// Where the sun or moon stands.
    sun: (f32, f32),
    items: Vec<Box<dyn Item>>,
}

/// Everything in the scene, from the back to the front.
pub(super) fn build(plan: &ScenePlan, stage: Stage, seed: u64) -> Vec<Box<dyn Item>> {
    let mut chance = Chance::new(seed, 1);
    let side = if chance.unit() < 0.5 { -1.0 } else { 1.0 };
    let haze = match plan.weather {
        Weather::Fog => 1.5,
        Weather::Rain | Weather::Snow | Weather::Storm => 1.05,
        _ => 0.72,
    };
    let light = Light::new(&plan.palette, side, haze);
    let sun = air::sun_place(&stage, &light, &plan.palette);
    let mut set = Set { plan, palette: &plan.palette, stage, light, chance, sun, items: Vec::new() };
    set.sky();
    let spot = set.place();
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

    fn night(&self) -> bool {
        matches!(self.plan.hour, Hour::Night)
    }

    fn sky(&mut self) {
        let sky = air::sky(&self.stage, self.plan, &self.light, &mut self.chance);
        self.add(sky);
        if self.night() && self.plan.place != Place::Room {
            let stars = Motes::new(&self.stage, &self.light, Mote::Twinkle, (0.0, 0.5), &mut self.chance);
            self.add(stars);
        }
        let clouds = match (self.plan.place, self.plan.weather) {
            (Place::Underwater | Place::Space | Place::Room, _) => None,
            (Place::Sky, _) => Some((7, 1.25, (0.10, 0.62))),
            (_, Weather::Clouds | Weather::Storm) => Some((8, 1.25, (0.08, 0.42))),
            (_, Weather::Rain | Weather::Snow | Weather::Fog) => Some((5, 1.4, (0.1, 0.34))),
            _ if self.night() => Some((3, 0.9, (0.2, 0.44))),
            _ => Some((5, 1.0, (0.12, 0.42))),
        };
        if let Some(clouds) = clouds {
            let clouds = Clouds::new(&self.stage, self.palette, &self.light, clouds, &mut self.chance);
            self.add(clouds);
        }
    }

    fn place(&mut self) -> Spot {
        match self.plan.place {
            Place::Garden | Place::Park | Place::Meadow | Place::Farm | Place::Village | Place::Pagoda => {
                self.green()
            }
            Place::Forest => self.forest(),
            Place::Beach => self.beach(),
            Place::Sea => self.sea(),
            Place::Lake => self.lake(),
            Place::Underwater => self.underwater(),
            Place::Mountain | Place::Snow => self.mountains(),
            Place::Desert => self.desert(),
            Place::City => self.city(),
            Place::Room => self.room(),
            Place::Space => self.space(),
            Place::Sky => self.heaven(),
        }
    }

    /// Plants before the figures' feet and, out of focus, right before the lens.
    fn front(&mut self, spot: Spot) {
        let bare = [
            Place::Beach,
            Place::Sea,
            Place::Underwater,
            Place::Snow,
            Place::City,
            Place::Desert,
            Place::Room,
        ];
        let bare = bare.contains(&self.plan.place) || matches!(self.plan.place, Place::Space | Place::Sky);
        if bare {
            return;
        }
        if !(self.plan.place == Place::Lake && self.main_is(&[Kind::Boat])) {
            self.tufts(spot.ground);
        }
        let winter = self.plan.season == Season::Winter;
        let sheet = self.fringe(winter);
        self.layer(sheet, 1.7);
    }

    /// Swaying tufts of grass beside and before the main figure.
    fn tufts(&mut self, ground: f32) {
        let mut stems = Vec::new();
        for index in 0..12_u8 {
            let side = if index.is_multiple_of(2) { -1.0 } else { 1.0 };
            let x = side * self.chance.within(0.05, 0.62) * self.stage.aspect();
            let foot = (x, ground + 0.012 + self.chance.unit() * 0.10);
            let tall = 0.055 + 0.03 * self.chance.unit();
            let sprite = self.tuft(tall, 11, index % 3 == 0);
            let stem =
                Stem { foot, depth: 1.02, speed: self.chance.within(1.3, 2.0), reach: 0.14, phase: x * 4.0 };
            stems.push((sprite, stem));
        }
        stems.sort_by(|a, b| a.1.foot.1.total_cmp(&b.1.foot.1));
        self.add(Swaying { stems });
    }

    /// A tuft of blades with its foot at (0, 0), and perhaps a flower in it.
    fn tuft(&mut self, tall: f32, blades: usize, blooms: bool) -> Sprite {
        let mut sheet = Sheet::new((-tall, -tall * 1.5, tall, tall * 0.1), self.stage.resolution());
        for _ in 0..blades {
            let x = self.chance.near(tall * 0.5);
            let shade = self.chance.within(0.1, 0.7);
            let colour = self.light.shaded(self.palette.ground.near, shade);
            let height = tall * self.chance.within(0.6, 1.1);
            flora::blade(&mut sheet, (x, 0.0), height, self.chance.near(0.5) + x / tall * 0.5, colour);
        }
        if blooms {
            let natural = self.chance.of(&self.palette.flowers);
            flora::flower(
                &mut sheet,
                &self.light,
                ((0.0, -tall * 0.3), tall * 0.3),
                natural,
                &mut self.chance,
            );
        }
        Sprite::new(sheet)
    }

    /// Blurred grass and flowers, higher towards the frame's sides.
    fn fringe(&mut self, winter: bool) -> Sheet {
        let mut sheet = self.stage.sheet(1.7, 0.74, None);
        let bottom = sheet.bottom;
        let wide = self.stage.aspect() / 2.0;
        let natural = if winter { 0xe4edf4 } else { self.palette.ground.leaf };
        for _ in 0..ground::whole((sheet.right - sheet.left) * 110.0) {
            let x = self.chance.within(sheet.left, sheet.right);
            let edge = ((x.abs() / wide) - 0.4).clamp(0.0, 0.8);
            let tall = (0.03 + 0.2 * edge) * self.chance.within(0.6, 1.2) + (bottom - 1.0);
            let colour = self.light.shaded(natural, self.chance.within(0.3, 0.95));
            flora::blade(&mut sheet, (x, bottom + 0.01), tall, self.chance.near(0.4), colour);
            if self.chance.unit() < 0.14 * edge && !winter {
                let size = self.chance.within(0.018, 0.032);
                let natural = self.chance.of(&self.palette.flowers);
                flora::flower(
                    &mut sheet,
                    &self.light,
                    ((x, bottom - tall * 0.6), size),
                    natural,
                    &mut self.chance,
                );
            }
        }
        sheet.blur(0.005);
        sheet
    }

    fn weather(&mut self) {
        let plan = self.plan;
        if plan.place == Place::Room {
            return;
        }
        if plan.place == Place::Underwater {
            self.motes(Mote::Bubble, (-0.05, 1.05));
            return;
        }
        let mote = match plan.weather {
            Weather::Rain | Weather::Storm => Some(Mote::Rain),
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
            self.fog();
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

    /// Banks of mist low over the ground.
    fn fog(&mut self) {
        let mut stems = Vec::new();
        for _ in 0..3 {
            let half = 0.6;
            let mut sheet = Sheet::new((-half, -0.09, half, 0.09), self.stage.resolution() * 0.12);
            let fog = self.light.fog.mix(Rgb { r: 1.0, g: 1.0, b: 1.0 }, 0.25);
            let seed = self.chance.number();
            sheet.shade(|x, y| {
                let wisp = super::noise::clouded(x * 4.0 + 20.0, y * 12.0 + 20.0, 3, seed);
                let edge =
                    super::noise::step(1.0, 0.2, (x / half).abs()) * super::noise::step(0.09, 0.01, y.abs());
                (fog, wisp * edge * 0.9)
            });
            let foot = (self.chance.within(-0.7, 0.7) * self.stage.aspect(), self.chance.within(0.58, 0.82));
            let stem = Stem { foot, depth: 0.8, speed: 0.25, reach: 0.5, phase: self.chance.unit() * 6.0 };
            stems.push((Sprite::new(sheet), stem));
        }
        self.add(Swaying { stems });
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

    fn main_is(&self, kinds: &[Kind]) -> bool {
        self.plan.subjects.first().is_some_and(|subject| kinds.contains(&subject.kind))
    }

    /// Whether a tree planted here would seem to grow from the head of a main figure that keeps to its spot.
    fn behind_the_figure(&self, x: f32) -> bool {
        let stays = self.plan.subjects.first().is_some_and(|subject| !subject.action.travels());
        stays && x.abs() < 0.22 * self.stage.figure_scale()
    }

    fn main_flies(&self) -> bool {
        self.plan.subjects.first().is_some_and(|subject| subject.action == Action::Fly)
    }
}
