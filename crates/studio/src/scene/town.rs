//! What people build: houses, castles, pagodas and fences.

use super::colour::{Light, Rgb};
use super::sheet::{Sheet, across, corners, flat, line, oval, pane, smooth, veil};

/// A cottage on the ground at (x, y).
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn house(
    sheet: &mut Sheet,
    light: &Light,
    ((x, y), tall): ((f32, f32), f32),
    (wall, roof, distance): (u32, u32, f32),
) {
    let air = |colour: Rgb| light.aerial(colour, distance);
    let half = tall * 0.46;
    let eaves = y - tall * 0.5;
    let facade = across(
        (x + light.side * half, eaves),
        (x - light.side * half, y),
        air(light.bright(wall, 0.2)),
        air(light.shaded(wall, 0.55)),
    );
    sheet.fill(
        corners(&[
            (x + half * 0.38, eaves - tall * 0.12),
            (x + half * 0.38, y - tall * 0.98),
            (x + half * 0.6, y - tall * 0.98),
            (x + half * 0.6, eaves),
        ]),
        &flat(air(light.shaded(0xa0644c, 0.4))),
    );
    sheet.fill(corners(&[(x - half, eaves), (x + half, eaves), (x + half, y), (x - half, y)]), &facade);
    let tiles =
        across((x, y - tall), (x, eaves), air(light.bright(roof, 0.25)), air(light.shaded(roof, 0.5)));
    sheet.fill(
        corners(&[
            (x - half * 1.2, eaves + tall * 0.02),
            (x - half * 0.62, y - tall * 0.92),
            (x + half * 0.62, y - tall * 0.92),
            (x + half * 1.2, eaves + tall * 0.02),
        ]),
        &tiles,
    );
    sheet.fill(
        corners(&[
            (x - half, eaves + tall * 0.02),
            (x + half, eaves + tall * 0.02),
            (x + half, eaves + tall * 0.07),
            (x - half, eaves + tall * 0.07),
        ]),
        &veil(light.shaded(wall, 1.0).scale(0.5), 0.35),
    );
    let dark = light.light.r < 0.45;
    let pane_ink = if dark {
        flat(Rgb::hex(0xffd27a))
    } else {
        across((x - half, eaves), (x + half, y), air(light.lit(0xbfe0ec)), air(light.shaded(0x6f9ab8, 0.4)))
    };
    for u in [-0.58_f32, 0.58] {
        let at = (x + half * u, y - tall * 0.3);
        sheet.fill(
            pane(
                (at.0 - half * 0.23, at.1 - tall * 0.1),
                (at.0 + half * 0.23, at.1 + tall * 0.1),
                tall * 0.015,
            ),
            &flat(air(light.lit(0xfdf6e8))),
        );
        sheet.fill(
            pane(
                (at.0 - half * 0.18, at.1 - tall * 0.08),
                (at.0 + half * 0.18, at.1 + tall * 0.08),
                tall * 0.01,
            ),
            &pane_ink,
        );
        sheet.stroke(
            line(&[(at.0, at.1 - tall * 0.08), (at.0, at.1 + tall * 0.08)]),
            tall * 0.012,
            &flat(air(light.lit(0xfdf6e8))),
        );
    }
    sheet.fill(
        pane((x - half * 0.2, y - tall * 0.33), (x + half * 0.2, y), tall * 0.05),
        &flat(air(light.shaded(0x7a4a38, 0.3))),
    );
    sheet.fill(
        oval((x + half * 0.12, y - tall * 0.15), (tall * 0.012, tall * 0.012), 0.0),
        &flat(air(light.lit(0xf2cf6a))),
    );
}

