//! Furry animals on the move, from the side, heading right.

use std::f32::consts::TAU;

use super::beast::limb_fur;
use super::coat::{Coat, Ears, Marks, Tail};
use super::gait::Limb;
use super::head::{Neck, head};
use super::motion;
use super::workshop::{Workshop, piece, taper};
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, flat, line, oval, round, smooth, veil};
use crate::scene::stage::Moment;

/// How heavy an animal is built.
#[derive(Clone, Copy)]
struct Frame {
    hip: f32,
    long: f32,
    deep: f32,
    bone: f32,
    head: f32,
}

fn frame(coat: &Coat) -> Frame {
    match (coat.marks, coat.ears, coat.tail) {
        // Tigers and lions: long and strong, with a head that is not a kitten's.
        _ if coat.great() => Frame { hip: 0.38, long: 0.42, deep: 0.29, bone: 1.3, head: 0.175 },
        (_, Ears::Round, Tail::Short) => Frame { hip: 0.35, long: 0.37, deep: 0.36, bone: 1.5, head: 0.215 },
        (Marks::Mask, ..) => Frame { hip: 0.35, long: 0.34, deep: 0.22, bone: 0.8, head: 0.19 },
        (Marks::Blaze, ..) => Frame { hip: 0.37, long: 0.34, deep: 0.25, bone: 1.0, head: 0.205 },
        (Marks::Scales, ..) => Frame { hip: 0.37, long: 0.40, deep: 0.28, bone: 1.2, head: 0.21 },
        _ => Frame { hip: 0.34, long: 0.33, deep: 0.23, bone: 0.85, head: 0.205 },
    }
}

pub(super) fn walking(workshop: &Workshop<'_>, coat: &Coat, runs: bool) -> Puppet {
    let frame = frame(coat);
    let gait = workshop.gait;
    let mut puppet = Puppet::default();
    let hips = puppet.joint(
        None,
        (0.0, -frame.hip),
        Box::new(move |moment: &Moment| Pose::shifted(0.0, gait.sink(moment.second))),
    );
    let trunk = puppet.joint(
        Some(hips),
        (0.0, -frame.hip),
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let (rock, gather) = if runs { (0.09, 0.05) } else { (0.012, 0.008) };
            let beat = (step.cycle + 0.15) * TAU;
            let breath = 0.006 * (moment.second * 2.2).sin();
            Pose {
                turn: rock * step.vigour * beat.sin(),
                stretch: (1.0 + gather * step.vigour * beat.cos(), 1.0 + breath),
                ..Pose::REST
            }
        }),
    );
    let steps = if runs { [0.0, 0.44, 0.1, 0.55] } else { [0.5, 0.75, 0.0, 0.25] };
    for (index, phase) in steps.into_iter().enumerate() {
        leg(workshop, &mut puppet, (coat, frame), (hips, index, phase));
    }
    tail(workshop, &mut puppet, (coat, frame), trunk);
    body(workshop, &mut puppet, (coat, frame), trunk);
    let nod = puppet.joint(
        Some(trunk),
        (frame.long * 0.8, -frame.hip - frame.deep * 0.3),
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            // The head lags the shoulders a little.
            Pose::shifted(0.0, 0.012 * step.vigour * ((step.cycle * 2.0 - 0.12) * TAU).sin())
        }),
    );
    let centre =
        (frame.long * 0.96 + frame.head * 0.18, -(frame.hip + frame.deep * 0.42 + frame.head * 0.52));
    head(
        workshop,
        &mut puppet,
        coat,
        Neck { parent: nod, centre, half: frame.head, turn: 0.45, asleep: false },
    );
    puppet
}

