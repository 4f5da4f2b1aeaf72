//! City fronts and rooms: skylines, lamps, and the wall with its window.

use super::super::colour::{Light, Rgb};
use super::super::noise::Chance;
use super::super::sheet::{Sheet, across, corners, flat, line, oval, pane, round, veil};

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
        let busy = if chance.unit() < 0.2 { 0.8 } else { 0.22 };
        for column in 0..columns {
            let x = left + margin + super::super::ground::f32_of(column) * step_x + step_x * 0.22;
            let shines = row.lights && chance.unit() < busy;
            let colour = if shines {
                air(Rgb::hex(chance.of(&[0xffd98a, 0xffc46a, 0xffedc0, 0xffe2b0, 0xb8dcf0])))
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
