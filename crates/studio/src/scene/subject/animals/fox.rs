//! A fox on the move, from the side, heading right: a level back, a low head and a brush that streams behind.

use std::f32::consts::TAU;

use super::super::coat::Coat;
use super::super::gait::Limb;
use super::super::hindleg::Hindleg;
use super::super::motion;
use super::super::workshop::{Workshop, piece, taper};
use crate::scene::puppet::{Motion, Pose, Puppet};
use crate::scene::sheet::{Sheet, fading, flat, line, oval, round, smooth, veil};
use crate::scene::stage::Moment;

const HIP: (f32, f32) = (-0.235, -0.395);
const SHOULDER: (f32, f32) = (0.225, -0.375);
const WRIST: f32 = 0.035;
/// Where the back and the belly are.
const TRUNK: (f32, f32) = (-0.54, -0.25);
/// Between the ears, and how long the head is from there.
const POLL: (f32, f32) = (0.46, -0.57);
const HEAD: f32 = 0.25;
const TILT: f32 = 0.16;

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
            Pose::turned(0.018 * step.vigour * (step.cycle * 2.0 * TAU).sin())
        }),
    );
    // It trots: a hind leg steps with the foreleg of the other side.
    let steps = if gait.runs() { [0.0, 0.52, 0.5, 0.02] } else { [0.5, 0.75, 0.0, 0.25] };
    for (index, phase) in steps.into_iter().enumerate() {
        leg(workshop, &mut puppet, coat, (hips, index, phase));
    }
    brush(workshop, &mut puppet, coat, trunk);
    body(workshop, &mut puppet, coat, trunk);
    let neck = neck(workshop, &mut puppet, coat, trunk);
    head(workshop, &mut puppet, coat, neck);
    puppet
}

/// One of four legs: far hind, far fore, near hind, near fore.
fn leg(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (hips, index, phase): (usize, usize, f32)) {
    let (hind, near) = (index.is_multiple_of(2), index > 1);
    let (layer, shade, aside) = if near { (14, 0.0, -0.012) } else { (3, 0.45, 0.04) };
    let fur = Workshop::under(coat.fur, shade);
    let sock = Workshop::under(coat.accent, shade);
    let trunk = near.then_some(TRUNK);
    let around = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.13, a.1 - 0.13), (b.0 + 0.13, b.1 + 0.08));
    // Black from half way down.
    let stocking = |sheet: &mut Sheet, from: (f32, f32), to: (f32, f32), wide: (f32, f32)| {
        let ink = fading(
            from,
            (from.0, from.1 + (to.1 - from.1) * 0.5),
            (workshop.dim(fur, 0.3), 1.0),
            (workshop.dim(sock, 0.2), 1.0),
        );
        sheet.fill(taper(from, to, wide), &ink);
    };
    let (last, ankle, toes): (usize, (f32, f32), Motion) = if hind {
        let limb = Hindleg::new(((HIP.0 + aside, HIP.1), WRIST), phase, workshop.gait);
        let (hip, [knee, hock, ankle]) = (limb.hip, limb.joints());
        let sheet = workshop.thigh(around(hip, knee), (hip, knee), (fur, 0.105, 0.055), trunk);
        let thigh = puppet.part(sheet, layer, (Some(hips), hip), limb.turn(0));
        let shank = piece(layer, thigh, knee, around(knee, hock));
        let shank = workshop.add(puppet, shank, limb.turn(1), |sheet| {
            let ink = workshop.coat(fur, knee.1 - 0.12, hock.1 + 0.05);
            sheet.fill(taper(knee, hock, (0.054, 0.022)), &ink);
            sheet.fill(oval((hock.0 - 0.01, hock.1 - 0.004), (0.022, 0.026), 0.3), &ink);
        });
        let cannon = piece(layer - 1, shank, hock, around(hock, ankle));
        let cannon = workshop.add(puppet, cannon, limb.turn(2), |sheet| {
            stocking(sheet, hock, ankle, (0.024, 0.019));
        });
        (cannon, ankle, limb.turn(3))
    } else {
        let height = -SHOULDER.1 - WRIST;
        let hip = (SHOULDER.0 + aside, SHOULDER.1);
        let (upper, lower) = (height * 0.58, height * 0.45);
        let limb = Limb { hip, upper, lower, ankle: WRIST, knee: 1.0, phase, gait: workshop.gait };
        let (knee, ankle) = (limb.knee_at(), limb.ankle_at());
        let sheet = workshop.thigh(around(hip, knee), (hip, knee), (fur, 0.078, 0.026), trunk);
        let arm = puppet.part(sheet, layer, (Some(hips), hip), limb.thigh());
        let cannon = piece(layer - 1, arm, knee, around(knee, ankle));
        let cannon =
            workshop.add(puppet, cannon, limb.shin(), |sheet| stocking(sheet, knee, ankle, (0.027, 0.02)));
        (cannon, ankle, limb.toes())
    };
    let bounds = ((ankle.0 - 0.06, ankle.1 - 0.05), (ankle.0 + 0.1, ankle.1 + 0.06));
    workshop.add(puppet, piece(layer - 1, last, ankle, bounds), toes, |sheet| {
        let (x, y) = ankle;
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

fn body(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, trunk: usize) {
    let bounds = ((-0.46, -0.62), (0.5, -0.16));
    workshop.add_round(puppet, piece(9, trunk, (0.0, HIP.1), bounds), (motion::rest(), 0.06), |sheet| {
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
        });
    });
}

