//! People's hair: over the brow, and long behind the shoulders.

use super::Look;
use super::portrait::Skull;
use crate::scene::ground::f32_of;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, across, corners, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;
use crate::scene::subject::motion;
use crate::scene::subject::workshop::{Workshop, piece};

type Point = (f32, f32);
type Strand = [Point; 3];

/// The hair over the brow, with strands of light in it.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn crown(workshop: &Workshop<'_>, sheet: &mut Sheet, look: &Look, skull: Skull) {
    let ink = workshop.coat(look.hair, skull.at(0.0, -1.6).1, skull.at(0.0, 0.4).1);
    let (crown, strands): (&[Point], &[Strand]) = if look.long_hair {
        (
            &[
                (0.32, -1.42),
                (0.86, -1.08),
                (1.06, -0.42),
                (0.98, 0.06),
                (0.84, -0.36),
                (0.52, -0.72),
                (0.2, -0.86),
                (-0.1, -0.5),
                (-0.42, 0.0),
                (-0.56, 0.7),
                (-0.86, 1.0),
                (-1.12, 0.5),
                (-1.2, -0.3),
                (-0.92, -1.1),
                (-0.3, -1.45),
            ],
            &[
                [(0.2, -1.2), (-0.4, -0.9), (-0.75, 0.2)],
                [(0.1, -1.3), (-0.6, -1.0), (-0.95, 0.0)],
                [(0.34, -1.2), (0.72, -0.92), (0.9, -0.4)],
            ],
        )
    } else if skull.young {
        (
            &[
                (0.1, -1.36),
                (0.66, -1.24),
                (1.06, -0.72),
                (1.04, -0.14),
                (0.86, -0.36),
                (0.70, -0.52),
                (0.44, -0.36),
                (0.30, -0.58),
                (0.04, -0.30),
                (-0.12, -0.56),
                (-0.40, -0.22),
                (-0.62, 0.02),
                (-0.66, 0.36),
                (-0.98, 0.3),
                (-1.14, -0.4),
                (-0.84, -1.08),
                (-0.4, -1.34),
            ],
            &[
                [(0.1, -1.16), (0.46, -0.9), (0.5, -0.52)],
                [(-0.1, -1.2), (-0.5, -0.84), (-0.5, -0.4)],
                [(-0.4, -1.14), (-0.86, -0.7), (-0.9, -0.1)],
            ],
        )
    } else {
        (
            &[
                (0.2, -1.50),
                (0.74, -1.32),
                (1.0, -0.86),
                (0.95, -0.44),
                (0.86, -0.66),
                (0.54, -0.82),
                (0.1, -0.74),
                (-0.3, -0.60),
                (-0.46, -0.16),
                (-0.58, -0.02),
                (-0.62, 0.14),
                (-0.86, 0.40),
                (-1.06, -0.1),
                (-1.06, -0.8),
                (-0.66, -1.32),
                (-0.2, -1.46),
            ],
            &[
                [(0.1, -1.3), (0.5, -1.16), (0.8, -0.84)],
                [(-0.1, -1.3), (-0.54, -1.0), (-0.5, -0.6)],
                [(-0.4, -1.2), (-0.86, -0.8), (-0.92, -0.2)],
            ],
        )
    };
    let crown: Vec<_> = crown.iter().map(|(u, v)| skull.at(*u, *v)).collect();
    sheet.fill(smooth(&crown), &ink);
    let (light, dark) = (workshop.bright(look.hair, 0.9), workshop.dim(look.hair, 1.0));
    for (index, strand) in strands.iter().enumerate() {
        let strand = skull.path(*strand);
        sheet.stroke(line(&strand), skull.half * 0.05, &veil(light, 0.3));
        let shift = skull.half * (0.07 + 0.02 * if index == 0 { 1.0 } else { 0.0 });
        sheet.stroke(line(&strand.map(|(x, y)| (x - shift, y))), skull.half * 0.04, &veil(dark, 0.4));
    }
}

