//! Things that fly: rockets, planes and kites, about (0, 0).

use super::super::super::colour::Rgb;
use super::super::super::ground::f32_of;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{across, corners, flat, line, oval, pane, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::colour;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

/// Pointing up, about (0, 0).
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn rocket(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let trim = colour(subject, 0xe0523f);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(7.0, 0.008, 0.0));
    let flicker = |phase: f32| -> super::super::super::puppet::Motion {
        Box::new(move |moment: &Moment| {
            let wave =
                (moment.second * 23.0 + phase).sin() * 0.5 + (moment.second * 37.0 + phase * 2.0).sin() * 0.5;
            Pose::stretched(1.0 + 0.08 * wave, 1.0 + 0.2 * wave)
        })
    };
    for (size, tint, phase) in [(1.0, 0xff8a3a, 0.0), (0.68, 0xffd25a, 1.0), (0.4, 0xfffbe8, 2.0)] {
        workshop.add(
            &mut puppet,
            piece(1, body, (0.0, 0.36), ((-0.2, 0.3), (0.2, 1.0))),
            flicker(phase),
            |sheet| {
                let long = 0.36 + 0.56 * size;
                sheet.fill(
                    smooth(&[
                        (-0.13 * size, 0.36),
                        (0.13 * size, 0.36),
                        (0.1 * size, 0.36 + (long - 0.36) * 0.5),
                        (0.0, long),
                        (-0.1 * size, 0.36 + (long - 0.36) * 0.5),
                    ]),
                    &veil(Rgb::hex(tint), 0.92),
                );
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-0.36, -0.66), (0.36, 0.48))),
        motion::rest(),
        |sheet| {
            for side in [-1.0, 1.0] {
                sheet.fill(
                    smooth(&[
                        (side * 0.14, 0.04),
                        (side * 0.32, 0.26),
                        (side * 0.32, 0.46),
                        (side * 0.16, 0.34),
                    ]),
                    &workshop.coat(trim, 0.0, 0.5),
                );
            }
            sheet.fill(pane((-0.11, 0.28), (0.11, 0.39), 0.03), &flat(workshop.dim(0x4a4c58, 0.3)));
            let hull = across((-0.2, 0.0), (0.2, 0.0), workshop.lit(0xffffff), workshop.dim(0xc2cad8, 0.45));
            sheet.fill(
                smooth(&[
                    (0.0, -0.64),
                    (0.12, -0.46),
                    (0.19, -0.18),
                    (0.18, 0.1),
                    (0.13, 0.32),
                    (-0.13, 0.32),
                    (-0.18, 0.1),
                    (-0.19, -0.18),
                    (-0.12, -0.46),
                ]),
                &hull,
            );
            sheet.inside(|sheet| {
                sheet.fill(oval((0.0, -0.62), (0.2, 0.24), 0.0), &workshop.coat(trim, -0.7, -0.3));
                sheet.stroke(line(&[(-0.2, 0.2), (0.0, 0.23), (0.2, 0.2)]), 0.04, &flat(workshop.lit(trim)));
            });
            sheet.fill(oval((0.0, -0.12), (0.098, 0.098), 0.0), &flat(workshop.dim(0x6a7486, 0.3)));
            sheet.fill(
                oval((0.0, -0.12), (0.074, 0.074), 0.0),
                &across((-0.05, -0.2), (0.05, 0.0), workshop.lit(0xbfeaf6), workshop.dim(0x3a7fae, 0.2)),
            );
        },
    );
    puppet
}

pub(in crate::scene::subject) fn plane(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let trim = colour(subject, 0xe0604a);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(1.3, 0.03, 0.0));
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.05, -0.55), (1.0, 0.55))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                smooth(&[(-0.72, -0.08), (-0.96, -0.46), (-0.8, -0.48), (-0.5, -0.12)]),
                &workshop.coat(trim, -0.5, 0.0),
            );
            sheet.fill(
                corners(&[(0.08, -0.05), (-0.2, -0.34), (-0.34, -0.34), (-0.2, -0.04)]),
                &flat(workshop.dim(0xd4dae2, 0.5)),
            );
            sheet.fill(
                smooth(&[
                    (0.92, 0.02),
                    (0.76, -0.12),
                    (0.3, -0.16),
                    (-0.5, -0.13),
                    (-0.94, -0.1),
                    (-0.9, 0.0),
                    (-0.4, 0.12),
                    (0.4, 0.14),
                    (0.8, 0.1),
                ]),
                &workshop.coat(0xf8f8fa, -0.2, 0.2),
            );
            sheet.inside(|sheet| {
                sheet.stroke(
                    line(&[(-0.95, 0.02), (0.0, 0.05), (0.95, 0.05)]),
                    0.05,
                    &flat(workshop.lit(trim)),
                );
            });
            for window in 0..9_u8 {
                let x = -0.42 + f32::from(window) * 0.11;
                sheet.fill(oval((x, -0.045), (0.024, 0.03), 0.0), &flat(workshop.dim(0x3f6f96, 0.2)));
            }
            sheet.fill(
                smooth(&[(0.64, -0.1), (0.8, -0.07), (0.84, -0.01), (0.66, -0.02)]),
                &flat(workshop.dim(0x3f6f96, 0.1)),
            );
            sheet.fill(
                corners(&[(0.2, 0.06), (-0.32, 0.48), (-0.5, 0.48), (-0.22, 0.06)]),
                &workshop.coat(0xe6eaf0, 0.0, 0.5),
            );
        },
    );
    puppet
}

