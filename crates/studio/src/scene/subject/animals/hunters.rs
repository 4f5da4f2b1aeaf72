//! Swimmers of the open sea with a tail that beats: sharks and dolphins, heading right.

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, fading, flat, line, oval, smooth, veil};
use super::super::super::stage::Moment;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::{Kind, Subject};

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn hunter(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let shark = subject.kind == Kind::Shark;
    let hide = subject.colour.map_or(if shark { 0x5f7484 } else { 0x6a8aa6 }, |colour| colour.0);
    let mut puppet = Puppet::default();
    let speed = if shark { 2.6 } else { 3.4 };
    let bend = |reach: f32, lag: f32| -> super::super::super::puppet::Motion {
        Box::new(move |moment: &Moment| {
            let wave = (moment.second * speed - lag).sin();
            // A shark's tail beats aside and looks shorter then; a dolphin's goes up and down.
            if shark {
                Pose {
                    stretch: (1.0 - reach * (0.5 + 0.5 * wave), 1.0),
                    turn: 0.25 * reach * wave,
                    ..Pose::REST
                }
            } else {
                Pose::turned(reach * wave)
            }
        })
    };
    let body =
        puppet.joint(None, (0.2, 0.0), if shark { motion::swing(1.3, 0.03, 0.0) } else { bend(0.05, 0.0) });
    let rear = puppet.joint(Some(body), (-0.3, 0.0), bend(if shark { 0.05 } else { 0.12 }, 0.8));
    let tail = puppet.joint(Some(rear), (-0.98, 0.0), bend(if shark { 0.34 } else { 0.36 }, 1.7));
    let dark = workshop.coat(Workshop::under(hide, 0.2), -0.5, 0.4);
    workshop.add(
        &mut puppet,
        piece(2, tail, (-0.98, 0.0), ((-1.5, -0.5), (-0.9, 0.42))),
        motion::rest(),
        |sheet| {
            let shape = if shark {
                smooth(&[
                    (-0.94, -0.03),
                    (-1.1, -0.12),
                    (-1.38, -0.46),
                    (-1.3, -0.16),
                    (-1.18, 0.0),
                    (-1.28, 0.26),
                    (-1.1, 0.12),
                    (-0.94, 0.05),
                ])
            } else {
                smooth(&[
                    (-0.94, -0.035),
                    (-1.14, -0.12),
                    (-1.42, -0.13),
                    (-1.26, -0.03),
                    (-1.22, 0.02),
                    (-1.36, 0.12),
                    (-1.1, 0.1),
                    (-0.94, 0.05),
                ])
            };
            sheet.fill(shape, &dark);
        },
    );
    workshop.add(
        &mut puppet,
        piece(1, body, (0.24, 0.14), ((-0.2, 0.04), (0.4, 0.6))),
        motion::swing(1.4, 0.16, 1.2),
        |sheet| {
            sheet.fill(
                smooth(&[(0.36, 0.1), (0.2, 0.12), (-0.02, 0.42), (0.1, 0.42), (0.34, 0.2)]),
                &workshop.coat(Workshop::under(hide, 0.5), 0.0, 0.5),
            );
        },
    );
    workshop.add_round(
        &mut puppet,
        piece(4, rear, (-0.3, 0.0), ((-1.12, -0.36), (-0.02, 0.36))),
        (motion::rest(), 0.05),
        |sheet| {
            let end = if shark { 0.04 } else { 0.05 };
            sheet.fill(
                smooth(&[
                    (-0.04, -0.27),
                    (-0.4, -0.19),
                    (-0.8, -0.075),
                    (-1.06, -end),
                    (-1.06, end),
                    (-0.8, 0.07),
                    (-0.4, 0.17),
                    (-0.04, 0.26),
                    (-0.02, 0.0),
                ]),
                &workshop.coat(hide, -0.34, 0.3),
            );
            belly(workshop, sheet, shark);
            if shark {
                sheet.fill(smooth(&[(-0.62, -0.12), (-0.78, -0.24), (-0.8, -0.07)]), &dark);
            }
        },
    );
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, -0.26), ((-0.4, -0.72), (0.26, -0.16))),
        motion::swing(1.3, 0.03, 0.6),
        |sheet| {
            let fin = if shark {
                smooth(&[
                    (0.22, -0.26),
                    (0.04, -0.48),
                    (-0.16, -0.66),
                    (-0.16, -0.44),
                    (-0.2, -0.22),
                    (0.0, -0.2),
                ])
            } else {
                smooth(&[
                    (0.12, -0.24),
                    (-0.04, -0.40),
                    (-0.28, -0.5),
                    (-0.2, -0.36),
                    (-0.2, -0.2),
                    (0.0, -0.18),
                ])
            };
            sheet.fill(fin, &workshop.coat(Workshop::under(hide, 0.1), -0.66, -0.1));
        },
    );
    workshop.add_round(
        &mut puppet,
        piece(6, body, (0.2, 0.0), ((-0.34, -0.38), (1.26, 0.42))),
        (motion::rest(), 0.05),
        |sheet| {
            let front = if shark {
                smooth(&[
                    (-0.3, -0.22),
                    (0.0, -0.29),
                    (0.4, -0.28),
                    (0.78, -0.17),
                    (1.06, -0.04),
                    (1.02, 0.03),
                    (0.76, 0.12),
                    (0.5, 0.22),
                    (0.1, 0.28),
                    (-0.3, 0.22),
                    (-0.36, 0.0),
                ])
            } else {
                smooth(&[
                    (-0.3, -0.22),
                    (0.0, -0.28),
                    (0.36, -0.29),
                    (0.66, -0.23),
                    (0.84, -0.08),
                    (1.16, -0.02),
                    (1.17, 0.04),
                    (0.88, 0.08),
                    (0.6, 0.18),
                    (0.1, 0.27),
                    (-0.3, 0.22),
                    (-0.36, 0.0),
                ])
            };
            sheet.fill(front, &workshop.coat(hide, -0.34, 0.32));
            belly(workshop, sheet, shark);
            face(workshop, sheet, shark);
        },
    );
    workshop.add(
        &mut puppet,
        piece(8, body, (0.3, 0.16), ((-0.2, 0.06), (0.48, 0.72))),
        motion::swing(1.4, 0.2, 0.0),
        |sheet| {
            sheet.fill(
                smooth(&[(0.42, 0.12), (0.24, 0.12), (-0.06, 0.5), (-0.08, 0.62), (0.14, 0.5), (0.36, 0.26)]),
                &workshop.coat(hide, 0.0, 0.66),
            );
        },
    );
    puppet
}