/// Long hair behind the shoulders, of two locks, the lower one later than the upper.
pub(super) fn locks(workshop: &Workshop<'_>, puppet: &mut Puppet, look: &Look, (nod, skull): (usize, Skull)) {
    let gait = workshop.gait;
    let blown = if look.windy { 0.42 } else { 0.0 };
    let follow = move |lag: f32, reach: f32| -> crate::scene::puppet::Motion {
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let beat = ((step.cycle - lag) * std::f32::consts::TAU * 2.0).sin();
            let wind =
                (moment.second * 1.6 - lag * 4.0).sin() + 0.4 * (moment.second * 3.7 - lag * 6.0).sin();
            Pose::turned(reach * (0.5 * wind + step.vigour * (beat + 1.2)) + blown * (1.0 + 0.22 * wind))
        })
    };
    let bounds = (skull.at(-2.2, -1.6), skull.at(1.4, 2.2));
    let root =
        workshop.add(puppet, piece(4, nod, skull.at(-0.3, -0.3), bounds), follow(0.1, 0.05), |sheet| {
            let lock = skull.path([
                (0.5, -1.3),
                (0.9, -0.5),
                (0.5, 0.6),
                (-0.1, 1.5),
                (-0.9, 1.7),
                (-1.35, 1.1),
                (-1.3, -0.2),
                (-0.9, -1.15),
            ]);
            sheet.fill(smooth(&lock), &workshop.coat(look.hair, skull.at(0.0, -1.3).1, skull.at(0.0, 2.4).1));
        });
    let bounds = (skull.at(-2.6, 0.2), skull.at(1.0, 4.0));
    workshop.add(puppet, piece(3, root, skull.at(-0.8, 1.0), bounds), follow(0.22, 0.10), |sheet| {
        let lock = skull.path([
            (-0.1, 0.8),
            (-0.15, 1.7),
            (-0.4, 2.5),
            (-0.75, 3.1),
            (-1.0, 2.7),
            (-1.3, 3.0),
            (-1.45, 2.2),
            (-1.4, 1.2),
            (-1.2, 0.6),
        ]);
        sheet.fill(smooth(&lock), &workshop.coat(look.hair, skull.at(0.0, -0.6).1, skull.at(0.0, 3.4).1));
        for u in [-0.5_f32, -0.8, -1.1] {
            let strand = skull.path([(u + 0.1, 0.9), (u, 1.9), (u - 0.1, 2.7)]);
            sheet.stroke(line(&strand), skull.half * 0.05, &veil(workshop.bright(look.hair, 0.9), 0.28));
        }
    });
}

/// Short hair that the wind lifts off the back of the head, in three tufts, one later than the other.
pub(super) fn tufts(workshop: &Workshop<'_>, puppet: &mut Puppet, look: &Look, (nod, skull): (usize, Skull)) {
    let tufts = [(-0.62_f32, -1.02_f32, 0.62_f32), (-0.9, -0.62, 0.7), (-0.98, -0.14, 0.58)];
    for (index, (u, v, long)) in tufts.into_iter().enumerate() {
        let lag = 0.8 * f32_of(index);
        let flutter = Box::new(move |moment: &Moment| {
            let t = moment.second;
            Pose::turned(0.16 * (t * 5.2 - lag).sin() + 0.08 * (t * 8.3 - lag * 1.7).sin())
        });
        let bounds = (skull.at(u - 1.1, v - 0.6), skull.at(u + 0.5, v + 0.6));
        workshop.add(puppet, piece(15, nod, skull.at(u, v), bounds), flutter, |sheet| {
            let lock = [
                (u + 0.3, v - 0.3),
                (u - 0.1, v - 0.26),
                (u - long, v - 0.12),
                (u - long * 0.6, v + 0.08),
                (u - 0.05, v + 0.24),
                (u + 0.3, v + 0.3),
            ];
            let ink = workshop.coat(look.hair, skull.at(0.0, -1.6).1, skull.at(0.0, 0.4).1);
            sheet.fill(smooth(&skull.path(lock)), &ink);
        });
    }
}

/// An old man's beard and moustache, with strands.
pub(super) fn beard(workshop: &Workshop<'_>, sheet: &mut Sheet, look: &Look, skull: Skull) {
    let ink = workshop.coat(look.hair, skull.at(0.0, 0.3).1, skull.at(0.0, 2.1).1);
    let shape = skull.path([
        (0.80, 0.58),
        (0.52, 0.66),
        (0.16, 0.62),
        (-0.30, 0.50),
        (-0.56, 0.12),
        (-0.66, 0.44),
        (-0.54, 0.95),
        (-0.24, 1.45),
        (0.16, 1.86),
        (0.46, 2.0),
        (0.70, 1.66),
        (0.90, 1.1),
    ]);
    sheet.fill(smooth(&shape), &ink);
    let lip = skull.path([
        (0.86, 0.56),
        (0.54, 0.50),
        (0.18, 0.54),
        (0.06, 0.74),
        (0.42, 0.70),
        (0.62, 0.64),
        (0.84, 0.72),
    ]);
    sheet.fill(smooth(&lip), &flat(workshop.bright(look.hair, 0.25)));
    let strand = veil(workshop.dim(look.hair, 1.0), 0.3);
    for (u, v) in [(-0.36_f32, 0.8_f32), (-0.1, 0.95), (0.14, 1.0), (0.38, 1.0), (0.6, 0.95)] {
        let path = skull.path([(u, v), (u + 0.1, v + 0.32), (u * 0.5 + 0.26, v + 0.62)]);
        sheet.stroke(line(&path), skull.half * 0.035, &strand);
    }
}

