//! A steam train, heading right: an engine with its rods, a tender full of coal and two carriages.

use std::f32::consts::TAU;

use super::super::super::colour::Rgb;
use super::super::super::puppet::{Motion, Pose, Puppet};
use super::super::super::sheet::{Sheet, corners, flat, line, oval, pane, round, smooth, veil};
use super::super::super::stage::Moment;
use super::super::craft::{cloud, colour, glass};
use super::super::motion;
use super::super::workshop::{Workshop, piece};
use crate::plan::Subject;

const IRON: u32 = 0x2a2a30;
const BRASS: u32 = 0xd8b060;
/// The driving wheels: where they are, how large, and how far from its axle each one's crank pin is.
const DRIVERS: [f32; 3] = [0.46, 0.92, 1.38];
const DRIVER: f32 = 0.215;
const CRANK: f32 = 0.1;
/// Where the piston's rod ends, from the second driver's axle.
const ROD: f32 = 0.62;

pub(in crate::scene::subject) fn train(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let paint = colour(subject, 0x24463c);
    let mut puppet = Puppet::default();
    // Its middle is where its path is, and not its engine's firebox.
    let along =
        |moment: &Moment| Pose { turn: 0.002 * (moment.second * 8.0).sin(), ..Pose::shifted(0.5, 0.0) };
    let body = puppet.joint(None, (0.0, 0.0), Box::new(along));
    plume(workshop, &mut puppet, body);
    let track = piece(0, body, (0.0, 0.0), ((-7.5, -0.03), (7.5, 0.16)));
    workshop.add(&mut puppet, track, motion::rest(), |sheet| {
        sheet.fill(pane((-7.4, 0.0), (7.4, 0.15), 0.0), &workshop.coat(0x9a8a7a, -0.05, 0.2));
        sheet.fill(pane((-7.4, -0.02), (7.4, 0.015), 0.0), &flat(workshop.lit(0xc2c6cc)));
    });
    let carriages = piece(4, body, (0.0, 0.0), ((-3.4, -1.06), (-0.5, -0.06)));
    workshop.add_round(&mut puppet, carriages, (motion::rest(), 0.025), |sheet| {
        carriage(workshop, sheet, -3.36);
        carriage(workshop, sheet, -2.02);
    });
    let tender_box = piece(5, body, (0.0, 0.0), ((-0.75, -0.96), (0.2, -0.06)));
    workshop.add_round(&mut puppet, tender_box, (motion::rest(), 0.03), |sheet| {
        tender(workshop, sheet, paint);
    });
    let engine_box = piece(6, body, (0.0, 0.0), ((0.0, -1.28), (2.3, -0.04)));
    workshop.add_round(&mut puppet, engine_box, (motion::rest(), 0.03), |sheet| {
        engine(workshop, sheet, paint);
    });
    for x in [-3.12, -2.92, -2.34, -2.14, -1.78, -1.58, -1.0, -0.8] {
        wheel(workshop, &mut puppet, (body, (x, 0.1), 8));
    }
    for x in [-0.5, -0.26, -0.02] {
        wheel(workshop, &mut puppet, (body, (x, 0.12), 10));
    }
    for x in [1.72, 1.98] {
        wheel(workshop, &mut puppet, (body, (x, 0.105), 8));
    }
    for x in DRIVERS {
        wheel(workshop, &mut puppet, (body, (x, DRIVER), 14));
    }
    rods(workshop, &mut puppet, body);
    puppet
}

/// How far a wheel has turned.
fn rolled(workshop: &Workshop<'_>, radius: f32) -> impl Fn(&Moment) -> f32 + Send + Sync + use<> {
    let turns = workshop.gait.way / radius;
    move |moment| motion::onward(moment.at) * turns
}

