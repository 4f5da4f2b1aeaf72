//! What makes a furry animal a great cat: a lion's mane, and a tiger's ruff and brows.

use super::super::coat::{Coat, Marks};
use super::super::head::Neck;
use super::super::workshop::Workshop;
use crate::scene::sheet::{Sheet, flat, line, oval, smooth, veil};

/// Three rings of locks, the outer ones longer and darker.
pub(in crate::scene::subject) fn mane(workshop: &Workshop<'_>, sheet: &mut Sheet, coat: &Coat, neck: Neck) {
    let (x, y) = (neck.centre.0, neck.centre.1 + neck.half * 0.12);
    for (ring, far, long, shade) in
        [(0.0_f32, 1.02, 0.44, 0.75), (0.5, 0.94, 0.36, 0.4), (0.25, 0.84, 0.28, 0.05)]
    {
        for lock in 0..22_u8 {
            let turn = (f32::from(lock) + ring) / 22.0;
            let (sin, cos) = (turn * std::f32::consts::TAU).sin_cos();
            let long = long * (1.0 + 0.2 * (f32::from(lock) * 2.3).sin() + 0.25 * sin.max(0.0)) * neck.half;
            let at = |out: f32, aside: f32| {
                (
                    x + cos * (far * neck.half + out) - sin * aside,
                    y + sin * (far * 0.94 * neck.half + out) + cos * aside,
                )
            };
            let half = neck.half * 0.16;
            let lean = neck.half * 0.1 * if cos < 0.0 { -1.0 } else { 1.0 };
            let ink = flat(workshop.dim(coat.accent, shade));
            sheet.fill(
                smooth(&[
                    at(-half * 2.0, -half),
                    at(long * 0.4, -half * 0.8),
                    at(long, lean),
                    at(long * 0.4, half * 0.8),
                    at(-half * 2.0, half),
                ]),
                &ink,
            );
        }
    }
}

/// A great cat's ruff of white at the cheeks, its pale brows and the dark line along its nose.
pub(in crate::scene::subject) fn ruff(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    coat: &Coat,
    (x, y, half): (f32, f32, f32),
) {
    let pale = workshop.lit(coat.belly);
    for side in [-1.0_f32, 1.0] {
        let at = |u: f32, v: f32| (x + side * half * u, y + half * v);
        let cheek =
            [at(0.3, 0.5), at(0.62, 0.26), at(0.96, 0.3), at(1.2, 0.62), at(0.8, 0.92), at(0.4, 0.95)];
        let strength = if coat.marks == Marks::Stripes { 0.85 } else { 0.0 };
        sheet.fill(smooth(&cheek), &veil(pale, strength));
        let brow = at(0.42, -0.17);
        sheet.fill(oval(brow, (half * 0.17, half * 0.085), side * -0.4), &veil(pale, 0.85));
        let dark = veil(workshop.dim(coat.accent, 0.3), 0.55);
        sheet.stroke(line(&[at(0.24, 0.10), at(0.17, 0.26), at(0.15, 0.36)]), half * 0.035, &dark);
    }
    let bridge = smooth(&[
        (x - half * 0.17, y - half * 0.1),
        (x + half * 0.17, y - half * 0.1),
        (x + half * 0.16, y + half * 0.34),
        (x - half * 0.16, y + half * 0.34),
    ]);
    sheet.fill(bridge, &veil(workshop.bright(coat.fur, 0.5), 0.6));
}
