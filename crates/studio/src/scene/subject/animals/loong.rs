//! The dragon of China: a long serpent with antlers, mane and whiskers that winds through the clouds.

use std::f32::consts::TAU;

use super::super::super::puppet::{Motion, Pose, Puppet};
use super::super::super::sheet::{across, corners, flat, line, oval, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::motion;
use super::super::workshop::{Workshop, taper};
use crate::plan::Subject;

/// The body is made of so many links.
const LINKS: u8 = 18;
/// How long each is drawn; it is stretched to reach the next one.
const LINK: f32 = 0.26;

/// What it is painted with.
#[derive(Clone, Copy)]
struct Paints {
    scales: u32,
    belly: u32,
    /// The fins along the back, the mane and the brows.
    flame: u32,
    horn: u32,
}

/// Where the body is at a share of its length, from the head (0.0) to the tail's tip.
fn spine(share: f32, second: f32) -> (f32, f32) {
    let wave = TAU * 1.55 * share - 1.25 * second;
    let high = 0.06 + 0.36 * (share * 2.4).min(1.0) * (1.0 - 0.25 * share);
    (1.12 - 2.75 * share + 0.13 * (2.0 * wave).sin() * (share * 3.0).min(1.0), high * wave.sin())
}

/// How thick the body is there.
fn girth(share: f32) -> f32 {
    let neck = 0.115 + 0.05 * (share * 4.0).min(1.0);
    neck * (1.0 - share.powf(1.7) * 0.9)
}

fn slope(share: f32, second: f32) -> f32 {
    let (front, back) = (spine((share - 0.02).max(0.0), second), spine(share + 0.02, second));
    (front.1 - back.1).atan2(front.0 - back.0)
}

pub(in crate::scene::subject) fn loong(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let told = subject.colour.map(|colour| colour.0);
    let paints = match told {
        // Gold goes with red.
        Some(rgb) if rgb >> 16 & 255 > 180 && rgb >> 8 & 255 > 110 => {
            Paints { scales: rgb, belly: 0xfbe6a8, flame: 0xc4301f, horn: 0xf2dfb4 }
        }
        Some(rgb) => Paints { scales: rgb, belly: 0xf4dc9a, flame: 0xe8a83a, horn: 0xf2dfb4 },
        None => Paints { scales: 0xc23a26, belly: 0xf4cf7a, flame: 0xf0a830, horn: 0xf2dfb4 },
    };
    let mut puppet = Puppet::default();
    for (share, lag) in [(0.27_f32, 0.0_f32), (0.62, 1.6)] {
        leg(workshop, &mut puppet, paints, (share, lag, false));
    }
    for number in (0..LINKS).rev() {
        link(workshop, &mut puppet, paints, number);
    }
    for (share, lag) in [(0.24_f32, 0.8_f32), (0.59, 2.4)] {
        leg(workshop, &mut puppet, paints, (share, lag, true));
    }
    let head = puppet.joint(
        None,
        (0.0, 0.0),
        Box::new(|moment: &Moment| {
            let (x, y) = spine(0.0, moment.second);
            Pose { turn: slope(0.0, moment.second) * 0.5 + 0.03, ..Pose::shifted(x, y) }
        }),
    );
    mane(workshop, &mut puppet, paints, head);
    self::head(workshop, &mut puppet, paints, head);
    for (near, layer) in [(false, 29), (true, 42)] {
        whisker(workshop, &mut puppet, paints, (head, near, layer));
    }
    for (share, lag) in [(0.36_f32, 0.0_f32), (0.78, 0.5)] {
        wisp(workshop, &mut puppet, (share, lag));
    }
    puppet
}

/// One link: scales above, plates below, and fins along the back. Without a rim of light, so that no joint shows.
fn link(workshop: &Workshop<'_>, puppet: &mut Puppet, paints: Paints, number: u8) {
    let share = |number: u8| f32::from(number) / f32::from(LINKS);
    let (from, to) = (share(number), share(number + 1));
    let (thick, thin) = (girth(from), girth(to));
    let mut sheet = workshop.sheet((-LINK - 0.1, -thick * 1.9), (thick, thick * 1.1));
    let fin = flat(workshop.dim(paints.flame, 0.15));
    for step in [0.2_f32, 0.75] {
        let (x, y) = (-LINK * step, -thick + (thick - thin) * step + 0.015);
        let tip = (x - 0.11, y - thick * 0.72);
        sheet.fill(smooth(&[(x + 0.06, y), (x + 0.01, y - thick * 0.4), tip, (x - 0.06, y)]), &fin);
    }
    let ink = across(
        (0.0, -thick),
        (0.0, thick),
        workshop.bright(paints.scales, 0.4),
        workshop.dim(paints.scales, 0.75),
    );
    sheet.fill(oval((0.0, 0.0), (thick, thick), 0.0), &ink);
    sheet.fill(corners(&[(0.0, -thick), (0.0, thick), (-LINK - 0.01, thin), (-LINK - 0.01, -thin)]), &ink);
    sheet.inside(|sheet| {
        let belly = across(
            (0.0, thick * 0.3),
            (0.0, thick),
            workshop.lit(paints.belly),
            workshop.dim(paints.belly, 0.6),
        );
        sheet.fill(
            corners(&[(thick, thick * 0.42), (-LINK - 0.1, thin * 0.42), (-LINK - 0.1, 0.4), (thick, 0.4)]),
            &belly,
        );
        let seam = veil(workshop.dim(paints.flame, 0.7), 0.5);
        for plate in 0..4_u8 {
            let x = -LINK * (0.1 + 0.25 * f32::from(plate));
            sheet.stroke(line(&[(x, thick * 0.42), (x - 0.02, thick)]), 0.009, &seam);
        }
        let scale = veil(workshop.dim(paints.scales, 1.0).scale(0.6), 0.42);
        for row in 0..5_u8 {
            let y = -thick * (0.82 - 0.27 * f32::from(row));
            for column in 0..6_u8 {
                let x = -0.05 * f32::from(column) - if row % 2 == 0 { 0.0 } else { 0.025 } + 0.02;
                sheet.stroke(line(&[(x, y - 0.018), (x - 0.022, y), (x, y + 0.018)]), 0.007, &scale);
            }
        }
        let gleam = veil(workshop.lit(0xfff6d8), 0.3);
        sheet.stroke(line(&[(thick, -thick * 0.62), (-LINK - 0.1, -thin * 0.62)]), 0.022, &gleam);
    });
    if number + 1 == LINKS {
        let tuft =
            smooth(&[(-LINK * 0.6, -0.02), (-LINK - 0.1, -0.09), (-LINK - 0.06, 0.0), (-LINK - 0.1, 0.07)]);
        sheet.fill(tuft, &fin);
    }
    let layer = 10 + i32::from(LINKS - number);
    puppet.part(sheet, layer, (None, (0.0, 0.0)), reach(from, to));
}

/// From one place of the spine to another.
fn reach(from: f32, to: f32) -> Motion {
    Box::new(move |moment: &Moment| {
        let (front, back) = (spine(from, moment.second), spine(to, moment.second));
        let (dx, dy) = (front.0 - back.0, front.1 - back.1);
        Pose { turn: dy.atan2(dx), stretch: (dx.hypot(dy) / LINK, 1.0), ..Pose::shifted(front.0, front.1) }
    })
}

/// A short leg with an eagle's claw, which paddles the air.
fn leg(workshop: &Workshop<'_>, puppet: &mut Puppet, paints: Paints, (share, lag, near): (f32, f32, bool)) {
    let (shade, layer) = if near { (0.0, 31) } else { (0.5, 2) };
    let skin = Workshop::under(paints.scales, shade);
    let paddle = Box::new(move |moment: &Moment| {
        let (x, y) = spine(share, moment.second);
        let swing = 0.3 * (moment.second * 1.7 - lag).sin();
        Pose { turn: slope(share, moment.second) * 0.7 + swing, ..Pose::shifted(x, y) }
    });
    let mut sheet = workshop.sheet((-0.36, -0.1), (0.3, 0.48));
    let ink = workshop.coat(skin, -0.05, 0.36);
    let fur = flat(workshop.dim(Workshop::under(paints.flame, shade), 0.15));
    sheet.fill(smooth(&[(-0.04, 0.12), (-0.24, 0.16), (-0.34, 0.24), (-0.18, 0.26), (-0.02, 0.24)]), &fur);
    sheet.fill(taper((0.0, 0.02), (-0.1, 0.22), (0.1, 0.06)), &ink);
    sheet.fill(taper((-0.1, 0.22), (0.06, 0.33), (0.055, 0.04)), &ink);
    let claw = flat(workshop.dim(paints.horn, 0.1 + shade * 0.5));
    for (x, y) in [(0.19_f32, 0.3_f32), (0.2, 0.37), (0.14, 0.43), (0.0, 0.41)] {
        let middle = ((0.06 + x) * 0.5 + 0.02, (0.33 + y) * 0.5 - 0.015);
        sheet.stroke(line(&[(0.06, 0.33), middle, (x, y)]), 0.03, &ink);
        sheet.stroke(line(&[(x - 0.015, y - 0.008), (x + 0.01, y + 0.02), (x, y + 0.045)]), 0.016, &claw);
    }
    puppet.part(sheet, layer, (None, (0.0, 0.0)), paddle);
}

/// Locks like flames that stream behind the head.
fn mane(workshop: &Workshop<'_>, puppet: &mut Puppet, paints: Paints, head: usize) {
    for (part, layer) in [(0_u8, 30), (1, 39)] {
        let lag = f32::from(part) * 1.2;
        let mut sheet = workshop.sheet((-0.78, -0.42), (0.16, 0.44));
        for lock in 0..6_u8 {
            let angle = -0.75 + 0.3 * f32::from(lock) + 0.15 * f32::from(part);
            let long = 0.34 + 0.13 * f32::from((lock * 2 + part) % 3);
            let (sin, cos) = angle.sin_cos();
            let at = |u: f32, v: f32| (-0.02 - u * cos - v * sin, 0.02 + u * sin - v * cos);
            let ink = across(
                at(0.0, 0.0),
                at(long, 0.0),
                workshop.dim(paints.flame, 0.3),
                workshop.bright(paints.flame, 0.5),
            );
            let lock =
                [at(0.0, 0.07), at(long * 0.5, 0.075), at(long, -0.03), at(long * 0.5, -0.0), at(0.0, -0.07)];
            sheet.fill(smooth(&lock), &ink);
        }
        puppet.part(sheet, layer, (Some(head), (0.0, 0.0)), motion::swing(2.3, 0.07, -lag));
    }
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn head(workshop: &Workshop<'_>, puppet: &mut Puppet, paints: Paints, head: usize) {
    let ink = workshop.dim(0x1a1210, 0.2);
    let jaw = Box::new(|moment: &Moment| Pose::turned(0.14 + 0.08 * (moment.second * 0.9).sin()));
    let mut sheet = workshop.sheet((-0.1, -0.06), (0.56, 0.34));
    let chin = smooth(&[
        (-0.06, 0.0),
        (0.14, 0.07),
        (0.34, 0.075),
        (0.46, 0.06),
        (0.47, 0.11),
        (0.34, 0.16),
        (0.12, 0.17),
        (-0.04, 0.14),
    ]);
    sheet.fill(chin, &workshop.coat(paints.scales, 0.0, 0.2));
    sheet
        .fill(smooth(&[(0.08, 0.06), (0.3, 0.07), (0.42, 0.055), (0.3, 0.1)]), &flat(workshop.lit(0xd8584a)));
    for x in [0.24_f32, 0.32, 0.4] {
        sheet
            .fill(corners(&[(x, 0.075), (x + 0.014, 0.03), (x + 0.03, 0.07)]), &flat(workshop.lit(0xfffaf0)));
    }
    let beard = flat(workshop.dim(paints.flame, 0.1));
    for (x, long) in [(0.28_f32, 0.13_f32), (0.2, 0.17), (0.11, 0.14)] {
        let strand =
            [(x + 0.04, 0.14), (x - 0.01, 0.14 + long * 0.7), (x - 0.09, 0.15 + long), (x - 0.05, 0.15)];
        sheet.fill(smooth(&strand), &beard);
    }
    puppet.part(workshop.finish(sheet, 0.02), 38, (Some(head), (0.0, 0.06)), jaw);
    let mut sheet = workshop.sheet((-0.42, -0.52), (0.62, 0.2));
    for (shift, shade) in [(0.05_f32, 0.55_f32), (0.0, 0.0)] {
        let horn = flat(workshop.dim(Workshop::under(paints.horn, shade), 0.15));
        let at = |u: f32, v: f32| (u + shift, v - shift * 0.3);
        sheet.stroke(
            line(&[at(0.04, -0.1), at(-0.05, -0.26), at(-0.2, -0.38), at(-0.36, -0.42)]),
            0.036,
            &horn,
        );
        sheet.stroke(line(&[at(-0.06, -0.27), at(-0.04, -0.38), at(-0.08, -0.47)]), 0.024, &horn);
        sheet.stroke(line(&[at(-0.2, -0.38), at(-0.24, -0.46), at(-0.32, -0.5)]), 0.02, &horn);
    }
    let skull = smooth(&[
        (-0.14, 0.0),
        (-0.11, -0.13),
        (0.02, -0.18),
        (0.14, -0.15),
        (0.24, -0.085),
        (0.38, -0.085),
        (0.46, -0.13),
        (0.54, -0.1),
        (0.56, -0.02),
        (0.5, 0.05),
        (0.34, 0.06),
        (0.16, 0.075),
        (0.0, 0.13),
        (-0.1, 0.11),
    ]);
    sheet.fill(skull, &workshop.coat(paints.scales, -0.2, 0.14));
    sheet.inside(|sheet| {
        let cheek = workshop.lit(paints.belly);
        sheet.fill(oval((0.4, 0.06), (0.2, 0.05), 0.0), &veil(cheek, 0.75));
        sheet.fill(
            oval((0.02, 0.03), (0.11, 0.09), 0.0),
            &round((0.02, 0.03), 0.11, (cheek, 0.5), (cheek, 0.0)),
        );
        sheet.fill(oval((0.5, -0.05), (0.035, 0.022), -0.3), &flat(ink));
    });
    // A round eye under a brow of fire.
    sheet.fill(oval((0.155, -0.075), (0.06, 0.052), 0.0), &flat(workshop.lit(0xfff8ea)));
    sheet.fill(oval((0.17, -0.073), (0.032, 0.036), 0.0), &flat(workshop.lit(0xe08a1c)));
    sheet.fill(oval((0.175, -0.072), (0.018, 0.022), 0.0), &flat(ink));
    sheet.fill(oval((0.165, -0.086), (0.009, 0.009), 0.0), &flat(workshop.lit(0xffffff)));
    let brow =
        smooth(&[(0.24, -0.115), (0.12, -0.17), (-0.06, -0.24), (0.0, -0.15), (-0.1, -0.14), (0.1, -0.105)]);
    sheet.fill(brow, &flat(workshop.bright(paints.flame, 0.2)));
    sheet.stroke(line(&[(0.54, 0.03), (0.36, 0.055), (0.16, 0.075), (0.06, 0.1)]), 0.012, &veil(ink, 0.7));
    for x in [0.48_f32, 0.38, 0.28] {
        let tooth = [(x, 0.045), (x + 0.012, 0.1), (x + 0.034, 0.045)];
        sheet.fill(corners(&tooth), &flat(workshop.lit(0xfffaf0)));
    }
    puppet.part(workshop.finish(sheet, 0.025), 40, (Some(head), (0.0, 0.0)), motion::rest());
}

/// A long whisker from beside the nose, which the wind bends back.
fn whisker(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    paints: Paints,
    (head, near, layer): (usize, bool, i32),
) {
    let root = (0.46, 0.0);
    let up = if near { 1.0 } else { -0.6 };
    let ink = flat(workshop.dim(paints.flame, if near { 0.0 } else { 0.5 }));
    let bend = [root, (0.58, 0.12 * up), (0.42, 0.3 * up), (0.1, 0.34 * up), (-0.14, 0.46 * up)];
    let mut sheet = workshop.sheet((-0.18, -0.34), (0.64, 0.52));
    sheet.stroke(line(&bend[..4]), 0.022, &ink);
    sheet.stroke(line(&bend[2..]), 0.012, &ink);
    let sway = motion::swing(1.5, 0.16, if near { 0.0 } else { 1.4 });
    puppet.part(sheet, layer, (Some(head), root), sway);
}

/// A shred of cloud that it has come through, before a part of its body.
fn wisp(workshop: &Workshop<'_>, puppet: &mut Puppet, (share, lag): (f32, f32)) {
    let mut sheet = workshop.sheet((-0.75, -0.3), (0.75, 0.3));
    let (white, shade) = (workshop.light.fog.mix(workshop.lit(0xffffff), 0.55), workshop.light.fog);
    for puff in 0..9_u8 {
        let along = f32::from(puff) / 8.0 * 2.0 - 1.0;
        let at = (along * 0.5, 0.05 * (f32::from(puff) * 2.2).sin());
        let size = 0.2 * (1.1 - along * along * 0.8);
        sheet.fill(
            oval(at, (size, size * 0.66), 0.0),
            &round(at, size, (white.mix(shade, 0.3), 0.55), (white, 0.0)),
        );
    }
    let drift = Box::new(move |moment: &Moment| {
        let age = (moment.second * 0.09 + lag).fract();
        let seen = (age * 5.0).min(1.0) * ((1.0 - age) * 5.0).min(1.0);
        let (x, _) = spine(share, 0.0);
        Pose { opacity: 0.9 * seen, ..Pose::shifted(x + 0.5 - age, 0.12) }
    });
    puppet.part(sheet, 50, (None, (0.0, 0.0)), drift);
}
