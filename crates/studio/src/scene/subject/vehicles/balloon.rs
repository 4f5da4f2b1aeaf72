//! Hot air balloons, no two alike: striped, in chevrons or in panels, each in its own colours.

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, across, fading, flat, line, oval, pane, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::colour;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

/// The envelope's half width at some heights, from its top down.
const PROFILE: [(f32, f32); 9] = [
    (-0.62, 0.0),
    (-0.585, 0.16),
    (-0.51, 0.275),
    (-0.40, 0.36),
    (-0.26, 0.392),
    (-0.10, 0.362),
    (0.06, 0.272),
    (0.18, 0.175),
    (0.27, 0.085),
];
/// The cloth's own colour and those of its pattern.
const CLOTHS: [[u32; 3]; 5] = [
    [0xd8432f, 0xf6c445, 0xfff1d6],
    [0x1f7f9c, 0xfdf3e0, 0xf08a3c],
    [0x6a3f98, 0xf2b63c, 0xe2537a],
    [0x2f8f5a, 0xf7e6a4, 0xe0653a],
    [0x2f5fb4, 0xf4f0e6, 0xe8c23c],
];
/// Gores on the side that is seen.
const GORES: u8 = 10;

/// Half the envelope's width at a height.
fn half(y: f32) -> f32 {
    let between = |pair: &[(f32, f32)]| {
        let share = (y - pair[0].0) / (pair[1].0 - pair[0].0);
        (0.0..=1.0).contains(&share).then(|| pair[0].1 + (pair[1].1 - pair[0].1) * share)
    };
    PROFILE.windows(2).find_map(between).unwrap_or(0.0)
}

/// Where a seam between two gores is at a height: they are as far apart as on a ball.
fn seam(number: u8, y: f32) -> f32 {
    (std::f32::consts::PI * (f32::from(number) / f32::from(GORES) - 0.5)).sin() * half(y)
}

/// The part of a gore between two heights, which sink in the middle: it is seen from a little above.
fn panel(number: u8, (top, bottom): (f32, f32)) -> Option<tiny_skia::Path> {
    let steps = 6_u8;
    let at = |seam_of: u8, step: u8| {
        let y = top + (bottom - top) * f32::from(step) / f32::from(steps);
        let x = seam(seam_of, y);
        (x, y + sag(x, y))
    };
    let down = (0..=steps).map(|step| at(number, step));
    let up = (0..=steps).rev().map(|step| at(number + 1, step));
    super::super::super::sheet::corners(&down.chain(up).collect::<Vec<_>>())
}

fn sag(x: f32, y: f32) -> f32 {
    let half = half(y).max(0.01);
    0.035 * (1.0 - (x / half).powi(2)).max(0.0).sqrt() * step_in(y)
}

/// Nothing sinks at the crown and at the mouth.
fn step_in(y: f32) -> f32 {
    ((y + 0.62) * 6.0).clamp(0.0, 1.0) * ((0.27 - y) * 6.0).clamp(0.0, 1.0)
}

pub(in crate::scene::subject) fn balloon(workshop: &Workshop<'_>, subject: &Subject, copy: u32) -> Puppet {
    let cloths = CLOTHS[copy as usize % CLOTHS.len()];
    let cloths = [colour(subject, cloths[0]), cloths[1], cloths[2]];
    let mut puppet = Puppet::default();
    let body = puppet.joint(
        None,
        (0.0, -0.5),
        motion::swing(0.8, 0.022, f32::from(u8::try_from(copy).unwrap_or(0))),
    );
    let bounds = ((-0.42, -0.64), (0.42, 0.6));
    workshop.add_round(&mut puppet, piece(5, body, (0.0, 0.0), bounds), (motion::rest(), 0.06), |sheet| {
        for (x, foot) in [(-0.085, -0.085), (0.085, 0.085), (-0.04, -0.06), (0.04, 0.06)] {
            let rope = line(&[(x, 0.26), (foot, 0.43)]);
            sheet.stroke(rope, 0.006, &flat(workshop.dim(0x5a4030, 0.3)));
        }
        let sides = PROFILE.iter().map(|(y, half)| (*half, *y));
        let back = PROFILE.iter().rev().map(|(y, half)| (-half, *y));
        let outline: Vec<(f32, f32)> = sides.chain(back.take(PROFILE.len() - 1)).collect();
        sheet.fill(smooth(&outline), &workshop.coat(cloths[0], -0.65, 0.4));
        sheet.inside(|sheet| {
            match copy % 3 {
                0 => stripes(workshop, sheet, cloths),
                1 => chevrons(workshop, sheet, cloths),
                _ => panels(workshop, sheet, cloths),
            }
            shade(workshop, sheet);
        });
        basket(workshop, sheet);
    });
    // The burner's flame, now and then.
    let flame = Box::new(move |moment: &Moment| {
        let burns = ((moment.second * 0.9 + f32::from(u8::try_from(copy).unwrap_or(0)) * 2.1).sin() * 2.0
            - 0.6)
            .clamp(0.0, 1.0);
        Pose { opacity: burns, ..Pose::stretched(1.0, 0.8 + 0.2 * burns) }
    });
    let mut sheet = workshop.sheet((-0.1, 0.2), (0.1, 0.42));
    let glow = Rgb::hex(0xffc46a);
    sheet.fill(oval((0.0, 0.32), (0.09, 0.09), 0.0), &round((0.0, 0.32), 0.09, (glow, 0.5), (glow, 0.0)));
    sheet.fill(oval((0.0, 0.325), (0.014, 0.04), 0.0), &flat(Rgb::hex(0xfff0c0)));
    puppet.part(sheet, 6, (Some(body), (0.0, 0.36)), flame);
    puppet
}

