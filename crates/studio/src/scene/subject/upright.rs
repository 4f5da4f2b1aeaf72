//! Furry animals that stand on their hind legs: they practise tai chi, dance and wave.

use std::f32::consts::TAU;

use super::beast::limb_fur;
use super::coat::{Coat, Marks};
use super::head::{Neck, head};
use super::motion;
use super::workshop::{Workshop, piece, taper};
use crate::plan::Action;
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{flat, line, oval, round, smooth, veil};
use crate::scene::stage::Moment;

/// The height of the hips, of the shoulders, and how long an upper arm is.
const HIP: f32 = 0.27;
const SHOULDER: f32 = 0.53;
const ARM: f32 = 0.155;
/// How far the feet are apart, from the middle.
const STANCE: f32 = 0.145;

/// How the weight goes from foot to foot: how far, and how fast in radians a second.
fn sway(action: Action) -> (f32, f32) {
    match action {
        Action::TaiChi => (0.075, 0.95),
        Action::Dance => (0.05, 5.65),
        _ => (0.012, 1.1),
    }
}

pub(super) fn upright(workshop: &Workshop<'_>, coat: &Coat, action: Action) -> Puppet {
    let (wide, speed) = sway(action);
    let mut puppet = Puppet::default();
    let ground = puppet.joint(None, (0.0, 0.0), motion::rest());
    let hips = puppet.joint(
        Some(ground),
        (0.0, -HIP),
        Box::new(move |moment: &Moment| {
            let beat = (moment.second * speed).sin();
            // Low in the middle of the stance, and turned towards the foot that carries.
            Pose { turn: 0.05 * beat, ..Pose::shifted(wide * beat, 0.012 - 0.012 * beat * beat) }
        }),
    );
    for side in [-1.0_f32, 1.0] {
        leg(workshop, &mut puppet, coat, (ground, side, (wide, speed)));
    }
    body(workshop, &mut puppet, coat, hips);
    for side in [-1.0_f32, 1.0] {
        arm(workshop, &mut puppet, coat, (hips, side, action));
    }
    let neck = Neck { parent: hips, centre: (0.0, -0.735), half: 0.235, turn: 0.12, asleep: false };
    head(workshop, &mut puppet, coat, neck);
    puppet
}

/// A short leg from its foot, which stands, up to the hips, which sway; the free foot is lifted a little.
fn leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    coat: &Coat,
    (ground, side, (wide, speed)): (usize, f32, (f32, f32)),
) {
    let foot = (side * STANCE, -0.03);
    let tilt = Box::new(move |moment: &Moment| {
        let beat = (moment.second * speed).sin();
        let free = (-side * beat - 0.75).max(0.0) / 0.25;
        Pose { turn: wide * beat / HIP, ..Pose::shifted(0.0, -0.03 * free) }
    });
    let bounds = ((foot.0 - 0.2, -HIP - 0.12), (foot.0 + 0.2, 0.03));
    workshop.add(puppet, piece(5, ground, foot, bounds), tilt, |sheet| {
        let ink = workshop.coat(limb_fur(coat), -0.36, 0.04);
        sheet.fill(taper((side * 0.1, -HIP), (foot.0, -0.05), (0.105, 0.075)), &ink);
        let toes = if coat.marks == Marks::Panda { coat.accent } else { coat.belly };
        let sole = (foot.0 + side * 0.03, -0.025);
        sheet.fill(oval(sole, (0.11, 0.05), 0.0), &workshop.coat(toes, -0.08, 0.04));
        for toe in [-0.04_f32, 0.0, 0.04] {
            let x = sole.0 + toe + side * 0.02;
            sheet.stroke(line(&[(x, -0.02), (x, 0.012)]), 0.008, &veil(workshop.dim(0x6a4034, 0.3), 0.5));
        }
    });
}

