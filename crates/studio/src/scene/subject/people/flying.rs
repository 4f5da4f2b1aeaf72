//! How people fly a kite: they lean back against its pull, look up at it, and give and take line.

use super::super::aircraft;
use super::super::workshop::Workshop;
use super::Build;
use crate::plan::Subject;
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::stage::Moment;

/// How far who holds the line leans back, and how far the head turns up to the kite.
pub(super) const LEAN: f32 = -0.11;
pub(super) const GAZE: f32 = -0.24;

/// The turns of the arm that holds the line up: it gives and takes.
fn hold(second: f32) -> (f32, f32) {
    let tug = 0.16 * (second * 1.7).sin() + 0.06 * (second * 3.9).sin();
    (-0.95 + tug, -1.5 - 0.7 * tug)
}

/// The near arm holds the line; the far one has its reel before the chest.
pub(super) fn holding(near: bool) -> (Motion, Motion) {
    if near {
        let turned = |part: fn((f32, f32)) -> f32| -> Motion {
            Box::new(move |moment: &Moment| Pose::turned(part(hold(moment.second))))
        };
        return (turned(|hold| hold.0), turned(|hold| hold.1));
    }
    let wind = |moment: &Moment| (moment.second * 3.4).sin();
    (
        Box::new(move |moment| Pose::turned(-0.62 + 0.08 * wind(moment))),
        Box::new(move |moment| Pose::turned(-1.3 - 0.14 * wind(moment))),
    )
}

/// An arm that points up at the kite.
pub(super) fn pointing() -> (Motion, Motion) {
    (
        Box::new(|moment| Pose::turned(-2.25 + 0.12 * (moment.second * 1.3).sin())),
        Box::new(|moment| Pose::turned(-0.4 + 0.2 * (moment.second * 2.6).sin())),
    )
}

/// Where the hand is that holds the line.
fn hand(build: &Build, second: f32) -> (f32, f32) {
    let (upper, bent) = hold(second);
    let whole = upper + bent;
    let lower = build.arm * 0.92 + 0.03;
    (
        -build.half * 0.86 - build.arm * upper.sin() - lower * whole.sin(),
        -build.shoulder + 0.03 + build.arm * upper.cos() + lower * whole.cos(),
    )
}

/// The kite, on a line that ends in the hand.
pub(super) fn kite(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    build: &Build,
    (trunk, kite): (usize, &Subject),
) {
    let build = *build;
    let at = hand(&build, 0.0);
    let follow = Box::new(move |moment: &Moment| {
        let now = hand(&build, moment.second);
        Pose::shifted(now.0 - at.0, now.1 - at.1)
    });
    let grip = puppet.joint(Some(trunk), at, follow);
    aircraft::kite_on_a_string(workshop, puppet, (grip, kite, at));
}
