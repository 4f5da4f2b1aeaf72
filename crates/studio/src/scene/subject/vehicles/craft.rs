//! Things that carry people: cars, trains and boats, heading right.

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Pose, Puppet};
use super::super::super::sheet::{
    Sheet, across, corners, fading, flat, line, oval, pane, round, smooth, veil,
};
use super::super::super::stage::Moment;
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

pub(in crate::scene::subject) fn colour(subject: &Subject, natural: u32) -> u32 {
    subject.colour.map_or(natural, |colour| colour.0)
}

pub(in crate::scene::subject) fn glass(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    upper_left: (f32, f32),
    lower_right: (f32, f32),
    radius: f32,
) {
    let ink = across(upper_left, lower_right, workshop.lit(0xe2f4fa), workshop.dim(0x5a86a8, 0.3));
    sheet.fill(pane(upper_left, lower_right, radius), &ink);
}

/// A wheel that turns by as much ground as it covers.
pub(in crate::scene::subject) fn wheel(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (parent, (x, y), radius): (usize, (f32, f32), f32),
    spokes: u8,
) {
    let bounds = ((x - radius, y - radius), (x + radius, y + radius));
    let turns = workshop.gait.way / radius;
    // Without the light that rounds other parts off: it would turn with the wheel.
    let mut sheet = workshop.sheet(bounds.0, bounds.1);
    let disc = |share: f32| oval((x, y), (radius * share, radius * share), 0.0);
    sheet.fill(disc(1.0), &flat(workshop.dim(0x24232a, 0.2)));
    sheet.stroke(disc(0.9), radius * 0.05, &veil(workshop.lit(0x8a8c96), 0.35));
    sheet.fill(disc(0.72), &flat(workshop.dim(0x3c3e46, 0.5)));
    sheet.fill(disc(0.5), &flat(workshop.dim(0x80848c, 0.4)));
    for index in 0..spokes {
        let (sin, cos) = (f32::from(index) / f32::from(spokes) * std::f32::consts::TAU).sin_cos();
        let at = |share: f32| (x + cos * radius * share, y + sin * radius * share);
        sheet.stroke(line(&[at(0.1), at(0.68)]), radius * 0.13, &flat(workshop.dim(0xc8ccd4, 0.3)));
    }
    sheet.stroke(disc(0.7), radius * 0.07, &flat(workshop.lit(0xd8dae0)));
    sheet.fill(disc(0.16), &flat(workshop.dim(0x5a5e68, 0.2)));
    let turning = Box::new(move |moment: &Moment| Pose::turned(motion::onward(moment.at) * turns));
    puppet.part(sheet, 20, (Some(parent), (x, y)), turning);
}

