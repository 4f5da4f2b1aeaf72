//! People: their build, clothes and limbs, heading right, with feet at (0, 0).

mod aboard;
mod astronaut;
mod clothes;
mod flying;
mod hair;
mod portrait;
mod suited;
mod umbrella;

use super::Cast;
use super::gait::{Gait, Limb};
use super::workshop::{Workshop, piece, taper};
use crate::plan::{Action, Kind, Subject};
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;
pub(super) use aboard::{Posture, Seat, aboard};
pub(super) use suited::suited;

/// How a person is dressed.
#[derive(Clone, Copy)]
struct Look {
    coat: u32,
    legs: u32,
    shoes: u32,
    hair: u32,
    skin: u32,
    shirt: u32,
    long_hair: bool,
    skirt: bool,
    beard: bool,
    /// A wide hat of straw.
    hat: bool,
    helmet: bool,
    /// How far the head is turned down; less than 0.0 looks up.
    gaze: f32,
    /// Whether the wind is in the hair.
    windy: bool,
}

impl Look {
    /// The look of a second person of a kind: another coat, other hair, and a girl beside a boy.
    fn other(self, subject: &Subject) -> Self {
        let coat = match subject.kind {
            Kind::Child => 0xd8688a,
            Kind::Woman => 0x3f7f8a,
            _ => 0x8a5a3c,
        };
        let coat = if subject.colour.is_some() { self.coat } else { coat };
        let hair = if subject.kind == Kind::OldMan { self.hair } else { 0x8a5a30 };
        let girl = subject.kind == Kind::Child;
        Self {
            coat,
            hair,
            legs: if girl { 0x4a4458 } else { self.legs },
            long_hair: girl || self.long_hair,
            ..self
        }
    }
}

/// Heights are over the ground, in figure units; a grown-up is about five heads tall, a child less than four.
#[derive(Clone, Copy)]
struct Build {
    hip: f32,
    thigh: f32,
    shin: f32,
    ankle: f32,
    shoulder: f32,
    /// Half the shoulders' width.
    half: f32,
    arm: f32,
    /// The head's centre and its half width.
    head: (f32, f32),
    /// How thick limbs are.
    limb: f32,
}

const GROWN: Build = Build {
    hip: 0.49,
    thigh: 0.232,
    shin: 0.228,
    ankle: 0.035,
    shoulder: 0.775,
    half: 0.098,
    arm: 0.165,
    head: (0.922, 0.074),
    limb: 1.0,
};

const YOUNG: Build = Build {
    hip: 0.385,
    thigh: 0.178,
    shin: 0.178,
    ankle: 0.034,
    shoulder: 0.645,
    half: 0.098,
    arm: 0.13,
    head: (0.845, 0.118),
    limb: 1.02,
};

/// Tones of skin and hair; the clothes' colour picks one, so that the same person looks the same in every film.
const TONES: [(u32, u32); 4] =
    [(0xf0c4a0, 0x3b2a22), (0xd9a07a, 0x241c1a), (0xf3cdb0, 0x7a4a2c), (0x9a6a4a, 0x1e1918)];

fn look(subject: &Subject) -> Look {
    let tone = |paint: u32| TONES[(paint >> 8 ^ paint >> 3) as usize % TONES.len()];
    let given = subject.colour.map(|colour| colour.0);
    let (coat, legs, shoes, shirt) = match subject.kind {
        Kind::Child => (0xe2a93c, 0x3f5f8c, 0xb8493e, 0xf6efe2),
        Kind::Astronaut => (0xf1f1f2, 0xe6e6ea, 0xaab0bb, 0xf6efe2),
        Kind::OldMan => (0x4a6076, 0x4c4a46, 0x3a2c24, 0xe9e4da),
        Kind::Woman => (0xc2414f, 0x000000, 0x6a2a30, 0xf6efe2),
        _ => (0x3f5f80, 0x394050, 0x4a3228, 0xe9e4da),
    };
    let (skin, hair) = if given.is_none() { TONES[0] } else { tone(given.unwrap_or(coat)) };
    let old = subject.kind == Kind::OldMan;
    let hair = if old { 0xe6e4de } else { hair };
    let woman = subject.kind == Kind::Woman;
    let legs = if woman { skin } else { legs };
    Look {
        coat: given.unwrap_or(coat),
        legs,
        shoes,
        hair,
        skin,
        shirt,
        long_hair: woman,
        skirt: woman,
        beard: old,
        hat: false,
        helmet: false,
        gaze: 0.0,
        windy: false,
    }
}

