//! Horses, from the side, heading right.

use super::super::puppet::{Pose, Puppet};
use super::super::sheet::{flat, line, oval, smooth, veil};
use super::motion;
use super::workshop::{Workshop, piece};
use crate::plan::{Action, Subject};

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn horse(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0xa86a42, |colour| colour.0);
    let mane = if natural == 0xa86a42 { 0x3f2a24 } else { (natural >> 1 & 0x7f_7f_7f) + 0x18_18_18 };
    let (pace, reach) = match subject.action {
        Action::Run => (9.0, 0.62),
        Action::Sit | Action::Sleep => (1.0, 0.02),
        _ => (5.0, 0.34),
    };
    let mut puppet = Puppet::default();
    let trunk = puppet.joint(None, (0.0, -0.5), motion::swing(pace, reach * 0.09, 0.0));
    for (x, layer, phase) in [(-0.26, 2, 0.4), (0.24, 2, 2.8), (-0.21, 12, 3.5), (0.29, 12, 5.9)] {
        let shade = if layer == 2 { 0.85 } else { 0.25 };
        let ink = flat(workshop.dim(natural, shade));
        let knee = (x - 0.01, -0.22);
        let thigh = workshop.add(
            &mut puppet,
            piece(layer, trunk, (x, -0.44), ((x - 0.12, -0.54), (x + 0.12, -0.18))),
            motion::swing(pace, reach, phase),
            |sheet| {
                sheet.fill(
                    smooth(&[
                        (x - 0.085, -0.46),
                        (x, -0.5),
                        (x + 0.08, -0.46),
                        (knee.0 + 0.036, knee.1),
                        (knee.0 - 0.036, knee.1),
                    ]),
                    &ink,
                );
            },
        );
        let bend = Box::new(move |moment: &super::super::stage::Moment| {
            let wave = (moment.second * pace + phase + 1.2).sin();
            Pose::turned(reach * 0.9 * wave.max(0.0))
        });
        workshop.add(
            &mut puppet,
            piece(layer - 1, thigh, knee, ((x - 0.09, -0.28), (x + 0.09, 0.02))),
            bend,
            |sheet| {
                sheet.stroke(line(&[knee, (x - 0.005, -0.05)]), 0.052, &ink);
                sheet.fill(
                    smooth(&[(x - 0.035, -0.06), (x + 0.03, -0.06), (x + 0.055, 0.0), (x - 0.04, 0.0)]),
                    &flat(workshop.dim(0x33292a, shade * 0.6)),
                );
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(3, trunk, (-0.38, -0.6), ((-0.74, -0.7), (-0.3, -0.1))),
        motion::swing(pace * 0.5 + 1.0, 0.16, 0.0),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (-0.36, -0.62),
                    (-0.5, -0.58),
                    (-0.62, -0.34),
                    (-0.6, -0.16),
                    (-0.52, -0.22),
                    (-0.46, -0.42),
                    (-0.38, -0.54),
                ]),
                &workshop.coat(mane, -0.7, -0.1),
            );
        },
    );
    workshop.add(
        &mut puppet,
        piece(8, trunk, (0.0, -0.5), ((-0.46, -0.72), (0.46, -0.32))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (-0.41, -0.56),
                    (-0.3, -0.67),
                    (-0.05, -0.645),
                    (0.2, -0.66),
                    (0.38, -0.62),
                    (0.41, -0.5),
                    (0.3, -0.39),
                    (0.05, -0.37),
                    (-0.2, -0.395),
                    (-0.37, -0.42),
                ]),
                &workshop.coat(natural, -0.72, -0.3),
            );
        },
    );
    let neck = Box::new(move |moment: &super::super::stage::Moment| {
        Pose::turned(0.05 * (moment.second * pace + 0.8).sin() + 0.03 * (moment.second * 1.1).sin())
    });
    let neck = workshop.add(
        &mut puppet,
        piece(9, trunk, (0.3, -0.55), ((0.12, -1.06), (0.80, -0.44))),
        neck,
        |sheet| {
            let hair = workshop.coat(mane, -1.05, -0.5);
            sheet.fill(
                smooth(&[
                    (0.44, -1.02),
                    (0.34, -0.98),
                    (0.24, -0.84),
                    (0.16, -0.66),
                    (0.22, -0.62),
                    (0.34, -0.74),
                    (0.44, -0.9),
                ]),
                &hair,
            );
            sheet.fill(
                smooth(&[
                    (0.2, -0.62),
                    (0.28, -0.8),
                    (0.40, -0.98),
                    (0.50, -1.0),
                    (0.56, -0.92),
                    (0.67, -0.79),
                    (0.75, -0.70),
                    (0.73, -0.62),
                    (0.64, -0.62),
                    (0.53, -0.72),
                    (0.47, -0.68),
                    (0.42, -0.52),
                    (0.3, -0.46),
                ]),
                &workshop.coat(natural, -1.0, -0.4),
            );
            sheet.fill(
                smooth(&[(0.42, -0.97), (0.43, -1.06), (0.48, -1.04), (0.49, -0.98)]),
                &workshop.coat(natural, -1.1, -0.9),
            );
            sheet.fill(oval((0.715, -0.66), (0.045, 0.04), 0.3), &veil(workshop.dim(0x5a3c34, 0.3), 0.55));
            sheet.fill(oval((0.735, -0.67), (0.009, 0.011), 0.0), &flat(workshop.dim(0x241c1c, 0.3)));
            sheet.stroke(line(&[(0.5, -1.0), (0.54, -0.93), (0.55, -0.86)]), 0.035, &hair);
        },
    );
    let eye = (0.553, -0.865);
    workshop.add(
        &mut puppet,
        piece(10, neck, eye, ((eye.0 - 0.03, eye.1 - 0.03), (eye.0 + 0.03, eye.1 + 0.03))),
        Box::new(|moment| Pose::stretched(1.0, motion::blink(moment.second))),
        |sheet| {
            sheet.fill(oval(eye, (0.017, 0.021), 0.0), &flat(workshop.dim(0x181216, 0.1)));
            sheet.fill(
                oval((eye.0 + 0.005, eye.1 - 0.007), (0.006, 0.006), 0.0),
                &flat(workshop.lit(0xffffff)),
            );
        },
    );
    puppet
}