/// One of four legs: hind or fore, far or near.
fn leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (coat, frame): (&Coat, Frame),
    (hips, index, phase): (usize, usize, f32),
) {
    let (hind, near) = (index.is_multiple_of(2), index > 1);
    let aside = if near { -0.012 } else { 0.05 };
    let x = if hind { -frame.long * 0.74 } else { frame.long * 0.64 } + aside;
    let height = frame.hip - 0.04;
    let limb = Limb {
        hip: (x, -frame.hip),
        upper: height * if hind { 0.55 } else { 0.52 },
        lower: height * if hind { 0.53 } else { 0.51 },
        ankle: 0.04,
        knee: if hind { -1.0 } else { 1.0 },
        phase,
        gait: workshop.gait,
    };
    let (hip, knee, ankle) = (limb.hip, limb.knee_at(), limb.ankle_at());
    let shade = if near { 0.0 } else { 0.45 };
    let fur = Workshop::under(limb_fur(coat), shade);
    let thick = 0.046 * frame.bone;
    let (layer, top) = (if near { 14 } else { 3 }, thick * if hind { 2.1 } else { 1.7 });
    let box_of = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.17, a.1 - 0.15), (b.0 + 0.17, b.1 + 0.1));
    let stripes = |sheet: &mut Sheet, from: f32, to: f32| {
        if coat.marks == Marks::Stripes {
            let ink = veil(workshop.dim(Workshop::under(coat.accent, shade), 0.2), 0.75);
            sheet.inside(|sheet| {
                for share in [0.15_f32, 0.5, 0.85] {
                    let y = from + (to - from) * share;
                    sheet.stroke(
                        line(&[(x - thick * 2.2, y - 0.01), (x - thick * 0.1, y + 0.012)]),
                        0.018,
                        &ink,
                    );
                }
            });
        }
    };
    let low = frame.hip - frame.deep * 0.34;
    let trunk =
        (near && coat.marks != Marks::Panda).then_some((-low - frame.deep * 1.35, -low + frame.deep * 0.2));
    let mut sheet = workshop.thigh(box_of(hip, knee), (hip, knee), (fur, top, thick * 0.95), trunk);
    stripes(&mut sheet, hip.1 + 0.02, knee.1);
    let thigh = puppet.part(sheet, layer, (Some(hips), hip), limb.thigh());
    let shin = workshop.add(puppet, piece(layer, thigh, knee, box_of(knee, ankle)), limb.shin(), |sheet| {
        let ink = workshop.coat(fur, knee.1 - 0.15, ankle.1 + 0.1);
        sheet.fill(taper(knee, ankle, (thick * 0.96, thick * 0.72)), &ink);
        if coat.marks == Marks::Mask {
            let sock = flat(workshop.dim(Workshop::under(coat.accent, shade), 0.2));
            sheet.inside(|sheet| sheet.fill(oval(ankle, (0.1, (ankle.1 - knee.1) * 0.62), 0.0), &sock));
        }
        stripes(sheet, knee.1, ankle.1);
    });
    workshop.add(
        puppet,
        piece(layer, shin, ankle, ((x - 0.12, ankle.1 - 0.07), (x + 0.16, 0.025))),
        limb.toes(),
        |sheet| paw(workshop, sheet, (coat, shade), (x, ankle.1, thick)),
    );
}

