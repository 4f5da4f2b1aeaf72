//! Winged figures: butterflies and birds.

use super::super::puppet::{Pose, Puppet};
use super::super::sheet::{across, flat, line, oval, smooth, veil};
use super::motion;
use super::workshop::{Piece, Workshop, piece};
use crate::plan::Subject;

/// Seen from above and behind, its wings folding over its back.
pub(super) fn butterfly(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x6a9ae8, |colour| colour.0);
    let mut puppet = Puppet::default();
    let bob = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(|moment| Pose::shifted(0.0, 0.08 * (moment.second * 13.0).sin())),
    );
    for side in [-1.0_f32, 1.0] {
        let mut sheet = workshop.sheet((side * 0.5 - 0.55, -0.62), (side * 0.5 + 0.55, 0.62));
        let at = |u: f32, v: f32| (side * u, v);
        let deep = workshop.dim(natural, 0.5);
        let bright = workshop.bright(natural, 0.4);
        let fore = smooth(&[
            at(0.03, 0.0),
            at(0.3, -0.46),
            at(0.74, -0.56),
            at(0.92, -0.38),
            at(0.72, -0.06),
            at(0.3, 0.08),
        ]);
        let hind = smooth(&[
            at(0.03, 0.02),
            at(0.36, 0.06),
            at(0.64, 0.2),
            at(0.62, 0.46),
            at(0.36, 0.54),
            at(0.12, 0.3),
        ]);
        for (path, far) in [(hind, (0.55, 0.5)), (fore, (0.9, -0.5))] {
            sheet.fill(path.clone(), &across((0.0, 0.0), at(far.0, far.1), bright, deep));
            sheet.stroke(path, 0.06, &flat(workshop.dim(0x2c2838, 0.3)));
        }
        for (u, v, size) in [(0.66, -0.36, 0.085), (0.45, -0.2, 0.06), (0.46, 0.36, 0.07)] {
            sheet.fill(oval(at(u, v), (size, size * 0.85), 0.0), &veil(workshop.lit(0xfff4d8), 0.85));
        }
        puppet.part(
            sheet,
            if side > 0.0 { 2 } else { 1 },
            (Some(bob), (0.0, 0.0)),
            Box::new(|moment| {
                let open = 0.58 + 0.42 * (moment.second * 13.0).cos();
                Pose::stretched(open, 1.0)
            }),
        );
    }
    let mut sheet = workshop.sheet((-0.2, -0.55), (0.2, 0.4));
    let dark = flat(workshop.dim(0x2c2630, 0.2));
    sheet.fill(oval((0.0, 0.0), (0.055, 0.3), 0.0), &dark);
    sheet.fill(oval((0.0, -0.3), (0.065, 0.07), 0.0), &dark);
    for side in [-1.0, 1.0] {
        sheet.stroke(line(&[(0.0, -0.32), (side * 0.06, -0.46), (side * 0.15, -0.52)]), 0.022, &dark);
    }
    puppet.part(sheet, 3, (Some(bob), (0.0, 0.0)), motion::rest());
    puppet
}

/// Heading right, about (0, 0).
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn bird(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x5a8fd0, |colour| colour.0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(|moment| Pose::shifted(0.0, -0.05 * (moment.second * 8.0).sin())),
    );
    let tail = [(-0.42, 0.02), (-0.86, -0.10), (-0.94, 0.02), (-0.84, 0.12), (-0.4, 0.12)];
    workshop.add(
        &mut puppet,
        piece(5, body, (-0.4, 0.05), ((-1.0, -0.2), (-0.3, 0.25))),
        motion::swing(4.0, 0.1, 0.0),
        |sheet| {
            sheet.fill(smooth(&tail), &flat(workshop.dim(natural, 0.5)));
        },
    );
    for (layer, shade, phase) in [(1, 0.6, 0.25_f32), (12, 0.1, 0.0)] {
        let far = layer == 1;
        let bounds = ((-0.5, -1.0), (0.3, 0.12));
        let wing = [
            (0.14, 0.02),
            (0.10, -0.42),
            (-0.10, -0.84),
            (-0.30, -0.94),
            (-0.30, -0.62),
            (-0.42, -0.46),
            (-0.34, -0.30),
            (-0.40, -0.12),
            (-0.22, 0.04),
        ];
        let motion = Box::new(move |moment: &super::super::stage::Moment| {
            let flap = (moment.second * 8.0 + phase).sin();
            Pose {
                turn: if far { 0.25 } else { -0.05 } - 0.12 * flap,
                stretch: (1.0, 0.25 + 0.72 * flap),
                ..Pose::REST
            }
        });
        workshop.add(&mut puppet, piece(layer, body, (0.0, 0.0), bounds), motion, |sheet| {
            sheet.fill(
                smooth(&wing),
                &across(
                    (0.1, 0.0),
                    (-0.3, -0.9),
                    workshop.bright(natural, 0.2),
                    workshop.dim(natural, 0.3 + shade),
                ),
            );
            for feather in 0..4_u8 {
                let share = f32::from(feather) / 4.0;
                let edge = (-0.34 + share * 0.02, -0.78 + share * 0.6);
                sheet.stroke(
                    line(&[(0.0, -0.2 - 0.3 * (1.0 - share)), edge]),
                    0.02,
                    &veil(workshop.dim(natural, 0.8), 0.5),
                );
            }
        });
    }
    workshop.add(
        &mut puppet,
        piece(10, body, (0.0, 0.0), ((-0.55, -0.32), (0.8, 0.36))),
        motion::rest(),
        |sheet| {
            let shape = [
                (-0.5, 0.05),
                (-0.2, -0.18),
                (0.14, -0.22),
                (0.40, -0.28),
                (0.58, -0.14),
                (0.56, 0.06),
                (0.34, 0.22),
                (0.0, 0.28),
                (-0.3, 0.2),
            ];
            sheet.fill(
                smooth(&[(0.52, -0.12), (0.66, -0.06), (0.76, 0.0), (0.64, 0.03), (0.5, 0.02)]),
                &workshop.coat(0xf0a03c, -0.1, 0.05),
            );
            sheet.fill(smooth(&shape), &workshop.coat(natural, -0.3, 0.3));
            sheet.inside(|sheet| {
                sheet.fill(oval((0.2, 0.24), (0.42, 0.2), -0.2), &flat(workshop.lit(0xfdf2e2)));
            });
            sheet.fill(oval((0.42, -0.10), (0.052, 0.06), 0.0), &flat(workshop.dim(0x1c1a20, 0.1)));
            sheet.fill(oval((0.435, -0.125), (0.02, 0.022), 0.0), &flat(workshop.lit(0xffffff)));
        },
    );
    puppet
}

