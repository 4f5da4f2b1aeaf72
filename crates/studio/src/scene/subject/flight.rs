//! A dragon in flight from the side: stretched out, its wings beating, its tail trailing behind.

use super::coat::Coat;
use super::motion;
use super::workshop::{Workshop, piece, taper};
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, across, corners, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;

/// The height of its back: like the others it hangs under its path.
const BACK: f32 = -0.5;
/// Wing beats, in radians a second.
const BEAT: f32 = 3.4;

fn wave(reach: f32, lag: f32) -> Motion {
    Box::new(move |moment: &Moment| Pose::turned(reach * (moment.second * BEAT * 0.5 - lag).sin()))
}

pub(super) fn flying(workshop: &Workshop<'_>, coat: &Coat) -> Puppet {
    let mut puppet = Puppet::default();
    let body = puppet.joint(
        None,
        (0.0, BACK),
        Box::new(|moment: &Moment| {
            // Each down beat lifts it.
            let lift = (moment.second * BEAT + 1.2).sin();
            Pose { turn: -0.05 + 0.03 * lift, ..Pose::shifted(0.0, 0.035 * lift) }
        }),
    );
    wing(workshop, &mut puppet, coat, (body, false));
    tail(workshop, &mut puppet, coat, body);
    for (x, near) in [(-0.26_f32, false), (-0.3, true), (0.2, false), (0.16, true)] {
        leg(workshop, &mut puppet, coat, (body, x, near));
    }
    trunk(workshop, &mut puppet, coat, body);
    let neck = neck(workshop, &mut puppet, coat, body);
    head(workshop, &mut puppet, coat, neck);
    wing(workshop, &mut puppet, coat, (body, true));
    puppet
}

/// Plates of a paler belly, and rows of scales, inside what is drawn.
fn scales(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    coat: &Coat,
    ((left, top), (right, bottom)): ((f32, f32), (f32, f32)),
) {
    sheet.inside(|sheet| {
        let ink = veil(workshop.dim(coat.accent, 0.8), 0.3);
        for row in (0..30_u8).take_while(|row| top + f32::from(*row) * 0.035 < bottom) {
            for column in (0..40_u8).take_while(|column| left + f32::from(*column) * 0.045 < right) {
                let x = left + (f32::from(column) + if row % 2 == 0 { 0.0 } else { 0.5 }) * 0.045;
                let y = top + f32::from(row) * 0.035;
                sheet.stroke(line(&[(x + 0.018, y - 0.015), (x, y), (x + 0.018, y + 0.015)]), 0.005, &ink);
            }
        }
    });
}

fn spike(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, (x, y): (f32, f32), tall: f32) {
    let shape =
        corners(&[(x - tall * 0.5, y + 0.02), (x - tall * 0.55, y - tall), (x + tall * 0.45, y + 0.02)]);
    sheet.fill(
        shape,
        &across((x, y - tall), (x, y), workshop.bright(coat.inner_ear, 0.3), workshop.dim(coat.accent, 0.5)),
    );
}

fn trunk(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, body: usize) {
    let y = BACK;
    let bounds = ((-0.56, y - 0.34), (0.5, y + 0.32));
    workshop.add_round(puppet, piece(8, body, (0.0, y), bounds), (motion::rest(), 0.05), |sheet| {
        for step in 0..6_u8 {
            spike(
                workshop,
                sheet,
                coat,
                (-0.36 + 0.14 * f32::from(step), y - 0.155 - 0.03 * (f32::from(step) * 0.6).sin()),
                0.085,
            );
        }
        sheet.fill(
            smooth(&[
                (-0.52, y - 0.02),
                (-0.4, y - 0.13),
                (-0.1, y - 0.19),
                (0.22, y - 0.19),
                (0.44, y - 0.11),
                (0.46, y + 0.03),
                (0.3, y + 0.16),
                (0.04, y + 0.2),
                (-0.26, y + 0.14),
                (-0.5, y + 0.07),
            ]),
            &workshop.coat(coat.fur, y - 0.24, y + 0.22),
        );
        scales(workshop, sheet, coat, ((-0.55, y - 0.2), (0.48, y + 0.06)));
        sheet.inside(|sheet| {
            sheet.fill(
                smooth(&[
                    (0.5, y + 0.02),
                    (0.26, y + 0.1),
                    (0.0, y + 0.12),
                    (-0.5, y + 0.05),
                    (-0.4, y + 0.3),
                    (0.4, y + 0.3),
                ]),
                &workshop.coat(coat.belly, y, y + 0.3),
            );
            for plate in 0..11_u8 {
                let x = -0.4 + f32::from(plate) * 0.08;
                sheet.stroke(
                    line(&[(x, y + 0.06), (x - 0.03, y + 0.22)]),
                    0.008,
                    &veil(workshop.dim(coat.accent, 0.4), 0.4),
                );
            }
        });
    });
}

