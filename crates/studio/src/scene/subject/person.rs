//! People and robots, standing at (0, 0), simply stylised.

use super::super::puppet::{Motion, Pose, Puppet};
use super::super::sheet::{Sheet, flat, line, oval, pane, round, smooth, veil};
use super::super::stage::Moment;
use super::motion;
use super::workshop::{Workshop, piece};
use crate::plan::{Action, Kind, Subject};

/// How a person looks.
#[derive(Clone, Copy)]
struct Look {
    coat: u32,
    legs: u32,
    hair: u32,
    skin: u32,
    /// Half width of the head.
    head: f32,
    long_hair: bool,
    skirt: bool,
}

fn look(subject: &Subject) -> Look {
    let base = match subject.kind {
        Kind::Child => Look {
            coat: 0xe8b23c,
            legs: 0x4a6a9a,
            hair: 0x5a3826,
            skin: 0xf4c8a4,
            head: 0.185,
            long_hair: false,
            skirt: false,
        },
        Kind::Woman => Look {
            coat: 0xd9586a,
            legs: 0xf0c4a0,
            hair: 0x3a2620,
            skin: 0xf2c4a0,
            head: 0.15,
            long_hair: true,
            skirt: true,
        },
        _ => Look {
            coat: 0x4a6f96,
            legs: 0x3a4254,
            hair: 0x33261f,
            skin: 0xe8b890,
            head: 0.145,
            long_hair: false,
            skirt: false,
        },
    };
    Look { coat: subject.colour.map_or(base.coat, |colour| colour.0), ..base }
}

