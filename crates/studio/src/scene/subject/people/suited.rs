//! Robots, with a face of light, and the legs that they share with astronauts.

use super::super::gait::Limb;
use super::super::motion;
use super::super::workshop::{Workshop, piece, taper};
use super::astronaut::astronaut;
use super::reach_of;
use crate::plan::{Kind, Subject};
use crate::scene::colour::Rgb;
use crate::scene::puppet::{Pose, Puppet};
use crate::scene::sheet::{Sheet, across, flat, line, oval, pane, round, smooth, veil};
use crate::scene::stage::Moment;

/// What a suit or a shell is made of.
#[derive(Clone, Copy)]
pub(super) struct Shell {
    pub(super) paint: u32,
    pub(super) joint: u32,
    pub(super) manned: bool,
}

/// A leg's hip, the lengths of its bones, and how thick it is.
#[derive(Clone, Copy)]
pub(super) struct SuitedLeg {
    pub(super) hip: (f32, f32),
    pub(super) upper: f32,
    pub(super) lower: f32,
    pub(super) thick: f32,
}

pub(in crate::scene::subject) fn suited(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    if subject.kind == Kind::Astronaut {
        return astronaut(workshop, subject);
    }
    let paint = subject.colour.map_or(0x7fb0c6, |colour| colour.0);
    let shell = Shell { paint, joint: 0x505a68, manned: false };
    let gait = workshop.gait;
    let mut puppet = Puppet::default();
    let hips = puppet.joint(
        None,
        (0.0, -0.36),
        Box::new(move |moment: &Moment| Pose::shifted(0.0, gait.sink(moment.second))),
    );
    for (near, phase) in [(false, 0.5), (true, 0.0)] {
        let x = if near { -0.085 } else { 0.075 };
        let built = SuitedLeg { hip: (x, -0.36), upper: 0.165, lower: 0.16, thick: 0.042 };
        leg(workshop, &mut puppet, (shell, built), (hips, near, phase));
    }
    let trunk = puppet.joint(
        Some(hips),
        (0.0, -0.36),
        Box::new(|moment: &Moment| Pose {
            turn: 0.012 * (moment.second * 1.3).sin(),
            stretch: (1.0, 1.0 + 0.006 * (moment.second * 2.1).sin()),
            ..Pose::REST
        }),
    );
    for near in [false, true] {
        arm(workshop, &mut puppet, shell, (trunk, near, subject));
    }
    chest(workshop, &mut puppet, shell, trunk);
    let nod = puppet.joint(Some(trunk), (0.0, -0.62), motion::swing(1.2, 0.035, 0.0));
    face(workshop, &mut puppet, shell, nod);
    puppet
}

pub(super) fn leg(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    (shell, built): (Shell, SuitedLeg),
    (hips, near, phase): (usize, bool, f32),
) {
    let (x, thick) = (built.hip.0, built.thick);
    let limb = Limb {
        hip: built.hip,
        upper: built.upper,
        lower: built.lower,
        ankle: 0.055,
        knee: 1.0,
        phase,
        gait: workshop.gait,
    };
    let (hip, knee, ankle) = (limb.hip, limb.knee_at(), limb.ankle_at());
    let shade = if near { 0.0 } else { 0.4 };
    let layer = if near { 5 } else { 2 };
    let (paint, joint) = (Workshop::under(shell.paint, shade), Workshop::under(shell.joint, shade));
    let tube = workshop.barrel(if shell.manned { paint } else { joint }, (x - 0.08, x + 0.08));
    let box_of = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.13, a.1 - 0.1), (b.0 + 0.13, b.1 + 0.1));
    let thigh = workshop.add(puppet, piece(layer, hips, hip, box_of(hip, knee)), limb.thigh(), |sheet| {
        sheet.fill(taper(hip, knee, (thick, thick * 0.9)), &tube);
    });
    let shin = workshop.add(puppet, piece(layer, thigh, knee, box_of(knee, ankle)), limb.shin(), |sheet| {
        // It ends in the boot.
        let low = (ankle.0, ankle.1 - thick * 0.5);
        sheet.fill(taper(knee, low, (thick * 0.9, thick * 0.95)), &tube);
        if shell.manned {
            let crease = veil(workshop.dim(shell.paint, 1.0), 0.4);
            for drop in [-0.015_f32, 0.015, 0.05, 0.10] {
                let y = knee.1 + drop;
                sheet.stroke(line(&[(x - 0.06, y), (x, y + 0.014), (x + 0.06, y)]), 0.008, &crease);
            }
        } else {
            sheet.fill(oval(knee, (0.05, 0.05), 0.0), &workshop.metal(paint, knee.1 - 0.05, knee.1 + 0.05));
        }
    });
    workshop.add(
        puppet,
        piece(layer, shin, ankle, ((x - 0.14, ankle.1 - 0.09), (x + 0.2, 0.03))),
        limb.toes(),
        |sheet| {
            let boot = [
                (x - 0.078, ankle.1 - 0.06),
                (x + 0.066, ankle.1 - 0.06),
                (x + 0.085, ankle.1 - 0.012),
                (x + 0.138, ankle.1 + 0.012),
                (x + 0.142, ankle.1 + 0.05),
                (x, ankle.1 + 0.056),
                (x - 0.088, ankle.1 + 0.05),
                (x - 0.088, ankle.1 - 0.01),
            ];
            let ink = workshop.metal(paint, ankle.1 - 0.08, ankle.1 + 0.07);
            sheet.fill(smooth(&boot), &ink);
            let sole = [(x - 0.085, ankle.1 + 0.05), (x, ankle.1 + 0.054), (x + 0.138, ankle.1 + 0.049)];
            sheet.stroke(line(&sole), 0.018, &flat(workshop.dim(joint, 0.6)));
            sheet.stroke(
                line(&[(x - 0.07, ankle.1 - 0.055), (x + 0.062, ankle.1 - 0.055)]),
                0.02,
                &flat(workshop.dim(joint, 0.3)),
            );
        },
    );
}

