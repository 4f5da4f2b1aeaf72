//! What carries many: a bus and a tram, with people behind their windows.

use super::super::super::colour::Rgb;
use super::super::super::puppet::Puppet;
use super::super::super::sheet::{Sheet, across, corners, flat, line, oval, pane, smooth, veil};
use super::super::craft::{colour, glass, wheel};
use super::super::motion;
use super::super::road::lamp;
use super::super::workshop::{Piece, Workshop, piece};
use crate::plan::Subject;

/// A bus full of windows, with people behind them.
pub(in crate::scene::subject) fn bus(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0xd84a34);
    let mut puppet = Puppet::default();
    let body = puppet.joint(None, (0.0, -0.2), motion::swing(2.5, 0.004, 0.0));
    workshop.add_round(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.8, -1.3), (2.1, 0.0))),
        (motion::rest(), 0.03),
        |sheet| {
            sheet.fill(pane((-1.7, -1.2), (1.72, -0.14), 0.14), &workshop.metal(paint, -1.3, -0.05));
            sheet.inside(|sheet| {
                sheet.fill(
                    corners(&[(-1.8, -1.24), (1.8, -1.24), (1.8, -1.1), (-1.8, -1.1)]),
                    &flat(workshop.lit(0xf4ead8)),
                );
                sheet.fill(
                    corners(&[(-1.8, -0.42), (1.8, -0.42), (1.8, -0.36), (-1.8, -0.36)]),
                    &flat(workshop.lit(0xf4ead8)),
                );
                for x in [-1.05_f32, 1.0] {
                    sheet.fill(oval((x, -0.2), (0.28, 0.27), 0.0), &flat(workshop.dim(0x101014, 0.5)));
                }
            });
            passengers(workshop, sheet, (-1.56, 1.16, 7), (-1.02, -0.56));
            sheet.fill(
                pane((1.22, -1.0), (1.46, -0.2), 0.03),
                &across((1.2, -1.0), (1.5, -0.2), workshop.lit(0xcfe4ec), workshop.dim(0x2a4254, 0.3)),
            );
            sheet.stroke(line(&[(1.34, -1.0), (1.34, -0.2)]), 0.016, &flat(workshop.dim(paint, 0.8)));
            sheet.fill(
                smooth(&[(1.54, -1.04), (1.7, -1.0), (1.72, -0.6), (1.54, -0.56)]),
                &across((1.5, -1.0), (1.7, -0.6), workshop.lit(0xdcf0f6), workshop.dim(0x2a4254, 0.3)),
            );
            lamp(workshop, sheet, (1.67, -0.34), 0.055);
            sheet.fill(pane((-1.71, -0.5), (-1.65, -0.38), 0.02), &flat(Rgb::hex(0xd82c26)));
            sheet.stroke(
                line(&[(-1.5, -1.17), (0.0, -1.185), (1.5, -1.17)]),
                0.018,
                &veil(workshop.lit(0xffffff), 0.6),
            );
        },
    );
    for x in [-1.05, 1.0] {
        wheel(workshop, &mut puppet, (body, (x, -0.2), 0.205), 6);
    }
    puppet
}

