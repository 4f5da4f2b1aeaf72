//! Grown trees of several kinds: oaks, birches, poplars, willows, pines and firs.

use super::super::colour::{Light, Rgb};
use super::super::ground::f32_of;
use super::super::noise::Chance;
use super::super::sheet::{Ink, Sheet, across, corners, flat, line, smooth, veil};
use super::{Tones, foliage};

/// How a leafy tree grows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    Oak,
    Birch,
    Poplar,
    Willow,
    Pine,
}

/// A leafy tree; `y` is the ground.
#[expect(clippy::too_many_lines, reason = "one drawing, kind by kind")]
pub(in super::super) fn tree(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), tall): ((f32, f32), f32),
    (leaf, trunk, distance): (u32, u32, f32),
    chance: &mut Chance,
) {
    // What blossoms or turns red spreads like an oak.
    let green = leaf & 0x00ff_0000 < 0x0090_0000;
    let habit = if green {
        chance.of(&[
            Habit::Oak,
            Habit::Oak,
            Habit::Oak,
            Habit::Birch,
            Habit::Poplar,
            Habit::Willow,
            Habit::Pine,
        ])
    } else {
        chance.of(&[Habit::Oak, Habit::Oak, Habit::Birch])
    };
    let trunk = match habit {
        Habit::Birch => 0xe6e0d6,
        Habit::Pine => 0x9a6044,
        _ => trunk,
    };
    let wide = tall
        * match habit {
            Habit::Birch => 0.022,
            Habit::Poplar | Habit::Pine => 0.028,
            _ => 0.042,
        };
    let bark = across(
        (x + light.side * wide, y),
        (x - light.side * wide, y),
        light.aerial(light.bright(trunk, 0.35), distance),
        light.aerial(light.shaded(trunk, 1.0).scale(0.8), distance),
    );
    let lean = chance.near(0.05) * tall;
    stem(sheet, ((x, y), (x + lean, y - tall * 0.62)), wide, &bark);
    if habit == Habit::Birch {
        birch_marks(
            sheet,
            ((x, y), (lean, tall)),
            wide,
            light.aerial(light.shaded(0x3a3634, 0.6), distance),
            chance,
        );
    }
    let crown = (leaf, distance);
    let top = (x + lean, y - tall);
    let mut bough = |sheet: &mut Sheet, (dx, dy): (f32, f32), (w, h): (f32, f32)| {
        let at = (top.0 + dx * tall, top.1 + dy * tall);
        foliage(sheet, light, (at, (w * tall, h * tall)), crown, chance);
    };
    match habit {
        Habit::Oak => {
            for (side, high) in [(-1.0, 0.5), (1.0, 0.44), (0.4, 0.6)] {
                branch(
                    sheet,
                    ((x + lean * 0.5, y - tall * 0.3), (top.0 + side * tall * 0.22, top.1 + tall * high)),
                    wide,
                    &bark,
                );
            }
            bough(sheet, (-0.18, 0.42), (0.24, 0.19));
            bough(sheet, (0.2, 0.38), (0.23, 0.19));
            bough(sheet, (0.0, 0.27), (0.3, 0.25));
        }
        Habit::Birch => {
            bough(sheet, (-0.05, 0.5), (0.17, 0.17));
            bough(sheet, (0.07, 0.38), (0.17, 0.18));
            bough(sheet, (0.0, 0.21), (0.15, 0.2));
        }
        Habit::Poplar => {
            bough(sheet, (0.0, 0.54), (0.13, 0.33));
            bough(sheet, (0.0, 0.3), (0.105, 0.28));
        }
        Habit::Willow => {
            bough(sheet, (-0.14, 0.34), (0.19, 0.16));
            bough(sheet, (0.15, 0.32), (0.19, 0.16));
            bough(sheet, (0.0, 0.26), (0.22, 0.18));
            strands(sheet, light, (top, tall), (leaf, distance), chance);
        }
        Habit::Pine => {
            for (dx, dy) in [(-0.2, 0.36), (0.18, 0.28), (0.0, 0.16)] {
                branch(
                    sheet,
                    ((x + lean * 0.7, y - tall * 0.45), (top.0 + dx * tall, top.1 + dy * tall)),
                    wide * 0.7,
                    &bark,
                );
                bough(sheet, (dx, dy - 0.02), (0.21, 0.085));
            }
        }
    }
}

/// A trunk that spreads at its foot and thins towards its top.
fn stem(sheet: &mut Sheet, ((x, y), (tx, ty)): ((f32, f32), (f32, f32)), wide: f32, bark: &Ink) {
    let middle = (x * 0.6 + tx * 0.4, y * 0.55 + ty * 0.45);
    let shape = [
        (x - wide * 1.9, y + wide * 0.2),
        (x - wide * 0.95, y - wide * 1.6),
        (middle.0 - wide * 0.72, middle.1),
        (tx - wide * 0.3, ty),
        (tx + wide * 0.3, ty),
        (middle.0 + wide * 0.72, middle.1),
        (x + wide * 0.95, y - wide * 1.6),
        (x + wide * 1.9, y + wide * 0.2),
        (x, y + wide * 0.4),
    ];
    sheet.fill(smooth(&shape), bark);
}