/// A person; every other one of several differs from the first, and the first may hold a kite.
pub(super) fn person(workshop: &Workshop<'_>, cast: &Cast<'_>) -> Puppet {
    let subject = cast.subject;
    let differs = !cast.copy.is_multiple_of(2);
    let look = if differs { look(subject).other(subject) } else { look(subject) };
    let windy = cast.kite.is_some() || cast.watches;
    let look = Look { windy, gaze: if windy { flying::GAZE } else { 0.0 }, ..look };
    let build = if subject.kind == Kind::Child { YOUNG } else { GROWN };
    let gait = workshop.gait;
    let slow = subject.action == Action::TaiChi;
    let mut puppet = Puppet::default();
    let hips = puppet.joint(
        None,
        (0.0, -build.hip),
        Box::new(move |moment| {
            let sway = if slow { 0.035 * (moment.second * 0.575).sin() } else { 0.0 };
            Pose::shifted(sway, gait.sink(moment.second))
        }),
    );
    for (near, phase) in [(false, 0.5), (true, 0.0)] {
        leg(workshop, &mut puppet, (&look, &build), (hips, near, phase));
    }
    let lean = if subject.action == Action::Run { 0.16 } else { 0.03 };
    let back = if cast.kite.is_some() { flying::LEAN } else { 0.0 };
    let trunk = puppet.joint(
        Some(hips),
        (0.0, -build.hip - 0.03),
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let breath = (moment.second * 1.7).sin();
            let turn = back + lean * step.vigour + 0.012 * (moment.second * 0.9).sin() * (1.0 - step.vigour);
            Pose { turn, stretch: (1.0 + 0.006 * breath, 1.0 + 0.008 * breath), ..Pose::REST }
        }),
    );
    let sheltered = cast.rain && subject.kind != Kind::Child && subject.action == Action::Walk;
    for near in [false, true] {
        let motion = match (cast.kite, cast.watches) {
            (Some(_), _) => flying::holding(near),
            (None, true) if !near => flying::pointing(),
            _ if sheltered && !near => umbrella::holding(),
            _ => reach_of(subject.action, near, workshop.gait),
        };
        arm_that(workshop, &mut puppet, (&look, &build), (trunk, near), motion);
    }
    if let Some(kite) = cast.kite {
        flying::kite(workshop, &mut puppet, &build, (trunk, kite));
    }
    if sheltered {
        umbrella::umbrella(workshop, &mut puppet, &build, trunk);
    }
    clothes::torso(workshop, &mut puppet, (&look, &build), trunk);
    if look.skirt {
        clothes::skirt(workshop, &mut puppet, &look, hips);
    }
    portrait::portrait(workshop, &mut puppet, (&look, &build), trunk);
    puppet
}

