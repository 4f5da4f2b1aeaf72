//! People who sit on something that carries them: a horse, a bicycle, a rowing boat.

use std::f32::consts::PI;

use super::{Build, GROWN, Look, YOUNG, arm_that, clothes, look, portrait, shoe};
use crate::plan::{Kind, Subject};
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::stage::Moment;
use crate::scene::subject::workshop::{Workshop, piece, taper};

/// What a seated person does.
#[derive(Clone, Copy)]
pub(in crate::scene::subject) enum Posture {
    /// Pulls oars, so many strokes a second, whose grips (the near one and the far one) are there.
    Rows(f32, fn(f32, bool) -> (f32, f32)),
    /// Holds a rod.
    Fishes,
    /// Astride, with reins in the hands.
    Astride,
    /// Feet on pedals: the crank from the hips, in units of the person, its length, and its turns a second.
    Pedals { crank: (f32, f32), long: f32, a_second: f32 },
    /// Feet on rests, hands on a bar.
    Crouches,
}

/// Where the hips are, on which joint, how large the person is there, and the first layer.
#[derive(Clone, Copy)]
pub(in crate::scene::subject) struct Seat {
    pub(in crate::scene::subject) parent: usize,
    pub(in crate::scene::subject) at: (f32, f32),
    pub(in crate::scene::subject) scale: f32,
    /// Faces the stern.
    pub(in crate::scene::subject) backwards: bool,
    pub(in crate::scene::subject) layer: i32,
}

pub(in crate::scene::subject) fn aboard(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    rider: Option<&Subject>,
    seat: Seat,
    posture: Posture,
) {
    let nobody = Subject {
        kind: Kind::Man,
        action: crate::plan::Action::Ride,
        colour: None,
        size: crate::plan::Size::Usual,
        count: 1,
    };
    let rider = rider.unwrap_or(&nobody);
    let boat = matches!(posture, Posture::Rows(..) | Posture::Fishes);
    let look = Look {
        hat: boat && rider.kind == Kind::OldMan,
        helmet: matches!(posture, Posture::Crouches) || rider.kind == Kind::Astronaut,
        ..look(rider)
    };
    let build = if rider.kind == Kind::Child { YOUNG } else { GROWN };
    let (across, tall) = (if seat.backwards { -seat.scale } else { seat.scale }, seat.scale);
    let hip = (0.0, -build.hip);
    let place = Pose { stretch: (across, tall), shift: (seat.at.0 - hip.0, seat.at.1 - hip.1), ..Pose::REST };
    let before = puppet.raise(seat.layer);
    let hips = puppet.joint(Some(seat.parent), hip, Box::new(move |_| place));
    let lean = match posture {
        Posture::Rows(..) | Posture::Fishes => 0.0,
        Posture::Astride => 0.05,
        Posture::Pedals { .. } => 0.42,
        Posture::Crouches => 0.5,
    };
    let trunk = puppet.joint(
        Some(hips),
        (0.0, -build.hip - 0.03),
        Box::new(move |moment: &Moment| {
            let sway = match posture {
                Posture::Rows(a_second, _) => rowing_lean(moment.second, a_second),
                Posture::Astride => lean + 0.03 * (moment.second * 3.9).sin(),
                _ => lean + 0.012 * (moment.second * 1.3).sin(),
            };
            Pose { turn: sway, stretch: (1.0, 1.0 + 0.006 * (moment.second * 1.7).sin()), ..Pose::REST }
        }),
    );
    for near in [false, true] {
        if near || matches!(posture, Posture::Pedals { .. }) {
            bent_leg(workshop, puppet, (&look, &build), (hips, near, posture));
        }
        arm_that(workshop, puppet, (&look, &build), (trunk, near), reaching((posture, seat, build), near));
    }
    clothes::torso(workshop, puppet, (&look, &build), trunk);
    // Heads look ahead even where backs are bent.
    let neck =
        puppet.joint(Some(trunk), (0.0, -build.shoulder), Box::new(move |_| Pose::turned(-lean * 0.75)));
    portrait::portrait(workshop, puppet, (&look, &build), neck);
    puppet.raise(before);
}

/// How far a rower leans towards the stern: most when the blades go in.
fn rowing_lean(second: f32, a_second: f32) -> f32 {
    0.08 - 0.26 * (second * a_second * 2.0 * PI).sin()
}

/// The turns of an arm whose hand is at a place, seen from the hips' joint, while the trunk leans.
fn grasp(build: &Build, (x, y): (f32, f32), (lean, near): (f32, bool)) -> (f32, f32) {
    let pivot = -build.hip - 0.03;
    let (sin, cos) = (-lean).sin_cos();
    let place = (x * cos - (y - pivot) * sin, x * sin + (y - pivot) * cos + pivot);
    let side = if near { -1.0 } else { 1.0 };
    let shoulder = (side * build.half * 0.86, -build.shoulder + 0.03);
    let (dx, dy) = (place.0 - shoulder.0, place.1 - shoulder.1);
    let (a, b) = (build.arm, build.arm * 0.92 + 0.035);
    let far = dx.hypot(dy).clamp((a - b).abs() + 0.01, a + b - 0.001);
    let corner = |a: f32, b: f32, c: f32| ((a * a + b * b - c * c) / (2.0 * a * b)).clamp(-1.0, 1.0).acos();
    // Elbows point down and back.
    ((-dx).atan2(dy) + corner(a, far, b), corner(a, b, far) - PI)
}

