//! Hind legs of animals that stand on their toes: three bones, whose knee points forward and whose hock points back.

use super::gait::{Gait, bend};
use crate::scene::puppet::{Motion, Pose};
use crate::scene::stage::Moment;

/// A leg of thigh, shank and cannon with a hoof or a paw, drawn hanging straight down from its hip.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hindleg {
    pub(super) hip: (f32, f32),
    /// From the hip to the knee, from there to the hock, and from there to the lowest joint.
    pub(super) bones: [f32; 3],
    /// The lowest joint's height over the ground.
    pub(super) ankle: f32,
    /// When in the cycle it steps, 0.0 to 1.0.
    pub(super) phase: f32,
    pub(super) gait: Gait,
}

impl Hindleg {
    /// A leg as long as its hip is high, with as much to spare as it bends.
    pub(super) fn new((hip, ankle): ((f32, f32), f32), phase: f32, gait: Gait) -> Self {
        let height = -hip.1 - ankle;
        Self { hip, bones: [0.38, 0.39, 0.31].map(|share| share * height), ankle, phase, gait }
    }

    /// Its knee, its hock and its lowest joint, as drawn.
    pub(super) fn joints(&self) -> [(f32, f32); 3] {
        let (x, y) = self.hip;
        let [thigh, shank, cannon] = self.bones;
        [(x, y + thigh), (x, y + thigh + shank), (x, y + thigh + shank + cannon)]
    }

    /// The turns of its three bones and of its foot, each against the one before.
    fn angles(&self, second: f32) -> [f32; 4] {
        let (along, lifted, pitch) = self.gait.foot(second, self.phase);
        let rise = lifted * 0.75 + pitch.max(0.0) * self.ankle * 0.8;
        let [thigh, shank, cannon] = self.bones;
        let stands = self.gait.cannon(second, self.phase);
        let foot = (along, -self.hip.1 - self.gait.sink(second) - self.ankle - rise);
        let hock = (foot.0 + cannon * stands.sin(), foot.1 - cannon * stands.cos());
        let (upper, lower) = bend((thigh, shank), hock, 1.0);
        [upper, lower, stands - upper - lower, pitch - stands]
    }

    /// How the part turns that hangs from a joint: 0 is the thigh, 3 the foot.
    pub(super) fn turn(self, joint: usize) -> Motion {
        Box::new(move |moment: &Moment| Pose::turned(self.angles(moment.second)[joint]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_knee_points_forward_and_a_hock_back_throughout_a_gallop() {
        let gait = Gait {
            stride: 0.25,
            cycles_a_second: 1.1,
            stance: 0.32,
            reach: 0.5,
            gallops: true,
            lift: 0.13,
            bob: 0.02,
            way: 9.0,
            stays: false,
            phase: 0.0,
        };
        let leg = Hindleg::new(((0.0, -0.52), 0.045), 0.0, gait);
        for frame in 0..100_u8 {
            let [_, knee, hock, _] = leg.angles(1.0 + f32::from(frame) / 48.0);
            assert!(knee > 0.0 && hock < 0.35, "{frame}: {knee} {hock}");
        }
    }
}
