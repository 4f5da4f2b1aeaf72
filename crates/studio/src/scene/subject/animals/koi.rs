//! Koi from above: patched fish that bend as they swim, over their shadow on the pond's bottom.

use std::f32::consts::TAU;

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, across, fading, flat, line, oval, smooth, veil};
use super::super::super::stage::Moment;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

/// Half the body's width, from the tail's root to the nose.
const BACK: [(f32, f32); 9] = [
    (-0.78, 0.05),
    (-0.6, 0.085),
    (-0.3, 0.17),
    (0.0, 0.235),
    (0.3, 0.25),
    (0.55, 0.225),
    (0.75, 0.17),
    (0.88, 0.10),
    (0.93, 0.03),
];

fn outline(from: usize, to: usize) -> Vec<(f32, f32)> {
    let upper = BACK[from..to].iter().map(|(x, half)| (*x, -half));
    let lower = BACK[from..to].iter().rev().map(|(x, half)| (*x, *half));
    upper.chain(lower).collect()
}

/// A joint that bends to and fro, later than the one before it.
fn bend(reach: f32, lag: f32, phase: f32) -> super::super::super::puppet::Motion {
    Box::new(move |moment: &Moment| Pose::turned(reach * (moment.second * 3.1 + phase - lag).sin()))
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn koi(workshop: &Workshop<'_>, subject: &Subject, copy: u32) -> Puppet {
    let mut chance = workshop.chance();
    let phase = chance.unit() * TAU;
    // The colour that was told is in the patches of some and on the backs of others.
    let told = subject.colour.map_or(0xd83c28, |colour| colour.0);
    let (white, patch, spotted) = match copy % 4 {
        0 => (0xfaf4ea, told, false),
        1 => (0xee7a2c, 0xfbf0e0, false),
        2 => (0xf6f0e6, told, true),
        _ => (told, 0xf2b04a, false),
    };
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.4, 0.0), bend(0.055, 0.0, phase));
    let tail = puppet.joint(Some(body), (-0.12, 0.0), bend(0.15, 0.9, phase));
    let fin = puppet.joint(Some(tail), (-0.7, 0.0), bend(0.34, 1.9, phase));
    shadow(workshop, &mut puppet, body);
    let veil_ink = fading(
        (-0.7, 0.0),
        (-1.35, 0.0),
        (workshop.bright(white, 0.2), 0.95),
        (workshop.lit(patch).mix(workshop.lit(white), 0.6), 0.45),
    );
    // The tail's two lobes, and their rays.
    workshop.add(
        &mut puppet,
        piece(2, fin, (-0.7, 0.0), ((-1.45, -0.4), (-0.66, 0.4))),
        super::super::motion::rest(),
        |sheet| {
            for side in [-1.0_f32, 1.0] {
                sheet.fill(
                    smooth(&[
                        (-0.68, 0.0),
                        (-0.86, side * 0.11),
                        (-1.16, side * 0.28),
                        (-1.38, side * 0.26),
                        (-1.2, side * 0.1),
                        (-1.02, side * 0.015),
                    ]),
                    &veil_ink,
                );
                for ray in 0..4_u8 {
                    let end = side * (0.06 + 0.062 * f32::from(ray));
                    sheet.stroke(
                        line(&[(-0.72, side * 0.02), (-1.0, end * 0.6), (-1.28, end)]),
                        0.008,
                        &veil(workshop.lit(0xffffff), 0.4),
                    );
                }
            }
        },
    );
    // Fins at the breast and the belly, which fan.
    for (x, reach, long, lag) in [(0.42_f32, 0.22_f32, 0.34_f32, 0.0_f32), (-0.2, 0.16, 0.2, 1.4)] {
        for side in [-1.0_f32, 1.0] {
            let root = (x, side * reach * 0.86);
            let fan = Box::new(move |moment: &Moment| {
                Pose::turned(side * 0.26 * (moment.second * 1.9 + phase + lag).sin())
            });
            let parent = if x > 0.0 { body } else { tail };
            let bounds = (
                (x - long * 1.3, side.min(0.0) * (reach + long)),
                (x + 0.12, side.max(0.0) * (reach + long)),
            );
            workshop.add(&mut puppet, piece(3, parent, root, bounds), fan, |sheet| {
                let out = |far: f32| root.1 + side * long * far;
                sheet.fill(
                    smooth(&[
                        (x + 0.07, root.1),
                        (x + 0.02, out(0.5)),
                        (x - long * 0.5, out(0.95)),
                        (x - long, out(0.75)),
                        (x - long * 0.55, out(0.2)),
                        (x - 0.08, root.1),
                    ]),
                    &veil_ink,
                );
                for ray in 1..5_u8 {
                    let share = f32::from(ray) / 5.0;
                    sheet.stroke(
                        line(&[(x, root.1), (x - long * 0.9 * share, out(0.95 - 0.2 * share))]),
                        0.007,
                        &veil(workshop.lit(0xffffff), 0.4),
                    );
                }
            });
        }
    }
    let marks: Vec<(f32, f32, f32)> = (0..6_u8)
        .map(|number| {
            let x = -0.66 + f32::from(number) * 0.27 + chance.near(0.06);
            (x, chance.near(0.13), chance.within(0.09, 0.17))
        })
        .collect();
    workshop.add_round(
        &mut puppet,
        piece(4, tail, (-0.12, 0.0), ((-0.84, -0.26), (0.08, 0.26))),
        (super::super::motion::rest(), 0.05),
        |sheet| {
            sheet.fill(smooth(&outline(0, 4)), &flesh(workshop, white));
            patches(workshop, sheet, (patch, &marks));
            if spotted {
                spots(workshop, sheet, &marks);
            }
        },
    );
    workshop.add_round(
        &mut puppet,
        piece(6, body, (0.0, 0.0), ((-0.36, -0.34), (1.1, 0.34))),
        (super::super::motion::rest(), 0.05),
        |sheet| {
            for side in [-1.0_f32, 1.0] {
                for (from, long) in [(0.89_f32, 0.13_f32), (0.82, 0.11)] {
                    sheet.stroke(
                        line(&[
                            (from, side * 0.07),
                            (from + 0.06, side * (0.09 + long * 0.5)),
                            (from + 0.02, side * (0.1 + long)),
                        ]),
                        0.014,
                        &flat(workshop.lit(0xf2d8b8)),
                    );
                }
            }
            sheet.fill(smooth(&outline(2, 9)), &flesh(workshop, white));
            patches(workshop, sheet, (patch, &marks));
            if spotted {
                spots(workshop, sheet, &marks);
            }
            head(workshop, sheet);
        },
    );
    // The fin along the back.
    workshop.add(
        &mut puppet,
        piece(7, body, (0.2, 0.0), ((-0.3, -0.08), (0.34, 0.08))),
        bend(0.05, 0.5, phase),
        |sheet| {
            sheet.fill(
                smooth(&[(0.3, 0.0), (0.05, -0.045), (-0.26, -0.015), (-0.28, 0.03), (0.05, 0.03)]),
                &veil(workshop.bright(white, 0.5), 0.75),
            );
            sheet.stroke(
                line(&[(0.3, 0.0), (0.0, -0.01), (-0.27, 0.005)]),
                0.014,
                &veil(workshop.dim(patch, 0.4), 0.6),
            );
        },
    );
    puppet
}

