//! Winged figures: butterflies and birds.

use super::super::super::noise::step;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, across, flat, line, oval, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::motion;
use super::super::workshop::{Piece, Workshop, piece};
use crate::plan::Subject;
use std::f32::consts::TAU;

/// Seen from above and behind, its wings folding over its back.
pub(in crate::scene::subject) fn butterfly(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
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

/// Heading right, about (0, 0): strokes of the wings, then a glide, and again.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn bird(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x4a80c0, |colour| colour.0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(|moment| {
            let (flap, vigour) = stroke(moment.second, 0.25);
            Pose { turn: -0.04 * vigour, ..Pose::shifted(0.0, 0.05 * flap * vigour) }
        }),
    );
    let tail = piece(5, body, (-0.4, 0.05), ((-1.05, -0.25), (-0.3, 0.3)));
    workshop.add(&mut puppet, tail, motion::swing(2.1, 0.07, 0.0), |sheet| {
        for (spread, shade) in [(0.12_f32, 0.8), (0.02, 0.55), (-0.08, 0.3)] {
            let feather = [
                (-0.36, 0.0),
                (-0.7, spread - 0.06),
                (-0.98, spread),
                (-0.94, spread + 0.06),
                (-0.66, spread + 0.06),
                (-0.38, 0.10),
            ];
            sheet.fill(smooth(&feather), &flat(workshop.dim(natural, shade)));
        }
    });
    for (layer, shade) in [(1, 0.55), (12, 0.0)] {
        let far = layer == 1;
        let tone = Workshop::under(natural, shade);
        // The arm of the wing leads and its hand follows: that is what makes a stroke.
        let arm = Box::new(move |moment: &Moment| {
            let (flap, vigour) = stroke(moment.second, 0.0);
            let tall = 0.34 + 0.62 * flap * vigour;
            Pose { turn: if far { 0.22 } else { -0.04 }, stretch: (1.0, tall), ..Pose::REST }
        });
        let hand = Box::new(move |moment: &Moment| {
            let (flap, vigour) = stroke(moment.second, -0.95);
            Pose {
                turn: -0.30 + 0.34 * flap * vigour,
                stretch: (1.0, 1.0 + 0.08 * flap * vigour),
                ..Pose::REST
            }
        });
        let root = piece(layer, body, (0.05, -0.02), ((-0.62, -0.62), (0.34, 0.16)));
        let inner = workshop.add(&mut puppet, root, arm, |sheet| {
            for index in 0..5_u8 {
                let s = f32::from(index) / 4.0;
                let foot = (0.06 - 0.20 * s, -0.04 - 0.40 * s);
                let tip = (-0.44 - 0.02 * s, 0.06 - 0.40 * s);
                sheet.stroke(
                    line(&[foot, ((foot.0 + tip.0) * 0.5, (foot.1 + tip.1) * 0.5 - 0.03), tip]),
                    0.13,
                    &flat(workshop.dim(tone, 0.75 - 0.1 * s)),
                );
            }
            let cover = [
                (0.20, 0.02),
                (0.20, -0.18),
                (0.08, -0.44),
                (-0.06, -0.54),
                (-0.24, -0.46),
                (-0.26, -0.2),
                (-0.18, 0.06),
            ];
            sheet.fill(
                smooth(&cover),
                &across((0.1, -0.5), (-0.2, 0.1), workshop.bright(tone, 0.5), workshop.dim(tone, 0.45)),
            );
            sheet.inside(|sheet| scales(workshop, sheet, tone, (-0.02, -0.22)));
        });
        let tip = piece(layer, inner, (-0.05, -0.48), ((-0.72, -1.16), (0.2, -0.3)));
        workshop.add(&mut puppet, tip, hand, |sheet| {
            for index in 0..6_u8 {
                let s = f32::from(index) / 5.0;
                let end = (-0.52 + 0.30 * s, -0.46 - 0.58 * s);
                let feather =
                    [(-0.02, -0.46), ((end.0 - 0.02) * 0.6 - 0.04, (end.1 + 0.46) * 0.6 - 0.46), end];
                sheet.stroke(line(&feather), 0.085, &flat(workshop.dim(tone, 0.95 - 0.5 * s)));
            }
            let edge = [
                (0.06, -0.42),
                (0.04, -0.66),
                (-0.08, -0.92),
                (-0.16, -0.78),
                (-0.18, -0.54),
                (-0.12, -0.42),
            ];
            sheet.fill(smooth(&edge), &workshop.coat(tone, -0.95, -0.3));
        });
    }
    workshop.add_round(
        &mut puppet,
        piece(10, body, (0.0, 0.0), ((-0.62, -0.42), (0.86, 0.4))),
        (motion::rest(), 0.08),
        |sheet| {
            let upper = smooth(&[(0.56, -0.13), (0.68, -0.10), (0.80, -0.02), (0.66, -0.01), (0.54, -0.01)]);
            let lower = smooth(&[(0.55, -0.03), (0.72, -0.01), (0.62, 0.035), (0.54, 0.03)]);
            sheet.fill(lower, &flat(workshop.dim(0xc87a28, 0.4)));
            sheet.fill(upper, &workshop.coat(0xe89a38, -0.14, 0.05));
            sheet.fill(oval((0.66, -0.065), (0.012, 0.007), 0.3), &flat(workshop.dim(0x4a2c14, 0.4)));
            let shape = [
                (-0.56, 0.06),
                (-0.3, -0.12),
                (0.02, -0.19),
                (0.24, -0.23),
                (0.38, -0.30),
                (0.52, -0.27),
                (0.60, -0.14),
                (0.57, 0.0),
                (0.42, 0.14),
                (0.14, 0.25),
                (-0.16, 0.22),
                (-0.42, 0.14),
            ];
            sheet.fill(smooth(&shape), &workshop.coat(natural, -0.32, 0.3));
            sheet.inside(|sheet| {
                let breast = workshop.lit(0xf4e4cc);
                sheet.fill(
                    smooth(&[
                        (0.62, 0.0),
                        (0.44, 0.02),
                        (0.2, 0.06),
                        (-0.2, 0.12),
                        (-0.6, 0.1),
                        (-0.2, 0.4),
                        (0.4, 0.3),
                    ]),
                    &veil(breast, 0.95),
                );
                let warm = workshop.lit(0xe8a470);
                sheet.fill(
                    oval((0.34, 0.10), (0.2, 0.12), -0.4),
                    &round((0.34, 0.10), 0.2, (warm, 0.7), (warm, 0.0)),
                );
                sheet.fill(
                    smooth(&[(0.62, -0.1), (0.46, -0.17), (0.32, -0.12), (0.38, -0.06), (0.56, -0.04)]),
                    &veil(workshop.dim(natural, 1.0).scale(0.35), 0.7),
                );
                workshop.hairs(sheet, natural, ((-0.05, -0.06), (0.5, 0.12)), ((-0.97, 0.2), 0.07));
                workshop.hairs(sheet, 0xf4e4cc, ((0.1, 0.18), (0.4, 0.08)), ((-0.97, 0.2), 0.06));
            });
        },
    );
    let eye = (0.445, -0.135);
    let blink = Box::new(|moment: &Moment| Pose::stretched(1.0, motion::blink(moment.second)));
    workshop.add(&mut puppet, piece(13, body, eye, ((0.36, -0.22), (0.53, -0.05))), blink, |sheet| {
        sheet.fill(oval(eye, (0.052, 0.052), 0.0), &flat(workshop.bright(0xe8dcc8, 0.2)));
        sheet.fill(oval(eye, (0.041, 0.041), 0.0), &flat(workshop.dim(0x1c1614, 0.1)));
        sheet.fill(oval((0.458, -0.152), (0.015, 0.015), 0.0), &flat(workshop.lit(0xffffff)));
    });
    puppet
}