/// The pale belly, its edge soft, and the light that comes from above.
fn belly(workshop: &Workshop<'_>, sheet: &mut Sheet, shark: bool) {
    sheet.inside(|sheet| {
        let pale = workshop.lit(0xeef4f4);
        let line_of = if shark { 0.07 } else { 0.03 };
        sheet.fill(
            smooth(&[
                (1.2, line_of - 0.03),
                (0.7, line_of),
                (0.1, line_of + 0.05),
                (-0.6, line_of + 0.02),
                (-1.1, 0.02),
                (-1.1, 0.5),
                (1.2, 0.5),
            ]),
            &fading((0.0, line_of - 0.04), (0.0, 0.2), (pale, 0.0), (pale, 0.92)),
        );
        let shine = workshop.bright(0xd8f0f8, 0.3);
        sheet.fill(
            oval((0.2, -0.26), (0.8, 0.1), 0.0),
            &fading((0.0, -0.34), (0.0, -0.16), (shine, 0.5), (shine, 0.0)),
        );
    });
}

fn face(workshop: &Workshop<'_>, sheet: &mut Sheet, shark: bool) {
    let ink = workshop.dim(0x141a20, 0.3);
    if shark {
        for gill in 0..5_u8 {
            let x = 0.3 + f32::from(gill) * 0.052;
            sheet.stroke(line(&[(x, -0.1), (x - 0.03, 0.0), (x, 0.1)]), 0.013, &veil(ink, 0.6));
        }
        sheet.fill(oval((0.76, -0.065), (0.034, 0.034), 0.0), &flat(ink));
        sheet.fill(oval((0.752, -0.075), (0.01, 0.01), 0.0), &flat(workshop.lit(0xffffff)));
        sheet.stroke(line(&[(0.97, 0.045), (0.84, 0.075), (0.7, 0.06), (0.63, 0.11)]), 0.016, &flat(ink));
        for tooth in 0..7_u8 {
            let x = 0.7 + f32::from(tooth) * 0.035;
            sheet.fill(
                smooth(&[(x, 0.066), (x + 0.026, 0.068), (x + 0.013, 0.098)]),
                &flat(workshop.lit(0xffffff)),
            );
        }
    } else {
        sheet.stroke(line(&[(1.15, 0.02), (0.96, 0.035), (0.8, 0.02), (0.7, -0.02)]), 0.014, &veil(ink, 0.8));
        sheet.fill(oval((0.67, -0.065), (0.032, 0.03), 0.0), &flat(ink));
        sheet.fill(oval((0.661, -0.075), (0.011, 0.01), 0.0), &flat(workshop.lit(0xffffff)));
        sheet.stroke(line(&[(0.84, -0.08), (0.76, -0.06), (0.7, -0.05)]), 0.02, &veil(ink, 0.25));
        sheet.fill(oval((0.42, -0.285), (0.03, 0.008), 0.0), &veil(ink, 0.6));
    }
}
