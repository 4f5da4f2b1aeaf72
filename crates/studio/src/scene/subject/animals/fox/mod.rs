//! A fox on the move, from the side, heading right: a back that bends, a low head and a brush that streams behind.

mod head;

use std::f32::consts::TAU;

use super::super::coat::Coat;
use super::super::gait::{Gait, Limb};
use super::super::hindleg::Hindleg;
use super::super::motion;
use super::super::workshop::{Piece, Workshop, bone, piece};
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, across, corners, fading, oval, round, smooth, veil};
use crate::scene::stage::Moment;

const HIP: (f32, f32) = (-0.235, -0.41);
const SHOULDER: (f32, f32) = (0.235, -0.39);
const WRIST: f32 = 0.035;
/// Where the back and the belly are.
const TRUNK: (f32, f32) = (-0.54, -0.25);

pub(in crate::scene::subject) fn fox(workshop: &Workshop<'_>, coat: &Coat) -> Puppet {
    let gait = workshop.gait;
    let mut puppet = Puppet::default();
    let hips = puppet.joint(
        None,
        (0.0, HIP.1),
        Box::new(move |moment: &Moment| Pose::shifted(0.0, gait.sink(moment.second))),
    );
    let trunk = puppet.joint(
        Some(hips),
        (0.0, HIP.1),
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            // Hind legs throw the forehand up, and forelegs the rump.
            let turn = if gait.runs() {
                -0.075 * ((step.cycle - 0.12) * TAU).cos()
            } else {
                0.018 * (step.cycle * 2.0 * TAU).sin()
            };
            Pose::turned(step.vigour * turn)
        }),
    );
    // It bounds: both hind legs, air, both forelegs, air.
    let steps = if gait.runs() { [0.17, 0.69, 0.08, 0.61] } else { [0.5, 0.75, 0.0, 0.25] };
    for (index, phase) in steps.into_iter().enumerate() {
        let forward = if index.is_multiple_of(2) { 0.045 } else { -0.025 };
        let root: Motion =
            Box::new(move |moment: &Moment| Pose::shifted(forward * bend(gait, moment.second), 0.0));
        let root = puppet.joint(Some(hips), (0.0, 0.0), root);
        leg(workshop, &mut puppet, coat, (root, index, phase));
    }
    // The back bends in its middle.
    let half = |puppet: &mut Puppet, turn: f32| {
        let motion: Motion = Box::new(move |moment: &Moment| Pose::turned(turn * bend(gait, moment.second)));
        puppet.joint(Some(trunk), (0.0, -0.52), motion)
    };
    let (rump, forehand) = (half(&mut puppet, -0.2), half(&mut puppet, 0.12));
    brush(workshop, &mut puppet, coat, rump);
    body(workshop, &mut puppet, coat, (rump, -1.0));
    body(workshop, &mut puppet, coat, (forehand, 1.0));
    let neck = neck(workshop, &mut puppet, coat, forehand);
    head::head(workshop, &mut puppet, coat, neck);
    puppet
}

/// How far a runner's back is bent: most while it gathers its legs under it, and the other way while it stretches.
fn bend(gait: Gait, second: f32) -> f32 {
    let step = gait.at(second);
    if gait.runs() { step.vigour * (0.3 + 0.7 * ((step.cycle - 0.75) * TAU).cos()) } else { 0.0 }
}