fn arm(
    workshop: &Workshop<'_>,
    puppet: &mut Puppet,
    shell: Shell,
    (trunk, near, subject): (usize, bool, &Subject),
) {
    let side = if near { -1.0 } else { 1.0 };
    let shoulder = (side * 0.185, -0.565);
    let elbow = (shoulder.0, shoulder.1 + 0.135);
    let wrist = (shoulder.0, elbow.1 + 0.125);
    let shade = if near { 0.0 } else { 0.35 };
    let (paint, joint) = (Workshop::under(shell.paint, shade), Workshop::under(shell.joint, shade));
    let x = shoulder.0;
    let tube = workshop.barrel(joint, (x - 0.06, x + 0.06));
    let thick = 0.034;
    let (upper, lower) = reach_of(subject.action, near, workshop.gait);
    let layer = if near { 14 } else { 1 };
    let box_of = |a: (f32, f32), b: (f32, f32)| ((a.0 - 0.11, a.1 - 0.11), (b.0 + 0.11, b.1 + 0.11));
    let upper =
        workshop.add(puppet, piece(layer, trunk, shoulder, box_of(shoulder, elbow)), upper, |sheet| {
            sheet.fill(taper(shoulder, elbow, (thick * 1.12, thick)), &tube);
            sheet.fill(
                oval(shoulder, (0.062, 0.062), 0.0),
                &workshop.metal(paint, shoulder.1 - 0.06, shoulder.1 + 0.06),
            );
        });
    workshop.add(puppet, piece(layer, upper, elbow, box_of(elbow, wrist)), lower, |sheet| {
        let palm = (x, wrist.1 + 0.045);
        sheet.fill(oval(palm, (0.054, 0.06), 0.0), &workshop.metal(paint, palm.1 - 0.06, palm.1 + 0.07));
        sheet.fill(
            oval((x + 0.05, palm.1 - 0.01), (0.02, 0.036), -0.5),
            &workshop.metal(paint, palm.1 - 0.06, palm.1 + 0.05),
        );
        sheet.fill(taper(elbow, (x, wrist.1 - 0.01), (thick, thick * 0.95)), &tube);
        sheet.stroke(
            line(&[(x - 0.05, wrist.1), (x + 0.05, wrist.1)]),
            0.026,
            &flat(workshop.dim(joint, 0.45)),
        );
    });
}

