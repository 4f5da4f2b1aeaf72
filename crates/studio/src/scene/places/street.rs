//! City fronts and rooms: skylines, neon signs, lamps, and the wall with its window.

use super::super::colour::{Light, Rgb};
use super::super::noise::Chance;
use super::super::sheet::{Sheet, across, corners, fading, flat, line, oval, pane, round, smooth, veil};

/// One row of buildings against the sky.
#[derive(Clone, Copy)]
pub(super) struct Skyline {
    pub(super) foot: f32,
    pub(super) tall: (f32, f32),
    pub(super) wide: (f32, f32),
    pub(super) natural: u32,
    pub(super) distance: f32,
    /// Whether windows shine.
    pub(super) lights: bool,
}

pub(super) fn skyline(sheet: &mut Sheet, light: &Light, row: Skyline, chance: &mut Chance) {
    let mut x = sheet.left - 0.1;
    while x < sheet.right {
        let wide = chance.within(row.wide.0, row.wide.1);
        let tall = chance.within(row.tall.0, row.tall.1);
        let tint = chance.of(&[row.natural, 0xb08a78, 0x7f96ac, 0xc2a890, 0x8f86a0]);
        building(sheet, light, ((x, row.foot - tall), (x + wide, row.foot + 0.05)), (tint, row), chance);
        x += wide + chance.within(-0.01, 0.015);
    }
}

fn building(
    sheet: &mut Sheet,
    light: &Light,
    ((left, top), (right, bottom)): ((f32, f32), (f32, f32)),
    (tint, row): (u32, Skyline),
    chance: &mut Chance,
) {
    let air = |colour: Rgb| light.aerial(colour, row.distance);
    let (near, far) = if light.side < 0.0 { (left, right) } else { (right, left) };
    let wall = across(
        (near, top),
        (far, bottom),
        air(light.bright(tint, 0.15)),
        light.aerial(light.shaded(tint, 0.75), row.distance + 0.12),
    );
    sheet.fill(corners(&[(left, top), (right, top), (right, bottom), (left, bottom)]), &wall);
    sheet.fill(
        corners(&[
            (left - 0.003, top),
            (right + 0.003, top),
            (right + 0.003, top + 0.008),
            (left - 0.003, top + 0.008),
        ]),
        &flat(air(light.bright(tint, 0.4))),
    );
    if chance.unit() < 0.35 {
        let mast = (left + right) / 2.0;
        sheet.stroke(
            line(&[(mast, top), (mast, top - chance.within(0.03, 0.07))]),
            0.003,
            &flat(air(light.shaded(tint, 0.8))),
        );
    }
    let (step_x, step_y) = (0.020 + 0.014 * (1.0 - row.distance), 0.026 + 0.016 * (1.0 - row.distance));
    let columns = super::super::ground::whole((right - left - step_x * 0.6) / step_x);
    let margin = ((right - left) - super::super::ground::f32_of(columns) * step_x) / 2.0;
    let mut y = top + step_y * 0.7;
    while y < bottom - 0.08 {
        for column in 0..columns {
            let x = left + margin + super::super::ground::f32_of(column) * step_x + step_x * 0.22;
            let shines = row.lights && chance.unit() < 0.42;
            let colour = if shines {
                air(Rgb::hex(chance.of(&[0xffd98a, 0xffc46a, 0xffedc0, 0x9fe0ff, 0xffa0d0])))
            } else {
                {
                    let up = ((bottom - y) / (bottom - top)).clamp(0.0, 1.0);
                    let glass = if row.lights {
                        light.shaded(0x4a5f80, 1.0)
                    } else {
                        light.shaded(0x5f7f9c, chance.within(0.1, 0.8))
                    };
                    air(glass.mix(light.fog, if row.lights { 0.05 } else { 0.3 * up }))
                }
            };
            sheet.fill(
                corners(&[
                    (x, y),
                    (x + step_x * 0.56, y),
                    (x + step_x * 0.56, y + step_y * 0.56),
                    (x, y + step_y * 0.56),
                ]),
                &veil(colour, if shines { 1.0 } else { 0.6 }),
            );
        }
        y += step_y;
    }
}