/// One of four legs: far hind, far fore, near hind, near fore.
fn leg(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (hips, index, phase): (usize, usize, f32)) {
    let (hind, near) = (index.is_multiple_of(2), index > 1);
    let (layer, shade, aside) = if near { (14, 0.0, -0.012) } else { (3, 0.45, 0.04) };
    let fur = Workshop::under(coat.fur, shade);
    let sock = Workshop::under(coat.accent, shade);
    let skin = |y: f32| {
        let down = ((y - TRUNK.0) / (TRUNK.1 - TRUNK.0)).clamp(0.0, 1.0);
        workshop.bright(fur, 0.28).mix(workshop.dim(fur, 0.45), down)
    };
    let around = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.13, a.1 - 0.13), (b.0 + 0.13, b.1 + 0.08));
    // A thigh or a forearm has no upper end where it lies on the trunk.
    let upper = |hip: (f32, f32), knee: (f32, f32), (top, thin): (f32, f32)| {
        let bounds = around(hip, knee);
        let mut sheet = workshop.sheet(bounds.0, bounds.1);
        let low = (hip.1 + 0.11).min(knee.1);
        let from = if near { 0.0 } else { 1.0 };
        let ink = fading((0.0, hip.1 - 0.02), (0.0, low), (skin(hip.1), from), (skin(low), 1.0));
        sheet.fill(bone(hip, knee, (top, thin)), &ink);
        workshop.round_bone(&mut sheet, fur, (knee.0, (top + thin) * 0.5));
        sheet
    };
    // Black from half way down.
    let stocking = |sheet: &mut Sheet, from: (f32, f32), to: (f32, f32), wide: (f32, f32)| {
        let ink = fading(
            from,
            (from.0, from.1 + (to.1 - from.1) * 0.5),
            (workshop.dim(fur, 0.3), 1.0),
            (workshop.dim(sock, 0.2), 1.0),
        );
        sheet.fill(bone(from, to, wide), &ink);
        workshop.round_bone(sheet, fur, (from.0, wide.0));
    };
    let (last, ankle, toes): (usize, (f32, f32), Motion) = if hind {
        let limb = Hindleg::new(((HIP.0 + aside, HIP.1), WRIST), phase, workshop.gait);
        let (hip, [knee, hock, ankle]) = (limb.hip, limb.joints());
        let thigh = puppet.part(upper(hip, knee, (0.105, 0.05)), layer, (Some(hips), hip), limb.turn(0));
        let bounds = around(knee, hock);
        let mut sheet = workshop.sheet(bounds.0, bounds.1);
        let ink = across((0.0, knee.1), (0.0, hock.1), skin(knee.1), workshop.dim(fur, 0.3));
        sheet.fill(bone(knee, hock, (0.049, 0.023)), &ink);
        sheet.fill(oval((hock.0 - 0.01, hock.1 - 0.004), (0.022, 0.028), 0.3), &ink);
        workshop.round_bone(&mut sheet, fur, (hock.0, 0.04));
        let shank = puppet.part(sheet, layer, (Some(thigh), knee), limb.turn(1));
        let mut sheet = workshop.sheet(around(hock, ankle).0, around(hock, ankle).1);
        stocking(&mut sheet, hock, ankle, (0.023, 0.019));
        let cannon = puppet.part(sheet, layer - 1, (Some(shank), hock), limb.turn(2));
        (cannon, ankle, limb.turn(3))
    } else {
        let height = -SHOULDER.1 - WRIST;
        let hip = (SHOULDER.0 + aside, SHOULDER.1);
        let limb = Limb {
            hip,
            upper: height * 0.58,
            lower: height * 0.45,
            ankle: WRIST,
            knee: 1.0,
            phase,
            gait: workshop.gait,
        };
        let (knee, ankle) = (limb.knee_at(), limb.ankle_at());
        let arm = puppet.part(upper(hip, knee, (0.078, 0.027)), layer, (Some(hips), hip), limb.thigh());
        let mut sheet = workshop.sheet(around(knee, ankle).0, around(knee, ankle).1);
        stocking(&mut sheet, knee, ankle, (0.027, 0.02));
        let cannon = puppet.part(sheet, layer - 1, (Some(arm), knee), limb.shin());
        (cannon, ankle, limb.toes())
    };
    let bounds = ((ankle.0 - 0.06, ankle.1 - 0.05), (ankle.0 + 0.1, ankle.1 + 0.06));
    paw(workshop, puppet, sock, (piece(layer - 1, last, ankle, bounds), toes));
}

fn paw(workshop: &Workshop<'_>, puppet: &mut Puppet, sock: u32, (at, motion): (Piece, Motion)) {
    let (x, y) = at.pivot;
    workshop.add(puppet, at, motion, |sheet| {
        let paw = [
            (x - 0.022, y - 0.006),
            (x + 0.012, y - 0.02),
            (x + 0.05, y + 0.006),
            (x + 0.062, y + 0.03),
            (x + 0.01, y + 0.036),
            (x - 0.022, y + 0.028),
        ];
        sheet.fill(smooth(&paw), &workshop.coat(sock, y - 0.05, y + 0.05));
    });
}

