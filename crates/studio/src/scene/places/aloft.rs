//! The land as a balloon sees it: hills from above, with fields, a river and small trees, under a high horizon.

use super::super::colour::Rgb;
use super::super::ground::{self, Relief, Ridge, whole};
use super::super::noise::{clouded, noise, step};
use super::super::sheet::{flat, oval, veil};
use super::super::subject::Spot;
use super::Set;
use crate::plan::{Action, Kind, Place, Season};

/// Where the plain would end.
const HORIZON: f32 = 0.33;
/// What meadows, corn, ploughed land and clover look like from above.
const FIELDS: [u32; 6] = [0x8fb055, 0xd9bd62, 0xa58a56, 0x6d9a4c, 0xb7c46a, 0x7fa860];

/// One roll of hills: its crest, how much that swings, its depth and the crest of the next one.
#[rustfmt::skip]
const ROLLS: [[f32; 4]; 4] = [
    [0.385, 0.070, 0.12, 0.450],
    [0.450, 0.105, 0.20, 0.540],
    [0.540, 0.120, 0.32, 0.770],
    [0.770, 0.170, 0.48, 1.000],
];

/// A point of the plain below: across and away, in heights of the camera.
fn below(x: f32, y: f32) -> (f32, f32) {
    let away = 1.0 / (y - HORIZON + 0.03).max(0.02);
    (x * away, away)
}