fn branch(sheet: &mut Sheet, ((x, y), (tx, ty)): ((f32, f32), (f32, f32)), wide: f32, bark: &Ink) {
    let bend = (x + (tx - x) * 0.4, y + (ty - y) * 0.65);
    sheet.stroke(line(&[(x, y), bend, (tx, ty)]), wide * 0.6, bark);
}

fn birch_marks(
    sheet: &mut Sheet,
    ((x, y), (lean, tall)): ((f32, f32), (f32, f32)),
    wide: f32,
    dark: Rgb,
    chance: &mut Chance,
) {
    for _ in 0..9 {
        let up = chance.within(0.04, 0.55);
        let at = (x + lean * up / 0.62 + chance.near(wide * 0.4), y - up * tall);
        let half = wide * chance.within(0.15, 0.4);
        sheet.stroke(line(&[(at.0 - half, at.1), (at.0 + half, at.1)]), wide * 0.16, &veil(dark, 0.7));
    }
}

/// The long hanging twigs of a willow.
fn strands(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), tall): ((f32, f32), f32),
    (leaf, distance): (u32, f32),
    chance: &mut Chance,
) {
    let tones = Tones::new(light, leaf, distance);
    for _ in 0..64 {
        let along = chance.within(-1.0, 1.0);
        let from = (x + along * tall * 0.32, y + tall * (0.28 + 0.12 * along.abs()));
        let drop = tall * chance.within(0.16, 0.42);
        let tone = tones.at(along * light.side * 0.5 + chance.near(0.6));
        let tip = (from.0 + along * tall * 0.06, from.1 + drop);
        sheet.stroke(
            line(&[from, (from.0 + along * tall * 0.05, from.1 + drop * 0.5), tip]),
            (tall * 0.011).min(0.0045),
            &flat(tone),
        );
    }
}

/// A fir; `y` is the ground. `snow` lies on its branches.
pub(in super::super) fn fir(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), tall): ((f32, f32), f32),
    (leaf, distance, snow): (u32, f32, bool),
    chance: &mut Chance,
) {
    let chance = &mut Chance::new(u64::from(chance.number()), 3);
    let tones = Tones::new(light, leaf, distance);
    let (bark, white) =
        (light.aerial(light.shaded(0x5a4232, 0.6), distance), light.aerial(light.lit(0xf4f8fc), distance));
    let foot = [
        (x - tall * 0.02, y),
        (x - tall * 0.012, y - tall * 0.25),
        (x + tall * 0.012, y - tall * 0.25),
        (x + tall * 0.02, y),
    ];
    sheet.fill(corners(&foot), &flat(bark));
    let slim = chance.within(0.85, 1.15);
    let pixels = tall * sheet.resolution;
    let tiers = if pixels < 60.0 { 8_u8 } else { 13 };
    for tier in 0..tiers {
        let share = f32::from(tier) / f32::from(tiers);
        let base = y - tall * (0.07 + share * 0.84);
        let half = tall * 0.2 * slim * (1.0 - share * 0.93) * chance.within(0.88, 1.12);
        let peak = base - tall * 0.17;
        // Branches hang from the stem: their tips are the teeth of the tier.
        let mut points = vec![(x, peak)];
        let teeth = if half * sheet.resolution < 9.0 { 5_u8 } else { 9 };
        for tooth in 0..=teeth {
            let across = f32::from(tooth) / f32::from(teeth) * 2.0 - 1.0;
            let reach = half * (1.0 + chance.near(0.14));
            let hang = half * (0.34 * (1.0 - across * across) + chance.unit() * 0.16);
            points.push((x - across * reach, base + hang));
            if tooth < teeth {
                let between = across + 1.0 / f32::from(teeth);
                points.push((x - between * reach * 0.96, base + hang * 0.4 - half * 0.1));
            }
        }
        let ink = across(
            (x + light.side * half, base),
            (x - light.side * half, base),
            tones.at(0.35 + 0.5 * share),
            tones.at(-0.75 + 0.4 * share),
        );
        sheet.fill(corners(&points), &ink);
        // The tier above throws its shadow on this one.
        let gloom = super::super::sheet::fading(
            (x, peak),
            (x, base),
            (tones.at(-1.0), 0.0),
            (tones.at(-1.0), if tier == 0 { 0.45 } else { 0.2 }),
        );
        sheet.fill(corners(&points), &gloom);
        if snow {
            laden(sheet, (x, peak, base), half, white, chance);
        }
    }
}

/// Snow on one tier of branches: it lies where it fell, thick here and gone there.
fn laden(sheet: &mut Sheet, (x, peak, base): (f32, f32, f32), half: f32, white: Rgb, chance: &mut Chance) {
    let (left, right) = (chance.within(0.35, 0.95), chance.within(0.35, 0.95));
    let mut points = vec![(x, peak + half * 0.1)];
    for step in 0..=6_u8 {
        let across = f32_of(usize::from(step)) / 3.0 - 1.0;
        let reach = half * if across > 0.0 { left } else { right };
        // Near the stem it ends high, on the boughs low.
        let low = base - half * (0.5 - 0.5 * across.abs()) + half * chance.within(-0.3, 0.06);
        points.push((x - across * reach, low));
    }
    sheet.fill(smooth(&points), &veil(white, chance.within(0.55, 0.92)));
}
