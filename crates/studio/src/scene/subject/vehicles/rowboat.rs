//! A rowing boat on the water with who rows it: oars, ripples, and a lantern at the bow.

use std::f32::consts::PI;

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{fading, flat, line, oval, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::colour;
use super::super::motion;
use super::super::people::{Posture, Seat, aboard};
use super::super::workshop::{Workshop, piece};
use crate::plan::{Action, Subject};

/// Strokes a second.
const PACE: f32 = 0.46;

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn rowboat(
    workshop: &Workshop<'_>,
    subject: &Subject,
    rider: Option<&Subject>,
) -> Puppet {
    let wood = colour(subject, 0x8a5a3a);
    let mut puppet = Puppet::default();
    let rows = subject.action != Action::Sit;
    let body = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(move |moment: &Moment| {
            let surge = if rows { 0.03 * (moment.second * PACE * 2.0 * PI - 0.9).sin() } else { 0.0 };
            Pose { turn: 0.012 * (moment.second * 1.1).sin(), ..Pose::shifted(surge, 0.0) }
        }),
    );
    ripples(workshop, &mut puppet, body);
    // The far side, seen from within.
    workshop.add(
        &mut puppet,
        piece(2, body, (0.0, 0.0), ((-1.2, -0.5), (1.36, 0.0))),
        motion::rest(),
        |sheet| {
            let far = smooth(&[
                (-1.04, -0.34),
                (-0.6, -0.32),
                (0.1, -0.30),
                (0.8, -0.36),
                (1.26, -0.47),
                (0.9, -0.2),
                (0.2, -0.12),
                (-0.7, -0.14),
            ]);
            sheet.fill(far, &workshop.coat(Workshop::under(wood, 0.5), -0.5, 0.0));
            for x in [-0.55_f32, 0.42] {
                sheet.fill(
                    smooth(&[(x - 0.1, -0.27), (x + 0.1, -0.27), (x + 0.13, -0.2), (x - 0.07, -0.2)]),
                    &flat(workshop.dim(0xa87a50, 0.3)),
                );
            }
        },
    );
    oar(workshop, &mut puppet, (body, rows), false);
    let seat = Seat { parent: body, at: (0.0, -0.26), scale: 0.86, backwards: rows, layer: 10 };
    if rider.is_some() || rows {
        let posture = if rows { Posture::Rows(PACE, grip) } else { Posture::Fishes };
        let old = Subject { kind: crate::plan::Kind::OldMan, colour: None, ..*subject };
        aboard(workshop, &mut puppet, Some(rider.unwrap_or(&old)), seat, posture);
    }
    if rider.is_some() && !rows {
        rod(workshop, &mut puppet, body);
    }
    // The near side: planks, a gunwale, and the wet dark line above the water.
    workshop.add_round(
        &mut puppet,
        piece(40, body, (0.0, 0.0), ((-1.2, -0.52), (1.4, 0.1))),
        (motion::rest(), 0.02),
        |sheet| {
            let hull = smooth(&[
                (-1.06, -0.33),
                (-0.7, -0.235),
                (-0.1, -0.19),
                (0.5, -0.22),
                (1.0, -0.34),
                (1.30, -0.48),
                (1.14, -0.2),
                (0.94, -0.03),
                (0.5, 0.05),
                (-0.5, 0.05),
                (-0.9, -0.02),
                (-1.03, -0.16),
            ]);
            sheet.fill(hull, &workshop.coat(wood, -0.4, 0.08));
            sheet.inside(|sheet| {
                let seam = veil(workshop.dim(wood, 1.0).scale(0.35), 0.55);
                for drop in [0.075_f32, 0.14, 0.2] {
                    sheet.stroke(
                        line(&[
                            (-1.1, -0.33 + drop),
                            (-0.7, -0.235 + drop),
                            (-0.1, -0.19 + drop),
                            (0.5, -0.22 + drop),
                            (1.0, -0.33 + drop),
                            (1.3, -0.47 + drop),
                        ]),
                        0.01,
                        &seam,
                    );
                }
                let wet = workshop.dim(0x1c2420, 0.8);
                sheet.fill(
                    smooth(&[(-1.2, -0.06), (0.0, -0.02), (1.2, -0.1), (1.3, 0.2), (-1.2, 0.2)]),
                    &fading((0.0, -0.09), (0.0, 0.05), (wet, 0.0), (wet, 0.7)),
                );
            });
            let rail = [
                (-1.08, -0.335),
                (-0.7, -0.24),
                (-0.1, -0.195),
                (0.5, -0.225),
                (1.0, -0.345),
                (1.31, -0.485),
            ];
            sheet.stroke(line(&rail), 0.045, &flat(workshop.dim(0x5c3a24, 0.3)));
            let upper = rail.map(|(x, y)| (x, y - 0.012));
            sheet.stroke(line(&upper), 0.02, &flat(workshop.bright(0xb88a5a, 0.3)));
        },
    );
    oar(workshop, &mut puppet, (body, rows), true);
    workshop.add(
        &mut puppet,
        piece(44, body, (0.0, 0.0), ((-1.3, -0.02), (1.4, 0.12))),
        motion::rest(),
        |sheet| {
            let foam = workshop.lit(0xf2f8fa);
            sheet.stroke(
                line(&[(-1.0, 0.05), (-0.5, 0.065), (0.3, 0.06), (0.95, 0.035), (1.15, 0.05)]),
                0.02,
                &veil(foam, 0.55),
            );
            sheet.stroke(line(&[(-0.8, 0.085), (0.1, 0.095), (0.8, 0.08)]), 0.012, &veil(foam, 0.35));
        },
    );
    puppet
}