fn body(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, hips: usize) {
    let breath = Box::new(|moment: &Moment| {
        let breath = (moment.second * 1.5).sin();
        Pose::stretched(1.0 + 0.012 * breath, 1.0 + 0.01 * breath)
    });
    let bounds = ((-0.3, -0.68), (0.3, -0.1));
    workshop.add_round(puppet, piece(10, hips, (0.0, -HIP), bounds), (breath, 0.07), |sheet| {
        let shape = smooth(&[
            (0.0, -0.64),
            (0.14, -0.61),
            (0.215, -0.51),
            (0.245, -0.36),
            (0.225, -0.2),
            (0.12, -0.13),
            (0.0, -0.12),
            (-0.12, -0.13),
            (-0.225, -0.2),
            (-0.245, -0.36),
            (-0.215, -0.51),
            (-0.14, -0.61),
        ]);
        sheet.fill(shape, &workshop.coat(coat.fur, -0.62, -0.05));
        sheet.inside(|sheet| {
            if coat.marks == Marks::Panda {
                let vest = smooth(&[
                    (-0.3, -0.7),
                    (0.3, -0.7),
                    (0.28, -0.44),
                    (0.14, -0.43),
                    (0.0, -0.47),
                    (-0.14, -0.43),
                    (-0.28, -0.44),
                ]);
                sheet.fill(vest, &workshop.coat(coat.accent, -0.66, -0.36));
            } else {
                sheet.fill(oval((0.0, -0.32), (0.15, 0.2), 0.0), &workshop.coat(coat.belly, -0.55, -0.1));
            }
            let glow = workshop.bright(coat.fur, 0.5);
            sheet.fill(
                oval((0.0, -0.3), (0.17, 0.14), 0.0),
                &round((0.0, -0.3), 0.17, (glow, 0.5), (glow, 0.0)),
            );
            workshop.hairs(sheet, coat.fur, ((0.0, -0.28), (0.2, 0.13)), ((0.1, 0.95), 0.045));
        });
    });
}

/// How an upper arm and a forearm turn, on the left (-1.0) or on the right.
fn arcs(action: Action, side: f32) -> (Motion, Motion) {
    let turned = |reach: fn(f32) -> f32, lag: f32| -> Motion {
        Box::new(move |moment: &Moment| Pose::turned(-side * reach(moment.second - lag)))
    };
    match action {
        // One hand rises while the other one presses down, in slow circles.
        Action::TaiChi => {
            let lag = if side > 0.0 { 0.0 } else { TAU / 2.0 / 0.95 };
            (
                turned(|t| 1.15 + 0.75 * (t * 0.95 + 0.4).sin(), lag),
                turned(|t| 0.15 + 0.75 * (t * 0.95 - 0.9).cos(), lag),
            )
        }
        Action::Dance => (
            turned(|t| 1.5 + 0.5 * (t * 5.65).sin(), side * 0.2),
            turned(|t| 0.5 + 0.5 * (t * 5.65 - 0.8).sin(), side * 0.2),
        ),
        _ if side > 0.0 => {
            (turned(|t| 2.0 + 0.06 * (t * 1.9).sin(), 0.0), turned(|t| 0.45 + 0.4 * (t * 6.0).sin(), 0.0))
        }
        _ => (turned(|t| 0.28 + 0.03 * (t * 1.3).sin(), 0.0), turned(|_| -0.2, 0.0)),
    }
}

fn arm(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    coat: &Coat,
    (hips, side, action): (usize, f32, Action),
) {
    let shoulder = (side * 0.165, -SHOULDER);
    let elbow = (shoulder.0, shoulder.1 + ARM);
    let wrist = (shoulder.0, elbow.1 + ARM);
    let (upper, lower) = arcs(action, side);
    let ink = workshop.barrel(limb_fur(coat), (shoulder.0 - 0.07, shoulder.0 + 0.07));
    let box_of = |from: (f32, f32), to: (f32, f32)| ((from.0 - 0.1, from.1 - 0.1), (to.0 + 0.1, to.1 + 0.11));
    let upper = workshop.add(puppet, piece(20, hips, shoulder, box_of(shoulder, elbow)), upper, |sheet| {
        sheet.fill(taper(shoulder, elbow, (0.082, 0.066)), &ink);
    });
    workshop.add(puppet, piece(21, upper, elbow, box_of(elbow, wrist)), lower, |sheet| {
        sheet.fill(taper(elbow, wrist, (0.066, 0.058)), &ink);
        let paw = if coat.marks == Marks::Panda { coat.accent } else { coat.belly };
        let palm = (wrist.0, wrist.1 + 0.025);
        sheet.fill(oval(palm, (0.064, 0.06), 0.0), &workshop.coat(paw, wrist.1 - 0.05, wrist.1 + 0.09));
        let pad = flat(workshop.dim(coat.inner_ear, 0.3));
        sheet.fill(oval((palm.0, palm.1 + 0.004), (0.026, 0.022), 0.0), &pad);
        for finger in [-0.032_f32, 0.0, 0.032] {
            let y = palm.1 + 0.036 - finger.abs() * 0.35;
            sheet.fill(oval((palm.0 + finger, y), (0.011, 0.012), 0.0), &pad);
        }
    });
}