/// A wide pointed hat of straw.
pub(super) fn straw_hat(workshop: &Workshop<'_>, puppet: &mut Puppet, (nod, skull): (usize, Skull)) {
    let bounds = (skull.at(-2.3, -2.1), skull.at(2.4, 0.1));
    workshop.add(puppet, piece(18, nod, skull.centre, bounds), motion::rest(), |sheet| {
        let under = skull.at(0.04, -0.48);
        sheet.fill(
            oval(under, (skull.half * 2.05, skull.half * 0.3), 0.0),
            &flat(workshop.dim(0x6a4a24, 0.8)),
        );
        let cone = skull.path([
            (-2.06, -0.52),
            (-0.95, -1.22),
            (0.0, -1.92),
            (0.12, -1.92),
            (1.05, -1.22),
            (2.14, -0.52),
            (1.2, -0.34),
            (0.04, -0.28),
            (-1.1, -0.34),
        ]);
        sheet.fill(
            corners(&cone),
            &across(
                skull.at(-1.4, -1.8),
                skull.at(1.6, -0.3),
                workshop.bright(0xd8b068, 0.35),
                workshop.dim(0x9a6e34, 0.5),
            ),
        );
        let weave = veil(workshop.dim(0x6a4a20, 0.5), 0.5);
        for rib in 0..11_u8 {
            let share = f32::from(rib) / 10.0 * 2.0 - 1.0;
            let foot = (0.04 + share * 2.0, -0.5 + 0.2 * (1.0 - share * share));
            sheet.stroke(line(&skull.path([(0.06, -1.9), foot])), skull.half * 0.03, &weave);
        }
        for ring in 1..5_u8 {
            let share = f32::from(ring) / 5.0;
            let (half, v) = (2.0 * share, -1.9 + 1.4 * share);
            let arc = skull.path([(0.05 - half, v), (0.05, v + 0.2 * share), (0.05 + half, v)]);
            sheet.stroke(line(&arc), skull.half * 0.035, &weave);
        }
    });
}

/// A helmet with a dark visor.
pub(super) fn helmet(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    look: &Look,
    (nod, skull): (usize, Skull),
) {
    let bounds = (skull.at(-1.7, -1.8), skull.at(1.7, 1.7));
    workshop.add(puppet, piece(18, nod, skull.centre, bounds), motion::rest(), |sheet| {
        let shell = skull.path([
            (0.0, -1.62),
            (0.8, -1.4),
            (1.3, -0.7),
            (1.36, 0.3),
            (1.16, 1.2),
            (0.5, 1.4),
            (-0.5, 1.3),
            (-1.2, 0.9),
            (-1.42, 0.0),
            (-1.2, -1.0),
            (-0.7, -1.46),
        ]);
        sheet.fill(smooth(&shell), &workshop.metal(look.coat, skull.at(0.0, -1.6).1, skull.at(0.0, 1.5).1));
        let visor = skull.path([
            (0.2, -0.62),
            (0.9, -0.66),
            (1.26, -0.3),
            (1.3, 0.3),
            (1.0, 0.62),
            (0.3, 0.56),
            (-0.1, 0.2),
            (-0.12, -0.34),
        ]);
        sheet.fill(
            smooth(&visor),
            &across(
                skull.at(0.0, -0.6),
                skull.at(1.0, 0.6),
                workshop.lit(0x6a86a0),
                workshop.dim(0x14181e, 0.2),
            ),
        );
        let shine = skull.path([(0.1, -0.4), (0.6, -0.5), (1.05, -0.4)]);
        sheet.stroke(line(&shine), skull.half * 0.1, &veil(workshop.lit(0xffffff), 0.6));
    });
}
