//! Things that stand still: trees, flowers, houses, castles and balls, on the ground at (0, 0).

use super::super::flora;
use super::super::puppet::{Pose, Puppet};
use super::super::sheet::{corners, flat, line, oval, smooth, veil};
use super::super::stage::Moment;
use super::super::town;
use super::motion;
use super::workshop::{Piece, Workshop, piece};
use crate::plan::{Action, Kind, Subject};

pub(super) fn scenery(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let mut puppet = Puppet::default();
    let sway = if matches!(subject.kind, Kind::Tree | Kind::Flower) { 0.014 } else { 0.0 };
    let root = puppet.joint(None, (0.0, 0.0), motion::swing(1.3, sway, 0.0));
    let mut sheet = workshop.sheet((-0.72, -1.12), (0.72, 0.06));
    let mut chance = workshop.chance();
    match subject.kind {
        Kind::Flower => blossom(workshop, &mut sheet, subject),
        Kind::House => town::house(
            &mut sheet,
            workshop.light,
            ((0.0, 0.0), 0.9),
            (subject.colour.map_or(0xf4e2c4, |c| c.0), 0xc05a44, 0.0),
        ),
        Kind::Castle => town::castle(&mut sheet, workshop.light, (0.0, 0.0), 1.0),
        _ => {
            let leaf = subject.colour.map_or(0x5aa04a, |colour| colour.0);
            flora::tree(&mut sheet, workshop.light, ((0.0, 0.0), 1.0), (leaf, 0x74543e, 0.0), &mut chance);
        }
    }
    puppet.part(sheet, 1, (Some(root), (0.0, 0.0)), motion::rest());
    puppet
}

fn blossom(workshop: &Workshop<'_>, sheet: &mut super::super::sheet::Sheet, subject: &Subject) {
    let natural = subject.colour.map_or(0xe8607a, |colour| colour.0);
    let stem = workshop.coat(0x5a9a48, -0.7, 0.0);
    sheet.stroke(line(&[(0.0, 0.0), (0.03, -0.35), (0.0, -0.68)]), 0.035, &stem);
    for side in [-1.0, 1.0] {
        sheet.fill(
            smooth(&[(0.01, -0.16), (side * 0.14, -0.34), (side * 0.3, -0.38), (side * 0.2, -0.2)]),
            &stem,
        );
    }
    for ring in [1.0_f32, 0.66] {
        for petal in 0..8_u8 {
            let angle = (f32::from(petal) + ring) / 8.0 * std::f32::consts::TAU;
            let (sin, cos) = angle.sin_cos();
            let at = (cos * 0.17 * ring, -0.74 + sin * 0.15 * ring);
            sheet.fill(
                oval(at, (0.13 * ring, 0.078 * ring), angle),
                &workshop.coat(natural, at.1 - 0.14, at.1 + 0.12),
            );
        }
    }
    sheet.fill(oval((0.0, -0.74), (0.08, 0.075), 0.0), &workshop.coat(0xf2c14a, -0.82, -0.66));
}

pub(super) fn ball(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let natural = subject.colour.map_or(0xe8604c, |colour| colour.0);
    let mut puppet = Puppet::default();
    let rolls = subject.action != Action::Rest;
    let spin = Box::new(move |moment: &Moment| {
        Pose::turned(if rolls { (moment.second * 1.9).sin() * 0.9 } else { 0.0 })
    });
    let part = Piece { parent: None, ..piece(1, 0, (0.0, -0.5), ((-0.52, -1.02), (0.52, 0.02))) };
    workshop.add(&mut puppet, part, spin, |sheet| {
        sheet.fill(oval((0.0, -0.5), (0.5, 0.5), 0.0), &flat(workshop.lit(natural)));
        sheet.inside(|sheet| {
            for turn in 0..3_u8 {
                let (sin, cos) = (f32::from(turn) / 3.0 * std::f32::consts::TAU).sin_cos();
                let reach = 0.7;
                let at = |angle: f32| (angle.cos() * reach, -0.5 + angle.sin() * reach);
                let start = sin.atan2(cos);
                sheet.fill(
                    corners(&[(0.0, -0.5), at(start), at(start + 0.52), at(start + 1.04)]),
                    &flat(workshop.lit(if turn == 0 { 0xf7cf5a } else { 0xfdf4e6 })),
                );
            }
            sheet.fill(oval((0.0, -0.5), (0.1, 0.1), 0.0), &flat(workshop.lit(natural)));
        });
    });
    let shade = Piece { parent: None, ..piece(2, 0, (0.0, -0.5), ((-0.52, -1.02), (0.52, 0.02))) };
    workshop.add(&mut puppet, shade, motion::rest(), |sheet| {
        let side = workshop.light.side;
        let dark = workshop.dim(natural, 1.0).scale(0.5);
        let ink =
            super::super::sheet::fading((side * 0.3, -0.9), (-side * 0.35, -0.05), (dark, 0.0), (dark, 0.6));
        sheet.fill(oval((0.0, -0.5), (0.5, 0.5), 0.0), &ink);
        sheet.fill(oval((side * 0.18, -0.74), (0.13, 0.09), side * 0.6), &veil(workshop.lit(0xffffff), 0.6));
    });
    puppet
}
