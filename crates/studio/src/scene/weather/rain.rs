//! Rain at three depths: a far haze of short streaks, the rain itself, and a few broad ones right before the lens.

use tiny_skia::Transform;

use super::super::brush::Brush;
use super::super::colour::{Light, Rgb};
use super::super::ground::whole;
use super::super::noise::Chance;
use super::super::picture::Blend;
use super::super::puppet::Sprite;
use super::super::sheet::{Sheet, fading, line};
use super::super::stage::{Item, Moment, Stage};

/// Falling rain.
pub(in super::super) struct Rain {
    curtains: Vec<Curtain>,
    /// How far the wind blows it aside while it falls one frame height.
    slant: f32,
}

/// The streaks of one depth.
struct Curtain {
    sprite: Sprite,
    /// Where each streak is at first: across, and how far it has fallen.
    streaks: Vec<(f32, f32)>,
    depth: f32,
    /// Frame heights a second.
    fall: f32,
}

/// How the rain of one depth looks: number for a frame as wide as high, length, width, opacity, depth and fall.
#[rustfmt::skip]
const CURTAINS: [[f32; 6]; 3] = [
    [150.0, 0.05, 0.0018, 0.48, 0.35, 1.15],
    [70.0,  0.095, 0.0030, 0.60, 0.85, 1.8],
    [12.0,  0.18,  0.0065, 0.28, 1.35, 2.8],
];

/// Streaks come round again after this height, so that the longest ones begin and end out of sight.
const TALL: f32 = 1.3;

impl Rain {
    pub(in super::super) fn new(stage: &Stage, light: &Light, storm: bool, chance: &mut Chance) -> Self {
        let (slant, dense) = if storm { (0.6, 1.35) } else { (0.12, 1.0) };
        let white = light.lit(0xf4f8fc).mix(Rgb::hex(0xffffff), 0.45);
        let curtains = CURTAINS.map(|[count, long, wide, alpha, depth, fall]| {
            let (half, aside) = (long * 0.5, slant * long * 0.5);
            let edge = (aside + wide * 3.0, half + wide * 3.0);
            let mut sheet = Sheet::new((-edge.0, -edge.1, edge.0, edge.1), stage.resolution());
            let (from, to) = ((-aside, -half), (aside, half));
            sheet.stroke(line(&[from, to]), wide, &fading(from, to, (white, 0.0), (white, alpha)));
            if depth > 1.0 {
                sheet.blur(0.0022);
            }
            let count = whole(count * dense * stage.aspect().max(0.7));
            let streaks = (0..count).map(|_| (chance.unit(), chance.unit())).collect();
            Curtain { sprite: Sprite::new(sheet), streaks, depth, fall }
        });
        Self { curtains: curtains.into(), slant }
    }
}

impl Item for Rain {
    fn draw(&self, stage: &Stage, moment: &Moment, brush: &mut Brush<'_>) {
        let wide = stage.aspect() * 1.7;
        for curtain in &self.curtains {
            let world = stage.project(curtain.depth, &moment.view);
            // It falls about the camera, wherever that looks.
            let middle = (stage.width as f32 * 0.5 - world.tx) / world.sx;
            let top = -world.ty / world.sy - 0.15;
            for (x, fallen) in &curtain.streaks {
                let way = moment.second * curtain.fall + fallen * TALL;
                let y = way.rem_euclid(TALL);
                let x = (x * wide + self.slant * way - middle).rem_euclid(wide) - wide * 0.5 + middle;
                let place = Transform::from_translate(x, top + y);
                curtain.sprite.draw(world.pre_concat(place), (1.0, Blend::Over), brush);
            }
        }
    }
}
