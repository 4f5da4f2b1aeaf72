//! Furry animals that stand on their hind legs: they practise tai chi, dance and wave.

use super::beast::limb_fur;
use super::coat::{Coat, Marks};
use super::gait::bend;
use super::head::{Neck, head};
use super::motion;
use super::workshop::{Workshop, piece, taper};
use crate::plan::Action;
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Ink, flat, line, oval, round, smooth, veil};
use crate::scene::stage::Moment;

/// The height of the hips as they are drawn, of the shoulders, and how long an upper arm is.
const HIP: f32 = 0.27;
const SHOULDER: f32 = 0.53;
const ARM: f32 = 0.165;
/// Legs hang from here, are so long above and below the knee, and end in an ankle so high.
const SOCKET: (f32, f32) = (0.115, -0.25);
const THIGH: f32 = 0.165;
const SHIN: f32 = 0.155;
const ANKLE: f32 = 0.05;

/// How it stands: how far its feet are from the middle, and how its weight goes from one to the other.
#[derive(Clone, Copy)]
struct Stance {
    apart: f32,
    wide: f32,
    /// In radians a second.
    speed: f32,
    /// How far the hips sink over the foot that carries.
    sink: f32,
}

impl Stance {
    fn of(action: Action) -> Self {
        match action {
            Action::TaiChi => Self { apart: 0.265, wide: 0.1, speed: 0.95, sink: 0.03 },
            Action::Dance => Self { apart: 0.15, wide: 0.05, speed: 5.65, sink: 0.012 },
            _ => Self { apart: 0.15, wide: 0.012, speed: 1.1, sink: 0.0 },
        }
    }

    /// Where the weight is: -1.0 on the left foot, 1.0 on the right one.
    fn beat(&self, second: f32) -> f32 {
        // It begins over the right foot, and soon stands on the left one: whoever measures the figure sees it reach to both sides.
        (second * self.speed + 1.75).sin()
    }

    /// How far the hips are from where they are drawn.
    fn hips(&self, second: f32) -> (f32, f32) {
        let beat = self.beat(second);
        (self.wide * beat, -0.055 + self.sink * beat * beat)
    }

    /// The turns of a thigh and of a shin over a foot that stays where it is; the knee points outwards.
    fn knee(&self, second: f32, side: f32) -> (f32, f32) {
        let hips = self.hips(second);
        let reach = (side * (self.apart - SOCKET.0) - hips.0, -ANKLE - SOCKET.1 - hips.1);
        bend((THIGH, SHIN), reach, side)
    }
}

pub(super) fn upright(workshop: &Workshop<'_>, coat: &Coat, action: Action) -> Puppet {
    let stance = Stance::of(action);
    let mut puppet = Puppet::default();
    let pelvis = puppet.joint(
        None,
        (0.0, -HIP),
        Box::new(move |moment: &Moment| {
            let (x, y) = stance.hips(moment.second);
            Pose::shifted(x, y)
        }),
    );
    // The trunk turns towards the foot that carries.
    let hips = puppet.joint(
        Some(pelvis),
        (0.0, -HIP),
        Box::new(move |moment: &Moment| Pose::turned(0.05 * stance.beat(moment.second))),
    );
    for side in [-1.0_f32, 1.0] {
        leg(workshop, &mut puppet, coat, (pelvis, side, stance));
    }
    body(workshop, &mut puppet, coat, hips);
    for side in [-1.0_f32, 1.0] {
        arm(workshop, &mut puppet, coat, (hips, side, action));
    }
    // The head follows the hands.
    let follow = if action == Action::TaiChi { 1.0 } else { 0.0 };
    let watch = puppet.joint(
        Some(hips),
        (0.0, -0.6),
        Box::new(move |moment: &Moment| {
            let way = follow * stance.beat(moment.second - 0.35);
            Pose { turn: 0.07 * way, ..Pose::shifted(0.035 * way, 0.0) }
        }),
    );
    let neck = Neck { parent: watch, centre: (0.0, -0.735), half: 0.235, turn: 0.12, asleep: false };
    head(workshop, &mut puppet, coat, neck);
    puppet
}

