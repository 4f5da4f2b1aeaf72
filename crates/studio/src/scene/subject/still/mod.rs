//! Things that stand on a table: what they stand on, and the steam and the light over them.

mod served;
mod shelf;
mod wares;

use super::motion;
use super::workshop::{Workshop, piece};
use crate::plan::{Kind, Subject};
use crate::scene::colour::{Light, Rgb};
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, across, corners, fading, flat, line, oval, round, smooth, veil};
use crate::scene::stage::{Layer, Moment, Stage};

/// A thing on the table of the scene, or on a stand of its own where somebody else is the main figure.
pub(super) fn still(workshop: &Workshop<'_>, subject: &Subject, stands: bool) -> Puppet {
    let mut puppet = Puppet::default();
    let lift = if stands { -0.95 } else { 0.0 };
    let root = puppet.joint(None, (0.0, 0.0), Box::new(move |_| Pose::shifted(0.0, lift)));
    if stands {
        stand(workshop, &mut puppet, root);
    }
    match subject.kind {
        Kind::Cup => served::cup(workshop, &mut puppet, (root, subject)),
        Kind::Bowl => served::bowl(workshop, &mut puppet, (root, subject)),
        Kind::Cake => served::cake(workshop, &mut puppet, (root, subject)),
        Kind::Candle => served::candle(workshop, &mut puppet, (root, subject)),
        Kind::Bottle => wares::bottle(workshop, &mut puppet, (root, subject)),
        Kind::Watch => wares::watch(workshop, &mut puppet, (root, subject)),
        Kind::Book => shelf::book(workshop, &mut puppet, (root, subject)),
        _ => shelf::vase(workshop, &mut puppet, (root, subject)),
    }
    puppet
}

/// A small round table, its top at (0, 0).
fn stand(workshop: &Workshop<'_>, puppet: &mut Puppet, root: usize) {
    workshop.add(
        puppet,
        piece(0, root, (0.0, 0.0), ((-0.66, -0.12), (0.66, 1.0))),
        motion::rest(),
        |sheet| {
            let wood = workshop.coat(0x8a5a38, 0.0, 1.0);
            sheet.stroke(line(&[(0.0, 0.05), (0.0, 0.9)]), 0.07, &wood);
            for side in [-1.0_f32, 0.2, 1.0] {
                sheet.stroke(line(&[(0.0, 0.8), (side * 0.2, 0.86), (side * 0.34, 0.96)]), 0.05, &wood);
            }
            sheet.fill(oval((0.0, 0.035), (0.64, 0.115), 0.0), &flat(workshop.dim(0x6a4228, 0.5)));
            sheet.fill(oval((0.0, 0.0), (0.64, 0.11), 0.0), &workshop.barrel(0xa87048, (-0.64, 0.64)));
        },
    );
}

/// The wooden table before the camera: its far edge at `top`, the planks running into the distance.
pub(super) fn table(stage: &Stage, light: &Light, (top, seed): (f32, f32)) -> Layer {
    let mut sheet = stage.sheet(1.0, top - 0.01, None);
    let (left, right, bottom) = (sheet.left, sheet.right, sheet.bottom + 0.02);
    let wood = 0x9a6840;
    let board = |sheet: &mut Sheet, from: f32, to: f32| {
        sheet.fill(
            corners(&[(left, from), (right, from), (right, to), (left, to)]),
            &across((0.0, top), (0.0, 1.05), light.bright(wood, 0.35), light.shaded(wood, 0.65)),
        );
    };
    board(&mut sheet, top, bottom);
    let groove = light.shaded(0x4a2c1a, 0.8);
    for plank in 0..9_u8 {
        let x = (f32::from(plank) - 4.0) * 0.24 + 0.09 * seed;
        let foot = x * 1.9;
        sheet.stroke(line(&[(x, top), (foot, 1.12)]), 0.0035, &veil(groove, 0.55));
        // Grain, and the sheen of the window's light.
        for vein in 1..6_u8 {
            let share = (f32::from(vein) + 0.4 * (f32::from(plank * 7 + vein * 3) + seed).sin()) / 6.0;
            let (near, far) = ((x + 0.24 * share) * 1.9, x + 0.24 * share);
            let bend = 0.012 * (f32::from(plank * 5 + vein) * 2.1).sin();
            let middle = ((near + far) * 0.5 + bend, (top + 1.1) * 0.5);
            sheet.stroke(line(&[(far, top), middle, (near, 1.12)]), 0.0016, &veil(groove, 0.22));
        }
    }
    let sheen = light.sun.mix(Rgb::hex(0xffffff), 0.4);
    let aside = light.side * 0.4;
    sheet.inside(|sheet| {
        let ink = fading((aside, top), (aside - light.side * 0.12, top + 0.2), (sheen, 0.36), (sheen, 0.0));
        sheet.fill(corners(&[(left, top), (right, top), (right, top + 0.25), (left, top + 0.25)]), &ink);
        let dusk = light.shaded(0x2a1a14, 1.0).scale(0.3);
        let shade = fading((0.0, top + 0.1), (0.0, 1.08), (dusk, 0.0), (dusk, 0.55));
        sheet.fill(corners(&[(left, top), (right, top), (right, bottom), (left, bottom)]), &shade);
    });
    sheet.stroke(line(&[(left, top + 0.002), (right, top + 0.002)]), 0.004, &veil(sheen, 0.5));
    Layer::new(sheet, 1.0)
}