/// Standing upright and waddling.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn penguin(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x2e3a52, |colour| colour.0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(5.0, 0.07, 0.0));
    for side in [-1.0_f32, 1.0] {
        let foot = (side * 0.13, -0.03);
        let lift = Box::new(move |moment: &super::super::stage::Moment| {
            Pose::shifted(0.0, -0.035 * (side * (moment.second * 5.0).sin()).max(0.0))
        });
        workshop.add(
            &mut puppet,
            Piece { parent: None, ..piece(1, 0, foot, ((foot.0 - 0.14, -0.1), (foot.0 + 0.14, 0.03))) },
            lift,
            |sheet| {
                sheet.fill(oval(foot, (0.12, 0.045), 0.0), &workshop.coat(0xf2a23a, -0.08, 0.03));
            },
        );
        let shoulder = (side * 0.24, -0.56);
        let wave = Box::new(move |moment: &super::super::stage::Moment| {
            Pose::turned(-side * (0.35 + 0.25 * (moment.second * 5.0).sin()))
        });
        workshop.add(
            &mut puppet,
            piece(3, body, shoulder, ((shoulder.0 - 0.14, -0.62), (shoulder.0 + 0.14, -0.14))),
            wave,
            |sheet| {
                sheet
                    .fill(oval((shoulder.0, -0.38), (0.075, 0.21), 0.0), &workshop.coat(natural, -0.6, -0.1));
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-0.36, -1.0), (0.36, 0.02))),
        motion::rest(),
        |sheet| {
            let shape = [
                (0.0, -0.98),
                (0.2, -0.9),
                (0.26, -0.7),
                (0.29, -0.45),
                (0.32, -0.22),
                (0.22, -0.03),
                (0.0, 0.0),
                (-0.22, -0.03),
                (-0.32, -0.22),
                (-0.29, -0.45),
                (-0.26, -0.7),
                (-0.2, -0.9),
            ];
            sheet.fill(smooth(&shape), &workshop.coat(natural, -1.0, 0.0));
            let pale = workshop.coat(0xfffaf2, -0.9, 0.1);
            sheet.inside(|sheet| {
                sheet.fill(oval((0.0, -0.3), (0.225, 0.3), 0.0), &pale);
                sheet.fill(oval((-0.09, -0.72), (0.115, 0.12), 0.2), &pale);
                sheet.fill(oval((0.09, -0.72), (0.115, 0.12), -0.2), &pale);
            });
            sheet.fill(
                smooth(&[(-0.07, -0.69), (0.0, -0.73), (0.07, -0.69), (0.0, -0.62)]),
                &workshop.coat(0xf2a23a, -0.74, -0.6),
            );
            for side in [-1.0, 1.0] {
                let blush = workshop.lit(0xf29a94);
                sheet.fill(oval((side * 0.17, -0.64), (0.05, 0.032), 0.0), &veil(blush, 0.5));
            }
        },
    );
    for side in [-1.0, 1.0] {
        let at = (side * 0.105, -0.76);
        workshop.add(
            &mut puppet,
            piece(8, body, at, ((at.0 - 0.06, at.1 - 0.07), (at.0 + 0.06, at.1 + 0.07))),
            Box::new(|moment| Pose::stretched(1.0, motion::blink(moment.second))),
            |sheet| {
                sheet.fill(oval(at, (0.04, 0.048), 0.0), &flat(workshop.dim(0x16141a, 0.1)));
                sheet.fill(
                    oval((at.0 - 0.012, at.1 - 0.018), (0.015, 0.016), 0.0),
                    &flat(workshop.lit(0xffffff)),
                );
            },
        );
    }
    puppet
}
