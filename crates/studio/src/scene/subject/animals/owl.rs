//! An owl on a branch: it turns its head, blinks, and ruffles its feathers.

use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, corners, flat, line, oval, round, smooth, veil};
use crate::scene::stage::Moment;

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn owl(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let plume = subject.colour.map_or(0x8a6a4a, |colour| colour.0);
    let pale = Workshop::under(plume, -0.55);
    let mut puppet = Puppet::default();
    let root = puppet.joint(None, (0.0, 0.0), motion::rest());
    // The branch it sits on, on a stump that stands on the ground.
    workshop.add(
        &mut puppet,
        piece(1, root, (0.0, 0.0), ((-0.66, -0.34), (0.66, 0.06))),
        motion::rest(),
        |sheet| {
            let bark = workshop.coat(0x5f4634, -0.3, 0.05);
            sheet.fill(
                smooth(&[
                    (-0.14, -0.26),
                    (0.14, -0.26),
                    (0.16, -0.1),
                    (0.24, 0.02),
                    (0.0, 0.05),
                    (-0.24, 0.02),
                    (-0.16, -0.1),
                ]),
                &workshop.barrel(0x5f4634, (-0.2, 0.2)),
            );
            sheet.stroke(line(&[(-0.62, -0.25), (-0.2, -0.21), (0.2, -0.22), (0.62, -0.29)]), 0.085, &bark);
            for (x, y, turn) in
                [(0.56_f32, -0.32_f32, -0.5_f32), (0.62, -0.24, 0.4), (-0.6, -0.3, 0.6), (-0.5, -0.19, -0.3)]
            {
                sheet.fill(oval((x, y), (0.075, 0.03), turn), &workshop.coat(0x6a9a4a, y - 0.05, y + 0.05));
            }
        },
    );
    let breath = puppet.joint(
        Some(root),
        (0.0, -0.22),
        Box::new(|moment: &Moment| {
            let breath = (moment.second * 2.1).sin();
            Pose::stretched(1.0 + 0.012 * breath, 1.0 + 0.010 * breath)
        }),
    );
    workshop.add_round(
        &mut puppet,
        piece(4, breath, (0.0, -0.22), ((-0.4, -0.86), (0.4, -0.02))),
        (motion::rest(), 0.05),
        |sheet| {
            sheet.fill(
                smooth(&[(-0.08, -0.2), (0.08, -0.2), (0.06, -0.02), (-0.06, -0.02)]),
                &workshop.coat(Workshop::under(plume, 0.4), -0.2, 0.0),
            );
            sheet.fill(
                smooth(&[
                    (0.0, -0.84),
                    (0.24, -0.76),
                    (0.33, -0.54),
                    (0.30, -0.32),
                    (0.16, -0.19),
                    (0.0, -0.17),
                    (-0.16, -0.19),
                    (-0.30, -0.32),
                    (-0.33, -0.54),
                    (-0.24, -0.76),
                ]),
                &workshop.coat(plume, -0.86, -0.15),
            );
            sheet.inside(|sheet| {
                sheet.fill(oval((0.0, -0.42), (0.2, 0.27), 0.0), &workshop.coat(pale, -0.7, -0.15));
                for row in 0..6_u8 {
                    for column in 0..7_u8 {
                        let x = -0.18 + f32::from(column) * 0.06 + if row % 2 == 0 { 0.0 } else { 0.03 };
                        let y = -0.6 + f32::from(row) * 0.07;
                        sheet.stroke(
                            line(&[(x - 0.02, y - 0.02), (x, y + 0.014), (x + 0.02, y - 0.02)]),
                            0.013,
                            &veil(workshop.dim(plume, 0.8), 0.55),
                        );
                    }
                }
            });
            for x in [-0.09_f32, 0.09] {
                for toe in [-0.03_f32, 0.0, 0.03] {
                    sheet.stroke(
                        line(&[(x + toe, -0.235), (x + toe * 1.3, -0.19)]),
                        0.024,
                        &flat(workshop.dim(0xe0b050, 0.2)),
                    );
                }
            }
        },
    );
    for side in [-1.0_f32, 1.0] {
        let shrug = Box::new(move |moment: &Moment| {
            let beat = ((moment.second + 0.8) / 3.7).fract();
            let ruffle = if beat < 0.2 {
                (beat * 5.0 * std::f32::consts::PI).sin() * (beat * 60.0).sin()
            } else {
                0.0
            };
            Pose::turned(-side * 0.05 * ruffle.abs())
        });
        workshop.add_round(
            &mut puppet,
            piece(6, breath, (side * 0.22, -0.7), ((side * 0.26 - 0.17, -0.76), (side * 0.26 + 0.17, -0.14))),
            (shrug, 0.04),
            |sheet| {
                sheet.fill(
                    smooth(&[
                        (side * 0.2, -0.72),
                        (side * 0.34, -0.6),
                        (side * 0.36, -0.4),
                        (side * 0.26, -0.17),
                        (side * 0.18, -0.3),
                        (side * 0.17, -0.55),
                    ]),
                    &workshop.coat(Workshop::under(plume, 0.15), -0.75, -0.15),
                );
                sheet.inside(|sheet| {
                    for row in 0..6_u8 {
                        let y = -0.62 + f32::from(row) * 0.075;
                        sheet.stroke(
                            line(&[(side * 0.17, y), (side * 0.26, y + 0.05), (side * 0.36, y)]),
                            0.014,
                            &veil(workshop.dim(plume, 0.9), 0.5),
                        );
                        sheet.fill(
                            oval((side * 0.27, y + 0.015), (0.02, 0.014), 0.0),
                            &veil(workshop.lit(pale), 0.7),
                        );
                    }
                });
            },
        );
    }
    let look = puppet.joint(
        Some(breath),
        (0.0, -0.74),
        Box::new(|moment: &Moment| {
            let far = (moment.second * 0.62).sin();
            let aside = 0.055 * (far * 3.0).clamp(-1.0, 1.0);
            Pose { turn: aside * 1.2, ..Pose::shifted(aside, 0.0) }
        }),
    );
    workshop.add_round(
        &mut puppet,
        piece(10, look, (0.0, -0.74), ((-0.38, -1.12), (0.38, -0.56))),
        (motion::rest(), 0.05),
        |sheet| {
            for side in [-1.0_f32, 1.0] {
                sheet.fill(
                    corners(&[(side * 0.1, -0.98), (side * 0.27, -1.1), (side * 0.28, -0.88)]),
                    &workshop.coat(Workshop::under(plume, 0.25), -1.1, -0.85),
                );
            }
            sheet.fill(
                smooth(&[
                    (0.0, -1.0),
                    (0.2, -0.98),
                    (0.33, -0.84),
                    (0.31, -0.68),
                    (0.16, -0.58),
                    (0.0, -0.56),
                    (-0.16, -0.58),
                    (-0.31, -0.68),
                    (-0.33, -0.84),
                    (-0.2, -0.98),
                ]),
                &workshop.coat(plume, -1.02, -0.55),
            );
            for side in [-1.0_f32, 1.0] {
                let disc = (side * 0.135, -0.79);
                sheet.fill(
                    oval(disc, (0.155, 0.165), 0.0),
                    &round(
                        disc,
                        0.17,
                        (workshop.lit(pale), 1.0),
                        (workshop.dim(Workshop::under(plume, -0.1), 0.3), 1.0),
                    ),
                );
                for ray in 0..16_u8 {
                    let (sin, cos) = (f32::from(ray) / 16.0 * std::f32::consts::TAU).sin_cos();
                    sheet.stroke(
                        line(&[
                            (disc.0 + cos * 0.1, disc.1 + sin * 0.1),
                            (disc.0 + cos * 0.15, disc.1 + sin * 0.16),
                        ]),
                        0.007,
                        &veil(workshop.dim(plume, 0.9), 0.4),
                    );
                }
                sheet.stroke(
                    line(&[(side * 0.02, -0.86), (side * 0.14, -0.955), (side * 0.26, -0.98)]),
                    0.035,
                    &flat(workshop.lit(pale)),
                );
            }
            sheet.fill(
                smooth(&[(-0.04, -0.77), (0.04, -0.77), (0.035, -0.7), (0.0, -0.645), (-0.035, -0.7)]),
                &workshop.coat(0x3a3430, -0.78, -0.64),
            );
        },
    );
    for side in [-1.0_f32, 1.0] {
        let at = (side * 0.135, -0.80);
        let blink = Box::new(|moment: &Moment| Pose::stretched(1.0, motion::blink(moment.second)));
        let mut sheet = workshop.sheet((at.0 - 0.11, at.1 - 0.11), (at.0 + 0.11, at.1 + 0.11));
        eye(workshop, &mut sheet, at);
        puppet.part(sheet, 11, (Some(look), at), blink);
    }
    puppet
}

fn eye(workshop: &Workshop<'_>, sheet: &mut Sheet, (x, y): (f32, f32)) {
    sheet.fill(oval((x, y), (0.096, 0.098), 0.0), &flat(workshop.dim(0x241a14, 0.2)));
    sheet.fill(
        oval((x, y), (0.084, 0.086), 0.0),
        &round((x, y + 0.02), 0.09, (workshop.bright(0xf6c440, 0.4), 1.0), (workshop.lit(0xd88420), 1.0)),
    );
    sheet.fill(oval((x, y), (0.048, 0.05), 0.0), &flat(workshop.dim(0x0e0c0e, 0.1)));
    sheet.fill(oval((x - 0.024, y - 0.028), (0.02, 0.02), 0.0), &flat(workshop.lit(0xffffff)));
    sheet.fill(oval((x + 0.026, y + 0.026), (0.009, 0.009), 0.0), &veil(workshop.lit(0xffffff), 0.7));
}