fn reaching((posture, seat, build): (Posture, Seat, Build), near: bool) -> (Motion, Motion) {
    let side = if near { 0.0 } else { 0.12 };
    match posture {
        Posture::Rows(a_second, grip) => {
            let turns = move |second: f32| {
                let (x, y) = grip(second, near);
                let across = if seat.backwards { -seat.scale } else { seat.scale };
                let place = ((x - seat.at.0) / across, (y - seat.at.1) / seat.scale - build.hip);
                grasp(&build, place, (rowing_lean(second, a_second), near))
            };
            (
                Box::new(move |moment: &Moment| Pose::turned(turns(moment.second).0)),
                Box::new(move |moment: &Moment| Pose::turned(turns(moment.second).1)),
            )
        }
        Posture::Fishes => (
            Box::new(move |moment: &Moment| Pose::turned(-0.7 - side + 0.03 * (moment.second * 1.1).sin())),
            Box::new(move |moment: &Moment| Pose::turned(-0.7 + 0.04 * (moment.second * 1.4).sin())),
        ),
        Posture::Astride => (
            Box::new(move |moment: &Moment| Pose::turned(-0.42 - side + 0.04 * (moment.second * 3.9).sin())),
            Box::new(move |_| Pose::turned(-0.95)),
        ),
        Posture::Pedals { .. } | Posture::Crouches => {
            (Box::new(move |_| Pose::turned(-1.28 - side * 0.5)), Box::new(move |_| Pose::turned(-0.22)))
        }
    }
}

/// A leg that is bent as its seat wants it, or as a pedal does.
fn bent_leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (look, build): (&Look, &Build),
    (hips, near, posture): (usize, bool, Posture),
) {
    let hip = (0.0, -build.hip);
    let knee = (0.0, hip.1 + build.thigh);
    let ankle = (0.0, knee.1 + build.shin);
    let (upper, lower) = (build.thigh, build.shin + build.ankle * 0.6);
    let bends = move |second: f32| -> (f32, f32) {
        let (crank, long, turn) = match posture {
            Posture::Pedals { crank, long, a_second } => {
                (crank, long, second * a_second * 2.0 * PI + if near { 0.0 } else { PI })
            }
            Posture::Astride => ((0.10, 0.30), 0.0, 0.0),
            Posture::Crouches => ((0.12, 0.30), 0.0, 0.0),
            _ => ((0.34, 0.12), 0.0, 0.0),
        };
        let (x, y) = (crank.0 + long * turn.cos(), crank.1 + long * turn.sin());
        let far = x.hypot(y).clamp(0.08, upper + lower - 0.002);
        let corner =
            |a: f32, b: f32, c: f32| ((a * a + b * b - c * c) / (2.0 * a * b)).clamp(-1.0, 1.0).acos();
        ((-x).atan2(y) - corner(upper, far, lower), PI - corner(upper, lower, far))
    };
    let shade = if near { 0.0 } else { 0.5 };
    let layer = if near { 9 } else { -12 };
    let legs = if look.skirt { look.coat } else { look.legs };
    let cloth = workshop.barrel(Workshop::under(legs, shade), (-0.06, 0.06));
    let thigh = workshop.add(
        puppet,
        piece(layer, hips, hip, ((-0.13, hip.1 - 0.1), (0.13, knee.1 + 0.08))),
        Box::new(move |moment: &Moment| Pose::turned(bends(moment.second).0)),
        |sheet| sheet.fill(taper(hip, knee, (0.072, 0.052)), &cloth),
    );
    let shin = workshop.add(
        puppet,
        piece(layer, thigh, knee, ((-0.13, knee.1 - 0.1), (0.13, ankle.1 + 0.08))),
        Box::new(move |moment: &Moment| Pose::turned(bends(moment.second).1)),
        |sheet| sheet.fill(taper(knee, (ankle.0, ankle.1 - 0.012), (0.05, 0.036)), &cloth),
    );
    let flat_foot = Box::new(move |moment: &Moment| {
        let (upper, lower) = bends(moment.second);
        Pose::turned(-(upper + lower) * 0.9)
    });
    workshop.add(
        puppet,
        piece(layer - 1, shin, ankle, ((-0.1, ankle.1 - 0.06), (0.18, ankle.1 + 0.08))),
        flat_foot,
        |sheet| shoe(workshop, sheet, (look, 0.0, ankle.1), shade),
    );
}