/// An iron wheel with spokes that stands on the rail; a driving wheel has a weight against its crank.
fn wheel(workshop: &Workshop<'_>, puppet: &mut Puppet, (body, (x, radius), spokes): (usize, (f32, f32), u8)) {
    let y = -radius;
    let mut sheet = workshop.sheet((x - radius, y - radius), (x + radius, y + radius));
    let disc = |share: f32| oval((x, y), (radius * share, radius * share), 0.0);
    sheet.fill(disc(0.98), &flat(workshop.dim(0x1c1c22, 0.4)));
    let red = workshop.dim(0x9a3a30, 0.15);
    for index in 0..spokes {
        let (sin, cos) = (f32::from(index) / f32::from(spokes) * TAU).sin_cos();
        let end = (x + cos * radius * 0.82, y + sin * radius * 0.82);
        sheet.stroke(line(&[(x, y), end]), 0.018, &flat(red));
    }
    if radius > 0.2 {
        let weight = [-0.62_f32, -0.3, 0.0, 0.3, 0.62].map(|turn| {
            let (sin, cos) = (turn + TAU / 2.0).sin_cos();
            (x + cos * radius * 0.8, y + sin * radius * 0.8)
        });
        sheet.fill(corners(&weight), &flat(red));
    }
    sheet.stroke(disc(0.84), radius * 0.1, &flat(red));
    sheet.stroke(disc(0.93), radius * 0.1, &flat(workshop.lit(0xb8bcc4)));
    sheet.fill(disc(0.2), &flat(workshop.dim(0x8a3028, 0.3)));
    let rolled = rolled(workshop, radius);
    let turning = Box::new(move |moment: &Moment| Pose::turned(rolled(moment)));
    puppet.part(sheet, 20, (Some(body), (x, y)), turning);
}

/// The rod that couples the driving wheels, and the one that the piston drives them with.
fn rods(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize) {
    let y = -DRIVER;
    let steel = workshop.lit(0xc8ccd2);
    let rod = |puppet: &mut Puppet, (from, to): (f32, f32), motion: Motion| {
        let mut sheet = workshop.sheet((from - 0.06, y - 0.06), (to + 0.06, y + 0.06));
        sheet.stroke(line(&[(from, y), (to, y)]), 0.046, &flat(workshop.dim(0x4a4c54, 0.3)));
        sheet.stroke(line(&[(from, y - 0.004), (to, y - 0.004)]), 0.03, &flat(steel));
        for x in [from, to] {
            sheet.fill(oval((x, y), (0.04, 0.04), 0.0), &flat(steel));
            sheet.fill(oval((x, y), (0.018, 0.018), 0.0), &flat(workshop.dim(IRON, 0.2)));
        }
        puppet.part(sheet, 22, (Some(body), (from, y)), motion);
    };
    let turn = rolled(workshop, DRIVER);
    let couples = Box::new(move |moment: &Moment| {
        let (sin, cos) = turn(moment).sin_cos();
        Pose::shifted(CRANK * cos, CRANK * sin)
    });
    rod(puppet, (DRIVERS[0], DRIVERS[2]), couples);
    let turn = rolled(workshop, DRIVER);
    let drives = Box::new(move |moment: &Moment| {
        let (sin, cos) = turn(moment).sin_cos();
        Pose { turn: (-CRANK * sin / ROD).asin(), ..Pose::shifted(CRANK * cos, CRANK * sin) }
    });
    rod(puppet, (DRIVERS[1], DRIVERS[1] + ROD), drives);
}