/// A low sports car.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(in crate::scene::subject) fn car(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xc22f2c);
    let mut puppet = Puppet::default();
    contact(workshop, &mut puppet);
    let body = puppet.joint(None, (0.0, -0.2), motion::swing(2.3, 0.006, 0.0));
    let bounds = ((-1.4, -0.84), (1.8, 0.0));
    workshop.add_round(&mut puppet, piece(5, body, (0.0, 0.0), bounds), (motion::rest(), 0.028), |sheet| {
        let beam = Rgb::hex(0xfff0c8);
        sheet.fill(
            oval((1.38, -0.36), (0.36, 0.2), 0.0),
            &round((1.26, -0.36), 0.34, (beam, 0.45), (beam, 0.0)),
        );
        // The dark floor, then the shell.
        sheet.fill(pane((-1.16, -0.26), (1.16, -0.10), 0.05), &flat(workshop.dim(0x18181e, 0.5)));
        let shell = smooth(&[
            (-1.30, -0.40),
            (-1.28, -0.53),
            (-1.10, -0.575),
            (-0.84, -0.60),
            (-0.54, -0.73),
            (-0.20, -0.785),
            (0.10, -0.75),
            (0.38, -0.61),
            (0.58, -0.535),
            (0.92, -0.475),
            (1.18, -0.385),
            (1.30, -0.27),
            (1.26, -0.17),
            (0.90, -0.13),
            (0.0, -0.115),
            (-0.9, -0.13),
            (-1.24, -0.18),
        ]);
        sheet.fill(shell, &workshop.metal(paint, -0.82, -0.05));
        sheet.inside(|sheet| {
            // Lacquer mirrors the sky above the shoulder line and the road below it.
            let (sky, road) = (workshop.bright(paint, 1.0), workshop.dim(paint, 1.0).scale(0.35));
            sheet.fill(
                smooth(&[
                    (-1.3, -0.50),
                    (-0.7, -0.52),
                    (0.3, -0.49),
                    (1.0, -0.42),
                    (1.26, -0.33),
                    (0.9, -0.37),
                    (0.2, -0.44),
                    (-0.7, -0.465),
                    (-1.3, -0.44),
                ]),
                &veil(sky, 0.62),
            );
            sheet.fill(
                smooth(&[
                    (-1.35, -0.16),
                    (-1.0, -0.30),
                    (-0.5, -0.29),
                    (0.2, -0.33),
                    (0.8, -0.27),
                    (1.3, -0.22),
                    (1.3, 0.0),
                    (-1.3, 0.0),
                ]),
                &fading((0.0, -0.34), (0.0, -0.14), (road, 0.15), (road, 0.8)),
            );
            sheet.stroke(
                line(&[(-0.86, -0.585), (-0.5, -0.705), (-0.2, -0.755), (0.06, -0.725)]),
                0.02,
                &veil(workshop.lit(0xffffff), 0.55),
            );
            sheet.stroke(
                line(&[(0.5, -0.525), (0.9, -0.455), (1.1, -0.395)]),
                0.016,
                &veil(workshop.lit(0xffffff), 0.5),
            );
            for x in [-0.80, 0.80] {
                let lip = veil(workshop.bright(paint, 0.8), 0.55);
                sheet.stroke(oval((x, -0.205), (0.262, 0.262), 0.0), 0.022, &lip);
                sheet.fill(oval((x, -0.205), (0.252, 0.252), 0.0), &flat(Rgb::hex(0x08080b)));
            }
        });
        let glass = across((-0.4, -0.76), (0.3, -0.52), workshop.lit(0xcfe6f0), workshop.dim(0x1e3448, 0.3));
        let window = smooth(&[
            (-0.70, -0.595),
            (-0.48, -0.69),
            (-0.18, -0.735),
            (0.06, -0.71),
            (0.32, -0.575),
            (0.0, -0.565),
            (-0.4, -0.57),
        ]);
        sheet.fill(window.clone(), &glass);
        sheet.stroke(window, 0.014, &workshop.metal(0xc8ccd4, -0.76, -0.54));
        sheet.stroke(line(&[(-0.20, -0.735), (-0.25, -0.57)]), 0.028, &flat(workshop.dim(0x1c1c22, 0.3)));
        sheet.fill(
            corners(&[(-0.1, -0.70), (0.0, -0.70), (-0.1, -0.58), (-0.18, -0.58)]),
            &veil(workshop.lit(0xffffff), 0.35),
        );
        let seam = veil(workshop.dim(paint, 1.0).scale(0.3), 0.75);
        sheet.stroke(
            line(&[
                (-0.42, -0.565),
                (-0.44, -0.34),
                (-0.38, -0.17),
                (0.38, -0.16),
                (0.42, -0.36),
                (0.34, -0.565),
            ]),
            0.009,
            &seam,
        );
        sheet.fill(pane((-0.34, -0.475), (-0.2, -0.45), 0.012), &workshop.metal(0xd0d4da, -0.48, -0.44));
        sheet.fill(
            smooth(&[(0.24, -0.60), (0.32, -0.645), (0.36, -0.60), (0.32, -0.57)]),
            &workshop.metal(paint, -0.65, -0.56),
        );
        sheet.fill(
            smooth(&[(0.92, -0.43), (1.08, -0.40), (1.19, -0.345), (1.04, -0.355)]),
            &flat(workshop.dim(0x22242c, 0.2)),
        );
        sheet.stroke(line(&[(0.96, -0.41), (1.08, -0.385), (1.17, -0.35)]), 0.022, &flat(beam));
        sheet.fill(
            corners(&[(1.14, -0.25), (1.285, -0.25), (1.25, -0.185), (1.12, -0.17)]),
            &flat(workshop.dim(0x15151a, 0.4)),
        );
        sheet.fill(pane((-1.295, -0.48), (-1.12, -0.435), 0.018), &flat(Rgb::hex(0xd82c26)));
        sheet.stroke(line(&[(-1.31, -0.60), (-1.06, -0.625)]), 0.026, &flat(workshop.dim(paint, 0.7)));
        sheet.stroke(line(&[(-1.12, -0.61), (-1.08, -0.57)]), 0.018, &flat(workshop.dim(0x1c1c22, 0.3)));
        for x in [-1.16_f32, -1.08] {
            sheet.fill(oval((x, -0.155), (0.03, 0.02), 0.0), &workshop.metal(0xb8bcc4, -0.18, -0.13));
        }
    });
    for x in [-0.80, 0.80] {
        wheel(workshop, &mut puppet, (body, (x, -0.2), 0.215), 10);
    }
    puppet
}

