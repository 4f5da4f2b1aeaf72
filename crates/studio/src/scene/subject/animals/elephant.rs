//! An elephant from the side: pillars for legs, ears that flap, a trunk that curls, tusks.

use super::super::gait::Limb;
use super::super::motion;
use super::super::people::{Posture, Seat, aboard};
use super::super::workshop::{Workshop, piece, taper};
use crate::plan::{Kind, Subject};
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;

const HIP: f32 = 0.42;

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn elephant(
    workshop: &Workshop<'_>,
    subject: &Subject,
    rider: Option<&Subject>,
) -> Puppet {
    debug_assert!(subject.kind == Kind::Elephant, "no other kind has a trunk");
    let hide = subject.colour.map_or(0x8f8a8c, |colour| colour.0);
    let gait = workshop.gait;
    let mut puppet = Puppet::default();
    let sink = move || Box::new(move |moment: &Moment| Pose::shifted(0.0, gait.sink(moment.second)));
    let body = puppet.joint(None, (0.0, -HIP), sink());
    let hips = puppet.joint(None, (0.0, -HIP), sink());
    for (index, phase) in [0.5_f32, 0.75, 0.0, 0.25].into_iter().enumerate() {
        leg(workshop, &mut puppet, hide, (hips, index, phase));
    }
    workshop.add(
        &mut puppet,
        piece(4, body, (-0.58, -0.72), ((-0.74, -0.74), (-0.5, -0.26))),
        motion::swing(1.3, 0.14, 0.0),
        |sheet| {
            sheet.stroke(
                line(&[(-0.56, -0.72), (-0.64, -0.56), (-0.62, -0.36)]),
                0.024,
                &flat(workshop.dim(hide, 0.4)),
            );
            sheet.fill(oval((-0.62, -0.32), (0.024, 0.055), 0.1), &flat(workshop.dim(0x3a3436, 0.3)));
        },
    );
    let bounds = ((-0.7, -1.06), (0.5, -0.24));
    workshop.add_round(&mut puppet, piece(6, body, (0.0, -HIP), bounds), (motion::rest(), 0.06), |sheet| {
        sheet.fill(
            smooth(&[
                (-0.60, -0.64),
                (-0.52, -0.86),
                (-0.28, -0.96),
                (0.02, -0.98),
                (0.26, -0.92),
                (0.40, -0.74),
                (0.40, -0.48),
                (0.22, -0.34),
                (-0.06, -0.28),
                (-0.34, -0.32),
                (-0.56, -0.42),
            ]),
            &workshop.coat(hide, -1.0, -0.22),
        );
        sheet.inside(|sheet| {
            let fold = veil(workshop.dim(hide, 1.0).scale(0.6), 0.28);
            for (x, y) in [
                (-0.5_f32, -0.6_f32),
                (-0.44, -0.5),
                (0.2, -0.5),
                (0.28, -0.6),
                (-0.1, -0.36),
                (0.05, -0.36),
                (-0.25, -0.38),
            ] {
                sheet.stroke(line(&[(x - 0.05, y + 0.05), (x, y), (x + 0.03, y - 0.07)]), 0.009, &fold);
            }
            sheet.stroke(
                line(&[(-0.48, -0.87), (-0.2, -0.945), (0.1, -0.95)]),
                0.03,
                &veil(workshop.lit(0xffffff), 0.16),
            );
        });
    });
    let nod = puppet.joint(Some(body), (0.36, -0.72), motion::swing(0.9, 0.045, 0.4));
    trunk(workshop, &mut puppet, hide, nod);
    let bounds = ((0.2, -1.08), (0.8, -0.44));
    workshop.add_round(&mut puppet, piece(20, nod, (0.36, -0.72), bounds), (motion::rest(), 0.05), |sheet| {
        for (side, layer) in [(0.02_f32, 0.45_f32), (0.0, 0.0)] {
            let tusk = smooth(&[
                (0.60 + side, -0.60),
                (0.66 + side, -0.56),
                (0.74 + side, -0.47),
                (0.79 + side, -0.48),
                (0.72 + side, -0.56),
                (0.65 + side, -0.64),
            ]);
            sheet.fill(tusk, &flat(workshop.dim(0xf4ead2, layer)));
        }
        sheet.fill(
            smooth(&[
                (0.30, -0.88),
                (0.40, -1.0),
                (0.54, -1.03),
                (0.66, -0.95),
                (0.72, -0.80),
                (0.72, -0.66),
                (0.62, -0.57),
                (0.50, -0.55),
                (0.34, -0.58),
                (0.26, -0.72),
            ]),
            &workshop.coat(hide, -1.05, -0.5),
        );
        sheet.fill(oval((0.605, -0.80), (0.030, 0.026), 0.0), &flat(workshop.dim(0x2a2224, 0.1)));
        sheet.fill(oval((0.598, -0.808), (0.009, 0.008), 0.0), &flat(workshop.lit(0xffffff)));
        let fold = veil(workshop.dim(hide, 1.0).scale(0.5), 0.5);
        sheet.stroke(line(&[(0.565, -0.835), (0.605, -0.85), (0.645, -0.825)]), 0.012, &fold);
        sheet.stroke(line(&[(0.57, -0.775), (0.61, -0.765), (0.64, -0.78)]), 0.009, &fold);
        sheet.stroke(line(&[(0.56, -0.565), (0.5, -0.58), (0.46, -0.62)]), 0.012, &fold);
    });
    let flap = Box::new(|moment: &Moment| {
        let beat = (moment.second * 1.6).sin();
        Pose { stretch: (0.94 - 0.14 * beat, 1.0), turn: 0.03 * beat, ..Pose::REST }
    });
    workshop.add_round(
        &mut puppet,
        piece(22, nod, (0.46, -0.84), ((0.08, -1.02), (0.52, -0.42))),
        (flap, 0.03),
        |sheet| {
            let ear = smooth(&[
                (0.46, -0.92),
                (0.34, -0.98),
                (0.18, -0.92),
                (0.11, -0.74),
                (0.15, -0.56),
                (0.24, -0.45),
                (0.33, -0.52),
                (0.43, -0.66),
                (0.48, -0.80),
            ]);
            sheet.fill(ear, &workshop.coat(Workshop::under(hide, 0.06), -1.0, -0.4));
            sheet.inside(|sheet| {
                sheet.fill(oval((0.30, -0.74), (0.12, 0.17), 0.1), &veil(workshop.lit(0xc8a09a), 0.3));
                for y in [-0.86_f32, -0.74, -0.62] {
                    sheet.stroke(
                        line(&[(0.44, -0.8), (0.3, y), (0.16, y + 0.04)]),
                        0.007,
                        &veil(workshop.dim(hide, 1.0).scale(0.6), 0.3),
                    );
                }
            });
        },
    );
    if rider.is_some() {
        let seat = Seat { parent: body, at: (0.08, -0.98), scale: 0.58, backwards: false, layer: 30 };
        aboard(workshop, &mut puppet, rider, seat, Posture::Astride);
    }
    puppet
}