/// The wing's place in its stroke, -1.0 to 1.0, and how strongly the bird flies just now: it beats and it glides.
fn stroke(second: f32, lag: f32) -> (f32, f32) {
    let beat = (second / 3.4).fract();
    let glide = step(0.62, 0.72, beat) * step(1.0, 0.92, beat);
    ((second * 8.4 + lag).sin(), 1.0 - 0.82 * glide)
}

/// Rows of small feathers over a wing's arm.
fn scales(workshop: &Workshop<'_>, sheet: &mut Sheet, tone: u32, (x, y): (f32, f32)) {
    for row in 0..4_u8 {
        for column in 0..5_u8 {
            let shift = if row.is_multiple_of(2) { 0.0 } else { 0.05 };
            let at = (x + 0.16 - 0.085 * f32::from(row), y + 0.18 - 0.095 * f32::from(column) + shift);
            let edge = [(at.0, at.1 - 0.045), (at.0 - 0.05, at.1), (at.0, at.1 + 0.045)];
            sheet.stroke(line(&edge), 0.012, &veil(workshop.dim(tone, 1.0), 0.45));
            let shine = edge.map(|(u, v)| (u + 0.014, v));
            sheet.stroke(line(&shine), 0.010, &veil(workshop.bright(tone, 0.9), 0.3));
        }
    }
}

/// Standing upright and waddling.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn penguin(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x2e3a52, |colour| colour.0);
    let mut puppet = Puppet::default();
    let gait = workshop.gait;
    let body = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(move |moment| {
            let step = gait.at(moment.second);
            let waddle = step.vigour * 0.085 * ((step.cycle + 0.2) * TAU).sin();
            Pose::turned(waddle + 0.015 * (moment.second * 1.4).sin())
        }),
    );
    for side in [-1.0_f32, 1.0] {
        let foot = (side * 0.13, -0.03);
        let phase = if side > 0.0 { 0.0 } else { 0.5 };
        let lift = Box::new(move |moment: &Moment| {
            let (along, lifted, toes) = gait.foot(moment.second, phase);
            Pose { turn: toes * 0.6, ..Pose::shifted(along, -lifted) }
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
        let wave = Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            // The flippers balance what the feet do, a little late.
            let flap =
                step.vigour * 0.22 * ((step.cycle + 0.1) * TAU).sin() + 0.04 * (moment.second * 1.7).sin();
            Pose::turned(-side * 0.32 + flap)
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
