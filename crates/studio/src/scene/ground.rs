//! The ground: ridges in the distance, hills, lawns with blades and flowers, sand and snow.

mod range;
mod relief;
mod snow;
mod sunlight;
mod waters;

use super::colour::{Light, Rgb};
use super::flora;
use super::noise::{Chance, clouded, noise};
use super::sheet::{Sheet, across, corners, fading, flat, line, oval, round, smooth, veil};
use super::stage::Stage;
pub(super) use range::Range;
pub(super) use relief::{Relief, Swell};
pub(super) use snow::{bank, snow};
pub(super) use sunlight::{Sunlight, shadows, sunlight};
pub(super) use waters::Water;

/// A line of ground against the sky.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ridge {
    /// The mean height of the line in the frame.
    pub(super) height: f32,
    pub(super) swing: f32,
    /// Bumps in a unit of width.
    pub(super) pace: f32,
    /// 0.0 is soft hills, 1.0 sharp peaks.
    pub(super) sharp: f32,
    pub(super) seed: u32,
}

impl Ridge {
    pub(super) fn at(&self, x: f32) -> f32 {
        let x = x * self.pace + 37.0;
        let soft = clouded(x, 0.5, 2, self.seed) - 0.4;
        let peaks = 0.5 - (noise(x, 3.5, self.seed) * 2.0 - 1.0).abs()
            + (clouded(x * 3.0, 7.5, 3, self.seed) - 0.4) * 0.5;
        self.height - self.swing * (soft * 2.0 * (1.0 - self.sharp) + peaks * self.sharp)
    }

    fn outline(&self, sheet: &Sheet) -> Vec<(f32, f32)> {
        let step = 0.004;
        let count = ((sheet.right - sheet.left) / step).ceil();
        let mut points =
            vec![(sheet.right + step, sheet.bottom + 0.1), (sheet.left - step, sheet.bottom + 0.1)];
        let mut index = -1.0;
        while index <= count + 1.0 {
            let x = sheet.left + index * step;
            points.push((x, self.at(x)));
            index += 1.0;
        }
        points
    }

    /// Fills the ground below the line: its crest colour fades to the foot's.
    pub(super) fn fill(&self, sheet: &mut Sheet, crest: Rgb, foot: Rgb, foot_at: f32) {
        let ink = across((0.0, self.height - self.swing), (0.0, foot_at), crest, foot);
        let outline = self.outline(sheet);
        sheet.fill(corners(&outline), &ink);
    }
}

/// An empty sheet for a depth, from a height down to another (or to the lowest visible). The edges between which things are
/// strewn are the same for every camera, so that they stand where they stand in the film's other shots.
pub(super) fn field(stage: &Stage, depth: f32, top: f32, bottom: Option<f32>) -> Sheet {
    let mut sheet = stage.sheet(depth, top, bottom);
    let edge = stage.aspect() * (0.63 + 0.26 * (0.1 + 0.9 * depth));
    sheet.left = sheet.left.min(-edge);
    sheet.right = sheet.right.max(edge);
    sheet.bottom = bottom.unwrap_or(1.45).max(sheet.bottom);
    sheet
}

/// Far hills or mountains, one behind the other in the air.
pub(super) fn hills(
    stage: &Stage,
    light: &Light,
    ridge: Ridge,
    (natural, distance): (u32, f32),
    (depth, bottom): (f32, f32),
) -> Sheet {
    let mut sheet = field(stage, depth, ridge.height - ridge.swing * 1.7 - 0.03, Some(bottom));
    let crest = light.aerial(light.shaded(natural, 0.25), distance);
    let foot = light.aerial(light.lit(natural), (distance + 0.25).min(1.0));
    ridge.fill(&mut sheet, crest, foot, bottom);
    let warm = light.aerial(light.bright(natural, 0.6), distance);
    let cool = light.aerial(light.shaded(natural, 0.8), distance);
    sheet.inside(|sheet| {
        // Light lies on the slopes that face the sun, shadow on the others.
        let mut x = sheet.left;
        while x < sheet.right {
            let y = ridge.at(x);
            let slope = (ridge.at(x + 0.03) - ridge.at(x - 0.03)) * -light.side;
            let (colour, alpha) = if slope > 0.0 { (warm, 0.36) } else { (cool, 0.30) };
            let share = (slope.abs() * 22.0).min(1.0) * alpha;
            let centre = (x, y + 0.03);
            sheet.fill(oval(centre, (0.13, 0.10), 0.0), &round(centre, 0.11, (colour, share), (colour, 0.0)));
            x += 0.07;
        }
    });
    sheet
}

