//! What hovers: a drone and a spaceship.

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{across, corners, fading, flat, line, oval, pane, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::colour;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

/// A drone of four rotors with a camera below.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn drone(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xe8eaee);
    let mut puppet = Puppet::default();
    let body = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(|moment: &Moment| Pose {
            turn: 0.09 + 0.03 * (moment.second * 2.1).sin(),
            ..Pose::shifted(0.0, 0.02 * (moment.second * 3.4).sin())
        }),
    );
    let tips = [(-0.86_f32, -0.22_f32, 0.8_f32), (0.86, -0.22, 0.8), (-0.62, 0.05, 1.0), (0.62, 0.05, 1.0)];
    workshop.add_round(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.0, -0.4), (1.0, 0.5))),
        (motion::rest(), 0.03),
        |sheet| {
            let dark = workshop.coat(0x3c4048, -0.3, 0.2);
            for (x, y, bold) in tips {
                sheet.stroke(line(&[(x * 0.2, 0.0), (x * 0.6, y * 0.5 - 0.02), (x, y)]), 0.06 * bold, &dark);
                sheet.fill(pane((x - 0.06, y - 0.08), (x + 0.06, y + 0.06), 0.03), &dark);
                sheet.stroke(line(&[(x, y - 0.08), (x, y - 0.14)]), 0.02, &dark);
            }
            sheet.fill(
                smooth(&[
                    (-0.4, 0.0),
                    (-0.28, -0.14),
                    (0.1, -0.17),
                    (0.36, -0.08),
                    (0.42, 0.03),
                    (0.26, 0.12),
                    (-0.26, 0.12),
                ]),
                &workshop.metal(paint, -0.2, 0.16),
            );
            sheet.stroke(
                line(&[(-0.26, -0.1), (0.06, -0.13), (0.3, -0.06)]),
                0.025,
                &veil(workshop.lit(0xffffff), 0.7),
            );
            for side in [-1.0_f32, 1.0] {
                sheet.stroke(
                    line(&[(side * 0.2, 0.1), (side * 0.3, 0.34), (side * 0.42, 0.36)]),
                    0.03,
                    &dark,
                );
            }
            sheet.fill(oval((0.12, 0.2), (0.12, 0.12), 0.0), &workshop.coat(0x2a2c32, 0.08, 0.34));
            sheet.fill(
                oval((0.17, 0.21), (0.07, 0.075), 0.0),
                &round((0.18, 0.2), 0.08, (workshop.lit(0x6a9ad8), 1.0), (workshop.dim(0x101820, 0.3), 1.0)),
            );
            sheet.fill(oval((0.15, 0.18), (0.018, 0.018), 0.0), &flat(Rgb::hex(0xffffff)));
            sheet.fill(oval((0.38, 0.02), (0.025, 0.025), 0.0), &flat(Rgb::hex(0x6af08a)));
            sheet.fill(oval((-0.38, 0.02), (0.025, 0.025), 0.0), &flat(Rgb::hex(0xff5a4a)));
        },
    );
    for (number, (x, y, size)) in tips.into_iter().enumerate() {
        let phase = number as f32;
        let whirl = Box::new(move |moment: &Moment| {
            Pose::stretched(0.82 + 0.18 * (moment.second * 37.0 + phase).sin().abs(), 1.0)
        });
        let layer = if size > 0.9 { 7 } else { 3 };
        let mut sheet = workshop.sheet((x - 0.42, y - 0.22), (x + 0.42, y - 0.06));
        let grey = workshop.lit(0xdfe6ec);
        sheet.fill(oval((x, y - 0.14), (0.4 * size, 0.042), 0.0), &veil(grey, 0.42));
        sheet.stroke(
            line(&[(x - 0.38 * size, y - 0.145), (x + 0.38 * size, y - 0.135)]),
            0.02,
            &veil(workshop.dim(0x40444c, 0.2), 0.6),
        );
        puppet.part(sheet, layer, (Some(body), (x, y - 0.14)), whirl);
    }
    puppet
}

