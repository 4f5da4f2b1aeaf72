//! Road vehicles with a shape of their own: a vintage car, a taxi and a truck.

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, across, corners, flat, line, oval, pane, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::{cloud, colour, wheel};
use super::super::workshop::{Workshop, piece};
use super::super::{motion, transit};
use crate::plan::{Kind, Subject};

pub(in crate::scene::subject) fn road(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    match subject.kind {
        Kind::VintageCar => vintage(workshop, subject),
        Kind::Taxi => taxi(workshop, subject),
        Kind::Truck => truck(workshop, subject),
        Kind::Bus => transit::bus(workshop, subject),
        _ => transit::tram(workshop, subject),
    }
}

/// Dust that the wheels throw up: it stays behind, spreads and settles.
pub(in crate::scene::subject) fn dust(workshop: &Workshop<'_>, puppet: &mut Puppet, tail: f32) {
    const PUFFS: u8 = 6;
    for index in 0..PUFFS {
        let phase = f32::from(index) / f32::from(PUFFS);
        let drift = Box::new(move |moment: &Moment| {
            let age = (moment.second * 0.42 + phase).fract();
            let size = 0.5 + 1.6 * age;
            Pose {
                turn: 0.5 * (phase * 9.0).sin(),
                stretch: (size, size * 0.8),
                opacity: 0.7 * (age * 6.0).min(1.0) * (1.0 - age),
                ..Pose::shifted(tail - 1.5 * age, -0.1 - 0.22 * age.sqrt())
            }
        });
        let mut sheet = workshop.sheet((-0.26, -0.26), (0.26, 0.26));
        cloud(&mut sheet, (workshop.bright(0xffe8c4, 0.5), workshop.dim(0xc89868, 0.2)), phase);
        puppet.part(sheet, 30, (None, (0.0, 0.0)), drift);
    }
}

pub(in crate::scene::subject) fn lamp(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    (x, y): (f32, f32),
    size: f32,
) {
    let beam = Rgb::hex(0xfff0c8);
    sheet.fill(
        oval((x + size, y), (size * 4.0, size * 2.4), 0.0),
        &round((x + size, y), size * 4.0, (beam, 0.4), (beam, 0.0)),
    );
    sheet.fill(oval((x, y), (size * 1.2, size * 1.25), 0.0), &workshop.metal(0xd8dce2, y - size, y + size));
    sheet.fill(oval((x + size * 0.15, y), (size * 0.9, size), 0.0), &flat(beam));
}

