//! What stands in a living room: books with a lamp, and flowers in a vase.

use std::f32::consts::TAU;

use super::contact;
use crate::plan::Subject;
use crate::scene::colour::Rgb;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, across, corners, fading, flat, line, oval, pane, smooth, veil};
use crate::scene::stage::Moment;
use crate::scene::subject::motion;
use crate::scene::subject::workshop::{Workshop, piece};

fn colour(subject: &Subject, natural: u32) -> u32 {
    subject.colour.map_or(natural, |colour| colour.0)
}

/// An open book below a lamp, on two closed ones.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn book(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let cover = colour(subject, 0x7a2f34);
    let bounds = ((-1.0, -1.24), (0.9, 0.16));
    let head = (0.36, -0.92);
    workshop.add_round(puppet, piece(5, root, (0.0, 0.0), bounds), (motion::rest(), 0.015), |sheet| {
        contact(workshop, sheet, 0.72);
        for (top, tint, shift) in [(-0.11_f32, 0x2f4f5c, 0.0_f32), (-0.21, cover, -0.05)] {
            sheet.fill(
                pane((-0.74 + shift, top), (0.46 + shift, top + 0.115), 0.02),
                &workshop.coat(tint, top, top + 0.12),
            );
            sheet.fill(
                pane((-0.70 + shift, top + 0.025), (0.48 + shift, top + 0.09), 0.01),
                &workshop.coat(0xf2e6cc, top, top + 0.16),
            );
            for leaf in 0..3_u8 {
                let y = top + 0.04 + f32::from(leaf) * 0.017;
                sheet.stroke(
                    line(&[(-0.7 + shift, y), (0.47 + shift, y)]),
                    0.003,
                    &veil(workshop.dim(0x8a7658, 0.4), 0.5),
                );
            }
        }
        // The open pages.
        for side in [-1.0_f32, 1.0] {
            let x = |far: f32| -0.18 + side * far;
            sheet.fill(
                corners(&[(x(0.0), -0.235), (x(0.63), -0.235), (x(0.60), -0.205), (x(0.0), -0.2)]),
                &flat(workshop.dim(cover, 0.5)),
            );
            let page = smooth(&[
                (x(0.0), -0.25),
                (x(0.01), -0.40),
                (x(0.2), -0.47),
                (x(0.44), -0.44),
                (x(0.52), -0.41),
                (x(0.62), -0.25),
                (x(0.4), -0.285),
                (x(0.2), -0.30),
            ]);
            sheet.fill(
                page,
                &across((x(0.0), 0.0), (x(0.5), 0.0), workshop.dim(0xe8dcc0, 0.5), workshop.lit(0xfffaec)),
            );
            for row in 0..6_u8 {
                let v = f32::from(row) / 6.0;
                let y = -0.42 + v * 0.135;
                let (from, to) = (0.08 + 0.02 * v, 0.42 + 0.09 * v - if row == 5 { 0.18 } else { 0.0 });
                sheet.stroke(
                    line(&[(x(from), y - 0.008), (x((from + to) * 0.5), y - 0.022), (x(to), y)]),
                    0.007,
                    &veil(workshop.dim(0x4a4038, 0.3), 0.55),
                );
            }
        }
        // The lamp.
        let brass = workshop.metal(0xb08a48, -1.1, 0.0);
        sheet.fill(oval((0.72, 0.0), (0.17, 0.035), 0.0), &workshop.coat(0x8a6a34, -0.04, 0.04));
        sheet.stroke(
            line(&[(0.72, -0.01), (0.73, -0.5), (0.66, -0.98), (0.52, -1.08), (0.40, -1.04)]),
            0.03,
            &brass,
        );
        sheet.fill(
            smooth(&[
                (head.0 - 0.27, head.1 + 0.06),
                (head.0 - 0.16, head.1 - 0.12),
                (head.0, head.1 - 0.17),
                (head.0 + 0.16, head.1 - 0.12),
                (head.0 + 0.27, head.1 + 0.06),
                (head.0, head.1 + 0.075),
            ]),
            &workshop.coat(0x2f6a52, head.1 - 0.2, head.1 + 0.1),
        );
        sheet.fill(oval((head.0, head.1 + 0.062), (0.235, 0.035), 0.0), &flat(Rgb::hex(0xfff0c0)));
    });
    // Its light, and a page that turns.
    let glow =
        Box::new(|moment: &Moment| Pose { opacity: 0.9 + 0.1 * (moment.second * 1.7).sin(), ..Pose::REST });
    let mut sheet = workshop.sheet((-1.1, -1.0), (1.2, 0.12));
    let warm = Rgb::hex(0xffd088);
    let cone = corners(&[
        (head.0 - 0.22, head.1 + 0.07),
        (head.0 + 0.22, head.1 + 0.07),
        (head.0 + 0.72, 0.0),
        (head.0 - 1.2, 0.0),
    ]);
    sheet.fill(cone, &fading((head.0, head.1), (head.0 - 0.2, 0.0), (warm, 0.42), (warm, 0.06)));
    sheet.blur(0.04);
    puppet.part(sheet, 20, (Some(root), head), glow);
    let turning = Box::new(|moment: &Moment| {
        let age = ((moment.second + 0.4) / 2.5).fract();
        let share = crate::scene::noise::step(0.1, 0.72, age);
        let wide = (share * std::f32::consts::PI).cos();
        let wide = if wide.abs() < 0.06 { 0.06 } else { wide };
        Pose {
            stretch: (wide, 1.0 + 0.5 * (share * std::f32::consts::PI).sin()),
            opacity: if age < 0.78 { 1.0 } else { 0.0 },
            ..Pose::REST
        }
    });
    workshop.add(puppet, piece(9, root, (-0.18, -0.26), ((-0.2, -0.5), (0.36, -0.22))), turning, |sheet| {
        sheet.fill(
            smooth(&[
                (-0.18, -0.25),
                (-0.17, -0.42),
                (0.02, -0.48),
                (0.28, -0.44),
                (0.33, -0.41),
                (0.35, -0.26),
                (0.2, -0.3),
            ]),
            &across((-0.18, 0.0), (0.3, 0.0), workshop.dim(0xe4d6b8, 0.5), workshop.lit(0xfffaec)),
        );
    });
}

