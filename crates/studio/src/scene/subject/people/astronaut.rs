//! Astronauts, turned to the right in a white suit: a pack on the back, a box of lights before the chest, a gold visor.

use super::super::motion;
use super::super::workshop::{Workshop, piece, taper};
use super::reach_of;
use super::suited::{Shell, SuitedLeg, leg};
use crate::plan::Subject;
use crate::scene::colour::Rgb;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{across, fading, flat, line, oval, pane, round, smooth, veil};
use crate::scene::stage::Moment;

/// The height of the hips.
const HIP: f32 = 0.393;

pub(super) fn astronaut(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let shell =
        Shell { paint: subject.colour.map_or(0xf1f1f2, |colour| colour.0), joint: 0xaab0bb, manned: true };
    let gait = workshop.gait;
    let mut puppet = Puppet::default();
    let hips = puppet.joint(
        None,
        (0.0, -HIP),
        Box::new(move |moment: &Moment| Pose::shifted(0.0, gait.sink(moment.second))),
    );
    for (near, phase) in [(false, 0.5), (true, 0.0)] {
        let x = if near { -0.035 } else { 0.04 };
        let built = SuitedLeg { hip: (x, -HIP), upper: 0.18, lower: 0.17, thick: 0.088 };
        leg(workshop, &mut puppet, (shell, built), (hips, near, phase));
    }
    // Leaning into the walk against the pack's weight.
    let trunk = puppet.joint(
        Some(hips),
        (0.0, -HIP),
        Box::new(move |moment: &Moment| {
            let step = gait.at(moment.second);
            Pose {
                turn: 0.03 + 0.05 * step.vigour + 0.012 * (moment.second * 1.3).sin(),
                stretch: (1.0, 1.0 + 0.006 * (moment.second * 2.1).sin()),
                ..Pose::shifted(0.0, 0.02)
            }
        }),
    );
    for near in [false, true] {
        arm(workshop, &mut puppet, shell, (trunk, near, subject));
    }
    pack(workshop, &mut puppet, shell, trunk);
    chest(workshop, &mut puppet, shell, trunk);
    let nod = puppet.joint(Some(trunk), (0.02, -0.65), motion::swing(1.2, 0.035, 0.0));
    helmet(workshop, &mut puppet, shell, nod);
    puppet
}

fn arm(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    shell: Shell,
    (trunk, near, subject): (usize, bool, &Subject),
) {
    let shoulder = if near { (-0.035, -0.585) } else { (0.085, -0.575) };
    let elbow = (shoulder.0, shoulder.1 + 0.155);
    let wrist = (shoulder.0, elbow.1 + 0.13);
    let shade = if near { 0.0 } else { 0.4 };
    let (paint, joint) = (Workshop::under(shell.paint, shade), Workshop::under(shell.joint, shade));
    let x = shoulder.0;
    let tube = workshop.barrel(paint, (x - 0.06, x + 0.06));
    let (upper, lower) = reach_of(subject.action, near, workshop.gait);
    let layer = if near { 14 } else { 1 };
    let crease = veil(workshop.dim(paint, 1.0), 0.35);
    let box_of = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.11, a.1 - 0.11), (b.0 + 0.11, b.1 + 0.11));
    let upper =
        workshop.add(puppet, piece(layer, trunk, shoulder, box_of(shoulder, elbow)), upper, |sheet| {
            sheet.fill(taper(shoulder, elbow, (0.076, 0.062)), &tube);
            sheet.inside(|sheet| {
                let y = shoulder.1 + 0.065;
                sheet.stroke(
                    line(&[(x - 0.07, y), (x + 0.07, y)]),
                    0.022,
                    &flat(workshop.dim(0xd0503c, 0.25)),
                );
            });
        });
    workshop.add(puppet, piece(layer, upper, elbow, box_of(elbow, wrist)), lower, |sheet| {
        let palm = (x, wrist.1 + 0.045);
        let glove = workshop.metal(joint, palm.1 - 0.06, palm.1 + 0.07);
        sheet.fill(oval(palm, (0.045, 0.056), 0.0), &glove);
        sheet.fill(oval((x + 0.042, palm.1 - 0.01), (0.017, 0.034), -0.5), &glove);
        sheet.fill(taper(elbow, (x, wrist.1 - 0.01), (0.062, 0.056)), &tube);
        for drop in [0.0_f32, 0.024] {
            let y = elbow.1 + drop;
            sheet.stroke(line(&[(x - 0.045, y), (x, y + 0.012), (x + 0.045, y)]), 0.007, &crease);
        }
        sheet.stroke(
            line(&[(x - 0.046, wrist.1), (x + 0.046, wrist.1)]),
            0.024,
            &flat(workshop.dim(joint, 0.45)),
        );
    });
}

