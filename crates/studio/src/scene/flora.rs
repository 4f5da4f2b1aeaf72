//! Plants: blades, flowers, leaves and bushes, lit from the scene's side.

mod trees;

use std::f32::consts::TAU;

use super::colour::{Light, Rgb};
use super::ground::{f32_of, whole};
use super::noise::Chance;
use super::sheet::{Sheet, corners, flat, line, oval, round, smooth};
pub(super) use trees::{fir, tree};

/// One blade of grass from its foot, leaning by `lean` of its height.
pub(super) fn blade(sheet: &mut Sheet, (x, y): (f32, f32), tall: f32, lean: f32, colour: Rgb) {
    let wide = tall * 0.07;
    let tip = (x + lean * tall, y - tall);
    let bend = (x + lean * tall * 0.25, y - tall * 0.6);
    sheet.fill(
        corners(&[
            (x - wide, y),
            (bend.0 - wide * 0.7, bend.1),
            tip,
            (bend.0 + wide * 0.7, bend.1),
            (x + wide, y),
        ]),
        &flat(colour),
    );
}

/// A small flower seen from the side and above.
pub(super) fn flower(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), size): ((f32, f32), f32),
    natural: u32,
    chance: &mut Chance,
) {
    let tall = size * chance.within(1.6, 3.0);
    let stem = light.shaded(0x4f8a40, 0.4);
    sheet.stroke(line(&[(x, y), (x + size * 0.15, y - tall * 0.5), (x, y - tall)]), size * 0.16, &flat(stem));
    let (x, y) = (x, y - tall);
    let shadow = light.shaded(natural, 0.45);
    let bright = light.bright(natural, 0.35);
    let turn = chance.unit();
    for petal in 0..5_u8 {
        let angle = (f32::from(petal) + turn) / 5.0 * TAU;
        let (sin, cos) = angle.sin_cos();
        let centre = (x + cos * size * 0.48, y + sin * size * 0.36);
        let colour = shadow.mix(bright, 0.5 + 0.5 * (cos * light.side * 0.6 - sin * 0.8));
        sheet.fill(oval(centre, (size * 0.46, size * 0.3), angle), &flat(colour));
    }
    let eye = if natural == 0xf7c948 { 0xb86a2c } else { 0xf2c14a };
    sheet.fill(oval((x, y), (size * 0.26, size * 0.22), 0.0), &flat(light.lit(eye)));
}

/// A heap of leaves: lobes like small domes, each of them many tufts of leaves, lit where they face the light.
pub(super) fn foliage(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), (wide, tall)): ((f32, f32), (f32, f32)),
    (natural, distance): (u32, f32),
    chance: &mut Chance,
) {
    // How many leaves there are depends on the frame's size: chance of their own keeps the rest of the scene in its place.
    let chance = &mut Chance::new(u64::from(chance.number()), 2);
    let tones = Tones::new(light, natural, distance);
    let round = wide.min(tall);
    let slim = (wide.max(tall) / round).min(2.6);
    let mut lobes: Vec<(f32, (f32, f32), f32)> = (0..whole((6.0 + (round * 50.0).min(6.0)) * slim))
        .map(|_| {
            let (sin, cos) = (chance.unit() * TAU).sin_cos();
            let far = chance.unit().sqrt() * 0.72;
            let facing = far * 1.4 * (cos * light.side * 0.62 - sin * 0.78);
            let size = round * chance.within(0.34, 0.5);
            (facing, (x + cos * far * wide, y + sin * far * tall), size)
        })
        .collect();
    // Shadowed lobes first: the lit ones stand before them.
    lobes.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (facing, centre, size) in lobes {
        sheet.fill(clump(centre, size, chance), &flat(tones.at(facing * 0.5 - 0.3)));
        let tufts = whole((size * sheet.resolution * 1.1).clamp(9.0, 46.0));
        let mut tufts: Vec<(f32, (f32, f32))> = (0..tufts)
            .map(|_| {
                let (sin, cos) = (chance.unit() * TAU).sin_cos();
                let far = chance.unit().sqrt() * 1.06;
                let lit = far * (cos * light.side * 0.62 - sin * 0.78) * 0.62 + facing * 0.5 + 0.12;
                (lit + chance.near(0.22), (centre.0 + cos * far * size, centre.1 + sin * far * size * 0.92))
            })
            .collect();
        tufts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let leaf = (size * 0.17).max(1.4 / sheet.resolution);
        for (lit, at) in tufts {
            let size = leaf * chance.within(0.7, 1.25) * (1.0 - lit * 0.22);
            sheet.fill(sprig(at, size, chance), &flat(tones.at(lit)));
        }
    }
}

/// The tones of a plant's leaves from deep shadow (-1.0) to full light (1.0), through the air before it.
struct Tones([Rgb; 4]);

impl Tones {
    fn new(light: &Light, natural: u32, distance: f32) -> Self {
        let warm = light.bright(natural, 0.9).mix(light.lit(0xfff09a), 0.14);
        let tones = [
            light.shaded(natural, 1.0).scale(0.5),
            light.shaded(natural, 0.75),
            light.lit(natural).scale(0.95),
            warm,
        ];
        Self(tones.map(|tone| light.aerial(tone, distance)))
    }

    fn at(&self, lit: f32) -> Rgb {
        let place = (lit.clamp(-1.0, 1.0) + 1.0) * 1.5;
        let index = whole(place).min(2);
        self.0[index].mix(self.0[index + 1], place - f32_of(index))
    }
}

/// A few leaves that stick together.
fn sprig((x, y): (f32, f32), size: f32, chance: &mut Chance) -> Option<tiny_skia::Path> {
    let turn = chance.unit() * TAU;
    let points: [(f32, f32); 10] = std::array::from_fn(|index| {
        let angle = turn + f32_of(index) / 10.0 * TAU;
        let reach = size * if index.is_multiple_of(2) { chance.within(0.8, 1.3) } else { 0.5 };
        (x + angle.cos() * reach, y + angle.sin() * reach * 0.85)
    });
    corners(&points)
}

fn clump((x, y): (f32, f32), size: f32, chance: &mut Chance) -> Option<tiny_skia::Path> {
    let points: [(f32, f32); 9] = std::array::from_fn(|index| {
        let angle = f32_of(index) / 9.0 * TAU;
        let reach = size * chance.within(0.82, 1.08);
        (x + angle.cos() * reach, y + angle.sin() * reach * 0.9)
    });
    smooth(&points)
}

/// A low round bush, with flowers on it if it has any.
pub(super) fn bush(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), wide): ((f32, f32), f32),
    (leaf, distance, flowers): (u32, f32, &[u32]),
    chance: &mut Chance,
) {
    let tall = wide * 0.62;
    foliage(sheet, light, ((x, y - tall * 0.7), (wide, tall)), (leaf, distance), chance);
    for _ in 0..if flowers.is_empty() { 0 } else { 26 } {
        let angle = chance.unit() * TAU;
        let far = chance.unit().sqrt();
        let at = (x + angle.cos() * far * wide * 0.85, y - tall * 0.8 + angle.sin() * far * tall * 0.75);
        let colour = light.aerial(light.bright(chance.of(flowers), 0.25), distance);
        let size = wide * chance.within(0.035, 0.06);
        sheet.fill(
            oval(at, (size, size * 0.85), 0.0),
            &round(at, size, (colour, 1.0), (colour.scale(0.75), 1.0)),
        );
    }
}
