//! A humpback whale from the side: knobs on its head, long white flippers, and flukes that beat up and down.

use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{Sheet, flat, line, oval, smooth, veil};
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

pub(in crate::scene::subject) fn whale(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0x41698e, |colour| colour.0);
    let mut puppet = Puppet::default();
    let stout = puppet.joint(None, (0.0, 0.0), Box::new(|_| Pose::stretched(1.0, 1.16)));
    let body = puppet.joint(Some(stout), (0.0, 0.0), motion::swing(1.3, 0.035, 0.0));
    flipper(workshop, &mut puppet, (natural, body), false);
    tail(workshop, &mut puppet, (natural, body));
    let part = piece(5, body, (0.0, 0.0), ((-0.8, -0.46), (1.2, 0.46)));
    workshop.add_round(&mut puppet, part, (motion::rest(), 0.06), |sheet| trunk(workshop, sheet, natural));
    flipper(workshop, &mut puppet, (natural, body), true);
    puppet
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn trunk(workshop: &Workshop<'_>, sheet: &mut Sheet, natural: u32) {
    let skin = workshop.coat(natural, -0.42, 0.3);
    // The low hump of the back's fin.
    sheet.fill(
        smooth(&[(-0.34, -0.22), (-0.5, -0.3), (-0.62, -0.3), (-0.6, -0.22), (-0.72, -0.15), (-0.4, -0.14)]),
        &skin,
    );
    sheet.fill(
        smooth(&[
            (1.14, 0.0),
            (1.06, -0.12),
            (0.8, -0.2),
            (0.45, -0.31),
            (0.1, -0.33),
            (-0.3, -0.25),
            (-0.78, -0.12),
            (-0.78, 0.06),
            (-0.4, 0.2),
            (0.0, 0.33),
            (0.4, 0.37),
            (0.8, 0.3),
            (1.06, 0.14),
        ]),
        &skin,
    );
    sheet.inside(|sheet| {
        // The pleated throat.
        let throat = smooth(&[
            (1.2, 0.06),
            (0.84, 0.1),
            (0.5, 0.12),
            (0.1, 0.2),
            (-0.3, 0.2),
            (-0.2, 0.5),
            (0.6, 0.5),
            (1.1, 0.4),
        ]);
        sheet.fill(throat, &workshop.coat(0xe6eef0, 0.05, 0.5));
        let pleat = veil(workshop.dim(natural, 0.6), 0.5);
        for groove in 0..7_u8 {
            let y = 0.13 + f32::from(groove) * 0.036;
            let back = -0.12 + 0.02 * f32::from(groove);
            sheet.stroke(
                line(&[(1.06 - 0.045 * f32::from(groove), y - 0.02), (0.55, y + 0.04), (back, y + 0.07)]),
                0.009,
                &pleat,
            );
        }
        let gleam = veil(workshop.bright(natural, 1.0), 0.3);
        sheet.stroke(line(&[(0.9, -0.14), (0.45, -0.25), (0.0, -0.27), (-0.5, -0.17)]), 0.035, &gleam);
        for scar in 0..7_u8 {
            let at = (-0.55 + 0.19 * f32::from(scar), -0.1 + 0.07 * (f32::from(scar) * 2.4).sin());
            sheet.fill(oval(at, (0.02, 0.007), 0.5), &veil(workshop.lit(0xdfe8ec), 0.25));
        }
    });
    // The mouth's long line, curved down before the eye, and knobs above and below it.
    let dark = workshop.dim(0x14202e, 0.3);
    sheet.stroke(
        line(&[(1.13, 0.02), (0.95, 0.04), (0.72, 0.03), (0.56, 0.06), (0.5, 0.11)]),
        0.014,
        &veil(dark, 0.85),
    );
    let knob = workshop.bright(natural, 0.35);
    for (x, y) in [
        (1.04_f32, -0.07_f32),
        (0.96, -0.1),
        (0.87, -0.11),
        (0.78, -0.14),
        (0.98, -0.03),
        (0.88, -0.04),
        (0.77, -0.07),
        (1.07, 0.1),
        (0.98, 0.13),
        (0.66, -0.17),
    ] {
        sheet.fill(oval((x, y + 0.006), (0.019, 0.017), 0.0), &veil(dark, 0.45));
        sheet.fill(oval((x, y), (0.017, 0.015), 0.0), &flat(knob));
    }
    sheet.fill(oval((0.55, 0.0), (0.034, 0.026), 0.2), &veil(dark, 0.5));
    sheet.fill(oval((0.55, 0.0), (0.021, 0.018), 0.0), &flat(workshop.dim(0x0c1016, 0.1)));
    sheet.fill(oval((0.556, -0.006), (0.006, 0.006), 0.0), &flat(workshop.lit(0xffffff)));
    sheet.stroke(line(&[(0.5, -0.018), (0.55, -0.032), (0.6, -0.016)]), 0.01, &veil(dark, 0.6));
}