/// A round old car: long bonnet, running boards, swept wings and chrome.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn vintage(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0x7a2430);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, -0.2), motion::swing(2.3, 0.008, 0.0));
    let bounds = ((-1.5, -1.06), (1.8, 0.0));
    workshop.add_round(&mut puppet, piece(5, body, (0.0, 0.0), bounds), (motion::rest(), 0.03), |sheet| {
        let chrome = |top: f32, bottom: f32| workshop.metal(0xd4d8de, top, bottom);
        sheet.fill(pane((-1.15, -0.24), (1.1, -0.12), 0.05), &flat(workshop.dim(0x1a181c, 0.5)));
        // The spare wheel on the tail, the cabin, the bonnet.
        sheet.fill(oval((-1.2, -0.46), (0.12, 0.24), 0.12), &flat(workshop.dim(0x22222a, 0.3)));
        let cabin = smooth(&[
            (-1.16, -0.40),
            (-1.12, -0.66),
            (-0.96, -0.90),
            (-0.66, -0.985),
            (-0.2, -1.0),
            (0.08, -0.95),
            (0.26, -0.66),
            (0.3, -0.3),
            (-0.4, -0.2),
            (-1.1, -0.24),
        ]);
        sheet.fill(cabin, &workshop.metal(paint, -1.05, -0.1));
        let bonnet = smooth(&[
            (0.1, -0.66),
            (0.6, -0.68),
            (1.02, -0.655),
            (1.16, -0.56),
            (1.18, -0.32),
            (1.0, -0.2),
            (0.1, -0.2),
        ]);
        sheet.fill(bonnet, &workshop.metal(Workshop::under(paint, -0.08), -0.72, -0.15));
        for slit in 0..6_u8 {
            let x = 0.4 + f32::from(slit) * 0.08;
            sheet.stroke(
                line(&[(x, -0.52), (x - 0.02, -0.38)]),
                0.014,
                &veil(workshop.dim(0x140c0e, 0.3), 0.7),
            );
        }
        sheet.stroke(
            line(&[(-1.1, -0.62), (-0.4, -0.64), (0.3, -0.62), (1.1, -0.57)]),
            0.022,
            &chrome(-0.66, -0.56),
        );
        // Windows with chrome frames.
        for (left, right, upper) in [(-0.98_f32, -0.5_f32, -0.87_f32), (-0.44, 0.0, -0.9)] {
            let shape =
                smooth(&[(left, -0.68), (left + 0.06, upper), (right - 0.05, upper - 0.02), (right, -0.68)]);
            sheet.fill(
                shape.clone(),
                &across((left, upper), (right, -0.66), workshop.lit(0xdcecf0), workshop.dim(0x2c4454, 0.3)),
            );
            if left > -0.9 {
                // Who drives, against the light: a hat, a face, a shoulder and a hand at the wheel.
                sheet.inside(|sheet| {
                    let dark = flat(workshop.dim(0x241a1c, 0.5));
                    sheet.fill(oval((-0.24, -0.79), (0.05, 0.062), 0.0), &dark);
                    sheet.fill(oval((-0.245, -0.835), (0.095, 0.016), 0.06), &dark);
                    sheet.fill(pane((-0.3, -0.875), (-0.195, -0.83), 0.025), &dark);
                    sheet.fill(
                        smooth(&[(-0.36, -0.66), (-0.33, -0.72), (-0.22, -0.74), (-0.13, -0.66)]),
                        &dark,
                    );
                    sheet.stroke(line(&[(-0.18, -0.69), (-0.1, -0.7), (-0.06, -0.68)]), 0.03, &dark);
                });
            }
            sheet.stroke(shape, 0.018, &chrome(upper, -0.66));
        }
        sheet.fill(
            corners(&[(0.05, -0.88), (0.09, -0.88), (0.24, -0.66), (0.08, -0.66)]),
            &across((0.05, -0.9), (0.2, -0.66), workshop.lit(0xdcecf0), workshop.dim(0x2c4454, 0.3)),
        );
        // The upright radiator with its mascot.
        sheet.fill(
            smooth(&[(1.08, -0.70), (1.24, -0.66), (1.27, -0.4), (1.22, -0.2), (1.06, -0.2)]),
            &workshop.metal(0x5c6068, -0.75, -0.1),
        );
        for rib in 0..4_u8 {
            let x = 1.12 + f32::from(rib) * 0.034;
            sheet.stroke(line(&[(x, -0.62), (x + 0.01, -0.26)]), 0.01, &flat(workshop.dim(0x3a3c44, 0.3)));
        }
        sheet.stroke(line(&[(1.12, -0.70), (1.17, -0.79), (1.08, -0.77)]), 0.025, &chrome(-0.8, -0.68));
        // The wings sweep over the wheels into the running board.
        let wing = |x: f32, long: f32| {
            smooth(&[
                (x - 0.36, -0.2),
                (x - 0.30, -0.40),
                (x - 0.1, -0.52),
                (x + 0.14, -0.50),
                (x + 0.32, -0.34),
                (x + long, -0.2),
                (x + 0.26, -0.2),
                (x + 0.16, -0.34),
                (x - 0.05, -0.4),
                (x - 0.22, -0.3),
                (x - 0.26, -0.18),
            ])
        };
        for (x, long) in [(-0.78_f32, 0.44_f32), (0.82, 0.46)] {
            sheet.fill(oval((x, -0.2), (0.27, 0.26), 0.0), &flat(workshop.dim(0x121014, 0.5)));
            let swept = if x > 0.0 {
                smooth(&[
                    (0.1, -0.17),
                    (0.34, -0.24),
                    (0.52, -0.42),
                    (0.76, -0.52),
                    (1.0, -0.48),
                    (1.16, -0.32),
                    (1.22, -0.18),
                    (1.08, -0.22),
                    (0.98, -0.36),
                    (0.8, -0.42),
                    (0.62, -0.34),
                    (0.5, -0.16),
                ])
            } else {
                wing(x, long)
            };
            sheet.fill(swept, &workshop.metal(Workshop::under(paint, 0.15), -0.56, -0.12));
        }
        sheet.stroke(
            line(&[(-0.52, -0.165), (0.0, -0.155), (0.5, -0.17)]),
            0.05,
            &flat(workshop.dim(0x2a2428, 0.2)),
        );
        sheet.stroke(line(&[(-0.52, -0.18), (0.0, -0.17), (0.5, -0.185)]), 0.014, &chrome(-0.2, -0.15));
        sheet.stroke(
            line(&[(0.02, -0.64), (0.03, -0.4), (-0.02, -0.22)]),
            0.009,
            &veil(workshop.dim(paint, 1.0).scale(0.3), 0.8),
        );
        sheet.fill(pane((-0.12, -0.58), (-0.01, -0.555), 0.01), &chrome(-0.6, -0.54));
        sheet.stroke(line(&[(1.12, -0.15), (1.24, -0.17), (1.34, -0.16)]), 0.045, &chrome(-0.2, -0.12));
        sheet.stroke(line(&[(-1.34, -0.2), (-1.22, -0.18)]), 0.045, &chrome(-0.22, -0.14));
        let gloss = veil(workshop.lit(0xffffff), 0.55);
        sheet.stroke(line(&[(-0.98, -0.92), (-0.6, -0.965), (-0.15, -0.97)]), 0.02, &gloss);
        sheet.stroke(line(&[(0.34, -0.655), (0.7, -0.66), (1.0, -0.635)]), 0.018, &gloss);
        sheet.stroke(line(&[(0.62, -0.47), (0.8, -0.5), (0.98, -0.46)]), 0.016, &gloss);
        // A round lamp on the wing before the radiator, with a faint light about it.
        let beam = Rgb::hex(0xffe2a0);
        sheet.fill(
            oval((1.28, -0.47), (0.3, 0.16), 0.0),
            &round((1.22, -0.47), 0.28, (beam, 0.3), (beam, 0.0)),
        );
        sheet.fill(oval((1.13, -0.47), (0.07, 0.06), 0.0), &chrome(-0.53, -0.4));
        sheet.fill(oval((1.175, -0.47), (0.026, 0.055), 0.0), &flat(beam));
        sheet.fill(oval((-1.22, -0.36), (0.03, 0.045), 0.0), &flat(Rgb::hex(0xd82c26)));
    });
    for x in [-0.78, 0.82] {
        wheel(workshop, &mut puppet, (body, (x, -0.2), 0.21), 14);
    }
    puppet
}