/// Neon signs with their glow, on the fronts along a street.
pub(super) fn neon(sheet: &mut Sheet, (top, bottom): (f32, f32), count: usize, chance: &mut Chance) {
    for _ in 0..count {
        let tint = Rgb::hex(chance.of(&[0xff4fa0, 0x4fd8ff, 0xffb04f, 0x9a6aff, 0x5affc0]));
        let (x, y) = (chance.within(sheet.left, sheet.right), chance.within(top, bottom));
        let upright = chance.unit() < 0.6;
        let (wide, tall) = if upright { (0.018, 0.06) } else { (0.06, 0.02) };
        sheet.fill(
            oval((x, y), (wide * 3.2, tall * 2.2), 0.0),
            &round((x, y), wide.max(tall) * 2.6, (tint, 0.34), (tint, 0.0)),
        );
        sheet.stroke(
            pane((x - wide, y - tall), (x + wide, y + tall), 0.008),
            0.005,
            &flat(tint.mix(Rgb::hex(0xffffff), 0.35)),
        );
        for bar in 0..3_u8 {
            let share = (f32::from(bar) - 1.0) * 0.55;
            let from =
                if upright { (x - wide * 0.5, y + share * tall) } else { (x + share * wide, y - tall * 0.5) };
            let to =
                if upright { (x + wide * 0.5, y + share * tall) } else { (x + share * wide, y + tall * 0.5) };
            sheet.stroke(line(&[from, to]), 0.005, &flat(tint.mix(Rgb::hex(0xffffff), 0.5)));
        }
    }
}

/// Shop fronts along the pavement: awnings over lit windows.
pub(super) fn shops(
    sheet: &mut Sheet,
    light: &Light,
    (top, foot): (f32, f32),
    shines: bool,
    chance: &mut Chance,
) {
    let mut x = sheet.left - 0.1;
    while x < sheet.right {
        let right = x + chance.within(0.14, 0.24);
        let wall = chance.of(&[0x6a5a54, 0x4f5f6a, 0x7a6450, 0x5a4f64]);
        let front = [(x, top - 0.012), (right, top - 0.012), (right, foot + 0.02), (x, foot + 0.02)];
        sheet.fill(corners(&front), &flat(light.aerial(light.shaded(wall, 0.35), 0.1)));
        let warm = Rgb::hex(chance.of(&[0xffd08a, 0xffe2b0, 0xffb870]));
        let (above, below) = if shines {
            (warm, warm.scale(0.55))
        } else {
            (light.shaded(0x6f8aa0, 0.3), light.shaded(0x3a4656, 0.6).mix(warm.times(light.light), 0.2))
        };
        let door = x + (right - x) * chance.within(0.55, 0.75);
        for (from, to) in [(x + 0.008, door - 0.006), (door + 0.004, (door + 0.034).min(right - 0.004))] {
            let glass = pane((from, top + 0.018), (to, foot - 0.004), 0.002);
            sheet.fill(glass, &across((0.0, top), (0.0, foot), above, below));
        }
        let tint = chance.of(&[0xc2493f, 0x3f7f8c, 0xd9a03c, 0x4f7f58, 0x8a5a90, 0xd87a5a]);
        let stripes = super::super::ground::whole((right - x) / 0.016);
        let wide = (right - x) / super::super::ground::f32_of(stripes);
        for stripe in 0..stripes {
            let at = x + wide * super::super::ground::f32_of(stripe);
            let natural = if stripe.is_multiple_of(2) { tint } else { 0xf4ead8 };
            let cloth = across(
                (0.0, top),
                (0.0, top + 0.028),
                light.bright(natural, 0.15),
                light.shaded(natural, 0.55),
            );
            let strip =
                [(at + 0.003, top), (at + wide + 0.003, top), (at + wide, top + 0.026), (at, top + 0.026)];
            sheet.fill(corners(&strip), &cloth);
            sheet.fill(oval((at + wide / 2.0, top + 0.026), (wide / 2.0, 0.006), 0.0), &cloth);
        }
        if shines {
            let centre = ((x + right) / 2.0, foot - 0.02);
            sheet.fill(oval(centre, (0.16, 0.16), 0.0), &round(centre, 0.16, (warm, 0.3), (warm, 0.0)));
        }
        x = right + chance.within(0.0, 0.03);
    }
}