/// A carriage of two colours with people behind its windows, from its left end on.
fn carriage(workshop: &Workshop<'_>, sheet: &mut Sheet, left: f32) {
    let right = left + 1.26;
    let iron = flat(workshop.dim(IRON, 0.3));
    // The coupling and the bellows to what is before it.
    sheet.fill(pane((right - 0.02, -0.78), (right + 0.1, -0.26), 0.02), &flat(workshop.dim(0x34302e, 0.4)));
    sheet.stroke(line(&[(left - 0.06, -0.17), (right + 0.12, -0.17)]), 0.04, &iron);
    sheet.fill(pane((left, -0.86), (right, -0.2), 0.03), &workshop.coat(0x7c2c2e, -0.7, -0.1));
    sheet.inside(|sheet| {
        let cream = workshop.coat(0xf0e4c8, -0.9, -0.3);
        sheet.fill(corners(&[(left, -0.9), (right, -0.9), (right, -0.46), (left, -0.46)]), &cream);
    });
    sheet.stroke(line(&[(left + 0.01, -0.455), (right - 0.01, -0.455)]), 0.016, &flat(workshop.lit(BRASS)));
    sheet.stroke(line(&[(left + 0.01, -0.25), (right - 0.01, -0.25)]), 0.01, &flat(workshop.lit(BRASS)));
    windows(workshop, sheet, left);
    for x in [left + 0.09, right - 0.09] {
        sheet.stroke(
            pane((x - 0.05, -0.78), (x + 0.05, -0.24), 0.02),
            0.012,
            &veil(workshop.dim(IRON, 0.3), 0.6),
        );
    }
    let roof = [
        (left - 0.03, -0.85),
        (left + 0.06, -0.93),
        (left + 0.4, -0.965),
        (right - 0.4, -0.965),
        (right - 0.06, -0.93),
        (right + 0.03, -0.85),
    ];
    sheet.fill(smooth(&roof), &workshop.coat(0x5a5c62, -1.0, -0.84));
    for x in [left + 0.34, left + 0.63, left + 0.92] {
        sheet.fill(pane((x - 0.04, -1.0), (x + 0.04, -0.955), 0.01), &iron);
    }
    // Bogies and the boxes under the floor.
    for x in [left + 0.34, right - 0.22] {
        sheet.fill(pane((x - 0.2, -0.2), (x + 0.08, -0.1), 0.02), &iron);
    }
    sheet.fill(pane((left + 0.5, -0.2), (left + 0.78, -0.11), 0.01), &iron);
}

/// Windows with the heads and shoulders of some who look out.
fn windows(workshop: &Workshop<'_>, sheet: &mut Sheet, left: f32) {
    let mut chance = workshop.chance();
    for number in 0..5_u8 {
        let x = left + 0.17 + f32::from(number) * 0.19;
        glass(workshop, sheet, (x, -0.77), (x + 0.155, -0.54), 0.02);
        sheet.inside(|sheet| {
            if chance.unit() < 0.5 {
                let at = x + 0.077 + chance.near(0.02);
                let coat = veil(workshop.dim(chance.of(&[0x4a5a7a, 0x7a5048, 0x5a644a]), 0.4), 0.8);
                sheet.fill(pane((at - 0.05, -0.585), (at + 0.05, -0.54), 0.02), &coat);
                sheet.fill(oval((at, -0.615), (0.026, 0.032), 0.0), &veil(workshop.dim(0xd9a07a, 0.3), 0.85));
                sheet.fill(
                    oval((at - 0.004, -0.632), (0.027, 0.02), 0.0),
                    &veil(workshop.dim(0x2c2420, 0.3), 0.85),
                );
            }
        });
    }
}

