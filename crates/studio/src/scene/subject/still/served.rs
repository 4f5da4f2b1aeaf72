//! What is served: a cup, a bowl of noodles, a cake and a candle.

use super::{contact, flame, steam};
use crate::plan::Subject;
use crate::scene::puppet::Puppet;
use crate::scene::sheet::{across, corners, flat, line, oval, pane, round, smooth, veil};
use crate::scene::subject::motion;
use crate::scene::subject::workshop::{Workshop, piece};

fn colour(subject: &Subject, natural: u32) -> u32 {
    subject.colour.map_or(natural, |colour| colour.0)
}

/// A cup of coffee on its saucer, with a spoon.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn cup(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let glaze = colour(subject, 0xf4efe6);
    let bounds = ((-1.02, -0.72), (1.02, 0.16));
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.02), |sheet| {
        // The saucer, its well, and the cup's shadow on it.
        contact(workshop, sheet, 0.62);
        sheet.fill(oval((0.0, 0.0), (0.70, 0.125), 0.0), &flat(workshop.dim(glaze, 0.9)));
        sheet.fill(oval((0.0, -0.022), (0.70, 0.12), 0.0), &workshop.barrel(glaze, (-0.7, 0.7)));
        sheet.fill(
            oval((0.0, -0.018), (0.50, 0.08), 0.0),
            &workshop.barrel(Workshop::under(glaze, 0.2), (0.5, -0.5)),
        );
        let shade = workshop.dim(glaze, 1.0).scale(0.35);
        let away = -workshop.light.side * 0.12;
        let ink = round((away, -0.02), 0.46, (shade, 0.7), (shade, 0.0));
        sheet.fill(oval((away, -0.02), (0.46, 0.075), 0.0), &ink);
        // The spoon.
        let steel = workshop.metal(0xc8ccd2, -0.08, 0.08);
        sheet.stroke(line(&[(0.34, 0.045), (0.52, 0.02), (0.76, -0.035)]), 0.022, &steel);
        sheet.fill(oval((0.29, 0.055), (0.085, 0.034), -0.12), &steel);
        // The handle.
        let ear = line(&[(0.38, -0.50), (0.58, -0.53), (0.66, -0.40), (0.56, -0.25), (0.34, -0.19)]);
        sheet.stroke(ear.clone(), 0.078, &workshop.coat(glaze, -0.56, -0.14));
        sheet.stroke(ear, 0.02, &veil(workshop.lit(0xffffff), 0.35));
        let body = smooth(&[
            (-0.44, -0.60),
            (-0.445, -0.46),
            (-0.40, -0.26),
            (-0.29, -0.10),
            (-0.19, -0.045),
            (0.0, -0.03),
            (0.19, -0.045),
            (0.29, -0.10),
            (0.40, -0.26),
            (0.445, -0.46),
            (0.44, -0.60),
            (0.0, -0.615),
        ]);
        sheet.fill(body, &workshop.barrel(glaze, (-0.46, 0.46)));
        sheet.inside(|sheet| {
            let side = workshop.light.side;
            let (bright, dark) = (workshop.lit(0xffffff), workshop.dim(glaze, 1.0).scale(0.5));
            sheet.stroke(
                line(&[(side * 0.32, -0.54), (side * 0.31, -0.34), (side * 0.2, -0.14)]),
                0.05,
                &veil(bright, 0.6),
            );
            sheet.stroke(line(&[(side * 0.22, -0.55), (side * 0.215, -0.42)]), 0.018, &veil(bright, 0.5));
            sheet.fill(oval((0.0, 0.0), (0.42, 0.13), 0.0), &veil(dark, 0.28));
            sheet.stroke(
                line(&[(-0.5, -0.47), (-0.2, -0.395), (0.2, -0.395), (0.5, -0.47)]),
                0.014,
                &veil(workshop.lit(0xb98a4a), 0.7),
            );
        });
        // The rim and the drink, with the window mirrored in it.
        sheet.fill(oval((0.0, -0.60), (0.445, 0.095), 0.0), &workshop.barrel(glaze, (-0.44, 0.44)));
        sheet.fill(oval((0.0, -0.593), (0.405, 0.078), 0.0), &flat(workshop.dim(glaze, 0.75)));
        let coffee = across((-0.3, -0.65), (0.3, -0.54), workshop.lit(0x6a3a1e), workshop.dim(0x2c160c, 0.2));
        sheet.fill(oval((0.0, -0.583), (0.385, 0.066), 0.0), &coffee);
        sheet.stroke(oval((0.0, -0.583), (0.372, 0.060), 0.0), 0.016, &veil(workshop.lit(0xc68a50), 0.75));
        let foam = workshop.lit(0xe8c08a);
        sheet.fill(
            smooth(&[
                (-0.12, -0.60),
                (0.0, -0.575),
                (0.12, -0.60),
                (0.10, -0.57),
                (0.0, -0.545),
                (-0.10, -0.57),
            ]),
            &veil(foam, 0.9),
        );
        sheet.stroke(line(&[(-0.19, -0.585), (0.0, -0.555), (0.19, -0.585)]), 0.012, &veil(foam, 0.7));
        sheet.fill(
            oval((workshop.light.side * 0.2, -0.61), (0.09, 0.014), 0.0),
            &veil(workshop.lit(0xffffff), 0.55),
        );
    });
    steam(workshop, puppet, (root, (0.0, -0.60), 0.46));
}