/// The stalk in two joints, and the flukes, of which we see the near half and the far one behind it.
fn tail(workshop: &Workshop<'_>, puppet: &mut Puppet, (natural, body): (u32, usize)) {
    let skin = workshop.coat(natural, -0.3, 0.24);
    let part = piece(2, body, (-0.66, -0.03), ((-1.34, -0.24), (-0.5, 0.2)));
    let stalk = workshop.add(puppet, part, motion::swing(1.3, 0.15, -0.8), |sheet| {
        sheet.fill(
            smooth(&[
                (-0.52, -0.2),
                (-0.78, -0.13),
                (-1.06, -0.09),
                (-1.3, -0.07),
                (-1.3, 0.0),
                (-1.06, 0.02),
                (-0.78, 0.08),
                (-0.52, 0.17),
            ]),
            &skin,
        );
    });
    let part = piece(1, stalk, (-1.24, -0.035), ((-1.8, -0.42), (-1.1, 0.34)));
    workshop.add(puppet, part, motion::swing(1.3, 0.34, -1.7), |sheet| {
        let far = smooth(&[
            (-1.2, -0.043),
            (-1.34, -0.081),
            (-1.52, -0.139),
            (-1.66, -0.156),
            (-1.6, -0.101),
            (-1.46, -0.04),
        ]);
        sheet.fill(far, &workshop.coat(Workshop::under(natural, 0.35), -0.2, 0.06));
        let near = smooth(&[
            (-1.18, -0.05),
            (-1.34, -0.043),
            (-1.5, 0.001),
            (-1.62, 0.062),
            (-1.74, 0.076),
            (-1.7, 0.014),
            (-1.56, -0.037),
            (-1.6, -0.06),
            (-1.4, -0.067),
        ]);
        sheet.fill(near, &skin);
        sheet.inside(|sheet| {
            let pale = veil(workshop.lit(0xeaf0f2), 0.5);
            sheet.stroke(line(&[(-1.72, 0.28), (-1.68, 0.12), (-1.55, -0.03)]), 0.03, &pale);
        });
    });
}

/// A flipper a third as long as the whale, white, with a knobbly edge.
fn flipper(workshop: &Workshop<'_>, puppet: &mut Puppet, (natural, body): (u32, usize), near: bool) {
    let (layer, shade, lag) = if near { (8, 0.05, 0.6) } else { (0, 0.55, 1.5) };
    let root = if near { (0.34, 0.2) } else { (0.44, 0.22) };
    let at = |u: f32, v: f32| (root.0 + u, root.1 + v);
    let part = piece(layer, body, root, (at(-0.66, -0.14), at(0.2, 0.7)));
    let row = motion::swing(1.3, 0.24, lag);
    workshop.add(puppet, part, row, |sheet| {
        let white = Workshop::under(0xeef3f4, shade);
        sheet.fill(
            smooth(&[
                at(0.11, -0.06),
                at(0.08, 0.1),
                at(0.04, 0.16),
                at(-0.04, 0.27),
                at(-0.12, 0.33),
                at(-0.22, 0.45),
                at(-0.33, 0.5),
                at(-0.46, 0.6),
                at(-0.56, 0.62),
                at(-0.52, 0.52),
                at(-0.38, 0.36),
                at(-0.24, 0.18),
                at(-0.14, 0.0),
                at(-0.06, -0.08),
            ]),
            &workshop.coat(white, root.1 - 0.1, root.1 + 0.8),
        );
        sheet.inside(|sheet| {
            let skin = workshop.dim(natural, 0.25 + shade);
            sheet.fill(oval(at(0.02, -0.06), (0.19, 0.13), 0.0), &flat(skin));
            sheet.fill(oval(at(-0.06, 0.06), (0.06, 0.09), 0.7), &veil(skin, 0.5));
            sheet.stroke(line(&[at(-0.14, 0.02), at(-0.3, 0.28), at(-0.52, 0.56)]), 0.022, &veil(skin, 0.5));
        });
    });
}