fn paw(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    (coat, shade): (&Coat, f32),
    (x, y, thick): (f32, f32, f32),
) {
    let natural = match coat.marks {
        Marks::Panda | Marks::Mask => coat.accent,
        Marks::Plain => limb_fur(coat),
        _ => coat.belly,
    };
    let (heel, toe) = (x - thick * 0.9, x + thick * 1.75);
    sheet.fill(
        smooth(&[
            (heel, y - 0.004),
            (x - thick * 0.3, y - thick * 0.62),
            (x + thick * 0.7, y - thick * 0.42),
            (toe, y + 0.012),
            (toe - 0.006, y + 0.036),
            (x, y + 0.041),
            (heel + 0.004, y + 0.036),
        ]),
        &workshop.coat(Workshop::under(natural, shade), y - 0.04, y + 0.05),
    );
    let gap = veil(workshop.dim(0x4a2e26, 0.4), 0.5);
    for share in [0.35_f32, 0.68] {
        let at = x + (toe - x) * share;
        sheet.stroke(line(&[(at + 0.002, y + 0.010), (at + 0.007, y + 0.034)]), 0.006, &gap);
    }
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn body(workshop: &Workshop<'_>, puppet: &mut Puppet, (coat, frame): (&Coat, Frame), trunk: usize) {
    let (l, d, sag) = (frame.long, frame.deep, if frame.bone > 1.4 { 0.24 } else { 0.0 });
    let low = frame.hip - d * 0.34;
    let at = |u: f32, v: f32| (u * l, -(low + v * d));
    let (top, bottom) = (-(low + d * 1.35), -low + d * 0.2);
    let bounds = ((-l * 1.3, -(low + d * 1.9)), (l * 1.5, -low + d * 0.3));
    workshop.add_round(
        puppet,
        piece(9, trunk, (0.0, -frame.hip), bounds),
        (motion::rest(), d * 0.25),
        |sheet| {
            let ink = workshop.coat(coat.fur, top, bottom);
            sheet.fill(taper(at(0.72, 0.7), at(1.02, 1.2), (d * 0.46, frame.head * 0.62)), &ink);
            sheet.fill(
                smooth(&[
                    at(-1.06, 0.56),
                    at(-0.92, 0.88),
                    at(-0.58, 0.99),
                    at(-0.15, 0.92),
                    at(0.3, 0.96),
                    at(0.62, 1.06),
                    at(0.92, 0.98),
                    at(1.12, 0.66),
                    at(1.06, 0.26),
                    at(0.78, 0.02),
                    at(0.30, -0.02 - sag * 0.6),
                    at(-0.25, 0.12 - sag),
                    at(-0.62, 0.18 - sag),
                    at(-0.98, 0.26),
                ]),
                &ink,
            );
            // Tufts at the chest.
            for (u, v) in [(1.06, 0.62), (1.04, 0.4), (0.94, 0.2), (0.78, 0.06)] {
                let root = at(u, v);
                let tip = (root.0 + d * 0.12, root.1 + d * 0.2);
                let tuft = smooth(&[
                    (root.0 - d * 0.16, root.1 - d * 0.1),
                    (root.0 + d * 0.06, root.1),
                    tip,
                    (root.0 - d * 0.08, root.1 + d * 0.1),
                ]);
                sheet.fill(
                    tuft,
                    &flat(workshop.dim(
                        if coat.marks == Marks::Plain || coat.great() { coat.fur } else { coat.belly },
                        0.35,
                    )),
                );
            }
            sheet.inside(|sheet| {
                let belly = workshop.lit(coat.belly);
                let under = at(0.2, -0.12);
                sheet.fill(
                    oval(under, (l * 0.95, d * 0.34), 0.0),
                    &round(under, d * 0.75, (belly, 0.95), (belly, 0.0)),
                );
                let chest = at(1.04, 0.4);
                sheet.fill(
                    oval(chest, (l * 0.24, d * 0.5), 0.2),
                    &round(chest, d * 0.5, (belly, 0.9), (belly, 0.0)),
                );
                let accent = workshop.dim(coat.accent, 0.2);
                match coat.marks {
                    Marks::Stripes => stripes(workshop, sheet, coat, at),
                    Marks::Patches => {
                        sheet.fill(oval(at(-0.4, 0.7), (l * 0.36, d * 0.34), 0.3), &flat(accent));
                        sheet.fill(oval(at(0.5, 0.4), (l * 0.24, d * 0.28), 0.0), &flat(accent));
                    }
                    Marks::Panda => sheet.fill(oval(at(0.68, 0.6), (l * 0.34, d * 1.1), 0.1), &flat(accent)),
                    Marks::Blaze => {
                        let saddle = smooth(&[
                            at(-0.8, 1.2),
                            at(0.5, 1.2),
                            at(0.36, 0.7),
                            at(-0.2, 0.56),
                            at(-0.7, 0.72),
                        ]);
                        sheet.fill(saddle, &veil(accent, 0.6));
                    }
                    _ => {}
                }
                let (light, dark) = (workshop.bright(coat.fur, 0.7), workshop.dim(coat.fur, 1.0));
                for (u, v) in [(0.64, 0.62), (-0.74, 0.62)] {
                    let muscle = at(u, v);
                    sheet.fill(
                        oval(muscle, (l * 0.24, d * 0.38), 0.0),
                        &round(muscle, d * 0.38, (light, 0.3), (light, 0.0)),
                    );
                }
                sheet.stroke(
                    line(&[at(0.38, 0.78), at(0.36, 0.44), at(0.46, 0.1)]),
                    d * 0.06,
                    &veil(dark, 0.2),
                );
                workshop.hairs(
                    sheet,
                    coat.fur,
                    (at(0.0, 0.55), (l * 1.05, d * 0.45)),
                    ((-0.92, 0.38), 0.045),
                );
                workshop.hairs(sheet, coat.belly, (at(0.95, 0.4), (l * 0.16, d * 0.4)), ((0.2, 0.95), 0.05));
            });
        },
    );
}

/// A tiger's or a cat's stripes: pairs of tapering strokes that follow the ribs.
fn stripes(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, at: impl Fn(f32, f32) -> (f32, f32)) {
    let ink = veil(workshop.dim(coat.accent, 0.2), 0.85);
    for index in 0..11_u8 {
        let u = -0.98 + 0.18 * f32::from(index);
        let deep = if index.is_multiple_of(2) { 0.34 } else { 0.56 };
        let lean = 0.07 - 0.01 * f32::from(index);
        let wide = 0.042;
        sheet.fill(
            smooth(&[
                at(u - wide, 1.14),
                at(u + wide, 1.14),
                at(u + lean * 0.4 + wide * 0.8, 0.84),
                at(u + lean, deep),
                at(u + lean * 0.2 - wide * 0.9, 0.82),
            ]),
            &ink,
        );
        let v = deep - 0.08;
        sheet.fill(smooth(&[at(u + 0.07, v), at(u + 0.10, v - 0.02), at(u + 0.06, v - 0.28)]), &ink);
    }
}

/// A tail of two joints that trails the body; its tip is later than its root.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn tail(workshop: &Workshop<'_>, puppet: &mut Puppet, (coat, frame): (&Coat, Frame), trunk: usize) {
    let gait = workshop.gait;
    let follow = |reach: f32, lag: f32| -> Motion {
        Box::new(move |moment: &Moment| {
            let (t, step) = (moment.second, gait.at(moment.second));
            let beat = ((step.cycle - lag * 0.2) * TAU).sin();
            Pose::turned(reach * ((t * 1.6 - lag).sin() + step.vigour * beat))
        })
    };
    let (x, y) = (-frame.long * 0.98, -(frame.hip + frame.deep * 0.36));
    let fur = workshop.coat(coat.fur, y - 0.3, y + 0.2);
    if matches!(coat.tail, Tail::Short | Tail::Puff) {
        let size = if coat.tail == Tail::Puff { 0.075 } else { 0.045 };
        workshop.add(
            puppet,
            piece(8, trunk, (x, y), ((x - 0.16, y - 0.14), (x + 0.1, y + 0.14))),
            follow(0.06, 0.0),
            |sheet| {
                let puff = if coat.tail == Tail::Puff { coat.belly } else { coat.fur };
                sheet.fill(oval((x - 0.02, y), (size, size), 0.0), &workshop.coat(puff, y - size, y + size));
            },
        );
        return;
    }
    let bushy = coat.tail == Tail::Bushy;
    let wide = if bushy { 0.075 } else { 0.052 * frame.bone.min(1.1) };
    let elbow = (x - 0.17, y + if bushy { 0.05 } else { 0.07 });
    let root = piece(6, trunk, (x, y), ((x - 0.3, y - 0.16), (x + 0.14, y + 0.24)));
    let base = workshop.add(puppet, root, follow(0.09, 0.0), |sheet| {
        sheet.stroke(line(&[(x + 0.05, y), (x - 0.07, y + 0.02), elbow]), wide, &fur);
    });
    let part = piece(5, base, elbow, ((x - 0.58, y - 0.32), (x, y + 0.3)));
    workshop.add(puppet, part, follow(0.16, 0.9), |sheet| {
        let tip =
            if coat.marks == Marks::Stripes || coat.marks == Marks::Mane { coat.accent } else { coat.belly };
        if bushy {
            let brush = [
                (elbow.0 + 0.05, elbow.1 - 0.04),
                (elbow.0 - 0.14, elbow.1 - 0.09),
                (elbow.0 - 0.34, elbow.1 - 0.03),
                (elbow.0 - 0.40, elbow.1 - 0.0),
                (elbow.0 - 0.28, elbow.1 + 0.08),
                (elbow.0 - 0.1, elbow.1 + 0.09),
                (elbow.0 + 0.05, elbow.1 + 0.04),
            ];
            sheet.fill(smooth(&brush), &fur);
            sheet.inside(|sheet| {
                sheet.fill(oval((elbow.0 - 0.37, elbow.1), (0.12, 0.12), 0.0), &flat(workshop.dim(tip, 0.1)));
                workshop.hairs(
                    sheet,
                    coat.fur,
                    ((elbow.0 - 0.15, elbow.1), (0.24, 0.08)),
                    ((-1.0, 0.1), 0.07),
                );
            });
            return;
        }
        let curve = [
            elbow,
            (elbow.0 - 0.1, elbow.1 + 0.02),
            (elbow.0 - 0.18, elbow.1 - 0.06),
            (elbow.0 - 0.22, elbow.1 - 0.17),
        ];
        sheet.stroke(line(&curve), wide * 0.92, &fur);
        sheet.inside(|sheet| {
            let end = curve[3];
            sheet.fill(oval(end, (0.05, 0.06), 0.0), &flat(workshop.dim(tip, 0.1)));
            if coat.marks == Marks::Stripes {
                for (px, py) in [(0.06, -0.02), (0.13, 0.0), (0.2, -0.1)] {
                    let (cx, cy) = (elbow.0 - px, elbow.1 + py);
                    sheet.stroke(
                        line(&[(cx - 0.01, cy - 0.05), (cx + 0.01, cy + 0.06)]),
                        0.022,
                        &flat(workshop.dim(tip, 0.1)),
                    );
                }
            }
        });
        if coat.marks == Marks::Mane {
            sheet.fill(
                oval((elbow.0 - 0.22, elbow.1 - 0.2), (0.045, 0.065), -0.2),
                &flat(workshop.dim(tip, 0.1)),
            );
        }
    });
}
