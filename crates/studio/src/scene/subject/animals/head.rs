//! Heads of furry animals: ears, markings and a face that looks about and blinks.

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, flat, line, oval, round, smooth, veil};
use super::super::coat::{Coat, Ears, Marks};
use super::super::dragon;
use super::super::mane;
use super::super::motion;
use super::super::workshop::Workshop;

/// Where a head sits: its joint, its centre, its half width, and how far the face is turned to the right.
#[derive(Clone, Copy)]
pub(in crate::scene::subject) struct Neck {
    pub(in crate::scene::subject) parent: usize,
    pub(in crate::scene::subject) centre: (f32, f32),
    pub(in crate::scene::subject) half: f32,
    pub(in crate::scene::subject) turn: f32,
    pub(in crate::scene::subject) asleep: bool,
}

/// Adds a head to a puppet.
pub(in crate::scene::subject) fn head(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, neck: Neck) {
    let (x, y) = neck.centre;
    let half = neck.half;
    let nod = puppet.joint(
        Some(neck.parent),
        (x, y + half * 0.7),
        Box::new(|moment| {
            let t = moment.second;
            Pose {
                turn: 0.055 * (t * 1.1).sin() + 0.02 * (t * 2.3).sin(),
                ..Pose::shifted(0.006 * (t * 0.9).sin(), 0.008 * (t * 1.9).sin())
            }
        }),
    );
    ears(workshop, puppet, coat, (nod, neck));
    let tall = half * 0.84;
    let rim = if coat.marks == Marks::Mane { 1.85 } else { 1.45 };
    let mut sheet = workshop.sheet((x - half * rim, y - half * rim), (x + half * rim, y + half * rim));
    if coat.marks == Marks::Mane {
        mane::mane(workshop, &mut sheet, coat, neck);
    }
    if coat.marks == Marks::Scales {
        dragon::crest(workshop, &mut sheet, coat, neck);
    }
    let cheek = half * coat.cheek;
    let skull = smooth(&[
        (x, y - tall),
        (x + half * 0.62, y - tall * 0.80),
        (x + half * 0.97, y - tall * 0.12),
        (x + cheek, y + tall * 0.44),
        (x + half * 0.52, y + tall * 0.88),
        (x, y + tall * 1.0),
        (x - half * 0.52, y + tall * 0.88),
        (x - cheek, y + tall * 0.44),
        (x - half * 0.97, y - tall * 0.12),
        (x - half * 0.62, y - tall * 0.80),
    ]);
    sheet.fill(skull, &workshop.coat(coat.fur, y - tall * 1.1, y + tall * 1.2));
    sheet.inside(|sheet| marks(workshop, sheet, coat, neck));
    let sheet = workshop.finish(sheet, half * 0.22);
    puppet.part(sheet, 30, (Some(nod), neck.centre), motion::rest());
    face(workshop, puppet, coat, (nod, neck));
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn ears(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (nod, neck): (usize, Neck)) {
    let (x, y) = neck.centre;
    let half = neck.half;
    for side in [-1.0_f32, 1.0] {
        let at = |u: f32, v: f32| (x + side * half * u, y + half * v);
        let (outline, inner, pivot, layer) = match coat.ears {
            Ears::Pointed => (
                vec![
                    at(0.22, -0.62),
                    at(0.44, -1.02),
                    at(0.70, -1.33),
                    at(0.80, -1.28),
                    at(0.92, -0.86),
                    at(0.94, -0.28),
                    at(0.6, -0.3),
                ],
                vec![at(0.46, -0.72), at(0.70, -1.16), at(0.82, -0.74), at(0.80, -0.46), at(0.6, -0.5)],
                at(0.6, -0.5),
                28,
            ),
            Ears::Round => {
                let size = if coat.great() { 0.27 } else { 0.36 };
                let centre = at(0.68, -0.72);
                (ring(centre, half * size), ring(at(0.68, -0.70), half * size * 0.6), at(0.6, -0.5), 28)
            }
            Ears::Floppy => (
                vec![
                    at(0.42, -0.72),
                    at(0.74, -0.86),
                    at(1.06, -0.62),
                    at(1.24, -0.05),
                    at(1.16, 0.42),
                    at(0.96, 0.38),
                    at(0.86, -0.1),
                ],
                vec![],
                at(0.66, -0.7),
                33,
            ),
            Ears::Long => (
                vec![
                    at(0.16, -0.6),
                    at(0.20, -1.3),
                    at(0.36, -1.95),
                    at(0.52, -1.98),
                    at(0.62, -1.4),
                    at(0.56, -0.6),
                    at(0.36, -0.4),
                ],
                vec![at(0.28, -0.8), at(0.32, -1.4), at(0.42, -1.78), at(0.51, -1.4), at(0.46, -0.8)],
                at(0.36, -0.6),
                28,
            ),
            Ears::Horns => (
                vec![
                    at(0.34, -0.60),
                    at(0.46, -1.00),
                    at(0.78, -1.30),
                    at(1.06, -1.40),
                    at(0.90, -1.08),
                    at(0.80, -0.76),
                    at(0.72, -0.46),
                ],
                vec![],
                at(0.6, -0.5),
                28,
            ),
        };
        let mut sheet = workshop.sheet((x - half * 1.5, y - half * 2.1), (x + half * 1.5, y + half * 0.6));
        let dark = coat.marks == Marks::Panda || coat.ears == Ears::Floppy;
        let fur = match coat.ears {
            Ears::Horns => coat.belly,
            _ if dark => coat.accent,
            _ => coat.fur,
        };
        sheet.fill(smooth(&outline), &workshop.coat(fur, y - half * 1.5, y + half * 0.2));
        if !inner.is_empty() && coat.marks != Marks::Panda {
            sheet.fill(smooth(&inner), &flat(workshop.dim(coat.inner_ear, 0.15)));
        }
        if coat.marks == Marks::Mask {
            sheet.inside(|sheet| {
                sheet.fill(
                    oval(at(0.76, -1.34), (half * 0.2, half * 0.24), 0.0),
                    &veil(workshop.dim(coat.accent, 0.2), 0.9),
                );
            });
        }
        let sheet = workshop.finish(sheet, half * 0.10);
        let soft = if coat.ears == Ears::Floppy || coat.ears == Ears::Long { 0.09 } else { 0.03 };
        let twitch = move |t: f32| {
            let beat = (t * 0.43 + side * 0.17 + 0.6).fract();
            if beat < 0.06 { (beat / 0.06 * std::f32::consts::TAU * 2.0).sin() * 0.12 } else { 0.0 }
        };
        puppet.part(
            sheet,
            layer,
            (Some(nod), pivot),
            Box::new(move |moment| {
                Pose::turned(soft * (moment.second * 2.1 + side).sin() + side * twitch(moment.second))
            }),
        );
    }
}

fn ring((x, y): (f32, f32), radius: f32) -> Vec<(f32, f32)> {
    (0..8_u8)
        .map(|index| {
            let (sin, cos) = (f32::from(index) / 8.0 * std::f32::consts::TAU).sin_cos();
            (x + cos * radius, y + sin * radius)
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn marks(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, neck: Neck) {
    let (x, y) = (neck.centre.0 + neck.turn * neck.half * 0.5, neck.centre.1);
    let half = neck.half;
    let accent = workshop.dim(coat.accent, 0.2);
    let pale = workshop.lit(coat.belly);
    match coat.marks {
        Marks::Stripes => {
            for (u, long, wide) in [(0.0, 0.42, 0.10), (-0.24, 0.34, 0.085), (0.24, 0.34, 0.085)] {
                let from = (x + u * half, y - half * 0.92);
                sheet.stroke(
                    line(&[from, (x + u * half * 0.85, y - half * (0.92 - long))]),
                    half * wide,
                    &veil(accent, 0.75),
                );
            }
            for side in [-1.0, 1.0] {
                for (v, long) in [(0.02, 0.30), (0.22, 0.26)] {
                    let from = (x + side * half * 1.02, y + half * (v - 0.03));
                    sheet.stroke(
                        line(&[from, (x + side * half * (1.0 - long), y + half * (v + 0.05))]),
                        half * 0.08,
                        &veil(accent, 0.7),
                    );
                }
            }
        }
        Marks::Panda => {
            for side in [-1.0, 1.0] {
                sheet.fill(
                    oval((x + side * half * 0.42, y + half * 0.03), (half * 0.28, half * 0.33), side * 0.5),
                    &flat(accent),
                );
            }
        }
        Marks::Mask => {
            for side in [-1.0, 1.0] {
                let at = |u: f32, v: f32| (x + side * half * u, y + half * v);
                sheet.fill(
                    smooth(&[
                        at(0.0, 0.30),
                        at(0.34, 0.26),
                        at(0.72, 0.10),
                        at(1.1, 0.2),
                        at(0.9, 0.8),
                        at(0.3, 1.0),
                        at(0.0, 0.9),
                    ]),
                    &flat(pale),
                );
            }
        }
        Marks::Blaze => {
            sheet.fill(
                smooth(&[
                    (x, y - half * 0.9),
                    (x + half * 0.12, y - half * 0.4),
                    (x + half * 0.22, y + half * 0.2),
                    (x - half * 0.22, y + half * 0.2),
                    (x - half * 0.12, y - half * 0.4),
                ]),
                &flat(pale),
            );
        }
        Marks::Patches => {
            sheet
                .fill(oval((x - half * 0.52, y - half * 0.2), (half * 0.44, half * 0.5), 0.4), &flat(accent));
        }
        Marks::Plain | Marks::Mane | Marks::Scales => {}
    }
    if coat.great() {
        mane::ruff(workshop, sheet, coat, (x, y, half));
    }
    workshop.hairs(
        sheet,
        coat.fur,
        ((neck.centre.0, y - half * 0.3), (half * 0.9, half * 0.5)),
        ((0.1, -0.9), half * 0.16),
    );
    // Soft light on the brow and a shadow under the cheeks round the head off.
    let glow = workshop.bright(coat.fur, 0.7);
    let brow = (x + workshop.light.side * half * 0.3, y - half * 0.5);
    sheet.fill(
        oval(brow, (half * 0.62, half * 0.4), 0.0),
        &round(brow, half * 0.6, (glow, 0.42), (glow, 0.0)),
    );
}

fn face(workshop: &Workshop<'_>, puppet: &mut Puppet, coat: &Coat, (nod, neck): (usize, Neck)) {
    let half = neck.half;
    let (x, y) = (neck.centre.0 + neck.turn * half * 0.42, neck.centre.1);
    // The face slides over the head a little: that turns the head without redrawing it.
    let gaze = puppet.joint(
        Some(nod),
        (x, y),
        Box::new(move |moment| {
            let t = moment.second;
            Pose::shifted(half * 0.05 * (t * 0.8 + 0.6).sin(), half * 0.03 * (t * 1.3).sin())
        }),
    );
    let mut sheet = workshop.sheet((x - half * 1.35, y - half * 0.2), (x + half * 1.35, y + half * 0.95));
    if coat.marks == Marks::Scales {
        dragon::snout(workshop, &mut sheet, coat, (x, y, half));
    } else {
        muzzle(workshop, &mut sheet, coat, (x, y, half));
    }
    puppet.part(sheet, 31, (Some(gaze), (x, y)), motion::rest());
    for side in [-1.0_f32, 1.0] {
        let narrow = 1.0 - 0.16 * (neck.turn * -side).max(0.0);
        let centre = (x + side * half * coat.eye_gap * narrow, y + half * 0.06);
        let mut sheet = workshop.sheet(
            (centre.0 - half * 0.3, centre.1 - half * 0.34),
            (centre.0 + half * 0.3, centre.1 + half * 0.34),
        );
        if neck.asleep {
            let lid = [
                (centre.0 - half * 0.17, centre.1),
                (centre.0, centre.1 + half * 0.10),
                (centre.0 + half * 0.17, centre.1),
            ];
            sheet.stroke(line(&lid), half * 0.055, &flat(workshop.dim(0x2a2024, 0.3)));
            puppet.part(sheet, 32, (Some(gaze), centre), motion::rest());
        } else {
            eye(workshop, &mut sheet, coat, (centre, half * coat.eye * narrow));
            puppet.part(
                sheet,
                32,
                (Some(gaze), centre),
                Box::new(|moment| Pose::stretched(1.0, motion::blink(moment.second))),
            );
        }
    }
}

fn eye(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, ((x, y), size): ((f32, f32), f32)) {
    let rim = workshop.dim(0x241a1c, 0.2);
    sheet.fill(oval((x, y), (size * 1.0, size * 1.14), 0.0), &flat(rim));
    let iris = workshop.bright(coat.iris, 0.2);
    let deep = workshop.dim(coat.iris, 0.8).scale(0.5);
    let ink = super::super::super::sheet::across((x, y - size), (x, y + size), deep, iris);
    sheet.fill(oval((x, y + size * 0.05), (size * 0.86, size * 0.98), 0.0), &ink);
    sheet.fill(oval((x, y), (size * 0.5, size * 0.68), 0.0), &flat(workshop.dim(0x140e12, 0.2)));
    let white = workshop.lit(0xffffff);
    sheet.fill(oval((x - size * 0.3, y - size * 0.42), (size * 0.29, size * 0.32), 0.0), &flat(white));
    sheet.fill(oval((x + size * 0.32, y + size * 0.4), (size * 0.15, size * 0.15), 0.0), &veil(white, 0.85));
}

fn muzzle(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, (x, y, half): (f32, f32, f32)) {
    let pale = workshop.lit(coat.belly);
    let under = workshop.dim(coat.belly, 0.4);
    for side in [-1.0, 1.0] {
        let at = (x + side * half * 0.17, y + half * 0.50);
        let ink = super::super::super::sheet::across(
            (at.0, at.1 - half * 0.2),
            (at.0, at.1 + half * 0.24),
            pale,
            under,
        );
        if coat.snout > 0.0 {
            sheet.fill(oval(at, (half * 0.27 * coat.snout, half * 0.22 * coat.snout), side * 0.15), &ink);
        }
        let blush = workshop.lit(0xf08a86);
        let pink = if coat.great() { 0.0 } else { 0.45 };
        let cheek = (x + side * half * 0.66, y + half * 0.40);
        sheet.fill(
            oval(cheek, (half * 0.2, half * 0.13), 0.0),
            &round(cheek, half * 0.2, (blush, pink), (blush, 0.0)),
        );
    }
    let nose = (x, y + half * 0.36);
    let wide = half * coat.nose_wide;
    sheet.fill(
        smooth(&[
            (nose.0 - wide, nose.1 - wide * 0.42),
            (nose.0, nose.1 - wide * 0.58),
            (nose.0 + wide, nose.1 - wide * 0.42),
            (nose.0 + wide * 0.6, nose.1 + wide * 0.3),
            (nose.0, nose.1 + wide * 0.7),
            (nose.0 - wide * 0.6, nose.1 + wide * 0.3),
        ]),
        &workshop.coat(coat.nose, nose.1 - wide, nose.1 + wide),
    );
    sheet.fill(
        oval((nose.0 - wide * 0.3, nose.1 - wide * 0.25), (wide * 0.26, wide * 0.15), 0.0),
        &veil(workshop.lit(0xffffff), 0.6),
    );
    let ink = flat(workshop.dim(0x4a2c28, 0.2));
    let mouth = y + half * 0.52;
    sheet.stroke(line(&[(x, nose.1 + wide * 0.5), (x, mouth)]), half * 0.03, &ink);
    for side in [-1.0, 1.0] {
        let curl = [
            (x, mouth),
            (x + side * half * 0.09, mouth + half * 0.075),
            (x + side * half * 0.19, mouth + half * 0.02),
        ];
        sheet.stroke(line(&curl), half * 0.032, &ink);
        for whisker in if coat.whiskers { &[-0.05_f32, 0.03, 0.11][..] } else { &[] } {
            let from = (x + side * half * 0.42, y + half * (0.5 + whisker * 0.6));
            let to = (x + side * half * 1.22, y + half * (0.46 + whisker * 2.2));
            let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 - half * 0.03);
            sheet.stroke(line(&[from, middle, to]), half * 0.014, &veil(workshop.lit(0xffffff), 0.8));
        }
    }
}