/// The brush: two joints that stream behind it, the tip later than the root.
fn brush(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, trunk: usize) {
    let gait = workshop.gait;
    let wave = |reach: f32, lag: f32, bent: f32| -> Motion {
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            let beat = ((step.cycle * 2.0 - lag) * TAU).sin();
            Pose::turned(bent + reach * (step.vigour * beat + 0.5 * (moment.second * 1.6 - lag * 4.0).sin()))
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
        let beat = ((step.cycle * 2.0 - 0.15) * TAU).sin();
        Pose::turned(0.03 * step.vigour * beat + 0.02 * (moment.second * 0.9).sin())
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

/// Figure units of a place on the head: `u` from the poll to the nose, `v` downwards.
fn at(u: f32, v: f32) -> (f32, f32) {
    let (sin, cos) = TILT.sin_cos();
    (POLL.0 + HEAD * (u * cos - v * sin), POLL.1 + HEAD * (u * sin + v * cos))
}

fn head(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, neck: usize) {
    let look = puppet.joint(Some(neck), at(0.1, 0.1), motion::swing(1.1, 0.03, 0.0));
    ear(workshop, puppet, coat, (look, false));
    let bounds = ((POLL.0 - 0.12, POLL.1 - 0.14), (POLL.0 + 0.33, POLL.1 + 0.22));
    workshop.add_round(puppet, piece(13, look, POLL, bounds), (motion::rest(), 0.035), |sheet| {
        let outline = [
            (-0.2, 0.02),
            (-0.04, -0.17),
            (0.16, -0.23),
            (0.34, -0.17),
            (0.48, -0.04),
            (0.72, 0.03),
            (0.96, 0.08),
            (1.04, 0.14),
            (0.99, 0.2),
            (0.8, 0.25),
            (0.56, 0.3),
            (0.36, 0.38),
            (0.22, 0.52),
            (0.12, 0.44),
            (0.0, 0.5),
            (-0.05, 0.38),
            (-0.18, 0.32),
        ];
        let skin = workshop.coat(coat.fur, at(0.0, -0.3).1, at(0.0, 0.6).1);
        sheet.fill(smooth(&outline.map(|(u, v)| at(u, v))), &skin);
        sheet.inside(|sheet| face(workshop, sheet, coat));
    });
    ear(workshop, puppet, coat, (look, true));
    eye(workshop, puppet, coat, look);
}

/// White cheeks, a dark stripe before the eye, the mouth and the nose.
fn face(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat) {
    let pale = veil(workshop.lit(coat.belly), 0.96);
    let cheek = [
        (1.08, 0.17),
        (0.8, 0.14),
        (0.58, 0.17),
        (0.42, 0.2),
        (0.28, 0.14),
        (0.16, 0.22),
        (0.06, 0.36),
        (-0.02, 0.56),
        (0.3, 0.6),
        (1.0, 0.34),
    ];
    sheet.fill(smooth(&cheek.map(|(u, v)| at(u, v))), &pale);
    let dark = workshop.dim(coat.accent, 0.3);
    let stripe = [at(0.46, 0.03), at(0.62, 0.1), at(0.84, 0.14)];
    sheet.stroke(line(&stripe), HEAD * 0.05, &veil(dark, 0.4));
    let mouth = [at(1.0, 0.19), at(0.82, 0.215), at(0.62, 0.235), at(0.52, 0.215)];
    sheet.stroke(line(&mouth), HEAD * 0.022, &veil(workshop.dim(0x2a1a18, 0.3), 0.85));
    let bridge = [at(0.3, -0.12), at(0.5, 0.0), at(0.8, 0.06)];
    sheet.stroke(line(&bridge), HEAD * 0.05, &veil(workshop.bright(coat.fur, 0.8), 0.4));
    sheet.fill(oval(at(1.0, 0.115), (HEAD * 0.062, HEAD * 0.052), 0.3), &flat(workshop.dim(coat.nose, 0.2)));
    workshop.hairs(sheet, coat.fur, (at(0.08, 0.0), (HEAD * 0.24, HEAD * 0.16)), ((-0.9, 0.35), HEAD * 0.13));
}

fn ear(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (look, near): (usize, bool)) {
    let (u, layer, shade) = if near { (0.0, 15, 0.0) } else { (0.14, 12, 0.4) };
    let place = |du: f32, v: f32| at(u + du, v);
    let pivot = place(0.06, -0.14);
    let bounds = ((pivot.0 - 0.14, pivot.1 - 0.2), (pivot.0 + 0.14, pivot.1 + 0.08));
    let flick = motion::swing(1.7, 0.05, if near { 0.0 } else { 0.9 });
    workshop.add(puppet, piece(layer, look, pivot, bounds), flick, |sheet| {
        let shell = [(-0.08, -0.06), (-0.1, -0.32), (-0.04, -0.62), (0.1, -0.44), (0.2, -0.2), (0.14, -0.1)];
        let fur = Workshop::under(coat.fur, shade);
        let ink = workshop.coat(fur, place(0.0, -0.6).1, place(0.0, 0.0).1);
        sheet.fill(smooth(&shell.map(|(u, v)| place(u, v))), &ink);
        sheet.inside(|sheet| {
            let black = workshop.dim(coat.accent, 0.2);
            let (tip, low) = (place(-0.03, -0.5), place(-0.01, -0.3));
            let ink = fading(tip, low, (black, 0.95), (black, 0.0));
            sheet.fill(oval(place(-0.03, -0.52), (HEAD * 0.2, HEAD * 0.24), 0.0), &ink);
            if near {
                let inner = [(0.02, -0.12), (-0.01, -0.34), (0.0, -0.5), (0.09, -0.36), (0.13, -0.2)];
                let pink = veil(workshop.dim(coat.inner_ear, 0.35), 0.6);
                sheet.fill(smooth(&inner.map(|(u, v)| place(u, v))), &pink);
            }
        });
    });
}

fn eye(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, look: usize) {
    let (x, y) = at(0.375, 0.0);
    let size = HEAD * 0.06;
    let mut sheet = workshop.sheet((x - size * 2.6, y - size * 2.2), (x + size * 2.6, y + size * 2.2));
    let rim = flat(workshop.dim(0x1c1210, 0.2));
    let almond = [
        (x - size * 1.7, y - size * 0.5),
        (x - size * 0.2, y - size * 1.0),
        (x + size * 1.2, y + size * 0.1),
        (x + size * 1.9, y + size * 0.8),
        (x + size * 0.2, y + size * 0.8),
    ];
    sheet.fill(smooth(&almond), &rim);
    sheet.fill(oval((x, y), (size * 0.85, size * 0.72), 0.3), &flat(workshop.bright(coat.iris, 0.5)));
    sheet.fill(oval((x + size * 0.1, y), (size * 0.42, size * 0.6), 0.1), &rim);
    let glint = flat(workshop.lit(0xffffff));
    sheet.fill(oval((x + size * 0.3, y - size * 0.35), (size * 0.26, size * 0.24), 0.0), &glint);
    let blink = Box::new(|moment: &Moment| Pose::stretched(1.0, motion::blink(moment.second)));
    puppet.part(sheet, 14, (Some(look), (x, y)), blink);
}