/// A bouquet in a vase: the heads stir, petals and leaves in three tones.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn vase(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, subject): (usize, &Subject)) {
    let bloom = colour(subject, 0xe0687e);
    let glaze = 0xdfe8ea;
    let mut chance = workshop.chance();
    let heads: [(f32, f32, f32, u32); 9] = [
        (-0.34, -0.86, 0.15, 0xf6e6d2),
        (0.36, -0.84, 0.15, bloom),
        (-0.16, -1.08, 0.14, bloom),
        (0.18, -1.10, 0.14, 0xf6d27a),
        (0.0, -1.2, 0.12, 0xf6e6d2),
        (-0.42, -0.66, 0.12, bloom),
        (0.44, -0.64, 0.12, 0xf6e6d2),
        (0.12, -0.84, 0.19, Workshop::under(bloom, 0.1)),
        (-0.14, -0.80, 0.17, 0xf2b8a0),
    ];
    let sway = puppet.joint(Some(root), (0.0, -0.48), motion::swing(1.1, 0.022, 0.0));
    workshop.add(
        puppet,
        piece(3, sway, (0.0, -0.48), ((-0.62, -1.3), (0.62, -0.36))),
        motion::rest(),
        |sheet| {
            for (x, y, _, _) in heads {
                sheet.stroke(
                    line(&[(x * 0.12, -0.42), (x * 0.5, (y - 0.42) * 0.55), (x, y)]),
                    0.018,
                    &workshop.coat(0x4f8a4a, -1.1, -0.4),
                );
            }
            for leaf in 0..16_u8 {
                let angle = (f32::from(leaf) / 15.0 - 0.5) * 2.9;
                let far = 0.32 + 0.24 * chance.unit();
                let (sin, cos) = angle.sin_cos();
                let at = (sin * far, -0.58 - cos * far);
                let tint = chance.of(&[0x4f8a4a, 0x6aa458, 0x3f7448]);
                let turn = angle - std::f32::consts::FRAC_PI_2;
                sheet.fill(oval(at, (0.14, 0.042), turn), &workshop.coat(tint, at.1 - 0.1, at.1 + 0.1));
            }
        },
    );
    for (number, (x, y, size, tint)) in heads.into_iter().enumerate() {
        let phase = x * 9.0 + y * 5.0;
        let layer = if number < 5 { 4 } else { 5 };
        workshop.add(
            puppet,
            piece(
                layer,
                sway,
                (x, y + size),
                ((x - size * 1.15, y - size * 1.15), (x + size * 1.15, y + size * 1.15)),
            ),
            motion::swing(1.5, 0.05, phase),
            |sheet| rose(workshop, sheet, ((x, y), size), tint),
        );
    }
    workshop.add_round(
        puppet,
        piece(7, root, (0.0, 0.0), ((-0.5, -0.54), (0.5, 0.1))),
        (motion::rest(), 0.03),
        |sheet| {
            contact(workshop, sheet, 0.32);
            let shape = smooth(&[
                (-0.15, -0.5),
                (-0.13, -0.42),
                (-0.28, -0.28),
                (-0.29, -0.14),
                (-0.17, -0.01),
                (0.0, 0.01),
                (0.17, -0.01),
                (0.29, -0.14),
                (0.28, -0.28),
                (0.13, -0.42),
                (0.15, -0.5),
                (0.0, -0.485),
            ]);
            sheet.fill(shape, &workshop.barrel(glaze, (-0.3, 0.3)));
            sheet.inside(|sheet| {
                let blue = workshop.lit(0x3f68a4);
                for (y, bold) in [(-0.4_f32, 0.016), (-0.05, 0.012)] {
                    sheet.stroke(line(&[(-0.3, y), (0.0, y + 0.025), (0.3, y)]), bold, &veil(blue, 0.85));
                }
                for petal in 0..8_u8 {
                    let (sin, cos) = (f32::from(petal) / 8.0 * TAU).sin_cos();
                    sheet.fill(
                        oval((cos * 0.055, -0.2 + sin * 0.055), (0.05, 0.02), f32::from(petal) / 8.0 * TAU),
                        &veil(blue, 0.85),
                    );
                }
                for side in [-1.0_f32, 1.0] {
                    sheet.stroke(
                        line(&[(side * 0.12, -0.2), (side * 0.2, -0.26), (side * 0.27, -0.17)]),
                        0.014,
                        &veil(blue, 0.75),
                    );
                    sheet.fill(oval((side * 0.2, -0.27), (0.04, 0.017), side * -0.6), &veil(blue, 0.75));
                }
                let side = workshop.light.side;
                sheet.stroke(
                    line(&[(side * 0.2, -0.31), (side * 0.235, -0.2), (side * 0.19, -0.08)]),
                    0.035,
                    &veil(workshop.lit(0xffffff), 0.75),
                );
            });
        },
    );
}