/// A bowl of noodle soup with an egg, greens and chopsticks.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn bowl(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let glaze = colour(subject, 0x35506e);
    let bounds = ((-0.80, -0.86), (0.96, 0.1));
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.02), |sheet| {
        contact(workshop, sheet, 0.42);
        let foot = corners(&[(-0.27, -0.12), (0.27, -0.12), (0.24, 0.03), (-0.24, 0.03)]);
        sheet.fill(foot, &workshop.barrel(glaze, (-0.3, 0.3)));
        sheet.fill(
            smooth(&[
                (-0.71, -0.52),
                (-0.66, -0.33),
                (-0.48, -0.13),
                (-0.24, -0.03),
                (0.0, -0.015),
                (0.24, -0.03),
                (0.48, -0.13),
                (0.66, -0.33),
                (0.71, -0.52),
                (0.0, -0.6),
            ]),
            &workshop.barrel(glaze, (-0.72, 0.72)),
        );
        sheet.inside(|sheet| {
            let gold = workshop.lit(0xe6d2a2);
            for (y, bold) in [(-0.43_f32, 0.022), (-0.37, 0.01)] {
                sheet.stroke(
                    line(&[(-0.74, y), (-0.35, y + 0.105), (0.35, y + 0.105), (0.74, y)]),
                    bold,
                    &veil(gold, 0.8),
                );
            }
            let side = workshop.light.side;
            sheet.stroke(
                line(&[(side * 0.6, -0.44), (side * 0.5, -0.24), (side * 0.33, -0.1)]),
                0.05,
                &veil(workshop.lit(0xffffff), 0.5),
            );
        });
        sheet.fill(
            oval((0.0, -0.53), (0.715, 0.15), 0.0),
            &workshop.barrel(Workshop::under(glaze, -0.2), (-0.7, 0.7)),
        );
        sheet.fill(oval((0.0, -0.525), (0.67, 0.128), 0.0), &flat(workshop.dim(glaze, 0.6)));
        sheet.fill(
            oval((0.0, -0.515), (0.645, 0.115), 0.0),
            &across((0.0, -0.62), (0.0, -0.4), workshop.lit(0xc8803a), workshop.dim(0x9a5222, 0.1)),
        );
        // Noodles in strands, then what lies on them.
        for strand in 0..16_u8 {
            let x = -0.48 + f32::from(strand) * 0.058;
            let sway = (f32::from(strand) * 1.7).sin() * 0.05;
            let y = -0.53 + 0.03 * (f32::from(strand) * 2.3).sin();
            let curve = [
                (x - 0.12, y + 0.04),
                (x - 0.03 + sway, y - 0.055),
                (x + 0.08, y + 0.035 + sway * 0.3),
                (x + 0.16, y - 0.01),
            ];
            sheet.stroke(line(&curve), 0.026, &flat(workshop.dim(0xc89a52, 0.3)));
            sheet.stroke(line(&curve), 0.018, &flat(workshop.lit(0xf2d88e)));
        }
        for (x, y, turn) in
            [(-0.42_f32, -0.56_f32, 0.3_f32), (-0.30, -0.60, -0.2), (-0.5, -0.53, -0.5), (-0.2, -0.62, 0.2)]
        {
            sheet.fill(oval((x, y), (0.10, 0.038), turn), &workshop.coat(0x4f9a4a, y - 0.05, y + 0.05));
            sheet.stroke(line(&[(x - 0.08, y), (x + 0.08, y)]), 0.006, &veil(workshop.lit(0xb8dc9a), 0.8));
        }
        for x in [-0.02_f32, 0.16] {
            sheet.fill(oval((x, -0.585), (0.12, 0.068), 0.0), &workshop.coat(0xfaf4e6, -0.66, -0.5));
            sheet.fill(oval((x + 0.01, -0.588), (0.062, 0.038), 0.0), &workshop.coat(0xf09a28, -0.63, -0.54));
        }
        for slice in 0..3_u8 {
            let x = 0.33 + f32::from(slice) * 0.08;
            sheet.fill(
                oval((x, -0.56 + f32::from(slice) * 0.012), (0.11, 0.05), 0.25),
                &workshop.coat(0xb8684a, -0.62, -0.5),
            );
            sheet.stroke(
                oval((x, -0.56 + f32::from(slice) * 0.012), (0.10, 0.043), 0.25),
                0.012,
                &veil(workshop.lit(0xf2d2b8), 0.8),
            );
        }
        for (x, y) in
            [(-0.1_f32, -0.5_f32), (0.05, -0.49), (0.2, -0.5), (-0.26, -0.5), (0.0, -0.53), (-0.16, -0.545)]
        {
            sheet.stroke(oval((x, y), (0.017, 0.011), 0.0), 0.008, &flat(workshop.lit(0x7fc25a)));
        }
        for (from, to) in [((0.20_f32, -0.63_f32), (0.92_f32, -0.83_f32)), ((0.22, -0.60), (0.95, -0.76))] {
            sheet.stroke(line(&[from, to]), 0.03, &workshop.coat(0x7a3a24, -0.85, -0.55));
            sheet.stroke(line(&[from, to]), 0.008, &veil(workshop.lit(0xf0b890), 0.6));
        }
    });
    steam(workshop, puppet, (root, (-0.05, -0.56), 0.7));
}