/// Three joints that curl one after the other.
fn trunk(workshop: &Workshop<'_>, puppet: &mut Puppet, hide: u32, nod: usize) {
    let mut parent = nod;
    let points = [(0.69_f32, -0.72_f32), (0.74, -0.52), (0.75, -0.34), (0.73, -0.18)];
    let thick = [0.088_f32, 0.066, 0.05, 0.04];
    for joint in 0..3_usize {
        let (from, to) = (points[joint], points[joint + 1]);
        let lag = joint as f32;
        let curl = Box::new(move |moment: &Moment| {
            Pose::turned(-0.10 * lag + (0.07 + 0.10 * lag) * (moment.second * 1.15 - lag * 0.8).sin())
        });
        let wide = thick[joint] * 1.3;
        let bounds = ((from.0.min(to.0) - wide, from.1 - wide), (from.0.max(to.0) + wide, to.1 + wide));
        parent = workshop.add(puppet, piece(18, parent, from, bounds), curl, |sheet| {
            sheet.fill(
                taper(from, to, (thick[joint], thick[joint + 1])),
                &workshop.barrel(hide, (0.64, 0.84)),
            );
            sheet.inside(|sheet| {
                for ring in 0..4_u8 {
                    let share = (f32::from(ring) + 0.5) / 4.0;
                    let y = from.1 + (to.1 - from.1) * share;
                    let x = from.0 + (to.0 - from.0) * share;
                    sheet.stroke(
                        line(&[(x - wide, y - 0.008), (x, y + 0.012), (x + wide, y - 0.008)]),
                        0.008,
                        &veil(workshop.dim(hide, 1.0).scale(0.6), 0.35),
                    );
                }
            });
        });
    }
}

fn leg(workshop: &Workshop<'_>, puppet: &mut Puppet, hide: u32, (hips, index, phase): (usize, usize, f32)) {
    let (hind, near) = (index.is_multiple_of(2), index > 1);
    let x = if hind { -0.38 } else { 0.24 } + if near { -0.02 } else { 0.07 };
    let limb = Limb {
        hip: (x, -HIP),
        upper: 0.2,
        lower: 0.18,
        ankle: 0.05,
        knee: if hind { -1.0 } else { 1.0 },
        phase,
        gait: workshop.gait,
    };
    let (hip, knee, ankle) = (limb.hip, limb.knee_at(), limb.ankle_at());
    let tint = Workshop::under(hide, if near { 0.0 } else { 0.5 });
    let layer = if near { 8 } else { 2 };
    let box_of = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.17, a.1 - 0.17), (b.0 + 0.17, b.1 + 0.14));
    let thigh = workshop.add(puppet, piece(layer, hips, hip, box_of(hip, knee)), limb.thigh(), |sheet| {
        sheet.fill(
            taper((hip.0, hip.1 + 0.02), knee, (0.135, 0.095)),
            &workshop.coat(tint, hip.1 - 0.2, knee.1 + 0.16),
        );
    });
    let shin = workshop.add(puppet, piece(layer, thigh, knee, box_of(knee, ankle)), limb.shin(), |sheet| {
        sheet.fill(
            taper(knee, (ankle.0, ankle.1), (0.095, 0.088)),
            &workshop.barrel(tint, (x - 0.1, x + 0.1)),
        );
    });
    workshop.add(
        puppet,
        piece(layer, shin, ankle, ((x - 0.13, ankle.1 - 0.07), (x + 0.13, 0.02))),
        limb.toes(),
        |sheet| {
            let foot = smooth(&[
                (x - 0.088, ankle.1 - 0.03),
                (x + 0.088, ankle.1 - 0.03),
                (x + 0.108, 0.0),
                (x, 0.006),
                (x - 0.1, 0.0),
            ]);
            sheet.fill(foot, &workshop.coat(tint, ankle.1 - 0.05, 0.05));
            for nail in 0..3_u8 {
                let at = x + 0.02 + f32::from(nail) * 0.034;
                sheet.fill(
                    oval((at, -0.012), (0.015, 0.013), 0.0),
                    &flat(workshop.dim(0xd8ccc0, if near { 0.2 } else { 0.6 })),
                );
            }
        },
    );
}
