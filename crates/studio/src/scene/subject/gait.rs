//! Gaits: how far a walker has come, and where that puts each of its feet, so that none slides over the ground.

use std::f32::consts::{PI, TAU};

use crate::scene::puppet::{Motion, Pose};
use crate::scene::stage::Moment;

/// How long a walker takes to gather speed, and to stop.
const EASE_S: f32 = 0.7;
/// How long a walker stands at the end of its way before it turns round; a runner has less patience.
const PAUSE_S: f32 = 1.9;
const BREATHER_S: f32 = 0.9;
/// How long the turn takes, at the end of the pause.
const TURN_S: f32 = 0.3;

/// How a figure gets about on foot. Lengths are in figure units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gait {
    /// The ground that one cycle covers.
    pub(super) stride: f32,
    pub(super) cycles_a_second: f32,
    /// The share of a cycle for which a foot stands on the ground.
    pub(super) stance: f32,
    /// How far a foot swings from before its hip to behind it. A runner's legs reach out further than the ground that they
    /// cover: it is in the air half of the time.
    pub(super) reach: f32,
    /// Whether it gallops: it is in the air once in a cycle, and not between any two steps.
    pub(super) gallops: bool,
    /// How high a foot is lifted.
    pub(super) lift: f32,
    /// How much the body rises and falls.
    pub(super) bob: f32,
    /// From one end of the way to the other; 0.0 for a figure that keeps to its spot.
    pub(super) way: f32,
    /// Whether it stays where its way ends instead of turning round.
    pub(super) stays: bool,
    /// Keeps two walkers out of step, in cycles.
    pub(super) phase: f32,
}

/// Where a walker is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    /// From the middle of its way.
    pub(super) x: f32,
    /// Cycles done since the start.
    pub(super) cycle: f32,
    /// 0.0 stands still, 1.0 is at full speed.
    pub(super) vigour: f32,
    /// 1.0 heads right, -1.0 left, less while it turns.
    pub(super) heading: f32,
}

impl Gait {
    pub(super) fn runs(&self) -> bool {
        self.stance < 0.5
    }

    pub(super) fn at(&self, second: f32) -> Step {
        if self.way <= 0.0 {
            return Step { x: 0.0, cycle: self.phase, vigour: 0.0, heading: 1.0 };
        }
        let speed = self.stride * self.cycles_a_second;
        // Speed rises and falls evenly, so easing costs half its time twice.
        let walk_s = self.way / speed + EASE_S;
        // The film begins in mid-stride.
        let clock = second + EASE_S;
        let leg_s = walk_s + if self.runs() { BREATHER_S } else { PAUSE_S };
        let leg = if self.stays { 0.0 } else { (clock / leg_s).floor() };
        let since = clock - leg * leg_s;
        let (far, vigour) = if since < EASE_S {
            (0.5 * since * since / EASE_S, since / EASE_S)
        } else if since < walk_s - EASE_S {
            (since - EASE_S * 0.5, 1.0)
        } else {
            let left = (walk_s - since).max(0.0);
            (walk_s - EASE_S - 0.5 * left * left / EASE_S, left / EASE_S)
        };
        let far = far * speed;
        let onward = if leg.rem_euclid(2.0) < 0.5 { 1.0 } else { -1.0 };
        let turned = if self.stays { 0.0 } else { ((since - (leg_s - TURN_S)) / TURN_S).max(0.0) };
        Step {
            x: onward * (far - self.way * 0.5),
            cycle: self.phase + (leg * self.way + far) / self.stride,
            vigour,
            heading: onward * (turned * PI).cos(),
        }
    }

    /// How far the body is below its rest, most when the legs are spread.
    pub(super) fn sink(&self, second: f32) -> f32 {
        let step = self.at(second);
        // A gallop is lowest while it lands on its forelegs, and leaves the ground to gather all four.
        if self.gallops {
            return step.vigour * self.bob * (0.5 + (TAU * (step.cycle - 0.4)).cos());
        }
        step.vigour * self.bob * (1.0 + (2.0 * TAU * step.cycle).cos())
    }

    /// How the lowest bone of a hind leg stands, 0.0 upright, more with its foot further back: it flips back when the foot
    /// leaves the ground, and swings out before it lands.
    pub(super) fn cannon(&self, second: f32, phase: f32) -> f32 {
        let step = self.at(second);
        let at = (step.cycle + phase).rem_euclid(1.0);
        let turn = if at < self.stance {
            0.8 * at / self.stance - 0.3
        } else {
            let swing = (at - self.stance) / (1.0 - self.stance);
            0.5 - 0.8 * swing * swing * (3.0 - 2.0 * swing) + 0.4 * (swing * TAU).sin()
        };
        turn * step.vigour * if self.runs() { 1.0 } else { 0.5 }
    }

    /// A foot's place before or behind its rest, its lift and how far its toes point down. `phase` is when in the cycle it steps, 0.0 to 1.0.
    pub(super) fn foot(&self, second: f32, phase: f32) -> (f32, f32, f32) {
        let Self { reach, stance, lift, .. } = *self;
        let step = self.at(second);
        let at = (step.cycle + phase).rem_euclid(1.0);
        let (along, lifted, pitch) = if at < stance {
            let late = ((at / stance - 0.8) / 0.2).max(0.0);
            (0.5 - at / stance, 0.0, 0.45 * late)
        } else {
            let swing = (at - stance) / (1.0 - stance);
            // It leaves the ground as fast as the ground passes, swings on a little, and is drawn back before it lands;
            // a runner's legs fly further.
            let fling = if self.runs() { 0.6 } else { 1.0 } * (1.0 - stance) / stance;
            let eased =
                swing * swing * (3.0 - 2.0 * swing) - fling * swing * (1.0 - swing) * (1.0 - 2.0 * swing);
            let pitch =
                if swing < 0.5 { 0.45 + 0.35 * (swing * TAU).sin() } else { 0.45 - 1.3 * (swing - 0.5) };
            (
                eased - 0.5,
                (swing.powf(0.85) * PI).sin() * lift,
                pitch * (1.0 - (2.0 * swing - 1.0).max(0.0).powi(3)),
            )
        };
        (along * reach * step.vigour, lifted * step.vigour, pitch * step.vigour)
    }
}

