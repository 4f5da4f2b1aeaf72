//! What is shown and sold: a bottle of perfume and a watch.

use std::f32::consts::TAU;

use super::contact;
use crate::plan::Subject;
use crate::scene::colour::Rgb;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{across, corners, flat, line, oval, pane, round, smooth, veil};
use crate::scene::stage::Moment;
use crate::scene::subject::motion;
use crate::scene::subject::workshop::{Workshop, piece};

fn colour(subject: &Subject, natural: u32) -> u32 {
    subject.colour.map_or(natural, |colour| colour.0)
}

/// A gleam that wanders over glass and metal every few seconds, slanted, between two edges.
fn gleam(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    root: usize,
    ((left, top), (right, bottom)): ((f32, f32), (f32, f32)),
) {
    let wide = right - left;
    let sweep = Box::new(move |moment: &Moment| {
        let age = (moment.second * 0.34).fract();
        let share = (age * 1.6).min(1.0);
        Pose {
            opacity: (share * std::f32::consts::PI).sin(),
            ..Pose::shifted(wide * (share - 0.5) * 0.8, 0.0)
        }
    });
    let middle = (left + right) * 0.5;
    let mut sheet = workshop.sheet((middle - wide * 0.2, top), (middle + wide * 0.2, bottom));
    let white = workshop.lit(0xffffff);
    for (half, alpha) in [(0.05_f32, 0.22), (0.022, 0.3)] {
        let (a, b) = (middle + wide * 0.09, middle - wide * 0.09);
        let band = corners(&[
            (a - wide * half, top),
            (a + wide * half, top),
            (b + wide * half, bottom),
            (b - wide * half, bottom),
        ]);
        sheet.fill(band, &veil(white, alpha));
    }
    sheet.blur(wide * 0.012);
    puppet.part(sheet, 20, (Some(root), (middle, top)), sweep);
}

/// A square flacon of cut glass with a golden stopper.
pub(super) fn bottle(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let scent = colour(subject, 0xe8a868);
    let bounds = ((-0.66, -1.12), (0.66, 0.16));
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.012), |sheet| {
        contact(workshop, sheet, 0.5);
        // The light that falls through the scent on to the table.
        let cast = workshop.bright(scent, 0.6);
        let away = -workshop.light.side * 0.2;
        let ink = round((away, 0.05), 0.4, (cast, 0.55), (cast, 0.0));
        sheet.fill(oval((away, 0.05), (0.4, 0.07), 0.0), &ink);
        let glass = across((-0.4, -0.7), (0.4, 0.0), workshop.lit(0xf4f8fa), workshop.dim(0xaab8c4, 0.35));
        sheet.fill(pane((-0.42, -0.70), (0.42, 0.01), 0.09), &glass);
        sheet.inside(|sheet| {
            // The scent, deeper at its edges, brighter where light passes.
            let (deep, clear) = (workshop.dim(scent, 0.5), workshop.bright(scent, 0.7));
            sheet.fill(
                pane((-0.345, -0.56), (0.345, -0.065), 0.05),
                &across((0.0, -0.56), (0.0, -0.05), clear, deep),
            );
            let heart =
                round((workshop.light.side * 0.1, -0.2), 0.34, (workshop.lit(0xfff4dc), 0.7), (clear, 0.0));
            sheet.fill(oval((workshop.light.side * 0.1, -0.2), (0.3, 0.2), 0.0), &heart);
            sheet.stroke(line(&[(-0.34, -0.56), (0.34, -0.56)]), 0.014, &veil(workshop.lit(0xffffff), 0.8));
            let white = workshop.lit(0xffffff);
            for (left, right, alpha) in [(-0.40_f32, -0.36_f32, 0.65_f32), (0.375, 0.40, 0.45)] {
                sheet.fill(
                    corners(&[(left, -0.64), (right, -0.60), (right, -0.06), (left, -0.02)]),
                    &veil(white, alpha),
                );
            }
            for edge in [-0.345_f32, 0.345] {
                sheet.stroke(
                    line(&[(edge, -0.66), (edge, -0.02)]),
                    0.008,
                    &veil(workshop.dim(0x5a6470, 0.3), 0.4),
                );
            }
            sheet.fill(
                corners(&[(-0.26, -0.70), (-0.12, -0.70), (-0.30, 0.01), (-0.42, 0.01)]),
                &veil(white, 0.22),
            );
            sheet.fill(
                corners(&[(-0.42, -0.06), (0.42, -0.06), (0.36, 0.0), (-0.36, 0.0)]),
                &veil(white, 0.35),
            );
        });
        sheet.stroke(pane((-0.42, -0.70), (0.42, 0.01), 0.09), 0.012, &veil(workshop.lit(0xffffff), 0.75));
        // A label without words: a frame and a flower.
        sheet.fill(pane((-0.17, -0.42), (0.17, -0.17), 0.012), &flat(workshop.lit(0xfaf5ea)));
        sheet.stroke(pane((-0.15, -0.40), (0.15, -0.19), 0.008), 0.006, &flat(workshop.lit(0xc29a4e)));
        for petal in 0..6_u8 {
            let (sin, cos) = (f32::from(petal) / 6.0 * TAU).sin_cos();
            sheet.fill(
                oval((cos * 0.038, -0.295 + sin * 0.038), (0.034, 0.016), f32::from(petal) / 6.0 * TAU),
                &flat(workshop.lit(0xc29a4e)),
            );
        }
        // Collar and stopper.
        sheet.fill(pane((-0.15, -0.80), (0.15, -0.69), 0.02), &gold(workshop, (-0.15, 0.15)));
        for y in [-0.775_f32, -0.715] {
            sheet.stroke(line(&[(-0.15, y), (0.15, y)]), 0.007, &veil(workshop.dim(0x7a5520, 0.5), 0.7));
        }
        sheet.fill(pane((-0.205, -1.07), (0.205, -0.795), 0.04), &gold(workshop, (-0.2, 0.2)));
        sheet.fill(pane((-0.205, -1.07), (0.205, -1.02), 0.03), &veil(workshop.lit(0xfff2c8), 0.8));
        sheet.fill(
            corners(&[(-0.15, -1.05), (-0.09, -1.05), (-0.09, -0.81), (-0.15, -0.81)]),
            &veil(workshop.lit(0xffffff), 0.55),
        );
    });
    gleam(workshop, puppet, root, ((-0.42, -0.69), (0.42, 0.0)));
}