/// One half of the trunk, which ends softly in the other: -1.0 is the rump, 1.0 the forehand.
fn body(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (parent, side): (usize, f32)) {
    let bounds = if side < 0.0 { ((-0.46, -0.62), (0.2, -0.16)) } else { ((-0.2, -0.62), (0.5, -0.16)) };
    workshop.add_round(puppet, piece(9, parent, (0.0, HIP.1), bounds), (motion::rest(), 0.06), |sheet| {
        let outline = [
            (-0.375, -0.435),
            (-0.33, -0.5),
            (-0.22, -0.53),
            (-0.02, -0.525),
            (0.16, -0.54),
            (0.3, -0.53),
            (0.4, -0.46),
            (0.395, -0.36),
            (0.32, -0.265),
            (0.18, -0.235),
            (0.02, -0.255),
            (-0.13, -0.3),
            (-0.26, -0.29),
            (-0.35, -0.33),
        ];
        sheet.fill(smooth(&outline), &workshop.coat(coat.fur, -0.56, -0.2));
        sheet.inside(|sheet| {
            let belly = workshop.lit(coat.belly);
            for (at, wide, tall) in [((0.06, -0.21), 0.3, 0.07), ((0.4, -0.31), 0.1, 0.15)] {
                sheet.fill(oval(at, (wide, tall), 0.0), &round(at, wide, (belly, 0.95), (belly, 0.1)));
            }
            let (light, dark) = (workshop.bright(coat.fur, 0.6), workshop.dim(coat.fur, 1.0));
            for at in [(0.22, -0.43), (-0.24, -0.43)] {
                sheet.fill(oval(at, (0.1, 0.09), 0.0), &round(at, 0.1, (light, 0.28), (light, 0.0)));
            }
            // Darker along the spine, where the guard hairs are.
            sheet.fill(
                oval((0.0, -0.55), (0.4, 0.07), 0.0),
                &fading((0.0, -0.57), (0.0, -0.47), (dark, 0.4), (dark, 0.0)),
            );
            workshop.hairs(sheet, coat.fur, ((0.0, -0.42), (0.37, 0.1)), ((-0.95, 0.3), 0.04));
            let other = [(-side * 0.01, -0.7), (-side * 0.6, -0.7), (-side * 0.6, 0.0), (-side * 0.01, 0.0)];
            // Sooner at the back than at the belly: bent up, neither half has a corner above the other.
            let (from, to) = ((-side * 0.01, -0.52), (-side * 0.1, -0.535));
            let none = workshop.lit(coat.fur);
            sheet.erase(corners(&other), &fading(from, to, (none, 0.0), (none, 1.0)));
        });
    });
}

