//! What people wear: jackets, jumpers and dresses.

use super::{Build, Look};
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, flat, line, oval, smooth, veil};
use crate::scene::stage::Moment;
use crate::scene::subject::motion;
use crate::scene::subject::workshop::{Workshop, piece, taper};

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn torso(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (look, build): (&Look, &Build),
    trunk: usize,
) {
    let (top, half) = (-build.shoulder - 0.03, build.half);
    let hem = -build.hip + 0.035;
    let tall = hem - top;
    // `u` of the shoulders' half width, `v` from the shoulders down to the hem.
    let at = |u: f32, v: f32| (u * half, top + v * tall);
    let bounds = ((-half * 1.6, top - 0.08), (half * 1.6, hem + 0.04));
    workshop.add(puppet, piece(8, trunk, (0.0, hem), bounds), motion::rest(), |sheet| {
        let neck = half * if look.skirt { 0.32 } else { 0.42 };
        sheet.fill(
            taper((0.004, top - 0.05), (0.0, top + 0.03), (neck, neck * 1.25)),
            &workshop.barrel(Workshop::under(look.skin, 0.35), (-neck, neck)),
        );
        let shape = if look.skirt {
            smooth(&[
                at(0.0, 0.03),
                at(0.5, 0.0),
                at(0.92, 0.1),
                at(0.84, 0.26),
                at(0.90, 0.38),
                at(0.60, 0.62),
                at(0.86, 0.98),
                at(0.0, 1.05),
                at(-0.86, 0.98),
                at(-0.62, 0.62),
                at(-0.80, 0.36),
                at(-0.88, 0.24),
                at(-0.94, 0.1),
                at(-0.5, 0.0),
            ])
        } else {
            smooth(&[
                at(0.0, -0.03),
                at(0.5, -0.02),
                at(0.98, 0.08),
                at(1.08, 0.26),
                at(0.94, 0.6),
                at(0.98, 0.95),
                at(0.0, 1.06),
                at(-0.98, 0.95),
                at(-0.94, 0.6),
                at(-1.08, 0.26),
                at(-0.98, 0.08),
                at(-0.5, -0.02),
            ])
        };
        let lean = workshop.barrel(look.coat, (-half * 1.1, half * 1.1));
        sheet.fill(shape, &lean);
        sheet.inside(|sheet| {
            let dark = workshop.dim(look.coat, 1.0);
            let fold = veil(dark, 0.38);
            if look.skirt {
                sheet.fill(
                    smooth(&[at(-0.24, -0.1), at(0.12, 0.24), at(0.46, -0.1)]),
                    &workshop.barrel(look.skin, (-half, half)),
                );
                for (u, v) in [(-0.5_f32, 0.44), (0.6, 0.46), (0.1, 0.5)] {
                    sheet.stroke(line(&[at(u, v), at(u * 0.8, v + 0.14)]), half * 0.05, &fold);
                }
            } else {
                front(workshop, sheet, (look, build), at);
                for (u, v, to) in
                    [(-0.9_f32, 0.3, -0.5), (-0.92, 0.74, -0.4), (0.92, 0.7, 0.6), (-0.5, 0.96, -0.2)]
                {
                    sheet.stroke(
                        line(&[at(u, v), at((u + to) / 2.0, v + 0.035), at(to, v + 0.02)]),
                        half * 0.05,
                        &fold,
                    );
                }
                sheet.stroke(line(&[at(-0.72, 0.78), at(-0.34, 0.76)]), half * 0.06, &veil(dark, 0.6));
            }
        });
    });
}