/// A town saloon with a sign on its roof and a chequered band.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn taxi(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xf2b824);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, -0.2), motion::swing(2.3, 0.007, 0.0));
    workshop.add_round(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.4, -1.1), (1.7, 0.0))),
        (motion::rest(), 0.03),
        |sheet| {
            sheet.fill(pane((-1.14, -0.26), (1.14, -0.10), 0.05), &flat(workshop.dim(0x18181e, 0.5)));
            sheet.fill(
                smooth(&[
                    (-1.24, -0.3),
                    (-1.25, -0.52),
                    (-1.02, -0.58),
                    (-0.78, -0.62),
                    (-0.56, -0.84),
                    (-0.1, -0.89),
                    (0.3, -0.85),
                    (0.6, -0.6),
                    (1.0, -0.54),
                    (1.22, -0.44),
                    (1.25, -0.22),
                    (0.9, -0.13),
                    (-0.9, -0.13),
                    (-1.22, -0.17),
                ]),
                &workshop.metal(paint, -0.95, -0.05),
            );
            sheet.inside(|sheet| {
                for x in [-0.78_f32, 0.78] {
                    sheet.fill(oval((x, -0.2), (0.27, 0.27), 0.0), &flat(workshop.dim(0x101014, 0.5)));
                }
                for square in 0..22_u8 {
                    let x = -0.86 + f32::from(square) * 0.075;
                    let y = if square % 2 == 0 { -0.42 } else { -0.38 };
                    sheet.fill(
                        corners(&[(x, y), (x + 0.075, y), (x + 0.075, y + 0.04), (x, y + 0.04)]),
                        &flat(workshop.dim(0x1c1a1c, 0.2)),
                    );
                }
            });
            for (left, right) in [(-0.66_f32, -0.16_f32), (-0.1, 0.42)] {
                let (slant_left, slant_right) = if left < -0.3 { (0.16, 0.0) } else { (0.0, 0.2) };
                let shape = corners(&[
                    (left, -0.6),
                    (left + slant_left, -0.8),
                    (right - slant_right, -0.82),
                    (right, -0.59),
                ]);
                sheet.fill(
                    shape,
                    &across(
                        (left, -0.82),
                        (right, -0.58),
                        workshop.lit(0xd6eaf2),
                        workshop.dim(0x24384a, 0.3),
                    ),
                );
            }
            sheet.fill(pane((-0.24, -1.02), (0.16, -0.88), 0.03), &flat(Rgb::hex(0xfff4c4)));
            sheet.stroke(
                pane((-0.24, -1.02), (0.16, -0.88), 0.03),
                0.014,
                &flat(workshop.dim(0x2a2620, 0.2)),
            );
            for x in [-0.16_f32, -0.06, 0.04] {
                sheet.fill(pane((x, -0.975), (x + 0.06, -0.925), 0.01), &flat(workshop.dim(0x2a2620, 0.2)));
            }
            let seam = veil(workshop.dim(paint, 1.0).scale(0.3), 0.7);
            for x in [-0.68_f32, -0.13, 0.44] {
                sheet.stroke(line(&[(x, -0.58), (x + 0.01, -0.3), (x - 0.02, -0.15)]), 0.01, &seam);
            }
            sheet.stroke(
                line(&[(-0.98, -0.55), (-0.4, -0.55), (0.6, -0.545), (1.1, -0.48)]),
                0.014,
                &veil(workshop.lit(0xffffff), 0.55),
            );
            lamp(workshop, sheet, (1.17, -0.38), 0.06);
            sheet.fill(pane((-1.25, -0.47), (-1.16, -0.36), 0.02), &flat(Rgb::hex(0xd82c26)));
            sheet.fill(pane((1.02, -0.22), (1.3, -0.15), 0.03), &workshop.metal(0xb8bcc4, -0.22, -0.14));
            sheet.fill(pane((-1.3, -0.24), (-1.06, -0.16), 0.03), &workshop.metal(0xb8bcc4, -0.24, -0.15));
        },
    );
    for x in [-0.78, 0.78] {
        wheel(workshop, &mut puppet, (body, (x, -0.2), 0.205), 7);
    }
    puppet
}

