//! Figures of the water: fish, whales, turtles and jellyfish, about (0, 0), heading right.

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, across, fading, flat, line, oval, smooth, veil};
use super::super::super::stage::Moment;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

fn eye(workshop: &Workshop<'_>, sheet: &mut Sheet, (x, y): (f32, f32), size: f32) {
    sheet.fill(oval((x, y), (size * 1.25, size * 1.3), 0.0), &flat(workshop.lit(0xffffff)));
    sheet.fill(oval((x + size * 0.15, y), (size * 0.9, size), 0.0), &flat(workshop.dim(0x18161e, 0.1)));
    sheet.fill(
        oval((x - size * 0.1, y - size * 0.4), (size * 0.32, size * 0.34), 0.0),
        &flat(workshop.lit(0xffffff)),
    );
}

/// A tail that beats by narrowing and widening, as seen from the side.
fn beat(speed: f32, least: f32) -> super::super::super::puppet::Motion {
    Box::new(move |moment: &Moment| {
        let wave = (moment.second * speed).sin();
        Pose { stretch: (1.0 - (1.0 - least) * (0.5 + 0.5 * wave), 1.0), turn: 0.08 * wave, ..Pose::REST }
    })
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn fish(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0xf08a3c, |colour| colour.0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(3.4, 0.05, 0.0));
    let fin = across((0.0, -0.5), (-0.2, 0.4), workshop.bright(natural, 0.6), workshop.dim(natural, 0.4));
    workshop.add(
        &mut puppet,
        piece(1, body, (-0.5, 0.0), ((-1.15, -0.5), (-0.4, 0.5))),
        beat(6.8, 0.45),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (-0.46, 0.0),
                    (-0.7, -0.2),
                    (-1.05, -0.44),
                    (-1.0, -0.12),
                    (-0.88, 0.02),
                    (-1.0, 0.16),
                    (-1.05, 0.44),
                    (-0.7, 0.2),
                ]),
                &fin,
            );
        },
    );
    workshop.add(
        &mut puppet,
        piece(2, body, (0.0, -0.3), ((-0.5, -0.72), (0.4, -0.1))),
        motion::swing(3.4, 0.04, 1.0),
        |sheet| {
            sheet.fill(
                smooth(&[(0.24, -0.3), (0.06, -0.62), (-0.3, -0.62), (-0.4, -0.36), (-0.2, -0.2)]),
                &fin,
            );
        },
    );
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-0.62, -0.45), (0.72, 0.45))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (0.66, 0.02),
                    (0.46, -0.26),
                    (0.1, -0.38),
                    (-0.28, -0.26),
                    (-0.56, -0.06),
                    (-0.56, 0.06),
                    (-0.28, 0.28),
                    (0.1, 0.38),
                    (0.46, 0.26),
                ]),
                &workshop.coat(natural, -0.4, 0.45),
            );
            sheet.inside(|sheet| {
                sheet.fill(oval((0.16, 0.36), (0.5, 0.2), 0.0), &veil(workshop.lit(0xfff2dc), 0.7));
                for x in [0.17_f32, -0.22] {
                    sheet.stroke(
                        line(&[(x + 0.05, -0.4), (x - 0.02, 0.0), (x + 0.05, 0.4)]),
                        0.11,
                        &veil(workshop.lit(0xfff6e8), 0.9),
                    );
                }
            });
            eye(workshop, sheet, (0.43, -0.07), 0.062);
            sheet.stroke(
                line(&[(0.62, 0.08), (0.57, 0.12), (0.5, 0.11)]),
                0.02,
                &flat(workshop.dim(0x5a2c20, 0.3)),
            );
        },
    );
    workshop.add(
        &mut puppet,
        piece(7, body, (0.14, 0.1), ((-0.24, 0.0), (0.24, 0.38))),
        motion::swing(5.0, 0.3, 0.0),
        |sheet| {
            sheet.fill(smooth(&[(0.18, 0.08), (-0.02, 0.1), (-0.18, 0.26), (-0.02, 0.3)]), &fin);
        },
    );
    puppet
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn turtle(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x5a9a6a, |colour| colour.0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(1.7, 0.05, 0.0));
    let skin = 0x9ac08a;
    for (layer, x, phase) in [(1, 0.3_f32, 0.5_f32), (8, 0.36, 0.0), (1, -0.42, 2.0), (8, -0.40, 1.5)] {
        let long = if x > 0.0 { 0.56 } else { 0.3 };
        let shade = if layer == 1 { 0.7 } else { 0.2 };
        workshop.add(
            &mut puppet,
            piece(layer, body, (x, 0.16), ((x - 0.5, 0.05), (x + 0.2, 0.85))),
            motion::swing(1.7, 0.45, phase),
            |sheet| {
                sheet.fill(
                    smooth(&[
                        (x + 0.1, 0.12),
                        (x - 0.1, 0.14),
                        (x - 0.34, 0.16 + long),
                        (x - 0.22, 0.2 + long),
                        (x + 0.02, 0.16 + long * 0.6),
                    ]),
                    &flat(workshop.dim(skin, shade)),
                );
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(4, body, (0.5, 0.05), ((0.3, -0.22), (0.98, 0.26))),
        motion::swing(1.7, 0.08, 0.8),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (0.4, -0.02),
                    (0.62, -0.16),
                    (0.86, -0.14),
                    (0.94, 0.02),
                    (0.84, 0.14),
                    (0.6, 0.16),
                    (0.4, 0.16),
                ]),
                &workshop.coat(skin, -0.2, 0.2),
            );
            eye(workshop, sheet, (0.78, -0.04), 0.038);
        },
    );
    workshop.add(
        &mut puppet,
        piece(6, body, (0.0, 0.0), ((-0.65, -0.45), (0.6, 0.3))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (0.54, 0.12),
                    (0.4, -0.2),
                    (0.0, -0.38),
                    (-0.4, -0.22),
                    (-0.6, 0.1),
                    (-0.3, 0.22),
                    (0.2, 0.24),
                ]),
                &workshop.coat(natural, -0.4, 0.3),
            );
            sheet.inside(|sheet| {
                for (x, y, size) in [
                    (0.0, -0.14, 0.15),
                    (-0.3, -0.04, 0.13),
                    (0.29, -0.04, 0.13),
                    (-0.14, 0.12, 0.1),
                    (0.14, 0.12, 0.1),
                ] {
                    sheet.fill(
                        oval((x, y), (size, size * 0.72), 0.0),
                        &veil(workshop.dim(natural, 0.6).scale(0.8), 0.5),
                    );
                    sheet.fill(
                        oval((x, y - 0.015), (size * 0.8, size * 0.55), 0.0),
                        &veil(workshop.bright(natural, 0.4), 0.6),
                    );
                }
            });
            sheet.stroke(
                line(&[(0.54, 0.13), (0.2, 0.24), (-0.3, 0.22), (-0.6, 0.11)]),
                0.05,
                &flat(workshop.lit(0xe6dcb0)),
            );
        },
    );
    puppet
}