impl Set<'_> {
    /// Whether the scene is seen from the height of a balloon.
    pub(super) fn aloft(&self) -> bool {
        let main = self.plan.subjects.first();
        let flies = main.is_some_and(|main| main.kind == Kind::Balloon && main.action == Action::Fly);
        flies && matches!(self.plan.place, Place::Meadow | Place::Farm)
    }

    pub(super) fn land_below(&mut self) -> Spot {
        let far = |height, swing, seed| Ridge { height, swing, pace: 1.5, sharp: 0.3, seed };
        let blue = far(0.335, 0.07, self.chance.number());
        self.hills(blue, (0x7f96b8, 0.78), (0.05, 0.6), false);
        let green = far(0.355, 0.06, self.chance.number());
        self.hills(green, (self.palette.ground.far, 0.62), (0.08, 0.6), true);
        for number in 0..ROLLS.len() {
            self.roll(number);
        }
        Spot { ground: 0.86, air: 0.45 }
    }

    fn roll(&mut self, number: usize) {
        let [height, swing, depth, next] = ROLLS[number];
        let seed = self.chance.number();
        let ridge = Ridge { height, swing, pace: 1.9, sharp: 0.0, seed };
        let (light, sun, colours) = (self.light, self.sun, self.palette.ground);
        let shine = self.sunshine() * if self.night() { 0.3 } else { 1.0 };
        let pale = Rgb::hex(self.palette.sky.low);
        let water = Rgb::hex(self.palette.sky.top).mix(light.lit(0x5f93b8), 0.5);
        let winter = self.plan.season == Season::Winter;
        let (blur, top) = (1.0 / self.stage.resolution(), height - swing * 1.6 - 0.02);
        let bottom = if number + 1 < ROLLS.len() { Some(next + 0.16) } else { None };
        let field = |u: f32, v: f32| {
            // Country lanes are never quite straight.
            let (u, v) = (u * 2.3 + v * 0.5, v * 1.9 - u * 0.5);
            let bent = (u + 0.5 * noise(u * 0.5, v * 0.5, seed), v + 0.5 * noise(v * 0.6, u * 0.4, seed ^ 7));
            let (column, row) = (bent.0.floor(), bent.1.floor());
            let kind = noise(column * 7.3 + 0.5, row * 5.7 + 0.5, seed ^ 11);
            let edge = (bent.0 - column).min(column + 1.0 - bent.0).min(bent.1 - row).min(row + 1.0 - bent.1);
            (kind, edge, if kind > 0.5 { bent.0 - column } else { bent.1 - row })
        };
        let paint = |x: f32, y: f32| {
            let crest = ridge.at(x);
            let cover = step(-blur, blur, y - crest);
            if cover <= 0.0 {
                return (light.fog, 0.0);
            }
            let (u, v) = below(x, y);
            let far = step(2.0, 12.0, v);
            let (kind, edge, along) = field(u, v);
            let wild = step(0.42, 0.5, clouded(u * 0.8 + 31.0, v * 0.8, 3, seed ^ 3));
            let tint = if winter { 0xdfe6ec } else { FIELDS[whole(kind * 5.99).min(5)] };
            let rows = 1.0 + 0.07 * (along * 75.0).sin() * (1.0 - far) * step(0.3, 0.6, kind);
            let patch = light.lit(tint).scale(rows);
            let grass = light.lit(if winter { 0xe8eef2 } else { colours.middle });
            let grass = grass.scale(0.82 + 0.36 * clouded(u * 3.0, v * 3.0, 3, seed ^ 5));
            let mut colour = patch.mix(grass, wild);
            let hedge = step(0.07, 0.03, edge) * (1.0 - wild) * (1.0 - far * 0.7);
            colour = colour.mix(light.shaded(colours.leaf, 0.9).scale(0.7), hedge * 0.75);
            // The slopes that face the sun are bright, the others lie in shade.
            let rise = clouded(u * 1.1 + 9.0, v * 1.1, 2, seed)
                - clouded((u + 0.12 * light.side) * 1.1 + 9.0, v * 1.1, 2, seed);
            let slope = ((ridge.at(x + 0.03) - ridge.at(x - 0.03)) * -light.side * 9.0).clamp(-1.0, 1.0);
            let lit = (rise * 5.0 + slope * step(0.14, 0.0, y - crest)).clamp(-1.0, 1.0) * shine;
            colour = if lit > 0.0 {
                colour.scale(1.0 + 0.35 * lit).mix(light.sun, 0.16 * lit)
            } else {
                colour.mix(colour.times(light.shade).scale(0.8), -0.6 * lit)
            };
            // The river winds through all of it.
            let centre = 0.9 * (v * 0.85 + 0.6).sin() + 0.35 * (v * 1.9).sin() - 0.25;
            let from = (u - centre).abs();
            let wide = 0.13 + 0.04 * (v * 2.3).sin();
            colour =
                colour.mix(light.shaded(colours.leaf, 0.9).scale(0.8), step(wide + 0.1, wide, from) * 0.7);
            let ripple = 0.9 + 0.2 * noise(u * 9.0, v * 30.0, seed ^ 13);
            let stream = water.mix(pale, step(0.5, -0.6, (from / wide).min(1.0) - 0.5) * 0.35).scale(ripple);
            colour = colour.mix(stream, step(wide, wide - 0.03, from));
            // The air before it, thicker at the foot, where the morning's mist lies; and the sun's own glow.
            let mist = step(next - 0.09, next + 0.02, y) * 0.3 * step(3.0, 0.0, ground::f32_of(number));
            let air = (0.62 - (y - HORIZON) * 1.5).clamp(0.05, 0.6);
            let glow = (-((x - sun.0).powi(2) + (y - sun.1).powi(2)) * 7.0).exp() * 0.4 * shine;
            (light.aerial(colour, air).mix(light.fog, mist).mix(light.sun, glow), cover)
        };
        self.add(Relief::new(&self.stage, (depth, 1.0), (top, bottom), paint));
        self.groves(ridge, (depth, next));
    }

    /// Small trees in groves, each with the long shadow of a low sun.
    fn groves(&mut self, ridge: Ridge, (depth, next): (f32, f32)) {
        let light = self.light;
        let mut sheet =
            ground::field(&self.stage, depth, ridge.height - ridge.swing * 1.6 - 0.04, Some(next + 0.16));
        let count = whole((sheet.right - sheet.left) * 520.0);
        let mut trees: Vec<(f32, f32)> = (0..count)
            .map(|_| (self.chance.within(sheet.left, sheet.right), self.chance.unit()))
            .map(|(x, down)| (x, ridge.at(x) + 0.004 + (next + 0.1 - ridge.height) * down))
            .filter(|(x, y)| {
                let (u, v) = below(*x, *y);
                clouded(u * 0.9 + 5.0, v * 0.9, 3, ridge.seed ^ 21) > 0.5
            })
            .collect();
        trees.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (x, y) in trees {
            let leaf = self.leaf();
            let size = (0.0025 + 0.028 * (y - HORIZON)) * self.chance.within(0.5, 1.1);
            let air = (0.62 - (y - HORIZON) * 1.5).clamp(0.05, 0.6);
            let dark = light.aerial(light.shaded(leaf, 0.85).scale(0.8), air);
            let pale = light.aerial(light.bright(leaf, 0.35), air);
            let shadow = (x - light.side * size * 1.5, y + size * 0.55);
            let shade = light.aerial(light.shaded(0x24402c, 1.0).scale(0.4), air);
            sheet.fill(oval(shadow, (size * 1.7, size * 0.42), 0.0), &veil(shade, 0.4));
            sheet.fill(oval((x, y), (size, size * 1.05), 0.0), &flat(dark));
            let towards = (x + light.side * size * 0.28, y - size * 0.3);
            sheet.fill(oval(towards, (size * 0.64, size * 0.66), 0.0), &flat(dark.mix(pale, 0.7)));
        }
        self.layer(sheet, depth);
    }
}