fn gold(workshop: &Workshop<'_>, (left, right): (f32, f32)) -> crate::scene::sheet::Ink {
    across((left, 0.0), (right, 0.0), workshop.bright(0xf2cf82, 0.5), workshop.dim(0x9a6a28, 0.5))
}

/// A wristwatch on its stand, its hands moving.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn watch(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let dial = colour(subject, 0x1f3a5c);
    let middle = (0.0, -0.52);
    let bounds = ((-0.62, -1.12), (0.62, 0.12));
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.012), |sheet| {
        contact(workshop, sheet, 0.42);
        // The strap behind, then the case.
        let leather = workshop.barrel(0x5a3420, (-0.26, 0.26));
        sheet.fill(
            smooth(&[
                (-0.22, -0.86),
                (-0.19, -1.04),
                (0.0, -1.08),
                (0.19, -1.04),
                (0.22, -0.86),
                (0.0, -0.8),
            ]),
            &leather,
        );
        sheet.fill(
            smooth(&[
                (-0.22, -0.2),
                (-0.2, -0.04),
                (-0.17, 0.02),
                (0.0, 0.035),
                (0.17, 0.02),
                (0.2, -0.04),
                (0.22, -0.2),
                (0.0, -0.24),
            ]),
            &leather,
        );
        for side in [-0.165_f32, 0.165] {
            for (from, to) in [((side, -1.03), (side * 1.15, -0.88)), ((side * 1.15, -0.17), (side, -0.01))] {
                sheet.stroke(line(&[from, to]), 0.007, &veil(workshop.lit(0xe8cda0), 0.8));
            }
        }
        sheet.fill(pane((0.38, -0.57), (0.47, -0.47), 0.015), &gold(workshop, (0.38, 0.47)));
        let disc = |half: f32| oval(middle, (half, half), 0.0);
        sheet.fill(
            disc(0.41),
            &across((-0.3, -0.85), (0.3, -0.2), workshop.lit(0xf6f7f8), workshop.dim(0x70767e, 0.5)),
        );
        sheet.fill(
            disc(0.385),
            &across((0.28, -0.2), (-0.28, -0.85), workshop.lit(0xeceef0), workshop.dim(0x888e96, 0.4)),
        );
        sheet.fill(disc(0.335), &flat(workshop.dim(0x16181c, 0.3)));
        let face = round(
            (middle.0 - 0.06, middle.1 - 0.1),
            0.42,
            (workshop.bright(dial, 0.7), 1.0),
            (workshop.dim(dial, 0.9), 1.0),
        );
        sheet.fill(disc(0.325), &face);
        for mark in 0..60_u8 {
            let (sin, cos) = (f32::from(mark) / 60.0 * TAU).sin_cos();
            let hour = mark % 5 == 0;
            let (inner, bold) = if hour { (0.245, 0.02) } else { (0.29, 0.005) };
            let at = |far: f32| (middle.0 + sin * far, middle.1 - cos * far);
            sheet.stroke(line(&[at(inner), at(0.305)]), bold, &flat(workshop.lit(0xf4ead2)));
        }
        let small = (middle.0, middle.1 + 0.13);
        sheet.fill(oval(small, (0.075, 0.075), 0.0), &flat(workshop.dim(dial, 1.0)));
        sheet.stroke(oval(small, (0.075, 0.075), 0.0), 0.006, &veil(workshop.lit(0xf4ead2), 0.7));
    });
    for (long, bold, turn, layer) in [(0.16_f32, 0.026_f32, -0.96_f32, 6), (0.235, 0.018, 0.98, 7)] {
        workshop.add(
            puppet,
            piece(layer, root, middle, ((-0.04, middle.1 - 0.3), (0.04, middle.1 + 0.06))),
            Box::new(move |moment: &Moment| Pose::turned(turn + moment.second * 0.0017)),
            |sheet| {
                sheet.fill(
                    corners(&[
                        (-bold, middle.1 + 0.03),
                        (bold, middle.1 + 0.03),
                        (bold * 0.4, middle.1 - long),
                        (-bold * 0.4, middle.1 - long),
                    ]),
                    &flat(workshop.lit(0xf8f2e2)),
                );
            },
        );
    }
    let tick = Box::new(move |moment: &Moment| {
        // Eight beats a second, as a mechanical watch has.
        Pose::turned(((moment.second * 8.0).floor() / 8.0 / 60.0 + 0.55) * TAU)
    });
    workshop.add(
        puppet,
        piece(8, root, middle, ((-0.03, middle.1 - 0.31), (0.03, middle.1 + 0.1))),
        tick,
        |sheet| {
            sheet.stroke(
                line(&[(0.0, middle.1 + 0.08), (0.0, middle.1 - 0.295)]),
                0.009,
                &flat(Rgb::hex(0xe0503a)),
            );
            sheet.fill(oval(middle, (0.02, 0.02), 0.0), &flat(Rgb::hex(0xe0503a)));
        },
    );
    gleam(workshop, puppet, root, ((-0.30, -0.8), (0.30, -0.24)));
}