pub(in crate::scene::subject) fn kite(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(1.9, 0.12, 0.0));
    sail(workshop, &mut puppet, body, subject);
    puppet
}

/// A kite that stands in the wind, high and far before who holds its string in a hand.
pub(in crate::scene::subject) fn kite_on_a_string(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (parent, kite, hand): (usize, &Subject, (f32, f32)),
) {
    /// From the hand to the kite, and how far the line sags between them.
    const WAY: (f32, f32) = (1.6, -0.92);
    const SAG: f32 = 0.085;
    const SIZE: f32 = 0.74;
    let end = (hand.0 + WAY.0, hand.1 + WAY.1);
    let wind = |second: f32| 0.035 * (second * 0.9).sin() + 0.012 * (second * 2.1).sin();
    let bounds = ((hand.0 - 0.02, end.1 - 0.02), (end.0 + 0.02, hand.1 + 0.1));
    let piece = piece(0, parent, hand, bounds);
    let line_of = Box::new(move |moment: &Moment| Pose::turned(wind(moment.second)));
    let mut sheet = workshop.sheet(piece.bounds.0, piece.bounds.1);
    let slack: [(f32, f32); 9] = std::array::from_fn(|index| {
        let share = f32_of(index) / 8.0;
        let sag = SAG * 4.0 * share * (1.0 - share);
        (hand.0 + WAY.0 * share + sag * 0.3, hand.1 + WAY.1 * share + sag)
    });
    sheet.stroke(line(&slack), 0.008, &flat(workshop.dim(0xfdfaf2, 0.0)));
    let string = puppet.part(sheet, 0, (Some(parent), hand), line_of);
    let hung = Box::new(move |moment: &Moment| Pose {
        turn: 0.42 + 0.1 * (moment.second * 1.9).sin(),
        stretch: (SIZE, SIZE),
        // The line is made fast a little below its middle.
        shift: (end.0, end.1 - 0.02),
        ..Pose::REST
    });
    let body = puppet.joint(Some(string), (0.0, 0.0), hung);
    sail(workshop, puppet, body, kite);
}

/// A kite's four fields and its tail of bows, about (0, 0).
fn sail(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize, subject: &Subject) {
    let paint = colour(subject, 0xe85a5a);
    let mut joint = body;
    for knot in 0..4_u8 {
        let y = 0.5 + f32::from(knot) * 0.17;
        joint = workshop.add(
            puppet,
            piece(1, joint, (0.0, y), ((-0.1, y - 0.02), (0.1, y + 0.2))),
            motion::swing(3.2, 0.3, -f32::from(knot) * 0.8),
            |sheet| {
                sheet.stroke(line(&[(0.0, y), (0.0, y + 0.17)]), 0.012, &flat(workshop.dim(0x6a5a50, 0.2)));
                let tint = if knot.is_multiple_of(2) { 0xf7c948 } else { 0x5aa4d8 };
                sheet.fill(
                    corners(&[(-0.075, y + 0.08), (0.075, y + 0.15), (0.075, y + 0.08), (-0.075, y + 0.15)]),
                    &flat(workshop.lit(tint)),
                );
            },
        );
    }
    workshop.add(puppet, piece(5, body, (0.0, 0.0), ((-0.4, -0.55), (0.4, 0.55))), motion::rest(), |sheet| {
        for (points, tint) in [
            ([(0.0, -0.5), (0.36, -0.1), (0.0, -0.1)], paint),
            ([(0.0, -0.5), (-0.36, -0.1), (0.0, -0.1)], 0xf7c948),
            ([(0.0, 0.5), (0.36, -0.1), (0.0, -0.1)], 0x5aa4d8),
            ([(0.0, 0.5), (-0.36, -0.1), (0.0, -0.1)], paint),
        ] {
            sheet.fill(corners(&points), &workshop.coat(tint, -0.6, 0.6));
        }
    });
}