/// Woods far away: small heads of trees in groves, down a hill's slope.
pub(super) fn woods(
    sheet: &mut Sheet,
    light: &Light,
    ridge: Ridge,
    (leaf, distance): (u32, f32),
    chance: &mut Chance,
) {
    let near = 1.0 - distance;
    let size = 0.006 + 0.012 * near * near;
    let count = whole((sheet.right - sheet.left) * 3.4 / size);
    let mut heads: Vec<(f32, f32)> = (0..count)
        .map(|_| (chance.within(sheet.left, sheet.right), chance.unit() * chance.unit()))
        .filter(|(x, down)| clouded(x * 3.0 + 11.0, down * 2.2, 2, ridge.seed) > 0.40)
        .map(|(x, down)| (x, ridge.at(x) + 0.002 + (0.04 + 0.06 * near) * down))
        .collect();
    heads.sort_by(|a, b| a.1.total_cmp(&b.1));
    let dark = light.aerial(light.shaded(leaf, 0.85), distance);
    let lit = light.aerial(light.bright(leaf, 0.2), distance);
    for (x, y) in heads {
        let size = size * chance.within(0.55, 1.2);
        let tall = size * chance.within(0.9, 1.7);
        let tone = dark.mix(lit, 0.25 * chance.unit());
        sheet.fill(oval((x, y), (size, tall), 0.0), &flat(tone));
        let towards = (x + light.side * size * 0.25, y - tall * 0.3);
        sheet.fill(oval(towards, (size * 0.62, tall * 0.6), 0.0), &flat(tone.mix(lit, 0.55)));
    }
}

/// Lines that the wind draws in sand or snow, closer together the farther they are.
pub(super) fn wind_lines(sheet: &mut Sheet, light: &Light, (top, natural): (f32, u32), chance: &mut Chance) {
    let (dark, pale) = (light.shaded(natural, 0.95), light.bright(natural, 0.5));
    sheet.inside(|sheet| {
        for index in 0..150_u8 {
            let down = (f32::from(index) / 150.0).powf(1.8);
            let y = top + 0.015 + (1.04 - top) * down;
            let long = (0.10 + 0.55 * down) * chance.within(0.5, 1.4);
            let x = chance.within(sheet.left, sheet.right);
            let sag = (0.003 + 0.014 * down) * chance.within(-1.0, 1.0);
            let points: [(f32, f32); 5] = std::array::from_fn(|point| {
                let share = f32_of(point) / 4.0 - 0.5;
                (x + share * long, y + sag * (share * 9.0).sin())
            });
            let wide = 0.0012 + 0.005 * down;
            sheet.stroke(line(&points), wide, &veil(dark, 0.11));
            let lifted = points.map(|(x, y)| (x, y - wide * 0.9));
            sheet.stroke(line(&lifted), wide * 0.7, &veil(pale, 0.16));
        }
    });
}

/// Ground in the rain: darker, with puddles that mirror the sky.
pub(super) fn puddles(sheet: &mut Sheet, light: &Light, (top, sky): (f32, Rgb), chance: &mut Chance) {
    let (left, right) = (sheet.left, sheet.right);
    let wet = light.shaded(0x3a4a44, 1.0).scale(0.4);
    sheet.inside(|sheet| {
        let all = corners(&[(left, top - 0.1), (right, top - 0.1), (right, 1.6), (left, 1.6)]);
        sheet.fill(all, &veil(wet, 0.3));
        // Wet ground shines where it is far and seen at a low angle.
        let sheen = corners(&[(left, top), (right, top), (right, top + 0.22), (left, top + 0.22)]);
        sheet.fill(sheen, &fading((0.0, top), (0.0, top + 0.2), (sky, 0.28), (sky, 0.0)));
        for _ in 0..whole((right - left) * 4.0) {
            let down = chance.unit();
            let (x, y) = (chance.within(left, right), top + 0.05 + (0.98 - top) * down);
            let (wide, tall) = ((0.05 + 0.2 * down) * chance.within(0.6, 1.3), 0.003 + 0.013 * down);
            let rim: [(f32, f32); 10] = std::array::from_fn(|index| {
                let (sin, cos) = (f32_of(index) / 10.0 * std::f32::consts::TAU).sin_cos();
                let reach = chance.within(0.6, 1.15);
                (x + cos * wide * reach, y + sin * tall * reach)
            });
            let (far, near) = ((sky.times(light.light), 0.5), (sky, 0.72));
            sheet.fill(smooth(&rim), &fading((0.0, y - tall), (0.0, y + tall), far, near));
        }
    });
}