/// A castle with three towers.
pub(super) fn castle(sheet: &mut Sheet, light: &Light, (x, y): (f32, f32), tall: f32) {
    let stone = 0xd9cfc2;
    let shade = |left: f32, right: f32| {
        let (near, far) = if light.side < 0.0 { (left, right) } else { (right, left) };
        across((near, 0.0), (far, 0.0), light.bright(stone, 0.2), light.shaded(stone, 0.7))
    };
    for (u, wide, high) in [(-0.36, 0.10, 0.66), (0.36, 0.10, 0.66), (0.0, 0.14, 0.86)] {
        let (cx, half, top) = (x + u * tall, wide * tall, y - high * tall);
        sheet.fill(
            corners(&[(cx - half, top), (cx + half, top), (cx + half, y), (cx - half, y)]),
            &shade(cx - half, cx + half),
        );
        let roof = across(
            (cx + light.side * half, top),
            (cx - light.side * half, top),
            light.bright(0x5f7fb8, 0.3),
            light.shaded(0x5f7fb8, 0.7),
        );
        sheet.fill(
            corners(&[(cx - half * 1.25, top), (cx, top - tall * 0.22), (cx + half * 1.25, top)]),
            &roof,
        );
        sheet.fill(
            corners(&[
                (cx, top - tall * 0.22),
                (cx, top - tall * 0.28),
                (cx + tall * 0.08, top - tall * 0.25),
                (cx, top - tall * 0.23),
            ]),
            &flat(light.lit(0xe0604a)),
        );
        let glow = Rgb::hex(0xffcf7a)
            .mix(light.shaded(0x4a4a60, 0.5), if light.light.r < 0.45 { 0.0 } else { 0.85 });
        sheet.fill(
            pane((cx - half * 0.26, top + tall * 0.08), (cx + half * 0.26, top + tall * 0.2), half * 0.26),
            &flat(glow),
        );
    }
    let (left, right, top) = (x - tall * 0.44, x + tall * 0.44, y - tall * 0.34);
    sheet.fill(corners(&[(left, top), (right, top), (right, y), (left, y)]), &shade(left, right));
    for merlon in 0..9_u8 {
        let at = left + tall * 0.1 * f32::from(merlon);
        sheet.fill(
            corners(&[
                (at, top),
                (at, top - tall * 0.05),
                (at + tall * 0.055, top - tall * 0.05),
                (at + tall * 0.055, top),
            ]),
            &shade(left, right),
        );
    }
    sheet.fill(
        pane((x - tall * 0.09, y - tall * 0.22), (x + tall * 0.09, y + tall * 0.1), tall * 0.09),
        &flat(light.shaded(0x5a4034, 0.5)),
    );
}

/// A pagoda with curved roofs.
pub(super) fn pagoda(sheet: &mut Sheet, light: &Light, ((x, y), tall): ((f32, f32), f32), distance: f32) {
    let air = |colour: Rgb| light.aerial(colour, distance);
    for tier in 0..4_u8 {
        let share = f32::from(tier) / 4.0;
        let half = tall * (0.17 - 0.085 * share);
        let foot = y - tall * 0.215 * f32::from(tier);
        let eaves = foot - tall * 0.13;
        let wall = across(
            (x + light.side * half, 0.0),
            (x - light.side * half, 0.0),
            air(light.bright(0xc2493a, 0.15)),
            air(light.shaded(0xa83c34, 0.7)),
        );
        sheet.fill(
            corners(&[(x - half, eaves), (x + half, eaves), (x + half, foot), (x - half, foot)]),
            &wall,
        );
        for u in [-0.5_f32, 0.0, 0.5] {
            let glow = Rgb::hex(0xffd68a)
                .mix(air(light.lit(0xf4e2c0)), if light.light.r < 0.45 { 0.0 } else { 0.7 });
            sheet.fill(
                pane(
                    (x + half * (u - 0.14), foot - tall * 0.095),
                    (x + half * (u + 0.14), foot - tall * 0.02),
                    0.002,
                ),
                &flat(glow),
            );
        }
        let wide = half * 1.75;
        let roof = across(
            (x, eaves - tall * 0.085),
            (x, eaves + tall * 0.01),
            air(light.bright(0x4f6f74, 0.3)),
            air(light.shaded(0x36505a, 0.6)),
        );
        sheet.fill(
            smooth(&[
                (x - wide, eaves - tall * 0.022),
                (x - wide * 0.62, eaves - tall * 0.035),
                (x - half * 0.75, eaves - tall * 0.088),
                (x + half * 0.75, eaves - tall * 0.088),
                (x + wide * 0.62, eaves - tall * 0.035),
                (x + wide, eaves - tall * 0.022),
                (x + wide * 0.7, eaves + tall * 0.012),
                (x, eaves + tall * 0.016),
                (x - wide * 0.7, eaves + tall * 0.012),
            ]),
            &roof,
        );
    }
    sheet.stroke(line(&[(x, y - tall * 0.84), (x, y - tall)]), tall * 0.014, &flat(air(light.lit(0xd9b25a))));
}

/// A white picket fence between two edges.
pub(super) fn fence(
    sheet: &mut Sheet,
    light: &Light,
    (y, tall): (f32, f32),
    (natural, distance): (u32, f32),
) {
    let lit = light.aerial(light.bright(natural, 0.1), distance);
    let dim = light.aerial(light.shaded(natural, 0.5), distance);
    for rail in [0.35, 0.72] {
        let at = y - tall * rail;
        sheet.fill(
            corners(&[
                (sheet.left, at),
                (sheet.right, at),
                (sheet.right, at + tall * 0.09),
                (sheet.left, at + tall * 0.09),
            ]),
            &across((0.0, at), (0.0, at + tall * 0.09), lit, dim),
        );
    }
    let (step, half) = (tall * 0.36, tall * 0.10);
    let mut x = sheet.left;
    while x < sheet.right + step {
        let picket = [
            (x - half, y),
            (x - half, y - tall * 0.88),
            (x, y - tall),
            (x + half, y - tall * 0.88),
            (x + half, y),
        ];
        sheet.fill(
            corners(&picket),
            &across((x + light.side * half, y - tall), (x - light.side * half, y), lit, dim),
        );
        x += step;
    }
}