/// A leg of thigh, shin and shoe.
fn leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (look, build): (&Look, &Build),
    (hips, near, phase): (usize, bool, f32),
) {
    let x = if near { -0.022 } else { 0.03 };
    let limb = Limb {
        hip: (x, -build.hip),
        upper: build.thigh,
        lower: build.shin,
        ankle: build.ankle,
        knee: 1.0,
        phase,
        gait: workshop.gait,
    };
    let (hip, knee, ankle) = (limb.hip, limb.knee_at(), limb.ankle_at());
    let thick = build.limb * if look.skirt { 0.82 } else { 1.0 };
    let shade = if near { 0.0 } else { 0.5 };
    let layer = if near { 5 } else { 2 };
    let cloth = workshop.barrel(Workshop::under(look.legs, shade), (x - 0.05, x + 0.05));
    let box_of =
        |from: (f32, f32), to: (f32, f32)| ((from.0 - 0.13, from.1 - 0.1), (to.0 + 0.13, to.1 + 0.08));
    let thigh = workshop.add(puppet, piece(layer, hips, hip, box_of(hip, knee)), limb.thigh(), |sheet| {
        sheet.fill(taper(hip, knee, (0.064 * thick, 0.046 * thick)), &cloth);
    });
    let shin = workshop.add(puppet, piece(layer, thigh, knee, box_of(knee, ankle)), limb.shin(), |sheet| {
        let cuff = if look.skirt { 0.026 } else { 0.04 };
        sheet.fill(taper(knee, (ankle.0, ankle.1 - 0.012), (0.045 * thick, cuff)), &cloth);
        if look.skirt {
            let calf = (knee.0 - 0.012, knee.1 + build.shin * 0.32);
            sheet.fill(oval(calf, (0.034, 0.07), 0.06), &cloth);
        } else {
            let crease = veil(workshop.dim(look.legs, 0.9), 0.35);
            for drop in [0.02_f32, 0.05, 0.19] {
                let y = knee.1 + drop;
                sheet.stroke(
                    line(&[(x - 0.03, y), (x + 0.005, y + 0.012), (x + 0.03, y + 0.004)]),
                    0.006,
                    &crease,
                );
            }
        }
    });
    workshop.add(
        puppet,
        piece(layer - 1, shin, ankle, ((x - 0.1, ankle.1 - 0.06), (x + 0.18, 0.03))),
        limb.toes(),
        |sheet| shoe(workshop, sheet, (look, x, ankle.1), shade),
    );
}

fn shoe(workshop: &Workshop<'_>, sheet: &mut Sheet, (look, x, ankle): (&Look, f32, f32), shade: f32) {
    let leather = Workshop::under(look.shoes, shade);
    sheet.fill(
        smooth(&[
            (x - 0.034, ankle - 0.022),
            (x + 0.028, ankle - 0.022),
            (x + 0.052, ankle + 0.002),
            (x + 0.098, ankle + 0.012),
            (x + 0.112, ankle + 0.03),
            (x + 0.04, ankle + 0.035),
            (x - 0.036, ankle + 0.034),
            (x - 0.044, ankle + 0.008),
        ]),
        &workshop.coat(leather, ankle - 0.04, ankle + 0.05),
    );
    sheet.stroke(
        line(&[(x - 0.04, ankle + 0.031), (x + 0.04, ankle + 0.033), (x + 0.108, ankle + 0.03)]),
        0.009,
        &flat(workshop.dim(Workshop::under(0xd8cdbb, shade), 0.3)),
    );
    let shine = veil(workshop.lit(0xffffff), 0.3);
    sheet.stroke(line(&[(x + 0.05, ankle + 0.008), (x + 0.086, ankle + 0.017)]), 0.008, &shine);
}

/// How an upper arm and a forearm turn.
fn reach_of(action: Action, near: bool, gait: Gait) -> (Motion, Motion) {
    use std::f32::consts::TAU;
    // Arms swing against the leg of their own side.
    let lag = if near { 0.5 } else { 0.0 };
    let side = if near { 1.0 } else { -1.0 };
    match action {
        Action::Dance | Action::Play | Action::Jump => (
            Box::new(move |moment| Pose::turned(side * (2.1 + 0.45 * (moment.second * 5.65).sin()))),
            Box::new(move |moment| Pose::turned(side * (0.5 + 0.4 * (moment.second * 5.65 - 0.8).sin()))),
        ),
        // The arms part and meet again, one of them half a breath later.
        Action::TaiChi => (
            Box::new(move |moment| Pose::turned(-0.95 - 0.65 * (moment.second * 1.15 + lag * TAU).sin())),
            Box::new(move |moment| {
                Pose::turned(-0.5 - 0.45 * (moment.second * 1.15 + lag * TAU + 1.1).cos())
            }),
        ),
        Action::Wave if near => (
            Box::new(|moment| Pose::turned(-2.35 + 0.08 * (moment.second * 2.1).sin())),
            Box::new(|moment| Pose::turned(-0.55 + 0.42 * (moment.second * 6.3).sin())),
        ),
        _ => {
            let runs = action == Action::Run;
            let (swing, bent) = if runs { (0.75, 1.35) } else { (0.40, 0.42) };
            (
                Box::new(move |moment| {
                    let step = gait.at(moment.second);
                    let idle = 0.03 * (moment.second * 1.1 + side).sin();
                    Pose::turned(0.06 - swing * step.vigour * ((step.cycle + lag) * TAU).cos() + idle)
                }),
                Box::new(move |moment| {
                    let step = gait.at(moment.second);
                    // The forearm follows a little later than the arm that carries it.
                    let follow = ((step.cycle + lag - 0.07) * TAU).cos();
                    Pose::turned(-0.12 - step.vigour * (bent + 0.3 * follow))
                }),
            )
        }
    }
}