/// A saucer with a dome of glass, a ring of lights that run, and a beam.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn spaceship(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xaab6c4);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(1.3, 0.05, 0.0));
    let glow = Rgb::hex(0x7af0e0);
    let breathe =
        Box::new(|moment: &Moment| Pose { opacity: 0.65 + 0.35 * (moment.second * 2.2).sin(), ..Pose::REST });
    let mut beam = workshop.sheet((-0.8, 0.1), (0.8, 1.0));
    beam.fill(
        corners(&[(-0.24, 0.16), (0.24, 0.16), (0.7, 0.96), (-0.7, 0.96)]),
        &fading((0.0, 0.1), (0.0, 0.96), (glow, 0.6), (glow, 0.0)),
    );
    beam.blur(0.05);
    puppet.part(beam, 1, (Some(body), (0.0, 0.16)), breathe);
    workshop.add_round(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.2, -0.6), (1.2, 0.36))),
        (motion::rest(), 0.03),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (-0.44, -0.1),
                    (-0.38, -0.36),
                    (-0.16, -0.52),
                    (0.16, -0.52),
                    (0.38, -0.36),
                    (0.44, -0.1),
                ]),
                &across((-0.3, -0.5), (0.3, 0.0), workshop.lit(0xd4f2f8), workshop.dim(0x2a5a7a, 0.3)),
            );
            sheet.fill(oval((0.02, -0.2), (0.11, 0.14), 0.0), &veil(workshop.lit(0x6ac08a), 0.8));
            for x in [-0.03_f32, 0.08] {
                sheet.fill(oval((x, -0.22), (0.03, 0.042), 0.0), &flat(workshop.dim(0x14181c, 0.1)));
            }
            sheet.stroke(
                line(&[(-0.32, -0.32), (-0.2, -0.44), (-0.02, -0.48)]),
                0.04,
                &veil(workshop.lit(0xffffff), 0.7),
            );
            sheet.fill(
                smooth(&[
                    (-1.1, 0.0),
                    (-0.7, -0.14),
                    (-0.3, -0.2),
                    (0.3, -0.2),
                    (0.7, -0.14),
                    (1.1, 0.0),
                    (0.6, 0.17),
                    (0.0, 0.22),
                    (-0.6, 0.17),
                ]),
                &workshop.metal(paint, -0.24, 0.26),
            );
            sheet.fill(
                smooth(&[
                    (-1.1, 0.005),
                    (-0.5, 0.05),
                    (0.5, 0.05),
                    (1.1, 0.005),
                    (0.6, 0.17),
                    (0.0, 0.22),
                    (-0.6, 0.17),
                ]),
                &veil(workshop.dim(0x2a3442, 0.6), 0.45),
            );
            sheet.stroke(
                line(&[(-0.9, -0.06), (-0.4, -0.15), (0.2, -0.17), (0.7, -0.1)]),
                0.02,
                &veil(workshop.lit(0xffffff), 0.6),
            );
            sheet.fill(oval((0.0, 0.19), (0.26, 0.05), 0.0), &flat(glow));
        },
    );
    for index in 0..7_u8 {
        let share = f32::from(index) / 6.0 * 2.0 - 1.0;
        let at = (share * 0.86, 0.085 - 0.05 * share * share);
        let blink = Box::new(move |moment: &Moment| Pose {
            opacity: 0.25 + 0.75 * (moment.second * 4.0 - f32::from(index) * 0.9).sin().max(0.0),
            ..Pose::REST
        });
        let mut sheet = workshop.sheet((at.0 - 0.12, at.1 - 0.12), (at.0 + 0.12, at.1 + 0.12));
        let tint = Rgb::hex(if index % 2 == 0 { 0xffe08a } else { 0x8af0ff });
        sheet.fill(oval(at, (0.11, 0.11), 0.0), &round(at, 0.11, (tint, 0.7), (tint, 0.0)));
        sheet.fill(oval(at, (0.042, 0.036), 0.0), &flat(tint.mix(Rgb::hex(0xffffff), 0.4)));
        puppet.part(sheet, 8, (Some(body), at), blink);
    }
    puppet
}