fn flesh(workshop: &Workshop<'_>, white: u32) -> super::super::super::sheet::Ink {
    across((0.0, -0.26), (0.0, 0.3), workshop.bright(white, 0.25), workshop.dim(white, 0.55))
}

/// Patches with ragged edges, scales, and a line of light along the back.
fn patches(workshop: &Workshop<'_>, sheet: &mut Sheet, (patch, marks): (u32, &[(f32, f32, f32)])) {
    sheet.inside(|sheet| {
        for (x, y, size) in marks {
            let ring: Vec<(f32, f32)> = (0..10_u8)
                .map(|step| {
                    let angle = f32::from(step) / 10.0 * TAU;
                    let far = size * (1.0 + 0.22 * (angle * 3.0 + x * 20.0).sin());
                    (x + angle.cos() * far * 1.15, y + angle.sin() * far)
                })
                .collect();
            sheet.fill(
                smooth(&ring),
                &across(
                    (0.0, y - size),
                    (0.0, y + size),
                    workshop.bright(patch, 0.3),
                    workshop.dim(patch, 0.4),
                ),
            );
        }
        let scale = veil(workshop.dim(0x7a3a20, 0.5), 0.13);
        for row in 0..9_u8 {
            for column in 0..22_u8 {
                let x = -0.75 + f32::from(column) * 0.055 + if row % 2 == 0 { 0.0 } else { 0.027 };
                let y = (f32::from(row) - 4.0) * 0.05;
                sheet.stroke(
                    line(&[(x + 0.02, y - 0.024), (x - 0.012, y), (x + 0.02, y + 0.024)]),
                    0.006,
                    &scale,
                );
            }
        }
        let shine = veil(workshop.lit(0xffffff), 0.22);
        sheet.stroke(line(&[(-0.8, -0.01), (-0.3, -0.05), (0.3, -0.08), (0.75, -0.05)]), 0.05, &shine);
    });
}

