//! How figures move: paths over the stage, and the small motions of their parts.

use std::f32::consts::TAU;

use super::super::ground::f32_of;
use super::super::puppet::{Motion, Pose};
use super::super::stage::{Moment, Stage};
use super::Spot;
use super::gait::Gait;
use crate::plan::shots::edges;
use crate::plan::{Action, Kind, Subject};

/// Where one figure belongs.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) stage: Stage,
    pub(super) spot: Spot,
    pub(super) index: usize,
    pub(super) copy: u32,
    /// How many figures stand before it in the row.
    pub(super) order: u32,
    pub(super) size: f32,
    /// Keeps two figures of a kind from moving as one.
    pub(super) phase: f32,
    /// How fast the main figure walks, in frame heights a second, for whoever walks with it.
    pub(super) pace: Option<f32>,
    /// Whether it has to do with a kite on a string.
    pub(super) kite: bool,
}

impl Place {
    pub(super) fn ground(&self) -> f32 {
        let back = if self.index > 0 || self.copy > 0 { 0.055 } else { 0.0 };
        self.spot.ground - back - f32::from(u8::from(!self.copy.is_multiple_of(2))) * 0.02
    }

    /// The figure's place across the frame: the main one near the middle, others beside it. A walker's way has a little more
    /// room on the right.
    fn across(&self) -> f32 {
        const ROW: [f32; 9] = [0.0, 0.42, -0.42, 0.72, -0.72, 0.22, -0.22, 0.86, -0.86];
        ROW[self.order as usize % ROW.len()] * self.stage.aspect() * 0.5
    }
}

/// How a figure walks or runs: as its legs are, over as much ground as the frame has for it. Running is slow motion, so that
/// a film of ten seconds ends before the figure must turn round.
pub(super) fn gait(subject: &Subject, place: &Place) -> Gait {
    // Who walks with a kite skips along, slowly, for the kite is far ahead, and does not turn away from it.
    let skips = place.kite && subject.action == Action::Walk;
    let action = if skips { Action::Run } else { subject.action };
    let (stride, cycles_a_second, stance, lift, bob) = match (subject.kind, action) {
        (Kind::Horse | Kind::Deer | Kind::Cow | Kind::Sheep | Kind::Pig, Action::Run) => {
            (0.25, 1.09, 0.30, 0.13, 0.034)
        }
        // It bounds: its feet land two and two, and it is in the air after each pair.
        (Kind::Fox, Action::Run) => (0.25, 1.12, 0.27, 0.12, 0.022),
        (Kind::Child | Kind::Woman | Kind::Man | Kind::OldMan, Action::Run) => {
            (0.25, 1.21, 0.40, 0.12, -0.018)
        }
        (_, Action::Run) => (0.24, 1.26, 0.40, 0.08, -0.024),
        (Kind::Horse | Kind::Deer | Kind::Cow, _) => (0.46, 0.62, 0.64, 0.07, 0.006),
        (Kind::Robot, _) => (0.3, 0.72, 0.6, 0.06, 0.008),
        (Kind::Astronaut, _) => (0.34, 0.62, 0.58, 0.075, 0.01),
        (Kind::Penguin, _) => (0.16, 0.95, 0.6, 0.03, 0.004),
        (Kind::Child, _) => (0.36, 0.88, 0.62, 0.045, 0.006),
        (Kind::Woman, _) => (0.40, 0.74, 0.62, 0.028, 0.005),
        (Kind::Elephant, _) => (0.34, 0.46, 0.68, 0.05, 0.006),
        (Kind::OldMan, _) => (0.30, 0.66, 0.66, 0.03, 0.005),
        (Kind::Man, _) => (0.42, 0.72, 0.62, 0.04, 0.006),
        _ => (0.40, 0.74, 0.62, 0.05, 0.006),
    };
    let half = place.stage.aspect() * 0.5 / place.size;
    let way = match subject.action {
        // Whoever walks with the main figure goes as far as it does; who walks while that one stays keeps beside it.
        Action::Walk | Action::Run if place.order > 0 && place.pace.is_none() => 0.2 * half,
        Action::Walk | Action::Run => walkway(place) / place.size,
        Action::Drive => 2.0 * drive(place) * half,
        _ => 0.0,
    };
    let cycles_a_second = cycles_a_second * if place.kite { 0.78 } else { 1.0 };
    let cycles_a_second = place.pace.map_or(cycles_a_second, |pace| pace / (stride * place.size));
    let runs = action == Action::Run;
    let gallops =
        runs && matches!(subject.kind, Kind::Horse | Kind::Deer | Kind::Cow | Kind::Sheep | Kind::Pig);
    let reach = match (runs, gallops) {
        (_, true) => 0.5,
        (true, _) if subject.kind == Kind::Fox => 0.46,
        (true, _) => 0.38,
        _ => stride * stance,
    };
    Gait {
        stride,
        cycles_a_second,
        stance,
        reach,
        gallops,
        lift,
        bob,
        way,
        stays: place.kite,
        phase: place.phase,
    }
}

