//! Plants: blades, flowers, bushes and trees, lit from the scene's side.

use super::colour::{Light, Rgb};
use super::ground::f32_of;
use super::noise::Chance;
use super::sheet::{Sheet, across, corners, flat, line, oval, round, smooth, veil};

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
        let angle = (f32::from(petal) + turn) / 5.0 * std::f32::consts::TAU;
        let (sin, cos) = angle.sin_cos();
        let centre = (x + cos * size * 0.48, y + sin * size * 0.36);
        let colour = shadow.mix(bright, 0.5 + 0.5 * (cos * light.side * 0.6 - sin * 0.8));
        sheet.fill(oval(centre, (size * 0.46, size * 0.3), angle), &flat(colour));
    }
    let eye = if natural == 0xf7c948 { 0xb86a2c } else { 0xf2c14a };
    sheet.fill(oval((x, y), (size * 0.26, size * 0.22), 0.0), &flat(light.lit(eye)));
}

/// A heap of leaves: shadowed clumps below, lit ones above and towards the light.
pub(super) fn foliage(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), (wide, tall)): ((f32, f32), (f32, f32)),
    (natural, distance): (u32, f32),
    chance: &mut Chance,
) {
    let airy = |colour: Rgb| light.aerial(colour, distance);
    let tones = [
        airy(light.shaded(natural, 0.95)),
        airy(light.shaded(natural, 0.5)),
        airy(light.lit(natural)),
        airy(light.bright(natural, 0.75)),
    ];
    for (tone, colour) in tones.iter().enumerate() {
        let rise = f32_of(tone) / 3.0;
        let clumps = [15, 13, 11, 9][tone];
        for _ in 0..clumps {
            let angle = chance.unit() * std::f32::consts::TAU;
            let far = chance.unit().sqrt() * (1.0 - rise * 0.32);
            let cx = x + angle.cos() * far * wide * 0.74 + light.side * rise * wide * 0.22;
            let cy = y + angle.sin() * far * tall * 0.70 - rise * tall * 0.26;
            let size = (wide.min(tall)) * chance.within(0.22, 0.4) * (1.0 - rise * 0.4);
            let lower = tones[tone.saturating_sub(1)];
            let ink = across(
                (cx + light.side * size, cy - size),
                (cx - light.side * size, cy + size),
                *colour,
                colour.mix(lower, 0.7),
            );
            sheet.fill(clump((cx, cy), size, chance), &ink);
            // Leaves stick out of the clump's edge.
            for _ in 0..7 {
                let angle = chance.unit() * std::f32::consts::TAU;
                let leaf = size * chance.within(0.08, 0.17);
                let at = (cx + angle.cos() * size * 0.98, cy + angle.sin() * size * 0.9);
                sheet.fill(oval(at, (leaf, leaf * 0.6), chance.unit() * 3.0), &flat(*colour));
            }
        }
    }
}

fn clump((x, y): (f32, f32), size: f32, chance: &mut Chance) -> Option<tiny_skia::Path> {
    let points: Vec<(f32, f32)> = (0..9_u8)
        .map(|index| {
            let angle = f32::from(index) / 9.0 * std::f32::consts::TAU;
            let reach = size * chance.within(0.82, 1.12);
            (x + angle.cos() * reach, y + angle.sin() * reach * 0.9)
        })
        .collect();
    smooth(&points)
}

/// A leafy tree; `y` is the ground.
pub(super) fn tree(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), tall): ((f32, f32), f32),
    (leaf, trunk, distance): (u32, u32, f32),
    chance: &mut Chance,
) {
    let wide = tall * 0.045;
    let bark = across(
        (x + light.side * wide, y),
        (x - light.side * wide, y),
        light.aerial(light.bright(trunk, 0.3), distance),
        light.aerial(light.shaded(trunk, 0.9), distance),
    );
    let top = y - tall * 0.5;
    sheet.fill(
        smooth(&[
            (x - wide * 1.7, y),
            (x - wide * 0.8, y - tall * 0.2),
            (x - wide * 0.5, top),
            (x + wide * 0.5, top),
            (x + wide * 0.8, y - tall * 0.2),
            (x + wide * 1.7, y),
            (x, y + wide * 0.3),
        ]),
        &bark,
    );
    for side in [-1.0, 1.0] {
        sheet.stroke(
            line(&[
                (x, y - tall * 0.3),
                (x + side * tall * 0.1, y - tall * 0.45),
                (x + side * tall * 0.16, y - tall * 0.6),
            ]),
            wide * 0.8,
            &bark,
        );
    }
    foliage(sheet, light, ((x, y - tall * 0.66), (tall * 0.36, tall * 0.34)), (leaf, distance), chance);
}

/// A fir; `y` is the ground. `snow` lies on its branches.
pub(super) fn fir(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), tall): ((f32, f32), f32),
    (leaf, distance, snow): (u32, f32, bool),
    chance: &mut Chance,
) {
    let dark = light.aerial(light.shaded(leaf, 0.95), distance);
    let lit = light.aerial(light.bright(leaf, 0.35), distance);
    let white = light.aerial(light.lit(0xf4f8fc), distance);
    sheet.fill(
        corners(&[
            (x - tall * 0.02, y),
            (x - tall * 0.015, y - tall * 0.2),
            (x + tall * 0.015, y - tall * 0.2),
            (x + tall * 0.02, y),
        ]),
        &flat(light.aerial(light.shaded(0x5a4232, 0.6), distance)),
    );
    for tier in 0..7_u8 {
        let share = f32::from(tier) / 7.0;
        let base = y - tall * (0.08 + share * 0.78);
        let half = tall * 0.21 * (1.0 - share * 0.86) * chance.within(0.9, 1.1);
        let peak = base - tall * 0.24;
        let skirt = base + half * 0.16;
        let points = [
            (x, peak),
            (x + half * 0.45, base - half * 0.35),
            (x + half, base),
            (x + half * 0.5, skirt - half * 0.08),
            (x, skirt),
            (x - half * 0.5, skirt - half * 0.08),
            (x - half, base),
            (x - half * 0.45, base - half * 0.35),
        ];
        let ink = across((x + light.side * half, base), (x - light.side * half * 0.8, base), lit, dark);
        sheet.fill(corners(&points), &ink);
        if snow {
            sheet.fill(
                corners(&[
                    (x, peak),
                    (x + half * 0.5, base - half * 0.32),
                    (x + half * 0.9, base - half * 0.05),
                    (x + half * 0.3, base - half * 0.3),
                    (x - half * 0.2, base - half * 0.2),
                    (x - half * 0.85, base - half * 0.04),
                    (x - half * 0.5, base - half * 0.4),
                ]),
                &veil(white, 0.9),
            );
        }
    }
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
        let angle = chance.unit() * std::f32::consts::TAU;
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