/// A cake with cream, berries and candles.
pub(super) fn cake(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let icing = colour(subject, 0xf6c9cf);
    let bounds = ((-0.74, -0.98), (0.74, 0.12));
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.02), |sheet| {
        sheet.fill(oval((0.0, 0.0), (0.72, 0.11), 0.0), &workshop.barrel(0xf2f0ec, (-0.7, 0.7)));
        sheet.fill(oval((0.0, -0.012), (0.6, 0.085), 0.0), &flat(workshop.dim(0xd0ccc6, 0.6)));
        let tier = |sheet: &mut crate::scene::sheet::Sheet, half: f32, (top, foot): (f32, f32), tint: u32| {
            let flat_half = half * 0.15;
            sheet.fill(oval((0.0, foot), (half, flat_half), 0.0), &workshop.barrel(tint, (-half, half)));
            sheet.fill(
                corners(&[(-half, top), (half, top), (half, foot), (-half, foot)]),
                &workshop.barrel(tint, (-half, half)),
            );
            sheet.fill(oval((0.0, top), (half, flat_half), 0.0), &flat(workshop.bright(0xfff4ec, 0.2)));
            // Cream runs over the edge.
            for drop in 0..11_u8 {
                let angle = (f32::from(drop) + 0.5) / 11.0 * std::f32::consts::PI;
                let (x, y) = (-angle.cos() * half * 0.97, top + angle.sin() * flat_half * 0.9);
                let long = 0.05 + 0.05 * (f32::from(drop) * 2.7).sin().abs();
                sheet.stroke(
                    line(&[(x, y), (x, y + long)]),
                    0.07 * half / 0.55,
                    &flat(workshop.lit(0xfff4ec)),
                );
            }
            for pearl in 0..15_u8 {
                let angle = (f32::from(pearl) + 0.5) / 15.0 * std::f32::consts::PI;
                let at = (-angle.cos() * half, foot + angle.sin() * flat_half - 0.01);
                sheet.fill(oval(at, (0.034, 0.032), 0.0), &workshop.coat(0xfffaf4, at.1 - 0.04, at.1 + 0.04));
            }
        };
        tier(sheet, 0.56, (-0.34, -0.03), icing);
        tier(sheet, 0.36, (-0.60, -0.36), Workshop::under(icing, 0.12));
        for (x, y) in [
            (-0.44_f32, -0.37_f32),
            (0.45, -0.36),
            (-0.22, -0.62),
            (0.24, -0.62),
            (0.0, -0.575),
            (0.3, -0.30),
            (-0.3, -0.30),
        ] {
            sheet.fill(
                smooth(&[
                    (x - 0.055, y - 0.045),
                    (x, y - 0.07),
                    (x + 0.055, y - 0.045),
                    (x + 0.03, y + 0.03),
                    (x, y + 0.05),
                    (x - 0.03, y + 0.03),
                ]),
                &workshop.coat(0xd8323c, y - 0.08, y + 0.06),
            );
            sheet.fill(oval((x, y - 0.06), (0.03, 0.014), 0.0), &flat(workshop.lit(0x5a9a4a)));
        }
        for (x, tint) in [(-0.16_f32, 0x7fb8d8), (0.0, 0xf2cf6a), (0.16, 0x9fd09a)] {
            sheet.fill(
                pane((x - 0.018, -0.86), (x + 0.018, -0.62), 0.008),
                &workshop.barrel(tint, (x - 0.02, x + 0.02)),
            );
            sheet.stroke(line(&[(x, -0.86), (x, -0.885)]), 0.008, &flat(workshop.dim(0x2a2420, 0.2)));
        }
    });
    for x in [-0.16_f32, 0.0, 0.16] {
        flame(workshop, puppet, (root, (x, -0.885), 0.055));
    }
}

