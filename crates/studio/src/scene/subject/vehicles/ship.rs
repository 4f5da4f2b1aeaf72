//! A tall ship on the sea, under full sail or in a storm.

use std::f32::consts::TAU;

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{across, corners, fading, flat, line, oval, pane, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::colour;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

/// A tall ship: a dark hull with a row of ports, three masts of full sails, and flags.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn ship(workshop: &Workshop<'_>, subject: &Subject, storm: bool) -> Puppet {
    let sail = colour(subject, 0xf4ead4);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(1.1, if storm { 0.015 } else { 0.045 }, 0.4));
    for (number, (x, tall)) in [(-0.48_f32, 0.95_f32), (0.02, 1.15), (0.5, 1.0)].into_iter().enumerate() {
        let mast = puppet.joint(Some(body), (x, -0.2), motion::swing(1.1, 0.008, 0.7));
        workshop.add(
            &mut puppet,
            piece(2, mast, (x, -0.2), ((x - 0.4, -tall - 0.2), (x + 0.46, -0.15))),
            motion::rest(),
            |sheet| {
                sheet.stroke(
                    line(&[(x, -0.15), (x, -tall - 0.06)]),
                    0.026,
                    &workshop.coat(0x5c3c26, -1.1, 0.0),
                );
                for side in [-0.2_f32, 0.2] {
                    sheet.stroke(
                        line(&[(x + side, -0.2), (x, -tall * 0.86)]),
                        0.006,
                        &veil(workshop.dim(0x2a2018, 0.3), 0.7),
                    );
                }
            },
        );
        let belly = Box::new(move |moment: &Moment| {
            Pose::stretched(1.0 + 0.05 * (moment.second * 1.4 + number as f32).sin(), 1.0)
        });
        workshop.add(
            &mut puppet,
            piece(4, mast, (x, -0.5), ((x - 0.4, -tall - 0.02), (x + 0.46, -0.2))),
            belly,
            |sheet| {
                for (row, half) in [(0_u8, 0.29_f32), (1, 0.24), (2, 0.17)] {
                    let yard = -0.28 - f32::from(row) * (tall - 0.3) / 3.0 - (tall - 0.3) * 0.3;
                    if storm && row == 0 {
                        // In a storm the lowest sails, which are the largest, are furled on their yards.
                        for roll in 0..7_u8 {
                            let at = (x + half * 0.9 * (f32::from(roll) / 3.0 - 1.0), yard + 0.012);
                            sheet.fill(
                                oval(at, (half * 0.2, 0.026), 0.1),
                                &workshop.coat(sail, yard - 0.02, yard + 0.05),
                            );
                        }
                        let spar = line(&[(x - half, yard), (x + half * 0.95, yard)]);
                        sheet.stroke(spar, 0.018, &flat(workshop.dim(0x5c3c26, 0.2)));
                        continue;
                    }
                    let step = (tall - 0.3) / 3.0;
                    let foot = -0.28 - f32::from(row) * step;
                    let top = foot - step * 0.9;
                    let shape = smooth(&[
                        (x - half * 0.85, top),
                        (x + half * 0.8, top),
                        (x + half * 1.2, (top + foot) * 0.5),
                        (x + half * 1.02, foot),
                        (x, foot - 0.035),
                        (x - half * 0.98, foot),
                        (x - half * 0.72, (top + foot) * 0.5),
                    ]);
                    sheet.fill(
                        shape,
                        &across(
                            (x - half, top),
                            (x + half, foot),
                            workshop.bright(sail, 0.3),
                            workshop.dim(sail, 0.6),
                        ),
                    );
                    sheet.stroke(
                        line(&[(x - half * 0.95, top), (x + half * 0.9, top)]),
                        0.018,
                        &flat(workshop.dim(0x5c3c26, 0.2)),
                    );
                    for seam in [-0.4_f32, 0.1, 0.55] {
                        sheet.stroke(
                            line(&[
                                (x + half * seam, top + 0.01),
                                (x + half * (seam + 0.14), (top + foot) * 0.5),
                                (x + half * seam, foot - 0.02),
                            ]),
                            0.005,
                            &veil(workshop.dim(sail, 1.0), 0.35),
                        );
                    }
                }
            },
        );
        let wave = Box::new(move |moment: &Moment| Pose {
            turn: 0.12 * (moment.second * 5.0 + number as f32).sin(),
            ..Pose::stretched(1.0 + 0.1 * (moment.second * 6.1).sin(), 1.0)
        });
        let top = (x, -tall - 0.05);
        workshop.add(
            &mut puppet,
            piece(5, mast, top, ((x - 0.03, top.1 - 0.06), (x + 0.24, top.1 + 0.1))),
            wave,
            |sheet| {
                // A pennant: narrow, with a wave in it, and pointed.
                sheet.fill(
                    smooth(&[
                        (x, top.1 - 0.012),
                        (x + 0.06, top.1 - 0.004),
                        (x + 0.13, top.1 - 0.014),
                        (x + 0.2, top.1 + 0.006),
                        (x + 0.13, top.1 + 0.004),
                        (x + 0.06, top.1 + 0.022),
                        (x, top.1 + 0.022),
                    ]),
                    &flat(workshop.lit(0xb83a30)),
                );
            },
        );
    }
    workshop.add_round(
        &mut puppet,
        piece(8, body, (0.0, 0.0), ((-1.1, -0.62), (1.5, 0.14))),
        (motion::rest(), 0.025),
        |sheet| {
            sheet.stroke(line(&[(0.86, -0.27), (1.4, -0.52)]), 0.028, &workshop.coat(0x5c3c26, -0.6, -0.2));
            sheet.fill(
                smooth(&[(1.34, -0.5), (1.0, -0.4), (0.6, -0.9), (0.7, -0.5), (0.8, -0.3)]),
                &workshop.coat(sail, -0.9, -0.2),
            );
            let hull = smooth(&[
                (-0.92, -0.5),
                (-0.66, -0.46),
                (-0.56, -0.3),
                (0.2, -0.24),
                (0.7, -0.28),
                (1.0, -0.36),
                (0.9, -0.12),
                (0.66, 0.06),
                (-0.6, 0.08),
                (-0.82, -0.1),
            ]);
            sheet.fill(hull, &workshop.coat(0x4a3022, -0.5, 0.1));
            sheet.inside(|sheet| {
                let gold = workshop.lit(0xd8aa54);
                for (drop, bold) in [(0.06_f32, 0.022), (0.16, 0.01)] {
                    sheet.stroke(
                        line(&[
                            (-0.95, -0.42 + drop),
                            (-0.5, -0.28 + drop),
                            (0.2, -0.22 + drop),
                            (0.7, -0.26 + drop),
                            (1.0, -0.34 + drop),
                        ]),
                        bold,
                        &veil(gold, 0.85),
                    );
                }
                for port in 0..8_u8 {
                    let x = -0.48 + f32::from(port) * 0.145;
                    sheet.fill(
                        pane((x, -0.14), (x + 0.06, -0.085), 0.008),
                        &flat(workshop.dim(0x14100e, 0.3)),
                    );
                    sheet.stroke(pane((x, -0.14), (x + 0.06, -0.085), 0.008), 0.008, &veil(gold, 0.7));
                }
                for window in 0..3_u8 {
                    let x = -0.84 + f32::from(window) * 0.09;
                    sheet.fill(pane((x, -0.4), (x + 0.06, -0.33), 0.01), &flat(Rgb::hex(0xffd88a)));
                }
                let wet = workshop.dim(0x101c22, 0.8);
                sheet.fill(
                    corners(&[(-1.1, -0.02), (1.1, -0.02), (1.1, 0.14), (-1.1, 0.14)]),
                    &fading((0.0, -0.04), (0.0, 0.1), (wet, 0.0), (wet, 0.8)),
                );
            });
        },
    );
    if storm {
        spray(workshop, &mut puppet, body);
    }
    let foam_at = [(0.86_f32, 0.34_f32), (0.3, 0.5), (-0.5, 0.45)];
    for (index, (x, wide)) in foam_at.into_iter().enumerate() {
        let phase = index as f32 / 3.0 * TAU;
        let spray = Box::new(move |moment: &Moment| {
            let beat = (moment.second * 2.2 + phase).sin();
            Pose { opacity: 0.7 + 0.3 * beat, ..Pose::stretched(1.0 + 0.14 * beat, 1.0 + 0.3 * beat) }
        });
        let mut sheet = workshop.sheet((x - wide, -0.1), (x + wide, 0.16));
        let foam = workshop.lit(0xf6fafc);
        for drop in 0..16_u8 {
            let share = f32::from(drop) / 15.0 * 2.0 - 1.0;
            let at = (x + share * wide * 0.85, 0.07 + 0.02 * (f32::from(drop) * 2.3).sin());
            let size = 0.02 + 0.03 * (1.0 - share.abs());
            sheet.fill(oval(at, (size * 1.8, size), 0.0), &veil(foam, 0.6));
        }
        sheet.blur(0.008);
        puppet.part(sheet, 12, (Some(body), (x, 0.09)), spray);
    }
    puppet
}