/// Small black spots between the patches.
fn spots(workshop: &Workshop<'_>, sheet: &mut Sheet, marks: &[(f32, f32, f32)]) {
    let ink = flat(workshop.dim(0x221e24, 0.15));
    sheet.inside(|sheet| {
        for (x, y, size) in marks {
            sheet.fill(oval((x + size * 1.1, -y * 1.2), (size * 0.5, size * 0.36), *x), &ink);
            sheet.fill(oval((x - size * 0.5, y + size * 0.7), (size * 0.26, size * 0.2), 0.0), &ink);
        }
    });
}

fn head(workshop: &Workshop<'_>, sheet: &mut Sheet) {
    let crease = veil(workshop.dim(0x9a6a50, 0.4), 0.5);
    for side in [-1.0_f32, 1.0] {
        sheet.stroke(line(&[(0.6, side * 0.02), (0.53, side * 0.13), (0.6, side * 0.22)]), 0.012, &crease);
        sheet.fill(oval((0.745, side * 0.145), (0.034, 0.026), 0.0), &flat(workshop.lit(0xf2e2c0)));
        sheet.fill(oval((0.75, side * 0.152), (0.024, 0.021), 0.0), &flat(workshop.dim(0x18161c, 0.1)));
        sheet.fill(oval((0.743, side * 0.146), (0.007, 0.006), 0.0), &flat(workshop.lit(0xffffff)));
        sheet.fill(oval((0.86, side * 0.045), (0.012, 0.008), 0.0), &crease);
    }
    sheet.stroke(line(&[(0.905, -0.045), (0.925, 0.0), (0.905, 0.045)]), 0.012, &crease);
}

/// What the fish throws on the bottom, soft and aside.
fn shadow(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize) {
    let (right, down) = (-workshop.light.side * 0.1, 0.3);
    let mut sheet = workshop.sheet((-1.5, -0.25), (1.2, 0.85));
    let dark = veil(workshop.dim(0x0c2420, 1.0).scale(0.3), 0.42);
    let moved: Vec<(f32, f32)> = outline(0, 9).into_iter().map(|(x, y)| (x + right, y + down)).collect();
    sheet.fill(smooth(&moved), &dark);
    sheet.fill(
        smooth(&[
            (-0.7 + right, down),
            (-1.3 + right, down - 0.22),
            (-1.15 + right, down),
            (-1.3 + right, down + 0.22),
        ]),
        &dark,
    );
    sheet.blur(0.05);
    puppet.part(sheet, 0, (Some(body), (0.4, 0.0)), super::super::motion::rest());
}