/// The dark under a low car, darkest where the tyres stand: on any road it lies on the ground.
fn contact(workshop: &Workshop<'_>, puppet: &mut Puppet) {
    let mut sheet = workshop.sheet((-1.6, -0.2), (1.6, 0.16));
    let dark = Rgb::hex(0x030306);
    sheet.fill(oval((0.0, -0.005), (1.24, 0.052), 0.0), &veil(dark, 0.7));
    sheet.fill(pane((-1.02, -0.14), (1.02, 0.01), 0.04), &veil(dark, 0.9));
    sheet.blur(0.02);
    for x in [-0.80, 0.80] {
        sheet.fill(oval((x, 0.008), (0.2, 0.026), 0.0), &veil(dark, 0.6));
        sheet.fill(oval((x, 0.008), (0.13, 0.018), 0.0), &veil(dark, 0.85));
    }
    sheet.blur(0.006);
    puppet.part(sheet, 0, (None, (0.0, 0.0)), motion::rest());
}

/// A round billow about (0, 0), lit from above, with soft edges.
pub(in crate::scene::subject) fn cloud(sheet: &mut Sheet, (light, shade): (Rgb, Rgb), phase: f32) {
    for lobe in 0..7_u8 {
        let (sin, cos) = (f32::from(lobe) * 0.9 + phase * 5.0).sin_cos();
        let far = if lobe == 6 { 0.0 } else { 0.09 };
        let at = (far * cos, far * sin);
        let ink = across((at.0, at.1 - 0.1), (at.0, at.1 + 0.1), light, shade);
        sheet.fill(oval(at, (0.1, 0.1), 0.0), &ink);
    }
    sheet.blur(0.022);
}

pub(in crate::scene::subject) fn boat(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let sail = colour(subject, 0xfff4e0);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, 0.0), motion::rest());
    workshop.add(
        &mut puppet,
        piece(2, body, (0.0, -0.2), ((-0.55, -1.02), (0.65, -0.15))),
        motion::swing(1.1, 0.02, 0.6),
        |sheet| {
            sheet.stroke(line(&[(0.0, -0.16), (0.0, -1.0)]), 0.022, &workshop.coat(0x7a5238, -1.0, 0.0));
            sheet.fill(
                smooth(&[(0.03, -0.97), (0.3, -0.66), (0.44, -0.28), (0.24, -0.235), (0.03, -0.24)]),
                &workshop.coat(sail, -1.0, -0.1),
            );
            sheet.fill(
                smooth(&[(-0.03, -0.92), (-0.24, -0.6), (-0.42, -0.26), (-0.2, -0.235), (-0.03, -0.24)]),
                &workshop.coat(0xe86a52, -1.0, -0.1),
            );
            sheet
                .fill(corners(&[(0.0, -1.02), (0.0, -0.95), (-0.14, -0.985)]), &flat(workshop.lit(0xe86a52)));
        },
    );
    workshop.add(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-0.7, -0.26), (0.75, 0.08))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                smooth(&[
                    (-0.62, -0.17),
                    (0.0, -0.135),
                    (0.70, -0.20),
                    (0.52, 0.0),
                    (0.30, 0.05),
                    (-0.40, 0.05),
                    (-0.56, -0.04),
                ]),
                &workshop.coat(0x8a5a3c, -0.22, 0.08),
            );
            sheet.inside(|sheet| {
                sheet.stroke(
                    line(&[(-0.66, -0.135), (0.0, -0.10), (0.72, -0.16)]),
                    0.045,
                    &flat(workshop.lit(0xfaf0dc)),
                );
            });
            let foam = workshop.lit(0xffffff);
            sheet.stroke(
                line(&[(-0.66, 0.055), (-0.2, 0.045), (0.2, 0.055), (0.6, 0.045)]),
                0.028,
                &veil(foam, 0.7),
            );
        },
    );
    puppet
}