/// The tender: a tank with a heap of coal.
fn tender(workshop: &Workshop<'_>, sheet: &mut Sheet, paint: u32) {
    let coal = [
        (-0.58, -0.7),
        (-0.5, -0.82),
        (-0.38, -0.8),
        (-0.28, -0.9),
        (-0.14, -0.86),
        (-0.04, -0.8),
        (0.06, -0.7),
    ];
    sheet.fill(smooth(&coal), &workshop.coat(0x24242a, -0.95, -0.6));
    for (x, y) in [(-0.46, -0.77), (-0.3, -0.84), (-0.2, -0.8), (-0.08, -0.79), (-0.38, -0.74)] {
        sheet.fill(oval((x, y), (0.03, 0.02), 0.4), &veil(workshop.lit(0x6a6c76), 0.5));
    }
    sheet.stroke(line(&[(-0.74, -0.17), (0.2, -0.17)]), 0.045, &flat(workshop.dim(IRON, 0.3)));
    sheet.fill(pane((-0.66, -0.72), (0.12, -0.2), 0.03), &workshop.metal(paint, -0.8, -0.1));
    sheet.stroke(pane((-0.6, -0.66), (0.06, -0.27), 0.03), 0.012, &flat(workshop.lit(BRASS)));
    sheet.fill(pane((-0.66, -0.22), (0.12, -0.12), 0.01), &flat(workshop.dim(IRON, 0.3)));
}

/// The engine: cab, boiler with bands and domes, smokebox, funnel, cylinder and buffers.
fn engine(workshop: &Workshop<'_>, sheet: &mut Sheet, paint: u32) {
    let iron = workshop.coat(IRON, -1.2, -0.2);
    let dark = flat(workshop.dim(IRON, 0.35));
    let brass = workshop.metal(BRASS, -1.1, -0.6);
    // Frame and firebox.
    sheet.fill(pane((0.1, -0.34), (2.12, -0.2), 0.01), &dark);
    sheet.fill(pane((0.42, -0.62), (0.8, -0.28), 0.02), &workshop.coat(paint, -0.7, -0.1));
    // Funnel, domes and whistle.
    let funnel = [(1.71, -0.84), (1.74, -1.12), (1.7, -1.2), (1.96, -1.2), (1.92, -1.12), (1.95, -0.84)];
    sheet.fill(corners(&funnel), &iron);
    sheet.stroke(line(&[(1.69, -1.19), (1.97, -1.19)]), 0.035, &brass);
    let dome = |x: f32, half: f32, top: f32| {
        smooth(&[
            (x - half, -0.84),
            (x - half * 0.95, top + 0.06),
            (x - half * 0.5, top),
            (x + half * 0.5, top),
            (x + half * 0.95, top + 0.06),
            (x + half, -0.84),
        ])
    };
    sheet.fill(dome(1.12, 0.12, -1.06), &brass);
    sheet.fill(dome(1.46, 0.09, -1.0), &workshop.metal(paint, -1.05, -0.8));
    sheet.stroke(line(&[(0.8, -0.88), (0.8, -1.0)]), 0.022, &brass);
    // The boiler, and the smokebox before it.
    sheet.fill(pane((0.5, -0.9), (1.7, -0.46), 0.02), &workshop.metal(paint, -0.94, -0.4));
    sheet.fill(pane((1.64, -0.92), (2.06, -0.44), 0.04), &workshop.metal(IRON, -1.0, -0.36));
    sheet.stroke(
        line(&[(2.05, -0.86), (2.085, -0.68), (2.05, -0.5)]),
        0.035,
        &flat(workshop.dim(0x4a4c54, 0.2)),
    );
    for x in [0.74, 1.0, 1.27, 1.52] {
        sheet.stroke(line(&[(x, -0.895), (x, -0.465)]), 0.018, &brass);
    }
    sheet.stroke(line(&[(0.56, -0.74), (1.7, -0.74)]), 0.012, &flat(workshop.lit(0xd8dce2)));
    for x in [0.66, 0.92, 1.18, 1.44] {
        sheet.fill(oval((x, -0.74), (0.012, 0.016), 0.0), &dark);
    }
    // The cab: roof, window and a driver who looks out.
    sheet.fill(pane((0.14, -1.1), (0.58, -0.2), 0.02), &workshop.metal(paint, -1.2, -0.1));
    sheet.fill(pane((0.22, -1.0), (0.49, -0.72), 0.03), &flat(workshop.dim(0x1c2226, 0.3)));
    sheet.fill(oval((0.37, -0.82), (0.055, 0.065), 0.0), &flat(workshop.dim(0xd9a07a, 0.2)));
    sheet.fill(pane((0.31, -0.91), (0.45, -0.85), 0.02), &flat(workshop.dim(0x2a3a5a, 0.2)));
    sheet.fill(pane((0.28, -0.77), (0.46, -0.72), 0.02), &flat(workshop.dim(0x2a4a7a, 0.2)));
    sheet.stroke(pane((0.22, -1.0), (0.49, -0.72), 0.03), 0.018, &flat(workshop.lit(BRASS)));
    sheet.stroke(pane((0.2, -0.64), (0.52, -0.3), 0.02), 0.012, &flat(workshop.lit(BRASS)));
    let roof = [(0.02, -1.1), (0.1, -1.17), (0.36, -1.2), (0.6, -1.17), (0.7, -1.1)];
    sheet.fill(smooth(&roof), &iron);
    // The running board, red as the buffer beam.
    let red = workshop.coat(0xa83a30, -0.5, -0.1);
    sheet.fill(
        corners(&[(0.56, -0.46), (2.0, -0.46), (2.12, -0.36), (2.12, -0.31), (1.98, -0.41), (0.56, -0.41)]),
        &red,
    );
    sheet.fill(pane((2.1, -0.36), (2.16, -0.16), 0.01), &red);
    sheet.fill(pane((2.15, -0.29), (2.24, -0.23), 0.01), &dark);
    sheet.fill(corners(&[(2.02, -0.16), (2.14, -0.18), (2.22, -0.05), (2.0, -0.05)]), &dark);
    // Cylinder and the guide of its rod.
    sheet.fill(pane((1.66, -0.36), (2.02, -0.15), 0.05), &workshop.metal(paint, -0.4, -0.1));
    sheet.stroke(line(&[(1.7, -0.34), (1.7, -0.17)]), 0.014, &brass);
    sheet.stroke(line(&[(1.98, -0.34), (1.98, -0.17)]), 0.014, &brass);
    sheet.stroke(line(&[(1.36, -0.235), (1.7, -0.235)]), 0.016, &flat(workshop.lit(0xaab0b8)));
    sheet.fill(oval((2.06, -0.97), (0.06, 0.06), 0.0), &brass);
    let lamp = Rgb::hex(0xfff2c0);
    sheet.fill(oval((2.1, -0.97), (0.045, 0.055), 0.0), &round((2.1, -0.97), 0.06, (lamp, 1.0), (lamp, 0.6)));
}