/// What grows on a piece of ground.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lawn<'a> {
    pub(super) ridge: Ridge,
    pub(super) far: u32,
    pub(super) near: u32,
    /// Blades of grass for a unit of width.
    pub(super) blades: f32,
    pub(super) flowers: &'a [u32],
    /// Flowers for a unit of width.
    pub(super) blooms: f32,
    pub(super) distance: f32,
}

/// A lawn, meadow, beach or snowfield from its ridge down to the frame's lower edge.
pub(super) fn lawn(sheet: &mut Sheet, light: &Light, lawn: Lawn<'_>, chance: &mut Chance) {
    let Lawn { ridge, .. } = lawn;
    let top = ridge.height - ridge.swing;
    let far = light.aerial(light.bright(lawn.far, 0.25), lawn.distance);
    let near = light.shaded(lawn.near, 0.30);
    ridge.fill(sheet, far, near, 1.05);
    let wide = sheet.right - sheet.left;
    sheet.inside(|sheet| {
        let patches = 20.0 * wide;
        for _ in 0..whole(patches) {
            let down = chance.unit();
            let y = top + 0.02 + (1.05 - top) * down * down;
            let x = chance.within(sheet.left, sheet.right);
            let size = 0.05 + 0.24 * (y - top);
            let glow = chance.unit() < 0.55;
            let colour = if glow { light.bright(lawn.far, 0.8) } else { light.shaded(lawn.near, 0.7) };
            let alpha = if glow { 0.10 } else { 0.08 };
            for shrink in [1.0, 0.75, 0.5] {
                sheet.fill(
                    oval((x, y), (size * 1.9 * shrink, size * 0.26 * shrink), 0.0),
                    &veil(colour, alpha),
                );
            }
        }
    });
    let blades = whole(lawn.blades * wide);
    for index in 0..blades {
        // From far to near, so that nearer blades stand before farther ones.
        let down = (f32_of(index) / f32_of(blades)).powf(1.5);
        let x = chance.within(sheet.left, sheet.right);
        let y = ridge.at(x) + (1.06 - top) * down + 0.004;
        let tall = (0.006 + 0.05 * (y - top)) * chance.within(0.6, 1.3);
        let colour = match chance.number() % 4 {
            0 => light.bright(lawn.far, 0.7),
            1 => light.shaded(lawn.near, 0.55),
            _ => far.mix(near, down).plus(light.lit(lawn.far).scale(0.06)),
        };
        flora::blade(sheet, (x, y), tall, chance.near(0.5), colour);
    }
    let blooms = whole(lawn.blooms * wide);
    for index in 0..blooms {
        if lawn.flowers.is_empty() {
            break;
        }
        let down = (f32_of(index) / f32_of(blooms)).powf(1.4);
        let x = chance.within(sheet.left, sheet.right);
        let y = ridge.at(x) + 0.01 + (1.03 - top) * down;
        let size = 0.0035 + 0.03 * (y - top);
        // Flowers of a colour stand together.
        let kind = noise(x * 3.0, down * 5.0, ridge.seed) * 1.6 - 0.3 + chance.near(0.3);
        let index = whole((kind * f32_of(lawn.flowers.len())).clamp(0.0, f32_of(lawn.flowers.len()) - 1.0));
        flora::flower(sheet, light, ((x, y), size), lawn.flowers[index], chance);
    }
}

/// Stones and shells, for sand and river banks.
pub(super) fn pebbles(
    sheet: &mut Sheet,
    light: &Light,
    (top, natural): (f32, u32),
    count: usize,
    chance: &mut Chance,
) {
    for _ in 0..count {
        let (x, y) = (chance.within(sheet.left, sheet.right), top + (1.05 - top) * chance.unit());
        let size = (0.003 + 0.02 * (y - top)) * chance.within(0.4, 1.2);
        let dark = light.shaded(natural, 0.9);
        sheet.fill(
            oval((x - light.side * size * 0.5, y + size * 0.3), (size * 1.5, size * 0.5), 0.0),
            &veil(dark, 0.35),
        );
        sheet.fill(oval((x, y), (size, size * 0.6), 0.0), &flat(light.shaded(natural, 0.35)));
        let shine = light.bright(natural, 0.5);
        sheet.fill(
            oval((x + light.side * size * 0.3, y - size * 0.2), (size * 0.5, size * 0.25), 0.0),
            &veil(shine, 0.8),
        );
    }
}

pub(super) fn whole(value: f32) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small count, never negative"
    )]
    let count = value.max(0.0) as usize;
    count
}

pub(super) fn f32_of(count: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let value = count as f32;
    value
}