/// Where an oar turns, and how long it is from there to its grip.
fn lock(near: bool) -> (f32, f32) {
    if near { (-0.16, -0.20) } else { (-0.22, -0.29) }
}
const INBOARD: f32 = 0.2;

/// How an oar is turned and how long it looks in its stroke: it dips, pulls, lifts and swings back.
fn stroke(second: f32) -> (f32, f32) {
    let beat = second * PACE * 2.0 * PI;
    // The blade is out of the water on the way back.
    (0.6 * beat.sin(), 1.0 - 0.16 * (-beat.cos()).clamp(-0.4, 1.0))
}

/// Where the grip of an oar is.
fn grip(second: f32, near: bool) -> (f32, f32) {
    let ((turn, tall), lock) = (stroke(second), lock(near));
    (lock.0 + turn.sin() * INBOARD * tall, lock.1 - turn.cos() * INBOARD * tall)
}

/// An oar in its lock.
fn oar(workshop: &Workshop<'_>, puppet: &mut Puppet, (body, rows): (usize, bool), near: bool) {
    let lock = lock(near);
    let layer = if near { 42 } else { 4 };
    let pull = Box::new(move |moment: &Moment| {
        if !rows {
            return Pose::turned(-0.75);
        }
        let (turn, tall) = stroke(moment.second);
        Pose { stretch: (1.0, tall), ..Pose::turned(turn) }
    });
    let shade = if near { 0.15 } else { 0.6 };
    workshop.add(
        puppet,
        piece(layer, body, lock, ((lock.0 - 0.12, lock.1 - 0.32), (lock.0 + 0.14, lock.1 + 0.62))),
        pull,
        |sheet| {
            let ink = flat(workshop.dim(0xc09a66, shade));
            sheet.stroke(
                line(&[(lock.0, lock.1 - INBOARD - 0.03), (lock.0, lock.1), (lock.0 + 0.04, lock.1 + 0.34)]),
                0.032,
                &ink,
            );
            sheet.fill(
                smooth(&[
                    (lock.0 + 0.01, lock.1 + 0.3),
                    (lock.0 + 0.08, lock.1 + 0.3),
                    (lock.0 + 0.12, lock.1 + 0.46),
                    (lock.0 + 0.1, lock.1 + 0.58),
                    (lock.0 + 0.03, lock.1 + 0.58),
                    (lock.0 + 0.005, lock.1 + 0.44),
                ]),
                &ink,
            );
        },
    );
}

/// A fishing rod with its line and float.
fn rod(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize) {
    let hand = (0.30, -0.52);
    let nod = motion::swing(0.9, 0.025, 0.0);
    workshop.add(puppet, piece(41, body, hand, ((0.1, -1.1), (1.6, 0.1))), nod, |sheet| {
        sheet.stroke(
            line(&[(0.14, -0.44), hand, (0.9, -0.86), (1.44, -1.0)]),
            0.018,
            &flat(workshop.dim(0x5a4024, 0.2)),
        );
        sheet.stroke(
            line(&[(1.44, -1.0), (1.5, -0.5), (1.5, 0.02)]),
            0.006,
            &veil(workshop.lit(0xf4f4f0), 0.7),
        );
        sheet.fill(oval((1.5, 0.03), (0.022, 0.04), 0.0), &flat(workshop.lit(0xd8402c)));
    });
}

/// Rings that spread on the water from the bow and the oars.
fn ripples(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize) {
    for (index, at) in [(0.5_f32, 0.09_f32), (-0.55, 0.1), (0.0, 0.12), (1.1, 0.04)].into_iter().enumerate() {
        let share = index as f32 / 4.0;
        let spread = Box::new(move |moment: &Moment| {
            let age = (moment.second * PACE + share).fract();
            Pose {
                opacity: (age * 5.0).min(1.0) * (1.0 - age),
                ..Pose::stretched(0.35 + 1.1 * age, 0.35 + 1.1 * age)
            }
        });
        let mut sheet = workshop.sheet((at.0 - 0.56, at.1 - 0.12), (at.0 + 0.56, at.1 + 0.12));
        let foam = workshop.lit(0xeef6fa);
        for (wide, alpha) in [(0.5_f32, 0.5), (0.32, 0.4)] {
            sheet.stroke(oval(at, (wide, wide * 0.17), 0.0), 0.014, &veil(foam, alpha));
        }
        puppet.part(sheet, 1, (Some(body), at), spread);
    }
}