/// A short leg with a bent knee, whose foot stays flat on the ground while the hips sway.
fn leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    coat: &Coat,
    (pelvis, side, stance): (usize, f32, Stance),
) {
    let hip = (side * SOCKET.0, SOCKET.1);
    let (knee, ankle) = ((hip.0, hip.1 + THIGH), (hip.0, hip.1 + THIGH + SHIN));
    let turned = |turn: fn((f32, f32)) -> f32| -> Motion {
        Box::new(move |moment: &Moment| Pose::turned(turn(stance.knee(moment.second, side))))
    };
    let ink = workshop.barrel(limb_fur(coat), (hip.0 - 0.13, hip.0 + 0.13));
    let thigh =
        bone(workshop, puppet, (5, pelvis), (hip, knee, (0.115, 0.098)), (&ink, turned(|turns| turns.0)));
    let low = (ankle.0, ankle.1 - 0.04);
    let shin =
        bone(workshop, puppet, (6, thigh), (knee, low, (0.098, 0.074)), (&ink, turned(|turns| turns.1)));
    let bounds = ((ankle.0 - 0.2, ankle.1 - 0.08), (ankle.0 + 0.2, ankle.1 + 0.08));
    let level = turned(|turns| -turns.0 - turns.1);
    workshop.add(puppet, piece(7, shin, ankle, bounds), level, |sheet| {
        let toes = if coat.marks == Marks::Panda { coat.accent } else { coat.belly };
        let sole = (ankle.0 + side * 0.03, ankle.1 + 0.012);
        let ink = workshop.coat(toes, ankle.1 - 0.05, ankle.1 + 0.08);
        sheet.fill(oval(sole, (0.118, 0.052), 0.0), &ink);
        for toe in [-0.04_f32, 0.0, 0.04] {
            let x = sole.0 + toe + side * 0.03;
            let gap = line(&[(x, sole.1 + 0.008), (x, sole.1 + 0.036)]);
            sheet.stroke(gap, 0.008, &veil(workshop.dim(0x6a4034, 0.3), 0.5));
        }
    });
}

/// One bone of a limb; it has no rim of light, which would show where two of them meet.
fn bone(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (layer, parent): (i32, usize),
    (from, to, (thick, thin)): ((f32, f32), (f32, f32), (f32, f32)),
    (ink, motion): (&Ink, Motion),
) -> usize {
    let rim = thick * 1.2;
    let mut sheet = workshop.sheet((from.0 - rim, from.1 - rim), (to.0 + rim, to.1 + rim));
    sheet.fill(taper(from, to, (thick, thin)), ink);
    puppet.part(sheet, layer, (Some(parent), from), motion)
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
        // Both arms are a rounded frame that goes from side to side: the hand on the side of the weight opens up and out, the
        // other one follows it low before the belly.
        Action::TaiChi => {
            let own = move |second: f32| side * Stance::of(action).beat(second - 0.3);
            (
                Box::new(move |moment: &Moment| {
                    let own = own(moment.second);
                    Pose::turned(-side * (0.72 + 0.16 * own - 0.06 * own * own))
                }),
                Box::new(move |moment: &Moment| {
                    let own = own(moment.second);
                    Pose::turned(-side * (-1.05 + 1.5 * own + 1.0 * own * own))
                }),
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
    let upper = bone(workshop, puppet, (20, hips), (shoulder, elbow, (0.082, 0.068)), (&ink, upper));
    let fore = bone(workshop, puppet, (21, upper), (elbow, wrist, (0.068, 0.06)), (&ink, lower));
    let bounds = ((wrist.0 - 0.1, wrist.1 - 0.1), (wrist.0 + 0.1, wrist.1 + 0.12));
    workshop.add(puppet, piece(22, fore, wrist, bounds), motion::rest(), |sheet| {
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
