//! Things that carry people: cars, trains and boats, heading right.

use super::super::colour::Rgb;
use super::super::puppet::{Pose, Puppet};
use super::super::sheet::{Sheet, across, corners, flat, line, oval, pane, round, smooth, veil};
use super::super::stage::Moment;
use super::motion;
use super::workshop::{Workshop, piece};
use crate::plan::Subject;

pub(super) fn colour(subject: &Subject, natural: u32) -> u32 {
    subject.colour.map_or(natural, |colour| colour.0)
}

fn glass(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    upper_left: (f32, f32),
    lower_right: (f32, f32),
    radius: f32,
) {
    let ink = across(upper_left, lower_right, workshop.lit(0xe2f4fa), workshop.dim(0x5a86a8, 0.3));
    sheet.fill(pane(upper_left, lower_right, radius), &ink);
}

fn wheel(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (parent, (x, y), radius): (usize, (f32, f32), f32),
    speed: f32,
) {
    let bounds = ((x - radius, y - radius), (x + radius, y + radius));
    workshop.add(
        puppet,
        piece(20, parent, (x, y), bounds),
        Box::new(move |moment: &Moment| Pose::turned(moment.second * speed)),
        |sheet| {
            sheet.fill(oval((x, y), (radius, radius), 0.0), &flat(workshop.dim(0x2c2a30, 0.2)));
            sheet.fill(oval((x, y), (radius * 0.6, radius * 0.6), 0.0), &flat(workshop.lit(0xd6d8de)));
            for spoke in 0..5_u8 {
                let (sin, cos) = (f32::from(spoke) / 5.0 * std::f32::consts::TAU).sin_cos();
                sheet.stroke(
                    line(&[
                        (x + cos * radius * 0.15, y + sin * radius * 0.15),
                        (x + cos * radius * 0.52, y + sin * radius * 0.52),
                    ]),
                    radius * 0.14,
                    &flat(workshop.dim(0x6c7078, 0.3)),
                );
            }
        },
    );
}

pub(super) fn car(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xd8493c);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(9.0, 0.006, 0.0));
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.3, -1.0), (1.75, 0.0))),
        motion::rest(),
        |sheet| {
            let beam = Rgb::hex(0xfff0b8);
            sheet.fill(
                oval((1.26, -0.42), (0.34, 0.26), 0.0),
                &round((1.22, -0.42), 0.34, (beam, 0.5), (beam, 0.0)),
            );
            sheet.fill(
                smooth(&[(-0.78, -0.56), (-0.52, -0.90), (-0.05, -0.96), (0.34, -0.88), (0.62, -0.56)]),
                &workshop.coat(paint, -1.0, -0.3),
            );
            sheet.fill(
                smooth(&[
                    (-1.22, -0.34),
                    (-1.16, -0.56),
                    (-0.7, -0.64),
                    (0.0, -0.64),
                    (0.66, -0.60),
                    (1.08, -0.5),
                    (1.24, -0.34),
                    (1.2, -0.16),
                    (0.0, -0.13),
                    (-1.18, -0.16),
                ]),
                &workshop.coat(paint, -0.7, -0.1),
            );
            let window =
                across((-0.5, -0.9), (0.5, -0.55), workshop.lit(0xe6f6fb), workshop.dim(0x4f7fa4, 0.3));
            sheet.fill(corners(&[(-0.60, -0.60), (-0.43, -0.84), (-0.08, -0.88), (-0.08, -0.60)]), &window);
            sheet.fill(corners(&[(0.0, -0.60), (0.0, -0.88), (0.28, -0.82), (0.48, -0.60)]), &window);
            sheet.stroke(line(&[(-0.04, -0.58), (-0.04, -0.2)]), 0.012, &veil(workshop.dim(paint, 0.9), 0.8));
            sheet.stroke(
                line(&[(-1.1, -0.44), (0.0, -0.48), (1.1, -0.4)]),
                0.016,
                &veil(workshop.lit(0xffffff), 0.45),
            );
            sheet.fill(oval((1.14, -0.42), (0.06, 0.07), 0.0), &flat(beam));
            sheet.fill(oval((-1.17, -0.44), (0.035, 0.07), 0.0), &flat(Rgb::hex(0xe0483a)));
            sheet.fill(oval((0.1, -0.48), (0.06, 0.014), 0.0), &flat(workshop.dim(paint, 0.7)));
            for x in [-0.7, 0.72] {
                sheet.fill(oval((x, -0.2), (0.26, 0.24), 0.0), &flat(workshop.dim(0x24222a, 0.5)));
            }
        },
    );
    for x in [-0.7, 0.72] {
        wheel(workshop, &mut puppet, (body, (x, -0.2), 0.2), 7.0);
    }
    puppet
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn train(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xc4473c);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(8.0, 0.003, 0.0));
    for index in 0..3_u8 {
        let phase = f32::from(index) / 3.0;
        let puff = Box::new(move |moment: &Moment| {
            let age = (moment.second * 0.55 + phase).fract();
            let size = 0.5 + 1.5 * age;
            Pose {
                stretch: (size, size),
                opacity: (1.0 - age) * (age * 6.0).min(1.0),
                ..Pose::shifted(-0.9 * age, -0.55 * age)
            }
        });
        workshop.add(
            &mut puppet,
            piece(1, body, (1.42, -1.12), ((1.2, -1.34), (1.64, -0.9))),
            puff,
            |sheet| {
                let smoke = workshop.lit(0xf2f0ee);
                sheet.fill(
                    oval((1.42, -1.12), (0.2, 0.19), 0.0),
                    &round((1.42, -1.12), 0.2, (smoke, 0.9), (smoke, 0.0)),
                );
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(0, body, (0.0, 0.0), ((-7.5, -0.03), (7.5, 0.16))),
        motion::rest(),
        |sheet| {
            sheet.fill(pane((-7.4, 0.0), (7.4, 0.15), 0.0), &workshop.coat(0x9a8a7a, -0.05, 0.2));
            sheet.fill(pane((-7.4, -0.02), (7.4, 0.015), 0.0), &flat(workshop.lit(0xc2c6cc)));
        },
    );
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-2.75, -1.12), (1.85, -0.08))),
        motion::rest(),
        |sheet| {
            for (left, tint) in [(-2.7, 0x4a7a9a), (-1.25, 0x4a7a9a)] {
                sheet.stroke(
                    line(&[(left + 1.2, -0.2), (left + 1.5, -0.2)]),
                    0.05,
                    &flat(workshop.dim(0x33323a, 0.3)),
                );
                sheet.fill(pane((left, -0.86), (left + 1.3, -0.16), 0.08), &workshop.coat(tint, -0.9, -0.1));
                sheet.fill(
                    pane((left - 0.03, -0.92), (left + 1.33, -0.82), 0.05),
                    &workshop.coat(0xe8dcc4, -0.95, -0.8),
                );
                for window in 0..4_u8 {
                    let x = left + 0.12 + f32::from(window) * 0.29;
                    glass(workshop, sheet, (x, -0.70), (x + 0.2, -0.44), 0.03);
                }
                sheet.stroke(
                    line(&[(left + 0.03, -0.33), (left + 1.27, -0.33)]),
                    0.03,
                    &flat(workshop.lit(0xf0d898)),
                );
            }
            sheet.fill(pane((0.2, -1.04), (0.86, -0.16), 0.06), &workshop.coat(paint, -1.05, -0.1));
            sheet.fill(pane((0.12, -1.1), (0.94, -0.98), 0.05), &workshop.coat(0x3a3a44, -1.1, -0.95));
            glass(workshop, sheet, (0.32, -0.88), (0.72, -0.58), 0.03);
            sheet.fill(pane((0.8, -0.74), (1.66, -0.2), 0.12), &workshop.coat(paint, -0.8, -0.15));
            sheet.fill(
                corners(&[(1.30, -0.72), (1.26, -1.04), (1.56, -1.04), (1.52, -0.72)]),
                &workshop.coat(0x3a3a44, -1.05, -0.7),
            );
            sheet.fill(oval((1.02, -0.76), (0.11, 0.1), 0.0), &workshop.coat(0xe0b24a, -0.9, -0.7));
            sheet.fill(oval((1.66, -0.5), (0.075, 0.09), 0.0), &flat(Rgb::hex(0xfff0b8)));
            sheet.fill(
                corners(&[(1.5, -0.2), (1.8, -0.08), (1.4, -0.08)]),
                &flat(workshop.dim(0x3a3a44, 0.3)),
            );
        },
    );
    for x in [-2.45, -2.2, -1.65, -1.0, -0.75, -0.2, 0.4, 0.95, 1.4] {
        wheel(workshop, &mut puppet, (body, (x, -0.13), 0.13), 8.0);
    }
    puppet
}