/// A grown-up's open collar and buttons, or a child's jumper.
fn front(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    (look, build): (&Look, &Build),
    at: impl Fn(f32, f32) -> (f32, f32),
) {
    let half = build.half;
    let dark = workshop.dim(look.coat, 1.0);
    if build.head.1 > 0.1 {
        let collar = [at(-0.5, 0.0), at(0.06, 0.15), at(0.6, 0.0)];
        sheet.stroke(line(&collar), half * 0.2, &flat(workshop.dim(look.coat, 0.8)));
        for (v, ink) in [(0.42, look.shirt), (0.56, look.legs)] {
            sheet.stroke(
                line(&[at(-1.2, v), at(0.1, v + 0.04), at(1.2, v)]),
                half * 0.2,
                &flat(workshop.dim(ink, 0.3)),
            );
        }
        sheet.stroke(line(&[at(-1.0, 0.97), at(0.0, 1.0), at(1.0, 0.97)]), half * 0.16, &veil(dark, 0.45));
        return;
    }
    sheet.fill(
        smooth(&[at(-0.2, 0.06), at(0.2, 0.40), at(0.54, 0.05)]),
        &flat(workshop.dim(look.shirt, 0.15)),
    );
    sheet.stroke(line(&[at(0.2, 0.30), at(0.24, 0.6), at(0.2, 1.1)]), half * 0.05, &veil(dark, 0.38));
    let lapel = flat(workshop.dim(look.coat, 0.75));
    sheet.fill(smooth(&[at(-0.2, -0.05), at(0.2, 0.36), at(-0.16, 0.24), at(-0.3, 0.08)]), &lapel);
    sheet.fill(smooth(&[at(0.56, -0.05), at(0.22, 0.36), at(0.54, 0.22), at(0.64, 0.06)]), &lapel);
    for v in [0.5_f32, 0.68, 0.86] {
        sheet.fill(oval(at(0.14, v), (half * 0.05, half * 0.05), 0.0), &flat(workshop.lit(0xd8c8a4)));
    }
}

/// A skirt that swings after the hips and spreads with the stride.
pub(super) fn skirt(workshop: &Workshop<'_>, puppet: &mut Puppet, look: &Look, hips: usize) {
    let gait = workshop.gait;
    let sway = Box::new(move |moment: &Moment| {
        let step = gait.at(moment.second);
        let wave = ((step.cycle - 0.1) * std::f32::consts::TAU * 2.0).sin();
        let wind = (moment.second * 1.7).sin() + 0.5 * (moment.second * 3.1).sin();
        Pose {
            turn: 0.025 * wind + step.vigour * (0.06 * wave + 0.06),
            stretch: (1.0 + 0.09 * step.vigour * (1.0 - wave), 1.0 + 0.012 * wind),
            ..Pose::REST
        }
    });
    workshop.add(puppet, piece(9, hips, (0.0, -0.58), ((-0.24, -0.64), (0.24, -0.16))), sway, |sheet| {
        let hem = [
            (0.061, -0.605),
            (0.095, -0.50),
            (0.145, -0.32),
            (0.165, -0.225),
            (0.11, -0.205),
            (0.05, -0.215),
            (0.0, -0.20),
            (-0.06, -0.215),
            (-0.115, -0.20),
            (-0.17, -0.225),
            (-0.135, -0.34),
            (-0.092, -0.50),
            (-0.063, -0.605),
            (0.0, -0.60),
        ];
        sheet.fill(smooth(&hem), &workshop.barrel(look.coat, (-0.15, 0.15)));
        sheet.inside(|sheet| {
            let (dark, light) = (workshop.dim(look.coat, 1.0), workshop.bright(look.coat, 0.5));
            sheet.stroke(line(&[(-0.07, -0.598), (0.0, -0.59), (0.07, -0.6)]), 0.022, &flat(dark));
            for (top, foot, wide) in
                [(-0.035_f32, -0.12, 0.02), (-0.01, -0.045, 0.016), (0.02, 0.04, 0.02), (0.045, 0.115, 0.016)]
            {
                let way = [(top, -0.55), ((top + foot) * 0.55, -0.40), (foot, -0.19)];
                sheet.stroke(line(&way), wide, &veil(dark, 0.30));
                let beside = way.map(|(x, y)| (x + 0.02, y));
                sheet.stroke(line(&beside), wide * 0.6, &veil(light, 0.22));
            }
        });
    });
}