fn stripes(workshop: &Workshop<'_>, sheet: &mut Sheet, cloths: [u32; 3]) {
    for gore in 0..GORES {
        let tint = [cloths[1], cloths[0], cloths[2], cloths[0]][usize::from(gore % 4)];
        sheet.fill(panel(gore, (-0.62, 0.27)), &workshop.coat(tint, -0.65, 0.4));
    }
    sheet.fill(pane((-0.4, 0.2), (0.4, 0.3), 0.0), &workshop.coat(cloths[0], 0.0, 0.4));
}

fn chevrons(workshop: &Workshop<'_>, sheet: &mut Sheet, cloths: [u32; 3]) {
    for (number, y) in [-0.44_f32, -0.27, -0.1, 0.07].into_iter().enumerate() {
        let points: Vec<(f32, f32)> = (0..=GORES)
            .map(|gore| {
                let y = y + if gore.is_multiple_of(2) { -0.035 } else { 0.035 };
                let x = seam(gore, y);
                (x, y + sag(x, y))
            })
            .collect();
        let mut band = points.clone();
        band.extend(points.iter().rev().map(|(x, y)| (*x, y + 0.075)));
        let tint = cloths[1 + number % 2];
        sheet.fill(super::super::super::sheet::corners(&band), &workshop.coat(tint, -0.65, 0.4));
    }
}

fn panels(workshop: &Workshop<'_>, sheet: &mut Sheet, cloths: [u32; 3]) {
    const ROWS: [f32; 7] = [-0.62, -0.50, -0.37, -0.22, -0.07, 0.08, 0.27];
    for (row, ends) in (0_u8..).zip(ROWS.windows(2)) {
        for gore in (0..GORES).filter(|gore| (gore + row).is_multiple_of(2)) {
            let tint = if row.is_multiple_of(2) { cloths[1] } else { cloths[2] };
            sheet.fill(panel(gore, (ends[0], ends[1])), &workshop.coat(tint, -0.65, 0.4));
        }
    }
}

/// The seams, the sun on one side and the shade on the other.
fn shade(workshop: &Workshop<'_>, sheet: &mut Sheet) {
    let side = workshop.light.side;
    for number in 1..GORES {
        let points: Vec<(f32, f32)> = PROFILE.iter().map(|(y, _)| (seam(number, *y), *y)).collect();
        sheet.stroke(line(&points), 0.005, &veil(Rgb::hex(0x2a1a20), 0.22));
    }
    let all = || pane((-0.5, -0.7), (0.5, 0.4), 0.0);
    let dark = Rgb::hex(0x2a1c3c);
    sheet.fill(all(), &fading((side * 0.1, -0.3), (-side * 0.42, -0.1), (dark, 0.0), (dark, 0.5)));
    let sun = workshop.light.sun;
    sheet.fill(all(), &round((side * 0.2, -0.36), 0.26, (sun, 0.34), (sun, 0.0)));
    sheet.fill(all(), &fading((0.0, 0.1), (0.0, 0.28), (dark, 0.0), (dark, 0.35)));
}

/// The basket with two who look out of it.
fn basket(workshop: &Workshop<'_>, sheet: &mut Sheet) {
    for (x, coat) in [(-0.035_f32, 0x35508a), (0.04, 0xa83a3a)] {
        sheet.fill(pane((x - 0.024, 0.405), (x + 0.024, 0.47), 0.02), &flat(workshop.lit(coat)));
        sheet.fill(oval((x, 0.392), (0.017, 0.02), 0.0), &flat(workshop.lit(0xe8b890)));
        sheet.fill(oval((x - 0.002, 0.381), (0.018, 0.012), 0.0), &flat(workshop.dim(0x3a2a20, 0.2)));
    }
    sheet.fill(pane((-0.092, 0.435), (0.092, 0.565), 0.025), &workshop.coat(0xa8713f, 0.4, 0.6));
    for row in 0..4_u8 {
        let y = 0.465 + f32::from(row) * 0.026;
        sheet.stroke(line(&[(-0.09, y), (0.09, y)]), 0.005, &veil(workshop.dim(0x5c381c, 0.4), 0.6));
    }
    let rim = across((-0.1, 0.0), (0.1, 0.0), workshop.lit(0xe0b070), workshop.dim(0xb8844c, 0.3));
    sheet.stroke(line(&[(-0.093, 0.44), (0.093, 0.44)]), 0.024, &rim);
}