fn tail(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, body: usize) {
    let thick = [0.115_f32, 0.085, 0.06, 0.038, 0.016];
    let mut parent = body;
    for joint in 0..4_usize {
        let lag = 0.7 + 0.75 * joint as f32;
        let from = (-0.44 - 0.27 * joint as f32, BACK + 0.02);
        let to = (from.0 - 0.27, from.1);
        let bounds = ((to.0 - 0.2, from.1 - 0.2), (from.0 + 0.14, from.1 + 0.2));
        parent = workshop.add_round(
            puppet,
            piece(6, parent, from, bounds),
            (wave(0.15 + 0.03 * joint as f32, lag), 0.03),
            |sheet| {
                for step in 0..2_u8 {
                    let along = 0.08 + 0.13 * f32::from(step);
                    spike(
                        workshop,
                        sheet,
                        coat,
                        (from.0 - along, from.1 - thick[joint] * 0.82),
                        thick[joint] * 0.75,
                    );
                }
                if joint == 3 {
                    let tip = [
                        (to.0 + 0.05, to.1),
                        (to.0 - 0.02, to.1 - 0.11),
                        (to.0 - 0.18, to.1),
                        (to.0 - 0.02, to.1 + 0.11),
                    ];
                    sheet.fill(corners(&tip), &flat(workshop.dim(coat.inner_ear, 0.2)));
                }
                sheet.fill(
                    taper(from, to, (thick[joint], thick[joint + 1])),
                    &workshop.coat(coat.fur, from.1 - thick[joint] * 1.2, from.1 + thick[joint]),
                );
                scales(workshop, sheet, coat, ((to.0, from.1 - thick[joint]), (from.0, from.1 + 0.03)));
            },
        );
    }
}

fn leg(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (body, x, near): (usize, f32, bool)) {
    let (shade, layer) = if near { (0.0, 9) } else { (0.5, 4) };
    let fur = Workshop::under(coat.fur, shade);
    let y = BACK + 0.1;
    // Tucked up and trailing.
    workshop.add(
        puppet,
        piece(layer, body, (x, y), ((x - 0.42, y - 0.12), (x + 0.14, y + 0.3))),
        wave(0.08, 1.4 + x),
        |sheet| {
            sheet.fill(
                taper((x, y), (x - 0.1, y + 0.13), (0.085, 0.05)),
                &workshop.coat(fur, y - 0.1, y + 0.18),
            );
            sheet.fill(
                taper((x - 0.1, y + 0.13), (x - 0.28, y + 0.17), (0.05, 0.03)),
                &workshop.coat(fur, y, y + 0.22),
            );
            for toe in [-0.03_f32, 0.0, 0.03] {
                sheet.stroke(
                    line(&[(x - 0.28, y + 0.17), (x - 0.36, y + 0.18 + toe), (x - 0.39, y + 0.21 + toe)]),
                    0.02,
                    &flat(workshop.dim(coat.inner_ear, 0.2 + shade * 0.5)),
                );
            }
        },
    );
}