fn pack(workshop: &Workshop<'_>, puppet: &mut Puppet, shell: Shell, trunk: usize) {
    let bounds = ((-0.36, -0.82), (0.06, -0.28));
    workshop.add(puppet, piece(7, trunk, (0.0, -0.4), bounds), motion::rest(), |sheet| {
        let dark = flat(workshop.dim(shell.joint, 0.9));
        sheet.stroke(line(&[(-0.24, -0.71), (-0.25, -0.8)]), 0.012, &dark);
        let white = Workshop::under(shell.paint, 0.25);
        sheet.fill(pane((-0.32, -0.735), (0.0, -0.305), 0.06), &workshop.metal(white, -0.74, -0.3));
        sheet.inside(|sheet| {
            sheet.fill(pane((-0.33, -0.4), (0.02, -0.29), 0.0), &workshop.metal(shell.joint, -0.44, -0.3));
            let seam = veil(workshop.dim(shell.paint, 1.0), 0.5);
            sheet.stroke(line(&[(-0.33, -0.6), (0.0, -0.6)]), 0.008, &seam);
        });
        sheet.fill(pane((-0.29, -0.56), (-0.2, -0.46), 0.015), &workshop.metal(shell.joint, -0.57, -0.46));
    });
}

fn chest(workshop: &Workshop<'_>, puppet: &mut Puppet, shell: Shell, trunk: usize) {
    let bounds = ((-0.22, -0.70), (0.26, -0.25));
    workshop.add_round(puppet, piece(8, trunk, (0.0, -0.36), bounds), (motion::rest(), 0.05), |sheet| {
        let shape = [
            (-0.05, -0.665),
            (0.08, -0.66),
            (0.155, -0.6),
            (0.172, -0.5),
            (0.15, -0.39),
            (0.13, -0.31),
            (0.03, -0.275),
            (-0.1, -0.29),
            (-0.14, -0.38),
            (-0.15, -0.52),
            (-0.125, -0.62),
        ];
        sheet.fill(smooth(&shape), &workshop.metal(shell.paint, -0.68, -0.28));
        sheet.inside(|sheet| {
            let dark = workshop.dim(shell.paint, 1.0);
            let belt = [(-0.2, -0.375), (0.0, -0.35), (0.2, -0.385)];
            sheet.stroke(line(&belt), 0.03, &flat(workshop.dim(shell.joint, 0.4)));
            for (from, to) in [
                ((-0.12, -0.41), (-0.03, -0.395)),
                ((-0.06, -0.325), (0.0, -0.29)),
                ((0.1, -0.33), (0.06, -0.3)),
            ] {
                sheet.stroke(line(&[from, to]), 0.008, &veil(dark, 0.5));
            }
            let strap = [(0.0, -0.68), (0.055, -0.6), (0.065, -0.5), (0.05, -0.38)];
            sheet.stroke(line(&strap), 0.022, &flat(workshop.dim(shell.joint, 0.25)));
        });
        // The box stands out before the chest.
        sheet.fill(pane((0.052, -0.558), (0.202, -0.428), 0.022), &workshop.metal(shell.joint, -0.57, -0.42));
        let screen =
            across((0.0, -0.54), (0.0, -0.48), workshop.dim(0x16263c, 0.2), workshop.dim(0x2c567a, 0.2));
        sheet.fill(pane((0.075, -0.542), (0.188, -0.49), 0.012), &screen);
        for (x, tint) in [(0.088, 0xe8665a), (0.131, 0xf2c45a), (0.174, 0x7ae0a0)] {
            let light = Rgb::hex(tint);
            let glow = round((x, -0.459), 0.024, (light, 0.6), (light, 0.0));
            sheet.fill(oval((x, -0.459), (0.024, 0.024), 0.0), &glow);
            sheet.fill(oval((x, -0.459), (0.01, 0.011), 0.0), &flat(light));
        }
        // A hose from the pack over the shoulder to the box.
        let hose = [(0.07, -0.445), (-0.005, -0.42), (-0.075, -0.47), (-0.1, -0.58), (-0.09, -0.65)];
        sheet.stroke(line(&hose), 0.024, &flat(workshop.dim(0x8f959f, 0.6)));
        sheet.stroke(line(&hose), 0.012, &flat(workshop.dim(0xd4d8de, 0.3)));
    });
}