/// A thick candle in a dish.
pub(super) fn candle(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let wax = colour(subject, 0xf2e4c8);
    let bounds = ((-0.5, -0.84), (0.5, 0.1));
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.03), |sheet| {
        sheet.fill(oval((0.0, 0.0), (0.44, 0.085), 0.0), &workshop.barrel(0xb88a4a, (-0.44, 0.44)));
        sheet.fill(oval((0.0, -0.02), (0.36, 0.062), 0.0), &flat(workshop.dim(0x8a6230, 0.4)));
        sheet.stroke(
            line(&[(0.42, 0.0), (0.49, -0.05), (0.44, -0.1), (0.38, -0.04)]),
            0.022,
            &workshop.metal(0xb88a4a, -0.1, 0.02),
        );
        sheet.fill(
            smooth(&[
                (-0.2, -0.68),
                (-0.21, -0.4),
                (-0.21, -0.05),
                (0.0, -0.015),
                (0.21, -0.05),
                (0.21, -0.4),
                (0.2, -0.68),
                (0.0, -0.66),
            ]),
            &workshop.barrel(wax, (-0.22, 0.22)),
        );
        sheet.inside(|sheet| {
            let glow = crate::scene::colour::Rgb::hex(0xffb866);
            sheet.fill(
                oval((0.0, -0.68), (0.3, 0.42), 0.0),
                &round((0.0, -0.68), 0.42, (glow, 0.85), (glow, 0.0)),
            );
        });
        for (x, long) in [(-0.15_f32, 0.16_f32), (-0.02, 0.08), (0.13, 0.24)] {
            sheet.stroke(
                line(&[(x, -0.66), (x + 0.005, -0.66 + long)]),
                0.045,
                &workshop.coat(Workshop::under(wax, -0.1), -0.7, -0.3),
            );
        }
        sheet.fill(oval((0.0, -0.67), (0.2, 0.045), 0.0), &flat(workshop.lit(0xfff2d0)));
        sheet.fill(oval((0.0, -0.665), (0.14, 0.028), 0.0), &flat(workshop.lit(0xffd88a)));
        sheet.stroke(line(&[(0.0, -0.66), (0.008, -0.73)]), 0.014, &flat(workshop.dim(0x2a2018, 0.2)));
    });
    flame(workshop, puppet, (root, (0.006, -0.73), 0.11));
}