/// What the bow throws up when it comes down into a wave: drops in a fan, and mist between them.
fn spray(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize) {
    let (foot, mut chance) = ((0.88, 0.03), workshop.chance());
    for (number, (late, high)) in [(0.0_f32, 1.0_f32), (0.35, 0.75), (0.7, 0.55)].into_iter().enumerate() {
        let burst = Box::new(move |moment: &Moment| {
            // The ship pitches in this time; the bow is in the water shortly after it turned down.
            let age = ((moment.second * 1.3 - 4.4) / TAU - late * 0.09).rem_euclid(1.0) * 2.6;
            let rise = (age * 2.2).min(1.0);
            Pose {
                opacity: (age * 7.0).min(1.0) * (1.0 - age).clamp(0.0, 1.0),
                shift: (-0.12 * age, 0.1 * (age * age)),
                ..Pose::stretched(0.55 + 0.6 * rise, high * (0.2 + 0.9 * rise - 0.25 * age))
            }
        });
        let mut sheet = workshop.sheet((foot.0 - 0.42, foot.1 - 0.62), (foot.0 + 0.42, foot.1 + 0.1));
        let foam = workshop.lit(0xf6fafc);
        for _ in 0..26 {
            let (angle, far) = (chance.near(0.85) - 0.12, chance.unit() * 0.34);
            let at = (foot.0 + angle.sin() * far, foot.1 - angle.cos() * far);
            let size = 0.02 + 0.05 * chance.unit();
            sheet.fill(oval(at, (size, size), 0.0), &veil(foam, 0.2));
        }
        sheet.blur(0.02);
        for _ in 0..70 - 12 * number {
            let (angle, far) = (chance.near(0.95) - 0.15, 0.06 + 0.54 * chance.unit());
            let at = (foot.0 + angle.sin() * far, foot.1 - angle.cos() * far);
            let size = (0.014 - 0.014 * far) * chance.within(0.5, 1.2);
            sheet.fill(oval(at, (size, size), 0.0), &veil(foam, 0.85));
        }
        puppet.part(sheet, 13, (Some(body), foot), burst);
    }
}