/// An arm whose upper part and forearm move so.
fn arm_that(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (look, build): (&Look, &Build),
    (trunk, near): (usize, bool),
    (upper, lower): (Motion, Motion),
) {
    let side = if near { -1.0 } else { 1.0 };
    let shoulder = (side * build.half * 0.86, -build.shoulder + 0.03);
    let elbow = (shoulder.0, shoulder.1 + build.arm);
    let wrist = (shoulder.0, elbow.1 + build.arm * 0.92);
    let shade = if near { 0.0 } else { 0.45 };
    let thick = build.limb * if look.skirt { 0.8 } else { 1.0 };
    let layer = if near { 14 } else { 1 };
    let x = shoulder.0;
    let cloth = workshop.barrel(Workshop::under(look.coat, shade), (x - 0.045, x + 0.045));
    let skin = workshop.barrel(Workshop::under(look.skin, shade), (x - 0.035, x + 0.035));
    let box_of =
        |from: (f32, f32), to: (f32, f32)| ((from.0 - 0.09, from.1 - 0.08), (to.0 + 0.09, to.1 + 0.09));
    let bare = look.skirt;
    let upper =
        workshop.add(puppet, piece(layer, trunk, shoulder, box_of(shoulder, elbow)), upper, |sheet| {
            let ink = if bare { &skin } else { &cloth };
            sheet.fill(taper(shoulder, elbow, (0.044 * thick, 0.034 * thick)), ink);
            if bare {
                sheet.fill(taper(shoulder, (x, shoulder.1 + 0.04), (0.046 * thick, 0.04 * thick)), &cloth);
            }
        });
    workshop.add(
        puppet,
        piece(layer - 1, upper, elbow, box_of(elbow, (x, wrist.1 + 0.06))),
        lower,
        |sheet| {
            hand(workshop, sheet, (look.skin, shade), wrist);
            let ink = if bare { &skin } else { &cloth };
            let cuff = if bare { wrist.1 } else { wrist.1 - 0.012 };
            sheet.fill(taper(elbow, (x, cuff), (0.034 * thick, if bare { 0.02 } else { 0.031 })), ink);
            let crease = veil(workshop.dim(look.coat, 0.9), if bare { 0.0 } else { 0.35 });
            for drop in [0.012_f32, 0.03] {
                sheet.stroke(
                    line(&[(x - 0.025, elbow.1 + drop), (x + 0.02, elbow.1 + drop + 0.01)]),
                    0.006,
                    &crease,
                );
            }
        },
    );
}

fn hand(workshop: &Workshop<'_>, sheet: &mut Sheet, (skin, shade): (u32, f32), (x, y): (f32, f32)) {
    let ink = workshop.coat(Workshop::under(skin, shade), y - 0.02, y + 0.07);
    sheet.fill(
        smooth(&[
            (x - 0.02, y - 0.012),
            (x + 0.018, y - 0.012),
            (x + 0.026, y + 0.024),
            (x + 0.014, y + 0.058),
            (x - 0.008, y + 0.062),
            (x - 0.023, y + 0.03),
        ]),
        &ink,
    );
    sheet.stroke(line(&[(x + 0.018, y + 0.008), (x + 0.032, y + 0.034)]), 0.013, &ink);
    let gap = veil(workshop.dim(skin, 1.0), 0.4);
    for finger in [-0.006_f32, 0.006] {
        sheet.stroke(line(&[(x + finger, y + 0.034), (x + finger * 0.8, y + 0.056)]), 0.003, &gap);
    }
}
