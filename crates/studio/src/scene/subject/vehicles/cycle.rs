//! Two wheels with somebody on them: a bicycle and a motorcycle.

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{flat, line, oval, pane, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::{colour, wheel};
use super::super::motion;
use super::super::people::{Posture, Seat, aboard};
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

/// A spoked wheel of thin tyre that turns as it rolls.
fn spoked(workshop: &Workshop<'_>, puppet: &mut Puppet, (body, (x, y), radius): (usize, (f32, f32), f32)) {
    let turns = workshop.gait.way / radius;
    let mut sheet = workshop.sheet((x - radius, y - radius), (x + radius, y + radius));
    let steel = veil(workshop.lit(0xc8ccd4), 0.85);
    for spoke in 0..14_u8 {
        let (sin, cos) = (f32::from(spoke) / 14.0 * std::f32::consts::TAU).sin_cos();
        sheet.stroke(line(&[(x, y), (x + cos * radius * 0.9, y + sin * radius * 0.9)]), 0.006, &steel);
    }
    sheet.stroke(
        oval((x, y), (radius * 0.93, radius * 0.93), 0.0),
        radius * 0.1,
        &flat(workshop.dim(0x222228, 0.2)),
    );
    sheet.stroke(oval((x, y), (radius * 0.85, radius * 0.85), 0.0), radius * 0.045, &steel);
    sheet.fill(oval((x, y), (radius * 0.1, radius * 0.1), 0.0), &flat(workshop.lit(0xa8acb4)));
    let turning = Box::new(move |moment: &Moment| Pose::turned(motion::onward(moment.at) * turns));
    puppet.part(sheet, 3, (Some(body), (x, y)), turning);
}

pub(in crate::scene::subject) fn bicycle(
    workshop: &Workshop<'_>,
    subject: &Subject,
    rider: Option<&Subject>,
) -> Puppet {
    const CRANK: (f32, f32) = (0.0, -0.22);
    const PEDALS: f32 = 0.95;
    let paint = colour(subject, 0x2f8a8a);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::swing(2.1, 0.006, 0.0));
    for x in [-0.44, 0.46] {
        spoked(workshop, &mut puppet, (body, (x, -0.235), 0.235));
    }
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-0.6, -0.8), (0.6, 0.0))),
        motion::rest(),
        |sheet| {
            let tube = workshop.coat(paint, -0.7, -0.1);
            let (rear, front, seat, head) = ((-0.44, -0.235), (0.46, -0.235), (-0.13, -0.55), (0.30, -0.56));
            for (from, to) in [
                (rear, seat),
                (rear, CRANK),
                (seat, CRANK),
                (CRANK, head),
                ((-0.12, -0.53), (0.3, -0.53)),
                (front, (0.27, -0.66)),
            ] {
                sheet.stroke(line(&[from, to]), 0.034, &tube);
            }
            let dark = flat(workshop.dim(0x2a2624, 0.2));
            sheet.stroke(
                line(&[(-0.13, -0.55), (-0.15, -0.62)]),
                0.022,
                &workshop.metal(0xc8ccd2, -0.62, -0.55),
            );
            sheet.fill(
                smooth(&[(-0.27, -0.655), (-0.16, -0.65), (-0.02, -0.64), (-0.1, -0.615), (-0.24, -0.61)]),
                &dark,
            );
            sheet.stroke(line(&[(0.27, -0.66), (0.36, -0.70), (0.38, -0.64)]), 0.026, &dark);
            sheet.stroke(oval(CRANK, (0.07, 0.07), 0.0), 0.02, &workshop.metal(0xc8ccd2, -0.3, -0.15));
            sheet.stroke(line(&[(-0.42, -0.21), (0.0, -0.155)]), 0.01, &dark);
            sheet.stroke(line(&[(-0.42, -0.26), (0.0, -0.285)]), 0.01, &dark);
            sheet.fill(oval((0.38, -0.55), (0.035, 0.035), 0.0), &flat(Rgb::hex(0xfff2cc)));
        },
    );
    let turn = Box::new(|moment: &Moment| Pose::turned(moment.second * PEDALS * std::f32::consts::TAU));
    workshop.add(&mut puppet, piece(6, body, CRANK, ((-0.14, -0.36), (0.14, -0.08))), turn, |sheet| {
        let steel = flat(workshop.dim(0x6a6e76, 0.2));
        sheet.stroke(line(&[(CRANK.0 - 0.1, CRANK.1), (CRANK.0 + 0.1, CRANK.1)]), 0.022, &steel);
    });
    let scale = 0.9;
    let at = (-0.14, -0.68);
    let seat = Seat { parent: body, at, scale, backwards: false, layer: 20 };
    let crank = ((CRANK.0 - at.0) / scale, (CRANK.1 - at.1) / scale - 0.02);
    aboard(
        workshop,
        &mut puppet,
        rider,
        seat,
        Posture::Pedals { crank, long: 0.1 / scale, a_second: PEDALS },
    );
    puppet
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn motorcycle(
    workshop: &Workshop<'_>,
    subject: &Subject,
    rider: Option<&Subject>,
) -> Puppet {
    let paint = colour(subject, 0xb83a2c);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, -0.2), motion::swing(2.7, 0.01, 0.0));
    for x in [-0.62, 0.66] {
        wheel(workshop, &mut puppet, (body, (x, -0.25), 0.25), 9);
    }
    workshop.add_round(
        &mut puppet,
        piece(22, body, (0.0, 0.0), ((-1.0, -0.95), (1.4, 0.0))),
        (motion::rest(), 0.02),
        |sheet| {
            let steel = workshop.metal(0xc8ccd2, -0.8, -0.1);
            let dark = flat(workshop.dim(0x1e1e22, 0.3));
            // Fork, frame, engine and pipes.
            sheet.stroke(line(&[(0.66, -0.25), (0.5, -0.6), (0.42, -0.8)]), 0.05, &steel);
            sheet.stroke(line(&[(-0.62, -0.25), (-0.2, -0.28), (0.2, -0.2)]), 0.06, &dark);
            sheet.fill(pane((-0.22, -0.46), (0.26, -0.14), 0.06), &workshop.coat(0x54585f, -0.5, -0.1));
            for fin in 0..6_u8 {
                let y = -0.43 + f32::from(fin) * 0.03;
                sheet.stroke(line(&[(-0.12, y), (0.24, y - 0.02)]), 0.013, &flat(workshop.lit(0xa8acb4)));
            }
            sheet.fill(oval((0.0, -0.22), (0.1, 0.09), 0.0), &steel);
            sheet.stroke(
                line(&[(0.22, -0.4), (0.3, -0.22), (0.1, -0.13), (-0.4, -0.13), (-0.86, -0.2)]),
                0.05,
                &steel,
            );
            sheet.stroke(line(&[(-0.4, -0.14), (-0.92, -0.22)]), 0.085, &steel);
            // Tank, seat and tail, wings over the wheels.
            sheet.fill(
                smooth(&[
                    (0.46, -0.62),
                    (0.36, -0.74),
                    (0.1, -0.74),
                    (-0.12, -0.6),
                    (-0.1, -0.5),
                    (0.3, -0.48),
                ]),
                &workshop.metal(paint, -0.78, -0.45),
            );
            sheet.fill(
                smooth(&[
                    (-0.06, -0.59),
                    (-0.3, -0.58),
                    (-0.6, -0.62),
                    (-0.82, -0.66),
                    (-0.78, -0.56),
                    (-0.5, -0.5),
                    (-0.1, -0.5),
                ]),
                &workshop.coat(0x2c2420, -0.66, -0.48),
            );
            sheet.fill(
                smooth(&[
                    (-0.88, -0.42),
                    (-0.76, -0.54),
                    (-0.5, -0.52),
                    (-0.36, -0.4),
                    (-0.52, -0.46),
                    (-0.7, -0.48),
                ]),
                &workshop.metal(paint, -0.56, -0.38),
            );
            sheet.fill(
                smooth(&[
                    (0.44, -0.44),
                    (0.56, -0.54),
                    (0.76, -0.53),
                    (0.92, -0.4),
                    (0.76, -0.47),
                    (0.58, -0.47),
                ]),
                &workshop.metal(paint, -0.56, -0.38),
            );
            sheet.stroke(line(&[(0.42, -0.8), (0.34, -0.86), (0.2, -0.82)]), 0.034, &dark);
            sheet.stroke(line(&[(0.38, -0.84), (0.36, -0.94)]), 0.014, &dark);
            let beam = Rgb::hex(0xfff0c8);
            sheet.fill(
                oval((0.72, -0.66), (0.34, 0.2), 0.0),
                &round((0.66, -0.66), 0.34, (beam, 0.4), (beam, 0.0)),
            );
            sheet.fill(oval((0.54, -0.66), (0.085, 0.09), 0.0), &steel);
            sheet.fill(oval((0.58, -0.66), (0.06, 0.078), 0.0), &flat(beam));
            sheet.fill(oval((-0.84, -0.6), (0.035, 0.03), 0.0), &flat(Rgb::hex(0xd82c26)));
            sheet.stroke(
                line(&[(0.34, -0.71), (0.14, -0.71), (0.0, -0.64)]),
                0.018,
                &veil(workshop.lit(0xffffff), 0.7),
            );
        },
    );
    let seat = Seat { parent: body, at: (-0.24, -0.66), scale: 0.98, backwards: false, layer: 24 };
    aboard(workshop, &mut puppet, rider, seat, Posture::Crouches);
    puppet
}