pub(super) fn boat(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let sail = colour(subject, 0xfff4e0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::rest());
    workshop.add(
        &mut puppet,
        piece(2, body, (0.0, -0.2), ((-0.55, -1.02), (0.65, -0.15))),
        motion::swing(1.1, 0.02, 0.6),
        |sheet| {
            sheet.stroke(line(&[(0.0, -0.16), (0.0, -1.0)]), 0.022, &workshop.coat(0x7a5238, -1.0, 0.0));
            sheet.fill(
                smooth(&[(0.03, -0.97), (0.3, -0.66), (0.44, -0.28), (0.24, -0.235), (0.03, -0.24)]),
                &workshop.coat(sail, -1.0, -0.1),
            );
            sheet.fill(
                smooth(&[(-0.03, -0.92), (-0.24, -0.6), (-0.42, -0.26), (-0.2, -0.235), (-0.03, -0.24)]),
                &workshop.coat(0xe86a52, -1.0, -0.1),
            );
            sheet
                .fill(corners(&[(0.0, -1.02), (0.0, -0.95), (-0.14, -0.985)]), &flat(workshop.lit(0xe86a52)));
        },
    );
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-0.7, -0.26), (0.75, 0.08))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (-0.62, -0.17),
                    (0.0, -0.135),
                    (0.70, -0.20),
                    (0.52, 0.0),
                    (0.30, 0.05),
                    (-0.40, 0.05),
                    (-0.56, -0.04),
                ]),
                &workshop.coat(0x8a5a3c, -0.22, 0.08),
            );
            sheet.inside(|sheet| {
                sheet.stroke(
                    line(&[(-0.66, -0.135), (0.0, -0.10), (0.72, -0.16)]),
                    0.045,
                    &flat(workshop.lit(0xfaf0dc)),
                );
            });
            let foam = workshop.lit(0xffffff);
            sheet.stroke(
                line(&[(-0.66, 0.055), (-0.2, 0.045), (0.2, 0.055), (0.6, 0.045)]),
                0.028,
                &veil(foam, 0.7),
            );
        },
    );
    puppet
}