fn neck(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, body: usize) -> usize {
    let points = [(0.36, BACK - 0.04), (0.56, BACK - 0.14), (0.74, BACK - 0.2)];
    let thick = [0.135_f32, 0.095, 0.08];
    let mut parent = body;
    for joint in 0..2_usize {
        let (from, to) = (points[joint], points[joint + 1]);
        let bounds = ((from.0 - 0.18, to.1 - 0.22), (to.0 + 0.14, from.1 + 0.2));
        parent = workshop.add_round(
            puppet,
            piece(9, parent, from, bounds),
            (wave(0.05, 0.3 + joint as f32 * 0.5), 0.03),
            |sheet| {
                for along in [0.25_f32, 0.75] {
                    let at = (
                        from.0 + (to.0 - from.0) * along,
                        from.1 + (to.1 - from.1) * along - thick[joint] * 0.8,
                    );
                    spike(workshop, sheet, coat, at, 0.075);
                }
                sheet.fill(
                    taper(from, to, (thick[joint], thick[joint + 1])),
                    &workshop.coat(coat.fur, to.1 - 0.14, from.1 + 0.14),
                );
                scales(workshop, sheet, coat, ((from.0 - 0.1, to.1 - 0.14), (to.0 + 0.1, from.1 + 0.02)));
            },
        );
    }
    parent
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn head(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, neck: usize) {
    let (x, y) = (0.74, BACK - 0.22);
    let at = |u: f32, v: f32| (x + u, y + v);
    let jaw = Box::new(|moment: &Moment| Pose::turned(0.05 + 0.08 * (moment.second * 1.1).sin().max(0.0)));
    workshop.add(puppet, piece(10, neck, at(0.04, 0.06), (at(-0.06, 0.0), at(0.4, 0.2))), jaw, |sheet| {
        sheet.fill(
            smooth(&[
                at(-0.08, 0.02),
                at(0.16, 0.03),
                at(0.35, 0.065),
                at(0.34, 0.1),
                at(0.14, 0.125),
                at(-0.08, 0.1),
            ]),
            &workshop.coat(coat.fur, y, y + 0.16),
        );
        for tooth in 0..4_u8 {
            let u = 0.16 + f32::from(tooth) * 0.05;
            sheet.fill(
                corners(&[at(u, 0.068), at(u + 0.014, 0.03), at(u + 0.028, 0.068)]),
                &flat(workshop.lit(0xfffaf0)),
            );
        }
    });
    workshop.add_round(
        puppet,
        piece(11, neck, (x, y), (at(-0.36, -0.34), at(0.46, 0.14))),
        (motion::rest(), 0.025),
        |sheet| {
            for (u, v, shade) in [(0.03_f32, -0.03_f32, 0.5_f32), (-0.02, 0.0, 0.0)] {
                let horn = smooth(&[
                    at(u, -0.08 + v),
                    at(u - 0.12, -0.17 + v),
                    at(u - 0.3, -0.24 + v),
                    at(u - 0.15, -0.12 + v),
                    at(u - 0.03, -0.03 + v),
                ]);
                sheet.fill(horn, &workshop.coat(Workshop::under(0xf0dcb0, shade), y - 0.26, y));
            }
            let skull = smooth(&[
                at(-0.1, -0.02),
                at(-0.06, -0.11),
                at(0.04, -0.135),
                at(0.14, -0.09),
                at(0.26, -0.055),
                at(0.37, -0.06),
                at(0.41, -0.01),
                at(0.38, 0.05),
                at(0.2, 0.07),
                at(0.04, 0.11),
                at(-0.08, 0.09),
            ]);
            sheet.fill(skull, &workshop.coat(coat.fur, y - 0.15, y + 0.13));
            scales(workshop, sheet, coat, (at(-0.1, -0.12), at(0.04, 0.1)));
            sheet.fill(
                smooth(&[at(-0.09, 0.02), at(-0.2, 0.0), at(-0.16, 0.05), at(-0.22, 0.09), at(-0.06, 0.09)]),
                &workshop.coat(coat.inner_ear, y, y + 0.1),
            );
            let ink = workshop.dim(0x161414, 0.2);
            sheet.fill(oval(at(0.09, -0.045), (0.042, 0.034), -0.2), &flat(workshop.lit(coat.iris)));
            sheet.fill(oval(at(0.1, -0.045), (0.01, 0.03), 0.0), &flat(ink));
            sheet.fill(oval(at(0.085, -0.058), (0.01, 0.009), 0.0), &flat(workshop.lit(0xffffff)));
            sheet.stroke(
                line(&[at(0.02, -0.105), at(0.1, -0.088), at(0.15, -0.06)]),
                0.026,
                &flat(workshop.dim(coat.accent, 0.4)),
            );
            sheet.fill(oval(at(0.37, -0.03), (0.016, 0.011), -0.4), &flat(ink));
            sheet.stroke(line(&[at(0.39, 0.045), at(0.22, 0.062), at(0.06, 0.085)]), 0.009, &veil(ink, 0.7));
            for u in [0.34_f32, 0.28, 0.2] {
                sheet.fill(
                    corners(&[at(u, 0.045), at(u + 0.012, 0.085), at(u + 0.026, 0.044)]),
                    &flat(workshop.lit(0xfffaf0)),
                );
            }
        },
    );
}

/// A wing of skin between long fingers; seen from the side its beat is a stretch.
fn wing(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (body, near): (usize, bool)) {
    let root = (0.24, BACK - 0.09);
    let (shade, layer, lean) = if near { (0.0, 14, 0.0) } else { (0.5, 1, 0.16) };
    let beat = Box::new(move |moment: &Moment| {
        let wave = (moment.second * BEAT).sin();
        let tall = 0.28 + 0.72 * wave;
        let tall = if tall.abs() < 0.07 { 0.07_f32.copysign(tall) } else { tall };
        Pose {
            turn: 0.14 * (moment.second * BEAT - 0.7).sin() + lean,
            stretch: (1.0 + 0.06 * wave, tall),
            ..Pose::REST
        }
    });
    let at = |u: f32, v: f32| (root.0 + u, root.1 - v);
    let bounds = (at(-0.95, 0.95), at(0.34, -0.05));
    workshop.add_round(puppet, piece(layer, body, root, bounds), (beat, 0.015), |sheet| {
        let skin = Workshop::under(coat.inner_ear, shade);
        let wrist = at(0.16, 0.56);
        let tips = [at(-0.22, 0.92), at(-0.62, 0.74), at(-0.84, 0.42), at(-0.74, 0.12)];
        let membrane = [
            at(0.02, 0.0),
            at(0.1, 0.3),
            wrist,
            tips[0],
            at(-0.36, 0.72),
            tips[1],
            at(-0.62, 0.48),
            tips[2],
            at(-0.64, 0.24),
            tips[3],
            at(-0.4, 0.08),
            at(-0.2, 0.0),
        ];
        sheet.fill(
            corners(&membrane),
            &across(at(0.1, 0.8), at(-0.5, 0.0), workshop.bright(skin, 0.35), workshop.dim(skin, 0.7)),
        );
        let bone = workshop.coat(Workshop::under(coat.fur, shade), root.1 - 0.9, root.1);
        for tip in tips {
            let bend = ((wrist.0 + tip.0) * 0.5, (wrist.1 + tip.1) * 0.5 - 0.035);
            sheet.stroke(line(&[wrist, bend, tip]), 0.02, &bone);
        }
        sheet.fill(taper(at(0.0, -0.02), at(0.13, 0.3), (0.06, 0.042)), &bone);
        sheet.fill(taper(at(0.13, 0.3), wrist, (0.042, 0.028)), &bone);
        sheet.fill(
            corners(&[
                (wrist.0 - 0.02, wrist.1),
                (wrist.0 + 0.06, wrist.1 - 0.11),
                (wrist.0 + 0.03, wrist.1 + 0.02),
            ]),
            &flat(workshop.dim(0xf0dcb0, shade)),
        );
    });
}