/// A full flower seen from the side and above: rings of petals, darker inwards.
fn rose(workshop: &Workshop<'_>, sheet: &mut Sheet, ((x, y), size): ((f32, f32), f32), tint: u32) {
    for (ring, petals) in [(1.0_f32, 9_u8), (0.76, 8), (0.52, 6), (0.3, 5)] {
        for petal in 0..petals {
            let angle = (f32::from(petal) + ring * 2.3) / f32::from(petals) * TAU;
            let (sin, cos) = angle.sin_cos();
            let at = (x + cos * size * ring * 0.56, y + sin * size * ring * 0.5);
            let reach = size * (0.2 + 0.26 * ring);
            let shadow = workshop.dim(Workshop::under(tint, 0.35 * (1.0 - ring)), 0.75);
            let light = workshop.bright(Workshop::under(tint, 0.25 * (1.0 - ring)), 0.3);
            let out = (at.0 + cos * reach, at.1 + sin * reach);
            let inner = (at.0 - cos * reach * 0.8, at.1 - sin * reach * 0.8);
            sheet.fill(oval(at, (reach, reach * 0.78), angle), &across(inner, out, shadow, light));
        }
    }
    sheet.fill(
        oval((x, y), (size * 0.09, size * 0.08), 0.0),
        &flat(workshop.dim(Workshop::under(tint, 0.5), 0.8)),
    );
}