pub(in crate::scene::subject) fn jellyfish(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0xe79ad0, |colour| colour.0);
    let mut puppet = Puppet::default();
    let pulse = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(|moment| {
            let wave = (moment.second * 2.4).sin();
            Pose { stretch: (1.0 + 0.07 * wave, 1.0 - 0.07 * wave), ..Pose::shifted(0.0, 0.05 * wave) }
        }),
    );
    for index in 0..6_u8 {
        let x = (f32::from(index) - 2.5) * 0.13;
        let phase = f32::from(index) * 0.9;
        let ink = fading(
            (0.0, 0.0),
            (0.0, 0.9),
            (workshop.bright(natural, 0.5), 0.8),
            (workshop.lit(natural), 0.1),
        );
        let upper = workshop.add(
            &mut puppet,
            piece(1, pulse, (x, 0.0), ((x - 0.12, -0.04), (x + 0.12, 0.5))),
            motion::swing(2.0, 0.12, phase),
            |sheet| {
                sheet.stroke(line(&[(x, 0.0), (x + 0.03, 0.15), (x - 0.03, 0.3), (x, 0.45)]), 0.035, &ink);
            },
        );
        workshop.add(
            &mut puppet,
            piece(1, upper, (x, 0.45), ((x - 0.12, 0.4), (x + 0.12, 0.95))),
            motion::swing(2.0, 0.25, phase - 0.9),
            |sheet| {
                sheet.stroke(line(&[(x, 0.45), (x + 0.03, 0.58), (x - 0.03, 0.72), (x, 0.88)]), 0.028, &ink);
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(5, pulse, (0.0, 0.0), ((-0.5, -0.6), (0.5, 0.15))),
        motion::rest(),
        |sheet| {
            let glow = fading(
                (0.0, -0.55),
                (0.0, 0.1),
                (workshop.bright(natural, 0.9), 0.9),
                (workshop.lit(natural), 0.6),
            );
            sheet.fill(
                smooth(&[
                    (0.0, -0.54),
                    (0.3, -0.42),
                    (0.44, -0.08),
                    (0.34, 0.06),
                    (0.2, 0.0),
                    (0.0, 0.07),
                    (-0.2, 0.0),
                    (-0.34, 0.06),
                    (-0.44, -0.08),
                    (-0.3, -0.42),
                ]),
                &glow,
            );
            sheet.fill(oval((0.0, -0.22), (0.2, 0.14), 0.0), &veil(workshop.lit(0xffffff), 0.25));
        },
    );
    puppet
}
