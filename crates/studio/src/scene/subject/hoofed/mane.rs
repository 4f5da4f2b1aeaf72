//! Manes of hoofed animals: hair that lies on the neck, and hair that streams behind a gallop.

use super::super::workshop::Workshop;
use super::breed::Breed;
use crate::plan::Kind;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Ink, Sheet, across, line, oval, smooth, veil};
use crate::scene::stage::Moment;

/// A mane along the neck's crest; `along` takes a share of the neck and a share of its half width.
pub(super) fn mane(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    breed: &Breed,
    along: impl Fn(f32, f32) -> (f32, f32),
) {
    if breed.kind == Kind::Sheep {
        for (s, aside, size) in [
            (1.0_f32, -0.6, 0.08),
            (0.9, 0.6, 0.085),
            (0.6, -0.9, 0.1),
            (0.55, 0.3, 0.1),
            (0.5, 1.1, 0.09),
            (0.15, -1.3, 0.11),
            (0.15, 0.0, 0.11),
            (0.1, 1.2, 0.11),
            (-0.3, -0.6, 0.12),
            (-0.3, 1.0, 0.12),
        ] {
            let curl = along(s, aside);
            sheet.fill(
                oval(curl, (size, size), 0.0),
                &workshop.coat(breed.fur, curl.1 - size * 1.1, curl.1 + size * 2.0),
            );
        }
    }
    if breed.kind != Kind::Horse {
        return;
    }
    let hair: Ink = workshop.coat(breed.mane, along(1.1, 0.0).1 - 0.05, along(0.0, 0.0).1 + 0.1);
    for lock in 0..9_u8 {
        let s = 1.12 - f32::from(lock) * 0.125;
        let fall = 0.42 + 0.2 * f32::from(lock % 3);
        let wide = 1.02 + 0.36 * (1.0 - s).max(0.0);
        sheet.fill(
            smooth(&[
                along(s, -wide),
                along(s - 0.16, -wide * 1.22),
                along(s - 0.32, -wide + 0.1),
                along(s - 0.30, -wide + fall * 1.5),
                along(s - 0.17, -wide + fall),
            ]),
            &hair,
        );
    }
    for lock in 0..8_u8 {
        let s = 1.06 - f32::from(lock) * 0.12;
        sheet.stroke(
            line(&[along(s, -1.1), along(s - 0.1, -0.7), along(s - 0.2, -0.35)]),
            0.006,
            &veil(workshop.bright(breed.mane, 1.0), 0.35),
        );
    }
}

/// Locks that stream behind the crest of a neck whose places are told as for the mane: those before the neck lie on it, those
/// behind it wave later.
pub(super) fn streaming(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    breed: &Breed,
    (neck, along): (usize, &dyn Fn(f32, f32) -> (f32, f32)),
) {
    let gait = workshop.gait;
    let (poll, withers) = (along(1.1, -1.0), along(0.0, -1.0));
    let bounds = ((withers.0 - 0.3, poll.1 - 0.12), (poll.0 + 0.1, withers.1 + 0.2));
    for (layer, aside, lag, reach) in [(9, -0.75_f32, 0.0, 0.05), (11, -0.5, 0.14, 0.04)] {
        let mut sheet = workshop.sheet(bounds.0, bounds.1);
        let near = layer > 10;
        for lock in 0..8_u8 {
            let s = 1.12 - 0.14 * f32::from(lock);
            let (x, y) = along(s, aside);
            // Long in the neck's middle, short at its ends; no two alike.
            let middle = 1.0 - (s - 0.62).abs();
            let long = (0.13 + 0.13 * middle)
                * (0.86 + 0.14 * f32::from(lock * 2 % 3))
                * if near { 0.72 } else { 1.0 };
            // The neck leans forward while it gallops, and its hair hangs back from there.
            let fall = 0.42 + 0.1 * f32::from(lock % 3) + if near { 0.22 } else { 0.0 };
            let wide = 0.042;
            let (sin, cos) = fall.sin_cos();
            let at = |u: f32, v: f32| (x - long * u * cos - v * sin, y + long * u * sin - v * cos);
            let tone = if lock.is_multiple_of(2) { 0.0 } else { 0.12 };
            let tip = workshop.dim(breed.mane, 0.4 + tone);
            let ink = across(at(0.0, 0.0), at(1.0, 0.0), workshop.bright(breed.mane, 0.12 - tone), tip);
            let hair = [
                at(-0.12, wide * 0.4),
                at(0.12, wide),
                at(0.42, wide * 0.72),
                at(0.74, wide * 0.62),
                at(1.0, wide * 0.95),
                at(0.84, -wide * 0.1),
                at(0.5, -wide * 0.55),
                at(0.16, -wide * 0.8),
                at(-0.1, -wide * 0.6),
            ];
            sheet.fill(smooth(&hair), &ink);
            let strand = [at(0.05, 0.0), at(0.4, wide * 0.1), at(0.7, wide * 0.25), at(0.9, wide * 0.6)];
            sheet.stroke(line(&strand), 0.005, &veil(workshop.bright(breed.mane, 0.9), 0.35));
        }
        let wave = move |moment: &Moment| {
            let step = gait.at(moment.second);
            let beat = ((step.cycle - 0.3 - lag) * std::f32::consts::TAU).sin();
            Pose::turned(step.vigour * (reach * beat + 0.015 * (moment.second * 9.0).sin()))
        };
        puppet.part(sheet, layer, (Some(neck), along(0.6, -0.4)), Box::new(wave));
    }
}