/// A lorry: a tall cab with chrome, and a long load behind it.
fn truck(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0x2f6aa0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, -0.2), motion::swing(2.9, 0.004, 0.0));
    workshop.add_round(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.8, -1.5), (2.0, 0.0))),
        (motion::rest(), 0.03),
        |sheet| {
            sheet.fill(pane((-1.6, -0.36), (1.5, -0.2), 0.03), &flat(workshop.dim(0x22242a, 0.4)));
            sheet.fill(pane((-1.68, -1.36), (0.5, -0.36), 0.04), &workshop.coat(0xe8e6e0, -1.4, -0.3));
            sheet.inside(|sheet| {
                for rib in 0..17_u8 {
                    let x = -1.62 + f32::from(rib) * 0.125;
                    sheet.stroke(
                        line(&[(x, -1.4), (x, -0.3)]),
                        0.01,
                        &veil(workshop.dim(0x8a8a88, 0.3), 0.35),
                    );
                }
                sheet.fill(
                    corners(&[(-1.8, -0.62), (0.7, -0.86), (0.7, -0.66), (-1.8, -0.42)]),
                    &veil(workshop.lit(paint), 0.9),
                );
            });
            let cab = smooth(&[
                (0.62, -0.24),
                (0.60, -0.8),
                (0.64, -1.22),
                (0.84, -1.3),
                (1.12, -1.26),
                (1.24, -0.92),
                (1.3, -0.78),
                (1.56, -0.72),
                (1.66, -0.58),
                (1.68, -0.26),
                (1.2, -0.2),
            ]);
            sheet.fill(cab, &workshop.metal(paint, -1.35, -0.1));
            let window = smooth(&[(0.76, -0.82), (0.78, -1.16), (1.0, -1.17), (1.12, -1.1), (1.2, -0.82)]);
            sheet.fill(
                window,
                &across((0.76, -1.16), (1.2, -0.8), workshop.lit(0xd8ecf4), workshop.dim(0x22384c, 0.3)),
            );
            sheet.stroke(
                line(&[(0.72, -0.78), (0.73, -0.3), (1.16, -0.3), (1.2, -0.78)]),
                0.012,
                &veil(workshop.dim(paint, 1.0).scale(0.3), 0.8),
            );
            sheet.fill(pane((0.51, -1.44), (0.58, -0.34), 0.03), &workshop.barrel(0xc8ccd2, (0.51, 0.58)));
            sheet.fill(pane((1.58, -0.62), (1.7, -0.3), 0.03), &workshop.metal(0xc8ccd2, -0.64, -0.3));
            for x in [-1.05_f32, -0.55, 1.16] {
                sheet.fill(oval((x, -0.22), (0.28, 0.27), 0.0), &flat(workshop.dim(0x141418, 0.5)));
            }
            sheet.fill(pane((-0.2, -0.36), (0.42, -0.16), 0.08), &workshop.metal(0xb0b6be, -0.38, -0.14));
            lamp(workshop, sheet, (1.6, -0.42), 0.06);
            sheet.fill(pane((1.4, -0.24), (1.76, -0.14), 0.04), &workshop.metal(0xd0d4da, -0.26, -0.12));
            sheet.fill(pane((-1.7, -0.5), (-1.64, -0.4), 0.01), &flat(Rgb::hex(0xd82c26)));
            sheet.stroke(
                line(&[(0.7, -1.24), (0.9, -1.27), (1.08, -1.22)]),
                0.02,
                &veil(workshop.lit(0xffffff), 0.55),
            );
        },
    );
    for x in [-1.05, -0.55, 1.16] {
        wheel(workshop, &mut puppet, (body, (x, -0.22), 0.22), 8);
    }
    puppet
}