fn chest(workshop: &Workshop<'_>, puppet: &mut Puppet, shell: Shell, trunk: usize) {
    let bounds = ((-0.26, -0.70), (0.26, -0.27));
    workshop.add_round(puppet, piece(8, trunk, (0.0, -0.36), bounds), (motion::rest(), 0.06), |sheet| {
        sheet.fill(pane((-0.185, -0.65), (0.185, -0.32), 0.075), &workshop.metal(shell.paint, -0.66, -0.3));
        sheet.inside(|sheet| {
            let dark = workshop.dim(shell.paint, 1.0);
            sheet.stroke(line(&[(-0.2, -0.40), (0.2, -0.40)]), 0.006, &veil(dark, 0.7));
            for x in [-0.155, 0.155] {
                sheet.fill(oval((x, -0.36), (0.01, 0.01), 0.0), &flat(workshop.dim(shell.joint, 0.5)));
            }
        });
        sheet
            .fill(pane((-0.075, -0.555), (0.125, -0.425), 0.022), &workshop.metal(shell.joint, -0.56, -0.42));
        sheet.fill(
            pane((-0.06, -0.54), (0.11, -0.485), 0.012),
            &across((0.0, -0.54), (0.0, -0.48), workshop.dim(0x16263c, 0.2), workshop.dim(0x2c567a, 0.2)),
        );
        for (x, tint) in [(-0.035, 0xe8665a), (0.025, 0xf2c45a), (0.085, 0x7ae0a0)] {
            let light = Rgb::hex(tint);
            sheet.fill(
                oval((x, -0.455), (0.026, 0.026), 0.0),
                &round((x, -0.455), 0.026, (light, 0.6), (light, 0.0)),
            );
            sheet.fill(oval((x, -0.455), (0.012, 0.012), 0.0), &flat(light));
        }
    });
}

fn face(workshop: &Workshop<'_>, puppet: &mut Puppet, shell: Shell, nod: usize) {
    let glow = Rgb::hex(0x7af0f0);
    let bounds = ((-0.30, -1.1), (0.30, -0.58));
    workshop.add_round(puppet, piece(12, nod, (0.0, -0.62), bounds), (motion::rest(), 0.05), |sheet| {
        sheet.fill(pane((-0.05, -0.68), (0.05, -0.6), 0.01), &workshop.metal(shell.joint, -0.68, -0.6));
        antenna(workshop, sheet, shell);
        sheet.fill(pane((-0.245, -0.86), (0.245, -0.75), 0.03), &workshop.metal(shell.joint, -0.87, -0.74));
        sheet.fill(pane((-0.215, -0.97), (0.215, -0.65), 0.1), &workshop.metal(shell.paint, -0.98, -0.63));
        let screen =
            across((0.0, -0.93), (0.0, -0.70), workshop.dim(0x1c2a40, 0.2), workshop.dim(0x0c1220, 0.2));
        sheet.fill(pane((-0.165, -0.925), (0.18, -0.70), 0.07), &flat(workshop.dim(shell.joint, 0.5)));
        sheet.fill(pane((-0.155, -0.915), (0.17, -0.71), 0.062), &screen);
        let sheen = [(-0.12, -0.9), (0.02, -0.9), (-0.06, -0.78), (-0.13, -0.79)];
        sheet.fill(smooth(&sheen), &veil(workshop.lit(0xffffff), 0.1));
        sheet.stroke(line(&[(-0.03, -0.755), (0.01, -0.742), (0.05, -0.755)]), 0.012, &flat(glow));
    });
    for x in [-0.07, 0.09] {
        let at = (x, -0.82);
        let bounds = ((x - 0.08, at.1 - 0.08), (x + 0.08, at.1 + 0.08));
        let blink = Box::new(|moment: &Moment| Pose::stretched(1.0, motion::blink(moment.second)));
        let mut sheet = workshop.sheet(bounds.0, bounds.1);
        sheet.fill(oval(at, (0.07, 0.07), 0.0), &round(at, 0.07, (glow, 0.5), (glow, 0.0)));
        sheet.fill(oval(at, (0.027, 0.036), 0.0), &flat(glow));
        sheet.fill(oval((x - 0.008, at.1 - 0.012), (0.009, 0.011), 0.0), &flat(Rgb::hex(0xffffff)));
        puppet.part(sheet, 13, (Some(nod), at), blink);
    }
}

fn antenna(workshop: &Workshop<'_>, sheet: &mut Sheet, shell: Shell) {
    sheet.stroke(line(&[(0.0, -0.96), (0.0, -1.03)]), 0.014, &flat(workshop.dim(shell.joint, 0.2)));
    let light = Rgb::hex(0xff8a6a);
    sheet.fill(
        oval((0.0, -1.045), (0.05, 0.05), 0.0),
        &round((0.0, -1.045), 0.05, (light, 0.5), (light, 0.0)),
    );
    sheet.fill(oval((0.0, -1.045), (0.022, 0.022), 0.0), &flat(light));
}