/// How limbs move: speed and reach of the swing.
fn gait(action: Action) -> (f32, f32) {
    match action {
        Action::Run => (9.0, 0.75),
        Action::Walk => (5.2, 0.42),
        Action::Dance | Action::Jump | Action::Play => (5.6, 0.9),
        _ => (1.6, 0.05),
    }
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn person(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let look = look(subject);
    let (speed, reach) = gait(subject.action);
    let mut puppet = Puppet::default();
    let trunk = puppet.joint(None, (0.0, -0.3), motion::swing(speed, reach * 0.05, 0.0));
    for side in [-1.0_f32, 1.0] {
        let hip = (side * 0.06, -0.30);
        let phase = if side > 0.0 { 0.0 } else { std::f32::consts::PI };
        workshop.add(
            &mut puppet,
            piece(2, trunk, hip, ((hip.0 - 0.09, -0.36), (hip.0 + 0.12, 0.03))),
            motion::swing(speed, reach * 0.8, phase),
            |sheet| {
                sheet.stroke(line(&[hip, (hip.0, -0.05)]), 0.085, &workshop.coat(look.legs, -0.3, 0.1));
                sheet.fill(
                    oval((hip.0 + 0.02, -0.026), (0.068, 0.034), 0.0),
                    &workshop.coat(0x5a3a30, -0.06, 0.02),
                );
            },
        );
        let shoulder = (side * 0.125, -0.575);
        let lifted =
            if matches!(subject.action, Action::Dance | Action::Play) { -side * 1.7 } else { -side * 0.15 };
        let arm: Motion = Box::new(move |moment: &Moment| {
            Pose::turned(lifted + reach * 0.7 * (moment.second * speed + phase + std::f32::consts::PI).sin())
        });
        workshop.add(
            &mut puppet,
            piece(
                if side > 0.0 { 9 } else { 3 },
                trunk,
                shoulder,
                ((shoulder.0 - 0.08, -0.64), (shoulder.0 + 0.08, -0.26)),
            ),
            arm,
            |sheet| {
                sheet.stroke(
                    line(&[shoulder, (shoulder.0 + side * 0.01, -0.37)]),
                    0.075,
                    &workshop.coat(look.coat, -0.62, -0.2),
                );
                sheet.fill(
                    oval((shoulder.0 + side * 0.01, -0.325), (0.036, 0.04), 0.0),
                    &flat(workshop.lit(look.skin)),
                );
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(6, trunk, (0.0, -0.3), ((-0.24, -0.68), (0.24, -0.14))),
        motion::rest(),
        |sheet| {
            let hem = if look.skirt { (0.21, -0.17) } else { (0.13, -0.26) };
            sheet.fill(
                smooth(&[
                    (0.0, -0.665),
                    (0.10, -0.64),
                    (0.14, -0.56),
                    (0.125, -0.42),
                    (hem.0, hem.1),
                    (0.0, hem.1 + 0.015),
                    (-hem.0, hem.1),
                    (-0.125, -0.42),
                    (-0.14, -0.56),
                    (-0.10, -0.64),
                ]),
                &workshop.coat(look.coat, -0.66, -0.14),
            );
            sheet.inside(|sheet| {
                sheet.fill(oval((0.0, -0.66), (0.06, 0.05), 0.0), &flat(workshop.dim(look.skin, 0.3)));
                sheet.stroke(
                    line(&[(-0.2, -0.42), (0.0, -0.405), (0.2, -0.42)]),
                    0.022,
                    &veil(workshop.dim(look.coat, 0.8), 0.7),
                );
            });
        },
    );
    portrait(workshop, &mut puppet, look, trunk);
    puppet
}

#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
fn portrait(workshop: &Workshop<'_>, puppet: &mut Puppet, look: Look, trunk: usize) {
    let half = look.head;
    let (x, y) = (0.0, -0.66 - half * 0.86);
    let nod = puppet.joint(Some(trunk), (0.0, -0.66), motion::swing(1.3, 0.05, 0.4));
    if look.long_hair {
        workshop.add(
            puppet,
            piece(4, nod, (x, y), ((x - half * 1.5, y - half * 1.2), (x + half * 1.5, y + half * 2.4))),
            motion::swing(1.6, 0.05, 1.0),
            |sheet| {
                sheet.fill(
                    smooth(&[
                        (x, y - half * 1.1),
                        (x + half * 1.1, y - half * 0.3),
                        (x + half * 1.15, y + half * 1.3),
                        (x + half * 0.7, y + half * 2.0),
                        (x - half * 0.7, y + half * 2.0),
                        (x - half * 1.15, y + half * 1.3),
                        (x - half * 1.1, y - half * 0.3),
                    ]),
                    &workshop.coat(look.hair, y - half, y + half * 2.2),
                );
            },
        );
    }
    workshop.add(
        puppet,
        piece(12, nod, (x, y), ((x - half * 1.3, y - half * 1.35), (x + half * 1.3, y + half * 1.1))),
        motion::rest(),
        |sheet| {
            sheet.fill(
                oval((x, y), (half * 0.94, half * 0.98), 0.0),
                &workshop.coat(look.skin, y - half * 1.2, y + half * 1.5),
            );
            let hair = workshop.coat(look.hair, y - half * 1.3, y + half * 0.5);
            sheet.fill(
                smooth(&[
                    (x - half * 1.02, y + half * 0.1),
                    (x - half * 1.05, y - half * 0.6),
                    (x - half * 0.5, y - half * 1.15),
                    (x + half * 0.4, y - half * 1.15),
                    (x + half * 1.05, y - half * 0.6),
                    (x + half * 1.0, y + half * 0.1),
                    (x + half * 0.8, y - half * 0.3),
                    (x + half * 0.35, y - half * 0.5),
                    (x - half * 0.2, y - half * 0.38),
                    (x - half * 0.75, y - half * 0.28),
                ]),
                &hair,
            );
            smile(workshop, sheet, (x + half * 0.1, y + half * 0.12), half);
        },
    );
    for side in [-1.0, 1.0] {
        let at = (x + half * 0.1 + side * half * 0.36, y + half * 0.12);
        let size = half * 0.15;
        workshop.add(
            puppet,
            piece(
                14,
                nod,
                at,
                ((at.0 - size * 1.6, at.1 - size * 1.8), (at.0 + size * 1.6, at.1 + size * 1.8)),
            ),
            Box::new(|moment| Pose::stretched(1.0, motion::blink(moment.second))),
            |sheet| {
                sheet.fill(oval(at, (size * 0.85, size * 1.2), 0.0), &flat(workshop.dim(0x2a1c1c, 0.2)));
                sheet.fill(
                    oval((at.0 - size * 0.2, at.1 - size * 0.45), (size * 0.3, size * 0.34), 0.0),
                    &flat(workshop.lit(0xffffff)),
                );
            },
        );
    }
}

fn smile(workshop: &Workshop<'_>, sheet: &mut Sheet, (x, y): (f32, f32), half: f32) {
    let ink = flat(workshop.dim(0x9a4a40, 0.2));
    sheet.stroke(
        line(&[(x - half * 0.16, y + half * 0.36), (x, y + half * 0.44), (x + half * 0.16, y + half * 0.36)]),
        half * 0.05,
        &ink,
    );
    for side in [-1.0, 1.0] {
        let cheek = (x + side * half * 0.58, y + half * 0.28);
        let blush = workshop.lit(0xf08a80);
        sheet.fill(
            oval(cheek, (half * 0.18, half * 0.12), 0.0),
            &round(cheek, half * 0.18, (blush, 0.55), (blush, 0.0)),
        );
    }
}

/// A round-cornered robot with a face of light; an astronaut is one in a white suit.
#[expect(clippy::too_many_lines, reason = "one drawing, shape by shape")]
pub(super) fn robot(workshop: &Workshop<'_>, subject: &Subject) -> Puppet {
    let suited = subject.kind == Kind::Astronaut;
    let shell = subject.colour.map_or(if suited { 0xf4f4f6 } else { 0x86b4c8 }, |colour| colour.0);
    let joint = if suited { 0xc8ccd6 } else { 0x56606e };
    let glow = if suited { 0xf2c45a } else { 0x7af0f0 };
    let (speed, reach) = gait(subject.action);
    let mut puppet = Puppet::default();
    let trunk = puppet.joint(None, (0.0, 0.0), motion::swing(speed, 0.02, 0.0));
    for side in [-1.0_f32, 1.0] {
        let phase = if side > 0.0 { 0.0 } else { std::f32::consts::PI };
        let hip = (side * 0.10, -0.24);
        workshop.add(
            &mut puppet,
            piece(2, trunk, hip, ((hip.0 - 0.11, -0.3), (hip.0 + 0.13, 0.02))),
            motion::swing(speed, reach * 0.6, phase),
            |sheet| {
                sheet.stroke(line(&[hip, (hip.0, -0.07)]), 0.085, &flat(workshop.dim(joint, 0.3)));
                sheet.fill(
                    pane((hip.0 - 0.085, -0.085), (hip.0 + 0.105, 0.0), 0.035),
                    &workshop.coat(shell, -0.1, 0.02),
                );
            },
        );
        let shoulder = (side * 0.235, -0.46);
        let lifted =
            if matches!(subject.action, Action::Dance | Action::Play) { -side * 1.8 } else { -side * 0.18 };
        let arm: Motion = Box::new(move |moment: &Moment| {
            Pose::turned(lifted + reach * 0.6 * (moment.second * speed + phase + 3.1).sin())
        });
        workshop.add(
            &mut puppet,
            piece(3, trunk, shoulder, ((shoulder.0 - 0.09, -0.52), (shoulder.0 + 0.09, -0.14))),
            arm,
            |sheet| {
                sheet.stroke(
                    line(&[shoulder, (shoulder.0, -0.28)]),
                    if suited { 0.1 } else { 0.06 },
                    &flat(workshop.dim(if suited { shell } else { joint }, 0.3)),
                );
                sheet
                    .fill(oval((shoulder.0, -0.22), (0.062, 0.066), 0.0), &workshop.coat(shell, -0.3, -0.15));
            },
        );
    }
    workshop.add(
        &mut puppet,
        piece(6, trunk, (0.0, -0.3), ((-0.26, -0.54), (0.26, -0.18))),
        motion::rest(),
        |sheet| {
            sheet.fill(pane((-0.215, -0.52), (0.215, -0.20), 0.09), &workshop.coat(shell, -0.54, -0.18));
            sheet.fill(pane((-0.12, -0.44), (0.12, -0.29), 0.03), &flat(workshop.dim(joint, 0.4)));
            for (x, tint) in [(-0.07, 0xe8665a), (0.0, 0xf2c45a), (0.07, 0x7ae0a0)] {
                sheet.fill(
                    oval((x, -0.365), (0.022, 0.022), 0.0),
                    &flat(super::super::colour::Rgb::hex(tint)),
                );
            }
        },
    );
    let nod = puppet.joint(Some(trunk), (0.0, -0.52), motion::swing(1.4, 0.06, 0.0));
    workshop.add(
        &mut puppet,
        piece(10, nod, (0.0, -0.72), ((-0.34, -1.06), (0.34, -0.5))),
        motion::rest(),
        |sheet| {
            if !suited {
                sheet.stroke(line(&[(0.0, -0.92), (0.0, -0.99)]), 0.02, &flat(workshop.dim(joint, 0.2)));
                sheet.fill(
                    oval((0.0, -1.01), (0.034, 0.034), 0.0),
                    &flat(super::super::colour::Rgb::hex(0xff8a6a)),
                );
                sheet.fill(pane((-0.32, -0.78), (0.32, -0.66), 0.04), &flat(workshop.dim(joint, 0.2)));
            }
            sheet.fill(
                pane((-0.27, -0.93), (0.27, -0.51), if suited { 0.21 } else { 0.13 }),
                &workshop.coat(shell, -0.95, -0.48),
            );
            sheet.fill(
                pane((-0.205, -0.86), (0.205, -0.585), 0.11),
                &super::super::sheet::across(
                    (0.0, -0.87),
                    (0.0, -0.58),
                    workshop.dim(0x24344a, 0.2),
                    workshop.dim(0x121a2c, 0.2),
                ),
            );
            sheet.fill(pane((-0.17, -0.84), (0.0, -0.76), 0.04), &veil(workshop.lit(0xffffff), 0.13));
            let light = super::super::colour::Rgb::hex(glow);
            sheet.stroke(line(&[(-0.05, -0.655), (0.0, -0.64), (0.05, -0.655)]), 0.016, &flat(light));
        },
    );
    for side in [-1.0, 1.0] {
        let at = (side * 0.095, -0.725);
        workshop.add(
            &mut puppet,
            piece(12, nod, at, ((at.0 - 0.09, at.1 - 0.09), (at.0 + 0.09, at.1 + 0.09))),
            Box::new(|moment| Pose::stretched(1.0, motion::blink(moment.second))),
            |sheet| {
                let light = super::super::colour::Rgb::hex(glow);
                sheet.fill(oval(at, (0.08, 0.08), 0.0), &round(at, 0.08, (light, 0.5), (light, 0.0)));
                sheet.fill(oval(at, (0.036, 0.045), 0.0), &flat(light));
            },
        );
    }
    puppet
}