/// An old tram with its pole on the wire, on rails.
pub(in crate::scene::subject) fn tram(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0x2f7a5a);
    let mut puppet = Puppet::default();
    workshop.add(
        &mut puppet,
        Piece { parent: None, ..piece(0, 0, (0.0, 0.0), ((-7.5, -0.03), (7.5, 0.1))) },
        motion::rest(),
        |sheet| {
            sheet.fill(pane((-7.4, -0.02), (7.4, 0.012), 0.0), &flat(workshop.lit(0xa8acb4)));
            sheet.fill(pane((-7.4, 0.012), (7.4, 0.035), 0.0), &veil(workshop.dim(0x3a3634, 0.6), 0.7));
        },
    );
    let body = puppet.joint(None, (0.0, -0.1), motion::swing(3.1, 0.003, 0.0));
    workshop.add_round(
        &mut puppet,
        piece(5, body, (0.0, 0.0), ((-1.9, -1.72), (2.1, 0.0))),
        (motion::rest(), 0.025),
        |sheet| {
            sheet.stroke(line(&[(-0.2, -1.28), (-0.7, -1.66)]), 0.022, &flat(workshop.dim(0x2c2c32, 0.2)));
            sheet.stroke(line(&[(-0.78, -1.66), (-0.62, -1.66)]), 0.03, &flat(workshop.dim(0x2c2c32, 0.2)));
            sheet.fill(
                smooth(&[
                    (-1.5, -1.22),
                    (-0.9, -1.32),
                    (0.9, -1.32),
                    (1.5, -1.22),
                    (1.56, -1.14),
                    (-1.56, -1.14),
                ]),
                &workshop.coat(0xd8d2c2, -1.35, -1.1),
            );
            sheet.fill(pane((-1.62, -1.18), (1.62, -0.6), 0.08), &workshop.coat(0xf2e6cc, -1.2, -0.5));
            sheet.fill(
                corners(&[
                    (-1.64, -0.64),
                    (1.64, -0.64),
                    (1.62, -0.3),
                    (1.44, -0.14),
                    (-1.44, -0.14),
                    (-1.62, -0.3),
                ]),
                &workshop.metal(paint, -0.7, -0.1),
            );
            passengers(workshop, sheet, (-1.28, 1.28, 6), (-1.06, -0.68));
            for side in [-1.0_f32, 1.0] {
                let (left, right) = (side * 1.38 - 0.1, side * 1.38 + 0.1);
                glass(workshop, sheet, (left, -1.04), (right, -0.3), 0.03);
            }
            let gold = flat(workshop.lit(0xe6c478));
            sheet.stroke(line(&[(-1.6, -0.6), (1.6, -0.6)]), 0.022, &gold);
            sheet.stroke(pane((-1.2, -0.54), (1.2, -0.24), 0.05), 0.014, &gold);
            sheet.fill(pane((-1.2, -0.16), (1.2, -0.06), 0.03), &flat(workshop.dim(0x24242a, 0.4)));
            sheet.fill(pane((-0.4, -1.42), (0.4, -1.31), 0.03), &flat(workshop.dim(0x2a3230, 0.2)));
            lamp(workshop, sheet, (1.6, -0.42), 0.06);
        },
    );
    for x in [-0.95, -0.55, 0.55, 0.95] {
        wheel(workshop, &mut puppet, (body, (x, -0.12), 0.12), 8);
    }
    puppet
}

/// A row of windows with heads and shoulders behind the glass.
fn passengers(
    workshop: &Workshop<'_>,
    sheet: &mut Sheet,
    (from, to, count): (f32, f32, u8),
    (top, bottom): (f32, f32),
) {
    let wide = (to - from) / f32::from(count);
    let mut chance = workshop.chance();
    for number in 0..count {
        let left = from + f32::from(number) * wide + 0.02;
        let right = left + wide - 0.04;
        sheet.fill(
            pane((left, top), (right, bottom), 0.03),
            &across((left, top), (right, bottom), workshop.lit(0xcfe4ec), workshop.dim(0x34505f, 0.3)),
        );
        if chance.unit() < 0.6 {
            let x = (left + right) * 0.5 + chance.near(0.04);
            let skin = chance.of(&[0xf0c4a0, 0xd9a07a, 0x9a6a4a]);
            let coat = chance.of(&[0x4a6a8a, 0xa84a44, 0x6a7a4a, 0x5a4a6a]);
            sheet.fill(
                smooth(&[
                    (x - 0.1, bottom),
                    (x - 0.08, bottom - 0.1),
                    (x, bottom - 0.14),
                    (x + 0.08, bottom - 0.1),
                    (x + 0.1, bottom),
                ]),
                &veil(workshop.dim(coat, 0.4), 0.9),
            );
            sheet.fill(
                oval((x + 0.01, bottom - 0.2), (0.058, 0.07), 0.0),
                &veil(workshop.dim(skin, 0.3), 0.9),
            );
            sheet.fill(
                oval((x - 0.008, bottom - 0.235), (0.06, 0.048), 0.0),
                &veil(workshop.dim(0x2c2420, 0.3), 0.9),
            );
        }
        sheet.fill(
            corners(&[
                (left + 0.03, top + 0.01),
                (left + 0.1, top + 0.01),
                (left + 0.03, bottom - 0.01),
                (left, bottom - 0.01),
            ]),
            &veil(workshop.lit(0xffffff), 0.28),
        );
    }
}