/// How wide a figure is, about, in figure units: the next one stands beside it.
fn breadth(subject: &Subject) -> f32 {
    match subject.kind {
        Kind::Car | Kind::Train => 3.0,
        Kind::Whale => 2.0,
        Kind::Koi => 1.35,
        Kind::Balloon => 0.95,
        Kind::Horse | Kind::Deer | Kind::Cow | Kind::Sheep | Kind::Pig => 1.2,
        _ if subject.action == Action::Walk || subject.action == Action::Run => 0.8,
        _ => 0.6,
    }
}

/// How far the main figure walks, in frame heights: for ten seconds in one direction, while the camera goes along.
fn walkway(place: &Place) -> f32 {
    let (left, right) = edges(place.stage.aspect());
    (right - left) * 0.61 * place.stage.aspect() * if place.kite { TETHERED } else { 1.0 }
}

/// How much of the usual way who flies a kite walks: the kite needs the rest.
const TETHERED: f32 = 0.66;

/// How fast a figure walks, in frame heights a second.
pub(super) fn pace(subject: &Subject, place: &Place) -> Option<f32> {
    let gait = gait(subject, place);
    let walks = matches!(subject.action, Action::Walk | Action::Run);
    walks.then_some(gait.stride * gait.cycles_a_second * place.size)
}

/// The part of the film's way that is behind a figure that needs the whole film for it. In a film that goes on, it slows down:
/// the scene has an end.
pub(super) fn onward(at: f32) -> f32 {
    const ROOM: f32 = 0.45;
    if at < 1.0 { at } else { 1.0 + ROOM * (1.0 - (-(at - 1.0) / ROOM).exp()) }
}

/// How far to either side of its place a vehicle drives, of half the frame's width.
fn drive(place: &Place) -> f32 {
    if place.order == 0 { 0.58 } else { 0.2 }
}

/// The path of a figure's feet.
pub(super) fn path(subject: &Subject, place: Place) -> Motion {
    let reach = place.stage.aspect() * 0.5;
    let x = place.across() * (breadth(subject) * place.size / (0.42 * reach)).clamp(1.0, 1.6);
    let ground = place.ground();
    let (size, phase) = (place.size, place.phase);
    let subject_kind = subject.kind;
    let apart = if subject.kind == Kind::Koi { 0.125 } else { 0.075 };
    let stagger = f32_of(place.copy as usize) * apart * if place.copy.is_multiple_of(2) { -1.0 } else { 1.0 };
    let air = place.spot.air + stagger - if subject.kind == Kind::Kite { 0.18 } else { 0.0 };
    // Figures on feet hang below their path, so that their middle follows it.
    let lower = if super::floats(subject.kind) { 0.0 } else { size * 0.45 };
    match subject.action {
        _ if subject.kind == Kind::Butterfly => {
            Box::new(move |moment| flutter(moment, (reach, ground, size), phase))
        }
        Action::Walk | Action::Run => {
            let gait = gait(subject, &place);
            let (left, right) = edges(place.stage.aspect());
            let start = if place.order == 0 || place.pace.is_some() { (left + right) * reach } else { 0.0 };
            let x = x + start - if place.kite { walkway(&place) * (0.5 / TETHERED - 0.5) } else { 0.0 };
            Box::new(move |moment| {
                let step = gait.at(moment.second);
                // A figure that turns is never so narrow that it vanishes.
                let facing = if step.heading < 0.0 { step.heading.min(-0.2) } else { step.heading.max(0.2) };
                Pose { stretch: (facing, 1.0), ..Pose::shifted(x + step.x * size, ground) }
            })
        }
        Action::Drive => {
            let span = drive(&place);
            Box::new(move |moment| {
                let jolt = (moment.second * 11.0 + phase).sin() * (moment.second * 4.3).sin();
                Pose::shifted(
                    x + (onward(moment.at) - 0.5) * 2.0 * span * reach,
                    ground - 0.0015 * jolt.abs(),
                )
            })
        }
        _ if subject.kind.is_boat() => afloat(subject.kind, (x, ground, reach), phase),
        _ if subject.kind == Kind::Rocket => Box::new(move |moment| {
            let at = onward(moment.at);
            let climb = 0.12 - 0.26 * at;
            let wobble = 0.006 * (moment.second * 3.1).sin();
            Pose { turn: 0.22, ..Pose::shifted(x - 0.05 + 0.12 * at + wobble, air + climb) }
        }),
        Action::Fly | Action::Swim | Action::Row => Box::new(move |moment| {
            let speed = if matches!(subject_kind, Kind::Balloon | Kind::Jellyfish) { 0.16 } else { 0.5 };
            let travel = (onward(moment.at) - 0.5) * speed * reach;
            let wave = (moment.second * 1.5 + phase).sin();
            let turn = (moment.second * 1.5 + phase).cos() * 0.05;
            Pose { turn, ..Pose::shifted(x + travel, air + lower + wave * 0.025) }
        }),
        Action::Jump => Box::new(move |moment| hop(moment, (x, ground), size * 0.34, 1.25, phase)),
        Action::Dance => Box::new(move |moment| {
            let beat = (moment.second * 1.8) * TAU / 2.0 + phase;
            let mut pose = hop(moment, (x + 0.03 * beat.sin(), ground), size * 0.06, 3.6 / 2.0, phase);
            pose.turn = 0.08 * beat.sin();
            pose
        }),
        Action::Play => Box::new(move |moment| playful(moment, (x, ground), size)),
        // The rest stay where they are.
        _ => Box::new(move |_| Pose::shifted(x, ground)),
    }
}