/// A street lamp with its pool of light.
pub(super) fn lamp(sheet: &mut Sheet, light: &Light, ((x, y), tall): ((f32, f32), f32), shines: bool) {
    let iron = flat(light.shaded(0x3a404c, 0.4));
    let side = if x < 0.0 { 1.0 } else { -1.0 };
    let head = (x + side * tall * 0.16, y - tall * 0.97);
    sheet.stroke(
        line(&[(x, y), (x, y - tall * 0.8), (x + side * tall * 0.04, y - tall * 0.96), head]),
        tall * 0.022,
        &iron,
    );
    sheet.fill(oval(head, (tall * 0.05, tall * 0.02), 0.0), &iron);
    if shines {
        let glow = Rgb::hex(0xffdc9a);
        sheet.fill(
            oval((head.0, head.1 + tall * 0.03), (tall * 0.3, tall * 0.3), 0.0),
            &round((head.0, head.1 + tall * 0.02), tall * 0.3, (glow, 0.5), (glow, 0.0)),
        );
        sheet.fill(
            oval((head.0, head.1 + tall * 0.018), (tall * 0.038, tall * 0.016), 0.0),
            &flat(Rgb::hex(0xfff6dc)),
        );
    }
}

/// A wall with a window on the sky, shelves and a plant: the back of a room. `window` is its centre.
pub(super) fn wall(
    sheet: &mut Sheet,
    light: &Light,
    (wall, floor): (u32, f32),
    window: ((f32, f32), (f32, f32)),
    low_sun: bool,
) {
    let ((x, y), (half, tall)) = window;
    let (l, t, r, b) = (x - half, y - tall, x + half, y + tall);
    let ink = across((x, y), (x + 1.1, floor + 0.2), light.bright(wall, 0.25), light.shaded(wall, 0.55));
    // The wall is four panels around the window, so that the sky shows through it.
    for (from, to) in [
        ((sheet.left, sheet.top), (l, sheet.bottom)),
        ((r, sheet.top), (sheet.right, sheet.bottom)),
        ((l, sheet.top), (r, t)),
        ((l, b), (r, sheet.bottom)),
    ] {
        sheet.fill(corners(&[from, (to.0, from.1), to, (from.0, to.1)]), &ink);
    }
    let frame = flat(light.bright(0xf8f0e2, 0.1));
    sheet.stroke(pane((l, t), (r, b), 0.004), 0.022, &frame);
    sheet.stroke(line(&[(x, t), (x, b)]), 0.011, &frame);
    sheet.stroke(line(&[(l, y - tall * 0.12), (r, y - tall * 0.12)]), 0.011, &frame);
    sheet.fill(pane((l - 0.035, b + 0.005), (r + 0.035, b + 0.03), 0.005), &frame);
    let glow = light.sun;
    let strength = if low_sun { 0.3 } else { 0.2 };
    for pane_x in [l, x] {
        let slide = -light.side * 0.35;
        let from = (pane_x + 0.01 + slide, floor - 0.02);
        sheet.fill(
            corners(&[
                from,
                (from.0 + half * 0.9, from.1),
                (from.0 + half * 0.9 + slide * 0.3, from.1 - 0.16),
                (from.0 + slide * 0.3, from.1 - 0.16),
            ]),
            &veil(glow, strength * 0.35),
        );
    }
    for side in [-1.0_f32, 1.0] {
        let edge = x + side * (half + 0.05);
        let cloth = fading(
            (edge - 0.06, 0.0),
            (edge + 0.06, 0.0),
            (light.bright(0xe9b6a4, 0.1), 0.97),
            (light.shaded(0xc98878, 0.5), 0.97),
        );
        sheet.fill(
            smooth(&[
                (edge - 0.06, t - 0.04),
                (edge + 0.06, t - 0.04),
                (edge + side * 0.02 + 0.07, y),
                (edge + side * 0.05 + 0.05, b + 0.09),
                (edge + side * 0.05 - 0.06, b + 0.09),
                (edge + side * 0.01 - 0.05, y),
            ]),
            &cloth,
        );
    }
    sheet.stroke(
        line(&[(l - 0.15, t - 0.04), (r + 0.15, t - 0.04)]),
        0.012,
        &flat(light.shaded(0x8a5f40, 0.4)),
    );
    let skirting = [
        (sheet.left, floor - 0.035),
        (sheet.right, floor - 0.035),
        (sheet.right, floor + 0.01),
        (sheet.left, floor + 0.01),
    ];
    sheet.fill(corners(&skirting), &flat(light.lit(0xf6ecdc)));
}