/// Steam from the funnel: puffs that drift back over the carriages, spread, and fade.
fn plume(workshop: &Workshop<'_>, puppet: &mut Puppet, body: usize) {
    const PUFFS: u8 = 12;
    for index in 0..PUFFS {
        let phase = f32::from(index) / f32::from(PUFFS);
        let funnel = (1.83, -1.24);
        let puff = Box::new(move |moment: &Moment| {
            let age = (moment.second * 0.2 + phase).fract();
            let size = 0.42 + 2.7 * age.powf(0.65);
            let curl = 0.05 * (moment.second * 1.1 + phase * 9.0).sin() * age;
            Pose {
                turn: 0.5 * age - 0.2 + 0.4 * (phase * 9.0).sin(),
                stretch: (size, size),
                opacity: 0.92 * (1.0 - age) * (age * 40.0).min(1.0),
                // It rises at once, and then the wind of the drive lays it down.
                shift: (funnel.0 - 4.2 * age, funnel.1 - 0.85 * age.powf(0.72) + curl),
            }
        });
        let mut sheet = workshop.sheet((-0.26, -0.26), (0.26, 0.26));
        cloud(&mut sheet, (workshop.bright(0xffffff, 0.3), workshop.dim(0x9aa2b2, 0.6)), phase);
        puppet.part(sheet, 1, (Some(body), (0.0, 0.0)), puff);
    }
}
