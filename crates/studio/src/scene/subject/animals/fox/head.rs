//! The head of a fox on the move: a fine snout, white cheeks and black-tipped ears.

use super::super::super::coat::Coat;
use super::super::super::motion;
use super::super::super::workshop::{Workshop, piece};
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, fading, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;

/// Between the ears, and how long the head is from there.
const POLL: (f32, f32) = (0.46, -0.57);
const HEAD: f32 = 0.25;
const TILT: f32 = 0.16;

/// Figure units of a place on the head: `u` from the poll to the nose, `v` downwards.
fn at(u: f32, v: f32) -> (f32, f32) {
    let (sin, cos) = TILT.sin_cos();
    (POLL.0 + HEAD * (u * cos - v * sin), POLL.1 + HEAD * (u * sin + v * cos))
}

pub(super) fn head(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, neck: usize) {
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
