//! Small things that come and go in one place: splashes of rain on the ground, and sparks of light on water.

use tiny_skia::Transform;

use super::super::brush::Brush;
use super::super::colour::{Light, Rgb};
use super::super::ground::f32_of;
use super::super::noise::Chance;
use super::super::picture::Blend;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, line, oval, round, veil};
use super::super::stage::{Item, Moment, Stage};

/// Sprites that each grow and fade where they are, and come again elsewhere.
pub(in super::super) struct Sparks {
    sprite: Sprite,
    places: Vec<Spark>,
    depth: f32,
    /// Seconds that one lasts.
    lasts: f32,
    blend: Blend,
    /// How far to the side it comes again, in frame heights.
    strays: f32,
}

struct Spark {
    x: f32,
    y: f32,
    size: f32,
    phase: f32,
}

impl Sparks {
    /// Crowns and rings where rain meets the ground between two heights.
    pub(in super::super) fn rain(
        stage: &Stage,
        light: &Light,
        (top, bottom): (f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let size = 0.02;
        let mut sheet = Sheet::new((-size * 1.2, -size, size * 1.2, size * 0.6), stage.resolution());
        let white = light.lit(0xeaf2fa).mix(Rgb::hex(0xffffff), 0.3);
        sheet.stroke(oval((0.0, 0.0), (size, size * 0.36), 0.0), size * 0.09, &veil(white, 0.55));
        sheet.stroke(oval((0.0, 0.0), (size * 0.55, size * 0.2), 0.0), size * 0.07, &veil(white, 0.4));
        for (dx, up) in [(-0.36, 0.5), (0.04, 0.8), (0.4, 0.45)] {
            let drop = [(dx * size * 0.4, 0.0), (dx * size, -up * size)];
            sheet.stroke(line(&drop), size * 0.08, &veil(white, 0.7));
        }
        let places = strew(stage, 62.0, (top, bottom), chance);
        Self { sprite: Sprite::new(sheet), places, depth: 0.95, lasts: 0.4, blend: Blend::Over, strays: 0.31 }
    }

    /// Sparks on the water below the sun or moon.
    pub(in super::super) fn glints(
        stage: &Stage,
        light: &Light,
        (sun, depth): (f32, f32),
        (top, bottom): (f32, f32),
        chance: &mut Chance,
    ) -> Self {
        let size = 0.017;
        let mut sheet = Sheet::new((-size, -size * 0.5, size, size * 0.5), stage.resolution());
        for (wide, alpha) in [(1.0_f32, 0.35), (0.5, 0.6)] {
            let ink = round((0.0, 0.0), size * wide, (light.sun, alpha), (light.sun, 0.0));
            sheet.fill(oval((0.0, 0.0), (size * wide, size * wide * 0.2), 0.0), &ink);
        }
        let mut places = strew(stage, 40.0, (top, bottom), chance);
        for spark in &mut places {
            let near = (spark.y - top) / (bottom - top);
            spark.x = sun + chance.near(0.06 + 0.3 * near);
            spark.size = 0.3 + 0.9 * near;
        }
        Self { sprite: Sprite::new(sheet), places, depth, lasts: 0.9, blend: Blend::Add, strays: 0.02 }
    }
}

fn strew(stage: &Stage, count: f32, (top, bottom): (f32, f32), chance: &mut Chance) -> Vec<Spark> {
    (0..super::super::ground::whole(count * stage.aspect().max(0.7)))
        .map(|_| {
            let near = chance.unit();
            Spark {
                x: chance.within(-0.65, 0.65) * stage.aspect(),
                y: top + (bottom - top) * near,
                size: 0.25 + 0.75 * near,
                phase: chance.unit(),
            }
        })
        .collect()
}

impl Item for Sparks {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let world = stage.project(self.depth, &moment.view);
        for (index, spark) in self.places.iter().enumerate() {
            let time = moment.on_twos() / self.lasts + spark.phase;
            let (round, age) = (time.floor(), time.fract());
            let stray = (round * 0.618 + f32_of(index) * 0.37).fract() - 0.5;
            let size = spark.size * (0.35 + 0.65 * age);
            let place = Transform::from_row(size, 0.0, 0.0, size, spark.x + stray * self.strays, spark.y);
            let opacity = (age * 6.0).min(1.0) * (1.0 - age);
            self.sprite.draw(world.pre_concat(place), (opacity, self.blend), brush);
        }
    }
}