/// A leg of two bones and a foot, drawn hanging straight down from its hip.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limb {
    pub(super) hip: (f32, f32),
    pub(super) upper: f32,
    pub(super) lower: f32,
    /// The ankle's height over the ground.
    pub(super) ankle: f32,
    /// 1.0 bends forward like our knee, -1.0 backward like a hock.
    pub(super) knee: f32,
    /// When in the cycle it steps, 0.0 to 1.0.
    pub(super) phase: f32,
    pub(super) gait: Gait,
}

impl Limb {
    pub(super) fn knee_at(&self) -> (f32, f32) {
        (self.hip.0, self.hip.1 + self.upper)
    }

    pub(super) fn ankle_at(&self) -> (f32, f32) {
        (self.hip.0, self.hip.1 + self.upper + self.lower)
    }

    /// The turns of the upper bone, of the lower one against it, and of the foot against that.
    pub(super) fn angles(&self, second: f32) -> (f32, f32, f32) {
        let (along, lifted, pitch) = self.gait.foot(second, self.phase);
        // A heel that rises lifts the ankle, too.
        let rise = lifted + pitch.max(0.0) * self.ankle * 0.8;
        let reach = (along, -self.hip.1 - self.gait.sink(second) - self.ankle - rise);
        let (upper, lower) = bend((self.upper, self.lower), reach, self.knee);
        (upper, lower, pitch - upper - lower)
    }

    pub(super) fn thigh(self) -> Motion {
        Box::new(move |moment: &Moment| Pose::turned(self.angles(moment.second).0))
    }

    pub(super) fn shin(self) -> Motion {
        Box::new(move |moment: &Moment| Pose::turned(self.angles(moment.second).1))
    }

    pub(super) fn toes(self) -> Motion {
        Box::new(move |moment: &Moment| Pose::turned(self.angles(moment.second).2))
    }
}

/// The turns of two bones that reach from their root to a place; of the second one against the first.
pub(super) fn bend((a, b): (f32, f32), reach: (f32, f32), knee: f32) -> (f32, f32) {
    let far = reach.0.hypot(reach.1).clamp((a - b).abs() + 1e-3, (a + b) * 0.9995);
    let towards = (-reach.0).atan2(reach.1);
    let spread = ((a * a + far * far - b * b) / (2.0 * a * far)).clamp(-1.0, 1.0).acos();
    let bend = PI - ((a * a + b * b - far * far) / (2.0 * a * b)).clamp(-1.0, 1.0).acos();
    (towards - knee * spread, knee * bend)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALK: Gait = Gait {
        stride: 0.4,
        cycles_a_second: 0.6,
        stance: 0.62,
        reach: 0.4 * 0.62,
        gallops: false,
        lift: 0.06,
        bob: 0.01,
        way: 2.0,
        stays: false,
        phase: 0.0,
    };

    fn limb() -> Limb {
        Limb { hip: (0.1, -0.5), upper: 0.25, lower: 0.24, ankle: 0.04, knee: 1.0, phase: 0.2, gait: WALK }
    }

    /// Where the ankle of a limb is over the ground.
    fn ankle(limb: &Limb, second: f32) -> (f32, f32) {
        let (upper, lower, _) = limb.angles(second);
        let step = limb.gait.at(second);
        let down = upper + lower;
        (
            step.x + limb.hip.0 - limb.upper * upper.sin() - limb.lower * down.sin(),
            limb.hip.1 + limb.gait.sink(second) + limb.upper * upper.cos() + limb.lower * down.cos(),
        )
    }

    #[test]
    fn a_foot_that_stands_does_not_slide() {
        let limb = limb();
        let mut stood = 0;
        for frame in 24..120_u8 {
            let second = f32::from(frame) / 24.0;
            let (now, next) = (limb.gait.at(second), limb.gait.at(second + 1.0 / 24.0));
            let at = |step: Step| (step.cycle + limb.phase).rem_euclid(1.0);
            if now.vigour < 1.0 || next.vigour < 1.0 || at(now) > at(next) || at(next) > WALK.stance * 0.75 {
                continue;
            }
            let (before, after) = (ankle(&limb, second), ankle(&limb, second + 1.0 / 24.0));
            assert!((before.0 - after.0).abs() < 0.002, "{second}: {before:?} {after:?}");
            stood += 1;
        }
        assert!(stood > 20, "{stood}");
    }

    #[test]
    fn a_walker_keeps_to_its_way_and_never_jumps() {
        let mut last = WALK.at(0.0);
        for frame in 1..600_u16 {
            let step = WALK.at(f32::from(frame) / 24.0);
            assert!(step.x.abs() <= 1.001, "{step:?}");
            assert!((step.x - last.x).abs() < 0.02 && step.cycle >= last.cycle - 1e-3, "{last:?} {step:?}");
            last = step;
        }
    }
}