/// A tall ship climbs over the waves; a rowing boat hardly rocks.
fn afloat(kind: Kind, (x, ground, reach): (f32, f32, f32), phase: f32) -> Motion {
    let ship = kind == Kind::Ship;
    let (pitch, heave) = if ship { (0.12, 0.05) } else { (0.035, 0.008) };
    // It is on the crest when the waves are there that a storm drives below it.
    let (phase, turned, late) = if ship { (-0.37, 0.5 * TAU, 0.25 * TAU) } else { (phase, 0.0, 1.2) };
    Box::new(move |moment| {
        let t = moment.second;
        let travel = (onward(moment.at) - 0.5) * 0.5 * reach;
        Pose {
            turn: pitch * (t * 1.3 + phase + turned).sin(),
            ..Pose::shifted(x + travel, ground + heave * (t * 1.3 + phase + late).sin())
        }
    })
}

/// A hop with a crouch before it and a squash after it.
fn hop(moment: &Moment, (x, ground): (f32, f32), height: f32, hops_a_second: f32, phase: f32) -> Pose {
    let beat = (moment.second * hops_a_second + phase).fract();
    let (lift, tall) = if beat < 0.22 {
        (0.0, 1.0 - 0.14 * (beat / 0.22 * TAU / 2.0).sin())
    } else if beat < 0.8 {
        let air = (beat - 0.22) / 0.58;
        (4.0 * air * (1.0 - air), 1.0 + 0.07 * (1.0 - (2.0 * air - 1.0).abs()))
    } else {
        (0.0, 1.0 - 0.10 * ((beat - 0.8) / 0.2 * TAU / 2.0).sin())
    };
    Pose { stretch: (2.0 - tall, tall), ..Pose::shifted(x, ground - lift * height) }
}

/// Sways and wriggles on the spot, and every few seconds hops at what it plays with.
fn playful(moment: &Moment, (x, ground): (f32, f32), size: f32) -> Pose {
    let beat = (moment.second / 3.2 + 0.38).fract();
    let sway = (moment.second * 1.9).sin();
    let mut pose = if beat > 0.72 {
        let leap = Moment { second: (beat - 0.72) / 0.28, ..*moment };
        hop(&leap, (x, ground), size * 0.15, 1.0, 0.0)
    } else {
        Pose::shifted(x, ground)
    };
    pose.turn = 0.02 * sway;
    pose.shift.0 += 0.008 * sway;
    pose
}

/// Where a butterfly is: it dances in the air up beside the main figure.
fn flutter(moment: &Moment, (reach, ground, size): (f32, f32, f32), phase: f32) -> Pose {
    let t = moment.second + phase * 0.3;
    let x = (0.30 + 0.035 * (t * 1.1).sin() + 0.02 * (t * 2.7).cos()) * reach.max(0.45) + 0.05;
    let y = ground - 0.46 + 0.035 * (t * 1.7).sin() + 0.018 * (t * 4.3).sin();
    Pose { turn: 0.25 + 0.25 * (t * 1.3).sin(), ..Pose::shifted(x.min(reach - size), y) }
}

/// Open eyes that close for a moment now and then.
pub(super) fn blink(second: f32) -> f32 {
    let beat = (second + 0.9) % 3.1;
    let double = if beat < 0.16 { beat / 0.16 } else { 1.0 };
    1.0 - 0.92 * (double * TAU / 2.0).sin().max(0.0)
}

pub(super) fn swing(speed: f32, reach: f32, phase: f32) -> Motion {
    Box::new(move |moment| Pose::turned(reach * (moment.second * speed + phase).sin()))
}

pub(super) fn rest() -> Motion {
    Box::new(|_| Pose::REST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::camera::Move;

    #[test]
    fn no_two_figures_stand_on_one_spot() {
        let stage = Stage { width: 1280, height: 720, camera: Move::Static };
        let spot = Spot { ground: 0.9, air: 0.5 };
        // Two cats and a dog: the second cat and the dog both come right after the first cat.
        let across = |index, copy, order| {
            Place { stage, spot, index, copy, order, size: 0.5, phase: 0.0, pace: None, kite: false }.across()
        };
        let mut row = vec![across(0, 0, 0), across(0, 1, 1), across(1, 0, 2)];
        row.sort_by(f32::total_cmp);
        assert!(row.windows(2).all(|pair| pair[1] - pair[0] > 0.2), "{row:?}");
    }
}