/// The brush: two joints that stream behind it, the tip later than the root.
fn brush(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, trunk: usize) {
    let gait = workshop.gait;
    let wave = |reach: f32, lag: f32, bent: f32| -> Motion {
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let calm = 0.5 * (moment.second * 1.6 - lag * 4.0).sin();
            if gait.runs() {
                // It streams, and follows the rump's rise and fall.
                let beat = ((step.cycle - 0.3 - lag) * TAU).sin();
                return Pose::turned(
                    bent * (1.0 - 0.6 * step.vigour) + reach * (1.8 * step.vigour * beat + calm),
                );
            }
            let beat = ((step.cycle * 2.0 - lag) * TAU).sin();
            Pose::turned(bent + reach * (step.vigour * beat + calm))
        })
    };
    let (x, y) = (-0.36, -0.445);
    let fur = workshop.coat(coat.fur, y - 0.09, y + 0.12);
    let root = piece(7, trunk, (x, y), ((x - 0.28, y - 0.12), (x + 0.08, y + 0.14)));
    // No rim of light: it would show where the two meet.
    let mut sheet = workshop.sheet(root.bounds.0, root.bounds.1);
    let root = {
        let stem = [
            (x + 0.05, y - 0.035),
            (x - 0.06, y - 0.056),
            (x - 0.19, y - 0.074),
            (x - 0.24, y + 0.01),
            (x - 0.19, y + 0.08),
            (x - 0.06, y + 0.056),
            (x + 0.05, y + 0.03),
        ];
        sheet.fill(smooth(&stem), &fur);
        puppet.part(sheet, root.layer, (Some(trunk), (x, y)), wave(0.05, 0.0, -0.3))
    };
    let (x, y) = (x - 0.17, y + 0.01);
    let end = piece(8, root, (x, y), ((x - 0.5, y - 0.16), (x + 0.1, y + 0.16)));
    // It grows out of the root, and has no rim either.
    let mut plumed = workshop.sheet(end.bounds.0, end.bounds.1);
    {
        let sheet = &mut plumed;
        let plume = [
            (x + 0.12, y - 0.008),
            (x + 0.06, y - 0.045),
            (x - 0.08, y - 0.085),
            (x - 0.17, y - 0.085),
            (x - 0.25, y - 0.03),
            (x - 0.29, y + 0.02),
            (x - 0.21, y + 0.08),
            (x - 0.1, y + 0.1),
            (x + 0.06, y + 0.04),
        ];
        sheet.fill(smooth(&plume), &fur);
        sheet.inside(|sheet| {
            let tip = workshop.lit(coat.belly);
            let from = (x - 0.12, y);
            sheet.fill(
                oval((x - 0.29, y + 0.02), (0.17, 0.14), 0.0),
                &fading(from, (x - 0.19, y + 0.01), (tip, 0.0), (tip, 1.0)),
            );
            let dark = workshop.dim(coat.accent, 0.4);
            sheet.fill(
                oval((x - 0.1, y + 0.09), (0.24, 0.05), 0.0),
                &fading((x, y + 0.09), (x, y + 0.04), (dark, 0.3), (dark, 0.0)),
            );
            workshop.hairs(sheet, coat.fur, ((x - 0.08, y), (0.18, 0.075)), ((-1.0, 0.12), 0.06));
        });
    }
    puppet.part(plumed, end.layer, (Some(root), (x, y)), wave(0.075, 0.22, 0.12));
}

/// A neck that hangs its ruff before the shoulders, and nods with each step.
fn neck(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, trunk: usize) -> usize {
    let gait = workshop.gait;
    let nod = Box::new(move |moment: &Moment| {
        let step = gait.at(moment.second);
        let calm = 0.02 * (moment.second * 0.9).sin();
        if gait.runs() {
            // Stretched out, and against the trunk: the head looks ahead.
            let against = 0.06 * ((step.cycle - 0.12) * TAU).cos() - 0.1 * bend(gait, moment.second);
            return Pose::turned(step.vigour * (0.09 + against) + calm);
        }
        let beat = ((step.cycle * 2.0 - 0.15) * TAU).sin();
        Pose::turned(0.03 * step.vigour * beat + calm)
    });
    let part = piece(10, trunk, (0.27, -0.43), ((0.1, -0.76), (0.62, -0.2)));
    workshop.add_round(puppet, part, (nod, 0.05), |sheet| {
        let outline = [
            (0.14, -0.525),
            (0.28, -0.56),
            (0.4, -0.63),
            (0.5, -0.64),
            (0.56, -0.54),
            (0.52, -0.45),
            (0.47, -0.37),
            (0.39, -0.29),
            (0.28, -0.3),
            (0.18, -0.4),
        ];
        sheet.fill(smooth(&outline), &workshop.coat(coat.fur, -0.65, -0.28));
        sheet.inside(|sheet| {
            let pale = workshop.lit(coat.belly);
            let bib = [(0.6, -0.5), (0.49, -0.47), (0.41, -0.41), (0.36, -0.28), (0.5, -0.22), (0.66, -0.36)];
            sheet.fill(smooth(&bib), &veil(pale, 0.92));
            workshop.hairs(sheet, coat.fur, ((0.33, -0.48), (0.13, 0.1)), ((-0.8, 0.55), 0.045));
            workshop.hairs(sheet, coat.belly, ((0.45, -0.36), (0.08, 0.09)), ((-0.45, 0.85), 0.05));
        });
    })
}