/// A helmet, its gold visor mirroring the sky, the ground and a little of the sun.
fn helmet(workshop: &Workshop<'_>, puppet: &mut Puppet, shell: Shell, nod: usize) {
    let bounds = ((-0.22, -1.04), (0.28, -0.58));
    workshop.add_round(puppet, piece(12, nod, (0.02, -0.62), bounds), (motion::rest(), 0.06), |sheet| {
        sheet.fill(pane((-0.115, -0.69), (0.14, -0.625), 0.03), &workshop.metal(shell.joint, -0.7, -0.61));
        sheet.fill(oval((0.02, -0.83), (0.19, 0.185), 0.0), &workshop.metal(shell.paint, -1.04, -0.63));
        let visor = |grow: f32| {
            smooth(&[
                (0.1, -0.955 - grow),
                (0.178 + grow, -0.905 - grow * 0.5),
                (0.216 + grow * 0.5, -0.815),
                (0.188 + grow, -0.728 + grow * 0.5),
                (0.1, -0.692 + grow),
                (0.016 - grow, -0.73 + grow * 0.5),
                (-0.014 - grow, -0.818),
                (0.016 - grow, -0.91 - grow * 0.5),
            ])
        };
        sheet.fill(visor(0.016), &flat(workshop.dim(shell.joint, 0.3)));
        let gold = across((0.0, -0.955), (0.0, -0.8), Rgb::hex(0x3a2408), workshop.bright(0xf0b84e, 0.3));
        sheet.fill(visor(0.0), &gold);
        let ground = [
            (-0.012, -0.808),
            (0.05, -0.795),
            (0.13, -0.808),
            (0.214, -0.798),
            (0.186, -0.73),
            (0.1, -0.694),
            (0.018, -0.732),
        ];
        let soil =
            across((0.0, -0.81), (0.0, -0.69), workshop.dim(0x6a4416, 0.2), workshop.dim(0x2c1c0c, 0.3));
        sheet.fill(smooth(&ground), &soil);
        let glint = workshop.light.side;
        let sun = (0.1 + glint * 0.05, -0.885);
        let white = Rgb::hex(0xfffbe8);
        sheet.fill(oval(sun, (0.055, 0.055), 0.0), &round(sun, 0.055, (white, 0.9), (white, 0.0)));
        sheet.stroke(line(&[(0.026, -0.88), (0.01, -0.82), (0.024, -0.76)]), 0.012, &veil(white, 0.55));
        sheet.fill(oval((-0.085, -0.82), (0.045, 0.06), 0.05), &workshop.metal(shell.joint, -0.88, -0.76));
        sheet.fill(oval((-0.085, -0.82), (0.026, 0.037), 0.05), &flat(workshop.dim(shell.joint, 0.55)));
        let crown = (-0.03 + glint * 0.1, -0.985);
        sheet.inside(|sheet| {
            sheet.fill(
                oval(crown, (0.08, 0.03), glint * 0.3),
                &fading((0.0, -1.01), (0.0, -0.96), (white, 0.8), (white, 0.0)),
            );
        });
    });
}