/// Wisps of steam that rise from a place and vanish; they never all move alike.
fn steam(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, at, wide): (usize, (f32, f32), f32)) {
    let white = workshop.lit(0xffffff).mix(workshop.light.sun, 0.15);
    for index in 0..5_u8 {
        let share = f32::from(index) / 5.0;
        let x = at.0 + wide * 0.5 * (f32::from(index * 2 % 5) / 4.0 - 0.5);
        let lean = if index % 2 == 0 { 1.0 } else { -1.0 };
        let rise = Box::new(move |moment: &Moment| {
            let age = (moment.on_twos() * 0.2 + share).fract();
            let curl = (moment.on_twos() * 0.8 + share * 17.0).sin();
            Pose {
                turn: 0.16 * curl,
                stretch: (0.9 + 1.5 * age + 0.12 * curl, 0.75 + 0.9 * age),
                shift: (lean * 0.06 * age + 0.03 * curl, -0.42 * age),
                opacity: (age * 5.0).min(1.0) * (1.0 - age).powf(1.3),
            }
        });
        let mut sheet = workshop.sheet((x - 0.2, at.1 - 0.72), (x + 0.2, at.1 + 0.12));
        for (bold, alpha) in [(0.2_f32, 0.42), (0.12, 0.5), (0.06, 0.55)] {
            let wisp = [
                (x, at.1),
                (x + 0.07 * lean, at.1 - 0.16),
                (x - 0.05 * lean, at.1 - 0.32),
                (x + 0.045 * lean, at.1 - 0.46),
                (x, at.1 - 0.56),
            ];
            let ink = fading((0.0, at.1), (0.0, at.1 - 0.6), (white, alpha), (white, alpha * 0.25));
            sheet.stroke(line(&wisp), bold, &ink);
        }
        sheet.blur(0.035);
        puppet.part(sheet, 30, (Some(root), (x, at.1)), rise);
    }
}

/// The shadow right under a thing: darkest where it touches the table.
fn contact(workshop: &Workshop<'_>, sheet: &mut Sheet, half: f32) {
    let shade = workshop.dim(0x3a2a20, 1.0).scale(0.15);
    let away = -workshop.light.side * half * 0.25;
    for step in 0..7_u8 {
        let wide = half * (1.3 - 0.12 * f32::from(step));
        sheet.fill(oval((away, 0.0), (wide, wide * 0.16), 0.0), &veil(shade, 0.11));
    }
}

/// A flame about its wick, with the light round it.
fn flame(workshop: &Workshop<'_>, puppet: &mut Puppet, (root, (x, y), size): (usize, (f32, f32), f32)) {
    let phase = x * 37.0;
    let flicker =
        move |second: f32| (second * 7.3 + phase).sin() * 0.6 + (second * 11.9 + phase * 2.0).sin() * 0.4;
    let glow = Box::new(move |moment: &Moment| {
        let beat = 1.0 + 0.05 * flicker(moment.second);
        Pose { stretch: (beat, beat), opacity: 0.9 + 0.1 * flicker(moment.second), ..Pose::REST }
    });
    let mut halo = workshop.sheet((x - size * 3.4, y - size * 4.2), (x + size * 3.4, y + size * 2.6));
    let warm = Rgb::hex(0xffb04a);
    let middle = (x, y - size * 0.8);
    for (reach, alpha) in [(3.3_f32, 0.30), (1.7, 0.3)] {
        let ink = round(middle, size * reach, (warm, alpha), (warm, 0.0));
        halo.fill(oval(middle, (size * reach, size * reach), 0.0), &ink);
    }
    puppet.part(halo, 28, (Some(root), middle), glow);
    let dance = Box::new(move |moment: &Moment| {
        let beat = flicker(moment.second);
        Pose {
            turn: 0.07 * (moment.second * 2.3 + phase).sin() + 0.03 * beat,
            ..Pose::stretched(1.0 - 0.06 * beat, 1.0 + 0.1 * beat)
        }
    });
    let mut sheet = workshop.sheet((x - size, y - size * 2.2), (x + size, y + size * 0.3));
    let shape = |grow: f32| {
        smooth(&[
            (x, y - size * 2.0 * grow),
            (x + size * 0.34 * grow, y - size * 0.9 * grow),
            (x + size * 0.40 * grow, y - size * 0.3 * grow),
            (x, y + size * 0.12 * grow),
            (x - size * 0.40 * grow, y - size * 0.3 * grow),
            (x - size * 0.30 * grow, y - size * 0.9 * grow),
        ])
    };
    sheet.fill(shape(1.0), &across((x, y - size * 2.0), (x, y), Rgb::hex(0xff9a2a), Rgb::hex(0xffd668)));
    sheet.fill(shape(0.62), &flat(Rgb::hex(0xfff3b8)));
    sheet.fill(oval((x, y - size * 0.06), (size * 0.16, size * 0.16), 0.0), &veil(Rgb::hex(0x5f8fd8), 0.7));
    sheet.blur(size * 0.06);
    puppet.part(sheet, 29, (Some(root), (x, y)), dance);
}
